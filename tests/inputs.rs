//! Inputs that are no part of the repository. A test that wants one passes where it is missing.

use std::path::PathBuf;

/// The bytes of a file in the folder of inputs beside the repository, if it is there.
pub(crate) fn input(path: &str) -> Option<Vec<u8>> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared");
    let bytes = std::fs::read(folder.join(path)).ok();
    if bytes.is_none() {
        eprintln!("skipped: the input {path} is not here");
    }
    bytes
}
