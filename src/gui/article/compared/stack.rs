//! In which row below its line each compared span lies: as near to the letters as the layers' order allows, under
//! all that it overlaps of layers before its own and under what lies inside of it in its own. So a place needs no
//! more rows than spans lie over each other there, and where nobody has one there is none.

use std::{
    cmp::Reverse,
    collections::{BTreeMap, HashMap},
    ops::Range,
};

use crate::{
    annotation::{Layer, Span, SpanId},
    gui::article::{
        lanes::{self, Extent},
        marks::Lanes,
    },
};

/// The most rows; what would lie lower shares the last one.
const ROWS: u8 = 24;

/// The rows of all spans of compared layers.
#[derive(Debug, Default)]
pub(super) struct Stack {
    /// Where there are rows, in reading order, and how many.
    pub(super) heights: Vec<(Range<usize>, u8)>,
    /// The rows of each layer's spans, counted from the letters down.
    pub(super) rows: Vec<Lanes>,
}

/// Stacks the spans of layers. Costs n log n.
pub(super) fn stack<'a>(layers: impl Iterator<Item = &'a Layer>) -> Stack {
    let mut taken = Taken::default();
    let rows = layers.map(|layer| Lanes::known(rows(layer, &mut taken)));
    Stack {
        rows: rows.collect(),
        heights: taken.heights(),
    }
}

/// The rows of a layer's spans under those that are taken.
fn rows(layer: &Layer, taken: &mut Taken) -> HashMap<SpanId, u8> {
    let extents: Vec<Extent> = layer
        .spans()
        .map(|span| {
            let (start, end) = span.data.fragments.extent();
            Extent {
                start,
                end,
                statement: false,
            }
        })
        .collect();
    let levels = lanes::levels(&extents);
    let spans = layer.spans().zip(extents);
    let mut order: Vec<_> = levels.into_iter().map(Reverse).zip(spans).collect();
    order.sort_by_key(|(level, _)| *level);
    let row = |(_, (span, extent)): (Reverse<u8>, (&Span, Extent))| {
        (span.id, taken.take(extent.start, extent.end))
    };
    order.into_iter().map(row).collect()
}

/// How many rows are taken from each byte on, to the next.
#[derive(Default)]
struct Taken(BTreeMap<usize, u8>);

impl Taken {
    /// Takes the first row that is free from `start` to `end` and below all others there. What lies in between is one
    /// afterwards, so that many calls cost no more than n log n.
    fn take(&mut self, start: usize, end: usize) -> u8 {
        let end = end.max(start);
        let before = self.0.range(..=start).next_back();
        let mut most = before.map_or(0, |(_, rows)| *rows);
        let after = self.0.range(..=end).next_back();
        let after = after.map_or(0, |(_, rows)| *rows);
        while let Some((&at, &rows)) = self.0.range(start..end).next() {
            most = most.max(rows);
            self.0.remove(&at);
        }
        let row = most.min(ROWS - 1);
        self.0.insert(start, row + 1);
        self.0.insert(end, after);
        row
    }

    fn heights(self) -> Vec<(Range<usize>, u8)> {
        let mut found: Vec<(Range<usize>, u8)> = Vec::new();
        let mut from = None;
        for (at, rows) in self.0 {
            if let Some((start, rows)) = from.replace((at, rows)).filter(|(_, rows)| *rows > 0) {
                match found.last_mut() {
                    Some((last, same)) if last.end == start && *same == rows => last.end = at,
                    _ => found.push((start..at, rows)),
                }
            }
        }
        found
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;
    use crate::gui::article::testing::layer;

    /// From where to where there are how many rows.
    type Height = (usize, usize, u8);

    /// The heights, and the rows of each layer's spans in reading order.
    fn stacked(layers: &[Layer]) -> (Vec<Height>, Vec<Vec<u8>>) {
        let stack = stack(layers.iter());
        let heights = stack.heights.iter();
        let heights = heights.map(|(bytes, rows)| (bytes.start, bytes.end, *rows));
        let rows = layers.iter().zip(&stack.rows).map(|(layer, rows)| {
            let spans = layer.spans();
            spans.map(|span| rows.of_span(span.id)).collect()
        });
        (heights.collect(), rows.collect())
    }

    #[test]
    fn a_place_has_as_many_rows_as_layers_have_spans_there() {
        let layers = [
            layer(&[(0, 10), (20, 30)]),
            layer(&[(2, 8), (40, 50)]),
            layer(&[(5, 12), (22, 28)]),
        ];
        let (heights, rows) = stacked(&layers);
        let expected = [
            (0, 2, 1),
            (2, 5, 2),
            (5, 12, 3),
            (20, 22, 1),
            (22, 28, 2),
            (28, 30, 1),
            (40, 50, 1),
        ];
        assert_eq!(heights, expected);
        assert_eq!(rows, [vec![0, 0], vec![1, 0], vec![2, 1]]);
    }

    #[test]
    fn nested_spans_of_one_layer_take_two_rows_the_inner_one_nearer_to_the_letters() {
        let (heights, rows) = stacked(&[layer(&[(0, 40), (4, 9)]), layer(&[(4, 9)])]);
        assert_eq!(heights, [(0, 4, 2), (4, 9, 3), (9, 40, 2)]);
        assert_eq!(rows, [vec![1, 0], vec![2]]);
    }

    #[test]
    fn touching_spans_share_a_row() {
        let (heights, rows) = stacked(&[layer(&[(0, 4), (4, 9)]), layer(&[])]);
        assert_eq!(heights, [(0, 9, 1)]);
        assert_eq!(rows, [vec![0, 0], vec![]]);
    }

    #[test]
    fn what_overlaps_lies_in_rows_of_its_own_in_the_layers_order() {
        let wide: Vec<_> = (0..60).map(|n| (n * 30, n * 30 + 25 + n % 3 * 9)).collect();
        let layers: Vec<Layer> = (0..8).map(|_| layer(&wide)).collect();
        let (_, rows) = stacked(&layers);
        for pair in rows.windows(2) {
            for (one, next) in pair[0].iter().zip(&pair[1]) {
                assert!(one < next);
            }
        }
    }

    #[test]
    fn rows_have_an_end() {
        let nested: Vec<_> = (0..60).map(|n| (n, 200 - n)).collect();
        let (heights, _) = stacked(&[layer(&nested), layer(&nested)]);
        assert!(heights.iter().all(|(.., rows)| *rows <= ROWS));
    }
}
