//! Which labels are taken for which: spans of two annotators paired by the review's alignment, counted by both
//! labels, with the spans behind each cell. The extra row and column are spans that have no partner.

use std::collections::BTreeMap;

use super::align::align;
use super::undefined::{GoOn, Measured, ask};
use super::view::View;
use crate::annotation::{DocumentId, SpanId};

/// A pair behind a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ConfusedSpans {
    /// The document.
    pub document: DocumentId,
    /// The annotators' places in the corpus.
    pub annotators: (u32, u32),
    /// The first annotator's span.
    pub left: Option<SpanId>,
    /// The second annotator's span.
    pub right: Option<SpanId>,
    /// Whether their fragments are the same.
    pub same_fragments: bool,
}

/// Cells by the labels' places in the corpus; `None` stands for no span.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Confusion {
    /// First annotator's label, second annotator's label, and the spans in the order of documents.
    pub cells: BTreeMap<(Option<u32>, Option<u32>), Vec<ConfusedSpans>>,
}

impl Confusion {
    /// The matrix of a view, summed over its pairs of annotators. `go_on` is asked before each document of each.
    pub fn new(view: &View<'_>, go_on: &mut GoOn<'_>) -> Measured<Self> {
        let mut confusion = Self::default();
        for pair in view.sharing() {
            confusion.add(view, pair, go_on)?;
        }
        Ok(confusion)
    }

    fn add(&mut self, view: &View<'_>, pair: (u32, u32), go_on: &mut GoOn<'_>) -> Measured<()> {
        for (document, left, right) in view.shared_by(pair) {
            ask(go_on)?;
            for row in align(&view.corpus.labels, left, right) {
                let one = row.left.and_then(|place| left.unit(place));
                let two = row.right.and_then(|place| right.unit(place));
                let one = one.filter(|unit| view.class(unit.label) > 0);
                let two = two.filter(|unit| view.class(unit.label) > 0);
                if one.is_none() && two.is_none() {
                    continue;
                }
                let same = one.zip(two);
                let same_fragments =
                    same.is_some_and(|(one, two)| left.pieces(one) == right.pieces(two));
                let cell = (one.map(|unit| unit.label), two.map(|unit| unit.label));
                self.cells.entry(cell).or_default().push(ConfusedSpans {
                    document: document.id,
                    annotators: pair,
                    left: one.map(|unit| unit.span),
                    right: two.map(|unit| unit.span),
                    same_fragments,
                });
            }
        }
        Ok(())
    }

    /// How many pairs stand in a cell.
    pub fn count(&self, left: Option<u32>, right: Option<u32>) -> usize {
        self.cells.get(&(left, right)).map_or(0, Vec::len)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::super::testing::{corpus, layer, letters, raw, span_id};
    use super::super::undefined::Undefined;
    use super::*;

    #[test]
    fn a_name_is_not_taken_for_the_claim_around_it() {
        let (name, claim) = (layer(&[raw("A", 5, 10)]), layer(&[raw("X", 0, 50)]));
        let corpus = corpus(&[(&letters(60), vec![name, claim])]);
        let stopped = Confusion::new(&View::all(&corpus), &mut || false);
        assert_eq!(stopped, Err(Undefined::Stopped));
        let cells = Confusion::new(&View::all(&corpus), &mut || true)
            .unwrap()
            .cells;
        let found: Vec<_> = cells.into_keys().collect();
        assert_eq!(found, [(None, Some(1)), (Some(0), None)]);
    }

    #[test]
    fn cells_know_their_spans() {
        let left = layer(&[raw("A", 0, 5), raw("B", 10, 15), raw("A", 20, 25)]);
        let right = layer(&[raw("A", 0, 5), raw("A", 10, 16)]);
        let corpus = corpus(&[(&letters(30), vec![left, right])]);
        let confusion = Confusion::new(&View::all(&corpus), &mut || true).unwrap();
        assert_eq!(confusion.count(Some(0), Some(0)), 1);
        assert_eq!(confusion.count(Some(1), Some(0)), 1);
        assert_eq!(confusion.count(Some(0), None), 1);
        let cell = &confusion.cells[&(Some(1), Some(0))][0];
        assert_eq!(
            (cell.left, cell.right),
            (Some(span_id(1)), Some(span_id(1)))
        );
        assert!(!cell.same_fragments);
    }
}
