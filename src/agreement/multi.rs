//! Fleiss' κ (Fleiss 1971) and Krippendorff's nominal α (Krippendorff 2011) on tokens, for two or more
//! annotators. Where documents have different numbers of annotators, each token counts with those it has.
//! `κ = (P̄ − P̄_e) / (1 − P̄_e)`. `α = 1 − (n − 1)·(n − Σ o_cc) / (n² − Σ n_c²)`, n the pairable values.

use super::bootstrap::Sums;
use super::tokens;
use super::undefined::{GoOn, Measured, Undefined, ask, finite};
use super::view::View;

/// Per document: tokens, summed agreement of tokens, values, coincidences on the diagonal, values by class.
#[derive(Debug)]
pub struct Raters {
    /// One row a document.
    pub sums: Sums,
}

impl Raters {
    /// Counts the tokens of a view. `go_on` is asked before each document.
    pub fn new(view: &View<'_>, go_on: &mut GoOn<'_>) -> Measured<Self> {
        let classes = view.class_count() + 1;
        let mut sums = Sums::new(4 + classes);
        let mut lists: Vec<Vec<u32>> = vec![Vec::new(); view.annotators.len()];
        for (document, layers) in view.shared() {
            ask(go_on)?;
            for ((_, layer), list) in layers.iter().zip(&mut lists) {
                tokens::classes(view, layer, document.tokens, list);
            }
            let lists = lists.get(..layers.len()).unwrap_or_default();
            sums.push(&count(lists, document.tokens as usize, classes));
        }
        Ok(Self { sums })
    }

    /// Fleiss' κ of these sums.
    pub fn fleiss(&self, sums: &[f64]) -> Measured {
        let [tokens, agreement, values, _, classes @ ..] = sums else {
            return Err(Undefined::NoSharedDocuments);
        };
        if *tokens == 0.0 {
            return Err(self.nothing());
        }
        let share = |count: &f64| (count / values) * (count / values);
        let chance: f64 = classes.iter().map(share).sum();
        if classes.iter().any(|count| count >= values) {
            return Err(Undefined::OneCategory);
        }
        finite(
            (agreement / tokens - chance) / (1.0 - chance),
            Undefined::OneCategory,
        )
    }

    /// Krippendorff's nominal α of these sums.
    pub fn alpha(&self, sums: &[f64]) -> Measured {
        let [tokens, _, values, diagonal, classes @ ..] = sums else {
            return Err(Undefined::NoSharedDocuments);
        };
        if *tokens == 0.0 {
            return Err(self.nothing());
        }
        let squares: f64 = classes.iter().map(|count| count * count).sum();
        if classes.iter().any(|count| count >= values) {
            return Err(Undefined::OneCategory);
        }
        let disagreement = (values - 1.0) * (values - diagonal) / (values * values - squares);
        finite(1.0 - disagreement, Undefined::OneCategory)
    }

    fn nothing(&self) -> Undefined {
        if self.sums.is_empty() {
            Undefined::NoSharedDocuments
        } else {
            Undefined::NoTokens
        }
    }
}

fn count(lists: &[Vec<u32>], tokens: usize, classes: usize) -> Vec<f64> {
    let raters = lists.len();
    let mut row = vec![0.0; 4 + classes];
    let mut agreeing = 0_u64;
    let mut totals = vec![0_u64; classes];
    let mut here = vec![0_u64; classes];
    for token in 0..tokens {
        here.fill(0);
        for class in lists.iter().filter_map(|list| list.get(token)) {
            if let Some(count) = here.get_mut(*class as usize) {
                // Each value pairs with those of its class that came before.
                agreeing += 2 * *count;
                *count += 1;
            }
            if let Some(total) = totals.get_mut(*class as usize) {
                *total += 1;
            }
        }
    }
    let others = raters.saturating_sub(1).max(1) as f64;
    let agreeing = agreeing as f64;
    let head = [
        tokens as f64,
        agreeing / (others * raters as f64),
        (tokens * raters) as f64,
        agreeing / others,
    ];
    let totals = totals.into_iter().map(|total| total as f64);
    for (slot, value) in row.iter_mut().zip(head.into_iter().chain(totals)) {
        *slot = value;
    }
    row
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;

    /// Sums of single values: a list an annotator.
    fn of(lists: &[Vec<u32>], classes: usize) -> (Raters, Vec<f64>) {
        let row = count(lists, lists[0].len(), classes);
        let mut sums = Sums::new(row.len());
        sums.push(&row);
        (Raters { sums }, row)
    }

    #[test]
    fn meets_fleiss_1971() {
        // The table of 10 subjects and 14 raters that is usually printed with the measure: κ = 0.210.
        let table: [[u32; 5]; 10] = [
            [0, 0, 0, 0, 14],
            [0, 2, 6, 4, 2],
            [0, 0, 3, 5, 6],
            [0, 3, 9, 2, 0],
            [2, 2, 8, 1, 1],
            [7, 7, 0, 0, 0],
            [3, 2, 6, 3, 0],
            [2, 5, 3, 2, 2],
            [6, 5, 2, 1, 0],
            [0, 2, 2, 3, 7],
        ];
        let mut lists = vec![Vec::new(); 14];
        for subject in table {
            let values = (0..5).flat_map(|class| vec![class; subject[class as usize] as usize]);
            for (list, value) in lists.iter_mut().zip(values) {
                list.push(value);
            }
        }
        let (raters, row) = of(&lists, 5);
        assert!((raters.fleiss(&row).unwrap() - 0.210).abs() < 5e-4);
    }

    #[test]
    fn meets_krippendorff_2011_for_two_observers() {
        // “Computing Krippendorff's Alpha-Reliability”, A: binary data, two observers, α = 0.095.
        let lists = [
            vec![0, 1, 0, 0, 0, 0, 0, 0, 1, 0],
            vec![1, 1, 1, 0, 0, 1, 0, 0, 0, 0],
        ];
        let (raters, row) = of(&lists, 2);
        assert!((raters.alpha(&row).unwrap() - 0.095).abs() < 5e-4);
        // B: nominal data, two observers, α = 0.692.
        let lists = [
            vec![0, 0, 1, 1, 3, 2, 2, 2, 4, 3, 3, 0],
            vec![1, 0, 1, 1, 1, 2, 2, 2, 4, 3, 3, 3],
        ];
        let (raters, row) = of(&lists, 5);
        assert!((raters.alpha(&row).unwrap() - 0.692).abs() < 5e-4);
    }

    #[test]
    fn one_class_is_undefined() {
        let (raters, row) = of(&[vec![0, 0], vec![0, 0]], 2);
        assert_eq!(raters.fleiss(&row), Err(Undefined::OneCategory));
        assert_eq!(raters.alpha(&row), Err(Undefined::OneCategory));
    }
}
