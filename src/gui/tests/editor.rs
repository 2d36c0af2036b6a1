//! The label set editor: add, rename, recolour, re-key, merge, reorder, remove.

use super::*;
use crate::{
    annotation::{LabelFate, PALETTE, Rgb},
    session::HistoryStep,
};

/// The editor, open at the first label.
fn editor() -> Screen {
    editor_of(Window::new(TEXT))
}

fn editor_of(mut window: Window) -> Screen {
    window.editor.open(None);
    screen(window)
}

/// Chooses a label in the editor's list.
fn choose(screen: &mut Screen, display: &str) {
    click(screen, &format!("Label \u{2068}{display}\u{2069}"));
}

#[test]
fn a_label_is_added_by_its_name() {
    let mut screen = editor();
    write(&mut screen, "New label", "DATE");
    press(&mut screen, Modifiers::NONE, Key::Enter);
    let labels = screen.state().labels();
    assert_eq!(labels.last(), Some(&"DATE"));
    let date = screen.state().label("DATE");
    assert_eq!(date.color, PALETTE[5], "the next of the list");
    assert_eq!(date.hotkey, Some('A'), "D is Denial's");
}

#[test]
fn a_name_that_is_taken_is_not_added() {
    let mut screen = editor();
    write(&mut screen, "New label", "CLAIM");
    assert!(saying(&screen, "is taken") > 0);
    press(&mut screen, Modifiers::NONE, Key::Enter);
    assert_eq!(screen.state().labels().len(), 5);
}

#[test]
fn a_label_is_renamed_when_its_field_is_left_and_that_can_be_undone() {
    let mut screen = editor();
    write(&mut screen, "Name in files", "HUMAN");
    assert!(screen.state().labels().contains(&"PERSON"));
    press(&mut screen, Modifiers::NONE, Key::Tab);
    assert_eq!(screen.state().labels().first(), Some(&"HUMAN"));
    assert_eq!(
        screen.state().label("HUMAN").id,
        id("PERSON"),
        "the id stays"
    );
    assert!(screen.state().session().can_step(HistoryStep::Undo));
    screen.state_mut().run(Command::Undo);
    assert_eq!(screen.state().labels().first(), Some(&"PERSON"));
}

#[test]
fn a_name_that_cannot_be_stays_in_its_field_with_the_reason() {
    let mut screen = editor();
    write(&mut screen, "Name in files", "CLAIM");
    press(&mut screen, Modifiers::NONE, Key::Tab);
    assert_eq!(screen.state().labels().first(), Some(&"PERSON"));
    assert!(saying(&screen, "is taken") > 0);
}

#[test]
fn an_arabic_name_is_written() {
    let mut screen = editor();
    choose(&mut screen, "Claim");
    write(&mut screen, "Arabic name", "زعم");
    press(&mut screen, Modifiers::NONE, Key::Enter);
    let display = &screen.state().label("CLAIM").display;
    assert_eq!((display.en.as_str(), display.ar.as_str()), ("Claim", "زعم"));
}

#[test]
fn a_colour_is_taken_from_the_list_or_written() {
    let mut screen = editor();
    let name = format!(
        "Colour 7: {} on paper, {} at night",
        PALETTE[6].light, PALETTE[6].dark
    );
    click(&mut screen, &name);
    assert_eq!(screen.state().label("PERSON").color, PALETTE[6]);
    write(&mut screen, "On paper", "C0C0C0");
    assert!(saying(&screen, "Below 4.5") > 0);
    press(&mut screen, Modifiers::NONE, Key::Enter);
    let color = screen.state().label("PERSON").color;
    assert_eq!(
        (color.light, color.dark),
        (Rgb(0xC0, 0xC0, 0xC0), PALETTE[6].dark)
    );
}

#[test]
fn a_key_is_given_and_one_that_another_has_is_asked_for() {
    let mut screen = editor();
    click(&mut screen, "Letter key: P");
    click(&mut screen, "Z");
    assert_eq!(screen.state().label("PERSON").hotkey, Some('Z'));
    click(&mut screen, "Letter key: Z");
    click(&mut screen, "O");
    assert_eq!(screen.state().label("PERSON").hotkey, Some('Z'));
    assert!(saying(&screen, "O is the key of") > 0);
    click(&mut screen, "Take it");
    assert_eq!(screen.state().label("PERSON").hotkey, Some('O'));
    assert_eq!(screen.state().label("ORGANIZATION").hotkey, None);
}

#[test]
fn the_proclitics_key_cannot_be_a_labels() {
    let mut screen = editor();
    click(&mut screen, "Letter key: P");
    assert!(node(&screen, "K").accesskit_node().is_disabled());
}

#[test]
fn alt_and_arrows_move_the_row_that_has_the_keyboard() {
    let mut screen = editor();
    let row = "Label \u{2068}Claim\u{2069}";
    node(&screen, row).focus();
    screen.run_steps(2);
    press(&mut screen, Modifiers::ALT, Key::ArrowUp);
    press(&mut screen, Modifiers::ALT, Key::ArrowUp);
    assert_eq!(screen.state().labels()[1], "CLAIM");
    assert!(node(&screen, row).is_focused(), "the keyboard goes along");
    press(&mut screen, Modifiers::ALT, Key::ArrowDown);
    assert_eq!(screen.state().labels()[2], "CLAIM");
}

#[test]
fn a_row_is_dragged_to_another_place() {
    let mut screen = editor();
    let at =
        |screen: &Screen, name: &str| node(screen, &format!("Label \u{2068}{name}\u{2069}")).rect();
    let from = at(&screen, "Denial");
    let to = at(&screen, "Person");
    let grip = egui::pos2(from.left() + 10.0, from.center().y);
    screen.drag_at(grip);
    screen.run_steps(2);
    for step in [0.2, 0.6, 1.0] {
        screen.hover_at(grip.lerp(egui::pos2(grip.x, to.top() + 4.0), step));
        screen.run_steps(1);
    }
    screen.drop_at(egui::pos2(grip.x, to.top() + 4.0));
    screen.run_steps(3);
    assert_eq!(
        screen.state().labels(),
        ["DENIAL", "PERSON", "ORGANIZATION", "LOCATION", "CLAIM"]
    );
}

#[test]
fn two_labels_are_merged_and_told_apart_again() {
    let mut window = Window::new(TEXT);
    let span = window.tag("موسكو", "LOCATION");
    let mut screen = editor_of(window);
    choose(&mut screen, "Location");
    click(&mut screen, "Merge into…");
    let rows = screen.get_all_by_label("Organization");
    let in_menu = rows.min_by_key(|row| row.rect().left() as i32).unwrap();
    in_menu.click();
    screen.run_steps(4);
    let fate = LabelFate::MergedInto(id("ORGANIZATION"));
    assert_eq!(screen.state().label("LOCATION").fate, fate);
    let labels = screen.state().session().labels();
    let label = &screen
        .state()
        .article()
        .layer()
        .get(span)
        .unwrap()
        .data
        .label;
    assert_eq!(labels.name_of(label), "ORGANIZATION");
    click(&mut screen, "Use \u{2068}Location\u{2069} again");
    assert_eq!(screen.state().labels().len(), 5);
}

#[test]
fn a_label_that_no_span_has_is_dropped() {
    let mut screen = editor();
    choose(&mut screen, "Denial");
    click(&mut screen, "Remove…");
    assert!(
        screen
            .state()
            .session()
            .labels()
            .by_name("DENIAL")
            .is_none()
    );
    screen.state_mut().run(Command::Undo);
    assert_eq!(screen.state().labels().last(), Some(&"DENIAL"));
}

#[test]
fn removing_a_label_that_spans_have_asks_what_becomes_of_them() {
    let mut window = Window::new(TEXT);
    let span = window.tag("موسكو", "LOCATION");
    let mut screen = editor_of(window);
    choose(&mut screen, "Location");
    click(&mut screen, "Remove…");
    assert!(saying(&screen, "One span has it") > 0);
    click(&mut screen, "Cancel");
    assert_eq!(screen.state().labels().len(), 5);
    click(&mut screen, "Remove…");
    click(&mut screen, "They count as \u{2068}Organization\u{2069}");
    click(&mut screen, "Remove the label");
    let labels = screen.state().session().labels();
    let label = &screen
        .state()
        .article()
        .layer()
        .get(span)
        .unwrap()
        .data
        .label;
    assert_eq!(labels.name_of(label), "ORGANIZATION");
    assert_eq!(screen.state().labels().len(), 4);
}

#[test]
fn a_label_that_is_retired_keeps_its_spans_and_comes_back() {
    let mut window = Window::new(TEXT);
    let span = window.tag("موسكو", "LOCATION");
    let mut screen = editor_of(window);
    choose(&mut screen, "Location");
    click(&mut screen, "Remove…");
    click(&mut screen, "Remove the label");
    assert_eq!(screen.state().label("LOCATION").fate, LabelFate::Retired);
    assert_eq!(
        screen
            .state()
            .article()
            .layer()
            .get(span)
            .unwrap()
            .data
            .label,
        id("LOCATION")
    );
    click(&mut screen, "Use \u{2068}Location\u{2069} again");
    assert_eq!(screen.state().label("LOCATION").fate, LabelFate::Active);
}

#[test]
fn attributes_and_relation_types_are_added_and_changed() {
    let mut screen = editor();
    click(&mut screen, "Attributes");
    write(&mut screen, "New attribute", "tone");
    press(&mut screen, Modifiers::NONE, Key::Enter);
    click(&mut screen, "Choice");
    write(&mut screen, "Values, one a line", "calm\nangry");
    press(&mut screen, Modifiers::COMMAND, Key::Enter);
    let labels = screen.state().session().labels();
    let expected = ["calm", "angry"].map(str::to_owned).to_vec();
    let kind = &labels.attribute("tone").unwrap().kind;
    assert_eq!(*kind, crate::annotation::AttributeKind::Choice(expected));
    click(&mut screen, "Relations");
    write(&mut screen, "New relation", "quotes");
    press(&mut screen, Modifiers::NONE, Key::Enter);
    click(&mut screen, "From \u{2068}Claim\u{2069}");
    let labels = screen.state().session().labels();
    assert_eq!(labels.relation_type("quotes").unwrap().from, [id("CLAIM")]);
}
