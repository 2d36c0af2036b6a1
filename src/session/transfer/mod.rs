//! Bringing files into a project and writing them out of it. The window runs these in the
//! background, the command line at once; both hand in where batches go and what shows the progress.

mod export;
mod import;
mod record;

use crate::store::{Batch, Committed, Importer, Store, StoreError};

pub use export::{ExportError, Exported, export_dataset, export_doccano};
pub(super) use import::import_bytes;
pub use import::{ImportOptions, import};

/// Where the batches of an import go, each whole or not at all.
pub trait Sink {
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
