//! What columns of tokens say of the white space around tokens, as `UDPipe` writes it into `MISC`:
//! nothing for one space, `SpaceAfter=No`, `SpacesAfter=…`, `SpacesBefore=…`. A token that cannot
//! stand in a column as it is, white space for instance, is shown with other characters, and `Raw`
//! says what it is.

use std::{borrow::Cow, fmt::Write as _};

/// Whether a character would end a column or a line for some reader.
fn breaks(ch: char) -> bool {
    match ch {
        // Most of what there is, so that no table is asked.
        '!'..='~' | '\u{A1}'..'\u{1680}' => false,
        ch => ch.is_whitespace() || ch.is_control(),
    }
}

/// Whether a token cannot stand in a column as it is.
fn must_be_shown_otherwise(token: &str) -> bool {
    token.chars().any(breaks)
}

/// A token as a column shows it, as long in code points as it is.
pub(super) fn shown(token: &str) -> Cow<'_, str> {
    if !must_be_shown_otherwise(token) {
        return Cow::Borrowed(token);
    }
    let shown = |ch: char| match ch {
        ch if ch.is_whitespace() => '␣',
        ch if ch.is_control() => '\u{FFFD}',
        ch => ch,
    };
    Cow::Owned(token.chars().map(shown).collect())
}

/// Appends a text with backslash escapes for white space, control characters, the backslash, and
/// what separates the parts of `MISC`.
pub(super) fn escape(text: &str, out: &mut String) {
    for ch in text.chars() {
        match ch {
            ' ' => out.push_str("\\s"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\\' => out.push_str("\\\\"),
            '|' => out.push_str("\\p"),
            ch if ch == '=' || breaks(ch) => {
                // Writing into a text cannot fail.
                let _ = write!(out, "\\u{{{:x}}}", u32::from(ch));
            }
            ch => out.push(ch),
        }
    }
}

/// What [`escape`] wrote. What is no escape stays as it is.
pub(super) fn unescape(text: &str) -> Cow<'_, str> {
    if !text.contains('\\') {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('\\') {
        out.push_str(before);
        let (ch, left) = escaped(after).unwrap_or(('\\', after));
        out.push(ch);
        rest = left;
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// The character that an escape stands for, and what is behind it.
fn escaped(after: &str) -> Option<(char, &str)> {
    let mut chars = after.chars();
    let ch = match chars.next()? {
        's' => ' ',
        'n' => '\n',
        'r' => '\r',
        't' => '\t',
        'p' => '|',
        '\\' => '\\',
        'u' => {
            let (digits, left) = after.strip_prefix("u{")?.split_once('}')?;
            let digits = Some(digits).filter(|digits| digits.len() <= 6)?;
            let number = u32::from_str_radix(digits, 16).ok()?;
            return Some((char::from_u32(number)?, left));
        }
        _ => return None,
    };
    Some((ch, chars.as_str()))
}

/// A token and the white space around it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Spaced<'a> {
    /// The token.
    pub(super) token: &'a str,
    /// The white space before it, where no other token says so.
    pub(super) before: &'a str,
    /// The white space behind it.
    pub(super) after: &'a str,
    /// Whether it must be said that there is one space behind it, as at a sentence's end.
    pub(super) explicit: bool,
}

impl Spaced<'_> {
    /// Appends what is to be said of it, each part with `|` before it unless `out` ends at `start`.
    pub(super) fn say(&self, start: usize, out: &mut String) {
        let mut part = |key: &str, value: &str| {
            if out.len() > start {
                out.push('|');
            }
            out.push_str(key);
            escape(value, out);
        };
        if must_be_shown_otherwise(self.token) {
            part("Raw=", self.token);
        }
        if !self.before.is_empty() {
            part("SpacesBefore=", self.before);
        }
        match self.after {
            "" => part("SpaceAfter=", "No"),
            " " if !self.explicit => {}
            after => part("SpacesAfter=", after),
        }
    }
}

/// What a `MISC` column says of a token.
#[derive(Clone, Debug, Default)]
pub(super) struct Said<'a> {
    /// The token, where the column shows it otherwise.
    pub(super) raw: Option<Cow<'a, str>>,
    /// The white space before it.
    pub(super) before: Option<Cow<'a, str>>,
    /// The white space behind it; `None` where nothing is said of it.
    pub(super) after: Option<Cow<'a, str>>,
}

impl<'a> Said<'a> {
    /// Reads a column.
    pub(super) fn of(misc: &'a str) -> Self {
        let mut said = Self::default();
        for (key, value) in parts(misc) {
            match key {
                "Raw" => said.raw = Some(unescape(value)),
                "SpacesBefore" => said.before = Some(unescape(value)),
                "SpacesAfter" => said.after = Some(unescape(value)),
                "SpaceAfter" if value == "No" => said.after = Some(Cow::Borrowed("")),
                _ => {}
            }
        }
        said
    }
}

/// The keys and values of a `MISC` column.
pub(super) fn parts(misc: &str) -> impl Iterator<Item = (&str, &str)> {
    misc.split('|').filter_map(|part| part.split_once('='))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn what_is_escaped_comes_back(text in "([\\\\|=snrtpu{}_ ]|\\PC|[\u{0}-\u{20}\u{85}\u{2028}]){0,12}") {
            let mut out = String::new();
            escape(&text, &mut out);
            prop_assert!(!out.contains(breaks) && !out.contains(['|', '=']));
            prop_assert_eq!(unescape(&out), &*text);
            prop_assert_eq!(shown(&text).chars().count(), text.chars().count());
            let spaced = Spaced { token: &text, before: &text, after: &text, explicit: false };
            let mut misc = String::new();
            spaced.say(0, &mut misc);
            let said = Said::of(&misc);
            prop_assert_eq!(said.raw.as_deref().unwrap_or(&text), &*text);
            prop_assert_eq!(said.before.as_deref().unwrap_or(""), &*text);
            prop_assert_eq!(said.after.as_deref().unwrap_or(" "), &*text);
        }
    }

    #[test]
    fn what_is_no_escape_stays() {
        for text in [
            "\\",
            "\\x",
            "a\\u{}",
            "\\u{110000}",
            "\\u{61",
            "\\u{0000061}",
        ] {
            assert_eq!(unescape(text), text);
        }
        assert_eq!(unescape("\\u{61}\\s"), "a ");
    }
}
