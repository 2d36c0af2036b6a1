//! Ranges that are shown without being spans: the selection, what was found, what would be labelled.

use std::ops::Range;

use eframe::egui::{Color32, CornerRadius, Painter, Rect, Shape, Stroke, StrokeKind, pos2};

use crate::{text::ByteRange, typeset::ArticleLayout};

use super::{
    canvas::Canvas,
    highlights::{Frame, Sizes},
};

/// A box of a range: its block, and its place in physical pixels from the block's top left.
pub(super) type Band = (usize, Rect);

/// The boxes of a range in view, as high as the fill of a name.
pub(super) fn bands(layout: &ArticleLayout, range: Range<usize>, sizes: &Sizes) -> Vec<Band> {
    let mut bands = Vec::new();
    layout.boxes(range, |block, line_box| {
        let row = layout
            .layout(block)
            .and_then(|layout| layout.lines().get(line_box.line));
        let Some(row) = row else { return };
        let (top, bottom) = Frame::of(row, sizes).fill(0);
        bands.push((
            block,
            Rect::from_min_max(pos2(line_box.x0, top), pos2(line_box.x1, bottom)),
        ));
    });
    bands
}

/// The ranges (sorted, apart) of which a part is in view.
pub(super) fn in_view<'a>(layout: &ArticleLayout, ranges: &'a [ByteRange]) -> &'a [ByteRange] {
    let shown = layout.blocks_in_view();
    let (Some(first), Some(last)) = (shown.first(), shown.last()) else {
        return &[];
    };
    let end = layout.block_range(last.block).end;
    let from = ranges.partition_point(|range| range.end() <= first.start);
    let to = ranges.partition_point(|range| range.start() < end);
    ranges.get(from..to.max(from)).unwrap_or_default()
}

/// How a range is painted.
#[derive(Clone, Copy, Debug)]
pub(super) enum Coat {
    /// Filled.
    Fill(Color32),
    /// An outline.
    Outline(Stroke),
}

/// Paints bands.
pub(super) fn paint(
    painter: &Painter,
    layout: &ArticleLayout,
    canvas: &Canvas,
    bands: &[Band],
    coat: Coat,
) {
    for (block, rect) in bands {
        let Some(shown) = layout
            .blocks_in_view()
            .iter()
            .find(|shown| shown.block == *block)
        else {
            continue;
        };
        let rect = canvas.block(shown.y).crisp(*rect);
        painter.add(match coat {
            Coat::Fill(color) => Shape::rect_filled(rect, CornerRadius::ZERO, color),
            Coat::Outline(stroke) => {
                Shape::rect_stroke(rect, CornerRadius::same(2), stroke, StrokeKind::Inside)
            }
        });
    }
}
