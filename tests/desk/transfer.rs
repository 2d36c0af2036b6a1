//! The dialogs of import and export: what they show before anything is done, what comes of it, and that the
//! keyboard is theirs.

use std::{
    fs,
    path::{Path, PathBuf},
    sync::Arc,
};

use eframe::egui::{Event, Key};
use hashiya::session::{Command, LookOptions, ProjectCommand, SpanCommand, TransferCommand};

use super::{Desk, hands::CTRL, leaving::Dropped};

/// A line of doccano's, of "قال سمير غدا", with these triples.
fn line(labels: &str) -> String {
    format!(r#"{{"text":"قال سمير غدا","label":[{labels}]}}"#)
}

/// A folder of files, gone after the test.
struct Files(tempfile::TempDir);

impl Files {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn write(&self, name: &str, text: &str) -> PathBuf {
        let path = self.0.path().join(name);
        fs::write(&path, text).unwrap();
        path
    }
}

/// Has the window ask how a file is to come in, as «Import…» does once it was chosen.
fn look(desk: &mut Desk, path: PathBuf) {
    let look = TransferCommand::Look(vec![path], LookOptions::default());
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

fn documents(desk: &Desk) -> usize {
    desk.session().project().unwrap().list().len()
}

fn beside_project(desk: &Desk, ending: &str) -> PathBuf {
    desk.session()
        .project()
        .unwrap()
        .path()
        .with_extension(ending)
}

/// The news with a name inside a claim.
fn nested() -> Desk {
    let mut desk = Desk::news();
    desk.tag("CLAIM", "قال [سمير الحداد إن «المحادثات» في أوسلو] ستبدأ");
    desk.tag("PERSON", "قال [سمير الحداد] إن");
    desk.choose_nothing();
    desk.settle();
    desk
}

fn choose(desk: &mut Desk, list: &str, item: &str) {
    desk.click(list);
    desk.click(item);
    desk.settle();
}

#[test]
fn an_export_says_what_is_lost_writes_and_reads_back() {
    let mut desk = nested();
    let person = desk.article().layer().spans().nth(1).unwrap().id;
    let note = SpanCommand::SetNote(person, "ملاحظة".to_owned());
    desk.run(Command::Span(note));
    desk.command("Export…");
    desk.settle();
    desk.assert_shows("Holds everything.");
    desk.assert_shows("Nothing is lost");
    choose(&mut desk, "Format", "CoNLL columns");
    desk.assert_shows("1 span whose note is left out");
    desk.assert_shows("PERSON: سمير الحداد");
    desk.click("BILOU");
    desk.click("Export");
    desk.settle();
    desk.assert_shows("Equal to what was written");
    desk.assert_shows("1 document, 2 spans");
    let written = fs::read_to_string(beside_project(&desk, "conll")).unwrap();
    assert!(
        written.contains("B-CLAIM") && written.contains("L-PERSON"),
        "{written}"
    );
    desk.key(Key::Enter);
    desk.assert_hides("Equal to what was written");
}

#[test]
fn an_export_that_is_stopped_writes_nothing_and_the_choices_stay() {
    let files = Files::new();
    let article = |n: usize| format!(r#"{{"text":"قال سمير {n}","label":[[4,8,"PERSON"]]}}"#);
    let lines: Vec<String> = (0..4_000).map(article).collect();
    let path = files.write("many.jsonl", &lines.join("\n"));
    let mut desk = Desk::news();
    desk.run(Command::Project(ProjectCommand::Import(vec![path], None)));
    desk.settle();
    desk.command("Export…");
    desk.settle();
    choose(&mut desk, "Format", "CoNLL columns");
    desk.click("Export");
    assert_eq!(desk.focused(), "Stop");
    desk.key(Key::Enter);
    desk.settle();
    let written = beside_project(&desk, "conll");
    assert!(!written.exists());
    desk.assert_hides("Equal to what was written");
    desk.assert_shows("What would be lost");
}

#[test]
fn files_that_are_dropped_on_the_dialog_are_said_to_wait() {
    let files = Files::new();
    let first = files.write("a.jsonl", &line(r#"[4,8,"PER"]"#));
    let mut desk = Desk::news();
    look(&mut desk, first);
    desk.assert_hides("2 more files wait");
    for (name, text) in [("b.txt", "two"), ("c.txt", "three")] {
        let path = files.write(name, text);
        drop_on(&mut desk, &path);
    }
    desk.assert_shows("2 more files wait");
    desk.key(Key::Escape);
    desk.settle();
    desk.assert_hides("2 more files wait");
    assert_eq!(documents(&desk), 3, "they came in");
}

#[test]
fn the_dialog_goes_with_its_project() {
    let mut desk = nested();
    desk.command("Export…");
    desk.settle();
    desk.assert_shows("What would be lost");
    let other = beside_project(&desk, "other.hashiya");
    desk.run(Command::Project(ProjectCommand::New(other)));
    desk.settle();
    desk.assert_hides("What would be lost");
}

#[test]
fn a_file_that_is_there_is_told_before_it_is_replaced() {
    let mut desk = nested();
    fs::write(beside_project(&desk, "ron"), "before").unwrap();
    desk.command("Export…");
    desk.settle();
    desk.assert_shows("This file exists and will be replaced");
    desk.key(Key::Enter);
    desk.settle();
    desk.assert_shows("Equal to what was written");
    let written = fs::read_to_string(beside_project(&desk, "ron")).unwrap();
    assert!(written.contains("سمير"));
}

#[test]
fn the_keyboard_belongs_to_the_dialog() {
    let mut desk = nested();
    desk.select("في [أوسلو] ستبدأ");
    desk.command("Export…");
    let spans = desk.spans();
    desk.key(Key::L);
    desk.key(Key::Delete);
    assert_eq!(desk.spans(), spans);
    let mut names = Vec::new();
    for _ in 0..24 {
        names.push(desk.focused());
        desk.key(Key::Tab);
    }
    for name in ["Export", "Cancel", "Format", "All 1", "Done", "File"] {
        assert!(
            names.iter().any(|it| it.contains(name)),
            "{name}: {names:?}"
        );
    }
    desk.key(Key::Escape);
    desk.assert_hides("What would be lost");
    desk.key(Key::L);
    assert_eq!(desk.spans().len(), spans.len() + 1);
}

#[test]
fn names_are_mapped_on_labels_of_the_project() {
    let files = Files::new();
    let path = files.write("a.jsonl", &line(r#"[4,8,"PER"],[0,3,"PERSON"]"#));
    let mut desk = Desk::news();
    let before = desk.session().labels().labels.len();
    look(&mut desk, path);
    desk.assert_shows("Found out: doccano JSONL");
    desk.assert_shows("1 document, 2 spans");
    desk.assert_shows("1 label is new");
    desk.assert_shows("PER: 1");
    choose(&mut desk, "What PER becomes", "Person");
    desk.assert_hides("1 label is new");
    desk.click("Bring in");
    desk.settle();
    assert_eq!(documents(&desk), 2);
    assert_eq!(desk.session().labels().labels.len(), before);
}

#[test]
fn a_label_that_is_new_gets_the_name_that_is_written() {
    let files = Files::new();
    let path = files.write("a.jsonl", &line(r#"[4,8,"PER"]"#));
    let mut desk = Desk::news();
    look(&mut desk, path);
    desk.click("Name the new label of PER");
    desk.harness.event(Event::Text("Kin".to_owned()));
    desk.key(Key::Escape);
    desk.assert_shows("New label PER");
    desk.click("Name the new label of PER");
    desk.key_with(CTRL, Key::A);
    desk.harness.event(Event::Text("Kin".to_owned()));
    desk.key(Key::Enter);
    desk.assert_shows("New label Kin");
    desk.click("Bring in");
    desk.settle();
    let labels = desk.session().labels();
    assert!(labels.by_name("Kin").is_some() && labels.by_name("PER").is_none());
}

#[test]
fn the_format_that_was_found_can_be_overridden() {
    let files = Files::new();
    let path = files.write("a.txt", &line(r#"[4,8,"PER"]"#));
    let mut desk = Desk::news();
    look(&mut desk, path);
    // Known by its content, whatever its name says.
    desk.assert_shows("Found out: doccano JSONL");
    desk.assert_shows("1 document, 1 span");
    choose(&mut desk, "Format", "Label Studio JSON");
    desk.assert_hides("1 document, 1 span");
    choose(&mut desk, "Format", "doccano JSONL");
    desk.assert_shows("1 document, 1 span");
    desk.key(Key::Escape);
    desk.assert_hides("What is in it");
    assert_eq!(documents(&desk), 1);
}

#[test]
fn dropped_articles_come_in_and_annotations_are_asked_about() {
    let files = Files::new();
    files.write("a.txt", "خبر");
    let mut desk = Desk::news();
    drop_on(&mut desk, files.0.path());
    desk.assert_hides("What is in it");
    assert_eq!(documents(&desk), 2);

    files.write("b.jsonl", &line(r#"[4,8,"PER"]"#));
    drop_on(&mut desk, files.0.path());
    desk.assert_shows("2 documents, 1 span");
    assert_eq!(documents(&desk), 2, "nothing comes in unasked");
    desk.key(Key::Enter);
    desk.settle();
    assert_eq!(documents(&desk), 3);
}

#[test]
fn closing_the_dialog_stops_the_reading() {
    let files = Files::new();
    let lines: Vec<String> = (0..20_000).map(|_| line(r#"[4,8,"PER"]"#)).collect();
    let path = files.write("a.jsonl", &lines.join("\n"));
    let mut desk = Desk::news();
    let look = TransferCommand::Look(vec![path], LookOptions::default());
    desk.run(Command::Transfer(look));
    desk.assert_shows("What is in it");
    desk.key(Key::Escape);
    desk.assert_hides("What is in it");
    assert!(desk.session().work().looking().is_none());
    assert_eq!(documents(&desk), 1);
}

#[test]
fn what_is_refused_stands_with_line_and_reason() {
    let files = Files::new();
    let good = line(r#"[4,8,"PER"]"#);
    let path = files.write("a.jsonl", &format!("{good}\n{{broken\n{good}"));
    let mut desk = Desk::news();
    look(&mut desk, path);
    desk.assert_shows("1 document cannot come in");
    desk.assert_shows("a.jsonl, line 2");
    desk.click("All or nothing");
    desk.click("Bring in");
    desk.settle();
    assert_eq!(documents(&desk), 1, "all or nothing");
}
