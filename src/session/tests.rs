//! The session as a whole, on a project file in a folder of its own: what an annotator does between
//! opening the program and closing it.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::string_slice,
    reason = "tests"
)]

mod documents;
mod labels;
mod leaving;

use std::{
    fs,
    path::{Path, PathBuf},
    time::Duration,
};

use super::*;
use crate::{
    annotation::{LabelId, Status},
    edit::Action,
    text::ByteRange,
};

pub(super) struct Office {
    folder: tempfile::TempDir,
}

impl Office {
    pub(super) fn new() -> Self {
        Self {
            folder: tempfile::tempdir().unwrap(),
        }
    }

    pub(super) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn write(&self, name: &str, text: &str) -> PathBuf {
        let path = self.path(name);
        fs::write(&path, text).unwrap();
        path
    }

    pub(super) fn session(&self, annotator: &str) -> Session {
        let places = Places {
            settings: self.path("settings.ron"),
            data: self.folder.path().join("data"),
        };
        Session::new(places, Annotator::new(annotator).ok(), Bell::silent())
    }

    /// A session with a project that holds these articles.
    fn with(&self, texts: &[&str]) -> Session {
        let paths = texts.iter().enumerate();
        let paths = paths
            .map(|(n, text)| self.write(&format!("{n}.txt"), text))
            .collect();
        let mut session = self.session("amal");
        session.open_paths(Some(&self.path("p.hashiya")), paths);
        settle(&mut session);
        session
    }
}

/// Waits until nothing runs and nothing is unsaved.
pub(super) fn settle(session: &mut Session) {
    for _ in 0..4000 {
        session.poll();
        let pending = session
            .project()
            .is_some_and(|project| project.saved().pending > 0);
        if !session.work().is_busy() && !pending {
            return;
        }
        std::thread::sleep(Duration::from_millis(5));
    }
    panic!("the session does not settle");
}

pub(super) fn notices(session: &mut Session) -> Vec<Notice> {
    std::iter::from_fn(|| session.next_notice()).collect()
}

/// Selects the `[marked]` part of a text that the article holds without the marks.
fn select(session: &mut Session, marked: &str) {
    let text = session.article().unwrap().text().to_string();
    let plain = marked.replace(['[', ']'], "");
    let at = text
        .find(&plain)
        .unwrap_or_else(|| panic!("{plain} is not in the article"));
    let start = at + marked.find('[').unwrap();
    let end = at + marked.find(']').unwrap() - 1;
    session.run(Command::Desk(DeskCommand::Select(start, end)));
}

fn ids(session: &Session) -> Vec<crate::annotation::DocumentId> {
    let rows = session.project().unwrap().list().rows();
    rows.iter().map(|row| row.id).collect()
}

fn label(session: &mut Session, name: &str) {
    let label = session.labels().by_name(name).unwrap().id.clone();
    session.run(Command::Span(SpanCommand::Label(label)));
}

fn fragment(session: &mut Session, name: &str) {
    let label = session.labels().by_name(name).unwrap().id.clone();
    session.run(Command::Span(SpanCommand::AddFragment(label)));
}

fn spans(session: &Session) -> Vec<String> {
    let article = session.article().unwrap();
    let says = |span: &crate::annotation::Span| {
        let label = session.labels().name_of(&span.data.label).to_owned();
        format!("{label}: {}", span.data.fragments.text(article.text()))
    };
    article.layer().spans().map(says).collect()
}

fn chosen(session: &Session) -> String {
    let article = session.article().unwrap();
    article
        .chosen()
        .map_or_else(String::new, |span| span.data.fragments.text(article.text()))
}

const NEWS: &str = "أعلنت وزارة النقل\nقال سمير الحداد إن الميناء أُغلق، ونفى سمير الحداد ذلك.";

#[test]
fn a_selection_is_tagged_and_chosen_and_undone_and_redone() {
    let office = Office::new();
    let mut session = office.with(&[NEWS]);
    select(&mut session, "قال [سمير الحداد] إن");
    label(&mut session, "PERSON");
    assert_eq!(spans(&session), ["PERSON: سمير الحداد"]);
    assert_eq!(chosen(&session), "سمير الحداد");
    assert_eq!(session.article().unwrap().desk().selection(), None);
    assert_eq!(
        session.article().unwrap().layer().status(),
        Status::InProgress
    );

    let step = session.describe_step(HistoryStep::Undo).unwrap();
    assert_eq!(step.action, Action::Tag);
    assert_eq!(step.name.as_deref(), Some("PERSON"));
    assert_eq!(step.quote.as_deref(), Some("سمير الحداد"));
    session.run(Command::Undo);
    assert!(spans(&session).is_empty());
    assert_eq!(session.article().unwrap().layer().status(), Status::New);
    session.run(Command::Redo);
    assert_eq!(spans(&session), ["PERSON: سمير الحداد"]);
    settle(&mut session);
    assert_eq!(session.project().unwrap().saved().committed, 3);
}

#[test]
fn an_identical_span_is_chosen_and_not_doubled() {
    let office = Office::new();
    let mut session = office.with(&[NEWS]);
    select(&mut session, "قال [سمير الحداد] إن");
    label(&mut session, "PERSON");
    session.run(Command::Desk(DeskCommand::Choose(None)));
    select(&mut session, "قال [سمير الحداد] إن");
    label(&mut session, "PERSON");
    assert_eq!(spans(&session).len(), 1);
    assert_eq!(chosen(&session), "سمير الحداد");
    // Another label on the same words is another span.
    select(&mut session, "قال [سمير الحداد] إن");
    label(&mut session, "CLAIM");
    assert_eq!(spans(&session).len(), 2);
    // Relabelled to be identical, the one that is there is chosen.
    label(&mut session, "PERSON");
    assert_eq!(spans(&session).len(), 2);
}

#[test]
fn the_chosen_span_is_relabelled_extended_moved_and_removed() {
    let office = Office::new();
    let mut session = office.with(&[NEWS]);
    select(&mut session, "قال [سمير] الحداد إن");
    label(&mut session, "PERSON");
    label(&mut session, "LOCATION");
    assert_eq!(spans(&session), ["LOCATION: سمير"]);
    session.run(Command::Span(SpanCommand::MoveEdge(
        Edge::End,
        Step::Word,
        true,
    )));
    assert_eq!(chosen(&session), "سمير الحداد");
    session.run(Command::Span(SpanCommand::MoveEdge(
        Edge::End,
        Step::Grapheme,
        false,
    )));
    assert_eq!(chosen(&session), "سمير الحدا");
    session.run(Command::Span(SpanCommand::MoveEdge(
        Edge::Start,
        Step::Word,
        true,
    )));
    assert_eq!(chosen(&session), "الحدا");
    select(&mut session, "ونفى [سمير] الحداد");
    assert_eq!(
        chosen(&session),
        "الحدا",
        "a selection leaves the chosen span chosen"
    );
    fragment(&mut session, "LOCATION");
    assert_eq!(spans(&session), ["LOCATION: الحدا … سمير"]);
    session.run(Command::Span(SpanCommand::Remove));
    assert!(spans(&session).is_empty());
    while session.describe_step(HistoryStep::Undo).is_some() {
        session.run(Command::Undo);
    }
    while session.describe_step(HistoryStep::Redo).is_some() {
        session.run(Command::Redo);
    }
    assert!(spans(&session).is_empty());
}

#[test]
fn the_proclitic_key_takes_a_proclitic_out_and_in() {
    let office = Office::new();
    let mut session = office.with(&["سافر إلى باريس ولندن أمس"]);
    select(&mut session, "باريس [ولندن] أمس");
    label(&mut session, "LOCATION");
    session.run(Command::Span(SpanCommand::Proclitic));
    assert_eq!(chosen(&session), "لندن");
    session.run(Command::Span(SpanCommand::Proclitic));
    assert_eq!(chosen(&session), "ولندن");
}

#[test]
fn a_mouse_selection_shrinks_if_that_is_wanted() {
    let office = Office::new();
    let mut session = office.with(&["قال «سمير»، ثم خرج"]);
    select(&mut session, "قال[ «سمير»، ]ثم");
    session.run(Command::Desk(DeskCommand::Released));
    label(&mut session, "PERSON");
    assert_eq!(chosen(&session), "سمير");
    session.settings_mut().tools.trim = false;
    select(&mut session, "قال[ «سمير»، ]ثم");
    session.run(Command::Desk(DeskCommand::Released));
    label(&mut session, "PERSON");
    assert_eq!(chosen(&session), " «سمير»، ");
}

#[test]
fn a_click_goes_from_the_inner_span_outwards() {
    let office = Office::new();
    let mut session = office.with(&[NEWS]);
    select(&mut session, "[قال سمير الحداد إن الميناء أُغلق]");
    label(&mut session, "CLAIM");
    select(&mut session, "قال [سمير الحداد] إن");
    label(&mut session, "PERSON");
    let at = session.article().unwrap().text().find("الحداد").unwrap();
    session.run(Command::Desk(DeskCommand::Choose(None)));
    session.run(Command::Desk(DeskCommand::Click(at)));
    assert_eq!(chosen(&session), "سمير الحداد");
    session.run(Command::Desk(DeskCommand::Click(at)));
    assert_eq!(chosen(&session), "قال سمير الحداد إن الميناء أُغلق");
    session.run(Command::Desk(DeskCommand::Click(at)));
    assert_eq!(chosen(&session), "سمير الحداد");
}

#[test]
fn all_like_this_are_found_whole_and_tagged_at_once() {
    let office = Office::new();
    let mut session = office.with(&["مصر والسودان: زار مصر ولمصر ومصري. مصر"]);
    select(&mut session, "[مصر] والسودان");
    label(&mut session, "LOCATION");
    let alike = Alike::find(session.article().unwrap()).unwrap();
    let ticked: Vec<bool> = alike.places.iter().map(|(_, ticked)| *ticked).collect();
    assert_eq!(ticked, [true, true, false, true]);
    session.run(Command::Span(SpanCommand::TagAlike(alike)));
    assert_eq!(spans(&session).len(), 4);
    session.run(Command::Undo);
    assert_eq!(spans(&session).len(), 1);
}

#[test]
fn work_outlives_the_program_undo_included() {
    let office = Office::new();
    let mut session = office.with(&[NEWS]);
    select(&mut session, "قال [سمير الحداد] إن");
    label(&mut session, "PERSON");
    session.close_project();
    let mut session = office.session("amal");
    session.open_paths(Some(&office.path("p.hashiya")), Vec::new());
    assert_eq!(spans(&session), ["PERSON: سمير الحداد"]);
    session.run(Command::Undo);
    assert!(spans(&session).is_empty());
}

/// Nothing waits for the disk, and what it has not got yet is shown all the same. The session hears of
/// no commit here, so that everything counts as on its way.
#[test]
fn what_is_not_committed_yet_is_laid_over_what_is_read() {
    let office = Office::new();
    let mut session = office.with(&[NEWS, "خبر ثان", "خبر ثالث"]);
    let ids: Vec<_> = session
        .project()
        .unwrap()
        .list()
        .rows()
        .iter()
        .map(|row| row.id)
        .collect();
    let open = |session: &mut Session, at: usize| {
        session.run(Command::Document(DocumentCommand::Open(ids[at])));
    };
    open(&mut session, 0);
    select(&mut session, "[سمير الحداد] إن");
    label(&mut session, "PERSON");
    open(&mut session, 1);
    assert_eq!(spans(&session), Vec::<String>::new());
    open(&mut session, 0);
    assert_eq!(spans(&session), ["PERSON: سمير الحداد"]);

    let title = DocumentCommand::SetTitle(ids[1], "عنوان".to_owned());
    session.run(Command::Document(title));
    session.run(Command::Document(DocumentCommand::Remove(ids[2])));
    let project = session.project().unwrap();
    assert_eq!(project.waiting().count(), 3);
    let list = DocumentList::of(project, session.annotator()).unwrap();
    let rows: Vec<_> = list
        .rows()
        .iter()
        .map(|row| (&*row.title, row.spans))
        .collect();
    assert_eq!(rows, [("أعلنت وزارة النقل", 1), ("عنوان", 0)]);
    assert_eq!(list.place(&ids[1]), Some(1));
    settle(&mut session);
    assert_eq!(session.project().unwrap().waiting().count(), 0);
}

#[test]
fn done_leads_to_the_next_and_counts() {
    let office = Office::new();
    let mut session = office.with(&["أول", "ثان", "ثالث"]);
    assert_eq!(session.article().unwrap().document().unwrap().title, "أول");
    session.run(Command::Document(DocumentCommand::DoneAndNext));
    assert_eq!(session.article().unwrap().document().unwrap().title, "ثان");
    session.run(Command::Document(DocumentCommand::Neighbour(true)));
    session.run(Command::Document(DocumentCommand::DoneAndNext));
    assert_eq!(session.article().unwrap().document().unwrap().title, "ثان");
    assert_eq!(session.project().unwrap().list().done(), 2);
    notices(&mut session);
    session.run(Command::Document(DocumentCommand::DoneAndNext));
    assert!(
        notices(&mut session)
            .iter()
            .any(|n| matches!(n, Notice::AllDone))
    );
}

#[test]
fn the_list_is_filtered_by_title_metadata_text_status_and_label() {
    let office = Office::new();
    let mut session = office.with(&["أحمد في القاهرة\nنص", "خبر\nعن إسطنبول", "آخر"]);
    let shown = |session: &mut Session, filter: Filter| -> Vec<String> {
        session.run(Command::Document(DocumentCommand::Filter(filter)));
        settle(session);
        let list = session.project().unwrap().list();
        let titles = list
            .shown()
            .iter()
            .map(|at| list.rows()[*at].title.to_string());
        titles.collect()
    };
    let words = |text: &str| Filter {
        text: text.to_owned(),
        ..Filter::default()
    };
    assert_eq!(shown(&mut session, words("احمد")), ["أحمد في القاهرة"]);
    assert_eq!(shown(&mut session, words("اسطنبول")), ["خبر"]);
    assert_eq!(shown(&mut session, words("2.txt")), ["آخر"]);
    assert!(shown(&mut session, words("غائب")).is_empty());
    session.run(Command::Document(
        DocumentCommand::Filter(Filter::default()),
    ));
    select(&mut session, "[أحمد] في");
    label(&mut session, "PERSON");
    let person = LabelId::new("PERSON").unwrap();
    let labelled = Filter {
        label: Some(person),
        ..Filter::default()
    };
    assert_eq!(shown(&mut session, labelled), ["أحمد في القاهرة"]);
    let begun = Filter {
        status: Some(Status::InProgress),
        ..Filter::default()
    };
    assert_eq!(shown(&mut session, begun), ["أحمد في القاهرة"]);
}

#[test]
fn a_second_window_reads_and_says_who_writes() {
    let office = Office::new();
    let first = office.with(&[NEWS]);
    let mut second = office.session("yusuf");
    second.open_paths(Some(&office.path("p.hashiya")), Vec::new());
    assert!(!second.project().unwrap().is_writable());
    let told = notices(&mut second);
    assert!(
        told.iter()
            .any(|notice| matches!(notice, Notice::ReadOnly(who) if !who.is_empty()))
    );
    select(&mut second, "قال [سمير الحداد] إن");
    label(&mut second, "PERSON");
    assert!(spans(&second).is_empty());
    drop(first);
}

#[test]
fn a_dataset_saved_and_opened_elsewhere_holds_the_same() {
    let office = Office::new();
    let mut session = office.with(&[NEWS, "آخر"]);
    select(&mut session, "قال [سمير الحداد] إن");
    label(&mut session, "PERSON");
    let dataset = office.path("set.ron");
    session.run(Command::Project(ProjectCommand::SaveDataset(
        dataset.clone(),
    )));
    settle(&mut session);
    let told = notices(&mut session);
    assert!(
        told.iter()
            .any(|notice| matches!(notice, Notice::Written { .. })),
        "{told:?}"
    );

    let mut other = office.session("amal");
    other.open_paths(Some(&office.path("q.hashiya")), vec![dataset.clone()]);
    settle(&mut other);
    assert_eq!(spans(&other), ["PERSON: سمير الحداد"]);
    assert_eq!(other.project().unwrap().list().len(), 2);
    let edits = other.article().unwrap().log().edits().to_vec();
    assert_eq!(edits, session.article().unwrap().log().edits());
    // Once more changes nothing.
    other.run(Command::Project(ProjectCommand::Import(
        vec![dataset],
        None,
    )));
    settle(&mut other);
    assert_eq!(other.article().unwrap().log().edits(), edits);
}

#[test]
fn the_sample_comes_in_with_two_annotators() {
    let office = Office::new();
    let mut session = office.session("amal");
    session.run(Command::Project(ProjectCommand::New(
        office.path("s.hashiya"),
    )));
    session.run(Command::Project(ProjectCommand::Sample));
    settle(&mut session);
    let told = notices(&mut session);
    let Some(Notice::Imported(imported)) = told.last() else {
        panic!("{told:?}")
    };
    assert!(imported.problems.is_empty(), "{:?}", imported.problems);
    assert!(session.project().unwrap().list().len() >= 6);
    let names: Vec<String> = session
        .annotators()
        .iter()
        .map(ToString::to_string)
        .collect();
    assert_eq!(names, ["amal", "yusuf"]);
    assert!(!spans(&session).is_empty());
}

#[test]
fn files_that_cannot_come_in_are_told_and_the_others_do() {
    let office = Office::new();
    let good = office.write("good.txt", "نص");
    let binary = office.path("binary.txt");
    fs::write(&binary, [0_u8, 159, 146, 150, 0, 1, 2]).unwrap();
    let gone = office.path("gone.txt");
    let mut session = office.session("amal");
    session.open_paths(Some(&office.path("p.hashiya")), vec![binary, gone, good]);
    settle(&mut session);
    let told = notices(&mut session);
    let Some(Notice::Imported(imported)) = told.last() else {
        panic!("{told:?}")
    };
    assert_eq!((imported.new, imported.problems.len()), (1, 2));
    for problem in &imported.problems {
        assert!(problem.to_string().contains(".txt"), "{problem}");
    }
}

#[test]
fn a_label_is_merged_retired_and_brought_back_with_its_spans() {
    use crate::{
        annotation::LabelFate,
        edit::{LabelField, LabelSetChange},
    };
    let office = Office::new();
    let mut session = office.with(&[NEWS]);
    select(&mut session, "قال [سمير الحداد] إن");
    label(&mut session, "PERSON");
    let (person, place) = (
        LabelId::new("PERSON").unwrap(),
        LabelId::new("LOCATION").unwrap(),
    );
    let fate = |fate| LabelSetChange::Set(person.clone(), LabelField::Fate(fate));
    session.run(Command::Labels(fate(LabelFate::MergedInto(place))));
    assert_eq!(spans(&session), ["LOCATION: سمير الحداد"]);
    settle(&mut session);
    session.run(Command::Undo);
    assert_eq!(spans(&session), ["PERSON: سمير الحداد"]);
    session.run(Command::Labels(fate(LabelFate::Retired)));
    assert_eq!(spans(&session), ["PERSON: سمير الحداد"]);
    assert!(session.labels().active().all(|label| label.id != person));
    settle(&mut session);
    let usage = session.label_usage().unwrap();
    assert_eq!(
        usage[&person],
        Usage {
            spans: 1,
            layers: 1
        }
    );
}

#[test]
fn settings_are_kept_and_nonsense_in_them_is_mended() {
    let office = Office::new();
    let mut session = office.session("amal");
    session.settings_mut().reading.zoom = 1.5;
    session.save_settings();
    assert!((office.session("amal").settings().reading.zoom - 1.5).abs() < 1e-6);
    office.write("settings.ron", "(reading: (zoom: 900.0), unknown: 3)");
    assert!((office.session("amal").settings().reading.zoom - 3.0).abs() < 1e-6);
    office.write("settings.ron", "((((");
    let mut session = office.session("amal");
    assert!(matches!(
        notices(&mut session).as_slice(),
        [Notice::Settings { kept: Some(kept), .. }] if fs::read_to_string(kept).unwrap() == "(((("
    ));
}

#[test]
fn ranges_from_elsewhere_never_leave_the_text() {
    let office = Office::new();
    let mut session = office.with(&["نص"]);
    session.run(Command::Desk(DeskCommand::Select(1, 900)));
    let selection = session.article().unwrap().desk().selection().unwrap();
    assert_eq!((selection.start(), selection.end()), (0, 4));
    let outside = ByteRange::unchecked_order(2, 90).unwrap();
    let person = session.labels().by_name("PERSON").unwrap().id.clone();
    session.run(Command::Span(SpanCommand::Tag(outside, person)));
    assert!(spans(&session).is_empty());
    assert!(matches!(
        notices(&mut session).last(),
        Some(Notice::Failed { .. })
    ));
}

#[test]
fn what_is_done_after_an_import_comes_after_all_that_came_in() {
    use crate::edit::Change;
    let office = Office::new();
    let mut other = office.with(&["خبر\nقال سمير"]);
    let ron = office.path("x.ron");
    other.run(Command::Project(ProjectCommand::SaveDataset(ron.clone())));
    settle(&mut other);
    other.close_project();
    // Its clock was wrong.
    let dataset = fs::read_to_string(&ron).unwrap();
    let year = dataset.find("time: \"20").unwrap() + "time: \"".len();
    let year = &dataset[year..year + 4];
    let late = dataset.replace(&format!("time: \"{year}"), "time: \"2099");
    assert_ne!(late, dataset);
    fs::write(&ron, late).unwrap();

    let mut session = office.session("amal");
    session.open_paths(Some(&office.path("q.hashiya")), vec![ron]);
    settle(&mut session);
    select(&mut session, "قال [سمير]");
    label(&mut session, "PERSON");
    settle(&mut session);
    let article = session.article().unwrap();
    let mine = article.log().edits().last().unwrap();
    assert!(matches!(mine.change, Change::Layer(..)));
    assert!(mine.stamp.time.to_string().starts_with("2099"), "{mine:?}");
}

#[test]
fn a_label_set_is_never_saved_over_a_project() {
    let office = Office::new();
    let mut session = office.with(&["خبر"]);
    let path = office.path("p.hashiya");
    for command in [
        ProjectCommand::SaveLabels(path.clone()),
        ProjectCommand::SaveDataset(path.clone()),
    ] {
        notices(&mut session);
        session.run(Command::Project(command));
        settle(&mut session);
        let told = notices(&mut session);
        assert!(
            matches!(told.last(), Some(Notice::Failed { what, .. }) if what.contains("project")),
            "{told:?}"
        );
    }
    session.close_project();
    assert!(office.session("amal").open_project(&path));
}
