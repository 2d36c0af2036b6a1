//! Text as it must stand in a file of XML to come back exactly: a reader makes one line feed of a
//! carriage return and a line feed, and spaces of white space in attributes, unless they are
//! character references.

use std::borrow::Cow;

use crate::interchange::Characters;

/// A text as the content of an element.
pub(in crate::interchange) fn content(text: &str) -> Cow<'_, str> {
    escaped(text, |ch| match ch {
        '&' => Some("&amp;"),
        '<' => Some("&lt;"),
        '>' => Some("&gt;"),
        '\r' => Some("&#13;"),
        _ => None,
    })
}

/// A text as the value of an attribute between `"`.
pub(in crate::interchange) fn attribute(text: &str) -> Cow<'_, str> {
    escaped(text, |ch| match ch {
        '&' => Some("&amp;"),
        '<' => Some("&lt;"),
        '>' => Some("&gt;"),
        '"' => Some("&quot;"),
        '\t' => Some("&#9;"),
        '\n' => Some("&#10;"),
        '\r' => Some("&#13;"),
        _ => None,
    })
}

fn escaped(text: &str, escape: impl Fn(char) -> Option<&'static str>) -> Cow<'_, str> {
    let stays = |ch: char| escape(ch).is_none() && Characters::Xml.carried(ch) == ch;
    if text.chars().all(stays) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + text.len() / 8 + 16);
    for ch in text.chars() {
        match escape(ch) {
            Some(escaped) => out.push_str(escaped),
            // Names are not held against what a format carries: what XML forbids must not go out.
            None => out.push(Characters::Xml.carried(ch)),
        }
    }
    Cow::Owned(out)
}
