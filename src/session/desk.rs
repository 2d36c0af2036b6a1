//! Where the annotator is in the article: the caret, the selection, the chosen span. All positions
//! are bytes of the text and lie on characters.

use crate::{
    annotation::SpanId,
    text::{ByteRange, trim},
};

/// Caret, selection and chosen span.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Desk {
    caret: usize,
    anchor: Option<usize>,
    chosen: Option<SpanId>,
}

impl Desk {
    /// Where the caret is.
    pub fn caret(&self) -> usize {
        self.caret
    }

    /// Where the selection began, if there is one.
    pub fn anchor(&self) -> Option<usize> {
        self.anchor
    }

    /// The chosen span.
    pub fn chosen(&self) -> Option<SpanId> {
        self.chosen
    }

    /// The selection, unless it is empty.
    pub fn selection(&self) -> Option<ByteRange> {
        let anchor = self.anchor?;
        ByteRange::unchecked_order(anchor.min(self.caret), anchor.max(self.caret))
            .filter(|range| !range.is_empty())
    }

    /// Puts the caret at `at`. `extend` keeps the other end of the selection, or begins one where
    /// the caret was.
    pub fn move_caret(&mut self, at: usize, extend: bool) {
        if extend {
            self.anchor.get_or_insert(self.caret);
        } else {
            self.anchor = None;
        }
        self.caret = at;
    }

    /// Selects `range`, the caret at its end.
    pub fn select(&mut self, range: ByteRange) {
        self.anchor = Some(range.start());
        self.caret = range.end();
    }

    /// Selects from `anchor` to `caret`.
    pub fn select_from(&mut self, anchor: usize, caret: usize) {
        self.anchor = Some(anchor);
        self.caret = caret;
    }

    /// Drops the selection; the caret stays.
    pub fn clear_selection(&mut self) {
        self.anchor = None;
    }

    /// Shrinks a selection that was made by mouse off white space and punctuation at its edges.
    pub fn shrink(&mut self, text: &str) {
        let Some(selection) = self.selection() else {
            return;
        };
        let trimmed = trim::trim_selection(text, selection);
        if self.anchor > Some(self.caret) {
            self.select_from(trimmed.end(), trimmed.start());
        } else {
            self.select_from(trimmed.start(), trimmed.end());
        }
    }

    /// Chooses a span, or none.
    pub fn choose(&mut self, span: Option<SpanId>) {
        self.chosen = span;
    }

    /// Goes one step back: drops the selection, else the chosen span. Whether there was one.
    pub fn back(&mut self) -> bool {
        if self.selection().is_some() {
            self.anchor = None;
            return true;
        }
        self.anchor = None;
        self.chosen.take().is_some()
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;

    #[test]
    fn a_selection_grows_from_where_the_caret_was() {
        let mut desk = Desk::default();
        desk.move_caret(4, false);
        assert_eq!(desk.selection(), None);
        desk.move_caret(8, true);
        desk.move_caret(2, true);
        assert_eq!(desk.selection(), ByteRange::unchecked_order(2, 4));
        desk.move_caret(3, false);
        assert_eq!(desk.selection(), None);
    }

    #[test]
    fn a_mouse_selection_shrinks_and_keeps_its_direction() {
        let mut desk = Desk::default();
        desk.select_from(7, 0);
        desk.shrink("«abc», x");
        assert_eq!((desk.anchor(), desk.caret()), (Some(5), 2));
    }

    #[test]
    fn escape_drops_the_selection_before_the_chosen_span() {
        let mut desk = Desk::default();
        desk.choose(Some(SpanId {
            edit: crate::annotation::EditId::random(),
            place: 0,
        }));
        desk.select_from(0, 3);
        assert!(desk.back() && desk.chosen().is_some());
        assert!(desk.back() && desk.chosen().is_none());
        assert!(!desk.back());
    }
}
