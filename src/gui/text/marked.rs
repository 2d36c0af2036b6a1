//! A text of which some letters stand out: those in which it differs from others.

use std::{ops::Range, sync::Arc};

use eframe::egui;
use egui::{Rect, Response, Sense, Ui, Widget, WidgetInfo, accesskit::Role, pos2, vec2};

use super::{Fit, interface_style, lowered, with};
use crate::{gui::theme, typeset::TextLayout};

/// A text in its own direction over the whole width, in as many lines as it takes. Letters are drawn as one text,
/// so that those that stand out stay joined to the others; a line under them tells them apart without colour.
#[must_use = "add it to a ui"]
pub struct MarkedLabel<'a> {
    text: &'a str,
    marked: &'a [Range<usize>],
}

impl<'a> MarkedLabel<'a> {
    /// One paragraph, and the ranges (bytes) that stand out.
    pub fn new(text: &'a str, marked: &'a [Range<usize>]) -> Self {
        Self { text, marked }
    }
}

/// Where the ranges stand on their lines, in physical pixels, from left to right: left, top, right, bottom of the
/// line, and the letters' bottom.
fn boxes(layout: &TextLayout, marked: &[Range<usize>]) -> Vec<[f32; 5]> {
    let ranges = marked
        .iter()
        .flat_map(|range| layout.boxes_of(range.clone()));
    ranges
        .map(|it| [it.x0, it.line_top, it.x1, it.line_bottom, it.bottom])
        .collect()
}

impl Widget for MarkedLabel<'_> {
    fn ui(self, ui: &mut Ui) -> Response {
        let tokens = theme::tokens(ui.ctx());
        let size = tokens.text.body;
        let scale = ui.pixels_per_point();
        let room = ui.available_width();
        let style = interface_style(size, false, scale);
        let layout: Arc<TextLayout> = with(ui.ctx(), |painter| {
            painter.layout(self.text, &style, Fit::Wrap(room * scale))
        });
        let height = layout.height() / scale;
        let (rect, response) = ui.allocate_exact_size(vec2(room, height), Sense::hover());
        let (enabled, name) = (ui.is_enabled(), self.text);
        response.widget_info(|| WidgetInfo::labeled(Role::Label, enabled, name));
        if !ui.is_rect_visible(rect) {
            return response;
        }
        let right = layout.lines().iter().map(|line| line.right);
        let right = right.fold(0.0, f32::max) / scale;
        let left = if layout.is_rtl() {
            rect.right() - right
        } else {
            rect.left()
        };
        let lower = lowered(&layout, size * scale) / scale;
        let at = pos2(left, rect.top() + lower);
        let boxes = boxes(&layout, self.marked);
        let painter = ui.painter();
        with(ui.ctx(), |text| {
            text.paint_layout(painter, &layout, at, tokens.ink.strong);
            for [x0, top, x1, bottom, under] in boxes {
                let place = |x: f32, y: f32| at + vec2(x, y) / scale;
                let area = Rect::from_min_max(place(x0, top), place(x1, bottom));
                let inside = painter.with_clip_rect(area.intersect(painter.clip_rect()));
                // The same letters once more, in place of those beneath: joined as they are in the whole text.
                inside.rect_filled(area, 0.0, tokens.surface.chosen);
                text.paint_layout(&inside, &layout, at, tokens.ink.accent);
                let line = (1.5, tokens.ink.accent);
                let y = place(0.0, under).y;
                inside.hline(area.x_range(), y.min(area.bottom() - 1.0), line);
            }
        });
        response
    }
}
