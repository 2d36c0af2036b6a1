//! Holds what a file says of a document against the document's text.

use std::collections::{BTreeMap, HashMap, HashSet};

use serde_json::{Map, Value, json};

use crate::{
    annotation::{Annotator, Fragments, LabelId, SpanData},
    interchange::{LayerRecord, Reason, RelationRecord, SOURCE_ID, SpanRecord, json::add},
    text,
};

use super::{
    ANNOTATOR, ATTRIBUTE, METADATA, NOTE, TITLE, TYPE,
    place::Units,
    raw::{Annotation, Infons, Node, Raw, Relation},
};

/// What is wrong, and at which line.
pub(super) type Fault = (u64, Reason);

/// A document, checked.
pub(super) struct Parsed {
    pub(super) text: String,
    pub(super) title: Option<String>,
    pub(super) metadata: BTreeMap<String, String>,
    pub(super) layers: Vec<LayerRecord>,
}

impl Parsed {
    /// Checks a document. Spans that name nobody are `nobody`'s.
    pub(super) fn of(raw: &Raw, units: &mut Units, nobody: &Annotator) -> Result<Self, Fault> {
        let (text, placed) = units.place(raw)?;
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
