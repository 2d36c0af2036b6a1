//! Text in mixed directions on egui, which shapes letters but does not order words: a painter that
//! shares one glyph atlas among everybody, a label, a field, and a net that mends what egui's own
//! widgets have painted.

mod cache;
mod chrome;
mod field;
mod label;
mod painter;
mod plugin;
#[cfg(test)]
mod tests;

pub use cache::Fit;
pub use field::{BidiField, FieldOutput};
pub use label::BidiLabel;
pub use painter::{GlyphBatch, TextPainter};
pub use plugin::{install, load_system_fonts, with};

use crate::typeset::{Family, TextStyle};

/// Line height of interface text as a multiple of its size. It is Vazirmatn's own, which egui takes
/// too, so that texts set by either stand on one line.
pub const LINE_HEIGHT: f32 = 1.5625;

/// The style of interface text of `size` points on a screen of `pixels_per_point`.
pub fn interface_style(size: f32, bold: bool, pixels_per_point: f32) -> TextStyle {
    TextStyle {
        family: Family::Interface,
        size_px: size * pixels_per_point,
        line_height: LINE_HEIGHT,
        bold,
    }
}
