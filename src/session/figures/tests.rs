//! The numbers of a project, as a dashboard would watch them.

#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

use std::{fs, time::Duration};

use super::*;
use crate::{
    annotation::Status,
    session::{
        Bell, Command, DocumentCommand, ImportOptions, Places, ProjectCommand, tests::settle,
    },
};

const AMAL: &str = concat!(
    r#"{"text":"قال سمير غدا","label":[[4,8,"PERSON"]]}"#,
    "\n",
    r#"{"text":"نفت الشركة ذلك","label":[[4,10,"ORGANIZATION"]]}"#,
);
const YUSUF: &str = concat!(
    r#"{"text":"قال سمير غدا","label":[[4,8,"PERSON"]]}"#,
    "\n",
    r#"{"text":"نفت الشركة ذلك","label":[[0,10,"ORGANIZATION"]]}"#,
);

struct Office {
    folder: tempfile::TempDir,
    session: Session,
}

impl Office {
    /// A project in which two have labelled two documents.
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let places = Places {
            settings: folder.path().join("settings.ron"),
            data: folder.path().join("data"),
        };
        let session = Session::new(places, Annotator::new("amal").ok(), Bell::silent());
        let mut office = Self { folder, session };
        let project = office.folder.path().join("p.hashiya");
        office.run(Command::Project(ProjectCommand::New(project)));
        for (name, lines) in [("amal", AMAL), ("يوسف", YUSUF)] {
            let file = office.folder.path().join(format!("{name}.jsonl"));
            fs::write(&file, lines).unwrap();
            let options = ImportOptions {
                annotator: Annotator::new(name).unwrap(),
                ..office.session.import_options(None)
            };
            office.session.bring(vec![file], options);
            office.settle();
        }
        office
    }

    fn run(&mut self, command: Command) {
        self.session.run(command);
    }

    fn watch(&mut self, question: FiguresQuestion) {
        self.run(Command::Figures(FiguresCommand::Watch(question)));
        self.settle();
    }

    fn settle(&mut self) {
        settle(&mut self.session);
    }

    fn figures(&self) -> Arc<Figures> {
        self.session.figures().unwrap().figures.clone().unwrap()
    }
}

#[test]
fn a_project_is_measured_and_its_work_is_counted() {
    let mut office = Office::new();
    office.watch(FiguresQuestion::default());
    let watched = office.session.figures().unwrap();
    assert!(matches!(watched.state, FiguresState::Ready));
    assert_eq!(watched.everybody.len(), 2);
    let figures = office.figures();
    assert_eq!(figures.about.annotators, ["amal", "يوسف"]);
    let pair = &figures.measures.pairs[0];
    assert_eq!(pair.f1(MatchRule::Exact).value, Ok(0.5));
    assert_eq!(pair.f1(MatchRule::Overlap).value, Ok(1.0));
    let work = figures.work.as_ref().unwrap();
    assert_eq!((work.documents, work.annotators.len()), (2, 2));
    assert_eq!(work.annotators[1].spans, 2);
    let last = work.days.last().unwrap();
    assert_eq!(
        (last.shared, last.exact, last.overlap),
        (2, Some(0.5), Some(1.0))
    );
    assert!(!figures.documents[0].title.is_empty());
}

#[test]
fn numbers_follow_what_is_committed_and_what_is_asked() {
    let mut office = Office::new();
    office.watch(FiguresQuestion::default());
    let before = office.session.figures().unwrap().revision;
    assert!(!office.session.is_behind());
    let first = office.session.project().unwrap().list().rows()[0].id;
    office.run(Command::Document(DocumentCommand::Open(first)));
    office.run(Command::Document(DocumentCommand::SetStatus(Status::Done)));
    office.settle();
    assert!(office.session.is_behind());
    for _ in 0..4000 {
        office.session.poll();
        if office.session.figures().unwrap().revision > before {
            break;
        }
        std::thread::sleep(Duration::from_millis(5));
    }
    let figures = office.figures();
    let amal = &figures.work.as_ref().unwrap().annotators[0];
    assert_eq!((amal.done, amal.begun), (1, 1));
    office.watch(FiguresQuestion {
        labels: Some(["PERSON".to_owned()].into()),
        ..FiguresQuestion::default()
    });
    let pair = &office.figures().measures.pairs[0];
    assert_eq!(pair.f1(MatchRule::Exact).value, Ok(1.0));
    office.run(Command::Figures(FiguresCommand::End));
    assert!(office.session.figures().is_none());
}

#[test]
fn what_is_shown_is_written_but_not_over_a_project() {
    let mut office = Office::new();
    office.watch(FiguresQuestion::default());
    let to = |name: &str| office.folder.path().join(name);
    let (svg, png, csv, page) = (to("a.svg"), to("a.png"), to("a.csv"), to("a.html"));
    let project = to("p.hashiya");
    for wish in [
        FiguresCommand::SavePicture("confusion", Picture::Svg, svg.clone()),
        FiguresCommand::SavePicture("confusion", Picture::Png, png.clone()),
        FiguresCommand::SaveTable(TableKind::Measures, csv.clone()),
        FiguresCommand::SaveReport(page.clone()),
        FiguresCommand::SaveReport(project.clone()),
    ] {
        office.run(Command::Figures(wish));
    }
    assert!(fs::read_to_string(svg).unwrap().contains("<svg"));
    assert!(fs::read(png).unwrap().starts_with(b"\x89PNG"));
    assert!(fs::read_to_string(csv).unwrap().contains("F1"));
    assert!(fs::read_to_string(page).unwrap().contains("يوسف"));
    assert!(fs::read(project).unwrap().starts_with(b"SQLite"));
}
