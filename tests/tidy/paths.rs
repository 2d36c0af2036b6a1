//! The paths that code names, `use` trees flattened: `use a::{b, c::d};` names `a::b` and `a::c::d`.
//! A reading of the text, not of the language: enough for rules about who names whom.

/// A path as it stands in the code.
#[derive(Debug, PartialEq)]
pub(crate) struct Named {
    /// Its segments; `*` for a glob.
    pub(crate) segments: Vec<String>,
    /// Byte in the code.
    pub(crate) at: usize,
}

impl Named {
    /// Whether the path begins with these segments.
    pub(crate) fn starts_with(&self, start: &[&str]) -> bool {
        self.segments.len() >= start.len() && self.segments.iter().zip(start).all(|(a, b)| a == b)
    }
}

#[derive(Debug, PartialEq)]
enum Token<'a> {
    Word(&'a str),
    Colons,
    Mark(char),
}

/// Every path of two or more segments, and every single name that a `use` brings in.
pub(crate) fn named(code: &str) -> Vec<Named> {
    let tokens = tokens(code);
    let mut found = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        match tokens[at].0 {
            // `impl Trait + use<'a>` captures; it imports nothing.
            Token::Word("use") if !matches!(tokens.get(at + 1), Some((Token::Mark('<'), _))) => {
                let end = at
                    + tokens[at..]
                        .iter()
                        .position(|t| t.0 == Token::Mark(';'))
                        .unwrap_or(0);
                if end > at {
                    tree(&tokens[at + 1..end], &[], &mut found);
                }
                at = end.max(at + 1);
            }
            Token::Word(_) => {
                let (segments, taken) = chain(&tokens[at..]);
                if segments.len() > 1 {
                    found.push(Named {
                        segments,
                        at: tokens[at].1,
                    });
                }
                at += taken;
            }
            _ => at += 1,
        }
    }
    found
}

/// Segments joined by `::` at the beginning of `tokens`, and how many tokens they take.
fn chain(tokens: &[(Token<'_>, usize)]) -> (Vec<String>, usize) {
    let mut segments = Vec::new();
    let mut at = 0;
    while let Some((Token::Word(word), _)) = tokens.get(at) {
        segments.push((*word).to_owned());
        at += 1;
        if !matches!(tokens.get(at), Some((Token::Colons, _))) {
            break;
        }
        at += 1;
    }
    (segments, at.max(1))
}

/// One branch of a `use` tree or several joined by commas.
fn tree(tokens: &[(Token<'_>, usize)], before: &[String], found: &mut Vec<Named>) {
    for branch in branches(tokens) {
        let start = usize::from(matches!(branch.first(), Some((Token::Colons, _))));
        let (segments, taken) = chain(&branch[start..]);
        let mut path = before.to_vec();
        path.extend(segments);
        let rest = &branch[(start + taken).min(branch.len())..];
        let at = branch[0].1;
        match (branch.get(start), rest.first()) {
            (Some((Token::Mark('{'), _)), _) => tree(inside(branch), &path, found),
            (_, Some((Token::Mark('{'), _))) => tree(inside(rest), &path, found),
            (Some((Token::Mark('*'), _)), _) | (_, Some((Token::Mark('*'), _))) => {
                path.push("*".to_owned());
                found.push(Named { segments: path, at });
            }
            _ => found.push(Named { segments: path, at }),
        }
    }
}

/// What stands between the first brace and the last.
fn inside<'a, 'b>(tokens: &'a [(Token<'b>, usize)]) -> &'a [(Token<'b>, usize)] {
    let open = tokens
        .iter()
        .position(|t| t.0 == Token::Mark('{'))
        .map_or(0, |at| at + 1);
    let close = tokens
        .iter()
        .rposition(|t| t.0 == Token::Mark('}'))
        .unwrap_or(tokens.len());
    &tokens[open..close.max(open)]
}

/// Splits at commas that stand in no brace.
fn branches<'a, 'b>(tokens: &'a [(Token<'b>, usize)]) -> Vec<&'a [(Token<'b>, usize)]> {
    let mut depth = 0_usize;
    tokens
        .split(|(token, _)| {
            match token {
                Token::Mark('{') => depth += 1,
                Token::Mark('}') => depth -= 1,
                _ => {}
            }
            depth == 0 && *token == Token::Mark(',')
        })
        .filter(|branch| !branch.is_empty())
        .collect()
}

fn tokens(code: &str) -> Vec<(Token<'_>, usize)> {
    let mut found = Vec::new();
    let mut chars = code.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        if c.is_alphanumeric() || c == '_' {
            let mut end = at + c.len_utf8();
            while let Some((next, c)) = chars.next_if(|(_, c)| c.is_alphanumeric() || *c == '_') {
                end = next + c.len_utf8();
            }
            found.push((Token::Word(&code[at..end]), at));
        } else if c == ':' && chars.next_if(|(_, c)| *c == ':').is_some() {
            found.push((Token::Colons, at));
        } else if !c.is_whitespace() {
            found.push((Token::Mark(c), at));
        }
    }
    found
}

#[cfg(test)]
fn written(code: &str) -> Vec<String> {
    named(code)
        .into_iter()
        .map(|path| path.segments.join("::"))
        .collect()
}

#[test]
fn use_trees_are_flattened() {
    assert_eq!(
        written("use crate::{text::{Map, offsets::*}, edit}; use std::fs as disk;\nuse parley;"),
        [
            "crate::text::Map",
            "crate::text::offsets::*",
            "crate::edit",
            "std::fs",
            "parley"
        ]
    );
    assert_eq!(written("use ::{a, b::c};"), ["a", "b::c"]);
    assert_eq!(
        written("fn f() -> impl Iterator + use<'_> { a::b() }"),
        ["a::b"]
    );
}

#[test]
fn paths_in_expressions_and_types_are_found() {
    assert_eq!(
        written("fn f(x: &crate::text::Map) -> Vec<super::Y> { std::fs::read::<P>(x); y.z }"),
        ["crate::text::Map", "super::Y", "std::fs::read"]
    );
}
