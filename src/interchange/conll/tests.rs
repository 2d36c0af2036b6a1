//! Columns in and out, and back.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::string_slice,
    reason = "tests"
)]

use crate::{
    annotation::{Annotator, DocumentId, Fragments, LabelId, LabelSet, SpanData, TextHash},
    interchange::{
        CopyCounter, DatasetHead, DocumentRecord, LayerRecord, Problem, ReadOptions, Scheme,
        Source, SpanRecord, WriteOptions, source::memory::Memory,
    },
    text::ByteRange,
};

fn read(file: &[u8]) -> Vec<Result<DocumentRecord, Problem>> {
    let options = ReadOptions::new(Annotator::imported(), LabelSet::default());
    let mut reader = super::read(Source::of_bytes("أخبار.conll", file), options).unwrap();
    let mut copies = CopyCounter::default();
    std::iter::from_fn(|| reader.next(&mut copies)).collect()
}

fn one(file: &str) -> DocumentRecord {
    let mut records = read(file.as_bytes());
    assert_eq!(records.len(), 1);
    records.remove(0).unwrap()
}

/// The spans as `LABEL: text`.
fn spans(record: &DocumentRecord) -> Vec<String> {
    let spans = record.layers.iter().flat_map(|layer| &layer.spans);
    let mut spans: Vec<_> = spans.collect();
    spans.sort_by_key(|span| span.data.fragments.clone());
    let shown = spans.into_iter().map(|span| {
        let text = span.data.fragments.text(&record.text);
        format!("{}: {text}", span.data.label)
    });
    shown.collect()
}

/// What is written of a text with spans, given by the texts that they cover.
fn written(text: &str, spans: &[(&str, &str)], scheme: Scheme) -> String {
    let id = DocumentId::new(&TextHash::of(text), 0);
    let mut record = DocumentRecord::new(id, text.into());
    let mut layer = LayerRecord::new(Annotator::imported());
    for (number, (label, covered)) in spans.iter().enumerate() {
        let start = text.find(covered).unwrap();
        let range = ByteRange::new(text, start, start + covered.len()).unwrap();
        let fragments = Fragments::new([range]).unwrap();
        let data = SpanData::new(LabelId::new(label).unwrap(), fragments);
        layer.spans.push(SpanRecord::new(number.to_string(), data));
    }
    record.layers.push(layer);
    let mut out = Memory::named("a.conll");
    let options = WriteOptions {
        scheme,
        ..WriteOptions::default()
    };
    let mut writer = super::write(&mut out, &DatasetHead::default(), &options).unwrap();
    writer.document(&record).unwrap();
    writer.finish().unwrap();
    String::from_utf8(out.only()).unwrap()
}

#[test]
fn a_clitic_outside_a_span_is_a_token_outside_it() {
    let file = written(
        "👍🏽 قال وسيرغي نعم.  لا\n",
        &[("Person Name", "سيرغي نعم"), ("PER", "سيرغي")],
        Scheme::Iob2,
    );
    assert_eq!(
        file,
        "-DOCSTART- -X- O O\n\n\
        👍🏽\t0-2\t_\tO\tO\n\
        قال\t3-6\t_\tO\tO\n\
        و\t7-8\tSpaceAfter=No\tO\tO\n\
        سيرغي\t8-13\t_\tB-Person\\sName\tB-PER\n\
        نعم\t14-17\tSpaceAfter=No\tI-Person\\sName\tO\n\
        .\t17-18\tSpacesAfter=\\s\\s\tO\tO\n\n\
        لا\t20-22\tSpacesAfter=\\n\tO\tO\n\n"
    );
    let back = one(&file);
    assert_eq!(&*back.text, "👍🏽 قال وسيرغي نعم.  لا\n");
    assert_eq!(spans(&back), ["PER: سيرغي", "Person Name: سيرغي نعم"]);
}

#[test]
fn white_space_at_the_edges_comes_back() {
    let file = written("\n a\u{2028}b\\n ", &[("X", "\u{2028}b")], Scheme::Iobes);
    assert!(
        file.contains("␣\t3-4\tRaw=\\u{2028}|SpaceAfter=No\tB-X\n"),
        "{file}"
    );
    assert_eq!(&*one(&file).text, "\n a\u{2028}b\\n ");
    assert_eq!(spans(&one(&file)), ["X: \u{2028}b"]);
    assert_eq!(&*one(&written(" \n", &[], Scheme::Iob2)).text, " \n");
    assert_eq!(&*one(&written("", &[], Scheme::Iob2)).text, "");
    let windows = file.replace('\n', "\r\n");
    assert_eq!(&*one(&windows).text, "\n a\u{2028}b\\n ");
}

#[test]
fn conll_2003_is_read() {
    let file = "-DOCSTART- -X- -X- O\n\nEU NNP B-NP I-ORG\nrejects VBZ B-VP O\nGerman JJ B-NP I-MISC\ncall NN I-NP I-MISC\nBoers NNP I-NP B-MISC\n. . O O\n\n\
        Peter NNP B-NP I-PER\nBlackburn NNP I-NP I-PER\n\n-DOCSTART- -X- -X- O\n\n# # B-NP O\n1 CD I-NP O\n";
    let records = read(file.as_bytes());
    let [first, second] = &*records else { panic!() };
    let (first, second) = (first.as_ref().unwrap(), second.as_ref().unwrap());
    assert_eq!(
        &*first.text,
        "EU rejects German call Boers .\nPeter Blackburn"
    );
    assert_eq!(
        spans(first),
        [
            "ORG: EU",
            "MISC: German call",
            "MISC: Boers",
            "PER: Peter Blackburn"
        ]
    );
    assert_eq!(&*second.text, "# 1");
    assert_eq!(second.title, "# 1");
}

#[test]
fn files_without_starts_and_with_other_columns_are_read() {
    let two = "\u{FEFF}قال O\r\nسيرغي B-PER\r\nلافروف\tE-PER\r\nهنا S-LOC\r\n\r\n# O\r\n";
    let two = one(two);
    assert_eq!(&*two.text, "قال سيرغي لافروف هنا\n#");
    assert_eq!(spans(&two), ["PER: سيرغي لافروف", "LOC: هنا"]);

    let germeval = "#\thttp://de.wikipedia.org/wiki/X [2009-10-17]\n1\tDie\tO\tO\n2\tUniversität\tB-ORG\tO\n3\tKöln\tI-ORG\tB-LOC\n\n#\tn\n1\tJa\tO\tO\n";
    let germeval = one(germeval);
    assert_eq!(&*germeval.text, "Die Universität Köln\nJa");
    assert_eq!(spans(&germeval), ["ORG: Universität Köln", "LOC: Köln"]);

    let studio = "-DOCSTART- -X- O\nJo -X- _ B-PER\nsaid -X- _ O\n\n";
    assert_eq!(spans(&one(studio)), ["PER: Jo"]);
    assert!(read(b"").is_empty() && read(b"\n\n").is_empty());
}

#[test]
fn what_is_wrong_is_said_with_its_line_and_refuses_its_document_only() {
    let bad = [
        ("a\t0-1\t_\tX-PER\n", "line 2: “X-PER” is no tag"),
        (
            "a\t0-1\t_\tO\nb\t3-4\t_\tO\n",
            "line 3: the token stands at 2-3",
        ),
        ("a\t5-6\t_\tO\n", "line 2: the token stands at 0-1"),
        ("a O\nalone\n", "line 3: “alone” has too few"),
        ("a\t0-1\t_\tB-\\n\n", "span 1: its label"),
        ("\t0-0\t_\tO\n", "the token is empty"),
    ];
    for (lines, message) in bad {
        let file = format!("-DOCSTART-\n{lines}more\n-DOCSTART-\nok B-X\n");
        let records = read(file.replace("more\n", "").as_bytes());
        let said = records[0].as_ref().unwrap_err().to_string();
        assert!(said.contains(message), "{lines}: {said}");
        assert_eq!(spans(records[1].as_ref().unwrap()), ["X: ok"]);
    }
    let said = |bytes: &[u8]| read(bytes)[0].as_ref().unwrap_err().to_string();
    assert_eq!(said(b"a O\n\xFF O\n"), "line 2: byte 0 is not UTF-8");
    let wide = format!("a{}\n", "\tO".repeat(5000));
    assert!(said(wide.as_bytes()).contains("columns"));
}

#[test]
fn a_file_is_known_by_its_first_line() {
    for start in [
        "-DOCSTART- -X-",
        "EU NNP B-NP B-ORG\nx",
        "# id 1\n# text\n1\tDie\tO\n",
        "",
    ] {
        assert!(super::sniff(start.as_bytes()), "{start}");
    }
    for start in [
        "{\"a\": 1}",
        "#FORMAT=WebAnno TSV 3.3\n\n\n#Text=a\n1-1\t0-1\ta\t_\t\n",
        "1\tDie\tdie\tDET\t_\n",
    ] {
        assert!(!super::sniff(start.as_bytes()), "{start}");
    }
}

#[test]
fn numbers_before_tokens_with_two_tags_need_no_comment() {
    let record = one("1\tقال\tO\tO\n2\tسمير\tB-PER\tO\n3\tعبد\tI-PER\tB-LOC\n");
    assert_eq!(&*record.text, "قال سمير عبد");
    assert_eq!(spans(&record), ["PER: سمير عبد", "LOC: عبد"]);
}
