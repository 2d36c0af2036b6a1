//! `BioC` JSON, a document at a time: a collection, a list of collections or documents, or documents
//! one behind the other, as lines for instance.

use std::{collections::VecDeque, io::BufRead};

use serde_json::{Map, Value};

use crate::interchange::{
    MAX_TEXT, Problem, Reason,
    json::{id_of, parse, take_list, text_of},
    json_values::Values,
};

use super::{
    raw::{Annotation, Infons, Piece, Raw, Relation},
    read::Documents,
};

/// How large a document may be with its annotations.
const MAX_DOCUMENT: usize = 4 * MAX_TEXT;

type Fields = Map<String, Value>;

/// What the list of documents is called: in a collection, and in what `PubTator` hands out.
const LISTS: &[&str] = &["documents", "PubTator3"];

/// The documents of a file of JSON.
pub(super) struct JsonDocuments<'r> {
    values: Values<Box<dyn BufRead + 'r>>,
    /// Documents of a collection that was read whole, and the line at which it begins.
    waiting: VecDeque<Value>,
    line: u64,
}

impl<'r> JsonDocuments<'r> {
    /// Begins to read.
    pub(super) fn open(input: Box<dyn BufRead + 'r>) -> Result<Self, Problem> {
        Ok(Self {
            values: Values::new(input, LISTS, MAX_DOCUMENT)?,
            waiting: VecDeque::new(),
            line: 1,
        })
    }
}

impl Documents for JsonDocuments<'_> {
    fn next(&mut self) -> Option<Result<Raw, Problem>> {
        loop {
            if let Some(value) = self.waiting.pop_front() {
                let raw = object(value, "a document").and_then(|fields| raw(fields, self.line));
                return Some(raw.map_err(|reason| Problem::at(self.line, reason)));
            }
            let (line, bytes) = match self.values.next()? {
                Ok(value) => value,
                Err(problem) => return Some(Err(problem)),
            };
            let parsed = parse(bytes).and_then(|mut fields| {
                for list in LISTS {
                    self.waiting.extend(take_list(&mut fields, list)?);
                }
                let is_document = fields.contains_key("passages");
                is_document.then(|| raw(fields, line)).transpose()
            });
            self.line = line;
            match parsed {
                Ok(None) => {}
                Ok(Some(raw)) => return Some(Ok(raw)),
                Err(reason) => return Some(Err(Problem::at(line, reason))),
            }
        }
    }
}

fn raw(mut fields: Fields, line: u64) -> Result<Raw, Reason> {
    let mut raw = Raw {
        line,
        id: fields.shift_remove("id").as_ref().and_then(id_of),
        infons: infons(&mut fields)?,
        ..Raw::default()
    };
    for passage in take_list(&mut fields, "passages")? {
        piece(&mut object(passage, "a passage")?, &mut raw, false)?;
    }
    marks(&mut fields, &mut raw)?;
    fields.shift_remove("bioctype");
    let others = fields.into_iter();
    raw.infons
        .extend(others.filter_map(|(key, value)| Some((key, text_of(value)?))));
    Ok(raw)
}

fn piece(fields: &mut Fields, raw: &mut Raw, sentence: bool) -> Result<(), Reason> {
    let before = raw.pieces.len();
    let text = match fields.shift_remove("text") {
        Some(Value::String(text)) => Some(text),
        None | Some(Value::Null) => None,
        Some(_) => return Err(Reason::Malformed("`text` is no text".to_owned())),
    };
    let piece_of = Piece {
        line: raw.line,
        sentence,
        infons: infons(fields)?,
        offset: number(fields, "offset"),
        text,
    };
    for sentence in take_list(fields, "sentences")? {
        // A sentence has none inside it, so nothing goes deep here.
        let mut fields = object(sentence, "a sentence")?;
        fields.shift_remove("sentences");
        piece(&mut fields, raw, true)?;
    }
    marks(fields, raw)?;
    raw.close(piece_of, before);
    Ok(())
}

/// Takes annotations and relations, which can stand at each level.
fn marks(fields: &mut Fields, raw: &mut Raw) -> Result<(), Reason> {
    for value in take_list(fields, "annotations")? {
        let mut fields = object(value, "an annotation")?;
        let mut locations = Vec::new();
        for value in take_list(&mut fields, "locations")? {
            let mut fields = object(value, "a location")?;
            locations.push((number(&mut fields, "offset"), number(&mut fields, "length")));
        }
        raw.annotations.push(Annotation {
            line: raw.line,
            id: id(&fields),
            infons: infons(&mut fields)?,
            locations,
            text: fields.shift_remove("text").and_then(text_of),
        });
    }
    for value in take_list(fields, "relations")? {
        let mut fields = object(value, "a relation")?;
        let mut nodes = Vec::new();
        for value in take_list(&mut fields, "nodes")? {
            let node = object(value, "a node")?;
            let text = |field: &str| node.get(field).and_then(id_of).unwrap_or_default();
            nodes.push((text("refid"), text("role")));
        }
        raw.relations.push(Relation {
            line: raw.line,
            id: id(&fields),
            infons: infons(&mut fields)?,
            nodes,
        });
    }
    Ok(())
}

fn id(fields: &Fields) -> String {
    fields.get("id").and_then(id_of).unwrap_or_default()
}

/// A number as it stands there.
fn number(fields: &mut Fields, field: &str) -> String {
    let value = fields.shift_remove(field).unwrap_or_default();
    match value {
        Value::Null => String::new(),
        Value::String(text) => text,
        other => other.to_string(),
    }
}

fn infons(fields: &mut Fields) -> Result<Infons, Reason> {
    match fields.shift_remove("infons") {
        None | Some(Value::Null) => Ok(Infons::new()),
        Some(value) => {
            let infons = object(value, "`infons`")?.into_iter();
            Ok(infons
                .filter_map(|(key, value)| Some((key, text_of(value)?)))
                .collect())
        }
    }
}

fn object(value: Value, what: &str) -> Result<Fields, Reason> {
    match value {
        Value::Object(fields) => Ok(fields),
        other => {
            let found = crate::text::quote(&other.to_string(), 60);
            Err(Reason::Malformed(format!(
                "{what} is no object but {found}"
            )))
        }
    }
}
