//! A laid-out paragraph as plain data: lines, cells (graphemes with their place) and glyphs.
//! It is copied out of Parley once, in one pass a line, so that hit tests, boxes, carets and the
//! accessibility tree are look-ups, a layout can be kept without its shaping data, and painting walks
//! flat arrays.
//!
//! Invariants, each tested: the cells of a line tile its byte range without gaps, sorted by start;
//! the lines tile the text; `order` is a permutation of a line's cells, left to right; a layout knows no
//! highlights, so letters stay joined whatever is marked.

use std::ops::Range;

use parley::FontData;

/// One grapheme on its line. Positions in physical pixels from the layout's left edge.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Cell {
    pub(super) start: u32,
    pub(super) end: u32,
    pub(super) x: f32,
    pub(super) width: f32,
    pub(super) flags: u8,
}

/// The cell runs right to left.
pub(super) const RTL: u8 = 1;
/// A word segment begins here.
pub(super) const WORD: u8 = 2;
/// The cell is white space.
pub(super) const SPACE: u8 = 4;

impl Cell {
    pub(super) fn is(self, flag: u8) -> bool {
        self.flags & flag != 0
    }

    pub(super) fn right(self) -> f32 {
        self.x + self.width
    }

    /// The x where the cell begins logically.
    pub(super) fn leading(self) -> f32 {
        if self.is(RTL) { self.right() } else { self.x }
    }

    /// The x where the cell ends logically.
    pub(super) fn trailing(self) -> f32 {
        if self.is(RTL) { self.x } else { self.right() }
    }
}

/// One line of a layout. Bytes of the laid-out text, physical pixels from the layout's top left.
#[derive(Clone, Debug, PartialEq)]
pub struct LineRow {
    /// Bytes of the line, trailing spaces included.
    pub range: Range<usize>,
    /// Top of the line's box; lines follow each other without gaps.
    pub top: f32,
    /// Bottom of the line's box.
    pub bottom: f32,
    /// The baseline.
    pub baseline: f32,
    /// Ascent of the fonts in use above the baseline.
    pub ascent: f32,
    /// Descent of the fonts in use below the baseline.
    pub descent: f32,
    /// Left edge of the ink's advance, hanging spaces excluded.
    pub left: f32,
    /// Right edge of the ink's advance, hanging spaces excluded.
    pub right: f32,
    /// Whether the line ends by wrapping (and not with the text).
    pub wrapped: bool,
    pub(super) cells: Range<u32>,
    /// First cell of the spaces that hang over the line's end, as an index of the layout's cells.
    pub(super) hanging: u32,
    pub(super) runs: Range<u32>,
}

/// Glyphs of one font, size and line.
#[derive(Clone, Debug)]
pub(super) struct GlyphRun {
    pub(super) font: FontData,
    pub(super) size: f32,
    pub(super) embolden: bool,
    pub(super) skew: Option<f32>,
    pub(super) coords: Box<[i16]>,
    pub(super) glyphs: Range<u32>,
}

/// A glyph with its origin, in physical pixels from the layout's top left.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Glyph {
    pub(super) id: u16,
    pub(super) x: f32,
    pub(super) y: f32,
}

/// A laid-out paragraph or label. See the module's invariants.
#[derive(Clone, Debug, Default)]
pub struct TextLayout {
    pub(super) lines: Vec<LineRow>,
    /// How much of each line's height is room that was opened at its bottom; nothing where none was.
    pub(super) opened: Vec<f32>,
    pub(super) cells: Vec<Cell>,
    /// For each line's slot of cells: the indices of its cells from left to right.
    pub(super) order: Vec<u32>,
    pub(super) runs: Vec<GlyphRun>,
    pub(super) glyphs: Vec<Glyph>,
    pub(super) width: f32,
    pub(super) height: f32,
    pub(super) rtl: bool,
    pub(super) len: usize,
    pub(super) elided: bool,
}

impl TextLayout {
    /// Width of the longest line in physical pixels, hanging spaces excluded.
    pub fn width(&self) -> f32 {
        self.width
    }

    /// Height of all lines in physical pixels.
    pub fn height(&self) -> f32 {
        self.height
    }

    /// Whether the base direction is right to left.
    pub fn is_rtl(&self) -> bool {
        self.rtl
    }

    /// Length of the laid-out text in bytes; of an elided one: of what is shown of it.
    pub fn len(&self) -> usize {
        self.len
    }

    /// Whether there is no text.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// Whether the text was cut and ends with an ellipsis.
    pub fn is_elided(&self) -> bool {
        self.elided
    }

    /// The lines, top to bottom. Empty text has one line.
    pub fn lines(&self) -> &[LineRow] {
        &self.lines
    }

    /// Baseline of the first line in physical pixels from the top.
    pub fn baseline(&self) -> f32 {
        self.lines.first().map_or(0.0, |line| line.baseline)
    }

    /// The lowest left edge of any line: not zero where right-to-left text is set in a given width.
    pub fn left(&self) -> f32 {
        self.lines
            .iter()
            .map(|line| line.left)
            .reduce(f32::min)
            .unwrap_or(0.0)
    }

    /// Memory held, in bytes, for bounding caches.
    pub fn memory(&self) -> usize {
        size_of::<Self>()
            + self.lines.capacity() * size_of::<LineRow>()
            + self.opened.capacity() * size_of::<f32>()
            + self.cells.capacity() * size_of::<Cell>()
            + self.order.capacity() * size_of::<u32>()
            + self.runs.capacity() * size_of::<GlyphRun>()
            + self.glyphs.capacity() * size_of::<Glyph>()
    }

    pub(super) fn cells_of(&self, line: &LineRow) -> &[Cell] {
        self.cells
            .get(line.cells.start as usize..line.cells.end as usize)
            .unwrap_or_default()
    }

    /// The cells of a line from left to right.
    pub(super) fn visual<'a>(
        &'a self,
        line: &LineRow,
    ) -> impl DoubleEndedIterator<Item = &'a Cell> + Clone + use<'a> {
        let slots = line.cells.start as usize..line.cells.end as usize;
        let order = self.order.get(slots).unwrap_or_default();
        order
            .iter()
            .filter_map(|&index| self.cells.get(index as usize))
    }

    /// The `position`-th cell of a line from the left.
    pub(super) fn visual_cell(&self, line: &LineRow, position: usize) -> Option<Cell> {
        let slot = line.cells.start as usize + position;
        if slot >= line.cells.end as usize {
            return None;
        }
        self.cells.get(*self.order.get(slot)? as usize).copied()
    }

    /// The line that holds the character at `byte`; the last one for the end of the text.
    pub(super) fn line_of_byte(&self, byte: usize) -> usize {
        let after = self.lines.partition_point(|line| line.range.end <= byte);
        after.min(self.lines.len().saturating_sub(1))
    }

    /// The line at `y`, the nearest one outside.
    pub(super) fn line_at(&self, y: f32) -> usize {
        let after = self.lines.partition_point(|line| line.bottom <= y);
        after.min(self.lines.len().saturating_sub(1))
    }

    /// Index of the cell that holds `byte`.
    pub(super) fn cell_of_byte(&self, byte: usize) -> Option<usize> {
        let after = self.cells.partition_point(|cell| cell.end as usize <= byte);
        self.cells.get(after).map(|_| after)
    }

    /// How many leading bytes take no more than `width` pixels.
    pub(super) fn bytes_within(&self, width: f32) -> usize {
        let mut used = 0.0;
        for cell in &self.cells {
            used += cell.width;
            if used > width {
                return cell.start as usize;
            }
        }
        self.len
    }

    /// Start of the last cell that starts before `byte`.
    pub(super) fn cell_start_before(&self, byte: usize) -> usize {
        let index = self
            .cells
            .partition_point(|cell| (cell.start as usize) < byte);
        index
            .checked_sub(1)
            .and_then(|index| self.cells.get(index))
            .map_or(0, |cell| cell.start as usize)
    }

    /// How much room was opened at the bottom of a line.
    pub(super) fn opened(&self, line: usize) -> f32 {
        self.opened.get(line).copied().unwrap_or_default()
    }

    /// Makes lines longer at the bottom until `wanted` physical pixels of a line of these bytes lie below its baseline,
    /// and all others as they were set.
    pub(super) fn open_lines(&mut self, wanted: impl Fn(&Range<usize>) -> f32) {
        let Self {
            lines,
            opened,
            runs,
            glyphs,
            height,
            ..
        } = self;
        let mut down = 0.0;
        for (index, line) in lines.iter_mut().enumerate() {
            let before = opened.get(index).copied().unwrap_or_default();
            let natural = line.bottom - before - line.baseline;
            let room = (wanted(&line.range) - natural).max(0.0).ceil();
            if room > 0.0 && opened.len() <= index {
                opened.resize(index + 1, 0.0);
            }
            if let Some(opened) = opened.get_mut(index) {
                *opened = room;
            }
            if down != 0.0 {
                line.top += down;
                line.baseline += down;
                let runs = runs.get(line.runs.start as usize..line.runs.end as usize);
                for run in runs.unwrap_or_default() {
                    let glyphs = glyphs.get_mut(run.glyphs.start as usize..run.glyphs.end as usize);
                    for glyph in glyphs.unwrap_or_default() {
                        glyph.y += down;
                    }
                }
            }
            down += room - before;
            line.bottom += down;
        }
        *height += down;
    }

    /// Moves everything so that the leftmost line begins at x = 0: a label without a given width would else
    /// keep right-to-left trailing spaces at negative x.
    pub(super) fn start_at_zero(&mut self) {
        let left = self.left();
        if left == 0.0 {
            return;
        }
        for line in &mut self.lines {
            line.left -= left;
            line.right -= left;
        }
        for cell in &mut self.cells {
            cell.x -= left;
        }
        for glyph in &mut self.glyphs {
            glyph.x -= left;
        }
    }

    /// Marks the layout as cut after `kept` bytes: the ellipsis is no text of its own.
    pub(super) fn set_elided(&mut self, kept: usize) {
        self.len = kept;
        self.elided = true;
    }
}
