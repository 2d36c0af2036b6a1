//! brat's files in and out.

#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

use crate::{
    annotation::{Annotator, AttributeKind, LabelSet, SpanData},
    interchange::{
        CopyCounter, DatasetHead, DocumentRecord, Problem, ReadOptions, Source, WriteOptions,
        default_label_set, source::memory::Memory,
    },
};

const TEXT: &str = "😀 قال سيرغي\nإن الخبر ملفق";

fn read_in(files: &Memory, ann: &str) -> Result<(LabelSet, DocumentRecord), Problem> {
    let source = Source {
        name: "خبر.ann".to_owned(),
        input: Box::new(ann.as_bytes()),
        folder: Some(files),
    };
    let options = ReadOptions::new(Annotator::imported(), LabelSet::default());
    let mut reader = super::read(source, options)?;
    let mut copies = CopyCounter::default();
    let record = reader.next(&mut copies).unwrap()?;
    assert!(reader.next(&mut copies).is_none());
    Ok((reader.head().labels.clone(), record))
}

fn files() -> Memory {
    let files = Memory::named("خبر.ann");
    files.put("خبر.txt", TEXT);
    files
}

fn read(ann: &str) -> DocumentRecord {
    read_in(&files(), ann).unwrap_or_else(|p| panic!("{p}")).1
}

fn refusal(ann: &str) -> String {
    read_in(&files(), ann).unwrap_err().to_string()
}

fn span<'r>(record: &'r DocumentRecord, id: &str) -> &'r SpanData {
    let spans = &record.layers[0].spans;
    &spans.iter().find(|span| span.id == id).unwrap().data
}

#[test]
fn every_kind_of_line_of_the_reference_is_read() {
    let record = read(
        "R1\tCause Arg1:E1 Arg2:T1\n\
        T1\tPerson 6 11\tسيرغي\n\
        T2\tSaying 2 5\tقال\r\n\
        T3\tClaim 12 14;21 25\tإن ملفق\n\
        E1\tSaying:T2 Speaker:T1 Theme2:E2\n\
        E2\tBeing:T3\n\
        *\tEquiv T1 T3\n\
        A1\tNegation E2\n\
        A2\tConfidence T1 L1\n\
        M1\tSpeculation T1\n\
        N1\tReference T1 Wikipedia:534366\tSergei\n\
        #1\tAnnotatorNotes T1\tمَن؟\n\
        #2\tAnnotatorNotes R1\tof a relation\n\
        A3\tKind R1 x\n",
    );
    assert_eq!(&*record.text, TEXT);
    let person = span(&record, "T1");
    assert_eq!(person.fragments.text(TEXT), "سيرغي");
    assert_eq!(person.note, "مَن؟");
    let said: Vec<_> = person
        .attributes
        .iter()
        .map(|(k, v)| format!("{k}={v}"))
        .collect();
    assert_eq!(
        said,
        [
            "Confidence=L1",
            "Reference=Wikipedia:534366 Sergei",
            "Speculation=true"
        ]
    );
    assert_eq!(span(&record, "T3").fragments.text(TEXT), "إن … ملفق");
    assert_eq!(span(&record, "T3").attributes["Negation"], "true");
    let relations = record.layers[0].relations.iter();
    let relations: Vec<_> = relations.map(|r| (&*r.kind, &*r.from, &*r.to)).collect();
    assert_eq!(
        relations,
        [
            ("Cause", "T2", "T1"),
            ("Speaker", "T2", "T1"),
            ("Theme", "T2", "T3"),
            ("Equiv", "T1", "T3")
        ]
    );
    assert_eq!(record.metadata["brat A3"], "Kind R1 x");
    assert_eq!(
        record.metadata["brat #2"],
        "AnnotatorNotes R1\tof a relation"
    );
}

#[test]
fn a_text_without_annotations_is_a_document() {
    let record = read("\n");
    assert!(record.layers.is_empty());
    let problem = read_in(&Memory::default(), "").unwrap_err();
    assert!(problem.to_string().contains("text file beside it"));
    let files = Memory::default();
    files.put("خبر.txt", b"\xFF".to_vec());
    assert!(read_in(&files, "").is_err());
}

#[test]
fn what_is_wrong_is_refused_with_its_line() {
    for (ann, said) in [
        ("T1 Person 0 1", "line 1, document خبر: “T1 Person 0 1”"),
        (
            "\nT1\tPerson 0 99\tx",
            "line 2, document خبر: span T1: 0 to 99",
        ),
        ("T1\tPerson 5 2\tx", "5 to 2"),
        ("T1\tPerson -1 2\tx", "-1 to 2"),
        ("T1\tPerson 3 3\t", "span T1"),
        ("T1\tPerson x\t", "text-bound"),
        ("T1\tPerson 6 11\tقال", "the file says “قال”"),
        (
            "T1\tP 0 1\t😀\nT1\tP 0 1\t😀",
            "span T1 stands in the file twice",
        ),
        ("R1\tX Arg1:T1 Arg2:T2", "needs span T1"),
        ("R1\tX Arg1:T1", "not two ends"),
        ("R1\tX T1", "not a relation"),
        ("E1\tX:T9", "needs span T9"),
        ("E1\tX:E1", "needs span"),
        ("*\tEquiv T1 T2", "needs span T1"),
        ("A1\tX", "not an attribute"),
        ("T1\tP 0 1\t😀\n#1\tHashiya T1\t{", "a note of Hashiya"),
    ] {
        let found = refusal(ann);
        assert!(found.contains(said), "{said}: {found}");
    }
}

#[test]
fn the_configuration_gives_labels_and_attributes() {
    let files = files();
    files.put(
        "annotation.conf",
        "# types\n[entities]\nPerson\n\tChild\n!Hidden\n------\n[relations]\nPart_Of Arg1:Person, Arg2:<ANY>\n<OVERLAP> Arg1:x\n\
        [attributes]\nNegation Arg:<EVENT>\nLevel Arg:<ENTITY>, Value:L1|L2\n",
    );
    files.put(
        "visual.conf",
        "[labels]\nPerson | Per. | P\nPart_Of | Part Of\nU062DU062FU062B_2 | حدث\n",
    );
    let (labels, record) = read_in(&files, "T1\tU062DU062FU062B_2 0 1\t😀\n").unwrap();
    let names: Vec<_> = labels.labels.iter().map(|label| &*label.name).collect();
    assert_eq!(names, ["Person", "Child", "حدث"]);
    assert_eq!(labels.relation_types[0].name, "Part Of");
    assert_eq!(labels.attributes[0].kind, AttributeKind::Flag);
    let values = AttributeKind::Choice(vec!["L1".to_owned(), "L2".to_owned()]);
    assert_eq!(labels.attributes[1].kind, values);
    assert_eq!(span(&record, "T1").label.as_str(), "حدث");
}

#[test]
fn the_files_are_as_the_reference_has_them() {
    let mut record =
        read("T1\tPERSON 6 11\tسيرغي\nT2\tC_D 9 14;21 25\tغي إن ملفق\nR1\tis_in Arg1:T2 Arg2:T1\n");
    let data = &mut record.layers[0].spans[1].data;
    data.note = "two\nlines".to_owned();
    data.label = crate::annotation::LabelId::new("قول").unwrap();
    for (name, value) in [("polarity", "negative"), ("free", "two words")] {
        data.attributes.insert(name.to_owned(), value.to_owned());
    }
    record.layers[0].spans[0].data.note = "؟".to_owned();
    record.metadata.insert("id".to_owned(), "../x".to_owned());
    let head = DatasetHead {
        labels: default_label_set(),
        edits: Vec::new(),
    };
    let mut out = Memory::default();
    let mut writer = super::write(&mut out, &head, &WriteOptions::default()).unwrap();
    writer.document(&record).unwrap();
    writer.finish().unwrap();
    let files = out.files();
    let file = |ending: &str| {
        let found = files
            .iter()
            .find(|(name, _)| name.ends_with(ending))
            .unwrap();
        String::from_utf8(found.1.clone()).unwrap()
    };
    assert_eq!(file(".txt"), TEXT);
    assert_eq!(
        file(".ann"),
        "T1\tPERSON 6 11\tسيرغي\n\
        #1\tAnnotatorNotes T1\t؟\n\
        T2\tU0642U0648U0644 9 14;21 25\tغي إن ملفق\n\
        A1\tpolarity T2 negative\n\
        #2\tHashiya T2\t{\"attributes\":{\"free\":\"two words\"},\"note\":\"two\\nlines\"}\n\
        R1\tis_in Arg1:T2 Arg2:T1\n"
    );
    let conf = file("annotation.conf");
    assert!(conf.contains("\nPERSON\n") && conf.contains("\nis_in Arg1:<ENTITY>, Arg2:<ENTITY>\n"));
    assert!(file("visual.conf").contains("\nU0642U0648U0644 | قول\n"));
    assert!(super::sniff(file(".ann").as_bytes()) && super::sniff(b"") && !super::sniff(b"x"));
}
