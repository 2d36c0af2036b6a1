//! A source file as the checkers see it: comments, strings and test code blanked out, every line kept, so
//! that what is found can be reported by line.

use std::path::{Path, PathBuf};

/// One Rust file, or a snippet standing for one.
pub(crate) struct Source {
    /// From the package's root, with `/`.
    pub(crate) path: String,
    /// As it is on disk.
    pub(crate) raw: String,
    /// Without comments, the insides of strings, and test code.
    pub(crate) code: String,
    /// Lines outside test code.
    pub(crate) lines: usize,
}

impl Source {
    /// Reads a file's text as the checkers want it.
    pub(crate) fn new(path: &str, raw: &str) -> Self {
        let (code, test_lines) = blank_tests(&blank_text(raw));
        Self {
            path: path.to_owned(),
            raw: raw.to_owned(),
            code,
            lines: raw.lines().count().saturating_sub(test_lines),
        }
    }

    /// The room the file belongs to; the empty string for `lib.rs` and `main.rs`.
    pub(crate) fn room(&self) -> &str {
        let inside = self.path.strip_prefix("src/").unwrap_or(&self.path);
        match inside.split_once('/') {
            Some((room, _)) => room,
            None => inside
                .strip_suffix(".rs")
                .filter(|name| !matches!(*name, "lib" | "main"))
                .unwrap_or(""),
        }
    }

    /// `path:line`, for the byte of `code` at `at`.
    pub(crate) fn place(&self, at: usize) -> String {
        format!("{}:{}", self.path, line_of(&self.code, at))
    }
}

/// Counts from 1.
pub(crate) fn line_of(text: &str, at: usize) -> usize {
    text.bytes().take(at).filter(|b| *b == b'\n').count() + 1
}

/// All Rust files below `directory` that are part of the program, sorted by path.
pub(crate) fn read_all(directory: &str) -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found: Vec<(String, String)> = rust_files(&root.join(directory))
        .into_iter()
        .filter(|path| !path.components().any(|part| part.as_os_str() == "target"))
        .map(|path| {
            let name = path.strip_prefix(root).unwrap().to_str().unwrap();
            (
                name.replace('\\', "/"),
                std::fs::read_to_string(&path).unwrap(),
            )
        })
        .collect();
    found.sort();
    let tests: Vec<String> = found
        .iter()
        .flat_map(|(path, raw)| test_files(path, raw))
        .collect();
    found.retain(|(path, _)| !tests.iter().any(|test| path.starts_with(test)));
    found
        .iter()
        .map(|(path, raw)| Source::new(path, raw))
        .collect()
}

fn rust_files(directory: &Path) -> Vec<PathBuf> {
    walkdir::WalkDir::new(directory)
        .into_iter()
        .filter_map(Result::ok)
        .map(walkdir::DirEntry::into_path)
        .filter(|path| path.extension().is_some_and(|e| e == "rs"))
        .collect()
}

/// Where the modules lie that this file declares as `#[cfg(test)] mod name;`: beginnings of paths.
fn test_files(path: &str, raw: &str) -> Vec<String> {
    let (directory, file) = path.rsplit_once('/').unwrap_or(("", path));
    let home = match file {
        "mod.rs" | "lib.rs" | "main.rs" => directory.to_owned(),
        _ => format!("{directory}/{}", file.trim_end_matches(".rs")),
    };
    let code = blank_text(raw);
    test_items(&code)
        .into_iter()
        .filter_map(|(start, end)| {
            let item = code[start..end].strip_suffix(';')?;
            let (_, name) = item.rsplit_once("mod ")?;
            Some(name.trim().to_owned())
        })
        .flat_map(|name| [format!("{home}/{name}.rs"), format!("{home}/{name}/")])
        .collect()
}

/// Blanks comments and the insides of strings and characters.
fn blank_text(raw: &str) -> String {
    let mut out = raw.as_bytes().to_vec();
    let bytes = raw.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        let rest = &bytes[at..];
        let (hidden, opening) = match rest {
            [b'/', b'/', ..] => (line_comment(rest), 0),
            [b'/', b'*', ..] => (block_comment(rest), 0),
            [b'"', ..] => (string(rest), 1),
            [b'r', b'"' | b'#', ..] if !follows_word(bytes, at) => (raw_string(rest), 1),
            [b'\'', ..] => (character(rest), 1),
            _ => (0, 0),
        };
        for byte in &mut out[at + opening.min(hidden)..at + hidden] {
            if *byte != b'\n' {
                *byte = b' ';
            }
        }
        at += hidden.max(1);
    }
    String::from_utf8(out).expect("whole comments and strings are blanked")
}

fn follows_word(bytes: &[u8], at: usize) -> bool {
    // `br"…"` is a raw string too.
    at > 0
        && (bytes[at - 1].is_ascii_alphanumeric() && bytes[at - 1] != b'b' || bytes[at - 1] == b'_')
}

fn line_comment(rest: &[u8]) -> usize {
    rest.iter().position(|b| *b == b'\n').unwrap_or(rest.len())
}

fn block_comment(rest: &[u8]) -> usize {
    let mut depth = 0_usize;
    let mut at = 0;
    while at + 1 < rest.len() {
        match &rest[at..at + 2] {
            b"/*" => (depth, at) = (depth + 1, at + 2),
            b"*/" => (depth, at) = (depth - 1, at + 2),
            _ => at += 1,
        }
        if depth == 0 {
            return at;
        }
    }
    rest.len()
}

fn string(rest: &[u8]) -> usize {
    let mut at = 1;
    while at < rest.len() {
        match rest[at] {
            b'\\' => at += 2,
            b'"' => return at + 1,
            _ => at += 1,
        }
    }
    rest.len()
}

fn raw_string(rest: &[u8]) -> usize {
    let hashes = rest[1..].iter().take_while(|b| **b == b'#').count();
    if rest.get(1 + hashes) != Some(&b'"') {
        return 0; // a raw identifier
    }
    let mut close = vec![b'"'];
    close.resize(1 + hashes, b'#');
    let inside = 2 + hashes;
    rest[inside..]
        .windows(close.len())
        .position(|window| window == close)
        .map_or(rest.len(), |found| inside + found + close.len())
}

/// A character literal; nothing for a lifetime.
fn character(rest: &[u8]) -> usize {
    match rest.get(1) {
        Some(b'\\') => rest[3..]
            .iter()
            .position(|b| *b == b'\'')
            .map_or(0, |close| close + 4),
        // The close is one character away, of up to four bytes; `'a, 'b` is two lifetimes.
        Some(first) => {
            let width = match first {
                0..0x80 => 1,
                0x80..0xE0 => 2,
                0xE0..0xF0 => 3,
                _ => 4,
            };
            if rest.get(1 + width) == Some(&b'\'') {
                width + 2
            } else {
                0
            }
        }
        None => 0,
    }
}

/// Blanks items under `#[cfg(test)]`, and counts the lines they take.
fn blank_tests(code: &str) -> (String, usize) {
    let mut out = code.as_bytes().to_vec();
    let mut lines = 0;
    for (start, end) in test_items(code) {
        lines += code[start..end].lines().count();
        for byte in &mut out[start..end] {
            if *byte != b'\n' {
                *byte = b' ';
            }
        }
    }
    (
        String::from_utf8(out).expect("whole items are blanked"),
        lines,
    )
}

/// Byte ranges of items under `#[cfg(test)]`, attribute included.
fn test_items(code: &str) -> Vec<(usize, usize)> {
    let mut items = Vec::new();
    let mut from = 0;
    while let Some(found) = code[from..].find("#[cfg(") {
        let start = from + found;
        let Some(close) = code[start..].find(")]") else {
            break;
        };
        let attribute = &code[start..start + close];
        from = start + close;
        let about_tests = attribute == "#[cfg(test" || attribute.starts_with("#[cfg(all(test,");
        if about_tests {
            from = end_of_item(code, from);
            items.push((start, from));
        }
    }
    items
}

/// The end of the item that begins at `from`: its `;`, or the brace that closes its body.
fn end_of_item(code: &str, from: usize) -> usize {
    let semicolon = code[from..].find(';').map(|at| from + at + 1);
    match code[from..].find('{').map(|at| from + at) {
        Some(open) if semicolon.is_none_or(|end| open < end) => {
            closing(code, open).map_or(code.len(), |at| at + 1)
        }
        _ => semicolon.unwrap_or(code.len()),
    }
}

/// The byte of the brace that closes the one at `open`.
pub(crate) fn closing(code: &str, open: usize) -> Option<usize> {
    let mut depth = 0_usize;
    for (at, byte) in code.bytes().enumerate().skip(open) {
        match byte {
            b'{' => depth += 1,
            b'}' => depth -= 1,
            _ => continue,
        }
        if depth == 0 {
            return Some(at);
        }
    }
    None
}

#[test]
fn comments_strings_and_characters_are_blanked() {
    let code =
        blank_text("a // b\nc /* d /* e */ f */ g \"h\\\"i\" 'j' '\\n' r#\"k\"l\"# m<'n>('س')");
    let words: String = code.chars().filter(|c| c.is_alphabetic()).collect();
    assert_eq!(words, "acgrmn", "the r of a raw string stays: {code}");
    assert_eq!(code.lines().count(), 2);
}

#[test]
fn test_modules_are_blanked_and_not_counted() {
    let source = Source::new(
        "src/text/a.rs",
        "fn kept() {}\n#[cfg(test)]\nmod tests {\n    fn gone() { x.unwrap() }\n}\nfn also_kept() {}\n",
    );
    assert!(!source.code.contains("gone"), "{}", source.code);
    assert!(source.code.contains("also_kept"));
    assert_eq!(source.lines, 2);
    assert_eq!(
        source.place(source.code.find("also_kept").unwrap()),
        "src/text/a.rs:6"
    );
}

#[test]
fn files_of_test_modules_are_not_part_of_the_program() {
    let found = test_files("src/edit/mod.rs", "mod fold;\n#[cfg(test)]\nmod laws;\n");
    assert_eq!(found, ["src/edit/laws.rs", "src/edit/laws/"]);
    let found = test_files("src/edit/fold.rs", "#[cfg(test)]\npub(crate) mod laws;\n");
    assert_eq!(found, ["src/edit/fold/laws.rs", "src/edit/fold/laws/"]);
}

#[test]
fn a_file_knows_its_room() {
    let room = |path: &str| Source::new(path, "").room().to_owned();
    assert_eq!(room("src/text/a.rs"), "text");
    assert_eq!(room("src/gui/panel/list.rs"), "gui");
    assert_eq!(room("src/stray.rs"), "stray");
    assert_eq!(room("src/main.rs"), "");
}
