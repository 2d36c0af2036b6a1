//! A frame of the article view, step by step: lay out what is in view, take the pointer's events, make the scene,
//! paint it, tell the accessibility tree.

use eframe::egui::{CornerRadius, CursorIcon, EventFilter, Painter, Pos2, Rect, Response, Sense, Shape, Stroke, Ui, pos2, vec2};

use crate::{
    annotation::SpanId,
    gui::{
        text::TextPainter,
        theme::{self, Tokens},
    },
    session::Reading,
    typeset::{ArticleStyle, Family, Visible},
};

use super::{
    ViewAction,
    access::{self, Source},
    canvas::Canvas,
    caret,
    handles::{self, Handle},
    highlights::Sizes,
    invisibles, overlay,
    overlay::Coat,
    paint::Paint,
    pointer::Ground,
    scroll::{self, BAR},
    tags,
    view::{ArticleInput, Open, article_id},
};

/// Room beside the column in points, the bar's margin not counted.
const BESIDE: f32 = 20.0;
/// The narrowest column in points.
const NARROWEST: f32 = 160.0;

/// Where the article stands on the screen, and how it is set.
pub(super) struct Stage {
    area: Rect,
    response: Response,
    pub(super) style: ArticleStyle,
    canvas: Canvas,
    sizes: Sizes,
    tokens: &'static Tokens,
}

impl Stage {
    /// Takes all room that is left in `ui`.
    pub(super) fn new(ui: &mut Ui, reading: &Reading) -> Self {
        let area = ui.available_rect_before_wrap();
        ui.advance_cursor_after_rect(area);
        let response = ui.interact(area, article_id(), Sense::click_and_drag());
        let tokens = theme::tokens(ui.ctx());
        let scale = ui.ctx().pixels_per_point();
        let em = reading.text_size;
        let room = (area.width() - 2.0 * (BESIDE + BAR)).max(NARROWEST);
        let width = (reading.column * em).min(room);
        let left = area.center().x - width * 0.5;
        let mut style = ArticleStyle::new(em * scale, (width * scale).floor()).spaced(reading.line_spacing);
        if !reading.font.is_empty() {
            style.family = Family::Named(reading.font.clone());
        }
        let sizes = Sizes {
            em: em * scale,
            line: (tokens.mark.line * scale).round(),
            lane: tokens.mark.lane * scale,
            tag: tags::HEIGHT * scale,
            point: scale,
        };
        let canvas = Canvas::new(pos2(left, area.top()), scale);
        Self { area, response, style, canvas, sizes, tokens }
    }

    /// Height of the viewport in physical pixels.
    pub(super) fn height(&self) -> f32 {
        self.area.height() * self.canvas.scale
    }

    /// One frame.
    pub(super) fn run(
        &self,
        ui: &mut Ui,
        text: &mut TextPainter,
        (open, reveal): (&mut Open, &mut Option<usize>),
        input: &ArticleInput<'_>,
    ) -> Vec<ViewAction> {
        let reads = access::is_on(ui.ctx(), article_id());
        let asked = open.access.requests(ui, article_id(), &open.layout);
        *reveal = asked.reveal.or(*reveal);
        let mut actions = asked.actions;
        let visible = self.lay_out(ui, text, (open, reveal.take()), input, reads);
        let dragging = open.pointer.dragging();
        open.scene.update(&open.layout, text, (input.article, input.labels), self.sizes, dragging);
        let handles = self.handles(open, input);
        let hovered = self.take_pointer(ui, open, input, &handles, &mut actions);
        self.keep_keyboard(ui);
        self.paint(ui, text, open, input, (&handles, hovered));
        self.bar(ui, open, &visible);
        if reads {
            let source = Source {
                article: input.article,
                labels: input.labels,
                layout: &open.layout,
                scene: &open.scene,
                canvas: &self.canvas,
                view: self.area,
            };
            open.access.build(ui, article_id(), &source);
        }
        actions
    }

    /// Scrolls, and lays out what comes into view; with `reads` also a screen above and below.
    fn lay_out(
        &self,
        ui: &Ui,
        text: &mut TextPainter,
        (open, reveal): (&mut Open, Option<usize>),
        input: &ArticleInput<'_>,
        reads: bool,
    ) -> Visible {
        let typesetter = text.typesetter();
        let height = self.height();
        let margin = if reads { height } else { height * 0.25 };
        let anchor = open.layout.restyle(typesetter, self.style.clone(), open.scroll.anchor);
        open.scroll.anchor = anchor;
        let dy = self.wheel(ui) + self.pull(ui, open);
        open.scroll.by(&open.layout, dy * self.canvas.scale);
        let mut visible = open.layout.view(typesetter, open.scroll.anchor, height, margin);
        if let Some(byte) = reveal {
            let byte = byte.min(input.article.text().len());
            let position = open.caret.at(byte);
            let room = self.style.line_height * self.style.size_px * 0.6;
            let to = open.layout.reveal(typesetter, visible.anchor, position, height, room);
            if to != visible.anchor {
                visible = open.layout.view(typesetter, to, height, margin);
            }
        }
        open.scroll.anchor = visible.anchor;
        visible
    }

    /// How far the wheel turns the article, in points.
    fn wheel(&self, ui: &Ui) -> f32 {
        if !self.response.contains_pointer() {
            return 0.0;
        }
        -ui.input(|input| input.smooth_scroll_delta().y)
    }

    /// How far a selection pulled over the edge scrolls in this frame, in points.
    fn pull(&self, ui: &Ui, open: &Open) -> f32 {
        if !open.pointer.selects() {
            return 0.0;
        }
        let (at, time) = ui.input(|input| (input.pointer.latest_pos(), input.stable_dt.min(0.1)));
        let speed = at.map_or(0.0, |at| scroll::pull(self.area, at));
        if speed.abs() > f32::EPSILON {
            ui.ctx().request_repaint();
        }
        speed * time
    }

    fn handles(&self, open: &Open, input: &ArticleInput<'_>) -> Vec<Handle> {
        let chosen = input.article.desk().chosen().and_then(|span| open.scene.index_of(span));
        let width = self.tokens.mark.handle * self.canvas.scale;
        chosen.map_or_else(Vec::new, |mark| handles::handles(&open.layout, &open.scene.highlights, mark, width))
    }

    /// The pointer's events; gives the span under it.
    fn take_pointer(
        &self,
        ui: &Ui,
        open: &mut Open,
        input: &ArticleInput<'_>,
        handles: &[Handle],
        actions: &mut Vec<ViewAction>,
    ) -> Option<SpanId> {
        let ground = Ground {
            article: input.article,
            layout: &open.layout,
            canvas: &self.canvas,
            handles,
            view: self.area.with_max_x(self.area.right() - BAR),
            picked: input.picked.filter(|_| input.tools.label_first),
        };
        let (wanted, pressed) = open.pointer.take(ui, &ground, &mut open.caret);
        actions.extend(wanted);
        if pressed {
            self.response.request_focus();
        }
        let at = self.response.hover_pos().filter(|_| !open.pointer.selects())?;
        let on_handle = ground.handle(at).is_some() || open.pointer.dragging().is_some();
        let grapheme = ground.grapheme(at);
        let icon = match (on_handle, grapheme) {
            (true, _) => CursorIcon::ResizeHorizontal,
            (false, Some(_)) => CursorIcon::Text,
            (false, None) => CursorIcon::Default,
        };
        ui.set_cursor_icon(icon);
        if on_handle {
            return None;
        }
        grapheme.and_then(|at| open.scene.innermost(at))
    }

    /// The keyboard is the article's while nothing else has it, and Tab and the arrows do not take it away.
    fn keep_keyboard(&self, ui: &Ui) {
        let filter = EventFilter { tab: true, horizontal_arrows: true, vertical_arrows: true, escape: true };
        ui.memory_mut(|memory| {
            if memory.focused().is_none() && ui.is_enabled() {
                memory.request_focus(article_id());
            }
            memory.set_focus_lock_filter(article_id(), filter);
        });
    }

    fn paint(
        &self,
        ui: &Ui,
        text: &mut TextPainter,
        open: &Open,
        input: &ArticleInput<'_>,
        (handles, hovered): (&[Handle], Option<SpanId>),
    ) {
        let painter = ui.painter().with_clip_rect(self.area.intersect(ui.clip_rect()));
        let chosen = input.article.desk().chosen();
        let paint = Paint {
            layout: &open.layout,
            scene: &open.scene,
            canvas: &self.canvas,
            tokens: self.tokens,
            hovered,
            chosen,
        };
        self.found(&painter, open, input);
        paint.fills(&painter);
        self.selection(&painter, open, input);
        paint.lines(&painter);
        self.letters(text, &painter, open);
        invisibles::paint(text, &painter, &open.layout, &self.canvas, input.tools.invisibles, self.tokens);
        self.preview(&painter, open, input);
        self.tags(text, &painter, &paint, input);
        paint.outline(&painter);
        paint.handles(&painter, handles);
        self.caret(ui, &painter, open, input);
        self.raised_tags(text, &painter, &paint, input);
    }

    fn found(&self, painter: &Painter, open: &Open, input: &ArticleInput<'_>) {
        let coat = Coat::Fill(self.tokens.mark.found);
        for range in overlay::in_view(&open.layout, input.overlays.found) {
            let bands = overlay::bands(&open.layout, range.as_range(), &self.sizes);
            overlay::paint(painter, &open.layout, &self.canvas, &bands, coat);
        }
        let current = input.overlays.current.and_then(|index| input.overlays.found.get(index));
        if let Some(current) = current {
            let bands = overlay::bands(&open.layout, current.as_range(), &self.sizes);
            let coat = Coat::Outline(Stroke::new(1.5, self.tokens.ink.accent));
            overlay::paint(painter, &open.layout, &self.canvas, &bands, coat);
        }
    }

    fn selection(&self, painter: &Painter, open: &Open, input: &ArticleInput<'_>) {
        let Some(selection) = input.article.desk().selection() else { return };
        let bands = overlay::bands(&open.layout, selection.as_range(), &self.sizes);
        let coat = Coat::Fill(self.tokens.mark.selection);
        overlay::paint(painter, &open.layout, &self.canvas, &bands, coat);
    }

    fn preview(&self, painter: &Painter, open: &Open, input: &ArticleInput<'_>) {
        let coat = Coat::Outline(Stroke::new(1.5, self.tokens.ink.accent));
        for range in overlay::in_view(&open.layout, input.overlays.preview) {
            let bands = overlay::bands(&open.layout, range.as_range(), &self.sizes);
            overlay::paint(painter, &open.layout, &self.canvas, &bands, coat);
        }
    }

    fn letters(&self, text: &mut TextPainter, painter: &Painter, open: &Open) {
        let ink = self.tokens.ink.strong;
        text.paint(painter, |batch| {
            for shown in open.layout.blocks_in_view().iter().filter(|shown| shown.in_view) {
                if let Some(layout) = open.layout.layout(shown.block) {
                    batch.layout(layout, self.canvas.block(shown.y).pos(0.0, 0.0), ink);
                }
            }
        });
    }

    fn tags(&self, text: &mut TextPainter, painter: &Painter, paint: &Paint<'_>, input: &ArticleInput<'_>) {
        for place in &paint.scene.highlights.tags {
            let Some(mark) = paint.scene.marks.get(place.mark) else { continue };
            if paint.chosen == Some(mark.span) || paint.hovered == Some(mark.span) {
                continue;
            }
            let Some(canvas) = paint.block(place.block).filter(|_| place.x.is_some()) else { continue };
            let layout = tags::layout(text, input.labels, &mark.label, self.sizes.point);
            tags::paint(text, painter, &canvas, place, (&layout, paint.color(&mark.look)));
        }
    }

    fn raised_tags(&self, text: &mut TextPainter, painter: &Painter, paint: &Paint<'_>, input: &ArticleInput<'_>) {
        for span in [paint.chosen, paint.hovered].into_iter().flatten() {
            let of_span = |mark: usize| paint.scene.marks.get(mark).filter(|mark| mark.span == span);
            let found = paint.scene.highlights.tags.iter().find_map(|place| Some((place, of_span(place.mark)?)));
            let Some((place, mark)) = found else { continue };
            let Some(canvas) = paint.block(place.block) else { continue };
            let layout = tags::layout(text, input.labels, &mark.label, self.sizes.point);
            let what = (&*layout, paint.color(&mark.look));
            tags::paint_raised(text, painter, &canvas, place, what, self.tokens);
        }
    }

    /// The caret, while the keyboard is the article's.
    fn caret(&self, ui: &Ui, painter: &Painter, open: &Open, input: &ArticleInput<'_>) {
        const WIDTH: f32 = 2.0;
        let focused = ui.memory(|memory| memory.focused());
        if focused.is_some_and(|id| id != article_id()) {
            return;
        }
        let position = open.caret.at(input.article.desk().caret());
        let Some(at) = open.layout.caret(position) else { return };
        let (top, bottom) = (self.canvas.pos(at.x, at.top), self.canvas.pos(at.x, at.bottom));
        let left = self.canvas.snap(top - vec2(WIDTH * 0.5, 0.0));
        let rect = Rect::from_min_max(left, pos2(left.x + WIDTH, bottom.y));
        let color = self.tokens.ink.accent;
        painter.add(Shape::rect_filled(rect, CornerRadius::ZERO, color));
        if caret::at_a_meeting(&open.layout, position, &at) {
            painter.add(flag(rect, at.rtl, color));
        }
    }

    fn bar(&self, ui: &Ui, open: &mut Open, visible: &Visible) {
        let track = self.area.with_min_x(self.area.right() - BAR).shrink2(vec2(0.0, 4.0));
        let id = article_id().with("scroll bar");
        open.scroll.bar(ui, id, track, (&open.layout, visible), self.height(), self.tokens);
    }
}

/// A small flag at the caret's top that points where writing would go.
fn flag(caret: Rect, rtl: bool, color: eframe::egui::Color32) -> Shape {
    const SIZE: f32 = 5.0;
    let (x, tip) = if rtl { (caret.left(), -SIZE) } else { (caret.right(), SIZE) };
    let points: Vec<Pos2> = vec![
        pos2(x, caret.top()),
        pos2(x + tip, caret.top() + SIZE * 0.5),
        pos2(x, caret.top() + SIZE),
    ];
    Shape::convex_polygon(points, color, Stroke::NONE)
}
