//! Other keyboards: an Arabic layout is active, `AltGr` is held, an input method composes.

use eframe::egui::{Event, ImeEvent, Key, Modifiers};

use super::{
    Desk,
    hands::{CTRL, NONE, SHIFT},
};

/// Presses a key of the Arabic layout: egui hands on its place, and the letter as text.
fn arabic(desk: &mut Desk, held: Modifiers, place: Key, letter: &str) {
    desk.place_key(held, place, place);
    desk.write(letter);
}

#[test]
fn label_keys_work_by_their_place_under_an_arabic_layout() {
    let mut desk = Desk::news();
    let words = [
        "[سمير] الحداد",
        "سمير [الحداد]",
        "[أوسلو] ستبدأ",
        "[ستبدأ] غدا",
        "[غدا].",
    ];
    let keys = [
        (Key::P, "ح"),
        (Key::O, "خ"),
        (Key::L, "م"),
        (Key::C, "ؤ"),
        (Key::D, "ي"),
    ];
    for (word, (place, letter)) in words.into_iter().zip(keys) {
        desk.drag_over(word);
        arabic(&mut desk, NONE, place, letter);
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
fn shift_makes_signs_of_arabic_letters_and_still_adds_a_fragment() {
    let mut desk = Desk::news();
    desk.tag("DENIAL", "[ونفت] وزارة");
    desk.drag_over("وزارة [النقل] ذلك");
    desk.place_key(SHIFT, Key::CloseBracket, Key::D);
    desk.assert_spans(&["DENIAL: [ونفت] وزارة [النقل] ذلك"]);
    desk.tag("CLAIM", "[أوسلو] ستبدأ");
    desk.drag_over("ستبدأ [غدا].");
    desk.place_key(SHIFT, Key::CloseCurlyBracket, Key::C);
    desk.assert_spans(&[
        "DENIAL: [ونفت] وزارة [النقل] ذلك",
        "CLAIM: [أوسلو] ستبدأ [غدا].",
    ]);
}

#[test]
fn commands_work_by_their_place_under_an_arabic_layout() {
    let mut desk = Desk::news();
    desk.tag("ORGANIZATION", "Lindqvist [لوكالة] Reuters");
    arabic(&mut desk, NONE, Key::K, "ن");
    desk.assert_spans(&["ORGANIZATION: Lindqvist ل[وكالة] Reuters"]);
    desk.key_with(CTRL, Key::Z);
    desk.assert_spans(&["ORGANIZATION: Lindqvist [لوكالة] Reuters"]);
    desk.key_with(
        Modifiers {
            shift: true,
            ..CTRL
        },
        Key::Z,
    );
    desk.assert_spans(&["ORGANIZATION: Lindqvist ل[وكالة] Reuters"]);
}

#[test]
fn arabic_digits_work_by_their_place() {
    let mut desk = Desk::news();
    desk.drag_over("[سمير] الحداد");
    arabic(&mut desk, NONE, Key::Num1, "١");
    desk.assert_spans(&["PERSON: [سمير] الحداد"]);
}

#[test]
fn a_layout_that_moves_latin_letters_is_heeded() {
    let mut desk = Desk::news();
    desk.drag_over("[سمير] الحداد");
    // Dvorak has its P where a US keyboard has R.
    desk.place_key(NONE, Key::P, Key::R);
    desk.assert_spans(&["PERSON: [سمير] الحداد"]);
}

#[test]
fn alt_graph_writes_and_does_not_tag() {
    let mut desk = Desk::news();
    desk.drag_over("[سمير] الحداد");
    let alt_graph = |pressed| Event::Key {
        key: Key::AltRight,
        physical_key: Some(Key::AltRight),
        pressed,
        repeat: false,
        modifiers: NONE,
    };
    desk.harness.event(alt_graph(true));
    desk.harness.step();
    desk.key(Key::L);
    desk.assert_spans(&[]);
    desk.harness.event(alt_graph(false));
    desk.harness.step();
    desk.key(Key::L);
    desk.assert_spans(&["LOCATION: [سمير] الحداد"]);
}

#[test]
fn an_input_method_that_composes_keeps_the_keys() {
    let mut desk = Desk::news();
    desk.drag_over("[سمير] الحداد");
    desk.harness.event(Event::Ime(ImeEvent::Preedit {
        text: "pu".to_owned(),
        active_range_chars: None,
    }));
    desk.harness.step();
    desk.key(Key::P);
    desk.assert_spans(&[]);
    desk.harness
        .event(Event::Ime(ImeEvent::Commit("普".to_owned())));
    desk.harness.step();
    desk.key(Key::P);
    desk.assert_spans(&["PERSON: [سمير] الحداد"]);
}
