//! Carries out what views want.

use eframe::egui::Context;

use crate::{
    annotation::LabelId,
    gui::{
        article::ArticleView,
        cx::Cx,
        intent::{Dialog, Intent},
        pick::Ask,
        strings::tr,
        theme,
    },
    session::{
        Command, DeskCommand, MergeCommand, Notice, ProjectCommand, SpanCommand, TransferCommand,
    },
    store,
};

use super::{App, leave::Goal, margins::Margin, review};

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
            Intent::Label(label, fragment) => self.label(ctx, label, fragment),
            Intent::Relate(from) => {
                self.show_margin(Margin::Work);
                self.panels.inspector.begin_relation(from);
            }
            Intent::Open(dialog) => self.open(ctx, dialog),
            Intent::Ask(ask) => self.ask(ctx, ask),
            Intent::Dropped(paths) if self.session.may_merge(&paths) => {
                self.merge(ctx, MergeCommand::Ask(paths));
            }
            Intent::Dropped(paths) | Intent::Bring(paths) => self.bring(ctx, paths),
            Intent::Chosen(what, path) => self.floats.chosen(what, &path),
            Intent::Leave(answer) => self.answer_leave(ctx, answer),
            Intent::Settings(settings) => {
                *self.session.settings_mut() = *settings;
                self.settings_changed(ctx);
            }
            Intent::Comments => {
                self.session.settings_mut().tools.comments = true;
                self.show_margin(Margin::Work);
                self.settings_changed(ctx);
            }
            Intent::CloseDashboard => self.panels.dashboard.close(),
            Intent::FocusArticle => ArticleView::focus(ctx),
        }
    }

    /// A label's key or row. In the mode «label first» only a selection is tagged: the span that the last drag
    /// made is still chosen when the next label is picked.
    fn label(&mut self, ctx: &Context, label: LabelId, fragment: bool) {
        let desk = self.session.article().map(crate::session::Article::desk);
        let selects = desk.is_some_and(|desk| desk.selection().is_some());
        if fragment {
            self.session
                .run(Command::Span(SpanCommand::AddFragment(label)));
        } else if self.session.settings().tools.label_first && !selects {
            let again = self.picked.as_ref() == Some(&label);
            self.picked = (!again).then_some(label);
        } else if let Some(notice) = review::nothing_to_label(&self.session) {
            self.toasts.push(&notice, ctx.input(|input| input.time));
        } else {
            self.session.run(Command::Span(SpanCommand::Label(label)));
        }
    }

    /// Asks for files; where a dialog for that is open already, says so.
    pub(super) fn ask(&mut self, ctx: &Context, ask: Ask) {
        if !self.floats.picker.ask(ctx, ask, &self.session) {
            let notice = Notice::Failed {
                what: tr("pick-waiting").to_owned(),
                hint: Some(tr("pick-waiting-hint").to_owned()),
            };
            self.toasts.push(&notice, ctx.input(|input| input.time));
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
        if self.floats.is_before_article() {
            ctx.memory_mut(|memory| memory.surrender_focus(ArticleView::id()));
        }
    }

    /// Has the session do something. What is still being written belongs to the article and the
    /// moment that it was written in, so it goes first.
    pub(super) fn run(&mut self, ctx: &Context, command: Command) {
        if matches!(
            command,
            Command::Document(_)
                | Command::Project(_)
                | Command::Transfer(_)
                | Command::Undo
                | Command::Redo
        ) {
            self.flush();
        }
        if matches!(
            command,
            Command::Project(
                ProjectCommand::Open(_)
                    | ProjectCommand::New(_)
                    | ProjectCommand::Close
                    | ProjectCommand::SetAnnotator(_)
            )
        ) {
            self.send_comments();
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

    /// Sends comments that are written and not sent: they belong to the project, and to
    /// whoever sits there, that is let go of.
    pub(super) fn send_comments(&mut self) {
        for intent in self.panels.comments.flush() {
            if let Intent::Session(command) = intent {
                self.session.run(command);
            }
        }
    }

    /// Ends: commits what is written, saves the settings, lets go of the project.
    pub(super) fn close(&mut self) {
        self.flush();
        self.send_comments();
        self.session.save_settings();
        self.session.close_project();
    }

    /// Has the session do something of a merge.
    pub(super) fn merge(&mut self, ctx: &Context, command: MergeCommand) {
        self.run(ctx, Command::Transfer(TransferCommand::Merge(command)));
    }

    fn bring(&mut self, ctx: &Context, paths: Vec<std::path::PathBuf>) {
        match paths.as_slice() {
            [project] if store::is_project(project) => {
                let open = ProjectCommand::Open(project.clone());
                self.run(ctx, Command::Project(open));
            }
            [] => {}
            _ => self.run(ctx, Command::Transfer(TransferCommand::Offer(paths))),
        }
    }
}
