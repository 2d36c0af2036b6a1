//! Writes Label Studio's JSON: a task a document, an annotation a layer. Of a span's attributes,
//! those with choices are written as choices, the others as texts; its note as the region's own.

use std::{borrow::Cow, io::Write as _};

use serde::{Serialize, Serializer, ser::SerializeMap as _};
use serde_json::Value;

use crate::{
    annotation::{AttributeKind, LabelSet},
    interchange::{
        DatasetHead, DocumentRecord, ID_IS_TEXT, LayerRecord, Offsets, Output, Outputs, SOURCE_ID,
        SpanRecord, Unit, WriteError, WriteOptions, Writer,
        json::{of_text, source_id},
    },
};

/// Begins a file.
pub(in crate::interchange) fn write<'w>(
    outputs: &'w mut dyn Outputs,
    head: &DatasetHead,
    options: &WriteOptions,
) -> Result<Box<dyn Writer + 'w>, WriteError> {
    let mut out = outputs.file()?;
    out.write_all(b"[")?;
    Ok(Box::new(LabelStudioWriter {
        out,
        labels: head.labels.clone(),
        unit: options.unit.unwrap_or(Unit::CodePoints),
        position: 0,
        next_id: 1,
    }))
}

struct LabelStudioWriter {
    out: Output,
    labels: LabelSet,
    unit: Unit,
    /// The documents written so far.
    position: u64,
    /// The id of the next annotation or prediction.
    next_id: u64,
}

#[derive(Serialize)]
struct Task<'a> {
    id: Value,
    annotations: Vec<Annotation<'a>>,
    predictions: Vec<Prediction<'a>>,
    data: Data<'a>,
    #[serde(skip_serializing_if = "Meta::is_empty")]
    meta: Meta<'a>,
}

#[derive(Serialize)]
struct Annotation<'a> {
    id: u64,
    completed_by: Person<'a>,
    was_cancelled: bool,
    ground_truth: bool,
    result: Vec<Item<'a>>,
}

#[derive(Serialize)]
struct Person<'a> {
    email: &'a str,
}

#[derive(Serialize)]
struct Prediction<'a> {
    id: u64,
    model_version: &'a str,
    result: Vec<Item<'a>>,
}

/// Text, title and metadata.
struct Data<'a>(&'a DocumentRecord);

/// Metadata whose names are taken in the data.
struct Meta<'a>(&'a DocumentRecord);

#[derive(Serialize)]
#[serde(untagged)]
enum Item<'a> {
    Result(Part<'a>),
    Relation {
        from_id: &'a str,
        to_id: &'a str,
        #[serde(rename = "type")]
        kind: &'static str,
        direction: &'static str,
        labels: [&'a str; 1],
    },
}

/// Something that is said of a region.
#[derive(Serialize)]
struct Part<'a> {
    id: &'a str,
    from_name: &'a str,
    to_name: &'static str,
    #[serde(rename = "type")]
    kind: &'static str,
    origin: &'static str,
    value: Said<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    meta: Option<NoteOf<'a>>,
}

#[derive(Serialize)]
struct Said<'a> {
    start: usize,
    end: usize,
    text: Words<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    labels: Option<[&'a str; 1]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    choices: Option<Vec<Cow<'a, str>>>,
}

#[derive(Serialize)]
#[serde(untagged)]
enum Words<'a> {
    /// The text of the region.
    Region(Cow<'a, str>),
    /// What was answered about it.
    Answers(Vec<Cow<'a, str>>),
}

#[derive(Serialize)]
struct NoteOf<'a> {
    text: [&'a str; 1],
}

impl Writer for LabelStudioWriter {
    fn document(&mut self, record: &DocumentRecord) -> Result<(), WriteError> {
        let (people, models): (Vec<_>, Vec<_>) = record
            .layers
            .iter()
            .partition(|layer| !layer.annotator.is_prediction());
        let offsets = Offsets::new(&record.text, self.unit);
        let mut annotations = Vec::with_capacity(people.len());
        for layer in people {
            annotations.push(Annotation {
                id: next(&mut self.next_id),
                completed_by: Person {
                    email: layer.annotator.as_str(),
                },
                was_cancelled: false,
                ground_truth: false,
                result: items(&record.text, &offsets, layer, &self.labels)?,
            });
        }
        let mut predictions = Vec::with_capacity(models.len());
        for layer in models {
            predictions.push(Prediction {
                id: next(&mut self.next_id),
                model_version: layer.annotator.model().unwrap_or_default(),
                result: items(&record.text, &offsets, layer, &self.labels)?,
            });
        }
        self.out
            .write_all(if self.position == 0 { b"\n" } else { b",\n" })?;
        self.position += 1;
        let id = source_id(&record.metadata);
        let task = Task {
            id: id.unwrap_or_else(|| Value::from(self.position)),
            annotations,
            predictions,
            data: Data(record),
            meta: Meta(record),
        };
        serde_json::to_writer(&mut self.out, &task)?;
        Ok(())
    }

    fn finish(mut self: Box<Self>) -> Result<(), WriteError> {
        self.out.write_all(b"\n]\n")?;
        self.out.flush()?;
        Ok(())
    }
}

/// Whether the data has a field of its own of this name.
fn is_taken(key: &str) -> bool {
    ["text", "title"].contains(&key)
}

impl Serialize for Data<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("text", &*self.0.text)?;
        map.serialize_entry("title", &self.0.title)?;
        for (key, value) in &self.0.metadata {
            if ![SOURCE_ID, ID_IS_TEXT].contains(&&**key) && !is_taken(key) {
                map.serialize_entry(key, &of_text(value))?;
            }
        }
        map.end()
    }
}

impl Meta<'_> {
    fn is_empty(&self) -> bool {
        !self.0.metadata.keys().any(|key| is_taken(key))
    }
}

impl Serialize for Meta<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let taken = self.0.metadata.iter().filter(|(key, _)| is_taken(key));
        serializer.collect_map(taken.map(|(key, value)| (key, of_text(value))))
    }
}

fn next(id: &mut u64) -> u64 {
    *id += 1;
    *id - 1
}

/// The results that a layer makes.
fn items<'a>(
    text: &'a str,
    offsets: &Offsets<'_>,
    layer: &'a LayerRecord,
    labels: &'a LabelSet,
) -> Result<Vec<Item<'a>>, WriteError> {
    let mut items = Vec::with_capacity(layer.spans.len() + layer.relations.len());
    for span in &layer.spans {
        parts(text, offsets, span, labels, &mut items)?;
    }
    items.extend(layer.relations.iter().map(|relation| Item::Relation {
        from_id: &relation.from,
        to_id: &relation.to,
        kind: "relation",
        direction: "right",
        labels: [&relation.kind],
    }));
    Ok(items)
}

fn parts<'a>(
    text: &'a str,
    offsets: &Offsets<'_>,
    span: &'a SpanRecord,
    labels: &'a LabelSet,
    items: &mut Vec<Item<'a>>,
) -> Result<(), WriteError> {
    let data = &span.data;
    let (start, end) = data.fragments.extent();
    let (start, end) = (offsets.position(start)?, offsets.position(end)?);
    let quote = match data.fragments.ranges() {
        [range] => Cow::Borrowed(range.slice(text)),
        _ => Cow::Owned(data.fragments.text(text)),
    };
    let said = |text, labels, choices| Said {
        start,
        end,
        text,
        labels,
        choices,
    };
    let part = |from_name, kind, value| Part {
        id: &span.id,
        from_name,
        to_name: "text",
        kind,
        origin: "manual",
        value,
        meta: None,
    };
    let label = [labels.name_of(&data.label)];
    let region = said(Words::Region(quote.clone()), Some(label), None);
    items.push(Item::Result(Part {
        meta: (!data.note.is_empty()).then_some(NoteOf { text: [&data.note] }),
        ..part("label", "labels", region)
    }));
    for (name, value) in &data.attributes {
        let kind = labels.attribute(name).map(|attribute| &attribute.kind);
        let answers = answers(value);
        items.push(Item::Result(match kind {
            Some(AttributeKind::Choice(_) | AttributeKind::Flag) => {
                let value = said(Words::Region(quote.clone()), None, Some(answers));
                part(name, "choices", value)
            }
            _ => part(name, "textarea", said(Words::Answers(answers), None, None)),
        }));
    }
    Ok(())
}

/// An attribute's value as a list: that of several answers where it was made of one.
fn answers(value: &str) -> Vec<Cow<'_, str>> {
    match of_text(value) {
        Value::Array(list) if list.len() > 1 && list.iter().all(Value::is_string) => {
            let text = |value| match value {
                Value::String(text) => Cow::Owned(text),
                other => Cow::Owned(other.to_string()),
            };
            list.into_iter().map(text).collect()
        }
        _ => vec![Cow::Borrowed(value)],
    }
}
