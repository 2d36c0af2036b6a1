//! What the outline shows: the spans in reading order, each as deep as it lies inside others.

use crate::annotation::{LabelId, LabelSet, Layer, SpanId};

/// A span in the outline. Its text and label are looked up when it is in view.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Row {
    pub(super) span: SpanId,
    /// How many spans of the outline hold it.
    pub(super) depth: usize,
}

/// The rows; only spans that count as `only`, where that is given.
pub(super) fn rows(layer: &Layer, labels: &LabelSet, only: Option<&LabelId>) -> Vec<Row> {
    // Ends of the spans that may hold the next one, the furthest first: those that lie behind it are
    // the last ones, and those that hold it the first ones, however deep the nesting is.
    let mut open: Vec<usize> = Vec::new();
    let wanted = |id: &LabelId| {
        only.is_none_or(|only| labels.resolve(id).is_some_and(|label| label.id == *only))
    };
    let mut rows = Vec::with_capacity(layer.len());
    for span in layer.spans().filter(|span| wanted(&span.data.label)) {
        let (start, end) = span.data.fragments.extent();
        while open.pop_if(|open_end| *open_end <= start).is_some() {}
        let depth = open.partition_point(|open_end| *open_end >= end);
        open.insert(depth, end);
        rows.push(Row {
            span: span.id,
            depth,
        });
    }
    rows
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;
    use crate::{
        annotation::{Annotator, EditId, Fragments, Span, SpanData, Stamp, Time},
        text::ByteRange,
    };

    /// A layer with the spans of `marked`: `(a[b]c)` has one of label X in round brackets, and in it
    /// one of label Y in square ones.
    fn layer(marked: &str) -> (String, Layer) {
        let (mut text, mut open, mut spans) = (String::new(), Vec::new(), Vec::new());
        for c in marked.chars() {
            match c {
                '(' | '[' => open.push((text.len(), if c == '(' { "X" } else { "Y" })),
                ')' | ']' => {
                    let (start, label) = open.pop().unwrap();
                    spans.push((start..text.len(), label));
                }
                _ => text.push(c),
            }
        }
        let mut layer = Layer::default();
        let edit = EditId::random();
        for (place, (range, label)) in (0..).zip(spans) {
            let stamp = Stamp {
                time: Time::default(),
                author: Annotator::unnamed(),
            };
            let range = ByteRange::new(&text, range.start, range.end).unwrap();
            layer.insert(Span {
                id: SpanId { edit, place },
                data: SpanData::new(
                    LabelId::new(label).unwrap(),
                    Fragments::new([range]).unwrap(),
                ),
                made: stamp.clone(),
                changed: stamp,
            });
        }
        (text, layer)
    }

    fn shown(marked: &str, only: Option<&str>) -> Vec<String> {
        let (text, layer) = layer(marked);
        let mut labels = LabelSet::default();
        for name in ["X", "Y"] {
            let label = labels.new_label(name).unwrap();
            labels.labels.push(label);
        }
        let only = only.map(|name| LabelId::new(name).unwrap());
        let rows = rows(&layer, &labels, only.as_ref());
        let told = |row: &Row| {
            let words = layer.get(row.span).unwrap().data.fragments.text(&text);
            format!("{}{words}", "-".repeat(row.depth))
        };
        rows.iter().map(told).collect()
    }

    #[test]
    fn spans_are_indented_as_deep_as_they_lie_inside_others() {
        let marked = "(قال [سيرغي] إن ([لندن] توافق)) ثم [باريس]";
        let expected = [
            "قال سيرغي إن لندن توافق",
            "-سيرغي",
            "-لندن توافق",
            "--لندن",
            "باريس",
        ];
        assert_eq!(shown(marked, None), expected);
    }

    #[test]
    fn the_outline_of_one_label_has_its_spans_alone() {
        let marked = "(قال [سيرغي] إن ([لندن] توافق))";
        assert_eq!(shown(marked, Some("Y")), ["سيرغي", "لندن"]);
    }
}
