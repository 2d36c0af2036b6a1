//! From article to article: done and the next one, next and previous; and that each keeps its own spans.

use eframe::egui::Key;
use hashiya::annotation::Status;

use super::{Desk, hands::CTRL};

const TEXTS: [&str; 3] = ["الأول في برلين", "الثاني في أوسلو", "الثالث في روما"];

fn title(desk: &Desk) -> String {
    desk.article().text().split(' ').next().unwrap().to_owned()
}

fn statuses(desk: &Desk) -> Vec<Status> {
    desk.session()
        .project()
        .unwrap()
        .list()
        .rows()
        .iter()
        .map(|row| row.status)
        .collect()
}

#[test]
fn ctrl_page_down_and_up_walk_the_list() {
    let mut desk = Desk::open(&TEXTS);
    assert_eq!(title(&desk), "الأول");
    let keys = [Key::PageDown, Key::PageDown, Key::PageUp];
    for (key, expected) in keys.into_iter().zip(["الثاني", "الثالث", "الثاني"]) {
        desk.key_with(CTRL, key);
        assert_eq!(title(&desk), expected);
    }
}

#[test]
fn the_first_span_begins_an_article() {
    let mut desk = Desk::open(&TEXTS);
    assert_eq!(statuses(&desk), [Status::New; 3]);
    desk.drag_over("في [برلين]");
    desk.key(Key::L);
    assert_eq!(
        statuses(&desk),
        [Status::InProgress, Status::New, Status::New]
    );
}

#[test]
fn ctrl_enter_is_done_and_goes_to_the_next_that_is_not() {
    let mut desk = Desk::open(&TEXTS);
    desk.key_with(CTRL, Key::PageDown);
    desk.key_with(CTRL, Key::Enter);
    assert_eq!(title(&desk), "الثالث");
    assert_eq!(statuses(&desk), [Status::New, Status::Done, Status::New]);
    desk.key_with(CTRL, Key::PageUp);
    desk.key_with(CTRL, Key::PageUp);
    desk.key_with(CTRL, Key::Enter);
    assert_eq!(title(&desk), "الثالث");
    desk.key_with(CTRL, Key::Enter);
    assert_eq!(statuses(&desk), [Status::Done; 3]);
    desk.assert_shows("3 of 3 done");
}

#[test]
fn each_article_keeps_its_spans_and_the_keyboard_goes_along() {
    let mut desk = Desk::open(&TEXTS);
    desk.drag_over("في [برلين]");
    desk.key(Key::L);
    desk.key_with(CTRL, Key::PageDown);
    desk.assert_spans(&[]);
    desk.drag_over("في [أوسلو]");
    desk.key(Key::O);
    desk.assert_spans(&["ORGANIZATION: في [أوسلو]"]);
    desk.key_with(CTRL, Key::PageUp);
    desk.assert_spans(&["LOCATION: في [برلين]"]);
    assert_eq!(desk.chosen(), None);
}

#[test]
fn a_note_that_is_being_written_stays_with_its_span() {
    let mut desk = Desk::open(&TEXTS);
    desk.tag("PERSON", "في [برلين]");
    desk.key(Key::Enter);
    desk.write("مدينة");
    desk.click("الثاني في أوسلو, New, 0 spans");
    assert_eq!(title(&desk), "الثاني");
    desk.click("الأول في برلين, In progress, 1 span");
    let span = desk.article().layer().spans().next().unwrap().clone();
    assert_eq!(span.data.note, "مدينة");
}
