//! How a field looks: frame, selection, letters, what is being composed, caret.

use eframe::egui;
use egui::text_selection::visuals::paint_text_cursor;
use egui::{
    CornerRadius, IMEPurpose, Pos2, Rect, Response, Stroke, StrokeKind, Ui, output::IMEOutput,
    pos2, vec2,
};

use super::FieldState;
use crate::gui::text::{Fit, TextPainter, interface_style};
use crate::gui::theme;
use crate::typeset::{CaretBox, LineBox};

/// Where and how to paint.
pub(super) struct Look<'a> {
    pub(super) rect: Rect,
    pub(super) inner: Rect,
    pub(super) frame: bool,
    pub(super) hint: &'a str,
}

pub(super) fn paint(
    ui: &mut Ui,
    glyphs: &mut TextPainter,
    state: &mut FieldState,
    response: &Response,
    look: &Look<'_>,
) {
    let tokens = theme::tokens(ui.ctx());
    if look.frame {
        frame(ui, response, look.rect);
    }
    place(ui, glyphs, state, look.inner);
    let scale = ui.pixels_per_point();
    let clip = look
        .inner
        .expand2(vec2(tokens.space.xs * 0.5, tokens.space.xs));
    let painter = ui.painter_at(clip.intersect(ui.clip_rect()));
    let origin = state.origin;
    let on_screen = |piece: &LineBox| {
        let corner = |x, y| origin + vec2(x, y) / scale;
        Rect::from_min_max(corner(piece.x0, piece.top), corner(piece.x1, piece.bottom))
    };
    if response.has_focus() {
        for piece in state.editor.selection_boxes(glyphs.typesetter()) {
            painter.rect_filled(on_screen(&piece), 0.0, tokens.mark.selection);
        }
    }
    if state.editor.shown_text().is_empty() {
        hint(ui, glyphs, &painter, look);
    } else {
        let color = ui.visuals().text_color();
        glyphs.paint_field(&painter, &mut state.editor, origin, color);
    }
    for piece in state.editor.compose_boxes(glyphs.typesetter()) {
        let line = on_screen(&piece);
        let stroke = Stroke::new(tokens.edge.width, tokens.ink.strong);
        painter.hline(line.x_range(), line.bottom(), stroke);
    }
    if response.has_focus()
        && let Some(caret) = state.editor.caret(glyphs.typesetter())
    {
        let caret = caret_rect(&caret, origin, scale);
        show_caret(ui, &painter, state, caret, look.rect);
    }
}

fn frame(ui: &Ui, response: &Response, rect: Rect) {
    let tokens = theme::tokens(ui.ctx());
    let stroke = if response.has_focus() {
        Stroke::new(tokens.edge.focus_width, tokens.ink.accent)
    } else {
        Stroke::new(tokens.edge.width, tokens.edge.outline)
    };
    let radius = CornerRadius::same(tokens.radius.control);
    ui.painter().rect(
        rect,
        radius,
        tokens.surface.field,
        stroke,
        StrokeKind::Inside,
    );
}

/// Finds the text's origin: at the side where it begins, moved so that the caret is seen.
fn place(ui: &Ui, glyphs: &mut TextPainter, state: &mut FieldState, inner: Rect) {
    let scale = ui.pixels_per_point();
    let top = inner.top();
    if state.editor.is_multiline() {
        state.origin = snapped(pos2(inner.left(), top), scale);
        return;
    }
    let setter = glyphs.typesetter();
    let room = inner.width() * scale;
    let (width, _) = state.editor.size(setter);
    let base = if state.editor.is_rtl(setter) {
        room - width
    } else {
        0.0
    };
    let caret = state.editor.caret(setter).map_or(0.0, |caret| caret.x);
    // Spaces at the end hang beyond the text's width, and the caret may stand behind them.
    let (left, right) = (caret.min(0.0), caret.max(width));
    if right - left <= room {
        state.scroll = 0.0;
    } else {
        let shown = base + state.scroll + caret;
        state.scroll += (-shown).max(0.0) - (shown - room).max(0.0);
        let (most_left, most_right) = (room - right - base, -left - base);
        state.scroll = state.scroll.clamp(most_left, most_right);
    }
    let x = inner.left() + (base + state.scroll) / scale;
    state.origin = snapped(pos2(x, top), scale);
}

fn snapped(point: Pos2, scale: f32) -> Pos2 {
    pos2(
        (point.x * scale).round() / scale,
        (point.y * scale).round() / scale,
    )
}

fn hint(ui: &Ui, glyphs: &mut TextPainter, painter: &egui::Painter, look: &Look<'_>) {
    let tokens = theme::tokens(ui.ctx());
    let scale = ui.pixels_per_point();
    let style = interface_style(tokens.text.body, false, scale);
    let layout = glyphs.layout(look.hint, &style, Fit::Elide(look.inner.width() * scale));
    let right = look.inner.right() - layout.width() / scale;
    let x = if layout.is_rtl() {
        right
    } else {
        look.inner.left()
    };
    glyphs.paint_layout(painter, &layout, pos2(x, look.inner.top()), tokens.ink.weak);
}

fn caret_rect(caret: &CaretBox, origin: Pos2, scale: f32) -> Rect {
    let at = |y| origin + vec2(caret.x, y) / scale;
    Rect::from_min_max(at(caret.top), at(caret.bottom))
}

/// Paints the caret, tells the input method where it is, and keeps it in view.
fn show_caret(
    ui: &mut Ui,
    painter: &egui::Painter,
    state: &mut FieldState,
    caret: Rect,
    field: Rect,
) {
    let now = ui.input(|input| input.time);
    paint_text_cursor(ui, painter, caret, now - state.touched);
    if std::mem::take(&mut state.moved) && state.editor.is_multiline() {
        ui.scroll_to_rect(caret, None);
    }
    let to_global = ui
        .ctx()
        .layer_transform_to_global(ui.layer_id())
        .unwrap_or_default();
    ui.output_mut(|output| {
        output.ime = Some(IMEOutput {
            purpose: IMEPurpose::Normal,
            rect: to_global * field,
            cursor_rect: to_global * caret,
            should_interrupt_composition: false,
        });
    });
}
