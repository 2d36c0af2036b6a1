//! Reads a file. The text is that of the sentences, put where their first tokens say that they
//! begin: as in `INCEpTION`, what lies between two sentences is a line break and spaces.

use std::collections::{BTreeMap, HashSet};

use crate::{
    annotation::Annotator,
    interchange::{
        CopyCounter, DatasetHead, DocumentRecord, LayerRecord, MAX_TEXT, Names, Offsets, Problem,
        ReadOptions, Reader, Reason, Source, Unit as Count, json::without_mark,
    },
    text,
};

use super::{
    TEXT,
    cells::{Cells, Unit},
    escape::unescape_text,
    header::Header,
};

/// More columns than anybody has features.
const MOST_COLUMNS: usize = 4096;

/// Opens a file.
pub(in crate::interchange) fn read<'r>(
    mut source: Source<'r>,
    options: ReadOptions,
) -> Result<Box<dyn Reader + 'r>, Problem> {
    let stem = source.stem().to_owned();
    let bytes = source.bytes(MAX_TEXT)?;
    let file = std::str::from_utf8(without_mark(&bytes)).map_err(|error| {
        let at = error.valid_up_to();
        Problem::of_file(Reason::NotUtf8 { at })
    })?;
    Ok(Box::new(WebAnnoReader {
        file: Some(file.to_owned()),
        stem,
        names: options.names(),
        annotator: options.annotator,
    }))
}

struct WebAnnoReader {
    /// The file, until it is taken.
    file: Option<String>,
    stem: String,
    names: Names,
    annotator: Annotator,
}

impl Reader for WebAnnoReader {
    fn head(&self) -> &DatasetHead {
        self.names.head()
    }

    fn next(&mut self, copies: &mut CopyCounter) -> Option<Result<DocumentRecord, Problem>> {
        let file = self.file.take()?;
        let (text, layer, metadata) = match document(&file, &self.annotator) {
            Ok(found) => found,
            Err(problem) => return Some(Err(problem.within(&*self.stem))),
        };
        let mut record = DocumentRecord::found(text, None, &self.stem, copies);
        record.metadata = metadata;
        if !layer.spans.is_empty() {
            record.layers.push(layer);
        }
        self.names.adopt(&mut record);
        Some(Ok(record))
    }
}

type Found = (String, LayerRecord, BTreeMap<String, String>);

/// The document that a file is.
fn document(file: &str, annotator: &Annotator) -> Result<Found, Problem> {
    // Whoever saved the file on Windows may have changed every end of a line.
    let mut raw = file.split('\n');
    let broken = raw.next().is_some_and(|line| line.ends_with('\r'));
    let mut lines = (1_u64..).zip(file.split('\n')).map(|(number, line)| {
        let line = if broken {
            line.strip_suffix('\r').unwrap_or(line)
        } else {
            line
        };
        (number, line)
    });
    let first = lines.next().map_or("", |(_, line)| line);
    let mut header = Header::of(first).map_err(|reason| Problem::at(1, reason))?;
    let mut body = Body::default();
    let mut declaring = true;
    for (number, line) in lines {
        declaring &= !line.is_empty();
        if declaring && header.declare(line) {
            if header.columns.len() > MOST_COLUMNS {
                let reason = format!("the file has more than {MOST_COLUMNS} columns");
                return Err(Problem::at(number, Reason::Malformed(reason)));
            }
            continue;
        }
        body.line(number, line, &header)
            .map_err(|reason| Problem::at(number, reason))?;
    }
    body.document(&header, annotator)
}

/// The sentences and rows read so far.
#[derive(Default)]
struct Body<'f> {
    text: String,
    /// The text's length in UTF-16 units.
    length: usize,
    /// The text of the sentence that begins with the next token.
    sentence: Option<String>,
    rows: Vec<Row<'f>>,
}

struct Row<'f> {
    line: u64,
    id: &'f str,
    ends: (&'f str, &'f str),
    token: &'f str,
    cells: &'f str,
}

impl<'f> Body<'f> {
    fn line(&mut self, number: u64, line: &'f str, header: &Header<'_>) -> Result<(), Reason> {
        if let Some(text) = line.strip_prefix(TEXT) {
            let text = unescape_text(text, header.java);
            match &mut self.sentence {
                Some(sentence) => {
                    sentence.push('\n');
                    sentence.push_str(&text);
                }
                None => self.sentence = Some(text.into_owned()),
            }
            return Ok(());
        }
        if line.is_empty() {
            // A sentence without tokens.
            return self.close();
        }
        if line.starts_with('#') {
            return Ok(());
        }
        let mut fields = line.splitn(4, '\t');
        let mut field = || fields.next();
        let (Some(id), Some(range), Some(token)) = (field(), field(), field()) else {
            let line = text::quote(line, 60);
            return Err(Reason::Malformed(format!("“{line}” is no row of a token")));
        };
        let cells = field().unwrap_or_default();
        let ends = range.split_once('-').ok_or_else(|| {
            let range = text::quote(range, 40);
            Reason::Malformed(format!("“{range}” is no range"))
        })?;
        if let Some(sentence) = self.sentence.take() {
            let begin = ends.0.parse().map_err(|_| {
                let begin = text::quote(ends.0, 40);
                Reason::Malformed(format!("“{begin}” is no offset"))
            })?;
            let token = unescape_text(token, header.java);
            self.begin(&sentence, &token, begin)?;
        }
        self.rows.push(Row {
            line: number,
            id,
            ends,
            token,
            cells,
        });
        Ok(())
    }

    /// Adds a sentence whose first token begins at a place.
    fn begin(&mut self, sentence: &str, token: &str, begin: usize) -> Result<(), Reason> {
        // Some tools leave white space before the first token.
        let blank = sentence.len() - sentence.trim_start().len();
        let skipped = if token.starts_with(char::is_whitespace) {
            0
        } else {
            blank
        };
        let skipped = sentence.get(..skipped).map_or(0, utf16_len);
        let start = begin.saturating_sub(skipped);
        if start < self.length {
            return Err(Reason::Malformed(format!(
                "the sentence begins at {start}, but the text before it ends at {}",
                self.length
            )));
        }
        let gap = start - self.length;
        self.room(gap)?;
        let broken = gap > 0 && !self.rows.is_empty();
        if broken {
            self.text.push('\n');
        }
        let spaces = gap - usize::from(broken);
        self.text.extend(std::iter::repeat_n(' ', spaces));
        self.length = start;
        self.add(sentence)
    }

    /// Adds the text of a sentence that has no token.
    fn close(&mut self) -> Result<(), Reason> {
        let Some(sentence) = self.sentence.take() else {
            return Ok(());
        };
        if !self.text.is_empty() {
            self.text.push('\n');
            self.length += 1;
        }
        self.add(&sentence)
    }

    fn add(&mut self, sentence: &str) -> Result<(), Reason> {
        self.room(sentence.len())?;
        self.text.push_str(sentence);
        self.length += utf16_len(sentence);
        Ok(())
    }

    fn room(&self, more: usize) -> Result<(), Reason> {
        if more > MAX_TEXT.saturating_sub(self.text.len()) {
            return Err(Reason::TooLarge {
                what: "the text",
                limit: MAX_TEXT,
            });
        }
        Ok(())
    }

    fn document(mut self, header: &Header<'f>, annotator: &Annotator) -> Result<Found, Problem> {
        self.close().map_err(Problem::of_file)?;
        let offsets = Offsets::new(&self.text, Count::Utf16);
        let mut cells = Cells::new(header);
        let mut split = Vec::with_capacity(header.columns.len());
        let mut ids = HashSet::with_capacity(self.rows.len());
        for row in &self.rows {
            let at = |reason| Problem::at(row.line, reason);
            if !ids.insert(row.id) {
                let id = text::quote(row.id, 40);
                return Err(at(Reason::Duplicate { what: "row", id }));
            }
            let unit = row.unit(&offsets, header.java).map_err(at)?;
            split.clear();
            split.extend(row.cells.split('\t').take(header.columns.len()));
            if split.len() < header.columns.len() {
                return Err(at(Reason::Malformed(format!(
                    "the row has {} columns of annotations, but the file has {}",
                    split.len(),
                    header.columns.len()
                ))));
            }
            cells.take(&unit, &split).map_err(at)?;
        }
        let (layer, metadata) =
            cells
                .layer(annotator.clone())
                .map_err(|(line, reason)| match line {
                    0 => Problem::of_file(reason),
                    line => Problem::at(line, reason),
                })?;
        Ok((self.text, layer, metadata))
    }
}

impl<'f> Row<'f> {
    /// Where the row stands, which must be where its token is.
    fn unit(&self, offsets: &Offsets<'_>, java: bool) -> Result<Unit<'f>, Reason> {
        let range = offsets.range(self.ends.0, self.ends.1);
        let range = range.map_err(|error| Reason::Span {
            span: text::quote(self.id, 40),
            error,
        })?;
        let found = range.slice(offsets.text());
        if !java && found != self.token && found != unescape_text(self.token, java) {
            return Err(Reason::Malformed(format!(
                "the file says that “{}” stands at {}-{}, but “{}” stands there",
                text::quote(self.token, 40),
                self.ends.0,
                self.ends.1,
                text::quote(found, 40)
            )));
        }
        Ok(Unit {
            id: self.id,
            range,
            line: self.line,
        })
    }
}

fn utf16_len(text: &str) -> usize {
    text.chars().map(char::len_utf16).sum()
}
