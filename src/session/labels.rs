//! What the label set's editor asks: how many spans use a label, in the whole project.

use std::collections::HashMap;

use crate::{
    annotation::LabelId,
    store::{Reader, StoreError},
};

use super::Session;

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
        let Some(project) = self.project() else { return Ok(HashMap::new()) };
        if let Some(writer) = &project.writer {
            writer.wait();
        }
        label_usage(&project.reader)
    }
}
