//! Web Annotations in and out.

#![allow(clippy::unwrap_used, reason = "tests")]

use std::fmt::Write as _;

use crate::{
    annotation::{Annotator, LabelSet},
    interchange::{
        CopyCounter, DocumentRecord, ReadOptions, Source, Unit, detect, source::memory::Memory,
    },
};

fn read_in(files: &Memory, file: &str, unit: Option<Unit>) -> Vec<Result<DocumentRecord, String>> {
    let mut options = ReadOptions::new(Annotator::imported(), LabelSet::default());
    options.unit = unit;
    let source = Source {
        name: "خبر.jsonld".to_owned(),
        input: Box::new(file.as_bytes()),
        folder: Some(files),
    };
    let mut reader = match super::read(source, options) {
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

const TEXT: &str = "😀 قال سيرغي: قال الوزير\nإن الخبر ملفق";

fn beside() -> Memory {
    let files = Memory::named("خبر.jsonld");
    files.put("خبر.txt", TEXT);
    files
}

fn read(file: &str) -> Vec<Result<DocumentRecord, String>> {
    read_in(&beside(), file, None)
}

fn only(file: &str) -> DocumentRecord {
    let [found] = <[_; 1]>::try_from(read(file)).unwrap();
    found.unwrap()
}

fn refusal(file: &str) -> String {
    read(file).remove(0).unwrap_err()
}

fn spans(record: &DocumentRecord) -> Vec<String> {
    let mut found = Vec::new();
    for layer in &record.layers {
        for span in &layer.spans {
            let text = span.data.fragments.text(&record.text);
            let mut said = format!("{}: {} {text}", layer.annotator, span.data.label);
            for (key, value) in &span.data.attributes {
                write!(said, " {key}={value}").unwrap();
            }
            if !span.data.note.is_empty() {
                write!(said, " ({})", span.data.note).unwrap();
            }
            found.push(said);
        }
    }
    found
}

/// As Recogito's library gives them: no source, positions in UTF-16, a relation between two.
const RECOGITO: &str = r##"[
 {"@context": "http://www.w3.org/ns/anno.jsonld", "type": "Annotation", "id": "#a1",
  "body": [{"type": "TextualBody", "value": "PERSON", "purpose": "tagging"},
           {"type": "TextualBody", "value": "مَن؟", "purpose": "commenting"},
           {"type": "TextualBody", "value": "أيضا"}],
  "target": {"selector": [{"type": "TextQuoteSelector", "exact": "سيرغي"}, {"type": "TextPositionSelector", "start": 7, "end": 12}]}},
 {"type": "Annotation", "id": "#a2", "motivation": "highlighting", "creator": {"id": "http://x/u", "name": "amal"}, "created": "2024-01-01",
  "body": [], "target": {"selector": {"type": "TextQuoteSelector", "exact": "قال", "prefix": "سيرغي: ", "suffix": " الو"}}},
 {"type": "Annotation", "id": "#a3",
  "body": [{"type": "TextualBody", "value": "CLAIM", "purpose": "tagging"}, {"type": "SpecificResource", "purpose": "identifying", "source": "http://q/1"}],
  "target": {"selector": [{"type": "FragmentSelector", "conformsTo": "http://tools.ietf.org/rfc/rfc5147", "value": "char=24,26"}]}},
 {"type": "Annotation", "id": "#r1", "motivation": "linking", "body": [{"type": "TextualBody", "value": "has_source", "purpose": "tagging"}],
  "target": [{"id": "#a3"}, {"id": "#a1"}]}
]"##;

#[test]
fn what_recogito_writes_is_read_with_the_text_beside_it() {
    let record = only(RECOGITO);
    assert_eq!(&*record.text, TEXT);
    assert_eq!(
        spans(&record),
        [
            "imported: PERSON سيرغي (مَن؟\nأيضا)",
            "imported: CLAIM إن identifying=http://q/1",
            "amal: highlighting قال created=2024-01-01",
        ]
    );
    let relation = &record.layers[0].relations[0];
    assert_eq!(
        (&*relation.kind, &*relation.from, &*relation.to),
        ("has_source", "#a3", "#a1")
    );
    assert_eq!(record.layers[1].spans[0].data.fragments.start(), 24);
    assert_eq!(
        detect("a.json", RECOGITO.as_bytes()).unwrap().name,
        "web-annotation"
    );
    assert_eq!(
        detect("a.jsonld", RECOGITO.as_bytes()).unwrap().name,
        "web-annotation"
    );
}

#[test]
fn the_rows_of_hypothesis_are_read() {
    let record = only(
        r#"{"total": 1, "rows": [{"id": "x", "uri": "http://a/b", "user": "acct:amal@hypothes.is", "text": "note", "tags": ["PERSON", "X"],
        "links": {"html": "h"}, "target": [{"source": "http://a/b", "selector": [
        {"type": "RangeSelector", "startOffset": 1}, {"type": "TextPositionSelector", "start": 1007, "end": 1012},
        {"type": "TextQuoteSelector", "exact": "سيرغي", "prefix": "x", "suffix": "y"}]}]}]}"#,
    );
    assert_eq!(
        spans(&record),
        [
            "acct:amal@hypothes.is: PERSON سيرغي (note)",
            "acct:amal@hypothes.is: X سيرغي (note)"
        ]
    );
}

#[test]
fn each_text_is_a_document_and_is_found_where_it_is() {
    let files = beside();
    files.put("two.txt", "ثان");
    let part = |source: &str, exact: &str| {
        format!(
            "{{\"type\": \"Annotation\", \"target\": {{\"source\": {source}, \"selector\": {{\"type\": \"TextQuoteSelector\", \"exact\": \"{exact}\"}}}}}}"
        )
    };
    let page = [
        part("{\"id\": \"urn:1\", \"type\": \"TextualBody\", \"label\": \"عنوان\", \"value\": \"أول\"}", "أول"),
        part("\"urn:1\"", "أ"),
        part("\"http://x/../texts/two.txt?a\"", "ث"),
        part("\"other.html\"", "سيرغي"),
        "{\"type\": \"Annotation\", \"motivation\": \"commenting\", \"target\": \"urn:1\", \"body\": {\"type\": \"TextualBody\", \"value\": \"كله\"}}".to_owned(),
    ]
    .join(", ");
    let pages = [
        format!(
            "{{\"@context\": \"http://www.w3.org/ns/anno.jsonld\", \"type\": \"AnnotationPage\", \"items\": [{page}]}}"
        ),
        format!(
            "{{\"type\": \"AnnotationCollection\", \"first\": {{\"type\": \"AnnotationPage\", \"items\": [{page}]}}}}"
        ),
        format!("[{page}]"),
        format!("[{{\"items\": [{page}]}}]"),
    ];
    for file in pages {
        let found = read_in(&files, &file, None);
        let found: Vec<_> = found.into_iter().map(Result::unwrap).collect();
        let texts: Vec<&str> = found.iter().map(|record| &*record.text).collect();
        assert_eq!(texts, ["أول", "ثان", TEXT], "{file}");
        assert_eq!(found[0].title, "عنوان");
        let mut said = found[0].metadata.keys();
        assert!(said.any(|key| key.ends_with("annotation 5")), "{file}");
        assert_eq!(found[0].layers[0].spans.len(), 2);
    }
}

#[test]
fn what_cannot_be_found_is_refused_with_the_reason() {
    let file = |selector: &str| {
        format!(
            "[{{\"type\": \"Annotation\", \"id\": \"a\", \"target\": {{\"source\": \"s\", \"selector\": [{selector}]}}}}]"
        )
    };
    let quote = |exact: &str, more: &str| {
        format!("{{\"type\": \"TextQuoteSelector\", \"exact\": \"{exact}\"{more}}}")
    };
    let position = |start: &str, end: &str| {
        format!("{{\"type\": \"TextPositionSelector\", \"start\": {start}, \"end\": {end}}}")
    };
    for (selector, said) in [
        (
            quote("ليس", ""),
            "line 1, document s: annotation a: the quote “ليس” is not in the text",
        ),
        (quote("قال", ""), "several times"),
        (quote("قال", ", \"prefix\": \"x\""), "several times"),
        (quote("", ""), "is empty"),
        (position("0", "99"), "span a: 0 to 99 is no range"),
        (position("-1", "2"), "-1"),
        (position("3", "2"), "3 to 2"),
        (position("\"a\"", "null"), "is no range"),
        (position("1", "1"), "is empty"),
        (
            "{\"type\": \"XPathSelector\"}".to_owned(),
            "neither a position nor a quote",
        ),
        (
            position("0", "1") + "," + &quote("ليس", ""),
            "the file says “ليس”",
        ),
        (
            position("0", "1") + "," + &quote("قال", ""),
            "the file says “قال”",
        ),
    ] {
        let error = refusal(&file(&selector));
        assert!(error.contains(said), "{selector}: {error}");
    }
    let good = file(&position("2", "5"));
    assert!(
        read_in(&Memory::named("x"), &good, None)[0]
            .as_ref()
            .unwrap_err()
            .contains("no text")
    );
    let twice = format!(
        "{},{}",
        good.trim_end_matches(']'),
        good.trim_start_matches('[')
    );
    assert!(refusal(&twice).contains("annotation a stands in the file twice"));
    let link = "{\"id\": \"l\", \"motivation\": \"linking\", \"target\": [\"a\", \"b\"]}";
    assert!(
        refusal(&format!("{},{link}]", good.trim_end_matches(']')))
            .contains("relation l needs span b")
    );
    let itself = link.replace("\"b\"", "\"a\"");
    assert!(refusal(&format!("{},{itself}]", good.trim_end_matches(']'))).contains("to itself"));
    let units = position("1", "2");
    let told = read_in(&beside(), &file(&units), Some(Unit::Utf16));
    assert!(told[0].as_ref().unwrap_err().contains("inside a character"));
}

#[test]
fn what_is_no_file_of_annotations_is_refused() {
    for (file, said) in [
        ("x", "begins none"),
        ("[1]", "expected"),
        ("[{\"id\": 1}]", "has no target"),
        ("{\"items\": 3}", "is not a list"),
        ("{\"items\": [3]}", "annotation 1 is no object"),
        ("[{\"items\": []}", "ends before"),
        (
            "{\"id\": \"a\", \"target\": [\"x\", {\"source\": \"y\", \"selector\": {}}]}",
            "also about another text",
        ),
    ] {
        let error = refusal(file);
        assert!(error.contains(said), "{file}: {error}");
    }
    for (end, _) in RECOGITO.char_indices().skip(1) {
        assert!(
            read(RECOGITO.get(..end).unwrap())
                .iter()
                .any(Result::is_err),
            "{end}"
        );
    }
    let deep = format!(
        "{{\"first\": {}1{}}}",
        "{\"first\": ".repeat(100_000),
        "}".repeat(100_000)
    );
    assert!(read(&deep).iter().all(Result::is_err));
}

#[test]
fn looking_around_each_place_has_its_price() {
    let files = Memory::named("خبر.jsonld");
    files.put("خبر.txt", "a".repeat(200_000).as_str());
    let prefix = format!("{}b", "a".repeat(50_000));
    let file = format!(
        "[{{\"type\": \"Annotation\", \"target\": {{\"source\": \"s\", \"selector\": \
         {{\"type\": \"TextQuoteSelector\", \"exact\": \"a\", \"prefix\": \"{prefix}\"}}}}}}]"
    );
    let error = read_in(&files, &file, None).remove(0).unwrap_err();
    assert!(error.contains("too many without a position"), "{error}");
}
