//! From egui's galley to lines in the right order: the same text in the same width, cut where egui
//! cut it, aligned as egui aligned it.

use std::ops::Range;

use eframe::egui;
use egui::text::LayoutSection;
use egui::{Align, FontId, Galley, Vec2, vec2};

use crate::gui::text::LINE_HEIGHT;
use crate::gui::theme::bold_family;
use crate::typeset::{BaseDirection, Family, TextLayout, TextStyle, Typesetter};

/// A line, or a piece of one where fonts differ.
pub(super) struct ChromeLine {
    pub(super) layout: TextLayout,
    /// Its bytes of the job's text.
    pub(super) bytes: Range<usize>,
    /// From the galley's top left, in points.
    pub(super) offset: Vec2,
}

/// The lines of a galley on a screen of `scale` pixels per point.
pub(super) fn lines_of(
    typesetter: &mut Typesetter,
    galley: &Galley,
    scale: f32,
) -> Vec<ChromeLine> {
    let mut setter = Setter {
        typesetter,
        galley,
        scale,
        lines: Vec::new(),
    };
    if setter.is_mixed() && galley.rows.len() == 1 && !galley.elided {
        setter.pieces();
    } else {
        setter.paragraphs();
    }
    setter.lines
}

struct Setter<'a> {
    typesetter: &'a mut Typesetter,
    galley: &'a Galley,
    scale: f32,
    lines: Vec<ChromeLine>,
}

impl Setter<'_> {
    fn is_mixed(&self) -> bool {
        let fonts = |section: &LayoutSection| section.format.font_id.clone();
        let mut sections = self.galley.job.sections.iter().map(fonts);
        let first = sections.next();
        sections.any(|font| Some(font) != first)
    }

    /// The style of text in `font`, in lines as high as egui's.
    fn style(&self, font: &FontId) -> TextStyle {
        let row = self.galley.rows.first().map_or(0.0, |row| row.size.y);
        let natural = font.size * LINE_HEIGHT;
        // A line that a higher neighbour has stretched is not stretched twice.
        let line_height = if row > 0.0 && !self.is_mixed() {
            row
        } else {
            natural
        };
        TextStyle {
            family: Family::Interface,
            size_px: font.size * self.scale,
            line_height: line_height / font.size.max(1.0),
            bold: font.family == bold_family(),
        }
    }

    fn first_style(&self) -> TextStyle {
        let first = self.galley.job.sections.first();
        self.style(&first.map_or_else(FontId::default, |section| section.format.font_id.clone()))
    }

    /// Each paragraph in as many lines as it takes; the last line that egui shows of a text it cut
    /// is cut here too.
    fn paragraphs(&mut self) {
        let text = self.galley.text();
        let style = self.first_style();
        let mut start = 0;
        for paragraph in text.split('\n') {
            if self.is_done() {
                return;
            }
            self.paragraph(paragraph, start, &style);
            start += paragraph.len() + 1;
        }
    }

    /// Whether a cut text has all the lines that it may have.
    fn is_done(&self) -> bool {
        self.galley.elided && self.lines.len() >= self.galley.rows.len()
    }

    fn is_last(&self) -> bool {
        self.galley.elided && self.lines.len() + 1 == self.galley.rows.len()
    }

    fn paragraph(&mut self, text: &str, start: usize, style: &TextStyle) {
        let width = self.galley.rect.width() * self.scale;
        // A pixel more: the two engines may differ by a fraction in a width that just fits.
        let wrap = (self.galley.rows.len() > 1).then_some(width + 1.0);
        let wrapped = self
            .typesetter
            .layout(text, style, wrap, BaseDirection::Auto);
        let base = if wrapped.is_rtl() {
            BaseDirection::Rtl
        } else {
            BaseDirection::Ltr
        };
        for line in wrapped.lines() {
            if self.is_last() {
                let rest = text.get(line.range.start..).unwrap_or_default();
                let layout = self.typesetter.layout_elided(rest, style, width + 1.0);
                self.push(layout, start + line.range.start);
                return;
            }
            let shown = text.get(line.range.clone()).unwrap_or_default();
            let layout = self.typesetter.layout(shown, style, None, base);
            self.push(layout, start + line.range.start);
        }
    }

    fn push(&mut self, layout: TextLayout, start: usize) {
        let top = self.top(&layout);
        let spare = self.galley.rect.width() - layout.width() / self.scale;
        let left = match self.galley.job.halign {
            Align::Center => spare * 0.5,
            Align::Max => spare,
            Align::Min if layout.is_rtl() => spare,
            Align::Min => 0.0,
        };
        let bytes = start..start + layout.len();
        self.lines.push(ChromeLine {
            layout,
            bytes,
            offset: vec2(left, top),
        });
    }

    /// Where a line begins so that its letters stand where egui's stood; below the line before
    /// where egui has none.
    fn top(&self, layout: &TextLayout) -> f32 {
        let row = self.galley.rows.get(self.lines.len());
        let baseline = row.and_then(|row| Some(row.pos.y + row.glyphs.first()?.pos.y));
        let below = self.lines.last().map_or(0.0, |line| {
            line.offset.y + line.layout.height() / self.scale
        });
        baseline.map_or(below, |baseline| baseline - layout.baseline() / self.scale)
    }

    /// One line in several fonts: each section by itself, in the order of the whole's direction,
    /// on one baseline.
    fn pieces(&mut self) {
        let job = &self.galley.job;
        let whole =
            self.typesetter
                .layout(&job.text, &self.first_style(), None, BaseDirection::Auto);
        let mut pieces = Vec::new();
        for section in &job.sections {
            let bytes = section.byte_range.start.0..section.byte_range.end.0;
            let text = job.text.get(bytes.clone()).unwrap_or_default();
            let style = self.style(&section.format.font_id);
            let layout = self
                .typesetter
                .layout(text, &style, None, BaseDirection::Auto);
            // Spaces at a line's end hang, but between pieces they count.
            let ends = layout.lines().first().map_or(0.0, |line| line.right);
            let hanging = text.len() - text.trim_end().len();
            let space = hanging as f32 * style.size_px * SPACE_EM;
            pieces.push((layout, bytes, ends + space));
        }
        if whole.is_rtl() {
            pieces.reverse();
        }
        let glyphs = self.galley.rows.iter().flat_map(|row| &row.glyphs);
        let baseline = glyphs.map(|glyph| glyph.pos.y).fold(0.0, f32::max) * self.scale;
        let mut x = 0.0;
        for (layout, bytes, advance) in pieces {
            let y = baseline - layout.baseline();
            self.lines.push(ChromeLine {
                layout,
                bytes,
                offset: vec2(x, y) / self.scale,
            });
            x += advance;
        }
    }
}

/// Width of Vazirmatn's space in ems.
const SPACE_EM: f32 = 0.25;
