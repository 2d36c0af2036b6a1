//! Reviewing in the window: a whole review by keyboard alone, what the mouse does, and what is said where nothing
//! can be reviewed.

use eframe::egui::{Key, Modifiers};
use hashiya::{
    annotation::{About, Annotator, Status, Verdict},
    session::{
        Bell, CaseFilter, Command, DocumentCommand, Places, ProjectCommand, ReviewCommand,
        ReviewState, Session,
    },
};

use super::{
    Desk,
    hands::{CTRL, SHIFT},
};

const CTRL_SHIFT: Modifiers = Modifiers {
    shift: true,
    ..CTRL
};

const STORY: &str = "وصلت السفينة لمرسيليا أمس، ونفت الوزارة ذلك.";

fn annotator(name: &str) -> Annotator {
    Annotator::new(name).unwrap()
}

fn set_annotator(desk: &mut Desk, name: &str) {
    let command = ProjectCommand::SetAnnotator(annotator(name));
    desk.run(Command::Project(command));
}

/// The sample project, which two have labelled, in the eyes of somebody else.
fn sample() -> Desk {
    let mut desk = Desk::bare();
    desk.run(Command::Project(ProjectCommand::Sample));
    desk.settle();
    set_annotator(&mut desk, "huda");
    desk.settle();
    desk
}

/// An article that several have labelled: who, marked text, label. Huda reviews.
fn story(spans: &[(&str, &str, &str)]) -> Desk {
    let mut desk = Desk::open(&[STORY]);
    for (who, marked, label) in spans {
        set_annotator(&mut desk, who);
        desk.tag(label, marked);
        desk.choose_nothing();
    }
    set_annotator(&mut desk, "huda");
    desk.settle();
    desk
}

const SPANS: [(&str, &str, &str); 3] = [
    ("amal", "السفينة [لمرسيليا] أمس", "LOCATION"),
    ("yusuf", "السفينة ل[مرسيليا] أمس", "LOCATION"),
    ("amal", "ونفت [الوزارة] ذلك", "ORGANIZATION"),
];

/// The case that is being decided: the layers that have something there.
fn current(desk: &Desk) -> Option<Vec<usize>> {
    let current = desk.session().review().current();
    current.map(|(_, case, _)| case.sides().collect())
}

fn number(side: usize) -> Key {
    [Key::Num1, Key::Num2][side]
}

/// Decides one case in one of the ways there are.
fn decide(desk: &mut Desk, sides: &[usize], at: usize) {
    let last = sides[sides.len() - 1];
    match at % 4 {
        0 => desk.key(number(sides[0])),
        1 => {
            desk.key_with(SHIFT, number(last));
            desk.key(Key::Enter);
        }
        2 => desk.key(Key::X),
        _ => desk.key(number(last)),
    }
}

/// Marks the article as adjudicated, with what all agree on.
fn finish(desk: &mut Desk) {
    desk.key_with(CTRL, Key::Enter);
    if desk.shows("Take over and finish") {
        desk.key(Key::Enter);
        desk.rest();
    }
    desk.settle();
}

#[test]
fn a_whole_review_of_the_sample_by_keyboard_alone() {
    let mut desk = sample();
    desk.key(Key::F8);
    desk.settle();
    let all = desk.session().review().queue().open_cases();
    assert!(all > 20, "{all}");
    let mut decided = 0;
    for _ in 0..400 {
        if let Some(sides) = current(&desk) {
            decide(&mut desk, &sides, decided);
            decided += 1;
        } else if desk.session().review().queue().open_cases() > 0 {
            // The article is through: it is marked, and the next one comes.
            finish(&mut desk);
            if current(&desk).is_none() {
                desk.key(Key::F8);
                desk.settle();
            }
        } else {
            finish(&mut desk);
            break;
        }
    }
    let queue = desk.session().review().queue();
    assert_eq!(queue.open_cases(), 0, "after {decided} decisions");
    let [_, ready, in_review, adjudicated] = queue.counts();
    // One article has only one annotator: there is nothing to decide on it.
    assert_eq!((ready, in_review), (1, 0));
    assert!(adjudicated > 3, "{adjudicated}");
    assert_eq!(desk.session().agreed_here(), 0);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("adjudicated.ron");
    desk.run(Command::Project(ProjectCommand::SaveDataset(path.clone())));
    desk.settle();
    // What was decided is in the file, and comes back from it.
    let places = Places {
        settings: folder.path().join("settings.ron"),
        data: folder.path().join("data"),
    };
    let mut other = Session::new(places, Some(annotator("huda")), Bell::silent());
    other.open_paths(Some(&folder.path().join("again.hashiya")), vec![path]);
    let mut again = Desk::over(other, folder);
    again.settle();
    let document = desk.article().key().document;
    again.run(Command::Document(DocumentCommand::Open(document)));
    assert_eq!(again.spans(), desk.spans());
    assert_eq!(again.article().layer().status(), Status::Done);
    let decisions = |desk: &Desk| desk.article().layer().decision_count();
    assert!(decisions(&desk) > 0);
    assert_eq!(decisions(&again), decisions(&desk));
}

#[test]
fn keys_decide_a_case_and_the_panel_tells_it() {
    let mut desk = story(&SPANS);
    desk.key(Key::F8);
    desk.settle();
    desk.assert_shows("Proclitic only");
    desk.assert_shows("To be decided · 1 of 2");
    desk.assert_shows("amal");
    desk.key(Key::R);
    desk.write("حرف الجر خارج الاسم");
    desk.key(Key::Enter);
    desk.key(Key::Num2);
    assert_eq!(desk.spans(), ["LOCATION: مرسيليا"]);
    let layer = desk.article().layer();
    let decision = layer.decisions().next().unwrap();
    assert_eq!(decision.judgement.note, "حرف الجر خارج الاسم");
    desk.assert_shows("Missing");
    desk.assert_shows("yusuf has nothing here");
    desk.key(Key::U);
    assert_eq!(desk.article().layer().decision_count(), 2);
    desk.key_with(SHIFT, Key::F8);
    desk.key(Key::F8);
    // He is right: nothing is to be there.
    desk.key(Key::Num2);
    desk.assert_shows("Everything here is decided");
    desk.key_with(CTRL, Key::Enter);
    desk.settle();
    assert_eq!(desk.article().layer().status(), Status::Done);
    desk.assert_shows("This article is adjudicated");
    let verdicts: Vec<Verdict> = desk
        .article()
        .layer()
        .decisions()
        .map(|it| it.judgement.verdict)
        .collect();
    assert!(verdicts.contains(&Verdict::Rejected), "{verdicts:?}");
}

#[test]
fn label_keys_are_the_reviewers_own_word_and_edit_takes_over() {
    let mut desk = story(&SPANS);
    desk.key(Key::F8);
    desk.settle();
    desk.key(Key::E);
    assert_eq!(desk.chosen().as_deref(), Some("LOCATION: لمرسيليا"));
    // While a span is chosen its keys are those of spans.
    desk.key(Key::K);
    assert_eq!(desk.spans(), ["LOCATION: مرسيليا"]);
    desk.key(Key::Escape);
    desk.key(Key::F8);
    desk.select("[ونفت الوزارة] ذلك");
    desk.key(Key::D);
    assert_eq!(desk.spans(), ["LOCATION: مرسيليا", "DENIAL: ونفت الوزارة"]);
    assert_eq!(desk.session().review().opened().unwrap().open_count(), 0);
}

#[test]
fn the_mouse_decides_hides_names_and_shows_layers_side_by_side() {
    let mut desk = story(&SPANS);
    desk.key(Key::F8);
    desk.settle();
    let pick = |desk: &mut Desk, row: &str| {
        desk.click("What can be switched while reviewing");
        desk.click(row);
    };
    pick(&mut desk, "Hide the annotators’ names");
    assert!(desk.session().review().is_blind());
    desk.assert_shows("Annotator 1");
    desk.assert_hides("amal");
    pick(&mut desk, "Hide the annotators’ names");
    pick(&mut desk, "Layers side by side");
    assert!(desk.session().settings().tools.side_by_side);
    pick(&mut desk, "Layers side by side");
    desk.click("Tick annotator 2");
    assert_eq!(desk.session().review().ticked().len(), 1);
    desk.click("Accept what is ticked");
    assert_eq!(desk.spans(), ["LOCATION: مرسيليا"]);
    desk.click("Reject annotator 1");
    assert_eq!(desk.spans(), ["LOCATION: مرسيليا"]);
    assert_eq!(desk.session().review().opened().unwrap().open_count(), 0);
    desk.click("End reviewing");
    assert!(!desk.session().review().is_on());
}

/// Says something about the first span of an annotator, as that annotator or somebody else.
fn comment(desk: &mut Desk, who: &str, of: &str) {
    let document = desk.article().key().document;
    set_annotator(desk, of);
    let span = desk.article().layer().spans().next().unwrap().id;
    set_annotator(desk, who);
    let about = About::Span {
        annotator: annotator(of),
        span,
        quote: "لمرسيليا".into(),
    };
    desk.run(Command::Review(ReviewCommand::Say {
        document,
        thread: None,
        about,
        text: "لماذا؟".into(),
    }));
    set_annotator(desk, "huda");
    desk.settle();
}

#[test]
fn comments_stand_in_the_place_of_the_list_and_cases_tell_of_theirs() {
    let mut desk = story(&SPANS);
    comment(&mut desk, "yusuf", "amal");
    desk.key(Key::F8);
    desk.settle();
    desk.assert_shows("1 thread of comments");
    desk.assert_shows("Disagreements");
    desk.key_with(CTRL_SHIFT, Key::M);
    desk.assert_shows("لماذا؟");
    desk.assert_hides("Disagreements");
    desk.key_with(CTRL_SHIFT, Key::M);
    desk.assert_shows("Disagreements");
    desk.key(Key::F9);
    desk.assert_hides("Review");
    desk.key_with(CTRL_SHIFT, Key::M);
    desk.assert_shows("لماذا؟");
}

#[test]
fn a_blind_review_names_nobody() {
    let mut desk = story(&SPANS);
    comment(&mut desk, "yusuf", "amal");
    desk.key(Key::F8);
    desk.settle();
    desk.run(Command::Review(ReviewCommand::Blind(true)));
    desk.key_with(CTRL_SHIFT, Key::M);
    desk.assert_shows("لماذا؟");
    let named = |desk: &Desk| -> Vec<String> {
        let names = ["amal", "yusuf"];
        let mut words = desk.words();
        words.retain(|words| names.iter().any(|name| words.contains(name)));
        words
    };
    assert_eq!(named(&desk), [""; 0]);
    for command in ["Comments in the project…", "Dashboard"] {
        desk.command(command);
        desk.settle();
        assert_eq!(named(&desk), [""; 0], "{command}");
        desk.key(Key::Escape);
        desk.rest();
    }
}

#[test]
fn a_margin_that_is_asked_for_comes_in_any_window() {
    let mut desk = story(&SPANS);
    desk.run(Command::Review(ReviewCommand::Walk(true)));
    desk.settle();
    for (width, both) in [(1280.0, true), (555.0, false), (300.0, false)] {
        desk.harness.set_size([width, 400.0].into());
        desk.rest();
        if !desk.shows("Leave open") {
            desk.key(Key::F9);
        }
        desk.key(Key::F2);
        if both {
            desk.key(Key::F2);
        }
        desk.assert_shows("Filter by title or text");
        assert_eq!(desk.shows("Leave open"), both, "{width}");
        desk.key(Key::F9);
        if both {
            desk.key(Key::F9);
        }
        desk.assert_shows("Leave open");
        assert_eq!(desk.shows("Filter by title or text"), both, "{width}");
    }
}

#[test]
fn a_digit_after_the_last_decision_says_what_comes_next() {
    let mut desk = story(&SPANS);
    desk.key(Key::F8);
    desk.settle();
    desk.key(Key::Num1);
    desk.key(Key::Num1);
    desk.key(Key::Num1);
    let keys = if cfg!(target_os = "macos") {
        "Cmd"
    } else {
        "Ctrl"
    };
    let hint =
        format!("{keys}+Enter marks the article as adjudicated and goes on to the next one.");
    assert!(desk.words().iter().any(|said| said.contains(&hint)));
}

#[test]
fn the_list_shows_and_filters_by_how_far_the_review_is() {
    let mut desk = sample();
    desk.key(Key::F8);
    desk.settle();
    let [_, ready, ..] = desk.session().review().queue().counts();
    assert!(ready > 0);
    desk.click(&format!("Only: Ready for review ({ready})"));
    let list = desk.session().project().unwrap().list();
    assert_eq!(list.shown().len(), ready);
    assert_eq!(list.filter().review, Some(ReviewState::Ready));
    desk.command("Review mode");
    let list = desk.session().project().unwrap().list();
    assert_eq!(list.filter().review, None);
    assert_eq!(list.shown().len(), list.len());
}

#[test]
fn what_all_agree_on_comes_in_after_a_question() {
    let mut desk = story(&[
        ("amal", "وصلت [السفينة] لمرسيليا", "PERSON"),
        ("yusuf", "وصلت [السفينة] لمرسيليا", "PERSON"),
    ]);
    desk.run(Command::Review(ReviewCommand::Review(true)));
    desk.settle();
    desk.assert_shows("All agree on 1 span that is not in your layer yet.");
    desk.command("Take over what all agree on…");
    desk.assert_shows(
        "1 span of this article, which all 2 annotators have alike, is not in your layer yet.",
    );
    assert_eq!(desk.spans(), [""; 0]);
    desk.key(Key::Enter);
    desk.rest();
    assert_eq!(desk.spans(), ["PERSON: السفينة"]);
    desk.key_with(CTRL, Key::Z);
    assert_eq!(desk.spans(), [""; 0]);
    // The same for all articles, after it was counted.
    desk.command("Take over what all agree on…");
    desk.settle();
    desk.assert_shows(
        "In the whole project it is 1 span, on 1 of 1 articles that two or more have labelled.",
    );
    desk.click("Take over in all articles");
    desk.settle();
    assert_eq!(desk.spans(), ["PERSON: السفينة"]);
    desk.assert_shows("1 span taken over, on 1 article");
}

#[test]
fn an_article_is_not_adjudicated_without_what_all_agree_on_unless_that_is_wanted() {
    let spans = [
        ("amal", "وصلت [السفينة] لمرسيليا", "PERSON"),
        ("yusuf", "وصلت [السفينة] لمرسيليا", "PERSON"),
    ];
    for (answer, wanted) in [
        ("Take over and finish", vec!["PERSON: السفينة"]),
        ("Finish without them", vec![]),
    ] {
        let mut desk = story(&spans);
        desk.run(Command::Review(ReviewCommand::Review(true)));
        desk.settle();
        desk.key_with(CTRL, Key::Enter);
        assert_eq!(desk.article().layer().status(), Status::New, "it asks");
        desk.click(answer);
        desk.settle();
        assert_eq!(desk.article().layer().status(), Status::Done);
        assert_eq!(desk.spans(), wanted);
    }
}

#[test]
fn the_panel_says_why_there_is_nothing_to_review() {
    let mut desk = Desk::open(&[STORY]);
    desk.key(Key::F8);
    desk.settle();
    desk.assert_shows("Nobody else has labelled anything here");
    desk.command("Review mode");
    let mut desk = story(&SPANS[..1]);
    desk.key(Key::F8);
    desk.settle();
    desk.run(Command::Review(ReviewCommand::Review(true)));
    let only = |it: &String| it.starts_with("Only amal has labelled");
    assert!(desk.words().iter().any(only));
    let filter = CaseFilter {
        all: true,
        ..CaseFilter::default()
    };
    desk.run(Command::Review(ReviewCommand::Filter(filter)));
    desk.key(Key::F8);
    desk.key(Key::Num1);
    assert_eq!(desk.spans(), ["LOCATION: لمرسيليا"]);
}

#[test]
fn everything_has_room_in_a_small_window() {
    // The second is a window of 1280 by 800 at 200 %.
    for size in [[900.0, 600.0], [640.0, 400.0]] {
        let mut desk = story(&SPANS);
        desk.run(Command::Review(ReviewCommand::Walk(true)));
        desk.settle();
        desk.harness.set_size(size.into());
        desk.rest();
        let inside = desk.harness.ctx.content_rect();
        for name in [
            "End reviewing",
            "Reject annotator 1",
            "Leave open",
            "No reason",
            "Keep it in the project’s list of reasons",
        ] {
            let rect = desk.control(name);
            let right = rect.map(|rect| rect.right());
            assert!(
                right.is_some_and(|right| right < inside.right()),
                "{name}: {rect:?}"
            );
        }
    }
}

#[test]
fn a_project_that_can_only_be_read_is_looked_at() {
    let mut desk = story(&SPANS);
    let folder = tempfile::tempdir().unwrap();
    let copy = folder.path().join("copy.hashiya");
    desk.run(Command::Project(ProjectCommand::SaveCopy(copy.clone())));
    desk.settle();
    let places = |name: &str| Places {
        settings: folder.path().join(format!("{name}.ron")),
        data: folder.path().join(name),
    };
    let mut first = Session::new(places("one"), Some(annotator("amal")), Bell::silent());
    first.open_project(&copy);
    let mut second = Session::new(places("two"), Some(annotator("huda")), Bell::silent());
    second.open_project(&copy);
    let mut desk = Desk::over(second, tempfile::tempdir().unwrap());
    desk.key(Key::F8);
    desk.settle();
    desk.assert_shows("The project is open for reading only: nothing can be decided.");
    desk.key(Key::Num1);
    assert_eq!(desk.spans(), [""; 0]);
    first.close_project();
}

#[test]
fn a_comment_on_a_waiting_case_is_about_an_annotators_span_and_decides_nothing() {
    let mut desk = story(&SPANS);
    desk.key(Key::F8);
    desk.settle();
    let (side, span) = {
        let (_, case, _) = desk.session().review().current().unwrap();
        case.sources().next().unwrap()
    };
    let of = desk.session().review().opened().unwrap().sides()[side]
        .annotator
        .clone();
    desk.key_with(CTRL, Key::M);
    desk.rest();
    desk.assert_shows("On this disagreement");
    desk.write("لماذا هنا؟");
    desk.key_with(CTRL, Key::Enter);
    desk.settle();
    let threads = desk.article().threads();
    assert_eq!(threads.len(), 1);
    let About::Span {
        annotator,
        span: on,
        ..
    } = &threads[0].about
    else {
        panic!("{:?}", threads[0].about);
    };
    assert_eq!((annotator, *on), (&of, span));
    assert_eq!(desk.article().layer().decision_count(), 0);
}

#[test]
fn finishing_presses_no_control_that_has_the_focus() {
    let mut desk = story(&SPANS);
    desk.key(Key::F8);
    desk.settle();
    desk.focus("Leave open");
    let before = desk.article().layer().decision_count();
    desk.key_with(CTRL, Key::Enter);
    desk.settle();
    assert_eq!(desk.article().layer().decision_count(), before);
}
