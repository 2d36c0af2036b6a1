//! Commands for undo, the clipboard, selecting and finding.

use eframe::egui::Key;

use super::shortcut::{ctrl, plain};
use crate::gui::icons::Icon;

commands! {
    /// Undo, the clipboard, find.
    EditCommand in Edit {
        /// Takes back the last change.
        Undo = "cmd-undo", Some(Icon::Undo), [ctrl(Key::Z)], true;
        /// Does again what was taken back.
        Redo = "cmd-redo", Some(Icon::Redo), [ctrl(Key::Z).shifted(), ctrl(Key::Y)], true;
        /// Copies the selection or the chosen span.
        Copy = "cmd-copy", Some(Icon::Copy), [ctrl(Key::C)], false;
        /// Copies it with its article and code-point range.
        CopyWithReference = "cmd-copy-with-reference", Some(Icon::Quotes), [ctrl(Key::C).shifted()], false;
        /// Selects the word at the caret.
        SelectWord = "cmd-select-word", Some(Icon::CursorText), [], false;
        /// Selects the sentence at the caret.
        SelectSentence = "cmd-select-sentence", Some(Icon::Paragraph), [], false;
        /// Selects the whole article.
        SelectAll = "cmd-select-all", Some(Icon::SelectAll), [ctrl(Key::A)], false;
        /// Opens the find bar.
        Find = "cmd-find", Some(Icon::Search), [ctrl(Key::F)], false;
        /// Goes to the next place found.
        FindNext = "cmd-find-next", Some(Icon::CaretDown), [plain(Key::F3)], true;
        /// Goes to the place found before.
        FindPrevious = "cmd-find-previous", Some(Icon::CaretUp), [plain(Key::F3).shifted()], true;
    }
}
