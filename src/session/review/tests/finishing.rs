//! Who reviews is no annotator, also where nothing was to be decided, or nothing is decided any more; and what the
//! reviewer edits afterwards is what annotators are told.

use super::*;
use crate::session::Edge;

/// How far the review of the first document is, and whom another reviewer compares there.
fn seen(session: &mut Session) -> (ReviewState, Vec<String>) {
    as_annotator(session, "second");
    open(session, 0);
    settle(session);
    let sides = session.review().opened().unwrap().sides().iter();
    let sides = sides.map(|side| side.annotator.to_string()).collect();
    as_annotator(session, "reviewer");
    open(session, 1);
    settle(session);
    let id = session.project().unwrap().list().rows()[0].id;
    let state = session.review().queue().of(&id).unwrap().state;
    open(session, 0);
    (state, sides)
}

fn annotators() -> Vec<String> {
    ["amal", "yusuf"].map(str::to_owned).to_vec()
}

fn status(session: &Session) -> Status {
    session.article().unwrap().layer().status()
}

#[test]
fn a_document_without_anything_to_decide_is_adjudicated_all_the_same() {
    let (_office, mut session) = office(&[
        ("amal", 0, "القاهرة", "LOCATION"),
        ("yusuf", 0, "القاهرة", "LOCATION"),
    ]);
    review(&mut session, ReviewCommand::Review(true));
    settle(&mut session);
    review(&mut session, ReviewCommand::Finish);
    assert_eq!(status(&session), Status::Done);
    assert_eq!(seen(&mut session), (ReviewState::Adjudicated, annotators()));
    let told = session.describe_step(crate::session::HistoryStep::Undo);
    let told = told.unwrap().action;
    assert_eq!(told, crate::edit::Action::Status(Status::Done));
    review(&mut session, ReviewCommand::TakeAgreed);
    assert_eq!(own(&session), ["LOCATION: القاهرة"]);
    session.run(Command::Undo);
    session.run(Command::Undo);
    assert_eq!(status(&session), Status::New);
    assert!(!session.article().unwrap().layer().is_review());
}

#[test]
fn nothing_is_begun_where_the_only_decision_was_taken_back() {
    let (_office, mut session) = office(&SPANS);
    review(&mut session, ReviewCommand::Walk(true));
    review(&mut session, ReviewCommand::Accept(0));
    assert_eq!(status(&session), Status::InProgress);
    review(&mut session, ReviewCommand::Go(0));
    review(&mut session, ReviewCommand::Reopen);
    let layer = session.article().unwrap().layer();
    assert!(!layer.is_begun() && !layer.is_review());
    let (state, sides) = seen(&mut session);
    assert_ne!(state, ReviewState::InReview);
    assert_eq!(sides, annotators());
    session.run(Command::Undo);
    assert_eq!(status(&session), Status::InProgress);
    assert_eq!(own(&session), ["PERSON: سمير غانم"]);
}

#[test]
fn what_is_edited_after_it_was_taken_over_is_told_as_changed() {
    let (_office, mut session) = office(&SPANS);
    review(&mut session, ReviewCommand::Walk(true));
    review(&mut session, ReviewCommand::Edit(1));
    let span = session.article().unwrap().chosen().unwrap().id;
    // Once more, with a reason: the same span is the one to be edited.
    review(&mut session, ReviewCommand::Reason("Edges".into()));
    review(&mut session, ReviewCommand::Edit(1));
    assert_eq!(session.article().unwrap().chosen().unwrap().id, span);
    let end = TEXT.find("سمير غانم").unwrap() + "سمير غا".len();
    session.run(Command::Span(SpanCommand::SetEdge(span, Edge::End, end)));
    review(&mut session, ReviewCommand::Review(false));
    as_annotator(&mut session, "yusuf");
    open(&mut session, 0);
    let article = session.article().unwrap();
    let told = article.feedback();
    assert_eq!(told.len(), 1);
    assert_eq!(told[0].outcome, Outcome::Changed);
    let right = told[0].right[0].fragments.text(article.text());
    assert_eq!(right, "سمير غا");
}

#[test]
fn an_annotator_is_told_once_of_a_relation_also_of_one_that_was_missed() {
    let (_office, mut session) = office(&[
        ("amal", 0, "سمير غانم", "PERSON"),
        ("amal", 0, "القاهرة", "LOCATION"),
        ("yusuf", 0, "سمير غانم", "PERSON"),
        ("yusuf", 0, "القاهرة", "LOCATION"),
    ]);
    as_annotator(&mut session, "amal");
    open(&mut session, 0);
    let layer = session.article().unwrap().layer();
    let ends: Vec<_> = layer.spans().map(|span| span.id).collect();
    let relate = SpanCommand::Relate("lives_in".into(), ends[0], ends[1]);
    session.run(Command::Span(relate));
    as_annotator(&mut session, "reviewer");
    open(&mut session, 0);
    settle(&mut session);
    review(&mut session, ReviewCommand::Review(true));
    settle(&mut session);
    review(&mut session, ReviewCommand::TakeAgreed);
    review(&mut session, ReviewCommand::Walk(true));
    let (_, case, _) = session.review().current().unwrap();
    assert_eq!(case.class, Some(Class::Relation));
    review(&mut session, ReviewCommand::Accept(0));
    let layer = session.article().unwrap().layer();
    assert_eq!(layer.relations().count(), 1);
    review(&mut session, ReviewCommand::Review(false));
    for (who, outcome) in [("amal", Outcome::Accepted), ("yusuf", Outcome::Missed)] {
        as_annotator(&mut session, who);
        open(&mut session, 0);
        let told = session.article().unwrap().feedback();
        let outcomes: Vec<_> = told.iter().map(|it| it.outcome).collect();
        assert_eq!(outcomes, [outcome]);
        assert_eq!(told[0].right.len(), 2);
    }
}
