//! How the work goes: what each annotator has done on which day, and how fast. The counts come from outside; what
//! the stamps of edits say is summed here.

use std::collections::BTreeSet;

/// One annotator's work.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct WorkRow {
    /// The annotator's name.
    pub annotator: String,
    /// Documents that are done.
    pub done: usize,
    /// Documents that are begun and not done.
    pub begun: usize,
    /// Spans that are there.
    pub spans: usize,
    /// Time at work, in seconds.
    pub active: f64,
}

impl WorkRow {
    /// Hours at work; `None` with less than a minute, as where all was imported.
    pub fn hours(&self) -> Option<f64> {
        (self.active >= 60.0).then(|| self.active / 3600.0)
    }

    /// Spans an hour at work; `None` with less than a minute.
    pub fn spans_an_hour(&self) -> Option<f64> {
        (self.active >= 60.0).then(|| self.spans as f64 * 3600.0 / self.active)
    }

    /// Documents done an hour at work; `None` with less than a minute.
    pub fn documents_an_hour(&self) -> Option<f64> {
        (self.active >= 60.0).then(|| self.done as f64 * 3600.0 / self.active)
    }
}

/// A day.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DayFigure {
    /// Which, as year-month-day.
    pub day: String,
    /// Days since 1970.
    pub number: i64,
    /// Spans made on it, by annotator.
    pub spans: Vec<usize>,
    /// Documents done on it, by annotator.
    pub documents: Vec<usize>,
    /// Documents whose second layer was last changed up to this day.
    pub shared: usize,
    /// Exact F1 over these.
    pub exact: Option<f64>,
    /// Overlap F1 over these.
    pub overlap: Option<f64>,
}

/// The work of all.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Work {
    /// How many documents there are.
    pub documents: usize,
    /// The annotators, in the order of names.
    pub annotators: Vec<WorkRow>,
    /// The days on which something was done, in order.
    pub days: Vec<DayFigure>,
}

impl Work {
    /// The only day on which agreement is known, where there is just one.
    pub fn only_day(&self) -> Option<&DayFigure> {
        let mut known = self.days.iter().filter(|day| day.overlap.is_some());
        known.next().filter(|_| known.next().is_none())
    }

    /// Whether time was measured for everybody who has a span.
    pub fn is_timed(&self) -> bool {
        let timed = |row: &WorkRow| row.spans == 0 || row.hours().is_some();
        self.annotators.iter().all(timed)
    }
}

/// Time at work from the times of edits: gaps up to five minutes count, longer ones are breaks.
#[derive(Clone, Debug, Default)]
pub struct Sitting {
    times: BTreeSet<i64>,
}

impl Sitting {
    /// A gap that still counts, in milliseconds.
    pub const GAP: i64 = 5 * 60 * 1000;

    /// Adds an edit's time, in milliseconds since 1970.
    pub fn add(&mut self, milliseconds: i64) {
        self.times.insert(milliseconds);
    }

    /// The time at work, in seconds.
    pub fn active(&self) -> f64 {
        let later = self.times.iter().skip(1);
        let gaps = self.times.iter().zip(later).map(|(one, next)| next - one);
        let counted: i64 = gaps.filter(|gap| *gap <= Self::GAP).sum();
        counted as f64 / 1000.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn breaks_do_not_count() {
        let mut sitting = Sitting::default();
        for second in [0, 60, 360, 661, 700, 60] {
            sitting.add(second * 1000);
        }
        assert!((sitting.active() - (360.0 + 39.0)).abs() < 1e-9);
        let row = WorkRow {
            spans: 10,
            active: 1800.0,
            ..WorkRow::default()
        };
        assert_eq!(row.spans_an_hour(), Some(20.0));
        assert_eq!(WorkRow::default().documents_an_hour(), None);
    }
}
