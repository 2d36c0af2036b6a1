//! Confidence intervals by resampling documents (Efron & Tibshirani 1993, the percentile interval). A measure
//! is a function of sums over documents, so a resample adds up rows and computes no document again.

use super::random::Draws;
use super::undefined::{GoOn, Measured, ask};

/// What a measure is made of: one row of numbers a document. A row is made of blocks of one width, of which a
/// document has some: of all pairs of annotators it has those who worked on it.
#[derive(Clone, Debug, PartialEq)]
pub struct Sums {
    width: usize,
    blocks: usize,
    /// How many blocks there are up to each document; behind the last one too.
    first: Vec<usize>,
    /// Which block of its row each of them is.
    places: Vec<u32>,
    values: Vec<f64>,
}

impl Sums {
    /// No documents yet, `width` numbers each.
    pub fn new(width: usize) -> Self {
        Self::of_blocks(1, width)
    }

    /// No documents yet, each with some of `blocks` blocks of `width` numbers.
    pub fn of_blocks(blocks: usize, width: usize) -> Self {
        Self {
            width: width.max(1),
            blocks,
            first: vec![0],
            places: Vec::new(),
            values: Vec::new(),
        }
    }

    /// Adds a document that has the first block alone; what is missing of it is 0.
    pub fn push(&mut self, row: &[f64]) {
        self.push_block(0, row);
        self.end_document();
    }

    /// Gives the document that is being added the block at `place`, which it has once at most; what is missing of
    /// it is 0.
    pub fn push_block(&mut self, place: usize, block: &[f64]) {
        self.places.push(place as u32);
        self.values
            .extend_from_slice(block.get(..self.width).unwrap_or(block));
        self.values.resize(self.places.len() * self.width, 0.0);
    }

    /// The document that is being added has all its blocks.
    pub fn end_document(&mut self) {
        self.first.push(self.places.len());
    }

    /// The number of documents.
    pub fn len(&self) -> usize {
        self.first.len().saturating_sub(1)
    }

    /// Whether there is no document.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The sums over all documents: all blocks, one after the other.
    pub fn total(&self) -> Vec<f64> {
        let mut total = vec![0.0; self.blocks * self.width];
        for document in 0..self.len() {
            self.add(document, &mut total);
        }
        total
    }

    /// The blocks of a total.
    pub fn blocks<'t>(&self, total: &'t [f64]) -> impl Iterator<Item = &'t [f64]> {
        total.chunks_exact(self.width)
    }

    /// Adds a document to a total.
    fn add(&self, document: usize, total: &mut [f64]) {
        let range = |at: usize| at * self.width..(at + 1) * self.width;
        let values = |block: usize| self.values.get(range(block)).unwrap_or_default();
        // Of two annotators each document has the one block that there is.
        if self.blocks == 1 && self.places.len() == self.len() {
            add(total, values(document));
            return;
        }
        let end = |at: usize| self.first.get(at).copied().unwrap_or(0);
        for block in end(document)..end(document + 1) {
            let place = self.places.get(block).map_or(0, |place| *place as usize);
            add(
                total.get_mut(range(place)).unwrap_or_default(),
                values(block),
            );
        }
    }

    /// How many numbers are kept.
    #[cfg(test)]
    pub(super) fn kept(&self) -> usize {
        self.values.len()
    }
}

fn add(sum: &mut [f64], values: &[f64]) {
    for (sum, value) in sum.iter_mut().zip(values) {
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
        go_on: &mut GoOn<'_>,
    ) -> Measured<Option<Interval>> {
        let mut intervals = self.intervals(sums, 1, |_, total| value(total), go_on)?;
        Ok(intervals.pop().flatten())
    }

    /// The intervals of `count` values of the same sums, which share the draws: `value` is told which one.
    /// `go_on` is asked before each resample.
    pub fn intervals(
        &self,
        sums: &Sums,
        count: usize,
        mut value: impl FnMut(usize, &[f64]) -> Option<f64>,
        go_on: &mut GoOn<'_>,
    ) -> Measured<Vec<Option<Interval>>> {
        let documents = sums.len();
        if documents < 2 || self.resamples == 0 {
            return Ok(vec![None; count]);
        }
        let mut draws = Draws::new(self.seed);
        let mut values = vec![Vec::with_capacity(self.resamples as usize); count];
        let mut total = vec![0.0; sums.blocks * sums.width];
        for _ in 0..self.resamples {
            ask(go_on)?;
            total.fill(0.0);
            for _ in 0..documents {
                sums.add(draws.below(documents), &mut total);
            }
            for (which, values) in values.iter_mut().enumerate() {
                values.extend(value(which, &total));
            }
        }
        let resamples = self.resamples as usize;
        let values = values.into_iter();
        Ok(values.map(|values| middle(values, resamples)).collect())
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
    use super::super::undefined::Undefined;
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
        let of = |seed| {
            let bootstrap = Bootstrap {
                seed,
                ..Bootstrap::default()
            };
            bootstrap.interval(&sums, share, &mut || true).unwrap()
        };
        let interval = of(0).unwrap();
        // The standard error of a share of 0.75 in 400 is 0.0217.
        assert!(
            (interval.low - (0.75 - 1.96 * 0.0217)).abs() < 0.01,
            "{interval:?}"
        );
        assert!(
            (interval.high - (0.75 + 1.96 * 0.0217)).abs() < 0.01,
            "{interval:?}"
        );
        assert_eq!(of(0), Some(interval));
        assert_ne!(of(1), Some(interval));
    }

    #[test]
    fn one_document_has_no_interval() {
        let mut sums = Sums::new(2);
        sums.push(&[1.0, 1.0]);
        let interval = Bootstrap::default().interval(&sums, share, &mut || true);
        assert_eq!(interval, Ok(None));
        sums.push(&[0.0]);
        assert_eq!(sums.total(), [1.0, 1.0]);
        assert_eq!(sums.len(), 2);
    }

    #[test]
    fn blocks_that_a_document_lacks_are_0_and_are_not_kept() {
        let mut sparse = Sums::of_blocks(3, 2);
        let mut dense = Sums::new(6);
        for at in 0..40 {
            let (place, other) = (at % 3, (at + 1) % 3);
            let mut row = [0.0; 6];
            for (place, value) in [(place, at as f64), (other, 1.0)] {
                sparse.push_block(place, &[value, 0.5]);
                row[2 * place] += value;
                row[2 * place + 1] += 0.5;
            }
            sparse.end_document();
            dense.push(&row);
        }
        assert_eq!((sparse.len(), sparse.kept(), dense.kept()), (40, 160, 240));
        assert_eq!(sparse.total(), dense.total());
        assert_eq!(sparse.blocks(&sparse.total()).count(), 3);
        let of = |sums| {
            let value = |which: usize, total: &[f64]| total.get(which).copied();
            Bootstrap::default().intervals(sums, 6, value, &mut || true)
        };
        assert_eq!(of(&sparse), of(&dense));
    }

    #[test]
    fn resampling_can_be_stopped() {
        let mut sums = Sums::new(2);
        sums.push(&[1.0, 1.0]);
        sums.push(&[0.0, 1.0]);
        let (mut asked, mut valued) = (0, 0);
        let value = |sums: &[f64]| {
            valued += 1;
            share(sums)
        };
        let stopped = Bootstrap::default().interval(&sums, value, &mut || {
            asked += 1;
            asked < 4
        });
        assert_eq!(stopped, Err(Undefined::Stopped));
        assert_eq!(valued, 3);
    }
}
