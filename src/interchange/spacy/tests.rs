//! What spaCy writes, what spaCy would not take, and what is refused.

#![allow(
    clippy::unwrap_used,
    clippy::string_slice,
    clippy::panic,
    reason = "tests"
)]

use std::io::Write as _;

use flate2::{Compression, write::ZlibEncoder};
use rmp::encode;

use super::{attribute, hash::number_of, unpack::Bin};
use crate::{
    annotation::{Annotator, DocumentId, Fragments, LabelId, LabelSet, SpanData, TextHash},
    interchange::{
        CopyCounter, DatasetHead, DocumentRecord, LayerRecord, Problem, ReadOptions, Source,
        SpanRecord, WriteOptions, default_label_set, source::memory::Memory,
    },
    text::ByteRange,
};

/// Written by spaCy 3.8 with all columns: groups, entities, categories, data, odd white space.
const WHOLE: &[u8] = include_bytes!("samples/whole.spacy");
/// Columns that spaCy wrote, in another order and without groups, where spaces are unknown.
const COLUMNS: &[u8] = include_bytes!("samples/columns.spacy");

fn read(file: &[u8]) -> Result<Vec<Result<DocumentRecord, Problem>>, Problem> {
    let options = ReadOptions::new(Annotator::imported(), LabelSet::default());
    let mut reader = super::read(Source::of_bytes("a.spacy", file), options)?;
    let mut copies = CopyCounter::default();
    Ok(std::iter::from_fn(|| reader.next(&mut copies)).collect())
}

fn spans(record: &DocumentRecord) -> Vec<String> {
    let layers = record.layers.iter();
    layers
        .flat_map(|layer| {
            layer
                .spans
                .iter()
                .map(|span| (&layer.annotator, &span.data))
        })
        .map(|(annotator, data)| {
            let text = data.fragments.text(&record.text);
            let attributes: Vec<_> = data.attributes.iter().collect();
            format!("{annotator}, {}: {text} {attributes:?}", data.label)
        })
        .collect()
}

#[test]
fn what_spacy_writes_is_read() {
    let records: Vec<_> = read(WHOLE)
        .unwrap()
        .into_iter()
        .map(Result::unwrap)
        .collect();
    let texts: Vec<&str> = records.iter().map(|record| &*record.text).collect();
    assert_eq!(texts, ["قال  سيرغي😀:\n «PERSON لا» x", "", "  a b "]);
    let nobody = Annotator::imported();
    assert_eq!(
        spans(&records[0]),
        [
            format!("{nobody}, quote: قال  سيرغي😀 []"),
            format!("{nobody}, PERSON: سيرغي [(\"kb_id\", \"Q1\")]"),
            format!("{nobody}, حدث: «PERSON []"),
            "amal, quote: سيرغي😀: [(\"id\", \"s1\")]".to_owned(),
            "loose, loose: قال []".to_owned(),
        ]
    );
    let metadata: Vec<_> = records[0]
        .metadata
        .iter()
        .map(|(k, v)| format!("{k}={v}"))
        .collect();
    assert_eq!(
        metadata,
        ["cats={\"news\":1.0}", "n=7", "source=وكالة", "url=http://a"]
    );
    assert!(records[2].layers.is_empty() && records[2].metadata.is_empty());
    assert!(super::sniff(WHOLE) && super::sniff(COLUMNS) && super::sniff(&WHOLE[..200]));
    assert!(!super::sniff(b"x\x9c") && !super::sniff(b"{}"));
}

#[test]
fn columns_may_stand_in_any_order() {
    let records = read(COLUMNS).unwrap();
    let first = records[0].as_ref().unwrap();
    assert_eq!(&*first.text, "قال سيرغي X ");
    let nobody = Annotator::imported();
    assert_eq!(
        spans(first),
        [
            format!("{nobody}, PER: سيرغي []"),
            format!("{nobody}, ORG: X []")
        ]
    );
    assert_eq!(records.len(), 2);
}

/// A file of one document `a b` with this group of spans.
fn made(spans: &[Vec<u8>], lengths: &[i32]) -> Vec<u8> {
    let mut group = Vec::new();
    encode::write_map_len(&mut group, 3).unwrap();
    encode::write_str(&mut group, "name").unwrap();
    encode::write_str(&mut group, "amal").unwrap();
    encode::write_str(&mut group, "attrs").unwrap();
    encode::write_map_len(&mut group, 0).unwrap();
    encode::write_str(&mut group, "spans").unwrap();
    encode::write_array_len(&mut group, spans.len() as u32).unwrap();
    for span in spans {
        encode::write_bin(&mut group, span).unwrap();
    }
    let mut groups = Vec::new();
    encode::write_array_len(&mut groups, 1).unwrap();
    encode::write_bin(&mut groups, &group).unwrap();
    let mut file = Vec::new();
    encode::write_map_len(&mut file, 6).unwrap();
    encode::write_str(&mut file, "attrs").unwrap();
    encode::write_array_len(&mut file, 1).unwrap();
    encode::write_uint(&mut file, attribute::ORTH).unwrap();
    encode::write_str(&mut file, "tokens").unwrap();
    let words = ["a", "b"].map(|word| number_of(word).to_le_bytes());
    encode::write_bin(&mut file, &words.concat()).unwrap();
    encode::write_str(&mut file, "spaces").unwrap();
    encode::write_bin(&mut file, &[1, 0]).unwrap();
    encode::write_str(&mut file, "lengths").unwrap();
    let lengths: Vec<u8> = lengths.iter().flat_map(|it| it.to_le_bytes()).collect();
    encode::write_bin(&mut file, &lengths).unwrap();
    encode::write_str(&mut file, "strings").unwrap();
    encode::write_array_len(&mut file, 3).unwrap();
    for text in ["a", "b", "quote"] {
        encode::write_str(&mut file, text).unwrap();
    }
    encode::write_str(&mut file, "span_groups").unwrap();
    encode::write_array_len(&mut file, 1).unwrap();
    encode::write_bin(&mut file, &groups).unwrap();
    packed(&file)
}

fn packed(bytes: &[u8]) -> Vec<u8> {
    let mut packed = ZlibEncoder::new(Vec::new(), Compression::fast());
    packed.write_all(bytes).unwrap();
    packed.finish().unwrap()
}

/// A span as spaCy packed it before version 3.3.
fn span(label: &str, first: i32, behind: i32) -> Vec<u8> {
    let numbers = [0, number_of(label)].map(u64::to_be_bytes).concat();
    let places = [first, behind, 0, 0].map(i32::to_be_bytes).concat();
    [numbers, places].concat()
}

#[test]
fn groups_of_older_versions_are_read() {
    let file = made(&[span("quote", 0, 2), span("quote", 1, 2)], &[2]);
    let records = read(&file).unwrap();
    let read = spans(records[0].as_ref().unwrap());
    assert_eq!(read, ["amal, quote: a b []", "amal, quote: b []"]);
}

#[test]
fn a_span_that_is_none_refuses_its_document() {
    let told = |bad: Vec<u8>| {
        let records = read(&made(&[bad], &[2])).unwrap();
        records[0].as_ref().unwrap_err().to_string()
    };
    for (first, behind) in [(1, 3), (-1, 1), (1, 1), (1, 0), (i32::MIN, i32::MAX)] {
        let said = format!(
            "document number 1: span 1: {first} to {behind} is no range of a text of 2 tokens"
        );
        assert_eq!(told(span("quote", first, behind)), said);
    }
    assert_eq!(
        told(span("other", 0, 1)),
        "document number 1: the label of span 1 is not in `strings`"
    );
    assert_eq!(
        told(vec![0; 7]),
        "document number 1: span 1 is no packed span"
    );
}

#[test]
fn a_file_whose_columns_do_not_fit_is_refused() {
    for lengths in [&[1][..], &[3], &[-1, 3], &[i32::MAX, i32::MAX]] {
        assert!(read(&made(&[], lengths)).is_err(), "{lengths:?}");
    }
    for bytes in [
        &b"\x81\xA6tokens\xC6\xFF\xFF\xFF\xFF"[..],
        b"\x82\xA5attrs\x90\xA6tokens\xC4\x00",
        b"\xDF\xFF\xFF\xFF\xFF\xA1a\xDD\xFF\xFF\xFF\xFF",
        b"\x81\xA4cats\xDC\xFF\xFF",
        b"\x81\xA1a\xA1\xFF",
        b"\x90",
        b"",
    ] {
        assert!(read(&packed(bytes)).is_err(), "{bytes:?}");
    }
    assert!(read(&packed(b"\x81\xA5attrs\x91\x41")).unwrap().is_empty());
    assert!(read(b"").is_err() && read(b"PK").is_err());
}

#[test]
fn a_damaged_file_is_refused_and_never_panics() {
    for cut in 0..WHOLE.len() {
        assert!(read(&WHOLE[..cut]).is_err(), "cut at {cut}");
    }
    for sample in [WHOLE, COLUMNS] {
        for at in 0..sample.len() {
            let mut file = sample.to_vec();
            file[at] ^= 0x55;
            let _ = read(&file);
        }
        let mut unpacked = Vec::new();
        let mut decoder = flate2::write::ZlibDecoder::new(&mut unpacked);
        decoder.write_all(sample).unwrap();
        decoder.finish().unwrap();
        // What the sum does not find.
        for at in 0..unpacked.len() {
            let mut file = unpacked.clone();
            file[at] ^= 0x81;
            let _ = Bin::read(&*file);
            let _ = read(&packed(&file));
        }
    }
}

#[test]
fn a_bomb_is_not_unpacked() {
    // Lists in lists, deeper than any file has them.
    assert!(read(&packed(&vec![0x91; 1 << 20])).is_err());
    let deep = [b"\x81\xA4cats".to_vec(), vec![0x91; 1 << 20]].concat();
    assert!(read(&packed(&deep)).is_err());
    // Millions of empty values, of which each takes more memory than its byte.
    let mut packed = ZlibEncoder::new(Vec::new(), Compression::fast());
    packed
        .write_all(b"\x81\xA4cats\xDD\xFF\xFF\xFF\xFF")
        .unwrap();
    for _ in 0..40 {
        packed.write_all(&vec![0xC0; 1 << 20]).unwrap();
    }
    let told = read(&packed.finish().unwrap()).unwrap_err().to_string();
    assert!(told.contains("too much memory"), "{told}");
}

#[test]
fn a_bomb_of_one_value_is_refused_by_how_much_it_grows() {
    // A value that nobody asked for, of 300 MB.
    let mut packed = ZlibEncoder::new(Vec::new(), Compression::best());
    packed
        .write_all(b"\x81\xA4cats\xC6\x11\xE1\xA3\x00")
        .unwrap();
    for _ in 0..300 {
        packed.write_all(&vec![0; 1_000_000]).unwrap();
    }
    let packed = packed.finish().unwrap();
    assert!(packed.len() < 400_000);
    let told = read(&packed).unwrap_err().to_string();
    assert!(told.contains("hundreds of times"), "{told}");
}

/// A text in which `[…]` marks spans, written and unpacked: the tokens of its entities.
fn entities(marked: &str) -> Vec<(usize, usize)> {
    let (mut text, mut open, mut marks) = (String::new(), Vec::new(), Vec::new());
    for ch in marked.chars() {
        match ch {
            '[' => open.push(text.len()),
            ']' => marks.push((open.pop().unwrap(), text.len())),
            _ => text.push(ch),
        }
    }
    let mut layer = LayerRecord::new(Annotator::imported());
    for (start, end) in marks {
        let range = ByteRange::new(&text, start, end).unwrap();
        let fragments = Fragments::checked(&text, [range]).unwrap();
        let data = SpanData::new(LabelId::new("PERSON").unwrap(), fragments);
        layer.spans.push(SpanRecord::new(start.to_string(), data));
    }
    let id = DocumentId::new(&TextHash::of(&text), 0);
    let mut record = DocumentRecord::new(id, text.into());
    record.layers.push(layer);
    let head = DatasetHead {
        labels: default_label_set(),
        edits: Vec::new(),
    };
    let mut files = Memory::named("a.spacy");
    let mut writer = super::write(&mut files, &head, &WriteOptions::default()).unwrap();
    writer.document(&record).unwrap();
    writer.finish().unwrap();
    let file = files.only();
    let bin = Bin::read(flate2::read::ZlibDecoder::new(&*file)).unwrap();
    let entities = bin.entities.iter();
    entities
        .map(|entity| (entity.first, entity.behind))
        .collect()
}

#[test]
fn entities_are_written_where_spacy_can_train_on_them() {
    assert_eq!(entities("قال و[سيرغي] [لا]"), [(2, 3), (3, 4)]);
    assert_eq!(entities("[a  b] c"), [(0, 3)]);
    assert_eq!(entities("[a [b]] c"), []);
    assert_eq!(entities("[a ]b"), []);
}
