//! What annotators disagree on, and what a reviewer decides about it: pure differences between layers of one
//! document, each with its class, cases of several layers, and decisions as changes of the reviewer's own layer;
//! without input, output, threads or windows. Spans are aligned by `agreement`; a note is never a difference.

mod agreed;
mod annotates;
mod cases;
mod class;
mod decide;
mod differences;
mod edges;
mod standing;

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests;

pub use agreed::{agreed_spans, full_agreement, only_word};
pub use annotates::annotates;
pub use cases::{Case, Link, cases};
pub use class::{CLASSES, Class, ClassRow};
pub use decide::{Matter, Ruling, Why};
pub use differences::{Differing, Disagreement, disagreements, of_document};
pub use standing::{Decided, Side, Standing};
