//! Toasts in a window, through the accessibility tree.

#![allow(clippy::unwrap_used, reason = "tests")]

use eframe::egui::accesskit::Role;
use egui_kittest::{
    Harness,
    kittest::{NodeT as _, Queryable as _},
};

use crate::{
    gui::{
        commands::{CommandId, EditCommand},
        intent::{Dialog, Intent},
        panels::testing::{Bench, window},
    },
    session::{Command, DeskCommand, Imported, Notice, Problem, SpanCommand},
    text::ByteRange,
};

/// The toast that says so, if it is there.
fn toast<'h>(
    harness: &'h Harness<'static, Bench>,
    words: &'h str,
) -> Option<egui_kittest::Node<'h>> {
    let mut found = harness.query_all_by_label_contains(words);
    found.find(|node| [Role::Status, Role::Alert].contains(&node.accesskit_node().role()))
}

/// A window where a span was just removed.
fn removed() -> Harness<'static, Bench> {
    let mut bench = Bench::with(&[("خبر", "قال سيرغي إن")]);
    let text = bench.session.article().unwrap().text().clone();
    let from = text.find("سيرغي").unwrap();
    let range = ByteRange::new(&text, from, from + "سيرغي".len()).unwrap();
    let label = bench.session.labels().by_digit(1).unwrap().id.clone();
    let mut run = |command| bench.session.run(command);
    run(Command::Span(SpanCommand::Tag(range, label)));
    run(Command::Span(SpanCommand::Remove));
    run(Command::Desk(DeskCommand::Back));
    window(bench)
}

#[test]
fn a_removal_is_told_and_can_be_undone() {
    let mut harness = removed();
    let note = toast(&harness, "Removed").unwrap();
    assert_eq!(note.accesskit_node().role(), Role::Status);
    // The bar has an undo button too: the toast's comes after it.
    let undo = harness.get_all_by_label("Undo").last().unwrap();
    undo.click();
    harness.run_steps(3);
    let undo = CommandId::Edit(EditCommand::Undo);
    let wanted = &harness.state().wanted;
    assert!(
        wanted
            .iter()
            .any(|i| matches!(i, Intent::Command(id) if *id == undo))
    );
    assert!(toast(&harness, "Removed").is_none());
}

#[test]
fn a_removal_that_was_taken_back_is_not_offered_any_more() {
    let mut harness = removed();
    harness.state_mut().undo();
    harness.run_steps(3);
    assert!(toast(&harness, "Removed").is_none());
    assert!(toast(&harness, "Taken back").is_some());
}

#[test]
fn good_news_goes_by_itself() {
    let mut harness = removed();
    // A frame of the harness is a quarter of a second.
    harness.run_steps(20);
    assert!(toast(&harness, "Removed").is_some());
    harness.run_steps(20);
    assert!(toast(&harness, "Removed").is_none());
}

#[test]
fn problems_stay_and_are_shown_in_full() {
    let mut bench = Bench::with(&[("خبر", "نص")]);
    let problem = Problem {
        file: "سري.bin".into(),
        line: None,
        reason: "this is not text".to_owned(),
    };
    let imported = Imported {
        new: 1,
        problems: vec![problem],
        ..Imported::default()
    };
    bench.toasts.push(&Notice::Imported(imported), 0.0);
    let mut harness = window(bench);
    harness.run_steps(80);
    let note = toast(&harness, "could not be read").unwrap();
    assert_eq!(note.accesskit_node().role(), Role::Alert);
    harness.get_by_label("Show").click();
    harness.run_steps(3);
    let wanted = &harness.state().wanted;
    assert!(
        wanted.iter().any(|intent| matches!(
            intent,
            Intent::Open(Dialog::Problems(lines, _)) if lines[0].contains("not text")
        )),
        "{wanted:?}"
    );
}

#[test]
fn a_toast_is_closed_by_its_cross() {
    let mut bench = Bench::with(&[("خبر", "نص")]);
    let notice = Notice::Failed {
        what: "The disk is full".to_owned(),
        hint: Some("Make room, then try again".to_owned()),
    };
    bench.toasts.push(&notice, 0.0);
    let mut harness = window(bench);
    assert!(toast(&harness, "The disk is full. Make room").is_some());
    harness.get_all_by_label("Close").next().unwrap().click();
    harness.run_steps(3);
    assert!(toast(&harness, "The disk is full. Make room").is_none());
}
