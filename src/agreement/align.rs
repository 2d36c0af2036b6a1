//! The alignment that a review walks through and the confusion counts: spans of two layers paired one-to-one with
//! the greatest total of shared code points; nested and discontinuous spans too. Names are paired with names and
//! statements with statements, across them only where the fragments are the same, so that a name is not taken for
//! the statement around it. Among equal totals the pairs with the same fragments win, then those with the same
//! label, so that agreement is seen as such.

use std::cmp::{Ordering, Reverse};

use super::assignment::{Edge, best_matching};
use super::matching::shared;
use super::units::{Piece, Unit, UnitLabel, UnitLayer};

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

/// The alignment of two layers of one document, in reading order; each unit stands in it once. It is the same
/// whichever layer is the first. `labels`: those of the corpus.
pub fn align(labels: &[UnitLabel], left: &UnitLayer, right: &UnitLayer) -> Vec<Aligned> {
    let turned = is_turned(left, right);
    let (left, right) = if turned { (right, left) } else { (left, right) };
    let sides = Sides {
        labels,
        left,
        right,
        twins: twins(left, right),
    };
    let mut rows = sides.rows();
    if turned {
        for row in &mut rows {
            std::mem::swap(&mut row.left, &mut row.right);
        }
    }
    rows
}

/// Whether the second layer stands before the first in the order that does not depend on who made them: among
/// equally good pairings the one is taken that comes of this order.
pub fn is_turned(left: &UnitLayer, right: &UnitLayer) -> bool {
    said(left).gt(said(right))
}

/// What a layer says, to be compared with another's.
fn said(layer: &UnitLayer) -> impl Iterator<Item = (u32, u32, u32, &[Piece])> {
    let units = layer.units().iter();
    units.map(|unit| (unit.start, unit.end, unit.label, layer.pieces(unit)))
}

/// Whether two units are both names, or both statements.
pub fn same_kind(labels: &[UnitLabel], one: &Unit, other: &Unit) -> bool {
    let kind = |unit: &Unit| labels.get(unit.label as usize).map(|label| label.kind);
    one.label == other.label || kind(one) == kind(other)
}

/// The layers that are aligned.
struct Sides<'u> {
    labels: &'u [UnitLabel],
    left: &'u UnitLayer,
    right: &'u UnitLayer,
    /// By place, whether a unit has an identical one in the other layer.
    twins: (Vec<bool>, Vec<bool>),
}

impl Sides<'_> {
    fn rows(&self) -> Vec<Aligned> {
        let (left, right) = (self.left, self.right);
        let matched = best_matching(left.units().len(), right.units().len(), &self.edges());
        let mut free = vec![true; right.units().len()];
        let mut rows = Vec::with_capacity(left.units().len() + right.units().len());
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
            unit.map(|unit| (unit.start, Reverse(unit.end), row.left.is_none()))
        });
        rows
    }

    /// All pairs that share a code point and may be made. Code points weigh more than all preferences together.
    fn edges(&self) -> Vec<Edge> {
        let (left, right) = (self.left, self.right);
        let most = left.units().len().min(right.units().len());
        let weight = (4 * (most + 1)) as f64;
        let mut edges = Vec::with_capacity(2 * most);
        let mut begin = 0;
        for (row, unit) in (0_u32..).zip(left.units()) {
            let ended = |other: &Unit| other.end <= unit.start;
            while right.units().get(begin).is_some_and(ended) {
                begin += 1;
            }
            for (column, other) in (0_u32..).zip(right.units()).skip(begin) {
                if other.start >= unit.end {
                    break;
                }
                let pieces = (left.pieces(unit), right.pieces(other));
                let same = pieces.0 == pieces.1;
                if !self.may_pair((row, unit), (column, other), same) {
                    continue;
                }
                let shared = shared(pieces.0, pieces.1);
                if shared > 0 {
                    edges.push(Edge {
                        row,
                        column,
                        gain: f64::from(shared) * weight + preference(unit, other, same),
                    });
                }
            }
        }
        edges
    }

    /// Whether two units that meet may be paired. Agreement comes before everything: what has a twin goes with it.
    fn may_pair(
        &self,
        (row, unit): (u32, &Unit),
        (column, other): (u32, &Unit),
        same_fragments: bool,
    ) -> bool {
        let has = |twins: &[bool], place: u32| twins.get(place as usize) == Some(&true);
        if has(&self.twins.0, row) || has(&self.twins.1, column) {
            return same_fragments && unit.label == other.label;
        }
        same_fragments || same_kind(self.labels, unit, other)
    }
}

fn preference(unit: &Unit, other: &Unit, same_fragments: bool) -> f64 {
    f64::from(u8::from(same_fragments) * 2 + u8::from(unit.label == other.label))
}

/// By place, whether a unit has an identical one in the other layer.
fn twins(left: &UnitLayer, right: &UnitLayer) -> (Vec<bool>, Vec<bool>) {
    let mut twins = (
        vec![false; left.units().len()],
        vec![false; right.units().len()],
    );
    let key = |layer: &UnitLayer, place: usize| {
        let unit = layer.units().get(place)?;
        Some((unit.start, Reverse(unit.end), unit.label))
    };
    let (mut one, mut other) = (0, 0);
    while let (Some(mine), Some(theirs)) = (key(left, one), key(right, other)) {
        match mine.cmp(&theirs) {
            Ordering::Less => one += 1,
            Ordering::Greater => other += 1,
            Ordering::Equal => {
                // Of spans of one label and extent some may differ in their gaps.
                let (mine, theirs) = (run(left, one), run(right, other));
                for (place, unit) in (one..).zip(mine) {
                    for (place_there, there) in (other..).zip(theirs) {
                        if left.pieces(unit) == right.pieces(there) {
                            mark(&mut twins.0, place);
                            mark(&mut twins.1, place_there);
                        }
                    }
                }
                one += mine.len();
                other += theirs.len();
            }
        }
    }
    twins
}

/// The units from `place` on that have its label and extent.
fn run(layer: &UnitLayer, place: usize) -> &[Unit] {
    let units = layer.units().get(place..).unwrap_or_default();
    let same = |unit: &&Unit| {
        units.first().is_some_and(|first| {
            (first.start, first.end, first.label) == (unit.start, unit.end, unit.label)
        })
    };
    let count = units.iter().take_while(same).count();
    units.get(..count).unwrap_or_default()
}

fn mark(twins: &mut [bool], place: usize) {
    if let Some(twin) = twins.get_mut(place) {
        *twin = true;
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{Raw, corpus, layer, letters, raw};
    use super::*;

    fn rows(left: &[Raw], right: &[Raw]) -> Vec<(Option<u32>, Option<u32>, u32)> {
        let corpus = corpus(&[(&letters(100), vec![layer(left), layer(right)])]);
        let layers = &corpus.documents[0].layers;
        align(&corpus.labels, &layers[0].1, &layers[1].1)
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
    fn a_name_is_not_taken_for_the_statement_around_it() {
        let name = [raw("A", 5, 10)];
        let claim = [raw("X", 0, 50)];
        assert_eq!(rows(&claim, &name).len(), 2);
        let same = [raw("X", 5, 10)];
        assert_eq!(rows(&name, &same), [(Some(0), Some(0), 5)]);
        // An identical span goes with its own, though another shares more with it.
        let two = [raw("A", 0, 4), raw("A", 0, 9)];
        let other = [raw("A", 0, 4), raw("B", 2, 6)];
        let found = rows(&two, &other);
        assert!(found.contains(&(Some(1), Some(0), 4)), "{found:?}");
    }

    #[test]
    fn it_does_not_matter_who_is_first() {
        // Both of one side meet the one of the other alike.
        let two = [raw("A", 0, 4), raw("A", 4, 8)];
        let one = [raw("A", 2, 6)];
        let turn = |(left, right, shared)| (right, left, shared);
        let mut turned: Vec<_> = rows(&one, &two).into_iter().map(turn).collect();
        let mut found = rows(&two, &one);
        found.sort_unstable();
        turned.sort_unstable();
        assert_eq!(found, turned);
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
