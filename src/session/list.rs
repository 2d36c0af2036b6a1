//! The list of documents: what the margin shows of each, and the filter over it.

use std::collections::{HashMap, HashSet};

use crate::{
    annotation::{Annotator, DocumentId, LabelId, LabelSet, Layer, Status},
    store::{Reader, StoreError},
    text::arabic::Finder,
};

/// A document in the list, with the annotator's layer on it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListRow {
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
    /// Documents whose metadata has the filter's words.
    in_metadata: HashSet<DocumentId>,
    /// Documents whose text has the filter's words, as far as the search has come.
    in_text: HashSet<DocumentId>,
    /// Documents assigned to the annotator, while the filter asks for them.
    mine: HashSet<DocumentId>,
    /// Whether some document is assigned to the annotator.
    assigned: bool,
    done: usize,
}

impl DocumentList {
    /// Reads the list, with the layers of `annotator`.
    pub(super) fn load(reader: &Reader, annotator: &Annotator) -> Result<Self, StoreError> {
        let mut list = Self::default();
        for row in reader.documents()? {
            list.places.insert(row.id, list.rows.len());
            list.rows.push(ListRow {
                id: row.id,
                title: row.title.into(),
                status: Status::New,
                spans: 0,
                labels: Box::default(),
            });
        }
        for layer in reader.layer_rows(annotator)? {
            if let Some(row) = list
                .places
                .get(&layer.document)
                .and_then(|at| list.rows.get_mut(*at))
            {
                row.status = layer.status;
                row.spans = u32::try_from(layer.spans).unwrap_or(u32::MAX);
                row.labels = layer.labels.into_iter().collect();
            }
        }
        list.done = list
            .rows
            .iter()
            .filter(|row| row.status == Status::Done)
            .count();
        list.shown = (0..list.rows.len()).collect();
        list.assigned = !reader.assigned_to(annotator)?.is_empty();
        Ok(list)
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
        self.assigned
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
        row.status = layer.status();
        row.spans = u32::try_from(layer.len()).unwrap_or(u32::MAX);
        row.labels = label_counts(layer).into_iter().collect();
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

    /// Filters anew. `metadata` and `mine` are what the store found for the filter.
    pub(super) fn set_filter(
        &mut self,
        filter: Filter,
        metadata: HashSet<DocumentId>,
        mine: HashSet<DocumentId>,
        labels: &LabelSet,
    ) {
        if filter.text != self.filter.text {
            self.in_text.clear();
        }
        self.in_metadata = metadata;
        self.mine = mine;
        self.filter = filter;
        self.refresh(labels);
    }

    /// Adds documents whose text has the filter's words.
    pub(super) fn found_in_text(
        &mut self,
        ids: impl IntoIterator<Item = DocumentId>,
        labels: &LabelSet,
    ) {
        self.in_text.extend(ids);
        self.refresh(labels);
    }

    /// Computes what is shown.
    pub(super) fn refresh(&mut self, labels: &LabelSet) {
        let finder = Finder::new(self.filter.text.trim());
        let resolved = |id: &LabelId| labels.resolve(id).map(|label| label.id.clone());
        let wanted = self.filter.label.as_ref().and_then(resolved);
        let shows = |row: &ListRow| {
            self.filter.status.is_none_or(|status| row.status == status)
                && (!self.filter.mine || self.mine.contains(&row.id))
                && wanted.as_ref().is_none_or(|wanted| {
                    row.labels
                        .iter()
                        .any(|(id, n)| *n > 0 && resolved(id).as_ref() == Some(wanted))
                })
                && (self.filter.text.trim().is_empty()
                    || finder.find_in(&row.title, 0).is_some()
                    || self.in_metadata.contains(&row.id)
                    || self.in_text.contains(&row.id))
        };
        self.shown = self
            .rows
            .iter()
            .enumerate()
            .filter(|(_, row)| shows(row))
            .map(|(at, _)| at)
            .collect();
    }
}

/// How many spans of each label a layer has, by the labels' ids as the spans name them.
pub fn label_counts(layer: &Layer) -> HashMap<LabelId, u32> {
    let mut counts = HashMap::new();
    for span in layer.spans() {
        match counts.get_mut(&span.data.label) {
            Some(count) => *count += 1,
            None => {
                counts.insert(span.data.label.clone(), 1);
            }
        }
    }
    counts
}
