//! Carets and their movement. A line of n graphemes has n + 1 gaps from left to right; a caret stands in
//! one of them, and moving left or right crosses one grapheme, whatever its direction. Where directions
//! meet, one byte has two gaps: the affinity says which neighbour the caret clings to.

use super::layout::{Cell, LineRow, RTL, TextLayout};

/// Which neighbour a caret belongs to where both are possible (line ends, meeting directions).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Hash)]
pub enum Affinity {
    /// The character after the caret.
    #[default]
    Downstream,
    /// The character before the caret.
    Upstream,
}

/// A caret's place in a text: a byte on a grapheme's edge, and the side it clings to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Hash)]
pub struct Position {
    /// Byte offset.
    pub byte: usize,
    /// The neighbour the caret belongs to.
    pub affinity: Affinity,
}

impl Position {
    /// Before the character at `byte`.
    pub fn downstream(byte: usize) -> Self {
        Self {
            byte,
            affinity: Affinity::Downstream,
        }
    }

    /// After the character that ends at `byte`.
    pub fn upstream(byte: usize) -> Self {
        Self {
            byte,
            affinity: Affinity::Upstream,
        }
    }
}

/// Where a caret is painted, in physical pixels from the layout's top left.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CaretBox {
    /// The caret's x.
    pub x: f32,
    /// Top of the line's letters.
    pub top: f32,
    /// Bottom of the line's letters.
    pub bottom: f32,
    /// Index of the line.
    pub line: usize,
    /// The text runs right to left at the caret.
    pub rtl: bool,
}

/// A visual direction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// To the left.
    Left,
    /// To the right.
    Right,
}

/// A caret between cells of a line: the number of cells to its left.
#[derive(Clone, Copy)]
struct Gap {
    line: usize,
    index: usize,
}

impl TextLayout {
    /// Where the caret for `position` stands.
    pub fn caret(&self, position: Position) -> CaretBox {
        let (line, cell, trailing) = self.caret_cell(position);
        let row = self.lines.get(line);
        let x = match cell {
            Some(cell) if trailing => cell.trailing(),
            Some(cell) => cell.leading(),
            None => row.map_or(0.0, |row| row.left),
        };
        CaretBox {
            x,
            top: row.map_or(0.0, |row| row.baseline - row.ascent),
            bottom: row.map_or(self.height, |row| row.baseline + row.descent),
            line,
            rtl: cell.map_or(self.rtl, |cell| cell.is(RTL)),
        }
    }

    /// The caret one grapheme further left or right; `None` at the paragraph's edge. Each line is crossed
    /// from one edge to the other, and lines follow each other in reading direction. Forwards, the end of a
    /// wrapped line counts as the next line's beginning.
    pub fn step(&self, position: Position, side: Side) -> Option<Position> {
        let gap = self.gap(position);
        let line = self.lines.get(gap.line)?;
        let forward = (side == Side::Left) == self.rtl;
        let index = if forward {
            Some(gap.line + 1)
        } else {
            gap.line.checked_sub(1)
        };
        let neighbour = index.and_then(|index| self.lines.get(index));
        let Some(next) = cross(gap.index, side, line.cells.len()) else {
            let neighbour = neighbour?;
            let entry = entry(neighbour, side);
            let next = cross(entry, side, neighbour.cells.len())?;
            return self.beside(neighbour, next, side);
        };
        let leaves = next == exit(line, side);
        match neighbour {
            Some(neighbour) if leaves && forward => {
                self.before(neighbour, entry(neighbour, side), side)
            }
            _ => self.beside(line, next, side),
        }
    }

    /// The caret on the line above or below, nearest to `x`; `None` beyond the first or last line.
    pub fn step_line(&self, position: Position, down: bool, x: f32) -> Option<Position> {
        let line = self.caret(position).line;
        let next = if down { line + 1 } else { line.checked_sub(1)? };
        let row = self.lines.get(next)?;
        Some(self.hit(x, (row.top + row.bottom) * 0.5).position)
    }

    /// The start of the caret's line.
    pub fn line_start(&self, position: Position) -> Position {
        let line = self.caret(position).line;
        Position::downstream(self.lines.get(line).map_or(0, |row| row.range.start))
    }

    /// The end of the caret's line, before spaces that hang over a wrapped line's end.
    pub fn line_end(&self, position: Position) -> Position {
        let line = self.caret(position).line;
        match self.lines.get(line) {
            Some(row) => self.before_line_end(row, row.range.end),
            None => Position::upstream(self.len),
        }
    }

    /// The line, the cell and whether the caret stands at the cell's logical end.
    fn caret_cell(&self, position: Position) -> (usize, Option<Cell>, bool) {
        let byte = position.byte.min(self.len);
        let upstream =
            byte > 0 && (position.affinity == Affinity::Upstream || byte >= self.cells_end());
        let index = if upstream {
            self.cell_of_byte(byte - 1)
        } else {
            self.cell_of_byte(byte)
        };
        let cell = index.and_then(|index| self.cells.get(index)).copied();
        let line = cell.map_or(self.lines.len().saturating_sub(1), |cell| {
            self.line_of_byte(cell.start as usize)
        });
        (line, cell, upstream)
    }

    fn cells_end(&self) -> usize {
        self.cells.last().map_or(0, |cell| cell.end as usize)
    }

    fn gap(&self, position: Position) -> Gap {
        let (line, cell, trailing) = self.caret_cell(position);
        let place = cell.zip(self.lines.get(line)).and_then(|(cell, row)| {
            let left_of = self
                .visual(row)
                .position(|other| other.start == cell.start)?;
            Some(if trailing == cell.is(RTL) {
                left_of
            } else {
                left_of + 1
            })
        });
        Gap {
            line,
            index: place.unwrap_or(0),
        }
    }

    /// The gap as a position at the cell that was just crossed to reach it.
    fn beside(&self, line: &LineRow, gap: usize, side: Side) -> Option<Position> {
        let crossed = if side == Side::Right {
            gap.checked_sub(1)?
        } else {
            gap
        };
        let cell = self.visual_cell(line, crossed)?;
        Some(edge(cell, side))
    }

    /// The gap as a position at the cell that would be crossed next.
    fn before(&self, line: &LineRow, gap: usize, side: Side) -> Option<Position> {
        let ahead = if side == Side::Right {
            gap
        } else {
            gap.checked_sub(1)?
        };
        let cell = self.visual_cell(line, ahead)?;
        Some(edge(
            cell,
            if side == Side::Right {
                Side::Left
            } else {
                Side::Right
            },
        ))
    }
}

/// The left or right edge of a cell as a position.
fn edge(cell: Cell, side: Side) -> Position {
    if (side == Side::Right) == cell.is(RTL) {
        Position::downstream(cell.start as usize)
    } else {
        Position::upstream(cell.end as usize)
    }
}

/// The gap after crossing one of a line's cells, if there is one on that side.
fn cross(gap: usize, side: Side, cells: usize) -> Option<usize> {
    match side {
        Side::Right => Some(gap + 1).filter(|&gap| gap <= cells),
        Side::Left => gap.checked_sub(1),
    }
}

/// The gap where a movement to `side` enters a line.
fn entry(line: &LineRow, side: Side) -> usize {
    if side == Side::Right {
        0
    } else {
        line.cells.len()
    }
}

/// The gap where a movement to `side` leaves a line.
fn exit(line: &LineRow, side: Side) -> usize {
    if side == Side::Right {
        line.cells.len()
    } else {
        0
    }
}
