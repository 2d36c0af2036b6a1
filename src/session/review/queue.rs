//! Which documents have something to decide: counted in the background over the whole project, one document at a
//! time, and kept up to date for the one on the desk.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    ops::ControlFlow,
};

use crate::{
    annotation::{Annotator, DocumentId, LabelId, LabelSet, Layer, LayerKey, Status},
    edit::LabelSetLog,
    review::{Case, Class, Decided, Side, Standing, cases},
    store::{self, Reader, StoreError},
};

use super::{CaseFilter, MOST_SIDES};
use crate::session::{JobKind, Notice, Poll, Progress, Session};

/// How far the review of a document is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ReviewState {
    /// Its annotators are not done.
    Waiting,
    /// By the project's rule it can be reviewed.
    Ready,
    /// A reviewer has decided something.
    InReview,
    /// A reviewer is done with it.
    Adjudicated,
}

impl ReviewState {
    /// All, in order.
    pub const ALL: [Self; 4] = [
        Self::Waiting,
        Self::Ready,
        Self::InReview,
        Self::Adjudicated,
    ];
}

/// What is to be decided on a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DocumentReview {
    /// How far it is.
    pub state: ReviewState,
    /// How many disagreements there are.
    pub cases: usize,
    /// What is to be decided, by class (none: what was changed since) and label.
    pub open: BTreeMap<(Option<Class>, Option<LabelId>), usize>,
    /// How many cases are to be decided.
    pub open_cases: usize,
}

impl DocumentReview {
    /// Whether there may be something to decide that the filter lets through.
    pub fn has_open(&self, filter: &CaseFilter) -> bool {
        self.open.keys().any(|(class, label)| {
            filter.class.is_none_or(|wanted| *class == Some(wanted))
                && (filter.label.is_none() || *label == filter.label)
        })
    }
}

/// What was counted.
#[derive(Debug)]
pub(in crate::session) enum Counted {
    /// Some documents.
    Some(Vec<(DocumentId, DocumentReview)>),
    /// It is over; documents that were not told have nothing to compare.
    All,
    /// It failed.
    Failed(Notice),
}

/// The documents with something to compare, as far as they are counted.
#[derive(Debug, Default)]
pub struct Queue {
    found: HashMap<DocumentId, DocumentReview>,
    complete: bool,
}

impl Queue {
    /// What is known of a document; `None` where nothing is compared on it, or it is not counted yet.
    pub fn of(&self, document: &DocumentId) -> Option<&DocumentReview> {
        self.found.get(document)
    }

    /// Whether all are counted.
    pub fn is_complete(&self) -> bool {
        self.complete
    }

    /// How many documents are in each state, in the order of [`ReviewState::ALL`].
    pub fn counts(&self) -> [usize; 4] {
        ReviewState::ALL.map(|state| self.found.values().filter(|it| it.state == state).count())
    }

    /// How many cases are to be decided in all.
    pub fn open_cases(&self) -> usize {
        self.found.values().map(|it| it.open_cases).sum()
    }
}

/// Who has what on a document.
pub(super) struct Standings<'s> {
    pub(super) set: &'s LabelSet,
    pub(super) assigned: &'s BTreeSet<Annotator>,
    pub(super) layers: &'s [Side<'s>],
    pub(super) reviewer: &'s Annotator,
}

impl Standings<'_> {
    /// How far the review is: adjudicated or in review as soon as some reviewer says so; ready where all to whom
    /// it is assigned are done, or, of a document that is assigned to nobody, as many as the project wants.
    pub(super) fn state(&self) -> ReviewState {
        let reviews = || self.layers.iter().filter(|(_, layer)| layer.is_review());
        if reviews().any(|(_, layer)| layer.status() == Status::Done) {
            return ReviewState::Adjudicated;
        }
        if reviews().next().is_some() {
            return ReviewState::InReview;
        }
        let done = |name: &Annotator| {
            let mut layers = self.layers.iter();
            layers.any(|(of, layer)| *of == name && layer.status() == Status::Done)
        };
        let annotators = self.layers.iter().map(|(name, _)| *name);
        let ready = if self.assigned.is_empty() {
            let others = annotators.filter(|name| *name != self.reviewer && !name.is_prediction());
            others.filter(|name| done(name)).count() >= self.set.review.least.max(1) as usize
        } else {
            self.assigned.iter().all(done)
        };
        if ready {
            ReviewState::Ready
        } else {
            ReviewState::Waiting
        }
    }
}

/// What of cases is to be decided.
pub(super) fn reviewed(
    state: ReviewState,
    set: &LabelSet,
    sides: &[Side<'_>],
    (cases, standings): (&[Case], &[Standing]),
) -> DocumentReview {
    let mut open: BTreeMap<(Option<Class>, Option<LabelId>), usize> = BTreeMap::new();
    let mut open_cases = 0;
    for (case, _) in cases.iter().zip(standings).filter(|(_, it)| it.is_open()) {
        open_cases += 1;
        let mut labels: Vec<Option<LabelId>> = case
            .sources()
            .filter_map(|(side, span)| {
                let id = &sides.get(side)?.1.get(span)?.data.label;
                Some(Some(set.id_of(id).clone()))
            })
            .collect();
        labels.sort();
        labels.dedup();
        if labels.is_empty() {
            labels.push(None);
        }
        for label in labels {
            *open.entry((case.class, label)).or_default() += 1;
        }
    }
    DocumentReview {
        state,
        cases: cases.iter().filter(|case| case.class.is_some()).count(),
        open,
        open_cases,
    }
}

/// Counts what is to be decided on a document; `None` where there is nobody to compare.
fn of_document(
    set: &LabelSet,
    stored: &store::DocumentRecord,
    reviewer: &Annotator,
    chosen: Option<&[Annotator]>,
) -> Option<DocumentReview> {
    let names = stored.annotators().into_iter();
    let layers: Vec<(Annotator, Layer)> = names
        .filter(|name| !name.is_prediction())
        .map(|name| (name.clone(), stored.folded(name)))
        .filter(|(_, layer)| layer.is_begun())
        .collect();
    let layers: Vec<Side<'_>> = layers.iter().map(|(name, layer)| (name, layer)).collect();
    let standings = Standings {
        set,
        assigned: &stored.document.assigned,
        layers: &layers,
        reviewer,
    };
    let state = standings.state();
    let is_side = |(name, layer): &&Side<'_>| {
        let wanted = chosen.map_or(!layer.is_review(), |chosen| chosen.contains(name));
        wanted && *name != reviewer
    };
    let sides = layers.iter().filter(is_side).copied();
    let sides: Vec<Side<'_>> = sides.take(MOST_SIDES).collect();
    if sides.is_empty() {
        return None;
    }
    let empty = Layer::default();
    let own = layers.iter().find(|(name, _)| *name == reviewer);
    let own = own.map_or(&empty, |(_, layer)| *layer);
    let layers: Vec<&Layer> = sides.iter().map(|(_, layer)| *layer).collect();
    let mut cases = cases(set, (stored.document.id, &stored.text), &layers);
    let decided = Decided::new(set, own);
    cases.extend(decided.gone(&sides));
    let standings: Vec<Standing> = cases
        .iter()
        .map(|case| decided.standing(case, &sides))
        .collect();
    Some(reviewed(state, set, &sides, (&cases, &standings)))
}

/// Counts a whole project; `tell` is given some at a time.
pub(super) fn count(
    reader: &Reader,
    (reviewer, chosen): (&Annotator, Option<&[Annotator]>),
    progress: &Progress,
    tell: &mut dyn FnMut(Vec<(DocumentId, DocumentReview)>),
) -> Result<ControlFlow<()>, StoreError> {
    /// So many documents are told at once.
    const AT_ONCE: usize = 200;
    let labels = LabelSetLog::new(reader.label_set_edits()?);
    progress.set_total(reader.document_count()?);
    let mut some = Vec::new();
    let read = reader.for_each_document(|stored| {
        if progress.is_cancelled() {
            return Err(StoreError::Cancelled);
        }
        progress.step();
        if !stored.removed
            && let Some(found) = of_document(labels.state(), &stored, reviewer, chosen)
        {
            some.push((stored.document.id, found));
            if some.len() == AT_ONCE {
                tell(std::mem::take(&mut some));
            }
        }
        Ok(())
    });
    match read {
        Err(StoreError::Cancelled) => return Ok(ControlFlow::Break(())),
        read => read?,
    }
    tell(some);
    Ok(ControlFlow::Continue(()))
}

impl Session {
    /// Counts in the background what is to be decided; what was counted before is not wanted any more.
    pub(in crate::session) fn count_documents(&mut self) {
        self.work.end_count();
        self.review.queue.complete = false;
        let Some(project) = self.project.as_ref().filter(|_| self.review.on) else {
            return;
        };
        let reviewer = self.annotator.clone();
        let chosen = self.review.chosen.clone();
        let job = project.read_beside(JobKind::Count, &self.bell, move |reader, reporter| {
            let whose = (&reviewer, chosen.as_deref());
            let counted = reader.and_then(|reader| {
                let mut tell = |some| reporter.send(Counted::Some(some));
                count(&reader, whose, &reporter.progress, &mut tell)
            });
            match counted {
                Ok(ControlFlow::Continue(())) => reporter.send(Counted::All),
                Ok(ControlFlow::Break(())) => {}
                Err(error) => reporter.send(Counted::Failed(error.into())),
            }
        });
        match job {
            Ok(job) => {
                self.review.queue.found.clear();
                self.work.count = Some(job);
            }
            Err(error) => self.tell(error.into()),
        }
    }

    /// Hears what was counted.
    pub(in crate::session) fn poll_count(&mut self) {
        let mut changed = false;
        while let Some(job) = &self.work.count {
            match job.poll() {
                Poll::Ready(Counted::Some(some)) => {
                    self.review.queue.found.extend(some);
                    changed = true;
                }
                Poll::Ready(Counted::All) => {
                    self.review.queue.complete = true;
                    changed = true;
                }
                Poll::Ready(Counted::Failed(notice)) => self.tell(notice),
                Poll::Pending => break,
                Poll::Over => self.work.count = None,
            }
        }
        if changed {
            self.count_opened();
            self.list_states();
            if self.review.queue.complete
                && let Some(forward) = self.review.going.take()
            {
                self.walk_cases(forward);
            }
        }
    }

    /// What is to be decided on the article on the desk, as it is now.
    pub(super) fn count_opened(&mut self) {
        let (Some(opened), Some(article), Some(project)) =
            (&self.review.opened, &self.article, &self.project)
        else {
            return;
        };
        let set = project.labels();
        let LayerKey {
            document,
            annotator,
        } = article.key();
        let sides = opened.as_sides();
        let mut layers = sides.clone();
        layers.push((annotator, article.layer()));
        let nobody = BTreeSet::new();
        let standings = Standings {
            set,
            assigned: article.document().map_or(&nobody, |it| &it.assigned),
            layers: &layers,
            reviewer: &self.annotator,
        };
        let cases = (opened.cases(), opened.standings());
        let found = reviewed(standings.state(), set, &sides, cases);
        let document = *document;
        let state = found.state;
        self.review.queue.found.insert(document, found);
        if let Some(project) = &mut self.project {
            project.list.set_review(document, state);
        }
    }

    /// The list learns how far the review of each document is.
    fn list_states(&mut self) {
        let Some(project) = &mut self.project else {
            return;
        };
        let found = &self.review.queue.found;
        let states = found.iter().map(|(id, it)| (*id, it.state)).collect();
        project.list.set_reviews(states, project.labels.state());
    }
}
