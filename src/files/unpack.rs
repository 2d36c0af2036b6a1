//! Unpacking within bounds: packed files are told from bombs by how much they grow.

use std::{
    cell::Cell,
    io::{self, BufRead, BufReader, Read},
    rc::Rc,
};

use flate2::bufread::MultiGzDecoder;

/// What may be unpacked at first, in bytes, whatever it was packed into.
const FREE: u64 = 64_000_000;
/// How many times its packed size something may grow. Text shrinks to a third or a tenth, tables of
/// tokens to a fiftieth; a bomb to a thousandth.
const GROWTH: u64 = 200;

/// What so many packed bytes may unpack to at most, in bytes.
pub(super) fn allowed(packed: u64) -> u64 {
    FREE.saturating_add(packed.saturating_mul(GROWTH))
}

/// A reader of unpacked bytes that ends with an error where more come than may: `may` is told of
/// each number of further bytes.
struct Bounded<R, F> {
    unpacked: R,
    may: F,
}

impl<R: Read, F: FnMut(u64) -> bool> Read for Bounded<R, F> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.unpacked.read(buffer)?;
        if (self.may)(count as u64) {
            return Ok(count);
        }
        Err(io::Error::new(
            io::ErrorKind::InvalidData,
            "it unpacks to hundreds of times its size, which no text does",
        ))
    }
}

/// Counts the packed bytes that were taken.
struct Counted<R> {
    input: R,
    taken: Rc<Cell<u64>>,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.input.read(buffer)?;
        self.taken.set(self.taken.get() + count as u64);
        Ok(count)
    }
}

/// Unpacked bytes, of which only so many may come as `may` says when it is told of each further number.
pub(super) fn bounded<'r>(
    unpacked: impl Read + 'r,
    may: impl FnMut(u64) -> bool + 'r,
) -> Box<dyn BufRead + 'r> {
    let bounded = Bounded { unpacked, may };
    Box::new(BufReader::with_capacity(1 << 18, bounded))
}

/// Whether a file begins as gzip files do.
pub fn is_gzip(start: &[u8]) -> bool {
    start.starts_with(&[0x1F, 0x8B, 8])
}

/// What a gzip file unpacks to, all its members one after another.
pub fn gunzip<'r>(input: impl BufRead + 'r) -> Box<dyn BufRead + 'r> {
    let taken = Rc::new(Cell::new(0));
    let counted = Counted {
        input,
        taken: Rc::clone(&taken),
    };
    let unpacked = MultiGzDecoder::new(BufReader::with_capacity(1 << 16, counted));
    let mut read = 0_u64;
    bounded(unpacked, move |count| {
        read = read.saturating_add(count);
        read <= allowed(taken.get())
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]
    use std::io::Write as _;

    use flate2::{Compression, write::GzEncoder};

    use super::*;

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut out = GzEncoder::new(Vec::new(), Compression::best());
        out.write_all(bytes).unwrap();
        out.finish().unwrap()
    }

    #[test]
    fn members_come_one_after_another() {
        let both = [gzip("قال".as_bytes()), gzip(b" no\n")].concat();
        assert!(is_gzip(&both) && !is_gzip(b"PK"));
        let mut text = String::new();
        gunzip(&*both).read_to_string(&mut text).unwrap();
        assert_eq!(text, "قال no\n");
    }

    #[test]
    fn a_truncated_file_is_an_error() {
        let whole = gzip("قال الوزير".as_bytes());
        let mut text = String::new();
        let cut = whole.get(..whole.len() - 9).unwrap();
        assert!(gunzip(cut).read_to_string(&mut text).is_err());
    }

    #[test]
    fn a_bomb_ends_soon() {
        let bomb = gzip(&vec![0_u8; 300_000_000]);
        assert!(bomb.len() < 400_000);
        let (mut input, mut read) = (gunzip(&*bomb), 0);
        let error = loop {
            match input.fill_buf().map(<[u8]>::len) {
                Ok(0) => panic!("it was unpacked whole"),
                Ok(count) => {
                    input.consume(count);
                    read += count;
                }
                Err(error) => break error,
            }
        };
        assert_eq!(error.kind(), io::ErrorKind::InvalidData);
        assert!(read < 150_000_000, "{read}");
    }
}
