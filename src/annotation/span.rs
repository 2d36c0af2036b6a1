//! A span: a label on one or more fragments of a text, with attributes and a note.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Fragments, LabelId, SpanId, Stamp};

/// Values by attribute name.
pub type Attributes = BTreeMap<String, String>;

/// What a span says, without its id.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct SpanData {
    /// Its label.
    pub label: LabelId,
    /// Where, in bytes of the text.
    pub fragments: Fragments,
    /// Its attributes.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub attributes: Attributes,
    /// The annotator's note; empty for none.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
}

impl SpanData {
    /// A span without attributes or note.
    pub fn new(label: LabelId, fragments: Fragments) -> Self {
        Self {
            label,
            fragments,
            attributes: Attributes::new(),
            note: String::new(),
        }
    }

    /// Whether it says the same as another. A note is a remark and no other opinion.
    pub fn is_like(&self, other: &Self) -> bool {
        (&self.label, &self.fragments, &self.attributes)
            == (&other.label, &other.fragments, &other.attributes)
    }
}

/// A span in a layer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Span {
    /// Its id.
    pub id: SpanId,
    /// What it says.
    pub data: SpanData,
    /// Who made it and when.
    pub made: Stamp,
    /// Who changed it last and when.
    pub changed: Stamp,
}
