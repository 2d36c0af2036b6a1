//! Where the rows of compared spans lie under a line of text, in physical pixels.

use crate::typeset::LineRow;

use super::super::{
    highlights::{BELOW, Frame, Sizes},
    lanes::LANES,
};

/// Between the own layer's lanes and the first track, and under the last, in points.
const APART: f32 = 2.0;
/// From the bottom of a track up to the middle of its line, in points.
const FOOT: f32 = 6.0;
/// From the bottom of a track up to the baseline of the signs in it, in points: their letters stand in their line, not
/// over it, and their tails end in their track.
const SIGN: f32 = 2.5;

/// From the baseline of a line down to where the tags of the next may begin, with `rows` tracks between them.
pub(super) fn below(sizes: &Sizes, rows: u8) -> f32 {
    let own = BELOW * sizes.em + f32::from(LANES - 1) * sizes.lane + sizes.line;
    own + (2.0 * APART) * sizes.point + f32::from(rows) * sizes.track + sizes.tag
}

/// A row below a line of text.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Track {
    pub(super) top: f32,
    pub(super) bottom: f32,
    /// A point.
    point: f32,
}

impl Track {
    pub(super) fn of(line: &LineRow, row: u8, sizes: &Sizes) -> Self {
        let first = Frame::of(line, sizes).under() + APART * sizes.point;
        let top = first + f32::from(row) * sizes.track;
        Self {
            top,
            bottom: top + sizes.track,
            point: sizes.point,
        }
    }

    /// Middle of the line in it.
    pub(super) fn line_y(&self) -> f32 {
        self.bottom - FOOT * self.point
    }

    /// The baseline of signs.
    pub(super) fn sign(&self) -> f32 {
        self.bottom - SIGN * self.point
    }
}
