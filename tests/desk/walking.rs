//! Walking from span to span by the keyboard.

use eframe::egui::Key;

use super::{Desk, hands::SHIFT};

fn with_three() -> Desk {
    let mut desk = Desk::news();
    desk.tag("LOCATION", "في [أوسلو] ستبدأ");
    desk.tag("ORGANIZATION", "لوكالة [Reuters] أن");
    desk.tag("PERSON", "قال [سمير الحداد] إن");
    desk.choose_nothing();
    desk.run(hashiya::session::DeskCommand::Caret(0, false));
    desk
}

const READING_ORDER: [&str; 3] = [
    "PERSON: سمير الحداد",
    "LOCATION: أوسلو",
    "ORGANIZATION: Reuters",
];

#[test]
fn tab_goes_to_the_next_span_and_round() {
    let mut desk = with_three();
    for expected in READING_ORDER.iter().chain(&READING_ORDER[..1]) {
        desk.key(Key::Tab);
        assert_eq!(desk.chosen().as_deref(), Some(*expected));
    }
}

#[test]
fn shift_and_tab_go_to_the_span_before_and_round() {
    let mut desk = with_three();
    for expected in READING_ORDER.iter().rev().chain([&READING_ORDER[2]]) {
        desk.key_with(SHIFT, Key::Tab);
        assert_eq!(desk.chosen().as_deref(), Some(*expected));
    }
}

#[test]
fn tab_goes_on_from_the_caret() {
    let mut desk = with_three();
    desk.click_on("[وزارة] النقل", 1);
    desk.key(Key::Tab);
    assert_eq!(desk.chosen().as_deref(), Some("ORGANIZATION: Reuters"));
    desk.click_on("[وزارة] النقل", 1);
    desk.key_with(SHIFT, Key::Tab);
    assert_eq!(desk.chosen().as_deref(), Some("LOCATION: أوسلو"));
}

#[test]
fn tab_keeps_the_keyboard_with_the_article() {
    let mut desk = with_three();
    desk.keys(2, super::hands::NONE, Key::Tab);
    desk.key(Key::D);
    desk.assert_spans(&[
        "PERSON: قال [سمير الحداد] إن",
        "DENIAL: في [أوسلو] ستبدأ",
        "ORGANIZATION: لوكالة [Reuters] أن",
    ]);
}

#[test]
fn tab_brings_a_span_far_below_into_view() {
    let mut text = super::NEWS.repeat(40);
    text.push_str("آخر سطر في برلين هنا");
    let mut desk = Desk::open(&[&text]);
    desk.tag("LOCATION", "في [برلين] هنا");
    desk.choose_nothing();
    desk.run(hashiya::session::DeskCommand::Caret(0, false));
    let line = |desk: &Desk| {
        desk.letters()
            .iter()
            .map(|letter| letter.text.clone())
            .collect::<String>()
    };
    assert!(!line(&desk).contains("برلين"));
    desk.key(Key::Tab);
    desk.harness.run_steps(3);
    assert!(line(&desk).contains("برلين"));
    assert_eq!(desk.marks(), ["LOCATION: برلين"]);
}

#[test]
fn tab_walks_through_nested_spans_from_the_outside_in() {
    let mut desk = Desk::news();
    desk.tag("LOCATION", "في [أوسلو] ستبدأ");
    desk.tag("CLAIM", "[في أوسلو ستبدأ] غدا");
    desk.tag("ORGANIZATION", "[في أوسلو] ستبدأ");
    desk.choose_nothing();
    desk.run(hashiya::session::DeskCommand::Caret(0, false));
    for label in ["CLAIM", "ORGANIZATION", "LOCATION"] {
        desk.key(Key::Tab);
        assert!(
            desk.chosen().unwrap().starts_with(label),
            "{:?}",
            desk.chosen()
        );
    }
}
