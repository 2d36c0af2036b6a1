//! What the fuzz targets run. The pure rooms are taken in by path: the package as a dependency would
//! have the whole window built with the sanitizer, for nothing.
#![allow(
    missing_docs,
    dead_code,
    unused_imports,
    reason = "the rooms are documented and used where they belong"
)]

#[path = "../../src/annotation/mod.rs"]
pub mod annotation;
#[path = "../../src/edit/mod.rs"]
pub mod edit;
#[path = "../../src/interchange/mod.rs"]
pub mod interchange;
pub mod memory;
pub mod promises;
#[path = "../../src/text/mod.rs"]
pub mod text;

/// A target: any bytes are read as files of a format.
#[macro_export]
macro_rules! reads {
    ($format:literal) => {
        libfuzzer_sys::fuzz_target!(|bytes: &[u8]| $crate::promises::keep($format, bytes));
    };
}
