//! What of a layer is in view: the spans that touch the paragraphs shown, each with its lane and its look.
//! The work is proportional to what is in view, and done again only when that or the layer changes.

use std::ops::Range;

use crate::{
    annotation::{
        LabelColor, LabelId, LabelKind, LabelSet, Layer, Mark as LineStyle, Span, SpanId,
    },
    text::ByteRange,
};

use super::lanes::{self, Extent};

/// How a label's spans look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Look {
    pub(super) color: LabelColor,
    pub(super) line: LineStyle,
    pub(super) statement: bool,
}

impl Look {
    /// The look of the label that a span with `id` counts as; a plain grey one for a label that the
    /// set does not know.
    pub(super) fn of(labels: &LabelSet, id: &LabelId) -> Self {
        const UNKNOWN: LabelColor = crate::annotation::PALETTE[11];
        match labels.resolve(id) {
            Some(label) => Self {
                color: label.color,
                line: label.mark,
                statement: label.kind == LabelKind::Statement,
            },
            None => Self {
                color: UNKNOWN,
                line: LineStyle::Solid,
                statement: false,
            },
        }
    }
}

/// A span in view.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Mark {
    pub(super) span: SpanId,
    pub(super) label: LabelId,
    pub(super) fragments: Vec<ByteRange>,
    pub(super) lane: u8,
    pub(super) look: Look,
}

impl Mark {
    fn new(span: &Span, lane: u8, look: Look) -> Self {
        Self {
            span: span.id,
            label: span.data.label.clone(),
            fragments: span.data.fragments.ranges().to_vec(),
            lane,
            look,
        }
    }

    /// The first byte.
    pub(super) fn start(&self) -> usize {
        self.fragments.first().map_or(0, ByteRange::start)
    }

    /// The byte behind the last.
    pub(super) fn end(&self) -> usize {
        self.fragments.last().map_or(0, ByteRange::end)
    }

    /// What lies between the fragments.
    pub(super) fn gaps(&self) -> impl Iterator<Item = Range<usize>> {
        let next = self.fragments.iter().skip(1);
        self.fragments
            .iter()
            .zip(next)
            .map(|(one, next)| one.end()..next.start())
    }
}

/// The spans that touch `bytes`, in reading order. `preview` stands for a span whose edge is being
/// dragged.
pub(super) fn in_view(
    layer: &Layer,
    labels: &LabelSet,
    bytes: Range<usize>,
    preview: Option<&Span>,
) -> Vec<Mark> {
    let stands = |span: &&Span| preview.is_none_or(|other| other.id != span.id);
    let mut spans: Vec<&Span> = layer
        .overlapping(wider(layer, bytes.clone()))
        .filter(stands)
        .collect();
    spans.extend(preview);
    let looks: Vec<Look> = spans
        .iter()
        .map(|span| Look::of(labels, &span.data.label))
        .collect();
    let extents: Vec<Extent> = spans
        .iter()
        .zip(&looks)
        .map(|(span, look)| extent(span, *look))
        .collect();
    let placed = spans.iter().zip(looks).zip(lanes::lanes(&extents));
    placed
        .filter(|((span, _), _)| touches(span, &bytes))
        .map(|((span, look), lane)| Mark::new(span, lane, look))
        .collect()
}

fn extent(span: &Span, look: Look) -> Extent {
    let (start, end) = span.data.fragments.extent();
    Extent {
        start,
        end,
        statement: look.statement,
    }
}

fn touches(span: &Span, bytes: &Range<usize>) -> bool {
    let (start, end) = span.data.fragments.extent();
    start < bytes.end && bytes.start < end
}

/// `bytes` and the spans that reach over its edges, so that a span's lane does not depend on how far the
/// article is scrolled.
fn wider(layer: &Layer, bytes: Range<usize>) -> Range<usize> {
    let mut wide = bytes;
    for _ in 0..3 {
        let grow = |range: Range<usize>, span: &Span| {
            let (start, end) = span.data.fragments.extent();
            range.start.min(start)..range.end.max(end)
        };
        let next = layer.overlapping(wide.clone()).fold(wide.clone(), grow);
        if next == wide {
            break;
        }
        wide = next;
    }
    wide
}
