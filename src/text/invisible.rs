//! Characters that cannot be seen but count: they are shown on request, and bidi controls are warned about,
//! because they can make a text read differently from what it says.

/// Whether `ch` is a bidi mark (LRM, RLM, ALM) or a bidi control.
pub const fn is_bidi_format(ch: char) -> bool {
    is_bidi_mark(ch) || is_bidi_control(ch)
}

/// Whether `ch` is LRM, RLM or ALM: a letter's direction without a letter.
pub const fn is_bidi_mark(ch: char) -> bool {
    matches!(ch, '\u{200E}' | '\u{200F}' | '\u{61C}')
}

/// Whether `ch` is an embedding, an override, an isolate or what ends one: U+202A–202E, U+2066–2069.
pub const fn is_bidi_control(ch: char) -> bool {
    matches!(ch, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}
