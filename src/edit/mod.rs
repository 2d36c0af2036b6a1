//! Every change as a value. An edit has an id, an author, a time and a scope; applying it gives its
//! inverse; the state of a scope is the fold of its edits sorted by (time, author, id), whatever
//! order they came in. Undo appends the inverse as a new edit.

mod clock;
mod conflict;
mod describe;
mod document_change;
#[cfg(test)]
mod fold_tests;
mod history;
mod label_change;
mod layer_change;
mod log;

use serde::{Deserialize, Serialize};

use crate::annotation::{DocumentId, EditId, LayerKey, Stamp};

pub use clock::Clock;
pub use conflict::{Conflict, Disputed, Why, Word, conflicts};
pub use describe::{Action, Context, Description, describe};
pub use document_change::{DocumentChange, DocumentState};
pub use history::{Entry, History};
pub use label_change::{LabelField, LabelSetChange};
pub use layer_change::{LayerChange, changed};
pub use log::{
    DocumentLog, Fold, LabelSetLog, LayerLog, Log, OfDocument, OfLabelSet, OfLayer, folded,
};

/// What an edit changes. Scopes are folded apart from each other.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Scope {
    /// The project's label set.
    LabelSet,
    /// One document's place in the project: its being there, title, metadata, assignments.
    Document(DocumentId),
    /// One annotator's layer on one document.
    Layer(LayerKey),
}

/// A change, by scope.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Change {
    /// Of the project's label set.
    LabelSet(LabelSetChange),
    /// Of a document.
    Document(DocumentId, DocumentChange),
    /// Of a layer.
    Layer(LayerKey, LayerChange),
}

impl Change {
    /// What it changes.
    pub fn scope(&self) -> Scope {
        match self {
            Self::LabelSet(_) => Scope::LabelSet,
            Self::Document(id, _) => Scope::Document(*id),
            Self::Layer(key, _) => Scope::Layer(key.clone()),
        }
    }
}

/// Why an edit was made.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Cause {
    /// Somebody did it.
    #[default]
    Done,
    /// It takes that edit back.
    Undo(EditId),
    /// It does again what was taken back, first done by that edit.
    Redo(EditId),
}

/// A change with its id, author, time and cause. Never changes once made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Edit {
    /// Its id.
    pub id: EditId,
    /// Who and when.
    pub stamp: Stamp,
    /// Why.
    #[serde(default)]
    pub cause: Cause,
    /// What.
    pub change: Change,
}

impl Edit {
    /// A new edit with a random id.
    pub fn new(stamp: Stamp, change: Change) -> Self {
        Self::with_id(EditId::random(), stamp, change)
    }

    /// A new edit whose id the change itself names.
    pub fn with_id(id: EditId, stamp: Stamp, change: Change) -> Self {
        Self {
            id,
            stamp,
            cause: Cause::Done,
            change,
        }
    }

    /// The same with another cause.
    #[must_use]
    pub fn because(self, cause: Cause) -> Self {
        Self { cause, ..self }
    }

    /// What edits are sorted by: time, author, id.
    pub fn order(&self) -> (&Stamp, EditId) {
        (&self.stamp, self.id)
    }
}
