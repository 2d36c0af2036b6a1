//! Who said what of which candidate, for the estimates of annotators. A candidate is a set of fragments that at
//! least one annotator marked in a label group; each annotator with a layer on its document answers with the
//! class of the view that they gave these fragments (the first of several), or 0: no span. So the estimates
//! are not inflated by the text that nobody marked.

use std::collections::BTreeMap;

use super::units::Piece;
use super::view::View;
use crate::annotation::DocumentId;

/// One candidate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// Its document.
    pub document: DocumentId,
    /// Its fragments in code points.
    pub fragments: Vec<(u32, u32)>,
    /// The annotators' places in the view, each with the class they gave.
    pub answers: Vec<(u32, u32)>,
}

/// All candidates of a view.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Responses {
    /// In the order of documents, then of fragments.
    pub candidates: Vec<Candidate>,
    /// How many annotators the view has.
    pub annotators: usize,
    /// How many classes there are, 0 (no span) included.
    pub classes: usize,
}

impl Responses {
    /// Collects the answers of a view.
    pub fn new(view: &View<'_>) -> Self {
        let mut candidates = Vec::new();
        for (document, layers) in view.shared() {
            let mut here: BTreeMap<Vec<(u32, u32)>, BTreeMap<u32, u32>> = BTreeMap::new();
            let place = |annotator: u32| view.annotators.binary_search(&annotator).ok();
            for (annotator, layer) in &layers {
                let Some(annotator) = place(*annotator) else {
                    continue;
                };
                for unit in layer.units() {
                    let class = view.class(unit.label);
                    if class > 0 {
                        let edges = |piece: &Piece| (piece.start, piece.end);
                        let key = layer.pieces(unit).iter().map(edges).collect();
                        let answers = here.entry(key).or_default();
                        answers.entry(annotator as u32).or_insert(class);
                    }
                }
            }
            let everybody: Vec<u32> = layers
                .iter()
                .filter_map(|(annotator, _)| place(*annotator).map(|place| place as u32))
                .collect();
            candidates.extend(here.into_iter().map(|(fragments, given)| {
                Candidate {
                    document: document.id,
                    fragments,
                    answers: everybody
                        .iter()
                        .map(|one| (*one, given.get(one).copied().unwrap_or(0)))
                        .collect(),
                }
            }));
        }
        Self {
            candidates,
            annotators: view.annotators.len(),
            classes: view.class_count() + 1,
        }
    }
}

/// Candidates with the same answers are one to the estimates: of few annotators there are few patterns.
#[derive(Debug)]
pub(super) struct Patterns {
    /// Annotator and class, for each pattern.
    pub(super) answers: Vec<Vec<(u32, u32)>>,
    /// How many candidates have each.
    pub(super) weights: Vec<f64>,
    /// The pattern of each candidate.
    of: Vec<usize>,
}

impl Patterns {
    /// The patterns of `responses`, in the order in which they come first.
    pub(super) fn new(responses: &Responses) -> Self {
        let mut patterns = Self {
            answers: Vec::new(),
            weights: Vec::new(),
            of: Vec::with_capacity(responses.candidates.len()),
        };
        let mut places: BTreeMap<&[(u32, u32)], usize> = BTreeMap::new();
        for candidate in &responses.candidates {
            let place = *places.entry(&candidate.answers).or_insert_with(|| {
                patterns.answers.push(candidate.answers.clone());
                patterns.weights.push(0.0);
                patterns.weights.len() - 1
            });
            if let Some(weight) = patterns.weights.get_mut(place) {
                *weight += 1.0;
            }
            patterns.of.push(place);
        }
        patterns
    }

    /// The patterns' answers and weights.
    pub(super) fn iter(&self) -> impl Iterator<Item = (&[(u32, u32)], f64)> {
        let answers = self.answers.iter().map(Vec::as_slice);
        answers.zip(self.weights.iter().copied())
    }

    /// What is known of each candidate, from what is known of each pattern.
    pub(super) fn spread(&self, of_patterns: &[Vec<f64>]) -> Vec<Vec<f64>> {
        let of = |place: &usize| of_patterns.get(*place).cloned().unwrap_or_default();
        self.of.iter().map(of).collect()
    }
}

/// What an estimate says. It is an aid to look where to look, never a silent gold.
#[derive(Clone, Debug, PartialEq)]
pub struct Estimate {
    /// For each annotator of the view how often they are right, in 0..=1.
    pub competence: Vec<f64>,
    /// For each candidate the probability of each class.
    pub posteriors: Vec<Vec<f64>>,
    /// How many rounds were made.
    pub rounds: u32,
}

/// Scales `values` to a sum of 1; all alike where the sum is nothing.
pub(super) fn normalise(values: &mut [f64]) {
    let sum: f64 = values.iter().sum();
    let count = values.len().max(1) as f64;
    for value in values {
        *value = if sum > 0.0 { *value / sum } else { 1.0 / count };
    }
}

/// From logarithms to probabilities.
pub(super) fn from_logarithms(values: &mut [f64]) {
    let most = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    for value in values.iter_mut() {
        *value = (*value - most).exp();
    }
    normalise(values);
}
