//! Spans of several fragments: Shift and a label key.

use eframe::egui::Key;

use super::{
    Desk,
    hands::{NONE, SHIFT},
};

const CLAIM: &str = "CLAIM: [«المحادثات» في أوسلو] ستبدأ غدا. ونفت [وزارة النقل] ذلك";

fn with_a_claim() -> Desk {
    let mut desk = Desk::news();
    desk.tag("CLAIM", "[«المحادثات» في أوسلو] ستبدأ");
    desk.drag_over("[وزارة النقل] ذلك");
    desk
}

#[test]
fn shift_and_a_labels_letter_add_the_selection_to_the_chosen_span() {
    let mut desk = with_a_claim();
    desk.key_with(SHIFT, Key::C);
    desk.assert_spans(&[CLAIM]);
    desk.assert_nothing_selected();
    assert_eq!(desk.marks(), ["CLAIM: «المحادثات» في أوسلو … وزارة النقل"]);
}

#[test]
fn shift_and_a_digit_come_as_the_sign_above_it() {
    let mut desk = with_a_claim();
    desk.key(Key::Num1);
    desk.key_with(NONE, Key::Escape);
    desk.tag("PERSON", "قال [سمير] الحداد");
    desk.drag_over("سمير [الحداد] إن");
    desk.place_key(SHIFT, Key::Exclamationmark, Key::Num1);
    desk.assert_spans(&[
        "CLAIM: [«المحادثات» في أوسلو] ستبدأ",
        "PERSON: [وزارة النقل] ذلك",
        "PERSON: قال [سمير] [الحداد] إن",
    ]);
}

#[test]
fn a_digit_without_a_name_comes_with_its_place() {
    let mut desk = with_a_claim();
    desk.place_key(SHIFT, Key::Num4, Key::Num4);
    desk.assert_spans(&[CLAIM]);
}

#[test]
fn another_labels_key_extends_the_span_and_leaves_its_label() {
    let mut desk = with_a_claim();
    desk.key_with(SHIFT, Key::D);
    desk.assert_spans(&[CLAIM]);
}

#[test]
fn a_fragment_that_touches_another_joins_it() {
    let mut desk = Desk::news();
    desk.tag("PERSON", "قال [سمير] الحداد");
    desk.drag_over("قال سم[ير الحداد] إن");
    desk.key_with(SHIFT, Key::P);
    desk.assert_spans(&["PERSON: قال [سمير الحداد] إن"]);
}

#[test]
fn without_a_chosen_span_shift_tags_as_without_it() {
    let mut desk = Desk::news();
    desk.drag_over("قال [سمير] الحداد");
    desk.key_with(SHIFT, Key::P);
    desk.assert_spans(&["PERSON: قال [سمير] الحداد"]);
}

#[test]
fn a_fragment_is_taken_back_by_one_undo() {
    let mut desk = with_a_claim();
    desk.key_with(SHIFT, Key::D);
    desk.key_with(super::hands::CTRL, Key::Z);
    desk.assert_spans(&["CLAIM: [«المحادثات» في أوسلو] ستبدأ"]);
}
