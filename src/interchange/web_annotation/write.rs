//! Writes a page of annotations a document, in a list.

use std::{collections::HashMap, io::Write as _};

use serde::Serialize;

use crate::{
    annotation::{Annotator, LabelSet},
    interchange::{
        DatasetHead, DocumentRecord, LayerRecord, Offsets, Output, Outputs, SpanRecord, Unit,
        WriteError, WriteOptions, Writer,
    },
    text::ByteRange,
};

use super::CONTEXT;

/// How many characters before and behind a quote are written beside it.
const AROUND: usize = 32;

/// Begins a file.
pub(in crate::interchange) fn write<'w>(
    outputs: &'w mut dyn Outputs,
    head: &DatasetHead,
    _options: &WriteOptions,
) -> Result<Box<dyn Writer + 'w>, WriteError> {
    let mut out = outputs.file()?;
    out.write_all(b"[")?;
    Ok(Box::new(WebWriter {
        out,
        labels: head.labels.clone(),
        any: false,
    }))
}

struct WebWriter {
    out: Output,
    labels: LabelSet,
    /// Whether a page is written.
    any: bool,
}

#[derive(Serialize)]
struct Page<'a> {
    #[serde(rename = "@context")]
    context: &'static str,
    id: String,
    #[serde(rename = "type")]
    kind: &'static str,
    items: Vec<Annotation<'a>>,
}

#[derive(Serialize)]
struct Annotation<'a> {
    id: String,
    #[serde(rename = "type")]
    kind: &'static str,
    motivation: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    creator: Option<Creator<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    body: Vec<Body<'a>>,
    target: Vec<Target<'a>>,
}

#[derive(Serialize)]
struct Creator<'a> {
    #[serde(rename = "type")]
    kind: &'static str,
    name: &'a str,
}

#[derive(Serialize)]
struct Body<'a> {
    #[serde(rename = "type")]
    kind: &'static str,
    purpose: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    label: Option<&'a str>,
    value: &'a str,
}

#[derive(Serialize)]
#[serde(untagged)]
enum Target<'a> {
    /// The text itself.
    Text {
        id: &'a str,
        #[serde(rename = "type")]
        kind: &'static str,
        format: &'static str,
        label: &'a str,
        value: &'a str,
    },
    /// A part of it.
    Part {
        source: &'a str,
        selector: (Position, Quote<'a>),
    },
    /// Another annotation.
    Other(String),
}

#[derive(Serialize)]
struct Position {
    #[serde(rename = "type")]
    kind: &'static str,
    start: usize,
    end: usize,
}

#[derive(Serialize)]
struct Quote<'a> {
    #[serde(rename = "type")]
    kind: &'static str,
    exact: &'a str,
    prefix: &'a str,
    suffix: &'a str,
}

impl Writer for WebWriter {
    fn document(&mut self, record: &DocumentRecord) -> Result<(), WriteError> {
        let separator: &[u8] = if self.any { b",\n" } else { b"\n" };
        self.out.write_all(separator)?;
        self.any = true;
        let source = format!("urn:hashiya:{}", record.id);
        let mut items = vec![of_text(record, &source)];
        let offsets = Offsets::new(&record.text, Unit::CodePoints);
        for layer in &record.layers {
            of_layer(layer, &offsets, &source, &self.labels, &mut items)?;
        }
        let page = Page {
            context: CONTEXT,
            id: format!("{source}#page"),
            kind: "AnnotationPage",
            items,
        };
        serde_json::to_writer(&mut self.out, &page)?;
        Ok(())
    }

    fn finish(mut self: Box<Self>) -> Result<(), WriteError> {
        self.out.write_all(b"\n]\n")?;
        self.out.flush()?;
        Ok(())
    }
}

/// What is said of the text as a whole, which stands in it.
fn of_text<'a>(record: &'a DocumentRecord, source: &'a str) -> Annotation<'a> {
    let metadata = record.metadata.iter();
    Annotation {
        id: format!("{source}#text"),
        kind: "Annotation",
        motivation: "describing",
        creator: None,
        body: metadata
            .map(|(key, value)| body("describing", Some(key), value))
            .collect(),
        target: vec![Target::Text {
            id: source,
            kind: "TextualBody",
            format: "text/plain",
            label: &record.title,
            value: &record.text,
        }],
    }
}

fn of_layer<'a>(
    layer: &'a LayerRecord,
    offsets: &Offsets<'a>,
    source: &'a str,
    labels: &'a LabelSet,
    items: &mut Vec<Annotation<'a>>,
) -> Result<(), WriteError> {
    let mut ids = HashMap::new();
    for span in &layer.spans {
        let number = items.len();
        if !layer.relations.is_empty() {
            ids.insert(&*span.id, number);
        }
        let mut target = Vec::with_capacity(span.data.fragments.ranges().len());
        for range in span.data.fragments.ranges() {
            target.push(part(range, offsets, source)?);
        }
        items.push(Annotation {
            id: format!("{source}#{number}"),
            kind: "Annotation",
            motivation: "tagging",
            creator: Some(creator(&layer.annotator)),
            body: bodies(span, labels),
            target,
        });
    }
    for relation in &layer.relations {
        let ends = (ids.get(&*relation.from), ids.get(&*relation.to));
        let (Some(from), Some(to)) = ends else {
            continue;
        };
        let end = |number: &usize| Target::Other(format!("{source}#{number}"));
        items.push(Annotation {
            id: format!("{source}#{}", items.len()),
            kind: "Annotation",
            motivation: "linking",
            creator: Some(creator(&layer.annotator)),
            body: vec![body("tagging", None, &relation.kind)],
            target: vec![end(from), end(to)],
        });
    }
    Ok(())
}

fn creator(annotator: &Annotator) -> Creator<'_> {
    match annotator.model() {
        Some(name) => Creator {
            kind: "Software",
            name,
        },
        None => Creator {
            kind: "Person",
            name: annotator.as_str(),
        },
    }
}

fn bodies<'a>(span: &'a SpanRecord, labels: &'a LabelSet) -> Vec<Body<'a>> {
    let data = &span.data;
    let mut bodies = vec![body("tagging", None, labels.name_of(&data.label))];
    if !data.note.is_empty() {
        bodies.push(body("commenting", None, &data.note));
    }
    let attributes = data.attributes.iter();
    bodies.extend(attributes.map(|(name, value)| body("classifying", Some(name), value)));
    bodies
}

fn body<'a>(purpose: &'static str, label: Option<&'a str>, value: &'a str) -> Body<'a> {
    Body {
        kind: "TextualBody",
        purpose,
        label,
        value,
    }
}

fn part<'a>(
    range: &ByteRange,
    offsets: &Offsets<'a>,
    source: &'a str,
) -> Result<Target<'a>, WriteError> {
    let text = offsets.text();
    let (start, end) = offsets.pair(range)?;
    let before = text.get(..range.start()).unwrap_or_default();
    let behind = text.get(range.end()..).unwrap_or_default();
    let prefix = before.char_indices().rev().take(AROUND).last();
    let suffix = behind.char_indices().nth(AROUND);
    Ok(Target::Part {
        source,
        selector: (
            Position {
                kind: "TextPositionSelector",
                start,
                end,
            },
            Quote {
                kind: "TextQuoteSelector",
                exact: range.slice(text),
                prefix: prefix
                    .and_then(|(at, _)| before.get(at..))
                    .unwrap_or_default(),
                suffix: suffix.map_or(behind, |(at, _)| behind.get(..at).unwrap_or_default()),
            },
        ),
    })
}
