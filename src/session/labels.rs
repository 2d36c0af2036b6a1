//! Label set files, and what the label set's editor asks: how many spans use a label, in the whole
//! project.

use std::{collections::HashMap, path::Path};

use crate::{
    annotation::{LabelId, LabelSet},
    files,
    interchange::{self, LabelMap},
    store::{Reader, StoreError},
};

use super::Session;

/// The largest label set file that is read, in bytes.
const LARGEST: u64 = 16 << 20;

/// Reads a label set from a RON file, or says why it cannot be read.
pub fn read_labels(path: &Path) -> Result<LabelSet, String> {
    let bytes = files::read_bounded(path, LARGEST).map_err(|e| format!("{e} ({})", e.hint()))?;
    let wrong = |reason: String| format!("{}: {reason}", path.display());
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

/// How much a label is used.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Usage {
    /// Spans that have it.
    pub spans: usize,
    /// Layers with such a span.
    pub layers: usize,
}

/// How much each label is used, by the id that spans name. It reads the derived layer rows of all
/// annotators, so the edits of this window that wait for their commit are not in it.
pub fn label_usage(reader: &Reader) -> Result<HashMap<LabelId, Usage>, StoreError> {
    let mut usage: HashMap<LabelId, Usage> = HashMap::new();
    for (annotator, _) in reader.annotators()? {
        for row in reader.layer_rows(&annotator)? {
            for (label, count) in row.labels {
                let entry = usage.entry(label).or_default();
                entry.spans += count as usize;
                entry.layers += 1;
            }
        }
    }
    Ok(usage)
}

impl Session {
    /// How much each label is used in the project, this window's last edits included: it waits for
    /// their commit.
    pub fn label_usage(&self) -> Result<HashMap<LabelId, Usage>, StoreError> {
        let Some(project) = self.project() else {
            return Ok(HashMap::new());
        };
        if let Some(writer) = &project.writer {
            writer.wait();
        }
        label_usage(&project.reader)
    }
}
