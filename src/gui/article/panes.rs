//! Layers side by side: the same text in two to four columns, each with one annotator's highlights. All columns have
//! one width and one style, so that one layout and one scroll serve them all and the same line stands at the same
//! height everywhere. Nothing can be changed here.

mod column;
#[cfg(test)]
mod tests;

use std::{ops::Range, sync::Arc};

use eframe::egui::{
    CursorIcon, Painter, Pos2, Rect, Response, Sense, Stroke, Ui, UiBuilder, pos2, vec2,
};

use crate::{
    annotation::{DocumentId, LabelSet, SpanId},
    gui::{
        text::{self, BidiLabel, TextPainter},
        theme::{self, Tokens},
    },
    session::{Article, Reading},
    typeset::{ArticleLayout, ArticleStyle, Position, Visible},
};

use super::{
    ViewAction,
    access::{self, Access, Others, Source},
    canvas::Canvas,
    compared::{self, Compared},
    highlights::Sizes,
    marks::Lanes,
    scene::Scene,
    scroll::{BAR, Scroll},
    show,
    view::article_id,
};
use column::{Column, Ground};

/// How many columns there can be.
const MOST: usize = 4;
/// Between two columns, in points; a tag may stand out of its column by a part of it.
const GUTTER: f32 = 32.0;
/// How far a column's highlights may reach out of it, in points.
const OUT: f32 = 12.0;
/// The narrowest column, in points.
const NARROWEST: f32 = 120.0;

/// What is shown side by side.
#[derive(Clone, Copy, Debug)]
pub struct PanesInput<'a> {
    /// The article; its own layer is not shown.
    pub article: &'a Article,
    /// The project's labels.
    pub labels: &'a LabelSet,
    /// How articles look.
    pub reading: &'a Reading,
    /// The compared layers.
    pub compared: Compared<'a>,
    /// Which of them have a column, 2 to 4: the place of the layer, its annotator's name.
    pub columns: &'a [(usize, &'a str)],
}

/// The view of several layers side by side.
#[derive(Default)]
pub struct Panes {
    open: Option<Open>,
    reveal: Option<usize>,
}

/// What columns are made from; what has an equal key is the same.
#[derive(Clone, Debug, PartialEq)]
struct Key {
    revision: u64,
    layers: Vec<usize>,
    blocks: Range<usize>,
    style: ArticleStyle,
    fonts: u64,
    sizes: Sizes,
    labels: LabelSet,
}

/// What is kept of the article that is shown.
struct Open {
    document: DocumentId,
    layout: ArticleLayout,
    scroll: Scroll,
    key: Option<Key>,
    version: u64,
    lanes: Vec<Lanes>,
    columns: Vec<Column>,
    access: Access,
    hovered: Option<(usize, SpanId)>,
}

/// Where the columns stand on the screen, and how their text is set.
struct Stage {
    area: Rect,
    response: Response,
    style: ArticleStyle,
    sizes: Sizes,
    /// Where each column's text begins.
    canvases: Vec<Canvas>,
    /// The columns, in points.
    columns: Vec<Rect>,
    tokens: &'static Tokens,
}

/// The columns of an area, all of one width that is whole in physical pixels, `scale` of them a point. They are no
/// wider than `widest`, and stand in the middle.
fn columns(area: Rect, count: usize, widest: f32, scale: f32) -> Vec<Rect> {
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
    fn new(ui: &mut Ui, input: &PanesInput<'_>) -> Self {
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

    fn height(&self) -> f32 {
        self.area.height() * self.sizes.point
    }

    /// Scrolls all columns, and lays out what comes into view.
    fn lay_out(
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
        let mut visible = open
            .layout
            .view(typesetter, open.scroll.anchor, height, margin);
        if let Some(byte) = reveal {
            let position = Position::downstream(byte.min(open.layout.text().len()));
            let room = self.style.line_height * self.style.size_px * 0.6;
            let to = open
                .layout
                .reveal(typesetter, visible.anchor, position, height, room);
            if to != visible.anchor {
                visible = open.layout.view(typesetter, to, height, margin);
            }
        }
        open.scroll.anchor = visible.anchor;
        visible
    }

    /// The span under the pointer, and what a click on it tells.
    fn take_pointer(&self, ui: &Ui, open: &mut Open) -> Option<ViewAction> {
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

    fn paint(&self, ui: &Ui, text: &mut TextPainter, open: &Open, labels: &LabelSet) {
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
        .layout(eframe::egui::Layout::left_to_right(
            eframe::egui::Align::Center,
        ));
    let mut ui = ui.new_child(builder);
    let number = (layer + 1).to_string();
    ui.add(BidiLabel::new(&number).color(tokens.ink.weak));
    ui.add(BidiLabel::new(name).bold());
}

impl Open {
    fn new(article: &Article, style: &ArticleStyle) -> Self {
        Self {
            document: article.key().document,
            layout: ArticleLayout::new(Arc::clone(article.text()), style.clone()),
            scroll: Scroll::at_top(style.padding_px),
            key: None,
            version: 0,
            lanes: Vec::new(),
            columns: Vec::new(),
            access: Access::default(),
            hovered: None,
        }
    }

    /// Makes the columns anew if they are not the same as before.
    fn update(&mut self, text: &mut TextPainter, input: &PanesInput<'_>, sizes: Sizes) {
        let shown = self.layout.blocks_in_view();
        let first = shown.first().map_or(0, |shown| shown.block);
        let last = shown.last().map_or(0, |shown| shown.block);
        let layers = input.columns.iter().take(MOST).map(|(layer, _)| *layer);
        let key = Key {
            revision: input.compared.revision,
            layers: layers.collect(),
            blocks: first..last,
            style: self.layout.style().clone(),
            fonts: text.typesetter().generation(),
            sizes,
            labels: input.labels.clone(),
        };
        if self.key.as_ref() == Some(&key) {
            return;
        }
        let same_spans = self.key.as_ref().is_some_and(|old| {
            old.revision == key.revision && old.layers == key.layers && old.labels == key.labels
        });
        if !same_spans {
            let of = |layer: &usize| input.compared.layers.get(*layer);
            let lanes = key
                .layers
                .iter()
                .map(|layer| of(layer).map_or_else(Lanes::default, |layer| Lanes::of(layer, None)));
            self.lanes = lanes.collect();
        }
        self.version += 1;
        let bytes = self.layout.block_range(first).start..self.layout.block_range(last).end;
        let columns = key
            .layers
            .iter()
            .zip(&mut self.lanes)
            .map(|(layer, lanes)| {
                Column::new(
                    (&input.compared, *layer),
                    lanes,
                    (&self.layout, &bytes),
                    (&mut *text, input.labels),
                    &sizes,
                )
            });
        self.columns = columns.collect();
        self.key = Some(key);
    }

    /// Tells the accessibility tree: the text once, the spans of all columns.
    fn tell(&mut self, ui: &mut Ui, fonts: u64, stage: &Stage, input: &PanesInput<'_>) {
        let Some(canvas) = stage.canvases.first() else {
            return;
        };
        let told = self.columns.iter().zip(&stage.canvases);
        let told = told.flat_map(|(column, canvas)| column.told(&self.layout, canvas));
        let (marks, rects): (Vec<_>, Vec<_>) = told.unzip();
        let source = Source {
            article: input.article,
            labels: input.labels,
            layout: &self.layout,
            scene: &Scene::default(),
            canvas,
            fonts,
            view: stage.area,
            others: Some(Others {
                compared: &input.compared,
                marks: &marks,
                rects,
                version: self.version,
            }),
            selects: false,
        };
        self.access.build(ui, article_id(), &source);
    }
}

impl Panes {
    /// Draws the columns into what is left of `ui`, and gives what a click told.
    #[must_use]
    pub fn show(&mut self, ui: &mut Ui, input: &PanesInput<'_>) -> Vec<ViewAction> {
        let ctx = ui.ctx().clone();
        let stage = Stage::new(ui, input);
        let actions = text::with(&ctx, |text| self.show_with(ui, text, &stage, input));
        // A tooltip sets texts of its own, so that it is made once the painter of texts is free.
        if let Some(span) = self.open.as_ref().and_then(|open| open.hovered) {
            compared::tell(stage.response, &input.compared, input.labels, span);
        }
        if !actions.is_empty() {
            ctx.request_repaint();
        }
        actions
    }

    /// Scrolls so that `byte` can be seen, as little as that takes.
    pub fn reveal(&mut self, byte: usize) {
        self.reveal = Some(byte);
    }

    fn show_with(
        &mut self,
        ui: &mut Ui,
        text: &mut TextPainter,
        stage: &Stage,
        input: &PanesInput<'_>,
    ) -> Vec<ViewAction> {
        let document = input.article.key().document;
        self.open = self.open.take().filter(|open| open.document == document);
        let make = || Open::new(input.article, &stage.style);
        let open = self.open.get_or_insert_with(make);
        let reads = access::is_on(ui.ctx(), article_id());
        let asked = open.access.requests(ui, article_id(), &open.layout);
        let reveal = asked.reveal.or(self.reveal.take());
        let mut actions = asked.actions;
        actions.retain(|action| matches!(action, ViewAction::Compared { .. }));
        let visible = stage.lay_out(ui, text, open, reveal, reads);
        open.update(text, input, stage.sizes);
        actions.extend(stage.take_pointer(ui, open));
        stage.paint(ui, text, open, input.labels);
        let track = stage
            .area
            .with_min_x(stage.area.right() - BAR)
            .shrink2(vec2(0.0, 4.0));
        open.scroll.bar(
            ui,
            article_id().with("scroll bar"),
            track,
            (&open.layout, &visible),
            stage.height(),
            stage.tokens,
        );
        if reads {
            open.tell(ui, text.typesetter().generation(), stage, input);
        }
        actions
    }
}
