//! The edits of one scope and their fold. Edits may come in any order and more than once: the state
//! is that of the set sorted by (time, author, id). An edit that is later than all others is applied
//! at once; an earlier one makes the scope fold again.

use std::{collections::HashSet, marker::PhantomData, sync::Arc};

use crate::annotation::{EditId, LabelSet, Layer, QuickHash, Time};

use super::{Change, DocumentState, Edit, History, document_change, label_change, layer_change};

/// How edits of a kind of scope change its state.
pub trait Fold {
    /// What the edits make.
    type State: Default;

    /// Applies an edit, giving the inverse of its change; `None` where it has no effect.
    fn apply(state: &mut Self::State, edit: &Edit) -> Option<Change>;
}

/// Folds the label set.
#[derive(Debug)]
pub struct OfLabelSet;

impl Fold for OfLabelSet {
    type State = LabelSet;

    fn apply(state: &mut LabelSet, edit: &Edit) -> Option<Change> {
        let Change::LabelSet(change) = &edit.change else {
            return None;
        };
        label_change::apply(state, change).map(Change::LabelSet)
    }
}

/// Folds a document's place in the project.
#[derive(Debug)]
pub struct OfDocument;

impl Fold for OfDocument {
    type State = DocumentState;

    fn apply(state: &mut DocumentState, edit: &Edit) -> Option<Change> {
        let Change::Document(id, change) = &edit.change else {
            return None;
        };
        document_change::apply(state, *id, change, (edit.id, &edit.stamp))
            .map(|inverse| Change::Document(*id, inverse))
    }
}

/// Folds a layer.
#[derive(Debug)]
pub struct OfLayer;

impl Fold for OfLayer {
    type State = Layer;

    fn apply(state: &mut Layer, edit: &Edit) -> Option<Change> {
        let Change::Layer(key, change) = &edit.change else {
            return None;
        };
        layer_change::apply(state, change, edit.id, &edit.stamp)
            .map(|inverse| Change::Layer(key.clone(), inverse))
    }
}

/// What a set of edits of one scope makes, where nobody will undo anything.
pub fn folded<'e, F: Fold>(edits: impl IntoIterator<Item = &'e Arc<Edit>>) -> F::State {
    let mut edits: Vec<&Arc<Edit>> = edits.into_iter().collect();
    edits.sort_by(|a, b| a.order().cmp(&b.order()));
    edits.dedup_by_key(|edit| edit.id);
    let mut state = F::State::default();
    for edit in edits {
        F::apply(&mut state, edit);
    }
    state
}

/// The log of the label set.
pub type LabelSetLog = Log<OfLabelSet>;
/// The log of a document.
pub type DocumentLog = Log<OfDocument>;
/// The log of a layer.
pub type LayerLog = Log<OfLayer>;

/// The edits of one scope, their fold, and what can be undone. The caller hands in edits of one
/// scope only.
#[derive(Debug)]
pub struct Log<F: Fold> {
    edits: Vec<Arc<Edit>>,
    ids: HashSet<EditId, QuickHash>,
    state: F::State,
    history: History,
    fold: PhantomData<F>,
}

impl<F: Fold> Default for Log<F> {
    fn default() -> Self {
        Self {
            edits: Vec::new(),
            ids: HashSet::default(),
            state: F::State::default(),
            history: History::default(),
            fold: PhantomData,
        }
    }
}

impl<F: Fold> Log<F> {
    /// The log of a set of edits.
    pub fn new(edits: impl IntoIterator<Item = Arc<Edit>>) -> Self {
        let mut log = Self::default();
        log.extend(edits);
        log
    }

    /// Adds edits in any order; those that are there already change nothing.
    pub fn extend(&mut self, edits: impl IntoIterator<Item = Arc<Edit>>) {
        let mut new: Vec<_> = edits
            .into_iter()
            .filter(|edit| self.ids.insert(edit.id))
            .collect();
        new.sort_by(|a, b| a.order().cmp(&b.order()));
        let later = match (self.edits.last(), new.first()) {
            (Some(last), Some(first)) => last.order() < first.order(),
            _ => true,
        };
        if later {
            for edit in new {
                self.apply(edit);
            }
        } else {
            let mut all = std::mem::take(&mut self.edits);
            all.append(&mut new);
            all.sort_by(|a, b| a.order().cmp(&b.order()));
            self.state = F::State::default();
            self.history = History::default();
            for edit in all {
                self.apply(edit);
            }
        }
    }

    /// Adds one edit. Whether it had an effect is told only where it is the latest.
    pub fn push(&mut self, edit: Arc<Edit>) {
        self.extend([edit]);
    }

    fn apply(&mut self, edit: Arc<Edit>) {
        let inverse = F::apply(&mut self.state, &edit);
        self.history.note(&edit, inverse);
        self.edits.push(edit);
    }

    /// What the edits make.
    pub fn state(&self) -> &F::State {
        &self.state
    }

    /// What can be undone and redone.
    pub fn history(&self) -> &History {
        &self.history
    }

    /// The edits, sorted by (time, author, id).
    pub fn edits(&self) -> &[Arc<Edit>] {
        &self.edits
    }

    /// The latest time that an edit has.
    pub fn latest(&self) -> Option<Time> {
        self.edits.last().map(|edit| edit.stamp.time)
    }
}
