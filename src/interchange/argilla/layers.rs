//! The spans of responses and suggestions, and whose they are.

use std::collections::{BTreeMap, HashMap, HashSet};

use serde_json::{Map, Value};

use crate::{
    annotation::{Annotator, LabelId, SpanData, Status},
    interchange::{
        LayerRecord, Offsets, Reason, SpanError, SpanRecord,
        json::{id_of, text_of},
    },
    text,
};

use super::STATUSES;

/// What people and models say of a text.
pub(super) struct Said<'a> {
    offsets: &'a Offsets<'a>,
    /// Names of users, by their ids.
    users: Map<String, Value>,
    pub(super) layers: Vec<LayerRecord>,
    /// Answers that are no spans, and what was discarded.
    pub(super) metadata: BTreeMap<String, String>,
    places: HashMap<Annotator, usize>,
}

impl<'a> Said<'a> {
    pub(super) fn new(offsets: &'a Offsets<'a>, users: Map<String, Value>) -> Self {
        Self {
            offsets,
            users,
            layers: Vec::new(),
            metadata: BTreeMap::new(),
            places: HashMap::new(),
        }
    }

    /// Takes the responses to a question.
    pub(super) fn responses(
        &mut self,
        question: &str,
        responses: Vec<Value>,
        unnamed: &Annotator,
    ) -> Result<(), Reason> {
        let mut seen = HashSet::new();
        for response in responses {
            let Value::Object(mut fields) = response else {
                let what = text::quote(&response.to_string(), 80);
                return Err(Reason::Malformed(format!("{what} is no response")));
            };
            let mut take = |field: &str| fields.shift_remove(field).unwrap_or_default();
            let user = id_of(&take("user_id"));
            let name = |id: &String| self.users.get(id)?.as_str().map(str::to_owned);
            let user = user.map(|id| name(&id).unwrap_or(id));
            let user = match user.filter(|user| !user.trim().is_empty()) {
                Some(user) => Annotator::new(&user)
                    .map_err(|error| Reason::Malformed(format!("`user_id`: {error}")))?,
                None => unnamed.clone(),
            };
            if !seen.insert(user.clone()) {
                return Err(Reason::Duplicate {
                    what: "the response of",
                    id: user.to_string(),
                });
            }
            let (value, status) = (take("value"), take("status"));
            if status == "discarded" {
                // Somebody who discards a record does not vouch for what is in it.
                let key = format!("{question} of {user}, discarded");
                let value = text_of(value).unwrap_or_default();
                self.metadata.insert(key, value);
            } else if !value.is_null() {
                let status = status_named(Some(&status));
                self.answer(question, user, value, status)?;
            }
        }
        Ok(())
    }

    /// Takes what a model suggests.
    pub(super) fn suggestion(
        &mut self,
        question: &str,
        suggestion: Value,
        status: Option<&Value>,
    ) -> Result<(), Reason> {
        let Value::Object(mut fields) = suggestion else {
            return Ok(());
        };
        let model = fields.get("agent").and_then(id_of);
        let model = model_named(model.as_deref())?;
        if let Some(score) = fields.shift_remove("score").and_then(text_of) {
            self.metadata
                .insert(format!("score of {model}, {question}"), score);
        }
        match fields.shift_remove("value") {
            None | Some(Value::Null) => Ok(()),
            Some(value) => self.answer(question, model, value, status_named(status)),
        }
    }

    /// Takes an answer to a question: spans, or something else, which is of the document.
    pub(super) fn answer(
        &mut self,
        question: &str,
        whose: Annotator,
        value: Value,
        status: Status,
    ) -> Result<(), Reason> {
        let spans = match value {
            Value::Array(list) if list.iter().all(is_span) => list,
            other => {
                let key = format!("{question} of {whose}");
                self.metadata
                    .extend(text_of(other).map(|other| (key, other)));
                return Ok(());
            }
        };
        let next = self.layers.len();
        let place = *self.places.entry(whose.clone()).or_insert(next);
        if place == next {
            self.layers.push(LayerRecord::new(whose));
        }
        let Some(layer) = self.layers.get_mut(place) else {
            return Ok(());
        };
        layer.status = layer.status.max(status);
        for (number, value) in (1..).zip(spans) {
            let id = format!("{question} {number}");
            layer.spans.push(span(self.offsets, id, value)?);
        }
        Ok(())
    }
}

/// The state of this name.
fn status_named(name: Option<&Value>) -> Status {
    let name = name.and_then(Value::as_str);
    let known = STATUSES.iter().find(|(_, known)| Some(*known) == name);
    known.map_or(Status::New, |(status, _)| *status)
}

/// The model of this name.
pub(super) fn model_named(name: Option<&str>) -> Result<Annotator, Reason> {
    let name = name.filter(|name| !name.trim().is_empty());
    Annotator::prediction(name.unwrap_or("model"))
        .map_err(|error| Reason::Malformed(format!("`agent`: {error}")))
}

/// Whether a value is a span: with names, or as versions before 2 had it, label, start and end (and
/// a score).
fn is_span(value: &Value) -> bool {
    match value {
        Value::Object(fields) => fields.contains_key("start") && fields.contains_key("end"),
        Value::Array(parts) => {
            matches!(
                &**parts,
                [Value::String(_), Value::Number(_), Value::Number(_), ..]
            )
        }
        _ => false,
    }
}

fn span(offsets: &Offsets<'_>, id: String, value: Value) -> Result<SpanRecord, Reason> {
    let mut fields = match value {
        Value::Object(fields) => fields,
        Value::Array(parts) => {
            let names = ["label", "start", "end", "score"].map(str::to_owned);
            names.into_iter().zip(parts).collect()
        }
        _ => Map::new(),
    };
    let mut take = |field: &str| fields.shift_remove(field).unwrap_or_default();
    let (start, end, label) = (take("start"), take("end"), take("label"));
    let checked = || -> Result<SpanData, SpanError> {
        let label = LabelId::new(&id_of(&label).unwrap_or_default())?;
        Ok(SpanData::new(label, offsets.fragments([(&start, &end)])?))
    };
    let mut data = match checked() {
        Ok(data) => data,
        Err(error) => return Err(Reason::Span { span: id, error }),
    };
    let further = fields.into_iter();
    data.attributes = further
        .filter_map(|(name, value)| Some((name, text_of(value)?)))
        .collect();
    Ok(SpanRecord::new(id, data))
}
