//! Span measures of a view by a match rule: counts per document, pair and label, from which micro-averaged
//! precision, recall and F1 come for all labels and for each, and F1's interval. For more than two annotators
//! each is the mean of the pairs.

use super::bootstrap::{Bootstrap, Interval, Sums};
use super::f1::Scores;
use super::matching::{Counts, MatchRule, Matcher};
use super::undefined::{GoOn, Measured, Undefined, ask};
use super::view::{View, pairs_of};

/// Matched, left and right.
const COUNTS: usize = 3;

/// Scores with the interval of F1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Scored {
    /// The scores, or why there are none.
    pub scores: Measured<Scores>,
    /// F1 over resampled documents.
    pub interval: Option<Interval>,
}

/// The span measures of a view by one rule.
#[derive(Clone, Debug, PartialEq)]
pub struct SpanScores {
    /// The rule.
    pub rule: MatchRule,
    /// Over all labels of the view.
    pub all: Scored,
    /// By label (its place in the corpus), for the labels of the view.
    pub labels: Vec<(u32, Scored)>,
}

impl SpanScores {
    /// Counts a view. `go_on` is asked before each document and each resample.
    pub fn new(
        view: &View<'_>,
        rule: MatchRule,
        bootstrap: &Bootstrap,
        go_on: &mut GoOn<'_>,
    ) -> Measured<Self> {
        let labels: Vec<u32> = (0..view.corpus.labels.len() as u32)
            .filter(|label| view.class(*label) > 0)
            .collect();
        let sums = sums(view, rule, &labels, go_on)?;
        let mut tables = scored(&sums, labels.len() + 1, bootstrap, go_on)?.into_iter();
        let nothing = Scored {
            scores: Err(Undefined::OneAnnotator),
            interval: None,
        };
        let all = tables.next().filter(|_| view.annotators.len() > 1);
        Ok(Self {
            rule,
            all: all.unwrap_or(nothing),
            labels: labels.into_iter().zip(tables).collect(),
        })
    }

    /// The scores of the label at `place`.
    pub fn label(&self, place: u32) -> Option<&Scored> {
        let found = self.labels.iter().find(|(label, _)| *label == place);
        found.map(|(_, scored)| scored)
    }
}

/// The counts of each document: a block a pair who worked on it, in it all labels first, then each.
fn sums(view: &View<'_>, rule: MatchRule, labels: &[u32], go_on: &mut GoOn<'_>) -> Measured<Sums> {
    let pairs = view.sharing();
    let width = COUNTS * (labels.len() + 1);
    let mut sums = Sums::of_blocks(pairs.len(), width);
    let mut block = vec![0.0; width];
    let mut matcher = Matcher::default();
    let mut counts = vec![Counts::default(); view.corpus.labels.len()];
    for (_, layers) in view.shared() {
        ask(go_on)?;
        for ((left, mine), (right, theirs)) in pairs_of(&layers) {
            let Ok(place) = pairs.binary_search(&(left, right)) else {
                continue;
            };
            counts.fill(Counts::default());
            matcher.count(mine, theirs, rule, &mut counts);
            let of = |label: &u32| counts.get(*label as usize).copied().unwrap_or_default();
            let mut all = Counts::default();
            for label in labels {
                all += of(label);
            }
            let tables = std::iter::once(all).chain(labels.iter().map(of));
            for (slot, one) in block.chunks_exact_mut(COUNTS).zip(tables) {
                let values = [one.matched, one.left, one.right];
                for (number, value) in slot.iter_mut().zip(values) {
                    *number = value as f64;
                }
            }
            sums.push_block(place, &block);
        }
        sums.end_document();
    }
    Ok(sums)
}

/// The scores of each of `tables`.
fn scored(
    sums: &Sums,
    tables: usize,
    bootstrap: &Bootstrap,
    go_on: &mut GoOn<'_>,
) -> Measured<Vec<Scored>> {
    let total = sums.total();
    let f1 = |which: usize, total: &[f64]| mean_f1(sums, total, which);
    let intervals = bootstrap.intervals(sums, tables, f1, go_on)?;
    let tables = (0..tables).zip(intervals);
    let scored = tables.map(|(which, interval)| {
        let pairs = of_table(sums, &total, which).map(|pair| Scores::of(counts(pair)));
        let scores = if sums.is_empty() {
            Err(Undefined::NoSharedDocuments)
        } else {
            Scores::mean(&pairs.collect::<Vec<_>>())
        };
        let interval = interval.filter(|_| scores.is_ok());
        Scored { scores, interval }
    });
    Ok(scored.collect())
}

/// The counts of a table, by pair.
fn of_table<'t>(sums: &Sums, total: &'t [f64], which: usize) -> impl Iterator<Item = &'t [f64]> {
    let range = which * COUNTS..(which + 1) * COUNTS;
    let blocks = sums.blocks(total);
    blocks.filter_map(move |block| block.get(range.clone()))
}

fn counts(pair: &[f64]) -> Counts {
    let at = |at: usize| pair.get(at).copied().unwrap_or(0.0) as u64;
    Counts {
        matched: at(0),
        left: at(1),
        right: at(2),
    }
}

/// The mean F1 of the pairs that have spans.
fn mean_f1(sums: &Sums, total: &[f64], which: usize) -> Option<f64> {
    let (mut sum, mut pairs) = (0.0, 0_u32);
    for pair in of_table(sums, total, which) {
        if let [matched, left, right] = pair
            && left + right > 0.0
        {
            sum += 2.0 * matched / (left + right);
            pairs += 1;
        }
    }
    (pairs > 0).then(|| sum / f64::from(pairs))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::super::testing::{crowd, raw};
    use super::*;

    #[test]
    fn of_many_annotators_only_pairs_who_share_a_document_are_kept() {
        let spans = [vec![raw("A", 0, 4)], vec![raw("A", 0, 4), raw("B", 5, 9)]];
        let corpus = crowd(3000, &spans);
        let view = View::all(&corpus);
        assert_eq!(view.sharing().len(), 1500);
        let labels = [0, 1];
        let kept = sums(&view, MatchRule::Exact, &labels, &mut || true).unwrap();
        // All labels and each, three counts each, of one pair a document.
        assert_eq!((kept.len(), kept.kept()), (1500, 1500 * 9));
        let none = Bootstrap {
            resamples: 2,
            seed: 0,
        };
        let scores = SpanScores::new(&view, MatchRule::Exact, &none, &mut || true).unwrap();
        assert!((scores.all.scores.unwrap().f1 - 2.0 / 3.0).abs() < 1e-12);
        assert!(scores.all.interval.is_some());
    }
}
