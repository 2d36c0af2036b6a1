//! Cohen's κ of two annotators on tokens (Cohen 1960): `κ = (p_o − p_e) / (1 − p_e)`, `p_e` from both annotators'
//! own shares of the classes. For more annotators the mean of the pairs.

use super::bootstrap::Sums;
use super::tokens;
use super::undefined::{Measured, Undefined, finite};
use super::view::View;

/// Per pair and document: tokens, agreeing tokens, then tokens of each class by the first, by the second.
#[derive(Debug)]
pub struct Cohen {
    /// One row a document, the pairs side by side.
    pub sums: Sums,
    pairs: usize,
    classes: usize,
}

impl Cohen {
    /// Counts the tokens of a view.
    pub fn new(view: &View<'_>) -> Self {
        let pairs = view.pairs();
        let classes = view.class_count() + 1;
        let part = 2 + 2 * classes;
        let mut sums = Sums::new(part * pairs.len());
        let mut row = vec![0.0; part * pairs.len()];
        let mut tokens_of: Vec<Vec<u32>> = vec![Vec::new(); view.annotators.len()];
        for (document, layers) in view.shared() {
            row.fill(0.0);
            let at = |annotator: u32| view.annotators.binary_search(&annotator).ok();
            for (annotator, layer) in &layers {
                if let Some(list) = at(*annotator).and_then(|at| tokens_of.get_mut(at)) {
                    tokens::classes(view, layer, document.tokens, list);
                }
            }
            let has = |annotator: u32| layers.iter().any(|(there, _)| *there == annotator);
            for (pair, part) in pairs.iter().zip(row.chunks_exact_mut(part)) {
                if !has(pair.0) || !has(pair.1) {
                    continue;
                }
                let of = |annotator| at(annotator).and_then(|at| tokens_of.get(at));
                if let (Some(left), Some(right)) = (of(pair.0), of(pair.1)) {
                    count(left, right, classes, part);
                }
            }
            sums.push(&row);
        }
        Self {
            sums,
            pairs: pairs.len(),
            classes,
        }
    }

    /// κ of these sums; the mean over the pairs for which it is defined.
    pub fn value(&self, sums: &[f64]) -> Measured {
        let part = 2 + 2 * self.classes;
        let values: Vec<Measured> = sums
            .chunks_exact(part)
            .take(self.pairs)
            .map(|part| self.pair(part))
            .collect();
        mean(&values)
    }

    fn pair(&self, part: &[f64]) -> Measured {
        let [tokens, agreed, shares @ ..] = part else {
            return Err(Undefined::NoSharedDocuments);
        };
        if *tokens == 0.0 {
            return Err(Undefined::NoTokens);
        }
        let (left, right) = shares.split_at_checked(self.classes).unwrap_or((&[], &[]));
        let chance: f64 = left.iter().zip(right).map(|(a, b)| a * b).sum::<f64>() / tokens;
        if chance >= *tokens {
            return Err(Undefined::OneCategory);
        }
        finite(
            (agreed - chance) / (tokens - chance),
            Undefined::OneCategory,
        )
    }
}

fn count(left: &[u32], right: &[u32], classes: usize, part: &mut [f64]) {
    let mut agreed = 0_u32;
    let mut shares = vec![0_u32; 2 * classes];
    for (one, two) in left.iter().zip(right) {
        agreed += u32::from(one == two);
        for place in [*one as usize, *two as usize + classes] {
            if let Some(share) = shares.get_mut(place) {
                *share += 1;
            }
        }
    }
    let counted = [left.len() as u32, agreed].into_iter().chain(shares);
    for (slot, value) in part.iter_mut().zip(counted) {
        *slot = f64::from(value);
    }
}

/// The mean of the values that are defined, or the first reason.
pub(super) fn mean(values: &[Measured]) -> Measured {
    let defined: Vec<f64> = values.iter().filter_map(|value| (*value).ok()).collect();
    if defined.is_empty() {
        let why = values.iter().find_map(|value| value.err());
        return Err(why.unwrap_or(Undefined::OneAnnotator));
    }
    Ok(defined.iter().sum::<f64>() / defined.len() as f64)
}
