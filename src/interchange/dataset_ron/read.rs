//! Reads a dataset a document at a time: the lexer finds where each ends, the `ron` crate says what
//! it holds, and no more than one is in memory.

use std::{io::BufRead, sync::Arc};

use serde::de::DeserializeOwned;

use crate::{
    annotation::{Annotator, LabelSet},
    edit::{Change, Edit, LabelSetLog},
    interchange::{
        CopyCounter, DatasetHead, DocumentRecord, MAX_TEXT, Problem, ReadOptions, Reader, Reason,
        Source,
    },
    text::bidi,
};

use super::{
    check,
    lexer::{LexError, Lexer, title_in},
    wire::{DocumentWire, EditWire, FORMAT, OFFSETS, VERSION},
};

/// The largest document in the file, its layers and edits included, in bytes.
const MAX_PIECE: usize = 4 * MAX_TEXT;
const EXPECTED: &str = "a RON dataset of Hashiya";

/// Opens a dataset, reading its head.
pub(in crate::interchange) fn read<'r>(
    source: Source<'r>,
    options: ReadOptions,
) -> Result<Box<dyn Reader + 'r>, Problem> {
    let mut reader = DatasetReader {
        stem: source.stem().to_owned(),
        annotator: options.annotator,
        line: 0,
        lexer: Lexer::new(source.input, MAX_PIECE),
        head: DatasetHead::default(),
        number: 0,
        whole: 0,
        ended: false,
    };
    reader.read_head()?;
    Ok(Box::new(reader))
}

struct DatasetReader<R> {
    lexer: Lexer<R>,
    head: DatasetHead,
    /// The title of a document without a line that could be one.
    stem: String,
    /// Whose the layers are that name nobody.
    annotator: Annotator,
    /// The line at which the document given last begins.
    line: u64,
    /// The document (from 1) that is being read, or was read last.
    number: u64,
    /// How many could be read.
    whole: u64,
    ended: bool,
}

/// What the head says of the file, as it comes.
#[derive(Default)]
struct Declared {
    format: bool,
    version: bool,
}

impl<R: BufRead> Reader for DatasetReader<R> {
    fn head(&self) -> &DatasetHead {
        &self.head
    }

    fn next(&mut self, copies: &mut CopyCounter) -> Option<Result<DocumentRecord, Problem>> {
        if self.ended {
            return None;
        }
        let result = self.next_document(copies).transpose();
        match &result {
            None => self.ended = true,
            Some(Ok(_)) => self.whole += 1,
            Some(Err(problem)) => self.ended = problem.ends_reading(),
        }
        result
    }

    fn line(&self) -> Option<u64> {
        Some(self.line)
    }
}

impl<R: BufRead> DatasetReader<R> {
    fn read_head(&mut self) -> Result<(), Problem> {
        let name = self.lexer.name().map_err(|error| self.broken(error))?;
        if !(name.is_empty() || name == "Dataset") {
            return Err(self.not_this(format!("it holds a {name}")));
        }
        self.lexer
            .demand(b'(')
            .map_err(|error| self.broken(error))?;
        let mut declared = Declared::default();
        while let Some(field) = self.field()? {
            if field == "documents" {
                if !(declared.format && declared.version) {
                    return Err(self.not_this("`format` and `version` must stand first".to_owned()));
                }
                self.lexer
                    .demand(b'[')
                    .map_err(|error| self.broken(error))?;
                return self.check_labels();
            }
            self.head_field(&field, &mut declared)?;
            self.comma()?;
        }
        Err(self.not_this("it has no `documents`".to_owned()))
    }

    /// The name of the next field; `None` at the end of the struct.
    fn field(&mut self) -> Result<Option<String>, Problem> {
        let mut next = || {
            if self.lexer.take(b')')? {
                return Ok(None);
            }
            let name = self.lexer.name()?;
            self.lexer.demand(b':')?;
            Ok(Some(name))
        };
        next().map_err(|error| self.broken(error))
    }

    fn comma(&mut self) -> Result<bool, Problem> {
        self.lexer.take(b',').map_err(|error| self.broken(error))
    }

    fn head_field(&mut self, field: &str, declared: &mut Declared) -> Result<(), Problem> {
        match field {
            "format" => {
                let found: String = self.head_value()?;
                if found != FORMAT {
                    return Err(self.not_this(format!("its format is “{found}”")));
                }
                declared.format = true;
            }
            "version" => {
                let found: u32 = self.head_value()?;
                if found > VERSION {
                    let known = VERSION;
                    return Err(self.here(Reason::Newer { found, known }));
                }
                declared.version = true;
            }
            "offsets" => {
                let found: String = self.head_value()?;
                if found != OFFSETS {
                    return Err(self.not_this(format!("its offsets are “{found}”, not bytes")));
                }
            }
            "labels" => self.head.labels = self.head_value()?,
            "label_edits" | "other_edits" => {
                let edits: Vec<EditWire> = self.head_value()?;
                self.head.edits.extend(edits.into_iter().map(Arc::from));
            }
            // A later version may say more.
            _ => self.pass_over()?,
        }
        Ok(())
    }

    fn pass_over(&mut self) -> Result<(), Problem> {
        let passed = self.lexer.value().map(|_| ());
        passed.map_err(|error| self.broken(error))
    }

    fn head_value<T: DeserializeOwned>(&mut self) -> Result<T, Problem> {
        self.lexer
            .skip_space()
            .map_err(|error| self.broken(error))?;
        let line = self.lexer.line();
        let value = match self.lexer.value() {
            Ok(value) => ron::from_str(value),
            Err(error) => return Err(self.broken(error)),
        };
        value.map_err(|error| {
            Problem::at(
                line + error.span.start.line as u64 - 1,
                Reason::NotThis {
                    expected: EXPECTED,
                    found: error.code.to_string(),
                },
            )
        })
    }

    /// Where the label set has edits, it must be their fold.
    fn check_labels(&mut self) -> Result<(), Problem> {
        let edits = self.head.edits.iter();
        let edits: Vec<_> = edits.filter(|edit| is_of_labels(edit)).cloned().collect();
        if edits.is_empty() {
            return Ok(());
        }
        let log = LabelSetLog::new(edits);
        let folded: &LabelSet = log.state();
        if *folded != self.head.labels {
            return Err(Problem::of_file(Reason::DiffersFromEdits {
                part: "`labels`".to_owned(),
            }));
        }
        Ok(())
    }

    fn next_document(
        &mut self,
        copies: &mut CopyCounter,
    ) -> Result<Option<DocumentRecord>, Problem> {
        if self.lexer.take(b']').map_err(|error| self.broken(error))? {
            self.tail()?;
            return Ok(None);
        }
        self.lexer
            .skip_space()
            .map_err(|error| self.broken(error))?;
        let line = self.lexer.line();
        self.line = line;
        self.number += 1;
        let context = check::Context {
            labels: &self.head.labels,
            annotator: &self.annotator,
            stem: &self.stem,
        };
        let record = self
            .lexer
            .value()
            .map_err(Failed::Lex)
            .and_then(|piece| parse(piece, line, self.number, context, copies));
        let record = match record {
            Ok(record) => Ok(record),
            Err(Failed::Problem(problem)) => Err(problem),
            Err(Failed::Lex(error)) => Err(self.unread(line, error)),
        };
        if record.as_ref().is_err_and(Problem::ends_reading) {
            return record.map(Some);
        }
        if !self.comma()?
            && self
                .lexer
                .skip_space()
                .map_err(|error| self.broken(error))?
                != Some(b']')
        {
            let found = "something between two documents".to_owned();
            return Err(self.broken(LexError::Unexpected(found)));
        }
        record.map(Some)
    }

    /// What stands behind the documents.
    fn tail(&mut self) -> Result<(), Problem> {
        self.comma()?;
        while self.field()?.is_some() {
            self.pass_over()?;
            self.comma()?;
        }
        match self.lexer.skip_space() {
            Ok(None) => Ok(()),
            Ok(Some(byte)) => Err(self.broken(LexError::Unexpected(char::from(byte).to_string()))),
            Err(error) => Err(self.broken(error)),
        }
    }

    /// Why a document has no end or is none.
    fn unread(&self, line: u64, error: LexError) -> Problem {
        let name = name_of(title_in(self.lexer.partial()), self.number);
        Problem::at(line, self.reason(error, Some(self.number))).within(name)
    }

    /// Why the frame around the documents cannot be read.
    fn broken(&self, error: LexError) -> Problem {
        self.here(self.reason(error, None))
    }

    fn reason(&self, error: LexError, number: Option<u64>) -> Reason {
        let whole = self.whole;
        match error {
            LexError::Io(error) => Reason::Io(error),
            LexError::Cut => Reason::CutOff { number, whole },
            LexError::Unexpected(found) if self.number == 0 => Reason::NotThis {
                expected: EXPECTED,
                found: format!("“{found}” stands where it should not"),
            },
            LexError::Unexpected(found) => Reason::Broken { found, whole },
            LexError::TooLarge => Reason::TooLarge {
                what: "the document",
                limit: MAX_PIECE,
            },
            LexError::NotUtf8(at) => Reason::NotUtf8 { at },
        }
    }

    fn not_this(&self, found: String) -> Problem {
        self.here(Reason::NotThis {
            expected: EXPECTED,
            found,
        })
    }

    fn here(&self, reason: Reason) -> Problem {
        Problem::at(self.lexer.line(), reason)
    }
}

/// Whether an edit is of the label set.
pub(super) fn is_of_labels(edit: &Edit) -> bool {
    matches!(edit.change, Change::LabelSet(_))
}

/// Why a document cannot be taken.
enum Failed {
    Lex(LexError),
    Problem(Problem),
}

fn parse(
    piece: &str,
    line: u64,
    number: u64,
    context: check::Context<'_>,
    copies: &mut CopyCounter,
) -> Result<DocumentRecord, Failed> {
    let wire: DocumentWire<'_> = ron::from_str(piece).map_err(|error| {
        let line = line + error.span.start.line as u64 - 1;
        let name = name_of(title_in(piece.as_bytes()), number);
        Failed::Problem(Problem::at(line, Reason::Malformed(error.code.to_string())).within(name))
    })?;
    let name = name_of(wire.title.clone(), number);
    check::record(wire, context, copies).map_err(|reason| {
        let line = line + lines_before(piece, &reason);
        Failed::Problem(Problem::at(line, reason).within(name))
    })
}

fn name_of(title: Option<String>, number: u64) -> String {
    match title.filter(|title| !title.trim().is_empty()) {
        Some(title) => format!("“{}”", bidi::isolate(&crate::text::quote(&title, 60))),
        None => number.to_string(),
    }
}

/// How many lines of a document stand before the span or the edit that is at fault.
fn lines_before(piece: &str, reason: &Reason) -> u64 {
    let id = match reason {
        Reason::Span { span, .. } => span.strip_prefix("of edit ").unwrap_or(span),
        Reason::RelationEnd { relation, .. } | Reason::RelationToItself { relation, .. } => {
            relation
        }
        Reason::ForeignEdit { edit } => edit,
        Reason::Duplicate { id, .. } => id,
        _ => return 0,
    };
    let place = piece.find(&format!("id: \"{id}\"")).unwrap_or(0);
    let before = piece.get(..place).unwrap_or_default();
    before.matches('\n').count() as u64
}
