//! Files as other tools write them: dkpro-cassis, `INCEpTION` and `WebAnno`, UIMA itself.

use super::{json, read, read_beside, relations, spans, xmi};

const TYPES: &[u8] = include_bytes!("samples/TypeSystem.xml");
const XMI: &[u8] = include_bytes!("samples/cassis.xmi");
const JSON: &[u8] = include_bytes!("samples/cassis.json");

#[test]
fn what_cassis_writes_is_read() {
    for (format, file) in [("uima-xmi", XMI), ("uima-json", JSON)] {
        let (labels, record) = read_beside(format, file, &[("TypeSystem.xml", TYPES)]).unwrap();
        assert!(record.text.contains("نضج.\r\nونفى يوسف ذلك\tقائلًا"));
        assert_eq!(record.title, "القمح");
        assert_eq!(record.metadata["id"], "wheat-7");
        assert_eq!(record.metadata["documentUri"], "file:/w/wheat.txt");
        assert_eq!(record.metadata["other views"], "gloss");
        assert_eq!(record.metadata.len(), 3, "{:?}", record.metadata);
        assert_eq!(
            spans(&record),
            [
                "PER: سلمى 👩🏽\u{200D}🌾 identifier=http://example.org/salma",
                "PER: يوسف",
                "NamedEntity: بعد شهر",
                "Claim: القمحَ نضج certainty=3 checked=true shares=[\"1\",\"2\"] stance=pro \
                 topics=[\"زراعة\",\"two words\"] weight=0.5",
                "Claim: الحصاد بعد شهر» 🌾 checked=false stance=12",
            ]
        );
        assert_eq!(
            relations(&record),
            [
                "القمحَ نضج speaker سلمى 👩🏽\u{200D}🌾",
                "الحصاد بعد شهر» 🌾 has_source يوسف"
            ]
        );
        assert!(labels.relation_type("has_source").is_some());
    }
}

#[test]
fn what_is_no_reference_can_be_told_without_a_type_system() {
    let (_, record) = read_beside("uima-xmi", XMI, &[]).unwrap();
    assert_eq!(spans(&record).len(), 5);
    assert_eq!(relations(&record).len(), 2);
    assert!(spans(&record)[3].contains("certainty=3"));
}

#[test]
fn an_article_of_inception_is_read() {
    let file = xmi(
        "قال زيد إن عمرا .",
        "<type3:DocumentMetaData xmi:id=\"2\" sofa=\"1\" begin=\"0\" end=\"17\" language=\"x-unspecified\" documentTitle=\"a.txt\" documentId=\"amal\" documentUri=\"file:/x\" isLastSegment=\"false\"/>
        <type2:CASMetadata xmi:id=\"3\" sofa=\"1\" begin=\"0\" end=\"0\" username=\"amal\" projectName=\"p\"/>
        <type3:TagsetDescription xmi:id=\"4\" sofa=\"1\" begin=\"0\" end=\"17\" layer=\"x\" name=\"y\" input=\"false\"/>
        <type5:Token xmi:id=\"5\" sofa=\"1\" begin=\"0\" end=\"3\"/>
        <type5:Token xmi:id=\"6\" sofa=\"1\" begin=\"4\" end=\"7\"/>
        <type5:Sentence xmi:id=\"7\" sofa=\"1\" begin=\"0\" end=\"17\"/>
        <type4:NamedEntity xmi:id=\"8\" sofa=\"1\" begin=\"4\" end=\"7\" value=\"PER\"/>
        <type4:NamedEntity xmi:id=\"9\" sofa=\"1\" begin=\"7\" end=\"7\" value=\"PER\"/>
        <custom:Relation xmi:id=\"10\" sofa=\"1\" begin=\"4\" end=\"7\" Governor=\"5\" Dependent=\"6\" value=\"nsubj\"/>
        <custom:Rel2 xmi:id=\"11\" sofa=\"1\" begin=\"4\" end=\"7\" Governor=\"12\" Dependent=\"8\" sure=\"no\"/>
        <custom:SimpleLink xmi:id=\"12\" sofa=\"1\" begin=\"11\" end=\"15\" next=\"13\" referenceType=\"nam\" referenceRelation=\"same\"/>
        <custom:SimpleLink xmi:id=\"13\" sofa=\"1\" begin=\"4\" end=\"7\"/>
        <custom:SimpleChain xmi:id=\"14\" sofa=\"1\" first=\"12\"/>
        <custom:Genre xmi:id=\"15\" sofa=\"1\" value=\"news\"/>
        <custom:LinkType xmi:id=\"16\" role=\"who\" target=\"8\"/>
        <custom:LinkType xmi:id=\"17\" target=\"13\"/>
        <custom:Host xmi:id=\"18\" sofa=\"1\" begin=\"0\" end=\"3\" links=\"16 17\"/>",
    );
    let record = read("uima-xmi", &file);
    assert_eq!(record.layers[0].annotator.as_str(), "amal");
    assert_eq!(record.title, "a.txt");
    assert_eq!(
        spans(&record),
        [
            "PER: زيد",
            "nam: عمرا referenceRelation=same",
            "SimpleLink: زيد",
            "Host: قال",
            "Token: قال",
            "Token: زيد",
        ]
    );
    assert_eq!(
        relations(&record),
        [
            "عمرا same زيد",
            "قال who زيد",
            "قال links زيد",
            "قال nsubj زيد",
            "عمرا Rel2 زيد"
        ]
    );
    let metadata: Vec<String> = record
        .metadata
        .iter()
        .map(|(key, value)| format!("{key}={value}"))
        .collect();
    assert_eq!(
        metadata,
        [
            "Genre 15={\"value\":\"news\"}",
            "NamedEntity 9={\"begin\":\"7\",\"end\":\"7\",\"value\":\"PER\"}",
            "Rel2 11={\"sure\":\"no\"}",
            "documentUri=file:/x"
        ]
    );
}

#[test]
fn a_type_system_tells_what_is_an_annotation() {
    let types = b"<typeSystemDescription xmlns=\"http://uima.apache.org/resourceSpecifier\"><types>
        <typeDescription><name>x.Box</name><supertypeName>uima.cas.TOP</supertypeName><features>
        <featureDescription><name>begin</name><rangeTypeName>uima.cas.Integer</rangeTypeName></featureDescription>
        </features></typeDescription>
        <typeDescription><name>x.Word</name><supertypeName>de.tudarmstadt.ukp.dkpro.core.api.segmentation.type.Token</supertypeName></typeDescription>
        <typeDescription><name>x.Mark</name><supertypeName>uima.tcas.Annotation</supertypeName><features>
        <featureDescription><name>source</name><rangeTypeName>uima.cas.String</rangeTypeName></featureDescription>
        <featureDescription><name>target</name><rangeTypeName>uima.cas.String</rangeTypeName></featureDescription>
        <featureDescription><name>all</name><rangeTypeName>uima.cas.StringArray</rangeTypeName><multipleReferencesAllowed>true</multipleReferencesAllowed></featureDescription>
        <featureDescription><name>list</name><rangeTypeName>uima.cas.FSList</rangeTypeName><multipleReferencesAllowed>true</multipleReferencesAllowed></featureDescription>
        </features></typeDescription></types></typeSystemDescription>";
    let file = xmi(
        "واحد اثنان",
        "<x:Box xmlns:x=\"http:///x.ecore\" xmi:id=\"2\" begin=\"0\"/>
        <x:Word xmlns:x=\"http:///x.ecore\" xmi:id=\"3\" sofa=\"1\" begin=\"0\" end=\"4\"/>
        <x:Mark xmlns:x=\"http:///x.ecore\" xmi:id=\"4\" sofa=\"1\" begin=\"5\" end=\"10\" source=\"1\" target=\"3\" all=\"5\" list=\"6\"/>
        <cas:StringArray xmi:id=\"5\"><elements>a b</elements><elements/></cas:StringArray>
        <cas:NonEmptyFSList xmi:id=\"6\" head=\"8\" tail=\"7\"/><cas:EmptyFSList xmi:id=\"7\"/>
        <x:Mark xmlns:x=\"http:///x.ecore\" xmi:id=\"8\" sofa=\"1\" begin=\"0\" end=\"4\"/>",
    );
    let beside: &[(&str, &[u8])] = &[("TypeSystem.xml", types)];
    let (_, record) = read_beside("uima-xmi", file.as_bytes(), beside).unwrap();
    assert_eq!(
        spans(&record),
        [
            "Mark: اثنان all=[\"a b\",\"\"] source=1 target=3",
            "Mark: واحد"
        ]
    );
    assert_eq!(relations(&record), ["اثنان list واحد"]);
}

#[test]
fn json_of_uima_is_read_in_any_order() {
    let structures = "{\"%ID\": 5, \"%TYPE\": \"x.Span\", \"@sofa\": 1, \"^begin\": 0, \"^end\": 2, \"#weight\": \"NaN\", \"none\": null, \"@list\": 7, \"@who\": 6, \"%FLAGS\": []},
        {\"%ID\": 6, \"%TYPE\": \"x.Who\", \"name\": \"زيد\", \"deep\": {\"a\": [1]}},
        {\"%ID\": 7, \"%TYPE\": \"uima.cas.NonEmptyStringList\", \"head\": \"a\", \"@tail\": 8},
        {\"%ID\": 8, \"%TYPE\": \"uima.cas.NonEmptyStringList\", \"head\": \"b\", \"@tail\": 9},
        {\"%ID\": 9, \"%TYPE\": \"uima.cas.EmptyStringList\"}";
    let record = read("uima-json", &json("😀 a", structures));
    let shown = spans(&record);
    assert_eq!(shown.len(), 1);
    assert!(
        shown[0].starts_with("Span: 😀 list=[\"a\",\"b\"] ")
            && shown[0].ends_with("weight=NaN who.name=زيد"),
        "{shown:?}"
    );
    let by_id = "{\"%VIEWS\": {}, \"%FEATURE_STRUCTURES\": {
        \"3\": {\"%TYPE\": \"x.y.Span\", \"@sofa\": 2, \"begin\": 0, \"end\": 1},
        \"2\": {\"%TYPE\": \"uima.cas.Sofa\", \"sofaID\": \"other\", \"sofaString\": \"a\"}}}";
    assert_eq!(spans(&read("uima-json", by_id)), ["Span: a"]);
}
