//! Writes Argilla's records. Its users are ids: somebody whose name is none gets one made of the
//! name, which stands beside, in a field that Argilla passes over.

use std::{borrow::Cow, collections::BTreeMap, io::Write as _};

use serde::Serialize;
use uuid::Uuid;

use crate::{
    annotation::{Annotator, LabelSet, Status, TextHash},
    interchange::{
        DatasetHead, DocumentRecord, ID_IS_TEXT, LayerRecord, Offsets, Output, Outputs, SOURCE_ID,
        Unit, WriteError, WriteOptions, Writer,
    },
};

use super::STATUSES;

/// The question that is answered with spans.
const QUESTION: &str = "span";

/// Begins a file.
pub(in crate::interchange) fn write<'w>(
    outputs: &'w mut dyn Outputs,
    head: &DatasetHead,
    _options: &WriteOptions,
) -> Result<Box<dyn Writer + 'w>, WriteError> {
    let mut out = outputs.file()?;
    out.write_all(b"[")?;
    Ok(Box::new(ArgillaWriter {
        out,
        labels: head.labels.clone(),
        begun: false,
    }))
}

struct ArgillaWriter {
    out: Output,
    labels: LabelSet,
    /// Whether a record stands before the next.
    begun: bool,
}

#[derive(Serialize)]
struct Record<'a> {
    id: Cow<'a, str>,
    #[serde(rename = "_server_id")]
    server_id: Option<&'a str>,
    status: &'static str,
    title: &'a str,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    users: BTreeMap<String, &'a str>,
    /// How far models are, whose suggestions have no such field.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    suggestion_status: BTreeMap<String, &'static str>,
    fields: Fields<'a>,
    metadata: BTreeMap<&'a str, &'a str>,
    suggestions: BTreeMap<String, Suggestion<'a>>,
    responses: BTreeMap<&'static str, Vec<Response<'a>>>,
    vectors: BTreeMap<&'a str, Vec<f64>>,
}

#[derive(Serialize)]
struct Fields<'a> {
    text: &'a str,
}

#[derive(Serialize)]
struct Suggestion<'a> {
    value: Vec<Span<'a>>,
    score: Option<f64>,
    agent: &'a str,
}

#[derive(Serialize)]
struct Response<'a> {
    value: Vec<Span<'a>>,
    user_id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    status: Option<&'static str>,
}

#[derive(Serialize)]
struct Span<'a> {
    start: usize,
    end: usize,
    label: &'a str,
}

impl Writer for ArgillaWriter {
    fn document(&mut self, record: &DocumentRecord) -> Result<(), WriteError> {
        let before: &[u8] = if self.begun { b",\n" } else { b"\n" };
        self.out.write_all(before)?;
        self.begun = true;
        let record = Record::of(record, &self.labels)?;
        serde_json::to_writer(&mut self.out, &record)?;
        Ok(())
    }

    fn finish(mut self: Box<Self>) -> Result<(), WriteError> {
        self.out.write_all(b"\n]\n")?;
        self.out.flush()?;
        Ok(())
    }
}

impl<'a> Record<'a> {
    fn of(record: &'a DocumentRecord, labels: &'a LabelSet) -> Result<Self, WriteError> {
        let offsets = Offsets::new(&record.text, Unit::CodePoints);
        let (mut users, mut suggestions) = (BTreeMap::new(), BTreeMap::new());
        let (mut responses, mut suggestion_status) = (Vec::new(), BTreeMap::new());
        let mut done = true;
        for layer in &record.layers {
            let value = spans(layer, &offsets, labels)?;
            let status = STATUSES.iter().find(|(status, _)| *status == layer.status);
            let status = status.map(|(_, name)| *name);
            if let Some(agent) = layer.annotator.model() {
                // A question has one suggestion.
                let question = match suggestions.len() {
                    0 => QUESTION.to_owned(),
                    before => format!("{QUESTION}_{}", before + 1),
                };
                suggestion_status.extend(status.map(|status| (question.clone(), status)));
                let score = None;
                suggestions.insert(
                    question,
                    Suggestion {
                        value,
                        score,
                        agent,
                    },
                );
                continue;
            }
            let user_id = user_id(&layer.annotator);
            if user_id != layer.annotator.as_str() {
                users.insert(user_id.clone(), layer.annotator.as_str());
            }
            done &= layer.status == Status::Done;
            responses.push(Response {
                value,
                user_id,
                status,
            });
        }
        let completed = done && !responses.is_empty();
        let id = record
            .metadata
            .get(SOURCE_ID)
            .map(|id| Cow::Borrowed(&**id));
        let metadata = record.metadata.iter();
        Ok(Self {
            id: id.unwrap_or_else(|| Cow::Owned(record.id.to_string())),
            server_id: None,
            status: if completed { "completed" } else { "pending" },
            title: &record.title,
            users,
            suggestion_status,
            fields: Fields { text: &record.text },
            metadata: metadata
                .filter(|(key, _)| *key != SOURCE_ID && *key != ID_IS_TEXT)
                .map(|(key, value)| (&**key, &**value))
                .collect(),
            suggestions,
            responses: (!responses.is_empty())
                .then_some((QUESTION, responses))
                .into_iter()
                .collect(),
            vectors: BTreeMap::new(),
        })
    }
}

fn spans<'a>(
    layer: &'a LayerRecord,
    offsets: &Offsets<'_>,
    labels: &'a LabelSet,
) -> Result<Vec<Span<'a>>, WriteError> {
    let mut spans = Vec::with_capacity(layer.spans.len());
    for span in &layer.spans {
        for range in span.data.fragments.ranges() {
            let (start, end) = offsets.pair(range)?;
            spans.push(Span {
                start,
                end,
                label: labels.name_of(&span.data.label),
            });
        }
    }
    Ok(spans)
}

/// The id that stands for somebody: the name itself where it is one.
fn user_id(annotator: &Annotator) -> String {
    let name = annotator.as_str();
    let is_id = Uuid::try_parse(name).is_ok_and(|id| id.to_string() == name);
    if is_id {
        return name.to_owned();
    }
    let hash = TextHash::of(name);
    let mut bytes = [0; 16];
    for (to, from) in bytes.iter_mut().zip(hash.as_bytes()) {
        *to = *from;
    }
    uuid::Builder::from_custom_bytes(bytes)
        .into_uuid()
        .to_string()
}
