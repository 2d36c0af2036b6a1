//! Commands that move the caret, and with Shift extend the selection.

use eframe::egui::Key;

use super::shortcut::{self, Shortcut, ctrl, plain};
use super::{CommandId, Group, Row};

/// How far the caret goes, and where on the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CaretStep {
    /// A grapheme to the left.
    Left,
    /// A grapheme to the right.
    Right,
    /// A word to the left.
    WordLeft,
    /// A word to the right.
    WordRight,
    /// Where the line begins.
    LineStart,
    /// Where the line ends.
    LineEnd,
    /// A line up.
    LineUp,
    /// A line down.
    LineDown,
    /// A screen up.
    PageUp,
    /// A screen down.
    PageDown,
    /// Where the article begins.
    DocumentStart,
    /// Where the article ends.
    DocumentEnd,
}

/// Moving the caret and extending the selection.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct CaretCommand {
    /// Where to.
    pub step: CaretStep,
    /// Whether the selection's other end stays.
    pub extend: bool,
}

/// Each step with its name, its name when it extends, and its key; Shift extends.
const STEPS: [(CaretStep, &str, &str, Shortcut); 12] = [
    (
        CaretStep::Left,
        "cmd-caret-left",
        "cmd-select-left",
        plain(Key::ArrowLeft),
    ),
    (
        CaretStep::Right,
        "cmd-caret-right",
        "cmd-select-right",
        plain(Key::ArrowRight),
    ),
    (
        CaretStep::WordLeft,
        "cmd-caret-word-left",
        "cmd-select-word-left",
        ctrl(Key::ArrowLeft),
    ),
    (
        CaretStep::WordRight,
        "cmd-caret-word-right",
        "cmd-select-word-right",
        ctrl(Key::ArrowRight),
    ),
    (
        CaretStep::LineStart,
        "cmd-caret-line-start",
        "cmd-select-line-start",
        plain(Key::Home),
    ),
    (
        CaretStep::LineEnd,
        "cmd-caret-line-end",
        "cmd-select-line-end",
        plain(Key::End),
    ),
    (
        CaretStep::LineUp,
        "cmd-caret-line-up",
        "cmd-select-line-up",
        plain(Key::ArrowUp),
    ),
    (
        CaretStep::LineDown,
        "cmd-caret-line-down",
        "cmd-select-line-down",
        plain(Key::ArrowDown),
    ),
    (
        CaretStep::PageUp,
        "cmd-caret-page-up",
        "cmd-select-page-up",
        plain(Key::PageUp),
    ),
    (
        CaretStep::PageDown,
        "cmd-caret-page-down",
        "cmd-select-page-down",
        plain(Key::PageDown),
    ),
    (
        CaretStep::DocumentStart,
        "cmd-caret-document-start",
        "cmd-select-document-start",
        ctrl(Key::Home),
    ),
    (
        CaretStep::DocumentEnd,
        "cmd-caret-document-end",
        "cmd-select-document-end",
        ctrl(Key::End),
    ),
];

impl CaretCommand {
    /// Every command of this subject.
    pub fn all() -> impl Iterator<Item = Self> {
        [false, true].into_iter().flat_map(|extend| {
            STEPS
                .into_iter()
                .map(move |(step, ..)| Self { step, extend })
        })
    }

    /// What the table says of this command.
    pub fn row(self) -> Row {
        let found = STEPS.into_iter().find(|(step, ..)| *step == self.step);
        let (text, keys) = match found {
            Some((_, _, extending, keys)) if self.extend => (extending, Some(keys.shifted())),
            Some((_, moving, _, keys)) => (moving, Some(keys)),
            None => ("", None),
        };
        Row {
            id: CommandId::Caret(self),
            group: Group::Caret,
            text,
            icon: None,
            repeats: true,
            shortcuts: shortcut::array(keys.as_slice()),
        }
    }
}
