//! What of a layer is in view: the spans that touch the paragraphs shown, each with its lane and its look.
//! The work is proportional to what is in view, and done again only when that or the layer
//! changes; the lanes stay while the article is only scrolled.

use std::{collections::HashMap, ops::Range};

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

/// The lanes of a layer's spans. Spans that hang together, each overlapping the next, decide about each
/// other's lanes and about no others': where such groups lie is known once for a state of the layer,
/// and the lanes of a group are found when it first comes into view.
#[derive(Debug, Default)]
pub(super) struct Lanes {
    /// From where to where each group reaches, in reading order, and whether its lanes are known.
    groups: Vec<(Range<usize>, bool)>,
    known: HashMap<SpanId, u8>,
}

impl Lanes {
    /// Of a layer, of which no lane is known yet. `preview` stands for a span whose edge is being dragged.
    pub(super) fn of(layer: &Layer, preview: Option<&Span>) -> Self {
        let mut groups: Vec<(Range<usize>, bool)> = Vec::new();
        for span in standing(layer.spans(), preview) {
            let (start, end) = span.data.fragments.extent();
            match groups.last_mut().filter(|(group, _)| start < group.end) {
                Some((group, _)) => group.end = group.end.max(end),
                None => groups.push((start..end, false)),
            }
        }
        Self {
            groups,
            known: HashMap::new(),
        }
    }

    /// Lanes that were found elsewhere.
    pub(super) fn known(known: HashMap<SpanId, u8>) -> Self {
        Self {
            groups: Vec::new(),
            known,
        }
    }

    /// The lane of a span; the first while it is not known.
    pub(super) fn of_span(&self, span: SpanId) -> u8 {
        self.known.get(&span).copied().unwrap_or_default()
    }

    /// Finds the lanes of the groups that touch `bytes` where they are not known.
    fn find(
        &mut self,
        layer: &Layer,
        labels: &LabelSet,
        bytes: &Range<usize>,
        preview: Option<&Span>,
    ) {
        let first = self
            .groups
            .partition_point(|(group, _)| group.end <= bytes.start);
        let in_view = self.groups.iter_mut().skip(first);
        for (group, known) in in_view.take_while(|(group, _)| group.start < bytes.end) {
            if std::mem::replace(known, true) {
                continue;
            }
            let mut spans = standing(layer.starting_in(group.clone()), preview);
            spans.retain(|span| group.contains(&span.data.fragments.start()));
            let extents: Vec<Extent> = spans
                .iter()
                .map(|span| extent(span, Look::of(labels, &span.data.label)))
                .collect();
            let ids = spans.iter().map(|span| span.id);
            self.known.extend(ids.zip(lanes::lanes(&extents)));
        }
    }
}

/// Spans in reading order, with `preview` in its place instead of the span that it stands for.
fn standing<'s>(spans: impl Iterator<Item = &'s Span>, preview: Option<&'s Span>) -> Vec<&'s Span> {
    let Some(preview) = preview else {
        return spans.collect();
    };
    let mut standing: Vec<&Span> = spans.filter(|span| span.id != preview.id).collect();
    let order = |span: &Span| {
        let (start, end) = span.data.fragments.extent();
        (start, std::cmp::Reverse(end), span.id)
    };
    let at = standing.partition_point(|span| order(span) < order(preview));
    standing.insert(at, preview);
    standing
}

/// The spans that touch `bytes`, in reading order, on the `lanes` of their layer. `preview` stands for a
/// span whose edge is being dragged.
pub(super) fn in_view(
    (layer, labels): (&Layer, &LabelSet),
    lanes: &mut Lanes,
    bytes: &Range<usize>,
    preview: Option<&Span>,
) -> Vec<Mark> {
    lanes.find(layer, labels, bytes, preview);
    let spans = standing(layer.overlapping(bytes.clone()), preview).into_iter();
    let mark = |span: &Span| {
        Mark::new(
            span,
            lanes.of_span(span.id),
            Look::of(labels, &span.data.label),
        )
    };
    spans
        .filter(|span| touches(span, bytes))
        .map(mark)
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

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;
    use crate::{annotation::Fragments, gui::article::testing::layer};

    /// Start and lane of the spans in view.
    fn shown(
        layer: &Layer,
        lanes: &mut Lanes,
        bytes: Range<usize>,
        preview: Option<&Span>,
    ) -> Vec<(usize, u8)> {
        let marks = in_view((layer, &LabelSet::default()), lanes, &bytes, preview);
        marks.iter().map(|mark| (mark.start(), mark.lane)).collect()
    }

    #[test]
    fn a_lane_does_not_depend_on_what_is_in_view() {
        // A chain, each overlapping the next, and a span of its own.
        let chain: Vec<_> = (0..40).map(|n| (n * 4, n * 4 + 6 + n % 3)).collect();
        let mut extents = chain.clone();
        extents.push((400, 410));
        let layer = layer(&extents);
        let all = shown(&layer, &mut Lanes::of(&layer, None), 0..500, None);
        assert_eq!(all.len(), extents.len());
        for top in (0..420).step_by(7) {
            let mut fresh = Lanes::of(&layer, None);
            for mark in shown(&layer, &mut fresh, top..top + 9, None) {
                assert!(all.contains(&mark), "{mark:?} at {top}");
            }
        }
    }

    #[test]
    fn a_span_whose_edge_is_dragged_stands_only_where_it_is_dragged_to() {
        let layer = layer(&[(0, 10), (2, 6), (40, 50)]);
        let mut dragged = layer.spans().nth(1).unwrap().clone();
        dragged.data.fragments = Fragments::new(ByteRange::unchecked_order(42, 48)).unwrap();
        let mut lanes = Lanes::of(&layer, Some(&dragged));
        assert_eq!(shown(&layer, &mut lanes, 0..20, Some(&dragged)), [(0, 0)]);
        let there = shown(&layer, &mut lanes, 30..60, Some(&dragged));
        assert_eq!(there, [(40, 1), (42, 0)]);
    }
}
