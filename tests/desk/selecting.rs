//! Caret and selection by the keyboard alone.

use eframe::egui::{Key, Modifiers};

use super::{
    Desk,
    hands::{CTRL, NONE, SHIFT},
};

const CTRL_SHIFT: Modifiers = Modifiers {
    shift: true,
    ..CTRL
};

/// A window with the caret at `|`.
fn with_caret(marked: &str) -> Desk {
    let mut desk = Desk::news();
    let (before, after) = marked.split_once('|').unwrap();
    let at = desk
        .article()
        .text()
        .find(&format!("{before}{after}"))
        .unwrap()
        + before.len();
    desk.run(hashiya::session::DeskCommand::Caret(at, false));
    desk
}

#[test]
fn left_goes_on_in_arabic_and_back_in_english() {
    let mut desk = with_caret("قال |سمير");
    desk.key(Key::ArrowLeft);
    desk.assert_caret("قال س|مير");
    desk.keys(2, NONE, Key::ArrowRight);
    desk.assert_caret("قال| سمير");
    let mut desk = with_caret("port of |Rotterdam");
    desk.key(Key::ArrowRight);
    desk.assert_caret("port of R|otterdam");
    desk.key(Key::ArrowLeft);
    desk.assert_caret("port of |Rotterdam");
}

#[test]
fn the_caret_walks_over_latin_inside_arabic_as_it_is_seen() {
    let mut desk = with_caret("وصرح|ت Maria");
    let (start, end) = desk.place("[Maria Lindqvist] لوكالة");
    let mut seen = vec![desk.article().desk().caret()];
    for key in [Key::ArrowLeft, Key::ArrowRight] {
        for _ in 0..40 {
            desk.key(key);
            seen.push(desk.article().desk().caret());
        }
    }
    assert!(seen[40] > end, "it came out on the left at {}", seen[40]);
    assert_eq!(seen.first(), seen.last(), "as many steps right lead back");
    let inside = (start + 1..end).all(|at| seen.contains(&at));
    assert!(inside, "it stood between all Latin letters");
}

#[test]
fn shift_and_arrows_select_and_a_key_tags() {
    let mut desk = with_caret("قال |سمير");
    desk.keys(4, SHIFT, Key::ArrowLeft);
    desk.assert_selected("قال [سمير] الحداد");
    desk.key_with(SHIFT, Key::ArrowLeft);
    desk.assert_selected("قال [سمير ]الحداد");
    desk.key(Key::P);
    desk.assert_spans(&["PERSON: قال [سمير ]الحداد"]);
}

#[test]
fn shift_and_right_select_english() {
    let mut desk = with_caret("port of |Rotterdam");
    desk.keys(9, SHIFT, Key::ArrowRight);
    desk.key(Key::L);
    desk.assert_spans(&["LOCATION: port of [Rotterdam] stayed"]);
}

#[test]
fn ctrl_and_arrows_go_by_words() {
    let mut desk = with_caret("قال |سمير");
    desk.key_with(CTRL, Key::ArrowLeft);
    desk.assert_caret("قال سمير |الحداد");
    desk.keys(2, CTRL, Key::ArrowRight);
    desk.assert_caret("|قال سمير");
    desk.keys(1, CTRL, Key::ArrowLeft);
    desk.keys(2, CTRL_SHIFT, Key::ArrowLeft);
    desk.assert_selected("قال [سمير الحداد] إن");
}

#[test]
fn ctrl_shift_and_arrows_select_words() {
    let mut desk = with_caret("قال |سمير");
    desk.keys(2, CTRL_SHIFT, Key::ArrowLeft);
    desk.assert_selected("قال [سمير الحداد] إن");
    desk.key_with(CTRL_SHIFT, Key::ArrowRight);
    desk.key(Key::P);
    desk.assert_spans(&["PERSON: قال [سمير ]الحداد"]);
}

#[test]
fn home_and_end_go_to_the_lines_ends() {
    let mut desk = with_caret("إلى| الميناء");
    desk.key(Key::Home);
    desk.assert_caret("|وصول الوفد");
    desk.key(Key::End);
    desk.assert_caret("إلى الميناء|\nقال");
    desk.key_with(SHIFT, Key::Home);
    desk.assert_selected("[وصول الوفد إلى الميناء]\nقال");
    desk.key(Key::C);
    desk.assert_spans(&["CLAIM: [وصول الوفد إلى الميناء]\nقال"]);
}

#[test]
fn shift_and_end_select_to_the_lines_end() {
    let mut desk = with_caret("The |port");
    desk.key_with(SHIFT, Key::End);
    desk.assert_selected("The [port of Rotterdam stayed open.]");
}

#[test]
fn up_and_down_go_to_the_lines_above_and_below() {
    let mut desk = with_caret("|وصول الوفد");
    desk.key(Key::ArrowDown);
    desk.assert_caret("|قال سمير");
    desk.key(Key::ArrowDown);
    let here = desk.article().desk().caret();
    assert!(here > desk.place("[قال] سمير").1, "it went down");
    desk.keys(2, NONE, Key::ArrowUp);
    desk.assert_caret("|وصول الوفد");
}

#[test]
fn shift_and_down_select_a_line() {
    let mut desk = with_caret("|وصول الوفد");
    desk.key_with(SHIFT, Key::ArrowDown);
    desk.assert_selected("[وصول الوفد إلى الميناء\n]قال");
}

#[test]
fn ctrl_home_ctrl_end_and_ctrl_a_take_in_the_article() {
    let mut desk = with_caret("قال |سمير");
    desk.key_with(CTRL, Key::End);
    assert_eq!(desk.article().desk().caret(), desk.article().text().len());
    desk.key_with(CTRL, Key::Home);
    desk.assert_caret("|وصول الوفد");
    desk.key_with(CTRL, Key::A);
    let all = desk.article().desk().selection().unwrap();
    assert_eq!((all.start(), all.end()), (0, desk.article().text().len()));
}

#[test]
fn a_step_never_ends_inside_a_grapheme() {
    let text = "قالَ 👨‍👩‍👧 ثم é";
    let mut desk = Desk::open(&[text]);
    let edges: Vec<usize> = hashiya::text::segment::graphemes(text)
        .map(|(at, _)| at)
        .collect();
    for _ in 0..edges.len() + 2 {
        let caret = desk.article().desk().caret();
        assert!(
            caret == text.len() || edges.contains(&caret),
            "{caret} is inside a grapheme"
        );
        desk.key(Key::ArrowLeft);
    }
}

#[test]
fn a_selection_by_keys_is_not_trimmed() {
    let mut desk = with_caret("إن| «المحادثات»");
    desk.keys(2, SHIFT, Key::ArrowLeft);
    desk.key(Key::C);
    desk.assert_spans(&["CLAIM: إن[ «]المحادثات"]);
}
