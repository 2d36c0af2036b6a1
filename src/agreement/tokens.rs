//! Tokens with one class each. Tokens are maximal runs of code points that are not white space, each document
//! apart. A token has the class of the unit that overlaps it by one code point or more, the first by start
//! where several do, else class 0, O. The many O tokens inflate every token measure: they are for information.

use super::units::UnitLayer;
use super::view::View;

/// The note that stands beside every token measure.
pub const TOKEN_NOTE: &str =
    "For information only: most tokens have no label, and agreeing on those inflates the number.";

/// Puts the class of each of `count` tokens into `classes`.
pub(super) fn classes(view: &View<'_>, layer: &UnitLayer, count: u32, classes: &mut Vec<u32>) {
    classes.clear();
    classes.resize(count as usize, 0);
    for unit in layer.units() {
        let class = view.class(unit.label);
        if class == 0 {
            continue;
        }
        for piece in layer.pieces(unit) {
            let range = piece.first_token as usize..piece.end_token as usize;
            for slot in classes.get_mut(range).into_iter().flatten() {
                if *slot == 0 {
                    *slot = class;
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{corpus, layer, raw};
    use super::*;

    #[test]
    fn a_token_has_the_first_label_by_start() {
        // Tokens: "aa", "b(c", "dd", "é"; B begins inside the second, C is longer and begins first.
        let text = "aa b(c  dd\né";
        let spans = [
            raw("A", 5, 6),
            raw("B", 5, 10),
            ("C", vec![(0, 1), (11, 13)]),
        ];
        let corpus = corpus(&[(text, vec![layer(&spans), layer(&[])])]);
        let view = View::all(&corpus);
        let mut found = Vec::new();
        for (document, layers) in view.shared() {
            assert_eq!(document.tokens, 4);
            classes(&view, layers[0].1, document.tokens, &mut found);
        }
        // The longer of two with one start comes first.
        assert_eq!(found, [3, 2, 2, 3]);
    }
}
