//! Carries out what views want.

use eframe::egui::Context;

use crate::{
    gui::{
        article::ArticleView,
        cx::Cx,
        intent::{Dialog, Intent},
        theme,
    },
    session::{Command, DeskCommand, ProjectCommand, SpanCommand},
    store,
};

use super::{App, leave::Goal};

impl App {
    /// Carries out all that waits, and what comes of it.
    pub(super) fn carry_out(&mut self, ctx: &Context) {
        while let Some(intent) = self.queue.pop_front() {
            self.intent(ctx, intent);
        }
    }

    fn intent(&mut self, ctx: &Context, intent: Intent) {
        match intent {
            Intent::Session(command) => self.run(ctx, command),
            Intent::Command(command) => self.command(ctx, command),
            Intent::Reveal(byte) => self.view.reveal(byte),
            Intent::Show(span) => {
                self.session
                    .run(Command::Desk(DeskCommand::Choose(Some(span))));
                let article = self.session.article();
                if let Some(span) = article.and_then(|article| article.layer().get(span)) {
                    self.view.reveal(span.data.fragments.start());
                }
            }
            Intent::Label(label, fragment) => {
                let tools = &self.session.settings().tools;
                let desk = self.session.article().map(crate::session::Article::desk);
                let idle = desk.is_none_or(|d| d.selection().is_none() && d.chosen().is_none());
                if tools.label_first && idle && !fragment {
                    let again = self.picked.as_ref() == Some(&label);
                    self.picked = (!again).then_some(label);
                } else if fragment {
                    self.session
                        .run(Command::Span(SpanCommand::AddFragment(label)));
                } else {
                    self.session.run(Command::Span(SpanCommand::Label(label)));
                }
            }
            Intent::Relate(from) => {
                self.session.settings_mut().tools.right_folded = false;
                self.panels.inspector.begin_relation(from);
            }
            Intent::PickLabel(label) => self.picked = label,
            Intent::Open(dialog) => self.open(ctx, dialog),
            Intent::Ask(ask) => self.floats.picker.ask(ctx, ask, &self.session),
            Intent::Bring(paths) => self.bring(ctx, paths),
            Intent::Leave(answer) => self.answer_leave(ctx, answer),
            Intent::Settings(settings) => {
                *self.session.settings_mut() = *settings;
                self.settings_changed(ctx);
            }
            Intent::FocusArticle => ArticleView::focus(ctx),
        }
    }

    /// Opens a dialog.
    pub(super) fn open(&mut self, ctx: &Context, dialog: Dialog) {
        let tokens = theme::tokens(ctx);
        let cx = Cx {
            session: &self.session,
            picked: self.picked.as_ref(),
            tokens,
        };
        self.floats.open(dialog, &cx);
    }

    /// Has the session do something. What is still being written belongs to the article and the
    /// moment that it was written in, so it goes first.
    pub(super) fn run(&mut self, ctx: &Context, command: Command) {
        if matches!(
            command,
            Command::Document(_) | Command::Project(_) | Command::Undo | Command::Redo
        ) {
            self.flush();
        }
        if self.switches_with_loss(&command) {
            self.leave(ctx, Goal::Run(command));
            return;
        }
        self.session.run(command);
        ctx.request_repaint();
    }

    /// Commits what is written in fields.
    pub(super) fn flush(&mut self) {
        let mut written = self.panels.inspector.flush();
        written.extend(self.floats.flush(&self.session));
        for intent in written {
            if let Intent::Session(command) = intent {
                self.session.run(command);
            }
        }
    }

    /// Ends: commits what is written, saves the settings, lets go of the project.
    pub(super) fn close(&mut self) {
        self.flush();
        self.session.save_settings();
        self.session.close_project();
    }

    fn bring(&mut self, ctx: &Context, paths: Vec<std::path::PathBuf>) {
        match paths.as_slice() {
            [project] if store::is_project(project) => {
                let open = ProjectCommand::Open(project.clone());
                self.run(ctx, Command::Project(open));
            }
            [] => {}
            _ => self.run(ctx, Command::Project(ProjectCommand::Import(paths, None))),
        }
    }
}
