//! The conflicts of a merge, of which there may be very many: only those in view are laid out.

use std::ops::Range;

use eframe::egui::{Rect, Sense, Ui, WidgetInfo, accesskit::Role, pos2, vec2};

use crate::{
    gui::{
        controls::{self, Side},
        cx::Cx,
        strings::{tr, tr_args},
        words::merging as words,
    },
    session::Conflict,
};

use super::super::shell::part;

/// The list, each conflict with what it is about, which side stands and why, and where it is.
pub(super) fn show(ui: &mut Ui, cx: &Cx<'_>, conflicts: &[Conflict]) {
    if conflicts.is_empty() {
        return;
    }
    let title = tr_args("merge-conflicts", &[("n", conflicts.len().into())]);
    part(ui, cx, &title);
    controls::hint(ui, tr("merge-conflicts-hint"));
    ui.add_space(cx.tokens.space.xs);
    let height = 3.0 * line_height(cx) + 2.0 * cx.tokens.space.s;
    let size = vec2(ui.available_width(), height * conflicts.len() as f32);
    let (all, _) = ui.allocate_exact_size(size, Sense::hover());
    let seen = (
        ui.clip_rect().top() - all.top(),
        ui.clip_rect().bottom() - all.top(),
    );
    for place in in_view(seen, height, conflicts.len()) {
        let Some(conflict) = conflicts.get(place) else {
            break;
        };
        let top = all.top() + place as f32 * height;
        let rect = Rect::from_min_size(pos2(all.left(), top), vec2(size.x, height));
        row(ui, cx, (place, conflict), rect);
    }
}

fn line_height(cx: &Cx<'_>) -> f32 {
    cx.tokens.text.body * 1.5
}

/// Which rows of a height lie between two heights.
fn in_view((top, bottom): (f32, f32), height: f32, rows: usize) -> Range<usize> {
    if bottom <= 0.0 || height <= 0.0 {
        return 0..0;
    }
    let first = (top.max(0.0) / height).floor() as usize;
    let last = (bottom / height).ceil() as usize;
    first.min(rows)..last.min(rows)
}

fn row(ui: &mut Ui, cx: &Cx<'_>, (place, conflict): (usize, &Conflict), rect: Rect) {
    let tokens = cx.tokens;
    let about = words::about(conflict);
    let stands = words::stands(conflict);
    let layer = words::layer(conflict);
    let id = ui.scope_id().with(("conflict", place));
    let response = ui.interact(rect, id, Sense::hover());
    let inside = rect.shrink2(vec2(0.0, tokens.space.xs));
    ui.painter()
        .rect_filled(inside, tokens.radius.control, tokens.surface.panel);
    let inner = inside.shrink2(vec2(tokens.space.s, tokens.space.xs));
    let height = inner.height() / 3.0;
    let times = words::times(conflict);
    let small = (tokens.text.small, tokens.ink.weak);
    let first = Rect::from_min_size(inner.min, vec2(inner.width(), height));
    let taken = controls::line(ui, first, &times, small, Side::Right) + tokens.space.m;
    let mut is_cut = false;
    let lines = [
        (&about, tokens.text.body, tokens.ink.strong),
        (&stands, tokens.text.body, tokens.ink.strong),
        (&layer, tokens.text.small, tokens.ink.weak),
    ];
    for (at, (words, size, ink)) in lines.into_iter().enumerate() {
        let top = inner.top() + at as f32 * height;
        let width = inner.width() - if at == 0 { taken } else { 0.0 };
        let line = Rect::from_min_size(pos2(inner.left(), top), vec2(width, height));
        let shown = controls::line(ui, line, words, (size, ink), Side::Left);
        is_cut |= shown > width - tokens.space.l;
    }
    let spoken = format!("{about}. {stands}. {layer}. {times}");
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &spoken));
    if is_cut {
        response.on_hover_ui(|ui| {
            for words in [&*about, &*stands, &*layer] {
                controls::hint(ui, words);
            }
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_in_view_is_laid_out() {
        assert_eq!(in_view((-100.0, 400.0), 50.0, 1000), 0..8);
        assert_eq!(in_view((120.0, 400.0), 50.0, 1000), 2..8);
        assert_eq!(in_view((120.0, 400.0), 50.0, 5), 2..5);
        assert_eq!(in_view((-500.0, -100.0), 50.0, 5), 0..0);
    }
}
