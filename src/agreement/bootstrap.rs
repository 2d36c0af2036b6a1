//! Confidence intervals by resampling documents (Efron & Tibshirani 1993, the percentile interval). A measure
//! is a function of sums over documents, so a resample adds up rows and computes no document again.

use super::random::Draws;

/// What a measure is made of: one row of numbers a document.
#[derive(Clone, Debug, PartialEq)]
pub struct Sums {
    width: usize,
    rows: Vec<f64>,
}

impl Sums {
    /// No documents yet, `width` numbers each.
    pub fn new(width: usize) -> Self {
        Self {
            width: width.max(1),
            rows: Vec::new(),
        }
    }

    /// Adds a document; what is missing of its row is 0.
    pub fn push(&mut self, row: &[f64]) {
        let missing = self.width.saturating_sub(row.len());
        self.rows.extend(row.iter().take(self.width));
        self.rows.extend(std::iter::repeat_n(0.0, missing));
    }

    /// The number of documents.
    pub fn len(&self) -> usize {
        self.rows.len() / self.width
    }

    /// Whether there is no document.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The sums over all documents.
    pub fn total(&self) -> Vec<f64> {
        let mut total = vec![0.0; self.width];
        for row in self.rows.chunks_exact(self.width) {
            add(&mut total, row);
        }
        total
    }
}

fn add(sum: &mut [f64], row: &[f64]) {
    for (sum, value) in sum.iter_mut().zip(row) {
        *sum += value;
    }
}

/// From the 2.5th to the 97.5th percentile.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Interval {
    /// The lower end.
    pub low: f64,
    /// The upper end.
    pub high: f64,
}

/// How to resample.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bootstrap {
    /// How many resamples; none means no interval.
    pub resamples: u32,
    /// The seed: the same seed draws the same documents for every measure.
    pub seed: u64,
}

impl Default for Bootstrap {
    fn default() -> Self {
        Self {
            resamples: 1000,
            seed: 0,
        }
    }
}

impl Bootstrap {
    /// The interval of `value`, a function of the sums. `None` with fewer than two documents, or where
    /// more than half of the resamples have no value.
    pub fn interval(
        &self,
        sums: &Sums,
        mut value: impl FnMut(&[f64]) -> Option<f64>,
    ) -> Option<Interval> {
        let mut intervals = self.intervals(sums, 1, |_, total| value(total));
        intervals.pop().flatten()
    }

    /// The intervals of `count` values of the same sums, which share the draws: `value` is told which one.
    pub fn intervals(
        &self,
        sums: &Sums,
        count: usize,
        mut value: impl FnMut(usize, &[f64]) -> Option<f64>,
    ) -> Vec<Option<Interval>> {
        let documents = sums.len();
        if documents < 2 || self.resamples == 0 {
            return vec![None; count];
        }
        let mut draws = Draws::new(self.seed);
        let mut values = vec![Vec::with_capacity(self.resamples as usize); count];
        let mut total = vec![0.0; sums.width];
        for _ in 0..self.resamples {
            total.fill(0.0);
            for _ in 0..documents {
                let at = draws.below(documents) * sums.width;
                let row = sums.rows.get(at..at + sums.width);
                add(&mut total, row.unwrap_or_default());
            }
            for (which, values) in values.iter_mut().enumerate() {
                values.extend(value(which, &total));
            }
        }
        let resamples = self.resamples as usize;
        values
            .into_iter()
            .map(|values| middle(values, resamples))
            .collect()
    }
}

/// The interval in which 95 % of the values lie; `None` where fewer than half of them are there.
fn middle(mut values: Vec<f64>, wanted: usize) -> Option<Interval> {
    if values.len() * 2 < wanted {
        return None;
    }
    values.sort_by(f64::total_cmp);
    Some(Interval {
        low: percentile(&values, 0.025)?,
        high: percentile(&values, 0.975)?,
    })
}

/// Linear between the two nearest of sorted `values`.
fn percentile(values: &[f64], share: f64) -> Option<f64> {
    let at = share * (values.len().checked_sub(1)?) as f64;
    let low = *values.get(at.floor() as usize)?;
    let high = *values.get(at.ceil() as usize)?;
    Some(low + (high - low) * at.fract())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;

    fn share(sums: &[f64]) -> Option<f64> {
        match sums {
            [part, whole] if *whole > 0.0 => Some(part / whole),
            _ => None,
        }
    }

    #[test]
    fn holds_the_value_and_repeats() {
        let mut sums = Sums::new(2);
        for at in 0..400 {
            sums.push(&[f64::from(at % 4 != 0), 1.0]);
        }
        let interval = Bootstrap::default().interval(&sums, share).unwrap();
        // The standard error of a share of 0.75 in 400 is 0.0217.
        assert!(
            (interval.low - (0.75 - 1.96 * 0.0217)).abs() < 0.01,
            "{interval:?}"
        );
        assert!(
            (interval.high - (0.75 + 1.96 * 0.0217)).abs() < 0.01,
            "{interval:?}"
        );
        assert_eq!(Bootstrap::default().interval(&sums, share), Some(interval));
        let other = Bootstrap {
            seed: 1,
            ..Bootstrap::default()
        };
        assert_ne!(other.interval(&sums, share), Some(interval));
    }

    #[test]
    fn one_document_has_no_interval() {
        let mut sums = Sums::new(2);
        sums.push(&[1.0, 1.0]);
        assert_eq!(Bootstrap::default().interval(&sums, share), None);
        sums.push(&[0.0]);
        assert_eq!(sums.total(), [1.0, 1.0]);
        assert_eq!(sums.len(), 2);
    }
}
