//! Random continua by shuffling (Mathet et al. 2015, section 5.2): each annotator of the sample takes the units
//! of an annotator who is drawn, moved round by a whole number of code points between the text's beginning and the
//! last end; the moves of a sample keep half a mean unit's length from each other where there is room. A unit stays
//! whole: one that begins at the last end or before it runs on over it. So does the authors' program, as
//! pygamma-agreement has it; where one begins on the border matters to texts of a few words.

use super::{Block, Continuum};
use crate::agreement::random::Draws;

/// One sample with as many annotators; never without any unit.
pub(super) fn shuffled(continuum: &Continuum, draws: &mut Draws) -> Continuum {
    let all = || continuum.iter().flatten();
    let round = all().map(|block| block.end).fold(0.0, f64::max);
    let keep = all().map(Block::length).sum::<f64>() / all().count().max(1) as f64 / 2.0;
    loop {
        let mut free = vec![(0.0, round)];
        let mut sample = Vec::with_capacity(continuum.len());
        for _ in continuum {
            let by = pick(&free, round, draws);
            free = without(&free, by - keep, by + keep);
            let whose = continuum.get(draws.below(continuum.len()));
            let mut moved: Vec<Block> = whose.into_iter().flatten().copied().collect();
            for block in &mut moved {
                let length = block.length();
                let start = block.start + by;
                block.start = if start > round { start - round } else { start };
                block.end = block.start + length;
            }
            moved.sort_by(|one, two| one.start.total_cmp(&two.start));
            sample.push(moved);
        }
        // The layers are not all empty, so this ends.
        if sample.iter().any(|blocks| !blocks.is_empty()) {
            return sample;
        }
    }
}

/// A whole number from the free ranges, each place as likely; from everywhere where none is free.
fn pick(free: &[(f64, f64)], round: f64, draws: &mut Draws) -> f64 {
    let room: f64 = free.iter().map(|(start, end)| end - start).sum();
    if room <= 0.0 {
        return (draws.unit() * round).floor();
    }
    let mut at = draws.unit() * room;
    for (start, end) in free {
        if at < end - start {
            return (start + at).floor();
        }
        at -= end - start;
    }
    0.0
}

/// The ranges without what lies between `from` and `to`.
fn without(free: &[(f64, f64)], from: f64, to: f64) -> Vec<(f64, f64)> {
    let cut = |(start, end): &(f64, f64)| [(*start, end.min(from)), (start.max(to), *end)];
    let parts = free.iter().flat_map(cut);
    parts.filter(|(start, end)| start < end).collect()
}
