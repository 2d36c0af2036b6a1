//! Parquet as others write it, and what is refused.

#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

use crate::{
    annotation::{Annotator, LabelSet},
    interchange::{CopyCounter, DocumentRecord, Problem, ReadOptions, Source},
};

/// Written by Hugging Face's `datasets` 5.2: labels are classes, packed with snappy.
const DATASETS: &[u8] = include_bytes!("samples/datasets.parquet");
/// Written by pyarrow 26: wide texts, dictionaries, a span that is none, a row without a text.
const PYARROW: &[u8] = include_bytes!("samples/pyarrow.parquet");

fn read(file: &[u8]) -> Result<Vec<Result<DocumentRecord, Problem>>, Problem> {
    let options = ReadOptions::new(Annotator::imported(), LabelSet::default());
    let mut reader = super::read(Source::of_bytes("a.parquet", file), options)?;
    let mut copies = CopyCounter::default();
    Ok(std::iter::from_fn(|| reader.next(&mut copies)).collect())
}

fn spans(record: &DocumentRecord) -> Vec<String> {
    let layer = record.layers.first().unwrap();
    let spans = layer.spans.iter();
    spans
        .map(|span| {
            format!(
                "{}: {}",
                span.data.label,
                span.data.fragments.text(&record.text)
            )
        })
        .collect()
}

#[test]
fn what_datasets_writes_is_read() {
    let records = read(DATASETS).unwrap();
    let first = records[0].as_ref().unwrap();
    assert_eq!(spans(first), ["PER: سيرغي", "حدث: قال سيرغي"]);
    assert_eq!(first.layers[0].annotator, Annotator::imported());
    let metadata: Vec<_> = first
        .metadata
        .iter()
        .map(|(k, v)| format!("{k}={v}"))
        .collect();
    assert_eq!(metadata, ["doc=7", "score=0.5", "tags=[\"a\",\"b\"]"]);
    let second = records[1].as_ref().unwrap();
    assert!(second.layers.is_empty() && !second.metadata.contains_key("score"));
}

#[test]
fn what_pyarrow_writes_is_read_and_each_bad_row_is_told() {
    let records = read(PYARROW).unwrap();
    let first = records[0].as_ref().unwrap();
    assert_eq!(spans(first), ["PER: سيرغي"]);
    assert_eq!(first.metadata["id"], "a");
    let told = |at: usize| records[at].as_ref().unwrap_err().to_string();
    assert_eq!(
        told(1),
        "document number 2: span 1: 2 to 9 is no range of a text of 3 code points"
    );
    assert_eq!(told(2), "document number 3: the document has no `text`");
}

#[test]
fn a_damaged_file_is_refused_and_never_panics_out() {
    for cut in 0..DATASETS.len() {
        assert!(read(&DATASETS[..cut]).is_err(), "cut at {cut}");
    }
    for sample in [DATASETS, PYARROW] {
        for at in (0..sample.len()).step_by(3) {
            let mut file = sample.to_vec();
            file[at] ^= 0x55;
            let _ = read(&file);
        }
    }
    assert!(read(b"PAR1PAR1").is_err());
}
