//! Precision, recall and F1 of matched spans. F1 = 2·matched / (left + right), which is the limit of κ where
//! what nobody marked cannot be counted (Hripcsak & Rothschild 2005). The first annotator stands for the
//! reference: precision = matched / right, recall = matched / left; F1 is the same either way.

use super::matching::Counts;
use super::undefined::{Measured, Undefined};

/// The three, each in 0..=1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Scores {
    /// 2·matched / (left + right).
    pub f1: f64,
    /// matched / right; `None` where the second annotator marked nothing.
    pub precision: Option<f64>,
    /// matched / left; `None` where the first annotator marked nothing.
    pub recall: Option<f64>,
}

impl Scores {
    /// The scores of these counts; undefined where neither side marked anything.
    pub fn of(counts: Counts) -> Measured<Self> {
        let share = |whole: u64| (whole > 0).then(|| counts.matched as f64 / whole as f64);
        let half = share(counts.left + counts.right).ok_or(Undefined::NoUnits)?;
        Ok(Self {
            f1: 2.0 * half,
            precision: share(counts.right),
            recall: share(counts.left),
        })
    }

    /// The mean of the pairs of annotators that have scores; a part that no pair has stays `None`.
    pub fn mean(pairs: &[Measured<Self>]) -> Measured<Self> {
        let defined: Vec<Self> = pairs.iter().filter_map(|scores| (*scores).ok()).collect();
        let mean = |part: &dyn Fn(&Self) -> Option<f64>| {
            let values: Vec<f64> = defined.iter().filter_map(part).collect();
            (!values.is_empty()).then(|| values.iter().sum::<f64>() / values.len() as f64)
        };
        let why = pairs.iter().find_map(|scores| scores.err());
        let f1 =
            mean(&|scores| Some(scores.f1)).ok_or(why.unwrap_or(Undefined::NoSharedDocuments))?;
        Ok(Self {
            f1,
            precision: mean(&|scores| scores.precision),
            recall: mean(&|scores| scores.recall),
        })
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;

    #[test]
    fn nothing_is_undefined_and_one_side_alone_is_not() {
        assert_eq!(Scores::of(Counts::default()), Err(Undefined::NoUnits));
        let alone = Scores::of(Counts {
            matched: 0,
            left: 3,
            right: 0,
        })
        .unwrap();
        assert_eq!(
            (alone.f1, alone.precision, alone.recall),
            (0.0, None, Some(0.0))
        );
        let scores = Scores::of(Counts {
            matched: 2,
            left: 4,
            right: 2,
        })
        .unwrap();
        assert!((scores.f1 - 2.0 / 3.0).abs() < 1e-15);
        assert_eq!((scores.precision, scores.recall), (Some(1.0), Some(0.5)));
    }

    #[test]
    fn the_mean_skips_pairs_without_spans() {
        let one = Scores::of(Counts {
            matched: 1,
            left: 1,
            right: 1,
        });
        let mean = Scores::mean(&[one, Err(Undefined::NoUnits)]).unwrap();
        assert!((mean.f1 - 1.0).abs() < 1e-15);
        assert_eq!(
            Scores::mean(&[Err(Undefined::NoUnits)]),
            Err(Undefined::NoUnits)
        );
    }
}
