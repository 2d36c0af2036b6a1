//! The dashboard over the sample project, read through the accessibility tree.

#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

use std::time::Duration;

use eframe::egui::{self, CentralPanel, Ui, accesskit::Role, vec2};
use egui_kittest::{
    Harness,
    kittest::{NodeT as _, Queryable as _},
};

use super::*;
use crate::gui::{panels::testing::Bench, text};
use crate::session::DocumentCommand;

struct Window {
    bench: Bench,
    dashboard: Dashboard,
    wanted: Vec<Intent>,
}

impl Window {
    fn show(&mut self, ui: &mut Ui) {
        self.bench.session.poll();
        let cx = Cx {
            session: &self.bench.session,
            picked: None,
            tokens: theme::tokens(ui.ctx()),
        };
        let page = egui::Frame::new().fill(cx.tokens.surface.page);
        let mut wanted: Vec<Intent> = self.dashboard.wants(&cx).into_iter().collect();
        if self.dashboard.is_open() {
            let shown = CentralPanel::default().frame(page);
            wanted.extend(shown.show(ui, |ui| self.dashboard.show(ui, &cx)).inner);
        }
        for intent in &wanted {
            match intent {
                Intent::Session(command) => self.bench.session.run(command.clone()),
                Intent::CloseDashboard => self.dashboard.close(),
                _ => {}
            }
        }
        self.wanted.extend(wanted);
    }
}

type Screen = Harness<'static, Window>;

fn screen() -> Screen {
    let mut window = Window {
        bench: Bench::sample(),
        dashboard: Dashboard::default(),
        wanted: Vec::new(),
    };
    window.dashboard.toggle();
    let mut screen = Harness::builder()
        .with_size(vec2(1280.0, 3200.0))
        .with_context_setup(|ctx| {
            theme::install(ctx);
            text::install(ctx);
        })
        .build_ui_state(|ui, window: &mut Window| window.show(ui), window);
    settle(&mut screen);
    screen
}

/// Until the numbers are there.
fn settle(screen: &mut Screen) {
    for _ in 0..4000 {
        screen.run_steps(1);
        if !screen.state().bench.session.work().is_busy() {
            break;
        }
        std::thread::sleep(Duration::from_millis(5));
    }
    screen.run_steps(4);
}

/// The names on the screen that hold `part`.
fn saying(screen: &Screen, part: &str) -> Vec<String> {
    let said = |node: &egui_kittest::Node<'_>| {
        let node = node.accesskit_node();
        node.label().or_else(|| node.value())
    };
    screen
        .query_all_by_label_contains(part)
        .filter_map(|node| said(&node))
        .collect()
}

#[test]
fn numbers_of_the_sample_can_be_read() {
    let screen = screen();
    let figures = screen.state().bench.session.figures().unwrap();
    let figures = figures.figures.clone().unwrap();
    let exact = figures.measures.pairs[0]
        .f1(MatchRule::Exact)
        .value
        .unwrap();
    assert!(exact > 0.0 && exact < 1.0);
    let shown = format!("{exact:.3}");
    assert!(!saying(&screen, &shown).is_empty(), "{shown}");
    // A cell of the heat map, and one of the confusion.
    assert!(!saying(&screen, "All labels, \u{2068}amal\u{2069}").is_empty());
    assert!(!saying(&screen, "taken for").is_empty());
    for part in [
        "Agreement over time",
        "Spans by label",
        "Progress",
        "Spans/h",
        "Up to date",
    ] {
        assert!(!saying(&screen, part).is_empty(), "{part}");
    }
}

#[test]
fn a_cell_lists_its_spans_and_a_span_opens_its_article() {
    let mut screen = screen();
    let figures = screen.state().bench.session.figures().unwrap();
    let figures = figures.figures.clone().unwrap();
    let cell = figures
        .confusion
        .iter()
        .find(|cell| cell.left.is_some() && cell.right.is_none())
        .unwrap();
    let example = cell.examples[0].clone();
    let said = format!(
        "\u{2068}{}\u{2069} taken for nothing: {}",
        figures.shown(cell.left.unwrap()),
        cell.count
    );
    screen
        .get_by(|node| node.role() == Role::Button && node.label().as_deref() == Some(&*said))
        .click();
    screen.run_steps(4);
    let text = example.left.unwrap().text;
    screen
        .query_all_by(|node| {
            node.role() == Role::Button && node.label().is_some_and(|name| name.contains(&text))
        })
        .next()
        .unwrap()
        .click();
    screen.run_steps(4);
    let state = screen.state();
    assert!(!state.dashboard.is_open());
    assert!(state.bench.session.figures().is_none());
    let opened = state.wanted.iter().find_map(|intent| match intent {
        Intent::Session(Command::Document(DocumentCommand::Open(id))) => Some(*id),
        _ => None,
    });
    assert_eq!(opened, Some(example.document));
}

#[test]
fn escape_goes_back_one_step_at_a_time() {
    let mut dashboard = Dashboard::default();
    assert!(!dashboard.back());
    dashboard.toggle();
    dashboard.cell = Some((None, Some(0)));
    assert!(dashboard.back() && dashboard.is_open());
    assert!(dashboard.back() && !dashboard.is_open());
}
