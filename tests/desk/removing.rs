//! Removing spans, taking back and doing again, and the ways back that Escape goes.

use eframe::egui::{Key, Modifiers};

use super::{
    Desk,
    hands::{CTRL, NONE},
};

const CTRL_SHIFT: Modifiers = Modifiers {
    shift: true,
    ..CTRL
};

/// A button of the find bar.
const EXACTLY: &str = "Exactly as written: marks, hamza and capitals count";

fn with_two() -> Desk {
    let mut desk = Desk::news();
    desk.tag("LOCATION", "في [أوسلو] ستبدأ");
    desk.tag("PERSON", "قال [سمير الحداد] إن");
    desk
}

#[test]
fn delete_and_backspace_remove_the_chosen_span() {
    for key in [Key::Delete, Key::Backspace] {
        let mut desk = with_two();
        desk.key(key);
        desk.assert_spans(&["LOCATION: في [أوسلو] ستبدأ"]);
        assert_eq!(desk.chosen(), None);
        desk.key(key);
        desk.assert_spans(&["LOCATION: في [أوسلو] ستبدأ"]);
    }
}

#[test]
fn a_selection_does_not_keep_a_chosen_span_from_being_removed() {
    let mut desk = with_two();
    desk.drag_over("[وزارة] النقل");
    desk.key(Key::Delete);
    desk.assert_spans(&["LOCATION: في [أوسلو] ستبدأ"]);
    desk.assert_selected("[وزارة] النقل");
}

#[test]
fn a_removed_span_comes_back_with_all_it_had() {
    let mut desk = with_two();
    desk.key(Key::Delete);
    desk.key_with(CTRL, Key::Z);
    desk.assert_spans(&["LOCATION: في [أوسلو] ستبدأ", "PERSON: قال [سمير الحداد] إن"]);
    assert_eq!(desk.chosen().as_deref(), Some("PERSON: سمير الحداد"));
}

#[test]
fn undo_goes_back_to_the_beginning_and_redo_to_the_end() {
    let mut desk = Desk::news();
    desk.drag_over("قال [سمير] الحداد");
    desk.key(Key::P);
    desk.key_with(Modifiers { alt: true, ..CTRL }, Key::ArrowLeft);
    desk.key(Key::O);
    desk.key(Key::Delete);
    let states = [
        vec!["ORGANIZATION: قال [سمير الحداد] إن"],
        vec!["PERSON: قال [سمير الحداد] إن"],
        vec!["PERSON: قال [سمير] الحداد"],
        vec![],
    ];
    for state in &states {
        desk.key_with(CTRL, Key::Z);
        desk.assert_spans(state);
    }
    desk.key_with(CTRL, Key::Z);
    desk.assert_spans(&[]);
    for state in states.iter().rev().skip(1) {
        desk.key_with(CTRL_SHIFT, Key::Z);
        desk.assert_spans(state);
    }
    desk.key_with(CTRL_SHIFT, Key::Z);
    desk.assert_spans(&[]);
}

#[test]
fn a_change_after_undo_leaves_nothing_to_redo() {
    let mut desk = with_two();
    desk.key_with(CTRL, Key::Z);
    desk.drag_over("وزارة [النقل] ذلك");
    desk.key(Key::O);
    desk.key_with(CTRL_SHIFT, Key::Z);
    desk.assert_spans(&[
        "LOCATION: في [أوسلو] ستبدأ",
        "ORGANIZATION: وزارة [النقل] ذلك",
    ]);
}

#[test]
fn escape_goes_back_over_the_selection_to_the_chosen_span() {
    let mut desk = with_two();
    desk.drag_over("[وزارة] النقل");
    desk.key(Key::Escape);
    desk.assert_nothing_selected();
    assert_eq!(desk.chosen().as_deref(), Some("PERSON: سمير الحداد"));
    desk.key(Key::Escape);
    assert_eq!(desk.chosen(), None);
    desk.key(Key::Escape);
    desk.assert_spans(&["LOCATION: في [أوسلو] ستبدأ", "PERSON: قال [سمير الحداد] إن"]);
}

#[test]
fn escape_closes_the_find_bar_last() {
    let mut desk = with_two();
    desk.key_with(CTRL, Key::F);
    desk.assert_shows(EXACTLY);
    desk.click_on("[وزارة] النقل", 1);
    desk.click_on("قال [سمير] الحداد", 1);
    desk.key(Key::Escape);
    assert_eq!(desk.chosen(), None);
    desk.assert_shows(EXACTLY);
    desk.key(Key::Escape);
    desk.assert_hides(EXACTLY);
}

#[test]
fn escape_leaves_a_text_field_before_anything_else() {
    let mut desk = with_two();
    desk.key(Key::Enter);
    desk.write("شاهد");
    desk.key_with(NONE, Key::Escape);
    assert_eq!(desk.chosen().as_deref(), Some("PERSON: سمير الحداد"));
    desk.key_with(NONE, Key::Escape);
    assert_eq!(desk.chosen(), None);
}
