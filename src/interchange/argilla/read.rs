//! Reads Argilla's records: those of version 2 as a list or as what `to_dict` gives, and records of
//! token classification of version 1. A record with a wrong span is refused whole. Vectors, which a
//! model makes of the text, are passed over.

use std::{
    collections::{BTreeMap, VecDeque},
    io::BufRead,
};

use serde_json::{Map, Value};

use crate::{
    annotation::{Annotator, Status},
    interchange::{
        CopyCounter, DatasetHead, DocumentRecord, LayerRecord, MAX_TEXT, Names, Offsets, Problem,
        ReadOptions, Reader, Reason, SOURCE_ID, Source, Unit,
        json::{Objects, add, id_of, parse, text_of},
    },
    text,
};

use super::layers::{Said, model_named};

/// Opens a file.
pub(in crate::interchange) fn read<'r>(
    source: Source<'r>,
    options: ReadOptions,
) -> Result<Box<dyn Reader + 'r>, Problem> {
    Ok(Box::new(ArgillaReader {
        stem: source.stem().to_owned(),
        records: Objects::new(source.input, MAX_TEXT)?,
        waiting: VecDeque::new(),
        names: options.names(),
        annotator: options.annotator,
    }))
}

struct ArgillaReader<R> {
    records: Objects<R>,
    /// Records of a file that is no list.
    waiting: VecDeque<Map<String, Value>>,
    names: Names,
    annotator: Annotator,
    /// The title of a document without a line that could be one.
    stem: String,
}

impl<R: BufRead> Reader for ArgillaReader<R> {
    fn head(&self) -> &DatasetHead {
        self.names.head()
    }

    fn next(&mut self, copies: &mut CopyCounter) -> Option<Result<DocumentRecord, Problem>> {
        let (line, fields) = match self.fields()? {
            Ok(fields) => fields,
            Err(problem) => return Some(Err(problem)),
        };
        let found = match Found::of(fields, &self.annotator) {
            Ok(found) => found,
            Err(reason) => return Some(Err(Problem::at(line, reason))),
        };
        let mut record = DocumentRecord::found(found.text, found.title, &self.stem, copies);
        record.metadata = found.metadata;
        record.layers = found.layers;
        self.names.adopt(&mut record);
        Some(Ok(record))
    }
}

/// The fields of a record, and the line at which it begins.
type Numbered = (u64, Map<String, Value>);

impl<R: BufRead> ArgillaReader<R> {
    fn fields(&mut self) -> Option<Result<Numbered, Problem>> {
        if let Some(fields) = self.waiting.pop_front() {
            return Some(Ok((1, fields)));
        }
        let single = matches!(self.records, Objects::One(..));
        let (line, bytes) = match self.records.next()? {
            Ok(record) => record,
            Err(problem) => return Some(Err(problem)),
        };
        let fields = match parse(bytes) {
            Ok(fields) => fields,
            Err(reason) => return Some(Err(Problem::at(line, reason))),
        };
        if !single {
            return Some(Ok((line, fields)));
        }
        self.waiting = several(fields).into();
        self.waiting.pop_front().map(|fields| Ok((line, fields)))
    }
}

/// The records of a file that is one object: a record, a list for each field, or a record for each
/// id.
fn several(mut fields: Map<String, Value>) -> Vec<Map<String, Value>> {
    let is_record = |value: &Value| value.get("fields").is_some_and(Value::is_object);
    match fields.get("fields") {
        Some(Value::Array(list)) => {
            let mut records = vec![Map::new(); list.len()];
            for (name, values) in fields {
                let Value::Array(values) = values else {
                    continue;
                };
                for (record, value) in records.iter_mut().zip(values) {
                    record.insert(name.clone(), value);
                }
            }
            records
        }
        None if !fields.is_empty() && fields.values().all(is_record) => {
            let mut records = Vec::with_capacity(fields.len());
            for (id, value) in std::mem::take(&mut fields) {
                if let Value::Object(mut record) = value {
                    record.entry("id").or_insert(Value::String(id));
                    records.push(record);
                }
            }
            records
        }
        _ => vec![fields],
    }
}

/// A record, checked.
struct Found {
    text: String,
    title: Option<String>,
    metadata: BTreeMap<String, String>,
    layers: Vec<LayerRecord>,
}

impl Found {
    fn of(mut fields: Map<String, Value>, unnamed: &Annotator) -> Result<Self, Reason> {
        let mut metadata = BTreeMap::new();
        if let Some(id) = fields.shift_remove("id").as_ref().and_then(id_of) {
            metadata.insert(SOURCE_ID.to_owned(), id);
        }
        let mut texts = match fields.shift_remove("fields") {
            Some(Value::Object(texts)) => texts,
            Some(_) => return Err(Reason::Malformed("`fields` is no object".to_owned())),
            None => {
                let text = fields.shift_remove("text");
                Map::from_iter(text.map(|text| ("text".to_owned(), text)))
            }
        };
        let text = take_text(&mut texts)?;
        let title = match fields.get("title") {
            Some(Value::String(title)) => Some(title.clone()),
            _ => None,
        };
        if title.is_some() {
            fields.shift_remove("title");
        }
        let offsets = Offsets::new(&text, Unit::CodePoints);
        let mut said = Said::new(&offsets, take_object(&mut fields, "users")?);
        take_answers(&mut fields, &mut said, unnamed)?;
        first_version(&mut fields, &mut said, unnamed)?;
        let Said {
            layers,
            metadata: answers,
            ..
        } = said;
        for layer in &layers {
            layer.check()?;
        }
        let further = take_object(&mut fields, "metadata")?;
        // These are made of the rest.
        for own in ["status", "vectors", "tokens", "metrics", "search_keywords"] {
            fields.shift_remove(own);
        }
        for (of, fields) in [("metadata", further), ("fields", texts), ("record", fields)] {
            for (key, value) in fields {
                if let Some(value) = text_of(value) {
                    add(&mut metadata, of, key, value);
                }
            }
        }
        for (key, value) in answers {
            add(&mut metadata, "answer", key, value);
        }
        Ok(Self {
            text,
            title,
            metadata,
            layers,
        })
    }
}

/// Takes the suggestions of models and the responses of users.
fn take_answers(
    fields: &mut Map<String, Value>,
    said: &mut Said<'_>,
    unnamed: &Annotator,
) -> Result<(), Reason> {
    let statuses = take_object(fields, "suggestion_status")?;
    for (question, suggestion) in take_object(fields, "suggestions")? {
        said.suggestion(&question, suggestion, statuses.get(&question))?;
    }
    for (question, responses) in take_object(fields, "responses")? {
        match responses {
            Value::Array(responses) => said.responses(&question, responses, unnamed)?,
            Value::Null => {}
            other => {
                let other = text::quote(&other.to_string(), 60);
                return Err(Reason::Malformed(format!(
                    "{other} is no list of responses"
                )));
            }
        }
    }
    Ok(())
}

/// Takes what version 1 has in place of responses and suggestions.
fn first_version(
    fields: &mut Map<String, Value>,
    said: &mut Said<'_>,
    unnamed: &Annotator,
) -> Result<(), Reason> {
    let mut take = |field: &str| fields.shift_remove(field).filter(|value| !value.is_null());
    let mut agent = |field: &str| take(field).as_ref().and_then(id_of);
    let (model, person) = (agent("prediction_agent"), agent("annotation_agent"));
    if let Some(spans) = take("prediction") {
        let model = model_named(model.as_deref())?;
        said.answer("prediction", model, spans, Status::New)?;
    }
    if let Some(spans) = take("annotation") {
        let person = person.filter(|person| !person.trim().is_empty());
        let person = match person {
            Some(person) => Annotator::new(&person)
                .map_err(|error| Reason::Malformed(format!("`annotation_agent`: {error}")))?,
            None => unnamed.clone(),
        };
        match fields.get("status").and_then(Value::as_str) {
            Some("Discarded") => {
                let key = format!("annotation of {person}, discarded");
                said.metadata
                    .extend(text_of(spans).map(|spans| (key, spans)));
            }
            Some("Validated") => said.answer("annotation", person, spans, Status::Done)?,
            Some("Edited") => said.answer("annotation", person, spans, Status::InProgress)?,
            _ => said.answer("annotation", person, spans, Status::New)?,
        }
    }
    Ok(())
}

/// Takes the text out of the fields: `text`, or the first that is one.
fn take_text(texts: &mut Map<String, Value>) -> Result<String, Reason> {
    let named = texts.get("text").is_some_and(Value::is_string);
    let name = if named {
        Some("text".to_owned())
    } else {
        let mut texts = texts.iter().filter(|(_, value)| value.is_string());
        texts.next().map(|(name, _)| name.clone())
    };
    match name.and_then(|name| texts.shift_remove(&name)) {
        Some(Value::String(text)) => Ok(text),
        _ => Err(Reason::Missing("text in its `fields`")),
    }
}

/// Takes an object out; `null` and an absent field are empty.
fn take_object(fields: &mut Map<String, Value>, field: &str) -> Result<Map<String, Value>, Reason> {
    match fields.shift_remove(field) {
        None | Some(Value::Null) => Ok(Map::new()),
        Some(Value::Object(object)) => Ok(object),
        Some(_) => Err(Reason::Malformed(format!("`{field}` is no object"))),
    }
}
