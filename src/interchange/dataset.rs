//! The neutral records that every format is read into and written from: a document with its layers,
//! and with the edits that made them where a file carries those. Readers and writers know only
//! these, so a format is one file and one row of the table.

use std::{
    collections::{BTreeMap, BTreeSet, HashSet},
    sync::Arc,
};

use crate::{
    annotation::{
        Annotator, Document, DocumentId, LabelSet, Layer, Relation, Span, SpanData, Stamp, Status,
        TextHash,
    },
    edit::{DocumentState, Edit},
    text::title::title_of,
};

use super::{CopyCounter, Reason};

/// The metadata key under which a document keeps the id that its source gave it.
pub const SOURCE_ID: &str = "id";
/// The metadata key that is `true` where that id is a text that looks like a number: written, it is a
/// text again.
pub const ID_IS_TEXT: &str = "id_is_text";
/// The metadata key under which a document keeps the file that it came from.
pub const SOURCE_FILE: &str = "source";
/// The metadata key under which a document keeps the encoding of the file that it came from.
pub const SOURCE_ENCODING: &str = "encoding";
/// The metadata key that is `true` where that encoding was a guess, which people should look at.
pub const ENCODING_GUESSED: &str = "encoding_guessed";

/// What a file says before its documents.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DatasetHead {
    /// The labels, attributes and relation types that the documents use.
    pub labels: LabelSet,
    /// The edits that made them, and edits of documents that never came in; none where the file
    /// carries no edits.
    pub edits: Vec<Arc<Edit>>,
}

/// A document with all that belongs to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DocumentRecord {
    /// Its id.
    pub id: DocumentId,
    /// Its title.
    pub title: String,
    /// What the source said of it.
    pub metadata: BTreeMap<String, String>,
    /// Who is to annotate it.
    pub assigned: BTreeSet<Annotator>,
    /// Whether it was taken out of the project's list.
    pub removed: bool,
    /// Its text.
    pub text: Arc<str>,
    /// Its layers, one an annotator.
    pub layers: Vec<LayerRecord>,
    /// How many threads of comments it has. Only edits carry them.
    pub threads: usize,
    /// Every edit of it and of its layers; none where the file carries no edits. Where there are
    /// some, the fields above are their fold.
    pub edits: Vec<Arc<Edit>>,
}

/// The layer of one annotator on a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LayerRecord {
    /// Whose it is.
    pub annotator: Annotator,
    /// How far the annotator is.
    pub status: Status,
    /// The spans, in reading order where they come from a project.
    pub spans: Vec<SpanRecord>,
    /// The relations.
    pub relations: Vec<RelationRecord>,
    /// How many decisions there are of a reviewer. Only edits carry them.
    pub decisions: usize,
}

/// A span of a layer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SpanRecord {
    /// What the layer's relations call it.
    pub id: String,
    /// What it says.
    pub data: SpanData,
    /// Who made it and when, where the file says so.
    pub made: Option<Stamp>,
    /// Who changed it last and when, where the file says so.
    pub changed: Option<Stamp>,
}

/// A relation between two spans of a layer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RelationRecord {
    /// Its id.
    pub id: String,
    /// The name of its type.
    pub kind: String,
    /// The id of the span at which it begins.
    pub from: String,
    /// The id of the span to which it points.
    pub to: String,
}

impl DocumentRecord {
    /// A document of a file that knows only a text: without title, metadata or layers.
    pub fn new(id: DocumentId, text: Arc<str>) -> Self {
        Self {
            id,
            title: String::new(),
            metadata: BTreeMap::new(),
            assigned: BTreeSet::new(),
            removed: false,
            text,
            layers: Vec::new(),
            threads: 0,
            edits: Vec::new(),
        }
    }

    /// A document as a reader finds it. Its id counts the copies of its text; its title is the given
    /// one, else the text's first line, else `stem`, which is the file's name without its ending.
    pub(super) fn found(
        text: impl Into<Arc<str>>,
        title: Option<String>,
        stem: &str,
        copies: &mut CopyCounter,
    ) -> Self {
        let text = text.into();
        let title = title
            .filter(|title| !title.trim().is_empty())
            .or_else(|| title_of(&text))
            .unwrap_or_else(|| stem.to_owned());
        Self {
            title,
            ..Self::new(copies.id(&TextHash::of(&text)), text)
        }
    }

    /// What a file of its own is named after: the id that its source gave it, else its title.
    pub(super) fn name(&self) -> &str {
        self.metadata.get(SOURCE_ID).unwrap_or(&self.title)
    }

    /// A document of a project. `None` where its edits never added it. `edits` may be left empty
    /// for formats that carry none.
    pub fn of(
        state: &DocumentState,
        text: Arc<str>,
        layers: Vec<LayerRecord>,
        edits: Vec<Arc<Edit>>,
    ) -> Option<Self> {
        let Document {
            id,
            title,
            metadata,
            assigned,
            ..
        } = state.known()?.clone();
        Some(Self {
            id,
            title,
            metadata,
            assigned,
            removed: state.present().is_none(),
            text,
            layers,
            threads: state.threads().len(),
            edits,
        })
    }

    /// The layer of `annotator`.
    pub fn layer(&self, annotator: &Annotator) -> Option<&LayerRecord> {
        self.layers
            .iter()
            .find(|layer| layer.annotator == *annotator)
    }
}

impl LayerRecord {
    /// An empty layer.
    pub fn new(annotator: Annotator) -> Self {
        Self {
            annotator,
            status: Status::New,
            spans: Vec::new(),
            relations: Vec::new(),
            decisions: 0,
        }
    }

    /// Whether its ids name one span each and its relations lead somewhere.
    pub(super) fn check(&self) -> Result<(), Reason> {
        let mut ids = HashSet::with_capacity(self.spans.len());
        for span in &self.spans {
            if !ids.insert(&*span.id) {
                return Err(Reason::Duplicate {
                    what: "span",
                    id: span.id.clone(),
                });
            }
        }
        for relation in &self.relations {
            if relation.from == relation.to {
                return Err(Reason::RelationToItself {
                    relation: relation.id.clone(),
                    span: relation.from.clone(),
                });
            }
            let ends = [&relation.from, &relation.to];
            if let Some(missing) = ends.into_iter().find(|end| !ids.contains(&***end)) {
                return Err(Reason::RelationEnd {
                    relation: relation.id.clone(),
                    span: missing.clone(),
                });
            }
        }
        Ok(())
    }

    /// A layer of a project.
    pub fn of(annotator: Annotator, layer: &Layer) -> Self {
        Self {
            annotator,
            status: layer.status(),
            spans: layer.spans().map(SpanRecord::of).collect(),
            relations: layer.relations().map(RelationRecord::of).collect(),
            decisions: layer.decision_count(),
        }
    }
}

impl SpanRecord {
    /// A span that a file names `id`, without author or time.
    pub fn new(id: String, data: SpanData) -> Self {
        Self {
            id,
            data,
            made: None,
            changed: None,
        }
    }

    fn of(span: &Span) -> Self {
        Self {
            id: span.id.to_string(),
            data: span.data.clone(),
            made: Some(span.made.clone()),
            changed: Some(span.changed.clone()),
        }
    }
}

impl RelationRecord {
    fn of(relation: &Relation) -> Self {
        Self {
            id: relation.id.to_string(),
            kind: relation.kind.clone(),
            from: relation.from.to_string(),
            to: relation.to.to_string(),
        }
    }
}
