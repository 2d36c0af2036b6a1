//! The house table: which room may name which, and which outside crates belong to which room.

use std::path::Path;

use super::paths::{Named, named};
use super::source::Source;

/// The rooms from the ground up, each with the rooms it may import. `docs/architecture.md` says the same.
pub(crate) const ROOMS: &[(&str, &[&str])] = &[
    ("text", &[]),
    ("annotation", &["text"]),
    ("edit", &["annotation", "text"]),
    ("files", &["text"]),
    ("agreement", &["annotation", "text"]),
    ("review", &["annotation", "edit", "agreement", "text"]),
    ("report", &["annotation", "agreement", "review", "text"]),
    ("interchange", &["annotation", "edit", "text"]),
    ("store", &["annotation", "edit", "text", "files"]),
    (
        "session",
        &[
            "text",
            "annotation",
            "edit",
            "files",
            "agreement",
            "review",
            "report",
            "interchange",
            "store",
        ],
    ),
    ("typeset", &["text"]),
    (
        "gui",
        &[
            "text",
            "annotation",
            "edit",
            "files",
            "agreement",
            "review",
            "report",
            "interchange",
            "store",
            "session",
            "typeset",
        ],
    ),
    (
        "cli",
        &[
            "text",
            "annotation",
            "edit",
            "files",
            "agreement",
            "review",
            "report",
            "interchange",
            "store",
            "session",
        ],
    ),
];

/// `main.rs` starts the command line or the window; errors and settings come from the session.
const MAIN: &[&str] = &["cli", "gui", "session"];

/// Beginnings of paths that only some rooms may name.
const OWNED: &[(&[&str], &[&str])] = &[
    (&["eframe"], &["gui"]),
    (&["egui"], &["gui"]),
    (&["parley"], &["typeset"]),
    (&["fontique"], &["typeset"]),
    (&["swash"], &["typeset"]),
    (&["std", "fs"], DISK),
    (&["tempfile"], DISK),
    (&["walkdir"], DISK),
    (&["rusqlite"], &["store"]),
    (&["resvg"], &["report"]),
];

/// The rooms that touch the disk.
const DISK: &[&str] = &["files", "store"];

/// Calls on a path that ask the disk.
const DISK_CALLS: &[&str] = &[
    ".exists()",
    ".try_exists()",
    ".is_file()",
    ".is_dir()",
    ".is_symlink()",
    ".read_dir()",
    ".canonicalize()",
    ".symlink_metadata()",
    ".read_link()",
];

/// Rooms without input and output of any kind.
pub(crate) const PURE: &[&str] = &[
    "text",
    "annotation",
    "edit",
    "agreement",
    "review",
    "report",
];
const INPUT_OUTPUT: &[&str] = &["io", "net", "env", "process", "thread"];

/// Imports of rooms that the file's own room has no right to.
pub(crate) fn check_imports(source: &Source) -> Vec<String> {
    let room = source.room();
    let allowed = match (room, source.path.as_str()) {
        ("", "src/main.rs") => MAIN,
        ("", _) => return Vec::new(), // lib.rs only lists the rooms
        _ => match ROOMS.iter().find(|(name, _)| *name == room) {
            Some((_, allowed)) => *allowed,
            None => {
                return vec![format!(
                    "{}: `{room}` is no room of tests/tidy/rooms.rs",
                    source.path
                )];
            }
        },
    };
    named(&source.code)
        .iter()
        .filter_map(|path| Some((path, imported(source, path)?)))
        .filter(|(_, other)| other != room && !allowed.contains(&other.as_str()))
        .map(|(path, other)| {
            format!(
                "{}: `{room}` must not import `{other}`",
                source.place(path.at)
            )
        })
        .collect()
}

/// The room a path leads to, if it leaves from the crate's root.
fn imported(source: &Source, path: &Named) -> Option<String> {
    let supers = path.segments.iter().take_while(|s| *s == "super").count();
    let from_root = match path.segments.first()?.as_str() {
        "crate" | "hashiya" => 1,
        "super" if supers >= depth(&source.path) => supers,
        _ => return None,
    };
    let room = path.segments.get(from_root)?;
    let is_room = room == "*" || ROOMS.iter().any(|(name, _)| name == room);
    is_room.then(|| room.clone())
}

/// How many modules the file lies below the crate's root.
fn depth(path: &str) -> usize {
    let inside = path.trim_start_matches("src/").trim_end_matches(".rs");
    inside
        .split('/')
        .filter(|part| !matches!(*part, "mod" | "lib" | "main"))
        .count()
}

/// Outside crates, the disk, and input and output named where they do not belong.
pub(crate) fn check_crates(source: &Source) -> Vec<String> {
    let room = source.room();
    let mut complaints = Vec::new();
    for path in named(&source.code) {
        let first = path.segments[0].as_str();
        let owners = OWNED
            .iter()
            .find(|(start, _)| {
                path.starts_with(start) || (start == &["egui"] && first.starts_with("egui_"))
            })
            .map(|(_, owners)| *owners);
        let impure = PURE.contains(&room)
            && first == "std"
            && path
                .segments
                .get(1)
                .is_some_and(|s| INPUT_OUTPUT.contains(&s.as_str()));
        if impure || owners.is_some_and(|owners| !owners.contains(&room)) {
            complaints.push(format!(
                "{}: `{room}` must not name `{}`",
                source.place(path.at),
                path.segments.join("::")
            ));
        }
    }
    if !DISK.contains(&room) {
        for call in DISK_CALLS {
            for (at, _) in source.code.match_indices(call) {
                complaints.push(format!(
                    "{}: `{room}` asks the disk: `{call}`",
                    source.place(at)
                ));
            }
        }
    }
    complaints
}

/// Directories of `src/` without a row, and rows without a directory.
pub(crate) fn check_directories() -> Vec<String> {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut complaints = Vec::new();
    for entry in std::fs::read_dir(&src).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        let known = ROOMS.iter().any(|(room, _)| *room == name);
        if !known && name != "lib.rs" && name != "main.rs" {
            complaints.push(format!("src/{name} is no room of tests/tidy/rooms.rs"));
        }
    }
    for (room, _) in ROOMS {
        if !src.join(room).is_dir() {
            complaints.push(format!("src/{room} is missing"));
        }
    }
    complaints
}

/// How often `check` complains of a snippet that stands at `path`.
#[cfg(test)]
fn complaints(check: fn(&Source) -> Vec<String>, path: &str, code: &str) -> usize {
    check(&Source::new(path, code)).len()
}

#[test]
fn imports_against_the_table_are_found() {
    let count = |path, code| complaints(check_imports, path, code);
    assert_eq!(count("src/text/a.rs", "use crate::annotation::Span;"), 1);
    assert_eq!(
        count(
            "src/text/a.rs",
            "use crate::{text::Map, edit::{Edit, Fold}};"
        ),
        2
    );
    assert_eq!(
        count("src/text/a.rs", "fn f() -> crate::store::Error {}"),
        1
    );
    assert_eq!(count("src/text/mod.rs", "use super::gui;"), 1);
    assert_eq!(count("src/text/a.rs", "use super::super::gui::App;"), 1);
    assert_eq!(
        count(
            "src/cli/a.rs",
            "use crate::gui::App; use crate::typeset::Font;"
        ),
        2
    );
    assert_eq!(count("src/cli/a.rs", "use crate::*;"), 1);
    assert_eq!(count("src/main.rs", "use hashiya::{cli, store};"), 1);
    assert_eq!(count("src/stray.rs", ""), 1);
}

#[test]
fn imports_by_the_table_pass() {
    let count = |path, code| complaints(check_imports, path, code);
    assert_eq!(
        count(
            "src/edit/a.rs",
            "use crate::annotation::Span; use super::text; use crate::edit::Fold;"
        ),
        0
    );
    assert_eq!(
        count(
            "src/text/a.rs",
            "// crate::gui\nfn f() { let x = \"crate::gui::App\"; }"
        ),
        0
    );
    assert_eq!(
        count(
            "src/text/a.rs",
            "#[cfg(test)]\nmod tests { use crate::gui::App; }"
        ),
        0
    );
    assert_eq!(count("src/main.rs", "use hashiya::{cli, gui};"), 0);
}

#[test]
fn crates_and_disk_in_the_wrong_room_are_found() {
    let count = |path, code| complaints(check_crates, path, code);
    assert_eq!(
        count(
            "src/session/a.rs",
            "use eframe::egui; use egui_kittest::Harness;"
        ),
        2
    );
    assert_eq!(count("src/gui/a.rs", "let x = parley::Layout::new();"), 1);
    assert_eq!(count("src/session/a.rs", "use std::{fs, path::Path};"), 1);
    assert_eq!(
        count("src/session/a.rs", "let file = std::fs::File::open(p);"),
        1
    );
    assert_eq!(count("src/cli/a.rs", "if path.exists() { }"), 1);
    assert_eq!(count("src/edit/a.rs", "use std::io::Read;"), 1);
    assert_eq!(count("src/files/a.rs", "use rusqlite::Connection;"), 1);
    assert_eq!(
        count("src/files/a.rs", "use std::fs::File; if path.exists() { }"),
        0
    );
    assert_eq!(
        count("src/gui/a.rs", "use eframe::egui; use std::path::Path;"),
        0
    );
}
