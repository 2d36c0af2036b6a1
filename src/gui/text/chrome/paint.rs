//! A text of egui's as shapes: backgrounds, glyphs, lines under and through.

use std::ops::Range;

use eframe::egui;
use egui::epaint::TextShape;
use egui::text::LayoutSection;
use egui::{Color32, Pos2, Rect, Shape, Stroke, pos2, vec2};

use super::inks::{SectionInk, section_inks};
use super::lines::ChromeLine;
use crate::gui::text::painter::TextPainter;

/// The text set anew where egui put it.
pub(super) fn set(text: &TextShape, clip: Rect, painter: &mut TextPainter, scale: f32) -> Shape {
    let lines = painter.chrome_lines(text, scale);
    let inks = section_inks(text);
    let setting = Setting {
        text,
        inks: &inks,
        scale,
    };
    let mut shapes = Vec::new();
    for line in lines.iter() {
        setting.backgrounds(line, &mut shapes);
    }
    let mesh = painter.mesh(scale, clip, |batch| {
        for line in lines.iter() {
            let parts = setting.parts(line);
            batch.colored(&line.layout, setting.origin(line), |x| {
                let part = parts.iter().find(|part| part.across.contains(&x));
                part.or(parts.first())
                    .map_or(Color32::TRANSPARENT, |part| part.color)
            });
        }
    });
    shapes.push(Shape::mesh(mesh));
    for line in lines.iter() {
        setting.rules(line, &mut shapes);
    }
    if shapes.len() == 1 {
        shapes.swap_remove(0)
    } else {
        Shape::Vec(shapes)
    }
}

/// Where a line has a colour, in physical pixels from its left edge.
struct Part {
    across: Range<f32>,
    color: Color32,
}

struct Setting<'a> {
    text: &'a TextShape,
    inks: &'a [SectionInk],
    scale: f32,
}

impl Setting<'_> {
    /// The line's top left on screen.
    fn origin(&self, line: &ChromeLine) -> Pos2 {
        self.text.pos + vec2(self.text.galley.rect.left(), 0.0) + line.offset
    }

    /// The colours of a line; one part that covers everything where there is but one.
    fn parts(&self, line: &ChromeLine) -> Vec<Part> {
        if let [only] = self.inks {
            return vec![Part {
                across: f32::MIN..f32::MAX,
                color: only.letters,
            }];
        }
        let mut parts = Vec::new();
        for (_, ink, range) in self.sections(line) {
            line.layout.boxes(range, |piece| {
                parts.push(Part {
                    across: piece.x0..piece.x1,
                    color: ink.letters,
                });
            });
        }
        parts
    }

    /// The sections that a line holds, each with its bytes of the line's layout.
    fn sections(
        &self,
        line: &ChromeLine,
    ) -> impl Iterator<Item = (&LayoutSection, SectionInk, Range<usize>)> {
        let bytes = line.bytes.clone();
        let sections = self.text.galley.job.sections.iter().zip(self.inks);
        sections.filter_map(move |(section, ink)| {
            let start = section.byte_range.start.0.max(bytes.start);
            let end = section.byte_range.end.0.min(bytes.end);
            (start < end).then(|| (section, *ink, start - bytes.start..end - bytes.start))
        })
    }

    fn backgrounds(&self, line: &ChromeLine, shapes: &mut Vec<Shape>) {
        for (section, ink, range) in self.sections(line) {
            let format = &section.format;
            if format.background == Color32::TRANSPARENT {
                continue;
            }
            let color = ink.faded(format.background);
            self.each_box(line, range, |rect| {
                shapes.push(Shape::rect_filled(
                    rect.expand(format.expand_bg),
                    0.0,
                    color,
                ));
            });
        }
    }

    fn rules(&self, line: &ChromeLine, shapes: &mut Vec<Shape>) {
        for (section, ink, range) in self.sections(line) {
            let format = &section.format;
            let whole = self.text.underline;
            let under = if format.underline.is_empty() {
                whole
            } else {
                format.underline
            };
            let through = format.strikethrough;
            if under.is_empty() && through.is_empty() {
                continue;
            }
            self.each_box(line, range, |rect| {
                let mut rule = |y: f32, stroke: Stroke| {
                    if !stroke.is_empty() {
                        let ends = [pos2(rect.left(), y), pos2(rect.right(), y)];
                        shapes.push(Shape::line_segment(ends, ink.faded_stroke(stroke)));
                    }
                };
                rule(rect.bottom() - under.width, under);
                rule(rect.center().y, through);
            });
        }
    }

    /// The boxes of a range of a line on screen.
    fn each_box(&self, line: &ChromeLine, range: Range<usize>, mut each: impl FnMut(Rect)) {
        let origin = self.origin(line);
        line.layout.boxes(range, |piece| {
            let at = |x, y| origin + vec2(x, y) / self.scale;
            each(Rect::from_min_max(
                at(piece.x0, piece.top),
                at(piece.x1, piece.bottom),
            ));
        });
    }
}
