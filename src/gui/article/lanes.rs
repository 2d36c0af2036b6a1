//! Lanes: at which depth each span's line runs under the letters, so that nested spans read like brackets and
//! partly overlapping ones do not run into each other. Lane 0 lies nearest to the letters. What lies
//! inside comes nearer than what is around it, and statements never take lane 0, so that tagging a name
//! inside one moves nothing.

use std::collections::BTreeMap;

/// How many lanes the space between two lines has. What is nested deeper shares the last one.
pub(super) const LANES: u8 = 4;

/// From where to where a span reaches, gaps included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Extent {
    /// First byte.
    pub(super) start: usize,
    /// Byte behind the last.
    pub(super) end: usize,
    /// A statement, whose line runs under those of names.
    pub(super) statement: bool,
}

/// The lane of each extent, in their order. Costs n log n.
pub(super) fn lanes(extents: &[Extent]) -> Vec<u8> {
    let mut order: Vec<(usize, &Extent)> = extents.iter().enumerate().collect();
    order.sort_by_key(|(_, extent)| (extent.statement, extent.end - extent.start, extent.start));
    let mut taken = Taken::default();
    let mut lanes = vec![0; extents.len()];
    for (index, extent) in order {
        if let Some(lane) = lanes.get_mut(index) {
            *lane = taken.take(extent);
        }
    }
    lanes
}

/// How many levels of nesting a compared layer shows.
const LEVELS: u8 = 3;

/// How deep each extent lies in those around it or reaching into it, in their order: 0 for what nothing is around.
/// What is
/// nested deeper than three levels shares the last. Costs n log n.
pub(super) fn levels(extents: &[Extent]) -> Vec<u8> {
    let mut order: Vec<(usize, &Extent)> = extents.iter().enumerate().collect();
    order.sort_by_key(|(_, extent)| (extent.start, std::cmp::Reverse(extent.end)));
    let mut ends = [0; LEVELS as usize];
    let mut levels = vec![0; extents.len()];
    for (index, extent) in order {
        let around = ends.iter().rposition(|end| *end > extent.start);
        let level = around.map_or(0, |level| level + 1).min(ends.len() - 1);
        if let (Some(end), Some(found)) = (ends.get_mut(level), levels.get_mut(index)) {
            *end = extent.end.max(*end);
            *found = level as u8;
        }
    }
    levels
}

/// The extents in each lane but the last, by start. Those of one lane do not overlap.
#[derive(Default)]
struct Taken([BTreeMap<usize, usize>; LANES as usize - 1]);

impl Taken {
    /// The nearest lane that is free along `extent` and lies further out than all it contains.
    fn take(&mut self, extent: &Extent) -> u8 {
        let inside = |lane: &BTreeMap<usize, usize>| {
            let first = lane.range(extent.start..extent.end).next();
            first.is_some_and(|(_, end)| *end <= extent.end)
        };
        let outmost = self.0.iter().rposition(inside);
        let from = outmost
            .map_or(0, |lane| lane + 1)
            .max(usize::from(extent.statement));
        for (index, lane) in self.0.iter_mut().enumerate().skip(from) {
            let last = lane.range(..extent.end).next_back();
            if last.is_none_or(|(_, end)| *end <= extent.start) {
                lane.insert(extent.start, extent.end);
                return index as u8;
            }
        }
        LANES - 1
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use proptest::prelude::*;

    use super::*;

    /// The extents of `[…]` (names) and `{…}` (statements) by their start, with the lanes they get.
    fn lanes_of(marked: &str) -> Vec<u8> {
        let mut open: Vec<(usize, usize)> = Vec::new();
        let mut found = Vec::new();
        let mut at = 0;
        for ch in marked.chars() {
            match ch {
                '[' | '{' => {
                    open.push((at, found.len()));
                    let statement = ch == '{';
                    found.push(Extent {
                        start: at,
                        end: at,
                        statement,
                    });
                }
                ']' | '}' => {
                    let (_, index) = open.pop().unwrap();
                    found[index].end = at;
                }
                _ => at += ch.len_utf8(),
            }
        }
        lanes(&found)
    }

    #[test]
    fn names_lie_next_to_the_letters() {
        assert_eq!(lanes_of("قال [سمير] في [عمّان]"), [0, 0]);
    }

    #[test]
    fn a_statement_leaves_room_for_names_that_are_not_there_yet() {
        assert_eq!(lanes_of("قال {إن الطريق مفتوح}"), [1]);
        assert_eq!(lanes_of("قال {إن [سمير] سافر}"), [1, 0]);
    }

    #[test]
    fn nesting_goes_outwards() {
        assert_eq!(lanes_of("[جامعة [القاهرة]]"), [1, 0]);
        assert_eq!(lanes_of("{قال إن {[جامعة [القاهرة]] أغلقت}}"), [3, 2, 1, 0]);
    }

    #[test]
    fn two_labels_on_the_same_words_take_two_lanes() {
        assert_eq!(lanes_of("[[دمشق]]"), [0, 1]);
    }

    #[test]
    fn partly_overlapping_spans_take_two_lanes() {
        let extent = |start, end| Extent {
            start,
            end,
            statement: false,
        };
        assert_eq!(lanes(&[extent(0, 6), extent(4, 9)]), [1, 0]);
    }

    #[test]
    fn what_is_nested_deeper_shares_the_last_lane() {
        assert_eq!(lanes_of("[[[[[[ا]ب]ت]ث]ج]ح]"), [3, 3, 3, 2, 1, 0]);
    }

    #[test]
    fn levels_go_inwards() {
        let extent = |start, end| Extent {
            start,
            end,
            statement: false,
        };
        let found = levels(&[
            extent(0, 40),
            extent(4, 20),
            extent(6, 9),
            extent(22, 50),
            extent(24, 26),
            extent(45, 48),
            extent(60, 70),
        ]);
        assert_eq!(found, [0, 1, 2, 1, 2, 2, 0]);
    }

    proptest! {
        #[test]
        fn no_two_overlapping_spans_share_a_lane_but_the_last(
            spans in prop::collection::vec((0_usize..60, 1_usize..20, any::<bool>()), 0..40)
        ) {
            let extents: Vec<Extent> = spans
                .into_iter()
                .map(|(start, len, statement)| Extent { start, end: start + len, statement })
                .collect();
            let lanes = lanes(&extents);
            for (i, a) in extents.iter().enumerate() {
                prop_assert!(lanes[i] < LANES);
                for (j, b) in extents.iter().enumerate().skip(i + 1) {
                    let overlap = a.start < b.end && b.start < a.end;
                    prop_assert!(!overlap || lanes[i] != lanes[j] || lanes[i] == LANES - 1);
                }
            }
        }
    }
}
