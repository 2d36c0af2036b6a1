//! CoNLL-U in and out, and back.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::string_slice,
    reason = "tests"
)]

use crate::{
    annotation::{Annotator, DocumentId, Fragments, LabelId, LabelSet, SpanData, TextHash},
    interchange::{
        CopyCounter, DatasetHead, DocumentRecord, LayerRecord, Problem, ReadOptions, Source,
        SpanRecord, WriteOptions, source::memory::Memory,
    },
    text::ByteRange,
};

fn read(file: &str) -> Vec<Result<DocumentRecord, Problem>> {
    let options = ReadOptions::new(Annotator::imported(), LabelSet::default());
    let source = Source::of_bytes("أخبار.conllu", file.as_bytes());
    let mut reader = super::read(source, options).unwrap();
    let mut copies = CopyCounter::default();
    std::iter::from_fn(|| reader.next(&mut copies)).collect()
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

#[test]
fn a_word_that_a_span_splits_is_a_multiword_token() {
    let text = "👍🏽 قال وسيرغي نعم.\nلا";
    let id = DocumentId::new(&TextHash::of(text), 0);
    let mut record = DocumentRecord::new(id, text.into());
    "خبر".clone_into(&mut record.title);
    record.metadata.insert("id".to_owned(), "7".to_owned());
    let mut layer = LayerRecord::new(Annotator::imported());
    for (label, covered) in [("Person Name", "سيرغي نعم"), ("PER", "سيرغي")] {
        let start = text.find(covered).unwrap();
        let range = ByteRange::new(text, start, start + covered.len()).unwrap();
        let data = SpanData::new(
            LabelId::new(label).unwrap(),
            Fragments::new([range]).unwrap(),
        );
        layer.spans.push(SpanRecord::new(label.to_owned(), data));
    }
    record.layers.push(layer);
    let mut out = Memory::named("a.conllu");
    let options = WriteOptions::default();
    let mut writer = super::write(&mut out, &DatasetHead::default(), &options).unwrap();
    writer.document(&record).unwrap();
    writer.finish().unwrap();
    let file = String::from_utf8(out.only()).unwrap();
    let line =
        |id: &str, form: &str, misc: &str| format!("{id}\t{form}\t_\t_\t_\t_\t_\t_\t_\t{misc}\n");
    let wanted = [
        "# newdoc id = 7\n# document = {\"title\":\"خبر\",\"metadata\":{\"id\":\"7\"}}\n"
            .to_owned(),
        "# text = 👍🏽 قال وسيرغي نعم.\n".to_owned(),
        line("1", "👍🏽", "start_char=0|end_char=2"),
        line("2", "قال", "start_char=3|end_char=6"),
        line("3-4", "وسيرغي", "_"),
        line("3", "و", "start_char=7|end_char=8"),
        line(
            "4",
            "سيرغي",
            "start_char=8|end_char=13|ner=B-Person\\sName|ner2=B-PER",
        ),
        line(
            "5",
            "نعم",
            "SpaceAfter=No|start_char=14|end_char=17|ner=I-Person\\sName",
        ),
        line("6", ".", "SpacesAfter=\\n|start_char=17|end_char=18"),
        "\n# text = لا\n".to_owned(),
        line("1", "لا", "SpaceAfter=No|start_char=19|end_char=21"),
        "\n".to_owned(),
    ];
    assert_eq!(file, wanted.concat());
    let back = read(&file).remove(0).unwrap();
    assert_eq!((&*back.text, &*back.title), (text, "خبر"));
    assert_eq!(spans(&back), ["PER: سيرغي", "Person Name: سيرغي نعم"]);
}

#[test]
fn others_files_are_read() {
    let file = "\u{FEFF}# newdoc id = weblog-1\r\n# newpar\r\n# meta::genre = news\r\n# sent_id = 1\r\n# text = للحكومة نعم.\r\n\
        1-2\tللحكومة\t_\t_\t_\t_\t_\t_\t_\t_\r\n1\tل\tل\tADP\t_\t_\t2\tcase\t_\t_\r\n2\tالحكومة\t_\t_\t_\t_\t_\t_\t_\tner=S-ORG\r\n\
        3\tنعم\t_\t_\t_\t_\t_\t_\t_\tSpaceAfter=No\r\n3.1\tx\t_\t_\t_\t_\t_\t_\t_\t_\r\n4\t.\t_\t_\t_\t_\t_\t_\t_\t_\r\n\r\n\
        # newpar id = 2\r\n1-2\tdu\t_\t_\t_\t_\t_\t_\t_\t_\r\n1\tde\t_\t_\t_\t_\t_\t_\t_\tNER=B-X\r\n2\tle\t_\t_\t_\t_\t_\t_\t_\tNER=I-X\r\n\r\n\
        1\tfin\t_\t_\t_\t_\t_\t_\t_\tNER=I-X|NE=other\r\n\r\n# newdoc\r\n1\t_\t_\t_\t_\t_\t_\t_\t_\t_\r\n";
    let records = read(file);
    let [first, second] = &*records else { panic!() };
    let (first, second) = (first.as_ref().unwrap(), second.as_ref().unwrap());
    assert_eq!(&*first.text, "للحكومة نعم.\ndu fin");
    assert_eq!(spans(first), ["ORG: لحكومة", "X: du", "X: fin"]);
    assert_eq!(first.metadata.get("id").unwrap(), "weblog-1");
    assert_eq!(first.metadata.get("genre").unwrap(), "news");
    assert_eq!(&*second.text, "_");
    assert!(read("").is_empty());
    assert_eq!(read("1\ta\t_\t_\t_\t_\t_\t_\t_\t_\n").len(), 1);
}

#[test]
fn what_is_wrong_is_said_with_its_line_and_refuses_its_document_only() {
    let rest = "\t_\t_\t_\t_\t_\t_\t_\t";
    let bad = [
        ("1\ta\t_\n".to_owned(), "line 2: “1"),
        (format!("x\ta{rest}_\n"), "line 2: “x"),
        (format!("1-0\ta{rest}_\n"), "line 2: “1-0"),
        (format!("1-99999\ta{rest}_\n"), "line 2: “1-9"),
        (format!("1\ta{rest}ner=PER\n"), "line 2: “PER” is no tag"),
        (
            format!("1-2\tab{rest}_\n1\ta{rest}_\n\n"),
            "1 of its 2 words",
        ),
        (
            format!("1-2\tdu{rest}_\n1\tde{rest}ner=B-X\n2\tle{rest}_\n"),
            "inside “du”",
        ),
        ("# document = {\n".to_owned(), "line 2: "),
    ];
    for (lines, message) in bad {
        let records = read(&format!("# newdoc\n{lines}# newdoc\n1\tok{rest}ner=B-X\n"));
        let said = records[0].as_ref().unwrap_err().to_string();
        assert!(said.contains(message), "{lines}: {said}");
        assert_eq!(spans(records[1].as_ref().unwrap()), ["X: ok"]);
    }
}

#[test]
fn a_file_is_known_by_its_ten_columns() {
    assert!(super::sniff(
        "# newdoc\n1\ta\t_\t_\t_\t_\t_\t_\t_\t_\n".as_bytes()
    ));
    assert!(super::sniff(b""));
    assert!(!super::sniff(b"a\tb\n"));
}
