//! doccano's files in and out, and back.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::string_slice,
    reason = "tests"
)]

use serde_json::{Value, json};

use crate::{
    annotation::{Annotator, Fragments, LabelFate, LabelId, LabelSet, SpanData, TextHash},
    interchange::{
        CopyCounter, DatasetHead, DocumentRecord, LayerRecord, Loss, LossKind, Problem,
        ReadOptions, RelationRecord, Source, SpanRecord, Unit, WriteOptions, default_label_set,
        reduce, source::memory::Memory,
    },
    text::ByteRange,
};

fn annotator(name: &str) -> Annotator {
    Annotator::new(name).unwrap()
}

fn read_with(labels: LabelSet, file: &[u8]) -> (LabelSet, Vec<Result<DocumentRecord, Problem>>) {
    let options = ReadOptions::new(annotator("imported"), labels);
    let mut reader = super::read(Source::of_bytes("أخبار.jsonl", file), options).unwrap();
    let mut copies = CopyCounter::default();
    let mut records = Vec::new();
    while let Some(record) = reader.next(&mut copies) {
        records.push(record);
    }
    (reader.head().labels.clone(), records)
}

fn read(file: &str) -> Vec<DocumentRecord> {
    let (_, records) = read_with(default_label_set(), file.as_bytes());
    records
        .into_iter()
        .map(|record| match record {
            Ok(record) => record,
            Err(problem) => panic!("{problem}"),
        })
        .collect()
}

/// What is said of a file of one line.
fn refusal(line: &Value) -> String {
    let (labels, mut records) = read_with(LabelSet::default(), line.to_string().as_bytes());
    assert_eq!(labels, LabelSet::default(), "a refused line adds no label");
    records.remove(0).unwrap_err().to_string()
}

fn write_with(
    labels: &LabelSet,
    options: &WriteOptions,
    records: &[DocumentRecord],
) -> (Vec<Value>, Loss) {
    let head = DatasetHead {
        labels: labels.clone(),
        edits: Vec::new(),
    };
    let mut out = Memory::named("a.jsonl");
    let mut loss = Loss::default();
    let mut writer = super::write(&mut out, &head, options).unwrap();
    let carries = super::carries(options);
    for record in records {
        if let Some(record) = reduce(record.clone(), &carries, options, labels, &mut loss) {
            writer.document(&record).unwrap();
        }
    }
    writer.finish().unwrap();
    let out = String::from_utf8(out.only()).unwrap();
    assert!(out.is_empty() || out.ends_with('\n'));
    let lines = out.lines().map(|line| serde_json::from_str(line).unwrap());
    (lines.collect(), loss)
}

fn write(
    labels: &LabelSet,
    annotator: Option<&str>,
    records: &[DocumentRecord],
) -> (Vec<Value>, Loss) {
    let options = WriteOptions {
        annotator: annotator.map(self::annotator),
        ..WriteOptions::default()
    };
    write_with(labels, &options, records)
}

/// A document of a text in which `[…]` marks the fragments of spans, given as the numbers (from 0)
/// of their marks in the order in which they open, each with its label.
fn marked(marked: &str, spans: &[(&str, &[usize])]) -> DocumentRecord {
    let mut text = String::new();
    let (mut edges, mut open) = (Vec::new(), Vec::new());
    for ch in marked.chars() {
        match ch {
            '[' => {
                open.push(edges.len());
                edges.push((text.len(), 0));
            }
            ']' => edges[open.pop().unwrap()].1 = text.len(),
            _ => text.push(ch),
        }
    }
    let ranges: Vec<_> = edges
        .into_iter()
        .map(|(start, end)| ByteRange::new(&text, start, end).unwrap())
        .collect();
    let id = crate::annotation::DocumentId::new(&TextHash::of(&text), 0);
    let mut layer = LayerRecord::new(annotator("amal"));
    for (number, (label, marks)) in spans.iter().enumerate() {
        let fragments = Fragments::checked(&text, marks.iter().map(|mark| ranges[*mark])).unwrap();
        let data = SpanData::new(LabelId::new(label).unwrap(), fragments);
        layer.spans.push(SpanRecord::new(number.to_string(), data));
    }
    let title = crate::text::title::title_of(&text).unwrap_or_default();
    let mut record = DocumentRecord::new(id, text.into());
    record.title = title;
    record.layers.push(layer);
    record
}

#[test]
fn triples_are_code_points_sorted_by_start_end_and_label() {
    let record = marked(
        "👍🏽 قال [سيرغي] إن [[الخبر] ملفق]",
        &[
            ("CLAIM", &[1]),
            ("LOCATION", &[2]),
            ("DENIAL", &[0]),
            ("PERSON", &[0]),
        ],
    );
    let (lines, loss) = write(&default_label_set(), None, &[record]);
    let [line] = &*lines else { panic!() };
    assert_eq!(
        line["label"],
        json!([
            [7, 12, "PERSON"],
            [7, 12, "DENIAL"],
            [16, 21, "LOCATION"],
            [16, 26, "CLAIM"]
        ])
    );
    assert_eq!(line["text"], "👍🏽 قال سيرغي إن الخبر ملفق");
    let keys: Vec<_> = line.as_object().unwrap().keys().collect();
    assert_eq!(keys, ["id", "text", "label"]);
    assert!(loss.is_empty());
}

#[test]
fn ids_are_the_sources_else_the_position() {
    let mut records = vec![
        marked("a", &[]),
        marked("b", &[]),
        marked("c", &[]),
        marked("d", &[]),
    ];
    let mut id = |n: usize, id: &str| records[n].metadata.insert("id".to_owned(), id.to_owned());
    id(1, "70");
    id(2, "007");
    let (lines, _) = write(&default_label_set(), None, &records);
    let ids: Vec<_> = lines.iter().map(|line| line["id"].clone()).collect();
    assert_eq!(ids, [json!(1), json!(70), json!("007"), json!(4)]);
    assert_eq!(lines[0]["label"], json!([]));
}

#[test]
fn a_merged_label_is_written_as_what_it_counts_as() {
    let mut labels = default_label_set();
    labels.labels[0].fate = LabelFate::MergedInto(LabelId::new("ORGANIZATION").unwrap());
    labels.labels[1].name = "BODY".to_owned();
    let (lines, _) = write(&labels, None, &[marked("[أ]", &[("PERSON", &[0])])]);
    assert_eq!(lines[0]["label"], json!([[0, 1, "BODY"]]));
}

#[test]
fn fragments_are_apart_and_what_is_lost_is_counted() {
    let mut record = marked("[قال] هو [إن]", &[("CLAIM", &[0, 1])]);
    record.metadata.insert("author".to_owned(), "x".to_owned());
    record
        .metadata
        .insert("source".to_owned(), "a.txt".to_owned());
    let data = &mut record.layers[0].spans[0].data;
    data.attributes
        .insert("polarity".to_owned(), "negative".to_owned());
    data.note = "؟".to_owned();
    let (lines, loss) = write(&default_label_set(), Some("amal"), &[record]);
    assert_eq!(lines[0]["label"], json!([[0, 3, "CLAIM"], [7, 9, "CLAIM"]]));
    let kinds: Vec<_> = loss.entries().iter().map(|e| (e.kind, e.count)).collect();
    assert_eq!(
        kinds,
        [
            (LossKind::Metadata, 1),
            (LossKind::Discontinuous, 1),
            (LossKind::Attributes, 1),
            (LossKind::Notes, 1)
        ]
    );
    assert_eq!(
        loss.entries()[1].examples[0].span.as_deref(),
        Some("CLAIM: قال … إن")
    );
}

#[test]
fn ranges_are_counted_in_the_unit_that_people_choose() {
    let record = marked("👍🏽 [سيرغي]", &[("PERSON", &[0])]);
    for (unit, triple) in [
        (Unit::Bytes, json!([9, 19, "PERSON"])),
        (Unit::CodePoints, json!([3, 8, "PERSON"])),
        (Unit::Utf16, json!([5, 10, "PERSON"])),
    ] {
        let options = WriteOptions {
            unit: Some(unit),
            ..WriteOptions::default()
        };
        let (lines, _) = write_with(
            &default_label_set(),
            &options,
            std::slice::from_ref(&record),
        );
        assert_eq!(lines[0]["label"], json!([triple]));
    }
}

#[test]
fn entities_stand_where_relations_do_and_come_back() {
    let mut record = marked(
        "[سيرغي] قال [إن] كل [شيء]",
        &[("CLAIM", &[1, 2]), ("PERSON", &[0])],
    );
    record.layers[0].relations.push(RelationRecord {
        id: "r".to_owned(),
        kind: "has_source".to_owned(),
        from: "0".to_owned(),
        to: "1".to_owned(),
    });
    let plain = marked("[لا]", &[("CLAIM", &[0])]);
    let (lines, _) = write(&default_label_set(), None, &[record, plain]);
    assert_eq!(
        lines[0]["relations"],
        json!([{"id": 4, "from_id": 2, "to_id": 1, "type": "has_source"}])
    );
    assert_eq!(lines[0]["entities"][1]["start_offset"], 10);
    assert_eq!(lines[1].get("entities"), None);

    let back = read(&format!("{}\n{}", lines[0], lines[1]));
    let layer = &back[0].layers[0];
    assert_eq!(layer.spans.len(), 3, "triples are not doubled");
    let label = |id: &str| {
        let span = layer.spans.iter().find(|span| span.id == id).unwrap();
        span.data.label.to_string()
    };
    let relation = &layer.relations[0];
    assert_eq!(
        (&*label(&relation.from), &*label(&relation.to)),
        ("CLAIM", "PERSON")
    );
}

#[test]
fn whose_layer_is_written_must_be_clear() {
    let mut record = marked("[أ]", &[("CLAIM", &[0])]);
    record.layers.push(LayerRecord::new(annotator("يوسف")));
    let (lines, loss) = write(&default_label_set(), None, &[record.clone()]);
    assert_eq!(lines[0]["label"], json!([[0, 1, "CLAIM"]]));
    assert_eq!(loss.count(LossKind::Annotators), 1);
    let (lines, _) = write(&default_label_set(), Some("يوسف"), &[record.clone()]);
    assert_eq!(lines[0]["label"], json!([]));
    record.removed = true;
    assert!(write(&default_label_set(), None, &[record]).0.is_empty());
}

#[test]
fn doccanos_own_and_peoples_files_are_read() {
    let file = "\u{FEFF}{\"id\": 12, \"data\": \"قال سيرغي\", \"label\": [[4, 9, \"PERSON\"]], \"Comments\": [], \"date\": \"2026\"}\r\n\
        \r\n{\"text\": \"نفى\", \"labels\": [[0, 3, \"حدث\"], [0, 3, \"حدث\"]], \"meta\": {\"a\": 1}, \"title\": \"خبر\", \"Comments\": [{\"text\": \"؟\"}]}\n\
        {\"text\": \"قال سيرغي\", \"label\": [\"politics\"]}\n{\"text\": \"\", \"label\": null}";
    let (labels, records) = read_with(default_label_set(), file.as_bytes());
    let records: Vec<_> = records.into_iter().map(Result::unwrap).collect();
    let [first, second, third, empty] = &*records else {
        panic!()
    };

    assert_eq!(first.title, "قال سيرغي");
    assert_eq!(first.metadata.get("id").unwrap(), "12");
    assert_eq!(first.metadata.get("date").unwrap(), "2026");
    assert_eq!(first.metadata.len(), 2);
    let span = &first.layers[0].spans[0];
    assert_eq!(span.data.fragments.text(&first.text), "سيرغي");
    assert_eq!(
        (span.data.label.as_str(), first.layers[0].annotator.as_str()),
        ("PERSON", "imported")
    );

    assert_eq!(second.title, "خبر");
    assert_eq!(second.metadata.get("meta").unwrap(), "{\"a\":1}");
    assert!(second.metadata.get("Comments").unwrap().contains('؟'));
    assert_eq!(
        second.layers[0].spans.len(),
        1,
        "an identical span is never added twice"
    );
    assert_eq!(labels.labels.last().unwrap().name, "حدث");

    assert_ne!(third.id, first.id, "the second copy of a text");
    assert_eq!(third.metadata.get("label").unwrap(), "[\"politics\"]");
    assert!(third.layers.is_empty());
    assert_eq!(empty.title, "أخبار");
}

#[test]
fn problems_name_line_and_reason_and_refuse_the_record_only() {
    let file = "{\"text\": \"قال\", \"label\": [[0, 3, \"A\"], [0, 4, \"B\"]]}\n{\"text\": \"قال\"}\n{\"text\": \"ق\u{0}";
    let (labels, records) = read_with(LabelSet::default(), file.as_bytes());
    assert!(
        labels.labels.is_empty(),
        "of a refused record nothing is kept"
    );
    assert!(records[1].is_ok());
    let said = |n: usize| records[n].as_ref().unwrap_err().to_string();
    assert_eq!(
        said(0),
        "line 1: span 2 of `label`: 0 to 4 is no range of a text of 3 code points"
    );
    assert!(said(2).starts_with("line 3: "), "{}", said(2));

    let cases = [
        (json!({"text": "أب", "label": [[1, 1, "A"]]}), "is empty"),
        (
            json!({"text": "أب", "label": [[2, 1, "A"]]}),
            "2 to 1 is no range",
        ),
        (
            json!({"text": "أب", "label": [[-1, 1, "A"]]}),
            "-1 to 1 is no range",
        ),
        (
            json!({"text": "أب", "label": [[0.5, 1, "A"]]}),
            "0.5 to 1 is no range",
        ),
        (
            json!({"text": "أب", "label": [[0, 1, " "]]}),
            "the name is empty",
        ),
        (
            json!({"text": "أب", "label": [[0, 1]]}),
            "span 1 of `label` is not [start, end, \"LABEL\"]",
        ),
        (
            json!({"text": "أب", "entities": [{"id": 1}]}),
            "entity 1 is not",
        ),
        (
            json!({"text": "أب", "relations": [{"from_id": 1, "to_id": 2, "type": "t"}]}),
            "relation 1 needs span 1",
        ),
        (
            json!({"text": "أب", "entities": "x"}),
            "`entities` is not a list",
        ),
        (json!({"label": []}), "has no `text`"),
    ];
    for (line, message) in cases {
        let found = refusal(&line);
        assert!(found.contains(message), "{line}: {found}");
    }
    let (_, invalid) = read_with(LabelSet::default(), b"{\"text\": \"\xFF\"}");
    assert_eq!(
        invalid[0].as_ref().unwrap_err().to_string(),
        "line 1: byte 10 is not UTF-8"
    );
}

#[test]
fn an_id_comes_back_as_the_source_wrote_it() {
    let ids = [
        json!(7),
        json!("7"),
        json!(1.5),
        json!("1.5"),
        json!("خبر-١"),
    ];
    let lines: Vec<String> = ids
        .iter()
        .map(|id| json!({"id": id, "text": "نص", "label": []}).to_string())
        .collect();
    let records = read(&lines.join("\n"));
    let (written, _) = write_with(&default_label_set(), &WriteOptions::default(), &records);
    let found: Vec<Value> = written.iter().map(|record| record["id"].clone()).collect();
    assert_eq!(found, ids);
}

#[test]
fn a_relation_to_itself_and_broken_json_name_their_own_line() {
    let found = refusal(&json!({
        "text": "قال", "entities": [{"id": 1, "label": "A", "start_offset": 0, "end_offset": 3}],
        "relations": [{"id": 2, "from_id": 1, "to_id": 1, "type": "t"}],
    }));
    assert!(
        found.contains("relation 2 leads from span 1 to itself"),
        "{found}"
    );
    let (_, mut records) = read_with(default_label_set(), b"\n{\"text\": x}");
    let found = records.remove(0).unwrap_err().to_string();
    assert!(
        found.starts_with("line 2: ") && !found.contains("line 1"),
        "{found}"
    );
}

#[test]
fn a_full_disk_is_told_as_one() {
    struct Full;
    impl std::io::Write for Full {
        fn write(&mut self, _: &[u8]) -> std::io::Result<usize> {
            Err(std::io::ErrorKind::StorageFull.into())
        }
        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }
    let error = serde_json::to_writer(Full, &json!("نص")).unwrap_err();
    let error = crate::interchange::WriteError::from(error);
    let crate::interchange::WriteError::Io(error) = error else {
        panic!("{error}")
    };
    assert_eq!(error.kind(), std::io::ErrorKind::StorageFull);
}

#[test]
fn a_task_of_prodigy_is_not_taken_without_its_spans() {
    for hash in ["_task_hash", "_input_hash"] {
        let line =
            json!({"text": "قال سيرغي", "spans": [{"start": 0, "end": 3, "label": "X"}], hash: 7});
        let (_, mut records) = read_with(LabelSet::default(), line.to_string().as_bytes());
        let problem = records.remove(0).unwrap_err();
        assert_eq!(problem.to_string(), "line 1: this is a task of Prodigy");
        assert!(problem.hint().unwrap().contains("--format prodigy"));
    }
    let one = read("{\"text\": \"x\", \"_task_hash\": 7}").remove(0);
    assert_eq!(one.metadata["_task_hash"], "7");
}
