//! A CAS as both codecs read it: structures with their features in the order of the file.

use std::{
    collections::{HashMap, HashSet},
    rc::Rc,
};

use crate::interchange::{Problem, Reason};

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

/// How many links of a list are followed; a circle ends there.
const MAX_CHAIN: usize = 1000;

/// All structures of a file.
#[derive(Debug)]
pub(super) struct Cas {
    pub(super) structures: Vec<Structure>,
    pub(super) types: Types,
    /// The places of structures by their ids.
    places: HashMap<u64, usize>,
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
        })
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
    pub(super) fn said<'c>(&'c self, of: &'c Structure, feature: &str) -> Option<Said<'c>> {
        Some(self.meant(of, feature, of.value(feature)?))
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
    ) -> Said<'c> {
        match value {
            Value::To(id) => self.follow(*id),
            Value::List(values) => Said::Texts(texts(values)),
            Value::Text(text) => match self.types.range(&of.kind, feature) {
                Some(Range::References) => match ids(text) {
                    Some(ids) => match *ids {
                        [id] => self.follow(id),
                        _ => Said::To(ids),
                    },
                    None => Said::Text(text),
                },
                Some(Range::Plains) => Said::Texts(text.split_ascii_whitespace().collect()),
                Some(Range::Plain) => Said::Text(text),
                None => self.guessed(feature, text).unwrap_or(Said::Text(text)),
            },
        }
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
    fn follow(&self, id: u64) -> Said<'_> {
        let Some(structure) = self.get(id) else {
            return Said::To(vec![id]);
        };
        let kind = &*structure.kind;
        let own = kind.strip_prefix("uima.cas.").unwrap_or(kind);
        if let Some(list) = own.strip_prefix("NonEmpty") {
            return self.chain(structure, list == "FSList");
        }
        let plain = is_array_of_plain(own.strip_prefix("Empty").unwrap_or(own));
        if !plain && !matches!(own, "FSArray" | "EmptyFSList") && !own.ends_with("[]") {
            return Said::To(vec![id]);
        }
        let texts = match structure.value("elements") {
            Some(Value::List(values)) => texts(values),
            Some(Value::Text(text)) => text.split_ascii_whitespace().collect(),
            Some(Value::To(_)) | None => Vec::new(),
        };
        if plain {
            return Said::Texts(texts);
        }
        let ids = texts.iter().filter_map(|id| id.parse().ok());
        Said::To(ids.filter(|id| *id != 0).collect())
    }

    /// The elements of a list of links.
    fn chain<'c>(&'c self, mut link: &'c Structure, of_structures: bool) -> Said<'c> {
        let (mut ids, mut texts) = (Vec::new(), Vec::new());
        for _ in 0..MAX_CHAIN {
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
                None => break,
            }
        }
        if of_structures {
            Said::To(ids)
        } else {
            Said::Texts(texts)
        }
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
