//! The head of the panel: how far the review is, and what can be switched.

use eframe::egui::{Align, Layout, Ui};

use crate::{
    gui::{
        commands::{CommandId, ReviewCommand},
        controls,
        cx::Cx,
        enabled::{checked, enabled},
        icons::Icon,
        intent::Intent,
        panels::parts,
        strings::{tr, tr_args},
    },
    session::{ReviewState, Session},
};

use super::{chooser::Chooser, side, words};

/// How much is to be decided: `3 to decide here · 14 in the project`.
fn counts(session: &Session) -> String {
    let review = session.review();
    let here = review
        .opened()
        .map_or(0, crate::session::Reviewed::open_count);
    let (queue, all) = (review.queue(), review.queue().open_cases());
    let args = [("here", here.into()), ("all", all.into())];
    if queue.is_complete() {
        tr_args("review-counts", &args)
    } else {
        tr_args("review-counts-so-far", &args)
    }
}

/// How many articles are in each state, a line each.
fn states(session: &Session) -> String {
    let counts = session.review().queue().counts();
    let lines = ReviewState::ALL.into_iter().zip(counts);
    let lines: Vec<String> = lines
        .map(|(state, n)| {
            let what = parts::word(words::state(Some(state)));
            tr_args("review-state-count", &[("what", what), ("n", n.into())])
        })
        .collect();
    lines.join("\n")
}

pub(super) fn show(ui: &mut Ui, cx: &Cx<'_>, chooser: &mut Chooser, wanted: &mut Vec<Intent>) {
    ui.horizontal(|ui| {
        controls::heading(ui, tr("review-title"));
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.spacing_mut().item_spacing.x = 0.0;
            side::narrow(ui);
            let width = cx.tokens.space.row * 7.0;
            let layout = Layout::left_to_right(Align::Center);
            let size = eframe::egui::vec2(width, cx.tokens.space.row);
            // From the end, but Tab goes in reading order.
            ui.allocate_ui_with_layout(size, layout, |ui| buttons(ui, cx, chooser, wanted));
        });
    });
    let response = controls::hint(ui, &counts(cx.session));
    response.on_hover_text(states(cx.session));
    ui.add_space(cx.tokens.space.xs);
}

fn buttons(ui: &mut Ui, cx: &Cx<'_>, chooser: &mut Chooser, wanted: &mut Vec<Intent>) {
    for command in [ReviewCommand::PreviousCase, ReviewCommand::NextCase] {
        button(ui, cx, command, wanted);
    }
    chooser.show(ui, cx, wanted);
    for command in [
        ReviewCommand::Blind,
        ReviewCommand::SideBySide,
        ReviewCommand::TakeAgreed,
    ] {
        button(ui, cx, command, wanted);
    }
    let close = controls::icon_button(ui, Icon::Close, tr("review-end"));
    if close.clicked() {
        wanted.push(CommandId::Review(ReviewCommand::Review).into());
    }
}

/// The button of a command; one that is switched on stays down.
fn button(ui: &mut Ui, cx: &Cx<'_>, command: ReviewCommand, wanted: &mut Vec<Intent>) {
    let command = CommandId::Review(command);
    let row = command.row();
    let Some(icon) = row.icon else { return };
    let usable = enabled(command, cx.session);
    let response = match checked(command, cx.session) {
        Some(on) => parts::toggle(ui, cx, icon, row.name(), on),
        None => controls::icon_button_if(ui, usable, icon, &row.tooltip()),
    };
    if response.clicked() {
        wanted.extend([command.into(), Intent::FocusArticle]);
    }
}
