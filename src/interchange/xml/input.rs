//! The bytes of a file of XML as UTF-8: by its byte order mark, by its declaration, or as they are.

use std::io::{self, BufRead, Chain, Cursor, ErrorKind, Read};

use encoding_rs::{Decoder, DecoderResult, Encoding, UTF_8, UTF_16BE, UTF_16LE};

use crate::interchange::Reason;

/// How many bytes a declaration can have.
const HEAD: u64 = 512;

type Raw<'r> = Chain<Cursor<Vec<u8>>, Box<dyn BufRead + 'r>>;

/// A file as UTF-8, of which only so many bytes can be taken as were allowed.
pub(super) struct Input<'r> {
    raw: Raw<'r>,
    /// What makes UTF-8 of the bytes, where they are none.
    decoding: Option<Decoding>,
    left: usize,
    limit: usize,
    line: u64,
}

struct Decoding {
    encoding: &'static Encoding,
    decoder: Decoder,
    decoded: Vec<u8>,
    /// How much of what was decoded was taken.
    at: usize,
    ended: bool,
}

impl<'r> Input<'r> {
    pub(super) fn new(mut input: Box<dyn BufRead + 'r>, limit: usize) -> Result<Self, Reason> {
        let mut head = Vec::new();
        (&mut input).take(HEAD).read_to_end(&mut head)?;
        let (encoding, mark) = encoding(&head);
        head.drain(..mark);
        let decoding = (encoding != UTF_8).then(|| Decoding {
            encoding,
            decoder: encoding.new_decoder_without_bom_handling(),
            decoded: Vec::new(),
            at: 0,
            ended: false,
        });
        Ok(Self {
            raw: Cursor::new(head).chain(input),
            decoding,
            left: limit,
            limit,
            line: 1,
        })
    }

    pub(super) fn allow(&mut self, limit: usize) {
        (self.left, self.limit) = (limit, limit);
    }

    /// The line (from 1) of what comes next.
    pub(super) fn line(&self) -> u64 {
        self.line
    }

    fn available(&mut self) -> io::Result<&[u8]> {
        match &mut self.decoding {
            None => self.raw.fill_buf(),
            Some(decoding) => decoding.fill(&mut self.raw),
        }
    }
}

impl Read for Input<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let taken = self.fill_buf()?.read(into)?;
        self.consume(taken);
        Ok(taken)
    }
}

impl BufRead for Input<'_> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        let (left, limit) = (self.left, self.limit);
        let bytes = self.available()?;
        if left == 0 && !bytes.is_empty() {
            return Err(io::Error::new(ErrorKind::FileTooLarge, TooLarge(limit)));
        }
        Ok(bytes.get(..left).unwrap_or(bytes))
    }

    fn consume(&mut self, amount: usize) {
        // What was given out is still there.
        let bytes = self.available().unwrap_or_default();
        let taken = bytes.get(..amount).unwrap_or(bytes);
        let feeds = memchr::memchr_iter(b'\n', taken).count();
        self.line += feeds as u64;
        self.left = self.left.saturating_sub(amount);
        match &mut self.decoding {
            None => self.raw.consume(amount),
            Some(decoding) => decoding.at += amount,
        }
    }
}

impl Decoding {
    fn fill(&mut self, raw: &mut Raw<'_>) -> io::Result<&[u8]> {
        while self.at >= self.decoded.len() && !self.ended {
            let bytes = raw.fill_buf()?;
            self.ended = bytes.is_empty();
            // A few bytes more than are needed: what was begun before may come out too.
            let room = self
                .decoder
                .max_utf8_buffer_length_without_replacement(bytes.len().min(8192));
            self.decoded.resize(room.unwrap_or(65_536).max(16), 0);
            let some = bytes.get(..8192).unwrap_or(bytes);
            let (result, read, written) = self.decoder.decode_to_utf8_without_replacement(
                some,
                &mut self.decoded,
                self.ended,
            );
            self.decoded.truncate(written);
            self.at = 0;
            raw.consume(read);
            if let DecoderResult::Malformed(..) = result {
                let name = self.encoding.name();
                return Err(io::Error::new(ErrorKind::InvalidData, NotIn(name)));
            }
        }
        Ok(self.decoded.get(self.at..).unwrap_or_default())
    }
}

/// The encoding that a file's first bytes tell, and how long its mark is.
fn encoding(head: &[u8]) -> (&'static Encoding, usize) {
    if let Some(marked) = Encoding::for_bom(head) {
        return marked;
    }
    match head {
        [b'<', 0, ..] => return (UTF_16LE, 0),
        [0, b'<', ..] => return (UTF_16BE, 0),
        _ => {}
    }
    let declared = || {
        let end = memchr::memmem::find(head, b"?>")?;
        let declaration = head.get(..end)?.strip_prefix(b"<?xml")?;
        let at = memchr::memmem::find(declaration, b"encoding")?;
        let rest = declaration.get(at..)?;
        let quote = rest.iter().position(|byte| matches!(byte, b'"' | b'\''))?;
        let name = rest.get(quote + 1..)?;
        let name = name.split(|byte| matches!(byte, b'"' | b'\'')).next()?;
        Encoding::for_label(name)
    };
    // A file that says UTF-16 in single bytes is none.
    let declared = declared().filter(|it| *it != UTF_16LE && *it != UTF_16BE);
    (declared.unwrap_or(UTF_8), 0)
}

#[derive(Debug, thiserror::Error)]
#[error("more than {0} bytes")]
struct TooLarge(usize);

#[derive(Debug, thiserror::Error)]
#[error("bytes that are none of {0}")]
struct NotIn(&'static str);

/// Why the bytes could not be read.
pub(super) fn reason(error: &io::Error) -> Reason {
    let inner = error.get_ref();
    if let Some(TooLarge(limit)) = inner.and_then(|inner| inner.downcast_ref()) {
        return Reason::TooLarge {
            what: "the document",
            limit: *limit,
        };
    }
    if let Some(NotIn(name)) = inner.and_then(|inner| inner.downcast_ref()) {
        return Reason::NotThis {
            expected: "text in the encoding that the file names",
            found: format!("it has bytes that are none of {name}"),
        };
    }
    Reason::Io(io::Error::new(error.kind(), error.to_string()))
}
