//! What a task says: its spans and relations where it was accepted. Where it was rejected or ignored,
//! they are nobody's annotations, and are kept as metadata with the answer.

use std::collections::HashMap;

use serde_json::{Map, Value};

use crate::{
    annotation::{Annotator, Fragments, LabelId, SpanData, Status},
    interchange::{
        LayerRecord, Offsets, Reason, RelationRecord, SpanError, SpanRecord,
        json::{id_of, metadata, take_list, text_of},
    },
    text,
};

use super::{ATTRIBUTES, IN_PROGRESS};

/// A task, checked.
pub(super) struct Task {
    pub(super) title: Option<String>,
    pub(super) metadata: Vec<(String, String)>,
    /// The answer of somebody who did not accept, and what was not accepted.
    pub(super) left_out: Vec<(&'static str, String)>,
    /// The annotations, whose annotator is not known here.
    pub(super) layer: Option<LayerRecord>,
    /// The model that made them, where nobody has answered yet.
    pub(super) model: Option<Annotator>,
}

impl Task {
    /// Reads the fields of a line. `named` is whether they name an annotator.
    pub(super) fn of(fields: &[u8], named: bool, offsets: &Offsets<'_>) -> Result<Self, Reason> {
        let mut fields: Map<String, Value> =
            serde_json::from_slice(fields).map_err(|error| Reason::Malformed(error.to_string()))?;
        let spans = take_list(&mut fields, "spans")?;
        let relations = take_list(&mut fields, "relations")?;
        let answer = fields.shift_remove("answer").and_then(text_of);
        let mut task = Self {
            title: None,
            metadata: Vec::new(),
            left_out: Vec::new(),
            layer: None,
            model: None,
        };
        match answer.as_deref() {
            Some(answer @ ("reject" | "ignore")) => {
                task.left_out.push(("answer", answer.to_owned()));
                for (what, list) in [("spans", spans), ("relations", relations)] {
                    let list = text_of(Value::Array(list));
                    task.left_out.extend(list.map(|list| (what, list)));
                }
            }
            None | Some("accept") => {
                let label = fields.get("label").and_then(Value::as_str);
                let accepted = answer.is_some();
                if !accepted && !named {
                    task.model = model(&spans)?;
                }
                let mut layer = layer(spans, relations, label.unwrap_or("span"), offsets)?;
                let begun = fields.get("status").and_then(Value::as_str) == Some(IN_PROGRESS);
                if accepted {
                    layer.status = Status::Done;
                } else if begun && named {
                    fields.shift_remove("status");
                    layer.status = Status::InProgress;
                }
                let says = layer.status != Status::New || !layer.spans.is_empty();
                task.layer = says.then_some(layer);
            }
            Some(other) => {
                let other = text::quote(other, 40);
                return Err(Reason::Malformed(format!(
                    "the answer “{other}” is none of accept, reject and ignore"
                )));
            }
        }
        task.say(fields);
        Ok(task)
    }

    /// Takes note of what is said of the document.
    fn say(&mut self, mut fields: Map<String, Value>) {
        let mut meta = match fields.shift_remove("meta") {
            Some(Value::Object(meta)) => meta,
            other => {
                fields.extend(other.map(|value| ("meta".to_owned(), value)));
                Map::new()
            }
        };
        let of = [&mut fields, &mut meta].into_iter().find_map(|fields| {
            let title = fields.get("title")?.as_str()?.to_owned();
            fields.shift_remove("title");
            Some(title)
        });
        self.title = of.filter(|title| !title.trim().is_empty());
        self.metadata.extend(metadata(fields).chain(metadata(meta)));
    }
}

/// The model of which all spans are, where one is named.
fn model(spans: &[Value]) -> Result<Option<Annotator>, Reason> {
    let mut sources = spans.iter().map(|span| span.get("source")?.as_str());
    let Some(Some(first)) = sources.next() else {
        return Ok(None);
    };
    if first.trim().is_empty() || !sources.all(|source| source == Some(first)) {
        return Ok(None);
    }
    let model = Annotator::prediction(first);
    model
        .map(Some)
        .map_err(|error| Reason::Malformed(format!("`source`: {error}")))
}

fn layer(
    spans: Vec<Value>,
    relations: Vec<Value>,
    label: &str,
    offsets: &Offsets<'_>,
) -> Result<LayerRecord, Reason> {
    let mut layer = LayerRecord::new(Annotator::imported());
    for (number, span) in (1..).zip(spans) {
        let id = number.to_string();
        layer.spans.push(self::span(id, span, label, offsets)?);
    }
    if relations.is_empty() {
        return Ok(layer);
    }
    let mut ends = Ends::of(&layer);
    for (number, relation) in (1..).zip(relations) {
        let mut end = |field: &str| -> Result<String, Reason> {
            let Some(span) = relation.get(field) else {
                return Err(Reason::Malformed(format!(
                    "relation {number} has no `{field}` and no tokens that could be one"
                )));
            };
            let id = format!("{field} of relation {number}");
            ends.id(&mut layer.spans, id, span, offsets)
        };
        let (from, to) = (end("head_span")?, end("child_span")?);
        let kind = relation.get("label").and_then(Value::as_str);
        layer.relations.push(RelationRecord {
            id: number.to_string(),
            kind: kind.unwrap_or("relation").to_owned(),
            from,
            to,
        });
    }
    Ok(layer)
}

/// The spans of a layer by what relations say of them.
struct Ends {
    labelled: HashMap<(Fragments, LabelId), String>,
    all: HashMap<Fragments, String>,
}

impl Ends {
    fn of(layer: &LayerRecord) -> Self {
        let mut ends = Self {
            labelled: HashMap::new(),
            all: HashMap::new(),
        };
        for span in &layer.spans {
            ends.add(span);
        }
        ends
    }

    fn add(&mut self, span: &SpanRecord) {
        let SpanData {
            label, fragments, ..
        } = &span.data;
        let id = || span.id.clone();
        self.labelled
            .entry((fragments.clone(), label.clone()))
            .or_insert_with(id);
        self.all.entry(fragments.clone()).or_insert_with(id);
    }

    /// The id of the span at which a relation ends; of a new one, where tokens that are in no span
    /// are related.
    fn id(
        &mut self,
        spans: &mut Vec<SpanRecord>,
        id: String,
        end: &Value,
        offsets: &Offsets<'_>,
    ) -> Result<String, Reason> {
        let at = |field: &str| end.get(field).unwrap_or(&Value::Null);
        let fragments = offsets.fragments([(at("start"), at("end"))]);
        let wrong = |error: SpanError| Reason::Span {
            span: id.clone(),
            error,
        };
        let fragments = fragments.map_err(wrong)?;
        let label = end.get("label").and_then(Value::as_str);
        let name = LabelId::new(label.unwrap_or("token")).map_err(|error| wrong(error.into()))?;
        let key = (fragments, name);
        let there = match label {
            Some(_) => self.labelled.get(&key),
            None => self.all.get(&key.0),
        };
        if let Some(there) = there {
            return Ok(there.clone());
        }
        let span = SpanRecord::new(id.clone(), SpanData::new(key.1, key.0));
        self.add(&span);
        spans.push(span);
        Ok(id)
    }
}

fn span(
    id: String,
    value: Value,
    unlabelled: &str,
    offsets: &Offsets<'_>,
) -> Result<SpanRecord, Reason> {
    let Value::Object(mut fields) = value else {
        let found = text::quote(&value.to_string(), 80);
        return Err(Reason::Malformed(format!(
            "span {id} is no object but {found}"
        )));
    };
    let mut take = |field: &str| fields.shift_remove(field).unwrap_or_default();
    let ends = (take("start"), take("end"));
    let (label, written) = (id_of(&take("label")), take("text"));
    for further in ["token_start", "token_end", "color"] {
        take(further);
    }
    let checked = || -> Result<SpanData, SpanError> {
        let fragments = offsets.fragments([(&ends.0, &ends.1)])?;
        let found = fragments.text(offsets.text());
        match written {
            Value::String(written) if written != found => Err(SpanError::Text {
                written: text::quote(&written, 60),
                found: text::quote(&found, 60),
            }),
            _ => {
                let label = label.as_deref().unwrap_or(unlabelled);
                Ok(SpanData::new(LabelId::new(label)?, fragments))
            }
        }
    };
    let mut data = match checked() {
        Ok(data) => data,
        Err(error) => return Err(Reason::Span { span: id, error }),
    };
    say(&mut data, fields);
    Ok(SpanRecord::new(id, data))
}

/// Takes the fields that no span must have.
fn say(data: &mut SpanData, fields: Map<String, Value>) {
    let mut own = Vec::new();
    for (name, value) in fields {
        match (&*name, value) {
            ("type", Value::String(kind)) if kind == "span" => {}
            ("note", Value::String(note)) => data.note = note,
            (ATTRIBUTES, Value::Object(values)) => own.extend(values),
            (_, value) => {
                let said = text_of(value);
                data.attributes.extend(said.map(|said| (name, said)));
            }
        }
    }
    for (name, value) in own {
        let said = text_of(value);
        data.attributes.extend(said.map(|said| (name, said)));
    }
}
