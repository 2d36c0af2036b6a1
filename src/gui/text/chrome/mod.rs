//! The net under egui's own widgets: at the end of each pass, every text that holds right-to-left
//! letters is set again in the right order, in the room that egui measured for it. The fonts are
//! the same, so the widths are too.
//!
//! Labels and fields of ours do not come here; they paint meshes. Not mended: text that is rotated,
//! and icons inside a text with Arabic letters (give an icon an atom or a label of its own).

mod inks;
mod lines;
mod paint;
#[cfg(test)]
mod tests;

use std::collections::HashMap;
use std::hash::{BuildHasher, RandomState};
use std::sync::Arc;

use eframe::egui;
use egui::epaint::TextShape;
use egui::layers::ShapeIdx;
use egui::text::LayoutJob;
use egui::{Context, LayerId, Rect, Shape};

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
        Shape::Text(text) if is_ours(text) => *shape = paint::set(text, clip, painter, scale),
        Shape::Vec(shapes) => {
            for shape in shapes {
                swap(shape, clip, painter, scale);
            }
        }
        _ => {}
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
