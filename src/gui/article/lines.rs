//! The lines under spans: each label's own style, so that nobody needs to tell colours apart.

use eframe::egui::{Color32, CornerRadius, Rect, Shape, Stroke, pos2, vec2};

use crate::annotation::Mark as LineStyle;

/// A horizontal line from `x.0` to `x.1` around `y`, in points.
#[derive(Clone, Copy, Debug)]
pub(super) struct Line {
    pub(super) x: (f32, f32),
    pub(super) y: f32,
    pub(super) thickness: f32,
    pub(super) color: Color32,
}

/// Adds the shapes of a line in a style.
pub(super) fn add(style: LineStyle, line: Line, out: &mut Vec<Shape>) {
    match style {
        LineStyle::Solid => out.push(bar(line)),
        LineStyle::Dashed => dashes(&[(6.0, true), (3.5, false)], line, out),
        LineStyle::Dotted => dashes(&[(2.0, true), (2.5, false)], line, out),
        LineStyle::DashDot => {
            dashes(
                &[(7.0, true), (2.5, false), (2.0, true), (2.5, false)],
                line,
                out,
            );
        }
        LineStyle::Double => double(line, out),
        LineStyle::Wavy => out.push(wave(line)),
    }
}

/// The thin dotted line under a gap between fragments.
pub(super) fn add_join(line: Line, out: &mut Vec<Shape>) {
    dashes(&[(1.0, true), (3.0, false)], line, out);
}

fn bar(
    Line {
        x,
        y,
        thickness,
        color,
    }: Line,
) -> Shape {
    let rect = Rect::from_min_max(
        pos2(x.0, y - thickness * 0.5),
        pos2(x.1, y + thickness * 0.5),
    );
    Shape::rect_filled(rect, CornerRadius::ZERO, color)
}

/// Repeats a pattern of lengths, drawn or not. It begins at the same place for every piece, so that pieces
/// on one line look alike.
fn dashes(pattern: &[(f32, bool)], line: Line, out: &mut Vec<Shape>) {
    let (mut at, end) = line.x;
    while at < end {
        for &(length, drawn) in pattern {
            let to = (at + length).min(end);
            if drawn && to > at {
                out.push(bar(Line {
                    x: (at, to),
                    ..line
                }));
            }
            at += length;
        }
    }
}

fn double(line: Line, out: &mut Vec<Shape>) {
    let thin = line.thickness * 0.45;
    let apart = line.thickness * 0.5;
    for y in [line.y - apart, line.y + apart] {
        out.push(bar(Line {
            y,
            thickness: thin,
            ..line
        }));
    }
}

fn wave(
    Line {
        x,
        y,
        thickness,
        color,
    }: Line,
) -> Shape {
    const HALF: f32 = 3.0;
    let high = thickness * 0.6;
    let steps = ((x.1 - x.0) / HALF).ceil().max(1.0) as usize;
    let point = |step: usize| {
        let side = if step.is_multiple_of(2) { high } else { -high };
        pos2((x.0 + step as f32 * HALF).min(x.1), y + side)
    };
    Shape::line(
        (0..=steps).map(point).collect(),
        Stroke::new(thickness * 0.65, color),
    )
}

/// A line in a style as it stands in lists of labels: `width` points long, around the middle of `rect`.
pub fn sample(style: LineStyle, rect: Rect, thickness: f32, color: Color32) -> Vec<Shape> {
    let mut shapes = Vec::new();
    let from = rect.left_center() + vec2(0.0, 0.0);
    let line = Line {
        x: (from.x, rect.right()),
        y: from.y,
        thickness,
        color,
    };
    add(style, line, &mut shapes);
    shapes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_style_leaves_its_piece() {
        let line = Line {
            x: (10.0, 47.0),
            y: 5.0,
            thickness: 2.0,
            color: Color32::BLACK,
        };
        for style in LineStyle::ALL {
            let mut shapes = Vec::new();
            add(style, line, &mut shapes);
            assert!(!shapes.is_empty(), "{style:?}");
            for shape in shapes {
                let bounds = shape.visual_bounding_rect();
                assert!(
                    bounds.left() >= 8.5 && bounds.right() <= 48.5,
                    "{style:?}: {bounds}"
                );
            }
        }
    }
}
