//! What the panel of the review says, as plain data.

#![allow(clippy::unwrap_used, clippy::string_slice, reason = "tests")]

use super::*;
use crate::{
    annotation::Annotator,
    gui::panels::testing::Bench,
    session::{CaseFilter, Command, DeskCommand, ProjectCommand, ReviewCommand, SpanCommand},
};

const TEXT: &str = "وصلت السفينة لمرسيليا أمس، ونفت الوزارة ذلك.";

fn as_annotator(bench: &mut Bench, name: &str) {
    let name = Annotator::new(name).unwrap();
    let command = ProjectCommand::SetAnnotator(name);
    bench.session.run(Command::Project(command));
}

fn review(bench: &mut Bench, command: ReviewCommand) {
    bench.session.run(Command::Review(command));
}

/// A project in which several have labelled the article: who, words, label. Huda reviews.
fn reviewed(spans: &[(&str, &str, &str)]) -> Bench {
    let mut bench = Bench::with(&[("عنوان", TEXT)]);
    for (who, words, label) in spans {
        as_annotator(&mut bench, who);
        let text = bench.session.article().unwrap().text().to_string();
        let start = text.find(words).unwrap();
        let end = start + words.len();
        bench
            .session
            .run(Command::Desk(DeskCommand::Select(start, end)));
        let label = bench.session.labels().by_name(label).unwrap().id.clone();
        bench.session.run(Command::Span(SpanCommand::Label(label)));
    }
    as_annotator(&mut bench, "huda");
    review(&mut bench, ReviewCommand::Walk(true));
    bench.settle();
    bench
}

fn differing(side: &Answer) -> Vec<&str> {
    let text = &side.spans[0].text;
    text.differs
        .iter()
        .map(|range| &text.text[range.clone()])
        .collect()
}

const SPANS: [(&str, &str, &str); 5] = [
    ("amal", "لمرسيليا", "LOCATION"),
    ("yusuf", "مرسيليا", "LOCATION"),
    ("amal", "الوزارة", "ORGANIZATION"),
    ("amal", "السفينة", "PERSON"),
    ("yusuf", "السفينة", "PERSON"),
];

#[test]
fn a_case_shows_what_each_says_and_in_which_letters_they_differ() {
    let mut bench = reviewed(&SPANS);
    let case = case(&bench.session).unwrap();
    assert_eq!(case.at, Some((1, 2)));
    assert_eq!(case.classes, [Class::Clitic]);
    assert_eq!(case.standing, Standing::Open);
    assert!(case.without.is_empty() && case.told.is_empty());
    assert_eq!(case.answers.len(), 2);
    assert_eq!(differing(&case.answers[0]), ["ل"]);
    assert!(differing(&case.answers[1]).is_empty());
    review(&mut bench, ReviewCommand::Walk(true));
    let case = super::case(&bench.session).unwrap();
    assert_eq!(
        (case.classes, case.without),
        (vec![Class::Missing], vec![1])
    );
    assert!(differing(&case.answers[0]).is_empty());
}

#[test]
fn a_decision_is_told_and_who_was_right() {
    let mut bench = reviewed(&SPANS);
    review(
        &mut bench,
        ReviewCommand::Reason("Proclitic belongs outside".into()),
    );
    review(&mut bench, ReviewCommand::Accept(1));
    let opened = bench.session.review().opened().unwrap();
    let span = opened.cases()[1].spans[0][0];
    review(&mut bench, ReviewCommand::GoToSpan(0, span));
    let case = case(&bench.session).unwrap();
    assert_eq!(case.standing, Standing::Decided);
    let judged: Vec<Option<Judged>> = case.answers.iter().map(|it| it.judged).collect();
    assert_eq!(judged, [Some(Judged::NotAccepted), Some(Judged::Accepted)]);
    assert_eq!(case.told.len(), 1);
    assert_eq!(case.told[0].outcome, Some(Outcome::Accepted));
    assert_eq!(case.told[0].stamp.author.as_str(), "huda");
    assert_eq!(case.told[0].why, "Proclitic belongs outside");
}

#[test]
fn those_who_say_the_same_share_an_answer() {
    let bench = reviewed(&[
        ("amal", "لمرسيليا", "LOCATION"),
        ("badr", "مرسيليا", "LOCATION"),
        ("carol", "لمرسيليا", "LOCATION"),
        ("dina", "الوزارة", "ORGANIZATION"),
    ]);
    let case = case(&bench.session).unwrap();
    let sides: Vec<&[usize]> = case.answers.iter().map(|it| &it.sides[..]).collect();
    assert_eq!(sides, [&[0, 2][..], &[1]]);
    assert_eq!(case.without, [3]);
}

#[test]
fn what_was_changed_since_it_was_decided_is_shown_as_it_was() {
    let mut bench = reviewed(&SPANS[..2]);
    review(&mut bench, ReviewCommand::Accept(0));
    // The one who was right says something else, the other what the reviewer has.
    as_annotator(&mut bench, "amal");
    let id = |bench: &Bench| {
        let layer = bench.session.article().unwrap().layer();
        layer.spans().next().unwrap().id
    };
    let span = id(&bench);
    let label =
        |bench: &Bench, name: &str| bench.session.labels().by_name(name).unwrap().id.clone();
    let organization = label(&bench, "ORGANIZATION");
    let relabel = SpanCommand::Relabel(span, organization.clone());
    bench.session.run(Command::Span(relabel));
    as_annotator(&mut bench, "huda");
    bench.settle();
    review(&mut bench, ReviewCommand::GoToSpan(0, span));
    let case = case(&bench.session).unwrap();
    assert_eq!(case.standing, Standing::Changed);
    let answer = &case.answers[0];
    assert_eq!(answer.judged, Some(Judged::Changed), "no check for it");
    let was = answer.spans[0].was.clone().unwrap();
    assert_eq!(was.label, Some(label(&bench, "LOCATION")));
    assert_eq!((was.text, was.attributes), (None, Vec::new()));
    assert_eq!(case.answers[1].judged, Some(Judged::NotAccepted));
}

#[test]
fn what_all_agree_on_is_no_disagreement_once_it_is_taken_over() {
    let mut bench = reviewed(&SPANS);
    review(&mut bench, ReviewCommand::TakeAgreed);
    assert_eq!(case(&bench.session).unwrap().at, Some((1, 2)));
    let filter = CaseFilter {
        all: true,
        ..CaseFilter::default()
    };
    review(&mut bench, ReviewCommand::Filter(filter));
    assert_eq!(case(&bench.session).unwrap().at, Some((2, 3)));
}

#[test]
fn the_list_has_what_the_filter_lets_through() {
    let mut bench = reviewed(&SPANS);
    let listed = |bench: &Bench| -> Vec<(Option<Class>, String)> {
        let session = &bench.session;
        let opened = session.review().opened().unwrap();
        let rows = rows(session, session.article().unwrap(), opened);
        rows.into_iter().map(|row| (row.class, row.text)).collect()
    };
    let open = [
        (Some(Class::Clitic), "لمرسيليا".to_owned()),
        (Some(Class::Missing), "الوزارة".to_owned()),
    ];
    assert_eq!(listed(&bench), open);
    let filter = CaseFilter {
        all: true,
        ..CaseFilter::default()
    };
    review(&mut bench, ReviewCommand::Filter(filter));
    assert_eq!(listed(&bench)[0], (None, "السفينة".to_owned()));
    assert_eq!(listed(&bench).len(), 3);
}

#[test]
fn names_are_hidden_when_the_review_is_blind() {
    let mut bench = reviewed(&SPANS);
    assert_eq!(names::of_side(&bench.session, 0), "amal");
    review(&mut bench, ReviewCommand::Blind(true));
    assert_eq!(names::of_side(&bench.session, 0), "Annotator 1");
}
