//! A frame of the article view, step by step: lay out what is in view, take the pointer's events, make the scene,
//! paint it, tell the accessibility tree.

use std::sync::Arc;

use eframe::egui::{CursorIcon, EventFilter, Rect, Response, Sense, Ui, pos2, vec2};

use crate::{
    annotation::SpanId,
    gui::{
        text::TextPainter,
        theme::{self, Tokens},
    },
    session::Reading,
    typeset::{Align, ArticleStyle, Family, Position, Room, Typesetter, Visible},
};

use super::{
    ViewAction,
    access::{self, Others, Source},
    canvas::Canvas,
    handles::{self, Handle},
    highlights::Sizes,
    pointer::Ground,
    scroll::{self, BAR},
    tags,
    view::{ArticleInput, Open, article_id},
};

/// Room beside the column in points, the bar's margin not counted.
const BESIDE: f32 = 20.0;
/// The narrowest column in points.
const NARROWEST: f32 = 160.0;

/// How an article is set in a column of `width` physical pixels, `scale` of them a point.
pub(super) fn setting(
    reading: &Reading,
    tokens: &Tokens,
    scale: f32,
    width: f32,
) -> (ArticleStyle, Sizes) {
    let em = reading.text_size * scale;
    let mut style = ArticleStyle::new(em, width).spaced(reading.line_spacing);
    if !reading.font.is_empty() {
        style.family = Family::Named(reading.font.clone());
    }
    let sizes = Sizes {
        em,
        line: (tokens.mark.line * scale).round(),
        lane: tokens.mark.lane * scale,
        track: tokens.mark.track * scale,
        sign: tokens.text.small * scale,
        tag: tags::HEIGHT * scale,
        point: scale,
    };
    (style, sizes)
}

/// The same where rows are under the own lanes: those stand closer.
fn beside(sizes: Sizes) -> Sizes {
    Sizes {
        lane: sizes.line + sizes.point,
        ..sizes
    }
}

/// Where the article stands on the screen, and how it is set.
pub(super) struct Stage {
    pub(super) area: Rect,
    pub(super) response: Response,
    pub(super) style: ArticleStyle,
    pub(super) canvas: Canvas,
    pub(super) sizes: Sizes,
    pub(super) tokens: &'static Tokens,
}

impl Stage {
    /// Takes all room that is left in `ui`. `compared`: other layers are shown under the own.
    pub(super) fn new(ui: &mut Ui, reading: &Reading, compared: bool) -> Self {
        let area = ui.available_rect_before_wrap();
        ui.advance_cursor_after_rect(area);
        let response = ui.interact(area, article_id(), Sense::click_and_drag());
        let tokens = theme::tokens(ui.ctx());
        let scale = ui.ctx().pixels_per_point();
        let em = reading.text_size;
        let room = (area.width() - 2.0 * (BESIDE + BAR)).max(NARROWEST);
        let width = (reading.column * em).min(room);
        let left = area.center().x - width * 0.5;
        let (style, sizes) = setting(reading, tokens, scale, (width * scale).floor());
        let sizes = if compared { beside(sizes) } else { sizes };
        let canvas = Canvas::new(pos2(left, area.top()), scale);
        Self {
            area,
            response,
            style,
            canvas,
            sizes,
            tokens,
        }
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
        open.scene.update(
            &open.layout,
            text,
            (input.article, input.labels),
            self.sizes,
            dragging,
        );
        let compared = (input.compared.as_ref(), input.labels);
        open.compare
            .update(&open.layout, text, compared, self.sizes);
        let handles = self.handles(open, input);
        let hovered = self.take_pointer(ui, open, input, &handles, &mut actions);
        Self::keep_keyboard(ui, input.keeps_keyboard);
        self.paint(ui, text, open, input, (&handles, hovered));
        self.bar(ui, open, &visible);
        if reads {
            let source = Source {
                article: input.article,
                labels: input.labels,
                layout: &open.layout,
                scene: &open.scene,
                canvas: &self.canvas,
                fonts: text.typesetter().generation(),
                view: self.area,
                others: input.compared.as_ref().map(|compared| Others {
                    compared,
                    marks: &open.compare.marks,
                    rects: open.compare.rects(&open.layout, &self.canvas),
                    version: open.compare.version(),
                }),
                selects: true,
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
        let rooms = open.compare.rooms(input.compared.as_ref(), &self.sizes);
        let held = self.held(open, input, &rooms);
        let Open { layout, scroll, .. } = &mut *open;
        scroll.anchor = layout.restyle(typesetter, self.style.clone(), scroll.anchor);
        scroll.anchor = layout.set_rooms(typesetter, rooms, scroll.anchor);
        if let Some(held) = held {
            self.hold(open, typesetter, held);
        }
        let dy = self.wheel(ui) + self.pull(ui, open);
        open.scroll.by(&open.layout, dy * self.canvas.scale);
        let position = reveal.map(|byte| open.caret.at(byte.min(input.article.text().len())));
        let room = (height, margin);
        open.scroll
            .view(&mut open.layout, typesetter, room, position)
    }

    /// Where lines come to have other room below them: the line that is to stay where it is. It is the caret's, or the
    /// first one if that is not in view.
    fn held(
        &self,
        open: &Open,
        input: &ArticleInput<'_>,
        rooms: &Arc<[Room]>,
    ) -> Option<(Position, f32)> {
        let same_size = open
            .layout
            .style()
            .size_px
            .total_cmp(&self.style.size_px)
            .is_eq();
        if open.layout.has_rooms(rooms) || !same_size {
            return None;
        }
        let in_view = |position: Position| {
            let at = open.layout.caret(position)?;
            (at.top >= 0.0 && at.bottom <= self.height()).then_some((position, at.top))
        };
        let first = || {
            let blocks = open.layout.blocks_in_view().iter();
            blocks.filter(|shown| shown.in_view).find_map(|shown| {
                let lines = open.layout.layout(shown.block)?.lines().iter();
                let mut starts = lines.map(|line| shown.start + line.range.start);
                starts.find_map(|start| in_view(Position::downstream(start)))
            })
        };
        in_view(open.caret.at(input.article.desk().caret())).or_else(first)
    }

    /// Scrolls so that the letters at `position` stand `top` physical pixels below the viewport's top.
    fn hold(&self, open: &mut Open, typesetter: &mut Typesetter, (position, top): (Position, f32)) {
        let height = self.height();
        let align = Align::Top(top);
        let anchor = open
            .layout
            .anchor_for_byte(typesetter, position.byte, height, align);
        open.scroll.anchor = open.layout.view(typesetter, anchor, height, height).anchor;
        if let Some(at) = open.layout.caret(position) {
            open.scroll.by(&open.layout, at.top - top);
        }
    }

    /// How far the wheel turns the article, in points.
    fn wheel(&self, ui: &Ui) -> f32 {
        if !self.response.contains_pointer() {
            return 0.0;
        }
        -ui.input(|input| input.smooth_scroll_delta().y)
    }

    /// How far a selection or a handle pulled over the edge scrolls in this frame, in points.
    fn pull(&self, ui: &Ui, open: &Open) -> f32 {
        if !open.pointer.pulls() {
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
        let chosen = input
            .article
            .desk()
            .chosen()
            .and_then(|span| open.scene.index_of(span));
        let width = self.tokens.mark.handle * self.canvas.scale;
        chosen.map_or_else(Vec::new, |mark| {
            handles::handles(&open.layout, &open.scene.highlights, mark, width)
        })
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
            compare: &open.compare,
            view: self.area.with_max_x(self.area.right() - BAR),
            picked: input.picked.filter(|_| input.tools.label_first),
        };
        open.told = None;
        let (wanted, pressed) = open.pointer.take(ui, &ground, &mut open.caret);
        actions.extend(wanted);
        if pressed {
            self.response.request_focus();
        }
        let at = self
            .response
            .hover_pos()
            .filter(|_| !open.pointer.selects())?;
        let on_handle = ground.handle(at).is_some() || open.pointer.dragging().is_some();
        if let Some(foreign) = ground.foreign(at).filter(|_| !on_handle) {
            if foreign.loud {
                ui.set_cursor_icon(CursorIcon::PointingHand);
            }
            open.told = Some(foreign.id());
            return None;
        }
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

    /// The keyboard is the article's while nothing else has it (if it is to `fall` to it), and Tab and the arrows do
    /// not take it away.
    fn keep_keyboard(ui: &Ui, fall: bool) {
        let filter = EventFilter {
            tab: true,
            horizontal_arrows: true,
            vertical_arrows: true,
            escape: true,
        };
        ui.memory_mut(|memory| {
            let nobody = memory.focused().is_none() && memory.top_modal_layer().is_none();
            if nobody && fall && ui.is_enabled() {
                memory.request_focus(article_id());
            }
            memory.set_focus_lock_filter(article_id(), filter);
        });
    }

    fn bar(&self, ui: &Ui, open: &mut Open, visible: &Visible) {
        let track = self
            .area
            .with_min_x(self.area.right() - BAR)
            .shrink2(vec2(0.0, 4.0));
        let id = article_id().with("scroll bar");
        open.scroll.bar(
            ui,
            id,
            track,
            (&open.layout, visible),
            self.height(),
            self.tokens,
        );
    }
}
