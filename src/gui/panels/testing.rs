//! A window's panels over a real project in a folder of its own, for tests: intents that the session
//! carries out are carried out, all are noted.

#![allow(clippy::unwrap_used, reason = "tests")]

use std::time::{Duration, Instant};

use eframe::egui::{self, Panel, Ui, vec2};
use egui_kittest::Harness;

use super::{bar, list::ListPanel, status::StatusBar, welcome::Welcome};
use crate::{
    annotation::Annotator,
    gui::{cx::Cx, intent::Intent, text, theme, toasts},
    session::{Bell, Command, HistoryStep, Places, ProjectCommand, Session},
};

/// The panels, the session, and what was wanted of it.
pub(crate) struct Bench {
    pub(crate) session: Session,
    pub(crate) wanted: Vec<Intent>,
    pub(crate) list: ListPanel,
    pub(crate) status: StatusBar,
    pub(crate) welcome: Welcome,
    pub(crate) toasts: toasts::Toasts,
    /// Gone with everything in it when the test is over.
    _folder: tempfile::TempDir,
}

impl Bench {
    /// A project with these articles (title, text), the first of them on the desk.
    pub(crate) fn with(articles: &[(&str, &str)]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut paths = Vec::new();
        for (at, (title, body)) in articles.iter().enumerate() {
            let path = folder.path().join(format!("{at:05}.txt"));
            std::fs::write(&path, format!("{title}\n{body}")).unwrap();
            paths.push(path);
        }
        let mut bench = Self::empty(folder);
        if !paths.is_empty() {
            bench.run(ProjectCommand::Import(paths, None));
            bench.settle();
        }
        bench
    }

    /// The sample project.
    pub(crate) fn sample() -> Self {
        let mut bench = Self::empty(tempfile::tempdir().unwrap());
        bench.run(ProjectCommand::Sample);
        bench.settle();
        bench
    }

    /// No project at all.
    pub(crate) fn bare() -> Self {
        Self::in_folder(tempfile::tempdir().unwrap())
    }

    fn in_folder(folder: tempfile::TempDir) -> Self {
        let places = Places {
            settings: folder.path().join("settings.ron"),
            data: folder.path().to_path_buf(),
        };
        let amal = Annotator::new("amal").unwrap();
        Self {
            session: Session::new(places, Some(amal), Bell::silent()),
            wanted: Vec::new(),
            list: ListPanel::default(),
            status: StatusBar::default(),
            welcome: Welcome::default(),
            toasts: toasts::Toasts::default(),
            _folder: folder,
        }
    }

    fn empty(folder: tempfile::TempDir) -> Self {
        let path = folder.path().join("خبر.hashiya");
        let mut bench = Self::in_folder(folder);
        bench.run(ProjectCommand::New(path));
        bench
    }

    fn run(&mut self, command: ProjectCommand) {
        self.session.run(Command::Project(command));
    }

    /// Waits until nothing runs and everything is committed.
    pub(crate) fn settle(&mut self) {
        let began = Instant::now();
        while began.elapsed() < Duration::from_secs(20) {
            self.session.poll();
            let saved = self.session.project().map(crate::session::Project::saved);
            if !self.session.work().is_busy() && saved.is_none_or(|saved| saved.pending == 0) {
                break;
            }
            std::thread::sleep(Duration::from_millis(2));
        }
        self.hear(0.0);
    }

    /// Hands the session's notices on.
    pub(crate) fn hear(&mut self, now: f64) {
        while let Some(notice) = self.session.next_notice() {
            self.welcome.hear(&notice, &self.session);
            self.toasts.push(&notice, now);
        }
    }

    /// The whole window but the article and the right margin.
    pub(crate) fn show(&mut self, ui: &mut Ui) {
        let tokens = theme::tokens(ui.ctx());
        let cx = Cx {
            session: &self.session,
            picked: None,
            tokens,
        };
        let mut wanted = Vec::new();
        let bare = egui::Frame::new().fill(tokens.surface.panel);
        Panel::top("bar")
            .exact_size(tokens.space.bar)
            .frame(bare)
            .show(ui, |ui| wanted.extend(bar::show(ui, &cx)));
        Panel::bottom("status")
            .exact_size(tokens.space.status)
            .frame(bare)
            .show(ui, |ui| wanted.extend(self.status.show(ui, &cx)));
        let left = Panel::left("articles")
            .exact_size(264.0)
            .frame(bare.inner_margin(tokens.space.s))
            .show(ui, |ui| wanted.extend(self.list.show(ui, &cx)));
        let screen = self.welcome.screen(&self.session);
        egui::CentralPanel::default()
            .frame(egui::Frame::new().fill(tokens.surface.page))
            .show(ui, |ui| {
                if let Some(screen) = screen {
                    wanted.extend(self.welcome.show(ui, &cx, screen));
                }
            });
        let corner = toasts::Corner {
            at: left.response.rect.left_bottom(),
            width: left.response.rect.width(),
        };
        wanted.extend(self.toasts.show(ui.ctx(), &cx, corner));
        for intent in &wanted {
            if let Intent::Session(command) = intent {
                self.session.run(command.clone());
            }
        }
        self.wanted.extend(wanted);
        self.hear(ui.input(|input| input.time));
    }

    /// Takes back what was done last.
    pub(crate) fn undo(&mut self) {
        assert!(self.session.can_step(HistoryStep::Undo));
        self.session.run(Command::Undo);
    }
}

/// A window with the panels in it.
pub(crate) fn window(bench: Bench) -> Harness<'static, Bench> {
    window_of(bench, vec2(1000.0, 640.0), 1.0, egui::Theme::Light)
}

/// A window of this size (points), scale and scheme.
pub(crate) fn window_of(
    bench: Bench,
    size: egui::Vec2,
    scale: f32,
    scheme: egui::Theme,
) -> Harness<'static, Bench> {
    let mut harness = Harness::builder()
        .with_size(size)
        .with_pixels_per_point(scale)
        .with_theme(scheme)
        .with_context_setup(|ctx| {
            theme::install(ctx);
            text::install(ctx);
        })
        .build_ui_state(|ui, bench: &mut Bench| bench.show(ui), bench);
    harness.run_steps(4);
    harness
}
