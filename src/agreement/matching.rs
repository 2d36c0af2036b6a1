//! When spans of two annotators count as the same: the match rules, and the counts that precision, recall
//! and F1 are made of (Hripcsak & Rothschild 2005). All rules ask for the same label; a span counts once.

use super::assignment::Pairing;
use super::units::{Piece, Slot, UnitLayer};

/// When two spans of one label match.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MatchRule {
    /// The same fragments.
    Exact,
    /// At least one code point shared; pairs one-to-one, as many as there can be.
    Overlap,
    /// The same fragments once proclitics at the start are dropped from both (`text::proclitic`).
    Clitic,
    /// Not spans but the code points that they cover are counted.
    Character,
}

impl MatchRule {
    /// All rules, in the order in which they are shown.
    pub const ALL: [Self; 4] = [Self::Exact, Self::Overlap, Self::Clitic, Self::Character];

    /// Its key in files and on the command line.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Exact => "exact",
            Self::Overlap => "overlap",
            Self::Clitic => "clitic",
            Self::Character => "character",
        }
    }

    /// Its name for people.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Exact => "Exact",
            Self::Overlap => "Overlap",
            Self::Clitic => "Proclitics aside",
            Self::Character => "By character",
        }
    }

    /// The rule with this name.
    pub fn by_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|rule| rule.name() == name)
    }
}

/// What matched and what there was: spans, or code points for [`MatchRule::Character`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Matched pairs.
    pub matched: u64,
    /// Of the first annotator.
    pub left: u64,
    /// Of the second annotator.
    pub right: u64,
}

impl std::ops::AddAssign for Counts {
    fn add_assign(&mut self, other: Self) {
        self.matched += other.matched;
        self.left += other.left;
        self.right += other.right;
    }
}

/// Counts matches; keeps its memory between documents.
#[derive(Debug, Default)]
pub struct Matcher {
    pairing: Pairing,
    left: Vec<(u32, u32)>,
    right: Vec<(u32, u32)>,
}

/// The units of one label on both sides.
struct Sides<'u> {
    left_layer: &'u UnitLayer,
    right_layer: &'u UnitLayer,
    left: &'u [Slot],
    right: &'u [Slot],
}

impl Sides<'_> {
    fn left_pieces(&self, slot: &Slot) -> &[Piece] {
        pieces(self.left_layer, slot)
    }

    fn right_pieces(&self, slot: &Slot) -> &[Piece] {
        pieces(self.right_layer, slot)
    }
}

fn pieces<'l>(layer: &'l UnitLayer, slot: &Slot) -> &'l [Piece] {
    let unit = layer.unit(slot.place);
    unit.map_or(&[], |unit| layer.pieces(unit))
}

impl Matcher {
    /// Adds to `counts`, one for each label, what two layers of one document have by `rule`.
    pub fn count(
        &mut self,
        left: &UnitLayer,
        right: &UnitLayer,
        rule: MatchRule,
        counts: &mut [Counts],
    ) {
        let (mut from, mut other) = (left.slots(), right.slots());
        while let Some(label) = first_label(from, other) {
            let (mine, rest) = run(from, label);
            let (theirs, other_rest) = run(other, label);
            (from, other) = (rest, other_rest);
            let sides = Sides {
                left_layer: left,
                right_layer: right,
                left: mine,
                right: theirs,
            };
            let found = self.count_label(&sides, rule);
            if let Some(sum) = counts.get_mut(label as usize) {
                *sum += found;
            }
        }
    }

    fn count_label(&mut self, sides: &Sides<'_>, rule: MatchRule) -> Counts {
        let (left, right) = (sides.left.len() as u64, sides.right.len() as u64);
        let matched = match rule {
            MatchRule::Exact => common(sides),
            MatchRule::Overlap => self.largest(sides),
            MatchRule::Clitic => common_whole(sides),
            MatchRule::Character => return self.characters(sides),
        };
        Counts {
            matched,
            left,
            right,
        }
    }

    /// The most pairs of units that share a code point.
    fn largest(&mut self, sides: &Sides<'_>) -> u64 {
        if sides.left.is_empty() || sides.right.is_empty() {
            return 0;
        }
        self.pairing.edges.clear();
        let mut begin = 0;
        // Where no unit meets two, as is usual, there is nothing to choose.
        let mut plain = true;
        for (row, unit) in sides.left.iter().enumerate() {
            // What ends before this start and every start before it meets nothing any more. Behind a long
            // unit a shorter one may end earlier: those are only skipped.
            while sides
                .right
                .get(begin)
                .is_some_and(|other| other.end <= unit.start)
            {
                begin += 1;
            }
            let from = sides.right.get(begin..).unwrap_or_default();
            for (column, other) in (begin..).zip(from) {
                if other.start >= unit.end {
                    break;
                }
                let met = if unit.whole && other.whole {
                    other.end > unit.start
                } else {
                    shared(sides.left_pieces(unit), sides.right_pieces(other)) > 0
                };
                if met {
                    let edge = (row as u32, column as u32);
                    let last = self.pairing.edges.last();
                    plain &= last.is_none_or(|last| edge.0 > last.0 && edge.1 > last.1);
                    self.pairing.edges.push(edge);
                }
            }
        }
        if plain {
            return self.pairing.edges.len() as u64;
        }
        let pairs = self.pairing.largest(sides.left.len(), sides.right.len());
        pairs as u64
    }

    fn characters(&mut self, sides: &Sides<'_>) -> Counts {
        covered(sides.left_layer, sides.left, &mut self.left);
        covered(sides.right_layer, sides.right, &mut self.right);
        let length = |ranges: &[(u32, u32)]| -> u64 {
            ranges
                .iter()
                .map(|(start, end)| u64::from(end - start))
                .sum()
        };
        let mut shared = 0;
        let (mut left, mut right) = (self.left.iter(), self.right.iter());
        let (mut mine, mut theirs) = (left.next(), right.next());
        while let (Some(one), Some(two)) = (mine, theirs) {
            shared += u64::from(one.1.min(two.1).saturating_sub(one.0.max(two.0)));
            if one.1 <= two.1 {
                mine = left.next();
            } else {
                theirs = right.next();
            }
        }
        Counts {
            matched: shared,
            left: length(&self.left),
            right: length(&self.right),
        }
    }
}

/// The next label that either side has.
fn first_label(mine: &[Slot], theirs: &[Slot]) -> Option<u32> {
    let label = |slots: &[Slot]| slots.first().map(|slot| slot.label);
    match (label(mine), label(theirs)) {
        (Some(one), Some(two)) => Some(one.min(two)),
        (one, two) => one.or(two),
    }
}

/// The units of `label` at the front, and the rest.
fn run(slots: &[Slot], label: u32) -> (&[Slot], &[Slot]) {
    let behind = slots.iter().position(|slot| slot.label != label);
    let behind = behind.unwrap_or(slots.len());
    slots.split_at_checked(behind).unwrap_or((slots, &[]))
}

/// How many units of both sides have the same fragments, each counted once. Both come in one order.
fn common(sides: &Sides<'_>) -> u64 {
    let (mut left, mut right) = (sides.left.iter(), sides.right.iter());
    let (mut mine, mut theirs) = (left.next(), right.next());
    let mut found = 0;
    while let (Some(one), Some(two)) = (mine, theirs) {
        let extents = one.start.cmp(&two.start).then(two.end.cmp(&one.end));
        let order = if one.whole && two.whole {
            extents
        } else {
            extents.then_with(|| sides.left_pieces(one).cmp(sides.right_pieces(two)))
        };
        found += u64::from(order.is_eq());
        if order.is_le() {
            mine = left.next();
        }
        if order.is_ge() {
            theirs = right.next();
        }
    }
    found
}

/// How many units of both sides are equal but for proclitics, each counted once.
fn common_whole(sides: &Sides<'_>) -> u64 {
    let keys = |layer: &UnitLayer, slots: &[Slot]| {
        let mut keys: Vec<(u32, Vec<u32>)> = slots
            .iter()
            .filter_map(|slot| {
                let unit = layer.unit(slot.place)?;
                let edges = layer
                    .pieces(unit)
                    .iter()
                    .flat_map(|piece| [piece.start, piece.end]);
                Some((unit.whole, edges.skip(1).collect()))
            })
            .collect();
        keys.sort();
        keys
    };
    let left = keys(sides.left_layer, sides.left);
    let right = keys(sides.right_layer, sides.right);
    let (mut left, mut right) = (left.iter(), right.iter());
    let (mut mine, mut theirs) = (left.next(), right.next());
    let mut found = 0;
    while let (Some(one), Some(two)) = (mine, theirs) {
        let order = one.cmp(two);
        found += u64::from(order.is_eq());
        if order.is_le() {
            mine = left.next();
        }
        if order.is_ge() {
            theirs = right.next();
        }
    }
    found
}

/// The code points that units cover, as sorted ranges that neither overlap nor touch.
fn covered(layer: &UnitLayer, slots: &[Slot], ranges: &mut Vec<(u32, u32)>) {
    ranges.clear();
    let units = slots.iter().filter_map(|slot| layer.unit(slot.place));
    ranges.extend(units.flat_map(|unit| {
        layer
            .pieces(unit)
            .iter()
            .map(|piece| (piece.start, piece.end))
    }));
    ranges.sort_unstable();
    ranges.dedup_by(|next, last| {
        let joins = next.0 <= last.1;
        if joins {
            last.1 = last.1.max(next.1);
        }
        joins
    });
}

/// How many code points two sorted lists of fragments share.
pub fn shared(left: &[Piece], right: &[Piece]) -> u32 {
    let (mut one, mut two) = (left.iter(), right.iter());
    let (mut mine, mut theirs) = (one.next(), two.next());
    let mut shared = 0;
    while let (Some(left), Some(right)) = (mine, theirs) {
        shared += left
            .end
            .min(right.end)
            .saturating_sub(left.start.max(right.start));
        if left.end <= right.end {
            mine = one.next();
        } else {
            theirs = two.next();
        }
    }
    shared
}

#[cfg(test)]
mod tests {
    use super::super::testing::{Raw, corpus, layer, letters, raw};
    use super::*;

    fn counts(text: &str, left: &[Raw], right: &[Raw], rule: MatchRule) -> (u64, u64, u64) {
        let corpus = corpus(&[(text, vec![layer(left), layer(right)])]);
        let layers = &corpus.documents[0].layers;
        let mut counts = vec![Counts::default(); corpus.labels.len()];
        Matcher::default().count(&layers[0].1, &layers[1].1, rule, &mut counts);
        let mut sum = Counts::default();
        for label in counts {
            sum += label;
        }
        (sum.matched, sum.left, sum.right)
    }

    #[test]
    fn a_nested_name_is_no_match_of_the_claim_around_it() {
        let left = [raw("X", 0, 50), raw("A", 5, 10)];
        let right = [raw("A", 5, 11), raw("B", 5, 10)];
        let count = |rule| counts(&letters(60), &left, &right, rule);
        assert_eq!(count(MatchRule::Exact), (0, 2, 2));
        assert_eq!(count(MatchRule::Overlap), (1, 2, 2));
        assert_eq!(count(MatchRule::Character), (5, 55, 11));
    }

    #[test]
    fn the_matching_is_the_largest_there_is() {
        // Taking the first that overlaps would pair 0..10 with 0..12 and leave two alone.
        let left = [raw("A", 0, 10), raw("A", 10, 12)];
        let right = [raw("A", 0, 12), raw("A", 2, 4)];
        assert_eq!(
            counts(&letters(60), &left, &right, MatchRule::Overlap),
            (2, 2, 2)
        );
    }

    #[test]
    fn fragments_count_and_gaps_do_not() {
        let split: [Raw; 1] = [("A", vec![(0, 4), (10, 14)])];
        let inside = [raw("A", 5, 9)];
        let whole = [raw("A", 0, 14)];
        let count = |other: &[Raw], rule| counts(&letters(60), &split, other, rule);
        assert_eq!(count(&inside, MatchRule::Overlap), (0, 1, 1));
        assert_eq!(count(&whole, MatchRule::Overlap), (1, 1, 1));
        assert_eq!(count(&whole, MatchRule::Exact), (0, 1, 1));
        assert_eq!(count(&split, MatchRule::Exact), (1, 1, 1));
        assert_eq!(count(&whole, MatchRule::Character), (8, 8, 14));
    }

    #[test]
    fn proclitics_make_no_difference_where_they_are_set_aside() {
        // Two bytes a letter; the word begins at byte 9.
        let text = "قال وبالقاهرة أمس";
        let word = "قال ".len();
        let end = word + "وبالقاهرة".len();
        let spans = [word, word + 2, word + 4, word + 6].map(|start| [raw("A", start, end)]);
        for one in &spans[..3] {
            for two in &spans[..3] {
                assert_eq!(counts(text, one, two, MatchRule::Clitic), (1, 1, 1));
            }
            // The article stays.
            assert_eq!(counts(text, one, &spans[3], MatchRule::Clitic), (0, 1, 1));
        }
        assert_eq!(
            counts(text, &spans[0], &spans[1], MatchRule::Exact),
            (0, 1, 1)
        );
        let shorter = [raw("A", word + 4, end - 2)];
        assert_eq!(
            counts(text, &spans[0], &shorter, MatchRule::Clitic),
            (0, 1, 1)
        );
        // Letters alone say it, as they do in the review's classes: no dictionary knows the name.
        let name = "في سوريا";
        let at = "في ".len();
        let (whole, less) = ([raw("A", at, name.len())], [raw("A", at + 2, name.len())]);
        assert_eq!(counts(name, &whole, &less, MatchRule::Clitic), (1, 1, 1));
    }
}
