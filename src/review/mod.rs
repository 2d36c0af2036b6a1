//! What two annotators disagree on: pure differences between layers of one document, each with its class,
//! without input, output, threads or windows. Spans are aligned by `agreement`; a note is never a difference.

mod agreed;
mod class;
mod differences;
mod edges;

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests;

pub use agreed::full_agreement;
pub use class::{CLASSES, Class, ClassRow};
pub use differences::{Differing, Disagreement, disagreements, of_document};
