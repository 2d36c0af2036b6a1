//! Label set files, and what the label set's editor asks: how many spans use a label, in the whole
//! project.

use std::{
    collections::{BTreeSet, HashMap},
    path::Path,
};

use crate::{
    annotation::{LabelFate, LabelId, LabelSet, LayerKey},
    edit::{Cause, Change, LabelField, LabelSetChange, Log, OfLayer, Scope},
    files,
    interchange::{self, LabelMap},
    store::StoreError,
};

use super::{HistoryStep, Notice, Session, check_target};

/// The largest label set file that is read, in bytes.
const LARGEST: u64 = 16 << 20;

/// Why a label set cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LabelsError {
    /// The file cannot be read: what happened, and what to do.
    #[error("{what}")]
    File {
        /// What happened.
        what: String,
        /// What to do.
        hint: String,
    },
    /// It is no label set, for this reason.
    #[error("{0}")]
    Content(String),
}

impl LabelsError {
    /// What to do.
    pub fn hint(&self) -> &str {
        match self {
            Self::File { hint, .. } => hint,
            Self::Content(_) => "compare it with a label set that the window has saved",
        }
    }
}

/// Reads a label set from a RON file, or says why it cannot be read.
pub fn read_labels(path: &Path) -> Result<LabelSet, LabelsError> {
    let bytes = files::read_bounded(path, LARGEST).map_err(|error| LabelsError::File {
        what: error.to_string(),
        hint: error.hint().to_owned(),
    })?;
    let wrong = |reason: String| LabelsError::Content(format!("{}: {reason}", path.display()));
    let text = String::from_utf8(bytes).map_err(|error| wrong(error.to_string()))?;
    interchange::read_label_set(&text).map_err(|error| wrong(error.to_string()))
}

/// Reads a map of labels' names from a RON file, or says why it cannot be read.
pub fn read_label_map(path: &Path) -> Result<LabelMap, String> {
    let bytes = files::read_bounded(path, LARGEST).map_err(|e| format!("{e} ({})", e.hint()))?;
    let wrong = |reason: String| format!("{}: {reason}", path.display());
    let text = String::from_utf8(bytes).map_err(|error| wrong(error.to_string()))?;
    LabelMap::read(&text).map_err(|error| wrong(error.to_string()))
}

/// Writes a map of labels' names as a RON file, or says why it cannot be written.
pub fn write_label_map(map: &LabelMap, path: &Path) -> Result<(), String> {
    check_target(path).map_err(|error| error.to_string())?;
    let mut bytes = Vec::new();
    map.write(&mut bytes).map_err(|error| error.to_string())?;
    files::write_atomic(path, |out| out.write_all(&bytes))
        .map_err(|error| format!("{error} ({})", error.hint()))
}

/// How much a label is used.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Usage {
    /// Spans that have it.
    pub spans: usize,
    /// Layers with such a span.
    pub layers: usize,
}

impl Session {
    /// How much each label is used in the project, by the id that spans name: the layers of all
    /// annotators as they were committed, with what waits for its commit laid over them.
    pub fn label_usage(&self) -> Result<HashMap<LabelId, Usage>, StoreError> {
        let mut usage: HashMap<LabelId, Usage> = HashMap::new();
        let mut add = |label: LabelId, count: u32| {
            let entry = usage.entry(label).or_default();
            entry.spans += count as usize;
            entry.layers += 1;
        };
        let Some(project) = self.project() else {
            return Ok(usage);
        };
        let scopes = project.waiting().map(|edit| edit.change.scope());
        let waiting: BTreeSet<LayerKey> = scopes
            .filter_map(|scope| match scope {
                Scope::Layer(key) => Some(key),
                Scope::LabelSet | Scope::Document(_) => None,
            })
            .collect();
        for (annotator, _) in project.reader.annotators()? {
            for row in project.reader.layer_rows(&annotator)? {
                let key = LayerKey {
                    document: row.document,
                    annotator: annotator.clone(),
                };
                if !waiting.contains(&key) {
                    for (label, count) in row.labels {
                        add(label, count);
                    }
                }
            }
        }
        for key in waiting {
            let log = Log::<OfLayer>::new(project.edits(&Scope::Layer(key))?);
            for (label, count) in log.state().label_counts() {
                add(label.clone(), *count);
            }
        }
        Ok(usage)
    }

    /// Changes the label set. What takes something out of it can be taken back where it is told.
    pub(super) fn change_labels(&mut self, change: LabelSetChange) {
        let removes = removes(&change);
        if self.change(Cause::Done, Change::LabelSet(change)).is_some()
            && removes
            && let Some(step) = self.describe_step(HistoryStep::Undo)
        {
            self.tell(Notice::Did(step));
        }
    }

    /// A step back or forth that takes no label from spans: a label that was added and has spans by
    /// now, perhaps in other articles, goes out of use instead of leaving the set. Gives the names
    /// of those labels too.
    pub(super) fn without_loss(
        &self,
        change: &Change,
    ) -> Result<(Change, Vec<String>), StoreError> {
        let mut kept = Vec::new();
        let change = match change {
            Change::LabelSet(change) if drops(change) => {
                let usage = self.label_usage()?;
                let used = |id: &LabelId| usage.get(id).is_some_and(|usage| usage.spans > 0);
                Change::LabelSet(retiring(change, &used, &mut kept))
            }
            other => other.clone(),
        };
        let names = kept.iter().map(|id| self.labels().name_of(id).to_owned());
        Ok((change, names.collect()))
    }
}

/// Whether a label leaves the set.
fn drops(change: &LabelSetChange) -> bool {
    match change {
        LabelSetChange::Drop(_) => true,
        LabelSetChange::Batch(changes) => changes.iter().any(drops),
        _ => false,
    }
}

/// Whether something leaves the set or goes out of use.
fn removes(change: &LabelSetChange) -> bool {
    use LabelSetChange as C;
    match change {
        C::Drop(_) | C::DropAttribute(_) | C::DropRelationType(_) => true,
        C::Set(_, LabelField::Fate(fate)) => *fate != LabelFate::Active,
        C::Batch(changes) => changes.iter().any(removes),
        _ => false,
    }
}

/// The same change, but labels that are `used` are retired where it drops them.
fn retiring(
    change: &LabelSetChange,
    used: &impl Fn(&LabelId) -> bool,
    kept: &mut Vec<LabelId>,
) -> LabelSetChange {
    match change {
        LabelSetChange::Drop(id) if used(id) => {
            kept.push(id.clone());
            LabelSetChange::Set(id.clone(), LabelField::Fate(LabelFate::Retired))
        }
        LabelSetChange::Batch(changes) => {
            let changes = changes.iter().map(|change| retiring(change, used, kept));
            LabelSetChange::Batch(changes.collect())
        }
        other => other.clone(),
    }
}
