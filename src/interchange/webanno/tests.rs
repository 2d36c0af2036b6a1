//! Files of `WebAnno` and `INCEpTION` in and out.

#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

use std::fmt::Write as _;

use crate::{
    annotation::{Annotator, Fragments, LabelId, LabelSet, SpanData, TextHash},
    interchange::{
        CopyCounter, DatasetHead, DocumentRecord, LayerRecord, Problem, ReadOptions,
        RelationRecord, Source, SpanRecord, WriteOptions, detect, source::memory::Memory,
    },
    text::ByteRange,
};

fn read_one(file: &str) -> Result<DocumentRecord, Problem> {
    let options = ReadOptions::new(Annotator::imported(), LabelSet::default());
    let mut reader = super::read(Source::of_bytes("خبر.tsv", file.as_bytes()), options)?;
    let mut copies = CopyCounter::default();
    let record = reader.next(&mut copies).unwrap();
    assert!(reader.next(&mut copies).is_none());
    record
}

fn read(file: &str) -> DocumentRecord {
    read_one(file).unwrap_or_else(|problem| panic!("{problem}"))
}

fn refusal(file: &str) -> String {
    read_one(file).unwrap_err().to_string()
}

/// A file of version 3.3 with these layers, spans first, and rows.
fn file(layers: &str, rows: &str) -> String {
    format!("#FORMAT=WebAnno TSV 3.3\n{layers}\n\n\n{rows}")
}

fn text_of<'a>(record: &'a DocumentRecord, id: &str) -> &'a str {
    let spans = &record.layers[0].spans;
    let span = spans.iter().find(|span| span.id == id).unwrap();
    span.data.fragments.ranges()[0].slice(&record.text)
}

/// The spans as `LABEL: text`, with their attributes.
fn spans(record: &DocumentRecord) -> Vec<String> {
    let said = |span: &SpanRecord| {
        let text = text_of(record, &span.id);
        let attributes = span.data.attributes.iter();
        let attributes: String = attributes
            .map(|(key, value)| [" ", key, "=", value].concat())
            .collect();
        format!("{}: {text}{attributes}", span.data.label)
    };
    let layers = record.layers.iter();
    layers
        .flat_map(|layer| layer.spans.iter().map(said))
        .collect()
}

/// The relations as `from KIND to`.
fn relations(record: &DocumentRecord) -> Vec<String> {
    let said = |it: &RelationRecord| {
        let (from, to) = (text_of(record, &it.from), text_of(record, &it.to));
        format!("{from} {} {to}", it.kind)
    };
    record.layers[0].relations.iter().map(said).collect()
}

const ENTITY: &str =
    "#T_SP=de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity|identifier|value";

#[test]
fn a_file_of_several_layers_is_read() {
    let layers = format!(
        "#T_SP=de.tudarmstadt.ukp.dkpro.core.api.lexmorph.type.pos.POS|PosValue\n{ENTITY}\n\
         #T_RL=de.tudarmstadt.ukp.dkpro.core.api.syntax.type.dependency.Dependency|DependencyType|\
         BT_de.tudarmstadt.ukp.dkpro.core.api.lexmorph.type.pos.POS"
    );
    let record = read(&file(
        &layers,
        "#Sentence.id=s1\n#Text=😀 Ms. Haag plays\n\
         1-1\t0-2\t😀\tSYM\t_\t_\t_\t_\t\n\
         1-2\t3-6\tMs.\tNNP\t*[1]|http://x/1[2]\tPER[1]|TITLE[2]\tSUBJ\t1-3\t\n\
         1-3\t7-11\tHaag\tNNP\t*[1]\tPER[1]\tROOT\t1-3\t\n\
         1-4\t12-17\tplays\tVBD\t_\t_\tP|X\t1-3|1-2\t\n\
         \n#Text=Nothing\n#Text=here.\n\
         2-1\t20-27\tNothing\tNN\t_\t_\t_\t_\t\n\
         2-2\t28-33\there.\tNN\t*\t*\t_\t_\t\n",
    ));
    assert_eq!(&*record.text, "😀 Ms. Haag plays\n  Nothing\nhere.");
    assert_eq!(
        spans(&record),
        [
            "PER: Ms. Haag",
            "TITLE: Ms. identifier=http://x/1",
            "NamedEntity: here."
        ]
    );
    assert_eq!(record.metadata["layers passed over"], "POS, Dependency");
}

#[test]
fn parts_of_tokens_are_places_too() {
    let record = read(&file(
        "#T_SP=webanno.custom.Span|value",
        "#Text=aaaaaa bbbbbb\n\
         1-1\t0-6\taaaaaa\tA[1]|B[2]\t\n\
         1-1.1\t3-6\taaa\tC[3]|D\t\n\
         1-2\t7-13\tbbbbbb\tA[1]\t\n\
         1-2.1\t7-10\tbbb\tC[3]\t\n\
         1-2.2\t9-9\t\tE[4]\t\n",
    ));
    assert_eq!(
        spans(&record),
        ["A: aaaaaa bbbbbb", "B: aaaaaa", "C: aaa bbb", "D: aaa"]
    );
    assert_eq!(record.metadata["webanno"], "Span at byte 9: E\n");
}

#[test]
fn relations_slots_and_chains_are_relations() {
    let record = read(&file(
        "#T_SP=webanno.custom.Span|value\n#T_RL=webanno.custom.Relation|value|BT_webanno.custom.Span",
        "#Text=This is a test\n\
         1-1\t0-4\tThis\tX\t_\t_\t\n\
         1-2\t5-7\tis\tY[1]|Z[2]\tsays|*\t1-1[0_2]|1-1[0_1]\t\n\
         1-3\t8-9\ta\tY[1]\t_\t_\t\n\
         1-4\t10-14\ttest\tW\tof\t1-1\t\n",
    ));
    assert_eq!(
        relations(&record),
        ["This says is", "This Relation is a", "This of test"]
    );
    let record = read(&file(
        "#T_SP=webanno.custom.Lu|luvalue\n#T_SP=webanno.custom.Frame|FE|\
         ROLE_webanno.custom.Frame:Roles_webanno.custom.FrameRolesLink|webanno.custom.Lu",
        "#Text=Bob sold the clock\n\
         1-1\t0-3\tBob\tbob\t_\t_\t_\t\n\
         1-2\t4-8\tsold\t_\tdeal\tseller;*\t1-1;1-3[4]\t\n\
         1-3\t9-12\tthe\tclock[4]\t_\t_\t_\t\n\
         1-4\t13-18\tclock\tclock[4]\tnone\t_\t*\t\n",
    ));
    assert_eq!(
        spans(&record),
        [
            "bob: Bob layer=Lu",
            "deal: sold layer=Frame",
            "clock: the clock layer=Lu",
            "none: clock layer=Frame"
        ]
    );
    assert_eq!(
        relations(&record),
        ["sold seller Bob", "sold Roles the clock"]
    );
    for columns in [
        "referenceType|referenceRelation",
        "referenceRelation|referenceType",
    ] {
        let cells = |kind: &str, link: &str| {
            if columns.starts_with("referenceType") {
                format!("{kind}\t{link}\t")
            } else {
                format!("{link}\t{kind}\t")
            }
        };
        let rows = format!(
            "#Text=He shot his own\n1-1\t0-2\tHe\t{}\n1-2\t3-7\tshot\t_\t_\t\n\
             1-3\t8-11\this\t{}\n1-4\t12-15\town\t{}\n",
            cells("pr[1]", "coref->1-1"),
            cells("pr[1]|*[2]", "*->1-2|*->2-1"),
            cells("pr[1]", "*->1-2"),
        );
        let layer = format!("#T_CH=webanno.custom.CorefLink|{columns}");
        let record = read(&file(&layer, &rows));
        assert_eq!(spans(&record), ["pr: He", "pr: his own", "CorefLink: his"]);
        assert_eq!(relations(&record), ["He coref his own"]);
    }
}

#[test]
fn older_versions_and_other_line_ends_are_read() {
    let older = "#FORMAT=WebAnno TSV 3.1\n#T_SP=webanno.custom.Span|\n\n\n\
                 #Text=\\u0642\\u0627\\u0644 \\\"x\\\"\n1-1\t0-3\t\\u0642\\u0627\\u0644\t*\n";
    assert_eq!(spans(&read(older)), ["Span: قال"]);
    let windows = file(
        ENTITY,
        "#Text=a b\n1-1\t0-1\ta\t_\tX\t\n1-2\t2-3\tb\t_\t_\t\n",
    );
    let record = read(&windows.replace('\n', "\r\n"));
    assert_eq!(
        (&*record.text, spans(&record)),
        ("a b", vec!["X: a".to_owned()])
    );
    let record = read(&file(ENTITY, "#Text= a\n1-1\t1-2\ta\t_\tX\t\n"));
    assert_eq!(
        (&*record.text, spans(&record)),
        (" a", vec!["X: a".to_owned()])
    );
    assert_eq!(&*read("\u{FEFF}#FORMAT=WebAnno TSV 3.3\n").text, "");
}

#[test]
fn values_are_unescaped() {
    let record = read(&file(
        "#T_SP=webanno.custom.Span|value|other",
        "#Text=a b\n1-1\t0-1\ta\t\\*\\|\\[1\\]\\_\\->\\\\[1]|\\_[2]\tx\\ty[1]|\t\n1-2\t2-3\tb\t_\t_\t\n",
    ));
    assert_eq!(spans(&record), ["*|[1]_->\\: a other=x\ty", "_: a other="]);
}

#[test]
fn what_is_wrong_is_told_with_its_line() {
    let rows = |rows: &str| file(ENTITY, &format!("#Text=ab 😀 cd\n{rows}\n"));
    for (file, said) in [
        ("#FORMAT=WebAnno TSV 2.0\n".to_owned(), "line 1"),
        ("text".to_owned(), "this is not WebAnno TSV"),
        (
            rows("1-1\t0-99\tab\t_\t_\t"),
            "line 6, document خبر: span 1-1: 0 to 99 is no range",
        ),
        (rows("1-1\t0-4\tab\t_\t_\t"), "inside a character"),
        (rows("1-1\t2-0\tab\t_\t_\t"), "2 to 0"),
        (rows("1-1\t-1-2\tab\t_\t_\t"), "“” is no offset"),
        (rows("1-1\tx\tab\t_\t_\t"), "“x” is no range"),
        (rows("1-1\t0-2\tcd\t_\t_\t"), "“cd” stands at 0-2, but “ab”"),
        (
            rows("1-1\t0-2\tab\t_"),
            "the row has 1 columns of annotations, but the file has 2",
        ),
        (rows("1-1 ab"), "is no row of a token"),
        (
            rows("1-1\t0-2\tab\t_\t_\t\n1-1\t0-2\tab\t_\t_\t"),
            "row 1-1 stands in the file twice",
        ),
        (rows("1-1\t99999999999\tab\t_\t_"), "is no range"),
        (
            rows("1-1\t99999999999-99999999999\tab\t_\t_"),
            "the text has more than",
        ),
        (
            rows("1-1\t0-2\tab\t_\t_\t\n\n#Text=x\n2-1\t1-2\tx\t_\t_\t"),
            "the sentence begins at 1",
        ),
        (
            file(
                "#T_SP=a.B|value\n#T_RL=a.R|value|BT_a.B",
                "#Text=a\n1-1\t0-1\ta\tX\tof\t1-2\t\n",
            ),
            "needs span",
        ),
        (
            file(
                "#T_SP=a.B|value\n#T_RL=a.R|value|BT_a.B",
                "#Text=a\n1-1\t0-1\ta\tX\tof\t1-1\t\n",
            ),
            "to itself",
        ),
        (
            file("#T_CH=a.C|referenceRelation", "#Text=a\n1-1\t0-1\ta\tX\t\n"),
            "names no link",
        ),
        (
            file(
                "#T_SP=a.B|ROLE_a.B:r_a.L|a.B",
                "#Text=a\n1-1\t0-1\ta\tp;q\t1-1\t\n",
            ),
            "the role “q” has no target",
        ),
    ] {
        let found = refusal(&file);
        assert!(found.contains(said), "{file}: {found}");
    }
    let cut = file(
        ENTITY,
        "#Text=ab cd\n1-1\t0-2\tab\t_\tX\t\n1-2\t3-5\tcd\t_\t_\t\n",
    );
    for end in (0..cut.len()).filter(|end| cut.is_char_boundary(*end)) {
        let _ = read_one(cut.get(..end).unwrap());
    }
}

#[test]
fn a_document_is_written_by_the_reference() {
    let text = "\nقال و😀سيرغي [x]. ثم\r\n\nنام.";
    let at = |part: &str| {
        let start = text.find(part).unwrap();
        let range = ByteRange::new(text, start, start + part.len()).unwrap();
        Fragments::new([range]).unwrap()
    };
    let mut record =
        DocumentRecord::new(CopyCounter::default().id(&TextHash::of(text)), text.into());
    let mut layer = LayerRecord::new(Annotator::imported());
    let span = |id: &str, label: &str, part: &str| {
        SpanRecord::new(
            id.to_owned(),
            SpanData::new(LabelId::new(label).unwrap(), at(part)),
        )
    };
    layer.spans = vec![
        span("a", "x|y", "سيرغي"),
        span("b", "CLAIM", "سيرغي [x]"),
        span("c", "ACT", "قال"),
    ];
    layer.spans[0].data.note = "ن\n".to_owned();
    layer.spans[0]
        .data
        .attributes
        .insert("has space".to_owned(), String::new());
    for (kind, from, to) in [("by", "c", "a"), ("in", "a", "b"), ("of", "a", "c")] {
        layer.relations.push(RelationRecord {
            id: kind.to_owned(),
            kind: kind.to_owned(),
            from: from.to_owned(),
            to: to.to_owned(),
        });
    }
    record.layers.push(layer);
    let mut out = Memory::named("a.tsv");
    let mut writer =
        super::write(&mut out, &DatasetHead::default(), &WriteOptions::default()).unwrap();
    writer.document(&record).unwrap();
    writer.finish().unwrap();
    let files = out.files();
    let file = String::from_utf8(files.values().next().unwrap().clone()).unwrap();
    let entity = "de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity";
    assert_eq!(
        file,
        format!(
            "#FORMAT=WebAnno TSV 3.3\n#T_SP={entity}|value|has_x20_space|note\n\
             #T_RL=webanno.custom.Relation|value|BT_{entity}\n\n\n\
             #Text=\n#Text=قال و😀سيرغي [x]. \n\
             1-1\t0-1\t\\n\t_\t_\t_\t_\t_\t\n\
             1-2\t1-4\tقال\tACT\t*\t*\tof\t1-5[2_0]\t\n\
             1-3\t5-6\tو\t_\t_\t_\t_\t_\t\n\
             1-4\t6-8\t😀\t_\t_\t_\t_\t_\t\n\
             1-5\t8-13\tسيرغي\tCLAIM[1]|x\\|y[2]\t*[1]|[2]\t*[1]|ن\\n[2]\tby|in\t1-2[0_2]|1-5[2_1]\t\n\
             1-6\t14-15\t[\tCLAIM[1]\t*[1]\t*[1]\t_\t_\t\n\
             1-7\t15-16\tx\tCLAIM[1]\t*[1]\t*[1]\t_\t_\t\n\
             1-8\t16-17\t]\tCLAIM[1]\t*[1]\t*[1]\t_\t_\t\n\
             1-9\t17-18\t.\t_\t_\t_\t_\t_\t\n\
             \n#Text=ثم\\r\n\
             #Text=\n\
             2-1\t19-21\tثم\t_\t_\t_\t_\t_\t\n\
             \n#Text=نام.\n\
             3-1\t24-27\tنام\t_\t_\t_\t_\t_\t\n\
             3-2\t27-28\t.\t_\t_\t_\t_\t_\t\n"
        )
    );
    assert_eq!(&*read(&file).text, text);
    let found = detect("a.tsv", file.as_bytes()).map(|format| format.name);
    assert_eq!(found, Some("webanno"));
    let found = detect("a.tsv", b"document\tstart\tend\tlabel\ttext\n").map(|format| format.name);
    assert_eq!(found, Some("csv"));
}

#[test]
fn long_documents_take_no_time() {
    let mut rows = String::from("#Text=");
    rows.push_str(&"ab ".repeat(50_000));
    rows.push('\n');
    for number in 0..50_000 {
        let (start, id) = (number * 3, number + 1);
        let end = start + 2;
        writeln!(rows, "1-{id}\t{start}-{end}\tab\t*[{id}]\tX[{id}]\t").unwrap();
    }
    let record = read(&file(ENTITY, &rows));
    assert_eq!(record.layers[0].spans.len(), 50_000);
}
