//! What a merge brings, or would bring: of which file, by whom, which labels.

use std::{collections::BTreeMap, path::PathBuf, sync::Arc};

use crate::{
    annotation::{Annotator, Label, LabelSet},
    edit::Edit,
};

use super::super::super::Imported;

/// What a merge has brought, or would bring.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Merged {
    /// The files in the order in which they were named, as far as they were read. They are told of
    /// also where something is refused, so that nothing comes in.
    pub files: Vec<MergedFile>,
    /// Who made the edits that are new, with how many, by name. What the program itself did, in giving
    /// a project its first labels, is not among them.
    pub authors: Vec<(Annotator, usize)>,
    /// The labels, attributes and relation types that are new or not what they were.
    pub labels: Vec<MergedLabel>,
    /// The counts, what is refused, the conflicts.
    pub imported: Imported,
}

impl Merged {
    /// Whether anything is new.
    pub fn brings_something(&self) -> bool {
        self.imported.new + self.imported.edits > 0
    }
}

/// What one file of a merge brings that those before it did not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MergedFile {
    /// The file.
    pub path: PathBuf,
    /// Documents that are new.
    pub new: usize,
    /// Documents that are there already.
    pub known: usize,
    /// Edits that are new.
    pub edits: usize,
    /// Whether something of it is refused.
    pub refused: bool,
}

/// What becomes of the project's labels.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MergedLabel {
    /// A label that is new.
    New(Label),
    /// A label that both have and that becomes other than it is here: the later change holds.
    Changed(Label),
    /// An attribute that is new, by its name.
    Attribute(String),
    /// A type of relations that is new, by its name.
    RelationType(String),
}

/// Who made edits, and how many each.
pub(super) fn authors(edits: &[Arc<Edit>]) -> Vec<(Annotator, usize)> {
    let founder = Annotator::founder();
    let mut counts: BTreeMap<&Annotator, usize> = BTreeMap::new();
    for edit in edits.iter().filter(|edit| edit.stamp.author != founder) {
        *counts.entry(&edit.stamp.author).or_default() += 1;
    }
    counts
        .into_iter()
        .map(|(name, n)| (name.clone(), n))
        .collect()
}

/// What differs in a label set.
pub(super) fn labels(before: &LabelSet, after: &LabelSet) -> Vec<MergedLabel> {
    let labels = after
        .labels
        .iter()
        .filter_map(|label| match before.get(&label.id) {
            None => Some(MergedLabel::New(label.clone())),
            Some(old) => (old != label).then(|| MergedLabel::Changed(label.clone())),
        });
    let attributes = after.attributes.iter().map(|it| &it.name);
    let attributes = attributes.filter(|name| before.attribute(name).is_none());
    let kinds = after.relation_types.iter().map(|it| &it.name);
    let kinds = kinds.filter(|name| before.relation_type(name).is_none());
    labels
        .chain(attributes.cloned().map(MergedLabel::Attribute))
        .chain(kinds.cloned().map(MergedLabel::RelationType))
        .collect()
}
