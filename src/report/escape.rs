//! Text in XML and HTML.

use std::fmt::Write as _;

/// `text` as content or as an attribute's value of XML and HTML; characters that XML cannot hold are left out.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\t' | '\n' => out.push(letter),
            '\u{0}'..='\u{1F}' | '\u{7F}'..='\u{9F}' | '\u{FFFE}' | '\u{FFFF}' => {}
            _ => out.push(letter),
        }
    }
    out
}

/// A length with at most two digits behind the point.
pub(super) fn length(value: f32) -> String {
    let mut out = String::new();
    let value = if value.is_finite() { value } else { 0.0 };
    let _ = write!(out, "{value:.2}");
    if out.contains('.') {
        out.truncate(out.trim_end_matches('0').trim_end_matches('.').len());
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_leaves_its_place() {
        assert_eq!(
            escaped("<b title=\"x\">&'\u{1}"),
            "&lt;b title=&quot;x&quot;&gt;&amp;&#39;"
        );
        assert_eq!((length(1.5), length(2.0)), ("1.5".into(), "2".into()));
        assert_eq!(
            (length(100.0), length(f32::NAN)),
            ("100".into(), "0".into())
        );
    }
}
