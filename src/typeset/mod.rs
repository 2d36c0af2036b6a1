//! Layouts of paragraphs and articles, geometry of ranges, glyph rasters. Knows no annotation.
//!
//! This room alone names Parley, fontique and swash. Measures are physical pixels, ranges are bytes.
//! A [`Typesetter`] shapes; a [`TextLayout`] answers every question of geometry by itself; a
//! [`GlyphAtlas`] turns layouts into quads over one picture.

mod article;
mod atlas;
mod boxes;
mod caret;
#[cfg(test)]
mod conformance;
mod extract;
mod field;
mod fonts;
mod hit;
mod layout;
mod movement;
mod raster;
#[cfg(test)]
mod robustness;
mod runs;
mod typesetter;

pub use article::{Align, ArticleLayout, ArticleStyle, Room, ScrollAnchor, Visible, VisibleBlock};
pub use atlas::{GlyphAtlas, GlyphQuad, Upload};
pub use boxes::LineBox;
pub use caret::{Affinity, CaretBox, Position, Side};
pub use field::FieldEditor;
pub use fonts::{ARTICLE_FAMILY, Family, Fonts, INTERFACE_FAMILY};
pub use hit::Hit;
pub use layout::{LineRow, TextLayout};
pub use movement::Movement;
pub use raster::Ink;
pub use runs::RunText;
pub use typesetter::{BaseDirection, TextStyle, Typesetter};
