//! The handles of the chosen span, and where they can be taken hold of. They hang below the letters, so that a
//! press on letters always begins a selection, also at the very edge of a span.

use eframe::egui::{Pos2, Rect, pos2, vec2};

use crate::{
    session::Edge,
    typeset::{ArticleLayout, LineRow},
};

use super::highlights::{Highlights, Piece};

/// A handle, in physical pixels from the viewport's top left.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Handle {
    pub(super) edge: Edge,
    /// Where the edge is at the letters.
    pub(super) stem: Pos2,
    /// Middle of the line of letters.
    pub(super) row: f32,
    /// Middle of the knob.
    pub(super) knob: Pos2,
    /// Radius of the knob.
    pub(super) radius: f32,
    /// Where a press takes hold of it.
    pub(super) reach: Rect,
}

/// Height of the tallest letters above the baseline, in em: as far up as the next line's letters can be
/// pressed.
const LETTERS: f32 = 0.95;

/// The handles of the mark with this index, those in view. `width` is a knob's, in physical pixels.
pub(super) fn handles(
    article: &ArticleLayout,
    highlights: &Highlights,
    mark: usize,
    width: f32,
) -> Vec<Handle> {
    let mut found = Vec::new();
    for piece in highlights.pieces.iter().filter(|piece| piece.mark == mark) {
        let middle = piece.fill.center().x;
        for (edge, x) in [(Edge::Start, piece.start), (Edge::End, piece.end)] {
            let Some(x) = x else { continue };
            found.extend(handle(article, piece, (edge, x, x >= middle), width));
        }
    }
    found
}

fn handle(
    article: &ArticleLayout,
    piece: &Piece,
    (edge, x, on_right): (Edge, f32, bool),
    width: f32,
) -> Option<Handle> {
    let shown = article
        .blocks_in_view()
        .iter()
        .find(|shown| shown.block == piece.block)?;
    let row = article.layout(piece.block)?.lines().get(piece.row)?;
    let top = row.baseline + row.descent;
    let next = row.bottom + (row.baseline - row.top) - LETTERS * article.style().size_px;
    let height = (next - top).clamp(width * 0.75, width * 1.5);
    let outward = if on_right { 0.35 } else { -0.35 } * width;
    let radius = (height * 0.5).min(width * 0.5);
    let knob = pos2(x + outward, shown.y + top + radius);
    Some(Handle {
        edge,
        stem: pos2(x, shown.y + piece.fill.top()),
        row: shown.y + (row.top + row.bottom) * 0.5,
        knob,
        radius,
        reach: Rect::from_center_size(
            pos2(knob.x, shown.y + top + height * 0.5),
            vec2(width * 1.75, height),
        ),
    })
}

/// The handle at a place (physical pixels of the viewport), the nearest where two lie close.
pub(super) fn handle_at(handles: &[Handle], at: Pos2) -> Option<Handle> {
    let near = handles.iter().filter(|handle| handle.reach.contains(at));
    near.min_by(|a, b| a.knob.distance(at).total_cmp(&b.knob.distance(at)))
        .copied()
}

/// Whether there are letters at a place: where lines stand so close that a handle reaches into the next
/// one, its letters go first.
pub(super) fn is_on_letters(article: &ArticleLayout, at: Pos2) -> bool {
    let shown = article.blocks_in_view();
    let Some(shown) = shown.iter().rfind(|shown| shown.y <= at.y) else {
        return false;
    };
    let Some(layout) = article.layout(shown.block) else {
        return false;
    };
    let y = at.y - shown.y;
    let letters = LETTERS * article.style().size_px;
    let inside = |row: &&LineRow| (row.baseline - letters..row.baseline + row.descent).contains(&y);
    let Some(row) = layout.lines().iter().rfind(inside) else {
        return false;
    };
    let middle = shown.y + (row.top + row.bottom) * 0.5;
    let under = article.hit_exact(at.x, middle);
    under
        .and_then(|grapheme| article.text().get(grapheme))
        .is_some_and(|letters| !letters.trim().is_empty())
}
