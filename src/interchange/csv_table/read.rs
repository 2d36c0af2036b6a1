//! Reads tables of spans, ours and those of others: the columns are known by their names, whatever
//! their order, and where none tells the documents apart, the text does. Columns that mean nothing
//! here become attributes of the row's span, or metadata where the row has none. A document with a
//! wrong row is refused whole.

use std::{
    collections::HashSet,
    io::{BufRead, Cursor, Read as _},
};

use csv::ByteRecord;

use crate::{
    annotation::Annotator,
    interchange::{
        CopyCounter, DatasetHead, DocumentRecord, MAX_TEXT, Names, Offsets, Problem, ReadOptions,
        Reader, Reason, Source, Unit,
    },
};

use super::{
    columns::{Column, Header, delimiter},
    limited::{Limited, Watch},
    row::{Layers, Row},
};

/// How long a first row can be.
const LONGEST_HEADER: u64 = 1 << 16;

/// Opens a table and reads its first row.
pub(in crate::interchange) fn read<'r>(
    source: Source<'r>,
    options: ReadOptions,
) -> Result<Box<dyn Reader + 'r>, Problem> {
    let stem = source.stem().to_owned();
    let mut input = source.input;
    let mut first = Vec::new();
    (&mut input)
        .take(LONGEST_HEADER)
        .read_until(b'\n', &mut first)
        .map_err(Problem::of_file)?;
    let end = memchr::memchr(b'\r', &first).unwrap_or(first.len());
    let delimiter = delimiter(first.get(..end).unwrap_or_default());
    let input: Box<dyn BufRead + 'r> = Box::new(Cursor::new(first).chain(input));
    let mut rows = Rows::new(input, delimiter);
    rows.advance().map_err(|reason| Problem::at(1, reason))?;
    let header = Header::of(&rows.row).map_err(|reason| Problem::at(1, reason))?;
    Ok(Box::new(CsvReader {
        rows,
        header,
        names: options.names(),
        unit: options.unit.unwrap_or(Unit::CodePoints),
        annotator: options.annotator,
        stem,
        seen: HashSet::new(),
        whole: 0,
        line: None,
    }))
}

struct CsvReader<'r> {
    rows: Rows<'r>,
    header: Header,
    names: Names,
    unit: Unit,
    annotator: Annotator,
    /// The title of a document without a line that could be one.
    stem: String,
    /// What `document` said of those that came.
    seen: HashSet<Vec<u8>>,
    /// How many documents came.
    whole: u64,
    line: Option<u64>,
}

/// The rows of a file, one at a time.
struct Rows<'r> {
    csv: csv::Reader<Limited<Box<dyn BufRead + 'r>>>,
    watch: Watch,
    row: ByteRecord,
    /// Whether the row is the first of the next document.
    waiting: bool,
    /// What is wrong with the first row of the next document.
    cut_off: Option<Reason>,
    ended: bool,
}

impl<'r> Rows<'r> {
    fn new(input: Box<dyn BufRead + 'r>, delimiter: u8) -> Self {
        let watch = Watch::default();
        Self {
            csv: csv::ReaderBuilder::new()
                .delimiter(delimiter)
                .has_headers(false)
                .flexible(true)
                .from_reader(Limited::new(input, delimiter, watch.clone())),
            watch,
            row: ByteRecord::new(),
            waiting: false,
            cut_off: None,
            ended: false,
        }
    }

    /// Goes to the next row; `false` behind the last.
    fn advance(&mut self) -> Result<bool, Reason> {
        if self.ended {
            return Ok(false);
        }
        self.watch.allow(MAX_TEXT);
        let found = self.csv.read_byte_record(&mut self.row);
        self.ended = !matches!(found, Ok(true));
        match found {
            Ok(true) if self.watch.is_cut_off() => {
                self.ended = true;
                Err(Reason::CutOff {
                    number: None,
                    whole: 0,
                })
            }
            Ok(more) => Ok(more),
            Err(_) if self.watch.is_used_up() => Err(Reason::TooLarge {
                what: "the row",
                limit: MAX_TEXT,
            }),
            Err(error) => Err(match error.into_kind() {
                csv::ErrorKind::Io(error) => Reason::Io(error),
                other => Reason::Malformed(format!("{other:?}")),
            }),
        }
    }

    fn line(&self) -> u64 {
        self.row.position().map_or(1, csv::Position::line)
    }
}

impl Reader for CsvReader<'_> {
    fn head(&self) -> &DatasetHead {
        self.names.head()
    }

    fn next(&mut self, copies: &mut CopyCounter) -> Option<Result<DocumentRecord, Problem>> {
        if let Some(reason) = self.rows.cut_off.take() {
            return Some(Err(self.cut(reason)));
        }
        if !self.rows.waiting {
            match self.rows.advance() {
                Ok(true) => {}
                Ok(false) => return None,
                Err(reason) => return Some(Err(self.cut(reason))),
            }
        }
        self.rows.waiting = false;
        self.line = Some(self.rows.line());
        let found = self.document();
        let found = found.map(|found| self.record(found, copies));
        self.whole += 1;
        Some(found)
    }

    fn line(&self) -> Option<u64> {
        self.line
    }
}

impl CsvReader<'_> {
    fn record(
        &mut self,
        (begun, layers): (Begun, Layers),
        copies: &mut CopyCounter,
    ) -> DocumentRecord {
        let title = Some(begun.title);
        let mut record = DocumentRecord::found(begun.text, title, &self.stem, copies);
        for (key, value) in begun.metadata {
            record.metadata.entry(key).or_insert(value);
        }
        record.layers = layers.into_records();
        self.names.adopt(&mut record);
        record
    }

    /// The document that begins with the row at hand. The rows of one that is refused are passed
    /// over.
    fn document(&mut self) -> Result<(Begun, Layers), Problem> {
        let first = self.rows.row.clone();
        let line = self.rows.line();
        let row = Row::new(&self.header, &first);
        let named = self.header.has(Column::Document);
        let fresh = !named || self.seen.insert(row.bytes(Column::Document).to_vec());
        let begun = begin(row, fresh);
        let text = begun.as_ref().map_or("", |begun| &*begun.text);
        let offsets = Offsets::new(text, self.unit);
        let mut layers = Layers::default();
        let mut wrong = None;
        loop {
            if begun.is_ok() && wrong.is_none() {
                let row = Row::new(&self.header, &self.rows.row);
                let taken = row.check().and_then(|()| {
                    let span = row.span(&offsets, layers.next_id())?;
                    let Some(span) = span else { return Ok(()) };
                    layers.add(row.annotator(&self.annotator)?, span);
                    Ok(())
                });
                wrong = taken
                    .err()
                    .map(|reason| Problem::at(self.rows.line(), reason));
            }
            match self.rows.advance() {
                Ok(true) if Row::new(&self.header, &self.rows.row).continues(row) => {}
                Ok(more) => {
                    self.rows.waiting = more;
                    break;
                }
                Err(reason @ Reason::CutOff { .. })
                    if !Row::new(&self.header, &self.rows.row).continues(row) =>
                {
                    self.rows.cut_off = Some(reason);
                    break;
                }
                Err(reason) => return Err(self.cut(reason)),
            }
        }
        if let Some(wrong) = wrong {
            return Err(wrong);
        }
        let begun = begun.map_err(|reason| Problem::at(line, reason))?;
        Ok((begun, layers))
    }

    /// A problem that ends the file, inside the document that comes next.
    fn cut(&self, reason: Reason) -> Problem {
        let reason = match reason {
            Reason::CutOff { .. } => Reason::CutOff {
                number: Some(self.whole + 1),
                whole: self.whole,
            },
            other => other,
        };
        Problem::at(self.rows.line(), reason)
    }
}

/// What a first row says of its document.
struct Begun {
    text: String,
    title: String,
    metadata: Vec<(String, String)>,
}

fn begin(row: Row<'_>, fresh: bool) -> Result<Begun, Reason> {
    row.check()?;
    if !fresh {
        let name = row.text(Column::Document)?;
        let said = format!("the rows of document {name} do not stand together; sort the table");
        return Err(Reason::Malformed(said));
    }
    Ok(Begun {
        text: row.text(Column::Text)?.to_owned(),
        title: row.text(Column::Title)?.to_owned(),
        metadata: row.metadata()?,
    })
}
