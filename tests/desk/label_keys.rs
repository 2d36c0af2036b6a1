//! The label keys: digits, letters, with a selection and without.

use eframe::egui::{Event, Key};

use super::{
    Desk,
    hands::{ALT, CTRL, NONE},
};

#[test]
fn digits_tag_by_the_labels_places() {
    let mut desk = Desk::news();
    let words = [
        "[سمير] الحداد",
        "سمير [الحداد]",
        "[أوسلو] ستبدأ",
        "[ستبدأ] غدا",
        "[غدا].",
    ];
    let keys = [Key::Num1, Key::Num2, Key::Num3, Key::Num4, Key::Num5];
    for (word, key) in words.into_iter().zip(keys) {
        desk.drag_over(word);
        desk.key(key);
    }
    desk.assert_spans(&[
        "PERSON: [سمير] الحداد",
        "ORGANIZATION: سمير [الحداد]",
        "LOCATION: [أوسلو] ستبدأ",
        "CLAIM: [ستبدأ] غدا",
        "DENIAL: [غدا].",
    ]);
}

#[test]
fn a_digit_beyond_the_labels_does_nothing() {
    let mut desk = Desk::news();
    desk.drag_over("[سمير] الحداد");
    desk.key(Key::Num9);
    desk.assert_spans(&[]);
    desk.assert_selected("[سمير] الحداد");
}

#[test]
fn letters_tag_by_the_labels_own_keys() {
    let mut desk = Desk::news();
    let words = [
        "[سمير] الحداد",
        "سمير [الحداد]",
        "[أوسلو] ستبدأ",
        "[ستبدأ] غدا",
        "[غدا].",
    ];
    let keys = [Key::P, Key::O, Key::L, Key::C, Key::D];
    for (word, key) in words.into_iter().zip(keys) {
        desk.drag_over(word);
        desk.key(key);
    }
    desk.assert_spans(&[
        "PERSON: [سمير] الحداد",
        "ORGANIZATION: سمير [الحداد]",
        "LOCATION: [أوسلو] ستبدأ",
        "CLAIM: [ستبدأ] غدا",
        "DENIAL: [غدا].",
    ]);
}

#[test]
fn without_a_selection_the_chosen_span_is_relabelled() {
    let mut desk = Desk::news();
    desk.tag("PERSON", "قال [سمير الحداد] إن");
    desk.key(Key::O);
    desk.assert_spans(&["ORGANIZATION: قال [سمير الحداد] إن"]);
    desk.key(Key::Num3);
    desk.assert_spans(&["LOCATION: قال [سمير الحداد] إن"]);
    desk.key(Key::L);
    desk.assert_spans(&["LOCATION: قال [سمير الحداد] إن"]);
    assert_eq!(desk.chosen().as_deref(), Some("LOCATION: سمير الحداد"));
}

#[test]
fn a_selection_goes_before_the_chosen_span() {
    let mut desk = Desk::news();
    desk.tag("PERSON", "قال [سمير الحداد] إن");
    desk.drag_over("في [أوسلو] ستبدأ");
    desk.key(Key::L);
    desk.assert_spans(&["PERSON: قال [سمير الحداد] إن", "LOCATION: في [أوسلو] ستبدأ"]);
}

#[test]
fn an_identical_span_is_chosen_and_not_doubled() {
    let mut desk = Desk::news();
    desk.tag("PERSON", "قال [سمير الحداد] إن");
    desk.choose_nothing();
    desk.drag_over("قال [سمير الحداد] إن");
    desk.key(Key::P);
    desk.assert_spans(&["PERSON: قال [سمير الحداد] إن"]);
    assert_eq!(desk.chosen().as_deref(), Some("PERSON: سمير الحداد"));
    desk.assert_nothing_selected();
}

#[test]
fn a_relabelling_that_would_double_a_span_chooses_that_one() {
    let mut desk = Desk::news();
    desk.tag("ORGANIZATION", "قال [سمير الحداد] إن");
    desk.tag("PERSON", "قال [سمير الحداد] إن");
    desk.key(Key::O);
    desk.assert_spans(&[
        "ORGANIZATION: قال [سمير الحداد] إن",
        "PERSON: قال [سمير الحداد] إن",
    ]);
    assert_eq!(desk.chosen().as_deref(), Some("ORGANIZATION: سمير الحداد"));
}

#[test]
fn one_place_can_have_several_labels_and_spans_may_overlap() {
    let mut desk = Desk::news();
    desk.drag_over("قال [سمير الحداد] إن");
    desk.key(Key::P);
    desk.drag_over("[قال سمير] الحداد");
    desk.key(Key::C);
    desk.drag_over("قال [سمير الحداد] إن");
    desk.key(Key::O);
    desk.assert_spans(&[
        "PERSON: قال [سمير الحداد] إن",
        "CLAIM: [قال سمير] الحداد",
        "ORGANIZATION: قال [سمير الحداد] إن",
    ]);
}

#[test]
fn without_anything_chosen_a_label_key_says_what_is_missing() {
    let mut desk = Desk::news();
    desk.key(Key::P);
    desk.assert_spans(&[]);
    desk.rest();
    desk.assert_shows("Nothing is selected");
}

#[test]
fn a_label_key_with_ctrl_or_alt_is_no_label_key() {
    let mut desk = Desk::news();
    desk.drag_over("قال [سمير الحداد] إن");
    desk.key_with(CTRL, Key::L);
    desk.key_with(ALT, Key::L);
    desk.assert_spans(&[]);
}

#[test]
fn a_key_that_is_held_down_tags_once() {
    let mut desk = Desk::news();
    desk.tag("PERSON", "قال [سمير الحداد] إن");
    let held = |repeat| Event::Key {
        key: Key::O,
        physical_key: Some(Key::O),
        pressed: true,
        repeat,
        modifiers: NONE,
    };
    for repeat in [false, true, true] {
        desk.harness.event(held(repeat));
    }
    desk.settle();
    desk.assert_spans(&["ORGANIZATION: قال [سمير الحداد] إن"]);
    assert_eq!(desk.status(), "Saved 2 edits");
}
