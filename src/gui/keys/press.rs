//! One press of a key, and which letter, digit or named key it stands for.
//!
//! What egui-winit 0.37 sends, which all of this rests on:
//! - `physical_key` is the key's place, named as on a US keyboard; `key` is what the layout makes
//!   of it, where egui has a name for that, and else the same as `physical_key`. So with an Arabic
//!   layout `key` is the place's Latin letter (ش comes as A). It is not so for the signs that
//!   egui has names for: Arabic Shift+D makes `]` and comes as `CloseBracket` at the place D, and
//!   US Shift+1 comes as `Exclamationmark` at the place of 1.
//! - AZERTY's digits need Shift; without it most have no name and fall back to their place, but `-`
//!   comes as `Minus` at the place of 6.
//! - With Num Lock off, the number pad's 1 comes as `End` at the place of 1.
//! - Ctrl+C, Ctrl+X and Ctrl+V come as `Event::Copy`, `Cut` and `Paste`, and not as keys.
//! - `AltGr` sets no modifier on X11 and Wayland, and winit takes Ctrl and Alt away on Windows, so a
//!   letter typed with it looks like the bare letter. But `AltGr` itself comes as a key at the place
//!   `AltRight`, and without the Alt modifier that the right Alt of a US layout has.
//! - What an input method takes never comes as a key; what it composes comes as `Event::Ime`.

use eframe::egui::{Event, Key, Modifiers};

use crate::gui::commands::Shortcut;

/// One press of a key.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Press {
    /// What the layout makes of it.
    pub key: Key,
    /// Where it is, as a US keyboard has it; unknown where the press was not made by a keyboard.
    pub physical: Option<Key>,
    /// What is held with it.
    pub modifiers: Modifiers,
    /// Whether it is held down and comes again.
    pub repeat: bool,
}

impl Press {
    /// `None` for releases and everything that is no key. Ctrl+C comes as an event of its own.
    pub fn from_event(event: &Event) -> Option<Self> {
        match event {
            Event::Key {
                key,
                physical_key,
                pressed: true,
                repeat,
                modifiers,
            } => Some(Self {
                key: *key,
                physical: *physical_key,
                modifiers: *modifiers,
                repeat: *repeat,
            }),
            Event::Copy => Some(Self {
                key: Key::C,
                physical: Some(Key::C),
                modifiers: Modifiers::COMMAND,
                repeat: false,
            }),
            _ => None,
        }
    }

    /// Ctrl, or Cmd on a Mac.
    pub(super) fn command(self) -> bool {
        self.modifiers.command || self.modifiers.ctrl
    }

    /// Whether the layout turned this press into a character, or into a key egui has no name for,
    /// rather than into a key such as Enter.
    pub(super) fn is_character(self) -> bool {
        self.letter_or_digit().is_some() || is_sign(self.key)
    }

    /// The Latin letter (upper case) or digit of this press: a letter by the layout if it has one
    /// there, else by its place; a digit by its place first, since layouts put it behind Shift.
    pub(super) fn letter_or_digit(self) -> Option<char> {
        if let Some(letter) = letter(self.key) {
            return Some(letter);
        }
        if digit(self.key).is_none() && !is_sign(self.key) {
            return None;
        }
        let place = self
            .physical
            .and_then(|place| digit(place).or_else(|| letter(place)));
        place
            .or_else(|| digit(self.key))
            .or_else(|| shifted_digit(self.key))
    }

    /// Whether this is the shortcut's key with exactly the shortcut's modifiers.
    pub fn is(self, shortcut: Shortcut) -> bool {
        let held = (self.command(), self.modifiers.shift, self.modifiers.alt);
        held == (shortcut.command, shortcut.shift, shortcut.alt) && self.is_key(shortcut.key)
    }

    fn is_key(self, key: Key) -> bool {
        // A layout that has a Latin letter or a named key there knows better than the place.
        let place_counts = is_sign(self.key) || digit(self.key).is_some();
        self.key == key || (place_counts && self.physical == Some(key))
    }
}

/// The Latin letter of a key, in upper case.
fn letter(key: Key) -> Option<char> {
    single(key).filter(char::is_ascii_uppercase)
}

/// The digit of a key.
fn digit(key: Key) -> Option<char> {
    single(key).filter(char::is_ascii_digit)
}

/// egui names letters and digits by themselves.
fn single(key: Key) -> Option<char> {
    let mut chars = key.name().chars();
    chars.next().filter(|_| chars.next().is_none())
}

/// Signs of the digit row that egui has names for, as a US keyboard has them. The others carry no
/// name and come with their place.
fn shifted_digit(key: Key) -> Option<char> {
    (key == Key::Exclamationmark).then_some('1')
}

/// Punctuation: keys that layouts put anywhere, also onto the places of letters and digits.
fn is_sign(key: Key) -> bool {
    matches!(
        key,
        Key::Colon
            | Key::Comma
            | Key::Backslash
            | Key::Slash
            | Key::Pipe
            | Key::Questionmark
            | Key::Exclamationmark
            | Key::OpenBracket
            | Key::CloseBracket
            | Key::OpenCurlyBracket
            | Key::CloseCurlyBracket
            | Key::Backtick
            | Key::Minus
            | Key::Period
            | Key::Plus
            | Key::Equals
            | Key::Semicolon
            | Key::Quote
    )
}
