//! Reads doccano's JSONL, its own exports and files that people made for its import: `label` or
//! `labels` as triples, `entities` and `relations`, `Comments`, `text` or `data`. Fields that mean
//! nothing here become metadata. Rows of tokens and tags, and `entities` with `start` and `end`, as other
//! datasets of lines have them, are read too. A record with a wrong span is refused whole.

use std::{collections::HashSet, fmt::Display, io::BufRead};

use serde_json::{Map, Value};

use crate::{
    annotation::{Annotator, Fragments, LabelId, QuickHash, SpanData},
    interchange::{
        CopyCounter, DatasetHead, DocumentRecord, LayerRecord, MAX_TEXT, Names, Offsets, Problem,
        ReadOptions, Reader, Reason, RelationRecord, Source, SpanError, SpanRecord, Unit,
        json::{id_of, malformed as malformed_json, metadata, take_list, without_mark},
        lines::{Line, Lines},
        token_rows::{self, Classes},
    },
    text,
};

/// Opens a file of lines.
#[expect(
    clippy::unnecessary_wraps,
    reason = "formats that begin with a head can fail here"
)]
pub(in crate::interchange) fn read<'r>(
    source: Source<'r>,
    options: ReadOptions,
) -> Result<Box<dyn Reader + 'r>, Problem> {
    Ok(Box::new(DoccanoReader {
        stem: source.stem().to_owned(),
        lines: Lines::new(source.input, MAX_TEXT),
        classes: Classes::beside(source.folder),
        names: options.names(),
        unit: options.unit.unwrap_or(Unit::CodePoints),
        annotator: options.annotator,
        ended: false,
    }))
}

struct DoccanoReader<'r, R> {
    lines: Lines<R>,
    /// What numbers stand for in rows of tokens.
    classes: Classes<'r>,
    names: Names,
    unit: Unit,
    annotator: Annotator,
    /// The title of a document without a line that could be one.
    stem: String,
    ended: bool,
}

impl<R: BufRead> Reader for DoccanoReader<'_, R> {
    fn head(&self) -> &DatasetHead {
        self.names.head()
    }

    fn next(&mut self, copies: &mut CopyCounter) -> Option<Result<DocumentRecord, Problem>> {
        if self.ended {
            return None;
        }
        let parsed = loop {
            match self.lines.next() {
                Ok(None) => return None,
                Ok(Some(Line::Whole(line))) if line.trim_ascii().is_empty() => {}
                Ok(Some(Line::Whole(line))) => {
                    break Parsed::of(line, self.unit, &self.classes);
                }
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

    fn line(&self) -> Option<u64> {
        Some(self.lines.number())
    }
}

impl<R> DoccanoReader<'_, R> {
    /// The record of a line in which everything is right.
    fn record(&mut self, parsed: Parsed, copies: &mut CopyCounter) -> DocumentRecord {
        let mut record = DocumentRecord::found(parsed.text, parsed.title, &self.stem, copies);
        record.metadata.extend(parsed.metadata);
        if !parsed.spans.is_empty() {
            let mut layer = LayerRecord::new(self.annotator.clone());
            layer.spans = parsed.spans;
            layer.relations = parsed.relations;
            record.layers.push(layer);
        }
        self.names.adopt(&mut record);
        record
    }
}

/// A line, checked.
struct Parsed {
    text: String,
    title: Option<String>,
    metadata: Vec<(String, String)>,
    spans: Vec<SpanRecord>,
    relations: Vec<RelationRecord>,
}

impl Parsed {
    fn of(line: &[u8], unit: Unit, classes: &Classes<'_>) -> Result<Self, Reason> {
        let line = std::str::from_utf8(without_mark(line)).map_err(|error| Reason::NotUtf8 {
            at: error.valid_up_to(),
        })?;
        let mut fields: Map<String, Value> =
            serde_json::from_str(line).map_err(|error| malformed_json(&error).1)?;
        let hashed = ["_task_hash", "_input_hash"];
        if fields.contains_key("spans") && hashed.iter().any(|hash| fields.contains_key(*hash)) {
            return Err(Reason::OtherFormat("a task of Prodigy"));
        }
        let (text, spans, relations) = if token_rows::is_row(&fields) {
            let (text, spans) = take_row(&mut fields, classes)?;
            (text, spans, Vec::new())
        } else {
            let text = take_text(&mut fields)?;
            let spans = take_spans(&mut fields, &Offsets::new(&text, unit))?;
            let relations = take_relations(&mut fields, &spans)?;
            (text, spans, relations)
        };
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
            metadata: metadata(fields).collect(),
            spans,
            relations,
        })
    }
}

/// Takes the text and the spans of a row of tokens.
fn take_row(
    fields: &mut Map<String, Value>,
    classes: &Classes<'_>,
) -> Result<(String, Vec<SpanRecord>), Reason> {
    let tokens = fields.shift_remove(token_rows::TOKENS).unwrap_or_default();
    let tags = fields.shift_remove(token_rows::TAGS);
    let unnamed = Annotator::imported();
    let (text, layer) = token_rows::read(&tokens, tags.as_ref(), classes, &unnamed)?;
    Ok((text, layer.map_or_else(Vec::new, |layer| layer.spans)))
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
fn take_spans(
    fields: &mut Map<String, Value>,
    offsets: &Offsets<'_>,
) -> Result<Vec<SpanRecord>, Reason> {
    let mut spans = Vec::new();
    for field in ["entities", "spans"] {
        // What others call spans may be anything.
        if field == "spans" && !fields.get(field).is_some_and(are_entities) {
            continue;
        }
        for (number, found) in (spans.len() + 1..).zip(&take_list(fields, field)?) {
            spans.push(entity(offsets, number, found)?);
        }
    }
    let entities = spans.len();
    for field in ["label", "labels"] {
        let triples = take_triples(fields, field)?;
        spans.reserve(triples.len());
        for (number, found) in (1..).zip(&triples) {
            spans.push(triple(offsets, triple_id(number, field), found)?);
        }
    }
    drop_again(&mut spans, entities);
    let mut ids: HashSet<&str, QuickHash> = HashSet::default();
    ids.reserve(spans.len());
    match spans.iter().find(|span| !ids.insert(&*span.id)) {
        Some(twice) => Err(Reason::Duplicate {
            what: "span",
            id: twice.id.clone(),
        }),
        None => Ok(spans),
    }
}

/// Leaves out triples that say what an entity or an earlier triple says. The first `entities` spans
/// are entities.
fn drop_again(spans: &mut Vec<SpanRecord>, entities: usize) {
    let mut order: Vec<(&Fragments, &LabelId, usize)> = (0..)
        .zip(&*spans)
        .map(|(at, span)| (&span.data.fragments, &span.data.label, at))
        .collect();
    order.sort_unstable();
    let alike = order.windows(2).filter_map(|pair| match pair {
        [one, other] if (one.0, one.1) == (other.0, other.1) => Some(other.2),
        _ => None,
    });
    let mut again: Vec<usize> = alike.filter(|at| *at >= entities).collect();
    again.sort_unstable();
    let mut at = 0;
    spans.retain(|_| {
        at += 1;
        again.binary_search(&(at - 1)).is_err()
    });
}

/// What a problem calls a triple.
fn triple_id(number: usize, field: &str) -> String {
    let mut digits = itoa::Buffer::new();
    [digits.format(number), " of `", field, "`"].concat()
}

fn take_relations(
    fields: &mut Map<String, Value>,
    spans: &[SpanRecord],
) -> Result<Vec<RelationRecord>, Reason> {
    let ids: HashSet<&str> = spans.iter().map(|span| span.id.as_str()).collect();
    (1..)
        .zip(&take_list(fields, "relations")?)
        .map(|(number, value)| relation(number, value, &ids))
        .collect()
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

fn malformed(what: &str, number: impl Display, wanted: &str, found: &Value) -> Reason {
    let found = text::quote(&found.to_string(), 80);
    Reason::Malformed(format!("{what} {number} is not {wanted} but {found}"))
}

fn relation(number: usize, value: &Value, ids: &HashSet<&str>) -> Result<RelationRecord, Reason> {
    let id = |field: &str| value.get(field).and_then(id_of);
    let kind = value.get("type").and_then(Value::as_str);
    let (Some(from), Some(to), Some(kind)) = (id("from_id"), id("to_id"), kind) else {
        let wanted = "{\"from_id\", \"to_id\", \"type\"}";
        return Err(malformed("relation", number, wanted, value));
    };
    let id = id("id").unwrap_or_else(|| number.to_string());
    if from == to {
        return Err(Reason::RelationToItself {
            relation: id,
            span: from,
        });
    }
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

fn triple(offsets: &Offsets<'_>, id: String, value: &Value) -> Result<SpanRecord, Reason> {
    let wanted = "[start, end, \"LABEL\"]";
    let Some([start, end, Value::String(label)]) = value.as_array().map(Vec::as_slice) else {
        return Err(malformed("span", id, wanted, value));
    };
    span(offsets, id, (start, end), label)
}

/// Whether these are spans, each with a label and a range.
fn are_entities(list: &Value) -> bool {
    let fields = ["start", "end", "label"];
    let is_entity = |it: &Value| fields.iter().all(|field| it.get(field).is_some());
    list.as_array()
        .is_some_and(|list| list.iter().all(is_entity))
}

fn entity(offsets: &Offsets<'_>, number: usize, value: &Value) -> Result<SpanRecord, Reason> {
    let wanted = "{\"id\", \"label\", \"start_offset\", \"end_offset\"}";
    let bad = || malformed("entity", number, wanted, value);
    if value.is_array() {
        return triple(offsets, format!("entity {number}"), value);
    }
    let field = |name: &str| value.get(name).ok_or_else(bad);
    let id = field("id").ok().and_then(id_of);
    let label = field("label")?.as_str().ok_or_else(bad)?;
    let id = id.unwrap_or_else(|| format!("entity {number}"));
    let either = |name: &str, other: &str| field(name).or_else(|_| field(other));
    let ends = (
        either("start_offset", "start")?,
        either("end_offset", "end")?,
    );
    span(offsets, id, ends, label)
}

fn span(
    offsets: &Offsets<'_>,
    id: String,
    ends: (&Value, &Value),
    label: &str,
) -> Result<SpanRecord, Reason> {
    let checked = || -> Result<SpanData, SpanError> {
        Ok(SpanData::new(
            LabelId::new(label)?,
            offsets.fragments([ends])?,
        ))
    };
    match checked() {
        Ok(data) => Ok(SpanRecord::new(id, data)),
        Err(error) => Err(Reason::Span { span: id, error }),
    }
}
