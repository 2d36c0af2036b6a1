//! Where an export takes its documents from: a project, or what a conversion holds in memory.

use std::{
    collections::{BTreeSet, HashMap, HashSet},
    sync::Arc,
};

use crate::{
    annotation::{Annotator, DocumentId, EditId, QuickHash, TextHash},
    edit::{Change, Edit, OfDocument, folded},
    store::{Batch, DocumentRecord, Reader, StoreError},
};

use super::ExportError;

/// What is done with each document.
type Visit<'v> = dyn FnMut(DocumentRecord) -> Result<(), ExportError> + 'v;

/// Documents with their edits, and the edits around them.
pub(super) trait Documents {
    /// The edits of the label set, in the order in which they came.
    fn label_set_edits(&self) -> Result<Vec<Arc<Edit>>, StoreError>;

    /// The edits of documents that never came in.
    fn orphans(&self) -> Result<Vec<Arc<Edit>>, StoreError>;

    /// Everybody who has a layer, by name.
    fn annotators(&self) -> Result<Vec<Annotator>, StoreError>;

    /// Everybody who has decided something, by name.
    fn reviewers(&self) -> Result<Vec<Annotator>, StoreError>;

    /// Whether somebody is to annotate anything.
    fn is_assigned(&self, annotator: &Annotator) -> Result<bool, StoreError>;

    /// How many documents are in the list.
    fn count(&self) -> Result<usize, StoreError>;

    /// Visits all documents in the order of the list, also those that were taken out of it.
    fn each(&self, visit: &mut Visit<'_>) -> Result<(), ExportError>;
}

impl Documents for Reader {
    fn label_set_edits(&self) -> Result<Vec<Arc<Edit>>, StoreError> {
        Self::label_set_edits(self)
    }

    fn orphans(&self) -> Result<Vec<Arc<Edit>>, StoreError> {
        Self::orphans(self)
    }

    fn annotators(&self) -> Result<Vec<Annotator>, StoreError> {
        let known = Self::annotators(self)?;
        Ok(known.into_iter().map(|(annotator, _)| annotator).collect())
    }

    fn reviewers(&self) -> Result<Vec<Annotator>, StoreError> {
        Self::reviewers(self)
    }

    fn is_assigned(&self, annotator: &Annotator) -> Result<bool, StoreError> {
        Ok(!self.assigned_to(annotator)?.is_empty())
    }

    fn count(&self) -> Result<usize, StoreError> {
        self.document_count()
    }

    fn each(&self, visit: &mut Visit<'_>) -> Result<(), ExportError> {
        self.for_each_document(visit)
    }
}

/// What an import brought in, where no project is to be made of it.
#[derive(Debug, Default)]
pub(super) struct Held {
    labels: Vec<Arc<Edit>>,
    orphans: Vec<Arc<Edit>>,
    documents: Vec<DocumentRecord>,
}

impl Held {
    /// What a batch would make of an empty project.
    pub(super) fn of(batch: Batch) -> Self {
        let texts: HashMap<TextHash, Arc<str>, QuickHash> = batch.texts.into_iter().collect();
        let mut held = Self::default();
        let mut ids: HashSet<EditId, QuickHash> = HashSet::default();
        let mut places: HashMap<DocumentId, usize, QuickHash> = HashMap::default();
        let mut found: Vec<Vec<Arc<Edit>>> = Vec::new();
        for edit in batch.edits.iter().filter(|edit| ids.insert(edit.id)) {
            let Some(id) = document_of(edit) else {
                held.labels.push(Arc::clone(edit));
                continue;
            };
            let place = *places.entry(*id).or_insert(found.len());
            match found.get_mut(place) {
                Some(edits) => edits.push(Arc::clone(edit)),
                None => found.push(vec![Arc::clone(edit)]),
            }
        }
        for edits in found {
            held.documents.extend(document(edits, &texts));
        }
        let known = held.documents.iter().map(|document| document.document.id);
        let known: HashSet<DocumentId, QuickHash> = known.collect();
        let orphan = |edit: &Arc<Edit>| document_of(edit).is_some_and(|id| !known.contains(id));
        held.orphans = batch.edits.into_iter().filter(orphan).collect();
        held
    }
}

/// The document that an edit names.
fn document_of(edit: &Edit) -> Option<&DocumentId> {
    match &edit.change {
        Change::LabelSet(_) => None,
        Change::Document(id, _) => Some(id),
        Change::Layer(key, _) => Some(&key.document),
    }
}

/// A document of all edits that name it; `None` where none brings it in.
fn document(
    edits: Vec<Arc<Edit>>,
    texts: &HashMap<TextHash, Arc<str>, QuickHash>,
) -> Option<DocumentRecord> {
    let of_document = |edit: &&Arc<Edit>| matches!(edit.change, Change::Document(..));
    let state = folded::<OfDocument>(edits.iter().filter(of_document));
    let document = state.known()?;
    Some(DocumentRecord {
        document: document.clone(),
        removed: state.present().is_none(),
        text: Arc::clone(texts.get(&document.text)?),
        edits,
    })
}

impl Documents for Held {
    fn label_set_edits(&self) -> Result<Vec<Arc<Edit>>, StoreError> {
        Ok(self.labels.clone())
    }

    fn orphans(&self) -> Result<Vec<Arc<Edit>>, StoreError> {
        Ok(self.orphans.clone())
    }

    fn annotators(&self) -> Result<Vec<Annotator>, StoreError> {
        let documents = self.documents.iter().flat_map(|document| &document.edits);
        let names: BTreeSet<&Annotator> = documents
            .chain(&self.orphans)
            .filter_map(|edit| match &edit.change {
                Change::Layer(key, _) => Some(&key.annotator),
                _ => None,
            })
            .collect();
        Ok(names.into_iter().cloned().collect())
    }

    fn reviewers(&self) -> Result<Vec<Annotator>, StoreError> {
        let mut names = BTreeSet::new();
        for document in &self.documents {
            for annotator in document.annotators() {
                if document.folded(annotator).is_review() {
                    names.insert(annotator.clone());
                }
            }
        }
        Ok(names.into_iter().collect())
    }

    fn is_assigned(&self, annotator: &Annotator) -> Result<bool, StoreError> {
        let mut listed = self.documents.iter().filter(|document| !document.removed);
        Ok(listed.any(|document| document.document.assigned.contains(annotator)))
    }

    fn count(&self) -> Result<usize, StoreError> {
        let listed = self.documents.iter().filter(|document| !document.removed);
        Ok(listed.count())
    }

    fn each(&self, visit: &mut Visit<'_>) -> Result<(), ExportError> {
        self.documents.iter().cloned().try_for_each(visit)
    }
}
