//! What reviewers decided about the annotator's spans: a line that walks through it, what was said of the chosen
//! span, and what was missed.

mod told;

use eframe::egui::{Align, Frame, Layout, Margin, ScrollArea, Ui};

use crate::{
    annotation::SpanId,
    gui::{
        commands::{CommandId, DocumentCommand, SpanCommand},
        controls::{self, RowState},
        cx::Cx,
        icons::Icon,
        intent::Intent,
        strings::{tr, tr_args},
        text::BidiLabel,
    },
    session::{Article, Command, ReviewCommand},
};

use super::{outcome, parts};
use told::Told;

/// How many decisions there are, or which one is shown, with buttons that walk through them; nothing where there
/// are none.
pub(super) fn line(ui: &mut Ui, cx: &Cx<'_>, wanted: &mut Vec<Intent>) {
    let Some(article) = cx.session.article() else {
        return;
    };
    let n = article.feedback().len();
    if n == 0 {
        return;
    }
    let words = match article.feedback_at() {
        Some(at) => tr_args("feedback-at", &[("at", (at + 1).into()), ("n", n.into())]),
        None => tr_args("feedback-count", &[("n", n.into())]),
    };
    ui.horizontal(|ui| {
        let buttons = 2.0 * controls::icon_room(ui, cx.tokens.text.heading);
        let room = (ui.available_width() - buttons).max(cx.tokens.space.row);
        ui.scope(|ui| {
            ui.set_max_width(room);
            parts::quiet(ui, &words);
        });
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            for (icon, command) in [
                (Icon::CaretDown, DocumentCommand::NextDecision),
                (Icon::CaretUp, DocumentCommand::PreviousDecision),
            ] {
                let command = CommandId::Document(command);
                if controls::icon_button(ui, icon, &command.row().tooltip()).clicked() {
                    wanted.push(command.into());
                }
            }
        });
    });
}

/// What was decided about a span, each reviewer's decision in a box.
pub(super) fn of_span(
    ui: &mut Ui,
    cx: &Cx<'_>,
    (article, span): (&Article, SpanId),
    wanted: &mut Vec<Intent>,
) {
    for feedback in told::about(article, span) {
        card(ui, cx, &Told::of(feedback, article, cx.session));
        let writable = cx
            .session
            .project()
            .is_some_and(crate::session::Project::is_writable);
        ui.add_enabled_ui(writable, |ui| {
            if controls::word_button(ui, Icon::Chat, tr("feedback-answer")).clicked() {
                wanted.push(CommandId::Span(SpanCommand::Comment).into());
            }
        });
    }
}

/// What was missed, and what was about spans that are gone; the one that was walked to is told in full.
pub(super) fn without_span(ui: &mut Ui, cx: &Cx<'_>, wanted: &mut Vec<Intent>) {
    let Some(article) = cx.session.article() else {
        return;
    };
    let found = told::without_span(article);
    if found.is_empty() {
        return;
    }
    let at = article.feedback_at();
    ScrollArea::vertical()
        .id_salt("decisions without a span")
        .auto_shrink([false, true])
        .show(ui, |ui| {
            for (place, feedback) in found {
                let told = Told::of(feedback, article, cx.session);
                if at == Some(place) {
                    card(ui, cx, &told);
                    continue;
                }
                if entry(ui, cx, &told) {
                    let go = ReviewCommand::GoToFeedback(place);
                    wanted.push(Command::Review(go).into());
                    wanted.push(Intent::Reveal(feedback.start));
                }
            }
        });
}

/// A decision in one row; whether it was clicked.
fn entry(ui: &mut Ui, cx: &Cx<'_>, told: &Told) -> bool {
    let tokens = cx.tokens;
    let line = told.line();
    let row = controls::row(ui, tokens.space.row, &line, RowState::Plain);
    let mut room = row.rect.shrink2([tokens.space.s, 0.0].into());
    let (icon, ink) = outcome::sign(told.outcome, tokens);
    let at = room.left_center();
    let left = eframe::egui::Align2::LEFT_CENTER;
    controls::sign(
        ui,
        at,
        left,
        &icon.char().to_string(),
        tokens.text.body,
        ink,
    );
    room.min.x += tokens.space.l + tokens.space.xs;
    let words = format!("\u{200E}{line}");
    let style = (tokens.text.body, tokens.ink.strong);
    controls::line(ui, room, &words, style, controls::Side::Left);
    row.on_hover_text(&line).clicked()
}

/// A decision in full.
fn card(ui: &mut Ui, cx: &Cx<'_>, told: &Told) {
    let tokens = cx.tokens;
    let (icon, ink) = outcome::sign(told.outcome, tokens);
    Frame::new()
        .fill(tokens.surface.raised)
        .corner_radius(tokens.radius.control)
        .inner_margin(Margin::same(tokens.space.s as i8))
        .show(ui, |ui| {
            ui.set_width(ui.available_width());
            ui.spacing_mut().item_spacing.y = tokens.space.xs;
            let since = told.since();
            // What was decided about is not what is chosen: no check beside it.
            let ink = if since.is_some() {
                tokens.ink.weak
            } else {
                ink
            };
            if let Some(since) = since {
                ui.horizontal_top(|ui| {
                    parts::sign(ui, Icon::Warning, tokens.text.body, tokens.ink.warning);
                    parts::sentence(ui, &since, tokens.ink.strong);
                });
            }
            ui.horizontal_top(|ui| {
                parts::sign(ui, icon, tokens.text.body, ink);
                parts::sentence(ui, &told.line(), tokens.ink.strong);
            });
            if !told.why.is_empty() {
                ui.add(BidiLabel::new(&told.why).wrap().fill());
            }
            controls::hint(ui, &format!("\u{200E}{}", told.by));
        });
}
