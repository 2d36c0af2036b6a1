//! How much room the lines need for compared layers. It has to be known before a text is laid out, and stays while it
//! is only scrolled.

use std::{ops::Range, sync::Arc};

use crate::{
    gui::article::{highlights::Sizes, marks::Lanes},
    typeset::Room,
};

use super::{
    Compared,
    stack::{self, Stack},
    tracks,
};

/// The rows of all compared spans, and the room that lines need for them.
#[derive(Debug, Default)]
pub(super) struct Plan {
    made_for: Option<(u64, Sizes)>,
    stack: Stack,
    rooms: Arc<[Room]>,
}

impl Plan {
    /// Makes it anew if it is not the same as before.
    pub(super) fn update(&mut self, compared: Option<&Compared<'_>>, sizes: &Sizes) {
        let Some(compared) = compared else {
            if self.made_for.is_some() {
                *self = Self::default();
            }
            return;
        };
        let made_for = self.made_for.replace((compared.revision, *sizes));
        if made_for == self.made_for {
            return;
        }
        if made_for.is_none_or(|(revision, _)| revision != compared.revision) {
            let layers = compared.shown().map(|(_, layer)| layer);
            self.stack = stack::stack(layers);
        }
        let room = |(bytes, rows): &(Range<usize>, u8)| Room {
            range: bytes.clone(),
            below: tracks::below(sizes, *rows),
        };
        self.rooms = self.stack.heights.iter().map(room).collect();
    }

    /// The room under lines.
    pub(super) fn rooms(&self) -> Arc<[Room]> {
        Arc::clone(&self.rooms)
    }

    /// The rows of each layer's spans.
    pub(super) fn rows(&mut self) -> &mut [Lanes] {
        &mut self.stack.rows
    }
}
