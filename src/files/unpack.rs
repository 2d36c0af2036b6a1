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

/// A reader of unpacked bytes that ends with an error where they are more than their packed ones
/// could hold.
struct Bounded<R> {
    unpacked: R,
    packed: Rc<Cell<u64>>,
    read: u64,
}

impl<R: Read> Read for Bounded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.unpacked.read(buffer)?;
        self.read += count as u64;
        let allowed = FREE.saturating_add(self.packed.get().saturating_mul(GROWTH));
        if self.read > allowed {
            return Err(io::Error::new(
                io::ErrorKind::InvalidData,
                "it unpacks to hundreds of times its size, which no text does",
            ));
        }
        Ok(count)
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

/// What an entry of an archive unpacks to, `packed` being its size in the archive, in bytes.
pub(super) fn bounded<'r>(unpacked: impl Read + 'r, packed: u64) -> Box<dyn BufRead + 'r> {
    Box::new(BufReader::with_capacity(
        1 << 18,
        Bounded {
            unpacked,
            packed: Rc::new(Cell::new(packed)),
            read: 0,
        },
    ))
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
    Box::new(BufReader::with_capacity(
        1 << 18,
        Bounded {
            unpacked,
            packed: taken,
            read: 0,
        },
    ))
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
