//! The folder's layout, and what is wrong in one of its files.

#![allow(clippy::unwrap_used, clippy::string_slice, reason = "tests")]

use std::sync::Arc;

use crate::{
    annotation::{Annotator, DocumentId, LabelSet, TextHash},
    interchange::{
        CopyCounter, DatasetHead, DocumentRecord, ReadOptions, Source, Split, WriteOptions,
        default_label_set, source::memory::Memory,
    },
};

fn written(count: usize, split: &str) -> Memory {
    let records: Vec<DocumentRecord> = (0..count)
        .map(|number| {
            let text = format!("خبر {number}");
            let id = DocumentId::new(&TextHash::of(&text), 0);
            DocumentRecord::new(id, text.into())
        })
        .collect();
    let split: Split = split.parse().unwrap();
    let options = WriteOptions {
        parts: Arc::new(split.of(records.iter().map(|it| (it.id, TextHash::of(&it.text))), 7)),
        ..WriteOptions::default()
    };
    let head = DatasetHead {
        labels: default_label_set(),
        edits: Vec::new(),
    };
    let mut files = Memory::named("dataset");
    let mut writer = super::write(&mut files, &head, &options).unwrap();
    for record in &records {
        writer.document(record).unwrap();
    }
    writer.finish().unwrap();
    files
}

fn read(files: &Memory) -> (usize, Vec<String>) {
    let source = Source {
        name: "dataset".to_owned(),
        input: Box::new(&b""[..]),
        folder: Some(files),
    };
    let options = ReadOptions::new(Annotator::imported(), LabelSet::default());
    let mut reader = super::read(source, options).unwrap();
    let (mut documents, mut problems) = (0, Vec::new());
    let mut copies = CopyCounter::default();
    while let Some(next) = reader.next(&mut copies) {
        match next {
            Ok(_) => documents += 1,
            Err(problem) => problems.push(problem.to_string()),
        }
    }
    (documents, problems)
}

#[test]
fn parts_are_files_and_the_card_counts_them() {
    let files = written(20, "80/10/10");
    let names: Vec<String> = files.files().into_keys().collect();
    assert_eq!(
        names,
        [
            "README.md",
            "data/test-00000-of-00001.parquet",
            "data/train-00000-of-00001.parquet",
            "data/validation-00000-of-00001.parquet"
        ]
    );
    assert!(super::sniff(&names) && !super::sniff(&names[1..]));
    let card = String::from_utf8(files.files()["README.md"].clone()).unwrap();
    for said in [
        "split: test\n    path: data/test-00000-of-00001.parquet",
        "counted in code points",
        "- PERSON",
    ] {
        assert!(card.contains(said), "{said} in {card}");
    }
    assert!(card.contains("num_examples: 16\n"));
    assert_eq!(read(&files), (20, Vec::new()));
}

#[test]
fn a_folder_without_documents_has_a_part_for_training() {
    let files = written(0, "80/10/10");
    assert_eq!(files.files().len(), 2);
    assert_eq!(read(&files), (0, Vec::new()));
}

#[test]
fn a_damaged_file_is_told_and_the_others_are_read() {
    let files = written(20, "50/0/50");
    files.put("data/train-00000-of-00001.parquet", "PAR1");
    let (documents, problems) = read(&files);
    assert_eq!((documents, problems.len()), (10, 1));
    assert!(
        problems[0].starts_with("document data/train-00000"),
        "{problems:?}"
    );
}
