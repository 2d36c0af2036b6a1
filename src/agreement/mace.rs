//! MACE (Hovy, Berg-Kirkpatrick, Vaswani & Hovy 2013): an annotator knows the true class with probability θ, or
//! else answers from a habit ξ of their own. Expectation and maximisation with smoothed counts: 0.1, shared
//! among the classes, is added to those of habits and 0.5 to those of knowing and not knowing. Of ten seeded
//! starts the likeliest is kept.

use super::dawid_skene::difference;
use super::random::Draws;
use super::responses::{Estimate, Patterns, Responses, from_logarithms, normalise};
use super::undefined::{Measured, Undefined};

const STARTS: u64 = 10;
const MOST_ROUNDS: u32 = 50;
const SETTLED: f64 = 1e-7;
/// Added to the counts of knowing and of not knowing.
const PRIOR: f64 = 0.5;
/// Added to the counts of habits, shared among the classes.
const ADDED: f64 = 0.1;

/// The estimate; undefined with one annotator or without candidates.
pub fn mace(responses: &Responses, seed: u64) -> Measured<Estimate> {
    if responses.annotators < 2 {
        return Err(Undefined::OneAnnotator);
    }
    if responses.candidates.is_empty() {
        return Err(Undefined::NoUnits);
    }
    let patterns = Patterns::new(responses);
    let runs = (0..STARTS).map(|start| run(responses, &patterns, seed.wrapping_add(start)));
    let best = runs.max_by(|one, two| one.0.total_cmp(&two.0));
    let mut estimate = best
        .map(|(_, estimate)| estimate)
        .ok_or(Undefined::NoUnits)?;
    estimate.posteriors = patterns.spread(&estimate.posteriors);
    Ok(estimate)
}

struct Model {
    /// θ of each annotator.
    knows: Vec<f64>,
    /// ξ: annotator, answer.
    habits: Vec<f64>,
    classes: usize,
}

/// What a round counts.
struct Found {
    likelihood: f64,
    posteriors: Vec<Vec<f64>>,
    knew: Vec<f64>,
    answered: Vec<f64>,
    guessed: Vec<f64>,
}

/// The likelihood, and the estimate with posteriors of patterns.
fn run(responses: &Responses, patterns: &Patterns, seed: u64) -> (f64, Estimate) {
    let mut model = Model::random(responses, seed);
    let mut found = model.estimate(responses, patterns);
    let mut rounds = 0;
    while rounds < MOST_ROUNDS {
        rounds += 1;
        model.maximise(&found);
        let next = model.estimate(responses, patterns);
        let moved = difference(&found.posteriors, &next.posteriors);
        found = next;
        if moved < SETTLED {
            break;
        }
    }
    let estimate = Estimate {
        competence: model.knows,
        posteriors: found.posteriors,
        rounds,
    };
    (found.likelihood, estimate)
}

impl Model {
    fn random(responses: &Responses, seed: u64) -> Self {
        let mut draws = Draws::new(seed);
        let classes = responses.classes;
        // Around “mostly right”: the mirror image, in which everybody errs alike, is as likely otherwise.
        let knows = (0..responses.annotators).map(|_| 0.5 + 0.4 * draws.unit());
        let knows = knows.collect();
        let mut habits: Vec<f64> = (0..responses.annotators * classes)
            .map(|_| 1.0 + draws.unit())
            .collect();
        habits.chunks_exact_mut(classes.max(1)).for_each(normalise);
        Self {
            knows,
            habits,
            classes,
        }
    }

    fn estimate(&self, responses: &Responses, patterns: &Patterns) -> Found {
        let mut found = Found {
            likelihood: 0.0,
            posteriors: Vec::with_capacity(patterns.answers.len()),
            knew: vec![0.0; responses.annotators],
            answered: vec![0.0; responses.annotators],
            guessed: vec![0.0; self.habits.len()],
        };
        for (answers, weight) in patterns.iter() {
            let mut values: Vec<f64> = (0..self.classes as u32)
                .map(|truth| {
                    let answers = answers.iter();
                    answers
                        .map(|(who, answer)| self.chance(*who, truth, *answer).1.ln())
                        .sum()
                })
                .collect();
            let most = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
            let sum: f64 = values.iter().map(|value| (value - most).exp()).sum();
            found.likelihood += weight * (most + sum.ln() - (self.classes as f64).ln());
            from_logarithms(&mut values);
            for (who, answer) in answers {
                let (knew, chance) = self.chance(*who, *answer, *answer);
                let agreed = values.get(*answer as usize).copied().unwrap_or(0.0);
                let knew = weight * agreed * knew / chance;
                for (list, at, value) in [
                    (&mut found.knew, *who as usize, knew),
                    (&mut found.answered, *who as usize, weight),
                    (&mut found.guessed, self.habit(*who, *answer), weight - knew),
                ] {
                    if let Some(slot) = list.get_mut(at) {
                        *slot += value;
                    }
                }
            }
            found.posteriors.push(values);
        }
        found
    }

    /// The chance that `who` knows and answers so, and that they answer so at all.
    fn chance(&self, who: u32, truth: u32, answer: u32) -> (f64, f64) {
        let knows = self.knows.get(who as usize).copied().unwrap_or(0.5);
        let habit = self
            .habits
            .get(self.habit(who, answer))
            .copied()
            .unwrap_or(0.0);
        let knew = if truth == answer { knows } else { 0.0 };
        (knew, (knew + (1.0 - knows) * habit).max(1e-300))
    }

    fn habit(&self, who: u32, answer: u32) -> usize {
        who as usize * self.classes + answer as usize
    }

    /// The smoothed shares of what was counted.
    fn maximise(&mut self, found: &Found) {
        let counts = found.knew.iter().zip(&found.answered);
        for (knows, (knew, answered)) in self.knows.iter_mut().zip(counts) {
            *knows = (knew + PRIOR) / (answered + 2.0 * PRIOR);
        }
        let added = ADDED / self.classes.max(1) as f64;
        for (habit, count) in self.habits.iter_mut().zip(&found.guessed) {
            *habit = count + added;
        }
        self.habits
            .chunks_exact_mut(self.classes.max(1))
            .for_each(normalise);
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::super::dawid_skene::tests::{accuracy, simulated};
    use super::*;

    #[test]
    fn finds_who_knows_and_what_is_true() {
        let responses = simulated(&[0.9, 0.8, 0.7, 0.2], 3);
        let estimate = mace(&responses, 0).unwrap();
        for (found, right) in estimate.competence.iter().zip([0.9_f64, 0.8, 0.7, 0.2]) {
            assert!((found - right).abs() < 0.07, "{:?}", estimate.competence);
        }
        assert!(accuracy(&estimate, 3) > 0.93);
        assert_eq!(mace(&responses, 0), Ok(estimate));
    }
}
