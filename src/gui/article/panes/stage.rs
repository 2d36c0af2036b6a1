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

use super::{
    MOST, Open, PanesInput,
    column::Ground,
    sideways::{STRIP, Sideways},
};

/// Between two columns, in points; a tag may stand out of its column by a part of it.
pub(super) const GUTTER: f32 = 32.0;
/// How far a column's highlights may reach out of it, in points.
pub(super) const OUT: f32 = 12.0;
/// The narrowest column that is easily read, as a multiple of the letters' size.
const READABLE: f32 = 10.0;
/// The narrowest column where there is no room for a readable one, in points.
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

/// How columns lie beside each other, in points.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Spread {
    /// Where the first one begins while nothing is scrolled.
    pub(super) left: f32,
    /// The width of each.
    pub(super) width: f32,
    /// How many have room.
    pub(super) fits: usize,
    /// How many there are.
    pub(super) count: usize,
}

impl Spread {
    /// `count` columns in an area, all of one width that is whole in physical pixels, `scale` of them a point. As many
    /// have room as can be `least` wide. They are no wider than `widest`, and where all have room they stand in the
    /// middle.
    pub(super) fn of(area: Rect, count: usize, (least, widest): (f32, f32), scale: f32) -> Self {
        let count = count.clamp(1, MOST);
        let room = area.width() - GUTTER - BAR;
        let fits = ((room + GUTTER) / (least + GUTTER)).floor().max(1.0) as usize;
        let fits = fits.min(count);
        let gaps = GUTTER * (fits - 1) as f32;
        let width = ((room - gaps) / fits as f32).min(widest).max(NARROWEST);
        let width = (width * scale).floor() / scale;
        let all = width * fits as f32 + gaps;
        let left = (area.center().x - all * 0.5).max(area.left() + GUTTER * 0.5);
        Self {
            left,
            width,
            fits,
            count,
        }
    }

    /// From column to column.
    pub(super) fn step(&self) -> f32 {
        self.width + GUTTER
    }

    /// How many columns have no room.
    pub(super) fn hidden(&self) -> f32 {
        self.count.saturating_sub(self.fits) as f32
    }

    /// Where the columns stand in an area, scrolled by `offset`; those out of view too.
    pub(super) fn columns(&self, area: Rect, offset: f32) -> Vec<Rect> {
        let column = |index: usize| {
            let x = self.left + index as f32 * self.step() - offset;
            Rect::from_min_max(pos2(x, area.top()), pos2(x + self.width, area.bottom()))
        };
        (0..self.count).map(column).collect()
    }
}

impl Stage {
    /// Takes all room that is left in `ui`: a line of names, then the texts, and under them a bar where columns are out
    /// of view.
    pub(super) fn new(ui: &mut Ui, input: &PanesInput<'_>, sideways: &mut Sideways) -> Self {
        let all = ui.available_rect_before_wrap();
        ui.advance_cursor_after_rect(all);
        let tokens = theme::tokens(ui.ctx());
        let scale = ui.ctx().pixels_per_point();
        let head = (all.top() + tokens.space.row).min(all.bottom());
        let area = all.with_min_y(head);
        let em = input.reading.text_size;
        let widths = (READABLE * em, input.reading.column * em);
        let spread = Spread::of(area, input.columns.len(), widths, scale);
        let strip = if spread.hidden() > 0.0 { STRIP } else { 0.0 };
        let (area, strip) = area.split_top_bottom_at_y((area.bottom() - strip).max(area.top()));
        let response = ui.interact(area, article_id(), Sense::click());
        let of = |layer| input.columns.iter().position(|(it, _)| *it == layer);
        sideways.follow(&spread, input.compared.current, of);
        if response.contains_pointer() {
            let dx = -ui.input(|input| input.smooth_scroll_delta().x);
            sideways.by(&spread, dx);
        }
        let offset = (sideways.offset(&spread) * scale).round() / scale;
        let columns = spread.columns(area, offset);
        let names = Rect::from_min_max(all.min, pos2(all.right(), head));
        for (rect, (layer, name)) in columns.iter().zip(input.columns) {
            let place = names.with_min_x(rect.left()).with_max_x(rect.right());
            header(ui, (place, names), (*layer, name), tokens);
        }
        if spread.hidden() > 0.0 {
            let strip = strip.with_min_x(spread.left);
            sideways.strip(ui, article_id().with("sideways"), (strip, &spread), tokens);
        }
        let width = (spread.width * scale).round();
        let (style, sizes) = show::setting(input.reading, tokens, scale, width);
        let canvas = |rect: &Rect| Canvas::new(rect.min, scale);
        Self {
            area,
            response,
            style,
            sizes,
            canvases: columns.iter().map(canvas).collect(),
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
            if !clip.is_positive() {
                continue;
            }
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

/// A column's name, its annotator's number before it. What of it is not within `names` is out of view.
fn header(ui: &mut Ui, (rect, names): (Rect, Rect), (layer, name): (usize, &str), tokens: &Tokens) {
    let clip = names.intersect(ui.clip_rect());
    if !clip.intersects(rect) {
        return;
    }
    let builder = UiBuilder::new()
        .id_salt(("pane", layer))
        .max_rect(rect)
        .layout(Layout::left_to_right(Align::Center));
    let mut ui = ui.new_child(builder);
    ui.set_clip_rect(clip);
    let number = (layer + 1).to_string();
    ui.add(BidiLabel::new(&number).color(tokens.ink.weak));
    ui.add(BidiLabel::new(name).bold());
}
