//! Texts that no one would write: whatever comes, a layout tiles its text, answers and does not panic.

#![allow(clippy::string_slice, reason = "tests")]

use proptest::prelude::*;

use super::conformance::{article_style, typesetter};
use super::*;

/// Letters, marks, digits, controls and pictures that make trouble together.
const PIECES: &[&str] = &[
    "ا",
    "ل",
    "لا",
    "مُ",
    "َّ",
    "ٱ",
    "ـ",
    "٢",
    "۲",
    "2",
    "%",
    ".",
    "،",
    " ",
    "\u{a0}",
    "\t",
    "\n",
    "\r\n",
    "a",
    "Z",
    "é",
    "e\u{301}",
    "\u{301}",
    "\u{200c}",
    "\u{200d}",
    "\u{200e}",
    "\u{200f}",
    "\u{61c}",
    "\u{202b}",
    "\u{202c}",
    "\u{202e}",
    "\u{2066}",
    "\u{2067}",
    "\u{2069}",
    "\u{feff}",
    "\u{2028}",
    "\u{2029}",
    "\u{ad}",
    "(",
    ")",
    "«",
    "»",
    "“",
    "”",
    "中",
    "👩‍👩‍👧",
    "🇹🇷",
    "\u{fe0f}",
    "\u{0}",
    "\u{7}",
    "\u{fffd}",
    "\u{10ffff}",
    "ﷺ",
    "ﻻ",
    "नि",
    "ש",
];

fn text() -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(PIECES), 0..60).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn layouts_tile_any_text(text in text(), width in prop::option::of(0.0_f32..300.0)) {
        let layout = typesetter().layout(&text, &article_style(), width, BaseDirection::Auto);
        prop_assert!(!layout.lines.is_empty());
        let mut at = 0;
        for line in &layout.lines {
            prop_assert_eq!(line.range.start, at);
            for cell in layout.cells_of(line) {
                prop_assert_eq!(cell.start as usize, at);
                prop_assert!(cell.end > cell.start && cell.width >= 0.0 && cell.x.is_finite());
                at = cell.end as usize;
                prop_assert!(text.is_char_boundary(at));
            }
            prop_assert_eq!(line.range.end, at);
            prop_assert_eq!(layout.visual(line).count(), line.cells.len());
        }
        prop_assert_eq!(at, text.len());
    }

    #[test]
    fn steps_to_either_side_come_to_an_end(text in text(), width in 20.0_f32..300.0) {
        let layout = typesetter().layout(&text, &article_style(), Some(width), BaseDirection::Auto);
        for side in [Side::Left, Side::Right] {
            let forward = (side == Side::Left) == layout.is_rtl();
            let mut position = if forward { Position::downstream(0) } else { Position::upstream(text.len()) };
            let mut steps = 0;
            while let Some(next) = layout.step(position, side) {
                prop_assert!(next != position);
                position = next;
                steps += 1;
                prop_assert!(steps <= layout.cells.len() + layout.lines.len());
            }
        }
    }

    #[test]
    fn articles_answer_for_any_text(text in text(), x in -50.0_f32..700.0, y in -50.0_f32..900.0, range in (0usize..200, 0usize..200)) {
        let mut typesetter = typesetter();
        let mut article = ArticleLayout::new(text.as_str().into(), ArticleStyle::new(20.0, 300.0));
        article.view(&mut typesetter, ScrollAnchor::default(), 800.0, 100.0);
        let hit = article.hit(x, y);
        prop_assert!(hit.is_some_and(|hit| text.is_char_boundary(hit.byte())));
        prop_assert!(article.word_at(x, y).is_some_and(|word| text.get(word).is_some()));
        article.boxes(range.0..range.1, |_, line_box| assert!(line_box.x1 >= line_box.x0));
        let mut whole = String::new();
        for block in 0..article.block_count() {
            for run in article.runs(block).unwrap_or_default() {
                let bytes: usize = run.character_lengths.iter().map(|&length| usize::from(length)).sum();
                prop_assert_eq!(bytes, run.range.len());
                whole += &text[run.range.clone()];
            }
        }
        prop_assert_eq!(&whole, &text);
        let from = Position::downstream(text.floor_char_boundary(range.0));
        for movement in [Movement::Left, Movement::Right, Movement::WordLeft, Movement::WordRight,
            Movement::LineStart, Movement::LineEnd, Movement::Up(x), Movement::Down(x)] {
            let to = article.moved(&mut typesetter, from, movement);
            prop_assert!(text.is_char_boundary(to.byte));
        }
        let elided = typesetter.layout_elided(&text, &TextStyle::interface(14.0), x.max(0.0));
        prop_assert!(elided.lines.len() == 1 && text.is_char_boundary(elided.len()));
    }
}
