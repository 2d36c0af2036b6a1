//! The find bar over a real project: by keyboard, by its buttons, in an article of any length.

#![allow(clippy::unwrap_used, reason = "tests")]

use eframe::egui::{self, Key, Modifiers, vec2};
use egui_kittest::{Harness, kittest::Queryable as _};

use super::FindBar;
use crate::{
    gui::{cx::Cx, intent::Intent, panels::testing::Bench, strings::tr, text, theme},
    session::{Command, DocumentCommand},
};

struct Desk {
    bench: Bench,
    find: FindBar,
    wanted: Vec<Intent>,
}

impl Desk {
    fn show(&mut self, ui: &mut egui::Ui) {
        let tokens = theme::tokens(ui.ctx());
        let cx = Cx {
            session: &self.bench.session,
            picked: None,
            tokens,
        };
        let wanted = self.find.show(ui, &cx);
        self.carry_out(wanted);
    }

    fn carry_out(&mut self, wanted: Vec<Intent>) {
        for intent in &wanted {
            if let Intent::Session(command) = intent {
                self.bench.session.run(command.clone());
            }
        }
        self.wanted.extend(wanted);
    }

    /// The selection as text, and where it begins.
    fn selected(&self) -> Option<(String, usize)> {
        let article = self.bench.session.article()?;
        let range = article.desk().selection()?;
        Some((range.slice(article.text()).to_owned(), range.start()))
    }
}

fn desk(body: &str) -> Harness<'static, Desk> {
    let bench = Bench::with(&[("خبر اليوم", body)]);
    let desk = Desk {
        bench,
        find: FindBar::default(),
        wanted: Vec::new(),
    };
    let mut harness = Harness::builder()
        .with_size(vec2(760.0, 120.0))
        .with_max_steps(64)
        .build_ui_state(|ui, desk: &mut Desk| desk.show(ui), desk);
    theme::install(&harness.ctx);
    text::install(&harness.ctx);
    // The fonts are there from the next frame on.
    harness.run_steps(2);
    harness.state_mut().find.open();
    harness.run_steps(4);
    harness
}

fn type_text(harness: &mut Harness<'_, Desk>, text: &str) {
    harness.event(egui::Event::Text(text.to_owned()));
    harness.run_steps(4);
}

fn press(harness: &mut Harness<'_, Desk>, modifiers: Modifiers, key: Key) {
    harness.key_press_modifiers(modifiers, key);
    harness.run_steps(3);
}

const BODY: &str = "وصل الوفد صباحًا. قال الوَفْدُ إن اللقاء تأجل. عاد الوفد.";

#[test]
fn what_is_typed_is_selected_and_the_keys_go_on() {
    let mut harness = desk(BODY);
    type_text(&mut harness, "الوفد");
    let (word, first) = harness.state().selected().unwrap();
    assert_eq!(word, "الوفد");
    harness.get_by_label("1 of 3");
    press(&mut harness, Modifiers::NONE, Key::Enter);
    let (word, second) = harness.state().selected().unwrap();
    assert_eq!(word, "الوَفْدُ");
    assert!(second > first);
    press(&mut harness, Modifiers::NONE, Key::F3);
    harness.get_by_label("3 of 3");
    press(&mut harness, Modifiers::NONE, Key::F3);
    harness.get_by_label("1 of 3");
    press(&mut harness, Modifiers::SHIFT, Key::F3);
    harness.get_by_label("3 of 3");
    press(&mut harness, Modifiers::SHIFT, Key::Enter);
    harness.get_by_label("2 of 3");
    assert_eq!(harness.state().find.current(), Some(1));
    let seen = harness
        .state()
        .wanted
        .iter()
        .filter(|i| matches!(i, Intent::Reveal(_)))
        .count();
    assert_eq!(seen, 6);
}

#[test]
fn exactly_leaves_marks_as_they_are() {
    let mut harness = desk(BODY);
    type_text(&mut harness, "الوفد");
    assert_eq!(harness.state().find.hits().len(), 3);
    harness.get_by_label(tr("find-exact")).click();
    harness.run_steps(4);
    assert_eq!(harness.state().find.hits().len(), 2);
    harness.get_by_label("1 of 2");
}

#[test]
fn escape_closes_and_the_article_has_the_keyboard_again() {
    let mut harness = desk(BODY);
    type_text(&mut harness, "اللقاء");
    press(&mut harness, Modifiers::NONE, Key::Escape);
    assert!(matches!(
        harness.state().wanted.last(),
        Some(Intent::FocusArticle)
    ));
    assert!(harness.state().find.hits().is_empty());
    assert!(!harness.state_mut().find.close());
    // What was found stays selected, so that a label's key tags it.
    assert_eq!(harness.state().selected().unwrap().0, "اللقاء");
}

#[test]
fn a_short_selection_becomes_the_words() {
    let mut harness = desk(BODY);
    type_text(&mut harness, "اللقاء");
    press(&mut harness, Modifiers::NONE, Key::Escape);
    harness.state_mut().find = FindBar::default();
    harness.state_mut().find.open();
    harness.run_steps(4);
    harness.get_by_label("1 of 1");
}

#[test]
fn all_articles_are_filtered_by_the_words() {
    let mut harness = desk(BODY);
    type_text(&mut harness, "اللقاء");
    harness.get_by_label(tr("find-everywhere")).click();
    harness.run_steps(3);
    let filtered = harness.state().wanted.iter().any(|intent| {
        matches!(intent, Intent::Session(Command::Document(DocumentCommand::Filter(filter)))
            if filter.text == "اللقاء")
    });
    assert!(filtered);
}

#[test]
fn a_step_without_the_bar_goes_on_with_the_last_words() {
    let mut harness = desk(BODY);
    type_text(&mut harness, "الوفد");
    press(&mut harness, Modifiers::NONE, Key::Escape);
    let desk = harness.state_mut();
    let wanted = desk.find.step(true, &desk.bench.session);
    desk.carry_out(wanted);
    assert_eq!(desk.selected().unwrap().0, "الوَفْدُ");
}

#[test]
fn a_long_article_is_searched_over_several_frames() {
    let mut body = "وصل الوفد إلى الميناء صباحًا ثم عاد.\n".repeat(40_000);
    body.push_str("النهاية");
    let mut harness = desk(&body);
    harness.event(egui::Event::Text("النهايه".to_owned()));
    for _ in 0..400 {
        harness.step();
        if harness.state().find.current().is_some() {
            break;
        }
    }
    assert_eq!(harness.state().selected().unwrap().0, "النهاية");
}
