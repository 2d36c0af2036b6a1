//! What the accessibility tree tells of a laid out text: one run of text a line, with the place of every
//! character. Made in one pass from the cells and kept with the layout.

use std::ops::Range;

use super::layout::{SPACE, TextLayout, WORD};

/// A line of a paragraph for the accessibility tree. The runs of a paragraph concatenate to its exact
/// text; the terminator is the last character of the last run.
#[derive(Clone, Debug, PartialEq)]
pub struct RunText {
    /// Bytes of the whole text.
    pub range: Range<usize>,
    /// The run is right to left, as is its paragraph.
    pub rtl: bool,
    /// Left edge in physical pixels from the layout's left.
    pub left: f32,
    /// Right edge in physical pixels from the layout's left.
    pub right: f32,
    /// Top of the line in physical pixels from the layout's top.
    pub top: f32,
    /// Bottom of the line in physical pixels from the layout's top, room that was opened under it left out.
    pub bottom: f32,
    /// UTF-8 bytes of each character (grapheme), in logical order.
    pub character_lengths: Vec<u8>,
    /// Place of each character from the run's edge in its direction: a character of a right-to-left run
    /// covers `right − position − width` to `right − position`, embedded Latin too.
    pub character_positions: Vec<f32>,
    /// Width of each character in physical pixels.
    pub character_widths: Vec<f32>,
    /// Characters that begin a word. The tree's format ends at the 256th character of a line.
    pub word_starts: Vec<u8>,
}

/// The runs of a block laid out from `text`, the first byte of which is at `start` in the whole.
/// `terminator` is its length in bytes, 0 for a piece or the whole's end.
pub(super) fn runs(
    layout: &TextLayout,
    text: &str,
    start: usize,
    terminator: usize,
) -> Vec<RunText> {
    let last = layout.lines().len().saturating_sub(1);
    let of_line = |index: usize| run(layout, text, start, index);
    let mut runs: Vec<RunText> = (0..=last).filter_map(of_line).collect();
    if let Some(run) = runs.last_mut().filter(|_| terminator > 0) {
        run.range.end += terminator;
        run.push(terminator, run.right - run.left, 0.0);
    }
    runs
}

fn run(layout: &TextLayout, text: &str, start: usize, index: usize) -> Option<RunText> {
    let line = layout.lines().get(index)?;
    let cells = layout.cells_of(line);
    let left = cells
        .iter()
        .map(|cell| cell.x)
        .reduce(f32::min)
        .unwrap_or(line.left);
    let right = cells
        .iter()
        .map(|cell| cell.right())
        .reduce(f32::max)
        .unwrap_or(line.right);
    let mut run = RunText {
        range: start + line.range.start..start + line.range.end,
        rtl: layout.is_rtl(),
        left,
        right,
        top: line.top,
        bottom: line.bottom - layout.opened(index),
        character_lengths: Vec::with_capacity(cells.len() + 1),
        character_positions: Vec::with_capacity(cells.len() + 1),
        character_widths: Vec::with_capacity(cells.len() + 1),
        word_starts: Vec::new(),
    };
    for cell in cells {
        if cell.is(WORD)
            && !cell.is(SPACE)
            && let Ok(character) = u8::try_from(run.character_lengths.len())
        {
            run.word_starts.push(character);
        }
        let position = if run.rtl {
            right - cell.right()
        } else {
            cell.x - left
        };
        let bytes = text
            .get(cell.start as usize..cell.end as usize)
            .unwrap_or_default();
        run.push_grapheme(bytes, position, cell.width);
    }
    Some(run)
}

impl RunText {
    fn push(&mut self, length: usize, position: f32, width: f32) {
        self.character_lengths.push(length.min(255) as u8);
        self.character_positions.push(position);
        self.character_widths.push(width);
    }

    /// A grapheme of more than 255 bytes does not fit the format: the rest follows without width.
    fn push_grapheme(&mut self, bytes: &str, position: f32, width: f32) {
        let (head, rest) = bytes.split_at(bytes.floor_char_boundary(255));
        self.push(head.len(), position, width);
        if !rest.is_empty() {
            self.push_grapheme(rest, position, 0.0);
        }
    }
}
