//! The dataset as one RON file: documents, label set, layers, and every edit with who and when. It
//! is one RON value, written and read a document at a time, so that its size does not matter. It
//! loses nothing: what is opened is what was saved.

mod check;
mod lexer;
mod read;
#[cfg(test)]
mod tests;
mod wire;
mod write;

pub use check::check_ranges;
pub(super) use read::read;
pub(super) use write::{config, write};

/// Whether a file that begins with these bytes is one.
pub(super) fn sniff(start: &[u8]) -> bool {
    let holds = |what: &str| memchr::memmem::find(start, what.as_bytes()).is_some();
    holds(wire::FORMAT) || holds("Dataset(")
}
