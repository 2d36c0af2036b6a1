//! Scrolling: the wheel, the bar, and pulling a selection over the edge. The article is anchored to a block and
//! an offset in it (see the layout), so that nothing jumps; the bar has a margin of its own beside the
//! text and never covers a letter.

use eframe::egui::{
    CornerRadius, Id, Pos2, Rect, Sense, Shape, Ui,
    accesskit::{Orientation, Role},
    pos2, vec2,
};

use crate::{
    gui::{strings::tr, theme::Tokens},
    typeset::{ArticleLayout, Position, ScrollAnchor, Typesetter, Visible},
};

/// Width of the bar's margin in points.
pub(super) const BAR: f32 = 14.0;
/// Width of the bar in points, at rest and under the pointer.
const THIN: f32 = 5.0;
const THICK: f32 = 8.0;
/// The shortest thumb in points.
const SHORTEST: f32 = 28.0;

/// Where the article is scrolled to.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Scroll {
    pub(super) anchor: ScrollAnchor,
    /// Where on the thumb it is held, in points from its top.
    held: Option<f32>,
}

/// What a bar shows, in one unit: a viewport of `view` at `offset` of `total`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Extent {
    pub(super) offset: f64,
    pub(super) total: f64,
    pub(super) view: f64,
}

/// A thumb on a track, in points from where the track begins.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Thumb {
    top: f32,
    length: f32,
}

/// The thumb on a track; `None` where all is in view.
fn thumb(track: f32, extent: Extent) -> Option<Thumb> {
    let hidden = extent.total - extent.view;
    if hidden <= 0.0 || track < SHORTEST * 1.5 {
        return None;
    }
    let length = f64::from(track) * extent.view / extent.total;
    let length = length.max(f64::from(SHORTEST)) as f32;
    let part = (extent.offset / hidden).clamp(0.0, 1.0) as f32;
    Some(Thumb {
        top: (track - length) * part,
        length,
    })
}

/// The offset that a thumb shows.
fn offset_of(track: f32, at: Thumb, extent: Extent) -> f64 {
    let part = (at.top / (track - at.length).max(1.0)).clamp(0.0, 1.0);
    f64::from(part) * (extent.total - extent.view)
}

impl Scroll {
    /// At the top of an article, which has `padding` physical pixels of room above its first line.
    pub(super) fn at_top(padding: f32) -> Self {
        let anchor = ScrollAnchor {
            block: 0,
            offset: -padding,
        };
        Self { anchor, held: None }
    }

    /// Lays out what is in view, in a viewport of `height` physical pixels with `margin` around it. What is to be
    /// revealed comes into view, with some room beside it, as little as that takes.
    pub(super) fn view(
        &mut self,
        layout: &mut ArticleLayout,
        typesetter: &mut Typesetter,
        (height, margin): (f32, f32),
        reveal: Option<Position>,
    ) -> Visible {
        let mut visible = layout.view(typesetter, self.anchor, height, margin);
        if let Some(position) = reveal {
            let style = layout.style();
            let room = style.line_height * style.size_px * 0.6;
            let to = layout.reveal(typesetter, visible.anchor, position, height, room);
            if to != visible.anchor {
                visible = layout.view(typesetter, to, height, margin);
            }
        }
        self.anchor = visible.anchor;
        visible
    }

    /// Draws the bar in `track` (points) and lets it be dragged. `height` is the viewport's in physical pixels.
    pub(super) fn bar(
        &mut self,
        ui: &Ui,
        id: Id,
        track: Rect,
        (layout, visible): (&ArticleLayout, &Visible),
        height: f32,
        tokens: &Tokens,
    ) {
        let extent = Extent {
            offset: visible.scroll_offset,
            total: visible.total_height,
            view: f64::from(height),
        };
        if extent.total <= extent.view + 1.0 {
            self.held = None;
            return;
        }
        let bar = (Orientation::Vertical, "article-scroll-bar");
        if let Some(to) = drag(ui, id, (track, bar), extent, &mut self.held, tokens) {
            self.anchor = layout.anchor_at_offset(to);
            ui.ctx().request_repaint();
        }
    }

    /// Scrolls by `dy` physical pixels, down if positive.
    pub(super) fn by(&mut self, layout: &ArticleLayout, dy: f32) {
        self.anchor = layout.scroll_by(self.anchor, dy);
    }
}

/// Draws a bar in `track` (points) and lets its thumb be dragged; gives the offset that it is dragged to. `name` says
/// what it scrolls, `held` is where on the thumb it is held.
pub(super) fn drag(
    ui: &Ui,
    id: Id,
    (track, (orientation, name)): (Rect, (Orientation, &'static str)),
    extent: Extent,
    held: &mut Option<f32>,
    tokens: &Tokens,
) -> Option<f64> {
    let along = |at: Pos2| match orientation {
        Orientation::Vertical => at.y - track.top(),
        Orientation::Horizontal => at.x - track.left(),
    };
    let length = along(track.max);
    let Some(mut at) = thumb(length, extent) else {
        *held = None;
        return None;
    };
    // By keyboard the caret scrolls: the bar takes no focus.
    let response = ui.interact(track, id, Sense::DRAG);
    ui.ctx().accesskit_node_builder(id, |node| {
        node.set_role(Role::ScrollBar);
        node.set_label(tr(name));
        node.set_orientation(orientation);
        node.set_numeric_value(extent.offset);
        node.set_min_numeric_value(0.0);
        node.set_max_numeric_value(extent.total - extent.view);
    });
    let pressed = response.is_pointer_button_down_on();
    let pointer = response.interact_pointer_pos().filter(|_| pressed);
    let to = pointer.map(|pointer| {
        let pointer = along(pointer);
        let inside = (at.top..at.top + at.length).contains(&pointer);
        let middle = at.length * 0.5;
        let held = *held.get_or_insert(if inside { pointer - at.top } else { middle });
        at.top = (pointer - held).clamp(0.0, length - at.length);
        offset_of(length, at, extent)
    });
    if to.is_none() {
        *held = None;
    }
    let lively = response.hovered() || held.is_some();
    paint_thumb(ui, track, (orientation, at), lively, tokens);
    to
}

fn paint_thumb(
    ui: &Ui,
    track: Rect,
    (orientation, at): (Orientation, Thumb),
    lively: bool,
    tokens: &Tokens,
) {
    let (width, color) = if lively {
        (THICK, tokens.ink.weak)
    } else {
        (THIN, tokens.edge.outline)
    };
    let middle = track.center() - vec2(width, width) * 0.5;
    let rect = match orientation {
        Orientation::Vertical => {
            let corner = pos2(middle.x, track.top() + at.top);
            Rect::from_min_size(corner, vec2(width, at.length))
        }
        Orientation::Horizontal => {
            let corner = pos2(track.left() + at.top, middle.y);
            Rect::from_min_size(corner, vec2(at.length, width))
        }
    };
    let color = color.gamma_multiply(if lively { 0.8 } else { 0.5 });
    ui.painter().add(Shape::rect_filled(
        rect,
        CornerRadius::same((width * 0.5) as u8),
        color,
    ));
}

/// How fast a selection pulled to `at` scrolls, in points a second: up if negative, not at all inside the
/// viewport.
pub(super) fn pull(view: Rect, at: Pos2) -> f32 {
    const FASTER: f32 = 12.0;
    const FASTEST: f32 = 3000.0;
    let beyond = (at.y - view.bottom()).max(0.0) - (view.top() - at.y).max(0.0);
    (beyond * FASTER).clamp(-FASTEST, FASTEST)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;

    fn extent(offset: f64, total: f64, view: f64) -> Extent {
        Extent {
            offset,
            total,
            view,
        }
    }

    #[test]
    fn what_fits_has_no_bar() {
        assert_eq!(thumb(400.0, extent(0.0, 380.0, 400.0)), None);
        assert_eq!(thumb(400.0, extent(0.0, 4.0, 4.0)), None);
    }

    #[test]
    fn the_thumb_reaches_both_ends() {
        let top = thumb(400.0, extent(0.0, 4000.0, 400.0)).unwrap();
        let bottom = thumb(400.0, extent(3600.0, 4000.0, 400.0)).unwrap();
        assert!(top.top.abs() < 0.01 && (top.length - 40.0).abs() < 0.01);
        assert!((bottom.top + bottom.length - 400.0).abs() < 0.01);
    }

    #[test]
    fn a_dragged_thumb_shows_where_it_is() {
        let (track, total, view) = (600.0, 9_000_000.0, 1200.0);
        for offset in [0.0, 1234.0, 4_000_000.0, total - view] {
            let extent = extent(offset, total, view);
            let at = thumb(track, extent).unwrap();
            let back = offset_of(track, at, extent);
            assert!((back - offset).abs() < 1.0, "{offset} {back}");
        }
    }

    #[test]
    fn a_selection_pulls_only_beyond_the_edges() {
        let view = Rect::from_min_max(pos2(0.0, 100.0), pos2(50.0, 200.0));
        assert!(pull(view, pos2(10.0, 150.0)).abs() < f32::EPSILON);
        assert!(pull(view, pos2(10.0, 90.0)) < 0.0);
        assert!(pull(view, pos2(10.0, 230.0)) > pull(view, pos2(10.0, 210.0)));
    }
}
