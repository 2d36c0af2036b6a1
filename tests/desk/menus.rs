//! The context menu of the article, and «label all like this».

use eframe::egui::{Event, Key};

use super::Desk;

const PORT: &str = "زار سمير ميناء برلين. وقال سمير إن برليني ساعده، وشكر سمير.";

fn with_person() -> Desk {
    let mut desk = Desk::open(&[PORT]);
    desk.tag("PERSON", "زار [سمير] ميناء");
    desk.choose_nothing();
    desk
}

#[test]
fn the_menu_chooses_the_span_under_it_and_removes_it() {
    let mut desk = with_person();
    desk.second_click_on("زار [سمير] ميناء");
    assert_eq!(desk.chosen().as_deref(), Some("PERSON: سمير"));
    desk.click("Remove the span");
    desk.assert_spans(&[]);
}

#[test]
fn the_menu_relabels() {
    let mut desk = with_person();
    desk.second_click_on("زار [سمير] ميناء");
    desk.click("Change the label");
    desk.click("Location");
    desk.assert_spans(&["LOCATION: زار [سمير] ميناء"]);
}

#[test]
fn the_menu_tags_a_selection() {
    let mut desk = with_person();
    desk.drag_over("ميناء [برلين].");
    desk.second_click_on("ميناء [برلين].");
    desk.click("Location");
    desk.assert_spans(&["PERSON: زار [سمير] ميناء", "LOCATION: ميناء [برلين]."]);
}

#[test]
fn the_menu_adds_a_selection_to_the_chosen_span() {
    let mut desk = with_person();
    desk.click_on("زار [سمير] ميناء", 1);
    desk.drag_over("ميناء [برلين].");
    desk.second_click_on("ميناء [برلين].");
    desk.click("Add to the chosen span");
    desk.assert_spans(&["PERSON: زار [سمير] ميناء [برلين]."]);
}

#[test]
fn escape_closes_the_menu_and_nothing_else() {
    let mut desk = with_person();
    desk.second_click_on("زار [سمير] ميناء");
    desk.assert_shows("Change the label");
    desk.key(Key::Escape);
    desk.assert_hides("Change the label");
    assert_eq!(desk.chosen().as_deref(), Some("PERSON: سمير"));
}

#[test]
fn escape_closes_the_inspectors_label_menu_and_nothing_else() {
    let mut desk = with_person();
    desk.click_on("زار [سمير] ميناء", 1);
    desk.click("Label: Person");
    desk.key(Key::Escape);
    assert_eq!(desk.chosen().as_deref(), Some("PERSON: سمير"));
    desk.key(Key::Escape);
    assert_eq!(desk.chosen(), None);
}

#[test]
fn label_all_like_this_shows_the_places_and_tags_them() {
    let mut desk = with_person();
    desk.second_click_on("زار [سمير] ميناء");
    desk.click("Label all like this…");
    desk.assert_shows("Tag 2 places");
    desk.assert_spans(&["PERSON: زار [سمير] ميناء"]);
    desk.click("Tag 2 places");
    desk.assert_spans(&[
        "PERSON: زار [سمير] ميناء",
        "PERSON: وقال [سمير] إن",
        "PERSON: وشكر [سمير].",
    ]);
    desk.key_with(super::hands::CTRL, Key::Z);
    desk.assert_spans(&["PERSON: زار [سمير] ميناء"]);
}

#[test]
fn label_all_like_this_leaves_parts_of_words_alone_and_enter_tags() {
    let mut desk = Desk::open(&[PORT]);
    desk.tag("LOCATION", "ميناء [برلين].");
    desk.second_click_on("ميناء [برلين].");
    desk.click("Label all like this…");
    desk.assert_hides("Tag 1 places");
    desk.key(Key::Escape);
    desk.assert_spans(&["LOCATION: ميناء [برلين]."]);

    let mut desk = with_person();
    desk.second_click_on("زار [سمير] ميناء");
    desk.click("Label all like this…");
    desk.key(Key::Enter);
    assert_eq!(desk.spans().len(), 3);
    assert!(
        desk.focused().contains("زار"),
        "the keyboard is the article's: {}",
        desk.focused()
    );
}

#[test]
fn label_all_like_this_is_cancelled_by_escape() {
    let mut desk = with_person();
    desk.second_click_on("زار [سمير] ميناء");
    desk.click("Label all like this…");
    desk.key(Key::Escape);
    desk.assert_hides("Tag 2 places");
    desk.assert_spans(&["PERSON: زار [سمير] ميناء"]);
    assert_eq!(desk.chosen().as_deref(), Some("PERSON: سمير"));
}

#[test]
fn the_menus_copy_takes_the_span() {
    let mut desk = with_person();
    desk.click_on("زار [سمير] ميناء", 1);
    assert_eq!(desk.copied(Event::Copy).as_deref(), Some("سمير"));
}
