//! Span measures of a view by a match rule: counts per document, pair and label, from which micro-averaged
//! precision, recall and F1 come for all labels and for each, and F1's interval. For more than two annotators
//! each is the mean of the pairs.

use super::bootstrap::{Bootstrap, Interval, Sums};
use super::f1::Scores;
use super::matching::{Counts, MatchRule, Matcher};
use super::undefined::{Measured, Undefined};
use super::view::View;

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
    /// Counts a view.
    pub fn new(view: &View<'_>, rule: MatchRule, bootstrap: &Bootstrap) -> Self {
        let labels: Vec<u32> = (0..view.corpus.labels.len() as u32)
            .filter(|label| view.class(*label) > 0)
            .collect();
        let pairs = view.pairs();
        // One table beside the other: all labels first, then each; in each the pairs.
        let width = 3 * pairs.len();
        let mut sums = Sums::new(width * (labels.len() + 1));
        let mut row = vec![0.0; width * (labels.len() + 1)];
        let mut matcher = Matcher::default();
        let mut counts = vec![Counts::default(); view.corpus.labels.len()];
        for (_, layers) in view.shared() {
            row.fill(0.0);
            for (at, (left, right)) in pairs.iter().enumerate() {
                let has = |one: u32| layers.iter().find(|(there, _)| *there == one);
                let (Some((_, mine)), Some((_, theirs))) = (has(*left), has(*right)) else {
                    continue;
                };
                counts.fill(Counts::default());
                matcher.count(mine, theirs, rule, &mut counts);
                let mut all = Counts::default();
                for (table, label) in (1..).zip(&labels) {
                    let here = counts.get(*label as usize).copied().unwrap_or_default();
                    all += here;
                    put(&mut row, table * width + at * 3, here);
                }
                put(&mut row, at * 3, all);
            }
            sums.push(&row);
        }
        let mut scored = scored(&sums, width, labels.len() + 1, bootstrap).into_iter();
        let nothing = Scored {
            scores: Err(Undefined::OneAnnotator),
            interval: None,
        };
        let all = scored.next().unwrap_or(nothing);
        Self {
            rule,
            all,
            labels: labels.into_iter().zip(scored).collect(),
        }
    }

    /// The scores of the label at `place`.
    pub fn label(&self, place: u32) -> Option<&Scored> {
        let found = self.labels.iter().find(|(label, _)| *label == place);
        found.map(|(_, scored)| scored)
    }
}

fn put(rows: &mut [f64], at: usize, counts: Counts) {
    let values = [counts.matched, counts.left, counts.right];
    for (slot, value) in rows.iter_mut().skip(at).zip(values) {
        *slot = value as f64;
    }
}

/// The scores of each of `tables`, which are `width` wide.
fn scored(sums: &Sums, width: usize, tables: usize, bootstrap: &Bootstrap) -> Vec<Scored> {
    let total = sums.total();
    let part = |which: usize, sums: &[f64]| -> Option<f64> {
        mean_f1(sums.get(which * width..(which + 1) * width)?)
    };
    let intervals = bootstrap.intervals(sums, tables, part);
    let tables = (0..tables).zip(intervals);
    tables
        .map(|(which, interval)| {
            let pairs: Vec<Measured<Scores>> = total
                .get(which * width..(which + 1) * width)
                .unwrap_or_default()
                .chunks_exact(3)
                .map(|pair| Scores::of(counts(pair)))
                .collect();
            let scores = match (pairs.is_empty(), sums.is_empty()) {
                (true, _) => Err(Undefined::OneAnnotator),
                (_, true) => Err(Undefined::NoSharedDocuments),
                _ => Scores::mean(&pairs),
            };
            let interval = interval.filter(|_| scores.is_ok());
            Scored { scores, interval }
        })
        .collect()
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
fn mean_f1(sums: &[f64]) -> Option<f64> {
    let (mut sum, mut pairs) = (0.0, 0_u32);
    for pair in sums.chunks_exact(3) {
        if let [matched, left, right] = pair
            && left + right > 0.0
        {
            sum += 2.0 * matched / (left + right);
            pairs += 1;
        }
    }
    (pairs > 0).then(|| sum / f64::from(pairs))
}
