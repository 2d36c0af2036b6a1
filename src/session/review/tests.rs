//! A review from the first disagreement to the last, on a project of its own.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::string_slice,
    reason = "tests"
)]

mod finishing;
mod talk;

use std::{fs, path::PathBuf};

use super::*;
use crate::{
    annotation::{About, LabelFate, Status, Verdict},
    edit::{LabelField, LabelSetChange},
    session::{
        Command, DeskCommand, DocumentCommand, Notice, ProjectCommand, Session, SpanCommand,
        tests::{Office, notices, settle},
    },
};

const TEXT: &str = "قال سمير غانم في القاهرة إن الطريق مفتوح، ونفت الوزارة ذلك.";
const OTHER: &str = "زارت منى دمشق.";

/// Two articles; `spans`: annotator, document, words, label.
fn office(spans: &[(&str, usize, &str, &str)]) -> (Office, Session) {
    let office = Office::new();
    let paths: Vec<PathBuf> = [TEXT, OTHER]
        .iter()
        .enumerate()
        .map(|(n, text)| {
            let path = office.path(&format!("{n}.txt"));
            fs::write(&path, text).unwrap();
            path
        })
        .collect();
    let mut session = office.session("reviewer");
    session.open_paths(Some(&office.path("p.hashiya")), paths);
    settle(&mut session);
    for (annotator, document, words, label) in spans {
        annotate(&mut session, annotator, *document, words, label);
    }
    as_annotator(&mut session, "reviewer");
    open(&mut session, 0);
    settle(&mut session);
    (office, session)
}

fn as_annotator(session: &mut Session, name: &str) {
    let name = Annotator::new(name).unwrap();
    session.run(Command::Project(ProjectCommand::SetAnnotator(name)));
}

fn open(session: &mut Session, document: usize) {
    let id = session.project().unwrap().list().rows()[document].id;
    session.run(Command::Document(DocumentCommand::Open(id)));
}

fn annotate(session: &mut Session, who: &str, document: usize, words: &str, label: &str) {
    as_annotator(session, who);
    open(session, document);
    let text = session.article().unwrap().text().to_string();
    let start = text.find(words).unwrap();
    session.run(Command::Desk(DeskCommand::Select(
        start,
        start + words.len(),
    )));
    let label = session.labels().by_name(label).unwrap().id.clone();
    session.run(Command::Span(SpanCommand::Label(label)));
}

fn review(session: &mut Session, command: ReviewCommand) {
    session.run(Command::Review(command));
}

/// The reviewer's spans: label and text.
fn own(session: &Session) -> Vec<String> {
    let article = session.article().unwrap();
    let spans = article.layer().spans().map(|span| {
        let label = session.labels().name_of(&span.data.label).to_owned();
        format!("{label}: {}", span.data.fragments.text(article.text()))
    });
    spans.collect()
}

fn classes(session: &Session) -> Vec<Option<Class>> {
    let opened = session.review().opened().unwrap();
    opened.cases().iter().map(|case| case.class).collect()
}

const SPANS: [(&str, usize, &str, &str); 7] = [
    ("amal", 0, "سمير غانم", "PERSON"),
    ("yusuf", 0, "سمير", "PERSON"),
    ("amal", 0, "القاهرة", "LOCATION"),
    ("yusuf", 0, "القاهرة", "LOCATION"),
    ("yusuf", 0, "الوزارة", "ORGANIZATION"),
    ("amal", 1, "دمشق", "LOCATION"),
    ("yusuf", 1, "دمشق", "ORGANIZATION"),
];

#[test]
fn a_review_walks_through_all_disagreements_and_ends_with_an_adjudicated_layer() {
    let (_office, mut session) = office(&SPANS);
    review(&mut session, ReviewCommand::Walk(true));
    settle(&mut session);
    assert_eq!(
        classes(&session),
        [Some(Class::Boundary), None, Some(Class::Missing)]
    );
    let (place, ..) = session.review().current().unwrap();
    assert_eq!(place, 0);
    let before = session.review().opened().unwrap().sides()[0]
        .log
        .edits()
        .len();
    review(&mut session, ReviewCommand::Reason("Edges".into()));
    review(&mut session, ReviewCommand::Accept(0));
    assert_eq!(own(&session), ["PERSON: سمير غانم"]);
    assert_eq!(session.review().current().unwrap().0, 2, "on to the next");
    assert!(session.review().why().reason.is_empty());
    review(&mut session, ReviewCommand::RejectAll);
    assert_eq!(session.review().current(), None, "it was the last here");
    assert_eq!(session.article().unwrap().text().as_ref(), TEXT);
    review(&mut session, ReviewCommand::Walk(true));
    let (place, case, _) = session.review().current().unwrap();
    assert_eq!((place, case.class), (0, Some(Class::Label)));
    assert_eq!(session.article().unwrap().text().as_ref(), OTHER);
    review(&mut session, ReviewCommand::LeaveOpen);
    let told = notices(&mut session);
    assert!(
        matches!(told.last(), Some(Notice::NothingToDecide)),
        "{told:?}"
    );
    open(&mut session, 0);
    let opened = session.review().opened().unwrap();
    assert_eq!(opened.sides()[0].log.edits().len(), before, "layers stay");
    assert_eq!((opened.open_count(), opened.agreed_count()), (0, 1));
    review(&mut session, ReviewCommand::TakeAgreed);
    assert_eq!(own(&session), ["PERSON: سمير غانم", "LOCATION: القاهرة"]);
    review(&mut session, ReviewCommand::Finish);
    settle(&mut session);
    open(&mut session, 0);
    assert_eq!(session.article().unwrap().layer().status(), Status::Done);
    let state = |session: &Session, at: usize| {
        let id = session.project().unwrap().list().rows()[at].id;
        session.review().queue().of(&id).unwrap().state
    };
    assert_eq!(state(&session, 0), ReviewState::Adjudicated);
    assert_eq!(state(&session, 1), ReviewState::InReview);
}

#[test]
fn what_is_decided_can_be_undone_decided_again_and_edited() {
    let (_office, mut session) = office(&SPANS);
    review(&mut session, ReviewCommand::Walk(true));
    review(&mut session, ReviewCommand::Accept(1));
    assert_eq!(own(&session), ["PERSON: سمير"]);
    session.run(Command::Undo);
    assert_eq!(own(&session), [""; 0]);
    assert_eq!(session.article().unwrap().layer().decision_count(), 0);
    session.run(Command::Redo);
    assert_eq!(own(&session), ["PERSON: سمير"]);
    review(&mut session, ReviewCommand::Go(0));
    review(&mut session, ReviewCommand::Accept(0));
    assert_eq!(
        own(&session),
        ["PERSON: سمير غانم"],
        "the other is taken back"
    );
    assert_eq!(session.article().unwrap().layer().decision_count(), 1);
    // The reviewer's own word where a case is open.
    review(&mut session, ReviewCommand::Go(2));
    let text = session.article().unwrap().text().to_string();
    let start = text.find("نفت الوزارة").unwrap();
    let end = start + "نفت الوزارة".len();
    session.run(Command::Desk(DeskCommand::Select(start, end)));
    let label = session.labels().by_name("CLAIM").unwrap().id.clone();
    session.run(Command::Span(SpanCommand::Label(label)));
    let layer = session.article().unwrap().layer();
    let decision = layer
        .decisions()
        .find(|it| it.judgement.verdict == Verdict::Edited);
    let decision = decision.unwrap();
    assert_eq!(decision.made.len(), 1);
    assert!(
        decision
            .judgement
            .sources
            .iter()
            .all(|source| !source.accepted)
    );
    assert_eq!(session.review().opened().unwrap().open_count(), 0);
    review(&mut session, ReviewCommand::Go(2));
    review(&mut session, ReviewCommand::Reopen);
    assert_eq!(own(&session), ["PERSON: سمير غانم"]);
    assert_eq!(session.review().opened().unwrap().open_count(), 1);
}

#[test]
fn what_an_annotator_changes_after_a_decision_is_shown_and_the_decision_stays() {
    let (_office, mut session) = office(&SPANS);
    review(&mut session, ReviewCommand::Walk(true));
    review(&mut session, ReviewCommand::Accept(0));
    review(&mut session, ReviewCommand::RejectAll);
    // Yusuf makes his span wider, and takes the other back.
    as_annotator(&mut session, "yusuf");
    open(&mut session, 0);
    let layer = session.article().unwrap().layer();
    let first = layer.spans().next().unwrap().id;
    let last = layer.spans().next_back().unwrap().id;
    session.run(Command::Desk(DeskCommand::Choose(Some(last))));
    session.run(Command::Span(SpanCommand::Remove));
    session.run(Command::Span(SpanCommand::SetEdge(
        first,
        crate::session::Edge::Start,
        0,
    )));
    as_annotator(&mut session, "reviewer");
    open(&mut session, 0);
    let opened = session.review().opened().unwrap();
    let standings: Vec<Standing> = opened.standings().to_vec();
    assert_eq!(opened.cases().len(), 3);
    assert_eq!(
        standings
            .iter()
            .filter(|it| **it == Standing::Changed)
            .count(),
        2,
        "{standings:?}"
    );
    assert_eq!(
        own(&session),
        ["PERSON: سمير غانم"],
        "what was decided stays"
    );
    // Counted in the background it is the same, also of what is gone.
    as_annotator(&mut session, "amal");
    as_annotator(&mut session, "reviewer");
    open(&mut session, 1);
    settle(&mut session);
    let document = session.project().unwrap().list().rows()[0].id;
    let counted = session.review().queue().of(&document).unwrap();
    assert_eq!(counted.open_cases, 2);
    // Who follows the decision is not told of as a change.
    as_annotator(&mut session, "yusuf");
    open(&mut session, 0);
    let text = TEXT.find("سمير غانم").unwrap();
    session.run(Command::Span(SpanCommand::SetEdge(
        first,
        crate::session::Edge::Start,
        text,
    )));
    let end = text + "سمير غانم".len();
    session.run(Command::Span(SpanCommand::SetEdge(
        first,
        crate::session::Edge::End,
        end,
    )));
    as_annotator(&mut session, "reviewer");
    open(&mut session, 0);
    let opened = session.review().opened().unwrap();
    assert_eq!(
        opened.standings()[0],
        Standing::Decided,
        "{:?}",
        opened.standings()
    );
}

#[test]
fn annotators_see_what_was_decided_and_answer() {
    let (_office, mut session) = office(&SPANS);
    review(&mut session, ReviewCommand::Walk(true));
    review(&mut session, ReviewCommand::Note("الاسم كامل".into()));
    review(&mut session, ReviewCommand::Accept(0));
    review(&mut session, ReviewCommand::Accept(1));
    review(&mut session, ReviewCommand::Review(false));
    as_annotator(&mut session, "amal");
    open(&mut session, 0);
    let outcomes = |session: &Session| {
        let feedback = session.article().unwrap().feedback().iter();
        feedback.map(|it| it.outcome).collect::<Vec<_>>()
    };
    assert_eq!(outcomes(&session), [Outcome::Accepted, Outcome::Missed]);
    as_annotator(&mut session, "yusuf");
    open(&mut session, 0);
    assert_eq!(outcomes(&session), [Outcome::Changed, Outcome::Accepted]);
    review(&mut session, ReviewCommand::WalkFeedback(true));
    let article = session.article().unwrap();
    let (document, span) = (article.key().document, article.chosen().unwrap().id);
    assert_eq!(article.feedback()[0].decision.judgement.why(), "الاسم كامل");
    let about = About::Span {
        annotator: Annotator::new("yusuf").unwrap(),
        span,
        quote: "سمير".into(),
    };
    let say = |thread, text: &str| ReviewCommand::Say {
        document,
        thread,
        about: about.clone(),
        text: text.into(),
    };
    review(&mut session, say(None, "لماذا؟"));
    let thread = session.article().unwrap().threads()[0].id;
    as_annotator(&mut session, "reviewer");
    open(&mut session, 0);
    review(&mut session, say(Some(thread), "انظر الدليل"));
    assert_eq!(session.article().unwrap().threads()[0].comments.len(), 2);
    assert_eq!(
        session.project().unwrap().list().open_threads(&document),
        Some(1)
    );
    review(&mut session, ReviewCommand::Resolve(document, thread, true));
    settle(&mut session);
    assert_eq!(
        session.project().unwrap().list().open_threads(&document),
        Some(0)
    );
    session.run(Command::Undo);
    assert!(!session.article().unwrap().threads()[0].resolved);
    // A comment is no disagreement.
    review(&mut session, ReviewCommand::Review(true));
    assert_eq!(session.review().opened().unwrap().cases().len(), 3);
}

#[test]
fn blind_and_chosen_sides_and_filters() {
    let (_office, mut session) = office(&SPANS);
    review(&mut session, ReviewCommand::Walk(true));
    let opened = session.review().opened().unwrap();
    assert_eq!(opened.sides()[0].annotator.as_str(), "amal");
    review(&mut session, ReviewCommand::Blind(true));
    assert!(session.review().is_blind());
    let at = |session: &Session| session.review().current().map(|(place, ..)| place);
    assert_eq!(at(&session), Some(0), "whoever is the first now");
    review(&mut session, ReviewCommand::Blind(false));
    let filter = CaseFilter {
        class: Some(Class::Missing),
        ..CaseFilter::default()
    };
    review(&mut session, ReviewCommand::Filter(filter));
    assert_eq!(session.review().listed(session.labels()), [2]);
    let yusuf = Annotator::new("yusuf").unwrap();
    review(&mut session, ReviewCommand::Compare(Some(vec![yusuf])));
    assert_eq!(session.review().opened().unwrap().sides().len(), 1);
    assert!(session.review().current().is_some());
    review(&mut session, ReviewCommand::Compare(None));
    assert_eq!(session.review().opened().unwrap().sides().len(), 2);
}

#[test]
fn whoever_has_nothing_there_can_be_right_and_what_was_passed_over_comes_back() {
    let (_office, mut session) = office(&SPANS);
    review(&mut session, ReviewCommand::Walk(true));
    settle(&mut session);
    // The last case first: only yusuf has a span there, and amal, who has none, is right.
    review(&mut session, ReviewCommand::Go(2));
    review(&mut session, ReviewCommand::Accept(0));
    let opened = session.review().opened().unwrap();
    assert_eq!(opened.standings()[2], Standing::Decided);
    assert_eq!(own(&session), [""; 0]);
    let (place, ..) = session.review().current().unwrap();
    assert_eq!(place, 0, "the first is still to be decided");
    assert_eq!(session.article().unwrap().text().as_ref(), TEXT);
    // What is taken back is what is shown.
    session.run(Command::Undo);
    assert_eq!(session.review().current().unwrap().0, 2);
}

#[test]
fn the_article_stays_when_somebody_goes_elsewhere_while_all_are_counted() {
    let (_office, mut session) = office(&SPANS[..4]);
    review(&mut session, ReviewCommand::Review(true));
    review(&mut session, ReviewCommand::Go(0));
    review(&mut session, ReviewCommand::Walk(true));
    assert!(!session.review().queue().is_complete());
    review(&mut session, ReviewCommand::Review(false));
    settle(&mut session);
    assert!(!session.review().is_on(), "the review stays off");
}

#[test]
fn what_was_decided_while_all_are_counted_stays_counted() {
    let (_office, mut session) = office(&SPANS);
    review(&mut session, ReviewCommand::Review(true));
    review(&mut session, ReviewCommand::Go(0));
    review(&mut session, ReviewCommand::Accept(0));
    review(&mut session, ReviewCommand::Go(2));
    review(&mut session, ReviewCommand::RejectAll);
    let first = session.article().unwrap().key().document;
    open(&mut session, 1);
    settle(&mut session);
    let queue = session.review().queue();
    assert!(queue.is_complete());
    assert_eq!(queue.of(&first).unwrap().open_cases, 0);
    assert_eq!(queue.counts(), [1, 0, 1, 0]);
    assert_eq!(queue.open_cases(), 1);
}

#[test]
fn labels_that_become_one_are_no_disagreement_any_more() {
    let (_office, mut session) = office(&SPANS);
    open(&mut session, 1);
    review(&mut session, ReviewCommand::Review(true));
    settle(&mut session);
    assert_eq!(classes(&session), [Some(Class::Label)]);
    let id = |session: &Session, name: &str| session.labels().by_name(name).unwrap().id.clone();
    let (from, into) = (id(&session, "ORGANIZATION"), id(&session, "LOCATION"));
    let fate = LabelField::Fate(LabelFate::MergedInto(into));
    session.run(Command::Labels(LabelSetChange::Set(from, fate)));
    assert_eq!(classes(&session), [None]);
    settle(&mut session);
    let document = session.article().unwrap().key().document;
    assert!(
        session
            .review()
            .queue()
            .of(&document)
            .unwrap()
            .open
            .is_empty()
    );
}

#[test]
fn what_was_taken_over_and_taken_back_can_be_taken_over_again() {
    let (_office, mut session) = office(&SPANS);
    review(&mut session, ReviewCommand::Review(true));
    assert_eq!(session.agreed_here(), 1);
    let here = ["LOCATION: القاهرة"];
    review(&mut session, ReviewCommand::TakeAgreed);
    assert_eq!(
        (own(&session), session.agreed_here()),
        (here.map(String::from).to_vec(), 0)
    );
    session.run(Command::Undo);
    assert_eq!((own(&session).len(), session.agreed_here()), (0, 1));
    session.run(Command::Redo);
    assert_eq!((own(&session).len(), session.agreed_here()), (1, 0));
    review(&mut session, ReviewCommand::Go(1));
    review(&mut session, ReviewCommand::Reopen);
    assert_eq!((own(&session).len(), session.agreed_here()), (0, 1));
    review(&mut session, ReviewCommand::TakeAgreed);
    assert_eq!(own(&session), here);
    // In the whole project: both articles have something, and one all agree on.
    session.run(Command::Undo);
    review(&mut session, ReviewCommand::LookAtAgreed(true));
    settle(&mut session);
    let Some(AgreedAhead::Known(found)) = session.review().agreed() else {
        panic!("{:?}", session.review().agreed());
    };
    assert_eq!((found.shared, found.documents, found.spans), (2, 1, 1));
    review(&mut session, ReviewCommand::TakeAllAgreed);
    settle(&mut session);
    assert_eq!(own(&session), here);
}

#[test]
fn what_the_filter_hides_is_told_and_the_only_annotators_word_is_offered() {
    let (_office, mut session) = office(&[&SPANS[..5], &SPANS[5..6]].concat());
    review(&mut session, ReviewCommand::Review(true));
    settle(&mut session);
    review(
        &mut session,
        ReviewCommand::Filter(CaseFilter {
            class: Some(Class::Boundary),
            ..CaseFilter::default()
        }),
    );
    review(&mut session, ReviewCommand::Walk(true));
    review(&mut session, ReviewCommand::Accept(0));
    let told = notices(&mut session);
    assert!(
        matches!(told.last(), Some(Notice::HiddenCases(1))),
        "{told:?}"
    );
    // On the other article there is amal alone.
    review(&mut session, ReviewCommand::Filter(CaseFilter::default()));
    open(&mut session, 1);
    assert_eq!(session.agreed_here(), 1);
    review(&mut session, ReviewCommand::TakeAgreed);
    assert_eq!(own(&session), ["LOCATION: دمشق"]);
    let layer = session.article().unwrap().layer();
    let verdicts: Vec<Verdict> = layer
        .decisions()
        .map(|decision| decision.judgement.verdict)
        .collect();
    assert_eq!(verdicts, [Verdict::Accepted]);
    assert_eq!(session.agreed_here(), 0);
}

#[test]
fn a_word_of_somebody_leads_to_its_case() {
    let (_office, mut session) = office(&SPANS);
    let yusuf = Annotator::new("yusuf").unwrap();
    as_annotator(&mut session, "yusuf");
    let span = session
        .article()
        .unwrap()
        .layer()
        .spans()
        .last()
        .unwrap()
        .id;
    as_annotator(&mut session, "reviewer");
    review(&mut session, ReviewCommand::GoToWord(yusuf, span));
    assert!(session.review().is_on());
    assert_eq!(session.review().current().unwrap().0, 2);
}

#[test]
fn a_case_of_three_has_every_class_that_two_of_them_differ_by() {
    let (_office, mut session) = office(&[
        ("amal", 0, "سمير غانم", "PERSON"),
        ("yusuf", 0, "سمير", "PERSON"),
        ("rana", 0, "سمير غانم", "ORGANIZATION"),
    ]);
    review(&mut session, ReviewCommand::Review(true));
    settle(&mut session);
    let all = [Class::Boundary, Class::Label, Class::LabelAndBoundary];
    let opened = session.review().opened().unwrap();
    assert_eq!(opened.cases().len(), 1);
    assert_eq!(opened.cases()[0].classes, BTreeSet::from(all));
    for (class, found) in [(Class::Label, 1), (Class::Missing, 0)] {
        let filter = CaseFilter {
            class: Some(class),
            ..CaseFilter::default()
        };
        review(&mut session, ReviewCommand::Filter(filter.clone()));
        assert_eq!(session.review().listed(session.labels()).len(), found);
        let document = session.article().unwrap().key().document;
        let counted = session.review().queue().of(&document).unwrap();
        assert_eq!(counted.has_open(&filter), found > 0);
    }
}
