//! Tags: a label's short name over the beginning of its spans. It hides where there is no room for it, and
//! comes forward for the chosen span and the one under the pointer.

use std::sync::Arc;

use eframe::egui::{Color32, CornerRadius, Painter, Rect, Shape, pos2, vec2};

use crate::{
    annotation::{LabelId, LabelSet},
    gui::{
        text::{Fit, TextPainter},
        theme::Tokens,
    },
    text::segment,
    typeset::{Family, TextLayout, TextStyle},
};

use super::{canvas::Canvas, highlights::TagPlace};

/// Letter size of a tag in points.
const SIZE: f32 = 10.0;
/// Its line height, as a multiple of the size.
const LINE: f32 = 1.1;
/// The longest tag in points.
const LONGEST: f32 = 110.0;

/// Height of a tag in points.
pub(super) const HEIGHT: f32 = SIZE * LINE;

/// The tag of a label in full or in short, `scale` physical pixels a point.
pub(super) fn layout(
    text: &mut TextPainter,
    labels: &LabelSet,
    label: &LabelId,
    short: bool,
    scale: f32,
) -> Arc<TextLayout> {
    let name = name_of(labels, label);
    let name = if short { first_letters(name) } else { name };
    let style = TextStyle {
        family: Family::Interface,
        size_px: SIZE * scale,
        line_height: LINE,
        bold: true,
    };
    text.layout(name, &style, Fit::Elide(LONGEST * scale))
}

/// What a label is called in tags.
pub(super) fn name_of<'a>(labels: &'a LabelSet, label: &'a LabelId) -> &'a str {
    labels
        .resolve(label)
        .map_or(label.as_str(), |label| label.display_en())
}

/// The first three letters of a name.
pub(super) fn first_letters(name: &str) -> &str {
    let end = segment::graphemes(name)
        .nth(3)
        .map_or(name.len(), |(at, _)| at);
    name.get(..end).unwrap_or(name)
}

/// Paints a tag where it stands beside the others, if it has room.
pub(super) fn paint(
    text: &mut TextPainter,
    painter: &Painter,
    canvas: &Canvas,
    place: &TagPlace,
    (layout, color): (&TextLayout, Color32),
) {
    if let Some(x) = place.x {
        let at = canvas.pos(x, place.corner.y - layout.height());
        text.paint_layout(painter, layout, at, color);
    }
}

/// Paints a tag over everything else, filled with its colour.
pub(super) fn paint_raised(
    text: &mut TextPainter,
    painter: &Painter,
    canvas: &Canvas,
    place: &TagPlace,
    (layout, color): (&TextLayout, Color32),
    tokens: &Tokens,
) {
    const PAD: f32 = 4.0;
    let size = vec2(layout.width() / canvas.scale + 2.0 * PAD, HEIGHT + 2.0);
    let x = place.x.unwrap_or(if place.leftwards {
        place.corner.x - layout.width()
    } else {
        place.corner.x
    });
    let corner = canvas.pos(x, place.corner.y);
    let rect = Rect::from_min_size(pos2(corner.x - PAD, corner.y - size.y), size);
    let clip = painter.clip_rect();
    let shift = vec2(
        (clip.left() - rect.left()).max(0.0),
        (clip.top() - rect.top()).max(0.0),
    );
    let rect = rect.translate(shift);
    let rect = Rect::from_min_max(canvas.snap(rect.min), canvas.snap(rect.max));
    painter.add(Shape::rect_filled(rect, CornerRadius::same(3), color));
    let at = rect.min + vec2(PAD, (rect.height() - HEIGHT) * 0.5);
    text.paint_layout(painter, layout, at, tokens.surface.page);
}
