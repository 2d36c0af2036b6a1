//! The dialog of a merge: what it shows before anything comes in, the keyboard, what a dropped project
//! is asked about, and what stands in the window after it.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use eframe::egui::Key;
use hashiya::{
    annotation::{Annotator, LabelId},
    session::{
        Bell, Command, DeskCommand, DocumentCommand, MergeCommand, Places, ProjectCommand, Session,
        SpanCommand, TransferCommand,
    },
};

use super::{Desk, leaving::Dropped};

/// The window, and a copy of its project in which the same annotator went on.
fn two() -> (Desk, PathBuf) {
    let mut desk = Desk::news();
    desk.tag("PERSON", "قال [سمير الحداد] إن");
    desk.settle();
    let copy = beside(&desk, "copy.hashiya");
    desk.run(Command::Project(ProjectCommand::SaveCopy(copy.clone())));
    desk.settle();
    let folder = copy.parent().unwrap();
    let places = Places {
        settings: folder.join("other.ron"),
        data: folder.join("other"),
    };
    let amal = Annotator::new("amal").unwrap();
    let mut other = Session::new(places, Some(amal), Bell::silent());
    other.open_project(&copy);
    let document = desk.article().key().document;
    other.run(Command::Document(DocumentCommand::Open(document)));
    let span = other.article().unwrap().layer().spans().next().unwrap().id;
    let claim = LabelId::new("CLAIM").unwrap();
    other.run(Command::Span(SpanCommand::Relabel(span, claim)));
    let (start, end) = desk.place("في [أوسلو] ستبدأ");
    other.run(Command::Desk(DeskCommand::Select(start, end)));
    let place = LabelId::new("LOCATION").unwrap();
    other.run(Command::Span(SpanCommand::Label(place)));
    other.close_project();
    let denial = LabelId::new("DENIAL").unwrap();
    desk.run(Command::Span(SpanCommand::Relabel(span, denial)));
    desk.settle();
    (desk, copy)
}

fn beside(desk: &Desk, name: &str) -> PathBuf {
    let project = desk.session().project().unwrap().path();
    project.with_file_name(name)
}

/// Has the window look at what files would bring, as «Merge…» does once they were chosen.
fn look(desk: &mut Desk, paths: Vec<PathBuf>) {
    let look = TransferCommand::Merge(MergeCommand::Look(paths));
    desk.run(Command::Transfer(look));
    desk.settle();
}

fn drop_on(desk: &mut Desk, path: &Path) {
    let dropped = &mut desk.harness.input_mut().dropped_files;
    dropped.push(Arc::new(Dropped(path.to_path_buf())));
    desk.harness.step();
    desk.harness.input_mut().dropped_files.clear();
    desk.settle();
}

#[test]
fn what_comes_in_is_shown_and_comes_in_by_the_keyboard() {
    let (mut desk, copy) = two();
    let chosen = desk.chosen();
    look(&mut desk, vec![copy.clone()]);
    desk.assert_shows("copy.hashiya: 1 document here already, 2 new edits");
    desk.assert_shows("1 document here already, 2 new edits");
    desk.assert_shows("amal: 2");
    desk.assert_shows("1 conflict, settled");
    let conflict = "سمير الحداد: label. DENIAL stands, not CLAIM: it is the later one. \
                    Layer of amal, وصول الوفد إلى الميناء. ";
    let told = desk.words();
    assert!(told.iter().any(|it| it.starts_with(conflict)), "{told:?}");
    // The article's keys do nothing under it.
    let spans = desk.spans();
    desk.key(Key::Delete);
    assert_eq!(desk.spans(), spans);
    assert_eq!(desk.focused(), "Merge 2 edits");
    desk.key(Key::Tab);
    assert_eq!(desk.focused(), "Cancel");
    desk.key(Key::Escape);
    desk.settle();
    desk.assert_hides("1 conflict, settled");
    assert_eq!(desk.spans(), spans);

    look(&mut desk, vec![copy.clone()]);
    desk.key(Key::Enter);
    desk.settle();
    desk.assert_hides("1 conflict, settled");
    desk.assert_shows("2 edits came in");
    assert_eq!(desk.spans(), ["DENIAL: سمير الحداد", "LOCATION: أوسلو"]);
    assert_eq!(desk.marks(), ["DENIAL: سمير الحداد", "LOCATION: أوسلو"]);
    assert_eq!(desk.chosen(), chosen);
    // The keyboard is the article's again.
    desk.select("وزارة [النقل] ذلك");
    desk.key(Key::O);
    assert_eq!(desk.spans().len(), 3);

    look(&mut desk, vec![copy]);
    desk.assert_shows("Nothing: all of it is here already");
    assert_eq!(desk.focused(), "Cancel");
}

#[test]
fn a_dropped_project_is_opened_or_merged() {
    let (mut desk, copy) = two();
    drop_on(&mut desk, &copy);
    assert_eq!(
        desk.focused().replace(['\u{2068}', '\u{2069}'], ""),
        "Open copy.hashiya"
    );
    desk.key(Key::Escape);
    desk.settle();
    assert_eq!(desk.session().project().unwrap().name(), "p");
    assert!(desk.session().ahead().merging().is_none());

    drop_on(&mut desk, &copy);
    desk.key(Key::Tab);
    assert_eq!(desk.focused(), "Merge it");
    desk.key(Key::Enter);
    desk.settle();
    desk.assert_shows("1 conflict, settled");
    desk.key(Key::Escape);
    desk.settle();

    drop_on(&mut desk, &copy);
    desk.key(Key::Enter);
    desk.settle();
    assert_eq!(desk.session().project().unwrap().name(), "copy");
}

#[test]
fn a_damaged_file_can_be_left_out() {
    let (mut desk, copy) = two();
    let cut = beside(&desk, "cut.hashiya");
    let whole = std::fs::read(&copy).unwrap();
    std::fs::write(&cut, &whole[..whole.len() / 2]).unwrap();
    look(&mut desk, vec![cut, copy]);
    desk.assert_shows("1 thing is refused");
    assert_eq!(desk.focused(), "Cancel");
    desk.click("Leave out cut.hashiya");
    desk.settle();
    desk.assert_hides("1 thing is refused");
    desk.click("Merge 2 edits");
    desk.settle();
    desk.assert_shows("2 edits came in");
}

#[test]
fn a_project_is_not_merged_into_itself_and_says_so() {
    let (mut desk, _) = two();
    let own = desk.session().project().unwrap().path().to_owned();
    look(&mut desk, vec![own]);
    desk.assert_shows("A project is not merged into itself");
}
