//! Text in mixed directions on egui, which shapes letters but does not order words: a painter that
//! shares one glyph atlas among everybody, a label, a field, and a net that mends what egui's own
//! widgets have painted.

mod cache;
mod chrome;
mod field;
mod label;
mod marked;
pub(crate) mod nodes;
mod painter;
mod plugin;
#[cfg(test)]
mod tests;

pub use cache::Fit;
pub use field::{BidiField, FieldOutput};
pub use label::BidiLabel;
pub use marked::MarkedLabel;
pub use painter::{GlyphBatch, TextPainter};
pub use plugin::{install, load_system_fonts, with};

use crate::typeset::{Family, TextLayout, TextStyle};

/// Line height of interface text as a multiple of its size. It is Vazirmatn's own, which egui takes
/// too, so that texts set by either stand on one line.
pub const LINE_HEIGHT: f32 = 1.5625;

/// Vazirmatn's ascent as a multiple of the size.
const ASCENT: f32 = 2100.0 / 2048.0;

/// How much lower, in physical pixels, egui would put the letters of a line of `size_px`: it rounds
/// the ascent, and a label of ours may stand beside one of egui's.
fn lowered(layout: &TextLayout, size_px: f32) -> f32 {
    (ASCENT * size_px).round() - layout.baseline()
}

/// The style of interface text of `size` points on a screen of `pixels_per_point`.
pub fn interface_style(size: f32, bold: bool, pixels_per_point: f32) -> TextStyle {
    TextStyle {
        family: Family::Interface,
        size_px: size * pixels_per_point,
        line_height: LINE_HEIGHT,
        bold,
    }
}
