//! Argilla's files in and out, and back.

#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

use serde_json::{Value, json};

use crate::{
    annotation::{Annotator, LabelSet, Status, TextHash},
    interchange::{
        CopyCounter, DatasetHead, DocumentRecord, LayerRecord, Problem, ReadOptions, Source,
        SpanRecord, WriteOptions, detect, source::memory::Memory,
    },
};

fn read_all(file: &str) -> Vec<Result<DocumentRecord, Problem>> {
    let options = ReadOptions::new(Annotator::imported(), LabelSet::default());
    let mut reader = super::read(Source::of_bytes("أخبار.json", file.as_bytes()), options).unwrap();
    let mut copies = CopyCounter::default();
    std::iter::from_fn(|| reader.next(&mut copies)).collect()
}

fn read(file: &Value) -> Vec<DocumentRecord> {
    read_all(&file.to_string())
        .into_iter()
        .map(|record| match record {
            Ok(record) => record,
            Err(problem) => panic!("{problem}"),
        })
        .collect()
}

/// The layers as `annotator (status): LABEL: text, …`.
fn layers(record: &DocumentRecord) -> Vec<String> {
    let span = |span: &SpanRecord| {
        let text = span.data.fragments.text(&record.text);
        format!("{}: {text}", span.data.label)
    };
    let layer = |layer: &LayerRecord| {
        let spans: Vec<String> = layer.spans.iter().map(span).collect();
        format!(
            "{} ({:?}): {}",
            layer.annotator,
            layer.status,
            spans.join(", ")
        )
    };
    record.layers.iter().map(layer).collect()
}

const USER: &str = "11111111-2222-4333-8444-555555555555";
const OTHER: &str = "99999999-2222-4333-8444-555555555555";

fn span(start: usize, end: usize, label: &str) -> Value {
    json!({"start": start, "end": end, "label": label})
}

/// A record as `records.to_json` writes it, and more than it writes.
fn exported() -> Value {
    json!({
        "id": "12",
        "fields": {"text": "😀 Sara met Ali.", "source": "x"},
        "metadata": {"author": "a", "year": 2026, "tags": ["a", "b"], "none": null},
        "suggestions": {
            "span": {"value": [{"start": 2, "end": 6, "label": "PER", "score": 0.5}], "score": [0.5], "agent": "bert v1"},
            "topic": {"value": "news", "score": null, "agent": null}
        },
        "responses": {
            "span": [
                {"value": [span(2, 6, "PER"), span(11, 14, "PER")], "user_id": USER, "status": "submitted"},
                {"value": [], "user_id": OTHER},
                {"value": [span(0, 1, "X")], "user_id": "amal", "status": "discarded"}
            ],
            "actions": [{"value": [span(7, 10, "ACT")], "user_id": USER, "status": "draft"}],
            "topic": [{"value": ["news"], "user_id": USER}, {"value": null, "user_id": OTHER}]
        },
        "vectors": {"v": [0.1, 0.2]}, "status": "completed", "_server_id": "s1"
    })
}

#[test]
fn a_record_of_argilla_is_read() {
    let record = read(&json!([exported()])).remove(0);
    assert_eq!(&*record.text, "😀 Sara met Ali.");
    assert_eq!(
        layers(&record),
        [
            "prediction: bert v1 (New): PER: Sara".to_owned(),
            format!("{USER} (Done): PER: Sara, PER: Ali, ACT: met"),
            format!("{OTHER} (New): "),
        ]
    );
    assert_eq!(record.layers[0].spans[0].data.attributes["score"], "0.5");
    let said: Vec<_> = record
        .metadata
        .iter()
        .map(|(key, value)| format!("{key}={value}"))
        .collect();
    let topic = format!("topic of {USER}=[\"news\"]");
    assert_eq!(
        said,
        [
            "_server_id=s1",
            "author=a",
            "id=12",
            "score of prediction: bert v1, span=[0.5]",
            "source=x",
            "span of amal, discarded=[{\"start\":0,\"end\":1,\"label\":\"X\"}]",
            "tags=[\"a\",\"b\"]",
            &topic,
            "topic of prediction: model=news",
            "year=2026",
        ]
    );
}

#[test]
fn all_that_to_dict_gives_is_read() {
    let record = || exported();
    let other = json!({"id": "13", "fields": {"text": "b"}});
    let one = read(&record());
    let names = read(&json!({
        "id": ["12", "13"],
        "fields": [record()["fields"], {"text": "b"}],
        "responses": [record()["responses"], null],
        "suggestions": [record()["suggestions"], null],
        "metadata": [record()["metadata"], {}],
        "_server_id": ["s1", null],
    }));
    let index = read(&json!({"12": record(), "13": other}));
    for records in [&names, &index] {
        assert_eq!(records.len(), 2);
        assert_eq!(records[0], one[0]);
        assert_eq!(records[1].metadata["id"], "13");
    }
}

#[test]
fn records_of_the_first_version_are_read() {
    let record = |status: &str| {
        json!({
            "text": "Sara met Ali", "tokens": ["Sara", "met", "Ali"],
            "prediction": [["PER", 0, 4, 0.9]], "prediction_agent": "bert",
            "annotation": [["PER", 0, 4], ["PER", 9, 12]], "annotation_agent": "amal",
            "id": 7, "metadata": {"a": "b"}, "status": status, "metrics": {}, "vectors": null,
        })
    };
    let records = read(&json!([
        record("Validated"),
        record("Discarded"),
        {"text": "a", "annotation": [], "status": "Default", "prediction": null},
        {"text": "a", "annotation": [{"label": "X", "start": 0, "end": 1}], "annotation_agent": null},
    ]));
    assert_eq!(
        layers(&records[0]),
        [
            "prediction: bert (New): PER: Sara",
            "amal (Done): PER: Sara, PER: Ali"
        ]
    );
    assert_eq!(records[0].metadata["id"], "7");
    assert_eq!(layers(&records[1]), ["prediction: bert (New): PER: Sara"]);
    assert!(
        records[1]
            .metadata
            .contains_key("annotation of amal, discarded")
    );
    assert_eq!(layers(&records[2]), ["imported (New): "]);
    assert_eq!(layers(&records[3]), ["imported (New): X: a"]);
}

#[test]
fn what_is_wrong_is_told_with_its_line() {
    let with = |responses: Value| json!({"id": "1", "fields": {"text": "😀a"}, "responses": {"span": responses}});
    let spans = |spans: Value| with(json!([{"value": spans, "user_id": USER}]));
    for (record, said) in [
        (
            spans(json!([span(0, 3, "X")])),
            "0 to 3 is no range of a text of 2 code points",
        ),
        (spans(json!([span(2, 1, "X")])), "2 to 1"),
        (
            spans(json!([{"start": -1, "end": 1, "label": "X"}])),
            "-1 to 1",
        ),
        (spans(json!([{"start": 0, "end": 1}])), "its label"),
        (spans(json!([span(1, 1, "X")])), "empty"),
        (with(json!("x")), "is no list of responses"),
        (with(json!([7])), "7 is no response"),
        (
            with(json!([{"value": [], "user_id": "a"}, {"value": [], "user_id": "a"}])),
            "the response of a stands in the file twice",
        ),
        (with(json!([{"value": [], "user_id": "a\nb"}])), "`user_id`"),
        (
            json!({"id": "1", "fields": {"image": 7}}),
            "no text in its `fields`",
        ),
        (json!({"id": "1", "fields": "x"}), "`fields` is no object"),
        (
            json!({"fields": {"text": "a"}, "suggestions": []}),
            "`suggestions` is no object",
        ),
    ] {
        let mut records = read_all(&format!("[\n{record}]"));
        let found = records.remove(0).unwrap_err().to_string();
        assert!(
            found.contains(said) && found.starts_with("line 2"),
            "{record}: {found}"
        );
    }
    for file in ["[{\"fields\":", "{\"fields\": {", "[1]", "{}", "[{}]"] {
        assert!(read_all(file).iter().all(Result::is_err), "{file}");
    }
}

#[test]
fn records_are_written_as_argilla_reads_them() {
    let mut record = DocumentRecord::new(CopyCounter::default().id(&TextHash::of("a")), "a".into());
    record.metadata.insert("id".to_owned(), "7".to_owned());
    record.metadata.insert("key".to_owned(), "[1]".to_owned());
    for name in ["amal", USER, "prediction: m1", "prediction: m2"] {
        record
            .layers
            .push(LayerRecord::new(Annotator::new(name).unwrap()));
    }
    record.layers[0].status = Status::Done;
    record.layers[1].status = Status::InProgress;
    let mut out = Memory::named("a.json");
    let mut writer =
        super::write(&mut out, &DatasetHead::default(), &WriteOptions::default()).unwrap();
    writer.document(&record).unwrap();
    writer
        .document(&DocumentRecord::new(record.id, "".into()))
        .unwrap();
    writer.finish().unwrap();
    let file = out.only();
    let found: Value = serde_json::from_slice(&file).unwrap();
    let user = found[0]["responses"]["span"][0]["user_id"]
        .as_str()
        .unwrap();
    assert!(uuid::Uuid::try_parse(user).is_ok());
    let suggestion = |agent: &str| json!({"value": [], "score": null, "agent": agent});
    assert_eq!(
        found[0],
        json!({
            "id": "7", "_server_id": null, "status": "pending", "title": "", "users": {user: "amal"},
            "fields": {"text": "a"}, "metadata": {"key": "[1]"},
            "suggestions": {"span": suggestion("m1"), "span_2": suggestion("m2")},
            "responses": {"span": [
                {"value": [], "user_id": user, "status": "submitted"},
                {"value": [], "user_id": USER, "status": "draft"},
            ]},
            "vectors": {},
        })
    );
    assert_eq!(found[1]["responses"], json!({}));
    assert_eq!(found[1]["id"], record.id.to_string());
    assert_eq!(
        detect("a.json", &file).map(|format| format.name),
        Some("argilla")
    );
}

#[test]
fn a_file_is_told_from_others_of_its_ending() {
    let name = |file: &str| detect("a.json", file.as_bytes()).map(|format| format.name);
    assert_eq!(name(&json!([exported()]).to_string()), Some("argilla"));
    let long = format!(
        "[{{\"id\": \"1\", \"fields\": {{\"text\": \"{}",
        "x".repeat(9000)
    );
    assert_eq!(name(&long), Some("argilla"));
    assert_eq!(
        name("[{\"text\": \"a\", \"annotation_agent\": \"b\"}]"),
        Some("argilla")
    );
    assert_eq!(
        name("[{\"id\": 1, \"data\": {\"text\": \"a\"}, \"annotations\": []}]"),
        Some("label-studio")
    );
}
