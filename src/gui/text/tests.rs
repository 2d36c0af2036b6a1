//! The label and the field, driven through the accessibility tree as people's tools would.

#![allow(clippy::unwrap_used, reason = "tests")]

use eframe::egui;
use egui::{Event, Id, ImeEvent, Key, Modifiers, Rect, accesskit::Role};
use egui_kittest::{
    Harness,
    kittest::{NodeT, Queryable},
};

use super::*;
use crate::gui::{keys::FocusOn, theme};

/// A window with one field, and what the field reported last.
#[derive(Default)]
struct Desk {
    text: String,
    rows: Option<usize>,
    changes: usize,
    submitted: usize,
    cancelled: usize,
    rect: Option<Rect>,
}

const NAME: &str = "Note";

fn desk(text: &str, rows: Option<usize>) -> Harness<'static, Desk> {
    let state = Desk {
        text: text.to_owned(),
        rows,
        ..Desk::default()
    };
    let mut harness = Harness::builder()
        .with_size(egui::vec2(320.0, 160.0))
        .build_ui_state(
            |ui, desk: &mut Desk| {
                let mut field = BidiField::new(&mut desk.text, NAME)
                    .hint("اكتب هنا")
                    .width(240.0);
                if let Some(rows) = desk.rows {
                    field = field.rows(rows);
                }
                let output = field.show(ui);
                desk.changes += usize::from(output.response.changed());
                desk.submitted += usize::from(output.submitted);
                desk.cancelled += usize::from(output.cancelled);
                desk.rect = Some(output.response.rect);
            },
            state,
        );
    theme::install(&harness.ctx);
    install(&harness.ctx);
    harness.step();
    harness
}

fn focused(text: &str) -> Harness<'static, Desk> {
    let mut harness = desk(text, None);
    harness.get_by_label(NAME).focus();
    harness.step();
    harness.step();
    harness
}

fn send(harness: &mut Harness<'_, Desk>, event: Event) {
    harness.event(event);
    harness.step();
}

fn type_text(harness: &mut Harness<'_, Desk>, text: &str) {
    for letter in text.chars() {
        send(harness, Event::Text(letter.to_string()));
    }
}

fn press(harness: &mut Harness<'_, Desk>, modifiers: Modifiers, key: Key) {
    harness.key_press_modifiers(modifiers, key);
    harness.step();
}

/// The caret's x in points, from what the input method is told.
fn caret_x(harness: &Harness<'_, Desk>) -> f32 {
    harness
        .output()
        .platform_output
        .ime
        .unwrap()
        .cursor_rect
        .center()
        .x
}

#[test]
fn arabic_can_be_typed_and_shows_in_the_tree() {
    let mut harness = focused("");
    type_text(&mut harness, "حاشية");
    assert_eq!(harness.state().text, "حاشية");
    assert_eq!(harness.state().changes, 5);
    let node = harness.get_by_label(NAME);
    assert_eq!(node.accesskit_node().role(), Role::TextInput);
    assert_eq!(node.accesskit_node().value().as_deref(), Some("حاشية"));
}

#[test]
fn the_caret_goes_left_as_arabic_is_typed_and_right_for_latin() {
    let mut harness = focused("");
    type_text(&mut harness, "حا");
    let before = caret_x(&harness);
    type_text(&mut harness, "شية");
    assert!(caret_x(&harness) < before, "the next letter stands left");
    let right = harness.state().rect.unwrap().right();
    press(&mut harness, Modifiers::NONE, Key::Home);
    assert!(
        (right - caret_x(&harness)).abs() < 12.0,
        "the line begins right"
    );

    let mut harness = focused("");
    type_text(&mut harness, "ab");
    let before = caret_x(&harness);
    type_text(&mut harness, "c");
    assert!(caret_x(&harness) > before);
}

#[test]
fn arrows_move_visually() {
    let mut harness = focused("حاشية");
    press(&mut harness, Modifiers::NONE, Key::Home);
    let start = caret_x(&harness);
    press(&mut harness, Modifiers::NONE, Key::ArrowLeft);
    let second = caret_x(&harness);
    assert!(second < start, "left is forward");
    press(&mut harness, Modifiers::NONE, Key::ArrowRight);
    assert!((caret_x(&harness) - start).abs() < 0.5);
}

#[test]
fn words_are_selected_deleted_and_brought_back() {
    let mut harness = focused("قال الوزير أمس");
    press(&mut harness, Modifiers::NONE, Key::End);
    press(
        &mut harness,
        Modifiers::COMMAND | Modifiers::SHIFT | Modifiers::CTRL,
        Key::ArrowRight,
    );
    press(&mut harness, Modifiers::NONE, Key::Delete);
    assert_eq!(harness.state().text, "قال الوزير ");
    press(&mut harness, Modifiers::COMMAND, Key::Z);
    assert_eq!(harness.state().text, "قال الوزير أمس");
    press(&mut harness, Modifiers::COMMAND | Modifiers::SHIFT, Key::Z);
    assert_eq!(harness.state().text, "قال الوزير ");
}

#[test]
fn typing_replaces_what_is_selected() {
    let mut harness = focused("قديم");
    press(&mut harness, Modifiers::COMMAND, Key::A);
    type_text(&mut harness, "ج");
    assert_eq!(harness.state().text, "ج");
}

#[test]
fn the_clipboard_works() {
    let mut harness = focused("نص");
    press(&mut harness, Modifiers::COMMAND, Key::A);
    send(&mut harness, Event::Copy);
    let commands = harness.output().platform_output.commands.clone();
    assert!(commands.contains(&egui::OutputCommand::CopyText("نص".to_owned())));
    send(&mut harness, Event::Cut);
    assert_eq!(harness.state().text, "");
    send(&mut harness, Event::Paste("سطر\nسطر".to_owned()));
    assert_eq!(
        harness.state().text,
        "سطر سطر",
        "a field of one line has no line ends"
    );
}

#[test]
fn composed_letters_are_shown_and_only_then_text() {
    let mut harness = focused("");
    let preedit = |text: &str| {
        Event::Ime(ImeEvent::Preedit {
            text: text.to_owned(),
            active_range_chars: Some(0..1),
        })
    };
    send(&mut harness, preedit("حا"));
    assert_eq!(harness.state().text, "");
    send(
        &mut harness,
        Event::Ime(ImeEvent::Commit("حاشية".to_owned())),
    );
    assert_eq!(harness.state().text, "حاشية");
    send(&mut harness, preedit("ن"));
    send(&mut harness, preedit(""));
    assert_eq!(harness.state().text, "حاشية");
}

#[test]
fn enter_submits_and_escape_gives_up_the_focus() {
    let mut harness = focused("نص");
    press(&mut harness, Modifiers::NONE, Key::Enter);
    assert_eq!(harness.state().submitted, 1);
    assert!(harness.get_by_label(NAME).accesskit_node().is_focused());
    press(&mut harness, Modifiers::NONE, Key::Escape);
    assert_eq!(harness.state().cancelled, 1);
    harness.step();
    assert!(!harness.get_by_label(NAME).accesskit_node().is_focused());
}

#[test]
fn a_field_of_several_lines_takes_enter_and_grows() {
    let mut harness = desk("سطر", Some(1));
    let before = harness.state().rect.unwrap().height();
    harness.get_by_label(NAME).focus();
    harness.step();
    press(&mut harness, Modifiers::NONE, Key::End);
    press(&mut harness, Modifiers::NONE, Key::Enter);
    type_text(&mut harness, "ثان");
    harness.step();
    assert_eq!(harness.state().text, "سطر\nثان");
    assert!(harness.state().rect.unwrap().height() > before + 10.0);
    let node = harness.get_by_label(NAME);
    assert_eq!(node.accesskit_node().role(), Role::MultilineTextInput);
}

#[test]
fn the_mouse_places_the_caret_and_selects() {
    let mut harness = desk("حاشية", None);
    let rect = harness.state().rect.unwrap();
    let right = egui::pos2(rect.right() - 9.0, rect.center().y);
    let left = egui::pos2(rect.left() + 20.0, rect.center().y);
    harness.hover_at(right);
    harness.step();
    harness.drag_at(right);
    harness.step();
    assert!(
        (caret_x(&harness) - right.x).abs() < 6.0,
        "the first letter stands right"
    );
    harness.hover_at(left);
    harness.step();
    harness.drop_at(left);
    harness.step();
    press(&mut harness, Modifiers::NONE, Key::Backspace);
    assert_eq!(harness.state().text, "");
}

#[test]
fn a_long_line_follows_its_caret() {
    let mut harness = focused("");
    let field = harness.state().rect.unwrap();
    let long = "كلمات كثيرة لا يسعها هذا الحقل الصغير أبدا مهما كان";
    send(&mut harness, Event::Text(long.to_owned()));
    assert!(field.contains(egui::pos2(caret_x(&harness), field.center().y)));
    press(&mut harness, Modifiers::NONE, Key::Home);
    assert!(field.contains(egui::pos2(caret_x(&harness), field.center().y)));
}

#[test]
fn text_set_from_outside_is_taken() {
    let mut harness = focused("قديم");
    harness.state_mut().text = "جديد".to_owned();
    harness.step();
    press(&mut harness, Modifiers::NONE, Key::End);
    type_text(&mut harness, "!");
    assert_eq!(harness.state().text, "جديد!");
}

#[test]
fn shortcuts_know_that_a_field_has_the_focus() {
    let mut harness = desk("نص", None);
    let article = Id::unique("article");
    assert_eq!(FocusOn::now(&harness.ctx, article, false), FocusOn::Article);
    harness.get_by_label(NAME).focus();
    harness.step();
    harness.step();
    assert_eq!(
        FocusOn::now(&harness.ctx, article, false),
        FocusOn::TextField
    );
}

fn label_rects(text: &'static str, width: f32) -> (Rect, bool) {
    let mut harness = Harness::builder()
        .with_size(egui::vec2(400.0, 120.0))
        .build_ui_state(
            move |ui, seen: &mut Option<Rect>| {
                ui.set_max_width(width);
                *seen = Some(ui.add(BidiLabel::new(text)).rect);
            },
            None,
        );
    harness.step();
    let named = harness.query_by_label(text).is_some();
    (harness.state().unwrap(), named)
}

#[test]
fn a_label_is_cut_to_its_room_and_keeps_its_whole_name() {
    let text = "عنوان طويل جدا لمقال لا يسعه هذا المكان الضيق";
    let (cut, named) = label_rects(text, 100.0);
    assert!(cut.width() <= 100.5, "{cut:?}");
    assert!(named, "the accessibility tree has all of it");
    let (whole, _) = label_rects(text, 390.0);
    assert!(whole.width() > 100.0);
    assert!(
        (whole.height() - cut.height()).abs() < 0.5,
        "one line either way"
    );
}
