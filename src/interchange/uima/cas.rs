//! A CAS as both codecs read it: structures with their features in the order of the file.

use std::{
    cell::Cell,
    collections::{HashMap, HashSet},
    rc::Rc,
};

use crate::interchange::{MAX_TEXT, Problem, Reason};

use super::types::{Range, Types, is_array_of_plain};

/// Features that lead to other structures, in a file of XMI without a type system.
const REFERENCES: [&str; 10] = [
    "Governor",
    "Dependent",
    "governor",
    "dependent",
    "source",
    "target",
    "from",
    "to",
    "next",
    "first",
];

/// What following a reference costs, in bytes.
pub(super) const LINK: usize = 64;

/// All structures of a file.
#[derive(Debug)]
pub(super) struct Cas {
    pub(super) structures: Vec<Structure>,
    pub(super) types: Types,
    /// The places of structures by their ids.
    places: HashMap<u64, usize>,
    /// How many bytes can still be taken from structures that others may share.
    left: Cell<usize>,
}

/// A feature structure.
#[derive(Debug)]
pub(super) struct Structure {
    pub(super) id: Option<u64>,
    /// The full name of its type.
    pub(super) kind: Rc<str>,
    /// The line at which it begins, where the codec knows it.
    pub(super) line: Option<u64>,
    pub(super) features: Vec<(Rc<str>, Value)>,
}

/// The value of a feature.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Value {
    /// A text, a number or a truth value; in XMI, a reference or an array too.
    Text(String),
    /// A reference.
    To(u64),
    /// Several.
    List(Vec<Value>),
}

/// What a feature says, its arrays followed.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Said<'c> {
    Text(&'c str),
    Texts(Vec<&'c str>),
    /// Ids of structures, which may not be there.
    To(Vec<u64>),
}

/// Gives equal names one place in memory.
#[derive(Default)]
pub(super) struct Words(HashSet<Rc<str>>);

impl Words {
    pub(super) fn get(&mut self, word: &str) -> Rc<str> {
        if let Some(there) = self.0.get(word) {
            return Rc::clone(there);
        }
        let new: Rc<str> = word.into();
        self.0.insert(Rc::clone(&new));
        new
    }
}

impl Cas {
    pub(super) fn new(structures: Vec<Structure>, types: Types) -> Result<Self, Problem> {
        let mut places = HashMap::with_capacity(structures.len());
        for (place, structure) in structures.iter().enumerate() {
            let Some(id) = structure.id else { continue };
            if places.insert(id, place).is_some() {
                return Err(structure.problem(Reason::Duplicate {
                    what: "structure",
                    id: id.to_string(),
                }));
            }
        }
        Ok(Self {
            structures,
            types,
            places,
            left: Cell::new(MAX_TEXT),
        })
    }

    /// Counts bytes of structures that many may refer to, so that little cannot become much.
    pub(super) fn spend(&self, bytes: usize) -> Result<(), Reason> {
        let left = self.left.get().checked_sub(bytes);
        self.left.set(left.ok_or(Reason::TooLarge {
            what: "what the structures share",
            limit: MAX_TEXT,
        })?);
        Ok(())
    }

    /// The place of the structure of this id.
    pub(super) fn place(&self, id: u64) -> Option<usize> {
        self.places.get(&id).copied()
    }

    /// The structure of this id.
    pub(super) fn get(&self, id: u64) -> Option<&Structure> {
        self.structures.get(self.place(id)?)
    }

    /// What a feature of a structure says; `None` where it has none of this name.
    pub(super) fn said<'c>(
        &'c self,
        of: &'c Structure,
        feature: &str,
    ) -> Result<Option<Said<'c>>, Reason> {
        let value = of.value(feature);
        value
            .map(|value| self.meant(of, feature, value))
            .transpose()
    }

    /// The one structure that a feature leads to; arrays are not followed.
    pub(super) fn to(&self, of: &Structure, feature: &str) -> Option<u64> {
        match of.value(feature)? {
            Value::To(id) => Some(*id),
            Value::List(_) => None,
            Value::Text(text) => {
                let id = text.parse().ok().filter(|id| *id != 0)?;
                let leads = match self.types.range(&of.kind, feature) {
                    Some(range) => range == Range::References,
                    None => REFERENCES.contains(&feature) && self.places.contains_key(&id),
                };
                leads.then_some(id)
            }
        }
    }

    /// What the value of a feature means.
    pub(super) fn meant<'c>(
        &'c self,
        of: &'c Structure,
        feature: &str,
        value: &'c Value,
    ) -> Result<Said<'c>, Reason> {
        let text = match value {
            Value::To(id) => return self.follow(*id),
            Value::List(values) => {
                self.spend(values.len())?;
                return Ok(Said::Texts(texts(values)));
            }
            Value::Text(text) => text,
        };
        let range = self.types.range(&of.kind, feature);
        if range != Some(Range::Plain) {
            self.spend(text.len())?;
        }
        Ok(match range {
            Some(Range::References) => match ids(text) {
                Some(ids) => match *ids {
                    [id] => return self.follow(id),
                    _ => Said::To(ids),
                },
                None => Said::Text(text),
            },
            Some(Range::Plains) => Said::Texts(text.split_ascii_whitespace().collect()),
            Some(Range::Plain) => Said::Text(text),
            None => self.guessed(feature, text).unwrap_or(Said::Text(text)),
        })
    }

    /// What a feature of which no type system tells leads to: a reference by its name, or slots of
    /// `DKPro`, each of which leads to its `target`.
    fn guessed(&self, feature: &str, text: &str) -> Option<Said<'_>> {
        if !text.starts_with(|ch: char| ch.is_ascii_digit()) {
            return None;
        }
        let named = REFERENCES.contains(&feature);
        let fits = |id: &u64| {
            let there = self.get(*id);
            there.is_some_and(|it| named || (it.value("target").is_some() && !it.is_anchored()))
        };
        ids(text).filter(|ids| ids.iter().all(fits)).map(Said::To)
    }

    /// What stands at an id: the elements of an array, else the structure.
    fn follow(&self, id: u64) -> Result<Said<'_>, Reason> {
        let Some(structure) = self.get(id) else {
            return Ok(Said::To(vec![id]));
        };
        let kind = &*structure.kind;
        let own = kind.strip_prefix("uima.cas.").unwrap_or(kind);
        if let Some(list) = own.strip_prefix("NonEmpty") {
            return self.chain(id, structure, list == "FSList");
        }
        let plain = is_array_of_plain(own.strip_prefix("Empty").unwrap_or(own));
        if !plain && !matches!(own, "FSArray" | "EmptyFSList") && !own.ends_with("[]") {
            return Ok(Said::To(vec![id]));
        }
        // Many may share an array, of which each makes a list.
        let texts = match structure.value("elements") {
            Some(Value::List(values)) => {
                self.spend(values.len().saturating_mul(size_of::<u64>()))?;
                texts(values)
            }
            Some(Value::Text(text)) => {
                self.spend(text.len())?;
                text.split_ascii_whitespace().collect()
            }
            Some(Value::To(_)) | None => Vec::new(),
        };
        if plain {
            return Ok(Said::Texts(texts));
        }
        let ids = texts.iter().filter_map(|id| id.parse().ok());
        Ok(Said::To(ids.filter(|id| *id != 0).collect()))
    }

    /// The elements of a list of links that begins at an id.
    fn chain<'c>(
        &'c self,
        begin: u64,
        mut link: &'c Structure,
        of_structures: bool,
    ) -> Result<Said<'c>, Reason> {
        let (mut ids, mut texts) = (Vec::new(), Vec::new());
        // One that has more links than there are structures comes back to one of them.
        for _ in 0..self.structures.len() {
            self.spend(LINK)?;
            match link.value("head") {
                Some(Value::To(id)) => ids.push(*id),
                Some(Value::Text(text)) if of_structures => ids.extend(text.parse::<u64>()),
                Some(Value::Text(text)) => texts.push(&**text),
                Some(Value::List(_)) | None => {}
            }
            let tail = match link.value("tail") {
                Some(Value::To(id)) => Some(*id),
                Some(Value::Text(text)) => text.parse().ok(),
                Some(Value::List(_)) | None => None,
            };
            match tail.and_then(|tail| self.get(tail)) {
                Some(next) => link = next,
                None if of_structures => return Ok(Said::To(ids)),
                None => return Ok(Said::Texts(texts)),
            }
        }
        let said = format!("the list that begins at structure {begin} is a circle");
        Err(Reason::Malformed(said))
    }
}

impl Structure {
    /// The value of a feature.
    pub(super) fn value(&self, feature: &str) -> Option<&Value> {
        let mut features = self.features.iter();
        let (_, value) = features.find(|(name, _)| &**name == feature)?;
        Some(value)
    }

    /// The value of a feature that is a text or a number.
    pub(super) fn text(&self, feature: &str) -> Option<&str> {
        match self.value(feature)? {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    /// Whether it has a place in the text.
    pub(super) fn is_anchored(&self) -> bool {
        self.value("begin").is_some() || self.value("end").is_some()
    }

    /// What problems and relations call it.
    pub(super) fn name(&self, place: usize) -> String {
        match self.id {
            Some(id) => id.to_string(),
            None => format!("without an id, {} in the file", place + 1),
        }
    }

    /// A problem of it.
    pub(super) fn problem(&self, reason: Reason) -> Problem {
        Problem {
            line: self.line,
            ..Problem::of_file(reason)
        }
    }
}

fn texts(values: &[Value]) -> Vec<&str> {
    let mut texts = Vec::with_capacity(values.len());
    for value in values {
        if let Value::Text(text) = value {
            texts.push(&**text);
        }
    }
    texts
}

/// Ids between spaces; 0 stands for none.
fn ids(text: &str) -> Option<Vec<u64>> {
    let ids = text.split_ascii_whitespace().map(|id| id.parse().ok());
    ids.filter(|id| *id != Some(0)).collect()
}
