//! What a person does in a field, and what comes of it.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::string_slice,
    clippy::float_cmp,
    reason = "tests"
)]

use super::super::conformance::typesetter;
use super::super::movement::Movement;
use super::*;

fn field(text: &str) -> FieldEditor {
    let mut field = FieldEditor::new(TextStyle::interface(14.0), false);
    field.set_text(text);
    field
}

fn type_letters(field: &mut FieldEditor, text: &str) {
    text.chars()
        .for_each(|c| field.insert(c.encode_utf8(&mut [0; 4])));
}

#[test]
fn typing_is_undone_by_words_and_done_again() {
    let mut field = field("");
    type_letters(&mut field, "قال الوزير");
    assert!(field.undo());
    assert_eq!(field.text(), "قال ");
    assert!(field.undo());
    assert_eq!(field.text(), "");
    assert!(!field.undo());
    assert!(field.redo() && field.redo() && !field.redo());
    assert_eq!(field.text(), "قال الوزير");
    field.undo();
    type_letters(&mut field, "x");
    assert!(!field.can_redo(), "a new change drops what was taken back");
}

#[test]
fn backspace_takes_marks_before_letters_and_emoji_whole() {
    let mut field = field("مُ");
    field.backspace(false);
    assert_eq!(field.text(), "م");
    field.set_text("a👩‍👩‍👧");
    field.backspace(false);
    assert_eq!(field.text(), "a");
    field.set_text("وزير الخارجية");
    field.backspace(true);
    assert_eq!(field.text(), "وزير ");
}

#[test]
fn delete_takes_graphemes_and_words() {
    let mut field = field("مُحمد علي");
    field.select(0..0);
    field.delete(false);
    assert_eq!(field.text(), "حمد علي");
    field.delete(true);
    assert_eq!(field.text(), " علي");
}

#[test]
fn left_goes_forward_in_arabic_and_by_words_too() {
    let mut typesetter = typesetter();
    let mut field = field("قال الوزير");
    field.select(0..0);
    field.go(&mut typesetter, Movement::Left, false);
    assert_eq!(field.caret_byte(), "ق".len());
    field.go(&mut typesetter, Movement::WordLeft, true);
    assert_eq!(field.selected_text(), "ال");
    field.go(&mut typesetter, Movement::WordLeft, true);
    assert_eq!(field.selected_text(), "ال الوزير");
    field.go(&mut typesetter, Movement::Right, false);
    assert_eq!(
        field.selection(),
        "ق".len().."ق".len(),
        "right goes to the selection's right end"
    );
    field.go(&mut typesetter, Movement::LineEnd, true);
    assert_eq!(field.selected_text(), "ال الوزير");
}

#[test]
fn a_press_a_drag_and_a_double_press_select() {
    let mut typesetter = typesetter();
    let mut field = field("قال الوزير أمس");
    let (width, height) = field.size(&mut typesetter);
    field.press(&mut typesetter, width - 0.5, height * 0.5, false);
    assert_eq!(field.caret_byte(), 0);
    field.drag(&mut typesetter, 0.5, height * 0.5);
    assert_eq!(field.selected_text(), field.text());
    field.double_press(&mut typesetter, width * 0.5, height * 0.5);
    assert_eq!(field.selected_text(), "الوزير");
    field.drag(&mut typesetter, 1.0, height * 0.5);
    assert_eq!(field.selected_text(), "الوزير أمس");
    field.triple_press(&mut typesetter, width * 0.5, height * 0.5);
    assert_eq!(field.selected_text(), field.text());
    assert_eq!(field.selection_boxes(&mut typesetter).len(), 1);
}

#[test]
fn composed_letters_are_shown_but_not_part_of_the_text() {
    let mut typesetter = typesetter();
    let mut field = field("ab");
    field.select(1..1);
    field.set_compose("にほ", Some(6..6));
    assert_eq!((field.text(), &*field.shown_text()), ("ab", "aにほb"));
    assert_eq!(field.compose_boxes(&mut typesetter).len(), 1);
    assert!(field.caret(&mut typesetter).is_some());
    field.commit_compose("日本");
    assert_eq!(field.text(), "a日本b");
    assert!(!field.is_composing());
    field.undo();
    assert_eq!(field.text(), "ab");
}

#[test]
fn one_line_takes_line_breaks_as_spaces() {
    let mut field = field("");
    field.insert("سطر\r\nآخر\nثالث");
    assert_eq!(field.text(), "سطر آخر ثالث");
}

#[test]
fn each_paragraph_of_a_note_has_its_own_direction() {
    let mut typesetter = typesetter();
    let mut field = FieldEditor::new(TextStyle::interface(14.0), true);
    field.set_width(Some(200.0));
    field.set_text("ملاحظة\nan English line");
    let directions: Vec<bool> = field
        .layouts(&mut typesetter)
        .map(|(_, layout)| layout.is_rtl())
        .collect();
    assert_eq!(directions, [true, false]);
    field.go_line(&mut typesetter, false, false);
    assert!(field.caret_byte() <= "ملاحظة".len());
    field.go_line(&mut typesetter, true, false);
    assert_eq!(field.caret_byte(), field.text().len(), "the goal x is kept");
    field.insert("\n");
    assert_eq!(field.layouts(&mut typesetter).count(), 3);
}

#[test]
fn caret_after_a_trailing_space_in_arabic_is_inside_the_text() {
    let mut typesetter = typesetter();
    let mut field = field("قال ");
    let caret = field.caret(&mut typesetter).unwrap();
    assert!(caret.x >= 0.0 && caret.x < 1.0, "{caret:?}");
}
