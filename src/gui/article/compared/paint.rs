//! Paints the tracks: under the letters what is being decided and the lines, over them the signs and rings.

use eframe::egui::{Color32, CornerRadius, Painter, Rect, Shape, Stroke, pos2};

use crate::{
    annotation::{LabelSet, Mark as LineStyle, SpanId},
    gui::{
        article::{
            canvas::Canvas,
            highlights::{Piece, Side},
            lines::{self, Line},
            overlay::{self, Coat},
            paint::{color, ring, shape_within},
        },
        text::TextPainter,
        theme::Tokens,
    },
    typeset::ArticleLayout,
};

use super::{
    scene::{Compare, Foreign},
    signs,
};

/// How high the ticks at a span's ends stand on its line, in points.
const TICK: f32 = 3.0;
const QUIET_TICK: f32 = 2.0;
/// How wide they are.
const WIDE: f32 = 1.25;

/// What painting looks at.
pub(in crate::gui::article) struct Tracks<'a> {
    pub(in crate::gui::article) layout: &'a ArticleLayout,
    pub(in crate::gui::article) scene: &'a Compare,
    pub(in crate::gui::article) canvas: &'a Canvas,
    pub(in crate::gui::article) tokens: &'static Tokens,
    /// The span under the pointer.
    pub(in crate::gui::article) hovered: Option<(usize, SpanId)>,
}

impl Tracks<'_> {
    /// A block's canvas, if it is near the viewport.
    fn block(&self, block: usize) -> Option<Canvas> {
        let shown = self.layout.blocks_in_view();
        let index = shown.binary_search_by_key(&block, |shown| shown.block);
        Some(self.canvas.block(shown.get(index.ok()?)?.y))
    }

    fn pieces(&self) -> impl Iterator<Item = (&Piece, &Foreign, Canvas)> {
        self.scene
            .rails
            .pieces
            .iter()
            .filter_map(|piece| self.piece(piece))
    }

    fn piece<'p>(&'p self, piece: &'p Piece) -> Option<(&'p Piece, &'p Foreign, Canvas)> {
        let foreign = self.scene.marks.get(piece.mark)?;
        Some((piece, foreign, self.block(piece.block)?))
    }

    fn color(&self, foreign: &Foreign) -> Color32 {
        if foreign.loud {
            color(foreign.mark.look, self.tokens)
        } else {
            self.tokens.edge.outline
        }
    }

    /// What lies under everything: the letters that are being decided about, and the fills in the tracks.
    pub(in crate::gui::article) fn grounds(&self, painter: &Painter) {
        let page = self.tokens.surface.page;
        let glow = page.lerp_to_gamma(self.tokens.ink.accent, self.tokens.mark.statement_fill);
        let bands = &self.scene.glow;
        overlay::paint(painter, self.layout, self.canvas, bands, Coat::Fill(glow));
        for (piece, foreign, canvas) in self.pieces() {
            let hovered = self.hovered == Some(foreign.id());
            if !foreign.current && !hovered {
                continue;
            }
            let amount = &self.tokens.mark;
            let cover = match foreign.current {
                true if hovered => amount.entity_fill + amount.hover_fill,
                true => amount.entity_fill,
                false => amount.hover_fill,
            };
            let (rect, corners) = shape_within(piece, &canvas, self.tokens);
            let fill = page.lerp_to_gamma(self.color(foreign), cover);
            painter.add(Shape::rect_filled(rect, corners, fill));
        }
    }

    /// The lines with their ticks, and the dotted joins under gaps. Quiet ones first: they never cover another.
    pub(in crate::gui::article) fn lines(&self, painter: &Painter) {
        let mut shapes = Vec::new();
        for loud in [false, true] {
            let rails = &self.scene.rails;
            for (piece, breaks) in rails.pieces.iter().zip(&rails.breaks) {
                let found = self.piece(piece).filter(|(_, it, _)| it.loud == loud);
                if let Some((piece, foreign, canvas)) = found {
                    self.line((piece, foreign), breaks, &canvas, &mut shapes);
                }
            }
        }
        for join in &self.scene.rails.joins {
            let foreign = self.scene.marks.get(join.mark);
            let Some((foreign, canvas)) = foreign.zip(self.block(join.block)) else {
                continue;
            };
            let (from, to) = (canvas.pos(join.x.0, join.y), canvas.pos(join.x.1, join.y));
            let line = Line {
                x: (from.x, to.x),
                y: canvas.snap(from).y,
                thickness: if foreign.loud { 1.25 } else { 1.0 },
                color: self.color(foreign),
            };
            lines::add_join(line, &mut shapes);
        }
        painter.extend(shapes);
    }

    fn line(
        &self,
        (piece, foreign): (&Piece, &Foreign),
        breaks: &[(f32, f32)],
        canvas: &Canvas,
        out: &mut Vec<Shape>,
    ) {
        let (rect, _) = shape_within(piece, canvas, self.tokens);
        let (style, thickness, tick) = if foreign.loud {
            (foreign.mark.look.line, self.tokens.mark.line, TICK)
        } else {
            (LineStyle::Solid, self.tokens.mark.quiet, QUIET_TICK)
        };
        // Lower edges lie on one line, whatever the thickness, and on whole pixels.
        let half = self.tokens.mark.line * 0.5;
        let bottom = canvas.pos(0.0, piece.line_y).y + half;
        let bottom = canvas.snap(pos2(0.0, bottom)).y;
        let line = Line {
            x: (rect.left(), rect.right()),
            y: bottom - thickness * 0.5,
            thickness,
            color: self.color(foreign),
        };
        let mut from = line.x.0;
        for (left, right) in breaks {
            let (left, right) = (canvas.pos(*left, 0.0).x, canvas.pos(*right, 0.0).x);
            if left > from {
                let x = (from, left);
                lines::add(style, Line { x, ..line }, out);
            }
            from = from.max(right);
        }
        if line.x.1 > from {
            let x = (from, line.x.1);
            lines::add(style, Line { x, ..line }, out);
        }
        // Of a span that is hardly wider than its sign the sign is all that is seen.
        let covered = |x: &f32| breaks.iter().any(|(from, to)| from <= x && x <= to);
        let ends = [piece.start, piece.end].into_iter().flatten();
        for x in ends.filter(|x| !covered(x)) {
            out.push(tick_at(piece, (x, tick), rect, line));
        }
    }

    /// The signs.
    pub(in crate::gui::article) fn signs(
        &self,
        text: &mut TextPainter,
        painter: &Painter,
        labels: &LabelSet,
    ) {
        let size = self.tokens.text.small * self.canvas.scale;
        for sign in &self.scene.rails.signs {
            let Some((rect, form)) = sign.place else {
                continue;
            };
            let foreign = self.scene.marks.get(sign.mark);
            let Some((foreign, canvas)) = foreign.zip(self.block(sign.block)) else {
                continue;
            };
            let layout = signs::layout(text, labels, foreign, form, size);
            let ink = if foreign.loud {
                self.color(foreign)
            } else {
                self.tokens.ink.weak
            };
            let at = canvas.pos(rect.left(), rect.bottom() - layout.baseline());
            text.paint_layout(painter, &layout, at, ink);
        }
    }

    /// The rings around what is being decided.
    pub(in crate::gui::article) fn rings(&self, painter: &Painter) {
        for (piece, foreign, canvas) in self.pieces().filter(|(_, it, _)| it.current) {
            let place = shape_within(piece, &canvas, self.tokens);
            ring(painter, piece, place, Stroke::new(1.0, self.color(foreign)));
        }
    }
}

/// A tick at an end of a span that lies at `x`; at the edge of its piece it stands on the line's very end.
fn tick_at(piece: &Piece, (x, high): (f32, f32), rect: Rect, line: Line) -> Shape {
    let on_right = x >= piece.fill.center().x;
    let side = if on_right { piece.right } else { piece.left };
    let outer = match (side, on_right) {
        (Side::Round, true) => rect.right(),
        (_, true) => rect.right() - WIDE,
        (Side::Round, false) => rect.left(),
        (_, false) => rect.left() + WIDE,
    };
    let inner = if on_right { outer - WIDE } else { outer + WIDE };
    let bottom = line.y + line.thickness * 0.5;
    let top = line.y - line.thickness * 0.5 - high;
    let tick = Rect::from_two_pos(pos2(outer, bottom), pos2(inner, top));
    Shape::rect_filled(tick, CornerRadius::ZERO, line.color)
}
