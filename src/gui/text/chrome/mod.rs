//! The net under egui's own widgets: at the end of each pass, every text that holds right-to-left
//! letters is set again in the right order, in the room that egui measured for it. The fonts are
//! the same, so the widths are too.
//!
//! Labels and fields of ours do not come here; they paint meshes. Not mended: text that is rotated,
//! and icons inside a text with Arabic letters (give an icon an atom or a label of its own).

mod lines;
#[cfg(test)]
mod tests;

use std::collections::HashMap;
use std::hash::{BuildHasher, RandomState};
use std::ops::Range;
use std::sync::Arc;

use eframe::egui;
use egui::epaint::TextShape;
use egui::layers::ShapeIdx;
use egui::text::LayoutJob;
use egui::{Color32, Context, LayerId, Pos2, Rect, Shape, Stroke, pos2, vec2};

use super::painter::TextPainter;
use lines::{ChromeLine, lines_of};

/// Sets every right-to-left text that egui has painted in this pass.
pub(super) fn mend(ctx: &Context, painter: &mut TextPainter) {
    let layers: Vec<LayerId> = ctx.memory(|memory| {
        memory
            .layer_ids()
            .chain([LayerId::background(), LayerId::debug()])
            .collect()
    });
    let scale = ctx.pixels_per_point();
    ctx.graphics_mut(|graphics| {
        for layer in layers {
            let Some(list) = graphics.get_mut(layer) else {
                continue;
            };
            let wanted: Vec<ShapeIdx> = list
                .all_entries()
                .enumerate()
                .filter(|(_, clipped)| holds_rtl(&clipped.shape))
                .map(|(index, _)| ShapeIdx(index))
                .collect();
            for index in wanted {
                list.mutate_shape(index, |clipped| {
                    swap(&mut clipped.shape, clipped.clip_rect, painter, scale);
                });
                painter.note(layer, index);
            }
        }
    });
}

fn holds_rtl(shape: &Shape) -> bool {
    match shape {
        Shape::Text(text) => is_ours(text),
        Shape::Vec(shapes) => shapes.iter().any(holds_rtl),
        _ => false,
    }
}

fn is_ours(text: &TextShape) -> bool {
    text.angle == 0.0 && has_rtl(text.galley.text())
}

/// Whether a text holds letters that run right to left.
fn has_rtl(text: &str) -> bool {
    // All of them are beyond the first half of two-byte sequences.
    text.bytes().any(|byte| byte >= 0xD6)
        && text.chars().any(|c| {
            matches!(u32::from(c), 0x590..=0x8FF | 0xFB1D..=0xFDFF | 0xFE70..=0xFEFC | 0x1_0800..=0x1_0FFF | 0x1_E800..=0x1_EFFF)
        })
}

fn swap(shape: &mut Shape, clip: Rect, painter: &mut TextPainter, scale: f32) {
    match shape {
        Shape::Text(text) if is_ours(text) => *shape = set(text, clip, painter, scale),
        Shape::Vec(shapes) => {
            for shape in shapes {
                swap(shape, clip, painter, scale);
            }
        }
        _ => {}
    }
}

/// The text as shapes: backgrounds, glyphs, lines under and through.
fn set(text: &TextShape, clip: Rect, painter: &mut TextPainter, scale: f32) -> Shape {
    let lines = painter.chrome_lines(text, scale);
    let origin = text.pos + vec2(text.galley.rect.left(), 0.0);
    let mut shapes = Vec::new();
    for line in lines.iter() {
        decorate(text, line, origin, scale, Layer::Behind, &mut shapes);
    }
    let mesh = painter.mesh(scale, clip, |batch| {
        for line in lines.iter() {
            let parts = parts(text, line);
            batch.colored(&line.layout, origin + line.offset, |x| {
                let part = parts.iter().find(|part| part.across.contains(&x));
                part.or(parts.first())
                    .map_or(Color32::TRANSPARENT, |part| part.color)
            });
        }
    });
    shapes.push(Shape::mesh(mesh));
    for line in lines.iter() {
        decorate(text, line, origin, scale, Layer::Before, &mut shapes);
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

/// The colours of a line; one part that covers everything where there is but one.
fn parts(text: &TextShape, line: &ChromeLine) -> Vec<Part> {
    let mut parts = Vec::new();
    for (section, range) in sections_of(&text.galley.job, line) {
        let color = ink(text, section.format.color);
        for piece in line.layout.boxes_of(range) {
            parts.push(Part {
                across: piece.x0..piece.x1,
                color,
            });
        }
    }
    parts
}

/// What egui would give glyphs of this colour in this shape.
fn ink(text: &TextShape, color: Color32) -> Color32 {
    text.override_text_color.map_or_else(
        || tint(text, color),
        |ink| ink.gamma_multiply(text.opacity_factor),
    )
}

fn tint(text: &TextShape, color: Color32) -> Color32 {
    let color = if color == Color32::PLACEHOLDER {
        text.fallback_color
    } else {
        color
    };
    color.gamma_multiply(text.opacity_factor)
}

/// The sections that a line holds, each with its bytes of the line's layout.
fn sections_of<'a>(
    job: &'a LayoutJob,
    line: &ChromeLine,
) -> impl Iterator<Item = (&'a egui::text::LayoutSection, Range<usize>)> {
    let bytes = line.bytes.clone();
    job.sections.iter().filter_map(move |section| {
        let start = section.byte_range.start.0.max(bytes.start);
        let end = section.byte_range.end.0.min(bytes.end);
        (start < end).then(|| (section, start - bytes.start..end - bytes.start))
    })
}

#[derive(Clone, Copy, PartialEq)]
enum Layer {
    Behind,
    Before,
}

/// Backgrounds behind the letters; underlines and strikethroughs before them.
fn decorate(
    text: &TextShape,
    line: &ChromeLine,
    origin: Pos2,
    scale: f32,
    layer: Layer,
    shapes: &mut Vec<Shape>,
) {
    for (section, range) in sections_of(&text.galley.job, line) {
        let format = &section.format;
        let underline = if format.underline.is_empty() {
            text.underline
        } else {
            format.underline
        };
        let plain = format.background == Color32::TRANSPARENT
            && underline.is_empty()
            && format.strikethrough.is_empty();
        if plain {
            continue;
        }
        for piece in line.layout.boxes_of(range) {
            let at = |x, y| origin + line.offset + vec2(x, y) / scale;
            let (top, bottom) = (at(piece.x0, piece.top), at(piece.x1, piece.bottom));
            let rule = |y: f32, stroke: Stroke| {
                let stroke = Stroke::new(stroke.width, tint(text, stroke.color));
                Shape::line_segment([pos2(top.x, y), pos2(bottom.x, y)], stroke)
            };
            if layer == Layer::Behind && format.background != Color32::TRANSPARENT {
                let rect = Rect::from_min_max(top, bottom).expand(format.expand_bg);
                shapes.push(Shape::rect_filled(rect, 0.0, tint(text, format.background)));
            }
            if layer == Layer::Before && !underline.is_empty() {
                shapes.push(rule(bottom.y - underline.width, underline));
            }
            if layer == Layer::Before && !format.strikethrough.is_empty() {
                shapes.push(rule((top.y + bottom.y) * 0.5, format.strikethrough));
            }
        }
    }
}

/// The lines of egui's texts, kept while they are shown.
#[derive(Default)]
pub(super) struct ChromeCache {
    entries: HashMap<u64, Entry>,
    hasher: RandomState,
    pass: u64,
}

struct Entry {
    job: Arc<LayoutJob>,
    key: (u32, u32, u64),
    lines: Arc<[ChromeLine]>,
    used: u64,
}

impl ChromeCache {
    /// Drops what the last two passes did not show.
    pub(super) fn end_pass(&mut self) {
        let pass = self.pass;
        self.entries.retain(|_, entry| entry.used + 2 > pass);
        self.pass += 1;
    }
}

impl TextPainter {
    fn chrome_lines(&mut self, text: &TextShape, scale: f32) -> Arc<[ChromeLine]> {
        let galley = &text.galley;
        let width = galley.rect.width();
        let key = (
            width.to_bits(),
            scale.to_bits(),
            self.typesetter().generation(),
        );
        let hash = self.chrome.hasher.hash_one((&*galley.job, key));
        let pass = self.chrome.pass;
        if let Some(entry) = self.chrome.entries.get_mut(&hash)
            && entry.key == key
            && (Arc::ptr_eq(&entry.job, &galley.job) || entry.job == galley.job)
        {
            entry.used = pass;
            return Arc::clone(&entry.lines);
        }
        let lines: Arc<[ChromeLine]> = lines_of(self.typesetter(), galley, scale).into();
        let entry = Entry {
            job: Arc::clone(&galley.job),
            key,
            lines: Arc::clone(&lines),
            used: pass,
        };
        self.chrome.entries.insert(hash, entry);
        lines
    }
}
