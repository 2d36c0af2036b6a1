//! GATE's files in and out.

#![allow(clippy::unwrap_used, reason = "tests")]

use std::fmt::Write as _;

use crate::{
    annotation::{Annotator, LabelSet},
    interchange::{CopyCounter, DocumentRecord, ReadOptions, Source, detect},
};

fn read(file: &str) -> Result<DocumentRecord, String> {
    let options = ReadOptions::new(Annotator::imported(), LabelSet::default());
    let source = Source::of_bytes("خبر.xml", file.as_bytes());
    let mut reader = super::read(source, options).map_err(|problem| problem.to_string())?;
    let mut copies = CopyCounter::default();
    let record = reader.next(&mut copies).unwrap();
    assert!(reader.next(&mut copies).is_none());
    record.map_err(|problem| problem.to_string())
}

fn spans(record: &DocumentRecord) -> Vec<String> {
    let layers = record.layers.iter();
    layers
        .flat_map(|layer| {
            layer.spans.iter().map(|span| {
                let text = span.data.fragments.text(&record.text);
                let said = &span.data.attributes;
                let (who, id, label) = (&layer.annotator, &span.id, &span.data.label);
                format!("{who}: {id} {label} {text} {said:?}")
            })
        })
        .collect()
}

/// As `DocumentStaxUtils` writes it: node ids in UTF-16, a set without a name, markup that was there
/// before, values of several classes, text in CDATA.
const WRITTEN: &str = r#"<?xml version='1.0' encoding='UTF-8'?>
<GateDocument version="3">
<!-- The document's features-->

<GateDocumentFeatures>
<Feature>
  <Name className="java.lang.String">gate.SourceURL</Name>
  <Value className="java.lang.String">file:/a.html</Value>
</Feature>
<Feature>
  <Name className="java.lang.String">n</Name>
  <Value className="java.lang.Long">3</Value>
</Feature>
</GateDocumentFeatures>
<!-- The document content area with serialized nodes -->

<TextWithNodes><Node id="0"/>😀 قال <Node id="7"/>سيرغي<Node id="12"/><![CDATA[<<<<<b>]]>
نفى<Node id="23"/></TextWithNodes>
<!-- The default annotation set -->

<AnnotationSet>
<Annotation Id="4" Type="Person" StartNode="7" EndNode="12">
<Feature>
  <Name className="java.lang.String">rule</Name>
  <Value className="java.lang.String">Name&lt;1&gt;</Value>
</Feature>
<Feature>
  <Name className="java.lang.String">matches</Name>
  <Value className="gate.corpora.ObjectWrapper">&lt;list/&gt;</Value>
</Feature>
</Annotation>
<Annotation Id="5" Type="Place" StartNode="7" EndNode="7"></Annotation>
<Annotation Id="9" Type="All" StartNode="0" EndNode="23"></Annotation>
</AnnotationSet>
<!-- Named annotation set -->

<AnnotationSet Name="Original markups">
<Annotation Id="0" Type="p" StartNode="0" EndNode="23"></Annotation>
<Annotation Id="1" Type="br" StartNode="12" EndNode="12"></Annotation>
</AnnotationSet>
<AnnotationSet Name="amal">
<Annotation Id="4" Type="Claim" StartNode="0" EndNode="7"></Annotation>
</AnnotationSet>
<RelationSet>
<Relation Id="10" Type="in" Members="4;9">
<UserData></UserData>
</Relation>
<Relation Id="11" Type="about" Members="10;4">
<UserData>x</UserData>
</Relation>
</RelationSet>
</GateDocument>
"#;

#[test]
fn what_gate_writes_is_read() {
    let record = read(WRITTEN).unwrap();
    assert_eq!(&*record.text, "😀 قال سيرغي<<<<<b>\nنفى");
    assert_eq!(
        spans(&record),
        [
            "imported: 4 Person سيرغي {\"matches\": \"<list/>\", \"rule\": \"Name<1>\"}".to_owned(),
            format!("imported: 9 All {} {{}}", record.text),
            "amal: 4 Claim 😀 قال  {}".to_owned(),
        ]
    );
    let relations = &record.layers[0].relations;
    assert_eq!(relations.len(), 1);
    assert_eq!((&*relations[0].from, &*relations[0].to), ("4", "9"));
    let said: Vec<_> = record.metadata.keys().map(String::as_str).collect();
    assert_eq!(
        said,
        [
            "annotation 5",
            "gate.SourceURL",
            "layers passed over",
            "n",
            "relation 11"
        ]
    );
    assert_eq!(record.metadata["layers passed over"], "Original markups");
    assert_eq!(detect("a.xml", WRITTEN.as_bytes()).unwrap().name, "gate");
}

#[test]
fn markup_is_taken_where_nothing_else_is() {
    let set = |id: &str| format!("<Annotation Id='{id}' Type='p' StartNode='a' EndNode='b'/>");
    let file = format!(
        "<GateDocument><TextWithNodes><Node id='a'/>x\r\ny&#13;<Node id='b'/></TextWithNodes>\
        <AnnotationSet/><AnnotationSet Name='Original markups'>{}</AnnotationSet></GateDocument>",
        set("1")
    );
    let record = read(&file).unwrap();
    assert_eq!(&*record.text, "x\ny\r");
    assert_eq!(spans(&record), ["Original markups: 1 p x\ny\r {}"]);
    assert_eq!(record.title, "x");
}

#[test]
fn what_is_wrong_refuses_the_document() {
    let file = |text: &str, sets: &str| {
        format!("<GateDocument>\n<TextWithNodes>{text}</TextWithNodes>\n{sets}</GateDocument>")
    };
    let text = "<Node id='0'/>ab<Node id='2'/>";
    let span = |id: u8, start: &str, end: &str| {
        format!("<Annotation Id='{id}' Type='T' StartNode='{start}' EndNode='{end}'/>")
    };
    let set = |inner: &str| format!("<AnnotationSet>{inner}</AnnotationSet>");
    let relation =
        "<RelationSet><Relation Id='9' Type='r' Members='1;7'><UserData/></Relation></RelationSet>";
    let itself = relation.replace("1;7", "1;1");
    let one = set(&span(1, "0", "2"));
    for (text, sets, said) in [
        (
            text,
            set(&span(1, "0", "3")),
            "line 3, document خبر: span 1: node 0 to node 3",
        ),
        (text, set(&span(1, "-1", "2")), "node -1"),
        (text, set(&span(1, "2", "0")), "span 1"),
        (
            text,
            set(&span(1, "0", "2").repeat(2)),
            "span 1 stands in the file twice",
        ),
        (
            text,
            set(&span(1, "0", "2").replace("'T'", "''")),
            "the name is empty",
        ),
        (text, one.clone() + relation, "relation 9 needs span 7"),
        (text, one.clone() + &itself, "to itself"),
        (
            "<Node id='1'/>a<Node id='1'/>",
            String::new(),
            "node 1 stands in the file twice",
        ),
        ("<b/>", String::new(), "where only nodes"),
        ("<Node/>", String::new(), "where only nodes"),
        ("&x;", String::new(), "not expanded"),
    ] {
        let error = read(&file(text, &sets)).unwrap_err();
        assert!(error.contains(said), "{sets}: {error}");
    }
    let before = "<GateDocument><AnnotationSet><Annotation Id='1'/></AnnotationSet></GateDocument>";
    assert!(
        read(before)
            .unwrap_err()
            .contains("text before its annotations")
    );
    assert!(
        read("<GateDocument/>")
            .unwrap_err()
            .contains("TextWithNodes")
    );
    assert!(read("<x/>").unwrap_err().contains("begins with “x”"));
    for end in 1..WRITTEN.len() - 20 {
        let cut = WRITTEN.as_bytes().get(..end).unwrap_or_default();
        assert!(read(&String::from_utf8_lossy(cut)).is_err(), "{end}");
    }
}

#[test]
fn many_sets_of_relations_are_read_at_once() {
    let mut file = String::from(
        "<GateDocument><TextWithNodes><Node id='a'/>x<Node id='b'/></TextWithNodes><AnnotationSet>",
    );
    for id in 0..6_000 {
        write!(
            file,
            "<Annotation Id='{id}' Type='p' StartNode='a' EndNode='b'/>"
        )
        .unwrap();
    }
    file.push_str("</AnnotationSet>");
    file.push_str(&"<RelationSet/>".repeat(6_000));
    file.push_str("</GateDocument>");
    // With a set of ids for each of them this would take minutes.
    assert_eq!(spans(&read(&file).unwrap()).len(), 6_000);
}
