//! The colours that egui gave a text. A panel that fades or is disabled has its text's colours
//! changed in the finished glyphs only, so they are read there and not from the text's format.

use eframe::egui;
use egui::epaint::TextShape;
use egui::{Color32, Stroke};

/// How a section is coloured.
#[derive(Clone, Copy, Debug)]
pub(super) struct SectionInk {
    /// Its letters.
    pub(super) letters: Color32,
    /// How much of any colour of its format is left, 0 to 1.
    opacity: f32,
}

impl SectionInk {
    /// A colour of the section's format, as faded as its letters.
    pub(super) fn faded(self, color: Color32) -> Color32 {
        let color = if color == Color32::PLACEHOLDER {
            self.letters
        } else {
            color
        };
        color.gamma_multiply(self.opacity)
    }

    /// The same for a line.
    pub(super) fn faded_stroke(self, stroke: Stroke) -> Stroke {
        Stroke::new(stroke.width, self.faded(stroke.color))
    }
}

/// The ink of each section of the text, in their order.
pub(super) fn section_inks(text: &TextShape) -> Vec<SectionInk> {
    let painted = painted_colors(text);
    let sections = text.galley.job.sections.iter();
    sections
        .zip(painted)
        .map(|(section, painted)| {
            let wanted = section.format.color;
            let painted = painted.unwrap_or(wanted);
            let opacity = match (wanted.a(), painted.a()) {
                (0, _) => 1.0,
                (wanted, painted) => (f32::from(painted) / f32::from(wanted)).min(1.0),
            };
            let is_open = painted == Color32::PLACEHOLDER;
            let own = if is_open {
                text.fallback_color
            } else {
                painted
            };
            let letters = text.override_text_color.unwrap_or(own);
            SectionInk {
                letters: letters.gamma_multiply(text.opacity_factor),
                opacity: opacity * text.opacity_factor,
            }
        })
        .collect()
}

/// The colour of the first glyph with ink of each section.
fn painted_colors(text: &TextShape) -> Vec<Option<Color32>> {
    let sections = &text.galley.job.sections;
    let mut colors = vec![None; sections.len()];
    let mut open = sections.len();
    let mut byte = 0;
    let mut section = 0;
    for row in &text.galley.rows {
        for glyph in &row.glyphs {
            while sections
                .get(section)
                .is_some_and(|at| at.byte_range.end.0 <= byte)
            {
                section += 1;
            }
            if !glyph.uv_rect.is_nothing()
                && let Some(color @ None) = colors.get_mut(section)
            {
                let vertices = &row.visuals.mesh.vertices;
                *color = vertices
                    .get(glyph.first_vertex as usize)
                    .map(|vertex| vertex.color);
                open -= 1;
            }
            byte += glyph.chr.len_utf8();
        }
        byte += usize::from(row.ends_with_newline);
        if open == 0 {
            break;
        }
    }
    colors
}
