//! Reading a file through without bringing it in: what `inspect` and the preview of an import see of
//! it, a document at a time; and what is told of a file that is refused, there and in an import.

use std::{collections::BTreeMap, ops::ControlFlow, path::Path};

use crate::{
    annotation::{Annotator, LabelSet},
    files::FileError,
    interchange::{self, CopyCounter, DatasetHead, DocumentRecord, Format, ReadOptions, Source},
    text::TextEncoding,
};

use super::{
    super::Problem,
    input::{Input, Opened},
};

/// Something that is met in a file.
pub(super) enum Found<'f> {
    /// It is read as this.
    Format(&'static Format),
    /// A document. Its names are the file's own.
    Document {
        head: &'f DatasetHead,
        record: &'f DocumentRecord,
        line: Option<u64>,
    },
    /// Something that is refused.
    Problem(Problem),
    /// It is of another kind, and was found in a folder.
    PassedOver,
}

/// What is done with what is met, and whether to read on.
pub(super) type Visit<'v> = dyn FnMut(Found<'_>) -> ControlFlow<()> + 'v;

/// Options by which names stay the file's own.
pub(super) fn options(encoding: Option<TextEncoding>) -> ReadOptions {
    ReadOptions {
        encoding,
        ..ReadOptions::new(Annotator::imported(), LabelSet::default())
    }
}

/// Reads a file, or a folder that is one dataset.
pub(super) fn read(
    input: &Input,
    forced: Option<&'static Format>,
    options: ReadOptions,
    visit: &mut Visit<'_>,
) -> ControlFlow<()> {
    let path = &input.path;
    let opened = input.open(forced, |format, source| {
        documents(path, format, source, options, visit)
    });
    match opened {
        Opened::Read(flow) => flow,
        Opened::PassedOver | Opened::Link => visit(Found::PassedOver),
        Opened::Refused(reason) => visit(Found::Problem(place(path, None, reason))),
    }
}

fn documents(
    path: &Path,
    format: &'static Format,
    source: Source<'_>,
    options: ReadOptions,
    visit: &mut Visit<'_>,
) -> ControlFlow<()> {
    visit(Found::Format(format))?;
    let Some(open) = format.read else {
        let reason = format!("{} is written, but not read", format.title);
        return visit(Found::Problem(place(path, None, reason)));
    };
    let mut reader = match open(source, options) {
        Ok(reader) => reader,
        Err(problem) => return visit(Found::Problem(refused(path, &problem))),
    };
    let mut copies = CopyCounter::default();
    while let Some(next) = reader.next(&mut copies) {
        match next {
            Ok(record) => visit(Found::Document {
                line: reader.line(),
                head: reader.head(),
                record: &record,
            })?,
            Err(problem) => visit(Found::Problem(refused(path, &problem)))?,
        }
    }
    ControlFlow::Continue(())
}

/// A problem of a reader, with its file.
pub(super) fn refused(path: &Path, problem: &interchange::Problem) -> Problem {
    let document = problem.document.as_ref();
    let document = document.map_or_else(String::new, |name| format!("document {name}: "));
    let hint = problem.hint();
    let hint = hint.map_or_else(String::new, |hint| format!(" ({hint})"));
    let reason = format!("{document}{}{hint}", problem.reason);
    place(path, problem.line, reason)
}

/// Something about a place in a file.
pub(super) fn place(path: &Path, line: Option<u64>, reason: String) -> Problem {
    Problem {
        file: path.to_owned(),
        line: line.and_then(|line| usize::try_from(line).ok()),
        reason,
    }
}

/// A file that cannot be read at all.
pub(super) fn of_file(error: &FileError) -> Problem {
    place(error.path(), None, format!("{error} ({})", error.hint()))
}

/// What was passed over in a folder, by the endings of its names: `3 files passed over (2 .docx, 1 .pdf)`.
pub fn passed_over<'p>(paths: impl IntoIterator<Item = &'p Path>) -> String {
    let (mut all, mut endings) = (0, BTreeMap::<String, usize>::new());
    for path in paths {
        let ending = path.extension().map(|ending| ending.to_string_lossy());
        let ending = ending.map_or_else(|| "without an ending".to_owned(), |it| format!(".{it}"));
        *endings.entry(ending).or_default() += 1;
        all += 1;
    }
    let mut counted: Vec<(String, usize)> = endings.into_iter().collect();
    counted.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    let counted: Vec<String> = counted
        .into_iter()
        .map(|(ending, count)| format!("{count} {ending}"))
        .collect();
    let files = if all == 1 { "file" } else { "files" };
    format!("{all} {files} passed over ({})", counted.join(", "))
}
