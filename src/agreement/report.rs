//! A report: all chosen measures overall, by label group, by label and by pair of annotators, and the JSON that
//! `hashiya agree --json` writes. What is costly (confusion, estimates of annotators, single documents) is
//! asked for apart.

use serde_json::{Map, Value as Json, json};

use super::gamma::Gamma;
use super::matching::MatchRule;
use super::measures::Measure;
use super::section::{ReportOptions, Section, section};
use super::span_scores::{Scored, SpanScores};
use super::undefined::{Measured, Undefined};
use super::units::Corpus;
use super::view::View;
use crate::annotation::{Annotator, LabelKind};

/// Above this many annotators no report is made: it has a section for each pair, too many to compute and to read.
pub const MOST_ANNOTATORS: usize = 64;

/// Labels whose spans are not meant to overlap within one annotator.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum LabelGroup {
    /// Names.
    Entities,
    /// Statements.
    Statements,
}

impl LabelGroup {
    /// Both, in order.
    pub const ALL: [Self; 2] = [Self::Entities, Self::Statements];

    /// Its key in JSON.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Entities => "entities",
            Self::Statements => "statements",
        }
    }

    /// Whether labels of `kind` are in it.
    pub fn has(self, kind: LabelKind) -> bool {
        self == match kind {
            LabelKind::Entity => Self::Entities,
            LabelKind::Statement => Self::Statements,
        }
    }
}

/// All that was computed. Places are places in the corpus.
#[derive(Clone, Debug, PartialEq)]
pub struct Report<'c> {
    /// What was compared.
    pub corpus: &'c Corpus,
    /// How many spans each annotator has on the shared documents.
    pub spans: Vec<usize>,
    /// All annotators and labels.
    pub all: Section,
    /// By label group, where it has labels.
    pub groups: Vec<(LabelGroup, Section)>,
    /// By label.
    pub labels: Vec<(u32, Section)>,
    /// By pair of annotators.
    pub pairs: Vec<((u32, u32), Section)>,
}

/// Computes a report. `go_on` is told how much is done, in 0..=1, and says whether to go on. It is asked before
/// each document and each resample, since a section of many documents takes long.
pub fn report<'c>(
    corpus: &'c Corpus,
    options: &ReportOptions,
    go_on: &mut dyn FnMut(f64) -> bool,
) -> Measured<Report<'c>> {
    if corpus.annotators.len() > MOST_ANNOTATORS {
        return Err(Undefined::TooManyAnnotators);
    }
    let view = View::all(corpus);
    let pairs = view.pairs();
    let of_each = if pairs.len() > 1 { 2 * pairs.len() } else { 0 };
    let steps = 2 + LabelGroup::ALL.len() + corpus.labels.len() + of_each;
    let mut progress = Progress {
        done: 0.0,
        steps: steps as f64,
        go_on,
    };
    let why = if corpus.annotators_met < 2 {
        Undefined::OneAnnotator
    } else {
        Undefined::NoSharedDocuments
    };
    let mut all = section(&view, options, true, &mut || progress.within(0.0))?;
    progress.step()?;
    add_gamma(&mut all, &view, options, &mut progress)?;
    progress.step()?;
    let mut groups = Vec::new();
    for group in LabelGroup::ALL {
        let part = view.with_labels(|label| {
            corpus
                .labels
                .get(label)
                .is_some_and(|label| group.has(label.kind))
        });
        if part.class_count() > 0 {
            let section = section(&part, options, false, &mut || progress.within(0.0))?;
            groups.push((group, section.explained(why)));
        }
        progress.step()?;
    }
    let mut labels = Vec::new();
    for label in 0..corpus.labels.len() {
        let part = view.with_labels(|other| other == label);
        let section = section(&part, options, false, &mut || progress.within(0.0))?;
        labels.push((label as u32, section.explained(why)));
        progress.step()?;
    }
    let of_pairs = of_pairs(&view, &pairs, &all, options, &mut progress)?;
    Ok(Report {
        corpus,
        spans: span_counts(corpus),
        all: all.explained(why),
        groups,
        labels,
        pairs: of_pairs,
    })
}

/// The section of each pair of annotators; of two it is `all`.
fn of_pairs(
    view: &View<'_>,
    pairs: &[(u32, u32)],
    all: &Section,
    options: &ReportOptions,
    progress: &mut Progress<'_>,
) -> Measured<Vec<((u32, u32), Section)>> {
    if let [pair] = pairs {
        return Ok(vec![(*pair, all.clone())]);
    }
    let mut sections = Vec::with_capacity(pairs.len());
    for pair in pairs {
        let part = view.with_annotators(&[pair.0, pair.1]);
        let mut section = section(&part, options, true, &mut || progress.within(0.0))?;
        progress.step()?;
        add_gamma(&mut section, &part, options, progress)?;
        progress.step()?;
        sections.push((*pair, section));
    }
    Ok(sections)
}

/// How far a report is.
struct Progress<'p> {
    done: f64,
    steps: f64,
    go_on: &'p mut dyn FnMut(f64) -> bool,
}

impl Progress<'_> {
    /// Tells that a step is done.
    fn step(&mut self) -> Measured<()> {
        self.done += 1.0;
        let next = (self.go_on)((self.done / self.steps).min(1.0));
        next.then_some(()).ok_or(Undefined::Stopped)
    }

    /// Tells that this share of the next step is done.
    fn within(&mut self, share: f64) -> bool {
        (self.go_on)(((self.done + share) / self.steps).min(1.0))
    }
}

fn add_gamma(
    section: &mut Section,
    view: &View<'_>,
    options: &ReportOptions,
    progress: &mut Progress<'_>,
) -> Measured<()> {
    if !options.asks(Measure::Gamma) && !options.asks(Measure::GammaCat) {
        return Ok(());
    }
    let mut before = 0.0;
    let documents = view.documents.len().max(1) as f64;
    let gamma = Gamma::new(view, &options.gamma, &mut || {
        before += 1.0 / documents;
        progress.within(before)
    });
    if matches!(gamma, Err(Undefined::Stopped)) {
        return Err(Undefined::Stopped);
    }
    section.add_gamma(&gamma, options, &mut || progress.within(1.0))
}

fn span_counts(corpus: &Corpus) -> Vec<usize> {
    let mut counts = vec![0; corpus.annotators.len()];
    for document in &corpus.documents {
        for (annotator, layer) in &document.layers {
            if let Some(count) = counts.get_mut(*annotator as usize) {
                *count += layer.units().len();
            }
        }
    }
    counts
}

/// The numbers of a section in JSON, with their keys.
const NUMBERS: [Measure; 6] = [
    Measure::CohenKappa,
    Measure::FleissKappa,
    Measure::KrippendorffNominal,
    Measure::UAlpha,
    Measure::UAlphaBinary,
    Measure::CuAlpha,
];
const SAMPLED: [Measure; 2] = [Measure::Gamma, Measure::GammaCat];

impl Report<'_> {
    /// The JSON of `hashiya agree --json`: an undefined number is `null`, its reason stands under `undefined`.
    pub fn json(&self) -> Json {
        let mut spans = Map::new();
        for (annotator, count) in self.corpus.annotators.iter().zip(&self.spans) {
            spans.insert(annotator.to_string(), json!(count));
        }
        let mut top = Map::new();
        let n = json!({"documents": self.corpus.documents.len(), "spans": spans});
        top.insert("n".to_owned(), n);
        let names: Vec<&str> = self
            .corpus
            .annotators
            .iter()
            .map(Annotator::as_str)
            .collect();
        top.insert("annotators".to_owned(), json!(names));
        let undefined = self.put(&mut top, &self.all, true);
        let pairs: Vec<Json> = self
            .pairs
            .iter()
            .map(|((left, right), section)| {
                let mut pair = Map::new();
                let name = |place: u32| names.get(place as usize).copied();
                pair.insert("annotators".to_owned(), json!([name(*left), name(*right)]));
                pair.insert("documents".to_owned(), json!(section.documents));
                let undefined = self.put(&mut pair, section, true);
                pair.insert("undefined".to_owned(), Json::Object(undefined));
                Json::Object(pair)
            })
            .collect();
        top.insert("pairs".to_owned(), Json::Array(pairs));
        let mut groups = Map::new();
        for (group, section) in &self.groups {
            let mut part = Map::new();
            let undefined = self.put(&mut part, section, false);
            part.insert("undefined".to_owned(), Json::Object(undefined));
            groups.insert(group.name().to_owned(), Json::Object(part));
        }
        top.insert("groups".to_owned(), Json::Object(groups));
        top.insert("undefined".to_owned(), Json::Object(undefined));
        Json::Object(top)
    }

    /// Puts a section's keys into `map`; the reasons of those without a number come back.
    fn put(
        &self,
        map: &mut Map<String, Json>,
        section: &Section,
        sampled: bool,
    ) -> Map<String, Json> {
        let mut undefined = Map::new();
        let always = [MatchRule::Exact, MatchRule::Overlap];
        let there = |rule: &MatchRule| always.contains(rule) || section.rule(*rule).is_some();
        let rules = MatchRule::ALL.into_iter().filter(there);
        for rule in rules {
            let scores = section.rule(rule);
            let why = scores.map_or(Some(Undefined::NotAsked), |scores| scores.all.scores.err());
            if let Some(why) = why {
                undefined.insert(rule.name().to_owned(), json!(why.to_string()));
            }
            map.insert(rule.name().to_owned(), self.spans_json(scores));
        }
        for measure in NUMBERS.iter().chain(SAMPLED.iter().filter(|_| sampled)) {
            let value = section.value(*measure).value;
            if let Err(why) = value {
                undefined.insert(measure.name().to_owned(), json!(why.to_string()));
            }
            map.insert(measure.name().to_owned(), json!(value.ok()));
        }
        undefined
    }

    fn spans_json(&self, scores: Option<&SpanScores>) -> Json {
        let nothing = Scored {
            scores: Err(Undefined::NotAsked),
            interval: None,
        };
        let mut object = scored(scores.map_or(&nothing, |scores| &scores.all));
        let mut labels = Map::new();
        for (place, one) in scores.into_iter().flat_map(|scores| &scores.labels) {
            if let Some(label) = self.corpus.labels.get(*place as usize) {
                labels.insert(label.name.clone(), Json::Object(scored(one)));
            }
        }
        object.insert("per_label".to_owned(), Json::Object(labels));
        Json::Object(object)
    }
}

fn scored(one: &Scored) -> Map<String, Json> {
    let scores = one.scores.ok();
    let interval = one.interval.map(|interval| [interval.low, interval.high]);
    let mut object = Map::new();
    let values = [
        ("f1", json!(scores.map(|scores| scores.f1))),
        (
            "precision",
            json!(scores.and_then(|scores| scores.precision)),
        ),
        ("recall", json!(scores.and_then(|scores| scores.recall))),
        ("ci", json!(interval)),
    ];
    for (key, value) in values {
        object.insert(key.to_owned(), value);
    }
    object
}

#[cfg(test)]
mod tests;
