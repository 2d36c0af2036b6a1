//! What can be undone and redone, by author. It is read off the edits of a scope, so it is the same
//! after a restart, and as long as the log itself.

use std::{collections::HashMap, sync::Arc};

use crate::annotation::{Annotator, EditId, Stamp};

use super::{Cause, Change, Edit};

/// Something that can be taken back or done again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The edit that first did it.
    pub of: Arc<Edit>,
    /// The change that takes it back, or does it again.
    pub change: Change,
    /// When it was last done or taken back.
    pub at: Stamp,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Stacks {
    undo: Vec<Entry>,
    redo: Vec<Entry>,
}

/// The undo and redo stacks of each author of a scope.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct History(HashMap<Annotator, Stacks>);

impl History {
    /// What `author` can take back next.
    pub fn undo(&self, author: &Annotator) -> Option<&Entry> {
        self.undos(author).next()
    }

    /// What `author` can take back, the latest first.
    pub fn undos(&self, author: &Annotator) -> impl Iterator<Item = &Entry> {
        let stacks = self.0.get(author);
        stacks
            .into_iter()
            .flat_map(|stacks| stacks.undo.iter().rev())
    }

    /// What `author` can do again, the latest first.
    pub fn redos(&self, author: &Annotator) -> impl Iterator<Item = &Entry> {
        let stacks = self.0.get(author);
        stacks
            .into_iter()
            .flat_map(|stacks| stacks.redo.iter().rev())
    }

    /// What `author` can do again next.
    pub fn redo(&self, author: &Annotator) -> Option<&Entry> {
        self.redos(author).next()
    }

    /// How many steps `author` can take back.
    pub fn undo_len(&self, author: &Annotator) -> usize {
        self.0.get(author).map_or(0, |stacks| stacks.undo.len())
    }

    /// Takes note of an edit that was applied. `inverse` is `None` where it had no effect.
    pub(super) fn note(&mut self, edit: &Arc<Edit>, inverse: Option<Change>) {
        let stacks = self.0.entry(edit.stamp.author.clone()).or_default();
        let entry = |of: Arc<Edit>| {
            inverse.map(|change| Entry {
                of,
                change,
                at: edit.stamp.clone(),
            })
        };
        match edit.cause {
            Cause::Done => {
                if let Some(entry) = entry(Arc::clone(edit)) {
                    stacks.undo.push(entry);
                    stacks.redo.clear();
                }
            }
            Cause::Undo(of) => {
                if let Some(first) = pop(&mut stacks.undo, of) {
                    stacks.redo.extend(entry(first));
                }
            }
            Cause::Redo(of) => {
                if let Some(first) = pop(&mut stacks.redo, of) {
                    stacks.undo.extend(entry(first));
                }
            }
        }
    }
}

/// Takes the last entry of edit `of` out of a stack.
fn pop(stack: &mut Vec<Entry>, of: EditId) -> Option<Arc<Edit>> {
    let at = stack.iter().rposition(|entry| entry.of.id == of)?;
    Some(stack.remove(at).of)
}
