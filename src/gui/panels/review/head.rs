//! The head of the panel: how far the review is, and what can be switched.

use eframe::egui::{Align, Button, Layout, Response, RichText, Ui, vec2};

use crate::{
    gui::{
        commands::{CommandId, DocumentCommand, ReviewCommand},
        controls,
        cx::Cx,
        enabled::enabled,
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
    let counts = if queue.is_complete() {
        tr_args("review-counts", &args)
    } else {
        tr_args("review-counts-so-far", &args)
    };
    if review.is_blind() {
        let counts = [("counts", parts::word(&counts))];
        return tr_args("review-counts-blind", &counts);
    }
    counts
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
        ui.spacing_mut().item_spacing.x = cx.tokens.space.xs;
        let menu = with_caret(ui, cx, (tr("review-title"), tr("review-menu")), true);
        parts::menu_under(&menu, |ui| rows(ui, cx, wanted));
        chooser.show(ui, cx, wanted);
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.spacing_mut().item_spacing.x = 0.0;
            side::narrow(ui);
            let width = cx.tokens.space.row * 3.0;
            let layout = Layout::left_to_right(Align::Center);
            let size = vec2(width, cx.tokens.space.row);
            // From the end, but Tab goes in reading order.
            ui.allocate_ui_with_layout(size, layout, |ui| buttons(ui, cx, wanted));
        });
    });
    let response = controls::hint(ui, &counts(cx.session));
    response.on_hover_text(states(cx.session));
}

/// A button that opens a menu; `words` and its name for those who do not see it.
pub(super) fn with_caret(
    ui: &mut Ui,
    cx: &Cx<'_>,
    (words, name): (&str, &str),
    is_title: bool,
) -> Response {
    let caret = Icon::CaretDown.text(cx.tokens.text.small);
    let words = RichText::new(words);
    let words = if is_title { words.strong() } else { words };
    let button = Button::new((words, caret.color(cx.tokens.ink.weak)))
        .frame_when_inactive(!is_title)
        .truncate()
        .min_size(vec2(0.0, cx.tokens.space.row));
    ui.add(button).accessible_name(name).on_hover_text(name)
}

/// What is switched more rarely, in words.
fn rows(ui: &mut Ui, cx: &Cx<'_>, wanted: &mut Vec<Intent>) {
    for command in [
        ReviewCommand::Blind,
        ReviewCommand::SideBySide,
        ReviewCommand::TakeAgreed,
        ReviewCommand::Finish,
    ] {
        wanted.extend(parts::command_row(ui, cx, CommandId::Review(command)));
    }
    let comments = CommandId::Document(DocumentCommand::Comments);
    wanted.extend(parts::command_row(ui, cx, comments));
    ui.separator();
    let end = parts::menu_row(ui, Some(Icon::Close), tr("review-end"), None, None);
    if end.clicked() {
        ui.close();
        wanted.push(CommandId::Review(ReviewCommand::Review).into());
    }
}

/// What is pressed all the time.
fn buttons(ui: &mut Ui, cx: &Cx<'_>, wanted: &mut Vec<Intent>) {
    for command in [ReviewCommand::PreviousCase, ReviewCommand::NextCase] {
        let command = CommandId::Review(command);
        let row = command.row();
        let Some(icon) = row.icon else { continue };
        let usable = enabled(command, cx.session);
        if controls::icon_button_if(ui, usable, icon, &row.tooltip()).clicked() {
            wanted.extend([command.into(), Intent::FocusArticle]);
        }
    }
    if controls::icon_button(ui, Icon::Close, tr("review-end")).clicked() {
        wanted.push(CommandId::Review(ReviewCommand::Review).into());
    }
}
