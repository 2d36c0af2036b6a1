//! Changing the chosen span in the margin: its label, attributes and note, by mouse and by keyboard; and that a
//! text field keeps the keys to itself.

use eframe::egui::Key;
use hashiya::annotation::Span;

use super::{Desk, hands::CTRL};

fn with_person() -> Desk {
    let mut desk = Desk::news();
    desk.tag("PERSON", "قال [سمير الحداد] إن");
    desk
}

fn span(desk: &Desk) -> Span {
    desk.article().layer().spans().next().unwrap().clone()
}

#[test]
fn enter_goes_to_the_note_of_a_span_without_attributes() {
    let mut desk = with_person();
    desk.key(Key::Enter);
    desk.write("اسم كامل");
    desk.key_with(CTRL, Key::Enter);
    desk.settle();
    assert_eq!(span(&desk).data.note, "اسم كامل");
    desk.assert_spans(&["PERSON: قال [سمير الحداد] إن"]);
}

#[test]
fn enter_goes_to_the_first_attribute_of_a_claim() {
    let mut desk = Desk::news();
    desk.tag("CLAIM", "إن [«المحادثات» في أوسلو ستبدأ غدا].");
    desk.key(Key::Enter);
    assert_eq!(
        desk.focused(),
        "positive",
        "the first value of the polarity"
    );
}

#[test]
fn no_key_acts_on_spans_while_a_field_has_the_keyboard() {
    let mut desk = with_person();
    desk.click("Note");
    for key in [
        Key::O,
        Key::Num2,
        Key::K,
        Key::Delete,
        Key::Backspace,
        Key::Home,
        Key::ArrowLeft,
    ] {
        desk.key(key);
    }
    desk.write("O2k");
    desk.assert_spans(&["PERSON: قال [سمير الحداد] إن"]);
    assert_eq!(desk.chosen().as_deref(), Some("PERSON: سمير الحداد"));
    desk.click_on("قال [سمير] الحداد", 1);
    desk.key(Key::O);
    desk.assert_spans(&["ORGANIZATION: قال [سمير الحداد] إن"]);
    assert_eq!(span(&desk).data.note, "O2k");
}

#[test]
fn no_key_acts_on_spans_while_the_lists_filter_has_the_keyboard() {
    let mut desk = with_person();
    desk.click("Filter by title or text");
    desk.key(Key::L);
    desk.key(Key::Delete);
    desk.key_with(CTRL, Key::A);
    desk.assert_spans(&["PERSON: قال [سمير الحداد] إن"]);
    desk.assert_nothing_selected();
}

#[test]
fn what_is_found_is_selected_and_a_label_key_tags_it() {
    let mut desk = Desk::news();
    desk.key_with(CTRL, Key::F);
    desk.write("أوسلو");
    desk.settle();
    desk.assert_selected("في [أوسلو] ستبدأ");
    desk.key(Key::L);
    desk.assert_spans(&[]);
    desk.key(Key::Escape);
    desk.assert_selected("في [أوسلو] ستبدأ");
    desk.key(Key::L);
    desk.assert_spans(&["LOCATION: في [أوسلو] ستبدأ"]);
}

#[test]
fn the_inspectors_label_menu_relabels() {
    let mut desk = with_person();
    desk.click("Label: Person");
    desk.click("Organization");
    desk.assert_spans(&["ORGANIZATION: قال [سمير الحداد] إن"]);
}

#[test]
fn the_inspectors_button_removes_the_span() {
    let mut desk = with_person();
    desk.click("Remove the span (Delete)");
    desk.assert_spans(&[]);
}
