//! The project file: one SQLite file whose edits and texts only grow and are the truth, with rows
//! derived from them for reading. One program writes it at a time. An edit is saved when its commit
//! has returned.

mod backup;
mod check;
mod commit;
mod connect;
mod derive;
mod document_row;
mod error;
mod header;
mod here;
mod layer_row;
mod lock;
#[cfg(test)]
mod processes;
mod project;
mod reader;
mod record;
#[cfg(test)]
mod sample;
mod schema;
mod writer;

pub use check::{CheckReport, check};
pub use commit::{Batch, Committed};
pub use error::StoreError;
pub use here::{is_of_project, is_project};
pub use layer_row::LayerRow;
pub use lock::Holder;
pub use project::{Access, Store};
pub use reader::{DocumentRecord, DocumentRow, DocumentText, Presence, Reader};
pub use writer::{Importer, Writer, WriterEvent};
