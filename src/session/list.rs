//! The list of documents: what the margin shows of each, and the filter over it.

use std::collections::{BTreeSet, HashMap, HashSet};

use crate::{
    annotation::{Annotator, DocumentId, LabelId, LabelSet, Layer, LayerKey, Status},
    edit::{Log, OfDocument, OfLayer, Scope},
    store::{DocumentRow, Reader, StoreError},
    text::arabic::Finder,
};

use super::{Project, ReviewState};

/// A document in the list, with the annotator's layer on it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListRow {
    /// Its place in the order of import; greater than that of the document before.
    pub seq: i64,
    /// Its id.
    pub id: DocumentId,
    /// Its title.
    pub title: Box<str>,
    /// The annotator's status.
    pub status: Status,
    /// How many spans the annotator has made.
    pub spans: u32,
    /// How many of each label.
    pub labels: Box<[(LabelId, u32)]>,
}

/// What is shown of the list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Words in the title, a value of the metadata or the text; searched as Arabic is.
    pub text: String,
    /// Only documents of this status.
    pub status: Option<Status>,
    /// Only documents with a span of this label.
    pub label: Option<LabelId>,
    /// Only documents that are assigned to the annotator.
    pub mine: bool,
    /// Only documents whose review is so far.
    pub review: Option<ReviewState>,
    /// Only documents with comments that are not settled.
    pub discussed: bool,
}

impl ListRow {
    /// A document that the annotator has not begun.
    fn new(row: DocumentRow) -> Self {
        Self {
            seq: row.seq,
            id: row.id,
            title: row.title.into(),
            status: Status::New,
            spans: 0,
            labels: Box::default(),
        }
    }

    /// Takes over what the annotator's layer says.
    fn take_layer(&mut self, layer: &Layer) {
        self.status = layer.status();
        self.spans = u32::try_from(layer.len()).unwrap_or(u32::MAX);
        let counts = layer.label_counts().iter();
        self.labels = counts
            .map(|(label, count)| (label.clone(), *count))
            .collect();
    }
}

/// A document as it belongs in the list, what is not committed yet included.
#[derive(Debug)]
pub(super) struct Fresh {
    row: ListRow,
    assigned: bool,
}

impl Fresh {
    /// Reads a document anew; `None` where it is in the list no more.
    pub(super) fn read(
        project: &Project,
        annotator: &Annotator,
        id: DocumentId,
    ) -> Result<Option<Self>, StoreError> {
        let log = Log::<OfDocument>::new(project.edits(&Scope::Document(id))?);
        let (Some(document), Some(row)) =
            (log.state().present(), project.reader.document_row(&id)?)
        else {
            return Ok(None);
        };
        let mut row = ListRow::new(row);
        row.title = document.title.as_str().into();
        let layer = Scope::Layer(LayerKey {
            document: id,
            annotator: annotator.clone(),
        });
        row.take_layer(Log::<OfLayer>::new(project.edits(&layer)?).state());
        Ok(Some(Self {
            row,
            assigned: document.assigned.contains(annotator),
        }))
    }
}

impl Filter {
    /// Whether everything is shown.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// The documents of a project in import order.
#[derive(Debug, Default)]
pub struct DocumentList {
    rows: Vec<ListRow>,
    places: HashMap<DocumentId, usize>,
    filter: Filter,
    shown: Vec<usize>,
    /// Documents whose metadata has the filter's words, as far as the search has come.
    in_metadata: HashSet<DocumentId>,
    /// Documents whose text has the filter's words, as far as the search has come.
    in_text: HashSet<DocumentId>,
    /// Documents assigned to the annotator.
    assigned: HashSet<DocumentId>,
    done: usize,
    /// How far the review of documents is, where it is counted.
    reviews: HashMap<DocumentId, ReviewState>,
    /// How many threads of comments are not settled, on documents that have comments.
    threads: HashMap<DocumentId, usize>,
}

impl DocumentList {
    /// Reads the list, with the layers of `annotator`.
    pub(super) fn load(reader: &Reader, annotator: &Annotator) -> Result<Self, StoreError> {
        let mut list = Self::default();
        let documents = reader.documents()?;
        list.places.reserve(documents.len());
        for row in documents {
            list.places.insert(row.id, list.rows.len());
            list.rows.push(ListRow::new(row));
        }
        // Layers come in the order of the documents: the next one's row mostly is the next.
        let mut next = 0;
        for layer in reader.layer_rows(annotator)? {
            let is_next = list
                .rows
                .get(next)
                .is_some_and(|row| row.id == layer.document);
            let place = if is_next {
                Some(next)
            } else {
                list.place(&layer.document)
            };
            let Some(row) = place.and_then(|at| list.rows.get_mut(at)) else {
                continue;
            };
            row.status = layer.status;
            row.spans = u32::try_from(layer.spans).unwrap_or(u32::MAX);
            row.labels = layer.labels;
            next = place.map_or(next, |at| at + 1);
        }
        list.done = list
            .rows
            .iter()
            .filter(|row| row.status == Status::Done)
            .count();
        list.shown = (0..list.rows.len()).collect();
        list.assigned = reader.assigned_to(annotator)?.into_iter().collect();
        list.threads = reader.discussed()?.into_iter().collect();
        Ok(list)
    }

    /// The list of a project as it is shown: what is not committed yet laid over what is read.
    pub(super) fn of(project: &Project, annotator: &Annotator) -> Result<Self, StoreError> {
        let mut list = Self::load(&project.reader, annotator)?;
        let changed: BTreeSet<DocumentId> = project
            .waiting()
            .filter_map(|edit| match edit.change.scope() {
                Scope::Document(id) => Some(id),
                Scope::Layer(key) if key.annotator == *annotator => Some(key.document),
                Scope::LabelSet | Scope::Layer(_) => None,
            })
            .collect();
        for id in changed {
            let fresh = Fresh::read(project, annotator, id)?;
            list.put(&id, fresh, project.labels());
        }
        Ok(list)
    }

    /// Puts a document where it belongs in the order of import, or takes it out.
    pub(super) fn put(&mut self, id: &DocumentId, fresh: Option<Fresh>, labels: &LabelSet) {
        self.take_out(id);
        let Some(Fresh { row, assigned }) = fresh else {
            return;
        };
        if assigned {
            self.assigned.insert(*id);
        }
        self.done += usize::from(row.status == Status::Done);
        let place = self.rows.partition_point(|other| other.seq < row.seq);
        let later = self.places.values_mut().chain(&mut self.shown);
        for at in later.filter(|at| **at >= place) {
            *at += 1;
        }
        self.rows.insert(place, row);
        self.places.insert(*id, place);
        self.retest(id, labels);
    }

    /// Takes a row out.
    fn take_out(&mut self, id: &DocumentId) {
        self.assigned.remove(id);
        let Some(place) = self.places.remove(id) else {
            return;
        };
        let row = self.rows.remove(place);
        self.done = self
            .done
            .saturating_sub(usize::from(row.status == Status::Done));
        self.shown.retain(|at| *at != place);
        let later = self.places.values_mut().chain(&mut self.shown);
        for at in later.filter(|at| **at > place) {
            *at -= 1;
        }
    }

    /// Asks the filter again about one document: it was changed while it was on the desk, where
    /// nothing vanishes under the annotator's hands.
    pub(super) fn retest(&mut self, id: &DocumentId, labels: &LabelSet) {
        let Some(place) = self.place(id) else { return };
        let sieve = self.sieve(labels);
        let passes = self.rows.get(place).is_some_and(|row| sieve.passes(row));
        match (self.shown.binary_search(&place), passes) {
            (Err(at), true) => self.shown.insert(at, place),
            (Ok(at), false) => {
                self.shown.remove(at);
            }
            _ => {}
        }
    }

    /// Somebody is to annotate a document, or not: whether that is the annotator of this list the
    /// caller has seen.
    pub(super) fn assign(&mut self, id: &DocumentId, assigned: bool) {
        if assigned {
            self.assigned.insert(*id);
        } else {
            self.assigned.remove(id);
        }
    }

    /// How far the review of a document is, where that is counted.
    pub fn review(&self, id: &DocumentId) -> Option<ReviewState> {
        self.reviews.get(id).copied()
    }

    pub(super) fn set_review(&mut self, id: DocumentId, state: ReviewState) {
        self.reviews.insert(id, state);
    }

    /// Nothing is known of any review any more.
    pub(super) fn clear_reviews(&mut self) {
        self.reviews.clear();
    }

    pub(super) fn add_reviews(
        &mut self,
        states: Vec<(DocumentId, ReviewState)>,
        labels: &LabelSet,
    ) {
        self.reviews.extend(states);
        if self.filter.review.is_some() {
            self.refresh(labels);
        }
    }

    /// How many threads of comments on a document are not settled; `None` where there are no comments.
    pub fn open_threads(&self, id: &DocumentId) -> Option<usize> {
        self.threads.get(id).copied()
    }

    /// Whether there are comments on some document.
    pub fn has_comments(&self) -> bool {
        !self.threads.is_empty()
    }

    pub(super) fn set_threads(&mut self, id: DocumentId, (all, open): (usize, usize)) {
        if all == 0 {
            self.threads.remove(&id);
        } else {
            self.threads.insert(id, open);
        }
    }

    /// All rows, in import order.
    pub fn rows(&self) -> &[ListRow] {
        &self.rows
    }

    /// How many documents there are.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// How many the annotator has done.
    pub fn done(&self) -> usize {
        self.done
    }

    /// The filter.
    pub fn filter(&self) -> &Filter {
        &self.filter
    }

    /// Places (in `rows`) of the documents that the filter lets through.
    pub fn shown(&self) -> &[usize] {
        &self.shown
    }

    /// The place of a document in `rows`.
    pub fn place(&self, id: &DocumentId) -> Option<usize> {
        self.places.get(id).copied()
    }

    /// The row of a document.
    pub fn row(&self, id: &DocumentId) -> Option<&ListRow> {
        self.place(id).and_then(|at| self.rows.get(at))
    }

    /// Whether some document is assigned to the annotator.
    pub fn has_assigned(&self) -> bool {
        !self.assigned.is_empty()
    }

    /// Whether the filter's words were found in a document's text.
    pub fn is_found_in_text(&self, id: &DocumentId) -> bool {
        self.in_text.contains(id)
    }

    /// The document after or before `id` among those shown; from the list's end where `id` is not
    /// in it.
    pub fn neighbour(&self, id: Option<DocumentId>, forward: bool) -> Option<DocumentId> {
        let here = id.and_then(|id| self.place(&id));
        let next = match (here, forward) {
            (Some(here), true) => self.shown.iter().find(|at| **at > here),
            (Some(here), false) => self.shown.iter().rev().find(|at| **at < here),
            (None, true) => self.shown.first(),
            (None, false) => self.shown.last(),
        };
        next.and_then(|at| self.rows.get(*at)).map(|row| row.id)
    }

    /// The next document that is not done, from `id` on and round, `id` itself left out. Those shown
    /// come first; where all of them are done, any of the project.
    pub fn next_open(&self, id: DocumentId) -> Option<DocumentId> {
        let here = self.place(&id);
        let open = |at: &usize| {
            Some(*at) != here
                && self
                    .rows
                    .get(*at)
                    .is_some_and(|row| row.status != Status::Done)
        };
        let after = |at: &usize| here.is_none_or(|here| *at > here);
        let all: Vec<usize> = (0..self.rows.len()).collect();
        [&self.shown, &all].into_iter().find_map(|places| {
            let next = places.iter().find(|at| after(at) && open(at));
            let at = next.or_else(|| places.iter().find(|at| open(at)))?;
            self.rows.get(*at).map(|row| row.id)
        })
    }

    /// Brings the row of a layer up to date.
    pub(super) fn update(&mut self, id: &DocumentId, layer: &Layer) {
        let Some(row) = self.places.get(id).and_then(|at| self.rows.get_mut(*at)) else {
            return;
        };
        let was_done = row.status == Status::Done;
        row.take_layer(layer);
        match (was_done, row.status == Status::Done) {
            (false, true) => self.done += 1,
            (true, false) => self.done = self.done.saturating_sub(1),
            _ => {}
        }
    }

    /// Gives a document another title.
    pub(super) fn set_title(&mut self, id: &DocumentId, title: &str) {
        if let Some(row) = self.places.get(id).and_then(|at| self.rows.get_mut(*at)) {
            row.title = title.into();
        }
    }

    /// Filters anew. What the filter's words are found in besides titles comes in later.
    pub(super) fn set_filter(&mut self, filter: Filter, labels: &LabelSet) {
        if filter.text.trim() != self.filter.text.trim() {
            self.in_text.clear();
            self.in_metadata.clear();
        }
        self.filter = filter;
        self.refresh(labels);
    }

    /// Adds documents whose text or metadata have the filter's words. Only they are looked at: a search
    /// through 100,000 texts brings them in hundreds of messages.
    pub(super) fn found(
        &mut self,
        (in_text, in_metadata): (Vec<DocumentId>, Vec<DocumentId>),
        labels: &LabelSet,
    ) {
        let mut new: Vec<DocumentId> = in_text;
        new.retain(|id| self.in_text.insert(*id));
        new.extend(
            in_metadata
                .iter()
                .filter(|id| self.in_metadata.insert(**id)),
        );
        let places: Vec<usize> = new
            .iter()
            .filter_map(|id| self.places.get(id).copied())
            .collect();
        let sieve = self.sieve(labels);
        let passes = |at: &usize| self.rows.get(*at).is_some_and(|row| sieve.passes(row));
        let found: Vec<usize> = places.into_iter().filter(passes).collect();
        self.shown.extend(found);
        self.shown.sort_unstable();
        self.shown.dedup();
    }

    /// Computes what is shown.
    pub(super) fn refresh(&mut self, labels: &LabelSet) {
        let sieve = self.sieve(labels);
        let rows = self.rows.iter().enumerate();
        self.shown = rows
            .filter(|(_, row)| sieve.passes(row))
            .map(|(at, _)| at)
            .collect();
    }

    fn sieve(&self, labels: &LabelSet) -> Sieve<'_> {
        let resolved = |id: &LabelId| labels.resolve(id).map(|label| label.id.clone());
        let wanted = self.filter.label.as_ref().and_then(resolved);
        let counts_as = |wanted: &LabelId| {
            let ids = labels.labels.iter().map(|label| &label.id);
            ids.filter(|id| resolved(id).as_ref() == Some(wanted))
                .cloned()
                .collect()
        };
        Sieve {
            list: self,
            words: self.filter.text.trim(),
            finder: Finder::new(self.filter.text.trim()),
            labels: wanted.as_ref().map(counts_as),
        }
    }
}

/// A filter, made ready to look at many rows.
struct Sieve<'a> {
    list: &'a DocumentList,
    words: &'a str,
    finder: Finder,
    /// The labels of which a row must have one: the one that is asked for, and those merged into it.
    labels: Option<HashSet<LabelId>>,
}

impl Sieve<'_> {
    fn passes(&self, row: &ListRow) -> bool {
        let list = self.list;
        let has = |labels: &HashSet<LabelId>| {
            let mut counts = row.labels.iter();
            counts.any(|(id, count)| *count > 0 && labels.contains(id))
        };
        list.filter.status.is_none_or(|status| row.status == status)
            && (!list.filter.mine || list.assigned.contains(&row.id))
            && (list.filter.review.is_none() || list.review(&row.id) == list.filter.review)
            && (!list.filter.discussed || list.open_threads(&row.id).is_some_and(|open| open > 0))
            && self.labels.as_ref().is_none_or(has)
            && (self.words.is_empty()
                || self.finder.find_in(&row.title, 0).is_some()
                || list.in_metadata.contains(&row.id)
                || list.in_text.contains(&row.id))
    }
}
