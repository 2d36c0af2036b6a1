//! The alignment that a review walks through: spans of two layers paired one-to-one, whatever their labels,
//! with the greatest total of shared code points; nested and discontinuous spans too. Among equal totals the
//! pairs with the same fragments win, then those with the same label, so that agreement is seen as such.

use super::assignment::{Edge, best_matching};
use super::matching::shared;
use super::units::{Unit, UnitLayer};

/// A row of an alignment; at least one side is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Aligned {
    /// The place of the first layer's unit.
    pub left: Option<u32>,
    /// The place of the second layer's unit.
    pub right: Option<u32>,
    /// How many code points they share.
    pub shared: u32,
}

/// The alignment of two layers of one document, in reading order; each unit stands in it once.
pub fn align(left: &UnitLayer, right: &UnitLayer) -> Vec<Aligned> {
    align_where(left, right, &|_, _, _| true)
}

/// Whether two units that meet may be paired, by their places; told whether their fragments are the same.
pub type MayPair<'m> = dyn Fn(u32, u32, bool) -> bool + 'm;

/// The same, where only some units may be paired.
pub fn align_where(left: &UnitLayer, right: &UnitLayer, may: &MayPair<'_>) -> Vec<Aligned> {
    let edges = edges(left, right, may);
    let matched = best_matching(left.units().len(), right.units().len(), &edges);
    let mut free = vec![true; right.units().len()];
    let mut rows = Vec::with_capacity(left.units().len().max(right.units().len()));
    for (place, column) in matched.into_iter().enumerate() {
        let other = column.and_then(|column| right.unit(column));
        let unit = left.units().get(place);
        let shared = match (unit, other) {
            (Some(unit), Some(other)) => shared(left.pieces(unit), right.pieces(other)),
            _ => 0,
        };
        if let Some(slot) = column.and_then(|column| free.get_mut(column as usize)) {
            *slot = false;
        }
        rows.push(Aligned {
            left: Some(place as u32),
            right: column,
            shared,
        });
    }
    let alone = free.iter().enumerate().filter(|(_, free)| **free);
    rows.extend(alone.map(|(place, _)| Aligned {
        left: None,
        right: Some(place as u32),
        shared: 0,
    }));
    rows.sort_by_key(|row| {
        let unit = row
            .left
            .and_then(|place| left.unit(place))
            .or_else(|| row.right.and_then(|place| right.unit(place)));
        unit.map(|unit| (unit.start, std::cmp::Reverse(unit.end), row.left.is_none()))
    });
    rows
}

/// All pairs that share a code point. Code points weigh more than all preferences together.
fn edges(left: &UnitLayer, right: &UnitLayer, may: &MayPair<'_>) -> Vec<Edge> {
    let most = left.units().len().min(right.units().len());
    let weight = (4 * (most + 1)) as f64;
    let mut edges = Vec::new();
    let mut begin = 0;
    for (row, unit) in left.units().iter().enumerate() {
        while right
            .units()
            .get(begin)
            .is_some_and(|other| other.end <= unit.start)
        {
            begin += 1;
        }
        for (column, other) in right.units().iter().enumerate().skip(begin) {
            if other.start >= unit.end {
                break;
            }
            let pieces = (left.pieces(unit), right.pieces(other));
            let shared = shared(pieces.0, pieces.1);
            let same = pieces.0 == pieces.1;
            if shared > 0 && may(row as u32, column as u32, same) {
                let preferred = preference(unit, other, same);
                edges.push(Edge {
                    row: row as u32,
                    column: column as u32,
                    gain: f64::from(shared) * weight + preferred,
                });
            }
        }
    }
    edges
}

fn preference(unit: &Unit, other: &Unit, same_fragments: bool) -> f64 {
    f64::from(u8::from(same_fragments) * 2 + u8::from(unit.label == other.label))
}

#[cfg(test)]
mod tests {
    use super::super::testing::{Raw, corpus, layer, letters, raw};
    use super::*;

    fn rows(left: &[Raw], right: &[Raw]) -> Vec<(Option<u32>, Option<u32>, u32)> {
        let corpus = corpus(&[(&letters(100), vec![layer(left), layer(right)])]);
        let layers = &corpus.documents[0].layers;
        align(&layers[0].1, &layers[1].1)
            .into_iter()
            .map(|row| (row.left, row.right, row.shared))
            .collect()
    }

    #[test]
    fn nested_spans_find_their_own() {
        let claim_with_name = [raw("X", 0, 50), raw("A", 5, 10)];
        let name = [raw("A", 6, 10)];
        assert_eq!(
            rows(&claim_with_name, &name),
            [(Some(0), None, 0), (Some(1), Some(0), 4)]
        );
        let both = [raw("X", 0, 48), raw("A", 6, 10)];
        assert_eq!(
            rows(&claim_with_name, &both),
            [(Some(0), Some(0), 48), (Some(1), Some(1), 4)]
        );
    }

    #[test]
    fn the_total_counts_and_then_the_label() {
        // Greedily the first would take the second and leave one alone.
        let left = [raw("A", 0, 10), raw("A", 8, 12)];
        let right = [raw("A", 0, 3), raw("A", 5, 12)];
        assert_eq!(rows(&left, &right).len(), 2);
        let twice = [raw("A", 0, 5), raw("B", 0, 5)];
        let once = [raw("B", 0, 5)];
        assert_eq!(
            rows(&twice, &once),
            [(Some(0), None, 0), (Some(1), Some(0), 5)]
        );
    }

    #[test]
    fn fragments_count_and_gaps_do_not() {
        let split = [("A", vec![(0, 4), (10, 14)])];
        let inside = [raw("A", 5, 9)];
        assert_eq!(
            rows(&split, &inside),
            [(Some(0), None, 0), (None, Some(0), 0)]
        );
    }
}
