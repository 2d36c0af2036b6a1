//! What the fuzzer found stays mended: its findings in `fuzz/regressions/FORMAT/` are read by every run
//! of the tests, and each format that is read has a target.

#![allow(clippy::unwrap_used, reason = "tests")]
#![allow(
    unreachable_pub,
    dead_code,
    reason = "the fuzzer's own crate uses the rest"
)]

#[path = "../../fuzz/src/memory.rs"]
mod memory;
#[path = "../../fuzz/src/promises.rs"]
mod promises;

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

use super::FORMATS;

fn fuzz() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz")
}

/// The paths in a folder; none where there is none.
fn paths(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten();
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths
}

#[test]
fn every_format_that_is_read_has_a_target() {
    if !fuzz().exists() {
        return;
    }
    let manifest = fs::read_to_string(fuzz().join("Cargo.toml")).unwrap();
    let mut targets = BTreeSet::new();
    for path in paths(&fuzz().join("fuzz_targets")) {
        let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
        let format = name.replace('_', "-");
        let target = fs::read_to_string(&path).unwrap();
        assert!(target.contains(&format!("reads!(\"{format}\")")), "{name}");
        let entry = format!("path = \"fuzz_targets/{name}.rs\"");
        assert!(
            manifest.contains(&entry),
            "fuzz/Cargo.toml has no [[bin]] {name}"
        );
        targets.insert(format);
    }
    let read = FORMATS.iter().filter(|format| format.read.is_some());
    let names: BTreeSet<String> = read.map(|format| format.name.to_owned()).collect();
    assert_eq!(
        targets, names,
        "targets of the fuzzer, and formats that are read"
    );
}

#[test]
fn what_the_fuzzer_found_is_mended() {
    for folder in paths(&fuzz().join("regressions")) {
        let format = folder.file_name().unwrap().to_str().unwrap().to_owned();
        for found in paths(&folder) {
            promises::keep(&format, &fs::read(found).unwrap());
        }
    }
}

#[test]
fn files_in_memory_are_bytes_and_back() {
    for bytes in [
        &b"x\n@@ b.txt\ny\n@@ c\n"[..],
        b"",
        b"\n@@ b.txt\n",
        b"a\nb",
    ] {
        let files = memory::Memory::of("a.ann", bytes);
        assert_eq!(files.bytes(), bytes);
    }
}
