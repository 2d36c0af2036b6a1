//! Tests of line order, boxes and hits against expectations written as text: a line's graphemes are read
//! off the layout from left to right and compared with a string in that order.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::float_cmp,
    clippy::string_slice,
    reason = "tests"
)]

use super::*;

pub(super) fn typesetter() -> Typesetter {
    Typesetter::new(Fonts::embedded())
}

pub(super) fn article_style() -> TextStyle {
    TextStyle {
        family: Family::Article,
        size_px: 20.0,
        line_height: 2.0,
        bold: false,
    }
}

fn lay(text: &str, width: Option<f32>) -> TextLayout {
    typesetter().layout(text, &article_style(), width, BaseDirection::Auto)
}

/// The graphemes of every line from left to right.
fn visual_lines(text: &str, layout: &TextLayout) -> Vec<String> {
    let graphemes = |line| {
        layout
            .visual(line)
            .map(|cell| &text[cell.start as usize..cell.end as usize])
            .collect::<String>()
    };
    layout.lines().iter().map(graphemes).collect()
}

/// A text with one range marked by `[` and `]`.
fn marked(text: &str) -> (String, std::ops::Range<usize>) {
    let open = text.find('⟦').unwrap();
    let close = text.find('⟧').unwrap() - '⟦'.len_utf8();
    (text.replace(['⟦', '⟧'], ""), open..close)
}

fn reversed(text: &str) -> String {
    use unicode_segmentation::UnicodeSegmentation;
    text.graphemes(true).rev().collect()
}

#[track_caller]
fn expect_order(text: &str, expected_left_to_right: &str) {
    let layout = lay(text, None);
    assert_eq!(
        visual_lines(text, &layout).join("|"),
        expected_left_to_right
    );
}

#[test]
fn arabic_alone_runs_from_right_to_left() {
    expect_order("قال الوزير", "ريزولا لاق");
}

#[test]
fn latin_name_keeps_its_order_in_arabic() {
    expect_order(
        "قال Sergei Ryabkov أمس",
        &format!("{} Sergei Ryabkov {}", reversed("أمس"), reversed("قال")),
    );
}

#[test]
fn digits_keep_their_order_in_arabic() {
    expect_order(
        "في عام 2024 فقط",
        &format!("{} 2024 {}", reversed("فقط"), reversed("في عام")),
    );
    expect_order(
        "في عام ٢٠٢٤ فقط",
        &format!("{} ٢٠٢٤ {}", reversed("فقط"), reversed("في عام")),
    );
}

#[test]
fn brackets_around_latin_belong_to_the_arabic() {
    // Brackets are mirrored when painted; the characters themselves swap places.
    expect_order(
        "نائب (Sergei) أمس",
        &format!("{} )Sergei( {}", reversed("أمس"), reversed("نائب")),
    );
}

#[test]
fn percent_sign_follows_its_number_leftwards() {
    // After Arabic letters the digits count as Arabic numbers (rule W2), so the sign is to their left.
    expect_order(
        "بلغت 25% اليوم",
        &format!("{} %25 {}", reversed("اليوم"), reversed("بلغت")),
    );
    expect_order("Up by 25% today", "Up by 25% today");
}

#[test]
fn nested_quotes_close_on_the_left() {
    expect_order(
        "قال “إن «السلام» قريب” أمس",
        &reversed("قال “إن «السلام» قريب” أمس"),
    );
}

#[test]
fn arabic_inside_an_english_paragraph() {
    expect_order(
        "He said سلام عليكم twice",
        &format!("He said {} twice", reversed("سلام عليكم")),
    );
}

#[test]
fn arabic_with_a_number_inside_english() {
    expect_order(
        "Year عام 2024 ended",
        &format!("Year 2024 {} ended", reversed("عام")),
    );
}

#[test]
fn final_punctuation_stands_at_the_end_of_the_base_direction() {
    expect_order(
        "وصل إلى Istanbul.",
        &format!(".Istanbul {}", reversed("وصل إلى")),
    );
}

#[test]
fn space_at_the_end_of_a_line_takes_the_base_direction() {
    expect_order(
        "وصل إلى Istanbul ",
        &format!(" Istanbul {}", reversed("وصل إلى")),
    );
    expect_order("He said سلام ", &format!("He said {} ", reversed("سلام")));
}

#[test]
fn contiguous_range_in_one_direction_is_one_box() {
    let (text, range) = marked("قال نائب ⟦وزير الخارجية⟧ أمس");
    let boxes = lay(&text, None).boxes_of(range);
    assert_eq!(boxes.len(), 1);
    assert!(boxes[0].starts() && boxes[0].ends());
    assert_eq!(boxes[0].start_x, Some(boxes[0].x1), "starts on the right");
    assert_eq!(boxes[0].end_x, Some(boxes[0].x0));
}

#[test]
fn range_over_a_change_of_direction_is_several_boxes() {
    // Left to right: سأ Ryabkov Ser⟦gei⟧ ⟦رخآ⟧ ... the Latin part that is left out stands between.
    let (text, range) = marked("قال ا⟦لوزير Ser⟧gei Ryabkov أمس");
    let layout = lay(&text, None);
    let boxes = layout.boxes_of(range.clone());
    assert_eq!(boxes.len(), 2, "{boxes:?}");
    assert!(boxes[0].ends() && boxes[1].starts());
    check_union(&layout, range, &boxes);
}

fn check_union(layout: &TextLayout, range: std::ops::Range<usize>, boxes: &[LineBox]) {
    for cell in &layout.cells {
        let middle = cell.x + cell.width * 0.5;
        let line = layout.line_of_byte(cell.start as usize);
        let inside = boxes
            .iter()
            .any(|b| b.line == line && b.x0 <= middle && middle <= b.x1);
        if cell.width > 0.0 {
            assert_eq!(inside, range.contains(&(cell.start as usize)), "{cell:?}");
        }
    }
}

#[test]
fn boxes_cover_exactly_the_cells_of_any_range() {
    let text = MIXED;
    let layout = lay(text, Some(300.0));
    let edges: Vec<usize> = layout
        .cells
        .iter()
        .map(|cell| cell.start as usize)
        .collect();
    for (i, &start) in edges.iter().enumerate().step_by(5) {
        for &end in edges.iter().skip(i + 1).step_by(7) {
            // Hanging spaces are left out by design.
            let boxes = layout.boxes_of(start..end);
            for cell in &layout.cells {
                let hangs = layout.lines.iter().any(|l| {
                    l.wrapped
                        && (l.hanging..l.cells.end).contains(
                            &(edges.binary_search(&(cell.start as usize)).unwrap() as u32),
                        )
                });
                let line = layout.line_of_byte(cell.start as usize);
                let middle = cell.x + cell.width * 0.5;
                let inside = boxes
                    .iter()
                    .any(|b| b.line == line && b.x0 <= middle && middle <= b.x1);
                if cell.width > 0.0 && !hangs {
                    assert_eq!(inside, (start..end).contains(&(cell.start as usize)));
                }
            }
            assert_eq!(boxes.iter().filter(|b| b.starts()).count(), 1);
            assert_eq!(boxes.iter().filter(|b| b.ends()).count(), 1);
        }
    }
}

pub(super) const MIXED: &str = "كتب المراسل (John Smith) في صحيفة «The Daily» أن 45% من السكان، أي نحو 1,250,000 نسمة، لا يعرفون “شيئا عن الاتفاق” الموقع في Geneva عام ٢٠١٩؛ وقال: لا، بل أكثر! ثم أضاف at the end شيئا آخر.";

#[test]
fn every_grapheme_is_hit_and_found_again() {
    let layout = lay(MIXED, Some(320.0));
    assert!(layout.lines().len() > 3);
    for cell in &layout.cells {
        if cell.width < 0.5 {
            continue;
        }
        let line = &layout.lines()[layout.line_of_byte(cell.start as usize)];
        let y = (line.top + line.bottom) * 0.5;
        let range = cell.start as usize..cell.end as usize;
        assert_eq!(
            layout.hit_exact(cell.x + cell.width * 0.5, y),
            Some(range.clone())
        );
        let near_start = layout.hit(cell.leading() * 0.9 + cell.trailing() * 0.1, y);
        assert_eq!(near_start.byte(), range.start);
        let near_end = layout.hit(cell.leading() * 0.1 + cell.trailing() * 0.9, y);
        let hanging = line.wrapped && range.end == line.range.end;
        assert!(hanging || near_end.byte() == range.end);
        let caret = layout.caret(near_start.position);
        assert!((caret.x - cell.leading()).abs() < 0.01);
    }
}

#[test]
fn lam_alef_is_divided_between_its_letters() {
    let (text, range) = marked("س⟦ل⟧ام");
    let layout = lay(&text, None);
    let lam = layout.boxes_of(range.clone());
    let alef = layout.boxes_of(range.end..range.end + 2);
    assert_eq!((lam.len(), alef.len()), (1, 1));
    assert!(lam[0].width() > 1.0 && alef[0].width() > 1.0);
    assert!(
        (lam[0].x0 - alef[0].x1).abs() < 0.01,
        "they share the inner edge"
    );
    let caret = layout.caret(Position::downstream(range.end));
    assert!((caret.x - lam[0].x0).abs() < 0.01);
    let y = layout.height() * 0.5;
    assert_eq!(layout.hit(lam[0].x0 + 0.1, y).byte(), range.end);
}

#[test]
fn range_inside_a_grapheme_has_a_part_of_its_box() {
    let (text, range) = marked("مُ⟦حَ⟧مد");
    let layout = lay(&text, None);
    let whole = layout.boxes_of(range.clone());
    let letter = layout.boxes_of(range.start..range.start + 2);
    assert_eq!(letter.len(), 1);
    assert!(letter[0].width() > 0.0 && letter[0].width() < whole[0].width());
    assert_eq!(letter[0].x1, whole[0].x1);
}

#[test]
fn open_ends_are_told_where_a_range_goes_on() {
    let layout = lay(MIXED, Some(320.0));
    let boxes = layout.boxes_of(0..layout.len());
    let first = boxes.iter().find(|b| b.line == 0).unwrap();
    assert!(
        first.open_left && !first.open_right,
        "right to left goes on over the left edge"
    );
    let last = boxes.last().unwrap();
    assert!(last.open_right && !last.open_left);
}

#[test]
fn lines_have_one_height_whatever_fonts_they_use() {
    let layout = lay(MIXED, Some(320.0));
    for line in layout.lines() {
        assert_eq!(line.bottom - line.top, 40.0, "{:?}", line.range);
    }
}

#[test]
fn cells_and_lines_tile_the_text() {
    let layout = lay(MIXED, Some(250.0));
    let mut at = 0;
    for line in layout.lines() {
        assert_eq!(line.range.start, at);
        let cells = layout.cells_of(line);
        for cell in cells {
            assert_eq!(cell.start as usize, at);
            at = cell.end as usize;
        }
        assert_eq!(line.range.end, at);
        let mut order: Vec<u32> =
            layout.order[line.cells.start as usize..line.cells.end as usize].to_vec();
        order.sort_unstable();
        assert!(order.into_iter().eq(line.cells.clone()));
    }
    assert_eq!(at, MIXED.len());
}

#[test]
fn stepping_left_walks_arabic_forwards_and_visits_every_gap_once() {
    let text = "قال Ryabkov أمس";
    let layout = lay(text, None);
    let mut position = Position::downstream(0);
    let mut xs = vec![layout.caret(position).x];
    while let Some(next) = layout.step(position, Side::Left) {
        position = next;
        xs.push(layout.caret(position).x);
    }
    assert_eq!(xs.len(), text.chars().count() + 1);
    assert!(xs.windows(2).all(|pair| pair[1] < pair[0]), "{xs:?}");
    assert_eq!(position.byte, text.len());
    let mut back = 0;
    while let Some(next) = layout.step(position, Side::Right) {
        position = next;
        back += 1;
    }
    assert_eq!((back, position.byte), (text.chars().count(), 0));
}

#[test]
fn steps_walk_over_line_ends_without_standing_still() {
    let layout = lay(MIXED, Some(320.0));
    let mut position = Position::downstream(0);
    let mut seen = std::collections::HashSet::from([0]);
    let mut steps = 0;
    while let Some(next) = layout.step(position, Side::Left) {
        assert_ne!(next, position);
        position = next;
        seen.insert(next.byte);
        steps += 1;
        assert!(steps < 1000);
    }
    assert_eq!(position.byte, MIXED.len());
    assert!(seen.len() > layout.cells.len() * 9 / 10);
}

#[test]
fn word_under_the_pointer() {
    let (text, range) = marked("قال نائب ⟦وزير⟧ الخارجية");
    let layout = lay(&text, None);
    let boxes = layout.boxes_of(range.clone());
    assert_eq!(
        layout.word_at((boxes[0].x0 + boxes[0].x1) * 0.5, 10.0),
        range
    );
}

#[test]
fn empty_text_has_a_line_and_a_caret() {
    let layout = lay("", Some(200.0));
    assert_eq!(layout.lines().len(), 1);
    assert_eq!(layout.height(), 40.0);
    assert_eq!(layout.hit(10.0, 10.0).byte(), 0);
    assert!(layout.boxes_of(0..0).is_empty());
    let rtl = typesetter().layout("", &article_style(), Some(200.0), BaseDirection::Rtl);
    assert_eq!(rtl.caret(Position::default()).x, 200.0);
}

#[test]
fn elided_text_ends_with_an_ellipsis_that_fits() {
    let mut typesetter = typesetter();
    let style = TextStyle::interface(14.0);
    let text = "كشف نائب وزير الخارجية الروسي عن جديد المحادثات";
    let line = typesetter.layout_elided(text, &style, 120.0);
    assert!(line.is_elided() && line.width() <= 120.0 && line.width() > 80.0);
    assert!(line.is_rtl() && line.lines().len() == 1);
    assert!(!line.is_empty() && text.is_char_boundary(line.len()));
    let short = typesetter.layout_elided("قصير", &style, 120.0);
    assert!(!short.is_elided());
    let two_lines = typesetter.layout_elided("سطر\nآخر", &style, 500.0);
    assert_eq!(two_lines.lines().len(), 1);
}

#[test]
fn letters_are_shaped_without_regard_to_ranges() {
    // A layout takes no ranges: asking for boxes in the middle of a word leaves the glyphs as they were.
    let (text, range) = marked("المحا⟦دثا⟧ت");
    let layout = lay(&text, None);
    let before: Vec<u16> = layout.glyphs.iter().map(|glyph| glyph.id).collect();
    assert_eq!(layout.boxes_of(range).len(), 1);
    let again = lay(&text, None);
    assert_eq!(
        before,
        again
            .glyphs
            .iter()
            .map(|glyph| glyph.id)
            .collect::<Vec<_>>()
    );
}

#[test]
fn painting_again_rasterises_nothing() {
    let layout = lay(MIXED, Some(320.0));
    let mut atlas = GlyphAtlas::new(Ink::Dark);
    let mut quads = Vec::new();
    atlas.quads(&layout, [10.3, 5.0], 0.0..1000.0, &mut quads);
    assert!(quads.len() > 100);
    assert_eq!(atlas.take_upload(), Some(Upload::Whole));
    let rasterised = atlas.rasterised();
    let mut again = Vec::new();
    atlas.quads(&layout, [10.3, 5.0], 0.0..1000.0, &mut again);
    assert_eq!(quads, again);
    assert_eq!(
        (atlas.rasterised(), atlas.take_upload()),
        (rasterised, None)
    );
    let mut clipped = Vec::new();
    atlas.quads(&layout, [10.3, 5.0], 0.0..45.0, &mut clipped);
    assert!(clipped.len() < quads.len() / 2);
}

#[test]
fn atlas_stays_bounded_and_starts_anew_when_full() {
    let mut typesetter = typesetter();
    let mut atlas = GlyphAtlas::new(Ink::Dark);
    let mut quads = Vec::new();
    let mut resets = 0;
    for size in 0..60 {
        resets += usize::from(atlas.begin_frame(Ink::Dark));
        let style = TextStyle {
            size_px: 60.0 + size as f32,
            ..article_style()
        };
        let layout = typesetter.layout(MIXED, &style, None, BaseDirection::Auto);
        atlas.quads(&layout, [0.0, 0.0], 0.0..200.0, &mut quads);
        assert!(atlas.size()[1] <= 4096);
    }
    assert!(resets > 0);
}
