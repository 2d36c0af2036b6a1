//! Sizes: files up to 600 lines without their tests, functions up to 70 lines, structs up to 12 fields.

use super::source::{Source, closing, line_of};

const FILE: usize = 600;
const FUNCTION: usize = 70;
const FIELDS: usize = 12;

/// Everything in the file that is too large.
pub(crate) fn check(source: &Source) -> Vec<String> {
    let mut complaints = Vec::new();
    if source.lines > FILE {
        complaints.push(format!(
            "{}: {} lines without tests, {FILE} are the limit",
            source.path, source.lines
        ));
    }
    for (at, name, lines) in functions(&source.code) {
        if lines > FUNCTION {
            complaints.push(format!(
                "{}: fn {name} has {lines} lines, {FUNCTION} are the limit",
                source.place(at)
            ));
        }
    }
    for (at, name, fields) in structs(&source.code) {
        if fields > FIELDS {
            complaints.push(format!(
                "{}: struct {name} has {fields} fields, {FIELDS} are the limit",
                source.place(at)
            ));
        }
    }
    complaints
}

/// Place, name and lines of each function with a body.
fn functions(code: &str) -> Vec<(usize, &str, usize)> {
    items(code, "fn ")
        .filter_map(|(at, name, open)| {
            let close = closing(code, open?)?;
            Some((at, name, line_of(code, close) - line_of(code, at) + 1))
        })
        .collect()
}

/// Place, name and number of fields of each struct with named fields.
fn structs(code: &str) -> Vec<(usize, &str, usize)> {
    items(code, "struct ")
        .filter_map(|(at, name, open)| {
            let open = open?;
            Some((at, name, fields(&code[open + 1..closing(code, open)?])))
        })
        .collect()
}

/// Items that begin with `keyword`: place, name, and the brace that opens the body if there is one.
fn items<'a>(
    code: &'a str,
    keyword: &'a str,
) -> impl Iterator<Item = (usize, &'a str, Option<usize>)> {
    code.match_indices(keyword).filter_map(move |(at, _)| {
        let follows_word = code[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_');
        let rest = &code[at + keyword.len()..];
        let name = rest
            .split(|c: char| !c.is_alphanumeric() && c != '_')
            .next()?;
        (!follows_word && !name.is_empty()).then(|| (at, name, body(code, at)))
    })
}

/// The brace that opens an item's body; nothing if a semicolon ends the item first.
fn body(code: &str, from: usize) -> Option<usize> {
    let mut depth = 0_usize;
    for (at, byte) in code.bytes().enumerate().skip(from) {
        match byte {
            b'(' | b'[' => depth += 1,
            b')' | b']' => depth = depth.saturating_sub(1),
            b'{' if depth == 0 => return Some(at),
            b';' if depth == 0 => return None,
            _ => {}
        }
    }
    None
}

/// Fields between a struct's braces: commas outside every bracket separate them.
fn fields(inside: &str) -> usize {
    let mut depth = 0_usize;
    let mut before = ' ';
    let mut last_is_empty = true;
    let mut count = 0;
    for c in inside.chars() {
        match c {
            '(' | '[' | '{' | '<' => depth += 1,
            '>' if before == '-' => {}
            ')' | ']' | '}' | '>' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if c == ',' && depth == 0 {
            count += 1;
            last_is_empty = true;
        } else if !c.is_whitespace() {
            last_is_empty = false;
        }
        before = c;
    }
    count + usize::from(!last_is_empty)
}

#[cfg(test)]
fn complaints(code: &str) -> usize {
    check(&Source::new("src/text/a.rs", code)).len()
}

#[test]
fn long_files_are_found_without_their_tests() {
    let long = "//! Why.\n".repeat(FILE);
    assert_eq!(complaints(&long), 0);
    assert_eq!(complaints(&format!("{long}const A: u8 = 1;\n")), 1);
    assert_eq!(
        complaints(&format!("{long}#[cfg(test)]\nmod tests {{\n}}\n")),
        0
    );
}

#[test]
fn long_functions_are_found() {
    let function = |lines: usize| {
        format!(
            "pub(crate) fn f(a: [u8; 3]) {{\n{}}}\n",
            "    g();\n".repeat(lines - 2)
        )
    };
    assert_eq!(complaints(&function(FUNCTION)), 0);
    assert_eq!(complaints(&function(FUNCTION + 1)), 1);
}

#[test]
fn wide_structs_are_found() {
    use std::fmt::Write as _;
    let wide = |fields: usize| {
        let fields = (0..fields).fold(String::new(), |mut all, n| {
            let _ = writeln!(
                all,
                "    /// A, b.\n    pub f{n}: Box<dyn Fn(A, B) -> Map<A, B>>,"
            );
            all
        });
        format!("struct Wide<T> {{\n{fields}}}\n")
    };
    assert_eq!(complaints(&wide(FIELDS)), 0);
    assert_eq!(complaints(&wide(FIELDS + 1)), 1);
    assert_eq!(fields("a: A, b: (B, C)"), 2);
}
