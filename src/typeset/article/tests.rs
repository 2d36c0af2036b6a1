//! Articles as they are read: opened, scrolled, pointed at, walked through.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::string_slice,
    clippy::float_cmp,
    clippy::format_push_string,
    clippy::semicolon_if_nothing_returned,
    reason = "tests"
)]

use unicode_segmentation::UnicodeSegmentation;

use super::super::caret::Side;
use super::super::conformance::{MIXED, typesetter};
use super::*;

const HEIGHT: f32 = 700.0;

fn article(text: &str) -> ArticleLayout {
    ArticleLayout::new(text.into(), ArticleStyle::new(20.0, 600.0))
}

fn long_text(paragraphs: usize) -> String {
    let mut text = String::from("عنوان المقال\n\n");
    for number in 0..paragraphs {
        let sentences = number % 7 + 1;
        for sentence in 0..sentences {
            text += &format!(
                "الفقرة {number}، الجملة {sentence}: قال المتحدث إن الاجتماع رقم {number} سيعقد في موعده. "
            );
        }
        text += if number % 5 == 0 { "\r\n" } else { "\n" };
        if number % 11 == 0 {
            text += "A paragraph in English stands between the others, long enough to wrap at least once here.\n";
        }
    }
    text
}

/// What is on screen: the byte of each line's start and its y.
fn lines_on_screen(article: &ArticleLayout) -> Vec<(usize, i32)> {
    let mut lines = Vec::new();
    for shown in article
        .blocks_in_view()
        .iter()
        .filter(|shown| shown.in_view)
    {
        for line in article.layout(shown.block).unwrap().lines() {
            let y = shown.y + line.top;
            if (0.0..HEIGHT).contains(&y) {
                lines.push((shown.start + line.range.start, y.round() as i32));
            }
        }
    }
    lines
}

#[test]
fn opening_lays_out_only_what_is_visible() {
    let mut typesetter = typesetter();
    let mut article = article(&long_text(5000));
    let view = article.view(&mut typesetter, ScrollAnchor::default(), HEIGHT, 0.0);
    assert!(
        typesetter.layouts_made() < 20,
        "{}",
        typesetter.layouts_made()
    );
    assert!(view.total_height > 500_000.0);
    assert_eq!(view.scroll_offset, 20.0);
}

#[test]
fn scrolling_does_not_move_what_is_seen_by_anything_but_the_scroll() {
    let mut typesetter = typesetter();
    let mut article = article(&long_text(600));
    let start = article.anchor_at_offset(20_000.0);
    let mut view = article.view(&mut typesetter, start, HEIGHT, 0.0);
    for dy in [
        37.0_f32, 113.0, -251.0, -93.0, 400.0, -640.0, -610.0, -37.0, 10.0,
    ] {
        let before = lines_on_screen(&article);
        let anchor = article.scroll_by(view.anchor, dy);
        view = article.view(&mut typesetter, anchor, HEIGHT, 0.0);
        let after = lines_on_screen(&article);
        let kept: Vec<_> = before
            .iter()
            .filter_map(|&(byte, y)| Some((y, after.iter().find(|line| line.0 == byte)?.1)))
            .collect();
        assert!(!kept.is_empty(), "scrolled by {dy}");
        for (y, now) in kept {
            assert!(
                (y - now - dy as i32).abs() <= 1,
                "{y} became {now} after {dy}"
            );
        }
    }
}

#[test]
fn scrolling_back_and_forth_lays_out_nothing_twice() {
    let mut typesetter = typesetter();
    let mut article = article(&long_text(300));
    let mut view = article.view(&mut typesetter, ScrollAnchor::default(), HEIGHT, 0.0);
    for _ in 0..40 {
        let anchor = article.scroll_by(view.anchor, 90.0);
        view = article.view(&mut typesetter, anchor, HEIGHT, 0.0);
    }
    let made = typesetter.layouts_made();
    for _ in 0..40 {
        let anchor = article.scroll_by(view.anchor, -90.0);
        view = article.view(&mut typesetter, anchor, HEIGHT, 0.0);
    }
    assert_eq!(typesetter.layouts_made(), made);
    assert_eq!(view.anchor.block, 0);
}

#[test]
fn memory_is_bounded_and_heights_survive_eviction() {
    let mut typesetter = typesetter();
    let mut article = article(&long_text(4000));
    let mut view = article.view(&mut typesetter, ScrollAnchor::default(), HEIGHT, 0.0);
    for _ in 0..250 {
        let anchor = article.scroll_by(view.anchor, 650.0);
        view = article.view(&mut typesetter, anchor, HEIGHT, 0.0);
        assert!(article.memory() <= 6 << 20);
    }
    let total = view.total_height;
    let back = article.anchor_at_offset(0.0);
    view = article.view(&mut typesetter, back, HEIGHT, 0.0);
    assert!(
        (view.total_height - total).abs() < 1.0,
        "laid out again with the same heights"
    );
    assert!(article.layout(0).is_some());
}

#[test]
fn estimates_come_close() {
    let mut typesetter = typesetter();
    let mut article = article(&long_text(400));
    article.view(&mut typesetter, ScrollAnchor::default(), HEIGHT, 0.0);
    let estimated = article.total_height();
    for block in 0..article.block_count() {
        article.ensure(&mut typesetter, block);
    }
    let real = article.total_height();
    assert!(
        (estimated / real - 1.0).abs() < 0.12,
        "{estimated} for {real}"
    );
}

#[test]
fn ends_of_the_article_stop_the_scroll() {
    let mut typesetter = typesetter();
    let mut article = article(&long_text(60));
    let top = article.view(
        &mut typesetter,
        ScrollAnchor {
            block: 0,
            offset: -500.0,
        },
        HEIGHT,
        0.0,
    );
    assert_eq!(
        (top.anchor, top.scroll_offset),
        (
            ScrollAnchor {
                block: 0,
                offset: -20.0
            },
            0.0
        )
    );
    let below = article.scroll_by(top.anchor, 1e7);
    let end = article.view(&mut typesetter, below, HEIGHT, 0.0);
    let last = article.blocks_in_view().last().unwrap();
    assert_eq!(last.block + 1, article.block_count());
    assert!(
        (last.y + last.height + 20.0 - HEIGHT).abs() < 1.0,
        "{last:?}"
    );
    assert!((end.scroll_offset + f64::from(HEIGHT) - end.total_height).abs() < 1.0);
    let mut short = ArticleLayout::new("سطر".into(), ArticleStyle::new(20.0, 600.0));
    let view = short.view(
        &mut typesetter,
        ScrollAnchor {
            block: 9,
            offset: 50.0,
        },
        HEIGHT,
        0.0,
    );
    assert_eq!(
        view.anchor,
        ScrollAnchor {
            block: 0,
            offset: -20.0
        }
    );
}

#[test]
fn scroll_bar_leads_where_it_says() {
    let mut typesetter = typesetter();
    let mut article = article(&long_text(3000));
    let view = article.view(&mut typesetter, ScrollAnchor::default(), HEIGHT, 0.0);
    for part in [0.1, 0.5, 0.9] {
        let offset = view.total_height * part;
        let anchor = article.anchor_at_offset(offset);
        assert!((article.offset_of(anchor) - offset).abs() < 0.5);
        let made = typesetter.layouts_made();
        article.view(&mut typesetter, anchor, HEIGHT, 0.0);
        assert!(typesetter.layouts_made() - made < 20);
    }
}

#[test]
fn a_paragraph_of_300_kb_is_opened_in_pieces() {
    let text = "وقال الوزير إن المحادثات ستستمر أسبوعا آخر في المدينة (Geneva). ".repeat(3000);
    assert!(text.len() > 300_000);
    let mut typesetter = typesetter();
    let mut article = article(&text);
    article.view(&mut typesetter, ScrollAnchor::default(), HEIGHT, 0.0);
    assert!(typesetter.layouts_made() <= 2);
    assert_eq!(article.paragraph_count(), 1);
    let middle = article.anchor_for_byte(&mut typesetter, text.len() / 2, HEIGHT, Align::Center);
    article.view(&mut typesetter, middle, HEIGHT, 0.0);
    assert!(
        article
            .blocks_in_view()
            .iter()
            .all(|shown| article.layout(shown.block).unwrap().is_rtl())
    );
    // A caret walks over the edge of two pieces without standing still.
    let edge = article.block_range(article.blocks_in_view()[0].block).end;
    let mut position = Position::downstream(edge - 2);
    let mut bytes = vec![position.byte];
    for _ in 0..4 {
        position = article.moved(&mut typesetter, position, Movement::Left);
        bytes.push(position.byte);
    }
    assert!(
        bytes.windows(2).all(|pair| pair[0] < pair[1]),
        "{bytes:?} over {edge}"
    );
    for _ in 0..4 {
        position = article.moved(&mut typesetter, position, Movement::Right);
    }
    assert_eq!(position.byte, bytes[0]);
    // Boxes of a range over the edge say that it goes on.
    let at_edge = article.anchor_for_byte(&mut typesetter, edge, HEIGHT, Align::Center);
    article.view(&mut typesetter, at_edge, HEIGHT, 0.0);
    let mut boxes = Vec::new();
    article.boxes(edge - 20..edge + 20, |_, line_box| boxes.push(line_box));
    assert_eq!(boxes.iter().filter(|line_box| line_box.starts()).count(), 1);
    assert_eq!(boxes.iter().filter(|line_box| line_box.ends()).count(), 1);
    assert!(boxes.iter().any(|line_box| line_box.open_left));
}

#[test]
fn every_grapheme_in_view_is_hit_and_has_a_box() {
    let text = format!("عنوان\n{MIXED}\r\nHe said سلام and left.\n\n{MIXED}");
    let mut typesetter = typesetter();
    let mut article = article(&text);
    article.view(&mut typesetter, ScrollAnchor::default(), 2000.0, 0.0);
    let mut seen = 0;
    for (start, grapheme) in text.grapheme_indices(true) {
        let mut boxes = Vec::new();
        article.boxes(start..start + grapheme.len(), |_, line_box| {
            boxes.push(line_box)
        });
        let Some(line_box) = boxes.first().filter(|line_box| line_box.width() > 0.5) else {
            continue;
        };
        let (x, y) = (
            (line_box.x0 + line_box.x1) * 0.5,
            (line_box.top + line_box.bottom) * 0.5,
        );
        assert_eq!(article.hit_exact(x, y), Some(start..start + grapheme.len()));
        let near_start = line_box.start_x.unwrap() * 0.9 + line_box.end_x.unwrap() * 0.1;
        let hit = article.hit(near_start, y).unwrap();
        assert_eq!(hit.byte(), start);
        let caret = article.caret(hit.position).unwrap();
        assert!((caret.x - line_box.start_x.unwrap()).abs() < 0.1);
        seen += 1;
    }
    assert!(seen > text.graphemes(true).count() * 8 / 10);
}

#[test]
fn range_over_paragraphs_has_open_ends_between_them() {
    let mut typesetter = typesetter();
    let mut article = article("أول السطر\nثاني السطر");
    article.view(&mut typesetter, ScrollAnchor::default(), HEIGHT, 0.0);
    let mut boxes = Vec::new();
    article.boxes(7..25, |block, line_box| boxes.push((block, line_box)));
    assert_eq!(boxes.len(), 2);
    assert!(boxes[0].1.open_left && boxes[0].1.starts() && !boxes[0].1.ends());
    assert!(boxes[1].1.open_right && boxes[1].1.ends() && !boxes[1].1.starts());
}

#[test]
fn carets_walk_through_paragraphs_in_reading_direction() {
    let text = "قال\n\nنعم";
    let mut typesetter = typesetter();
    let mut article = article(text);
    let mut position = Position::default();
    let mut bytes = Vec::new();
    loop {
        let next = article.moved(&mut typesetter, position, Movement::Left);
        if next == position {
            break;
        }
        position = next;
        bytes.push(next.byte);
    }
    assert_eq!(bytes, [2, 4, 6, 7, 8, 10, 12, 14]);
    let back = article.moved(&mut typesetter, Position::downstream(8), Movement::Right);
    assert_eq!(back.byte, 7);
}

#[test]
fn words_lines_and_ends() {
    let text = "قال نائب الوزير.\nغادر أمس";
    let mut typesetter = typesetter();
    let mut article = article(text);
    let mut go = |from: usize, movement| {
        article
            .moved(&mut typesetter, Position::downstream(from), movement)
            .byte
    };
    let at = |word: &str| text.find(word).unwrap();
    assert_eq!(go(0, Movement::WordLeft), "قال".len());
    assert_eq!(
        go("قال".len(), Movement::WordLeft),
        at("نائب") + "نائب".len()
    );
    assert_eq!(
        go(at("."), Movement::WordLeft),
        at("غادر") + "غادر".len(),
        "over the paragraph's end"
    );
    assert_eq!(go(at("غادر"), Movement::WordRight), at("الوزير"));
    assert_eq!(go(at("نائب"), Movement::LineEnd), at("\n"));
    assert_eq!(go(at("نائب"), Movement::LineStart), 0);
    assert_eq!(go(0, Movement::Down(600.0)), at("غادر"));
    assert_eq!(go(at("غادر"), Movement::Up(600.0)), 0);
    assert_eq!(go(0, Movement::TextEnd), text.len());
    assert_eq!(go(9, Movement::TextStart), 0);
}

#[test]
fn runs_concatenate_to_the_exact_text_of_every_paragraph() {
    let zalgo = format!("a{}", "\u{301}".repeat(200));
    let text = format!("{MIXED}\r\n\n{MIXED}\u{2029}{zalgo} b\rHe said سلام.\n");
    let mut typesetter = typesetter();
    let mut article = article(&text);
    article.view(&mut typesetter, ScrollAnchor::default(), 3000.0, 0.0);
    let mut whole = String::new();
    for block in 0..article.block_count() {
        let range = article.block_range(block);
        let mut at = range.start;
        for run in article.runs(block).unwrap() {
            assert_eq!(run.range.start, at);
            at = run.range.end;
            let bytes: usize = run
                .character_lengths
                .iter()
                .map(|&length| usize::from(length))
                .sum();
            assert_eq!(bytes, run.range.len());
            let count = run.character_lengths.len();
            assert_eq!(
                (run.character_positions.len(), run.character_widths.len()),
                (count, count)
            );
            let mut byte = run.range.start;
            for &length in &run.character_lengths {
                byte += usize::from(length);
                assert!(text.is_char_boundary(byte));
            }
            whole += &text[run.range.clone()];
        }
        assert_eq!(at, range.end);
    }
    assert_eq!(whole, text);
}

#[test]
fn positions_of_characters_lead_to_their_boxes() {
    let mut typesetter = typesetter();
    let mut article = article(MIXED);
    article.view(&mut typesetter, ScrollAnchor::default(), HEIGHT, 0.0);
    let shown = article.blocks_in_view()[0].clone();
    for run in article.runs(0).unwrap() {
        let mut byte = run.range.start;
        let characters = run
            .character_lengths
            .iter()
            .zip(&run.character_positions)
            .zip(&run.character_widths);
        for ((&length, &position), &width) in characters {
            let end = byte + usize::from(length);
            let right = run.right - position;
            let x = right - width * 0.5;
            if width > 0.5 {
                let y = shown.y + (run.top + run.bottom) * 0.5;
                assert_eq!(
                    article.hit_exact(x, y),
                    Some(byte..end),
                    "{:?}",
                    &MIXED[byte..end]
                );
            }
            byte = end;
        }
        assert!(run.rtl && !run.word_starts.is_empty());
    }
}

#[test]
fn new_width_keeps_the_line_at_the_top() {
    let mut typesetter = typesetter();
    let mut article = article(&long_text(500));
    let start = article.anchor_at_offset(30_000.0);
    let view = article.view(&mut typesetter, start, HEIGHT, 0.0);
    let first = article.hit(600.0, 1.0).unwrap().byte();
    let anchor = article.restyle(&mut typesetter, ArticleStyle::new(26.0, 420.0), view.anchor);
    article.view(&mut typesetter, anchor, HEIGHT, 0.0);
    let line = article.hit(0.0, 40.0).unwrap().byte();
    let block = article.block_of_byte(first);
    assert!(article.block_of_byte(line).abs_diff(block) <= 1);
    assert!(article.blocks_in_view()[0].block.abs_diff(block) <= 1);
}

#[test]
fn reveal_moves_only_as_far_as_needed() {
    let mut typesetter = typesetter();
    let mut article = article(&long_text(200));
    let view = article.view(&mut typesetter, ScrollAnchor::default(), HEIGHT, 0.0);
    let seen = article.hit(300.0, 300.0).unwrap().position;
    assert_eq!(
        article.reveal(&mut typesetter, view.anchor, seen, HEIGHT, 20.0),
        view.anchor
    );
    let edge = article.hit(300.0, HEIGHT - 5.0).unwrap().position;
    let below = article.moved(&mut typesetter, edge, Movement::Down(300.0));
    let anchor = article.reveal(&mut typesetter, view.anchor, below, HEIGHT, 20.0);
    article.view(&mut typesetter, anchor, HEIGHT, 0.0);
    let caret = article.caret(below).unwrap();
    assert!(
        caret.bottom < HEIGHT && caret.top > HEIGHT - 120.0,
        "{caret:?}"
    );
    let far = article.reveal(
        &mut typesetter,
        anchor,
        Position::downstream(article.text().len()),
        HEIGHT,
        20.0,
    );
    article.view(&mut typesetter, far, HEIGHT, 0.0);
    assert!(
        article
            .caret(Position::upstream(article.text().len()))
            .is_some()
    );
}

#[test]
fn paragraphs_have_their_own_direction_height_and_weight() {
    let text = "عنوان قصير\nقال المتحدث كلاما طويلا يكفي لسطر كامل من سطور هذا المقال القصير جدا وزيادة.\nAn English paragraph.\n2024\n";
    let mut typesetter = typesetter();
    let mut article = article(text);
    article.view(&mut typesetter, ScrollAnchor::default(), HEIGHT, 0.0);
    let rtl: Vec<bool> = (0..5)
        .map(|block| article.layout(block).unwrap().is_rtl())
        .collect();
    assert_eq!(rtl, [true, true, false, true, true]);
    assert_eq!(article.layout(1).unwrap().lines()[0].bottom, 40.0);
    assert_eq!(article.layout(2).unwrap().lines()[0].bottom, 32.0);
    assert_eq!(
        article.layout(4).unwrap().height(),
        20.0,
        "an empty line is half as high"
    );
    let plain = typesetter.layout(
        "عنوان قصير",
        &TextStyle {
            bold: false,
            family: Family::Article,
            size_px: 20.0,
            line_height: 2.0,
        },
        None,
        BaseDirection::Auto,
    );
    assert!(
        article.layout(0).unwrap().width() > plain.width(),
        "the heading is bold"
    );
    assert_eq!(article.paragraph_of_byte(text.find("English").unwrap()), 2);
}

#[test]
fn fonts_that_arrive_later_are_used_at_the_next_view() {
    let mut typesetter = typesetter();
    let mut article = article(MIXED);
    let view = article.view(&mut typesetter, ScrollAnchor::default(), HEIGHT, 0.0);
    let made = typesetter.layouts_made();
    typesetter.set_fonts(super::super::fonts::Fonts::embedded());
    article.view(&mut typesetter, view.anchor, HEIGHT, 0.0);
    assert_eq!(typesetter.layouts_made(), made + 1);
}

#[test]
fn steps_in_a_layout_agree_with_steps_in_the_article() {
    let mut typesetter = typesetter();
    let mut article = article(MIXED);
    article.view(&mut typesetter, ScrollAnchor::default(), HEIGHT, 0.0);
    let layout = article.layout(0).unwrap().clone();
    let mut position = Position::default();
    while let Some(next) = layout.step(position, Side::Left) {
        assert_eq!(
            article.moved(&mut typesetter, position, Movement::Left),
            next
        );
        position = next;
    }
}

/// Every line's start and its baseline from its block's top.
fn baselines(article: &ArticleLayout) -> Vec<(usize, f32)> {
    let mut lines = Vec::new();
    for shown in article.blocks_in_view() {
        for line in article.layout(shown.block).unwrap().lines() {
            lines.push((shown.start + line.range.start, line.baseline));
        }
    }
    lines
}

#[test]
fn room_comes_only_under_the_lines_that_want_it_and_shapes_nothing() {
    let mut typesetter = typesetter();
    let mut article = article(&long_text(8));
    let anchor = article.view(&mut typesetter, ScrollAnchor::default(), 4000.0, 0.0);
    let anchor = anchor.anchor;
    let before = baselines(&article);
    let made = typesetter.layouts_made();
    let (line, _) = before[3];
    let room = Room {
        range: line + 2..line + 6,
        below: 100.0,
    };
    let kept = article.set_rooms(&mut typesetter, Arc::from([room]), anchor);
    assert_eq!(kept, anchor);
    article.view(&mut typesetter, anchor, 4000.0, 0.0);
    let block = article.block_of_byte(line);
    let lines = article.layout(block).unwrap().lines();
    let byte = |row: &super::super::LineRow| article.block_range(block).start + row.range.start;
    for (index, row) in lines.iter().enumerate() {
        if byte(row) == line {
            assert!((row.bottom - row.baseline - 100.0).abs() < 1.0);
        } else {
            assert_eq!(article.layout(block).unwrap().opened(index), 0.0);
        }
    }
    for pair in lines.windows(2) {
        assert_eq!(pair[0].bottom, pair[1].top);
    }
    assert_eq!(
        lines.last().unwrap().bottom,
        article.layout(block).unwrap().height()
    );
    article.set_rooms(&mut typesetter, Arc::default(), anchor);
    article.view(&mut typesetter, anchor, 4000.0, 0.0);
    assert_eq!(baselines(&article), before);
    assert_eq!(typesetter.layouts_made(), made);
}

#[test]
fn what_is_at_the_top_stays_there_when_room_comes_above_and_below() {
    let mut typesetter = typesetter();
    let text = long_text(300);
    let mut article = article(&text);
    let at = article.anchor_at_offset(article.total_height() * 0.5);
    let anchor = article.view(&mut typesetter, at, HEIGHT, HEIGHT).anchor;
    // The line that the viewport's top cuts: where it begins, and how far above.
    let at_top = |article: &ArticleLayout, anchor: ScrollAnchor| {
        let layout = article.layout(anchor.block).unwrap();
        let line = &layout.lines()[layout.line_at(anchor.offset)];
        (line.range.start, (anchor.offset - line.top).round())
    };
    let before = at_top(&article, anchor);
    let rooms = (0..text.len() / 90).map(|n| Room {
        range: n * 90..n * 90 + 40,
        below: 60.0 + (n % 5) as f32 * 10.0,
    });
    let anchor = article.set_rooms(&mut typesetter, rooms.collect(), anchor);
    let anchor = article.view(&mut typesetter, anchor, HEIGHT, HEIGHT).anchor;
    assert_eq!(at_top(&article, anchor), before);
    let estimated = article.total_height();
    let everything = article.total_height() as f32 * 2.0;
    article.view(&mut typesetter, ScrollAnchor::default(), everything, 0.0);
    let real = article.total_height();
    assert!(
        (estimated / real - 1.0).abs() < 0.12,
        "{estimated} for {real}"
    );
}
