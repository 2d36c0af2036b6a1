//! Label Studio's files in and out.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::string_slice,
    reason = "tests"
)]

use serde_json::{Value, json};

use crate::{
    annotation::{Annotator, Fragments, LabelId, LabelSet, SpanData, TextHash},
    interchange::{
        CopyCounter, DatasetHead, DocumentRecord, LayerRecord, Problem, ReadOptions,
        RelationRecord, Source, SpanRecord, WriteOptions, default_label_set,
        source::memory::Memory,
    },
    text::ByteRange,
};

fn read_all(file: &[u8]) -> (LabelSet, Vec<Result<DocumentRecord, Problem>>) {
    let options = ReadOptions::new(Annotator::imported(), LabelSet::default());
    let mut reader = match super::read(Source::of_bytes("مهام.json", file), options) {
        Ok(reader) => reader,
        Err(problem) => return (LabelSet::default(), vec![Err(problem)]),
    };
    let mut copies = CopyCounter::default();
    let records = std::iter::from_fn(|| reader.next(&mut copies)).collect();
    (reader.head().labels.clone(), records)
}

fn read(file: &Value) -> Vec<DocumentRecord> {
    let (_, records) = read_all(file.to_string().as_bytes());
    records
        .into_iter()
        .map(|record| record.unwrap_or_else(|problem| panic!("{problem}")))
        .collect()
}

/// What is said of a task.
fn refusal(task: &Value) -> String {
    let (labels, mut records) = read_all(json!([task]).to_string().as_bytes());
    assert_eq!(labels, LabelSet::default(), "a refused task adds no label");
    records.remove(0).unwrap_err().to_string()
}

/// A task of a text with these results of one annotation.
fn task(text: &str, results: &Value) -> Value {
    json!({"data": {"text": text}, "annotations": [{"completed_by": 7, "result": results}]})
}

fn region(id: &str, start: usize, end: usize, label: &str) -> Value {
    json!({"id": id, "from_name": "label", "to_name": "text", "type": "labels",
        "value": {"start": start, "end": end, "labels": [label]}})
}

/// The spans of a layer as `LABEL: text`.
fn shown(record: &DocumentRecord, layer: usize) -> Vec<String> {
    let spans = record.layers[layer].spans.iter();
    spans
        .map(|span| {
            let quoted = span.data.fragments.text(&record.text);
            format!("{}: {quoted}", span.data.label)
        })
        .collect()
}

/// An export as Label Studio's guide has it.
fn export() -> Value {
    json!([{
        "id": 12,
        "annotations": [
            {
                "id": 1, "completed_by": {"id": 1, "email": "amal@x.org", "first_name": "", "last_name": ""},
                "was_cancelled": false, "ground_truth": false, "lead_time": 12.5, "task": 12, "project": 3,
                "result": [
                    {"id": "a", "from_name": "label", "to_name": "text", "type": "labels", "origin": "manual",
                        "value": {"start": 3, "end": 8, "text": "سيرغي", "labels": ["PERSON", "SOURCE"]},
                        "meta": {"text": ["؟"]}},
                    {"id": "b", "from_name": "label", "to_name": "text", "type": "labels", "origin": "prediction",
                        "value": {"start": 9, "end": 24, "text": "إن الخبر\\nملفق", "labels": ["CLAIM"]}, "score": 0.5},
                    {"id": "b", "from_name": "polarity", "to_name": "text", "type": "choices",
                        "value": {"start": 9, "end": 24, "text": "إن الخبر ملفق", "choices": ["negative"]}},
                    {"id": "b", "from_name": "why", "to_name": "text", "type": "textarea",
                        "value": {"start": 9, "end": 24, "text": ["one", "two"]}},
                    {"id": "b", "from_name": "stars", "to_name": "text", "type": "rating", "value": {"rating": 4}},
                    {"id": "d", "from_name": "topic", "to_name": "text", "type": "choices", "value": {"choices": ["sport"]}},
                    {"from_id": "b", "to_id": "a", "type": "relation", "direction": "right", "labels": ["has_source"]},
                    {"from_id": "b", "to_id": "a", "type": "relation", "direction": "left"}
                ]
            },
            {"id": 2, "completed_by": 2, "was_cancelled": true, "ground_truth": false, "result": []},
            {"id": 3, "completed_by": 3, "was_cancelled": false, "ground_truth": false, "result": []}
        ],
        "drafts": [],
        "predictions": [{"id": 4, "model_version": "bert v1", "score": 0.9,
            "result": [{"id": "p", "from_name": "label", "to_name": "text", "type": "labels",
                "value": {"start": 3, "end": 8, "score": 0.7, "labels": ["PERSON"]}}]}],
        "data": {"text": "👍🏽 سيرغي إن الخبر  \nملفق", "title": "خبر", "id": "n-1", "meta_info": {"a": [1]}},
        "meta": {"title": "x"}, "created_at": "2026-01-01", "inner_id": 1, "total_annotations": 2
    }])
}

#[test]
fn an_export_is_read_whole() {
    let record = read(&export()).remove(0);
    assert_eq!(record.title, "خبر");
    let said = |key: &str| record.metadata.get(key).map(String::as_str);
    assert_eq!(said("id"), Some("12"));
    assert_eq!(said("data.id"), Some("n-1"));
    assert_eq!(said("meta_info"), Some("{\"a\":[1]}"));
    assert_eq!(said("title"), Some("x"));
    assert_eq!(said("created_at"), Some("2026-01-01"));
    assert_eq!(said("topic"), Some("sport"), "choices of the document");
    assert_eq!(
        said("annotation of amal@x.org"),
        Some("{\"lead_time\":12.5}")
    );
    assert!(said("annotation of 2").unwrap().contains("was_cancelled"));
    let names: Vec<&str> = record.layers.iter().map(|l| l.annotator.as_str()).collect();
    assert_eq!(names, ["amal@x.org", "3", "prediction: bert v1"]);
    assert_eq!(
        shown(&record, 0),
        ["PERSON: سيرغي", "SOURCE: سيرغي", "CLAIM: إن الخبر  \nملفق"]
    );
    let layer = &record.layers[0];
    assert_eq!(layer.spans[0].data.note, "؟");
    let attributes: Vec<_> = layer.spans[2].data.attributes.iter().collect();
    let text = |pair: &(&str, &str)| (pair.0.to_owned(), pair.1.to_owned());
    let wanted = [
        ("origin", "prediction"),
        ("polarity", "negative"),
        ("score", "0.5"),
        ("stars", "4"),
        ("why", "[\"one\",\"two\"]"),
    ];
    assert!(
        attributes.into_iter().eq(wanted
            .iter()
            .map(text)
            .collect::<std::collections::BTreeMap<_, _>>()
            .iter())
    );
    let ends: Vec<_> = layer
        .relations
        .iter()
        .map(|r| (&*r.kind, &*r.from, &*r.to))
        .collect();
    assert_eq!(ends, [("has_source", "b", "a"), ("relation", "a", "b")]);
    assert_eq!(shown(&record, 2), ["PERSON: سيرغي"]);
}

#[test]
fn other_shapes_of_the_file_are_read() {
    let old = json!([{"id": 1, "data": {"article": "قال سيرغي", "url": "x"}, "completions": [
        {"id": 2, "result": [{"id": "a", "from_name": "l", "to_name": "article", "type": "hypertextlabels",
            "value": {"start": 4, "end": 9, "hypertextlabels": ["PERSON"]}}]}]}]);
    let record = read(&old).remove(0);
    assert_eq!(shown(&record, 0), ["PERSON: سيرغي"]);
    assert_eq!(record.layers[0].annotator, Annotator::imported());
    let flat = json!([{"text": "قال سيرغي", "id": 5, "annotator": 3, "annotation_id": 9,
        "label": [{"start": 4, "end": 9, "text": "سيرغي", "labels": ["PERSON"]}], "lead_time": 2.5}]);
    let record = read(&flat).remove(0);
    assert_eq!(shown(&record, 0), ["PERSON: سيرغي"]);
    assert_eq!(record.layers[0].annotator.as_str(), "3");
    assert_eq!(record.metadata["lead_time"], "2.5");
    let stored = json!({"id": 9, "completed_by": {"username": "سعاد"}, "result": [region("a", 0, 3, "X")],
        "task": {"id": 4, "data": {"text": "قال"}}});
    let record = read(&stored).remove(0);
    assert_eq!(record.metadata["id"], "4");
    assert_eq!(record.layers[0].annotator.as_str(), "سعاد");
    let bare = json!([{"data": {"body": "نص"}}, {"text": ""}]);
    let records = read(&bare);
    assert_eq!((&*records[0].text, &*records[1].text), ("نص", ""));
    assert!(records[0].layers.is_empty());
}

#[test]
fn a_region_counts_what_its_text_says() {
    let result = |start: usize, end: usize| {
        json!([{"id": "a", "from_name": "l", "type": "labels",
            "value": {"start": start, "end": end, "text": "سيرغي", "labels": ["P"]}}])
    };
    let code_points = read(&json!([task("😀 سيرغي", &result(2, 7))]));
    let utf16 = read(&json!([task("😀 سيرغي", &result(3, 8))]));
    assert_eq!(shown(&code_points[0], 0), ["P: سيرغي"]);
    assert_eq!(shown(&utf16[0], 0), ["P: سيرغي"]);
    let neither = refusal(&task("😀 سيرغي", &result(1, 6)));
    assert!(neither.contains("the file says “سيرغي”"), "{neither}");
}

#[test]
fn somebody_who_annotated_twice_has_two_layers() {
    let annotation = json!({"completed_by": 7, "result": [region("a", 0, 1, "X")]});
    let file = json!([{"data": {"text": "abc"}, "annotations": [annotation, annotation]}]);
    let record = read(&file).remove(0);
    let names: Vec<_> = record.layers.iter().map(|l| l.annotator.as_str()).collect();
    assert_eq!(names, ["7", "7 (2)"]);
}

#[test]
fn a_region_without_a_label_is_named_after_its_tag() {
    let results = json!([{"id": "a", "from_name": "topic", "type": "choices",
        "value": {"start": 0, "end": 1, "text": "a", "choices": ["x", "y"]}}]);
    let record = read(&json!([task("abc", &results)])).remove(0);
    assert_eq!(shown(&record, 0), ["topic: a"]);
    let span = &record.layers[0].spans[0].data;
    assert_eq!(span.attributes["topic"], "[\"x\",\"y\"]");
}

#[test]
fn what_is_wrong_is_refused_with_its_place() {
    let of = |results: Value| refusal(&task("أب😀", &results));
    for (result, said) in [
        (region("a", 0, 9, "X"), "0 to 9 is no range"),
        (region("a", 2, 1, "X"), "2 to 1"),
        (region("a", 1, 1, "X"), "span a"),
        (region("a", 0, 1, "\n"), "its label"),
        (json!(3), "no object but 3"),
        (json!({"type": "relation", "from_id": "a"}), "`to_id`"),
        (
            json!({"type": "relation", "from_id": "x", "to_id": "y"}),
            "span x, which",
        ),
        (
            json!({"id": "a", "type": "labels", "value": {"start": -1, "end": 1, "labels": ["X"]}}),
            "-1 to 1",
        ),
        (
            json!({"id": "a", "type": "hypertextlabels", "value": {"start": "/p[1]", "end": "/p[1]"}}),
            "no range",
        ),
        (
            json!({"id": "a", "type": "labels", "value": {"start": 0, "end": 1, "labels": [3]}}),
            "3 is no label",
        ),
    ] {
        let found = of(json!([result]));
        assert!(found.starts_with("line 1: "), "{found}");
        assert!(found.contains(said), "{said}: {found}");
    }
    let twice = of(json!([region("a", 0, 1, "X"), region("a", 1, 2, "X")]));
    assert!(twice.contains("region a stands in the file twice"));
    for (file, said) in [
        (json!({"data": 3}), "`data`"),
        (json!({"data": {"a": "x", "b": "y"}}), "no `text`"),
        (
            json!({"data": {"text": "a"}, "annotations": 3}),
            "`annotations`",
        ),
        (
            json!({"data": {"text": "a"}, "annotations": [3]}),
            "no object",
        ),
        (
            json!({"data": {"text": "a"}, "annotations": [{"completed_by": {}}]}),
            "nobody",
        ),
        (
            json!({"data": {"text": "a"}, "predictions": [3]}),
            "no object",
        ),
    ] {
        assert!(refusal(&file).contains(said), "{said}: {}", refusal(&file));
    }
}

#[test]
fn what_is_no_file_of_tasks_is_told() {
    for (file, said) in [
        (&b""[..], "empty"),
        (b"[{\"data\": {\"text\"", "ends before"),
        (b"[3]", "invalid type"),
        (b"{\"result\": []}", "no `task`"),
        (b"[\"\xFF\"]", "not UTF-8"),
    ] {
        let (_, mut records) = read_all(file);
        let problem = records.remove(0).unwrap_err().to_string();
        assert!(problem.contains(said), "{problem}");
    }
    let (_, records) = read_all(b"[{\"data\": 3},\n{\"data\": {\"text\": \"a\"}}]");
    assert!(records[0].is_err() && records[1].is_ok(), "one by one");
    let deep = format!("[{{\"data\": {}}}]", "[".repeat(100_000));
    assert!(read_all(deep.as_bytes()).1[0].is_err());
}

#[test]
fn the_file_is_as_the_guide_has_it() {
    let text = "😀 سيرغي نفى";
    let start = text.find("سيرغي").unwrap();
    let mut layer = LayerRecord::new(Annotator::new("amal").unwrap());
    for (id, label, range) in [
        ("a", "PERSON", (start, start + 10)),
        ("b", "DENIAL", (start + 11, text.len())),
    ] {
        let range = ByteRange::new(text, range.0, range.1).unwrap();
        let fragments = Fragments::checked(text, [range]).unwrap();
        let data = SpanData::new(LabelId::new(label).unwrap(), fragments);
        layer.spans.push(SpanRecord::new(id.to_owned(), data));
    }
    let data = &mut layer.spans[1].data;
    data.note = "؟".to_owned();
    data.attributes.insert("free".to_owned(), "نص".to_owned());
    layer.relations.push(RelationRecord {
        id: "r".to_owned(),
        kind: "has_source".to_owned(),
        from: "b".to_owned(),
        to: "a".to_owned(),
    });
    let mut model = layer.clone();
    model.annotator = Annotator::prediction("bert").unwrap();
    model.spans.truncate(1);
    model.relations.clear();
    let id = crate::annotation::DocumentId::new(&TextHash::of(text), 0);
    let mut record = DocumentRecord::new(id, text.into());
    record.title = "t".to_owned();
    record.layers = vec![layer, model];
    record.metadata = [("id", "7"), ("text", "x"), ("list", "[1]")]
        .map(|(key, value)| (key.to_owned(), value.to_owned()))
        .into();
    let head = DatasetHead {
        labels: default_label_set(),
        edits: Vec::new(),
    };
    let mut out = Memory::named("a.json");
    let mut writer = super::write(&mut out, &head, &WriteOptions::default()).unwrap();
    writer.document(&record).unwrap();
    writer.finish().unwrap();
    let part = |id: &str, name: &str, kind: &str, value: Value| json!({"id": id, "from_name": name, "to_name": "text", "type": kind, "origin": "manual", "value": value});
    let person = part(
        "a",
        "label",
        "labels",
        json!({"start": 2, "end": 7, "text": "سيرغي", "labels": ["PERSON"]}),
    );
    let mut denial = part(
        "b",
        "label",
        "labels",
        json!({"start": 8, "end": 11, "text": "نفى", "labels": ["DENIAL"]}),
    );
    denial["meta"] = json!({"text": ["؟"]});
    let free = part(
        "b",
        "free",
        "textarea",
        json!({"start": 8, "end": 11, "text": ["نص"]}),
    );
    let relation = json!({"from_id": "b", "to_id": "a", "type": "relation", "direction": "right", "labels": ["has_source"]});
    let file: Value = serde_json::from_slice(&out.only()).unwrap();
    assert_eq!(
        file,
        json!([{
            "id": 7,
            "annotations": [{"id": 1, "completed_by": {"email": "amal"}, "was_cancelled": false,
                "ground_truth": false, "result": [person, denial, free, relation]}],
            "predictions": [{"id": 2, "model_version": "bert", "result": [person]}],
            "data": {"text": text, "title": "t", "list": [1]},
            "meta": {"text": "x"}
        }])
    );
    assert!(super::sniff(&out.only()));
    let mut writer = super::write(&mut out, &head, &WriteOptions::default());
    assert!(writer.as_mut().is_err(), "the file stands already");
}

#[test]
fn regions_of_a_page_count_in_the_text_that_it_shows() {
    let task = json!([{
        "data": {"html": "<p>قال <b>سمير</b> &amp; أمل</p>"},
        "annotations": [{"completed_by": "amal", "result": [{
            "from_name": "ner", "to_name": "html", "type": "hypertextlabels", "id": "a",
            "value": {
                "start": "/p[1]/b[1]/text()[1]", "end": "/p[1]/b[1]/text()[1]",
                "startOffset": 0, "endOffset": 4, "text": "سمير",
                "globalOffsets": {"start": 4, "end": 8}, "hypertextlabels": ["PER"]
            }
        }]}]
    }]);
    let records = read(&task);
    assert_eq!(&*records[0].text, "قال سمير & أمل");
    let span = &records[0].layers[0].spans[0].data;
    assert_eq!(span.fragments.text(&records[0].text), "سمير");
    assert!(span.attributes.is_empty(), "{:?}", span.attributes);
}
