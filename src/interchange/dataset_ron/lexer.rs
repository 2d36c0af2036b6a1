//! Finds where values of a RON file end without understanding them, so that a dataset can be read a
//! document at a time: strings, raw strings, characters, nested comments and brackets. What a value
//! means is left to the `ron` crate.

use std::io::{self, BufRead, ErrorKind};

use memchr::{memchr, memchr_iter, memchr2};

/// Brackets within brackets, at most. The `ron` crate stops at 128.
const MAX_DEPTH: usize = 256;

/// Why a value's end cannot be found.
#[derive(Debug)]
pub(super) enum LexError {
    /// Reading failed.
    Io(io::Error),
    /// The file ends inside it.
    Cut,
    /// Something else stands there.
    Unexpected(String),
    /// The value is too large; it has been skipped.
    TooLarge,
    /// A byte of it is not UTF-8; it has been skipped.
    NotUtf8(usize),
}

impl From<io::Error> for LexError {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

/// A reader of RON that counts lines and keeps the bytes of one value at a time.
pub(super) struct Lexer<R> {
    reader: R,
    line: u64,
    piece: Piece,
}

/// The bytes of a value, as long as they are not too many.
struct Piece {
    bytes: Vec<u8>,
    limit: usize,
    overflow: bool,
}

impl Piece {
    fn push(&mut self, bytes: &[u8]) {
        self.overflow |= bytes.len() > self.limit.saturating_sub(self.bytes.len());
        if self.overflow {
            self.bytes = Vec::new();
        } else {
            self.bytes.extend_from_slice(bytes);
        }
    }
}

impl<R: BufRead> Lexer<R> {
    /// Keeps values of at most `limit` bytes.
    pub(super) fn new(reader: R, limit: usize) -> Self {
        let piece = Piece {
            bytes: Vec::new(),
            limit,
            overflow: false,
        };
        Self {
            reader,
            line: 1,
            piece,
        }
    }

    /// The line (from 1) of the next byte.
    pub(super) fn line(&self) -> u64 {
        self.line
    }

    /// The bytes of the value that is being read, or was read last.
    pub(super) fn partial(&self) -> &[u8] {
        &self.piece.bytes
    }

    fn peek(&mut self) -> io::Result<Option<u8>> {
        loop {
            match self.reader.fill_buf() {
                Ok(bytes) => return Ok(bytes.first().copied()),
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
    }

    /// Drops the byte that was peeked at.
    fn skip(&mut self, byte: u8) {
        self.line += u64::from(byte == b'\n');
        self.reader.consume(1);
    }

    /// Puts the byte that was peeked at into the value.
    fn keep(&mut self, byte: u8) {
        self.piece.push(&[byte]);
        self.skip(byte);
    }

    /// Puts all up to one of two bytes, and that byte, into the value.
    fn keep_until(&mut self, a: u8, b: u8) -> Result<u8, LexError> {
        loop {
            if self.peek()?.is_none() {
                return Err(LexError::Cut);
            }
            let bytes = self.reader.fill_buf()?;
            let found = memchr2(a, b, bytes);
            let taken = found.map_or(bytes.len(), |at| at + 1);
            let bytes = bytes.get(..taken).unwrap_or_default();
            let last = bytes.last().copied();
            self.line += memchr_iter(b'\n', bytes).count() as u64;
            self.piece.push(bytes);
            self.reader.consume(taken);
            if let (Some(_), Some(last)) = (found, last) {
                return Ok(last);
            }
        }
    }

    /// Goes on to the next byte that is neither white space nor in a comment; `None` at the end.
    pub(super) fn skip_space(&mut self) -> Result<Option<u8>, LexError> {
        loop {
            match self.peek()? {
                Some(byte) if byte.is_ascii_whitespace() || byte == 0x0B => self.skip(byte),
                Some(b'/') => {
                    self.piece.bytes.clear();
                    self.comment()?;
                }
                // The white space of RON beyond ASCII, and the byte order mark.
                Some(byte @ (0xC2 | 0xE2 | 0xEF)) => {
                    self.piece.bytes.clear();
                    for _ in 0..if byte == 0xC2 { 2 } else { 3 } {
                        let byte = self.peek()?.ok_or(LexError::Cut)?;
                        self.keep(byte);
                    }
                    let space = [
                        "\u{85}", "\u{200E}", "\u{200F}", "\u{2028}", "\u{2029}", "\u{FEFF}",
                    ];
                    if !space.iter().any(|s| s.as_bytes() == self.piece.bytes) {
                        let found = String::from_utf8_lossy(&self.piece.bytes).into_owned();
                        return Err(LexError::Unexpected(found));
                    }
                }
                next => return Ok(next),
            }
        }
    }

    /// Takes `wanted` if it stands next, white space aside.
    pub(super) fn take(&mut self, wanted: u8) -> Result<bool, LexError> {
        let next = self.skip_space()?;
        if next == Some(wanted) {
            self.skip(wanted);
        }
        Ok(next == Some(wanted))
    }

    /// Takes `wanted`, or says what stands there instead.
    pub(super) fn demand(&mut self, wanted: u8) -> Result<(), LexError> {
        if self.take(wanted)? {
            return Ok(());
        }
        match self.peek()? {
            None => Err(LexError::Cut),
            Some(found) => Err(LexError::Unexpected(char::from(found).to_string())),
        }
    }

    /// Takes a name: a struct's or a field's; empty where none stands.
    pub(super) fn name(&mut self) -> Result<String, LexError> {
        self.skip_space()?;
        self.clear();
        self.word()?;
        Ok(String::from_utf8_lossy(&self.piece.bytes).into_owned())
    }

    fn clear(&mut self) {
        self.piece.bytes.clear();
        self.piece.overflow = false;
    }

    /// Puts letters, digits and `_` into the value.
    fn word(&mut self) -> Result<(), LexError> {
        while let Some(byte) = self.peek()? {
            if !(byte.is_ascii_alphanumeric() || byte == b'_') {
                break;
            }
            self.keep(byte);
        }
        Ok(())
    }

    /// The text of the value that stands next, up to (and without) the comma or bracket behind it.
    pub(super) fn value(&mut self) -> Result<&str, LexError> {
        self.skip_space()?;
        self.clear();
        let mut closers = Vec::new();
        loop {
            let Some(byte) = self.peek()? else {
                return Err(LexError::Cut);
            };
            match byte {
                b',' | b')' | b']' | b'}' if closers.is_empty() => break,
                _ => self.token(byte, &mut closers)?,
            }
        }
        if self.piece.overflow {
            return Err(LexError::TooLarge);
        }
        std::str::from_utf8(&self.piece.bytes)
            .map_err(|error| LexError::NotUtf8(error.valid_up_to()))
    }

    fn token(&mut self, byte: u8, closers: &mut Vec<u8>) -> Result<(), LexError> {
        match byte {
            b'"' => self.string(),
            b'\'' => self.character(),
            b'/' => self.comment(),
            b'(' | b'[' | b'{' => {
                self.keep(byte);
                closers.push(match byte {
                    b'(' => b')',
                    b'[' => b']',
                    _ => b'}',
                });
                if closers.len() > MAX_DEPTH {
                    return Err(LexError::Unexpected("brackets nested too deep".to_owned()));
                }
                Ok(())
            }
            b')' | b']' | b'}' => {
                if closers.pop() != Some(byte) {
                    return Err(LexError::Unexpected(char::from(byte).to_string()));
                }
                self.keep(byte);
                Ok(())
            }
            b'r' | b'b' => self.word_or_raw(),
            _ if byte.is_ascii_alphanumeric() || byte == b'_' => self.word(),
            _ => {
                self.keep(byte);
                Ok(())
            }
        }
    }

    /// A word that begins with `r` or `b`; `r"…"`, `r#"…"#`, `br"…"` are strings.
    fn word_or_raw(&mut self) -> Result<(), LexError> {
        let mut prefix = Vec::new();
        while let Some(byte @ (b'r' | b'b')) = self.peek()? {
            prefix.push(byte);
            self.keep(byte);
            if prefix.len() == 2 {
                break;
            }
        }
        let raw = prefix == b"r" || prefix == b"br";
        if !raw || !matches!(self.peek()?, Some(b'"' | b'#')) {
            return self.word();
        }
        let mut hashes = 0_usize;
        while self.peek()? == Some(b'#') {
            self.keep(b'#');
            hashes += 1;
        }
        if self.peek()? == Some(b'"') {
            self.keep(b'"');
            self.raw_string(hashes)
        } else {
            self.word()
        }
    }

    /// The rest of a raw string.
    fn raw_string(&mut self, hashes: usize) -> Result<(), LexError> {
        loop {
            self.keep_until(b'"', b'"')?;
            let mut found = 0;
            while found < hashes && self.peek()? == Some(b'#') {
                self.keep(b'#');
                found += 1;
            }
            if found == hashes {
                return Ok(());
            }
        }
    }

    fn string(&mut self) -> Result<(), LexError> {
        self.keep(b'"');
        while self.keep_until(b'"', b'\\')? == b'\\' {
            let escaped = self.peek()?.ok_or(LexError::Cut)?;
            self.keep(escaped);
        }
        Ok(())
    }

    fn character(&mut self) -> Result<(), LexError> {
        self.keep(b'\'');
        for _ in 0..2 {
            let byte = self.peek()?.ok_or(LexError::Cut)?;
            self.keep(byte);
            if byte != b'\\' {
                break;
            }
        }
        self.keep_until(b'\'', b'\'')?;
        Ok(())
    }

    /// A comment, kept in the value so that the `ron` crate's lines are the file's.
    fn comment(&mut self) -> Result<(), LexError> {
        self.keep(b'/');
        match self.peek()? {
            Some(b'/') => match self.keep_until(b'\n', b'\n') {
                Err(LexError::Cut) => Ok(()),
                other => other.map(|_| ()),
            },
            Some(b'*') => {
                self.keep(b'*');
                self.block_comment()
            }
            Some(other) => Err(LexError::Unexpected(format!("/{}", char::from(other)))),
            None => Err(LexError::Cut),
        }
    }

    /// The rest of a block comment; such comments nest.
    fn block_comment(&mut self) -> Result<(), LexError> {
        let mut level = 1_usize;
        while level > 0 {
            let first = self.keep_until(b'/', b'*')?;
            let second = self.peek()?.ok_or(LexError::Cut)?;
            match (first, second) {
                (b'/', b'*') => level += 1,
                (b'*', b'/') => level -= 1,
                _ => continue,
            }
            self.keep(second);
        }
        Ok(())
    }
}

/// The first string behind `title:` in the beginning of a document, to name one that cannot be read.
pub(super) fn title_in(piece: &[u8]) -> Option<String> {
    let start = memchr::memmem::find(piece, b"title:")?;
    let rest = piece.get(start + b"title:".len()..)?;
    let open = memchr(b'"', rest)?;
    let inner = rest.get(open + 1..)?;
    let text = String::from_utf8_lossy(inner.get(..memchr(b'"', inner)?)?).into_owned();
    Some(text).filter(|text| !text.trim().is_empty())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]

    use std::io::{BufReader, Cursor};

    use super::*;

    /// The values of a list, read through a buffer of `buffer` bytes.
    fn values(list: &str, buffer: usize) -> Result<Vec<String>, LexError> {
        let reader = BufReader::with_capacity(buffer, Cursor::new(list.as_bytes().to_vec()));
        let mut lexer = Lexer::new(reader, 1000);
        lexer.demand(b'[')?;
        let mut values = Vec::new();
        while !lexer.take(b']')? {
            values.push(lexer.value()?.trim_end().to_owned());
            if !lexer.take(b',')? {
                lexer.demand(b']')?;
                break;
            }
        }
        Ok(values)
    }

    #[test]
    fn values_end_where_they_end_whatever_stands_inside() {
        let cases = [
            r#"Document(a: "],(", b: [1, (2)])"#,
            r#""a \" b \\""#,
            r##"r#"a " b "#"##,
            r###"r##"قال "# ,] "##"###,
            r#"r"\""#,
            r#"br"\],""#,
            r#"b"\",""#,
            "('\"', '\\'', '\\\\', ''', ',')",
            "(/* , ] /* \" */ ) */ 1)",
            "( // ] , \" '\n 1)",
            "{r#type: 1, rb: 2, barr: 3, br2: 4}",
            "'ب'",
            "r#\"\"#",
            "Some(r)",
        ];
        for buffer in [1, 2, 3, 7, 8192] {
            let list = format!("\u{FEFF} [ {} , ]", cases.join(" ,"));
            let found = values(&list, buffer).unwrap();
            assert_eq!(
                found,
                cases.map(|case| case.trim_end().to_owned()),
                "{buffer}"
            );
        }
    }

    #[test]
    fn a_cut_is_found_wherever_it_is() {
        let list = r##"[Document(text: r#"a"b"#, c: 'x', /* e */ d: "\"")]"##;
        for end in 0..list.len() {
            let cut = values(list.get(..end).unwrap(), 4);
            assert!(matches!(cut, Err(LexError::Cut)), "{end}: {cut:?}");
        }
        assert_eq!(values(list, 4).unwrap().len(), 1);
    }

    #[test]
    fn brackets_must_match_and_values_must_not_be_too_large() {
        assert!(matches!(values("[(1]]", 9), Err(LexError::Unexpected(_))));
        let deep = format!("[{}", "(".repeat(400));
        assert!(matches!(values(&deep, 9), Err(LexError::Unexpected(_))));
        let large = format!("[\"{}\"]", "a".repeat(1001));
        assert!(matches!(values(&large, 9), Err(LexError::TooLarge)));
    }

    #[test]
    fn lines_are_counted() {
        let text = "\n/*\n*/ [\n\"a\n\r\nb\",\n 2]";
        let mut lexer = Lexer::new(text.as_bytes(), 100);
        lexer.demand(b'[').unwrap();
        lexer.skip_space().unwrap();
        assert_eq!(lexer.line(), 4);
        lexer.value().unwrap();
        assert!(lexer.take(b',').unwrap());
        lexer.skip_space().unwrap();
        assert_eq!(lexer.line(), 7);
    }

    #[test]
    fn a_title_is_found_in_the_beginning_of_a_document() {
        assert_eq!(
            title_in("Document(id: \"1\", title: \"خبر\", text: r#\"".as_bytes()).as_deref(),
            Some("خبر")
        );
        assert_eq!(title_in(b"Document(id: \"1\""), None);
        assert_eq!(title_in(b"title: \"cut"), None);
    }
}
