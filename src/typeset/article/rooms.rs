//! Room under single lines of an article, where something is drawn below their letters. It is made after a text is
//! set: nothing is shaped anew when it changes, and lines without it stand as close as everywhere.

use std::{ops::Range, sync::Arc};

use super::super::{layout::TextLayout, typesetter::Typesetter};
use super::{ArticleLayout, ScrollAnchor};

/// Room that is wanted under all lines that a range touches.
#[derive(Clone, Debug, PartialEq)]
pub struct Room {
    /// Bytes of the article.
    pub range: Range<usize>,
    /// From the baseline down to where the line may end at the earliest, in physical pixels.
    pub below: f32,
}

/// The rooms that a range touches; `rooms` are sorted and lie apart.
pub(super) fn touching<'a>(rooms: &'a [Room], range: &Range<usize>) -> &'a [Room] {
    let from = rooms.partition_point(|room| room.range.end <= range.start);
    let to = rooms.partition_point(|room| room.range.start < range.end);
    rooms.get(from..to.max(from)).unwrap_or_default()
}

/// Gives a layout whose text begins at `start` in the article the room that is wanted in it.
pub(super) fn open(layout: &mut TextLayout, start: usize, rooms: &[Room]) {
    layout.open_lines(|line| {
        if line.is_empty() {
            return 0.0;
        }
        let bytes = start + line.start..start + line.end;
        let wanted = touching(rooms, &bytes).iter().map(|room| room.below);
        wanted.fold(0.0, f32::max)
    });
}

impl ArticleLayout {
    /// Counts how often lines were given other room: places in layouts are others then.
    pub fn rooms_version(&self) -> u64 {
        self.rooms_version
    }

    /// Whether lines have just this room.
    pub fn has_rooms(&self, rooms: &Arc<[Room]>) -> bool {
        Arc::ptr_eq(rooms, &self.rooms) || *rooms == self.rooms
    }

    /// Gives lines room; `rooms` are sorted and lie apart. The line at the viewport's top stays there.
    pub fn set_rooms(
        &mut self,
        typesetter: &mut Typesetter,
        rooms: Arc<[Room]>,
        anchor: ScrollAnchor,
    ) -> ScrollAnchor {
        if self.has_rooms(&rooms) {
            self.rooms = rooms;
            return anchor;
        }
        self.keep_line(typesetter, anchor, 1.0, |article| {
            article.rooms = rooms;
            article.rooms_version += 1;
            article.shown.clear();
            let ArticleLayout {
                cache,
                blocks,
                rooms,
                ..
            } = article;
            cache.change(|block, layout| {
                let start = blocks.get(block).map_or(0, |block| block.start as usize);
                open(layout, start, rooms);
            });
            article.estimate_again();
        })
    }
}
