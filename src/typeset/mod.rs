//! Layouts of paragraphs and articles, geometry of ranges, glyph rasters. Knows no annotation.
