//! A row of the palette, and what a click on it does.

use eframe::egui::{Align2, Rect, Response, Ui, pos2};

use crate::gui::{
    controls::{self, RowState, SAMPLE, Side},
    cx::Cx,
    icons::Icon,
    intent::{Dialog, Intent},
    strings::{tr, tr_args},
};

use super::rows::Row;

/// How deep rows are indented, at most.
const DEEPEST: usize = 3;

/// Shows a row.
pub(super) fn show(ui: &mut Ui, cx: &Cx<'_>, row: &Row<'_>, intents: &mut Vec<Intent>) -> Response {
    let response = controls::row(ui, cx.tokens.space.row, row.english, state_of(cx, row));
    let count = tr_args("palette-count", &[("n", row.count.into())]);
    ui.ctx().accesskit_node_builder(response.id, |node| {
        node.set_description(count);
    });
    if ui.is_rect_visible(response.rect) {
        paint(ui, cx, row, response.rect);
    }
    if response.clicked() {
        intents.extend(click(ui, row));
    }
    response.context_menu(|ui| {
        let words = tr_args("palette-edit-label", &[("label", row.english.into())]);
        if controls::word_button(ui, Icon::Pencil, &words).clicked() {
            intents.push(Intent::Open(Dialog::LabelSet(Some(row.id.clone()))));
            ui.close();
        }
    });
    response.on_hover_text(tooltip(row))
}

/// How a label's row or chip stands.
pub(super) fn state_of(cx: &Cx<'_>, row: &Row<'_>) -> RowState {
    let picked = cx.picked == Some(row.id);
    let of_chosen = || {
        let span = cx.session.article()?.chosen()?;
        let label = cx.session.labels().resolve(&span.data.label)?;
        Some(label.id == *row.id)
    };
    if picked {
        RowState::Pressed
    } else if of_chosen() == Some(true) {
        RowState::Chosen
    } else {
        RowState::Plain
    }
}

/// As the label's key.
pub(super) fn click(ui: &Ui, row: &Row<'_>) -> [Intent; 2] {
    let shift = ui.input(|input| input.modifiers.shift);
    [Intent::Label(row.id.clone(), shift), Intent::FocusArticle]
}

/// Its name in both languages, its keys, and how often the article has it.
pub(super) fn tooltip(row: &Row<'_>) -> String {
    let keys = row.keys();
    let mut words = row.english.to_owned();
    if !row.arabic.is_empty() {
        words = format!("{words} · {}", row.arabic);
    }
    if !keys.is_empty() {
        words = tr_args(
            "palette-keys",
            &[("label", (&words).into()), ("keys", (&keys).into())],
        );
    }
    let count = tr_args("palette-count", &[("n", row.count.into())]);
    format!("{words}\n{count}\n{}", tr("palette-shift"))
}

fn paint(ui: &Ui, cx: &Cx<'_>, row: &Row<'_>, rect: Rect) {
    let (space, ink, size) = (&cx.tokens.space, &cx.tokens.ink, &cx.tokens.text);
    let y = rect.center().y;
    let mut left = rect.left() + space.s;
    let key = |text: String, x: f32| {
        controls::sign(
            ui,
            pos2(x, y),
            Align2::CENTER_CENTER,
            &text,
            size.small,
            ink.weak,
        );
    };
    if let Some(digit) = row.digit {
        key(digit.to_string(), left + space.xs);
    }
    left += space.l;
    if let Some(letter) = row.letter {
        key(letter.to_string(), left + space.xs);
    }
    left += space.l + row.depth.min(DEEPEST) as f32 * space.m;
    controls::sample(ui, pos2(left + SAMPLE * 0.5, y), row.look);
    left += SAMPLE + space.s;
    let mut right = rect.right() - space.s;
    if row.count > 0 {
        let count = row.count.to_string();
        controls::sign(
            ui,
            pos2(right, y),
            Align2::RIGHT_CENTER,
            &count,
            size.small,
            ink.weak,
        );
    }
    right -= space.xl + space.xs;
    let room = |left: f32| {
        Rect::from_min_max(pos2(left, rect.top()), pos2(right.max(left), rect.bottom()))
    };
    left += controls::line(
        ui,
        room(left),
        row.english,
        (size.body, ink.strong),
        Side::Left,
    ) + space.s;
    if !row.arabic.is_empty() && right - left > 2.0 * space.xl {
        controls::line(
            ui,
            room(left),
            row.arabic,
            (size.small, ink.weak),
            Side::Right,
        );
    }
}
