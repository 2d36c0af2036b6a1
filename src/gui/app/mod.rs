//! The app: it draws the views, gathers what they want, and carries that out, first in, first out.
//! It alone changes the session.

mod caret;
mod commands;
mod frame;
mod intents;
mod start;
mod view_commands;

use std::{collections::VecDeque, path::PathBuf};

use eframe::egui::{self, Context};

use crate::{annotation::LabelId, session::Session};

use super::{
    article::ArticleView,
    cx::Cx,
    dialogs::Dialogs,
    intent::Intent,
    keys::{FocusOn, KeyAction, KeyReader},
    panels::Panels,
    pick::Picker,
    text, theme,
    toasts::Toasts,
};

pub use start::run;

/// The window's state.
pub(crate) struct App {
    session: Session,
    view: ArticleView,
    panels: Panels,
    dialogs: Dialogs,
    toasts: Toasts,
    picker: Picker,
    keys: KeyReader,
    queue: VecDeque<Intent>,
    /// The label that the next drags tag with («label first»).
    picked: Option<LabelId>,
    /// What is opened once the first frame has been shown.
    to_open: Option<(Option<PathBuf>, Vec<PathBuf>)>,
}

impl App {
    /// An app over a session. `system_fonts`: whether the system's fonts serve as fallback; not in
    /// tests of pictures, since they differ between machines.
    pub(crate) fn new(ctx: &Context, session: Session, system_fonts: bool) -> Self {
        theme::install(ctx);
        text::install(ctx);
        if system_fonts {
            text::load_system_fonts(ctx);
        }
        view_commands::follow(ctx, &session.settings().reading);
        Self {
            session,
            view: ArticleView::default(),
            panels: Panels::default(),
            dialogs: Dialogs::default(),
            toasts: Toasts::default(),
            picker: Picker::default(),
            keys: KeyReader::default(),
            queue: VecDeque::new(),
            picked: None,
            to_open: None,
        }
    }

    /// The session, for tests to look at.
    #[cfg(test)]
    pub(crate) fn session(&self) -> &Session {
        &self.session
    }

    fn cx(&self, ctx: &Context) -> Cx<'_> {
        Cx {
            session: &self.session,
            picked: self.picked.as_ref(),
            tokens: theme::tokens(ctx),
        }
    }

    /// The keyboard belongs to the article.
    fn focus_article(&self, ctx: &Context) {
        ctx.memory_mut(|memory| memory.request_focus(self.view.id()));
    }

    /// Turns this frame's key presses into intents.
    fn read_keys(&mut self, ctx: &Context) {
        let focus = FocusOn::now(ctx, self.view.id());
        let labels: Vec<(LabelId, Option<char>)> =
            self.session.labels().active().map(|l| (l.id.clone(), l.hotkey)).collect();
        let hotkeys: Vec<Option<char>> = labels.iter().map(|(_, key)| *key).collect();
        let actions = ctx.input(|input| self.keys.read(&input.events, focus, &hotkeys));
        for action in actions {
            match action {
                KeyAction::Command(command) => self.queue.push_back(Intent::Command(command)),
                KeyAction::Label(key) => {
                    if let Some((label, _)) = labels.get(key.label).filter(|_| !self.dialogs.is_modal())
                    {
                        self.queue.push_back(Intent::Label(label.clone(), key.add_fragment));
                    }
                }
            }
        }
    }

    /// A frame: what happened elsewhere, what the keyboard wants, the views, what they want.
    pub(crate) fn frame(&mut self, ui: &mut egui::Ui) {
        let ctx = ui.ctx().clone();
        self.hear(&ctx);
        self.read_keys(&ctx);
        self.carry_out(&ctx);
        self.show(ui);
        self.carry_out(&ctx);
        if self.session.work().is_busy() {
            ctx.request_repaint_after(std::time::Duration::from_millis(100));
        }
    }

    /// Hears the session, the file dialogs and what was dropped on the window.
    fn hear(&mut self, ctx: &Context) {
        self.session.poll();
        let now = ctx.input(|input| input.time);
        while let Some(notice) = self.session.next_notice() {
            self.panels.welcome.hear(&notice, &self.session);
            self.toasts.push(&notice, now);
        }
        self.queue.extend(self.picker.poll());
    }
}

impl eframe::App for App {
    fn ui(&mut self, ui: &mut egui::Ui, _frame: &mut eframe::Frame) {
        self.frame(ui);
        // The first frame is on the screen before anything is read.
        if let Some((project, paths)) = self.to_open.take() {
            self.session.open_paths(project.as_deref(), paths);
        }
    }

    fn on_exit(&mut self, _gl: Option<&eframe::glow::Context>) {
        self.session.save_settings();
        self.session.close_project();
    }
}
