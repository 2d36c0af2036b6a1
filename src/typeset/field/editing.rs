//! What can be done in a field: typing, deleting, moving, pressing and dragging, composing, undo.

use std::ops::Range;

use unicode_segmentation::{GraphemeCursor, UnicodeSegmentation};

use super::super::caret::Position;
use super::super::movement::{self, Movement};
use super::super::typesetter::Typesetter;
use super::history::{Change, State};
use super::{FieldEditor, Preedit};

impl FieldEditor {
    /// Inserts text in place of the selection. A field of one line takes line breaks as spaces.
    pub fn insert(&mut self, text: &str) {
        let text = self.accepted(text).into_owned();
        let single = text.graphemes(true).count() == 1 && self.selection().is_empty();
        let change = if single { Change::Type } else { Change::Other };
        let range = self.selection();
        self.replace(range, &text, change);
    }

    /// Deletes the selection, else one character backwards, or to the word's start.
    pub fn backspace(&mut self, word: bool) {
        if self.delete_selection() {
            return;
        }
        let caret = self.caret_byte();
        let before = self.text.get(..caret).unwrap_or_default();
        let start = if word {
            word_start(before)
        } else {
            character_start(before)
        };
        self.replace(
            start..caret,
            "",
            if word { Change::Other } else { Change::Erase },
        );
    }

    /// Deletes the selection, else one grapheme forwards, or to the word's end.
    pub fn delete(&mut self, word: bool) {
        if self.delete_selection() {
            return;
        }
        let caret = self.caret_byte();
        let after = self.text.get(caret..).unwrap_or_default();
        let length = if word {
            word_length(after)
        } else {
            after.graphemes(true).next().map_or(0, str::len)
        };
        self.replace(
            caret..caret + length,
            "",
            if word { Change::Other } else { Change::Erase },
        );
    }

    /// Moves the caret, extending the selection if `select`. Without `select`, left and right take a
    /// selection to its end on that side.
    pub fn go(&mut self, typesetter: &mut Typesetter, movement: Movement, select: bool) {
        self.end_compose();
        self.refresh(typesetter);
        if !select && let Some(edge) = self.collapse_target(movement) {
            self.place(edge);
            return;
        }
        let focus = movement::moved(self, self.selection.focus, movement);
        self.set_focus(focus, select);
    }

    /// Up or down by a line, keeping to the x where the vertical movement began.
    pub fn go_line(&mut self, typesetter: &mut Typesetter, down: bool, select: bool) {
        self.end_compose();
        let x = self
            .selection
            .goal_x
            .or_else(|| self.caret(typesetter).map(|caret| caret.x))
            .unwrap_or(0.0);
        self.refresh(typesetter);
        let movement = if down {
            Movement::Down(x)
        } else {
            Movement::Up(x)
        };
        let focus = movement::moved(self, self.selection.focus, movement);
        self.set_focus(focus, select);
        self.selection.goal_x = Some(x);
    }

    /// A press at a point in physical pixels from the field's text origin; `extend` keeps the anchor.
    pub fn press(&mut self, typesetter: &mut Typesetter, x: f32, y: f32, extend: bool) {
        self.end_compose();
        let position = self.position_at(typesetter, x, y);
        self.set_focus(position, extend);
    }

    /// Extends the selection to a point, by words after a double press.
    pub fn drag(&mut self, typesetter: &mut Typesetter, x: f32, y: f32) {
        let Some(first) = self.selection.first_word.clone() else {
            let position = self.position_at(typesetter, x, y);
            self.set_focus(position, true);
            return;
        };
        let word = self.word_at(typesetter, x, y);
        let (anchor, focus) = if word.start < first.start {
            (first.end, word.start)
        } else {
            (first.start, word.end.max(first.end))
        };
        self.select(anchor..focus);
        self.selection.first_word = Some(first);
    }

    /// Selects the word at a point; a following drag goes by words.
    pub fn double_press(&mut self, typesetter: &mut Typesetter, x: f32, y: f32) {
        self.end_compose();
        let word = self.word_at(typesetter, x, y);
        self.select(word.clone());
        self.selection.first_word = Some(word);
    }

    /// Selects the paragraph at a point.
    pub fn triple_press(&mut self, typesetter: &mut Typesetter, x: f32, y: f32) {
        self.end_compose();
        let paragraph = self.paragraph_at(typesetter, x, y);
        self.select(paragraph);
    }

    /// Selects everything.
    pub fn select_all(&mut self) {
        self.end_compose();
        self.select(0..self.text.len());
    }

    /// Selects from `range.start` (the anchor) to `range.end` (the caret), in bytes, in either order.
    /// Bytes inside a character are taken to its start.
    pub fn select(&mut self, range: Range<usize>) {
        let snap = |byte: usize| self.text.floor_char_boundary(byte);
        let (anchor, focus) = (snap(range.start), snap(range.end));
        self.place(Position::upstream(focus));
        self.selection.anchor = Position::downstream(anchor);
    }

    /// Shows letters that an input method composes, in place of the selection. `marked` are bytes of
    /// `text`. An empty text ends the composition.
    pub fn set_compose(&mut self, text: &str, marked: Option<Range<usize>>) {
        if text.is_empty() {
            self.end_compose();
            return;
        }
        if self.preedit.is_none() {
            self.delete_selection();
        }
        let at = self.caret_byte();
        self.preedit = Some(Preedit {
            at,
            text: self.accepted(text).into_owned(),
            marked,
        });
        self.laid_with = None;
    }

    /// Ends the composition by inserting `text`.
    pub fn commit_compose(&mut self, text: &str) {
        self.end_compose();
        self.insert(text);
    }

    /// Ends the composition and drops its letters.
    pub fn end_compose(&mut self) {
        if self.preedit.take().is_some() {
            self.laid_with = None;
        }
    }

    /// Takes back the last step; `false` if there is none.
    pub fn undo(&mut self) -> bool {
        let now = self.state();
        let state = self.history.undo(now);
        self.restore(state)
    }

    /// Does again what was taken back; `false` if there is nothing.
    pub fn redo(&mut self) -> bool {
        let now = self.state();
        let state = self.history.redo(now);
        self.restore(state)
    }

    /// Whether there is a step to take back.
    pub fn can_undo(&self) -> bool {
        self.history.can_undo()
    }

    /// Whether there is a step to do again.
    pub fn can_redo(&self) -> bool {
        self.history.can_redo()
    }

    fn delete_selection(&mut self) -> bool {
        let range = self.selection();
        if range.is_empty() {
            return false;
        }
        self.replace(range, "", Change::Other);
        true
    }

    fn replace(&mut self, range: Range<usize>, with: &str, change: Change) {
        if self.text.get(range.clone()).is_none() || (range.is_empty() && with.is_empty()) {
            return;
        }
        self.end_compose();
        self.history.record(self.state(), change);
        self.text.replace_range(range.clone(), with);
        let caret = range.start + with.len();
        self.place(if with.is_empty() {
            Position::downstream(caret)
        } else {
            Position::upstream(caret)
        });
        self.history
            .settle(change, caret, with.ends_with(char::is_whitespace));
        self.laid_with = None;
    }

    fn set_focus(&mut self, focus: Position, select: bool) {
        let anchor = if select { self.selection.anchor } else { focus };
        self.place(focus);
        self.selection.anchor = anchor;
    }

    /// Where left or right without selecting takes an existing selection.
    fn collapse_target(&self, movement: Movement) -> Option<Position> {
        if self.selection().is_empty() || !matches!(movement, Movement::Left | Movement::Right) {
            return None;
        }
        let (anchor, focus) = (self.selection.anchor, self.selection.focus);
        let (from, to) = (self.place_of(anchor)?, self.place_of(focus)?);
        let anchor_is_left = (from.line_top, from.x) < (to.line_top, to.x);
        Some(if (movement == Movement::Left) == anchor_is_left {
            anchor
        } else {
            focus
        })
    }

    fn state(&self) -> State {
        State {
            text: self.text.clone(),
            anchor: self.selection.anchor,
            focus: self.selection.focus,
        }
    }

    fn restore(&mut self, state: Option<State>) -> bool {
        let Some(state) = state else { return false };
        self.end_compose();
        self.text = state.text;
        self.place(state.focus);
        self.selection.anchor = state.anchor;
        self.laid_with = None;
        true
    }
}

/// Backspace takes a mark off its letter before the letter, but an emoji whole.
fn character_start(before: &str) -> usize {
    let mut cursor = GraphemeCursor::new(before.len(), before.len(), true);
    let grapheme = cursor.prev_boundary(before, 0).ok().flatten().unwrap_or(0);
    let last = before
        .char_indices()
        .next_back()
        .map_or(0, |(start, _)| start);
    let joined = before.get(grapheme..).is_some_and(|text| {
        text.contains(['\u{200d}', '\u{fe0f}', '\r']) || text.chars().any(|c| c as u32 >= 0x1_F000)
    });
    if joined { grapheme } else { last }
}

fn word_start(before: &str) -> usize {
    let word = before
        .split_word_bound_indices()
        .rfind(|(_, word)| !word.trim().is_empty());
    word.map_or(0, |(start, _)| start)
}

fn word_length(after: &str) -> usize {
    let word = after
        .split_word_bound_indices()
        .find(|(_, word)| !word.trim().is_empty());
    word.map_or(after.len(), |(start, word)| start + word.len())
}
