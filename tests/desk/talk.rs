//! Comments by the keyboard, and the walk through what reviewers decided.

use eframe::egui::{Key, Modifiers};
use hashiya::{
    annotation::{About, Annotator},
    session::{Command, DeskCommand, ProjectCommand, ReviewCommand},
};

use super::{Desk, hands::CTRL};

const CTRL_SHIFT: Modifiers = Modifiers {
    shift: true,
    ..CTRL
};

fn sit(desk: &mut Desk, name: &str) {
    let name = Annotator::new(name).unwrap();
    desk.run(Command::Project(ProjectCommand::SetAnnotator(name)));
}

#[test]
fn a_comment_on_a_span_is_written_and_sent_by_keys() {
    let mut desk = Desk::news();
    desk.tag("PERSON", "قال [سمير الحداد] إن");
    desk.key_with(CTRL, Key::M);
    desk.assert_shows("Comments");
    assert_eq!(desk.focused(), "New comment");
    desk.write("أهو المدير؟");
    assert_eq!(
        desk.spans(),
        ["PERSON: سمير الحداد"],
        "letters are no label keys"
    );
    desk.key_with(CTRL, Key::Enter);
    let thread = desk.article().threads()[0].clone();
    assert_eq!(thread.comments[0].text, "أهو المدير؟");
    let quoted =
        |about: &About| matches!(about, About::Span { quote, .. } if quote == "سمير الحداد");
    assert!(quoted(&thread.about));
    let status = desk.article().layer().status();
    assert_ne!(
        status,
        hashiya::annotation::Status::Done,
        "Ctrl+Enter was the field's"
    );
    desk.key(Key::Escape);
    desk.key_with(CTRL_SHIFT, Key::M);
    desk.assert_hides("New comment");
}

#[test]
fn a_walk_through_decisions_goes_to_the_span_and_to_what_was_missed() {
    let mut desk = Desk::news();
    desk.tag("PERSON", "قال [سمير] الحداد");
    sit(&mut desk, "badr");
    desk.tag("PERSON", "قال [سمير الحداد] إن");
    desk.tag("LOCATION", "في [أوسلو] ستبدأ");
    sit(&mut desk, "carol");
    for command in [
        ReviewCommand::Review(true),
        ReviewCommand::Walk(true),
        ReviewCommand::Accept(1),
        ReviewCommand::Accept(1),
        ReviewCommand::Review(false),
    ] {
        desk.run(Command::Review(command));
    }
    sit(&mut desk, "amal");
    desk.run(DeskCommand::Choose(None));
    desk.run(DeskCommand::Caret(0, false));
    desk.assert_shows("2 decisions about your spans here");
    desk.key_with(CTRL, Key::J);
    assert_eq!(desk.chosen().as_deref(), Some("PERSON: سمير"));
    desk.assert_shows("Changed to: Person سمير الحداد");
    desk.key_with(CTRL, Key::J);
    assert_eq!(desk.chosen(), None);
    desk.assert_shows("Missed: Location أوسلو");
    desk.key_with(CTRL_SHIFT, Key::J);
    assert_eq!(desk.chosen().as_deref(), Some("PERSON: سمير"));
}
