//! Where the lanes of compared layers lie under a line of text, in physical pixels.

use crate::typeset::LineRow;

use super::super::{
    highlights::{ABOVE, BELOW, Frame, Sizes},
    lanes::LANES,
};

/// Between the own layer's lanes and the first track, and under the last, in points.
const APART: f32 = 2.0;
/// From the bottom of a track up to the middle of its lowest line, in points.
const FOOT: f32 = 4.0;
/// From a level up to the next, in points.
pub(super) const LEVEL: f32 = 2.4;
/// From the bottom of a track up to the baseline of the signs in it, in points. They stand in their line, not over
/// it: a track then needs no more height than its letters.
const SIGN: f32 = 2.0;

/// What of a line's height lies at least under its baseline.
pub(super) const LOW: f32 = 0.4;

/// From the baseline down to the bottom of the last track.
pub(super) fn below(sizes: &Sizes, lanes: u8) -> f32 {
    let own = BELOW * sizes.em + f32::from(LANES - 1) * sizes.lane + sizes.line;
    own + APART * sizes.point + f32::from(lanes) * sizes.track
}

/// From line to line: letters, the own lanes, the tracks, the tags of the next line.
pub(super) fn height(sizes: &Sizes, lanes: u8) -> f32 {
    let tags = sizes.tag + (APART + 1.0) * sizes.point;
    below(sizes, lanes) + tags + ABOVE * sizes.em
}

/// The track of a layer under one line of text.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Track {
    pub(super) top: f32,
    pub(super) bottom: f32,
    /// A point.
    point: f32,
}

impl Track {
    pub(super) fn of(row: &LineRow, layer: usize, sizes: &Sizes) -> Self {
        let first = Frame::of(row, sizes).under() + APART * sizes.point;
        let top = first + layer as f32 * sizes.track;
        Self {
            top,
            bottom: top + sizes.track,
            point: sizes.point,
        }
    }

    /// Middle of the line of a level.
    pub(super) fn line_y(&self, level: u8) -> f32 {
        let lowest = self.bottom - FOOT * self.point;
        lowest - f32::from(level) * LEVEL * self.point
    }

    /// The baseline of signs.
    pub(super) fn sign(&self) -> f32 {
        self.bottom - SIGN * self.point
    }
}

/// How thick a loud line of a level is where `line` is an ordinary one: what lies inside is thinner, so that it is
/// told from what is around it.
pub(super) fn thickness(level: u8, line: f32) -> f32 {
    match level {
        0 => line * 1.25,
        _ => line * 0.75,
    }
}
