//! What annotators and reviewers tell each other: decisions that are walked, comments, and rejected spans that are
//! written out.

use super::*;
use crate::{
    interchange::{Format, LossKind},
    session::{ExportOptions, Progress, Target, export, forecast},
    store::Reader,
};

fn name(name: &str) -> Annotator {
    Annotator::new(name).unwrap()
}

#[test]
fn a_walk_passes_what_was_missed_and_comes_round() {
    let (_office, mut session) = office(&SPANS);
    review(&mut session, ReviewCommand::Walk(true));
    review(&mut session, ReviewCommand::Accept(0));
    review(&mut session, ReviewCommand::Accept(1));
    review(&mut session, ReviewCommand::Review(false));
    as_annotator(&mut session, "amal");
    open(&mut session, 0);
    let all = session.article().unwrap().feedback().to_vec();
    assert_eq!(all[1].outcome, Outcome::Missed);
    let shown = |session: &Session| session.article().unwrap().feedback_at();
    assert_eq!(shown(&session), None);
    for at in [0, 1, 0] {
        review(&mut session, ReviewCommand::WalkFeedback(true));
        assert_eq!(shown(&session), Some(at));
    }
    review(&mut session, ReviewCommand::WalkFeedback(false));
    let article = session.article().unwrap();
    assert_eq!((article.feedback_at(), article.chosen()), (Some(1), None));
    assert_eq!(article.desk().caret(), all[1].start);
    session.run(Command::Desk(DeskCommand::Caret(0, false)));
    assert_eq!(shown(&session), None);
    review(&mut session, ReviewCommand::GoToFeedback(0));
    assert_eq!(
        session.article().unwrap().chosen().map(|it| it.id),
        all[0].span
    );
}

/// Says something about `words`, which somebody has labelled, or about the article.
fn say(session: &mut Session, whose: Option<&str>, text: &str) {
    let article = session.article().unwrap();
    let about = whose.map_or(About::Document, |whose| About::Span {
        annotator: name(whose),
        span: article.layer().spans().next().unwrap().id,
        quote: "سمير".into(),
    });
    let command = ReviewCommand::Say {
        document: article.key().document,
        thread: None,
        about,
        text: text.into(),
    };
    review(session, command);
}

#[test]
fn all_comments_of_the_project_are_read_with_their_places() {
    let (_office, mut session) = office(&SPANS);
    as_annotator(&mut session, "yusuf");
    open(&mut session, 0);
    say(&mut session, Some("yusuf"), "هل يدخل اللقب؟");
    say(&mut session, None, "النص ناقص");
    open(&mut session, 1);
    say(&mut session, None, "مكرر");
    // What is not committed yet is waited for.
    review(&mut session, ReviewCommand::Discuss(true));
    settle(&mut session);
    let discussion = session.review().discussion();
    assert!(discussion.is_complete());
    let read = discussion.documents();
    assert_eq!(read.len(), 2);
    let rows = session.project().unwrap().list().rows();
    assert_eq!(read[0].document, rows[0].id);
    let starts: Vec<Option<usize>> = read[0].threads.iter().map(|(_, start)| *start).collect();
    assert_eq!(starts, [TEXT.find("سمير"), None]);
    assert_eq!(read[1].threads[0].0.comments[0].text, "مكرر");
    review(&mut session, ReviewCommand::Discuss(false));
    assert!(session.review().discussion().documents().is_empty());
}

/// The export of what the reviewer rejected, in a format.
fn rejected(format: &str) -> ExportOptions {
    ExportOptions {
        annotators: vec![name("reviewer")],
        rejected: true,
        ..ExportOptions::new(Format::named(format).unwrap())
    }
}

#[test]
fn rejected_spans_are_written_once_each_with_their_reason() {
    let (office, mut session) = office(&SPANS);
    let write = |session: &mut Session, to: &str, options: &ExportOptions| {
        settle(session);
        let reader = Reader::open(&office.path("p.hashiya")).unwrap();
        let path = office.path(to);
        let report = export(
            &reader,
            &Target::Path(path.clone()),
            options,
            &Progress::default(),
        );
        report.map(|report| (report, fs::read_to_string(path).unwrap()))
    };
    let early = write(&mut session, "early.jsonl", &rejected("prodigy"));
    assert!(early.unwrap_err().to_string().contains("decided"));

    review(&mut session, ReviewCommand::Walk(true));
    review(&mut session, ReviewCommand::Note("الاسم كامل".into()));
    review(&mut session, ReviewCommand::Accept(0));
    review(&mut session, ReviewCommand::LeaveOpen);
    let (report, text) = write(&mut session, "r.csv", &rejected("csv")).unwrap();
    assert_eq!(
        (report.documents, report.spans, report.differing),
        (1, 1, 0)
    );
    assert_eq!(text.matches("الاسم كامل").count(), 1, "{text}");
    let (report, text) = write(&mut session, "r.ron", &rejected("ron")).unwrap();
    assert_eq!(
        (report.documents, report.spans, report.differing),
        (1, 1, 0)
    );
    assert!(
        !text.contains("القاهرة\""),
        "what all have is no negative: {text}"
    );
    let (report, _) = write(&mut session, "r.jsonl", &rejected("doccano")).unwrap();
    assert_eq!(report.loss.count(LossKind::Notes), 1);
    assert_eq!(report.loss.entries().len(), 1, "{:?}", report.loss);
    let mut of_amal = rejected("doccano");
    of_amal.annotators = vec![name("amal")];
    let error = write(&mut session, "amal.jsonl", &of_amal).unwrap_err();
    assert!(error.to_string().contains("has decided nothing"), "{error}");
}

#[test]
fn what_was_taken_over_and_then_edited_is_rejected_too() {
    let (office, mut session) = office(&SPANS);
    review(&mut session, ReviewCommand::Walk(true));
    review(&mut session, ReviewCommand::Edit(0));
    let span = session.article().unwrap().chosen().unwrap().id;
    let spans = |session: &mut Session, to: &str| {
        settle(session);
        let reader = Reader::open(&office.path("p.hashiya")).unwrap();
        let target = Target::Path(office.path(to));
        let report = export(&reader, &target, &rejected("csv"), &Progress::default());
        report.unwrap().spans
    };
    assert_eq!(spans(&mut session, "1.csv"), 1, "of yusuf");
    let end = TEXT.find("سمير غانم").unwrap() + "سمير غا".len();
    let edge = crate::session::Edge::End;
    session.run(Command::Span(SpanCommand::SetEdge(span, edge, end)));
    assert_eq!(spans(&mut session, "2.csv"), 2);
}

#[test]
fn decisions_and_comments_that_a_format_does_not_hold_are_counted() {
    let (office, mut session) = office(&SPANS);
    review(&mut session, ReviewCommand::Walk(true));
    review(&mut session, ReviewCommand::Accept(0));
    say(&mut session, None, "النص ناقص");
    settle(&mut session);
    let reader = Reader::open(&office.path("p.hashiya")).unwrap();
    let foreseen = |format: &str| {
        let options = ExportOptions {
            annotators: vec![name("reviewer")],
            ..ExportOptions::new(Format::named(format).unwrap())
        };
        forecast(&reader, &options, &Progress::default()).unwrap()
    };
    let loss = foreseen("doccano");
    assert_eq!(loss.count(LossKind::Decisions), 1);
    assert_eq!(loss.count(LossKind::Threads), 1);
    assert!(LossKind::Decisions.is_of_work() && LossKind::Threads.is_of_work());
    assert!(foreseen("ron").is_empty());
}
