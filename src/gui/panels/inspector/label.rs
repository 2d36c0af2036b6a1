//! The chosen span's label, and the menu to change it.

use eframe::egui::{Align2, Popup, PopupCloseBehavior, Rect, Ui, pos2};

use crate::{
    annotation::Span,
    gui::{
        controls::{self, Look, RowState, SAMPLE, Side},
        cx::Cx,
        icons::Icon,
        intent::Intent,
        strings::{tr, tr_args},
    },
    session::SpanCommand,
};

/// Shows the label.
pub(super) fn show(ui: &mut Ui, cx: &Cx<'_>, span: &Span, intents: &mut Vec<Intent>) {
    let labels = cx.session.labels();
    let label = labels.resolve(&span.data.label);
    let name = label.map_or(span.data.label.as_str(), |label| label.display_en());
    let words = tr_args("inspector-label", &[("label", name.into())]);
    let button = controls::row(ui, cx.tokens.space.row, &words, RowState::Plain);
    paint(ui, cx, button.rect, name, label.map(Look::from));
    let tokens = cx.tokens;
    let at = pos2(button.rect.right() - tokens.space.m, button.rect.center().y);
    let caret = Icon::CaretDown.char().to_string();
    controls::sign(
        ui,
        at,
        Align2::CENTER_CENTER,
        &caret,
        tokens.text.small,
        tokens.ink.weak,
    );
    let button = button.on_hover_text(tr("inspector-label-hint"));
    Popup::menu(&button)
        .close_behavior(PopupCloseBehavior::CloseOnClick)
        .width(button.rect.width())
        .show(|ui| {
            for other in labels.active() {
                let chosen = label.is_some_and(|label| label.id == other.id);
                let state = if chosen {
                    RowState::Chosen
                } else {
                    RowState::Plain
                };
                let row = controls::row(ui, cx.tokens.space.row, other.display_en(), state);
                paint(ui, cx, row.rect, other.display_en(), Some(other.into()));
                if row.clicked() {
                    let relabel = SpanCommand::Relabel(span.id, other.id.clone());
                    intents.push(super::wish(relabel));
                }
            }
        });
}

/// A sample and a name.
pub(super) fn paint(ui: &Ui, cx: &Cx<'_>, rect: Rect, name: &str, look: Option<Look>) {
    let space = &cx.tokens.space;
    let mut left = rect.left() + space.s;
    if let Some(look) = look {
        controls::sample(ui, pos2(left + SAMPLE * 0.5, rect.center().y), look);
        left += SAMPLE + space.s;
    }
    let room = Rect::from_min_max(
        pos2(left, rect.top()),
        pos2(rect.right() - space.xl, rect.bottom()),
    );
    let style = (cx.tokens.text.body, cx.tokens.ink.strong);
    controls::line(ui, room, name, style, Side::Left);
}
