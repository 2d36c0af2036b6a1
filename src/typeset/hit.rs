//! From a point to the text: the nearest edge between graphemes for dragging, the grapheme itself for
//! hovering, the word for a double click.

use std::ops::Range;

use super::caret::{Affinity, Position};
use super::layout::{Cell, LineRow, RTL, TextLayout, WORD};

/// What lies at a point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hit {
    /// The nearest edge between graphemes.
    pub position: Position,
    /// Index of the line.
    pub line: usize,
    /// Whether the point is on a grapheme and not beside or between lines.
    pub inside: bool,
}

impl Hit {
    /// Byte of the nearest edge between graphemes.
    pub fn byte(&self) -> usize {
        self.position.byte
    }
}

impl TextLayout {
    /// The edge between graphemes nearest to a point in physical pixels from the layout's top left.
    /// Points outside are taken to the nearest line and its nearest end.
    pub fn hit(&self, x: f32, y: f32) -> Hit {
        let index = self.line_at(y);
        let Some(line) = self.lines.get(index) else {
            return Hit {
                position: Position::default(),
                line: 0,
                inside: false,
            };
        };
        let position = match self.nearest_cell(line, x) {
            Some(cell) => self.nearest_edge(line, cell, x),
            None => Position::downstream(line.range.start),
        };
        let inside = (line.top..line.bottom).contains(&y) && self.cell_at(line, x).is_some();
        Hit {
            position,
            line: index,
            inside,
        }
    }

    /// Bytes of the grapheme under a point, `None` beside the text.
    pub fn hit_exact(&self, x: f32, y: f32) -> Option<Range<usize>> {
        let line = self.lines.get(self.line_at(y))?;
        if !(line.top..line.bottom).contains(&y) {
            return None;
        }
        let cell = self.cell_at(line, x)?;
        Some(cell.start as usize..cell.end as usize)
    }

    /// Bytes of the word (or run of spaces, or punctuation) at the nearest grapheme to a point.
    pub fn word_at(&self, x: f32, y: f32) -> Range<usize> {
        let cell = self
            .lines
            .get(self.line_at(y))
            .and_then(|line| self.nearest_cell(line, x));
        cell.map_or(0..0, |cell| self.word_of_byte(cell.start as usize))
    }

    /// Bytes of the word segment that holds `byte`.
    pub fn word_of_byte(&self, byte: usize) -> Range<usize> {
        let Some(index) = self.cell_of_byte(byte) else {
            return self.len..self.len;
        };
        let cells = &self.cells;
        let before = cells.get(..=index).unwrap_or_default();
        let start = before.iter().rposition(|cell| cell.is(WORD)).unwrap_or(0);
        let after = cells.get(index + 1..).unwrap_or_default();
        let end = after
            .iter()
            .position(|cell| cell.is(WORD))
            .map_or(cells.len(), |next| index + 1 + next);
        let byte_of = |index: usize| {
            cells
                .get(index)
                .map_or(self.len, |cell| cell.start as usize)
        };
        byte_of(start)..byte_of(end)
    }

    fn cell_at(&self, line: &LineRow, x: f32) -> Option<Cell> {
        self.cells_of(line)
            .iter()
            .copied()
            .find(|cell| cell.x <= x && x < cell.right())
    }

    fn nearest_cell(&self, line: &LineRow, x: f32) -> Option<Cell> {
        let distance = |cell: &Cell| (cell.x - x).max(x - cell.right()).max(0.0);
        self.visual(line)
            .copied()
            .min_by(|a, b| distance(a).total_cmp(&distance(b)))
    }

    fn nearest_edge(&self, line: &LineRow, cell: Cell, x: f32) -> Position {
        let on_left = x < cell.x + cell.width * 0.5;
        if on_left == cell.is(RTL) {
            self.before_line_end(line, cell.end as usize)
        } else {
            Position::downstream(cell.start as usize)
        }
    }

    /// The end of a cell as a position; at the end of a wrapped line, the one before its hanging spaces.
    pub(super) fn before_line_end(&self, line: &LineRow, byte: usize) -> Position {
        let hangs = line.wrapped && line.hanging < line.cells.end && byte == line.range.end;
        match self.cells.get(line.hanging as usize) {
            Some(space) if hangs => Position {
                byte: space.start as usize,
                affinity: Affinity::Upstream,
            },
            _ => Position {
                byte,
                affinity: Affinity::Upstream,
            },
        }
    }
}
