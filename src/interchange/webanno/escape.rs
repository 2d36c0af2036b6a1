//! What is escaped in texts, in values, and in the names of features.

use std::{borrow::Cow, fmt::Write as _};

/// Names of features that mean something of their own.
const TAKEN: [&str; 3] = [super::VALUE, super::NOTE, "identifier"];

/// Appends a text as it stands behind `#Text=` and in the rows of tokens.
pub(super) fn escape_text(text: &str, out: &mut String) {
    for ch in text.chars() {
        match ch {
            '\t' => out.push_str("\\t"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\u{C}' => out.push_str("\\f"),
            '\u{8}' => out.push_str("\\b"),
            '\\' => out.push_str("\\\\"),
            '\0'..='\u{7}' | '\u{E}'..='\u{1F}' => out.extend(['\\', ch]),
            ch => out.push(ch),
        }
    }
}

/// What [`escape_text`] wrote. Up to version 3.1 (`java`), texts are escaped as in Java's sources.
pub(super) fn unescape_text(text: &str, java: bool) -> Cow<'_, str> {
    if !text.contains('\\') {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('\\') {
        out.push_str(before);
        let mut chars = after.chars();
        let ch = match chars.next() {
            Some('t') => '\t',
            Some('n') => '\n',
            Some('r') => '\r',
            Some('f') => '\u{C}',
            Some('b') => '\u{8}',
            Some(ch @ ('\\' | '\0'..='\u{7}' | '\u{E}'..='\u{1F}')) => ch,
            Some(ch @ ('"' | '\'' | '/')) if java => ch,
            Some('u') if java => {
                if let Some((ch, left)) = unicode(after) {
                    out.push(ch);
                    rest = left;
                } else {
                    out.push('\\');
                    rest = after;
                }
                continue;
            }
            _ => {
                out.push('\\');
                rest = after;
                continue;
            }
        };
        out.push(ch);
        rest = chars.as_str();
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// The character of one or two escapes of UTF-16, of which the first has lost its backslash.
fn unicode(text: &str) -> Option<(char, &str)> {
    fn unit(text: &str) -> Option<(u16, &str)> {
        let (digits, left) = text.trim_start_matches('u').split_at_checked(4)?;
        let hex = digits.bytes().all(|byte| byte.is_ascii_hexdigit());
        let unit = hex
            .then(|| u16::from_str_radix(digits, 16).ok())
            .flatten()?;
        Some((unit, left))
    }
    let (first, left) = unit(text)?;
    if let Some(ch) = char::from_u32(first.into()) {
        return Some((ch, left));
    }
    let (second, left) = unit(left.strip_prefix('\\')?)?;
    let ch = char::decode_utf16([first, second]).next()?.ok()?;
    Some((ch, left))
}

/// Appends a value. The carriage return is escaped too, though the reference does not say so: for
/// its readers, a bare one ends the line.
pub(super) fn escape_value(value: &str, out: &mut String) {
    let mut chars = value.chars().peekable();
    while let Some(ch) = chars.next() {
        match ch {
            '\\' | '[' | ']' | '|' | '_' | ';' | '*' => out.extend(['\\', ch]),
            '-' if chars.peek() == Some(&'>') => out.push_str("\\-"),
            '\t' => out.push_str("\\t"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            ch => out.push(ch),
        }
    }
}

/// What [`escape_value`] wrote. What is no escape stays as it is.
pub(super) fn unescape_value(value: &str) -> Cow<'_, str> {
    if !value.contains('\\') {
        return Cow::Borrowed(value);
    }
    let mut out = String::with_capacity(value.len());
    let mut chars = value.chars().peekable();
    while let Some(ch) = chars.next() {
        if ch != '\\' {
            out.push(ch);
            continue;
        }
        match chars.next_if(|ch| "\\[]|_;*-tnr".contains(*ch)) {
            Some('t') => out.push('\t'),
            Some('n') => out.push('\n'),
            Some('r') => out.push('\r'),
            Some(ch) => out.push(ch),
            None => out.push('\\'),
        }
    }
    Cow::Owned(out)
}

/// The parts of a cell between separators that are not escaped.
pub(super) fn parts(cell: &str, separator: char) -> impl Iterator<Item = &str> {
    let mut escaped = false;
    cell.split(move |ch| {
        let separates = ch == separator && !escaped;
        escaped = ch == '\\' && !escaped;
        separates
    })
}

/// A part of a cell and what stands in brackets behind it.
pub(super) fn suffix(part: &str) -> (&str, Option<&str>) {
    let inside = part
        .strip_suffix(']')
        .and_then(|part| part.rsplit_once('['));
    match inside {
        Some((value, id)) if id.bytes().all(|byte| byte.is_ascii_digit() || byte == b'_') => {
            (value, Some(id))
        }
        _ => (part, None),
    }
}

/// The feature that holds an attribute: features have names as variables have in Java, so that
/// other characters, and what would be read as something else, are written as their numbers.
pub(super) fn feature_of(attribute: &str) -> String {
    let mut feature = String::with_capacity(attribute.len());
    let taken = TAKEN.contains(&attribute)
        || attribute.starts_with(|ch: char| !ch.is_alphabetic())
        || ["ROLE_", "BT_"].iter().any(|it| attribute.starts_with(it));
    for (at, ch) in attribute.char_indices() {
        let rest = attribute.get(at..).unwrap_or_default();
        let plain = ch.is_alphanumeric() || (ch == '_' && !rest.starts_with("_x"));
        if plain && !(taken && at == 0) {
            feature.push(ch);
        } else {
            // Writing into a text cannot fail.
            let _ = write!(feature, "_x{:x}_", u32::from(ch));
        }
    }
    feature
}

/// The attribute that a feature holds.
pub(super) fn attribute_of(feature: &str) -> Cow<'_, str> {
    if !feature.contains("_x") {
        return Cow::Borrowed(feature);
    }
    let mut attribute = String::with_capacity(feature.len());
    let mut rest = feature;
    while let Some((before, after)) = rest.split_once("_x") {
        attribute.push_str(before);
        let number = after.split_once('_');
        let ch = number.and_then(|(digits, left)| {
            let ch = char::from_u32(u32::from_str_radix(digits, 16).ok()?)?;
            Some((ch, left))
        });
        if let Some((ch, left)) = ch {
            attribute.push(ch);
            rest = left;
        } else {
            attribute.push_str("_x");
            rest = after;
        }
    }
    attribute.push_str(rest);
    Cow::Owned(attribute)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_escaped_comes_back() {
        let hard = "a\\b\\\\ \t\r\n\u{8}\u{C}\0\u{1F}\u{B} [1]|_;*->-> é😀\\n";
        let mut text = String::new();
        escape_text(hard, &mut text);
        assert!(!text.contains(['\n', '\r', '\t']), "{text}");
        assert_eq!(unescape_text(&text, false), hard);
        let mut value = String::new();
        escape_value(hard, &mut value);
        assert_eq!(unescape_value(&value), hard);
        assert_eq!(parts(&format!("{value}|{value}"), '|').count(), 2);
        assert_eq!(suffix("x\\][12]"), ("x\\]", Some("12")));
        assert_eq!(suffix("x\\[12\\]"), ("x\\[12\\]", None));
        assert_eq!(
            parts("a\\\\|b\\|c", '|').collect::<Vec<_>>(),
            ["a\\\\", "b\\|c"]
        );
    }

    #[test]
    fn texts_of_older_versions_are_read() {
        let text = "\\u0642\\uD83D\\uDE00 \\\"\\uD83D \\q";
        assert_eq!(unescape_text(text, true), "ق😀 \"\\uD83D \\q");
        assert_eq!(unescape_text(text, false), text);
    }

    #[test]
    fn attributes_have_names_of_features() {
        for name in [
            "polarity",
            "صفة",
            "has space",
            "value",
            "note",
            "a.b|c",
            "_x20_",
            "12",
            "",
            "BT_x",
            "ROLE_x",
            "a\n",
            "_xzz_",
            "a_x",
            "identifier",
        ] {
            let feature = feature_of(name);
            assert_eq!(attribute_of(&feature), name, "{feature}");
            let plain = feature.chars().all(|ch| ch.is_alphanumeric() || ch == '_');
            assert!(plain && !TAKEN.contains(&&*feature), "{feature}");
        }
        assert_eq!(feature_of("has space"), "has_x20_space");
    }
}
