//! Where the columns of the side-by-side view stand, and what is done with all of them at once: scrolling, the
//! pointer, painting.

use eframe::egui::{
    Align, CursorIcon, Layout, Painter, Pos2, Rect, Response, Sense, Stroke, Ui, UiBuilder, pos2,
    vec2,
};

use crate::{
    annotation::{LabelSet, SpanId},
    gui::{
        article::{
            ViewAction, canvas::Canvas, highlights::Sizes, scroll::BAR, show, view::article_id,
        },
        text::{BidiLabel, TextPainter},
        theme::{self, Tokens},
    },
    typeset::{ArticleStyle, Position, Visible},
};

use super::{MOST, Open, PanesInput, column::Ground};

/// Between two columns, in points; a tag may stand out of its column by a part of it.
pub(super) const GUTTER: f32 = 32.0;
/// How far a column's highlights may reach out of it, in points.
pub(super) const OUT: f32 = 12.0;
/// The narrowest column, in points.
const NARROWEST: f32 = 120.0;

/// Where the columns stand on the screen, and how their text is set.
pub(super) struct Stage {
    pub(super) area: Rect,
    pub(super) response: Response,
    pub(super) style: ArticleStyle,
    pub(super) sizes: Sizes,
    /// Where each column's text begins.
    pub(super) canvases: Vec<Canvas>,
    /// The columns, in points.
    pub(super) columns: Vec<Rect>,
    pub(super) tokens: &'static Tokens,
}

/// The columns of an area, all of one width that is whole in physical pixels, `scale` of them a point. They are no
/// wider than `widest`, and stand in the middle.
pub(super) fn columns(area: Rect, count: usize, widest: f32, scale: f32) -> Vec<Rect> {
    let count = count.clamp(1, MOST) as f32;
    let room = area.width() - GUTTER - BAR - GUTTER * (count - 1.0);
    let width = (room / count).min(widest).max(NARROWEST);
    let width = (width * scale).floor() / scale;
    let all = width * count + GUTTER * (count - 1.0);
    let left = (area.center().x - all * 0.5).max(area.left() + GUTTER * 0.5);
    let column = |index: usize| {
        let x = left + index as f32 * (width + GUTTER);
        Rect::from_min_max(pos2(x, area.top()), pos2(x + width, area.bottom()))
    };
    (0..count as usize).map(column).collect()
}

impl Stage {
    /// Takes all room that is left in `ui`: a line of names, then the texts.
    pub(super) fn new(ui: &mut Ui, input: &PanesInput<'_>) -> Self {
        let all = ui.available_rect_before_wrap();
        ui.advance_cursor_after_rect(all);
        let tokens = theme::tokens(ui.ctx());
        let scale = ui.ctx().pixels_per_point();
        let head = tokens.space.row;
        let area = all.with_min_y((all.top() + head).min(all.bottom()));
        let widest = input.reading.column * input.reading.text_size;
        let columns = columns(area, input.columns.len(), widest, scale);
        for (rect, (layer, name)) in columns.iter().zip(input.columns) {
            let place =
                Rect::from_min_max(pos2(rect.left(), all.top()), pos2(rect.right(), area.top()));
            header(ui, place, (*layer, name), tokens);
        }
        let response = ui.interact(area, article_id(), Sense::click());
        let width = columns.first().map_or(NARROWEST, Rect::width);
        let (style, sizes) = show::setting(input.reading, tokens, scale, (width * scale).round());
        let canvases = columns
            .iter()
            .map(|rect| Canvas::new(rect.min, scale))
            .collect();
        Self {
            area,
            response,
            style,
            sizes,
            canvases,
            columns,
            tokens,
        }
    }

    pub(super) fn height(&self) -> f32 {
        self.area.height() * self.sizes.point
    }

    /// Scrolls all columns, and lays out what comes into view.
    pub(super) fn lay_out(
        &self,
        ui: &Ui,
        text: &mut TextPainter,
        open: &mut Open,
        reveal: Option<usize>,
        reads: bool,
    ) -> Visible {
        let typesetter = text.typesetter();
        let height = self.height();
        let margin = if reads { height } else { height * 0.25 };
        let anchor = open
            .layout
            .restyle(typesetter, self.style.clone(), open.scroll.anchor);
        open.scroll.anchor = anchor;
        if self.response.contains_pointer() {
            let dy = -ui.input(|input| input.smooth_scroll_delta().y);
            open.scroll.by(&open.layout, dy * self.sizes.point);
        }
        let length = open.layout.text().len();
        let position = reveal.map(|byte| Position::downstream(byte.min(length)));
        let room = (height, margin);
        open.scroll
            .view(&mut open.layout, typesetter, room, position)
    }

    /// The span under the pointer, and what a click on it tells.
    pub(super) fn take_pointer(&self, ui: &Ui, open: &mut Open) -> Option<ViewAction> {
        let at = self.response.hover_pos();
        open.hovered = at.and_then(|at| self.at(open, at).map(|(layer, span, _)| (layer, span)));
        let loud = |at: Pos2| self.at(open, at).filter(|(.., loud)| *loud);
        let (layer, span, _) = at.and_then(loud)?;
        ui.set_cursor_icon(CursorIcon::PointingHand);
        self.response
            .clicked()
            .then_some(ViewAction::Compared { layer, span })
    }

    /// The span at a place on the screen, the place of its layer before it, and whether it is loud.
    fn at(&self, open: &Open, at: Pos2) -> Option<(usize, SpanId, bool)> {
        let columns = open.columns.iter().zip(&self.canvases).zip(&self.columns);
        let mut under = columns.filter(|(_, rect)| rect.contains(at));
        let ((column, canvas), _) = under.next()?;
        let span = column.at(&open.layout, canvas, at)?;
        Some((column.layer(), span, column.is_loud(span)))
    }

    pub(super) fn paint(&self, ui: &Ui, text: &mut TextPainter, open: &Open, labels: &LabelSet) {
        let visible = self.area.intersect(ui.clip_rect());
        let painter = ui.painter().with_clip_rect(visible);
        self.rules(&painter);
        let columns = open.columns.iter().zip(&self.canvases).zip(&self.columns);
        for ((column, canvas), rect) in columns {
            let clip = rect.expand2(vec2(OUT, 0.0)).intersect(visible);
            let hovered = open.hovered.filter(|(layer, _)| *layer == column.layer());
            let ground = Ground {
                layout: &open.layout,
                canvas,
                tokens: self.tokens,
                labels,
                hovered: hovered.map(|(_, span)| span),
            };
            column.paint(&painter.with_clip_rect(clip), text, &ground);
        }
    }

    /// The thin lines between columns.
    fn rules(&self, painter: &Painter) {
        let edge = &self.tokens.edge;
        for rect in self.columns.iter().skip(1) {
            let x = rect.left() - GUTTER * 0.5;
            painter.vline(
                x,
                self.area.y_range(),
                Stroke::new(edge.width, edge.separator),
            );
        }
    }
}

/// A column's name, its annotator's number before it.
fn header(ui: &mut Ui, rect: Rect, (layer, name): (usize, &str), tokens: &Tokens) {
    let builder = UiBuilder::new()
        .id_salt(("pane", layer))
        .max_rect(rect)
        .layout(Layout::left_to_right(Align::Center));
    let mut ui = ui.new_child(builder);
    let number = (layer + 1).to_string();
    ui.add(BidiLabel::new(&number).color(tokens.ink.weak));
    ui.add(BidiLabel::new(name).bold());
}
