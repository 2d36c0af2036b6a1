//! Next and previous: from case to case, also across documents.

use crate::annotation::DocumentId;
use crate::review::{Case, Standing};
use crate::session::{Notice, Session};

impl Session {
    /// Goes to the next case that the filter lets through, or the previous; where this document has no more, to
    /// the first (or last) of the next document that has one.
    pub(super) fn walk_cases(&mut self, forward: bool) {
        self.review.going = None;
        if !self.review.on {
            self.set_reviewing(true);
        }
        if self.step_here(forward) {
            return;
        }
        if !self.review.queue.is_complete() && self.next_document(forward).is_none() {
            // It goes on once all documents are counted.
            let here = self.article.as_ref().map(|it| it.key().document);
            self.review.going = Some((forward, here));
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
        // No other document has one: from this one's end it goes on at its beginning.
        if !self.step_around(forward) {
            let filter = &self.review.filter;
            let hides = filter.class.is_some() || filter.label.is_some();
            self.tell(match self.review.queue.open_cases() {
                open if hides && open > 0 => Notice::HiddenCases(open),
                _ => Notice::NothingToDecide,
            });
        }
    }

    /// After a decision: the next case of the document, from its end on what was passed over. Once nothing is to be
    /// decided the review stays there, so that the document can be marked as adjudicated before the next one comes.
    pub(super) fn go_on(&mut self) {
        // Who looks at what is agreed on, too, goes on through that.
        if self.review.filter.all && self.step_here(true) {
            return;
        }
        if let Some(opened) = &mut self.review.opened
            && opened.open_count() == 0
        {
            opened.go(None);
            return;
        }
        if self.step_here(true) {
            return;
        }
        match self.passed_over() {
            Some(place) => self.go_to_case(place),
            None => self.walk_cases(true),
        }
    }

    /// The first case of this document that nobody has looked at yet, as far as the filter lets it through.
    fn passed_over(&self) -> Option<usize> {
        let opened = self.review.opened()?;
        let is_new = |place: &usize| {
            let standing = opened.standings().get(*place);
            standing.is_some_and(|it| matches!(it, Standing::Open | Standing::Changed))
        };
        let listed = self.review.listed(self.labels());
        listed.into_iter().find(is_new)
    }

    /// Goes from the end of this document's cases to their beginning, or back; whether there is another one.
    fn step_around(&mut self, forward: bool) -> bool {
        let Some(opened) = &mut self.review.opened else {
            return false;
        };
        let here = opened.current().map(|(place, ..)| place);
        opened.go(None);
        if self.step_here(forward) && self.review.current().map(|(place, ..)| place) != here {
            return true;
        }
        if let Some(opened) = &mut self.review.opened {
            opened.go(here);
        }
        false
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

    /// Goes to the first case that stands otherwise than before, unless the current one does: what was taken back
    /// or done again is seen.
    pub(in crate::session) fn go_to_changed(&mut self, before: &[(Case, Standing)]) {
        let Some(opened) = &mut self.review.opened else {
            return;
        };
        let is_other = |place: usize| {
            let (Some(case), Some(now)) =
                (opened.cases().get(place), opened.standings().get(place))
            else {
                return false;
            };
            let mut same = before.iter().filter(|(other, _)| other.is_same(case));
            same.next().is_none_or(|(_, then)| then != now)
        };
        let here = opened.current().map(|(place, ..)| place);
        if here.is_some_and(is_other) {
            return;
        }
        if let Some(place) = (0..opened.cases().len()).find(|place| is_other(*place)) {
            opened.go(Some(place));
            self.review.ticked.clear();
            self.show_current();
        }
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
