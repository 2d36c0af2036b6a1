//! The layers of the article from the ground up: fills, what was found, the selection, lines, letters, and over
//! them the tags, the outline and handles of the chosen span, the caret.

use eframe::egui::{CornerRadius, Memory, Painter, Pos2, Rect, Shape, Stroke, Ui, pos2, vec2};

use crate::{annotation::SpanId, gui::text::TextPainter, text::ByteRange, typeset::TextLayout};

use super::{
    caret,
    compared::Tracks,
    handles::Handle,
    highlights::TagPlace,
    invisibles,
    overlay::{self, Coat},
    paint::Paint,
    show::Stage,
    tags,
    view::{ArticleInput, Open, article_id},
};

impl Stage {
    /// Paints everything but the scroll bar.
    pub(super) fn paint(
        &self,
        ui: &Ui,
        text: &mut TextPainter,
        open: &Open,
        input: &ArticleInput<'_>,
        (handles, hovered): (&[Handle], Option<SpanId>),
    ) {
        let painter = ui
            .painter()
            .with_clip_rect(self.area.intersect(ui.clip_rect()));
        let chosen = input.article.desk().chosen();
        let paint = Paint {
            layout: &open.layout,
            scene: &open.scene,
            canvas: &self.canvas,
            tokens: self.tokens,
            hovered,
            chosen,
        };
        let tracks = Tracks {
            layout: &open.layout,
            scene: &open.compare,
            canvas: &self.canvas,
            tokens: self.tokens,
            hovered: open.told,
        };
        tracks.grounds(&painter);
        paint.fills(&painter);
        self.found(&painter, open, input);
        self.selection(&painter, open, input);
        tracks.lines(&painter);
        paint.lines(&painter);
        self.letters(text, &painter, open);
        invisibles::paint(
            text,
            &painter,
            &open.layout,
            &self.canvas,
            input.tools.invisibles,
            self.tokens,
        );
        self.preview(&painter, open, input);
        self.tags(text, &painter, &paint, (input, handles));
        tracks.signs(text, &painter, input.labels);
        tracks.rings(&painter);
        paint.outline(&painter);
        paint.handles(&painter, handles);
        self.caret(ui, &painter, open, input);
        self.raised_tags(text, &painter, &paint, input);
    }

    fn found(&self, painter: &Painter, open: &Open, input: &ArticleInput<'_>) {
        let found = overlay::in_view(&open.layout, input.overlays.found);
        self.ranges(painter, open, found, Coat::Fill(self.tokens.mark.found));
        let current = input
            .overlays
            .current
            .and_then(|index| input.overlays.found.get(index));
        self.ranges(painter, open, current, self.accent());
    }

    fn selection(&self, painter: &Painter, open: &Open, input: &ArticleInput<'_>) {
        let selection = input.article.desk().selection();
        self.ranges(
            painter,
            open,
            selection.as_slice(),
            Coat::Fill(self.tokens.mark.selection),
        );
    }

    fn preview(&self, painter: &Painter, open: &Open, input: &ArticleInput<'_>) {
        let preview = overlay::in_view(&open.layout, input.overlays.preview);
        self.ranges(painter, open, preview, self.accent());
    }

    fn accent(&self) -> Coat {
        Coat::Outline(Stroke::new(1.5, self.tokens.ink.accent))
    }

    fn ranges<'r>(
        &self,
        painter: &Painter,
        open: &Open,
        ranges: impl IntoIterator<Item = &'r ByteRange>,
        coat: Coat,
    ) {
        for range in ranges {
            let bands = overlay::bands(&open.layout, range.as_range(), &self.sizes);
            overlay::paint(painter, &open.layout, &self.canvas, &bands, coat);
        }
    }

    fn letters(&self, text: &mut TextPainter, painter: &Painter, open: &Open) {
        let ink = self.tokens.ink.strong;
        text.paint(painter, |batch| {
            for shown in open
                .layout
                .blocks_in_view()
                .iter()
                .filter(|shown| shown.in_view)
            {
                if let Some(layout) = open.layout.layout(shown.block) {
                    batch.layout(layout, self.canvas.block(shown.y).pos(0.0, 0.0), ink);
                }
            }
        });
    }

    /// The tags in their places; one that a handle lies over is left out.
    fn tags(
        &self,
        text: &mut TextPainter,
        painter: &Painter,
        paint: &Paint<'_>,
        (input, handles): (&ArticleInput<'_>, &[Handle]),
    ) {
        for place in &paint.scene.highlights.tags {
            let Some(mark) = paint.scene.marks.get(place.mark) else {
                continue;
            };
            if paint.chosen == Some(mark.span) || paint.hovered == Some(mark.span) {
                continue;
            }
            let Some(canvas) = paint.block(place.block).filter(|_| place.x.is_some()) else {
                continue;
            };
            let layout = tags::layout(
                text,
                input.labels,
                &mark.label,
                place.short,
                self.sizes.point,
            );
            if handles
                .iter()
                .any(|handle| covers(handle, place, &layout, canvas.block_y(&self.canvas)))
            {
                continue;
            }
            tags::paint(
                text,
                painter,
                &canvas,
                place,
                (&layout, paint.color(mark.look)),
            );
        }
    }

    fn raised_tags(
        &self,
        text: &mut TextPainter,
        painter: &Painter,
        paint: &Paint<'_>,
        input: &ArticleInput<'_>,
    ) {
        for span in [paint.chosen, paint.hovered].into_iter().flatten() {
            let of_span =
                |mark: usize| paint.scene.marks.get(mark).filter(|mark| mark.span == span);
            let found = paint
                .scene
                .highlights
                .tags
                .iter()
                .find_map(|place| Some((place, of_span(place.mark)?)));
            let Some((place, mark)) = found else { continue };
            let Some(canvas) = paint.block(place.block) else {
                continue;
            };
            let layout = tags::layout(text, input.labels, &mark.label, false, self.sizes.point);
            let what = (&*layout, paint.color(mark.look));
            tags::paint_raised(text, painter, &canvas, place, what, self.tokens);
        }
    }

    /// The caret, while the keyboard is the article's.
    fn caret(&self, ui: &Ui, painter: &Painter, open: &Open, input: &ArticleInput<'_>) {
        const WIDTH: f32 = 2.0;
        let focused = ui.memory(Memory::focused);
        if focused.is_some_and(|id| id != article_id()) {
            return;
        }
        let position = open.caret.at(input.article.desk().caret());
        let Some(at) = open.layout.caret(position) else {
            return;
        };
        let (top, bottom) = (
            self.canvas.pos(at.x, at.top),
            self.canvas.pos(at.x, at.bottom),
        );
        let left = self.canvas.snap(top - vec2(WIDTH * 0.5, 0.0));
        let rect = Rect::from_min_max(left, pos2(left.x + WIDTH, bottom.y));
        let color = self.tokens.ink.accent;
        painter.add(Shape::rect_filled(rect, CornerRadius::ZERO, color));
        if caret::at_a_meeting(&open.layout, position, &at) {
            painter.add(flag(rect, at.rtl, color));
        }
    }
}

/// Whether a handle lies over a tag of a block whose top lies `y` physical pixels below the viewport's.
fn covers(handle: &Handle, tag: &TagPlace, layout: &TextLayout, y: f32) -> bool {
    let size = vec2(layout.width(), layout.height());
    let left = tag.x.unwrap_or(tag.corner.x);
    let rect = Rect::from_min_size(pos2(left, tag.corner.y - size.y + y), size);
    rect.intersects(Rect::from_center_size(
        handle.knob,
        vec2(2.0, 2.0) * handle.radius,
    ))
}

/// A small flag at the caret's top that points where writing would go.
fn flag(caret: Rect, rtl: bool, color: eframe::egui::Color32) -> Shape {
    const SIZE: f32 = 5.0;
    let (x, tip) = if rtl {
        (caret.left(), -SIZE)
    } else {
        (caret.right(), SIZE)
    };
    let points: Vec<Pos2> = vec![
        pos2(x, caret.top()),
        pos2(x + tip, caret.top() + SIZE * 0.5),
        pos2(x, caret.top() + SIZE),
    ];
    Shape::convex_polygon(points, color, Stroke::NONE)
}
