//! Round trips of generated projects, exact strings, and broken files.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::string_slice,
    reason = "tests"
)]

use std::{
    collections::BTreeMap,
    io::{BufReader, Cursor},
    sync::Arc,
};

use proptest::prelude::*;

use crate::{
    annotation::{
        Annotator, DocumentId, EditId, Fragments, LabelId, LayerKey, SpanData, Stamp, Status,
        TextHash, Time,
    },
    edit::{
        Cause, Change, DocumentChange, DocumentLog, Edit, LabelField, LabelSetChange, LabelSetLog,
        LayerChange, LayerLog,
    },
    interchange::{
        CopyCounter, DatasetHead, DocumentRecord, LayerRecord, Problem, ReadOptions, Reason,
        Source, SpanError, WriteOptions, default_label_set, source::memory::Memory,
    },
    text::ByteRange,
};

/// Pieces of text that a writer could lose or change.
const ODD: [&str; 26] = [
    "قال",
    "مُحَمَّدٌ",
    " ",
    "\n",
    "\r",
    "\r\n",
    "\"",
    "\"#",
    "\"##",
    "\\",
    "\\u{64E}",
    "r#\"",
    "#",
    "\0",
    "\u{202E}",
    "\u{2068}",
    "\u{200C}",
    "\u{064B}",
    "👨\u{200D}👩\u{200D}👧",
    "\u{FEFF}",
    "\u{2028}",
    "\u{1B}",
    "'",
    "/*",
    "//",
    "),\n]",
];

fn text() -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(&ODD[..]), 0..14).prop_map(|parts| parts.concat())
}

/// Makes the edits of a project, one after another, as a session does.
struct Project {
    head: LabelSetLog,
    edits: u128,
}

impl Project {
    fn edit(&mut self, author: &str, change: Change) -> Edit {
        self.edits += 1;
        Edit {
            id: EditId::from_bytes((self.edits << 64 | self.edits).to_be_bytes()),
            stamp: Stamp {
                time: Time {
                    millis: 1_700_000_000_000 + u64::try_from(self.edits / 2).unwrap() * 500,
                    counter: u32::try_from(self.edits % 2).unwrap(),
                },
                author: annotator(author),
            },
            cause: Cause::Done,
            change,
        }
    }

    fn new() -> Self {
        let mut project = Self {
            head: LabelSetLog::default(),
            edits: 0,
        };
        let adopt = LabelSetChange::Adopt(Box::new(default_label_set()));
        let rename = LabelSetChange::Set(label("CLAIM"), LabelField::Name("قول \"#".to_owned()));
        for change in [adopt, rename] {
            let edit = project.edit("amal", Change::LabelSet(change));
            project.head.push(Arc::new(edit));
        }
        project
    }

    fn head(&self) -> DatasetHead {
        DatasetHead {
            labels: self.head.state().clone(),
            edits: self.head.edits().to_vec(),
        }
    }

    fn document(&mut self, text: &str, k: u32, steps: &[Step]) -> DocumentRecord {
        let hash = TextHash::of(text);
        let id = DocumentId::new(&hash, k);
        let mut document = DocumentLog::default();
        let mut changes = vec![DocumentChange::Add {
            title: text.to_owned(),
            text: hash,
            metadata: BTreeMap::from([(text.to_owned(), text.to_owned())]),
        }];
        let mut layers: BTreeMap<Annotator, LayerLog> = BTreeMap::new();
        for step in steps {
            match step.kind % 12 {
                10 => changes.push(DocumentChange::Assign(annotator(step.who()))),
                11 if step.a % 3 == 0 => changes.push(DocumentChange::Remove),
                _ => {
                    let log = layers.entry(annotator(step.who())).or_default();
                    let (cause, change) = step.change(log, text);
                    let key = LayerKey {
                        document: id,
                        annotator: annotator(step.who()),
                    };
                    let edit = self.edit(step.who(), Change::Layer(key, change));
                    log.push(Arc::new(edit.because(cause)));
                }
            }
        }
        for change in changes {
            let edit = self.edit("importer", Change::Document(id, change));
            document.push(Arc::new(edit));
        }
        let edits = document.edits().iter().cloned();
        let of_layers = layers.values().flat_map(|log| log.edits().iter().cloned());
        let records = layers
            .iter()
            .map(|(annotator, log)| LayerRecord::of(annotator.clone(), log.state()));
        DocumentRecord::of(
            document.state(),
            text.into(),
            records.collect(),
            edits.chain(of_layers).collect(),
        )
        .unwrap()
    }
}

fn annotator(name: &str) -> Annotator {
    Annotator::new(name).unwrap()
}

fn label(name: &str) -> LabelId {
    LabelId::new(name).unwrap()
}

/// Something that an annotator does; the numbers choose among what there is.
#[derive(Clone, Debug)]
struct Step {
    kind: u8,
    a: usize,
    b: usize,
    text: String,
}

fn step() -> impl Strategy<Value = Step> {
    (any::<u8>(), 0..40_usize, 0..40_usize, text()).prop_map(|(kind, a, b, text)| Step {
        kind,
        a,
        b,
        text,
    })
}

impl Step {
    fn who(&self) -> &'static str {
        ["amal", "يوسف", "a \"b\" #"][self.b % 3]
    }

    fn data(&self, text: &str) -> Option<SpanData> {
        let edges: Vec<usize> = text
            .char_indices()
            .map(|(at, _)| at)
            .chain([text.len()])
            .collect();
        let edge = |n: usize| edges[n % edges.len()];
        let range = |a: usize, b: usize| {
            ByteRange::new(text, edge(a).min(edge(b)), edge(a).max(edge(b))).unwrap()
        };
        let ranges = [range(self.a, self.b), range(self.b * 7, self.a + self.b)];
        let fragments = Fragments::checked(text, ranges).ok()?;
        let labels = ["PERSON", "CLAIM", "DENIAL"];
        let mut data = SpanData::new(label(labels[self.a % 3]), fragments);
        if self.a.is_multiple_of(2) {
            data.attributes.insert(self.text.clone(), self.text.clone());
            data.note.clone_from(&self.text);
        }
        Some(data)
    }

    fn change(&self, log: &LayerLog, text: &str) -> (Cause, LayerChange) {
        use LayerChange as C;
        let layer = log.state();
        let ids: Vec<_> = layer.spans().map(|span| span.id).collect();
        let id = |n: usize| (!ids.is_empty()).then(|| ids[n % ids.len()]);
        let add = || C::AddSpans(self.data(text).into_iter().collect());
        let who = annotator(self.who());
        let change = match (self.kind % 12, id(self.a)) {
            (0, Some(id)) => C::RemoveSpans(vec![id]),
            (1, Some(id)) => C::SetNote(id, self.text.clone()),
            (2, Some(at)) => C::AddRelation {
                kind: self.text.clone(),
                from: at,
                to: id(self.b).unwrap(),
            },
            (3, Some(id)) => C::SetAttribute(id, "polarity".to_owned(), Some(self.text.clone())),
            (4, _) => C::SetStatus([Status::Done, Status::InProgress][self.a % 2]),
            (5, _) => match log.history().undo(&who) {
                Some(entry) => return undo(entry, Cause::Undo(entry.of.id)),
                None => C::Batch(vec![add(), C::SetStatus(Status::Done)]),
            },
            (6, _) => match log.history().redo(&who) {
                Some(entry) => return undo(entry, Cause::Redo(entry.of.id)),
                None => add(),
            },
            (7, Some(id)) => C::SetLabel(id, label("LOCATION")),
            _ => add(),
        };
        (Cause::Done, change)
    }
}

fn undo(entry: &crate::edit::Entry, cause: Cause) -> (Cause, LayerChange) {
    let Change::Layer(_, change) = &entry.change else {
        panic!("{entry:?}")
    };
    (cause, change.clone())
}

fn save(head: &DatasetHead, records: &[DocumentRecord]) -> String {
    let mut out = Memory::named("a.ron");
    let mut writer = super::write(&mut out, head, &WriteOptions::default()).unwrap();
    for record in records {
        writer.document(record).unwrap();
    }
    writer.finish().unwrap();
    String::from_utf8(out.only()).unwrap()
}

fn options() -> ReadOptions {
    ReadOptions::new(annotator("imported"), default_label_set())
}

type Opened = (DatasetHead, Vec<Result<DocumentRecord, Problem>>);

fn open(file: &str) -> Result<Opened, Problem> {
    open_through(file, 8192)
}

fn open_through(file: &str, buffer: usize) -> Result<Opened, Problem> {
    let input = BufReader::with_capacity(buffer, Cursor::new(file.as_bytes().to_vec()));
    let source = Source {
        name: "a.ron".to_owned(),
        input: Box::new(input),
        folder: None,
    };
    let mut reader = super::read(source, options())?;
    let mut copies = CopyCounter::default();
    let mut records = Vec::new();
    while let Some(record) = reader.next(&mut copies) {
        records.push(record);
    }
    Ok((reader.head().clone(), records))
}

fn all_right(opened: Opened) -> (DatasetHead, Vec<DocumentRecord>) {
    let records = opened.1.into_iter().map(|record| match record {
        Ok(record) => record,
        Err(problem) => panic!("{problem}"),
    });
    (opened.0, records.collect())
}

/// What any other RON reader needs to read the whole file at once.
#[derive(serde::Deserialize)]
#[serde(rename = "Dataset")]
struct Whole {
    version: u32,
    documents: Vec<WholeDocument>,
}

#[derive(serde::Deserialize)]
#[serde(rename = "Document")]
struct WholeDocument {
    text: String,
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn what_is_opened_is_what_was_saved(
        documents in prop::collection::vec((text(), prop::collection::vec(step(), 0..14)), 0..4),
        buffer in 1..64_usize,
    ) {
        let mut project = Project::new();
        let records: Vec<_> = documents
            .iter()
            .enumerate()
            .map(|(k, (text, steps))| project.document(text, u32::try_from(k).unwrap(), steps))
            .collect();
        let file = save(&project.head(), &records);
        let (head, opened) = all_right(open_through(&file, buffer).unwrap());
        prop_assert_eq!(&head, &project.head());
        prop_assert_eq!(&opened, &records);

        let whole: Whole = ron::from_str(&file).unwrap();
        prop_assert_eq!(whole.version, 1);
        let texts: Vec<_> = whole.documents.into_iter().map(|document| document.text).collect();
        prop_assert_eq!(texts, documents.into_iter().map(|(text, _)| text).collect::<Vec<_>>());
    }

    /// Without edits, what people read is all there is, and it comes back too.
    #[test]
    fn a_dataset_without_edits_keeps_its_layers(
        source in text(), steps in prop::collection::vec(step(), 0..14),
    ) {
        let mut project = Project::new();
        let mut record = project.document(&source, 0, &steps);
        record.edits = Vec::new();
        let head = DatasetHead { edits: Vec::new(), ..project.head() };
        let (_, opened) = all_right(open(&save(&head, &[record.clone()])).unwrap());
        prop_assert_eq!(opened, [record]);
    }

    /// Wherever a file is cut, the documents before the cut are read and the cut is told.
    #[test]
    fn a_cut_file_is_never_taken_for_a_whole_one(cut in 0.0..1.0_f64, steps in prop::collection::vec(step(), 0..6)) {
        let mut project = Project::new();
        let records = [
            project.document("قال \"#\n", 0, &steps),
            project.document("نفى ]),(", 0, &steps),
        ];
        let file = save(&project.head(), &records);
        let mut at = (file.trim_end().len() as f64 * cut) as usize;
        while !file.is_char_boundary(at) {
            at -= 1;
        }
        match open(&file[..at]) {
            Err(problem) => prop_assert!(problem.ends_reading(), "{}", problem),
            Ok((_, mut opened)) => {
                let last = opened.pop().unwrap();
                let problem = last.unwrap_err();
                prop_assert!(matches!(*problem.reason, Reason::CutOff { .. }), "{}", problem);
                for (opened, record) in opened.into_iter().zip(&records) {
                    prop_assert_eq!(&opened.unwrap(), record);
                }
            }
        }
    }

    #[test]
    fn any_bytes_are_refused_or_read(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        let mut file = b"Dataset(format:\"hashiya-dataset\",version:1,documents:[".to_vec();
        file.extend(bytes);
        let mut reader = super::read(Source::of_bytes("a.ron", &file), options()).unwrap();
        while reader.next(&mut CopyCounter::default()).is_some() {}
    }
}

/// A dataset of one document by hand.
fn by_hand(document: &str) -> String {
    format!(
        "Dataset(\n format: \"hashiya-dataset\",\n version: 1,\n offsets: \"bytes\",\n labels: (labels: [(id: \"PERSON\", \
         name: \"PERSON\", color: (light: \"#000000\", dark: \"#FFFFFF\"))]),\n documents: [\n{document}\n],\n)"
    )
}

/// What is said of the first document of a dataset by hand.
fn refusal(document: &str) -> String {
    let (_, mut opened) = open(&by_hand(document)).unwrap();
    opened.remove(0).unwrap_err().to_string()
}

#[test]
fn a_dataset_by_hand_needs_little() {
    let file = by_hand(
        "/* a [ comment */ Document(text: \"قال سيرغي\", colour: (1, \"],\"), layers: [\n(annotator: \"amal\", spans: [\n\
         (id: \"s1\", label: \"PERSON\", at: [(7, 17)]),\n]),\n], new: {1: 2})",
    );
    let (_, records) = all_right(open(&file).unwrap());
    let [record] = &*records else { panic!() };
    assert_eq!(record.title, "قال سيرغي");
    assert_eq!(record.id, DocumentId::new(&TextHash::of("قال سيرغي"), 0));
    let span = &record.layers[0].spans[0];
    assert_eq!(span.data.fragments.text(&record.text), "سيرغي");
    assert_eq!(record.layers[0].status, Status::New);
}

#[test]
fn what_a_document_by_hand_leaves_out_comes_from_around_it() {
    let file = by_hand(
        "(text: \"\\n\", layers: [(spans: [])]), (text: \"قال\", layers: [(spans: [\n\
         (id: \"1\", label: \"PERSON\", at: [(0, 6)])])])",
    );
    let source = Source::of_bytes("خبر.ron", file.as_bytes());
    let options = ReadOptions::new(annotator("amal"), default_label_set());
    let mut reader = super::read(source, options).unwrap();
    let mut copies = CopyCounter::default();
    let blank = reader.next(&mut copies).unwrap().unwrap();
    assert_eq!(blank.title, "خبر", "the file's stem");
    assert_eq!(reader.line(), Some(7));
    let said = reader.next(&mut copies).unwrap().unwrap();
    assert_eq!(said.layers[0].annotator, annotator("amal"));
}

#[test]
fn a_relation_to_itself_is_refused() {
    let found = refusal(
        "(title: \"خبر\", text: \"قال\", layers: [(annotator: \"amal\", spans: [\
         (id: \"s1\", label: \"PERSON\", at: [(0, 6)])],\n\
         relations: [(id: \"r\", type: \"t\", from: \"s1\", to: \"s1\")])])",
    );
    assert!(
        found.contains("relation r leads from span s1 to itself"),
        "{found}"
    );
}

#[test]
fn edits_of_documents_that_never_came_are_kept() {
    let (mut project, record) = edited();
    let id = DocumentId::new(&TextHash::of("لم يأت"), 0);
    let orphan = project.edit("amal", Change::Document(id, DocumentChange::Remove));
    let mut head = project.head();
    head.edits.push(Arc::new(orphan));
    let (read, records) = all_right(open(&save(&head, &[record])).unwrap());
    assert_eq!(read, head);
    assert_eq!(records.len(), 1);
}

#[test]
fn an_id_is_held_against_the_text() {
    let (project, record) = edited();
    let file = save(&project.head(), std::slice::from_ref(&record));
    let foreign = DocumentId::new(&TextHash::of("نص آخر"), 0);
    let file = file.replace(&record.id.to_string(), &foreign.to_string());
    let (_, opened) = open(&file).unwrap();
    let problem = opened.into_iter().next().unwrap().unwrap_err();
    assert!(
        matches!(*problem.reason, Reason::ForeignId { .. }),
        "{problem}"
    );
    assert!(problem.hint().unwrap().contains("`id`"));
}

#[test]
fn labels_that_differ_from_their_edits_say_what_to_remove() {
    let (project, record) = edited();
    let file = save(&project.head(), &[record]);
    let problem = open(&file.replacen("PERSON", "SOMEBODY", 1)).unwrap_err();
    assert!(
        problem.hint().unwrap().contains("`label_edits`"),
        "{problem}"
    );
}

#[test]
fn wrong_spans_are_named_with_their_line() {
    let document = |span: &str| {
        format!(
            "Document(title: \"خبر\", text: \"قال سيرغي\",\nlayers: [Layer(annotator: \"amal\", spans: [\n(id: \"s1\", {span}), (id: \"s2\", label: \"PERSON\", at: [(0, 2)])],\n\
             relations: [(id: \"r\", type: \"t\", from: \"s1\", to: \"s2\")])])"
        )
    };
    let cases = [
        (
            "label: \"PERSON\", at: [(0, 99)]",
            "span s1: the range ends at byte 99, but the text has only 17 bytes",
        ),
        (
            "label: \"PERSON\", at: [(1, 6)]",
            "span s1: byte 1 lies inside a character",
        ),
        (
            "label: \"PERSON\", at: [(4, 2)]",
            "span s1: the range ends at byte 2, before its start",
        ),
        (
            "label: \"PERSON\", at: [(4, 4)]",
            "span s1: a span's range at byte 4 is empty",
        ),
        (
            "label: \"PERSON\", at: []",
            "span s1: a span needs at least one range",
        ),
        (
            "label: \"EVENT\", at: [(0, 6)]",
            "span s1: its label EVENT is not in the file's label set",
        ),
        (
            "label: \"PERSON\", at: [(0, 6)], text: \"نفى\"",
            "span s1: the file says “نفى”, but the text there is “قال”",
        ),
        (
            "label: \"PERSON\", at: [(0, 6)]), (id: \"s1\", label: \"PERSON\", at: [(0, 2)]",
            "span s1 stands in the file twice",
        ),
    ];
    for (span, message) in cases {
        let found = refusal(&document(span));
        assert!(found.contains(message), "{span}: {found}");
        assert!(
            found.starts_with("line 9, document “\u{2068}خبر\u{2069}”: "),
            "{found}"
        );
    }
    let found =
        refusal(&document("label: \"PERSON\", at: [(0, 6)]").replace("to: \"s2\"", "to: \"s9\""));
    assert!(
        found.contains("line 10") && found.contains("relation r needs span s9"),
        "{found}"
    );
    assert!(refusal("Document(title: \"خبر\")").contains("text"));
    assert!(refusal("Document(title: \"خبر\",\n\ntext: 1)").starts_with("line 9"));
}

#[test]
fn a_refused_document_does_not_stop_the_next() {
    let (_, opened) = open(&by_hand(
        "(text: 1), (text: \"a\"), (txt: \"b\"), (text: \"c\")",
    ))
    .unwrap();
    let right: Vec<_> = opened.iter().map(Result::is_ok).collect();
    assert_eq!(right, [false, true, false, true]);
}

fn edited() -> (Project, DocumentRecord) {
    let mut project = Project::new();
    let steps = [0, 4, 8, 9].map(|kind| Step {
        kind,
        a: 4 + usize::from(kind),
        b: 3,
        text: "x".to_owned(),
    });
    let record = project.document("قال سيرغي ريابكوف", 0, &steps);
    assert!(!record.layers[0].spans.is_empty());
    (project, record)
}

#[test]
fn what_stands_beside_edits_must_be_their_fold() {
    type Change = fn(&mut DocumentRecord);
    let (project, record) = edited();
    let head = project.head();
    let changes: [(&str, Change); 7] = [
        ("the title", |r| r.title.push('x')),
        ("the metadata", |r| r.metadata.clear()),
        ("the assignment", |r| r.assigned.extend([annotator("x")])),
        ("`removed`", |r| r.removed = true),
        ("the layer of amal", |r| r.layers[0].status = Status::New),
        ("the layer of amal", |r| {
            r.layers.remove(0);
        }),
        ("the layer of amal", |r| {
            r.layers[0].spans.pop();
        }),
    ];
    for (part, change) in changes {
        let mut other = record.clone();
        change(&mut other);
        let (_, mut opened) = open(&save(&head, &[other])).unwrap();
        let problem = opened.remove(0).unwrap_err();
        let found = problem.to_string();
        assert!(
            found.contains(part) && found.contains("differs from the edits"),
            "{part}: {found}"
        );
        assert!(problem.hint().unwrap().contains("remove `edits`"));
    }
    let mut other_text = record.clone();
    other_text.text = "قال سيرغي ريابكوڤ".into();
    let (_, opened) = open(&save(&head, &[other_text])).unwrap();
    assert!(
        opened[0]
            .as_ref()
            .unwrap_err()
            .to_string()
            .contains("the text differs")
    );

    let mut other_labels = head.clone();
    other_labels.labels.labels.pop();
    let problem = open(&save(&other_labels, &[])).unwrap_err();
    assert!(
        problem.to_string().contains("`labels` differs"),
        "{problem}"
    );
}

#[test]
fn edits_of_another_document_and_documents_twice_are_refused() {
    let (mut project, record) = edited();
    let other = project.document("نفى", 0, &[]);
    let mut foreign = record.clone();
    foreign.edits.extend(other.edits.clone());
    let file = save(&project.head(), &[foreign, other.clone(), other]);
    let (_, opened) = open(&file).unwrap();
    let said: Vec<_> = opened
        .iter()
        .map(|record| {
            record
                .as_ref()
                .map_or_else(ToString::to_string, |_| "taken".to_owned())
        })
        .collect();
    assert!(said[0].contains("does not belong here"), "{said:?}");
    assert_eq!(said[1], "taken");
    assert!(said[2].contains("twice"), "{said:?}");
}

#[test]
fn ranges_in_edits_are_held_against_the_text() {
    let (project, mut record) = edited();
    record.edits = record
        .edits
        .iter()
        .map(|edit| {
            let mut edit = Edit::clone(edit);
            if let Change::Layer(_, LayerChange::AddSpans(spans)) = &mut edit.change {
                let range = ByteRange::unchecked_order(1, 2).unwrap();
                spans[0].fragments = Fragments::new([range]).unwrap();
            }
            Arc::new(edit)
        })
        .collect();
    let (_, opened) = open(&save(&project.head(), &[record])).unwrap();
    let problem = opened[0].as_ref().unwrap_err();
    assert!(
        matches!(
            &*problem.reason,
            Reason::Span {
                error: SpanError::Fragments(_),
                ..
            }
        ),
        "{problem}"
    );
    assert!(
        problem.line.unwrap() > 20,
        "the line of the edit: {problem}"
    );
}

#[test]
fn other_files_are_refused_with_what_to_do() {
    let head = |fields: &str| match open(&format!("Dataset({fields}documents: [])")) {
        Err(problem) => format!("{problem} / {}", problem.hint().unwrap_or_default()),
        Ok(_) => "opened".to_owned(),
    };
    assert!(
        head("format: \"hashiya-dataset\", version: 2, new: [1], ")
            .contains("has version 2, and this program reads up to 1")
    );
    assert!(head("format: \"hashiya-dataset\", version: 2, ").contains("latest version"));
    assert!(head("format: \"x\", version: 1, ").contains("its format is “x”"));
    assert!(head("version: 1, ").contains("must stand first"));
    assert!(
        head("format: \"hashiya-dataset\", version: 1, offsets: \"chars\", ").contains("not bytes")
    );
    assert_eq!(
        head("format: \"hashiya-dataset\", version: 1, later: r#\"]\"#, "),
        "opened"
    );
    assert!(
        open("LabelSetFile(version: 1)")
            .unwrap_err()
            .to_string()
            .contains("LabelSetFile")
    );
    assert!(open("\u{1}").unwrap_err().ends_reading());
    assert!(open("").unwrap_err().ends_reading());
}

#[test]
fn what_stands_between_documents_ends_the_reading() {
    let (_, opened) = open(&by_hand("(text: \"a\"), (text: \"b\"), ) (text: \"c\")")).unwrap();
    let problem = opened.last().unwrap().as_ref().unwrap_err();
    assert!(opened[0].is_ok() && opened[1].is_ok() && problem.ends_reading());
    assert!(
        problem
            .to_string()
            .contains("the 2 documents before it can be read")
    );
    // Without a comma the two are taken for one, which is none.
    let (_, opened) = open(&by_hand("(text: \"a\") (text: \"b\"), (text: \"c\")")).unwrap();
    assert!(opened[0].is_err() && opened[1].is_ok(), "{opened:?}");
}

#[test]
fn a_cut_names_line_document_and_what_is_whole() {
    let (mut project, record) = edited();
    let other = project.document("نفى", 0, &[]);
    let file = save(&project.head(), &[record, other]);
    let cut = file.rfind("layers:").unwrap();
    let (_, opened) = open(&file[..cut]).unwrap();
    assert!(opened[0].is_ok());
    let said = opened[1].as_ref().unwrap_err().to_string();
    let line = file[..cut].matches('\n').count() as u64;
    let start = opened[1].as_ref().unwrap_err().line.unwrap();
    assert!(start < line && line - start < 8, "{said}");
    assert!(said.contains("document “\u{2068}نفى\u{2069}”"), "{said}");
    assert!(
        said.contains("the middle of document 2; the one document before it can be read"),
        "{said}"
    );
}

#[test]
fn a_file_is_read_by_people() {
    let (project, record) = edited();
    let file = save(&project.head(), &[record]);
    assert!(!file.contains("\\u{") && !file.contains("\\n"));
    assert!(
        file.contains("    text: \"قال سيرغي ريابكوف\",\n"),
        "{file}"
    );
    assert!(file.contains("label: \"CLAIM\", at: [("), "{file}");
    assert!(file.contains("Edit(id: \""), "{file}");
}
