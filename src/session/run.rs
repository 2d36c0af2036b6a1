//! Carries out commands: spans, desk, and whom the rest belongs to.

use crate::{
    annotation::SpanId,
    edit::{Action, Cause, Change, LayerChange},
};

use super::{
    Command, DeskCommand, HistoryStep, Notice, Session, SpanCommand,
    spans::{self, Choose, Wish},
};

impl Session {
    /// Carries out a command.
    pub fn run(&mut self, command: Command) {
        match command {
            Command::Span(command) => self.run_span(command),
            Command::Desk(command) => self.run_desk(&command),
            Command::Document(command) => self.run_document(command),
            Command::Undo => self.step(HistoryStep::Undo),
            Command::Redo => self.step(HistoryStep::Redo),
            Command::Late(key, change) => {
                self.change(Cause::Done, Change::Layer(key, change));
            }
            Command::Labels(change) => self.change_labels(change),
            Command::Project(command) => self.run_project(command),
            Command::Transfer(command) => self.run_transfer(command),
            Command::Review(command) => self.run_review(command),
            Command::Figures(command) => self.run_figures(command),
        }
    }

    fn run_span(&mut self, command: SpanCommand) {
        if let SpanCommand::Label(label) = &command
            && self.rule_own(label)
        {
            return;
        }
        let Some(article) = &self.article else { return };
        let same = |change| Wish::Change(change, Choose::Same);
        let wish = match command {
            SpanCommand::Label(label) => spans::label(article, &label),
            SpanCommand::Relabel(span, label) => spans::relabel_span(article, span, &label),
            SpanCommand::Tag(range, label) => spans::tag(article, range, &label),
            SpanCommand::AddFragment(label) => spans::add_fragment(article, &label),
            SpanCommand::MoveEdge(edge, step, forward) => {
                spans::move_edge(article, edge, step, forward)
            }
            SpanCommand::SetEdge(span, edge, to) => spans::set_edge(article, span, edge, to),
            SpanCommand::Proclitic => spans::proclitic(article),
            SpanCommand::Remove => spans::remove(article),
            SpanCommand::SetAttribute(span, name, value) => {
                same(LayerChange::SetAttribute(span, name, value))
            }
            SpanCommand::SetNote(span, note) => same(LayerChange::SetNote(span, note)),
            SpanCommand::Relate(kind, from, to) => {
                same(LayerChange::AddRelation { kind, from, to })
            }
            SpanCommand::Unrelate(relation) => same(LayerChange::RemoveRelation(relation)),
            SpanCommand::TagAlike(alike) => match alike.change() {
                Some(change) => same(change),
                None => Wish::Nothing(Notice::NothingSelected),
            },
        };
        self.fulfil(wish);
    }

    fn fulfil(&mut self, wish: Wish) {
        match wish {
            Wish::Change(change, choose) => self.change_layer(change, choose),
            Wish::Choose(span) => {
                let Some(article) = &mut self.article else {
                    return;
                };
                if article.desk.selection().is_some() || article.desk.chosen() != Some(span) {
                    self.notices.push_back(Notice::AlreadyTagged);
                }
                article.desk.clear_selection();
                article.desk.choose(Some(span));
            }
            Wish::Nothing(notice) => self.tell(notice),
            Wish::Idle => {}
        }
    }

    fn change_layer(&mut self, change: LayerChange, choose: Choose) {
        let Some(article) = &self.article else { return };
        let many = matches!(&change, LayerChange::AddSpans(spans) if spans.len() > 1);
        let begins = article.layer().status() == crate::annotation::Status::New
            && !matches!(change, LayerChange::SetStatus(_));
        let key = article.key().clone();
        let removed = article.chosen().map(|span| span.data.fragments.start());
        let told = matches!(change, LayerChange::RemoveSpans(_)) || many;
        let change = if begins { begin(change) } else { change };
        let Some(edit) = self.change(Cause::Done, Change::Layer(key, change)) else {
            return;
        };
        let Some(article) = &mut self.article else {
            return;
        };
        match choose {
            Choose::Same => {}
            Choose::Made => {
                article.desk.clear_selection();
                article.desk.choose(Some(SpanId {
                    edit: edit.id,
                    place: 0,
                }));
            }
            Choose::SameWithoutSelection => article.desk.clear_selection(),
            Choose::None => {
                article.desk.choose(None);
                if let Some(at) = removed.filter(|_| article.desk.selection().is_none()) {
                    article.desk.move_caret(at, false);
                }
            }
        }
        if told && let Some(description) = self.describe_step(HistoryStep::Undo) {
            debug_assert!(
                description.action != Action::Document,
                "the last edit was a layer's"
            );
            self.tell(Notice::Did(description));
        }
    }

    fn run_desk(&mut self, command: &DeskCommand) {
        let trim = self.settings.tools.trim;
        let Some(article) = &mut self.article else {
            return;
        };
        let text = std::sync::Arc::clone(article.text());
        let on_text = |at: usize| text.floor_char_boundary(at.min(text.len()));
        match *command {
            DeskCommand::Caret(at, extend) => article.desk.move_caret(on_text(at), extend),
            DeskCommand::Select(from, to) => article.desk.select_from(on_text(from), on_text(to)),
            DeskCommand::Released => {
                if trim {
                    article.desk.shrink(&text);
                }
            }
            DeskCommand::Choose(span) => article.desk.choose(span),
            DeskCommand::Click(at) => {
                let span = article.span_for_click(at);
                article.desk.move_caret(on_text(at), false);
                article.desk.choose(span);
            }
            DeskCommand::Walk(forward) => {
                if let Some(span) = spans::walk(article, forward) {
                    let at = article.layer().get(span).map(|s| s.data.fragments.start());
                    article.desk.move_caret(at.unwrap_or_default(), false);
                    article.desk.choose(Some(span));
                }
            }
            DeskCommand::Back => {
                article.desk.back();
            }
        }
    }
}

/// The first change of a new layer also begins it.
fn begin(change: LayerChange) -> LayerChange {
    let begun = LayerChange::SetStatus(crate::annotation::Status::InProgress);
    LayerChange::Batch(vec![change, begun])
}
