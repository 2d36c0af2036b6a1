//! What an export has to say: what was written, what the format does not carry, and what differs in
//! the files that were read back.

use serde::Serialize;

use crate::interchange::{Difference, Loss};

/// What was written, and what of it is not as it was.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Report {
    /// The format's name.
    pub format: &'static str,
    /// How many documents were written, each counted once a volume.
    pub documents: usize,
    /// How many spans they have, as the format holds them.
    pub spans: usize,
    /// How many files.
    pub files: usize,
    /// What the format does not carry.
    pub loss: Loss,
    /// Documents that came back otherwise than they were written, or not at all.
    pub differing: usize,
    /// What differs in the first of them.
    pub differences: Vec<Difference>,
    /// What could not be read back.
    pub problems: Vec<String>,
}

impl Report {
    pub(super) fn new(format: &'static str) -> Self {
        Self {
            format,
            ..Self::default()
        }
    }

    /// Whether anything of the annotations or the texts is lost.
    pub fn is_lossy(&self) -> bool {
        !self.loss.is_of_work_only() || self.differs()
    }

    /// Whether readers refuse all that was written: that is no loss but a fault.
    pub fn is_unreadable(&self) -> bool {
        self.documents > 0 && self.differing >= self.documents && !self.problems.is_empty()
    }

    /// Whether what was read back is not what was written.
    pub fn differs(&self) -> bool {
        self.differing > 0 || !self.problems.is_empty()
    }
}
