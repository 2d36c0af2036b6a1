//! Characters that cannot be seen, or not told apart, but count: they are shown on request, and bidi controls
//! are warned about, because they can make a text read differently from what it says.

use InvisibleKind as Kind;
use std::ops::Range;

/// One such character of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Invisible {
    /// Where it starts, in bytes.
    pub at: usize,
    /// The character.
    pub ch: char,
    /// What sort it is.
    pub kind: InvisibleKind,
}

impl Invisible {
    /// Its name for people, such as `right-to-left mark`.
    pub fn name(&self) -> &'static str {
        name(self.ch)
    }

    /// Its code, such as `U+200F`.
    pub fn code(&self) -> String {
        code(self.ch)
    }

    /// The bytes it takes.
    pub fn range(&self) -> Range<usize> {
        self.at..self.at + self.ch.len_utf8()
    }
}

/// The sorts of invisible characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum InvisibleKind {
    /// LRM, RLM, ALM: a direction without a letter.
    BidiMark,
    /// Embeddings, overrides, isolates and what ends them: U+202A–202E, U+2066–2069.
    BidiControl,
    /// ZWNJ and ZWJ, which part or join letters.
    Joiner,
    /// White space that is neither a space nor a line's end: a tab, a no-break space, a thin space.
    Space,
    /// The tatweel, which only stretches a word.
    Tatweel,
    /// An Arabic letter or ligature coded by its shape: it looks like another text than it is.
    PresentationForm,
    /// A byte order mark inside the text.
    Bom,
    /// A control character that is not a line's end or a tab.
    Control,
    /// Other characters without width: zero width space, word joiner, soft hyphen, variation selectors.
    ZeroWidth,
}

impl InvisibleKind {
    /// Whether it paints nothing at all: a tatweel and a presentation form do.
    pub const fn is_unseen(self) -> bool {
        !matches!(self, Self::Tatweel | Self::PresentationForm)
    }
}

/// What is invisible, by ranges of characters. The first row that holds a character counts. The ornate brackets
/// U+FD3E and U+FD3F lie between two rows: they are what they look like.
#[rustfmt::skip] // A row a line.
const TABLE: &[(char, char, Kind, &str)] = &[
    ('\t', '\t', Kind::Space, "tab"),
    ('\0', '\u{8}', Kind::Control, "control character"),
    ('\u{B}', '\u{C}', Kind::Control, "vertical tab or form feed"),
    ('\u{E}', '\u{1F}', Kind::Control, "control character"),
    ('\u{85}', '\u{85}', Kind::Control, "next line"),
    ('\u{7F}', '\u{9F}', Kind::Control, "control character"),
    ('\u{A0}', '\u{A0}', Kind::Space, "no-break space"),
    ('\u{AD}', '\u{AD}', Kind::ZeroWidth, "soft hyphen"),
    ('\u{34F}', '\u{34F}', Kind::ZeroWidth, "combining grapheme joiner"),
    ('\u{61C}', '\u{61C}', Kind::BidiMark, "Arabic letter mark"),
    ('\u{640}', '\u{640}', Kind::Tatweel, "tatweel"),
    ('\u{1680}', '\u{1680}', Kind::Space, "ogham space mark"),
    ('\u{180E}', '\u{180E}', Kind::ZeroWidth, "Mongolian vowel separator"),
    ('\u{2000}', '\u{200A}', Kind::Space, "space of another width"),
    ('\u{200B}', '\u{200B}', Kind::ZeroWidth, "zero width space"),
    ('\u{200C}', '\u{200C}', Kind::Joiner, "zero width non-joiner"),
    ('\u{200D}', '\u{200D}', Kind::Joiner, "zero width joiner"),
    ('\u{200E}', '\u{200E}', Kind::BidiMark, "left-to-right mark"),
    ('\u{200F}', '\u{200F}', Kind::BidiMark, "right-to-left mark"),
    ('\u{2028}', '\u{2028}', Kind::Space, "line separator"),
    ('\u{202A}', '\u{202A}', Kind::BidiControl, "left-to-right embedding"),
    ('\u{202B}', '\u{202B}', Kind::BidiControl, "right-to-left embedding"),
    ('\u{202C}', '\u{202C}', Kind::BidiControl, "pop directional formatting"),
    ('\u{202D}', '\u{202D}', Kind::BidiControl, "left-to-right override"),
    ('\u{202E}', '\u{202E}', Kind::BidiControl, "right-to-left override"),
    ('\u{202F}', '\u{202F}', Kind::Space, "narrow no-break space"),
    ('\u{205F}', '\u{205F}', Kind::Space, "medium mathematical space"),
    ('\u{2060}', '\u{2060}', Kind::ZeroWidth, "word joiner"),
    ('\u{2061}', '\u{2064}', Kind::ZeroWidth, "invisible operator"),
    ('\u{2066}', '\u{2066}', Kind::BidiControl, "left-to-right isolate"),
    ('\u{2067}', '\u{2067}', Kind::BidiControl, "right-to-left isolate"),
    ('\u{2068}', '\u{2068}', Kind::BidiControl, "first strong isolate"),
    ('\u{2069}', '\u{2069}', Kind::BidiControl, "pop directional isolate"),
    ('\u{206A}', '\u{206F}', Kind::ZeroWidth, "deprecated format character"),
    ('\u{3000}', '\u{3000}', Kind::Space, "ideographic space"),
    ('\u{3164}', '\u{3164}', Kind::ZeroWidth, "Hangul filler"),
    ('\u{FB50}', '\u{FD3D}', Kind::PresentationForm, "Arabic presentation form"),
    ('\u{FD50}', '\u{FDFF}', Kind::PresentationForm, "Arabic presentation form"),
    ('\u{FE00}', '\u{FE0F}', Kind::ZeroWidth, "variation selector"),
    ('\u{FE70}', '\u{FEFC}', Kind::PresentationForm, "Arabic presentation form"),
    ('\u{FEFF}', '\u{FEFF}', Kind::Bom, "byte order mark"),
    ('\u{FFF9}', '\u{FFFB}', Kind::ZeroWidth, "interlinear annotation character"),
    ('\u{E0000}', '\u{E007F}', Kind::ZeroWidth, "tag character"),
    ('\u{E0100}', '\u{E01EF}', Kind::ZeroWidth, "variation selector"),
];

/// The invisible characters of `text` in order. Plain spaces and line ends are none; a lone `\r` is one.
pub fn scan(text: &str) -> impl Iterator<Item = Invisible> + '_ {
    text.char_indices().filter_map(move |(at, ch)| {
        if ch == '\r' && text.as_bytes().get(at + 1) != Some(&b'\n') {
            return Some(Invisible {
                at,
                ch,
                kind: InvisibleKind::Control,
            });
        }
        kind_of(ch).map(|kind| Invisible { at, ch, kind })
    })
}

/// What sort of invisible character `ch` is, if it is one.
pub fn kind_of(ch: char) -> Option<InvisibleKind> {
    // Most characters: printable ASCII and the letters of the Arabic block.
    if matches!(ch, ' '..='~' | '\n' | '\u{641}'..='\u{6FF}' | '\u{61D}'..='\u{63F}') {
        return None;
    }
    row(ch).map(|(_, _, kind, _)| *kind)
}

/// The name of `ch` for people.
pub fn name(ch: char) -> &'static str {
    match ch {
        '\r' => "carriage return",
        _ => row(ch).map_or("character", |(_, _, _, name)| name),
    }
}

/// The code of `ch`, such as `U+200F`.
pub fn code(ch: char) -> String {
    format!("U+{:04X}", u32::from(ch))
}

/// Whether `ch` is a bidi mark (LRM, RLM, ALM) or a bidi control.
pub const fn is_bidi_format(ch: char) -> bool {
    is_bidi_mark(ch) || is_bidi_control(ch)
}

/// Whether `ch` is LRM, RLM or ALM: a direction without a letter.
pub const fn is_bidi_mark(ch: char) -> bool {
    matches!(ch, '\u{200E}' | '\u{200F}' | '\u{61C}')
}

/// Whether `ch` is an embedding, an override, an isolate or what ends one: U+202A–202E, U+2066–2069.
pub const fn is_bidi_control(ch: char) -> bool {
    matches!(ch, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// Whether there is any bidi control in `text`. Quicker than to look at each character.
pub fn has_bidi_control(text: &str) -> bool {
    let bytes = text.as_bytes();
    // All of them begin with this byte.
    memchr::memchr_iter(0xE2, bytes).any(|at| {
        matches!(
            bytes.get(at + 1..at + 3),
            Some([0x80, 0xAA..=0xAE] | [0x81, 0xA6..=0xA9])
        )
    })
}

/// The bidi controls of `text` that have no partner in their paragraph: openers that nothing closes, closers
/// that close nothing. They can reorder more than they seem to.
pub fn unbalanced(text: &str) -> Vec<Invisible> {
    let mut lone = Vec::new();
    for paragraph in super::paragraphs(text) {
        let inside = super::range::between(text, paragraph.text.start, paragraph.text.end);
        unbalanced_in(inside, paragraph.text.start, &mut lone);
    }
    lone
}

/// [`unbalanced`] for one paragraph that starts at byte `offset`.
fn unbalanced_in(paragraph: &str, offset: usize, lone: &mut Vec<Invisible>) {
    let mut open: Vec<Invisible> = Vec::new();
    let first = lone.len();
    for (at, ch) in paragraph
        .char_indices()
        .filter(|(_, ch)| is_bidi_control(*ch))
    {
        let control = Invisible {
            at: offset + at,
            ch,
            kind: InvisibleKind::BidiControl,
        };
        match ch {
            // An isolate's end closes the embeddings that were left open inside it.
            '\u{2069}' => match open.iter().rposition(|opener| is_isolate(opener.ch)) {
                Some(partner) => lone.extend(open.drain(partner..).skip(1)),
                None => lone.push(control),
            },
            '\u{202C}' if open.last().is_some_and(|opener| !is_isolate(opener.ch)) => {
                open.pop();
            }
            '\u{202C}' => lone.push(control),
            _ => open.push(control),
        }
    }
    lone.append(&mut open);
    if let Some(found) = lone.get_mut(first..) {
        found.sort_by_key(|control| control.at);
    }
}

/// Whether `ch` opens an isolate.
const fn is_isolate(ch: char) -> bool {
    matches!(ch, '\u{2066}'..='\u{2068}')
}

fn row(ch: char) -> Option<&'static (char, char, Kind, &'static str)> {
    TABLE
        .iter()
        .find(|(first, last, ..)| (*first..=*last).contains(&ch))
}

#[cfg(test)]
mod tests {
    #![allow(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::panic,
        clippy::string_slice,
        reason = "tests"
    )]

    use super::*;

    #[test]
    fn finds_and_names_them() {
        let text =
            "قـال\u{200F}\u{A0}می\u{200C}روم ﻻ\u{202E}abc\u{202C}\r\n\u{FEFF}\u{AD}\r\u{7}\t";
        let found: Vec<(String, InvisibleKind)> = scan(text).map(|i| (i.code(), i.kind)).collect();
        let expected = [
            ("U+0640", InvisibleKind::Tatweel),
            ("U+200F", InvisibleKind::BidiMark),
            ("U+00A0", InvisibleKind::Space),
            ("U+200C", InvisibleKind::Joiner),
            ("U+FEFB", InvisibleKind::PresentationForm),
            ("U+202E", InvisibleKind::BidiControl),
            ("U+202C", InvisibleKind::BidiControl),
            ("U+FEFF", InvisibleKind::Bom),
            ("U+00AD", InvisibleKind::ZeroWidth),
            ("U+000D", InvisibleKind::Control),
            ("U+0007", InvisibleKind::Control),
            ("U+0009", InvisibleKind::Space),
        ];
        let expected: Vec<_> = expected.map(|(code, kind)| (code.to_owned(), kind)).into();
        assert_eq!(found, expected);
        assert_eq!(name('\u{202E}'), "right-to-left override");
        assert_eq!(scan(text).next().unwrap().range(), 2..4);
    }

    #[test]
    fn plain_text_has_none() {
        assert_eq!(scan("قال مُحَمَّدٌ: «نعم»؛ 12%\r\n(A) ﴿آية﴾ 😀").count(), 0);
    }

    #[test]
    fn the_quick_answer_agrees_with_the_table() {
        for ch in ('\0'..='\u{FFFF}').filter(|&ch| ch != '\n' && ch != ' ') {
            assert_eq!(kind_of(ch), row(ch).map(|row| row.2), "{}", code(ch));
        }
        assert_eq!(kind_of(' '), None);
        assert_eq!(kind_of('\n'), None);
    }

    #[test]
    fn finds_controls_without_a_partner() {
        let lone = |text: &str| {
            unbalanced(text)
                .iter()
                .map(Invisible::code)
                .collect::<Vec<_>>()
        };
        assert_eq!(
            lone("\u{2067}a\u{2069} \u{202E}b\u{202C}"),
            Vec::<String>::new()
        );
        assert_eq!(
            lone("\u{202E}b\nc\u{202C}"),
            ["U+202E", "U+202C"],
            "a paragraph ends them"
        );
        assert_eq!(lone("\u{2067}\u{202B}x\u{2069}"), ["U+202B"]);
        assert_eq!(lone("\u{2069}\u{2066}"), ["U+2069", "U+2066"]);
        assert_eq!(lone("\u{202A}\u{2066}\u{202C}\u{2069}\u{202C}"), ["U+202C"]);
    }
}
