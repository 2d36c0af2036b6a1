//! Writes Prodigy's JSONL: a line for each annotator of a document, in whose place Prodigy has
//! sessions, and a line without one for a document that nobody annotated. All lines of a document
//! have the same tokens, which are split at the edges of everybody's spans.

use std::{
    collections::{BTreeMap, HashMap},
    io::Write as _,
};

use serde::{Serialize, Serializer};
use serde_json::Value;

use crate::{
    annotation::{LabelSet, Status},
    interchange::{
        DatasetHead, DocumentRecord, ID_IS_TEXT, LayerRecord, Offsets, Output, Outputs, SOURCE_ID,
        Unit, WriteError, WriteOptions, Writer,
        cuts::{Cut, cuts_of, within},
        json::{of_text, source_id},
    },
};

use super::IN_PROGRESS;

/// Begins a file.
pub(in crate::interchange) fn write<'w>(
    outputs: &'w mut dyn Outputs,
    head: &DatasetHead,
    _options: &WriteOptions,
) -> Result<Box<dyn Writer + 'w>, WriteError> {
    Ok(Box::new(ProdigyWriter {
        out: outputs.file()?,
        labels: head.labels.clone(),
    }))
}

struct ProdigyWriter {
    out: Output,
    labels: LabelSet,
}

/// A line. What tells that it is Prodigy's stands before the text, which may be long.
#[derive(Serialize)]
struct Line<'a> {
    #[serde(rename = "_view_id")]
    view: &'static str,
    #[serde(rename = "_input_hash")]
    input: i32,
    #[serde(rename = "_task_hash")]
    task: i32,
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<&'a Value>,
    title: &'a str,
    text: &'a str,
    #[serde(skip_serializing_if = "Meta::is_empty")]
    meta: Meta<'a>,
    tokens: &'a [Token<'a>],
    #[serde(flatten)]
    answer: Option<Answer<'a>>,
}

/// What an annotator says.
#[derive(Serialize)]
struct Answer<'a> {
    spans: Vec<Span<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    relations: Vec<Link<'a>>,
    #[serde(rename = "_annotator_id")]
    annotator: &'a str,
    #[serde(rename = "_session_id")]
    session: &'a str,
    /// Only of one who is done: a task without an answer is one that waits for it.
    #[serde(rename = "answer", skip_serializing_if = "Option::is_none")]
    verdict: Option<&'static str>,
    /// A field of ours: Prodigy knows no work that has begun and is not done.
    #[serde(skip_serializing_if = "Option::is_none")]
    status: Option<&'static str>,
}

#[derive(Serialize)]
struct Token<'a> {
    text: &'a str,
    start: usize,
    end: usize,
    id: usize,
    /// Whether a space follows.
    ws: bool,
}

#[derive(Clone, Copy, Serialize)]
struct Place<'a> {
    start: usize,
    end: usize,
    token_start: usize,
    /// The last token.
    token_end: usize,
    label: &'a str,
}

#[derive(Serialize)]
struct Span<'a> {
    #[serde(flatten)]
    place: Place<'a>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    attributes: &'a BTreeMap<String, String>,
    #[serde(skip_serializing_if = "str::is_empty")]
    note: &'a str,
}

/// A relation. Prodigy names a span by its last token.
#[derive(Serialize)]
struct Link<'a> {
    head: usize,
    child: usize,
    head_span: Place<'a>,
    child_span: Place<'a>,
    label: &'a str,
}

/// What a source said of a document.
struct Meta<'a>(&'a BTreeMap<String, String>);

impl Meta<'_> {
    fn fields(&self) -> impl Iterator<Item = (&str, Value)> {
        let fields = self.0.iter();
        fields
            .filter(|(key, _)| *key != SOURCE_ID && *key != ID_IS_TEXT)
            .map(|(key, value)| (&**key, of_text(value)))
    }

    fn is_empty(&self) -> bool {
        self.fields().next().is_none()
    }
}

impl Serialize for Meta<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.fields())
    }
}

impl Writer for ProdigyWriter {
    fn document(&mut self, record: &DocumentRecord) -> Result<(), WriteError> {
        let cuts = cuts_of(record);
        let tokens = tokens(&record.text, &cuts);
        let offsets = Offsets::new(&record.text, Unit::CodePoints);
        let id = source_id(&record.metadata);
        // Documents of one text are told apart by these hashes, and only by them.
        let [input, task] = [0, 4].map(|from| {
            let bytes = record.id.as_bytes().iter().skip(from).take(4);
            bytes.fold(0, |hash: i32, byte| (hash << 8) | i32::from(*byte))
        });
        let mut answers = Vec::with_capacity(record.layers.len());
        for layer in &record.layers {
            answers.push(Some(answer(layer, &cuts, &offsets, &self.labels)?));
        }
        if answers.is_empty() {
            answers.push(None);
        }
        for answer in answers {
            let related = answer.as_ref().is_some_and(|it| !it.relations.is_empty());
            let line = Line {
                view: if related { "relations" } else { "spans_manual" },
                input,
                task,
                id: id.as_ref(),
                title: &record.title,
                text: &record.text,
                meta: Meta(&record.metadata),
                tokens: &tokens,
                answer,
            };
            serde_json::to_writer(&mut self.out, &line)?;
            self.out.write_all(b"\n")?;
        }
        Ok(())
    }

    fn finish(mut self: Box<Self>) -> Result<(), WriteError> {
        self.out.flush()?;
        Ok(())
    }
}

fn tokens<'a>(text: &'a str, cuts: &[Cut]) -> Vec<Token<'a>> {
    let mut start = 0;
    let token = |(id, cut): (usize, &Cut)| {
        let text = cut.range.slice(text);
        let token = Token {
            text,
            start,
            end: start + text.chars().count(),
            id,
            ws: cut.space,
        };
        start = token.end + usize::from(cut.space);
        token
    };
    cuts.iter().enumerate().map(token).collect()
}

fn answer<'a>(
    layer: &'a LayerRecord,
    cuts: &[Cut],
    offsets: &Offsets<'_>,
    labels: &'a LabelSet,
) -> Result<Answer<'a>, WriteError> {
    let mut spans = Vec::with_capacity(layer.spans.len());
    let mut places = HashMap::new();
    for span in &layer.spans {
        let (start, end) = span.data.fragments.extent();
        let (first, behind) = within(cuts, start, end)?;
        let place = Place {
            start: offsets.position(start)?,
            end: offsets.position(end)?,
            token_start: first,
            token_end: behind - 1,
            label: labels.name_of(&span.data.label),
        };
        if !layer.relations.is_empty() {
            places.insert(&*span.id, place);
        }
        spans.push(Span {
            place,
            attributes: &span.data.attributes,
            note: &span.data.note,
        });
    }
    let mut relations = Vec::with_capacity(layer.relations.len());
    for relation in &layer.relations {
        let ends = (places.get(&*relation.from), places.get(&*relation.to));
        if let (Some(head), Some(child)) = ends {
            relations.push(Link {
                head: head.token_end,
                child: child.token_end,
                head_span: *head,
                child_span: *child,
                label: &relation.kind,
            });
        }
    }
    Ok(Answer {
        spans,
        relations,
        annotator: layer.annotator.as_str(),
        session: layer.annotator.as_str(),
        verdict: (layer.status == Status::Done).then_some("accept"),
        status: (layer.status == Status::InProgress).then_some(IN_PROGRESS),
    })
}
