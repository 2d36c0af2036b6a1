//! Paints highlights: fills under everything, lines over the selection, then (after the letters) the outline and
//! handles of the chosen span.

use eframe::egui::{
    Color32, CornerRadius, Painter, Pos2, Rect, Shape, Stroke, StrokeKind, pos2, vec2,
};

use crate::{
    annotation::SpanId,
    gui::theme::{self, Scheme, Tokens},
    typeset::ArticleLayout,
};

use super::{
    canvas::Canvas,
    handles::Handle,
    highlights::{Piece, Side},
    lines::{self, Line},
    marks::{Look, Mark},
    scene::Scene,
};

/// What painting looks at.
pub(super) struct Paint<'a> {
    pub(super) layout: &'a ArticleLayout,
    pub(super) scene: &'a Scene,
    pub(super) canvas: &'a Canvas,
    pub(super) tokens: &'static Tokens,
    pub(super) hovered: Option<SpanId>,
    pub(super) chosen: Option<SpanId>,
}

/// How far an open end goes on, in points: over the line's end, not further.
const OPEN: f32 = 5.0;

/// Room between a span's first and last letters and its ends, in points: an outline right at an alef would read
/// like another one.
const BREATH: f32 = 1.0;

/// How far a line stays away from a rounded corner of its fill, in points.
const CORNER: f32 = 1.0;

impl Paint<'_> {
    /// A label's colour on the ground that is shown.
    pub(super) fn color(&self, look: Look) -> Color32 {
        color(look, self.tokens)
    }

    /// The canvas of a block, if it is in the viewport.
    pub(super) fn block(&self, block: usize) -> Option<Canvas> {
        let shown = self.layout.blocks_in_view();
        let index = shown
            .binary_search_by_key(&block, |shown| shown.block)
            .ok()?;
        let shown = shown.get(index).filter(|shown| shown.in_view)?;
        Some(self.canvas.block(shown.y))
    }

    fn pieces(&self) -> impl Iterator<Item = (&Piece, &Mark, Canvas)> {
        self.scene.highlights.pieces.iter().filter_map(|piece| {
            let mark = self.scene.marks.get(piece.mark)?;
            Some((piece, mark, self.block(piece.block)?))
        })
    }

    /// The fills, what is further out first.
    pub(super) fn fills(&self, painter: &Painter) {
        let mut pieces: Vec<_> = self.pieces().collect();
        pieces.sort_by_key(|(_, mark, _)| std::cmp::Reverse(mark.lane));
        painter.extend(pieces.into_iter().map(|(piece, mark, canvas)| {
            let (rect, corners) = self.shape(piece, &canvas);
            Shape::rect_filled(rect, corners, self.fill(mark))
        }));
    }

    /// A fill covers what is around it, so that colours never mix to mud.
    fn fill(&self, mark: &Mark) -> Color32 {
        let Tokens { mark: amount, .. } = self.tokens;
        let base = if mark.look.statement {
            amount.statement_fill
        } else {
            amount.entity_fill
        };
        let lifted = self.hovered == Some(mark.span);
        let cover = base + if lifted { amount.hover_fill } else { 0.0 };
        self.tokens
            .surface
            .page
            .lerp_to_gamma(self.color(mark.look), cover)
    }

    /// A piece's box on the screen, and which of its corners are round.
    fn shape(&self, piece: &Piece, canvas: &Canvas) -> (Rect, CornerRadius) {
        shape(piece, canvas, self.tokens)
    }

    /// The lines under the spans, with a foot at both ends and the dotted joins under gaps.
    pub(super) fn lines(&self, painter: &Painter) {
        let mut shapes = Vec::new();
        for (piece, mark, canvas) in self.pieces() {
            let (rect, _) = self.shape(piece, &canvas);
            let color = self.color(mark.look);
            let thickness = self.tokens.mark.line;
            let inset = |side| if side == Side::Round { CORNER } else { 0.0 };
            let line = Line {
                x: (
                    rect.left() + inset(piece.left),
                    rect.right() - inset(piece.right),
                ),
                y: rect.bottom() - thickness * 0.5,
                thickness,
                color,
            };
            lines::add(mark.look.line, line, &mut shapes);
            Self::feet(piece, rect, &canvas, line, &mut shapes);
        }
        for join in &self.scene.highlights.joins {
            let Some((mark, canvas)) = self.scene.marks.get(join.mark).zip(self.block(join.block))
            else {
                continue;
            };
            let (from, to) = (canvas.pos(join.x.0, join.y), canvas.pos(join.x.1, join.y));
            let line = Line {
                x: (from.x, to.x),
                y: canvas.snap(from).y,
                thickness: 1.25,
                color: self.color(mark.look),
            };
            lines::add_join(line, &mut shapes);
        }
        painter.extend(shapes);
    }

    /// Where the span begins and ends: a wedge at its start that points into it, a short foot at its end.
    pub(super) fn feet(
        piece: &Piece,
        rect: Rect,
        canvas: &Canvas,
        line: Line,
        shapes: &mut Vec<Shape>,
    ) {
        const WEDGE: f32 = 5.0;
        const FOOT: f32 = 4.0;
        let middle = piece.fill.center().x;
        let top = line.y - line.thickness * 0.5;
        let place = |x: f32| {
            canvas
                .snap(canvas.pos(x, 0.0))
                .x
                .clamp(rect.left(), rect.right())
        };
        let edge = |x: f32| {
            let on_side =
                (x - piece.fill.left()).abs() < 0.5 || (x - piece.fill.right()).abs() < 0.5;
            match (on_side, x >= middle) {
                (true, true) => rect.right(),
                (true, false) => rect.left(),
                (false, _) => place(x),
            }
        };
        if let Some(x) = piece.start {
            let inward = if x >= middle { -WEDGE } else { WEDGE };
            let x = edge(x);
            let points = vec![pos2(x, top), pos2(x + inward, top), pos2(x, top - WEDGE)];
            shapes.push(Shape::convex_polygon(points, line.color, Stroke::NONE));
        }
        if let Some(x) = piece.end {
            let inward = if x >= middle { -1.5 } else { 1.5 };
            let x = edge(x);
            let foot = Rect::from_two_pos(pos2(x, top), pos2(x + inward, top - FOOT));
            shapes.push(Shape::rect_filled(foot, CornerRadius::ZERO, line.color));
        }
    }

    /// The full-strength line all around the chosen span.
    pub(super) fn outline(&self, painter: &Painter) {
        if let Some(span) = self.chosen {
            self.ring(painter, span);
        }
    }

    /// The same around any span.
    pub(super) fn ring(&self, painter: &Painter, span: SpanId) {
        for (piece, mark, canvas) in self.pieces().filter(|(_, mark, _)| mark.span == span) {
            let (rect, corners) = self.shape(piece, &canvas);
            let stroke = Stroke::new(1.5, self.color(mark.look));
            ring(painter, piece, (rect, corners), stroke);
        }
    }

    /// The handles of the chosen span.
    pub(super) fn handles(&self, painter: &Painter, handles: &[Handle]) {
        let mark = self.chosen.and_then(|span| self.scene.index_of(span));
        let Some(mark) = mark.and_then(|index| self.scene.marks.get(index)) else {
            return;
        };
        let color = self.color(mark.look);
        for handle in handles {
            let knob = self.canvas.pos(handle.knob.x, handle.knob.y);
            let stem = self
                .canvas
                .pos(handle.stem.x, handle.knob.y - handle.radius);
            let radius = handle.radius / self.canvas.scale;
            painter.line_segment(
                [stem - vec2(0.0, 3.0), pos2(stem.x, knob.y)],
                Stroke::new(1.5, color),
            );
            painter.circle(
                knob,
                radius,
                color,
                Stroke::new(1.0, self.tokens.surface.page),
            );
        }
    }
}

/// A label's colour on the ground of these tokens.
pub(super) fn color(look: Look, tokens: &Tokens) -> Color32 {
    let rgb = match tokens.scheme {
        Scheme::Paper => look.color.light,
        Scheme::Night => look.color.dark,
    };
    theme::label_color([rgb.0, rgb.1, rgb.2])
}

/// A piece's box on the screen, and which of its corners are round.
pub(super) fn shape(piece: &Piece, canvas: &Canvas, tokens: &Tokens) -> (Rect, CornerRadius) {
    shape_with(piece, canvas, tokens, BREATH)
}

/// The same for a piece whose own ends stay where they are.
pub(super) fn shape_within(
    piece: &Piece,
    canvas: &Canvas,
    tokens: &Tokens,
) -> (Rect, CornerRadius) {
    shape_with(piece, canvas, tokens, 0.0)
}

fn shape_with(
    piece: &Piece,
    canvas: &Canvas,
    tokens: &Tokens,
    breath: f32,
) -> (Rect, CornerRadius) {
    let mut rect = canvas.crisp(piece.fill);
    let further = |side| match side {
        Side::Open => OPEN,
        Side::Round => breath,
        Side::Cut => 0.0,
    };
    rect.min.x -= further(piece.left);
    rect.max.x += further(piece.right);
    let radius = |side| {
        if side == Side::Round {
            tokens.mark.radius as u8
        } else {
            0
        }
    };
    let (left, right) = (radius(piece.left), radius(piece.right));
    let corners = CornerRadius {
        nw: left,
        ne: right,
        sw: left,
        se: right,
    };
    (rect, corners)
}

/// A line around a piece's box, open where the piece goes on.
pub(super) fn ring(
    painter: &Painter,
    piece: &Piece,
    (rect, corners): (Rect, CornerRadius),
    stroke: Stroke,
) {
    if piece.left != Side::Open && piece.right != Side::Open {
        painter.add(Shape::rect_stroke(
            rect,
            corners,
            stroke,
            StrokeKind::Inside,
        ));
        return;
    }
    let rect = rect.shrink(stroke.width * 0.5);
    painter.extend(open_outline(rect, piece, stroke));
}

/// The sides of a box that are there: all but the open ones.
fn open_outline(rect: Rect, piece: &Piece, stroke: Stroke) -> Vec<Shape> {
    let mut sides: Vec<[Pos2; 2]> = vec![
        [rect.left_top(), rect.right_top()],
        [rect.left_bottom(), rect.right_bottom()],
    ];
    if piece.left != Side::Open {
        sides.push([rect.left_top(), rect.left_bottom()]);
    }
    if piece.right != Side::Open {
        sides.push([rect.right_top(), rect.right_bottom()]);
    }
    sides
        .into_iter()
        .map(|points| Shape::line_segment(points, stroke))
        .collect()
}
