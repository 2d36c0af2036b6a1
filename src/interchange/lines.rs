//! Lines of a file of lines, one at a time and none longer than the limit.

use std::io::{self, BufRead, ErrorKind};

use memchr::memchr;

/// Reads lines, counting them.
pub(super) struct Lines<R> {
    reader: R,
    number: u64,
    line: Vec<u8>,
    limit: usize,
}

/// A line.
pub(super) enum Line<'a> {
    /// Its bytes, without the line feed.
    Whole(&'a [u8]),
    /// It is longer than the limit and was passed over.
    TooLong,
}

impl<R: BufRead> Lines<R> {
    /// Reads lines of at most `limit` bytes.
    pub(super) fn new(reader: R, limit: usize) -> Self {
        Self {
            reader,
            number: 0,
            line: Vec::new(),
            limit,
        }
    }

    /// The number (from 1) of the line read last.
    pub(super) fn number(&self) -> u64 {
        self.number
    }

    /// The next line; `None` at the end.
    pub(super) fn next(&mut self) -> io::Result<Option<Line<'_>>> {
        self.line.clear();
        let (mut any, mut too_long) = (false, false);
        loop {
            let bytes = match self.reader.fill_buf() {
                Ok(bytes) => bytes,
                Err(error) if error.kind() == ErrorKind::Interrupted => continue,
                Err(error) => return Err(error),
            };
            if bytes.is_empty() {
                break;
            }
            any = true;
            let feed = memchr(b'\n', bytes);
            let part = bytes.get(..feed.unwrap_or(bytes.len())).unwrap_or_default();
            too_long |= part.len() > self.limit.saturating_sub(self.line.len());
            if too_long {
                self.line = Vec::new();
            } else {
                self.line.extend_from_slice(part);
            }
            let taken = part.len() + usize::from(feed.is_some());
            self.reader.consume(taken);
            if feed.is_some() {
                break;
            }
        }
        if !any {
            return Ok(None);
        }
        self.number += 1;
        Ok(Some(if too_long {
            Line::TooLong
        } else {
            Line::Whole(&self.line)
        }))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;

    #[test]
    fn lines_come_one_by_one_and_long_ones_are_passed_over() {
        let reader = io::BufReader::with_capacity(3, "ab\n\nabcdefgh\r\nlast".as_bytes());
        let mut lines = Lines::new(reader, 5);
        let mut found = Vec::new();
        while let Some(line) = lines.next().unwrap() {
            found.push(match line {
                Line::Whole(bytes) => String::from_utf8_lossy(bytes).into_owned(),
                Line::TooLong => "too long".to_owned(),
            });
        }
        assert_eq!(found, ["ab", "", "too long", "last"]);
        assert_eq!(lines.number(), 4);
    }
}
