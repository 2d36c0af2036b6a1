//! Dawid & Skene (1979): each annotator has a matrix of errors, P(answer | true class), and classes have shares;
//! both are estimated with the true classes by expectation and maximisation from the majority's answers. Every
//! cell of a matrix has 0.01 added, so that what was never seen stays possible.

use super::responses::{Estimate, Patterns, Responses, from_logarithms, normalise};
use super::undefined::{Measured, Undefined};

const ADDED: f64 = 0.01;
const MOST_ROUNDS: u32 = 200;
const SETTLED: f64 = 1e-7;

/// The estimate; undefined with one annotator or without candidates.
pub fn dawid_skene(responses: &Responses) -> Measured<Estimate> {
    if responses.annotators < 2 {
        return Err(Undefined::OneAnnotator);
    }
    if responses.candidates.is_empty() {
        return Err(Undefined::NoUnits);
    }
    let patterns = Patterns::new(responses);
    let mut posteriors = majority(responses, &patterns);
    let mut model = Model::of(responses, &patterns, &posteriors);
    let mut rounds = 0;
    while rounds < MOST_ROUNDS {
        rounds += 1;
        let next = model.posteriors(&patterns);
        let moved = difference(&posteriors, &next);
        posteriors = next;
        model = Model::of(responses, &patterns, &posteriors);
        if moved < SETTLED {
            break;
        }
    }
    Ok(Estimate {
        competence: model.competence(responses),
        posteriors: patterns.spread(&posteriors),
        rounds,
    })
}

/// Shares of the answers.
fn majority(responses: &Responses, patterns: &Patterns) -> Vec<Vec<f64>> {
    let shares = patterns.answers.iter().map(|answers| {
        let mut shares = vec![0.0; responses.classes];
        for (_, class) in answers {
            add(&mut shares, *class as usize, 1.0);
        }
        normalise(&mut shares);
        shares
    });
    shares.collect()
}

fn add(values: &mut [f64], at: usize, value: f64) {
    if let Some(slot) = values.get_mut(at) {
        *slot += value;
    }
}

/// The greatest change of a probability.
pub(super) fn difference(one: &[Vec<f64>], two: &[Vec<f64>]) -> f64 {
    let pairs = one.iter().flatten().zip(two.iter().flatten());
    pairs.map(|(a, b)| (a - b).abs()).fold(0.0, f64::max)
}

struct Model {
    classes: usize,
    shares: Vec<f64>,
    /// P(answer | true class): annotator, true class, answer.
    errors: Vec<f64>,
}

impl Model {
    fn of(responses: &Responses, patterns: &Patterns, posteriors: &[Vec<f64>]) -> Self {
        let classes = responses.classes.max(1);
        let mut shares = vec![ADDED; classes];
        let mut errors = vec![ADDED; responses.annotators * classes * classes];
        for ((answers, weight), posterior) in patterns.iter().zip(posteriors) {
            for (class, probability) in posterior.iter().enumerate() {
                let probability = weight * probability;
                add(&mut shares, class, probability);
                for (annotator, answer) in answers {
                    let row = *annotator as usize * classes + class;
                    add(&mut errors, row * classes + *answer as usize, probability);
                }
            }
        }
        normalise(&mut shares);
        for row in errors.chunks_exact_mut(classes) {
            normalise(row);
        }
        Self {
            classes,
            shares,
            errors,
        }
    }

    fn posteriors(&self, patterns: &Patterns) -> Vec<Vec<f64>> {
        let of = |annotator: u32, class: usize, answer: u32| {
            let row = annotator as usize * self.classes + class;
            let at = row * self.classes + answer as usize;
            self.errors.get(at).copied().unwrap_or(1.0)
        };
        let posteriors = patterns.answers.iter().map(|answers| {
            let mut values: Vec<f64> = self.shares.iter().map(|share| share.ln()).collect();
            for (class, value) in values.iter_mut().enumerate() {
                for (annotator, answer) in answers {
                    *value += of(*annotator, class, *answer).ln();
                }
            }
            from_logarithms(&mut values);
            values
        });
        posteriors.collect()
    }

    /// The diagonal of each matrix by the shares of the classes.
    fn competence(&self, responses: &Responses) -> Vec<f64> {
        let matrices = self.errors.chunks_exact(self.classes * self.classes);
        let right = |matrix: &[f64]| {
            let diagonal = matrix.iter().step_by(self.classes + 1);
            diagonal
                .zip(&self.shares)
                .map(|(cell, share)| cell * share)
                .sum()
        };
        matrices.take(responses.annotators).map(right).collect()
    }
}

#[cfg(test)]
pub(super) mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::super::responses::Candidate;
    use super::*;
    use crate::agreement::random::Draws;
    use crate::annotation::{DocumentId, TextHash};

    /// Candidates whose true class is `at % classes`, answered rightly with these probabilities.
    pub(in crate::agreement) fn simulated(right: &[f64], classes: u32) -> Responses {
        let mut draws = Draws::new(5);
        let document = DocumentId::new(&TextHash::of(""), 0);
        let candidates = (0..900_u32).map(|at| Candidate {
            document,
            fragments: vec![(at, at + 1)],
            answers: (0..)
                .zip(right)
                .map(|(annotator, right)| {
                    let truth = at % classes;
                    let wrong = draws.below(classes as usize) as u32;
                    (annotator, if draws.unit() < *right { truth } else { wrong })
                })
                .collect(),
        });
        Responses {
            candidates: candidates.collect(),
            annotators: right.len(),
            classes: classes as usize,
        }
    }

    /// The share of candidates whose likeliest class is the true one.
    pub(in crate::agreement) fn accuracy(estimate: &Estimate, classes: usize) -> f64 {
        let right = estimate
            .posteriors
            .iter()
            .enumerate()
            .filter(|(at, posterior)| {
                let best = (0..classes).max_by(|a, b| posterior[*a].total_cmp(&posterior[*b]));
                best == Some(at % classes)
            });
        right.count() as f64 / estimate.posteriors.len() as f64
    }

    #[test]
    fn finds_who_is_right_and_what_is() {
        let responses = simulated(&[0.9, 0.8, 0.7, 0.2], 3);
        let estimate = dawid_skene(&responses).unwrap();
        // Who guesses is right one time in three as well.
        for (found, right) in estimate.competence.iter().zip([0.9_f64, 0.8, 0.7, 0.2]) {
            assert!(
                (found - (right + (1.0 - right) / 3.0)).abs() < 0.05,
                "{estimate:?}"
            );
        }
        assert!(accuracy(&estimate, 3) > 0.93, "{}", accuracy(&estimate, 3));
    }

    #[test]
    fn nobody_to_compare_is_undefined() {
        let mut responses = simulated(&[0.9], 3);
        assert_eq!(dawid_skene(&responses), Err(Undefined::OneAnnotator));
        responses.annotators = 2;
        responses.candidates.clear();
        assert_eq!(dawid_skene(&responses), Err(Undefined::NoUnits));
    }
}
