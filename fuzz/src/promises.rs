//! What every reader promises, whatever bytes it is given: it ends, refusing or not; what it gives lies
//! inside its text; and what it gave can be written, and comes back.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a broken promise is a panic, which the fuzzer and the tests look for"
)]

use std::collections::HashSet;

use super::memory::Memory;
use crate::{
    annotation::{Annotator, LabelSet},
    interchange::{
        CopyCounter, DatasetHead, DocumentRecord, Expected, Format, Loss, ReadBack, ReadOptions,
        Shape, Source, WriteOptions, differences, notes, reduce,
    },
};

/// How many documents of a file are looked at.
const MOST: usize = 2000;

/// Reads bytes as files of a format and holds what comes of it against the promises.
pub fn keep(format: &str, bytes: &[u8]) {
    let format = Format::named(format).unwrap();
    let Some(open) = format.read else { return };
    let files = Memory::of(&file_name(format), bytes);
    let mut copies = CopyCounter::default();
    let mut records = Vec::new();
    let mut head = DatasetHead::default();
    for source in sources(format, &files) {
        let options = ReadOptions::new(Annotator::imported(), head.labels.clone());
        let Ok(mut reader) = open(source, options) else {
            continue;
        };
        while let Some(next) = reader.next(&mut copies) {
            match next {
                Ok(record) => records.push(record),
                Err(problem) => {
                    assert!(!problem.to_string().is_empty());
                    if problem.ends_reading() {
                        assert!(
                            reader.next(&mut copies).is_none(),
                            "{problem} was not the end"
                        );
                        break;
                    }
                }
            }
            if records.len() >= MOST {
                return;
            }
        }
        head = reader.head().clone();
    }
    for record in &records {
        check(record, &head.labels);
    }
    // A format that carries edits reads them as one whole; its own tests hold them.
    head.edits.clear();
    for record in &mut records {
        record.edits.clear();
    }
    come_back(format, &head, &records);
}

/// What is read lies inside its text, and leads somewhere.
fn check(record: &DocumentRecord, labels: &LabelSet) {
    notes(record);
    for layer in &record.layers {
        let mut ids = HashSet::new();
        for span in &layer.spans {
            assert!(ids.insert(&*span.id), "two spans {}", span.id);
            span.data.fragments.check(&record.text).unwrap();
            assert!(
                labels.get(&span.data.label).is_some(),
                "no label {}",
                span.data.label
            );
        }
        for relation in &layer.relations {
            assert!(ids.contains(&*relation.from) && ids.contains(&*relation.to));
            assert_ne!(relation.from, relation.to);
        }
    }
}

/// What was read can be written, and is read again as it was.
fn come_back(format: &Format, head: &DatasetHead, records: &[DocumentRecord]) {
    let options = WriteOptions::default();
    let carries = (format.carries)(&options);
    let Some(reduced) = reduced(format, head, records) else {
        return;
    };
    let files = written(format, head, &reduced);
    let expected = Expected::new(carries);
    for record in &reduced {
        expected.add(record, &head.labels);
    }
    let (mut back, mut copies) = (ReadBack::default(), CopyCounter::default());
    for source in sources(format, &files) {
        let options = ReadOptions::of_written(&options, head.labels.clone());
        match format.read.unwrap()(source, options) {
            Ok(mut reader) => expected.read(&mut *reader, &mut copies, &mut back),
            Err(problem) => back.refuse(&problem),
        }
    }
    let missing = expected.missing();
    if back.problems.is_empty() && back.strange == 0 && missing.is_empty() {
        return;
    }
    let first = missing.first().map(|at| &reduced[*at]);
    let first = first.zip(back.first_strange.first());
    let differs = first.map(|(written, (read, labels))| {
        differences((written, &head.labels), (read, labels), &carries)
    });
    panic!(
        "{:?}, {differs:#?}, {} missing",
        back.problems,
        missing.len()
    );
}

/// What the format carries; `None` where it is not written.
fn reduced(
    format: &Format,
    head: &DatasetHead,
    records: &[DocumentRecord],
) -> Option<Vec<DocumentRecord>> {
    format.write?;
    let options = WriteOptions::default();
    let carries = (format.carries)(&options);
    let mut loss = Loss::default();
    let records = records.iter().cloned();
    let reduced =
        records.filter_map(|record| reduce(record, &carries, &options, &head.labels, &mut loss));
    Some(reduced.collect())
}

/// The files of these documents in a format, with what it does not carry left out; `None` where it is
/// not written.
pub fn files_of(format: &Format, head: &DatasetHead, records: &[DocumentRecord]) -> Option<Memory> {
    let reduced = reduced(format, head, records)?;
    Some(written(format, head, &reduced))
}

fn written(format: &Format, head: &DatasetHead, reduced: &[DocumentRecord]) -> Memory {
    let mut files = Memory::named(&file_name(format));
    let mut writer = format.write.unwrap()(&mut files, head, &WriteOptions::default()).unwrap();
    for record in reduced {
        writer.document(record).unwrap();
    }
    writer.finish().unwrap();
    files
}

/// The name of the one file, or the first.
fn file_name(format: &Format) -> String {
    format!("a.{}", format.endings[0])
}

/// What a session would open of these files.
fn sources<'f>(format: &Format, files: &'f Memory) -> Vec<Source<'f>> {
    let of = |name: &str, bytes: Vec<u8>| Source {
        name: name.rsplit('/').next().unwrap_or(name).to_owned(),
        input: Box::new(std::io::Cursor::new(bytes)),
        folder: Some(files),
    };
    if format.shape == Shape::Folder {
        return vec![of("folder", Vec::new())];
    }
    let ending = format!(".{}", format.endings[0]);
    let named = files.files().into_iter();
    named
        .filter(|(name, _)| name.ends_with(&ending))
        .map(|(name, bytes)| of(&name, bytes))
        .collect()
}
