//! Holds what a file says of a document against the document's text.

use std::{
    collections::{BTreeMap, HashMap, HashSet},
    iter,
};

use serde_json::{Map, Value, json};

use crate::{
    annotation::{Annotator, Fragments, LabelId, SpanData},
    interchange::{
        LayerRecord, MAX_TEXT, Offsets, Reason, RelationRecord, SOURCE_ID, SpanError, SpanRecord,
        Unit, json::add, unit::Position as _,
    },
    text,
};

use super::{
    ANNOTATOR, ATTRIBUTE, METADATA, NOTE, TITLE, TYPE,
    raw::{Annotation, Infons, Node, Piece, Raw, Relation},
};

/// What is wrong, and at which line.
type Fault = (u64, Reason);

/// The widest gap between two passages that is filled.
const MAX_GAP: usize = 10_000;

/// What units are tried, in this order, where nobody said which one a file counts: its DTD advises
/// bytes, most programs count code points, those in Java UTF-16. The texts beside the annotations
/// tell.
const UNITS: [Unit; 3] = Unit::ALL;

/// A document, checked.
pub(super) struct Parsed {
    pub(super) text: String,
    pub(super) title: Option<String>,
    pub(super) metadata: BTreeMap<String, String>,
    pub(super) layers: Vec<LayerRecord>,
}

impl Parsed {
    /// Checks a document. Spans that name nobody are `nobody`'s.
    pub(super) fn of(raw: &Raw, unit: Option<Unit>, nobody: &Annotator) -> Result<Self, Fault> {
        let (text, placed) = placed(raw, unit)?;
        let mut parsed = Self {
            text,
            title: None,
            metadata: BTreeMap::new(),
            layers: Vec::new(),
        };
        parsed.say(raw);
        let mut layers = Layers {
            list: Vec::new(),
            places: HashMap::new(),
            spans: HashMap::new(),
            nobody,
        };
        for (annotation, fragments) in raw.annotations.iter().zip(placed) {
            match fragments {
                Some(fragments) => layers
                    .annotation(annotation, fragments)
                    .map_err(|reason| (annotation.line, reason))?,
                None => parsed.keep("annotation", &annotation.id, &of_annotation(annotation)),
            }
        }
        let ids: HashSet<&str> = raw
            .annotations
            .iter()
            .map(|annotation| &*annotation.id)
            .chain(raw.relations.iter().map(|relation| &*relation.id))
            .collect();
        for relation in &raw.relations {
            let taken = layers
                .relation(relation, &ids)
                .map_err(|reason| (relation.line, reason))?;
            let more = relation.infons.iter().any(|(key, _)| !is_of_relation(key));
            if more || !taken {
                parsed.keep("relation", &relation.id, &of_relation(relation));
            }
        }
        for layer in &layers.list {
            layer.check().map_err(|reason| (raw.line, reason))?;
        }
        parsed.layers = layers.list;
        Ok(parsed)
    }

    /// Takes note of what the file says of the document.
    fn say(&mut self, raw: &Raw) {
        if let Some(id) = raw.id.as_ref().filter(|id| !id.is_empty()) {
            self.metadata.insert(SOURCE_ID.to_owned(), id.clone());
        }
        for (key, value) in &raw.infons {
            if key == TITLE && self.title.is_none() {
                self.title = Some(value.clone());
                continue;
            }
            let key = key.strip_prefix(METADATA).unwrap_or(key);
            add(
                &mut self.metadata,
                "document",
                key.to_owned(),
                value.clone(),
            );
        }
        if raw.pieces.iter().any(|piece| !piece.infons.is_empty()) {
            let of_each = raw.pieces.iter().map(|piece| object(&piece.infons));
            let said = Value::Array(of_each.collect()).to_string();
            add(&mut self.metadata, "document", "passages".to_owned(), said);
        }
    }

    /// Keeps as metadata what the model does not have.
    fn keep(&mut self, what: &str, id: &str, said: &Value) {
        let key = format!("{what} {id}");
        add(&mut self.metadata, "further", key, said.to_string());
    }
}

/// The text, and the fragments of each annotation that has some.
type Placed = (String, Vec<Option<Fragments>>);

/// Puts the text together and finds the annotations in it, by the first unit that fits all.
fn placed(raw: &Raw, unit: Option<Unit>) -> Result<Placed, Fault> {
    let units = unit.as_ref().map_or(&UNITS[..], std::slice::from_ref);
    let mut first = None;
    for unit in units {
        match placed_by(raw, *unit) {
            Ok(placed) => return Ok(placed),
            Err(fault) => {
                first.get_or_insert(fault);
            }
        }
    }
    Err(first.unwrap_or((raw.line, Reason::Missing("passages"))))
}

fn placed_by(raw: &Raw, unit: Unit) -> Result<Placed, Fault> {
    let (text, base) = assembled(&raw.pieces, unit)?;
    let offsets = Offsets::new(&text, unit);
    let mut placed = Vec::with_capacity(raw.annotations.len());
    for annotation in &raw.annotations {
        if annotation.locations.is_empty() {
            placed.push(None);
            continue;
        }
        let fragments = fragments(annotation, &offsets, base);
        placed.push(Some(fragments.map_err(|error| {
            let span = annotation.id.clone();
            (annotation.line, Reason::Span { span, error })
        })?));
    }
    Ok((text, placed))
}

/// The text that the pieces make, each at its offset, and the offset at which it begins. What lies
/// between two of them is filled, so that all offsets hold.
fn assembled(pieces: &[Piece], unit: Unit) -> Result<(String, usize), Fault> {
    let mut whole = String::new();
    let (mut base, mut length) = (None, 0);
    for (number, piece) in (1..).zip(pieces) {
        let Some(text) = piece.text.as_deref().filter(|text| !text.is_empty()) else {
            continue;
        };
        let what = if piece.sentence {
            "sentence"
        } else {
            "passage"
        };
        let wrong = |said: String| {
            let said = format!("{what} {number} of the document {said}");
            Err((piece.line, Reason::Malformed(said)))
        };
        let Some(offset) = piece.offset.trim().position() else {
            let found = text::quote(&piece.offset, 40);
            return wrong(format!("has the offset “{found}”"));
        };
        let base = *base.get_or_insert(offset);
        let Some(gap) = offset
            .checked_sub(base)
            .and_then(|at| at.checked_sub(length))
        else {
            let end = base.saturating_add(length);
            return wrong(format!(
                "begins at {offset}, before {end}, where the one before it ends"
            ));
        };
        if gap > MAX_GAP {
            return wrong(format!(
                "begins {gap} behind the one before it, more than {MAX_GAP}"
            ));
        }
        if whole.len().saturating_add(gap).saturating_add(text.len()) > MAX_TEXT {
            let reason = Reason::TooLarge {
                what: "the text",
                limit: MAX_TEXT,
            };
            return Err((piece.line, reason));
        }
        let filler = if piece.sentence { ' ' } else { '\n' };
        whole.extend(iter::repeat_n(filler, gap));
        whole.push_str(text);
        length += gap + length_of(text, unit);
    }
    Ok((whole, base.unwrap_or(0)))
}

fn length_of(text: &str, unit: Unit) -> usize {
    match unit {
        Unit::Bytes => text.len(),
        Unit::CodePoints => text.chars().count(),
        Unit::Utf16 => text.encode_utf16().count(),
    }
}

fn fragments(
    annotation: &Annotation,
    offsets: &Offsets<'_>,
    base: usize,
) -> Result<Fragments, SpanError> {
    let mut ranges = Vec::with_capacity(annotation.locations.len());
    for (offset, length) in &annotation.locations {
        let start = offset.position().and_then(|at| at.checked_sub(base));
        let end = start
            .zip(length.position())
            .and_then(|(at, length)| at.checked_add(length));
        ranges.push(match start.zip(end) {
            Some((start, end)) => offsets.range(start, end)?,
            None => offsets.range(&**offset, &format!("{offset}+{length}"))?,
        });
    }
    let fragments = Fragments::checked(offsets.text(), ranges)?;
    if let Some(written) = annotation.text.as_deref().filter(|it| !it.is_empty())
        && !says(&fragments, offsets.text(), written)
    {
        return Err(SpanError::Text {
            written: text::quote(written, 60),
            found: text::quote(&fragments.text(offsets.text()), 60),
        });
    }
    Ok(fragments)
}

/// Whether an annotation is of the text that stands beside it: the fragments', or all from the first
/// to the last, but for white space and what joins fragments.
fn says(fragments: &Fragments, text: &str, written: &str) -> bool {
    let (start, end) = fragments.extent();
    let extent = text.get(start..end).unwrap_or_default();
    if extent == written {
        return true;
    }
    let letter = |ch: &char| !ch.is_whitespace() && !ch.is_control() && *ch != '…';
    if !written.chars().any(|ch| letter(&ch)) {
        return extent.trim() == written.trim();
    }
    let same = |one: &str| {
        one.chars()
            .filter(letter)
            .eq(written.chars().filter(letter))
    };
    same(extent) || (fragments.ranges().len() > 1 && same(&fragments.text(text)))
}

/// The layers that annotations make.
struct Layers<'a> {
    list: Vec<LayerRecord>,
    /// The places of layers by their annotators.
    places: HashMap<Annotator, usize>,
    /// The layers of spans.
    spans: HashMap<&'a str, usize>,
    nobody: &'a Annotator,
}

impl<'a> Layers<'a> {
    fn annotation(
        &mut self,
        annotation: &'a Annotation,
        fragments: Fragments,
    ) -> Result<(), Reason> {
        let mut who = None;
        let mut label = None;
        let (mut attributes, mut note) = (BTreeMap::new(), String::new());
        for (key, value) in &annotation.infons {
            match &**key {
                TYPE if label.is_none() => label = Some(&**value),
                ANNOTATOR if who.is_none() && !value.trim().is_empty() => who = Some(&**value),
                NOTE if note.is_empty() => note.clone_from(value),
                key => {
                    let key = key.strip_prefix(ATTRIBUTE).unwrap_or(key);
                    add(&mut attributes, "infon", key.to_owned(), value.clone());
                }
            }
        }
        let label = LabelId::new(label.unwrap_or("annotation"));
        let label = label.map_err(|error| Reason::Span {
            span: annotation.id.clone(),
            error: error.into(),
        })?;
        let mut data = SpanData::new(label, fragments);
        (data.attributes, data.note) = (attributes, note);
        let place = self.layer(who)?;
        let Some(layer) = self.list.get_mut(place) else {
            return Ok(());
        };
        let id = if annotation.id.is_empty() {
            format!(
                "annotation at line {}/{}",
                annotation.line,
                layer.spans.len()
            )
        } else {
            annotation.id.clone()
        };
        if !annotation.id.is_empty() && self.spans.insert(&annotation.id, place).is_some() {
            return Err(Reason::Duplicate {
                what: "annotation",
                id,
            });
        }
        layer.spans.push(SpanRecord::new(id, data));
        Ok(())
    }

    /// The place of the layer of an annotator.
    fn layer(&mut self, who: Option<&str>) -> Result<usize, Reason> {
        let who = match who {
            None => self.nobody.clone(),
            Some(name) => Annotator::new(name)
                .map_err(|error| Reason::Malformed(format!("the annotator {name:?}: {error}")))?,
        };
        Ok(*self.places.entry(who).or_insert_with_key(|who| {
            self.list.push(LayerRecord::new(who.clone()));
            self.list.len() - 1
        }))
    }

    /// Takes a relation between spans. One of several is one from the first to each other; one
    /// that joins something else, or spans of several annotators, is not taken: `false`.
    fn relation(&mut self, relation: &Relation, ids: &HashSet<&str>) -> Result<bool, Reason> {
        for (end, _) in &relation.nodes {
            if !ids.contains(&**end) {
                return Err(Reason::RelationEnd {
                    relation: relation.id.clone(),
                    span: text::quote(end, 40),
                });
            }
        }
        let kind = relation.infons.iter().find(|(key, _)| key == TYPE);
        let kind = kind
            .map(|(_, value)| &**value)
            .filter(|kind| !kind.is_empty());
        let kind = kind.unwrap_or("relation");
        let (from, to) = ends(&relation.nodes);
        let Some(from) = from.filter(|_| !to.is_empty()) else {
            return Ok(false);
        };
        let layer = |node: &Node| self.spans.get(&*node.0).copied();
        let Some(place) = layer(from).filter(|at| to.iter().all(|to| layer(to) == Some(*at)))
        else {
            return Ok(false);
        };
        let Some(layer) = self.list.get_mut(place) else {
            return Ok(false);
        };
        for (end, role) in &to {
            let kind = if to.len() == 1 || role.is_empty() {
                kind.to_owned()
            } else {
                format!("{kind} {role}")
            };
            layer.relations.push(RelationRecord {
                id: format!("{}/{}", relation.id, layer.relations.len()),
                kind,
                from: from.0.clone(),
                to: end.clone(),
            });
        }
        Ok(true)
    }
}

/// The node at which a relation begins, and the others: by its role where one says so, else the
/// first.
fn ends(nodes: &[Node]) -> (Option<&Node>, Vec<&Node>) {
    let begins = |node: &Node| {
        let role = node.1.to_ascii_lowercase();
        ["from", "source", "subject", "arg1", "head", "trigger"].contains(&&*role)
    };
    let at = nodes.iter().position(begins).unwrap_or(0);
    let others = nodes.iter().enumerate().filter(|(place, _)| *place != at);
    (nodes.get(at), others.map(|(_, node)| node).collect())
}

/// Whether an infon of a relation is taken with it.
fn is_of_relation(key: &str) -> bool {
    [TYPE, ANNOTATOR].contains(&key)
}

fn object(infons: &Infons) -> Value {
    let pairs = infons.iter();
    let pairs = pairs.map(|(key, value)| (key.clone(), Value::from(&**value)));
    Value::Object(pairs.collect::<Map<_, _>>())
}

fn of_annotation(annotation: &Annotation) -> Value {
    json!({"infons": object(&annotation.infons), "text": annotation.text})
}

fn of_relation(relation: &Relation) -> Value {
    let nodes = relation.nodes.iter();
    let nodes = nodes.map(|(end, role)| json!({"refid": end, "role": role}));
    json!({"infons": object(&relation.infons), "nodes": nodes.collect::<Vec<_>>()})
}
