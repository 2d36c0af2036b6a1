//! Undo and redo of a field: states of the text and its caret. Letters typed one after the other are one
//! step, so that undo takes back words and not letters.

use super::super::caret::Position;

/// More steps than a person takes back; texts of fields are short.
const MOST: usize = 500;

/// A state to return to.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct State {
    pub(super) text: String,
    pub(super) anchor: Position,
    pub(super) focus: Position,
}

/// The kind of a change: changes of one kind that follow each other are one step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Change {
    /// Letters typed.
    Type,
    /// Letters taken away one by one.
    Erase,
    /// Anything else: always a step of its own.
    Other,
}

#[derive(Debug, Default)]
pub(super) struct History {
    undo: Vec<State>,
    redo: Vec<State>,
    /// The change the last step goes on with, and where its caret was left.
    last: Option<(Change, usize)>,
}

impl History {
    /// Notes the state before a change.
    pub(super) fn record(&mut self, before: State, change: Change) {
        let goes_on = change != Change::Other && self.last == Some((change, before.focus.byte));
        self.redo.clear();
        if goes_on && !self.undo.is_empty() {
            return;
        }
        self.undo.push(before);
        if self.undo.len() > MOST {
            self.undo.remove(0);
        }
    }

    /// Notes where the change left the caret; a space or a line break ends a run of typing.
    pub(super) fn settle(&mut self, change: Change, caret: usize, ends_word: bool) {
        self.last = (!ends_word).then_some((change, caret));
    }

    pub(super) fn undo(&mut self, now: State) -> Option<State> {
        self.last = None;
        let state = self.undo.pop()?;
        self.redo.push(now);
        Some(state)
    }

    pub(super) fn redo(&mut self, now: State) -> Option<State> {
        self.last = None;
        let state = self.redo.pop()?;
        self.undo.push(now);
        Some(state)
    }

    pub(super) fn can_undo(&self) -> bool {
        !self.undo.is_empty()
    }

    pub(super) fn can_redo(&self) -> bool {
        !self.redo.is_empty()
    }
}
