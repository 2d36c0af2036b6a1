//! Commands that walk the spans and change the chosen one. Label keys are not here: which there
//! are is up to the label set (`keys::label_key`).

use eframe::egui::Key;

use super::shortcut::{ctrl, plain};
use crate::gui::icons::Icon;

commands! {
    /// Walking and changing spans.
    SpanCommand in Span {
        /// Chooses the next span.
        Next = "cmd-next-span", None, [plain(Key::Tab)], true;
        /// Chooses the span before.
        Previous = "cmd-previous-span", None, [plain(Key::Tab).shifted()], true;
        /// Goes to the chosen span's attributes and note.
        Edit = "cmd-edit-span", Some(Icon::Pencil), [plain(Key::Enter)], false;
        /// Removes the chosen span.
        Remove = "cmd-remove-span", Some(Icon::Trash), [plain(Key::Delete), plain(Key::Backspace)], false;
        /// Includes or drops a proclitic at the chosen span's start.
        Proclitic = "cmd-proclitic", None, [plain(Key::K)], false;
        /// Begins a comment on the chosen span.
        Comment = "cmd-comment-span", Some(Icon::Chat), [ctrl(Key::M)], false;
        /// Tags every same text of the article, after showing what would be tagged.
        LabelAll = "cmd-label-all", Some(Icon::Lightning), [], false;
    }
}
