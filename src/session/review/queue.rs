//! Which documents have something to decide: counted in the background over the whole project, one document at a
//! time, and kept up to date for the one on the desk.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap, HashSet},
    num::NonZero,
    ops::ControlFlow,
    panic, thread,
};

use crate::{
    annotation::{Annotator, DocumentId, LabelId, LabelSet, Layer, LayerKey, Status},
    edit::LabelSetLog,
    review::{Case, Class, Decided, Side, Standing, annotates, cases},
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
    /// What is to be decided, by each class (none: what was changed since) and label.
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
    /// How many of them are in each state, in the order of [`ReviewState::ALL`].
    counts: [usize; 4],
    open_cases: usize,
    complete: bool,
    /// What was counted on the desk since the count began, which reads the project as it was then.
    on_desk: HashSet<DocumentId>,
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
        self.counts
    }

    /// How many cases are to be decided in all.
    pub fn open_cases(&self) -> usize {
        self.open_cases
    }

    fn put(&mut self, id: DocumentId, review: DocumentReview) {
        if let Some(count) = self.counts.get_mut(review.state as usize) {
            *count += 1;
        }
        self.open_cases += review.open_cases;
        if let Some(before) = self.found.insert(id, review) {
            if let Some(count) = self.counts.get_mut(before.state as usize) {
                *count -= 1;
            }
            self.open_cases -= before.open_cases;
        }
    }
}

/// How far somebody is with a document.
#[derive(Clone, Debug)]
pub(super) struct Share {
    pub(super) annotator: Annotator,
    reviews: bool,
    done: bool,
}

impl Share {
    pub(super) fn new(annotator: &Annotator, layer: &Layer) -> Self {
        Self {
            annotator: annotator.clone(),
            reviews: layer.is_review(),
            done: layer.status() == Status::Done,
        }
    }
}

/// Who has what on a document: all whose layers are begun.
pub(super) struct Shares<'s> {
    pub(super) set: &'s LabelSet,
    pub(super) assigned: &'s BTreeSet<Annotator>,
    pub(super) of: &'s [Share],
    pub(super) reviewer: &'s Annotator,
}

impl Shares<'_> {
    /// How far the review is: adjudicated or in review as soon as some reviewer says so; ready where all to whom
    /// it is assigned are done, or, of a document that is assigned to nobody, as many as the project wants.
    pub(super) fn state(&self) -> ReviewState {
        let mut reviews = self.of.iter().filter(|it| it.reviews);
        if reviews.clone().any(|it| it.done) {
            return ReviewState::Adjudicated;
        }
        if reviews.next().is_some() {
            return ReviewState::InReview;
        }
        let others = || self.of.iter().filter(|it| it.annotator != *self.reviewer);
        let is_done = |name: &Annotator| {
            let mut shares = self.of.iter();
            shares.any(|it| it.annotator == *name && it.done)
        };
        let ready = if self.assigned.is_empty() {
            let done = others().filter(|it| it.done);
            done.count() >= self.set.review.least.max(1) as usize
        } else {
            self.assigned.iter().all(is_done)
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
            let classes = case.classes.iter().copied().map(Some);
            let none = case.classes.is_empty().then_some(None);
            for class in classes.chain(none) {
                *open.entry((class, label.clone())).or_default() += 1;
            }
        }
    }
    DocumentReview {
        state,
        cases: cases.iter().filter(|case| case.class.is_some()).count(),
        open,
        open_cases,
    }
}

/// Whose layers are compared, of all that are begun: those of all who annotate, by name, or of those chosen, in
/// their order; as many as there is room for, and how many there is none for.
pub(super) fn compared<'l>(
    mut layers: Vec<Side<'l>>,
    reviewer: &Annotator,
    chosen: Option<&[Annotator]>,
) -> (Vec<Side<'l>>, usize) {
    layers.retain(|(name, layer)| *name != reviewer && annotates(name, layer, chosen));
    let place = |name: &Annotator| chosen?.iter().position(|it| it == name);
    layers.sort_by_key(|(name, _)| (place(name), *name));
    let left_out = layers.len().saturating_sub(MOST_SIDES);
    layers.truncate(MOST_SIDES);
    (layers, left_out)
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
    let shares: Vec<Share> = layers
        .iter()
        .map(|(name, layer)| Share::new(name, layer))
        .collect();
    let state = Shares {
        set,
        assigned: &stored.document.assigned,
        of: &shares,
        reviewer,
    }
    .state();
    let layers = layers.iter().map(|(name, layer)| (name, layer));
    let layers: Vec<Side<'_>> = layers.collect();
    let (sides, _) = compared(layers.clone(), reviewer, chosen);
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

/// So many threads count at most: more would only wait for the disk.
const MOST_THREADS: usize = 4;

/// Counts a whole project on as many threads as there are cores for; `tell` is given some at a time, in the order
/// in which they are counted.
pub(super) fn count(
    reader: &Reader,
    whose: (&Annotator, Option<&[Annotator]>),
    progress: &Progress,
    tell: &(dyn Fn(Vec<(DocumentId, DocumentReview)>) + Sync),
) -> Result<ControlFlow<()>, StoreError> {
    let labels = LabelSetLog::new(reader.label_set_edits()?);
    progress.set_total(reader.document_count()?);
    let threads = thread::available_parallelism().map_or(1, NonZero::get);
    let parts = threads.min(MOST_THREADS) as u32;
    let count_of = |reader: &Reader, part: u32| {
        count_part(
            reader,
            (part, parts),
            (labels.state(), whose),
            progress,
            tell,
        )
    };
    let path = reader.path();
    let count_of = &count_of;
    let counted = thread::scope(|scope| {
        let others: Vec<_> = (1..parts)
            .map(|part| {
                let work = move || count_of(&Reader::open(path)?, part);
                thread::Builder::new().spawn_scoped(scope, work)
            })
            .collect();
        let mut counted = count_of(reader, 0);
        for (part, other) in (1..parts).zip(others) {
            let other = match other.map(thread::ScopedJoinHandle::join) {
                Ok(Ok(other)) => other,
                Ok(Err(panicked)) => panic::resume_unwind(panicked),
                // There is no thread to be had: it is counted here.
                Err(_) => count_of(reader, part),
            };
            counted = counted.and(other);
        }
        counted
    });
    match counted {
        Err(StoreError::Cancelled) => Ok(ControlFlow::Break(())),
        counted => counted.map(ControlFlow::Continue),
    }
}

fn count_part(
    reader: &Reader,
    part: (u32, u32),
    (labels, (reviewer, chosen)): (&LabelSet, (&Annotator, Option<&[Annotator]>)),
    progress: &Progress,
    tell: &(dyn Fn(Vec<(DocumentId, DocumentReview)>) + Sync),
) -> Result<(), StoreError> {
    // Each time twice as many are told: the first are there soon, and the list is not filtered anew too often.
    let mut at_once = 100;
    let mut some = Vec::new();
    reader.for_each_document_of(part, |stored| {
        if progress.is_cancelled() {
            return Err(StoreError::Cancelled);
        }
        progress.step();
        if !stored.removed
            && let Some(found) = of_document(labels, &stored, reviewer, chosen)
        {
            some.push((stored.document.id, found));
            if some.len() == at_once {
                tell(std::mem::take(&mut some));
                at_once *= 2;
            }
        }
        Ok(())
    })?;
    tell(some);
    Ok(())
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
                let tell = |some| reporter.send(Counted::Some(some));
                count(&reader, whose, &reporter.progress, &tell)
            });
            match counted {
                Ok(ControlFlow::Continue(())) => reporter.send(Counted::All),
                Ok(ControlFlow::Break(())) => {}
                Err(error) => reporter.send(Counted::Failed(error.into())),
            }
        });
        match job {
            Ok(job) => {
                self.review.queue = Queue::default();
                if let Some(project) = &mut self.project {
                    project.list.clear_reviews();
                }
                self.work.count = Some(job);
            }
            Err(error) => self.tell(error.into()),
        }
    }

    /// Hears what was counted.
    pub(in crate::session) fn poll_count(&mut self) {
        let mut is_over = false;
        while let Some(job) = &self.work.count {
            match job.poll() {
                Poll::Ready(Counted::Some(some)) => self.take_counted(some),
                Poll::Ready(Counted::All) => is_over = true,
                Poll::Ready(Counted::Failed(notice)) => self.tell(notice),
                Poll::Pending => break,
                Poll::Over => self.work.count = None,
            }
        }
        if !is_over {
            return;
        }
        self.review.queue.complete = true;
        self.count_opened();
        // Whoever has gone elsewhere in the meantime is not led away.
        let here = self.article.as_ref().map(|it| it.key().document);
        if let Some((forward, from)) = self.review.going.take()
            && self.review.on
            && here == from
        {
            self.walk_cases(forward);
        }
    }

    fn take_counted(&mut self, some: Vec<(DocumentId, DocumentReview)>) {
        let queue = &mut self.review.queue;
        let mut states = Vec::with_capacity(some.len());
        for (id, review) in some {
            if !queue.on_desk.contains(&id) {
                states.push((id, review.state));
                queue.put(id, review);
            }
        }
        if let Some(project) = &mut self.project {
            project.list.add_reviews(states, project.labels.state());
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
        let mut shares = opened.others().to_vec();
        if article.layer().is_begun() {
            shares.push(Share::new(annotator, article.layer()));
        }
        let nobody = BTreeSet::new();
        let shares = Shares {
            set,
            assigned: article.document().map_or(&nobody, |it| &it.assigned),
            of: &shares,
            reviewer: &self.annotator,
        };
        let sides = opened.as_sides();
        let cases = (opened.cases(), opened.standings());
        let found = reviewed(shares.state(), set, &sides, cases);
        let document = *document;
        let state = found.state;
        self.review.queue.put(document, found);
        self.review.queue.on_desk.insert(document);
        if let Some(project) = &mut self.project {
            project.list.set_review(document, state);
        }
    }
}
