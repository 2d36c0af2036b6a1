//! The lines of a file by the documents that they are of. The lines of a text may lie anywhere, one
//! annotator's behind another's, so all are gathered before the first document is given: each text
//! once, and what a line says of it without its tokens, which is less than the file.

use std::{collections::HashMap, sync::Arc};

use serde_json::{Map, Value};

use crate::{
    annotation::{Annotator, TextHash},
    interchange::{Reason, json::id_of},
};

use super::line::Line;

/// The documents of a file.
#[derive(Default)]
pub(super) struct Gathered {
    /// The documents, in the order in which they first come up.
    documents: Vec<Document>,
    /// Each text with its number.
    texts: HashMap<TextHash, (usize, Arc<str>)>,
    people: HashMap<Option<Annotator>, usize>,
    /// The document that is the k-th copy of a text, by the text's number, the hash of the input
    /// and k.
    copies: HashMap<(usize, Option<i64>, usize), usize>,
    /// How often somebody was asked the same question.
    asked: HashMap<(usize, usize, Question), usize>,
}

/// What is asked, by Prodigy's hashes: several questions on one input are of one document.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
struct Question {
    input: Option<i64>,
    task: Option<i64>,
}

/// A text and the lines that are of it.
pub(super) struct Document {
    pub(super) text: Arc<str>,
    pub(super) lines: Vec<Said>,
}

/// What a line says of a text.
pub(super) struct Said {
    /// The line's number.
    pub(super) line: u64,
    /// Who says it.
    pub(super) who: Option<Annotator>,
    /// Its other fields, as JSON.
    pub(super) fields: Box<[u8]>,
}

impl Gathered {
    /// Takes a line.
    pub(super) fn take(&mut self, mut line: Line, number: u64) -> Result<(), Reason> {
        let who = take_who(&mut line.fields)?;
        let next = self.people.len();
        let person = *self.people.entry(who.clone()).or_insert(next);
        let next = self.texts.len();
        let (text_number, text) = self
            .texts
            .entry(TextHash::of(&line.text))
            .or_insert_with(|| (next, Arc::from(line.text)));
        let (text_number, text) = (*text_number, Arc::clone(text));
        let question = Question::take(&mut line.fields);
        let asked = self.asked.entry((text_number, person, question));
        let asked = asked.and_modify(|count| *count += 1).or_default();
        let copy = (text_number, question.input, *asked);
        let next = self.documents.len();
        let place = *self.copies.entry(copy).or_insert(next);
        if place == next {
            let lines = Vec::with_capacity(1);
            self.documents.push(Document { text, lines });
        }
        let fields = serde_json::to_vec(&line.fields)
            .map_err(|error| Reason::Malformed(error.to_string()))?;
        if let Some(document) = self.documents.get_mut(place) {
            document.lines.push(Said {
                line: number,
                who,
                fields: fields.into(),
            });
        }
        Ok(())
    }

    /// The documents.
    pub(super) fn documents(self) -> std::vec::IntoIter<Document> {
        self.documents.into_iter()
    }
}

impl Question {
    /// Takes the hashes out: they say nothing but which lines belong together.
    fn take(fields: &mut Map<String, Value>) -> Self {
        let mut hash = |field: &str| fields.shift_remove(field).and_then(|hash| hash.as_i64());
        let (input, task) = (hash("_input_hash"), hash("_task_hash"));
        Self {
            input,
            task: input.and(task),
        }
    }
}

/// Takes out who annotated. A session that is only named after the time at which it began names
/// nobody; it stays, as metadata.
fn take_who(fields: &mut Map<String, Value>) -> Result<Option<Annotator>, Reason> {
    let mut who = None;
    for field in ["_annotator_id", "_session_id"] {
        let Some(value) = fields.shift_remove(field) else {
            continue;
        };
        let name = id_of(&value).filter(|name| !name.trim().is_empty() && !is_time(name));
        match name {
            Some(name) if who.is_none() => {
                let name = Annotator::new(&name)
                    .map_err(|error| Reason::Malformed(format!("`{field}`: {error}")))?;
                who = Some(name);
            }
            Some(name) if who.as_ref().is_some_and(|who| who.as_str() == name.trim()) => {}
            _ => {
                fields.insert(field.to_owned(), value);
            }
        }
    }
    Ok(who)
}

/// Whether a session's name is a time, as `2026-01-31_12-00-59`.
fn is_time(name: &str) -> bool {
    const SHAPE: &[u8] = b"0000-00-00_00-00-00";
    let fits = |(byte, shape): (u8, &u8)| match shape {
        b'0' => byte.is_ascii_digit(),
        mark => byte == *mark,
    };
    name.len() == SHAPE.len() && name.bytes().zip(SHAPE).all(fits)
}
