//! Bringing files into a project and writing them out of it. The window runs these in the
//! background, the command line at once; both hand in where batches go and what shows the progress.

mod adjudicate;
mod compare;
mod convert;
mod documents;
mod export;
mod first;
mod import;
mod input;
mod inspect;
mod labels;
mod pipeline;
mod preview;
mod record;
mod through;

use crate::store::{Batch, Committed, Importer, Store, StoreError};

pub use adjudicate::{Adjudicated, adjudicate};
pub(super) use compare::of_stored;
pub use compare::{ComparedDocument, Comparison};
pub use convert::{ConvertError, convert};
pub use export::{
    ExportError, ExportOptions, Report, Target, check_target, export, forecast, write_report,
};
pub(super) use first::first_documents;
pub(super) use import::import_bytes;
pub use import::{ImportOptions, Merged, MergedFile, MergedLabel, import, merge};
pub use input::STANDARD;
pub use inspect::{Inspected, inspect};
pub use preview::{
    FoundNames, LookOptions, Preview, PreviewDocument, PreviewFile, PreviewLabel, brings_labels,
};
pub(super) use preview::{has_ranges, preview};
pub use through::passed_over;

/// Where the batches of an import go, each whole or not at all.
pub trait Sink: Send {
    /// Saves a batch.
    fn commit(&mut self, batch: Batch) -> Result<Committed, StoreError>;
}

impl Sink for Store {
    fn commit(&mut self, batch: Batch) -> Result<Committed, StoreError> {
        Self::commit(self, &batch)
    }
}

impl Sink for Importer {
    fn commit(&mut self, batch: Batch) -> Result<Committed, StoreError> {
        Self::commit(self, batch)
    }
}
