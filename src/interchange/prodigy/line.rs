//! A line as JSON. Tokens are most of it and say little: of each only its range is taken.

use std::{collections::HashMap, fmt};

use serde::{
    Deserialize, Deserializer,
    de::{IgnoredAny, MapAccess, Visitor},
};
use serde_json::{Map, Value, json};

use crate::interchange::{
    Reason,
    json::{malformed, without_mark},
};

/// A line.
pub(super) struct Line {
    pub(super) text: String,
    /// All but text and tokens.
    pub(super) fields: Map<String, Value>,
    tokens: Vec<Ends>,
}

/// The range of a token.
#[derive(Clone, Copy, Deserialize)]
struct Ends {
    start: Option<u64>,
    end: Option<u64>,
}

impl Line {
    /// Reads a line. Spans and ends of relations that are only said by their tokens get their ranges
    /// from these.
    pub(super) fn of(line: &[u8]) -> Result<Self, Reason> {
        let line = std::str::from_utf8(without_mark(line)).map_err(|error| Reason::NotUtf8 {
            at: error.valid_up_to(),
        })?;
        let Raw {
            text,
            tokens,
            fields,
        } = serde_json::from_str(line).map_err(|error| malformed(&error).1)?;
        let mut line = Self {
            text: text.ok_or(Reason::Missing("`text`"))?,
            fields,
            tokens,
        };
        line.place_spans();
        line.place_relations();
        Ok(line)
    }

    fn place_spans(&mut self) {
        let tokens = &self.tokens;
        let spans = self.fields.get_mut("spans").and_then(Value::as_array_mut);
        for span in spans.into_iter().flatten() {
            place(tokens, span);
        }
    }

    fn place_relations(&mut self) {
        let Some(Value::Array(mut relations)) = self.fields.shift_remove("relations") else {
            return;
        };
        let spans = self.fields.get("spans").and_then(Value::as_array);
        let by_last: HashMap<u64, &Value> = spans
            .into_iter()
            .flatten()
            .rev()
            .filter_map(|span| Some((number(span, "token_end")?, span)))
            .collect();
        for relation in &mut relations {
            for (end, of) in [("head", "head_span"), ("child", "child_span")] {
                if let Some(span) = relation.get_mut(of).filter(|span| span.is_object()) {
                    place(&self.tokens, span);
                    continue;
                }
                // A span is named by its last token; a token may be no span.
                let Some(token) = number(relation, end) else {
                    continue;
                };
                let span = if let Some(span) = by_last.get(&token) {
                    (*span).clone()
                } else {
                    let mut span = json!({"token_start": token, "token_end": token});
                    place(&self.tokens, &mut span);
                    span
                };
                if let Value::Object(fields) = relation {
                    fields.insert(of.to_owned(), span);
                }
            }
        }
        let relations = Value::Array(relations);
        self.fields.insert("relations".to_owned(), relations);
    }
}

fn number(of: &Value, field: &str) -> Option<u64> {
    of.get(field).and_then(Value::as_u64)
}

/// Gives a span that has only tokens the range of these.
fn place(tokens: &[Ends], span: &mut Value) {
    let token = |field| {
        let place = usize::try_from(number(span, field)?).ok()?;
        tokens.get(place).copied()
    };
    let ends = token("token_start").zip(token("token_end"));
    if let (Some((first, last)), Value::Object(fields)) = (ends, span)
        && !fields.contains_key("start")
        && !fields.contains_key("end")
    {
        fields.insert("start".to_owned(), first.start.into());
        fields.insert("end".to_owned(), last.end.into());
    }
}

/// What stands in a line.
struct Raw {
    text: Option<String>,
    tokens: Vec<Ends>,
    fields: Map<String, Value>,
}

impl<'de> Deserialize<'de> for Raw {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Fields;

        impl<'de> Visitor<'de> for Fields {
            type Value = Raw;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a JSON object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Raw, A::Error> {
                let mut raw = Raw {
                    text: None,
                    tokens: Vec::new(),
                    fields: Map::new(),
                };
                while let Some(field) = map.next_key::<String>()? {
                    match &*field {
                        "text" => raw.text = map.next_value()?,
                        "tokens" => {
                            let tokens: Option<Vec<Ends>> = map.next_value()?;
                            raw.tokens = tokens.unwrap_or_default();
                        }
                        // How the task was shown says nothing of the text.
                        "_view_id" | "config" => {
                            map.next_value::<IgnoredAny>()?;
                        }
                        _ => {
                            raw.fields.insert(field, map.next_value()?);
                        }
                    }
                }
                Ok(raw)
            }
        }

        deserializer.deserialize_map(Fields)
    }
}
