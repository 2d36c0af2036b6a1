//! `BioC`'s files in and out.

#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

use std::fmt::Write as _;

use super::*;
use crate::{
    annotation::{Annotator, LabelSet, SpanData},
    interchange::{
        CopyCounter, DatasetHead, DocumentRecord, OpenReader, ReadOptions, Source, Unit,
        default_label_set, detect, source::memory::Memory,
    },
};

fn read_by(
    open: OpenReader,
    file: &[u8],
    unit: Option<Unit>,
) -> Vec<Result<DocumentRecord, String>> {
    let mut options = ReadOptions::new(Annotator::imported(), LabelSet::default());
    options.unit = unit;
    let mut reader = match open(Source::of_bytes("a.xml", file), options) {
        Ok(reader) => reader,
        Err(problem) => return vec![Err(problem.to_string())],
    };
    let mut copies = CopyCounter::default();
    let mut found = Vec::new();
    while let Some(next) = reader.next(&mut copies) {
        found.push(next.map_err(|problem| problem.to_string()));
    }
    found
}

fn xml(file: &str) -> Vec<Result<DocumentRecord, String>> {
    read_by(read_xml, file.as_bytes(), None)
}

fn json(file: &str) -> Vec<Result<DocumentRecord, String>> {
    read_by(read_json, file.as_bytes(), None)
}

fn only(found: Vec<Result<DocumentRecord, String>>) -> DocumentRecord {
    let [found] = <[_; 1]>::try_from(found).unwrap();
    found.unwrap()
}

fn spans(record: &DocumentRecord) -> Vec<String> {
    let text = &*record.text;
    let of = |data: &SpanData| {
        let mut said = format!("{} {}", data.label, data.fragments.text(text));
        for (key, value) in &data.attributes {
            write!(said, " {key}={value}").unwrap();
        }
        said
    };
    let layers = record.layers.iter();
    layers
        .flat_map(|layer| {
            let spans = layer.spans.iter();
            spans.map(|span| format!("{}: {} {}", layer.annotator, span.id, of(&span.data)))
        })
        .collect()
}

/// As `PubTator` hands it out: passages by code points, ids of what is meant as infons, the
/// relations of the document by its annotations.
const PUBTATOR: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE collection SYSTEM "BioC.dtd">
<collection><source>PubTator</source><date/><key>BioC.key</key>
<infon key="note">of all</infon>
<document><id>28483577</id><infon key="tt_curatable">no</infon>
 <passage><infon key="type">title</infon><offset>0</offset><text>Formoterol é and α-syn.</text>
  <annotation id="2"><infon key="identifier">MESH:D000068759</infon><infon key="type">Chemical</infon>
   <location offset="0" length="10"/><text>Formoterol</text></annotation>
  <annotation id="3"><infon key="type">Gene</infon><infon key="annotator">amal</infon>
   <location offset="17" length="5"/><text>α-syn</text></annotation></passage>
 <passage><infon key="type">abstract</infon><offset>24</offset><text>Liver and kidney injury &amp; AKI.</text>
  <annotation id="4"><infon key="type">Disease</infon>
   <location offset="24" length="5"/><location offset="41" length="6"/><text>Liver and kidney injury</text></annotation>
  <annotation id="5"><infon key="type">Concept</infon></annotation></passage>
 <relation id="R1"><infon key="type">treats</infon><infon key="score">0.9</infon>
  <node refid="4" role="object"/><node refid="2" role="subject"/></relation>
 <relation id="R2"><infon key="type">about</infon><node refid="R1" role="of"/><node refid="4" role="to"/></relation>
 <relation id="R3"><infon key="entity1">D1</infon><infon key="type">Association</infon></relation>
</document></collection>"#;

#[test]
fn what_pubtator_writes_is_read() {
    let record = only(xml(PUBTATOR));
    assert_eq!(
        &*record.text,
        "Formoterol é and α-syn.\nLiver and kidney injury & AKI."
    );
    assert_eq!(
        spans(&record),
        [
            "imported: 2 Chemical Formoterol identifier=MESH:D000068759",
            "imported: 4 Disease Liver … injury",
            "amal: 3 Gene α-syn",
        ]
    );
    let relations = &record.layers[0].relations;
    assert_eq!(relations.len(), 1);
    let relation = &relations[0];
    assert_eq!(
        (&*relation.kind, &*relation.from, &*relation.to),
        ("treats", "2", "4")
    );
    let said: Vec<_> = record.metadata.keys().map(String::as_str).collect();
    assert_eq!(
        said,
        [
            "annotation 5",
            "id",
            "passages",
            "relation R1",
            "relation R2",
            "relation R3",
            "tt_curatable"
        ]
    );
    assert_eq!(record.title, "Formoterol é and α-syn.");
}

#[test]
fn sentences_and_the_units_of_others_are_read() {
    let file = |first: usize, second: usize| {
        format!(
            "<collection><source/><date/><key/><document><id>1</id><passage><offset>100</offset>\
            <sentence><offset>100</offset><text>قال 😀.</text><annotation id='a'><infon key='type'>X</infon>\
            <location offset='{first}' length='1'/><text>.</text></annotation></sentence>\
            <sentence><offset>{second}</offset><text>ثم</text></sentence></passage></document></collection>"
        )
    };
    for (first, second) in [(111, 113), (105, 107), (106, 108)] {
        let record = only(xml(&file(first, second)));
        assert_eq!(&*record.text, "قال 😀. ثم");
        assert_eq!(spans(&record), ["imported: a X ."]);
    }
    let wrong = xml(&file(105, 104)).remove(0).unwrap_err();
    assert!(
        wrong.contains("document 1: sentence 2 of the document begins at 104"),
        "{wrong}"
    );
    let told = read_by(read_xml, file(105, 107).as_bytes(), Some(Unit::Bytes));
    assert!(
        told[0].as_ref().unwrap_err().contains("begins at 107"),
        "{told:?}"
    );
}

#[test]
fn a_unit_is_not_guessed_in_silence() {
    let file = |passages: &[(usize, &str)], spans: &[(usize, usize, &str)]| {
        let mut inner = String::new();
        for (offset, text) in passages {
            write!(
                inner,
                "<passage><offset>{offset}</offset><text>{text}</text></passage>"
            )
            .unwrap();
        }
        for (number, (offset, length, text)) in (1..).zip(spans) {
            write!(
                inner,
                "<annotation id='{number}'><infon key='type'>X</infon><location offset='{offset}' length='{length}'/>{text}</annotation>"
            )
            .unwrap();
        }
        format!("<document><id>d</id>{inner}</document>")
    };
    let all = |documents: &[&str]| xml(&format!("<collection>{}</collection>", documents.concat()));
    let place = |found: &Result<DocumentRecord, String>| spans(found.as_ref().unwrap());

    // By bytes this is “é”, by code points “n”; nothing tells.
    let open = file(&[(0, "né en")], &[(1, 2, "")]);
    let found = all(&[&open]);
    let error = found[0].as_ref().unwrap_err();
    assert!(error.contains("span 1 is at another place"), "{error}");
    for (unit, said) in [(Unit::Bytes, "é"), (Unit::CodePoints, "é ")] {
        let whole = format!("<collection>{open}</collection>");
        let told = read_by(read_xml, whole.as_bytes(), Some(unit));
        assert_eq!(place(&told[0]), [format!("imported: 1 X {said}")]);
    }

    // A document that has told its unit tells that of those behind it.
    let points = file(&[(0, "né en")], &[(3, 2, "<text>en</text>")]);
    let bytes = file(&[(0, "né en")], &[(4, 2, "<text>en</text>")]);
    let found = all(&[&points, &open]);
    assert_eq!(place(&found[1]), ["imported: 1 X é "]);
    let found = all(&[&bytes, &open, &points, &open]);
    assert_eq!(place(&found[1]), ["imported: 1 X é"]);
    assert_eq!(place(&found[2]), ["imported: 1 X en"]);
    assert_eq!(place(&found[3]), ["imported: 1 X é"]);

    // So do passages that follow closely.
    let close = file(&[(0, "né en"), (7, "xé yz")], &[(8, 2, "")]);
    assert_eq!(place(&all(&[&close])[0]), ["imported: 1 X é"]);
    let close = file(&[(0, "né en"), (6, "xé yz")], &[(7, 2, "")]);
    let found = all(&[&close]);
    let error = found[0].as_ref().unwrap_err();
    assert!(error.contains("bytes or code points"), "{error}");
    let close = file(&[(0, "néé en"), (7, "xé yz")], &[(8, 2, "")]);
    assert_eq!(place(&all(&[&close])[0]), ["imported: 1 X é "]);
}

#[test]
fn json_is_read_however_it_lies() {
    let document = "{\"bioctype\": \"BioCDocument\", \"id\": \"7\", \"_id\": \"7|None\", \"infons\": {\"a\": null}, \
        \"passages\": [{\"offset\": 0, \"infons\": {}, \"text\": \"قال سيرغي\", \"sentences\": [], \"annotations\": [\
        {\"id\": \"1\", \"infons\": {\"type\": \"PERSON\", \"n\": 3}, \"text\": \"سيرغي\", \"locations\": [{\"offset\": 4, \"length\": 5}]}], \
        \"relations\": []}], \"annotations\": [], \"relations\": []}";
    for file in [
        format!("{{\"source\": \"\", \"documents\": [{document}]}}"),
        format!("{{\"PubTator3\": [{document}]}}"),
        format!("[{{\"source\": \"\", \"documents\": [{document}]}}]"),
        format!("[{document}]"),
        document.to_owned(),
        format!("{document}\n"),
    ] {
        let record = only(json(&file));
        assert_eq!(spans(&record), ["imported: 1 PERSON سيرغي n=3"]);
        assert_eq!(record.metadata["_id"], "7|None");
        assert_eq!(detect("a.json", file.as_bytes()).unwrap().name, "bioc-json");
        assert_eq!(
            detect("a.jsonl", file.as_bytes()).unwrap().name,
            "bioc-json"
        );
    }
    assert_eq!(json(&format!("{document}\n{document}")).len(), 2);
    assert_eq!(detect("a.xml", PUBTATOR.as_bytes()).unwrap().name, "bioc");
}

#[test]
fn what_is_wrong_refuses_its_document_alone() {
    let document = |inner: &str| {
        format!(
            "<document><id>d</id><passage><offset>0</offset><text>أب😀</text>{inner}</passage></document>"
        )
    };
    let span = |id: &str, offset: &str, length: &str, more: &str| {
        format!(
            "<annotation id='{id}'><infon key='type'>X</infon><location offset='{offset}' length='{length}'/>{more}</annotation>"
        )
    };
    let relation = "<relation id='R'><infon key='type'>r</infon><node refid='a' role=''/><node refid='b' role=''/></relation>";
    let itself = relation.replace("'b'", "'a'");
    for (inner, said) in [
        (span("a", "0", "9", ""), "span a: 0 to 9 is no range"),
        (span("a", "-1", "2", ""), "-1"),
        (span("a", "2", "-1", ""), "2+-1"),
        (span("a", "", "", ""), "is no range"),
        (span("a", "0", "0", ""), "is empty"),
        (span("a", "0", "99999999999999999999", ""), "is no range"),
        (span("a", "18446744073709551615", "9", ""), "is no range"),
        (span("a", "0", "1", "<text>ب</text>"), "the file says “ب”"),
        (
            span("a", "0", "1", "").repeat(2),
            "annotation a stands in the file twice",
        ),
        (span("a", "0", "1", "") + relation, "needs span b"),
        (span("a", "0", "1", "") + &itself, "to itself"),
        (
            span("a", "0", "1", "").replace("'>X<", "'> <"),
            "the name is empty",
        ),
    ] {
        let file = format!(
            "<collection>{}{}</collection>",
            document(&inner),
            document("")
        );
        let found = read_by(read_xml, file.as_bytes(), Some(Unit::CodePoints));
        let error = found[0].as_ref().unwrap_err();
        assert!(error.contains(said), "{inner}: {error}");
        assert!(error.starts_with("line 1, document d"), "{error}");
        assert!(found[1].is_ok() && found.len() == 2);
    }
    let inside = format!(
        "<collection>{}</collection>",
        document(&span("a", "1", "1", ""))
    );
    let found = read_by(read_xml, inside.as_bytes(), Some(Unit::Bytes));
    assert!(
        found[0]
            .as_ref()
            .unwrap_err()
            .contains("inside a character")
    );
}

#[test]
fn what_is_no_collection_is_refused_once() {
    for (file, said) in [
        ("", "this is not"),
        ("<a/>", "begins with “a”"),
        ("<collection><document>", "ends inside"),
        ("<collection><document></collection>", "not well-formed"),
        (
            "<collection><document><passage><offset>0</offset><text>x</text></passage></document>",
            "ends inside",
        ),
    ] {
        let found = xml(file);
        let error = found.last().unwrap().as_ref().unwrap_err();
        assert!(error.contains(said), "{file}: {error}");
        assert!(found.len() <= 2);
    }
    for gap in ["20000", "99999999999999"] {
        let file = format!(
            "<collection><document><passage><offset>0</offset><text>x</text></passage>\
            <passage><offset>{gap}</offset><text>x</text></passage></document></collection>"
        );
        assert!(
            xml(&file)[0]
                .as_ref()
                .unwrap_err()
                .contains("behind the one before")
        );
    }
    let found = json(
        "{\"documents\": [{\"passages\": 3}, 4, {\"passages\": [1]}, {\"passages\": [{\"infons\": 3}]}]}",
    );
    assert_eq!(found.len(), 4);
    assert!(found.iter().all(Result::is_err), "{found:?}");
    assert!(json("{\"documents\": [{\"passages\": []}")[0].is_err());
}

#[test]
fn every_cut_of_a_file_is_survived() {
    for end in 0..PUBTATOR.len() {
        let found = read_by(read_xml, &PUBTATOR.as_bytes()[..end], None);
        assert!(found.iter().any(Result::is_err), "{end}");
    }
}

#[test]
fn a_document_of_many_spans_comes_back() {
    let text = "قال سيرغي لافروف 😀 إن الخبر ملفق.\r\n".repeat(8_000);
    let mut copies = CopyCounter::default();
    let mut record = DocumentRecord::found(&*text, None, "", &mut copies);
    let labels = default_label_set();
    let offsets = crate::interchange::Offsets::new(&text, Unit::CodePoints);
    let mut layer = crate::interchange::LayerRecord::new(Annotator::imported());
    for number in 0..5_000_usize {
        let fragments = offsets.fragments([(number * 30, number * 30 + 7)]).unwrap();
        let data = SpanData::new(labels.labels[number % 3].id.clone(), fragments);
        let id = format!("s{number}");
        layer
            .spans
            .push(crate::interchange::SpanRecord::new(id, data));
    }
    record.layers.push(layer);
    let head = DatasetHead {
        labels,
        ..DatasetHead::default()
    };
    for (open, read) in [
        (
            write_xml as crate::interchange::OpenWriter,
            read_xml as OpenReader,
        ),
        (write_json, read_json),
    ] {
        let mut files = Memory::named("a");
        let mut writer = open(&mut files, &head, &WriteOptions::default()).unwrap();
        writer.document(&record).unwrap();
        writer.finish().unwrap();
        let bytes = files.only();
        let back = only(read_by(read, &bytes, None));
        assert_eq!(back.layers[0].spans.len(), 5_000);
        assert!(back.text == record.text);
    }
}
