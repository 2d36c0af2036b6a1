//! Changes of a document's place in the project. Its text never changes.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::annotation::{Annotator, Document, DocumentId, TextHash};

/// A change of one document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum DocumentChange {
    /// It comes into the project.
    Add {
        /// Its title.
        title: String,
        /// The hash of its text.
        text: TextHash,
        /// What the source said of it.
        #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
        metadata: BTreeMap<String, String>,
    },
    /// It is taken out of the list; its layers and its text stay in the file.
    Remove,
    /// It comes back.
    Restore,
    /// It gets another title.
    SetTitle(String),
    /// A value of its metadata is set, or taken away.
    SetMetadata(String, Option<String>),
    /// Somebody is to annotate it.
    Assign(Annotator),
    /// Somebody is not to annotate it any more.
    Unassign(Annotator),
}

/// A document, and whether it is in the list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DocumentState {
    document: Option<Document>,
    removed: bool,
}

impl DocumentState {
    /// The document, unless it was never added or was taken out.
    pub fn present(&self) -> Option<&Document> {
        self.document.as_ref().filter(|_| !self.removed)
    }

    /// The document, taken out or not.
    pub fn known(&self) -> Option<&Document> {
        self.document.as_ref()
    }

    fn add(
        &mut self,
        id: DocumentId,
        title: &str,
        text: TextHash,
        metadata: &BTreeMap<String, String>,
    ) -> Option<DocumentChange> {
        if self.document.is_some() {
            // Added again after it was taken out: it comes back as it was.
            return std::mem::replace(&mut self.removed, false).then_some(DocumentChange::Remove);
        }
        self.document = Some(Document {
            id,
            title: title.to_owned(),
            text,
            metadata: metadata.clone(),
            assigned: BTreeSet::new(),
        });
        Some(DocumentChange::Remove)
    }
}

/// Applies a change, giving its inverse; `None` where it has no effect.
pub(super) fn apply(
    state: &mut DocumentState,
    id: DocumentId,
    change: &DocumentChange,
) -> Option<DocumentChange> {
    use DocumentChange as C;
    if let C::Add {
        title,
        text,
        metadata,
    } = change
    {
        return state.add(id, title, *text, metadata);
    }
    let document = state.document.as_mut()?;
    match change {
        C::Add { .. } => None,
        C::Remove => (!std::mem::replace(&mut state.removed, true)).then_some(C::Restore),
        C::Restore => std::mem::replace(&mut state.removed, false).then_some(C::Remove),
        C::SetTitle(title) => {
            let old = std::mem::replace(&mut document.title, title.clone());
            (old != *title).then_some(C::SetTitle(old))
        }
        C::SetMetadata(key, value) => {
            let old = match value {
                Some(value) => document.metadata.insert(key.clone(), value.clone()),
                None => document.metadata.remove(key),
            };
            (old != *value).then(|| C::SetMetadata(key.clone(), old))
        }
        C::Assign(who) => document
            .assigned
            .insert(who.clone())
            .then(|| C::Unassign(who.clone())),
        C::Unassign(who) => document
            .assigned
            .remove(who)
            .then(|| C::Assign(who.clone())),
    }
}
