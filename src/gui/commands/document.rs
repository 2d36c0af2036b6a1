//! Commands for the list of articles and the state of the one shown.

use eframe::egui::Key;

use super::shortcut::ctrl;
use crate::gui::icons::Icon;

commands! {
    /// The list of articles and the state of the one shown.
    DocumentCommand in Document {
        /// Shows the next article of the list.
        Next = "cmd-next-document", Some(Icon::CaretRight), [ctrl(Key::PageDown)], true;
        /// Shows the article before.
        Previous = "cmd-previous-document", Some(Icon::CaretLeft), [ctrl(Key::PageUp)], true;
        /// Marks the article done and shows the next one that is not.
        DoneAndNext = "cmd-done-and-next", Some(Icon::Check), [ctrl(Key::Enter)], false;
        /// Marks the article done and stays at it.
        MarkDone = "cmd-mark-done", Some(Icon::CheckCircle), [], false;
        /// Marks the article as not begun.
        MarkNew = "cmd-mark-new", Some(Icon::Circle), [], false;
        /// Marks the article as begun.
        MarkInProgress = "cmd-mark-in-progress", Some(Icon::CircleHalf), [], false;
        /// Goes to the next decision about the annotator's own spans.
        NextDecision = "cmd-next-decision", Some(Icon::CaretDown), [ctrl(Key::J)], true;
        /// Goes to the decision before.
        PreviousDecision = "cmd-previous-decision", Some(Icon::CaretUp), [ctrl(Key::J).shifted()], true;
        /// Shows or hides the comments on the article.
        Comments = "cmd-comments", Some(Icon::Chat), [ctrl(Key::M).shifted()], false;
        /// Lists all comments of the project.
        AllComments = "cmd-all-comments", Some(Icon::Files), [], false;
        /// Puts the keyboard into the filter of the list.
        Filter = "cmd-filter-articles", Some(Icon::Funnel), [ctrl(Key::F).shifted()], false;
    }
}
