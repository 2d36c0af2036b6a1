//! The scene: the spans in view and their geometry, kept until something changes that they are made from.

use std::ops::Range;

use crate::{
    annotation::{LabelSet, LayerKey, Span, SpanId},
    gui::text::TextPainter,
    session::{Article, Edge},
    typeset::{ArticleLayout, ArticleStyle},
};

use super::{
    gesture::Dragging,
    highlights::{self, Highlights, Sizes},
    marks::{self, Lanes, Mark},
    tags,
};

/// What a scene is made from; a scene with an equal key is the same.
#[derive(Clone, Debug, PartialEq)]
struct Key {
    /// Revisions count from the start in each layer, so whose it is belongs to the key.
    layer: LayerKey,
    revision: u64,
    blocks: Range<usize>,
    style: ArticleStyle,
    rooms: u64,
    fonts: u64,
    sizes: Sizes,
    dragging: Option<Dragging>,
    labels: LabelSet,
}

/// The spans in view and their geometry.
#[derive(Debug, Default)]
pub(super) struct Scene {
    key: Option<Key>,
    version: u64,
    /// The lanes of the layer, kept while the article is only scrolled.
    lanes: Lanes,
    pub(super) marks: Vec<Mark>,
    pub(super) highlights: Highlights,
}

impl Scene {
    /// A scene of what is made already.
    pub(super) fn of(marks: Vec<Mark>, highlights: Highlights) -> Self {
        Self {
            marks,
            highlights,
            ..Self::default()
        }
    }

    /// Makes the scene anew if it is not the same as before; whether it did.
    pub(super) fn update(
        &mut self,
        layout: &ArticleLayout,
        text: &mut TextPainter,
        (article, labels): (&Article, &LabelSet),
        sizes: Sizes,
        dragging: Option<Dragging>,
    ) -> bool {
        let shown = layout.blocks_in_view();
        let (first, last) = (
            shown.first().map_or(0, |b| b.block),
            shown.last().map_or(0, |b| b.block),
        );
        let fonts = text.typesetter().generation();
        let is_same = self.key.as_ref().is_some_and(|key| {
            key.layer == *article.key()
                && key.revision == article.revision()
                && key.blocks == (first..last)
                && key.style == *layout.style()
                && key.rooms == layout.rooms_version()
                && key.fonts == fonts
                && key.sizes == sizes
                && key.dragging == dragging
                && key.labels == *labels
        });
        if is_same {
            return false;
        }
        let same_spans = self.key.as_ref().is_some_and(|key| {
            key.layer == *article.key()
                && key.revision == article.revision()
                && key.dragging == dragging
                && key.labels == *labels
        });
        self.key = Some(Key {
            layer: article.key().clone(),
            revision: article.revision(),
            blocks: first..last,
            style: layout.style().clone(),
            rooms: layout.rooms_version(),
            fonts,
            sizes,
            dragging,
            labels: labels.clone(),
        });
        self.version += 1;
        let bytes = layout.block_range(first).start..layout.block_range(last).end;
        let preview = dragging.and_then(|dragging| dragged(article, &dragging));
        let (layer, preview) = (article.layer(), preview.as_ref());
        if !same_spans {
            self.lanes = Lanes::of(layer, preview);
        }
        self.marks = marks::in_view((layer, labels), &mut self.lanes, &bytes, preview);
        let mut width_of = |mark: &Mark, short| {
            tags::layout(text, labels, &mark.label, short, sizes.point).width()
        };
        let widths: Vec<[f32; 2]> = self
            .marks
            .iter()
            .map(|mark| [width_of(mark, false), width_of(mark, true)])
            .collect();
        let width = |mark: usize, short| {
            let [full, cut] = widths.get(mark).copied().unwrap_or_default();
            if short { cut } else { full }
        };
        self.highlights = highlights::highlights(layout, &self.marks, &sizes, width);
        true
    }

    /// Counts how often it was made anew.
    pub(super) fn version(&self) -> u64 {
        self.version
    }

    /// The index of a span's mark.
    pub(super) fn index_of(&self, span: SpanId) -> Option<usize> {
        self.marks.iter().position(|mark| mark.span == span)
    }

    /// The innermost span at a byte: the shortest, then the one that begins last.
    pub(super) fn innermost(&self, at: usize) -> Option<SpanId> {
        let holds = |mark: &&Mark| mark.fragments.iter().any(|fragment| fragment.contains(at));
        let key = |mark: &&Mark| {
            (
                mark.end() - mark.start(),
                std::cmp::Reverse(mark.start()),
                mark.span,
            )
        };
        self.marks
            .iter()
            .filter(holds)
            .min_by_key(key)
            .map(|mark| mark.span)
    }
}

/// The span whose edge is being dragged, as it would be.
fn dragged(article: &Article, dragging: &Dragging) -> Option<Span> {
    let mut span = article.layer().get(dragging.span)?.clone();
    let fragments = &span.data.fragments;
    span.data.fragments = match dragging.edge {
        Edge::Start => fragments.with_start(dragging.to),
        Edge::End => fragments.with_end(dragging.to),
    }?;
    Some(span)
}
