//! A document: what is known of an article besides its text. The text is content that never
//! changes, kept apart and found by its hash.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::{Annotator, DocumentId, TextHash};

/// An article in a project.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Document {
    /// Its id.
    pub id: DocumentId,
    /// Its title: the source's, else its first line, else its file's name.
    pub title: String,
    /// The hash of its text.
    pub text: TextHash,
    /// What the source said of it.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub metadata: BTreeMap<String, String>,
    /// Who is to annotate it; nobody means anybody.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub assigned: BTreeSet<Annotator>,
}
