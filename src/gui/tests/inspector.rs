//! The chosen span: attributes, note, relations, label.

use super::*;
use crate::gui::intent::Intent;

#[test]
fn an_attribute_is_set_and_let_go() {
    let mut window = Window::new(TEXT);
    window.tag("إن موسكو توافق", "CLAIM");
    let mut screen = screen(window);
    click(&mut screen, "negative");
    let value = |screen: &Screen| {
        screen
            .state()
            .chosen()
            .data
            .attributes
            .get("polarity")
            .cloned()
    };
    assert_eq!(value(&screen).as_deref(), Some("negative"));
    click(&mut screen, "negative");
    assert_eq!(value(&screen), None);
}

#[test]
fn a_flag_is_switched() {
    let mut window = Window::new(TEXT);
    window.tag("موسكو", "LOCATION");
    let mut screen = screen(window);
    let name = {
        let labels = screen.state().session().labels();
        labels.attribute("metonym").unwrap().display.en.clone()
    };
    click(&mut screen, &name);
    let attributes = &screen.state().chosen().data.attributes;
    assert_eq!(attributes.get("metonym").map(String::as_str), Some("true"));
}

#[test]
fn a_note_is_committed_once_when_its_field_is_left() {
    let mut window = Window::new(TEXT);
    window.tag("موسكو", "LOCATION");
    let mut screen = screen(window);
    let edits = screen.state().article().log().edits().len();
    write(&mut screen, "Note", "العاصمة Moscow");
    assert_eq!(screen.state().chosen().data.note, "");
    press(&mut screen, Modifiers::NONE, Key::Tab);
    assert_eq!(screen.state().chosen().data.note, "العاصمة Moscow");
    assert_eq!(screen.state().article().log().edits().len(), edits + 1);
}

#[test]
fn ctrl_enter_commits_a_note() {
    let mut window = Window::new(TEXT);
    window.tag("موسكو", "LOCATION");
    let mut screen = screen(window);
    write(&mut screen, "Note", "قصيرة");
    press(&mut screen, Modifiers::COMMAND, Key::Enter);
    assert_eq!(screen.state().chosen().data.note, "قصيرة");
}

#[test]
fn a_note_is_not_lost_when_another_span_is_chosen() {
    let mut window = Window::new(TEXT);
    let first = window.tag("سيرغي", "PERSON");
    let second = window.tag("موسكو", "LOCATION");
    let mut screen = screen(window);
    write(&mut screen, "Note", "على الثانية");
    screen
        .state_mut()
        .run(Command::Desk(DeskCommand::Choose(Some(first))));
    screen.run_steps(4);
    let layer = screen.state().article().layer();
    assert_eq!(layer.get(second).unwrap().data.note, "على الثانية");
    assert_eq!(layer.get(first).unwrap().data.note, "");
}

#[test]
fn a_note_is_given_up_before_the_window_closes() {
    let mut window = Window::new(TEXT);
    let span = window.tag("موسكو", "LOCATION");
    let mut screen = screen(window);
    write(&mut screen, "Note", "أخيرة");
    for intent in screen.state_mut().inspector.flush() {
        let Intent::Session(command) = intent else {
            panic!("a command")
        };
        screen.state_mut().run(command);
    }
    assert_eq!(
        screen
            .state()
            .article()
            .layer()
            .get(span)
            .unwrap()
            .data
            .note,
        "أخيرة"
    );
    assert!(screen.state_mut().inspector.flush().is_empty());
}

#[test]
fn the_keyboard_comes_to_the_first_attribute_or_the_note() {
    let mut window = Window::new(TEXT);
    window.tag("سيرغي", "PERSON");
    let mut screen = screen(window);
    screen.state_mut().inspector.focus_first();
    screen.run_steps(3);
    assert!(field(&screen, "Note").is_focused());
    screen.state_mut().tag("إن موسكو توافق", "CLAIM");
    screen.state_mut().inspector.focus_first();
    screen.run_steps(3);
    assert!(node(&screen, "positive").is_focused());
}

#[test]
fn the_label_is_changed_from_its_menu_also_with_a_selection() {
    let mut window = Window::new(TEXT);
    let span = window.tag("موسكو", "PERSON");
    window.select("سيرغي");
    let mut screen = screen(window);
    node(&screen, "Label: \u{2068}Person\u{2069}").click();
    screen.run_steps(4);
    let rows: Vec<_> = screen.get_all_by_label("Location").collect();
    assert_eq!(rows.len(), 2, "one in the palette, one in the menu");
    let in_menu = rows
        .into_iter()
        .max_by_key(|row| row.rect().top() as i32)
        .unwrap();
    in_menu.click();
    screen.run_steps(4);
    let layer = screen.state().article().layer();
    assert_eq!(layer.get(span).unwrap().data.label, id("LOCATION"));
    assert_eq!(layer.len(), 1);
}

/// A claim that is chosen, and the person who may have made it.
fn claim_and_person() -> (Screen, SpanId, SpanId) {
    let mut window = Window::new(TEXT);
    let person = window.tag("سيرغي ريابكوف", "PERSON");
    let claim = window.tag("إن موسكو توافق", "CLAIM");
    let mut screen = screen(window);
    click(&mut screen, "Add a relation");
    (screen, claim, person)
}

/// The name that people see for a type of relation.
fn kind_name(screen: &Screen, name: &str) -> String {
    let labels = screen.state().session().labels();
    let display = &labels.relation_type(name).unwrap().display.en;
    if display.is_empty() {
        name.to_owned()
    } else {
        display.clone()
    }
}

#[test]
fn a_relation_is_made_to_a_span_of_the_list_and_taken_away() {
    let (mut screen, claim, person) = claim_and_person();
    let kind = kind_name(&screen, "has_source");
    click(&mut screen, &kind);
    let target = screen.get_by(|node| node.label().is_some_and(|l| l.starts_with("To ")));
    target.click();
    screen.run_steps(4);
    let relation = screen
        .state()
        .article()
        .layer()
        .relations()
        .next()
        .cloned()
        .unwrap();
    assert_eq!(
        (relation.kind.as_str(), relation.from, relation.to),
        ("has_source", claim, person)
    );
    let remove = format!("Remove the relation \u{2068}{kind}\u{2069}");
    click(&mut screen, &remove);
    assert_eq!(screen.state().article().layer().relations().count(), 0);
}

#[test]
fn a_relation_is_made_to_a_span_that_is_clicked_in_the_article() {
    let (mut screen, claim, person) = claim_and_person();
    let kind = kind_name(&screen, "has_source");
    click(&mut screen, &kind);
    screen
        .state_mut()
        .run(Command::Desk(DeskCommand::Choose(Some(person))));
    screen.run_steps(4);
    let relation = screen.state().article().layer().relations().next().unwrap();
    assert_eq!((relation.from, relation.to), (claim, person));
    assert_eq!(
        screen.state().chosen().id,
        claim,
        "the claim stays the chosen one"
    );
}

#[test]
fn a_span_that_cannot_be_the_target_is_refused() {
    let (mut screen, claim, _) = claim_and_person();
    let place = screen.state_mut().tag("ذلك", "LOCATION");
    screen
        .state_mut()
        .run(Command::Desk(DeskCommand::Choose(Some(claim))));
    screen.state_mut().inspector.begin_relation(claim);
    screen.run_steps(3);
    let kind = kind_name(&screen, "supports");
    click(&mut screen, &kind);
    screen
        .state_mut()
        .run(Command::Desk(DeskCommand::Choose(Some(place))));
    screen.run_steps(4);
    assert_eq!(screen.state().article().layer().relations().count(), 0);
    assert!(saying(&screen, "cannot lead to that span") > 0);
    assert_eq!(screen.state().chosen().id, claim);
}
