//! `hashiya check`: the whole of a project is read and held against itself.

use std::{
    collections::{BTreeMap, HashMap},
    path::Path,
    sync::Arc,
};

use crate::{
    annotation::{Annotator, DocumentId, LabelSet, Layer, LayerKey, TextHash},
    edit::{Change, Edit, Fold as _, LabelSetLog, OfLayer, Scope},
};

use super::{
    Reader, Store, StoreError, commit, derive,
    document_row::{self, Folded},
    layer_row::{LayerRow, LayerRows},
    reader::text,
    record,
};

/// What a check found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CheckReport {
    /// What is wrong, a sentence each; none means that all is well.
    pub problems: Vec<String>,
    /// How many documents are in the list.
    pub documents: usize,
    /// How many layers there are.
    pub layers: usize,
    /// How many edits there are.
    pub edits: u64,
}

/// No more problems than this are told.
const MOST: usize = 1000;

/// Checks a project: that SQLite finds its pages sound, every text has its hash, every edit can be
/// read, every span fits its text, and every derived row is what the edits make. `progress` is told
/// how much is done (0 to 1); if it gives `false`, the check ends.
pub fn check(
    path: &Path,
    progress: &mut dyn FnMut(f32) -> bool,
) -> Result<CheckReport, StoreError> {
    let store = Store::open_read_only(path)?;
    let reader = store.read();
    reader.snapshot(|| {
        let mut checking = Checking {
            reader,
            report: CheckReport::default(),
            progress,
            labels: LabelSet::default(),
            documents: HashMap::new(),
            layers: HashMap::new(),
        };
        match checking.run() {
            // Where pages are gone the rest cannot be read: what is known of them says more than
            // that.
            Err(StoreError::Damaged { detail, .. }) if !checking.report.problems.is_empty() => {
                checking.problem(format!("the check ended here: {detail}"));
            }
            ended => ended?,
        }
        Ok(checking.report)
    })
}

struct Checking<'a> {
    reader: &'a Reader,
    report: CheckReport,
    progress: &'a mut dyn FnMut(f32) -> bool,
    labels: LabelSet,
    /// What is left of the derived rows when those that the edits make are taken away.
    documents: HashMap<DocumentId, (Folded, i64)>,
    layers: HashMap<LayerKey, LayerRow>,
}

/// Everything of one document, as its rows are read.
#[derive(Default)]
struct Scopes {
    document: Vec<Arc<Edit>>,
    layers: BTreeMap<Annotator, Vec<Arc<Edit>>>,
}

impl Checking<'_> {
    fn problem(&mut self, problem: String) {
        if self.report.problems.len() < MOST {
            self.report.problems.push(problem);
        }
    }

    fn tell(&mut self, done: f32) -> Result<(), StoreError> {
        if (self.progress)(done) {
            Ok(())
        } else {
            Err(StoreError::Cancelled)
        }
    }

    fn run(&mut self) -> Result<(), StoreError> {
        self.pages()?;
        self.tell(0.2)?;
        self.texts()?;
        self.tell(0.5)?;
        self.report.documents = self.reader.document_count()?;
        self.report.edits = self.reader.edit_count()?;
        self.read_rows()?;
        self.report.layers = self.layers.len();
        self.edits()?;
        self.tell(1.0)
    }

    /// SQLite's own check: every page, every index.
    fn pages(&mut self) -> Result<(), StoreError> {
        let mut found = Vec::new();
        let ended = self.reader.run(|connection| {
            let mut statement = connection.prepare("PRAGMA integrity_check(100)")?;
            for line in statement.query_map((), |row| row.get::<_, String>(0))? {
                found.push(line?);
            }
            Ok(())
        });
        // What was found before the check itself gave up is told all the same.
        // One answer holds many lines, and names the file's part first.
        let lines = found.iter().flat_map(|answer| answer.lines());
        for line in lines.filter(|line| *line != "ok" && !line.starts_with("***")) {
            self.problem(format!("the file is damaged: {line}"));
        }
        ended
    }

    /// Every text has the hash that it is kept under.
    fn texts(&mut self) -> Result<(), StoreError> {
        let bad = self.reader.run(|connection| {
            let mut statement = connection.prepare("SELECT hash, body FROM texts")?;
            let mut rows = statement.query(())?;
            let mut bad = Vec::new();
            while let Some(row) = rows.next()? {
                let hash: TextHash = record::text_hash(row, 0)?;
                match text(row, 1) {
                    Ok(text) if TextHash::of(&text) == hash => {}
                    _ => bad.push(hash),
                }
            }
            Ok(bad)
        })?;
        for hash in bad {
            self.problem(format!("text {hash} is not what it was"));
        }
        Ok(())
    }

    fn read_rows(&mut self) -> Result<(), StoreError> {
        let sql = format!("SELECT {}", document_row::COLUMNS);
        self.documents = self.reader.run(|connection| {
            let mut statement = connection.prepare(&sql)?;
            let rows = statement.query_map((), |row| {
                let folded = document_row::read(row)?;
                Ok((folded.document.id, (folded, row.get("bytes")?)))
            })?;
            rows.collect()
        })?;
        let sql = format!("SELECT {} FROM layers", LayerRows::COLUMNS);
        let mut reading = LayerRows::default();
        self.layers = self.reader.run(|connection| {
            let mut statement = connection.prepare(&sql)?;
            let rows = statement.query_map((), |row| {
                let (annotator, row) = reading.read_named(row)?;
                let document = row.document;
                Ok((
                    LayerKey {
                        document,
                        annotator,
                    },
                    row,
                ))
            })?;
            rows.collect()
        })?;
        Ok(())
    }

    /// Every edit can be read, and the rows are what the edits make.
    fn edits(&mut self) -> Result<(), StoreError> {
        let sql = format!("{} ORDER BY document, seq", record::SELECT);
        let reader = self.reader;
        let mut statement = reader.run(|connection| connection.prepare(&sql))?;
        let mut rows = reader.run(|_| statement.query(()))?;
        let (mut at, mut scopes) = (None, Scopes::default());
        let (mut latest, mut read) = (None, 0_u64);
        while let Some(row) = reader.run(|_| rows.next())? {
            let edit = match record::read(row) {
                Ok(edit) => edit,
                Err(error) => {
                    self.problem(format!("an edit cannot be read: {error}"));
                    continue;
                }
            };
            read += 1;
            latest = latest.max(Some(edit.stamp.time));
            let document = document_of(&edit.change);
            if document != at {
                self.document(at, std::mem::take(&mut scopes))?;
                at = document;
                self.tell(0.5 + 0.5 * read as f32 / self.report.edits.max(1) as f32)?;
            }
            scopes.add(Arc::new(edit));
        }
        self.document(at, scopes)?;
        if latest != reader.run(commit::latest)? {
            self.problem("the latest time is not that of the latest edit".to_owned());
        }
        self.leftovers();
        self.numbers()
    }

    /// Holds one document's rows against its edits; the label set's edits come without a document.
    fn document(&mut self, id: Option<DocumentId>, mut scopes: Scopes) -> Result<(), StoreError> {
        let Some(id) = id else {
            let log = LabelSetLog::new(scopes.document);
            self.labels = log.state().clone();
            return Ok(());
        };
        let number = self.reader.run(|c| derive::number_of(c, &id))?;
        let folded = number.and_then(|number| document_row::fold(number, &mut scopes.document));
        let row = self.documents.remove(&id);
        let text = match &folded {
            Some(folded) => self.text(folded)?,
            None => None,
        };
        let bytes = row
            .as_ref()
            .and_then(|(_, bytes)| usize::try_from(*bytes).ok());
        if folded.as_ref() != row.as_ref().map(|(row, _)| row)
            || (text.is_some() && bytes != text.as_ref().map(|text| text.len()))
        {
            self.problem(format!("document {id} is not listed as its edits say"));
        }
        for (annotator, edits) in scopes.layers {
            let key = LayerKey {
                document: id,
                annotator,
            };
            self.layer(&key, edits, text.as_deref());
        }
        Ok(())
    }

    fn text(&mut self, folded: &Folded) -> Result<Option<Arc<str>>, StoreError> {
        match self.reader.text(&folded.document.text) {
            Ok(text) => Ok(Some(text)),
            Err(StoreError::Damaged { detail, .. }) => {
                let Folded { document, .. } = folded;
                self.problem(format!(
                    "the text of “{}” cannot be read: {detail}",
                    document.title
                ));
                Ok(None)
            }
            Err(error) => Err(error),
        }
    }

    fn layer(&mut self, key: &LayerKey, mut edits: Vec<Arc<Edit>>, text: Option<&str>) {
        edits.sort_by(|a, b| a.order().cmp(&b.order()));
        let mut layer = Layer::default();
        for edit in &edits {
            OfLayer::apply(&mut layer, edit);
        }
        let LayerKey {
            document,
            annotator,
        } = key;
        if self.layers.remove(key) != Some(LayerRow::of(*document, &layer)) {
            self.problem(format!(
                "the layer of {annotator} on document {document} is not listed as its edits say"
            ));
        }
        for span in layer.spans() {
            let label = &span.data.label;
            let at = || format!("a span {label} of {annotator} on document {document}");
            if let Some(Err(error)) = text.map(|text| span.data.fragments.check(text)) {
                self.problem(format!("{} does not fit the text: {error}", at()));
            }
            if self.labels.get(label).is_none() {
                self.problem(format!("{} has a label that is not in the label set", at()));
            }
        }
    }

    /// Rows that name a document by its id and by its number name the same.
    fn numbers(&mut self) -> Result<(), StoreError> {
        for table in ["layers", "metadata"] {
            let sql = format!(
                "SELECT count(*) FROM {table} AS derived LEFT JOIN subjects
                 ON subjects.number = derived.number WHERE subjects.id IS NOT derived.id"
            );
            let wrong: usize = self
                .reader
                .run(|c| c.query_row(&sql, (), |row| row.get(0)))?;
            if wrong > 0 {
                self.problem(format!("{wrong} rows of {table} name another document"));
            }
        }
        Ok(())
    }

    /// Rows that no edit makes.
    fn leftovers(&mut self) {
        for id in std::mem::take(&mut self.documents).into_keys() {
            self.problem(format!(
                "document {id} is listed, but no edit brought it in"
            ));
        }
        for key in std::mem::take(&mut self.layers).into_keys() {
            let LayerKey {
                document,
                annotator,
            } = key;
            self.problem(format!(
                "a layer of {annotator} on document {document} is listed, but has no edit"
            ));
        }
    }
}

impl Scopes {
    fn add(&mut self, edit: Arc<Edit>) {
        match edit.change.scope() {
            Scope::Layer(key) => self.layers.entry(key.annotator).or_default().push(edit),
            Scope::Document(_) | Scope::LabelSet => self.document.push(edit),
        }
    }
}

fn document_of(change: &Change) -> Option<DocumentId> {
    match change {
        Change::LabelSet(_) => None,
        Change::Document(id, _) => Some(*id),
        Change::Layer(key, _) => Some(key.document),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use rusqlite::Connection;

    use super::*;
    use crate::store::sample::{adding, done, edits, project, tag};

    /// The problems of a project of two articles and a layer into which somebody meddled.
    fn after(meddling: &str) -> Vec<String> {
        let (_folder, path, mut store) = project();
        store.commit(&adding(&["خبر", "آخر"])).unwrap();
        let spans = [("PERSON", 0, 2)];
        store
            .commit(&edits([
                tag(9, "خبر", "منى", &spans),
                done(10, "خبر", "منى"),
            ]))
            .unwrap();
        store.close().unwrap();
        let connection = Connection::open(&path).unwrap();
        connection.execute_batch(meddling).unwrap();
        drop(connection);
        check(&path, &mut |_| true).unwrap().problems
    }

    #[test]
    fn a_sound_project_has_no_problems() {
        assert_eq!(after(""), Vec::<String>::new());
    }

    #[test]
    fn what_was_meddled_with_is_found() {
        let unguarded =
            "DROP TRIGGER texts_stay; DROP TRIGGER edits_stay; DROP TRIGGER edits_remain;";
        for (meddling, expected) in [
            ("UPDATE texts SET body = x'00'", "is not what it was"),
            (
                "UPDATE documents SET title = 'x'",
                "not listed as its edits say",
            ),
            (
                "UPDATE documents SET bytes = 1",
                "not listed as its edits say",
            ),
            ("DELETE FROM documents", "not listed as its edits say"),
            ("DELETE FROM metadata", "not listed as its edits say"),
            ("UPDATE layers SET spans = 7", "layer of منى"),
            (
                "INSERT INTO layers SELECT 'x', number, id, 0, 0, '', 0 FROM layers",
                "has no edit",
            ),
            ("UPDATE latest SET millis = 1", "latest time"),
            (
                "UPDATE layers SET id = x'00112233445566778899aabbccddeeff'",
                "another document",
            ),
            (
                "UPDATE edits SET body = '{}' WHERE annotator NOT NULL",
                "cannot be read",
            ),
            ("UPDATE edits SET format = 9", "unknown format 9"),
            (
                "UPDATE edits SET body = replace(body, '[0,2]', '[0,1]')",
                "does not fit the text",
            ),
            (
                "UPDATE edits SET body = replace(body, '[0,2]', '[0,99]')",
                "does not fit the text",
            ),
            (
                "UPDATE edits SET body = replace(body, 'PERSON', 'X') WHERE annotator NOT NULL",
                "label set",
            ),
            (
                "DELETE FROM edits WHERE annotator IS NULL AND document NOT NULL",
                "no edit brought it in",
            ),
        ] {
            let problems = after(&format!("{unguarded} {meddling};"));
            let found = problems.iter().any(|problem| problem.contains(expected));
            assert!(found, "{meddling}: {problems:#?}");
        }
    }

    #[test]
    fn damaged_pages_are_told_one_by_one() {
        let (_folder, path, mut store) = project();
        let texts: Vec<String> = (0..400).map(|n| format!("خبر {n} ").repeat(40)).collect();
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        store.commit(&adding(&texts)).unwrap();
        store.close().unwrap();
        let mut bytes = std::fs::read(&path).unwrap();
        for page in [6, 9, 20] {
            bytes[page * 8192..page * 8192 + 64].fill(0xFF);
        }
        std::fs::write(&path, bytes).unwrap();
        let report = check(&path, &mut |_| true).unwrap();
        let pages = report.problems.iter();
        let pages = pages.filter(|line| line.starts_with("the file is damaged: "));
        assert!(pages.count() >= 3, "{:#?}", report.problems);
    }

    #[test]
    fn a_check_can_be_called_off() {
        let (_folder, path, store) = project();
        store.close().unwrap();
        assert!(matches!(
            check(&path, &mut |_| false),
            Err(StoreError::Cancelled)
        ));
    }
}
