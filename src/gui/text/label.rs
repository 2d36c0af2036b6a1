//! A label for text whose direction is not known: titles, span texts, notes.

use std::sync::Arc;

use eframe::egui;
use egui::{Color32, Response, Sense, Ui, Widget, WidgetInfo, accesskit::Role, pos2, vec2};

use super::{Fit, interface_style, lowered, with};
use crate::gui::theme;
use crate::typeset::TextLayout;

/// Text set in its own direction: one line cut with `…` where it does not fit, or wrapped.
#[must_use = "add it to a ui"]
pub struct BidiLabel<'a> {
    text: &'a str,
    size: Option<f32>,
    color: Option<Color32>,
    bold: bool,
    wrap: bool,
    fill: bool,
    sense: Sense,
}

impl<'a> BidiLabel<'a> {
    /// One line of ordinary interface text.
    pub fn new(text: &'a str) -> Self {
        Self {
            text,
            size: None,
            color: None,
            bold: false,
            wrap: false,
            fill: false,
            sense: Sense::hover(),
        }
    }

    /// Letter size in points.
    pub fn size(mut self, size: f32) -> Self {
        self.size = Some(size);
        self
    }

    /// Another colour than that of text.
    pub fn color(mut self, color: Color32) -> Self {
        self.color = Some(color);
        self
    }

    /// In the heavier weight.
    pub fn bold(mut self) -> Self {
        self.bold = true;
        self
    }

    /// As many lines as it takes, one paragraph a line of the text.
    pub fn wrap(mut self) -> Self {
        self.wrap = true;
        self
    }

    /// Takes the whole width and stands at the side where its direction begins.
    pub fn fill(mut self) -> Self {
        self.fill = true;
        self
    }

    /// What it reacts to; by default only to hovering.
    pub fn sense(mut self, sense: Sense) -> Self {
        self.sense = sense;
        self
    }

    /// Each paragraph's layout, for a width in physical pixels.
    fn layouts(&self, ui: &Ui, size: f32, width: f32) -> Vec<Arc<TextLayout>> {
        let style = interface_style(size, self.bold, ui.pixels_per_point());
        with(ui.ctx(), |painter| {
            if self.wrap {
                let wrapped = |line| painter.layout(line, &style, Fit::Wrap(width));
                self.text.lines().map(wrapped).collect()
            } else {
                vec![painter.layout(self.text, &style, Fit::Elide(width))]
            }
        })
    }
}

impl Widget for BidiLabel<'_> {
    fn ui(self, ui: &mut Ui) -> Response {
        let size = self.size.unwrap_or(theme::tokens(ui.ctx()).text.body);
        let scale = ui.pixels_per_point();
        let room = ui.available_width();
        let layouts = self.layouts(ui, size, room * scale);
        let longest = layouts
            .iter()
            .map(|layout| layout.width())
            .fold(0.0, f32::max);
        let height: f32 = layouts.iter().map(|layout| layout.height()).sum();
        let content = (longest.ceil() / scale).min(room);
        let width = if self.fill { room } else { content };
        let (rect, response) = ui.allocate_exact_size(vec2(width, height / scale), self.sense);
        let (enabled, name) = (ui.is_enabled(), self.text);
        response.widget_info(|| WidgetInfo::labeled(Role::Label, enabled, name));
        if ui.is_rect_visible(rect) {
            let color = self.color.unwrap_or_else(|| ui.visuals().text_color());
            with(ui.ctx(), |painter| {
                painter.paint(ui.painter(), |batch| {
                    let mut top = rect.top();
                    for layout in &layouts {
                        let right = rect.right() - layout_right(layout) / scale;
                        let x = if layout.is_rtl() { right } else { rect.left() };
                        let lower = lowered(layout, size * scale) / scale;
                        batch.layout(layout, pos2(x, top + lower), color);
                        top += layout.height() / scale;
                    }
                });
            });
        }
        if !layouts.iter().any(|layout| layout.is_elided()) {
            return response;
        }
        response.on_hover_ui(|ui| {
            ui.add(BidiLabel::new(self.text).wrap());
        })
    }
}

/// The right edge of the text from the layout's left edge, in physical pixels: a wrapped
/// right-to-left text stands at the right end of the width it was given.
fn layout_right(layout: &TextLayout) -> f32 {
    layout
        .lines()
        .iter()
        .map(|line| line.right)
        .fold(0.0, f32::max)
}
