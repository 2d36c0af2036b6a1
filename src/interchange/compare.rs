//! Whether what is read is what was written. Documents are compared in a normal form, which holds
//! what the format carries in an order that means nothing; of a document that was written only a
//! fingerprint of it is kept until the file has been read back.

use std::{
    collections::HashMap,
    fmt::Write as _,
    hash::{BuildHasher as _, Hash},
    sync::{Mutex, MutexGuard, PoisonError},
};

use serde::Serialize;

use crate::{
    annotation::{Attributes, EditId, Fragments, LabelSet, QuickHash, Status},
    text,
};

use super::{
    Carries, CopyCounter, DocumentRecord, Feature, LayerRecord, Layers, Problem, Reader, SOURCE_ID,
    SpanRecord, reduce::is_of_source,
};

/// A document in normal form.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Normal<'a> {
    text: &'a str,
    title: Option<&'a str>,
    metadata: Vec<(&'a str, &'a str)>,
    layers: Vec<NormalLayer<'a>>,
    edits: Vec<EditId>,
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
struct NormalLayer<'a> {
    annotator: Option<&'a str>,
    status: Status,
    spans: Vec<NormalSpan<'a>>,
    relations: Vec<(&'a str, NormalSpan<'a>, NormalSpan<'a>)>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
struct NormalSpan<'a> {
    fragments: &'a Fragments,
    label: &'a str,
    attributes: &'a Attributes,
    note: &'a str,
}

impl<'a> Normal<'a> {
    fn of(record: &'a DocumentRecord, labels: &'a LabelSet, carries: &Carries) -> Self {
        let whole = carries.has(Feature::History);
        let kept = |key: &str| whole || (key != SOURCE_ID && !is_of_source(key));
        let metadata = record.metadata.iter();
        let mut layers: Vec<NormalLayer<'a>> = record
            .layers
            .iter()
            .map(|layer| NormalLayer::of(layer, labels, carries))
            .filter(|layer| whole || !layer.says_nothing())
            .collect();
        layers.sort_unstable();
        Self {
            text: &record.text,
            title: carries.has(Feature::Title).then_some(&*record.title),
            metadata: metadata
                .filter(|(key, _)| carries.has(Feature::Metadata) && kept(key))
                .map(|(key, value)| (&**key, &**value))
                .collect(),
            layers,
            edits: record.edits.iter().map(|edit| edit.id).collect(),
        }
    }
}

impl<'a> NormalLayer<'a> {
    fn of(layer: &'a LayerRecord, labels: &'a LabelSet, carries: &Carries) -> Self {
        let normal = |span: &'a SpanRecord| NormalSpan {
            fragments: &span.data.fragments,
            label: labels.name_of(&span.data.label),
            attributes: &span.data.attributes,
            note: &span.data.note,
        };
        let mut spans: Vec<_> = layer.spans.iter().map(normal).collect();
        spans.sort_unstable();
        let mut relations = Vec::new();
        if !layer.relations.is_empty() {
            let named: HashMap<&str, &SpanRecord> =
                layer.spans.iter().map(|span| (&*span.id, span)).collect();
            relations.extend(layer.relations.iter().filter_map(|relation| {
                let (from, to) = (named.get(&*relation.from)?, named.get(&*relation.to)?);
                Some((&*relation.kind, normal(from), normal(to)))
            }));
            relations.sort_unstable();
            relations.dedup();
        }
        let named = carries.layers == Layers::All;
        Self {
            annotator: named.then(|| layer.annotator.as_str()),
            status: if carries.has(Feature::Status) {
                layer.status
            } else {
                Status::New
            },
            spans,
            relations,
        }
    }

    fn says_nothing(&self) -> bool {
        self.spans.is_empty() && self.relations.is_empty() && self.status == Status::New
    }
}

/// The id that a document's source gave it, where the format carries ids.
fn source_id<'a>(record: &'a DocumentRecord, carries: &Carries) -> Option<&'a str> {
    let id = record.metadata.get(SOURCE_ID).map(String::as_str);
    id.filter(|_| carries.has(Feature::Ids))
}

/// Something in a file that is not what was written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Difference {
    /// The document's title.
    pub document: String,
    /// What differs, for people.
    pub what: String,
}

/// The documents that a file must hold. It may be read while it is written: each document is added
/// before its first byte is there.
#[derive(Debug)]
pub struct Expected {
    carries: Carries,
    waiting: Mutex<Waiting>,
}

/// What was written and not met yet.
#[derive(Debug, Default)]
struct Waiting {
    /// For each fingerprint the ids and numbers (from 0) of the documents that have it.
    prints: HashMap<u64, Vec<(Option<u64>, usize)>>,
    written: usize,
}

/// What was read back.
#[derive(Debug, Default)]
pub struct ReadBack {
    /// How many documents were read.
    pub documents: usize,
    /// What was refused, as people read it.
    pub problems: Vec<String>,
    /// How many documents are none of those that were written.
    pub strange: usize,
    /// The first of them, with the labels of the file.
    pub first_strange: Vec<(DocumentRecord, LabelSet)>,
}

/// How many strange documents are kept to tell what differs.
const KEPT: usize = 20;

impl Expected {
    /// Of a format that carries this.
    pub fn new(carries: Carries) -> Self {
        Self {
            carries,
            waiting: Mutex::default(),
        }
    }

    /// How many documents were written.
    pub fn written(&self) -> usize {
        self.waiting().written
    }

    /// Takes note of a document that was written, as `reduce` left it.
    pub fn add(&self, record: &DocumentRecord, labels: &LabelSet) {
        let (print, id) = self.print(record, labels);
        let mut waiting = self.waiting();
        let number = waiting.written;
        waiting.prints.entry(print).or_default().push((id, number));
        waiting.written += 1;
    }

    /// Strikes out a document that was read; `false` where none like it is waited for.
    pub fn meet(&self, record: &DocumentRecord, labels: &LabelSet) -> bool {
        let (print, id) = self.print(record, labels);
        let mut waiting = self.waiting();
        let Some(alike) = waiting.prints.get_mut(&print) else {
            return false;
        };
        // A document without an id may have been given one, its number for instance.
        let same = alike.iter().position(|(wanted, _)| *wanted == id);
        let place = same.or_else(|| alike.iter().position(|(wanted, _)| wanted.is_none()));
        place.map(|place| alike.remove(place)).is_some()
    }

    /// The numbers (from 0, in the order of writing) of the documents that were not met.
    pub fn missing(&self) -> Vec<usize> {
        let waiting = self.waiting();
        let left = waiting.prints.values().flatten();
        let mut missing: Vec<usize> = left.map(|(_, number)| *number).collect();
        missing.sort_unstable();
        missing
    }

    /// Reads a file, striking out what it holds.
    pub fn read(&self, reader: &mut dyn Reader, copies: &mut CopyCounter, back: &mut ReadBack) {
        while let Some(next) = reader.next(copies) {
            match next {
                Ok(record) => {
                    back.documents += 1;
                    if self.meet(&record, &reader.head().labels) {
                        continue;
                    }
                    back.strange += 1;
                    if back.first_strange.len() < KEPT {
                        let labels = reader.head().labels.clone();
                        back.first_strange.push((record, labels));
                    }
                }
                Err(problem) => back.refuse(&problem),
            }
        }
    }

    fn waiting(&self) -> MutexGuard<'_, Waiting> {
        // It is whole between any two statements that change it.
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn print(&self, record: &DocumentRecord, labels: &LabelSet) -> (u64, Option<u64>) {
        let id = source_id(record, &self.carries);
        let normal = Normal::of(record, labels, &self.carries);
        (fingerprint(&normal), id.map(|id| fingerprint(&id)))
    }
}

impl ReadBack {
    /// Adds what was read of other files.
    pub fn add(&mut self, mut other: Self) {
        self.documents += other.documents;
        self.strange += other.strange;
        self.problems.append(&mut other.problems);
        self.problems.truncate(KEPT);
        self.first_strange.append(&mut other.first_strange);
        self.first_strange.truncate(KEPT);
    }

    /// Takes note of something that could not be read.
    pub fn refuse(&mut self, problem: &Problem) {
        if self.problems.len() < KEPT {
            self.problems.push(problem.to_string());
        }
    }
}

fn fingerprint(of: &impl Hash) -> u64 {
    QuickHash::default().hash_one(of)
}

/// What of a document that was written (as `reduce` left it) differs in the one that was read.
pub fn differences(
    (written, labels): (&DocumentRecord, &LabelSet),
    (read, read_labels): (&DocumentRecord, &LabelSet),
    carries: &Carries,
) -> Vec<Difference> {
    let (one, other) = (
        Normal::of(written, labels, carries),
        Normal::of(read, read_labels, carries),
    );
    let mut said = Vec::new();
    if one.text != other.text {
        said.push(format!(
            "the text is “{}” and not “{}”",
            text::quote(other.text, 60),
            text::quote(one.text, 60)
        ));
    }
    if one.title != other.title {
        said.push(format!(
            "the title is {:?} and not {:?}",
            other.title, one.title
        ));
    }
    if one.metadata != other.metadata {
        said.push(format!(
            "the metadata is {:?} and not {:?}",
            other.metadata, one.metadata
        ));
    }
    let ids = [written, read].map(|record| source_id(record, carries));
    if ids[0].is_some() && ids[0] != ids[1] {
        said.push(format!("the id is {:?} and not {:?}", ids[1], ids[0]));
    }
    if one.edits != other.edits {
        said.push("the edits differ".to_owned());
    }
    for layer in one
        .layers
        .iter()
        .filter(|layer| !other.layers.contains(layer))
    {
        let same = |there: &&NormalLayer<'_>| there.annotator == layer.annotator;
        match other.layers.iter().find(same) {
            Some(there) => said.extend(layer_differences(one.text, layer, there)),
            None => said.push(format!("the layer of {} is missing", whose(layer))),
        }
    }
    for layer in &other.layers {
        if one
            .layers
            .iter()
            .all(|there| there.annotator != layer.annotator)
        {
            said.push(format!("a layer of {} stands there", whose(layer)));
        }
    }
    said.into_iter()
        .map(|what| Difference {
            document: written.title.clone(),
            what,
        })
        .collect()
}

fn whose<'a>(layer: &NormalLayer<'a>) -> &'a str {
    layer.annotator.unwrap_or("the annotator")
}

fn layer_differences(text: &str, one: &NormalLayer<'_>, other: &NormalLayer<'_>) -> Vec<String> {
    let name = |span: &NormalSpan<'_>| {
        let mut name = format!(
            "{}: {}",
            span.label,
            text::quote(&span.fragments.text(text), 60)
        );
        for (key, value) in span.attributes {
            let _ = write!(name, " {key}={value:?}");
        }
        if !span.note.is_empty() {
            let _ = write!(name, " ({:?})", span.note);
        }
        name
    };
    let mut said = Vec::new();
    if one.status != other.status {
        said.push(format!(
            "the status is {:?} and not {:?}",
            other.status, one.status
        ));
    }
    for (what, from, to) in [("is missing", one, other), ("stands there", other, one)] {
        let spans = from.spans.iter().filter(|span| !to.spans.contains(span));
        said.extend(spans.map(|span| format!("the span {} {what}", name(span))));
        let relations = from
            .relations
            .iter()
            .filter(|it| !to.relations.contains(it));
        said.extend(relations.map(|(kind, start, end)| {
            format!(
                "the relation {kind} from {} to {} {what}",
                name(start),
                name(end)
            )
        }));
    }
    said
}
