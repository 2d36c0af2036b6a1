//! What reviewers decided about the annotator's spans, and comments.

use super::*;
use crate::{
    annotation::{About, Annotator},
    session::ProjectCommand,
};

impl Window {
    fn sit(&mut self, name: &str) {
        let name = Annotator::new(name).unwrap();
        self.run(Command::Project(ProjectCommand::SetAnnotator(name)));
    }

    fn review(&mut self, command: ReviewCommand) {
        self.run(Command::Review(command));
    }
}

/// A window in which a reviewer has taken badr's wider span, and a place that amal had missed; amal sits there.
fn reviewed() -> Window {
    let mut window = Window::new(TEXT);
    window.tag("سيرغي", "PERSON");
    window.sit("badr");
    window.tag("سيرغي ريابكوف", "PERSON");
    window.tag("موسكو", "LOCATION");
    window.sit("carol");
    window.review(ReviewCommand::Review(true));
    window.review(ReviewCommand::Walk(true));
    window.review(ReviewCommand::Note("الاسم كامل".into()));
    window.review(ReviewCommand::Accept(1));
    window.review(ReviewCommand::Accept(1));
    window.review(ReviewCommand::Review(false));
    window.sit("amal");
    window
}

#[test]
fn decisions_are_counted_walked_and_told_with_their_reason() {
    let mut screen = screen(reviewed());
    assert!(has(&screen, "2 decisions about your spans here"));
    assert!(saying(&screen, "Missed: ") > 0, "no span stands for it");
    click(&mut screen, "Next decision about my spans (Ctrl+J)");
    assert!(has(&screen, "Decision 1 of 2 about your spans"));
    assert_eq!(
        screen
            .state()
            .chosen()
            .data
            .fragments
            .text(screen.state().article().text()),
        "سيرغي"
    );
    assert!(saying(&screen, "Changed to: ") > 0);
    assert!(saying(&screen, "الاسم كامل") > 0 && saying(&screen, "carol") > 0);
    click(&mut screen, "Comment on it");
    let asked = |intent: &Intent| {
        let comment = crate::gui::commands::SpanCommand::Comment;
        matches!(intent, Intent::Command(command) if *command == CommandId::Span(comment))
    };
    assert!(screen.state().wanted.iter().any(asked));
    click(&mut screen, "Next decision about my spans (Ctrl+J)");
    assert!(has(&screen, "Decision 2 of 2 about your spans"));
    assert!(screen.state().article().chosen().is_none());
    let text = screen.state().article().text().clone();
    let caret = screen.state().article().desk().caret();
    assert_eq!(Some(caret), text.find("موسكو"));
}

#[test]
fn a_span_that_was_changed_since_is_not_called_what_it_was_decided_to_be() {
    let mut window = reviewed();
    window.sit("badr");
    let at = window.article().layer().spans().next().unwrap().id;
    let relabel = SpanCommand::Relabel(at, id("ORGANIZATION"));
    window.run(Command::Span(relabel));
    window.run(Command::Desk(DeskCommand::Choose(Some(at))));
    let screen = screen(window);
    assert_eq!(saying(&screen, "Changed since this was decided"), 1);
    assert_eq!(saying(&screen, "Accepted: "), 1, "and of what");
}

/// A window in which the comments are shown.
fn talking() -> Window {
    let mut window = Window::new(TEXT);
    window.bench.session.settings_mut().tools.comments = true;
    window
}

#[test]
fn a_thread_is_begun_answered_settled_and_taken_back() {
    let mut screen = screen(talking());
    assert!(has(&screen, "No comments on this article yet."));
    write(&mut screen, "New comment", "أهذا النص كامل؟");
    press(&mut screen, Modifiers::COMMAND, Key::Enter);
    let threads = |screen: &Screen| screen.state().article().threads().to_vec();
    let thread = threads(&screen).remove(0);
    assert_eq!(thread.about, About::Document);
    assert_eq!(thread.comments[0].text, "أهذا النص كامل؟");
    write(&mut screen, "Answer…", "نعم");
    press(&mut screen, Modifiers::COMMAND, Key::Enter);
    assert_eq!(threads(&screen)[0].comments.len(), 2);
    click(&mut screen, "Resolve");
    assert!(threads(&screen)[0].resolved);
    assert!(screen.query_by_label("Answer…").is_none());
    click(&mut screen, "Open again");
    assert!(!threads(&screen)[0].resolved);
    let take = screen.get_all_by_label("Take the comment back").last();
    take.unwrap().click();
    screen.run_steps(4);
    assert_eq!(threads(&screen)[0].comments.len(), 1);
    screen.state_mut().sit("badr");
    screen.run_steps(4);
    assert!(!has(&screen, "Take the comment back"), "amal's words");
}

#[test]
fn a_comment_on_the_chosen_span_keeps_its_words_and_a_draft_its_place() {
    let mut window = talking();
    let span = window.tag("موسكو", "LOCATION");
    let mut screen = screen(window);
    write(&mut screen, "New comment", "المدينة أم الحكومة؟");
    let choose = |screen: &mut Screen, span| {
        let command = Command::Desk(DeskCommand::Choose(span));
        screen.state_mut().run(command);
        screen.run_steps(4);
    };
    choose(&mut screen, None);
    assert_eq!(saying(&screen, "المدينة أم الحكومة؟"), 0);
    choose(&mut screen, Some(span));
    field(&screen, "New comment").click();
    screen.run_steps(2);
    press(&mut screen, Modifiers::COMMAND, Key::Enter);
    let threads = screen.state().article().threads().to_vec();
    let About::Span {
        annotator,
        span: of,
        quote,
    } = &threads[0].about
    else {
        panic!("on the span")
    };
    assert_eq!(
        (annotator.as_str(), *of, quote.as_str()),
        ("amal", span, "موسكو")
    );
    assert_eq!(threads[0].comments[0].text, "المدينة أم الحكومة؟");
    choose(&mut screen, None);
    assert!(has(&screen, "On other spans"));
}

#[test]
fn a_comment_that_was_not_sent_is_sent_before_the_project_is_let_go_of() {
    let mut screen = screen(talking());
    write(&mut screen, "New comment", "لم يرسل بعد");
    for intent in screen.state_mut().comments.flush() {
        let Intent::Session(command) = intent else {
            panic!("a command")
        };
        screen.state_mut().run(command);
    }
    let threads = screen.state().article().threads();
    assert_eq!(threads[0].comments[0].text, "لم يرسل بعد");
    assert!(screen.state_mut().comments.flush().is_empty());
}
