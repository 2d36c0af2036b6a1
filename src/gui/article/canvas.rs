//! From the layout's physical pixels to egui's points. Block tops are snapped to whole pixels here, as the glyphs
//! are, so that highlights and letters never part by a fraction.

use eframe::egui::{Pos2, Rect, pos2, vec2};

/// The viewport of an article on the screen.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Canvas {
    /// Top left of the text column in the viewport, in whole physical pixels of the screen.
    origin: Pos2,
    /// Physical pixels a point.
    pub(super) scale: f32,
}

impl Canvas {
    /// A canvas whose column begins at `corner` (points).
    pub(super) fn new(corner: Pos2, scale: f32) -> Self {
        let origin = pos2((corner.x * scale).round(), (corner.y * scale).round());
        Self { origin, scale }
    }

    /// A block whose top lies `y` physical pixels below the viewport's, as a canvas of its own.
    pub(super) fn block(&self, y: f32) -> Self {
        let top = (self.origin.y + y).round();
        Self {
            origin: pos2(self.origin.x, top),
            ..*self
        }
    }

    /// How far this canvas's top lies below another's, in physical pixels.
    pub(super) fn block_y(&self, other: &Self) -> f32 {
        self.origin.y - other.origin.y
    }

    /// A place in points.
    pub(super) fn pos(&self, x: f32, y: f32) -> Pos2 {
        pos2(
            (self.origin.x + x) / self.scale,
            (self.origin.y + y) / self.scale,
        )
    }

    /// A rectangle in points.
    pub(super) fn rect(&self, rect: Rect) -> Rect {
        Rect::from_min_max(
            self.pos(rect.left(), rect.top()),
            self.pos(rect.right(), rect.bottom()),
        )
    }

    /// A rectangle in points with its edges on whole pixels.
    pub(super) fn crisp(&self, rect: Rect) -> Rect {
        let moved = rect.translate(self.origin.to_vec2());
        let snapped = Rect::from_min_max(moved.min.round(), moved.max.round());
        Rect::from_min_max(
            (snapped.min.to_vec2() / self.scale).to_pos2(),
            (snapped.max.to_vec2() / self.scale).to_pos2(),
        )
    }

    /// The nearest corner of pixels to a place on the screen, in points.
    pub(super) fn snap(&self, at: Pos2) -> Pos2 {
        ((at * self.scale).round().to_vec2() / self.scale).to_pos2()
    }

    /// A place on the screen (points) in physical pixels of the viewport.
    pub(super) fn local(&self, at: Pos2) -> Pos2 {
        at * self.scale - vec2(self.origin.x, self.origin.y)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_begin_on_whole_pixels() {
        let canvas = Canvas::new(pos2(10.3, 20.0), 1.5).block(7.4);
        let corner = canvas.pos(0.0, 0.0) * 1.5;
        assert_eq!(corner, corner.round());
    }

    #[test]
    fn places_go_there_and_back() {
        let canvas = Canvas::new(pos2(10.0, 20.0), 2.0);
        let there = canvas.pos(31.0, 8.0);
        assert!((canvas.local(there) - pos2(31.0, 8.0)).length() < 1e-3);
    }
}
