//! The bytes of a table on their way to the CSV reader, which would take any field into memory and
//! takes a file that ends inside quotes for a whole one. Here a row has a limit, and the quotes are
//! followed.

use std::{
    cell::Cell,
    io::{self, BufRead, Read},
    rc::Rc,
};

/// What the reader of the rows sees of the bytes.
#[derive(Clone, Default)]
pub(super) struct Watch {
    left: Rc<Cell<usize>>,
    place: Rc<Cell<Place>>,
    ended: Rc<Cell<bool>>,
}

/// Where in a field the bytes are.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Place {
    #[default]
    Start,
    Plain,
    Quoted,
    /// Behind a quote inside quotes: the field's end, or the first half of a quote.
    Quote,
}

impl Watch {
    /// Lets a row of up to `limit` bytes through.
    pub(super) fn allow(&self, limit: usize) {
        self.left.set(limit);
    }

    /// Whether a row was longer.
    pub(super) fn is_used_up(&self) -> bool {
        self.left.get() == 0
    }

    /// Whether the bytes have ended, inside quotes.
    pub(super) fn is_cut_off(&self) -> bool {
        self.ended.get() && self.place.get() == Place::Quoted
    }
}

/// Bytes that are watched.
pub(super) struct Limited<R> {
    input: R,
    delimiter: u8,
    watch: Watch,
}

impl<R: BufRead> Limited<R> {
    pub(super) fn new(input: R, delimiter: u8, watch: Watch) -> Self {
        Self {
            input,
            delimiter,
            watch,
        }
    }

    fn follow(&self, bytes: &[u8]) {
        let mut place = self.watch.place.get();
        for byte in bytes {
            let ends = *byte == self.delimiter || matches!(byte, b'\n' | b'\r');
            place = match (place, byte) {
                (Place::Quoted, b'"') => Place::Quote,
                (Place::Quoted, _) | (Place::Start | Place::Quote, b'"') => Place::Quoted,
                _ if ends => Place::Start,
                _ => Place::Plain,
            };
        }
        self.watch.place.set(place);
    }
}

impl<R: BufRead> Read for Limited<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let left = self.watch.left.get();
        if left == 0 {
            return Err(io::ErrorKind::InvalidData.into());
        }
        let part = left.min(into.len());
        let count = self.input.read(into.get_mut(..part).unwrap_or_default())?;
        self.watch.left.set(left - count);
        self.watch.ended.set(count == 0 && part > 0);
        self.follow(into.get(..count).unwrap_or_default());
        Ok(count)
    }
}
