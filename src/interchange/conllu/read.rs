//! Reads CoNLL-U, ours and others'. Spans are the tags under `ner` (or `NER`, `NE`) in `MISC`;
//! `SpaceAfter=No` and `UDPipe`'s white space make the text. Where nothing is said, a space stands
//! between tokens and a line break between paragraphs.

use std::{collections::BTreeMap, io::BufRead};

use serde::Deserialize;

use crate::{
    annotation::Annotator,
    interchange::{
        CopyCounter, DatasetHead, DocumentRecord, MAX_TEXT, Names, Problem, ReadOptions, Reader,
        Reason, SOURCE_ID, Source,
        json::without_mark,
        lines::{Line, Lines},
        spacing::{Said, parts, unescape},
        tags::{self, Tagged, Untagger},
    },
    text::{self, ByteRange},
};

use super::{
    HEAD,
    spread::{Tags, Word, ends, joined},
};

/// More levels of nesting, and more words in a token, than anybody has.
const MOST: usize = 4096;

/// Opens a file.
#[expect(
    clippy::unnecessary_wraps,
    reason = "formats that begin with a head can fail here"
)]
pub(in crate::interchange) fn read<'r>(
    source: Source<'r>,
    options: ReadOptions,
) -> Result<Box<dyn Reader + 'r>, Problem> {
    Ok(Box::new(ConlluReader {
        stem: source.stem().to_owned(),
        lines: Lines::new(source.input, MAX_TEXT),
        names: options.names(),
        annotator: options.annotator,
        document: Some(Document::default()),
    }))
}

struct ConlluReader<R> {
    lines: Lines<R>,
    names: Names,
    annotator: Annotator,
    /// The title of a document without a line that could be one.
    stem: String,
    /// The document that begins where reading stopped; `None` at the end.
    document: Option<Document>,
}

impl<R: BufRead> Reader for ConlluReader<R> {
    fn head(&self) -> &DatasetHead {
        self.names.head()
    }

    fn next(&mut self, copies: &mut CopyCounter) -> Option<Result<DocumentRecord, Problem>> {
        let mut document = self.document.take()?;
        let mut wrong: Option<Problem> = None;
        loop {
            let first = self.lines.number() == 0;
            let taken = match self.lines.next() {
                Err(error) => return Some(Err(Problem::at(self.lines.number(), error))),
                Ok(None) => break,
                Ok(Some(Line::TooLong)) => Err(Reason::TooLarge {
                    what: "the line",
                    limit: MAX_TEXT,
                }),
                Ok(Some(Line::Whole(line))) => {
                    let line = if first { without_mark(line) } else { line };
                    match begun(line) {
                        Some(begun) if document.is_empty() && wrong.is_none() => {
                            document = begun;
                            Ok(())
                        }
                        Some(begun) => {
                            self.document = Some(begun);
                            break;
                        }
                        None if wrong.is_none() => document.bytes(line),
                        None => Ok(()),
                    }
                }
            };
            if let (Err(reason), None) = (taken, &wrong) {
                wrong = Some(Problem::at(self.lines.number(), reason));
            }
        }
        if let Some(problem) = wrong {
            return Some(Err(problem));
        }
        if document.is_empty() && !document.begun {
            return None;
        }
        let record = document.record(&self.annotator, &self.stem, copies);
        Some(match record {
            Ok(mut record) => {
                self.names.adopt(&mut record);
                Ok(record)
            }
            Err(reason) => Err(Problem::at(self.lines.number(), reason)),
        })
    }
}

/// The document that begins at a line, if one does.
fn begun(line: &[u8]) -> Option<Document> {
    let line = line.strip_prefix(b"#")?.trim_ascii_start();
    let rest = line.strip_prefix(b"newdoc")?;
    let id = rest.trim_ascii_start().strip_prefix(b"id");
    let id = id.and_then(|id| id.trim_ascii_start().strip_prefix(b"="));
    let id = id.map(|id| String::from_utf8_lossy(id).trim().to_owned());
    let id = id.filter(|id| !id.is_empty());
    (rest.is_empty() || rest.starts_with(b" ") || rest.starts_with(b"\r")).then(|| Document {
        begun: true,
        metadata: id
            .map(|id| (SOURCE_ID.to_owned(), id))
            .into_iter()
            .collect(),
        ..Document::default()
    })
}

/// What our comment says of a document.
#[derive(Deserialize)]
struct Head {
    title: String,
    metadata: BTreeMap<String, String>,
}

/// A document that is being read.
#[derive(Debug, Default)]
struct Document {
    begun: bool,
    title: Option<String>,
    metadata: BTreeMap<String, String>,
    text: String,
    tokens: Vec<ByteRange>,
    /// The white space that stands behind the last token, where its line said so.
    after: Option<String>,
    paragraph: bool,
    /// The multiword token whose words come: where it begins, and how many it has.
    several: Option<(usize, usize)>,
    words: Vec<Word>,
    spans: Spans,
}

/// The spans of a document that is being read.
#[derive(Debug, Default)]
struct Spans {
    levels: Vec<Untagger>,
    found: Vec<Tagged<String>>,
}

impl Spans {
    fn tag(&mut self, token: usize, tags: &Tags) {
        let most = tags.iter().map(|(level, ..)| level + 1).max();
        if most.is_some_and(|most| most > self.levels.len()) {
            self.levels
                .resize_with(most.unwrap_or_default(), Untagger::default);
        }
        for (number, level) in self.levels.iter_mut().enumerate() {
            let tag = tags.iter().find(|(level, ..)| *level == number);
            let tag = tag.map_or((b'O', ""), |(_, letter, label)| (*letter, &**label));
            level.tag(token, tag, &mut self.found);
        }
    }

    fn close(&mut self) {
        for level in &mut self.levels {
            level.close(&mut self.found);
        }
    }
}

impl Document {
    fn is_empty(&self) -> bool {
        self.tokens.is_empty() && self.text.is_empty() && !self.begun
    }

    fn bytes(&mut self, line: &[u8]) -> Result<(), Reason> {
        let line = std::str::from_utf8(line).map_err(|error| Reason::NotUtf8 {
            at: error.valid_up_to(),
        })?;
        let line = line.trim_end_matches('\r');
        if line.trim().is_empty() {
            self.spans.close();
            return self.unfinished();
        }
        if line.starts_with('#') {
            return self.comment(line);
        }
        let columns: Vec<&str> = line.split('\t').take(11).collect();
        let [id, form, .., misc] = &*columns else {
            return Err(bad_line(line));
        };
        if columns.len() != 10 || form.is_empty() {
            return Err(bad_line(line));
        }
        match id.split_once('-') {
            Some((first, last)) => {
                let numbers = number(first).zip(number(last));
                let count = numbers.and_then(|(first, last)| last.checked_sub(first));
                let count = count.filter(|count| *count < MOST);
                let count = count.ok_or_else(|| bad_line(line))? + 1;
                self.unfinished()?;
                let start = self.surface(form, misc)?;
                self.several = Some((start, count));
                Ok(())
            }
            None if number(id).is_some() => self.word(form, misc),
            // A word that is not written.
            None if id.contains('.') => Ok(()),
            None => Err(bad_line(line)),
        }
    }

    fn comment(&mut self, line: &str) -> Result<(), Reason> {
        if let Some(head) = line.strip_prefix(HEAD) {
            let head: Head =
                serde_json::from_str(head).map_err(|error| Reason::Malformed(error.to_string()))?;
            self.title = Some(head.title);
            self.metadata = head.metadata;
            return Ok(());
        }
        let line = line.trim_start_matches('#').trim_start();
        if line == "newpar" || line.starts_with("newpar ") {
            self.paragraph = true;
        }
        let said = line
            .strip_prefix("meta::")
            .and_then(|it| it.split_once('='));
        if let Some((key, value)) = said {
            let (key, value) = (key.trim().to_owned(), value.trim().to_owned());
            self.metadata.insert(key, value);
        }
        Ok(())
    }

    /// Takes a word: a token of its own, or one of a multiword token.
    fn word(&mut self, form: &str, misc: &str) -> Result<(), Reason> {
        let tags = tags_of(misc)?;
        let Some((start, count)) = self.several else {
            let start = self.surface(form, misc)?;
            self.token(start, self.text.len())?;
            self.spans.tag(self.tokens.len() - 1, &tags);
            return Ok(());
        };
        let said = Said::of(misc);
        let form = said.raw.map_or_else(|| form.to_owned(), Into::into);
        self.words.push(Word { form, tags });
        if self.words.len() < count {
            return Ok(());
        }
        self.several = None;
        let words = std::mem::take(&mut self.words);
        let surface = self.text.get(start..).unwrap_or_default();
        if let Some(ends) = ends(surface, &words) {
            let mut from = start;
            for (end, word) in ends.into_iter().zip(&words) {
                self.token(from, start + end)?;
                self.spans.tag(self.tokens.len() - 1, &word.tags);
                from = start + end;
            }
            return Ok(());
        }
        let Some(tags) = joined(&words) else {
            let surface = text::quote(surface, 40);
            return Err(Reason::Malformed(format!(
                "a span begins or ends inside “{surface}”, whose words are no parts of it"
            )));
        };
        self.token(start, self.text.len())?;
        self.spans.tag(self.tokens.len() - 1, &tags);
        Ok(())
    }

    /// Appends a token's text, and gives where it begins.
    fn surface(&mut self, form: &str, misc: &str) -> Result<usize, Reason> {
        let said = Said::of(misc);
        let paragraph = std::mem::take(&mut self.paragraph);
        match self.after.take() {
            Some(after) => self.text.push_str(&after),
            None if self.text.is_empty() => {}
            None => self.text.push(if paragraph { '\n' } else { ' ' }),
        }
        self.text
            .push_str(said.before.as_deref().unwrap_or_default());
        let start = self.text.len();
        self.text.push_str(said.raw.as_deref().unwrap_or(form));
        self.after = said.after.map(Into::into);
        if self.text.len() > MAX_TEXT {
            return Err(Reason::TooLarge {
                what: "the text",
                limit: MAX_TEXT,
            });
        }
        Ok(start)
    }

    fn token(&mut self, start: usize, end: usize) -> Result<(), Reason> {
        let range = ByteRange::new(&self.text, start, end).ok();
        let range = range.filter(|range| !range.is_empty());
        self.tokens
            .push(range.ok_or_else(|| Reason::Malformed("the token is empty".to_owned()))?);
        Ok(())
    }

    /// Whether all words of a multiword token have come.
    fn unfinished(&self) -> Result<(), Reason> {
        match self.several {
            None => Ok(()),
            Some((_, count)) => Err(Reason::Malformed(format!(
                "a multiword token has {} of its {count} words",
                self.words.len()
            ))),
        }
    }

    fn record(
        mut self,
        annotator: &Annotator,
        stem: &str,
        copies: &mut CopyCounter,
    ) -> Result<DocumentRecord, Reason> {
        self.unfinished()?;
        self.spans.close();
        self.text.push_str(&self.after.take().unwrap_or_default());
        let layer = tags::layer(&self.text, &self.tokens, &self.spans.found, annotator)?;
        let mut record = DocumentRecord::found(self.text, self.title, stem, copies);
        record.metadata = self.metadata;
        record.layers.extend(layer);
        Ok(record)
    }
}

fn bad_line(line: &str) -> Reason {
    let line = text::quote(line, 60);
    Reason::Malformed(format!(
        "“{line}” is not ten columns with a number and a form"
    ))
}

fn number(digits: &str) -> Option<usize> {
    let all = digits.bytes().all(|byte| byte.is_ascii_digit());
    all.then(|| digits.parse().ok()).flatten()
}

/// The tags that a `MISC` column has.
fn tags_of(misc: &str) -> Result<Tags, Reason> {
    let mut found = Tags::new();
    for (key, value) in parts(misc) {
        let level = match key {
            "ner" | "NER" | "NE" => Some(0),
            _ => key
                .strip_prefix("ner")
                .and_then(number)
                .and_then(|it| it.checked_sub(1)),
        };
        let Some(level) = level.filter(|level| *level < MOST) else {
            continue;
        };
        match tags::parse(value) {
            Some((b'O', "")) => {}
            Some((letter, label)) => found.push((level, letter, unescape(label).into())),
            // Others keep other things under such names.
            None if key != "ner" => {}
            None => {
                let tag = text::quote(value, 40);
                return Err(Reason::Malformed(format!(
                    "“{tag}” is no tag; one is O, or B- or I- with a label behind it"
                )));
            }
        }
    }
    Ok(found)
}
