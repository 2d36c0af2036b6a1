//! Every control that can have the keyboard says what it is and what it is called.

use std::sync::Arc;

use eframe::egui::{
    Key,
    accesskit::{Action, Role},
};
use egui_kittest::kittest::{NodeT, Queryable};

use super::{Desk, hands::CTRL, leaving::Dropped};

#[track_caller]
fn assert_named(desk: &Desk, state: &str) {
    let mut seen = 0;
    for node in desk.harness.query_all_by(|_| true) {
        let node = node.accesskit_node();
        let data = node.data();
        if !data.supports_action(Action::Focus) {
            continue;
        }
        seen += 1;
        let unknown = matches!(data.role(), Role::Unknown | Role::GenericContainer);
        let nameless = node.label().is_none_or(|name| name.trim().is_empty());
        assert!(
            !unknown && !nameless,
            "{state}: {:?} {:?} at {:?} has no role or no name",
            data.role(),
            node.label(),
            data.bounds()
        );
    }
    assert!(seen > 1, "{state}: nothing takes the keyboard");
}

#[test]
fn on_the_first_screen() {
    assert_named(&Desk::bare(), "first screen");
}

#[test]
fn on_the_desk() {
    let mut desk = Desk::open(&[&super::NEWS.repeat(20), "آخر"]);
    assert_named(&desk, "desk");
    desk.tag("PERSON", "قال [سمير الحداد] إن");
    assert_named(&desk, "a span is chosen");
    desk.key_with(CTRL, Key::F);
    assert_named(&desk, "find bar");
    desk.key(Key::Escape);
    desk.second_click_on("قال [سمير الحداد] إن");
    assert_named(&desk, "context menu");
    desk.key(Key::Escape);
    desk.click("Menu");
    assert_named(&desk, "menu of the bar");
}

#[test]
fn in_the_dialogs() {
    for name in [
        "Settings…",
        "Edit the labels…",
        "Label all like this…",
        "Shortcuts and help",
        "Show invisible characters",
    ] {
        let mut desk = Desk::news();
        desk.tag("PERSON", "قال [سمير الحداد] إن");
        desk.command(name);
        assert_named(&desk, name);
    }
    let mut desk = Desk::news();
    desk.key_with(
        eframe::egui::Modifiers {
            shift: true,
            ..CTRL
        },
        Key::P,
    );
    assert_named(&desk, "palette");
}

#[test]
fn in_the_dialogs_that_the_desk_itself_opens() {
    let mut desk = Desk::news();
    desk.click("Annotator: amal");
    assert_named(&desk, "who annotates");
    desk.key(Key::Escape);
    desk.click("Title: وصول الوفد إلى الميناء");
    assert_named(&desk, "about the article");
}

#[test]
fn where_a_label_that_spans_have_is_removed() {
    let mut desk = Desk::news();
    desk.tag("PERSON", "قال [سمير الحداد] إن");
    desk.command("Edit the labels…");
    desk.focus("Remove…");
    desk.key(Key::Enter);
    desk.settle();
    assert!(desk.control("Remove the label").is_some());
    assert_named(&desk, "remove a label");
}

#[test]
fn where_an_import_tells_what_it_has_to_say() {
    let mut desk = Desk::open(&["خبر أول"]);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("1256.txt");
    let article = "أعلنت الوزارة عن المشروع الجديد في العاصمة، وأكد الوزير أن العمل يبدأ غدا.";
    let (bytes, ..) = encoding_rs::WINDOWS_1256.encode(article);
    std::fs::write(&path, &bytes).unwrap();
    let dropped = &mut desk.harness.input_mut().dropped_files;
    dropped.push(Arc::new(Dropped(path)));
    desk.harness.step();
    desk.settle();
    desk.click("Show");
    assert!(desk.control("Read again as windows-1256").is_some());
    assert_named(&desk, "what there is to know");
}
