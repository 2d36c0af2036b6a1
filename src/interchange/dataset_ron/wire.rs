//! The records of a dataset as they stand in the file, apart from the model, so that the model can
//! change while old files stay readable. Fields that are not known are passed over, so that a later
//! version can add some; a change that an old program would misread raises [`VERSION`].

use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use serde::{Deserialize, Serialize};

use crate::{
    annotation::{Annotator, DocumentId, EditId, LabelId, Stamp, Status, Time},
    edit::{Cause, Change, Edit},
    interchange::fields::{bare, present},
};

/// The latest version of the file that is known.
pub(super) const VERSION: u32 = 1;
/// What the file says of itself.
pub(super) const FORMAT: &str = "hashiya-dataset";
/// The unit of its ranges: bytes of UTF-8.
pub(super) const OFFSETS: &str = "bytes";

/// A document.
#[derive(Debug, Deserialize)]
#[serde(rename = "Document")]
pub(super) struct DocumentWire<'a> {
    #[serde(default, deserialize_with = "present")]
    pub(super) id: Option<DocumentId>,
    #[serde(default, deserialize_with = "present")]
    pub(super) title: Option<String>,
    #[serde(default)]
    pub(super) metadata: BTreeMap<String, String>,
    #[serde(default)]
    pub(super) assigned: BTreeSet<Annotator>,
    #[serde(default)]
    pub(super) removed: bool,
    #[serde(borrow)]
    pub(super) text: Cow<'a, str>,
    #[serde(default)]
    pub(super) layers: Vec<LayerWire>,
    #[serde(default)]
    pub(super) edits: Vec<EditWire>,
}

/// A layer.
#[derive(Debug, Deserialize)]
#[serde(rename = "Layer")]
pub(super) struct LayerWire {
    #[serde(default, deserialize_with = "present")]
    pub(super) annotator: Option<Annotator>,
    #[serde(default)]
    pub(super) status: Status,
    #[serde(default)]
    pub(super) spans: Vec<SpanWire>,
    #[serde(default)]
    pub(super) relations: Vec<RelationWire>,
}

/// A span. `changed` is written only where it is another than `made`; `text` is for readers, and a
/// check of the ranges.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename = "Span")]
pub(super) struct SpanWire {
    pub(super) id: String,
    pub(super) label: LabelId,
    pub(super) at: Vec<(usize, usize)>,
    #[serde(
        default,
        deserialize_with = "present",
        serialize_with = "bare",
        skip_serializing_if = "Option::is_none"
    )]
    pub(super) text: Option<String>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub(super) attributes: BTreeMap<String, String>,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub(super) note: String,
    #[serde(
        default,
        deserialize_with = "present",
        serialize_with = "bare",
        skip_serializing_if = "Option::is_none"
    )]
    pub(super) made: Option<Stamp>,
    #[serde(
        default,
        deserialize_with = "present",
        serialize_with = "bare",
        skip_serializing_if = "Option::is_none"
    )]
    pub(super) changed: Option<Stamp>,
}

/// A relation.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename = "Relation")]
pub(super) struct RelationWire {
    pub(super) id: String,
    #[serde(rename = "type")]
    pub(super) kind: String,
    pub(super) from: String,
    pub(super) to: String,
}

/// An edit.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename = "Edit")]
pub(super) struct EditWire {
    id: EditId,
    time: Time,
    author: Annotator,
    #[serde(default, skip_serializing_if = "is_done")]
    cause: Cause,
    change: Change,
}

fn is_done(cause: &Cause) -> bool {
    *cause == Cause::Done
}

impl From<EditWire> for Arc<Edit> {
    fn from(wire: EditWire) -> Self {
        Self::new(Edit {
            id: wire.id,
            stamp: Stamp {
                time: wire.time,
                author: wire.author,
            },
            cause: wire.cause,
            change: wire.change,
        })
    }
}

impl From<&Edit> for EditWire {
    fn from(edit: &Edit) -> Self {
        Self {
            id: edit.id,
            time: edit.stamp.time,
            author: edit.stamp.author.clone(),
            cause: edit.cause,
            change: edit.change.clone(),
        }
    }
}
