//! Words that must not stand in the program: those that panic, lint exceptions without a reason, colours
//! outside the theme; and the one that must, the paragraph a file opens with.

use super::paths::named;
use super::rooms::PURE;
use super::source::Source;

const PANICS: &[&str] = &[
    ".unwrap()",
    ".expect(",
    "panic!",
    "todo!",
    "unimplemented!",
    "unsafe ",
];
/// In rooms that cannot panic on any input these have no place either.
const PANICS_IN_PURE: &[&str] = &["unreachable!", " assert!", " assert_eq!", " assert_ne!"];

/// Words by which the program would panic.
pub(crate) fn check_panics(source: &Source) -> Vec<String> {
    let further = if PURE.contains(&source.room()) {
        PANICS_IN_PURE
    } else {
        &[]
    };
    PANICS
        .iter()
        .chain(further)
        .flat_map(|word| source.code.match_indices(word))
        .map(|(at, word)| format!("{}: `{}`", source.place(at), word.trim()))
        .collect()
}

/// Lint exceptions that do not say why.
pub(crate) fn check_exceptions(source: &Source) -> Vec<String> {
    ["allow(", "expect("]
        .iter()
        .flat_map(|word| source.code.match_indices(word))
        .filter(|(at, _)| source.code[..*at].ends_with("#[") || source.code[..*at].ends_with("#!["))
        .filter(|(at, _)| !attribute(&source.code, *at).contains("reason"))
        .map(|(at, _)| format!("{}: a lint exception without a reason", source.place(at)))
        .collect()
}

fn attribute(code: &str, from: usize) -> &str {
    let end = code[from..].find(")]").map_or(code.len(), |at| from + at);
    &code[from..end]
}

/// Colours outside `gui/theme`; white is a texture's own colour, transparent none.
pub(crate) fn check_colours(source: &Source) -> Vec<String> {
    if source.path.starts_with("src/gui/theme") {
        return Vec::new();
    }
    named(&source.code)
        .iter()
        .filter_map(|path| {
            let at = path
                .segments
                .iter()
                .position(|s| s == "Color32" || s == "Rgba")?;
            let name = path.segments.get(at + 1)?;
            let neutral = matches!(name.as_str(), "TRANSPARENT" | "WHITE" | "PLACEHOLDER");
            let colour = name.starts_with("from_") || name.starts_with(char::is_uppercase);
            (colour && !neutral).then(|| {
                format!(
                    "{}: the colour `Color32::{name}` belongs to gui/theme",
                    source.place(path.at)
                )
            })
        })
        .collect()
}

/// A file that does not open with `//!`.
pub(crate) fn check_opening(source: &Source) -> Vec<String> {
    let open = source
        .raw
        .strip_prefix('\u{feff}')
        .unwrap_or(&source.raw)
        .starts_with("//! ");
    if open {
        Vec::new()
    } else {
        vec![format!(
            "{} does not open with `//!`: why does it exist?",
            source.path
        )]
    }
}

#[cfg(test)]
fn complaints(check: fn(&Source) -> Vec<String>, path: &str, code: &str) -> usize {
    check(&Source::new(path, code)).len()
}

#[test]
fn words_that_panic_are_found() {
    let count = |path, code| complaints(check_panics, path, code);
    assert_eq!(
        count(
            "src/gui/a.rs",
            "a.unwrap(); b.expect(\"c\"); panic!(); todo!();"
        ),
        4
    );
    assert_eq!(count("src/gui/a.rs", "unsafe { x() }"), 1);
    assert_eq!(count("src/edit/a.rs", "fn f() { unreachable!() }"), 1);
    assert_eq!(
        count("src/edit/a.rs", "fn f() { debug_assert!(x); assert!(y); }"),
        1
    );
    assert_eq!(
        count("src/gui/a.rs", "a.unwrap_or(1); // .unwrap()\n\"panic!\";"),
        0
    );
    assert_eq!(
        count(
            "src/gui/a.rs",
            "#[cfg(test)]\nmod tests { fn f() { a.unwrap(); } }"
        ),
        0
    );
}

#[test]
fn exceptions_without_a_reason_are_found() {
    let count = |code| complaints(check_exceptions, "src/gui/a.rs", code);
    assert_eq!(count("#[allow(clippy::pedantic)]\nfn f() {}"), 1);
    assert_eq!(count("#![expect(dead_code)]"), 1);
    assert_eq!(
        count("#[expect(\n    clippy::too_many_lines,\n    reason = \"a table\"\n)]"),
        0
    );
    assert_eq!(count("result.expect(x)"), 0);
}

#[test]
fn colours_outside_the_theme_are_found() {
    let count = |path, code| complaints(check_colours, path, code);
    assert_eq!(
        count(
            "src/gui/a.rs",
            "Color32::from_rgb(1, 2, 3); egui::Color32::RED;"
        ),
        2
    );
    assert_eq!(
        count(
            "src/gui/a.rs",
            "Color32::TRANSPARENT; Color32::lerp(a, b); x: Color32"
        ),
        0
    );
    assert_eq!(count("src/gui/theme.rs", "Color32::from_rgb(1, 2, 3)"), 0);
    assert_eq!(
        count("src/gui/theme/dark.rs", "Color32::from_rgb(1, 2, 3)"),
        0
    );
}

#[test]
fn a_file_that_does_not_say_why_is_found() {
    assert_eq!(
        complaints(check_opening, "src/gui/a.rs", "use std::io;\n"),
        1
    );
    assert_eq!(complaints(check_opening, "src/gui/a.rs", "//! Why.\n"), 0);
}
