//! The labels of an import: what a file brings that the project lacks, and what a project without
//! labels begins with.

use std::{collections::BTreeSet, sync::Arc};

use crate::{
    annotation::{LabelId, LabelSet, Stamp},
    edit::{Change, Edit, LabelSetChange, LabelSetLog},
    interchange::{DatasetHead, Feature, Format, WriteOptions},
};

use super::super::founding_edit;

/// The label set of the project, growing as files are read.
#[derive(Debug)]
pub(super) struct Labels {
    log: LabelSetLog,
    /// What a project without labels begins with, where the file says nothing of labels.
    founding: LabelSet,
    /// How much the head of the file that is read held when it was looked at last.
    seen: Option<[usize; 4]>,
}

impl Labels {
    pub(super) fn new(log: LabelSetLog, founding: LabelSet) -> Self {
        Self {
            log,
            founding,
            seen: None,
        }
    }

    /// Begins a file: the labels that its names may mean.
    pub(super) fn begin(&mut self, format: &Format) -> LabelSet {
        self.seen = None;
        match (self.is_new(), defines_labels(format)) {
            (false, _) => self.log.state().clone(),
            (true, false) => self.founding.clone(),
            (true, true) => LabelSet::default(),
        }
    }

    /// The labels that there are so far.
    pub(super) fn set(&self) -> &LabelSet {
        self.log.state()
    }

    /// Their ids.
    pub(super) fn ids(&self) -> BTreeSet<LabelId> {
        let labels = self.log.state().labels.iter();
        labels.map(|label| label.id.clone()).collect()
    }

    /// The names of labels that came up since there were these.
    pub(super) fn since(&self, before: &BTreeSet<LabelId>) -> Vec<String> {
        let labels = self.log.state().labels.iter();
        labels
            .filter(|label| !before.contains(&label.id))
            .map(|label| label.name.clone())
            .collect()
    }

    /// Whether the project has no labels, nor had any.
    pub(super) fn is_new(&self) -> bool {
        self.log.edits().is_empty()
    }

    /// Whether the head of the file was looked at.
    pub(super) fn has_begun(&self) -> bool {
        self.seen.is_some()
    }

    /// The edits that bring in what the head of a file has and the project lacks.
    pub(super) fn adopt(
        &mut self,
        head: &DatasetHead,
        format: &Format,
        stamp: impl FnOnce() -> Stamp,
    ) -> Vec<Arc<Edit>> {
        let set = &head.labels;
        let size = [
            set.labels.len(),
            set.attributes.len(),
            set.relation_types.len(),
            head.edits.len(),
        ];
        if self.seen.replace(size) == Some(size) {
            return Vec::new();
        }
        let of_labels = |edit: &&Arc<Edit>| matches!(edit.change, Change::LabelSet(_));
        let edits: Vec<_> = head.edits.iter().filter(of_labels).cloned().collect();
        if !edits.is_empty() {
            let known: BTreeSet<_> = self.log.edits().iter().map(|edit| edit.id).collect();
            self.log.extend(edits.iter().cloned());
            return edits
                .into_iter()
                .filter(|edit| !known.contains(&edit.id))
                .collect();
        }
        let mut new = Vec::new();
        if self.is_new() {
            let own = defines_labels(format) && !set.labels.is_empty();
            let first = if own { set } else { &self.founding };
            new.extend(self.found_with(first.clone()));
        }
        if self.lacks(set) {
            let change = LabelSetChange::Adopt(Box::new(set.clone()));
            let edit = Arc::new(Edit::new(stamp(), Change::LabelSet(change)));
            self.log.push(Arc::clone(&edit));
            new.push(edit);
        }
        new
    }

    /// Gives a project without labels those that it begins with.
    pub(super) fn found(&mut self) -> Option<Arc<Edit>> {
        let founding = self.founding.clone();
        self.is_new().then(|| self.found_with(founding)).flatten()
    }

    fn found_with(&mut self, labels: LabelSet) -> Option<Arc<Edit>> {
        if labels == LabelSet::default() {
            return None;
        }
        let edit = Arc::new(founding_edit(labels));
        self.log.push(Arc::clone(&edit));
        Some(edit)
    }

    fn lacks(&self, set: &LabelSet) -> bool {
        let known = self.log.state();
        let mut labels = set.labels.iter();
        let mut attributes = set.attributes.iter();
        let mut kinds = set.relation_types.iter();
        labels.any(|label| known.get(&label.id).is_none())
            || attributes.any(|attribute| known.attribute(&attribute.name).is_none())
            || kinds.any(|kind| known.relation_type(&kind.name).is_none())
    }
}

/// Whether files of a format say more of labels than their names.
fn defines_labels(format: &Format) -> bool {
    (format.carries)(&WriteOptions::default()).has(Feature::LabelDefinitions)
}
