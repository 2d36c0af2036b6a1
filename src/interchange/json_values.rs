//! The values of a file of JSON one at a time, however they lie: the elements of a list; objects one
//! behind the other, as lines for instance; or the elements of the one long list inside an object.

use std::io::BufRead;

use super::{
    Problem, Reason,
    json::{Elements, Scan, quoted, without_mark},
};

/// The values of a file, none larger than the limit.
pub(super) struct Values<R> {
    state: State<R>,
    /// What the long list inside an object is called.
    lists: &'static [&'static str],
    /// The object read last.
    object: Vec<u8>,
    limit: usize,
}

enum State<R> {
    /// Before an object, at this line.
    Between(R, u64),
    List(Elements<R>),
    Ended,
}

/// What stands before the next value.
enum Came {
    /// The end of the file.
    Nothing,
    /// It is an object that begins at this line, and is read.
    Object(u64),
    /// One of the lists begins.
    List,
}

impl<R: BufRead> Values<R> {
    /// Begins to read. The elements of a list that is called so in an object are the values, and the
    /// object's other fields are passed over.
    pub(super) fn new(
        mut input: R,
        lists: &'static [&'static str],
        limit: usize,
    ) -> Result<Self, Problem> {
        let start = input.fill_buf().map_err(Problem::of_file)?;
        let mark = start.len() - without_mark(start).len();
        input.consume(mark);
        let mut line = 1;
        let first = visible(&mut input, &mut line).map_err(Problem::of_file)?;
        let state = match first {
            Some(b'[') => State::List(Elements::at(input, line, false, limit)),
            _ => State::Between(input, line),
        };
        Ok(Self {
            state,
            lists,
            object: Vec::new(),
            limit,
        })
    }

    /// The next value, and the line at which it begins. Nothing comes after a problem that ends the
    /// reading.
    pub(super) fn next(&mut self) -> Option<Result<(u64, &[u8]), Problem>> {
        match std::mem::replace(&mut self.state, State::Ended) {
            State::Between(mut input, mut line) => match self.object(&mut input, &mut line) {
                Ok(Came::Nothing) => return None,
                Ok(Came::Object(at)) => {
                    self.state = State::Between(input, line);
                    return Some(Ok((at, &self.object)));
                }
                Ok(Came::List) => {
                    self.state = State::List(Elements::at(input, line, true, self.limit));
                }
                Err(reason) => return Some(Err(Problem::at(line, reason))),
            },
            other => self.state = other,
        }
        match &mut self.state {
            State::List(elements) => elements.next(),
            _ => None,
        }
    }

    /// Reads an object as far as a list that is called so, else to its end.
    fn object(&mut self, input: &mut R, line: &mut u64) -> Result<Came, Reason> {
        self.object.clear();
        let at = match visible(input, line)? {
            None => return Ok(Came::Nothing),
            Some(b'{') => *line,
            Some(byte) => {
                return Err(Reason::NotThis {
                    expected: "a JSON object or list",
                    found: format!("{} begins none", quoted(byte)),
                });
            }
        };
        let mut scan = Scan::default();
        // Where the last text of the object itself began, and whether a colon is all behind it.
        let (mut key, mut is_key) = (0..0, false);
        while let Some(byte) = peek(input)? {
            if byte == b'[' && is_key && scan.depth == 1 && !scan.in_string {
                let key = self.object.get(key.clone()).unwrap_or_default();
                if self.lists.iter().any(|list| list.as_bytes() == key) {
                    return Ok(Came::List);
                }
            }
            if self.object.len() >= self.limit {
                return Err(Reason::TooLarge {
                    what: "the document",
                    limit: self.limit,
                });
            }
            let was_in_string = scan.in_string;
            scan.ends_before(byte);
            match (was_in_string, scan.in_string) {
                (false, true) if scan.depth == 1 => key.start = self.object.len() + 1,
                (true, false) if scan.depth == 1 => key.end = self.object.len(),
                _ => {}
            }
            if !scan.in_string && !byte.is_ascii_whitespace() {
                is_key = byte == b':';
            }
            self.object.push(byte);
            skip(input, line, byte);
            if scan.depth == 0 && !scan.in_string {
                return Ok(Came::Object(at));
            }
        }
        Err(Reason::NotThis {
            expected: "a whole JSON object",
            found: "it ends before its “}”".to_owned(),
        })
    }
}

fn peek(input: &mut impl BufRead) -> Result<Option<u8>, Reason> {
    loop {
        match input.fill_buf() {
            Ok(bytes) => return Ok(bytes.first().copied()),
            Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error.into()),
        }
    }
}

fn skip(input: &mut impl BufRead, line: &mut u64, byte: u8) {
    input.consume(1);
    *line += u64::from(byte == b'\n');
}

/// The next byte that is no white space, not taken.
fn visible(input: &mut impl BufRead, line: &mut u64) -> Result<Option<u8>, Reason> {
    while let Some(byte) = peek(input)? {
        if !byte.is_ascii_whitespace() {
            return Ok(Some(byte));
        }
        skip(input, line, byte);
    }
    Ok(None)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn values(file: &str) -> Vec<String> {
        let input = std::io::BufReader::with_capacity(4, file.as_bytes());
        let mut found = Vec::new();
        let mut values = match Values::new(input, &["documents"], 60) {
            Ok(values) => values,
            Err(problem) => return vec![problem.to_string()],
        };
        while let Some(next) = values.next() {
            found.push(match next {
                Ok((line, bytes)) => format!("{line} {}", String::from_utf8_lossy(bytes).trim()),
                Err(problem) => problem.to_string(),
            });
        }
        found
    }

    #[test]
    fn values_come_however_they_lie() {
        assert_eq!(
            values("\u{FEFF}\n[{\"a\": 1},\n2]"),
            ["2 {\"a\": 1}", "3 2"]
        );
        assert_eq!(values("{\"a\":[1]}\n\n{}\n"), ["1 {\"a\":[1]}", "3 {}"]);
        let inside = "{\"a\": {\"documents\": [9]}, \"x\": \"documents\",\n\"documents\" : [1,\n2], \"b\": [\"}\"]}\n";
        assert_eq!(values(inside), ["2 1", "3 2"]);
        assert_eq!(values(" "), Vec::<String>::new());
    }

    #[test]
    fn what_is_cut_or_too_large_is_told_once() {
        let large = format!("{{\"a\": \"{}\"}}", "x".repeat(99));
        for (file, said) in [
            ("{\"documents\": [1", "ends before"),
            ("{\"documents\": [1]", "ends before"),
            ("{\"documents\": [1]} 2", "“2” stands"),
            ("{\"a\": 1", "ends before"),
            ("{} x", "“x” begins none"),
            ("x", "“x” begins none"),
            (&large, "more than 60 bytes"),
        ] {
            let found = values(file);
            assert!(
                found.last().is_some_and(|last| last.contains(said)),
                "{file}: {found:?}"
            );
            assert!(found.len() < 3, "{file}: {found:?}");
        }
    }
}
