//! Label keys: the digits 1 to 9 by a label's place in the list, and each label's own letter. Shift
//! adds a fragment instead.

use super::press::Press;
use crate::gui::commands::{self, Needs};

/// What a label key asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LabelKey {
    /// The label's index in the list, from 0.
    pub label: usize,
    /// Whether Shift was held: the selection becomes a further fragment of the chosen span.
    pub add_fragment: bool,
}

/// The label that a press stands for. `hotkeys` are the labels' own keys in the order of the list;
/// a key that a label has for itself goes before a digit's place in the list.
pub fn label_key(press: Press, hotkeys: &[Option<char>]) -> Option<LabelKey> {
    if press.repeat || press.command() || press.modifiers.alt {
        return None;
    }
    let sign = press.letter_or_digit()?;
    let own = |key: &Option<char>| key.is_some_and(|key| key.eq_ignore_ascii_case(&sign));
    let place = || {
        sign.to_digit(10)
            .and_then(|digit| (digit as usize).checked_sub(1))
    };
    let label = hotkeys.iter().position(own).or_else(place)?;
    (label < hotkeys.len()).then_some(LabelKey {
        label,
        add_fragment: press.modifiers.shift,
    })
}

/// Whether a command has this letter, so that no label can. The keys of a case that is being decided act only
/// while it waits: they take none.
pub fn is_reserved(letter: char) -> bool {
    let bare = |shortcut: &commands::Shortcut| {
        let held = shortcut.command || shortcut.alt;
        !held
            && shortcut
                .key
                .name()
                .eq_ignore_ascii_case(letter.encode_utf8(&mut [0; 4]))
    };
    let mut rows = commands::all().filter(|row| row.id.needs() == Needs::Nothing);
    rows.any(|row| row.shortcuts().any(|shortcut| bare(&shortcut)))
}
