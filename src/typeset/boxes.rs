//! The boxes of a byte range: one logical range can be several boxes on one line where directions mix,
//! and a range that begins or ends inside a grapheme gets its share of the grapheme's width.

use std::ops::Range;

use super::layout::{Cell, LineRow, RTL, TextLayout};

/// A box of a range on one line, in physical pixels from the layout's top left.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LineBox {
    /// Index of the line.
    pub line: usize,
    /// Left edge.
    pub x0: f32,
    /// Right edge.
    pub x1: f32,
    /// Ascent of the line's fonts above the baseline: the letters' own box, not the line's.
    pub top: f32,
    /// Descent of the line's fonts below the baseline.
    pub bottom: f32,
    /// Top of the line's box; lanes and tags may use the room up to it.
    pub line_top: f32,
    /// Bottom of the line's box.
    pub line_bottom: f32,
    /// The base direction of the paragraph is right to left.
    pub rtl: bool,
    /// Where the range begins logically, if it does in this box. Mostly an edge of the box; inside it where
    /// directions meet.
    pub start_x: Option<f32>,
    /// Where the range ends logically, if it does in this box.
    pub end_x: Option<f32>,
    /// The range goes on over the left edge, on another line.
    pub open_left: bool,
    /// The range goes on over the right edge, on another line.
    pub open_right: bool,
}

/// Whether a range goes on outside of a layout: in the paragraphs before, in those after.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Beyond {
    pub(super) before: bool,
    pub(super) after: bool,
}

impl LineBox {
    /// Whether the range begins in this box.
    pub fn starts(&self) -> bool {
        self.start_x.is_some()
    }

    /// Whether the range ends in this box.
    pub fn ends(&self) -> bool {
        self.end_x.is_some()
    }

    /// Moves the box down by `dy` physical pixels.
    pub(super) fn move_by(&mut self, dy: f32) {
        self.top += dy;
        self.bottom += dy;
        self.line_top += dy;
        self.line_bottom += dy;
    }

    /// Width in physical pixels.
    pub fn width(&self) -> f32 {
        self.x1 - self.x0
    }
}

impl TextLayout {
    /// Calls `each` with the boxes of `range` (bytes), line by line, left to right in a line. Spaces that
    /// hang over a line's end are left out when the range goes on to the next line. An empty range has no
    /// boxes.
    pub fn boxes(&self, range: Range<usize>, each: impl FnMut(LineBox)) {
        self.boxes_beyond(range, Beyond::default(), each);
    }

    /// The boxes of the part of a longer range that lies in this layout.
    pub(super) fn boxes_beyond(
        &self,
        range: Range<usize>,
        beyond: Beyond,
        mut each: impl FnMut(LineBox),
    ) {
        let range = self.without_hanging_start(range);
        if range.is_empty() {
            return;
        }
        let first = self
            .lines
            .partition_point(|line| line.range.end <= range.start);
        for (index, line) in self.lines.iter().enumerate().skip(first) {
            if line.range.start >= range.end {
                break;
            }
            self.boxes_of_line(&self.on_line(index, line, &range, beyond), &mut each);
        }
    }

    /// A range that begins in the spaces hanging over a line's end begins for the eye on the next line.
    fn without_hanging_start(&self, range: Range<usize>) -> Range<usize> {
        let Some(line) = self.lines.get(self.line_of_byte(range.start)) else {
            return range;
        };
        let hangs = line.wrapped
            && self
                .hanging_from(line)
                .is_some_and(|from| from <= range.start);
        if hangs && range.end > line.range.end {
            line.range.end..range.end
        } else {
            range
        }
    }

    /// Byte where the spaces begin that hang over a line's end.
    fn hanging_from(&self, line: &LineRow) -> Option<usize> {
        let hanging = self
            .cells
            .get(line.hanging as usize..line.cells.end as usize)?;
        hanging.first().map(|cell| cell.start as usize)
    }

    /// The boxes of `range` (bytes) as a list.
    pub fn boxes_of(&self, range: Range<usize>) -> Vec<LineBox> {
        let mut boxes = Vec::new();
        self.boxes(range, |line_box| boxes.push(line_box));
        boxes
    }

    fn on_line<'a>(
        &self,
        index: usize,
        line: &'a LineRow,
        range: &Range<usize>,
        beyond: Beyond,
    ) -> OnLine<'a> {
        let goes_on = range.end >= line.range.end && line.wrapped;
        let hanging = self
            .hanging_from(line)
            .filter(|&from| goes_on && range.start < from);
        let is_last = index + 1 == self.lines.len();
        OnLine {
            index,
            line,
            range: range.clone(),
            end: hanging.unwrap_or(line.range.end),
            from_before: range.start < line.range.start || beyond.before && index == 0,
            to_after: range.end > line.range.end || beyond.after && is_last,
        }
    }

    fn boxes_of_line(&self, on: &OnLine<'_>, each: &mut impl FnMut(LineBox)) {
        let mut open: Option<LineBox> = None;
        for cell in self.visual(on.line) {
            let part = if (cell.start as usize) < on.end {
                covered(cell, &on.range)
            } else {
                None
            };
            let Some((x0, x1)) = part else {
                open.take().into_iter().for_each(&mut *each);
                continue;
            };
            // A part that does not reach the cell's left edge begins a new box.
            let joins = open
                .as_ref()
                .is_some_and(|current| (current.x1 - x0).abs() < 0.01);
            if !joins {
                open.take().into_iter().for_each(&mut *each);
            }
            let current = open.get_or_insert_with(|| on.empty_box(x0, self.rtl));
            current.x1 = x1;
            on.mark_ends(cell, (x0, x1), current);
        }
        open.into_iter().for_each(each);
    }
}

/// A range on one line.
struct OnLine<'a> {
    index: usize,
    line: &'a LineRow,
    range: Range<usize>,
    /// Where the line ends for this range, in bytes: before hanging spaces if the range goes on.
    end: usize,
    from_before: bool,
    to_after: bool,
}

impl OnLine<'_> {
    fn empty_box(&self, x: f32, rtl: bool) -> LineBox {
        LineBox {
            line: self.index,
            x0: x,
            x1: x,
            top: self.line.baseline - self.line.ascent,
            bottom: self.line.baseline + self.line.descent,
            line_top: self.line.top,
            line_bottom: self.line.bottom,
            rtl,
            start_x: None,
            end_x: None,
            open_left: false,
            open_right: false,
        }
    }

    /// Notes on `current` what the covered part `x0..x1` of `cell` says about the ends of the range.
    fn mark_ends(&self, cell: &Cell, (x0, x1): (f32, f32), current: &mut LineBox) {
        let (leading, trailing) = if cell.is(RTL) { (x1, x0) } else { (x0, x1) };
        let (start, end) = (cell.start as usize, cell.end as usize);
        let first = start == self.line.range.start;
        let last = end == self.end;
        if (start..end).contains(&self.range.start) && !(first && self.from_before) {
            current.start_x = Some(leading);
        }
        let ends_here = (start + 1..=end).contains(&self.range.end) || last;
        if ends_here && !(last && self.to_after) {
            current.end_x = Some(trailing);
        }
        let (before, after) = (first && self.from_before, last && self.to_after);
        current.open_left |= if current.rtl { after } else { before };
        current.open_right |= if current.rtl { before } else { after };
    }
}

/// The part of a cell's width that `range` covers; all of it unless the range cuts the grapheme.
fn covered(cell: &Cell, range: &Range<usize>) -> Option<(f32, f32)> {
    let (start, end) = (cell.start as usize, cell.end as usize);
    let (from, to) = (range.start.max(start), range.end.min(end));
    if from >= to {
        return None;
    }
    if from == start && to == end {
        return Some((cell.x, cell.right()));
    }
    let bytes = (end - start) as f32;
    let (a, b) = ((from - start) as f32 / bytes, (to - start) as f32 / bytes);
    Some(if cell.is(RTL) {
        (cell.right() - b * cell.width, cell.right() - a * cell.width)
    } else {
        (cell.x + a * cell.width, cell.x + b * cell.width)
    })
}
