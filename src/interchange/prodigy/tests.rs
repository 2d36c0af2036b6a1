//! Prodigy's files in and out, and back.

#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

use std::fmt::Write as _;

use serde_json::{Value, json};

use crate::{
    annotation::{Annotator, Fragments, LabelId, LabelSet, SpanData, Status, TextHash},
    interchange::{
        CopyCounter, DatasetHead, DocumentRecord, LayerRecord, Problem, ReadOptions,
        RelationRecord, Source, SpanRecord, WriteOptions, detect, source::memory::Memory,
    },
    text::ByteRange,
};

fn annotator(name: &str) -> Annotator {
    Annotator::new(name).unwrap()
}

fn read_all(file: &str) -> Vec<Result<DocumentRecord, Problem>> {
    let options = ReadOptions::new(Annotator::imported(), LabelSet::default());
    let mut reader =
        super::read(Source::of_bytes("أخبار.jsonl", file.as_bytes()), options).unwrap();
    let mut copies = CopyCounter::default();
    std::iter::from_fn(|| reader.next(&mut copies)).collect()
}

fn read(lines: &[Value]) -> Vec<DocumentRecord> {
    let lines: Vec<String> = lines.iter().map(Value::to_string).collect();
    let file = lines.join("\n");
    read_all(&file)
        .into_iter()
        .map(|record| match record {
            Ok(record) => record,
            Err(problem) => panic!("{problem}"),
        })
        .collect()
}

fn refusal(line: &Value) -> String {
    let mut records = read_all(&line.to_string());
    assert_eq!(records.len(), 1);
    records.remove(0).unwrap_err().to_string()
}

/// The spans of a layer as `LABEL: text`.
fn spans(record: &DocumentRecord, who: &str) -> Vec<String> {
    let layer = record.layer(&annotator(who)).unwrap();
    let said = |span: &SpanRecord| {
        format!(
            "{}: {}",
            span.data.label,
            span.data.fragments.text(&record.text)
        )
    };
    layer.spans.iter().map(said).collect()
}

fn span(start: usize, end: usize, label: &str) -> Value {
    json!({"start": start, "end": end, "label": label})
}

/// A task as `prodigy db-out` writes it.
fn exported() -> Value {
    json!({
        "text": "😀 Sara met Ali Baba.",
        "meta": {"source": "BioNLP", "title": "Who met whom"},
        "_input_hash": -400_334_998, "_task_hash": 1_861_007_191,
        "tokens": [
            {"text": "😀", "start": 0, "end": 1, "id": 0, "ws": true},
            {"text": "Sara", "start": 2, "end": 6, "id": 1, "ws": true},
            {"text": "met", "start": 7, "end": 10, "id": 2, "ws": true, "disabled": true},
            {"text": "Ali", "start": 11, "end": 14, "id": 3, "ws": true},
            {"text": "Baba", "start": 15, "end": 19, "id": 4, "ws": false},
            {"text": ".", "start": 19, "end": 20, "id": 5, "ws": false}
        ],
        "_session_id": "news-amal", "_annotator_id": "news-amal", "_view_id": "relations",
        "spans": [
            {"text": "Sara", "start": 2, "token_start": 1, "token_end": 1, "end": 6, "type": "span", "label": "PER"},
            {"token_start": 3, "token_end": 4, "label": "PER", "score": 0.5}
        ],
        "relations": [
            {"head": 4, "child": 1, "head_span": {"start": 11, "end": 19, "token_start": 3, "token_end": 4, "label": "PER"},
             "child_span": {"start": 2, "end": 6, "token_start": 1, "token_end": 1, "label": "PER"},
             "color": "#ffd882", "label": "knows"},
            {"head": 1, "child": 2, "label": "verb"},
            {"head": 4, "child": 1, "label": "near"}
        ],
        "answer": "accept", "_timestamp": 1_700_000_000
    })
}

#[test]
fn a_task_of_prodigy_is_read() {
    let records = read(&[exported()]);
    let record = &records[0];
    assert_eq!(record.title, "Who met whom");
    assert_eq!(
        spans(record, "news-amal"),
        ["PER: Sara", "PER: Ali Baba", "token: met"]
    );
    let layer = &record.layers[0];
    assert_eq!(layer.status, Status::Done);
    assert_eq!(layer.spans[1].data.attributes["score"], "0.5");
    assert!(layer.spans[0].data.attributes.is_empty());
    let text = |id: &str| {
        let span = layer.spans.iter().find(|span| span.id == id).unwrap();
        span.data.fragments.text(&record.text)
    };
    let relations: Vec<_> = layer
        .relations
        .iter()
        .map(|it| (text(&it.from), &*it.kind, text(&it.to)))
        .collect();
    let pair = |from: &str, kind: &'static str, to: &str| (from.to_owned(), kind, to.to_owned());
    assert_eq!(
        relations,
        [
            pair("Ali Baba", "knows", "Sara"),
            pair("Sara", "verb", "met"),
            pair("Ali Baba", "near", "Sara"),
        ]
    );
    assert_eq!(record.metadata["_timestamp"], "1700000000");
    assert_eq!(record.metadata["source"], "BioNLP");
    assert!(!record.metadata.contains_key("_session_id"));
}

#[test]
fn lines_of_one_text_are_one_document_wherever_they_stand() {
    let line = |text: &str, who: &str, label: &str| json!({"text": text, "spans": [span(0, 1, label)], "answer": "accept", "_session_id": who});
    let records = read(&[
        line("a", "amal", "A1"),
        line("b", "amal", "B"),
        line("a", "amal", "A2"),
        line("a", "yusuf", "C1"),
        line("a", "yusuf", "C2"),
        line("a", "yusuf", "C3"),
    ]);
    let found: Vec<_> = records
        .iter()
        .map(|record| {
            let labels = record.layers.iter().flat_map(|layer| &layer.spans);
            let labels: Vec<_> = labels.map(|span| span.data.label.to_string()).collect();
            (&*record.text, labels.join(" "))
        })
        .collect();
    let wanted = [("a", "A1 C1"), ("b", "B"), ("a", "A2 C2"), ("a", "C3")];
    assert_eq!(
        found,
        wanted.map(|(text, labels)| (text, labels.to_owned()))
    );
}

#[test]
fn questions_on_one_input_are_of_one_document() {
    let line = |who: &str, task: i64, answer: &str, label: &str| {
        json!({
            "text": "ab", "_input_hash": 7, "_task_hash": task, "answer": answer,
            "spans": [span(0, 1, label)], "_session_id": who,
        })
    };
    let records = read(&[
        line("amal", 1, "accept", "X"),
        line("amal", 2, "accept", "Y"),
        line("amal", 3, "reject", "Z"),
        line("amal", 1, "accept", "W"),
        line("yusuf", 2, "accept", "Y"),
    ]);
    assert_eq!(records.len(), 2);
    assert_eq!(spans(&records[0], "amal"), ["X: a", "Y: a"]);
    assert_eq!(spans(&records[0], "yusuf"), ["Y: a"]);
    assert_eq!(spans(&records[1], "amal"), ["W: a"]);
    assert_eq!(records[0].metadata["answer of amal"], "reject");
}

#[test]
fn copies_of_a_text_are_told_apart_by_the_hash_of_their_input() {
    let line = |who: &str, input: i64, label: &str| {
        json!({
            "text": "ab", "_input_hash": input, "_task_hash": 1, "answer": "accept",
            "spans": [span(0, 1, label)], "_session_id": who,
        })
    };
    let records = read(&[
        line("amal", 1, "X"),
        line("amal", 2, "Y"),
        line("yusuf", 2, "Z"),
    ]);
    assert_eq!(records.len(), 2);
    assert_eq!(records[0].layers.len(), 1);
    assert_eq!(spans(&records[1], "yusuf"), ["Z: a"]);
    assert!(records[1].metadata.is_empty());
}

#[test]
fn what_was_not_accepted_is_nobodys_annotation() {
    for answer in ["reject", "ignore"] {
        let line = json!({
            "text": "ab", "answer": answer, "spans": [span(0, 9, "X")], "_session_id": "amal",
        });
        let record = read(&[line]).remove(0);
        assert!(record.layers.is_empty());
        assert_eq!(record.metadata["answer of amal"], answer);
        let spans: Value = serde_json::from_str(&record.metadata["spans of amal"]).unwrap();
        assert_eq!(spans, json!([span(0, 9, "X")]));
    }
}

#[test]
fn layers_are_of_sessions_with_names_and_of_models() {
    let records = read(&[
        json!({"text": "a", "answer": "accept", "spans": [], "_session_id": "2026-01-31_12-00-59"}),
        json!({"text": "b", "spans": [{"start": 0, "end": 1, "label": "X", "source": "bert v1"}]}),
        json!({"text": "c", "spans": [span(0, 1, "X")], "_annotator_id": 12, "_session_id": null}),
        json!({"text": "d", "spans": [], "tokens": null}),
        json!({"text": "e", "spans": [{"start": 0, "end": 1}], "label": "X", "answer": null}),
    ]);
    let found: Vec<_> = records
        .iter()
        .map(|it| {
            it.layers
                .first()
                .map(|it| (it.annotator.to_string(), it.status))
        })
        .collect();
    let layer = |who: &str, status| Some((who.to_owned(), status));
    assert_eq!(
        found,
        [
            layer("imported", Status::Done),
            layer("prediction: bert v1", Status::New),
            layer("12", Status::New),
            None,
            layer("imported", Status::New),
        ]
    );
    assert_eq!(records[0].metadata["_session_id"], "2026-01-31_12-00-59");
    assert_eq!(spans(&records[4], "imported"), ["X: e"]);
}

#[test]
fn what_is_wrong_is_told_with_its_line() {
    let task = |spans: Value| json!({"text": "😀a", "spans": spans, "answer": "accept"});
    for (line, said) in [
        (
            task(json!([span(0, 3, "X")])),
            "0 to 3 is no range of a text of 2 code points",
        ),
        (task(json!([span(1, 0, "X")])), "1 to 0"),
        (
            task(json!([{"start": -1, "end": 1, "label": "X"}])),
            "-1 to 1",
        ),
        (
            task(json!([{"token_start": 0, "token_end": 9, "label": "X"}])),
            "null to null",
        ),
        (task(json!([span(0, 0, "X")])), "empty"),
        (task(json!([span(0, 1, "\n")])), "its label"),
        (
            task(json!([{"start": 1, "end": 2, "label": "X", "text": "b"}])),
            "says “b”",
        ),
        (task(json!([7])), "span 1 is no object but 7"),
        (task(json!("x")), "`spans` is not a list"),
        (json!({"spans": []}), "no `text`"),
        (json!({"text": 7}), "string"),
        (
            json!({"text": "a", "answer": "maybe"}),
            "the answer “maybe”",
        ),
        (json!({"text": "a", "tokens": ["a"]}), "struct"),
        (json!({"text": "a", "_session_id": "a\nb"}), "`_session_id`"),
        (
            json!({"text": "ab", "spans": [span(0, 1, "X")], "relations": [{"head": 0, "child": 7}]}),
            "null to null",
        ),
        (
            json!({"text": "ab", "relations": [{"head_span": span(0, 1, "X"), "child_span": span(0, 1, "X")}]}),
            "to itself",
        ),
    ] {
        let found = refusal(&line);
        assert!(
            found.contains(said) && found.starts_with("line 1"),
            "{line}: {found}"
        );
    }
    let file = "{\"text\":\"a\"}\n{\"text\":\"b\n\n[1]\n{\"text\":\"c\",\"spans\":[{}]}\n{\"text\":\"a\",\"answer\":\"x\"}";
    let found: Vec<_> = read_all(file)
        .into_iter()
        .map(|record| record.map_or_else(|problem| problem.line, |_| None))
        .collect();
    assert_eq!(found, [Some(2), Some(4), None, Some(5), Some(6)]);
}

#[test]
fn a_file_of_two_sessions_one_behind_the_other_comes_in_right() {
    let words = "كلمة ".repeat(400);
    let mut file = String::new();
    for who in ["amal", "yusuf"] {
        for number in 0..10_000 {
            let text = format!("{number} {words}");
            let label = format!("{who} {}", number % 7);
            let line = json!({
                "text": text, "spans": [span(0, 1, &label)], "answer": "accept",
                "_session_id": who, "_annotator_id": who,
            });
            writeln!(file, "{line}").unwrap();
        }
    }
    assert!(file.len() > 20_000 * 2000);
    let options = ReadOptions::new(Annotator::imported(), LabelSet::default());
    let mut reader = super::read(Source::of_bytes("a.jsonl", file.as_bytes()), options).unwrap();
    let mut copies = CopyCounter::default();
    let mut count = 0;
    while let Some(record) = reader.next(&mut copies) {
        let record = record.unwrap();
        assert!(record.text.starts_with(&format!("{count} ")));
        assert_eq!(record.layers.len(), 2);
        for layer in &record.layers {
            let label = format!("{} {}", layer.annotator, count % 7);
            assert_eq!(layer.spans[0].data.label.as_str(), label);
        }
        count += 1;
    }
    assert_eq!(count, 10_000);
}

fn written(records: &[DocumentRecord]) -> Vec<Value> {
    let mut out = Memory::named("a.jsonl");
    let head = DatasetHead::default();
    let mut writer = super::write(&mut out, &head, &WriteOptions::default()).unwrap();
    for record in records {
        writer.document(record).unwrap();
    }
    writer.finish().unwrap();
    let out = String::from_utf8(out.only()).unwrap();
    let found = detect("a.jsonl", out.as_bytes()).map(|format| format.name);
    assert_eq!(found, Some("prodigy"));
    out.lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

#[test]
fn a_line_is_written_for_each_annotator_with_the_same_tokens() {
    let text = "قال وسيرغي  لا";
    let at = |start: &str, end: &str| {
        let (start, last) = (text.find(start).unwrap(), text.find(end).unwrap());
        let range = ByteRange::new(text, start, last + end.len()).unwrap();
        Fragments::new([range]).unwrap()
    };
    let mut record =
        DocumentRecord::new(CopyCounter::default().id(&TextHash::of(text)), text.into());
    record.metadata.insert("id".to_owned(), "12".to_owned());
    record
        .metadata
        .insert("مصدر".to_owned(), "وكالة".to_owned());
    let span = |id: &str, label: &str, fragments| {
        SpanRecord::new(
            id.to_owned(),
            SpanData::new(LabelId::new(label).unwrap(), fragments),
        )
    };
    let mut amal = LayerRecord::new(annotator("amal"));
    amal.spans.push(span("a", "PER", at("سيرغي", "سيرغي")));
    amal.spans.push(span("b", "ACT", at("قال", "قال")));
    amal.spans[1].data.note = "هنا".to_owned();
    amal.spans[1]
        .data
        .attributes
        .insert("start".to_owned(), "x".to_owned());
    amal.relations.push(RelationRecord {
        id: "r".to_owned(),
        kind: "by".to_owned(),
        from: "b".to_owned(),
        to: "a".to_owned(),
    });
    record.layers = vec![amal, LayerRecord::new(annotator("yusuf"))];
    let mut lines = written(&[record.clone(), DocumentRecord::new(record.id, "".into())]);
    assert_eq!(lines.len(), 3);
    for hash in ["_input_hash", "_task_hash"] {
        let mut hashes = lines.iter_mut().map(|line| line[hash].take());
        let first = hashes.next().unwrap();
        assert!(first.is_i64() && hashes.all(|hash| hash == first));
    }
    for line in &mut lines {
        line.as_object_mut()
            .unwrap()
            .retain(|_, value| !value.is_null());
    }
    let token = |text: &str, start: usize, end: usize, id: usize, ws: bool| json!({"text": text, "start": start, "end": end, "id": id, "ws": ws});
    let tokens = json!([
        token("قال", 0, 3, 0, true),
        token("و", 4, 5, 1, false),
        token("سيرغي", 5, 10, 2, true),
        token(" ", 11, 12, 3, false),
        token("لا", 12, 14, 4, false),
    ]);
    let person = json!({"start": 5, "end": 10, "token_start": 2, "token_end": 2, "label": "PER"});
    let act = json!({"start": 0, "end": 3, "token_start": 0, "token_end": 0, "label": "ACT"});
    let mut noted = act.clone();
    noted["attributes"] = json!({"start": "x"});
    noted["note"] = json!("هنا");
    assert_eq!(
        lines[0],
        json!({
            "_view_id": "relations", "id": 12, "title": "", "text": text,
            "meta": {"مصدر": "وكالة"}, "tokens": tokens, "spans": [person, noted],
            "relations": [
                {"head": 0, "child": 2, "head_span": act, "child_span": person, "label": "by"}
            ],
            "_annotator_id": "amal", "_session_id": "amal",
        })
    );
    assert_eq!(lines[1]["tokens"], tokens);
    assert_eq!(lines[1]["spans"], json!([]));
    assert_eq!(lines[1]["_session_id"], "yusuf");
    assert_eq!(
        lines[2],
        json!({"_view_id": "spans_manual", "title": "", "text": "", "tokens": []})
    );
}

#[test]
fn only_who_is_done_has_answered() {
    let id = CopyCounter::default().id(&TextHash::of("قال"));
    let mut record = DocumentRecord::new(id, "قال".into());
    for (name, status) in [
        ("amal", Status::New),
        ("nur", Status::InProgress),
        ("yusuf", Status::Done),
    ] {
        let mut layer = LayerRecord::new(annotator(name));
        layer.status = status;
        let range = ByteRange::new("قال", 0, 2).unwrap();
        let data = SpanData::new(LabelId::new("X").unwrap(), Fragments::new([range]).unwrap());
        layer.spans.push(SpanRecord::new("1".to_owned(), data));
        record.layers.push(layer);
    }
    let lines = written(std::slice::from_ref(&record));
    let said: Vec<_> = lines
        .iter()
        .map(|line| (line.get("answer").cloned(), line.get("status").cloned()))
        .collect();
    assert_eq!(
        said,
        [
            (None, None),
            (None, Some(json!("in-progress"))),
            (Some(json!("accept")), None)
        ]
    );
    let back = read(&lines);
    let statuses = |record: &DocumentRecord| -> Vec<_> {
        let layers = record.layers.iter();
        layers
            .map(|layer| (layer.annotator.clone(), layer.status))
            .collect()
    };
    assert_eq!(statuses(&back[0]), statuses(&record));
    assert!(!back[0].metadata.contains_key("status"));
}

#[test]
fn a_file_is_known_by_what_only_prodigy_writes() {
    let name = |start: &str| detect("a.jsonl", start.as_bytes()).map(|format| format.name);
    assert_eq!(name(&exported().to_string()), Some("prodigy"));
    assert_eq!(name("{\"text\": \"a\", \"spans\": []}"), Some("prodigy"));
    assert_eq!(name("{\"text\": \"a\", \"label\": []}"), Some("doccano"));
}
