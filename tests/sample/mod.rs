//! The sample project is made of articles and marks that people can read and change, in
//! `assets/sample`. This test makes the dataset of them again, with the same ids and times, and
//! compares it with the one that ships. After a change: `HASHIYA_BLESS=1 cargo test sample`.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::string_slice,
    reason = "tests"
)]

mod marks;

use std::{
    collections::{BTreeMap, HashMap},
    fs, io,
    path::{Path, PathBuf},
    sync::{Arc, Mutex},
};

use hashiya::{
    annotation::{
        Annotator, DocumentId, EditId, Fragments, LabelId, LayerKey, SpanData, SpanId, Stamp,
        Status, TextHash, Time,
    },
    edit::{
        Cause, Change, DocumentChange, DocumentLog, Edit, LabelSetChange, LabelSetLog, LayerChange,
        LayerLog,
    },
    interchange::{
        CopyCounter, DatasetHead, DocumentRecord, Format, LayerRecord, Output, Outputs,
        ReadOptions, Source, WriteOptions, default_label_set,
    },
    text::{ByteRange, title},
};
use marks::Marked;

/// Who put the articles in.
const DESK: &str = "desk";
/// Monday, 18 November 2024, 07:30 UTC, in milliseconds since 1970.
const BEGIN: u64 = 1_731_915_000_000;
/// A day in milliseconds.
const DAY: u64 = 86_400_000;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/sample")
}

fn read(path: impl AsRef<Path>) -> String {
    let path = folder().join(path);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn annotator(name: &str) -> Annotator {
    Annotator::new(name).unwrap()
}

/// Gives edits their ids and times: the same at each run, some seconds apart, one person's work a
/// day.
struct Desk {
    made: u64,
    clocks: BTreeMap<&'static str, u64>,
}

impl Desk {
    fn edit(&mut self, author: &'static str, change: Change) -> Edit {
        self.made += 1;
        let hash = blake3::hash(format!("sample edit {}", self.made).as_bytes());
        let id = EditId::from_bytes(*hash.as_bytes().first_chunk().unwrap());
        let day = ["desk", "amal", "yusuf"].iter().position(|a| *a == author);
        let begin = BEGIN + DAY * day.unwrap() as u64;
        let now = self.clocks.entry(author).or_insert(begin);
        // Between 2 and 13 seconds, as the hash has it.
        *now += 2_000 + u64::from(hash.as_bytes()[31]) * 43;
        Edit {
            id,
            stamp: Stamp {
                time: Time {
                    millis: *now,
                    counter: 0,
                },
                author: annotator(author),
            },
            cause: Cause::Done,
            change,
        }
    }
}

/// A row of `sample.tsv`.
struct Row {
    file: String,
    title: String,
    metadata: BTreeMap<String, String>,
    assigned: Vec<String>,
    statuses: [Option<Status>; 2],
}

const ANNOTATORS: [&str; 2] = ["amal", "yusuf"];

fn rows() -> Vec<Row> {
    let status = |written: &str| match written {
        "" => None,
        "new" => Some(Status::New),
        "in_progress" => Some(Status::InProgress),
        "done" => Some(Status::Done),
        other => panic!("no status: {other}"),
    };
    let row = |line: &str| {
        let cells: Vec<&str> = line.split('\t').collect();
        let [file, title, source, date, language, assigned, amal, yusuf] = *cells else {
            panic!("a row of eight cells: {line}")
        };
        let metadata = [("source", source), ("date", date), ("language", language)];
        Row {
            file: file.to_owned(),
            title: title.to_owned(),
            metadata: metadata.map(|(k, v)| (k.to_owned(), v.to_owned())).into(),
            assigned: assigned.split(',').map(str::to_owned).collect(),
            statuses: [status(amal), status(yusuf)],
        }
    };
    read("sample.tsv").lines().skip(1).map(row).collect()
}

fn document(desk: &mut Desk, row: &Row) -> DocumentRecord {
    let text = read(Path::new("articles").join(&row.file));
    let hash = TextHash::of(&text);
    let id = DocumentId::new(&hash, 0);
    let title = Some(row.title.clone()).filter(|title| !title.is_empty());
    let add = DocumentChange::Add {
        title: title.or_else(|| title::title_of(&text)).unwrap(),
        text: hash,
        metadata: row.metadata.clone(),
    };
    let assign = row
        .assigned
        .iter()
        .map(|name| DocumentChange::Assign(annotator(name)));
    let mut log = DocumentLog::default();
    for change in [add].into_iter().chain(assign) {
        log.push(Arc::new(desk.edit(DESK, Change::Document(id, change))));
    }
    let mut edits = log.edits().to_vec();
    let mut layers = Vec::new();
    for (who, status) in ANNOTATORS.into_iter().zip(row.statuses) {
        if let Some(status) = status {
            let marked = Marked::parse(&read(Path::new("marked").join(who).join(&row.file)));
            assert_eq!(
                marked.text, text,
                "{who}, {}: only marks are added",
                row.file
            );
            let log = layer(desk, who, id, &marked, status);
            layers.push(LayerRecord::of(annotator(who), log.state()));
            edits.extend(log.edits().iter().cloned());
        }
    }
    DocumentRecord::of(log.state(), text.into(), layers, edits).unwrap()
}

/// One edit a span, relation and note, as somebody works through an article.
fn layer(
    desk: &mut Desk,
    who: &'static str,
    document: DocumentId,
    marked: &Marked,
    status: Status,
) -> LayerLog {
    let mut log = LayerLog::default();
    let mut push = |change: LayerChange| {
        let key = LayerKey {
            document,
            annotator: annotator(who),
        };
        let edit = Arc::new(desk.edit(who, Change::Layer(key, change)));
        log.push(Arc::clone(&edit));
        edit.id
    };
    if status != Status::New {
        push(LayerChange::SetStatus(Status::InProgress));
    }
    let mut ids: HashMap<&str, SpanId> = HashMap::new();
    for span in &marked.spans {
        let edit = push(LayerChange::AddSpans(vec![data(&marked.text, span)]));
        if let Some(name) = &span.id {
            ids.insert(name, SpanId { edit, place: 0 });
        }
    }
    for [kind, from, to] in &marked.relations {
        push(LayerChange::AddRelation {
            kind: kind.clone(),
            from: ids[&**from],
            to: ids[&**to],
        });
    }
    for [span, note] in &marked.notes {
        push(LayerChange::SetNote(ids[&**span], note.clone()));
    }
    if status == Status::Done {
        push(LayerChange::SetStatus(Status::Done));
    }
    assert_eq!(log.state().len(), marked.spans.len(), "no span twice");
    assert_eq!(log.state().relations().count(), marked.relations.len());
    log
}

fn data(text: &str, span: &marks::MarkedSpan) -> SpanData {
    let ranges = span
        .fragments
        .iter()
        .map(|range| ByteRange::new(text, range.start, range.end).unwrap());
    let fragments = Fragments::checked(text, ranges).unwrap();
    assert_eq!(fragments.ranges().len(), span.fragments.len());
    let mut data = SpanData::new(LabelId::new(&span.label).unwrap(), fragments);
    for (name, value) in &span.attributes {
        // A set flag is `yes` in the marks and `true` in a layer.
        let value = if value == "yes" { "true" } else { value };
        data.attributes.insert(name.clone(), value.to_owned());
    }
    data
}

fn sample() -> (DatasetHead, Vec<DocumentRecord>) {
    let mut desk = Desk {
        made: 0,
        clocks: BTreeMap::new(),
    };
    let adopt = LabelSetChange::Adopt(Box::new(default_label_set()));
    let mut labels = LabelSetLog::default();
    labels.push(Arc::new(desk.edit(DESK, Change::LabelSet(adopt))));
    let head = DatasetHead {
        labels: labels.state().clone(),
        edits: labels.edits().to_vec(),
    };
    let records = rows().iter().map(|row| document(&mut desk, row)).collect();
    (head, records)
}

/// One file in memory.
#[derive(Clone, Default)]
struct Written(Arc<Mutex<Vec<u8>>>);

impl io::Write for Written {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Outputs for Written {
    fn file(&mut self) -> io::Result<Output> {
        Ok(Box::new(self.clone()))
    }

    fn create(&mut self, _name: &str) -> io::Result<Output> {
        Err(io::ErrorKind::Unsupported.into())
    }

    fn free_name(&mut self, wanted: &str) -> String {
        wanted.to_owned()
    }
}

#[test]
fn the_sample_is_made_of_its_marked_articles() {
    let (head, records) = sample();
    let mut written = Written::default();
    let write = Format::named("ron").unwrap().write.unwrap();
    let mut writer = write(&mut written, &head, &WriteOptions::default()).unwrap();
    for record in &records {
        writer.document(record).unwrap();
    }
    writer.finish().unwrap();
    let file = written.0.lock().unwrap().clone();

    let path = folder().join("sample.ron");
    if std::env::var_os("HASHIYA_BLESS").is_some() {
        fs::write(&path, &file).unwrap();
    }
    let shipped = fs::read(&path).unwrap();
    assert!(shipped == file, "run HASHIYA_BLESS=1 cargo test sample");

    let options = ReadOptions::new(annotator("imported"), default_label_set());
    let read = Format::named("ron").unwrap().read.unwrap();
    let mut reader = read(Source::of_bytes("sample.ron", &shipped), options).unwrap();
    let mut copies = CopyCounter::default();
    for record in &records {
        assert_eq!(reader.next(&mut copies).unwrap().unwrap(), *record);
    }
    assert!(reader.next(&mut copies).is_none());
}

/// What annotators mark with is what the label set offers.
#[test]
fn the_sample_uses_labels_attributes_and_relations_as_they_are_defined() {
    let (head, records) = sample();
    let set = &head.labels;
    for layer in records.iter().flat_map(|record| &record.layers) {
        let mut labels = HashMap::new();
        for span in &layer.spans {
            let label = set.get(&span.data.label).unwrap();
            labels.insert(&*span.id, &label.id);
            for name in span.data.attributes.keys() {
                assert!(
                    label.attributes.contains(name),
                    "{name} of a {}",
                    label.name
                );
            }
        }
        for relation in &layer.relations {
            let (from, to) = (labels[&*relation.from], labels[&*relation.to]);
            let fits = set
                .relations_between(from, to)
                .any(|t| t.name == relation.kind);
            assert!(fits, "{} from {from} to {to}", relation.kind);
        }
    }
}
