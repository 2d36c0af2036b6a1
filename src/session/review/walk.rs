//! Next and previous: from case to case, also across documents.

use crate::annotation::DocumentId;
use crate::session::{Notice, Session};

impl Session {
    /// Goes to the next case that the filter lets through, or the previous; where this document has no more, to
    /// the first (or last) of the next document that has one.
    pub(super) fn walk_cases(&mut self, forward: bool) {
        if !self.review.on {
            self.set_reviewing_here();
        }
        if self.step_here(forward) {
            return;
        }
        if !self.review.queue.is_complete() && self.next_document(forward).is_none() {
            // It goes on once all documents are counted.
            self.review.going = Some(forward);
            return;
        }
        let mut tried = 0;
        while let Some(next) = self.next_document(forward) {
            self.open_document(next);
            if self.review.opened.is_none() {
                break;
            }
            if let Some(opened) = &mut self.review.opened {
                opened.go(None);
            }
            if self.step_here(forward) {
                return;
            }
            // What was counted is not what is there: somebody else writes. Not without end.
            tried += 1;
            if tried > 100 {
                break;
            }
        }
        self.tell(Notice::NothingToDecide);
    }

    fn set_reviewing_here(&mut self) {
        self.run_review(super::ReviewCommand::Review(true));
    }

    /// Goes to the next case of this document; whether there is one.
    fn step_here(&mut self, forward: bool) -> bool {
        let listed = self.review.listed(self.labels());
        let Some(opened) = &mut self.review.opened else {
            return false;
        };
        let here = opened.current().map(|(place, ..)| place);
        let next = match (here, forward) {
            (None, true) => listed.first(),
            (None, false) => listed.last(),
            (Some(here), true) => listed.iter().find(|at| **at > here),
            (Some(here), false) => listed.iter().rev().find(|at| **at < here),
        };
        let Some(next) = next.copied() else {
            return false;
        };
        opened.go(Some(next));
        self.review.ticked.clear();
        self.show_current();
        true
    }

    /// The next document (or the one before) of those that the list shows with something to decide. From the
    /// list's end it goes on at its beginning.
    fn next_document(&self, forward: bool) -> Option<DocumentId> {
        let project = self.project.as_ref()?;
        let list = project.list();
        let here = self.article.as_ref().map(|article| article.key().document);
        let here = here.and_then(|id| list.place(&id));
        let shown = list.shown();
        let has_open = |at: &&usize| {
            let row = list.rows().get(**at);
            let found = row.and_then(|row| self.review.queue.of(&row.id));
            Some(**at) != here && found.is_some_and(|it| it.has_open(&self.review.filter))
        };
        let split = here.map_or(0, |here| shown.partition_point(|at| *at <= here));
        let (before, after) = shown.split_at(split.min(shown.len()));
        let next = if forward {
            after
                .iter()
                .find(has_open)
                .or_else(|| before.iter().find(has_open))
        } else {
            let back = before.iter().rev().find(has_open);
            back.or_else(|| after.iter().rev().find(has_open))
        };
        next.and_then(|at| list.rows().get(*at)).map(|row| row.id)
    }
}
