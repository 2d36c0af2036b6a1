//! Exports of formats made for the test: into folders, read back, called off.

#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

use std::fs;

use super::*;
use crate::{
    interchange::{Carries, Choice, Feature, Layers, Outputs, Shape, Writer},
    session::{ImportOptions, import},
    store::Store,
};

/// Writes each text as a file; `cut` takes the last character away.
struct Texts<'w> {
    outputs: &'w mut dyn Outputs,
    cut: bool,
}

impl Writer for Texts<'_> {
    fn document(&mut self, record: &DocumentRecord) -> Result<(), WriteError> {
        let name = self.outputs.free_name(&record.title);
        let mut out = self.outputs.create(&format!("texts/{name}.txt"))?;
        let mut text = record.text.to_string();
        if self.cut {
            text.pop();
        }
        out.write_all(text.as_bytes())?;
        out.flush()?;
        Ok(())
    }

    fn finish(self: Box<Self>) -> Result<(), WriteError> {
        Ok(())
    }
}

/// A format of files, a text each, that is written rightly or not.
fn texts(cut: bool) -> &'static Format {
    let text = Format::named("text").unwrap();
    Box::leak(Box::new(Format {
        name: "texts",
        title: "Texts",
        endings: &["txt"],
        companions: &[],
        shape: Shape::Files,
        unit: None,
        choices: &[],
        carries: |_| Carries {
            layers: Layers::None,
            characters: crate::interchange::Characters::All,
            features: &[Feature::EmptyDocuments],
        },
        sniff: text.sniff,
        read: text.read,
        write: Some(if cut {
            |outputs, _, _| Ok(Box::new(Texts { outputs, cut: true }))
        } else {
            |outputs, _, _| {
                Ok(Box::new(Texts {
                    outputs,
                    cut: false,
                }))
            }
        }),
    }))
}

struct Bench {
    folder: tempfile::TempDir,
    reader: Reader,
    _store: Store,
}

/// A project with these texts, the first of them labelled by amal.
fn bench(documents: &[&str]) -> Bench {
    let folder = tempfile::tempdir().unwrap();
    let lines: Vec<String> = documents
        .iter()
        .map(|text| serde_json::json!({"text": text, "label": [[0, 1, "A"]]}).to_string())
        .collect();
    let path = folder.path().join("a.jsonl");
    fs::write(&path, lines.join("\n")).unwrap();
    let mut store = Store::create(&folder.path().join("p.hashiya"), &[]).unwrap();
    let reader = store.reader().unwrap();
    let amal = Annotator::new("amal").unwrap();
    let options = ImportOptions::new(amal.clone(), amal);
    let progress = Progress::default();
    let done = import(
        &mut store,
        &reader,
        vec![path],
        &options,
        &progress,
        &mut |_| (),
    );
    assert!(done.unwrap().problems.is_empty());
    Bench {
        folder,
        reader,
        _store: store,
    }
}

fn run(
    bench: &Bench,
    out: &str,
    options: &ExportOptions,
    progress: &Progress,
) -> Result<Report, ExportError> {
    let target = Target::Path(bench.folder.path().join(out));
    export(&bench.reader, &target, options, progress)
}

#[test]
fn a_folder_gets_safe_names_and_is_read_back() {
    let bench = bench(&["../خبر", "..\\خبر", "خبر\n", "CON"]);
    let options = ExportOptions::new(texts(false));
    let report = run(&bench, "out", &options, &Progress::default()).unwrap();
    assert_eq!(
        (report.documents, report.files, report.differing),
        (4, 4, 0)
    );
    let mut names: Vec<String> = fs::read_dir(bench.folder.path().join("out/texts"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    assert_eq!(names, ["_CON.txt", "خبر (2).txt", "خبر (3).txt", "خبر.txt"]);
    let loss = forecast(&bench.reader, &options, &Progress::default()).unwrap();
    assert_eq!(loss, report.loss, "the forecast is what came");
}

#[test]
fn what_differs_when_read_back_is_told() {
    let bench = bench(&["خبر أول", "خبر ثان"]);
    let mut options = ExportOptions::new(texts(true));
    let report = run(&bench, "out", &options, &Progress::default()).unwrap();
    assert_eq!(report.differing, 2);
    assert_eq!(report.differences.len(), 2);
    assert!(
        report.differences[0].what.contains("the text is"),
        "{report:?}"
    );
    options.strict = true;
    let error = run(&bench, "strict", &options, &Progress::default()).unwrap_err();
    assert!(matches!(error, ExportError::Lossy(_)), "{error}");
    assert!(!bench.folder.path().join("strict").exists());
}

#[test]
fn what_is_called_off_or_cannot_be_leaves_nothing() {
    let bench = bench(&["خبر"]);
    let names = || fs::read_dir(bench.folder.path()).unwrap().count();
    let before = names();
    let progress = Progress::default();
    progress.cancel();
    for format in [texts(false), Format::named("ron").unwrap()] {
        let error = run(&bench, "out", &ExportOptions::new(format), &progress).unwrap_err();
        assert!(matches!(error, ExportError::Cancelled), "{error}");
    }
    let options = ExportOptions {
        unit: Some(Unit::Utf16),
        ..ExportOptions::new(texts(false))
    };
    assert!(!options.format.choices.contains(&Choice::Unit));
    let error = run(&bench, "out", &options, &Progress::default()).unwrap_err();
    assert!(
        error.is_usage() && error.to_string().contains("a unit"),
        "{error}"
    );
    let options = ExportOptions::new(texts(false));
    let error = export(
        &bench.reader,
        &Target::Standard,
        &options,
        &Progress::default(),
    );
    assert!(matches!(error, Err(ExportError::NotOneFile(_))));
    assert_eq!(names(), before);
}

#[test]
fn a_model_is_nobody_whose_spans_are_written() {
    let bench = bench(&["خبر"]);
    let options = ExportOptions {
        annotators: vec![Annotator::prediction("bert").unwrap()],
        ..ExportOptions::new(Format::named("doccano").unwrap())
    };
    let error = run(&bench, "o.jsonl", &options, &Progress::default()).unwrap_err();
    assert!(matches!(error, ExportError::NoAnnotator(..)), "{error}");
}
