//! Looking ahead as the dialogs do: what comes of it, what stops, what is not asked about.

#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

use std::{fs, path::PathBuf};

use super::*;
use crate::{
    annotation::Annotator,
    interchange::{Format, LabelMap, LossKind},
    session::{
        Bell, Command, ExportOptions, ImportOptions, LookOptions, Places, ProjectCommand, Tone,
        tests::settle,
    },
};

pub(super) struct Office {
    folder: tempfile::TempDir,
    pub(super) session: Session,
}

impl Office {
    pub(super) fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let places = Places {
            settings: folder.path().join("settings.ron"),
            data: folder.path().join("data"),
        };
        let session = Session::new(places, Annotator::new("amal").ok(), Bell::silent());
        let mut office = Self { folder, session };
        let project = office.path("p.hashiya");
        office.run(Command::Project(ProjectCommand::New(project)));
        office
    }

    /// One whose project has a nested span and metadata, and a second document without either.
    pub(super) fn nested() -> Self {
        let mut office = Self::new();
        let lines = [
            r#"{"text":"قال سمير غدا","label":[[0,12,"CLAIM"],[4,8,"PERSON"]],"desk":"x"}"#,
            r#"{"text":"two","label":[[0,3,"PERSON"]]}"#,
        ];
        let file = office.write("a.jsonl", &lines.join("\n"));
        let options = ImportOptions {
            annotator: Annotator::new("amal").unwrap(),
            ..office.session.import_options(None)
        };
        office.session.bring(vec![file], options);
        office.settle();
        office
    }

    pub(super) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub(super) fn write(&self, name: &str, text: &str) -> PathBuf {
        let path = self.path(name);
        fs::write(&path, text).unwrap();
        path
    }

    pub(super) fn run(&mut self, command: Command) {
        self.session.run(command);
        self.settle();
    }

    pub(super) fn wish(&mut self, command: TransferCommand) {
        self.run(Command::Transfer(command));
    }

    pub(super) fn settle(&mut self) {
        settle(&mut self.session);
    }

    pub(super) fn documents(&self) -> usize {
        self.session.project().unwrap().list().len()
    }
}

fn conll() -> ExportOptions {
    ExportOptions::new(Format::named("conll").unwrap())
}

#[test]
fn the_newest_forecast_is_the_one_that_counts() {
    let mut office = Office::nested();
    let ron = ExportOptions::new(Format::named("ron").unwrap());
    let asked = Command::Transfer(TransferCommand::Forecast(Box::new(ron)));
    office.session.run(asked);
    office.wish(TransferCommand::Forecast(Box::new(conll())));
    let Some(Foreseen::Loss(loss)) = office.session.ahead().foreseen() else {
        panic!("{:?}", office.session.ahead());
    };
    assert_eq!(loss.count(LossKind::Metadata), 1, "{loss:?}");
    office.wish(TransferCommand::EndExport);
    assert!(office.session.ahead().foreseen().is_none());
}

#[test]
fn only_the_documents_that_were_chosen_are_counted_and_written() {
    let mut office = Office::nested();
    let second = office.session.project().unwrap().list().rows()[1].id;
    let options = ExportOptions {
        documents: Some(std::sync::Arc::new([second].into())),
        ..conll()
    };
    office.wish(TransferCommand::Forecast(Box::new(options.clone())));
    let Some(Foreseen::Loss(loss)) = office.session.ahead().foreseen() else {
        panic!("{:?}", office.session.ahead());
    };
    assert_eq!(loss.count(LossKind::Metadata), 0);
    let out = office.path("out.conll");
    office.wish(TransferCommand::Export(out.clone(), Box::new(options)));
    let Some(Exporting::Ended(exported)) = office.session.ahead().exporting() else {
        panic!("{:?}", office.session.ahead());
    };
    let report = exported.result.as_ref().unwrap();
    assert_eq!((report.documents, report.spans), (1, 1));
    assert!(!report.differs() && out.exists());
    let json = office.path("report.json");
    office.wish(TransferCommand::SaveReport(json.clone()));
    let report = fs::read_to_string(json).unwrap();
    assert!(report.contains("\"spans\": 1"), "{report}");
}

#[test]
fn an_export_that_nobody_watches_any_more_is_told_as_any_other() {
    let mut office = Office::nested();
    let out = office.path("out.conll");
    office
        .session
        .run(Command::Transfer(TransferCommand::Export(
            out,
            Box::new(conll()),
        )));
    office.wish(TransferCommand::EndExport);
    assert!(office.session.ahead().exporting().is_none());
    let mut told = std::iter::from_fn(|| office.session.next_notice());
    let is_about =
        |notice: &Notice| matches!(notice, Notice::Written { .. }) || notice.tone() == Tone::Bad;
    assert!(told.any(|notice| is_about(&notice)));
}

#[test]
fn a_project_is_never_written_over() {
    let mut office = Office::nested();
    let project = office.path("p.hashiya");
    office.wish(TransferCommand::Export(project.clone(), Box::new(conll())));
    let Some(Exporting::Ended(exported)) = office.session.ahead().exporting() else {
        panic!("{:?}", office.session.ahead());
    };
    assert!(exported.result.is_err());
    assert!(crate::store::is_project(&project));
}

#[test]
fn articles_come_in_without_a_question_and_all_else_is_offered() {
    let mut office = Office::new();
    let article = office.write("a.txt", "خبر");
    office.wish(TransferCommand::Offer(vec![article]));
    assert!(!office.session.take_offer());
    assert_eq!(office.documents(), 1);

    let lines = office.write("b.jsonl", r#"{"text":"x","label":[[0,1,"PER"]]}"#);
    office.wish(TransferCommand::Offer(vec![lines.clone()]));
    assert!(office.session.take_offer() && !office.session.take_offer());
    let look = office.session.ahead().look().unwrap();
    assert!(look.done);
    assert_eq!(look.preview.documents, 1);
    assert_eq!(office.documents(), 1, "nothing comes in unasked");

    let mut map = LabelMap::default();
    map.labels.insert("PER".to_owned(), "PERSON".to_owned());
    let choices = ImportChoices {
        read: LookOptions::default(),
        annotator: Annotator::new("badr").unwrap(),
        map,
        atomic: false,
    };
    let before = office.session.labels().labels.len();
    office.wish(TransferCommand::Import(vec![lines], Box::new(choices)));
    assert_eq!(office.documents(), 2);
    assert_eq!(office.session.labels().labels.len(), before, "none is new");
    let badr = Annotator::new("badr").unwrap();
    assert_eq!(office.session.annotators(), [badr]);
    assert!(office.session.ahead().look().is_none());
}

#[test]
fn what_is_dropped_while_files_are_looked_into_waits() {
    let mut office = Office::new();
    let offer = |paths| Command::Transfer(TransferCommand::Offer(paths));
    let first = office.write("a.txt", "خبر");
    let second = office.write("b.txt", "two");
    let third = office.write("c.txt", "three");
    office.session.run(offer(vec![first]));
    office.session.run(offer(vec![second]));
    office.session.run(offer(vec![third]));
    office.settle();
    assert_eq!(office.documents(), 3);
    assert!(!office.session.take_offer());
}

#[test]
fn what_was_asked_of_a_project_goes_with_it() {
    let mut office = Office::nested();
    let lines = office.write("b.jsonl", r#"{"text":"x"}"#);
    office.wish(TransferCommand::Forecast(Box::new(conll())));
    let out = office.path("out.conll");
    office.wish(TransferCommand::Export(out, Box::new(conll())));
    office.wish(TransferCommand::Offer(vec![lines]));
    let ahead = office.session.ahead();
    assert!(ahead.exporting().is_some() && ahead.look().is_some());
    let other = office.path("q.hashiya");
    office.run(Command::Project(ProjectCommand::New(other)));
    let ahead = office.session.ahead();
    assert!(ahead.foreseen().is_none() && ahead.exporting().is_none());
    assert!(ahead.look().is_none());
    assert!(!office.session.take_offer());
}

#[test]
fn closing_a_project_ends_the_look_into_files() {
    let mut office = Office::new();
    let lines = vec![r#"{"text":"x","label":[[0,1,"PER"]]}"#; 20_000].join("\n");
    let lines = office.write("b.jsonl", &lines);
    let look = TransferCommand::Look(vec![lines], LookOptions::default());
    office.session.run(Command::Transfer(look));
    assert!(office.session.work().looking().is_some());
    office.session.close_project();
    assert!(office.session.work().looking().is_none());
    assert!(!office.session.work().is_busy());
}

#[test]
fn what_is_dropped_on_the_dialog_is_asked_about_after_it() {
    let mut office = Office::new();
    let lines = office.write("b.jsonl", r#"{"text":"x","label":[[0,1,"PER"]]}"#);
    let article = office.write("a.txt", "خبر");
    let other = office.write("c.jsonl", r#"{"text":"y"}"#);
    office.wish(TransferCommand::Offer(vec![lines.clone()]));
    assert!(office.session.take_offer());
    office.wish(TransferCommand::Offer(vec![article]));
    let look = TransferCommand::Look(vec![other.clone()], LookOptions::default());
    office.wish(look);
    let paths = |office: &Office| office.session.ahead().look().map(|look| look.paths.clone());
    assert_eq!(paths(&office), Some(vec![lines]));
    assert!(!office.session.take_offer());
    office.wish(TransferCommand::EndLook);
    assert_eq!(office.documents(), 1, "the article came in");
    assert!(office.session.take_offer());
    assert_eq!(paths(&office), Some(vec![other]));
}

#[test]
fn without_a_project_nothing_that_was_dropped_is_lost() {
    let folder = tempfile::tempdir().unwrap();
    let places = Places {
        settings: folder.path().join("settings.ron"),
        data: folder.path().join("data"),
    };
    let session = Session::new(places, Annotator::new("amal").ok(), Bell::silent());
    let mut office = Office { folder, session };
    for name in ["a.txt", "b.txt"] {
        let path = office.write(name, name);
        let offer = TransferCommand::Offer(vec![path]);
        office.session.run(Command::Transfer(offer));
    }
    office.settle();
    assert_eq!(office.documents(), 2);
}

#[test]
fn a_look_that_was_called_off_leaves_nothing() {
    let mut office = Office::new();
    let lines = office.write("b.jsonl", r#"{"text":"x"}"#);
    let look = TransferCommand::Look(vec![lines], LookOptions::default());
    office.session.run(Command::Transfer(look));
    assert!(office.session.take_offer(), "the dialog opens at once");
    office.wish(TransferCommand::EndLook);
    assert!(office.session.ahead().look().is_none());
    assert!(office.session.work().looking().is_none());
}
