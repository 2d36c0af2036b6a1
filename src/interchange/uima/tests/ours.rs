//! What we write.

use crate::{
    annotation::{Annotator, Fragments, LabelId, SpanData},
    interchange::{
        CopyCounter, DatasetHead, DocumentRecord, Format, LayerRecord, RelationRecord, SpanRecord,
        WriteOptions, default_label_set, detect, source::memory::Memory,
    },
    text::ByteRange,
};

use super::{read, relations, spans};

fn written(format: &str, records: &[DocumentRecord]) -> Memory {
    let mut files = Memory::named("a");
    let head = DatasetHead {
        labels: default_label_set(),
        edits: Vec::new(),
    };
    let open = Format::named(format).unwrap().write.unwrap();
    let mut writer = open(&mut files, &head, &WriteOptions::default()).unwrap();
    for record in records {
        writer.document(record).unwrap();
    }
    writer.finish().unwrap();
    files
}

fn span(text: &str, id: usize, ranges: &[(usize, usize)]) -> SpanRecord {
    let ranges = ranges
        .iter()
        .map(|(start, end)| ByteRange::new(text, *start, *end).unwrap());
    let data = SpanData::new(
        LabelId::new("PERSON").unwrap(),
        Fragments::new(ranges).unwrap(),
    );
    SpanRecord::new(format!("s{id}"), data)
}

fn article(text: &str, spans: Vec<SpanRecord>) -> DocumentRecord {
    let mut record = DocumentRecord::found(
        text,
        Some("عنوان".to_owned()),
        "a",
        &mut CopyCounter::default(),
    );
    let mut layer = LayerRecord::new(Annotator::imported());
    layer.spans = spans;
    record.layers.push(layer);
    record
}

fn only(files: &Memory, ending: &str) -> (String, String) {
    let mut files = files.files().into_iter();
    let (name, bytes) = files.find(|(name, _)| name.ends_with(ending)).unwrap();
    (name, String::from_utf8(bytes).unwrap())
}

#[test]
fn a_document_as_it_stands_in_files() {
    let text = "😀 \"x\"\r\n\tيوسف\u{1}";
    let mut first = span(text, 1, &[(0, 4), (5, 6)]);
    first.data.note = "أ\nb".to_owned();
    first
        .data
        .attributes
        .insert("k".to_owned(), "<v>".to_owned());
    let mut record = article(text, vec![first, span(text, 2, &[(11, 19)])]);
    record.layers[0].relations.push(RelationRecord {
        id: "r".to_owned(),
        kind: "has_source".to_owned(),
        from: "s2".to_owned(),
        to: "s1".to_owned(),
    });
    let files = written("uima-xmi", &[record.clone()]);
    let (name, file) = only(&files, ".xmi");
    let line = |start: &str| file.lines().find(|line| line.starts_with(start)).unwrap();
    assert_eq!(
        line("<hashiya:Span"),
        "<hashiya:Span xmi:id=\"8\" sofa=\"1\" begin=\"0\" end=\"4\" label=\"PERSON\" note=\"أ&#10;b\" attributes=\"3\" fragments=\"5 6\"/>"
    );
    assert!(line("<cas:Sofa").contains("sofaString=\"😀 &quot;x&quot;&#13;&#10;&#9;يوسف \"/>"));
    assert!(line("<hashiya:Relation").contains("begin=\"0\" end=\"4\" label=\"has_source\""));
    assert!(files.files().contains_key("TypeSystem.xml"));
    assert_eq!(detect(&name, file.as_bytes()).unwrap().name, "uima-xmi");
    assert_eq!(detect("a.xml", file.as_bytes()).unwrap().name, "uima-xmi");
    let types = files.files().remove("TypeSystem.xml").unwrap();
    assert!(detect("TypeSystem.xml", &types).is_none_or(|it| it.name != "uima-xmi"));

    let (name, json) = only(&written("uima-json", &[record]), ".json");
    assert_eq!(detect(&name, json.as_bytes()).unwrap().name, "uima-json");
    assert!(json.contains("\"@Governor\":9,\"@Dependent\":8}"), "{json}");
    for (format, file) in [("uima-xmi", &file), ("uima-json", &json)] {
        let back = read(format, file);
        assert_eq!(spans(&back), ["PERSON: 😀 … \" k=<v>", "PERSON: يوسف"]);
        assert_eq!(relations(&back), ["يوسف has_source 😀 … \""]);
        assert_eq!(back.title, "عنوان");
    }
}

#[test]
fn long_and_dense_documents_come_back() {
    let text = "كلمة 😀\n".repeat(330_000);
    let piece = text.len() / 330_000;
    let spans: Vec<SpanRecord> = (0..50_000)
        .map(|at| span(&text, at, &[(at * piece, at * piece + 8)]))
        .collect();
    let record = article(&text, spans);
    for (format, ending) in [("uima-xmi", ".xmi"), ("uima-json", ".json")] {
        let (_, file) = only(&written(format, std::slice::from_ref(&record)), ending);
        let back = read(format, &file);
        assert_eq!(back.layers[0].spans.len(), 50_000);
        assert_eq!(*back.text, text);
    }
}
