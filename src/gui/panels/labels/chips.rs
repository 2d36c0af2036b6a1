//! The palette folded to chips: each label's look and key, to be clicked like its row.

use eframe::egui::{Align2, Sense, Ui, pos2, vec2};

use crate::gui::{
    controls::{self, SAMPLE},
    cx::Cx,
    intent::Intent,
};

use super::row;
use super::rows::Row;

/// Shows a chip for each row, in as many lines as it takes.
pub(super) fn show(ui: &mut Ui, cx: &Cx<'_>, rows: &[Row<'_>], intents: &mut Vec<Intent>) {
    let space = &cx.tokens.space;
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(0.0, 0.0);
        for row in rows {
            let size = vec2(SAMPLE + space.l + space.s, space.xl);
            let (rect, response) = ui.allocate_exact_size(size, Sense::click());
            controls::dress_row(ui, &response, row.english, row::state_of(cx, row));
            let left = rect.left() + space.xs;
            controls::sample(ui, pos2(left + SAMPLE * 0.5, rect.center().y), row.look);
            let key = row.letter.map(String::from);
            let key = key.or_else(|| row.digit.map(|digit| digit.to_string()));
            let at = pos2(rect.right() - space.m, rect.center().y);
            let (small, ink) = (cx.tokens.text.small, cx.tokens.ink.weak);
            let key = key.unwrap_or_default();
            controls::sign(ui, at, Align2::CENTER_CENTER, &key, small, ink);
            if response.clicked() {
                intents.extend(row::click(ui, row));
            }
            response.on_hover_text(row::tooltip(row));
        }
    });
}
