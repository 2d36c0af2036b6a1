//! How the work goes, from the stamps of edits: who did what on which day, how long they were at it, and how agreement
//! came about.

use std::collections::{BTreeMap, HashMap};

use crate::{
    agreement::{Corpus, Counts, MatchRule, Matcher, Scores},
    annotation::{Annotator, DocumentId, Layer, Stamp, Status, Time},
    edit::{Change, LayerChange},
    report::{DayFigure, Sitting, Work, WorkRow},
    store::DocumentRecord,
};

use crate::session::ComparedDocument;

/// Days since 1970.
type Day = i64;

/// What one annotator has done.
#[derive(Debug, Default)]
struct Doing {
    done: usize,
    begun: usize,
    spans: usize,
    sitting: Sitting,
    /// Spans made and documents done, by day.
    days: BTreeMap<Day, (usize, usize)>,
}

/// The work of a project, a document at a time.
#[derive(Debug)]
pub(super) struct WorkBuilder {
    zone: jiff::tz::TimeZone,
    chosen: Vec<Annotator>,
    documents: usize,
    doing: BTreeMap<Annotator, Doing>,
    /// The day on which the second layer of a document was last changed.
    shared: HashMap<DocumentId, Day>,
}

impl WorkBuilder {
    /// The work of these annotators.
    pub(super) fn new(chosen: Vec<Annotator>) -> Self {
        Self {
            zone: jiff::tz::TimeZone::system(),
            chosen,
            documents: 0,
            doing: BTreeMap::new(),
            shared: HashMap::new(),
        }
    }

    fn is_chosen(&self, name: &Annotator) -> bool {
        self.chosen.contains(name) && !name.is_prediction()
    }

    fn day(&self, time: Time) -> Day {
        let date = time.timestamp().to_zoned_datetime(self.zone.clone()).date();
        day_number(date)
    }

    /// Adds a document, as it is stored and as it is compared.
    pub(super) fn add(&mut self, stored: &DocumentRecord, shown: &ComparedDocument) {
        self.documents += 1;
        let mut last: BTreeMap<&Annotator, (Time, Option<Time>)> = BTreeMap::new();
        for edit in &stored.edits {
            let Change::Layer(key, change) = &edit.change else {
                continue;
            };
            let Stamp { time, author } = &edit.stamp;
            if self.is_chosen(author) {
                let doing = self.doing.entry(author.clone()).or_default();
                doing.sitting.add(time.timestamp().as_millisecond());
            }
            let entry = last.entry(&key.annotator).or_default();
            entry.0 = entry.0.max(*time);
            if makes_done(change) {
                entry.1 = entry.1.max(Some(*time));
            }
        }
        let mut changed = Vec::new();
        for (name, layer) in &shown.layers {
            let (when, done) = last.get(name).copied().unwrap_or_default();
            if self.is_chosen(name) {
                changed.push(when);
                self.layer(name, layer, done.unwrap_or(when));
            }
        }
        changed.sort_unstable();
        if let Some(second) = changed.get(1) {
            let day = self.day(*second);
            self.shared.insert(shown.id, day);
        }
    }

    fn layer(&mut self, name: &Annotator, layer: &Layer, done: Time) {
        let made: Vec<Day> = layer.spans().map(|span| self.day(span.made.time)).collect();
        let done_on = (layer.status() == Status::Done).then(|| self.day(done));
        let doing = self.doing.entry(name.clone()).or_default();
        doing.spans += made.len();
        for day in made {
            doing.days.entry(day).or_default().0 += 1;
        }
        match done_on {
            Some(day) => {
                doing.done += 1;
                doing.days.entry(day).or_default().1 += 1;
            }
            None => doing.begun += 1,
        }
    }

    /// The work, with agreement by day of what was compared.
    pub(super) fn finish(self, corpus: &Corpus) -> Work {
        let agreement = agreement(corpus, &self.shared);
        let mut days: BTreeMap<Day, DayFigure> = BTreeMap::new();
        let people = self.doing.len();
        let new = |day: Day| DayFigure {
            day: day_name(day),
            number: day,
            spans: vec![0; people],
            documents: vec![0; people],
            ..DayFigure::default()
        };
        for (place, doing) in self.doing.values().enumerate() {
            for (day, (spans, documents)) in &doing.days {
                let figure = days.entry(*day).or_insert_with(|| new(*day));
                if let Some(slot) = figure.spans.get_mut(place) {
                    *slot = *spans;
                }
                if let Some(slot) = figure.documents.get_mut(place) {
                    *slot = *documents;
                }
            }
        }
        for (day, (shared, exact, overlap)) in agreement {
            let figure = days.entry(day).or_insert_with(|| new(day));
            (figure.shared, figure.exact, figure.overlap) = (shared, exact, overlap);
        }
        // On days on which nothing was compared the numbers stay as they were.
        let (mut shared, mut exact, mut overlap) = (0, None, None);
        for day in days.values_mut() {
            if day.shared > 0 {
                (shared, exact, overlap) = (day.shared, day.exact, day.overlap);
            }
            (day.shared, day.exact, day.overlap) = (shared, exact, overlap);
        }
        let rows = self.doing.into_iter().map(|(name, doing)| WorkRow {
            annotator: name.as_str().to_owned(),
            done: doing.done,
            begun: doing.begun,
            spans: doing.spans,
            active: doing.sitting.active(),
        });
        Work {
            documents: self.documents,
            annotators: rows.collect(),
            days: days.into_values().collect(),
        }
    }
}

/// Whether a change says that the layer is done.
fn makes_done(change: &LayerChange) -> bool {
    match change {
        LayerChange::SetStatus(status) => *status == Status::Done,
        LayerChange::Batch(changes) => changes.iter().any(makes_done),
        _ => false,
    }
}

/// Documents compared so far, and exact and overlap F1 of them.
type SoFar = (usize, Option<f64>, Option<f64>);

/// For each day on which something came to be comparable, how it stands; with more than two annotators the mean
/// of the pairs.
fn agreement(corpus: &Corpus, shared: &HashMap<DocumentId, Day>) -> BTreeMap<Day, SoFar> {
    let mut by_day: BTreeMap<Day, Vec<usize>> = BTreeMap::new();
    for (place, document) in corpus.documents.iter().enumerate() {
        if let Some(day) = shared.get(&document.id) {
            by_day.entry(*day).or_default().push(place);
        }
    }
    let mut matcher = Matcher::default();
    let mut counts = vec![Counts::default(); corpus.labels.len()];
    let rules = [MatchRule::Exact, MatchRule::Overlap];
    let mut sums: [BTreeMap<(u32, u32), Counts>; 2] = Default::default();
    let mut so_far = BTreeMap::new();
    let mut documents = 0;
    for (day, places) in by_day {
        for document in places
            .iter()
            .filter_map(|place| corpus.documents.get(*place))
        {
            documents += 1;
            for (at, (left, mine)) in document.layers.iter().enumerate() {
                for (right, theirs) in document.layers.iter().skip(at + 1) {
                    for (rule, sums) in rules.iter().zip(&mut sums) {
                        counts.fill(Counts::default());
                        matcher.count(mine, theirs, *rule, &mut counts);
                        let sum = sums.entry((*left, *right)).or_default();
                        for one in &counts {
                            *sum += *one;
                        }
                    }
                }
            }
        }
        let [exact, overlap] = sums.each_ref().map(|sums| {
            let pairs: Vec<_> = sums.values().map(|sum| Scores::of(*sum)).collect();
            Scores::mean(&pairs).ok().map(|scores| scores.f1)
        });
        so_far.insert(day, (documents, exact, overlap));
    }
    so_far
}

/// Days since 1970 of a date.
fn day_number(date: jiff::civil::Date) -> Day {
    let noon = date.at(12, 0, 0, 0);
    let there = jiff::tz::TimeZone::UTC.to_timestamp(noon);
    there.map_or(0, |time| time.as_second().div_euclid(86_400))
}

/// A day as year-month-day.
fn day_name(day: Day) -> String {
    let noon = jiff::Timestamp::from_second(day.saturating_mul(86_400).saturating_add(43_200));
    noon.map_or_else(
        |_| String::new(),
        |noon| {
            noon.to_zoned_datetime(jiff::tz::TimeZone::UTC)
                .date()
                .to_string()
        },
    )
}
