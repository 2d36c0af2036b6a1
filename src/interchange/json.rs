//! What the formats of JSON have in common: ids as text, fields that mean nothing here as metadata,
//! and the elements of a long list one at a time.

use std::{collections::BTreeMap, io::BufRead};

use serde_json::{Map, Number, Value};

use super::{ID_IS_TEXT, Problem, Reason, SOURCE_ID};

/// An id as text: files have numbers and texts.
pub(super) fn id_of(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// An id as it is written: a number where it is one.
pub(super) fn of_id(id: &str) -> Value {
    match number(id) {
        Some(number) => Value::Number(number),
        None => Value::from(id),
    }
}

/// The id that a document's source gave it, as the source wrote it: a number or a text.
pub(super) fn source_id(metadata: &BTreeMap<String, String>) -> Option<Value> {
    let id = metadata.get(SOURCE_ID)?;
    let is_text = metadata.get(ID_IS_TEXT).is_some_and(|is| is == "true");
    Some(if is_text {
        Value::from(id.as_str())
    } else {
        of_id(id)
    })
}

/// The number of which [`id_of`] makes this text.
fn number(id: &str) -> Option<Number> {
    let number: Number = serde_json::from_str(id).ok()?;
    (number.to_string() == id).then_some(number)
}

/// What is wrong with a piece of JSON, and how many lines into it.
pub(super) fn malformed(error: &serde_json::Error) -> (u64, Reason) {
    let (line, column) = (error.line(), error.column());
    let said = error.to_string();
    // The library counts lines from the start of what it was given, which is no line of the file.
    let place = format!(" at line {line} column {column}");
    let reason = match said.strip_suffix(&place) {
        Some(what) => format!("{what} (column {column})"),
        None => said,
    };
    let lines = u64::try_from(line.saturating_sub(1)).unwrap_or(0);
    (lines, Reason::Malformed(reason))
}

/// A value as text: a text as it is, another as JSON; `None` where it is empty.
pub(super) fn text_of(value: Value) -> Option<String> {
    let empty = match &value {
        Value::Null => true,
        Value::Array(list) => list.is_empty(),
        Value::Object(fields) => fields.is_empty(),
        _ => false,
    };
    let text = match value {
        Value::String(text) => text,
        other => other.to_string(),
    };
    (!empty).then_some(text)
}

/// A text as a value: a list or an object where [`text_of`] made the text of one, else the text.
pub(super) fn of_text(text: &str) -> Value {
    let nested = text.starts_with(['[', '{']);
    let parsed = nested
        .then(|| serde_json::from_str::<Value>(text).ok())
        .flatten();
    parsed
        .filter(|value| text_of(value.clone()).as_deref() == Some(text))
        .unwrap_or_else(|| Value::from(text))
}

/// Fields that mean nothing here, as metadata.
pub(super) fn metadata(fields: Map<String, Value>) -> impl Iterator<Item = (String, String)> {
    let id = fields.get(SOURCE_ID).and_then(Value::as_str);
    let marked = id.is_some_and(|id| number(id).is_some());
    let mark = marked.then(|| (ID_IS_TEXT.to_owned(), "true".to_owned()));
    fields
        .into_iter()
        .filter_map(|(key, value)| Some((key, text_of(value)?)))
        .chain(mark)
}

/// Takes a list out; `null` and an absent field are empty.
pub(super) fn take_list(
    fields: &mut Map<String, Value>,
    field: &str,
) -> Result<Vec<Value>, Reason> {
    match fields.shift_remove(field) {
        None | Some(Value::Null) => Ok(Vec::new()),
        Some(Value::Array(list)) => Ok(list),
        Some(_) => Err(Reason::Malformed(format!("`{field}` is not a list"))),
    }
}

/// Bytes without a byte order mark.
pub(super) fn without_mark(bytes: &[u8]) -> &[u8] {
    bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes)
}

/// The first byte that is no white space.
pub(super) fn first_byte(start: &[u8]) -> Option<u8> {
    without_mark(start)
        .iter()
        .copied()
        .find(|byte| !byte.is_ascii_whitespace())
}

/// The object that a document is written as.
pub(super) fn parse(bytes: &[u8]) -> Result<Map<String, Value>, Reason> {
    let text = std::str::from_utf8(without_mark(bytes)).map_err(|error| Reason::NotUtf8 {
        at: error.valid_up_to(),
    })?;
    serde_json::from_str(text).map_err(|error| Reason::Malformed(error.to_string()))
}

/// Adds to metadata; where the key is taken by another value, under the key with `of` before it, and
/// a number where that is taken too.
pub(super) fn add(metadata: &mut BTreeMap<String, String>, of: &str, key: String, value: String) {
    let Some(there) = metadata.get(&key) else {
        metadata.insert(key, value);
        return;
    };
    if *there == value {
        return;
    }
    let mut free = format!("{of}.{key}");
    let mut number = 1_u64;
    while let Some(there) = metadata.get(&free) {
        if *there == value {
            return;
        }
        number += 1;
        free = format!("{of}.{number}.{key}");
    }
    metadata.insert(free, value);
}

/// Whether a file's first bytes have a field of this name.
pub(super) fn mentions(start: &[u8], field: &str) -> bool {
    memchr::memmem::find(start, format!("\"{field}\"").as_bytes()).is_some()
}

/// The objects of a file that is a JSON list of them, or a single one.
pub(super) enum Objects<R> {
    /// A list.
    List(Elements<R>),
    /// The bytes of the only one, until they are taken, and after.
    One(Option<Vec<u8>>, Vec<u8>),
}

impl<R: BufRead> Objects<R> {
    /// Begins to read, each object of at most `limit` bytes.
    pub(super) fn new(mut input: R, limit: usize) -> Result<Self, Problem> {
        let start = input.fill_buf().map_err(Problem::of_file)?;
        if first_byte(start) != Some(b'{') {
            return Ok(Self::List(Elements::new(input, limit)));
        }
        let bytes = super::source::all_bytes(&mut input, limit)?;
        Ok(Self::One(Some(bytes), Vec::new()))
    }

    /// The next object, and the line at which it begins.
    pub(super) fn next(&mut self) -> Option<Result<(u64, &[u8]), Problem>> {
        match self {
            Self::List(elements) => elements.next(),
            Self::One(bytes, taken) => {
                *taken = bytes.take()?;
                Some(Ok((1, taken)))
            }
        }
    }
}

/// The elements of a file that is one JSON list, one at a time, none larger than the limit.
pub(super) struct Elements<R> {
    input: R,
    element: Vec<u8>,
    limit: usize,
    line: u64,
    state: State,
    /// Whether the list stands inside an object, whose other fields are passed over.
    inside: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Before,
    Inside,
    Ended,
}

/// Where the scan of an element is.
#[derive(Default)]
pub(super) struct Scan {
    pub(super) depth: usize,
    pub(super) in_string: bool,
    escaped: bool,
}

impl<R: BufRead> Elements<R> {
    pub(super) fn new(input: R, limit: usize) -> Self {
        Self {
            input,
            element: Vec::new(),
            limit,
            line: 1,
            state: State::Before,
            inside: false,
        }
    }

    /// The elements of a list that begins at this line, inside an object or not.
    pub(super) fn at(input: R, line: u64, inside: bool, limit: usize) -> Self {
        Self {
            line,
            inside,
            ..Self::new(input, limit)
        }
    }

    /// The next element, and the line at which it begins; `None` behind the list. Nothing comes
    /// after a problem that ends the reading.
    pub(super) fn next(&mut self) -> Option<Result<(u64, &[u8]), Problem>> {
        if self.state == State::Ended {
            return None;
        }
        match self.scan() {
            Ok(None) => None,
            Ok(Some(line)) => Some(Ok((line, &self.element))),
            Err(reason) => {
                let problem = Problem::at(self.line, reason);
                if problem.ends_reading() {
                    self.state = State::Ended;
                }
                Some(Err(problem))
            }
        }
    }

    fn peek(&mut self) -> Result<Option<u8>, Reason> {
        loop {
            match self.input.fill_buf() {
                Ok(bytes) => return Ok(bytes.first().copied()),
                Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error.into()),
            }
        }
    }

    fn skip(&mut self, byte: u8) {
        self.input.consume(1);
        self.line += u64::from(byte == b'\n');
    }

    /// The next byte that is no white space, not taken.
    fn visible(&mut self) -> Result<Option<u8>, Reason> {
        while let Some(byte) = self.peek()? {
            if !byte.is_ascii_whitespace() {
                return Ok(Some(byte));
            }
            self.skip(byte);
        }
        Ok(None)
    }

    fn scan(&mut self) -> Result<Option<u64>, Reason> {
        if self.state == State::Before {
            self.open()?;
        } else {
            match self.visible()? {
                Some(b',') => self.skip(b','),
                Some(b']') => return self.close(),
                Some(byte) => return Err(broken(byte)),
                None => return Err(cut()),
            }
        }
        match self.visible()? {
            Some(b']') => return self.close(),
            Some(_) => {}
            None => return Err(cut()),
        }
        let line = self.line;
        self.element()?;
        Ok(Some(line))
    }

    fn open(&mut self) -> Result<(), Reason> {
        for mark in *b"\xEF\xBB\xBF" {
            if self.peek()? == Some(mark) {
                self.skip(mark);
            }
        }
        match self.visible()? {
            Some(b'[') => {
                self.skip(b'[');
                self.state = State::Inside;
                Ok(())
            }
            other => Err(Reason::NotThis {
                expected: "a JSON list",
                found: other.map_or_else(|| "it is empty".to_owned(), quoted),
            }),
        }
    }

    fn close(&mut self) -> Result<Option<u64>, Reason> {
        self.skip(b']');
        self.state = State::Ended;
        if self.inside {
            self.pass_object()?;
        }
        match self.visible()? {
            None => Ok(None),
            Some(byte) => Err(broken(byte)),
        }
    }

    /// Passes over what is left of the object around the list.
    fn pass_object(&mut self) -> Result<(), Reason> {
        let mut scan = Scan {
            depth: 1,
            ..Scan::default()
        };
        while let Some(byte) = self.peek()? {
            self.skip(byte);
            scan.ends_before(byte);
            if scan.depth == 0 {
                return Ok(());
            }
        }
        Err(cut())
    }

    /// Takes one element; one above the limit is passed over.
    fn element(&mut self) -> Result<(), Reason> {
        self.element.clear();
        let mut scan = Scan::default();
        let mut too_large = false;
        loop {
            let bytes = match self.input.fill_buf() {
                Ok(bytes) => bytes,
                Err(error) if error.kind() == std::io::ErrorKind::Interrupted => continue,
                Err(error) => return Err(error.into()),
            };
            if bytes.is_empty() {
                return Err(cut());
            }
            let end = bytes.iter().position(|byte| scan.ends_before(*byte));
            let part = bytes.get(..end.unwrap_or(bytes.len())).unwrap_or_default();
            too_large |= part.len() > self.limit.saturating_sub(self.element.len());
            if too_large {
                self.element = Vec::new();
            } else {
                self.element.extend_from_slice(part);
            }
            self.line += memchr::memchr_iter(b'\n', part).count() as u64;
            let taken = part.len();
            self.input.consume(taken);
            if end.is_some() {
                break;
            }
        }
        if too_large {
            return Err(Reason::TooLarge {
                what: "the document",
                limit: self.limit,
            });
        }
        Ok(())
    }
}

impl Scan {
    /// Whether the element is over before this byte.
    pub(super) fn ends_before(&mut self, byte: u8) -> bool {
        if self.in_string {
            match byte {
                _ if self.escaped => self.escaped = false,
                b'\\' => self.escaped = true,
                b'"' => self.in_string = false,
                _ => {}
            }
            return false;
        }
        match byte {
            b'"' => self.in_string = true,
            b'{' | b'[' => self.depth += 1,
            b',' | b']' if self.depth == 0 => return true,
            b'}' | b']' => self.depth = self.depth.saturating_sub(1),
            _ => {}
        }
        false
    }
}

pub(super) fn quoted(byte: u8) -> String {
    format!("“{}”", char::from(byte).escape_default())
}

fn broken(byte: u8) -> Reason {
    Reason::NotThis {
        expected: "a JSON list",
        found: format!("{} stands between two elements", quoted(byte)),
    }
}

fn cut() -> Reason {
    Reason::NotThis {
        expected: "a whole JSON list",
        found: "it ends before its “]”".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;

    fn elements(file: &str, limit: usize) -> Vec<String> {
        let input = std::io::BufReader::with_capacity(3, file.as_bytes());
        let mut elements = Elements::new(input, limit);
        let mut found = Vec::new();
        while let Some(next) = elements.next() {
            found.push(match next {
                Ok((line, bytes)) => {
                    format!("{line} {}", String::from_utf8_lossy(bytes).trim_end())
                }
                Err(problem) => problem.to_string(),
            });
        }
        found
    }

    #[test]
    fn elements_come_one_by_one() {
        assert_eq!(elements("\u{FEFF} [ ]\n", 9), Vec::<String>::new());
        assert_eq!(
            elements("[{\"a\": \"],\\\"\"},\n\n [1, [2]] , 3\n]", 99),
            ["1 {\"a\": \"],\\\"\"}", "3 [1, [2]]", "3 3"]
        );
        let found = elements("[\"0123456789\", 1]", 5);
        assert!(found[0].contains("more than 5 bytes"), "{found:?}");
        assert_eq!(found[1], "1 1");
    }

    #[test]
    fn what_is_no_list_is_told_once() {
        for (file, said) in [
            ("", "it is empty"),
            ("{}", "“{”"),
            ("[1", "ends before"),
            ("[{\"a\":1", "ends before"),
            ("[1,", "ends before"),
            ("[1] 2", "“2” stands"),
        ] {
            let found = elements(file, 99);
            let last = found.last().unwrap();
            assert!(last.contains(said), "{file}: {found:?}");
            assert!(found.len() < 3);
        }
    }

    #[test]
    fn a_value_comes_back_as_it_was() {
        for text in ["a", "[1,2]", "[1, 2]", "{\"a\":{}}", "{", "12", ""] {
            assert_eq!(text_of(of_text(text)).as_deref(), Some(text));
        }
        for id in [
            Value::from(7),
            Value::from("7"),
            Value::from(1.5),
            Value::from("007"),
        ] {
            let mut fields = Map::new();
            fields.insert("id".to_owned(), id.clone());
            let metadata: BTreeMap<_, _> = metadata(fields).collect();
            assert_eq!(source_id(&metadata), Some(id));
        }
        assert_eq!(
            (of_id("12"), of_id("012")),
            (Value::from(12), Value::from("012"))
        );
    }

    #[test]
    fn a_key_that_is_taken_gets_a_number() {
        let mut metadata = BTreeMap::new();
        for value in 0..200 {
            for _ in 0..2 {
                add(&mut metadata, "infon", "k".to_owned(), value.to_string());
            }
        }
        assert_eq!(metadata.len(), 200);
        assert_eq!((&*metadata["k"], &*metadata["infon.k"]), ("0", "1"));
        assert_eq!(metadata["infon.2.k"], "2");
        assert!(metadata.keys().all(|key| key.len() < 12));
    }
}
