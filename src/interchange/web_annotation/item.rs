//! An annotation taken apart: what it is about, and what it says.

use serde_json::{Map, Value};

use crate::{
    annotation::Annotator,
    interchange::{
        Reason,
        json::{add, id_of, text_of},
    },
    text,
};

use std::collections::BTreeMap;

pub(super) type Fields = Map<String, Value>;

/// Fields that say nothing of a span: those of the model that are taken otherwise, and what
/// `Hypothesis` adds of its own.
const OTHERS: &[&str] = &[
    "@context",
    "@id",
    "@type",
    "id",
    "type",
    "motivation",
    "target",
    "body",
    "creator",
    "user",
    "tags",
    "text",
    "uri",
    "links",
    "permissions",
    "flagged",
    "hidden",
    "moderation",
    "user_info",
    "document",
    "references",
    "group",
    "canonical",
    "via",
];

/// An annotation.
#[derive(Debug, Default)]
pub(super) struct Item {
    pub(super) id: String,
    pub(super) motivation: String,
    pub(super) who: Option<Annotator>,
    pub(super) targets: Vec<Target>,
    pub(super) labels: Vec<String>,
    pub(super) note: String,
    pub(super) attributes: BTreeMap<String, String>,
}

/// What an annotation is about.
#[derive(Debug, Default)]
pub(super) struct Target {
    /// What it is called, where it is.
    pub(super) source: Option<String>,
    /// The text itself and its title, where they stand in the file.
    pub(super) text: Option<String>,
    pub(super) title: Option<String>,
    /// What selects a part of it; none for all of it.
    pub(super) selectors: Vec<Fields>,
}

impl Item {
    /// Takes an annotation apart; the `number`th of its page or file.
    pub(super) fn of(value: Value, number: usize) -> Result<Self, Reason> {
        let Value::Object(mut fields) = value else {
            let found = text::quote(&value.to_string(), 60);
            return Err(Reason::Malformed(format!(
                "annotation {number} is no object but {found}"
            )));
        };
        let mut item = Self {
            id: name(&fields).unwrap_or_else(|| format!("annotation {number}")),
            motivation: first_text(fields.get("motivation")).unwrap_or_default(),
            who: who(&fields)?,
            ..Self::default()
        };
        for target in list(fields.shift_remove("target")) {
            item.targets.push(Target::of(target));
        }
        for body in list(fields.shift_remove("body")) {
            item.body(body);
        }
        for tag in list(fields.shift_remove("tags")) {
            item.labels.extend(text_of(tag));
        }
        if let Some(Value::String(comment)) = fields.shift_remove("text") {
            item.comment(&comment);
        }
        let others = fields.into_iter();
        for (key, value) in others.filter(|(key, _)| !OTHERS.contains(&&**key)) {
            item.say(key, value);
        }
        Ok(item)
    }

    /// Whether it is about a text as a whole.
    pub(super) fn is_whole(&self) -> bool {
        self.targets
            .iter()
            .all(|target| target.selectors.is_empty())
    }

    fn body(&mut self, body: Value) {
        let Value::Object(mut fields) = body else {
            return self.say("body".to_owned(), body);
        };
        let purpose = first_text(fields.get("purpose")).unwrap_or_else(|| self.motivation.clone());
        let label = fields.shift_remove("label").and_then(text_of);
        let value = ["value", "source", "id", "@id"]
            .into_iter()
            .find_map(|field| fields.shift_remove(field));
        let value = value.unwrap_or_else(|| Value::Object(fields));
        match (&*purpose, label) {
            (_, Some(key)) => self.say(key, value),
            ("tagging", None) => self.labels.extend(text_of(value)),
            ("commenting" | "replying" | "", None) => {
                if let Some(comment) = text_of(value) {
                    self.comment(&comment);
                }
            }
            (purpose, None) => self.say(purpose.to_owned(), value),
        }
    }

    fn comment(&mut self, comment: &str) {
        if !self.note.is_empty() && !comment.is_empty() {
            self.note.push('\n');
        }
        self.note.push_str(comment);
    }

    fn say(&mut self, key: String, value: Value) {
        if let Some(value) = text_of(value) {
            add(&mut self.attributes, "further", key, value);
        }
    }
}

impl Target {
    fn of(value: Value) -> Self {
        let Value::Object(mut fields) = value else {
            return Self {
                source: id_of(&value),
                ..Self::default()
            };
        };
        let selectors = list(fields.shift_remove("selector")).into_iter();
        let selectors = selectors.filter_map(|selector| match selector {
            Value::Object(fields) => Some(fields),
            _ => None,
        });
        let mut target = Self {
            selectors: selectors.collect(),
            ..Self::default()
        };
        let mut source = match fields.shift_remove("source") {
            Some(Value::Object(source)) => source,
            Some(other) => {
                target.source = id_of(&other);
                return target;
            }
            None => fields,
        };
        target.source = name(&source);
        target.title = source
            .get("label")
            .and_then(Value::as_str)
            .map(str::to_owned);
        target.text = match source.shift_remove("value") {
            Some(Value::String(text)) => Some(text),
            _ => None,
        };
        target
    }
}

/// What an object is called.
fn name(fields: &Fields) -> Option<String> {
    let id = fields.get("id").or_else(|| fields.get("@id"));
    id.and_then(id_of)
}

/// One or several values.
pub(super) fn list(value: Option<Value>) -> Vec<Value> {
    match value {
        None | Some(Value::Null) => Vec::new(),
        Some(Value::Array(list)) => list,
        Some(other) => vec![other],
    }
}

/// The first of one or several texts, without what stands before its name in another context.
fn first_text(value: Option<&Value>) -> Option<String> {
    let text = match value? {
        Value::Array(list) => list.iter().find_map(Value::as_str),
        other => other.as_str(),
    };
    text.map(|text| text.strip_prefix("oa:").unwrap_or(text).to_owned())
}

/// Whose an annotation is: a person's, or a program's, which is a model's.
fn who(fields: &Fields) -> Result<Option<Annotator>, Reason> {
    let creator = match fields.get("creator").or_else(|| fields.get("user")) {
        Some(Value::Array(list)) => list.first(),
        other => other,
    };
    let Some(creator) = creator else {
        return Ok(None);
    };
    let field = |field: &str| creator.get(field).and_then(Value::as_str);
    let named = ["name", "nickname", "nick", "email", "id", "@id"];
    let name = creator
        .as_str()
        .or_else(|| named.into_iter().find_map(field));
    let Some(name) = name.map(str::trim).filter(|name| !name.is_empty()) else {
        return Ok(None);
    };
    let is_model = first_text(creator.get("type")).is_some_and(|kind| kind == "Software");
    let who = if is_model {
        Annotator::prediction(name)
    } else {
        Annotator::new(name)
    };
    let who = who.map_err(|error| Reason::Malformed(format!("the creator {name:?}: {error}")))?;
    Ok(Some(who))
}
