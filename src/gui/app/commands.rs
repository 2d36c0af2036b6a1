//! Carries out the commands of the table: each subject's in a function of its own.

use eframe::egui::{Context, Popup, ViewportCommand};

use crate::{
    annotation::Status,
    gui::{
        article::ArticleView,
        commands::{
            AppCommand, CommandId, DocumentCommand, EditCommand, ProjectCommand, SpanCommand,
        },
        enabled::enabled,
        intent::{Dialog, Intent},
        panels::list::ListPanel,
        pick::Ask,
    },
    session::{self, Command, DeskCommand, MergeCommand, ReviewCommand},
    text::{TextEncoding, segment},
};

use super::{
    App,
    margins::{Margin, Stands},
};

impl App {
    /// Carries out a command, if it can be used now.
    pub(super) fn command(&mut self, ctx: &Context, command: CommandId) {
        // Escape has more to go back from than the session knows.
        if command != CommandId::App(AppCommand::Back) && !enabled(command, &self.session) {
            return;
        }
        match command {
            CommandId::App(command) => self.app_command(ctx, command),
            CommandId::Project(command) => self.project_command(ctx, command),
            CommandId::Document(command) => self.document_command(ctx, command),
            CommandId::Edit(command) => self.edit_command(ctx, command),
            CommandId::Span(command) => self.span_command(ctx, command),
            CommandId::Review(command) => self.review_command(ctx, command),
            CommandId::Side(command) => self.side_command(ctx, command),
            CommandId::Edge(command) => self.edge_command(command),
            CommandId::Caret(command) => self.caret_command(ctx, command),
            CommandId::View(command) => self.view_command(ctx, command),
        }
    }

    fn app_command(&mut self, ctx: &Context, command: AppCommand) {
        match command {
            AppCommand::Palette => self.open(ctx, Dialog::Palette),
            AppCommand::Help => self.open(ctx, Dialog::Help),
            AppCommand::Settings => self.open(ctx, Dialog::Settings),
            AppCommand::Back => self.back(ctx),
            AppCommand::Quit => ctx.send_viewport_cmd(ViewportCommand::Close),
        }
    }

    /// One step back: what floats, the selection, the chosen span, the find bar.
    fn back(&mut self, ctx: &Context) {
        // An open menu closes by itself, later in this frame.
        if self.panels.menu.is_open() || Popup::is_any_open(ctx) || self.floats.close() {
            return;
        }
        if self.panels.dashboard.back() || self.uncover(ctx) {
            return;
        }
        let desk = self.session.article().map(session::Article::desk);
        let has_something =
            desk.is_some_and(|desk| desk.selection().is_some() || desk.chosen().is_some());
        if has_something {
            self.session.run(Command::Desk(DeskCommand::Back));
        } else if !self.panels.find.close() {
            self.toasts.close_newest();
        }
        ArticleView::focus(ctx);
    }

    fn project_command(&mut self, ctx: &Context, command: ProjectCommand) {
        let ask = match command {
            ProjectCommand::New => Ask::NewProject,
            ProjectCommand::Open => Ask::OpenProject,
            ProjectCommand::OpenFiles => Ask::OpenFiles,
            ProjectCommand::OpenFolder => Ask::OpenFolder,
            ProjectCommand::OpenDataset => Ask::OpenDataset,
            ProjectCommand::Import => Ask::Import(None),
            ProjectCommand::Merge if self.session.project().is_some_and(|it| !it.is_writable()) => {
                self.merge(ctx, MergeCommand::Look(Vec::new()));
                return;
            }
            ProjectCommand::Merge => Ask::Merge,
            ProjectCommand::ImportUtf8 => Ask::Import(Some(TextEncoding::Utf8)),
            ProjectCommand::ImportWindows1256 => Ask::Import(Some(TextEncoding::Windows1256)),
            ProjectCommand::ImportUtf16Le => Ask::Import(Some(TextEncoding::Utf16Le)),
            ProjectCommand::ImportUtf16Be => Ask::Import(Some(TextEncoding::Utf16Be)),
            ProjectCommand::SaveDataset => Ask::SaveDataset,
            ProjectCommand::SaveCopy => Ask::SaveCopy,
            ProjectCommand::Export => {
                self.open(ctx, Dialog::Export);
                return;
            }
            ProjectCommand::OpenSample => {
                self.run(ctx, Command::Project(session::ProjectCommand::Sample));
                return;
            }
            ProjectCommand::EditLabels => {
                self.open(ctx, Dialog::LabelSet(None));
                return;
            }
        };
        self.ask(ctx, ask);
    }

    fn document_command(&mut self, ctx: &Context, command: DocumentCommand) {
        use session::DocumentCommand as D;
        let command = match command {
            DocumentCommand::Next => D::Neighbour(true),
            DocumentCommand::Previous => D::Neighbour(false),
            DocumentCommand::DoneAndNext => D::DoneAndNext,
            DocumentCommand::MarkDone => D::SetStatus(Status::Done),
            DocumentCommand::MarkNew => D::SetStatus(Status::New),
            DocumentCommand::MarkInProgress => D::SetStatus(Status::InProgress),
            DocumentCommand::NextDecision => return self.walk_decisions(ctx, true),
            DocumentCommand::PreviousDecision => return self.walk_decisions(ctx, false),
            DocumentCommand::Comments => {
                self.show_or_hide_comments();
                return self.settings_changed(ctx);
            }
            DocumentCommand::AllComments => return self.open(ctx, Dialog::Comments),
            DocumentCommand::Filter => {
                self.show_margin(Margin::List);
                ListPanel::focus_filter(ctx);
                return;
            }
        };
        self.run(ctx, Command::Document(command));
    }

    /// Comments that are seen go away; others come, with the margin that they stand in.
    fn show_or_hide_comments(&mut self) {
        let is_seen = self.sight.margins.work != Stands::Away;
        let tools = &mut self.session.settings_mut().tools;
        tools.comments = !(tools.comments && is_seen);
        if tools.comments {
            self.show_margin(Margin::Work);
        }
    }

    fn walk_decisions(&mut self, ctx: &Context, forward: bool) {
        self.show_margin(Margin::Work);
        self.run(ctx, Command::Review(ReviewCommand::WalkFeedback(forward)));
        if let Some(article) = self.session.article() {
            self.queue.push_back(Intent::Reveal(article.desk().caret()));
        }
    }

    fn edit_command(&mut self, ctx: &Context, command: EditCommand) {
        match command {
            EditCommand::Undo => self.run(ctx, Command::Undo),
            EditCommand::Redo => self.run(ctx, Command::Redo),
            EditCommand::Copy => self.copy(ctx, false),
            EditCommand::CopyWithReference => self.copy(ctx, true),
            EditCommand::SelectWord => self.select(segment::word_at),
            EditCommand::SelectSentence => self.select(segment::sentence_at),
            EditCommand::SelectAll => self.select(|text, _| 0..text.len()),
            EditCommand::Find => self.panels.find.open(),
            EditCommand::FindNext => self.find_next(true),
            EditCommand::FindPrevious => self.find_next(false),
        }
    }

    fn find_next(&mut self, forward: bool) {
        let intents = self.panels.find.step(forward, &self.session);
        self.queue.extend(intents);
    }

    fn select(&mut self, range: impl Fn(&str, usize) -> std::ops::Range<usize>) {
        let Some(article) = self.session.article() else {
            return;
        };
        let range = range(article.text(), article.desk().caret());
        self.session
            .run(Command::Desk(DeskCommand::Select(range.start, range.end)));
    }

    /// Copies the selection, else the chosen span; with a reference also its document and where it
    /// stands, in code points.
    fn copy(&self, ctx: &Context, with_reference: bool) {
        let Some(article) = self.session.article() else {
            return;
        };
        let text = article.text();
        let (copied, extent) = match (article.desk().selection(), article.chosen()) {
            (Some(range), _) => (range.slice(text).to_owned(), (range.start(), range.end())),
            (None, Some(span)) => (span.data.fragments.text(text), span.data.fragments.extent()),
            (None, None) => return,
        };
        let reference = || {
            let title = article.document().map_or("", |document| &document.title);
            let at = |byte| {
                article
                    .offsets()
                    .char_of_byte(text, byte)
                    .unwrap_or_default()
            };
            let document = article.key().document;
            format!(
                "{copied}\t{title}\t{document}\t{}\t{}",
                at(extent.0),
                at(extent.1)
            )
        };
        ctx.copy_text(if with_reference { reference() } else { copied });
    }

    fn span_command(&mut self, ctx: &Context, command: SpanCommand) {
        let span = |command| Command::Span(command);
        match command {
            SpanCommand::Next => self.walk(true),
            SpanCommand::Previous => self.walk(false),
            SpanCommand::Edit => {
                self.show_margin(Margin::Work);
                self.panels.inspector.focus_first();
            }
            SpanCommand::Remove => self.session.run(span(session::SpanCommand::Remove)),
            SpanCommand::Proclitic => self.session.run(span(session::SpanCommand::Proclitic)),
            SpanCommand::Comment => {
                self.session.settings_mut().tools.comments = true;
                self.show_margin(Margin::Work);
                self.panels.comments.begin();
            }
            SpanCommand::LabelAll => self.open(ctx, Dialog::Alike),
        }
    }

    fn walk(&mut self, forward: bool) {
        self.session.run(Command::Desk(DeskCommand::Walk(forward)));
        if let Some(span) = self.session.article().and_then(session::Article::chosen) {
            self.queue
                .push_back(Intent::Reveal(span.data.fragments.start()));
        }
    }
}
