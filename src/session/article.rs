//! The article on the desk: its text, the layer that is edited, and where the annotator is in it.

use std::{cell::OnceCell, sync::Arc};

use crate::{
    annotation::{Document, Layer, LayerKey, Span, SpanId, Thread},
    edit::{DocumentLog, LayerLog, Log, Scope},
    store::StoreError,
    text::OffsetMap,
};

use super::{Desk, Feedback, Project};

/// An open document with the layer of one annotator.
#[derive(Debug)]
pub struct Article {
    key: LayerKey,
    text: Arc<str>,
    offsets: OnceCell<OffsetMap>,
    pub(super) document: DocumentLog,
    pub(super) layer: LayerLog,
    pub(super) desk: Desk,
    pub(super) revision: u64,
    pub(super) feedback: Vec<Feedback>,
    /// The place of the decision that was gone to last.
    pub(super) walked: Option<usize>,
}

impl Article {
    /// Reads a document and a layer of it. `None` where the project has no such document.
    pub(super) fn open(project: &Project, key: LayerKey) -> Result<Option<Self>, StoreError> {
        let document: DocumentLog = Log::new(project.edits(&Scope::Document(key.document))?);
        let Some(known) = document.state().known() else {
            return Ok(None);
        };
        let text = project.reader.text(&known.text)?;
        let layer = Log::new(project.edits(&Scope::Layer(key.clone()))?);
        Ok(Some(Self {
            key,
            text,
            offsets: OnceCell::new(),
            document,
            layer,
            desk: Desk::default(),
            revision: 0,
            feedback: Vec::new(),
            walked: None,
        }))
    }

    /// Which layer is edited.
    pub fn key(&self) -> &LayerKey {
        &self.key
    }

    /// The text.
    pub fn text(&self) -> &Arc<str> {
        &self.text
    }

    /// What is known of the document.
    pub fn document(&self) -> Option<&Document> {
        self.document.state().known()
    }

    /// The threads of comments on it, by the time of their first comments.
    pub fn threads(&self) -> &[Thread] {
        self.document.state().threads()
    }

    /// What reviewers decided that concerns whose layer this is, in reading order.
    pub fn feedback(&self) -> &[Feedback] {
        &self.feedback
    }

    /// The layer.
    pub fn layer(&self) -> &Layer {
        self.layer.state()
    }

    /// The layer's edits and history.
    pub fn log(&self) -> &LayerLog {
        &self.layer
    }

    /// Caret, selection, chosen span.
    pub fn desk(&self) -> &Desk {
        &self.desk
    }

    /// Grows with each change of the layer: the key of what is cached of it.
    pub fn revision(&self) -> u64 {
        self.revision
    }

    /// Offsets in code points and UTF-16; made when first asked for.
    pub fn offsets(&self) -> &OffsetMap {
        self.offsets.get_or_init(|| OffsetMap::new(&self.text))
    }

    /// The chosen span.
    pub fn chosen(&self) -> Option<&Span> {
        self.layer().get(self.desk.chosen()?)
    }

    /// The spans that byte `at` lies in, the innermost first: the shortest, then the later.
    pub fn spans_at(&self, at: usize) -> Vec<SpanId> {
        let hit = |span: &&Span| span.data.fragments.contains(at);
        let mut hits: Vec<&Span> = self.layer().overlapping(at..at + 1).filter(hit).collect();
        hits.sort_by_key(|span| {
            let (start, end) = span.data.fragments.extent();
            (end - start, std::cmp::Reverse(start), span.id)
        });
        hits.into_iter().map(|span| span.id).collect()
    }

    /// The span that a click at byte `at` chooses: the innermost, and where one of those there is
    /// chosen already the next one outwards, and after the outermost the innermost again.
    pub fn span_for_click(&self, at: usize) -> Option<SpanId> {
        let hits = self.spans_at(at);
        let chosen = self
            .desk
            .chosen()
            .and_then(|id| hits.iter().position(|hit| *hit == id));
        let next = chosen.map_or(0, |place| (place + 1) % hits.len().max(1));
        hits.get(next).copied()
    }
}
