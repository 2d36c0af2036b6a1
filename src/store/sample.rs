//! Projects and edits for this room's tests.
#![allow(clippy::unwrap_used, reason = "tests")]

use std::{collections::BTreeMap, path::PathBuf, sync::Arc};

use tempfile::TempDir;

use crate::{
    annotation::{
        Annotator, DocumentId, Fragments, LabelId, LabelSet, LayerKey, SpanData, Stamp, Status,
        TextHash, Time,
    },
    edit::{Change, DocumentChange, Edit, LabelSetChange, LayerChange},
    text::ByteRange,
};

use super::{Batch, Store};

pub(super) fn stamp(millis: u64, author: &str) -> Stamp {
    Stamp {
        time: Time { millis, counter: 0 },
        author: Annotator::new(author).unwrap(),
    }
}

/// The edit that gives a project its labels.
pub(super) fn labels() -> Edit {
    let mut set = LabelSet::default();
    for name in ["PERSON", "CLAIM"] {
        let label = set.new_label(name).unwrap();
        set.labels.push(label);
    }
    Edit::new(
        stamp(0, "أمل"),
        Change::LabelSet(LabelSetChange::Adopt(Box::new(set))),
    )
}

/// A new project in a folder of its own.
pub(super) fn project() -> (TempDir, PathBuf, Store) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("مشروع.hashiya");
    let store = Store::create(&path, &[labels()]).unwrap();
    let path = store.path().to_owned();
    (folder, path, store)
}

pub(super) fn id(text: &str) -> DocumentId {
    DocumentId::new(&TextHash::of(text), 0)
}

pub(super) fn key(text: &str, annotator: &str) -> LayerKey {
    LayerKey {
        document: id(text),
        annotator: Annotator::new(annotator).unwrap(),
    }
}

/// Adds a document whose title is its text.
pub(super) fn add(millis: u64, text: &str) -> Edit {
    let change = DocumentChange::Add {
        title: text.to_owned(),
        text: TextHash::of(text),
        metadata: BTreeMap::from([("source".to_owned(), format!("مصدر {text}"))]),
    };
    Edit::new(stamp(millis, "أمل"), Change::Document(id(text), change))
}

/// A batch that adds documents.
pub(super) fn adding(texts: &[&str]) -> Batch {
    let edits = texts.iter().enumerate();
    Batch {
        edits: edits
            .map(|(n, text)| Arc::new(add(n as u64 + 1, text)))
            .collect(),
        texts: texts
            .iter()
            .map(|text| (TextHash::of(text), Arc::from(*text)))
            .collect(),
    }
}

pub(super) fn span(label: &str, start: usize, end: usize) -> SpanData {
    let range = ByteRange::unchecked_order(start, end).unwrap();
    SpanData::new(
        LabelId::new(label).unwrap(),
        Fragments::new([range]).unwrap(),
    )
}

pub(super) fn change(millis: u64, text: &str, annotator: &str, change: LayerChange) -> Edit {
    Edit::new(
        stamp(millis, annotator),
        Change::Layer(key(text, annotator), change),
    )
}

/// Tags bytes of a text.
pub(super) fn tag(
    millis: u64,
    text: &str,
    annotator: &str,
    spans: &[(&str, usize, usize)],
) -> Edit {
    let spans = spans
        .iter()
        .map(|(label, start, end)| span(label, *start, *end));
    change(
        millis,
        text,
        annotator,
        LayerChange::AddSpans(spans.collect()),
    )
}

pub(super) fn done(millis: u64, text: &str, annotator: &str) -> Edit {
    change(
        millis,
        text,
        annotator,
        LayerChange::SetStatus(Status::Done),
    )
}

/// A batch of edits alone.
pub(super) fn edits(edits: impl IntoIterator<Item = Edit>) -> Batch {
    Batch {
        edits: edits.into_iter().map(Arc::new).collect(),
        texts: Vec::new(),
    }
}
