//! Tables in and out.

#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

use crate::{
    annotation::{Annotator, Fragments, LabelId, LabelSet, SpanData},
    interchange::{
        CopyCounter, DatasetHead, DocumentRecord, LayerRecord, Problem, ReadOptions, Source,
        SpanRecord, WriteOptions, detect, detect_bytes, source::memory::Memory,
    },
    text::ByteRange,
};

fn read(file: &[u8]) -> Vec<Result<DocumentRecord, Problem>> {
    let options = ReadOptions::new(Annotator::imported(), LabelSet::default());
    let mut reader = match super::read(Source::of_bytes("a.csv", file), options) {
        Ok(reader) => reader,
        Err(problem) => return vec![Err(problem)],
    };
    let mut copies = CopyCounter::default();
    std::iter::from_fn(|| reader.next(&mut copies)).collect()
}

/// What is said of the file's last document.
fn refusal(file: impl AsRef<[u8]>) -> String {
    let last = read(file.as_ref()).pop().unwrap();
    last.unwrap_err().to_string()
}

fn shown(record: &DocumentRecord) -> Vec<String> {
    let spans = record.layers.iter().flat_map(|layer| {
        let annotator = &layer.annotator;
        layer.spans.iter().map(move |span| {
            let data = &span.data;
            let text = data.fragments.text(&record.text);
            format!(
                "{annotator} {}: {text} {:?} {}",
                data.label, data.attributes, data.note
            )
        })
    });
    spans.collect()
}

fn write(name: &str, columns: &[&str]) -> Result<String, String> {
    let text = "قال «نعم»,\nو\"لا\"";
    let record_id = CopyCounter::default().id(&crate::annotation::TextHash::of(text));
    let mut record = DocumentRecord::new(record_id, text.into());
    record.title = "قال".to_owned();
    let mut layer = LayerRecord::new(Annotator::new("amal").unwrap());
    let ranges = [(0, 6), (9, 15)].map(|(a, b)| ByteRange::new(text, a, b).unwrap());
    let data = SpanData::new(
        LabelId::new("CLAIM").unwrap(),
        Fragments::new(ranges).unwrap(),
    );
    layer.spans.push(SpanRecord::new("s".to_owned(), data));
    record.layers.push(layer);
    let mut files = Memory::named(name);
    let options = WriteOptions {
        columns: columns.iter().map(|&name| name.to_owned()).collect(),
        ..WriteOptions::default()
    };
    let mut writer = super::write(&mut files, &DatasetHead::default(), &options)
        .map_err(|error| error.to_string())?;
    writer.document(&record).unwrap();
    writer.finish().unwrap();
    Ok(String::from_utf8(files.only()).unwrap())
}

#[test]
fn a_row_is_a_span_and_the_first_has_the_text() {
    let columns = [
        "document",
        "label",
        "start",
        "end",
        "fragments",
        "quote",
        "text",
    ];
    assert_eq!(
        write("a.csv", &columns).unwrap(),
        "document,label,start,end,fragments,quote,text\n\
         1,CLAIM,0,8,0-3 5-8,قال … نعم,\"قال «نعم»,\nو\"\"لا\"\"\"\n"
    );
    let tabs = write("a.TSV", &columns).unwrap();
    assert!(tabs.starts_with("document\tlabel\tstart"), "{tabs}");
    let records = read(tabs.as_bytes());
    assert_eq!(
        shown(records[0].as_ref().unwrap()),
        ["imported CLAIM: قال … نعم {} "]
    );
}

#[test]
fn columns_that_cannot_be_are_refused() {
    let all = ["document", "text", "label", "start", "end"];
    let said = |columns: &[&str]| write("a.csv", columns).unwrap_err();
    assert!(said(&["document", "text"]).starts_with("without label, start, end the table"));
    assert!(said(&[&all[..], &["colour"]].concat()).contains("no column \"colour\"; the columns"));
    assert!(said(&[&all[..], &["text"]].concat()).contains("text is named twice"));
}

#[test]
fn tables_of_others_are_read() {
    let file = "\u{FEFF};text;begin;end;tag;source\r\n0;قال سيرغي;4.0;9.0;PER;wiki\r\n\
        1;قال سيرغي;0;3;V;\r\n2;قال سيرغي;0;3;V;\r\n3;نص;;;;web\r\n";
    let records: Vec<_> = read(file.as_bytes())
        .into_iter()
        .map(Result::unwrap)
        .collect();
    assert_eq!(records.len(), 2);
    assert_eq!(
        shown(&records[0]),
        [
            "imported PER: سيرغي {\"source\": \"wiki\"} ",
            "imported V: قال {} "
        ]
    );
    assert_eq!(records[1].metadata.get("source").unwrap(), "web");

    let file = "doc_id,text,user,start,end,label,comment,attributes,meta\n\
        a,نص,amal,0,2,X,؟,\"{\"\"n\"\": 1}\",\"{\"\"k\"\": \"\"v\"\"}\"\na,,يوسف,0,1,X,,loose,\n";
    let record = read(file.as_bytes()).remove(0).unwrap();
    assert_eq!(
        shown(&record),
        [
            "amal X: نص {\"n\": \"1\"} ؟",
            "يوسف X: ن {\"attributes\": \"loose\"} "
        ]
    );
    assert_eq!(record.metadata.get("id").unwrap(), "a");
    assert_eq!(record.metadata.get("k").unwrap(), "v");
}

#[test]
fn a_wrong_row_refuses_its_document_only() {
    let head = "document,text,start,end,label,fragments,quote\n";
    let file = format!("{head}1,نص,0,9,X,,\n1,,0,1,X,,\n2,نص,0,1,X,,\n");
    let records = read(file.as_bytes());
    assert_eq!(
        records[0].as_ref().unwrap_err().to_string(),
        "line 2: span 1: 0 to 9 is no range of a text of 2 code points"
    );
    assert!(records[1].is_ok() && records.len() == 2);

    for (row, said) in [
        (
            "1,نص,0,2,X",
            "line 2: the row has 5 fields, and there are 7 columns",
        ),
        ("1,نص,-1,2,X,,", "-1 to 2 is no range"),
        ("1,نص,2,1,X,,", "2 to 1 is no range"),
        ("1,نص,1,1,X,,", "span 1"),
        ("1,نص,,1,X,,", "span 1"),
        ("1,نص,0,1,,,", "its label: the name is empty"),
        (
            "1,نص,0,2,X,0-1,",
            "from 0 to 2, but its fragments are from 0 to 1",
        ),
        ("1,نص,0,2,X,0,", "0 to  is no range"),
        (
            "1,نص,0,1,X,,ص",
            "the file says “ص”, but the text there is “ن”",
        ),
        (
            "1,نص,0,1,X,,\n2,نص,0,1,X,,\n1,نص,0,1,X,,",
            "do not stand together",
        ),
        (
            "1,نص,0,1,X,,\n2,\"نص",
            "line 3: the file ends in the middle of document 2",
        ),
        (
            "1,نص,0,1,X,,\"",
            "the file ends in the middle of document 1",
        ),
    ] {
        let found = refusal(format!("{head}{row}"));
        assert!(found.contains(said), "{row}: {found}");
    }
    let invalid = [head.as_bytes(), b"1,\xFF,,,,,\n"].concat();
    assert!(refusal(invalid).contains("byte 0 is not UTF-8"));
    for file in ["", "a,b\n1,2\n", "text,label,start\n", "\0\0"] {
        assert!(refusal(file).contains("not a table of spans"), "{file:?}");
    }
}

#[test]
fn a_row_above_the_limit_is_not_taken_into_memory() {
    struct Endless;
    impl std::io::Read for Endless {
        fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
            into.fill(b'a');
            Ok(into.len())
        }
    }
    use std::io::Read as _;
    let head: &[u8] = b"document,text,start,end,label\n1,\"";
    let source = Source {
        name: "a.csv".to_owned(),
        input: Box::new(std::io::BufReader::new(head.chain(Endless))),
        folder: None,
    };
    let options = ReadOptions::new(Annotator::imported(), LabelSet::default());
    let mut reader = super::read(source, options).unwrap();
    let mut copies = CopyCounter::default();
    let problem = reader.next(&mut copies).unwrap().unwrap_err();
    assert!(
        problem.to_string().contains("the row has more than"),
        "{problem}"
    );
    assert!(reader.next(&mut copies).is_none());
}

#[test]
fn a_table_is_known_by_its_first_row() {
    let name = |file: &str, start: &[u8]| detect(file, start).map(|format| format.name);
    let head = write("a.csv", &[]).unwrap();
    assert_eq!(name("a.csv", head.as_bytes()), Some("csv"));
    assert_eq!(
        detect_bytes(head.as_bytes()).map(|format| format.name),
        Some("csv")
    );
    assert_eq!(
        name("a.tab", "Text\tStart\tEnd\tLabel".as_bytes()),
        Some("csv")
    );
    assert_eq!(name("a.csv", b"name,age\n"), None);
}

#[test]
fn a_table_of_texts_is_one_of_documents() {
    let file = "id,text,label\n7,قال,خبر\n8,قال,رأي\n9,\"نعم\nلا\",\n";
    let records: Vec<_> = read(file.as_bytes())
        .into_iter()
        .map(Result::unwrap)
        .collect();
    let texts: Vec<_> = records.iter().map(|record| &*record.text).collect();
    assert_eq!(texts, ["قال", "قال", "نعم\nلا"]);
    assert!(records.iter().all(|record| record.layers.is_empty()));
    assert_ne!(records[0].id, records[1].id, "copies are documents");
    assert_eq!(records[0].metadata["label"], "خبر");
    assert_eq!(records[1].metadata["id"], "8");
    let name = |name: &str, start: &str| detect(name, start.as_bytes()).map(|it| it.name);
    assert_eq!(name("a.csv", file), Some("csv"));
    assert_eq!(name("a.tsv", "text\nقال\n"), Some("csv"));
    assert_eq!(name("a.csv", "name,value\nقال,2\n"), None);
    assert_ne!(detect_bytes(b"text\nabc\n").map(|it| it.name), Some("csv"));
}
