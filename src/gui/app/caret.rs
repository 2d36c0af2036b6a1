//! The caret's movements and those of a span's edges: the arrow keys mean left and right as they
//! are seen, so the article's layout says which way that is in the text.

use eframe::egui::Context;

use crate::{
    gui::{
        commands::{CaretCommand, Edge, EdgeCommand, EdgeStep},
        intent::Intent,
    },
    session::{self, Command, SpanCommand},
    typeset::Side,
};

use super::App;

impl App {
    pub(super) fn caret_command(&mut self, ctx: &Context, command: CaretCommand) {
        let Some(article) = self.session.article() else {
            return;
        };
        let moved = self
            .view
            .move_caret(ctx, article, command.step, command.extend);
        if let Some(moved) = moved {
            self.session.run(moved);
        }
    }

    pub(super) fn edge_command(&mut self, command: EdgeCommand) {
        let Some(article) = self.session.article() else {
            return;
        };
        let Some(span) = article.chosen() else { return };
        let (start, end) = span.data.fragments.extent();
        let (edge, at) = match command.edge {
            Edge::Start => (session::Edge::Start, start),
            Edge::End => (session::Edge::End, end),
        };
        let side = match command.step {
            EdgeStep::Left | EdgeStep::WordLeft => Side::Left,
            EdgeStep::Right | EdgeStep::WordRight => Side::Right,
        };
        let forward = self.view.goes_forward(article, at, side);
        let step = match command.step {
            EdgeStep::Left | EdgeStep::Right => session::Step::Grapheme,
            EdgeStep::WordLeft | EdgeStep::WordRight => session::Step::Word,
        };
        self.session
            .run(Command::Span(SpanCommand::MoveEdge(edge, step, forward)));
        if let Some(span) = self.session.article().and_then(session::Article::chosen) {
            let at = match edge {
                session::Edge::Start => span.data.fragments.start(),
                session::Edge::End => span.data.fragments.end(),
            };
            self.queue.push_back(Intent::Reveal(at));
        }
    }
}
