//! Carries out what views want.

use eframe::egui::Context;

use crate::{
    gui::intent::Intent,
    session::{Command, DeskCommand, ProjectCommand, SpanCommand},
};

use super::App;

impl App {
    /// Carries out all that waits, and what comes of it.
    pub(super) fn carry_out(&mut self, ctx: &Context) {
        while let Some(intent) = self.queue.pop_front() {
            self.intent(ctx, intent);
        }
    }

    fn intent(&mut self, ctx: &Context, intent: Intent) {
        match intent {
            Intent::Session(command) => self.session.run(command),
            Intent::Command(command) => self.command(ctx, command),
            Intent::Reveal(byte) => self.view.reveal(byte),
            Intent::Show(span) => {
                self.session.run(Command::Desk(DeskCommand::Choose(Some(span))));
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
                    self.session.run(Command::Span(SpanCommand::AddFragment(label)));
                } else {
                    self.session.run(Command::Span(SpanCommand::Label(label)));
                }
            }
            Intent::PickLabel(label) => self.picked = label,
            Intent::Open(dialog) => self.dialogs.open(dialog),
            Intent::Ask(ask) => self.picker.ask(ctx, ask, &self.session),
            Intent::Bring(paths) => self.bring(paths),
            Intent::Settings(settings) => {
                *self.session.settings_mut() = *settings;
                self.settings_changed(ctx);
            }
            Intent::FocusArticle => self.focus_article(ctx),
        }
    }

    fn bring(&mut self, paths: Vec<std::path::PathBuf>) {
        match paths.as_slice() {
            [project] if project.extension().is_some_and(|ending| ending == "hashiya") => {
                self.session.run(Command::Project(ProjectCommand::Open(project.clone())));
                self.session.show_some();
            }
            [] => {}
            _ => self.session.run(Command::Project(ProjectCommand::Import(paths, None))),
        }
    }
}
