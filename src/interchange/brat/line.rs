//! The lines of an annotation file, taken apart.

use crate::{interchange::Reason, text};

/// A line.
pub(super) enum Line<'a> {
    /// A span: its type, pairs of numbers, and the text there.
    Bound {
        kind: &'a str,
        ranges: Vec<(&'a str, &'a str)>,
        text: Option<&'a str>,
    },
    /// A relation or an event: its type, and roles with what they lead to. An event's own span is
    /// the first, under the type.
    Link {
        kind: &'a str,
        ends: Vec<(&'a str, &'a str)>,
    },
    /// Things that are the same.
    Same { kind: &'a str, of: Vec<&'a str> },
    /// An attribute, or what something refers to.
    Attribute {
        kind: &'a str,
        of: &'a str,
        value: String,
    },
    /// A note.
    Note {
        kind: &'a str,
        of: &'a str,
        text: &'a str,
    },
}

impl<'a> Line<'a> {
    /// The id of a line and what it says; `None` of a line that says nothing that is known.
    pub(super) fn of(line: &'a str) -> Result<Option<(&'a str, Self)>, Reason> {
        let bad = |what: &str| {
            let line = text::quote(line, 80);
            Reason::Malformed(format!("“{line}” is not {what}"))
        };
        let mut parts = line.splitn(3, '\t');
        let id = parts.next().unwrap_or_default();
        let body = parts.next();
        let tail = parts.next();
        let known = id.starts_with(['T', 'R', 'E', 'A', 'M', 'N', '#', '*']);
        let Some(body) = body.filter(|_| known) else {
            return if known {
                Err(bad("a line with tabs"))
            } else {
                Ok(None)
            };
        };
        let (kind, rest) = body
            .trim_end()
            .split_once(' ')
            .unwrap_or((body.trim_end(), ""));
        let found = match id.as_bytes().first() {
            Some(b'T') => Self::bound(kind, rest, tail).ok_or_else(|| bad("a text-bound"))?,
            Some(b'R') => Self::Link {
                kind,
                ends: ends(rest).ok_or_else(|| bad("a relation"))?,
            },
            Some(b'E') => Self::Link {
                kind: kind.split(':').next().unwrap_or_default(),
                ends: ends(body).ok_or_else(|| bad("an event"))?,
            },
            Some(b'*') => Self::Same {
                kind,
                of: rest.split_ascii_whitespace().collect(),
            },
            Some(b'#') => Self::Note {
                kind,
                of: rest.trim(),
                text: tail.unwrap_or_default(),
            },
            _ => {
                let (of, value) = rest.split_once(' ').unwrap_or((rest, ""));
                if of.is_empty() {
                    return Err(bad("an attribute"));
                }
                let value = match tail {
                    Some(tail) if !tail.is_empty() => format!("{value} {tail}"),
                    _ if value.is_empty() => "true".to_owned(),
                    _ => value.to_owned(),
                };
                Self::Attribute { kind, of, value }
            }
        };
        Ok(Some((id, found)))
    }

    fn bound(kind: &'a str, rest: &'a str, text: Option<&'a str>) -> Option<Self> {
        let pair = |pair: &'a str| pair.trim().split_once(' ');
        let ranges = rest.split(';').map(pair).collect::<Option<Vec<_>>>()?;
        (!kind.is_empty()).then_some(Self::Bound { kind, ranges, text })
    }
}

/// Roles and what they lead to.
fn ends(rest: &str) -> Option<Vec<(&str, &str)>> {
    let ends: Option<Vec<_>> = rest
        .split_ascii_whitespace()
        .map(|end| end.split_once(':'))
        .collect();
    ends.filter(|ends| !ends.is_empty())
}
