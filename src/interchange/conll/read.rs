//! Reads columns of tokens: ours, of which the text comes back as it was, and others'
//! (CoNLL-2003, `IOB2` in two columns, `GermEval`), whose text is the tokens with a space between
//! them and a line a sentence. A file without `-DOCSTART-` is one document.

use std::io::BufRead;

use crate::{
    annotation::Annotator,
    interchange::{
        CopyCounter, DatasetHead, DocumentRecord, MAX_TEXT, Names, Problem, ReadOptions, Reader,
        Reason, Source,
        json::without_mark,
        lines::{Line, Lines},
        spacing::{Said, unescape},
        tags::{self, Tagged, Untagger},
    },
    text::{self, ByteRange},
};

use super::{START, last_tag};

/// More columns than anybody has levels of nesting.
const MOST_COLUMNS: usize = 4096;

/// Opens a file of columns.
#[expect(
    clippy::unnecessary_wraps,
    reason = "formats that begin with a head can fail here"
)]
pub(in crate::interchange) fn read<'r>(
    source: Source<'r>,
    options: ReadOptions,
) -> Result<Box<dyn Reader + 'r>, Problem> {
    Ok(Box::new(ConllReader {
        stem: source.stem().to_owned(),
        lines: Lines::new(source.input, MAX_TEXT),
        names: options.names(),
        annotator: options.annotator,
        begun: false,
        ended: false,
    }))
}

struct ConllReader<R> {
    lines: Lines<R>,
    names: Names,
    annotator: Annotator,
    /// The title of a document without a line that could be one.
    stem: String,
    /// Whether the line before the next document was read.
    begun: bool,
    ended: bool,
}

impl<R: BufRead> Reader for ConllReader<R> {
    fn head(&self) -> &DatasetHead {
        self.names.head()
    }

    fn next(&mut self, copies: &mut CopyCounter) -> Option<Result<DocumentRecord, Problem>> {
        if self.ended {
            return None;
        }
        let mut document = Columns::default();
        let mut wrong: Option<Problem> = None;
        loop {
            let first = self.lines.number() == 0;
            let unmarked = |line| if first { without_mark(line) } else { line };
            let taken = match self.lines.next() {
                Err(error) => {
                    self.ended = true;
                    return Some(Err(Problem::at(self.lines.number(), error)));
                }
                Ok(None) => {
                    self.ended = true;
                    break;
                }
                Ok(Some(Line::TooLong)) => Err(Reason::TooLarge {
                    what: "the line",
                    limit: MAX_TEXT,
                }),
                Ok(Some(Line::Whole(line))) if unmarked(line).starts_with(START.as_bytes()) => {
                    if std::mem::replace(&mut self.begun, true) || !document.is_empty() {
                        break;
                    }
                    Ok(())
                }
                Ok(Some(Line::Whole(line))) if wrong.is_none() => document.bytes(unmarked(line)),
                Ok(Some(Line::Whole(_))) => Ok(()),
            };
            if let (Err(reason), None) = (taken, &wrong) {
                wrong = Some(Problem::at(self.lines.number(), reason));
            }
        }
        if let Some(problem) = wrong {
            return Some(Err(problem));
        }
        if self.ended && !self.begun && document.is_empty() {
            return None;
        }
        if self.ended {
            self.begun = false;
        }
        let line = self.lines.number();
        let record = document.record(&self.annotator, &self.stem, copies);
        Some(match record {
            Ok(mut record) => {
                self.names.adopt(&mut record);
                Ok(record)
            }
            Err(reason) => Err(Problem::at(line, reason)),
        })
    }
}

/// Which columns a document has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Layout {
    /// Ours.
    Ours,
    /// Tokens in the first column, a tag in the last.
    Last,
    /// Tokens in the first column, tags in all others.
    All,
    /// Numbers in the first column, tokens in the second, tags in all others, as in `GermEval`.
    Numbered,
}

/// A document that is being read.
#[derive(Debug, Default)]
struct Columns {
    text: String,
    tokens: Vec<ByteRange>,
    layout: Option<Layout>,
    /// How many code points the text has, of our own documents.
    position: usize,
    commented: bool,
    /// Whether a sentence ended behind the last token.
    broken: bool,
    levels: Vec<Untagger>,
    spans: Vec<Tagged<String>>,
}

impl Columns {
    fn is_empty(&self) -> bool {
        self.tokens.is_empty()
    }

    fn bytes(&mut self, line: &[u8]) -> Result<(), Reason> {
        let line = std::str::from_utf8(line).map_err(|error| Reason::NotUtf8 {
            at: error.valid_up_to(),
        })?;
        self.line(line.trim_end_matches(['\r', ' ', '\t']))
    }

    fn line(&mut self, line: &str) -> Result<(), Reason> {
        if line.trim().is_empty() {
            self.broken = true;
            self.close();
            return Ok(());
        }
        if line.starts_with('#') && last_tag(line).is_none() {
            self.commented = true;
            return Ok(());
        }
        if self.layout == Some(Layout::Ours) && is_of_few_columns(line) {
            return self.line_of_ours(line);
        }
        let columns: Vec<&str> = if line.contains('\t') {
            line.split('\t').take(MOST_COLUMNS + 1).collect()
        } else {
            line.split_whitespace().take(MOST_COLUMNS + 1).collect()
        };
        if columns.len() > MOST_COLUMNS {
            let reason = format!("the line has more than {MOST_COLUMNS} columns");
            return Err(Reason::Malformed(reason));
        }
        let layout = match self.layout {
            Some(layout) => layout,
            None => *self.layout.insert(layout_of(&columns, self.commented)),
        };
        let (token, tags) = match (layout, &*columns) {
            (Layout::Ours, [token, range, misc, tags @ ..]) => {
                self.ours(token, range, misc)?;
                return self.tags(tags.iter().copied(), true);
            }
            (Layout::Last, [token, .., tag]) => (*token, std::slice::from_ref(tag)),
            (Layout::All, [token, tags @ ..]) | (Layout::Numbered, [_, token, tags @ ..])
                if !tags.is_empty() =>
            {
                (*token, tags)
            }
            _ => return Err(too_few(line)),
        };
        if !self.text.is_empty() {
            self.text.push(if self.broken { '\n' } else { ' ' });
        }
        self.token(token)?;
        self.tags(tags.iter().copied(), false)
    }

    /// Takes a line of ours without making a list of its columns: files are millions of these.
    fn line_of_ours(&mut self, line: &str) -> Result<(), Reason> {
        let columns = || {
            let (token, rest) = split(line, b'\t')?;
            let (range, rest) = split(rest, b'\t')?;
            let (misc, tags) = match split(rest, b'\t') {
                Some((misc, tags)) => (misc, Some(tags)),
                None => (rest, None),
            };
            Some((token, range, misc, tags))
        };
        let (token, range, misc, mut rest) = columns().ok_or_else(|| too_few(line))?;
        self.ours(token, range, misc)?;
        let tags = std::iter::from_fn(|| {
            let tags = rest.take()?;
            let Some((tag, others)) = split(tags, b'\t') else {
                return Some(tags);
            };
            rest = Some(others);
            Some(tag)
        });
        self.tags(tags, true)
    }

    /// Takes a token of ours, which says where it stands.
    fn ours(&mut self, token: &str, range: &str, misc: &str) -> Result<(), Reason> {
        let said = if misc == "_" {
            Said::default()
        } else {
            Said::of(misc)
        };
        if let Some(before) = said.before {
            self.position += before.chars().count();
            self.text.push_str(&before);
        }
        let token = said.raw.as_deref().unwrap_or(token);
        let start = self.position;
        self.position += token.chars().count();
        if places(range) != Some((start, self.position)) {
            let range = text::quote(range, 40);
            let end = self.position;
            return Err(Reason::Malformed(format!(
                "the token stands at {start}-{end}, counted in code points, and not at {range}"
            )));
        }
        self.token(token)?;
        let after = said.after.as_deref().unwrap_or(" ");
        self.position += after.chars().count();
        self.text.push_str(after);
        Ok(())
    }

    fn token(&mut self, token: &str) -> Result<(), Reason> {
        let start = self.text.len();
        self.text.push_str(token);
        self.broken = false;
        if self.text.len() > MAX_TEXT {
            return Err(Reason::TooLarge {
                what: "the text",
                limit: MAX_TEXT,
            });
        }
        let range = ByteRange::unchecked_order(start, self.text.len());
        let range = range.filter(|range| !range.is_empty());
        self.tokens
            .push(range.ok_or_else(|| Reason::Malformed("the token is empty".to_owned()))?);
        Ok(())
    }

    /// Takes the tags of the last token.
    fn tags<'t>(
        &mut self,
        tags: impl Iterator<Item = &'t str>,
        escaped: bool,
    ) -> Result<(), Reason> {
        let token = self.tokens.len().saturating_sub(1);
        let mut tags = tags.fuse();
        for at in 0.. {
            let tag = match (tags.next(), at < self.levels.len()) {
                (Some(tag), _) => tag,
                (None, true) => "O",
                (None, false) => break,
            };
            if at == self.levels.len() {
                self.levels.push(Untagger::default());
            }
            let Some(level) = self.levels.get_mut(at) else {
                break;
            };
            let Some((letter, label)) = tags::parse(tag) else {
                let tag = text::quote(tag, 40);
                return Err(Reason::Malformed(format!(
                    "“{tag}” is no tag; one is O, or B- or I- with a label behind it"
                )));
            };
            if escaped {
                let label = unescape(label);
                level.tag(token, (letter, &label), &mut self.spans);
            } else {
                level.tag(token, (letter, label), &mut self.spans);
            }
        }
        Ok(())
    }

    fn close(&mut self) {
        for level in &mut self.levels {
            level.close(&mut self.spans);
        }
    }

    fn record(
        mut self,
        annotator: &Annotator,
        stem: &str,
        copies: &mut CopyCounter,
    ) -> Result<DocumentRecord, Reason> {
        self.close();
        let layer = tags::layer(&self.text, &self.tokens, &self.spans, annotator)?;
        let mut record = DocumentRecord::found(self.text, None, stem, copies);
        record.layers.extend(layer);
        Ok(record)
    }
}

fn too_few(line: &str) -> Reason {
    let line = text::quote(line, 60);
    Reason::Malformed(format!("“{line}” has too few columns"))
}

fn layout_of(columns: &[&str], commented: bool) -> Layout {
    let tags = |columns: &[&str]| columns.iter().all(|column| tags::parse(column).is_some());
    match columns {
        [_, range, _, _, ..] if places(range).is_some() => Layout::Ours,
        // `GermEval` has two tags; of one alone the first column may be a token as well.
        ["1", _, rest @ ..] if rest.len() > usize::from(!commented) && tags(rest) => {
            Layout::Numbered
        }
        [_, rest @ ..] if tags(rest) => Layout::All,
        _ => Layout::Last,
    }
}

/// The two numbers of a range.
fn places(range: &str) -> Option<(usize, usize)> {
    let (start, end) = split(range, b'-')?;
    number(start).zip(number(end))
}

/// A number of digits alone.
fn number(digits: &str) -> Option<usize> {
    let more = |number: usize, byte: u8| {
        let digit = byte.is_ascii_digit().then(|| usize::from(byte - b'0'))?;
        number.checked_mul(10)?.checked_add(digit)
    };
    let all = digits.bytes().try_fold(0, more);
    all.filter(|_| !digits.is_empty())
}

/// What stands before and behind the first of a byte of ASCII. Columns are a few bytes long: a search
/// that is made for long texts takes longer to begin than this to end.
fn split(text: &str, at: u8) -> Option<(&str, &str)> {
    let place = text.bytes().position(|byte| byte == at)?;
    text.get(..place).zip(text.get(place + 1..))
}

/// Whether a line is columns between tabs, and not too many.
fn is_of_few_columns(line: &str) -> bool {
    let tabs = line.bytes().filter(|byte| *byte == b'\t').count();
    (2..MOST_COLUMNS).contains(&tabs)
}
