//! Reviewing: what several annotators did on the article on the desk, case by case, and what is decided about it.
//! Decisions are edits of the reviewer's own layer, which is the one on the desk; the layers that are compared are
//! read beside it and never changed. Which documents have something to decide is counted in the background.

mod agreed;
mod command;
mod discussion;
mod feedback;
mod opened;
mod queue;
#[cfg(test)]
mod tests;
mod walk;

use std::collections::BTreeSet;

use crate::{
    annotation::{Annotator, Decision, DocumentId, LabelId, LabelSet, Layer},
    review::{Case, Class, Decided, Standing, Why},
};

use super::Session;

pub use agreed::AgreedAhead;
pub use command::ReviewCommand;
pub(super) use discussion::ThreadNews;
pub use discussion::{Discussed, Discussion};
pub use feedback::{Feedback, Outcome};
pub use opened::{ReviewSide, Reviewed};
pub(super) use queue::Counted;
pub use queue::{DocumentReview, Queue, ReviewState};

/// So many layers are compared at once.
pub const MOST_SIDES: usize = 8;

/// Which cases are walked and listed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CaseFilter {
    /// Only of this class.
    pub class: Option<Class>,
    /// Only with a span of this label.
    pub label: Option<LabelId>,
    /// What is decided, and what all agree on, is listed too.
    pub all: bool,
}

/// A review under way.
#[derive(Debug, Default)]
pub struct Review {
    on: bool,
    blind: bool,
    /// Whose layers are compared; `None`: everybody's.
    chosen: Option<Vec<Annotator>>,
    filter: CaseFilter,
    why: Why,
    ticked: BTreeSet<usize>,
    opened: Option<Reviewed>,
    queue: Queue,
    /// Where to go once the documents are counted, and from which.
    going: Option<(bool, Option<DocumentId>)>,
    discussion: Discussion,
    agreed: Option<AgreedAhead>,
    revision: u64,
}

impl Review {
    /// Whether somebody reviews.
    pub fn is_on(&self) -> bool {
        self.on
    }

    /// Whether names are hidden.
    pub fn is_blind(&self) -> bool {
        self.blind
    }

    /// Whose layers are compared; `None`: everybody's, as many as there is room for.
    pub fn chosen(&self) -> Option<&[Annotator]> {
        self.chosen.as_deref()
    }

    /// Which cases are walked and listed.
    pub fn filter(&self) -> &CaseFilter {
        &self.filter
    }

    /// The reason that the next decision is given.
    pub fn why(&self) -> &Why {
        &self.why
    }

    /// The layers that are ticked, to be accepted together.
    pub fn ticked(&self) -> &BTreeSet<usize> {
        &self.ticked
    }

    /// What is compared on the article on the desk; `None` where nobody reviews, or fewer than one annotator has
    /// something on it.
    pub fn opened(&self) -> Option<&Reviewed> {
        self.opened.as_ref().filter(|_| self.on)
    }

    /// The documents with something to decide, as far as they are counted.
    pub fn queue(&self) -> &Queue {
        &self.queue
    }

    /// What taking over in the whole project would bring, while somebody looks at it.
    pub fn agreed(&self) -> Option<&AgreedAhead> {
        self.agreed.as_ref()
    }

    /// The comments of the project, while somebody looks at them.
    pub fn discussion(&self) -> &Discussion {
        &self.discussion
    }

    /// The places (in the opened article's cases) that the filter lets through.
    pub fn listed(&self, labels: &LabelSet) -> Vec<usize> {
        let Some(opened) = self.opened() else {
            return Vec::new();
        };
        let places = 0..opened.cases().len();
        places
            .filter(|place| opened.passes(*place, &self.filter, labels))
            .collect()
    }

    /// What was decided about a case, the latest last. `own`: the layer on the desk.
    pub fn decisions<'a>(
        &'a self,
        labels: &'a LabelSet,
        case: &Case,
        own: &'a Layer,
    ) -> Vec<&'a Decision> {
        self.opened().map_or_else(Vec::new, |opened| {
            Decided::new(labels, own).about(case, &opened.as_sides())
        })
    }

    /// The cases of the article on the desk as they stand now, to see later which stand otherwise.
    pub(super) fn standings(&self) -> Vec<(Case, Standing)> {
        self.opened().map_or_else(Vec::new, |opened| {
            let standings = opened.standings().iter().copied();
            opened.cases().iter().cloned().zip(standings).collect()
        })
    }

    /// The case that is being decided, and how it stands.
    pub fn current(&self) -> Option<(usize, &Case, Standing)> {
        self.opened()?.current()
    }
}

impl Session {
    /// The review under way.
    pub fn review(&self) -> &Review {
        &self.review
    }

    /// Brings what is compared up to the article that is on the desk now.
    pub(super) fn follow_article(&mut self) {
        self.read_feedback();
        if !self.review.on {
            self.review.opened = None;
            return;
        }
        let before = self.review.opened.take();
        let (Some(project), Some(article)) = (&self.project, &self.article) else {
            return;
        };
        self.review.revision += 1;
        let how = opened::How {
            chosen: self.review.chosen.as_deref(),
            blind: self.review.blind,
            revision: self.review.revision,
        };
        match Reviewed::read(project, article, how) {
            Ok(mut opened) => {
                if let (Some(before), Some(now)) = (&before, &mut opened) {
                    now.stay_at(before);
                }
                self.review.opened = opened;
            }
            Err(error) => self.tell(error.into()),
        }
        self.count_opened();
    }

    /// The reviewer's layer has changed: how the cases stand is seen anew.
    pub(super) fn follow_layer(&mut self) {
        let (Some(opened), Some(article), Some(project)) =
            (&mut self.review.opened, &self.article, &self.project)
        else {
            return;
        };
        self.review.revision += 1;
        let own = (project.labels(), article.layer());
        opened.stand(own, self.review.revision);
        self.count_opened();
    }
}
