//! Who has the keyboard: the article's keys act on it only while it has.

use eframe::egui::Key;
use hashiya::{
    annotation::Annotator,
    session::{Command, ProjectCommand},
};

use super::{
    Desk,
    hands::{ALT, CTRL, NONE, SHIFT},
};

/// Presses what would change spans, selection or caret if the article had the keyboard.
#[track_caller]
fn assert_keys_do_nothing(desk: &mut Desk) {
    let spans = desk.spans();
    let state = |desk: &Desk| {
        let of = desk.article().desk();
        (of.caret(), of.selection(), of.chosen())
    };
    let before = state(desk);
    for (held, key) in [
        (NONE, Key::O),
        (NONE, Key::Num3),
        (SHIFT, Key::Num2),
        (NONE, Key::K),
        (NONE, Key::Delete),
        (NONE, Key::Backspace),
        (CTRL, Key::ArrowLeft),
        (ALT, Key::ArrowLeft),
    ] {
        desk.key_with(held, key);
        assert_eq!(desk.spans(), spans, "{key:?}");
        assert_eq!(state(desk), before, "{key:?}");
    }
}

fn with_person() -> Desk {
    let mut desk = Desk::news();
    desk.tag("PERSON", "قال [سمير الحداد] إن");
    desk
}

#[test]
fn while_the_context_menu_is_open() {
    let mut desk = with_person();
    desk.second_click_on("قال [سمير الحداد] إن");
    desk.assert_shows("Change the label");
    assert_keys_do_nothing(&mut desk);
    desk.key(Key::Escape);
    desk.key(Key::O);
    desk.assert_spans(&["ORGANIZATION: قال [سمير الحداد] إن"]);
}

#[test]
fn while_a_menu_of_the_bar_is_open() {
    let mut desk = with_person();
    desk.click("Menu");
    assert_keys_do_nothing(&mut desk);
}

#[test]
fn on_the_screen_that_says_all_is_done() {
    let mut desk = with_person();
    desk.key_with(CTRL, Key::Enter);
    desk.settle();
    desk.assert_shows("Back to the article");
    assert_keys_do_nothing(&mut desk);
}

#[test]
fn while_a_button_of_a_window_has_it() {
    let mut desk = with_person();
    desk.click("Edit the labels…");
    desk.focus("Label Person");
    assert_keys_do_nothing(&mut desk);
    desk.key_with(CTRL, Key::Z);
    desk.assert_spans(&[]);
}

#[test]
fn while_the_list_of_articles_has_it() {
    let mut desk = with_person();
    desk.focus("List of articles");
    assert_keys_do_nothing(&mut desk);
}

#[test]
fn alt_graph_is_known_although_it_went_down_under_a_dialog() {
    let mut desk = with_person();
    let alt_graph = |pressed| eframe::egui::Event::Key {
        key: Key::AltRight,
        physical_key: Some(Key::AltRight),
        pressed,
        repeat: false,
        modifiers: NONE,
    };
    desk.key(Key::F1);
    desk.harness.event(alt_graph(true));
    desk.harness.step();
    desk.key(Key::Escape);
    desk.key(Key::O);
    desk.assert_spans(&["PERSON: قال [سمير الحداد] إن"]);
    desk.harness.event(alt_graph(false));
    desk.harness.step();
    desk.key(Key::O);
    desk.assert_spans(&["ORGANIZATION: قال [سمير الحداد] إن"]);
}

#[test]
fn each_annotator_sees_their_own_highlights() {
    let mut desk = with_person();
    let amal = vec!["PERSON: سمير الحداد".to_owned()];
    for (who, marks) in [
        ("badr", vec![]),
        ("amal", amal.clone()),
        ("badr", vec![]),
        ("amal", amal),
    ] {
        let who = Annotator::new(who).unwrap();
        desk.run(Command::Project(ProjectCommand::SetAnnotator(who)));
        desk.settle();
        assert_eq!(desk.marks(), marks);
    }
}

#[test]
fn the_filter_and_the_list_are_reached_from_the_article_and_left_again() {
    let mut desk = with_person();
    let held = eframe::egui::Modifiers {
        shift: true,
        ..CTRL
    };
    desk.key(Key::F2);
    desk.key_with(held, Key::F);
    desk.harness.run_steps(3);
    assert_eq!(desk.focused(), "Filter by title or text");
    desk.key(Key::Escape);
    desk.key(Key::O);
    desk.assert_spans(&["ORGANIZATION: قال [سمير الحداد] إن"]);
}

#[test]
fn an_article_is_marked_done_without_moving_on() {
    let mut desk = Desk::open(&["الأول", "الثاني"]);
    let here = desk.article().key().clone();
    desk.command("Mark as done");
    desk.settle();
    assert_eq!(*desk.article().key(), here);
    assert_eq!(
        desk.article().layer().status(),
        hashiya::annotation::Status::Done
    );
}
