//! The best alignment of two annotators: an assignment problem. Two units that are aligned save what both
//! would cost beside an empty place, 2 − d(u, v); pairs that save nothing are left out.

use super::{Block, Disorder, GammaOptions, TIE};
use crate::agreement::assignment::{Edge, best_matching};

/// The disorder of the best alignment.
pub(super) fn best(left: &[Block], right: &[Block], options: &GammaOptions) -> Disorder {
    let mut edges = Vec::with_capacity(left.len() * 4);
    let longest = right.iter().map(Block::length).fold(0.0, f64::max);
    let reach = options.reach(2.0);
    for (row, one) in left.iter().enumerate() {
        let around = reach * (one.length() + longest);
        let begin = right.partition_point(|two| two.start < one.start - around);
        for (column, two) in right.iter().enumerate().skip(begin) {
            if two.start > one.start + around {
                break;
            }
            let gain = 2.0 - options.distance(one, two) + TIE;
            if gain > 0.0 {
                edges.push(Edge {
                    row: row as u32,
                    column: column as u32,
                    gain,
                });
            }
        }
    }
    let matched = best_matching(left.len(), right.len(), &edges);
    let mut disorder = Disorder::default();
    let mut paired = 0;
    for (one, column) in left.iter().zip(matched) {
        let two = column.and_then(|column| right.get(column as usize));
        match two {
            Some(two) => disorder.add(options, &[*one, *two], 2),
            None => disorder.add(options, &[*one], 2),
        }
        paired += usize::from(two.is_some());
    }
    // Which of the second annotator's stay alone makes no difference to the sums.
    for one in right.iter().take(right.len().saturating_sub(paired)) {
        disorder.add(options, &[*one], 2);
    }
    disorder
}
