//! Writes what the fuzzer begins with: a few documents of the sample in every format that is written,
//! and the samples that the tests read.

use std::{fs, path::Path};

use hashiya_fuzz::{
    annotation::{Annotator, LabelSet},
    interchange::{CopyCounter, DocumentRecord, FORMATS, Format, ReadOptions, Source},
    promises::files_of,
};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let fuzz = Path::new(env!("CARGO_MANIFEST_DIR"));
    let sample = fs::read(fuzz.join("../assets/sample/sample.ron"))?;
    let open = Format::named("ron")
        .and_then(|format| format.read)
        .ok_or("no reader")?;
    let options = ReadOptions::new(Annotator::imported(), LabelSet::default());
    let mut reader = open(Source::of_bytes("sample.ron", &sample), options)?;
    let mut copies = CopyCounter::default();
    let mut records: Vec<DocumentRecord> = Vec::new();
    while let Some(next) = reader.next(&mut copies) {
        let mut record = next?;
        record.edits.clear();
        shorten(&mut record);
        records.push(record);
    }
    let mut head = reader.head().clone();
    head.edits.clear();
    for format in FORMATS.iter().filter(|format| format.read.is_some()) {
        let corpus = fuzz.join("corpus").join(format.name);
        fs::create_dir_all(&corpus)?;
        let alone = records.iter().map(std::slice::from_ref);
        for (number, records) in alone.chain([&*records]).enumerate() {
            if let Some(files) = files_of(format, &head, records) {
                fs::write(corpus.join(format!("written-{number}")), files.bytes())?;
            }
        }
        for folder in [
            format.name.replace('-', "_"),
            format!("{}_table", format.name),
        ] {
            let samples = fuzz.join("../src/interchange").join(folder).join("samples");
            for entry in fs::read_dir(samples).into_iter().flatten() {
                let path = entry?.path();
                if let Some(name) = path.file_name() {
                    fs::copy(&path, corpus.join(name))?;
                }
            }
        }
    }
    Ok(())
}

/// Leaves the first sentences: a fuzzer finds more in short inputs.
fn shorten(record: &mut DocumentRecord) {
    let end = record.text.floor_char_boundary(400);
    record.text = record.text.get(..end).unwrap_or_default().into();
    for layer in &mut record.layers {
        let text = &record.text;
        layer
            .spans
            .retain(|span| span.data.fragments.check(text).is_ok());
        let spans = &layer.spans;
        let there = |id: &str| spans.iter().any(|span| span.id == id);
        layer
            .relations
            .retain(|relation| there(&relation.from) && there(&relation.to));
    }
}
