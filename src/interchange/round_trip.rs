//! Proves each format on generated datasets: what is written and read again is what `reduce` left,
//! whether the reader knows the labels or meets them for the first time. A format is a line of
//! [`proved!`]: its name, and the options it is written with besides the plain ones.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::needless_update,
    reason = "tests"
)]

use proptest::prelude::*;

use crate::annotation::{Annotator, LabelSet};

use super::{
    CopyCounter, DocumentRecord, Expected, FORMATS, Format, Loss, ReadBack, ReadOptions, Scheme,
    Shape, Source, Unit, WriteOptions, differences,
    generated::{Generated, dataset},
    reduce,
    source::memory::Memory,
};

macro_rules! proved {
    ($($name:ident: $format:literal, [$($options:expr),* $(,)?];)*) => {
        const PROVED: &[&str] = &[$($format),*];

        proptest! {
            #![proptest_config(ProptestConfig::with_cases(64))]
            $(
                #[test]
                fn $name(dataset in dataset()) {
                    for options in [WriteOptions::default(), $($options),*] {
                        prove($format, &options, &dataset);
                    }
                }
            )*
        }
    };
}

proved! {
    ron: "ron", [];
    doccano: "doccano", [
        WriteOptions { unit: Some(Unit::Utf16), ..one("amal") },
        WriteOptions { unit: Some(Unit::Bytes), ..one("يوسف \"y\"") },
    ];
    brat: "brat", [
        WriteOptions { unit: Some(Unit::Utf16), ..one("amal") },
    ];
    label_studio: "label-studio", [
        WriteOptions { unit: Some(Unit::Utf16), ..one("amal") },
    ];
    bioc: "bioc", [
        WriteOptions { unit: Some(Unit::CodePoints), ..one("amal") },
        WriteOptions { unit: Some(Unit::Utf16), ..WriteOptions::default() },
    ];
    bioc_json: "bioc-json", [
        WriteOptions { unit: Some(Unit::CodePoints), ..one("amal") },
    ];
    gate: "gate", [one("amal")];
    web_annotation: "web-annotation", [one("amal")];
    conllu: "conllu", [schemed(Scheme::Iob1), schemed(Scheme::Bilou), schemed(Scheme::Iobes)];
    conll: "conll", [schemed(Scheme::Iob1), schemed(Scheme::Bilou), schemed(Scheme::Iobes)];
    csv_table: "csv", [
        WriteOptions { unit: Some(Unit::Utf16), ..one("amal") },
        columned("text,document,end,start,label", Unit::Bytes),
        columned("label,fragments,quote,start,end,note,document,text,annotator", Unit::CodePoints),
    ];
    parquet: "parquet", [
        WriteOptions { unit: Some(Unit::Utf16), ..one("amal") },
        WriteOptions { unit: Some(Unit::Bytes), ..WriteOptions::default() },
    ];
    uima_xmi: "uima-xmi", [one("amal")];
    uima_json: "uima-json", [one("amal")];
    spacy: "spacy", [one("amal"), one("يوسف \"y\"")];
    webanno: "webanno", [one("amal"), one("يوسف \"y\"")];
    argilla: "argilla", [one("amal"), one("يوسف \"y\"")];
    prodigy: "prodigy", [one("amal"), one("يوسف \"y\"")];
    huggingface: "huggingface", [
        WriteOptions { unit: Some(Unit::Utf16), ..one("amal") },
    ];
    text: "text", [one("amal")];
}

#[test]
fn every_format_that_is_read_and_written_is_proved() {
    let both = |format: &&Format| format.read.is_some() && format.write.is_some();
    let names: Vec<_> = FORMATS
        .iter()
        .filter(both)
        .map(|format| format.name)
        .collect();
    for name in names {
        assert!(PROVED.contains(&name), "{name} has no line of `proved!`");
    }
}

fn one(annotator: &str) -> WriteOptions {
    WriteOptions {
        annotator: Some(Annotator::new(annotator).unwrap()),
        ..WriteOptions::default()
    }
}

fn schemed(scheme: Scheme) -> WriteOptions {
    WriteOptions {
        scheme,
        ..WriteOptions::default()
    }
}

fn columned(names: &str, unit: Unit) -> WriteOptions {
    WriteOptions {
        columns: names.split(',').map(str::to_owned).collect(),
        unit: Some(unit),
        ..WriteOptions::default()
    }
}

fn prove(name: &str, options: &WriteOptions, dataset: &Generated) {
    let format = Format::named(name).unwrap();
    let carries = (format.carries)(options);
    let labels = &dataset.head.labels;
    let mut loss = Loss::default();
    let reduced: Vec<DocumentRecord> = dataset
        .records
        .iter()
        .filter_map(|record| reduce(record.clone(), &carries, options, labels, &mut loss))
        .collect();
    let files = written(format, options, dataset, &reduced);
    for known in [labels.clone(), LabelSet::default()] {
        let expected = Expected::new(carries);
        for record in &reduced {
            expected.add(record, labels);
        }
        let back = read(format, options, known, &files, &expected);
        let missing = expected.missing();
        if back.problems.is_empty() && back.strange == 0 && missing.is_empty() {
            continue;
        }
        let written = missing.first().map(|at| &reduced[*at]);
        let differences = written
            .zip(back.first_strange.first())
            .map(|(written, (read, set))| differences((written, labels), (read, set), &carries));
        panic!(
            "{name}, {options:?}: {:?}, {differences:#?}, missing {missing:?}, {} strange, of {}",
            back.problems,
            back.strange,
            shown(&files)
        );
    }
}

fn written(
    format: &Format,
    options: &WriteOptions,
    dataset: &Generated,
    reduced: &[DocumentRecord],
) -> Memory {
    let mut files = Memory::named(&format!("a.{}", format.endings[0]));
    let open = format.write.unwrap();
    let mut writer = open(&mut files, &dataset.head, options).unwrap();
    for record in reduced {
        writer.document(record).unwrap();
    }
    writer.finish().unwrap();
    files
}

fn read(
    format: &Format,
    options: &WriteOptions,
    labels: LabelSet,
    files: &Memory,
    expected: &Expected,
) -> ReadBack {
    let (mut back, mut copies) = (ReadBack::default(), CopyCounter::default());
    let options = ReadOptions::of_written(options, labels);
    for source in sources(format, files) {
        match format.read.unwrap()(source, options.clone()) {
            Ok(mut reader) => expected.read(&mut *reader, &mut copies, &mut back),
            Err(problem) => back.refuse(&problem),
        }
    }
    back
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

fn shown(files: &Memory) -> String {
    let files = files.files().into_iter();
    let parts = files.map(|(name, bytes)| {
        let mut text = String::from_utf8_lossy(&bytes).into_owned();
        if text.len() > 4000 {
            text = text.chars().take(2000).collect();
        }
        format!("\n== {name}\n{text}")
    });
    parts.collect()
}
