#![allow(clippy::unwrap_used, reason = "tests")]

use eframe::egui::{Key, accesskit::Role};
use egui_kittest::{
    Harness,
    kittest::{NodeT as _, Queryable as _},
};

use super::super::testing::{Bench, window};
use super::*;
use crate::annotation::Status;

const ARTICLES: &[(&str, &str)] = &[
    ("إضراب في الميناء", "قال المدير إن العمل توقف."),
    ("مفاوضات التحلية", "عقدت جلسة جديدة."),
    ("اختراق مصرف", "نفى المدير الخبر."),
];

fn rows(harness: &Harness<'_, Bench>) -> Vec<String> {
    harness
        .query_all_by_role(Role::ListBoxOption)
        .filter_map(|node| node.accesskit_node().label())
        .collect()
}

fn open_title(harness: &Harness<'_, Bench>) -> Option<String> {
    let article = harness.state().session.article()?;
    Some(article.document()?.title.clone())
}

#[test]
fn a_window_sees_the_rows_it_shows() {
    assert_eq!(in_sight(0.0, 100.0, 28.0, 1000), 0..4);
    assert_eq!(in_sight(28.0, 56.0, 28.0, 1000), 1..3);
    assert_eq!(in_sight(0.0, 100.0, 28.0, 2), 0..2);
    assert_eq!(in_sight(0.0, 0.0, 28.0, 0), 0..0);
}

#[test]
fn a_row_in_sight_does_not_scroll_and_another_comes_with_room() {
    assert_eq!(scroll_for(2, 28.0, 0.0, 280.0), None);
    assert_eq!(
        scroll_for(20, 28.0, 0.0, 280.0),
        Some(21.0 * 28.0 + 56.0 - 280.0)
    );
    assert_eq!(scroll_for(0, 28.0, 280.0, 280.0), Some(0.0));
    assert_eq!(scroll_for(5, 28.0, 280.0, 280.0), Some(3.0 * 28.0));
}

#[test]
fn rows_tell_title_status_and_spans() {
    let harness = window(Bench::with(ARTICLES));
    let rows = rows(&harness);
    assert_eq!(rows.len(), 3, "{rows:?}");
    assert!(rows[0].contains("إضراب في الميناء") && rows[0].ends_with("New, 0 spans"));
}

#[test]
fn a_click_opens_an_article() {
    let mut harness = window(Bench::with(ARTICLES));
    harness.get_by_label_contains("اختراق").click();
    harness.run_steps(3);
    assert_eq!(open_title(&harness).as_deref(), Some("اختراق مصرف"));
}

#[test]
fn typing_filters_and_the_text_counts_too() {
    let mut harness = window(Bench::with(ARTICLES));
    harness.get_by_label("Filter by title or text").focus();
    harness.run_steps(2);
    harness
        .get_by_label("Filter by title or text")
        .type_text("المدير");
    harness.run_steps(3);
    harness.state_mut().settle();
    harness.run_steps(3);
    let found = rows(&harness);
    assert_eq!(found.len(), 2, "{found:?}");
    assert!(found.iter().all(|row| row.ends_with("found in the text")));
    assert!(harness.query_by_label("2 of 3").is_some());
}

#[test]
fn a_filter_without_result_says_so_and_is_cleared() {
    let mut harness = window(Bench::with(ARTICLES));
    let filter = Filter {
        status: Some(Status::Done),
        ..Filter::default()
    };
    let command = Command::Document(DocumentCommand::Filter(filter));
    harness.state_mut().session.run(command);
    harness.run_steps(3);
    assert!(rows(&harness).is_empty());
    assert!(harness.query_by_label_contains("No article fits").is_some());
    harness.get_by_label("Clear the filter").click();
    harness.run_steps(3);
    assert_eq!(rows(&harness).len(), 3);
}

#[test]
fn a_status_is_filtered_for_by_its_toggle() {
    let mut harness = window(Bench::with(ARTICLES));
    let done = Command::Document(DocumentCommand::SetStatus(Status::Done));
    harness.state_mut().session.run(done);
    harness.get_by_label("Only: Done").click();
    harness.run_steps(3);
    assert_eq!(rows(&harness).len(), 1);
    harness.get_by_label("Only: Done").click();
    harness.run_steps(3);
    assert_eq!(rows(&harness).len(), 3);
}

#[test]
fn arrows_walk_the_list_and_enter_opens() {
    let mut harness = window(Bench::with(ARTICLES));
    harness.get_by_role(Role::ListBox).focus();
    harness.run_steps(2);
    harness.key_press(Key::ArrowDown);
    harness.run_steps(2);
    harness.key_press(Key::ArrowDown);
    harness.run_steps(2);
    assert_eq!(open_title(&harness).as_deref(), Some("إضراب في الميناء"));
    harness.key_press(Key::Enter);
    harness.run_steps(2);
    assert_eq!(open_title(&harness).as_deref(), Some("اختراق مصرف"));
}

#[test]
fn a_row_is_removed_through_its_menu() {
    let mut harness = window(Bench::with(ARTICLES));
    harness.get_by_label_contains("مفاوضات").click_secondary();
    harness.run_steps(4);
    harness.get_by_label("Remove from the list").click();
    harness.run_steps(4);
    assert_eq!(rows(&harness).len(), 2);
}

#[test]
fn only_what_is_in_sight_is_laid_out_and_the_open_article_is_in_sight() {
    let titles: Vec<String> = (0..300).map(|n| format!("خبر رقم {n}")).collect();
    let articles: Vec<(&str, &str)> = titles.iter().map(|t| (t.as_str(), "نص")).collect();
    let mut harness = window(Bench::with(&articles));
    assert!(rows(&harness).len() < 30);
    let last = harness.state().session.project().unwrap().list().rows()[250].id;
    let open = Command::Document(DocumentCommand::Open(last));
    harness.state_mut().session.run(open);
    harness.run_steps(4);
    let rows = rows(&harness);
    assert!(rows.iter().any(|row| row.contains("رقم 250")), "{rows:?}");
    assert!(rows.len() < 30);
}

#[test]
fn open_comments_are_counted_in_the_row_and_filtered_for() {
    use crate::{annotation::About, session::ReviewCommand};
    let mut harness = window(Bench::with(ARTICLES));
    let filter = "Only articles with open comments";
    assert!(
        harness.query_by_label(filter).is_none(),
        "nobody has said anything"
    );
    let document = harness.state().session.article().unwrap().key().document;
    let say = ReviewCommand::Say {
        document,
        thread: None,
        about: About::Document,
        text: "النص ناقص".into(),
    };
    harness.state_mut().session.run(Command::Review(say));
    harness.run_steps(3);
    let said = |row: &String| row.contains("one open comment");
    assert_eq!(rows(&harness).iter().filter(|row| said(row)).count(), 1);
    harness.get_by_label(filter).click();
    harness.run_steps(3);
    assert_eq!(rows(&harness).len(), 1);
    harness.get_by_label(filter).click();
    harness.run_steps(3);
    assert_eq!(rows(&harness).len(), 3);
}
