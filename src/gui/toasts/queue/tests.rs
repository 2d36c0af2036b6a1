#![allow(clippy::unwrap_used, reason = "tests")]

use std::path::PathBuf;

use super::*;
use crate::{
    annotation::Status,
    edit::Action,
    session::{Imported, Problem},
};

fn step(action: Action, quote: &str) -> Description {
    Description {
        action,
        name: Some("PERSON".to_owned()),
        quote: Some(quote.to_owned()),
        count: 1,
    }
}

fn told(toasts: &Toasts) -> Vec<&str> {
    toasts.queue.iter().map(|t| t.told.what.as_str()).collect()
}

fn failure(what: &str) -> Notice {
    Notice::Failed {
        what: what.to_owned(),
        hint: None,
    }
}

#[test]
fn a_step_takes_the_place_of_the_step_before() {
    let mut toasts = Toasts::default();
    toasts.push(&Notice::Did(step(Action::Remove, "سيرغي")), 0.0);
    toasts.push(&Notice::Undid(step(Action::Remove, "سيرغي")), 1.0);
    toasts.push(&Notice::NothingTo { redo: false }, 2.0);
    assert_eq!(told(&toasts), ["Nothing is left to undo"]);
}

#[test]
fn the_same_words_are_counted_and_not_stacked() {
    let mut toasts = Toasts::default();
    toasts.push(&failure("No room on the disk"), 0.0);
    toasts.push(&failure("No room on the disk"), 9.0);
    assert_eq!(toasts.queue.len(), 1);
    assert_eq!(toasts.queue[0].times, 2);
}

#[test]
fn bad_news_stays_and_good_news_goes() {
    let mut toasts = Toasts::default();
    toasts.push(&failure("a"), 0.0);
    toasts.push(&Notice::StatusSet(Status::Done), 0.0);
    let until: Vec<bool> = toasts.queue.iter().map(|t| t.until.is_some()).collect();
    assert_eq!(until, [false, true]);
    assert_eq!(toasts.next_end(1.0), Some(2.0));
    toasts.hold(2.5);
    assert_eq!(toasts.next_end(2.5), Some(3.0));
}

#[test]
fn there_are_never_too_many_and_bad_news_goes_last() {
    let mut toasts = Toasts::default();
    toasts.push(&failure("bad"), 0.0);
    for n in 1..=5 {
        let imported = Imported {
            new: n,
            ..Imported::default()
        };
        toasts.push(&Notice::Imported(imported), 0.0);
    }
    assert_eq!(toasts.queue.len(), MOST);
    assert_eq!(told(&toasts).first(), Some(&"bad"));
}

#[test]
fn what_can_be_done_is_offered() {
    let removed = step(Action::Remove, "سيرغي");
    let offered = |notice: &Notice| offer(notice);
    assert_eq!(
        offered(&Notice::Did(removed.clone())),
        Some(Offer::Undo(removed))
    );
    let problem = Problem {
        file: PathBuf::from("a.txt"),
        line: Some(3),
        reason: "not text".to_owned(),
    };
    let imported = Imported {
        problems: vec![problem],
        ..Imported::default()
    };
    assert_eq!(
        offered(&Notice::Imported(imported)),
        Some(Offer::Show(
            vec!["a.txt:3: not text".to_owned()],
            Vec::new()
        ))
    );
    assert_eq!(offered(&Notice::AlreadyTagged), None);
}

#[test]
fn the_newest_is_closed_first() {
    let mut toasts = Toasts::default();
    toasts.push(&failure("a"), 0.0);
    toasts.push(&failure("b"), 0.0);
    assert!(toasts.close_newest());
    assert_eq!(told(&toasts), ["a"]);
    assert!(toasts.close_newest());
    assert!(!toasts.close_newest());
}
