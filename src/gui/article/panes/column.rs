//! A column of the side-by-side view: one annotator's highlights over the text, those that somebody disagrees with
//! as in an ordinary article, all others as a thin grey line.

use std::{collections::HashSet, ops::Range};

use eframe::egui::{Painter, Pos2, Rect, Shape};

use crate::{
    annotation::{LabelSet, Mark as LineStyle, SpanId},
    gui::{
        article::{
            canvas::Canvas,
            compared::{Compared, Foreign},
            highlights::{self, Highlights, Sizes},
            lines::{self, Line},
            marks::{self, Lanes, Mark},
            paint::{Paint, shape},
            scene::Scene,
            tags,
        },
        text::TextPainter,
        theme::Tokens,
    },
    typeset::ArticleLayout,
};

/// One annotator's spans in view.
#[derive(Debug)]
pub(super) struct Column {
    /// Place of its layer.
    layer: usize,
    /// All marks, and the geometry of the loud ones.
    scene: Scene,
    /// The geometry of the others.
    quiet: Highlights,
    loud: HashSet<SpanId>,
    current: HashSet<SpanId>,
}

/// What a column is painted with.
pub(super) struct Ground<'a> {
    pub(super) layout: &'a ArticleLayout,
    pub(super) canvas: &'a Canvas,
    pub(super) tokens: &'static Tokens,
    pub(super) labels: &'a LabelSet,
    /// The span under the pointer.
    pub(super) hovered: Option<SpanId>,
}

impl Column {
    /// The spans of a layer that touch `bytes`.
    pub(super) fn new(
        (compared, layer): (&Compared<'_>, usize),
        lanes: &mut Lanes,
        (article, bytes): (&ArticleLayout, &Range<usize>),
        (text, labels): (&mut TextPainter, &LabelSet),
        sizes: &Sizes,
    ) -> Self {
        let marks = compared.layers.get(layer).map_or_else(Vec::new, |spans| {
            marks::in_view((spans, labels), lanes, bytes, None)
        });
        let ids = || marks.iter().map(|mark| mark.span);
        let loud: HashSet<SpanId> = ids().filter(|id| compared.is_loud(layer, *id)).collect();
        let current = ids().filter(|id| compared.is_current(layer, *id)).collect();
        let is_loud = |mark: usize| {
            marks
                .get(mark)
                .is_some_and(|mark: &Mark| loud.contains(&mark.span))
        };
        let mut shown = highlights::without_tags(article, &marks, sizes);
        let mut quiet = shown.clone();
        shown.pieces.retain(|piece| is_loud(piece.mark));
        shown.joins.retain(|join| is_loud(join.mark));
        shown.tags.retain(|tag| is_loud(tag.mark));
        quiet.pieces.retain(|piece| !is_loud(piece.mark));
        quiet.joins.retain(|join| !is_loud(join.mark));
        quiet.tags.clear();
        let mut width_of = |mark: &Mark, short| {
            tags::layout(text, labels, &mark.label, short, sizes.point).width()
        };
        let widths: Vec<[f32; 2]> = marks
            .iter()
            .map(|mark| [width_of(mark, false), width_of(mark, true)])
            .collect();
        highlights::place_tags(&mut shown, &marks, sizes, |mark, short| {
            let [full, cut] = widths.get(mark).copied().unwrap_or_default();
            if short { cut } else { full }
        });
        Self {
            layer,
            scene: Scene::of(marks, shown),
            quiet,
            loud,
            current,
        }
    }

    /// The innermost span under a place on the screen, in points.
    pub(super) fn at(&self, layout: &ArticleLayout, canvas: &Canvas, at: Pos2) -> Option<SpanId> {
        let at = canvas.local(at);
        self.scene.innermost(layout.hit_exact(at.x, at.y)?.start)
    }

    /// Place of its layer.
    pub(super) fn layer(&self) -> usize {
        self.layer
    }

    pub(super) fn is_loud(&self, span: SpanId) -> bool {
        self.loud.contains(&span)
    }

    /// Its spans for the accessibility tree, each with the box around it in points.
    pub(super) fn told(
        &self,
        layout: &ArticleLayout,
        canvas: &Canvas,
    ) -> Vec<(Foreign, Option<Rect>)> {
        let mut rects: Vec<Option<Rect>> = vec![None; self.scene.marks.len()];
        let blocks = layout.blocks_in_view();
        for piece in self
            .scene
            .highlights
            .pieces
            .iter()
            .chain(&self.quiet.pieces)
        {
            let shown = blocks.binary_search_by_key(&piece.block, |shown| shown.block);
            let shown = shown.ok().and_then(|at| blocks.get(at));
            if let Some((rect, shown)) = rects.get_mut(piece.mark).zip(shown) {
                let place = canvas.block(shown.y).rect(piece.fill);
                *rect = Some(rect.map_or(place, |rect| rect.union(place)));
            }
        }
        let foreign = |mark: &Mark| Foreign {
            layer: self.layer,
            mark: mark.clone(),
            loud: self.is_loud(mark.span),
            current: self.current.contains(&mark.span),
        };
        self.scene.marks.iter().map(foreign).zip(rects).collect()
    }

    /// Paints its highlights and letters.
    pub(super) fn paint(&self, painter: &Painter, text: &mut TextPainter, ground: &Ground<'_>) {
        let paint = Paint {
            layout: ground.layout,
            scene: &self.scene,
            canvas: ground.canvas,
            tokens: ground.tokens,
            hovered: ground.hovered,
            chosen: None,
        };
        paint.fills(painter);
        self.quiet(painter, &paint);
        paint.lines(painter);
        let ink = ground.tokens.ink.strong;
        text.paint(painter, |batch| {
            let shown = ground.layout.blocks_in_view().iter();
            for shown in shown.filter(|shown| shown.in_view) {
                if let Some(layout) = ground.layout.layout(shown.block) {
                    let at = ground.canvas.block(shown.y).pos(0.0, 0.0);
                    batch.layout(layout, at, ink);
                }
            }
        });
        self.tags(painter, text, &paint, ground.labels);
        for span in &self.current {
            paint.ring(painter, *span);
        }
    }

    fn quiet(&self, painter: &Painter, paint: &Paint<'_>) {
        let (thickness, color) = (paint.tokens.mark.quiet, paint.tokens.edge.outline);
        let mut shapes: Vec<Shape> = Vec::new();
        for piece in &self.quiet.pieces {
            let Some(canvas) = paint.block(piece.block) else {
                continue;
            };
            let (rect, _) = shape(piece, &canvas, paint.tokens);
            let line = Line {
                x: (rect.left(), rect.right()),
                y: rect.bottom() - thickness * 0.5,
                thickness,
                color,
            };
            lines::add(LineStyle::Solid, line, &mut shapes);
            Paint::feet(piece, rect, &canvas, line, &mut shapes);
        }
        for join in &self.quiet.joins {
            let Some(canvas) = paint.block(join.block) else {
                continue;
            };
            let (from, to) = (canvas.pos(join.x.0, join.y), canvas.pos(join.x.1, join.y));
            let line = Line {
                x: (from.x, to.x),
                y: canvas.snap(from).y,
                thickness,
                color,
            };
            lines::add_join(line, &mut shapes);
        }
        painter.extend(shapes);
    }

    fn tags(
        &self,
        painter: &Painter,
        text: &mut TextPainter,
        paint: &Paint<'_>,
        labels: &LabelSet,
    ) {
        for place in &self.scene.highlights.tags {
            let mark = self.scene.marks.get(place.mark);
            let Some((mark, canvas)) = mark.zip(paint.block(place.block)) else {
                continue;
            };
            let raised = paint.hovered == Some(mark.span);
            let short = place.short && !raised;
            let layout = tags::layout(text, labels, &mark.label, short, canvas.scale);
            let what = (&*layout, paint.color(mark.look));
            if raised {
                tags::paint_raised(text, painter, &canvas, place, what, paint.tokens);
            } else {
                tags::paint(text, painter, &canvas, place, what);
            }
        }
    }
}
