//! Reads doccano's JSONL, its own exports and files that people made for its import: `label` or
//! `labels` as triples, `entities` and `relations`, `Comments`, `text` or `data`. Fields that mean
//! nothing here become metadata. A record with a wrong span is refused whole.

use std::{collections::HashSet, fmt::Display, io::BufRead};

use serde_json::{Map, Value};

use crate::{
    annotation::{Annotator, Fragments, LabelId, SpanData, TextHash},
    interchange::{
        CopyCounter, DatasetHead, DocumentRecord, LayerRecord, MAX_TEXT, Problem, ReadOptions,
        Reader, Reason, RelationRecord, SpanError, SpanRecord,
        label_names::{label_named, note_relation_type},
        lines::{Line, Lines},
    },
    text::{self, ByteRange, OffsetMap},
};

/// Opens a file of lines.
#[expect(
    clippy::unnecessary_wraps,
    reason = "formats that begin with a head can fail here"
)]
pub(in crate::interchange) fn read<'r>(
    input: Box<dyn BufRead + 'r>,
    options: ReadOptions,
) -> Result<Box<dyn Reader + 'r>, Problem> {
    let (stem, _) = options
        .file_name
        .rsplit_once('.')
        .unwrap_or((&options.file_name, ""));
    Ok(Box::new(DoccanoReader {
        lines: Lines::new(input, MAX_TEXT),
        head: DatasetHead {
            labels: options.labels,
            edits: Vec::new(),
        },
        annotator: options.annotator,
        stem: stem.to_owned(),
        ended: false,
    }))
}

struct DoccanoReader<R> {
    lines: Lines<R>,
    head: DatasetHead,
    annotator: Annotator,
    /// The title of a document without a line that could be one.
    stem: String,
    ended: bool,
}

impl<R: BufRead> Reader for DoccanoReader<R> {
    fn head(&self) -> &DatasetHead {
        &self.head
    }

    fn next(&mut self, copies: &mut CopyCounter) -> Option<Result<DocumentRecord, Problem>> {
        if self.ended {
            return None;
        }
        let parsed = loop {
            match self.lines.next() {
                Ok(None) => return None,
                Ok(Some(Line::Whole(line))) if line.trim_ascii().is_empty() => {}
                Ok(Some(Line::Whole(line))) => break Parsed::of(line),
                Ok(Some(Line::TooLong)) => {
                    break Err(Reason::TooLarge {
                        what: "the line",
                        limit: MAX_TEXT,
                    });
                }
                Err(error) => {
                    self.ended = true;
                    break Err(error.into());
                }
            }
        };
        let record = parsed.map(|parsed| self.record(parsed, copies));
        Some(record.map_err(|reason| Problem::at(self.lines.number(), reason)))
    }
}

impl<R> DoccanoReader<R> {
    /// The record of a line in which everything is right.
    fn record(&mut self, parsed: Parsed, copies: &mut CopyCounter) -> DocumentRecord {
        let labels = &mut self.head.labels;
        let mut layer = LayerRecord::new(self.annotator.clone());
        for found in parsed.spans {
            // The name was checked when the line was parsed.
            if let Ok(label) = label_named(labels, found.label.as_str()) {
                let data = SpanData::new(label, found.fragments);
                layer.spans.push(SpanRecord::new(found.id, data));
            }
        }
        for relation in &parsed.relations {
            note_relation_type(labels, &relation.kind);
        }
        layer.relations = parsed.relations;
        let title = parsed
            .title
            .filter(|title| !title.trim().is_empty())
            .or_else(|| text::title::title_of(&parsed.text))
            .unwrap_or_else(|| self.stem.clone());
        let id = copies.id(&TextHash::of(&parsed.text));
        let mut record = DocumentRecord {
            title,
            ..DocumentRecord::new(id, parsed.text.into())
        };
        record.metadata.extend(parsed.metadata);
        if !layer.spans.is_empty() {
            record.layers.push(layer);
        }
        record
    }
}

/// A line, checked.
struct Parsed {
    text: String,
    title: Option<String>,
    metadata: Vec<(String, String)>,
    spans: Vec<Found>,
    relations: Vec<RelationRecord>,
}

/// A span as the file has it.
struct Found {
    id: String,
    label: LabelId,
    fragments: Fragments,
}

impl Parsed {
    fn of(line: &[u8]) -> Result<Self, Reason> {
        let line = line.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(line);
        let line = std::str::from_utf8(line).map_err(|error| Reason::NotUtf8 {
            at: error.valid_up_to(),
        })?;
        let mut fields: Map<String, Value> =
            serde_json::from_str(line).map_err(|error| Reason::Malformed(error.to_string()))?;
        let text = take_text(&mut fields)?;
        let spans = take_spans(&mut fields, &text)?;
        let relations = take_relations(&mut fields, &spans)?;
        let title = match fields.shift_remove("title") {
            Some(Value::String(title)) => Some(title),
            other => {
                fields.extend(other.map(|value| ("title".to_owned(), value)));
                None
            }
        };
        Ok(Self {
            text,
            title,
            metadata: fields.into_iter().filter_map(metadata).collect(),
            spans,
            relations,
        })
    }
}

fn take_text(fields: &mut Map<String, Value>) -> Result<String, Reason> {
    let field = ["text", "data"]
        .into_iter()
        .find(|field| fields.get(*field).is_some_and(Value::is_string));
    match field.and_then(|field| fields.shift_remove(field)) {
        Some(Value::String(text)) => Ok(text),
        _ => Err(Reason::Missing("`text`")),
    }
}

/// Takes the spans out. doccano writes those of a document with relations twice, as entities and as
/// triples: the entities have the ids.
fn take_spans(fields: &mut Map<String, Value>, text: &str) -> Result<Vec<Found>, Reason> {
    let at = Offsets::new(text);
    let mut spans = Vec::new();
    for (number, entity) in (1..).zip(&take_list(fields, "entities")?) {
        spans.push(at.entity(number, entity)?);
    }
    let what = |span: &Found| (span.label.clone(), span.fragments.clone());
    let mut seen: HashSet<_> = spans.iter().map(what).collect();
    for field in ["label", "labels"] {
        for (number, triple) in (1..).zip(&take_triples(fields, field)?) {
            let found = at.triple(&format!("{number} of `{field}`"), triple)?;
            if seen.insert(what(&found)) {
                spans.push(found);
            }
        }
    }
    Ok(spans)
}

fn take_relations(
    fields: &mut Map<String, Value>,
    spans: &[Found],
) -> Result<Vec<RelationRecord>, Reason> {
    let ids: HashSet<&str> = spans.iter().map(|span| span.id.as_str()).collect();
    (1..)
        .zip(&take_list(fields, "relations")?)
        .map(|(number, value)| relation(number, value, &ids))
        .collect()
}

/// Takes a list out; `null` and an absent field are empty.
fn take_list(fields: &mut Map<String, Value>, field: &str) -> Result<Vec<Value>, Reason> {
    match fields.shift_remove(field) {
        None | Some(Value::Null) => Ok(Vec::new()),
        Some(Value::Array(list)) => Ok(list),
        Some(_) => Err(Reason::Malformed(format!("`{field}` is not a list"))),
    }
}

/// Takes triples out. Labels of the whole document (texts instead of triples) stay, as metadata.
fn take_triples(fields: &mut Map<String, Value>, field: &str) -> Result<Vec<Value>, Reason> {
    let of_document = match fields.get(field) {
        Some(Value::String(_)) => true,
        Some(Value::Array(list)) => !list.is_empty() && list.iter().all(Value::is_string),
        _ => false,
    };
    if of_document {
        return Ok(Vec::new());
    }
    take_list(fields, field)
}

/// A field that means nothing here: texts as they are, others as JSON, what is empty not at all.
fn metadata((key, value): (String, Value)) -> Option<(String, String)> {
    let empty = match &value {
        Value::Null => true,
        Value::Array(list) => list.is_empty(),
        Value::Object(fields) => fields.is_empty(),
        _ => false,
    };
    let value = match value {
        Value::String(text) => text,
        other => other.to_string(),
    };
    (!empty).then_some((key, value))
}

fn malformed(what: &str, number: impl Display, wanted: &str, found: &Value) -> Reason {
    let found = text::quote(&found.to_string(), 80);
    Reason::Malformed(format!("{what} {number} is not {wanted} but {found}"))
}

/// An id as text: files have numbers and texts.
fn id_of(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

fn relation(number: usize, value: &Value, ids: &HashSet<&str>) -> Result<RelationRecord, Reason> {
    let id = |field: &str| value.get(field).and_then(id_of);
    let kind = value.get("type").and_then(Value::as_str);
    let (Some(from), Some(to), Some(kind)) = (id("from_id"), id("to_id"), kind) else {
        let wanted = "{\"from_id\", \"to_id\", \"type\"}";
        return Err(malformed("relation", number, wanted, value));
    };
    let id = id("id").unwrap_or_else(|| number.to_string());
    for end in [&from, &to] {
        if !ids.contains(end.as_str()) {
            return Err(Reason::RelationEnd {
                relation: id,
                span: end.clone(),
            });
        }
    }
    Ok(RelationRecord {
        id,
        kind: kind.to_owned(),
        from,
        to,
    })
}

/// A text whose ranges are given in code points.
struct Offsets<'a> {
    text: &'a str,
    map: OffsetMap,
}

impl<'a> Offsets<'a> {
    fn new(text: &'a str) -> Self {
        Self {
            text,
            map: OffsetMap::new(text),
        }
    }

    fn triple(&self, id: &str, value: &Value) -> Result<Found, Reason> {
        let wanted = "[start, end, \"LABEL\"]";
        let Some([start, end, Value::String(label)]) = value.as_array().map(Vec::as_slice) else {
            return Err(malformed("span", id, wanted, value));
        };
        self.span(id.to_owned(), start, end, label)
    }

    fn entity(&self, number: usize, value: &Value) -> Result<Found, Reason> {
        let wanted = "{\"id\", \"label\", \"start_offset\", \"end_offset\"}";
        let bad = || malformed("entity", number, wanted, value);
        let field = |name: &str| value.get(name).ok_or_else(bad);
        let id = field("id").ok().and_then(id_of);
        let label = field("label")?.as_str().ok_or_else(bad)?;
        let id = id.unwrap_or_else(|| format!("entity {number}"));
        self.span(id, field("start_offset")?, field("end_offset")?, label)
    }

    fn span(&self, id: String, start: &Value, end: &Value, label: &str) -> Result<Found, Reason> {
        let checked = || -> Result<(LabelId, Fragments), SpanError> {
            let byte = |value: &Value| {
                let char = usize::try_from(value.as_u64()?).ok()?;
                self.map.byte_of_char(self.text, char)
            };
            let range = byte(start)
                .zip(byte(end))
                .and_then(|(start, end)| ByteRange::new(self.text, start, end).ok())
                .ok_or_else(|| SpanError::Range {
                    start: text::quote(&start.to_string(), 40),
                    end: text::quote(&end.to_string(), 40),
                    len: self.map.char_len(),
                    unit: "code points",
                })?;
            Ok((
                LabelId::new(label)?,
                Fragments::checked(self.text, [range])?,
            ))
        };
        match checked() {
            Ok((label, fragments)) => Ok(Found {
                id,
                label,
                fragments,
            }),
            Err(error) => Err(Reason::Span { span: id, error }),
        }
    }
}
