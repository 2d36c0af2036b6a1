//! Cohen's κ of two annotators on tokens (Cohen 1960): `κ = (p_o − p_e) / (1 − p_e)`, `p_e` from both annotators'
//! own shares of the classes. For more annotators the mean of the pairs.

use super::bootstrap::Sums;
use super::tokens;
use super::undefined::{GoOn, Measured, Undefined, ask, finite};
use super::view::{View, pairs_of};

/// Per pair and document: tokens, agreeing tokens, then tokens of each class by the first, by the second.
#[derive(Debug)]
pub struct Cohen {
    /// One row a document, a block a pair who worked on it.
    pub sums: Sums,
    classes: usize,
}

impl Cohen {
    /// Counts the tokens of a view. `go_on` is asked before each document.
    pub fn new(view: &View<'_>, go_on: &mut GoOn<'_>) -> Measured<Self> {
        let pairs = view.sharing();
        let classes = view.class_count() + 1;
        let mut block = vec![0.0; 2 + 2 * classes];
        let mut sums = Sums::of_blocks(pairs.len(), block.len());
        let mut lists: Vec<Vec<u32>> = Vec::new();
        for (document, layers) in view.shared() {
            ask(go_on)?;
            lists.resize_with(lists.len().max(layers.len()), Vec::new);
            for ((_, layer), list) in layers.iter().zip(&mut lists) {
                tokens::classes(view, layer, document.tokens, list);
            }
            let of_annotators: Vec<(u32, &[u32])> = layers
                .iter()
                .zip(&lists)
                .map(|((annotator, _), list)| (*annotator, list.as_slice()))
                .collect();
            for ((left, mine), (right, theirs)) in pairs_of(&of_annotators) {
                if let Ok(place) = pairs.binary_search(&(left, right)) {
                    count(mine, theirs, classes, &mut block);
                    sums.push_block(place, &block);
                }
            }
            sums.end_document();
        }
        Ok(Self { sums, classes })
    }

    /// κ of these sums; the mean over the pairs for which it is defined.
    pub fn value(&self, sums: &[f64]) -> Measured {
        if self.sums.is_empty() {
            return Err(Undefined::NoSharedDocuments);
        }
        let pairs = self.sums.blocks(sums);
        let values: Vec<Measured> = pairs.map(|pair| self.pair(pair)).collect();
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

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::super::testing::{crowd, raw};
    use super::*;

    #[test]
    fn of_many_annotators_only_pairs_who_share_a_document_are_kept() {
        let same = vec![raw("A", 0, 4)];
        let corpus = crowd(3000, &[same.clone(), same]);
        let cohen = Cohen::new(&View::all(&corpus), &mut || true).unwrap();
        // Tokens, agreeing ones, and those of both classes by both, of one pair a document.
        assert_eq!((cohen.sums.len(), cohen.sums.kept()), (1500, 1500 * 6));
        assert_eq!(cohen.value(&cohen.sums.total()), Ok(1.0));
    }

    #[test]
    fn where_nobody_shares_a_document_that_is_said() {
        let corpus = crowd(4, &[Vec::new(), Vec::new()]);
        let apart = View::all(&corpus).with_annotators(&[0, 2]);
        let cohen = Cohen::new(&apart, &mut || true).unwrap();
        let value = cohen.value(&cohen.sums.total());
        assert_eq!(value, Err(Undefined::NoSharedDocuments));
    }
}
