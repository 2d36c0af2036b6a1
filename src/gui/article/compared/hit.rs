//! Which compared span is under the pointer.

use eframe::egui::{Pos2, Rect};

use crate::{
    gui::article::{canvas::Canvas, handles},
    typeset::ArticleLayout,
};

use super::scene::{Compare, Foreign};

impl Compare {
    /// The span whose line or sign is at a place on the screen, in points; where several lie in a row, the one
    /// whose line is nearest. Letters go first.
    pub(in crate::gui::article) fn at(
        &self,
        layout: &ArticleLayout,
        canvas: &Canvas,
        at: Pos2,
    ) -> Option<&Foreign> {
        if self.marks.is_empty() || handles::is_on_letters(layout, canvas.local(at)) {
            return None;
        }
        let blocks = layout.blocks_in_view();
        let local = |block: usize| {
            let index = blocks.binary_search_by_key(&block, |shown| shown.block);
            let shown = index.ok().and_then(|index| blocks.get(index))?;
            Some(canvas.block(shown.y).local(at))
        };
        let pieces = self.rails.pieces.iter().filter_map(|piece| {
            let at = local(piece.block)?;
            let hit = piece.fill.contains(at);
            hit.then(|| ((at.y - piece.line_y).abs(), piece.mark))
        });
        let signs = self.rails.signs.iter().filter_map(|sign| {
            let at = local(sign.block)?;
            let (rect, _) = sign.place?;
            rect.contains(at).then_some((0.0, sign.mark))
        });
        let nearest = signs.chain(pieces).min_by(|a, b| a.0.total_cmp(&b.0));
        self.marks.get(nearest?.1)
    }

    /// Around all that is shown of each span, in points. The middle of the box is a place where the span is met.
    pub(in crate::gui::article) fn rects(
        &self,
        layout: &ArticleLayout,
        canvas: &Canvas,
    ) -> Vec<Option<Rect>> {
        let mut rects: Vec<Option<Rect>> = vec![None; self.marks.len()];
        let blocks = layout.blocks_in_view();
        for piece in &self.rails.pieces {
            let shown = blocks.binary_search_by_key(&piece.block, |shown| shown.block);
            let shown = shown.ok().and_then(|at| blocks.get(at));
            if let Some((rect, shown)) = rects.get_mut(piece.mark).zip(shown) {
                let place = canvas.block(shown.y).rect(piece.fill);
                *rect = Some(rect.map_or(place, |rect| rect.union(place)));
            }
        }
        rects
    }
}
