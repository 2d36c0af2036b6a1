//! What is compared: the layers of a project's annotators, or those of files of any format, paired by text. A
//! document's id is a hash of its text and of its copy's number, so the k-th copy meets the k-th.

use std::{
    collections::{BTreeMap, HashMap},
    ops::ControlFlow,
    path::{Path, PathBuf},
    sync::Arc,
};

use crate::{
    agreement::{Corpus, CorpusBuilder, Selection},
    annotation::{
        Annotator, DocumentId, EditId, LabelFate, LabelId, LabelSet, Layer, Relation, RelationId,
        Span, SpanId, Stamp, Time,
    },
    edit::LabelSetLog,
    interchange::{
        DatasetHead, DocumentRecord, Feature, Format, LayerRecord, Layers, ReadOptions,
        WriteOptions, usual_kind,
    },
    review::annotates,
    store::{self, Reader, StoreError},
};

use super::{
    super::Problem,
    input::{STANDARD, inputs},
    through::{self, Found},
};

/// A document with the layers that are compared, predictions of models left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ComparedDocument {
    /// Its id.
    pub id: DocumentId,
    /// Its title.
    pub title: String,
    /// Its text.
    pub text: Arc<str>,
    /// The layers, one an annotator.
    pub layers: Vec<(Annotator, Layer)>,
}

/// What several annotators did on the same texts.
#[derive(Debug)]
pub struct Comparison {
    labels: LabelSet,
    annotators: Vec<Annotator>,
    /// Who has decided something: their layers are compared only where they are asked for.
    reviewers: Vec<Annotator>,
    asked: Vec<Annotator>,
    problems: Vec<Problem>,
    notes: Vec<Problem>,
    source: Source,
}

#[derive(Debug)]
enum Source {
    /// Read anew each time.
    Project(Reader),
    /// In the order in which they were met.
    Files(Vec<DocumentRecord>),
}

impl Comparison {
    /// A project, or files of any format, folders of them, and projects. The layers of a file that names
    /// nobody are those of the file's stem.
    pub fn open(paths: &[PathBuf]) -> Result<Self, StoreError> {
        if let [path] = paths
            && store::is_project(path)
        {
            return Self::of_project(path);
        }
        let mut files = Files::default();
        for (path, bare) in paths.iter().zip(bare_names(paths)) {
            if store::is_project(path) {
                files.project(path)?;
            } else {
                files.path(path, &bare);
            }
        }
        Ok(files.end())
    }

    fn of_project(path: &Path) -> Result<Self, StoreError> {
        let reader = Reader::open(path)?;
        let log = LabelSetLog::new(reader.label_set_edits()?);
        let annotators = reader.annotating()?.into_iter();
        Ok(Self {
            labels: log.state().clone(),
            annotators: annotators.filter(|name| !name.is_prediction()).collect(),
            reviewers: reader.reviewers()?,
            asked: Vec::new(),
            problems: Vec::new(),
            notes: Vec::new(),
            source: Source::Project(reader),
        })
    }

    /// The labels that the spans name.
    pub fn labels(&self) -> &LabelSet {
        &self.labels
    }

    /// Everybody who has a layer: of files in their order, of a project by name.
    pub fn annotators(&self) -> &[Annotator] {
        &self.annotators
    }

    /// Everybody who has decided something on a document: what they did there is not compared unless they are
    /// [asked for](Self::ask).
    pub fn reviewers(&self) -> &[Annotator] {
        &self.reviewers
    }

    /// Has the adjudicated layers of these reviewers compared too.
    pub fn ask(&mut self, names: &[Annotator]) {
        self.asked = names.to_vec();
    }

    /// What could not be read.
    pub fn problems(&self) -> &[Problem] {
        &self.problems
    }

    /// What is worth knowing.
    pub fn notes(&self) -> &[Problem] {
        &self.notes
    }

    /// Visits each document.
    pub fn each(&self, visit: &mut dyn FnMut(ComparedDocument)) -> Result<(), StoreError> {
        match &self.source {
            Source::Project(reader) => reader.for_each_document(|stored| {
                if !stored.removed {
                    visit(of_stored(&stored, &self.asked));
                }
                Ok(())
            }),
            Source::Files(records) => {
                records.iter().map(of_record).for_each(visit);
                Ok(())
            }
        }
    }

    /// What measures take, one document at a time.
    pub fn corpus(&self, selection: Selection) -> Result<Corpus, StoreError> {
        let mut builder = CorpusBuilder::new(&self.labels, selection);
        self.each(&mut |document| {
            let layers = document.layers.iter().map(|(name, layer)| (name, layer));
            builder.add(document.id, &document.text, layers);
        })?;
        Ok(builder.finish())
    }
}

/// The people who have done something on a document of a project, and of those who have decided something on it
/// only who was asked for.
pub(in crate::session) fn of_stored(
    stored: &store::DocumentRecord,
    asked: &[Annotator],
) -> ComparedDocument {
    let layers = stored
        .annotators()
        .into_iter()
        .map(|name| (name.clone(), stored.folded(name)))
        .filter(|(name, layer)| annotates(name, layer, None) || annotates(name, layer, Some(asked)))
        .collect();
    ComparedDocument {
        id: stored.document.id,
        title: stored.document.title.clone(),
        text: Arc::clone(&stored.text),
        layers,
    }
}

fn of_record(record: &DocumentRecord) -> ComparedDocument {
    let layers = record.layers.iter();
    ComparedDocument {
        id: record.id,
        title: record.title.clone(),
        text: Arc::clone(&record.text),
        layers: layers
            .map(|layer| (layer.annotator.clone(), layer_of(layer)))
            .collect(),
    }
}

/// A layer with ids that hold within it.
fn layer_of(record: &LayerRecord) -> Layer {
    let mut layer = Layer::default();
    layer.set_status(record.status);
    let edit = EditId::of_content(record.annotator.as_str().as_bytes());
    let stamp = Stamp {
        author: record.annotator.clone(),
        time: Time::default(),
    };
    let mut ids = HashMap::new();
    for (place, span) in (0..).zip(&record.spans) {
        let id = SpanId { edit, place };
        ids.insert(&*span.id, id);
        layer.insert(Span {
            id,
            data: span.data.clone(),
            made: span.made.clone().unwrap_or_else(|| stamp.clone()),
            changed: span.changed.clone().unwrap_or_else(|| stamp.clone()),
        });
    }
    for (place, relation) in (0..).zip(&record.relations) {
        let ends = (ids.get(&*relation.from), ids.get(&*relation.to));
        if let (Some(from), Some(to)) = ends {
            layer.insert_relation(Relation {
                id: RelationId { edit, place },
                kind: relation.kind.clone(),
                from: *from,
                to: *to,
            });
        }
    }
    layer
}

/// For each path who its layers are of where it names nobody: its stem; of equal stems the folder before it,
/// else a number behind it.
fn bare_names(paths: &[PathBuf]) -> Vec<Annotator> {
    let stems: Vec<String> = paths.iter().map(|path| stem(path)).collect();
    let mut names: Vec<String> = Vec::new();
    for (path, stem) in paths.iter().zip(&stems) {
        let mut name = stem.clone();
        if stems.iter().filter(|other| *other == stem).count() > 1
            && let Some(folder) = path.parent().and_then(Path::file_name)
        {
            name = format!("{}/{stem}", folder.to_string_lossy());
        }
        let free = |name: &String| !names.contains(name);
        let numbered = (2..).map(|number| format!("{name} ({number})"));
        let name = std::iter::once(name.clone()).chain(numbered).find(free);
        names.extend(name);
    }
    let name = |name: String| Annotator::new(&name).unwrap_or_else(|_| Annotator::imported());
    names.into_iter().map(name).collect()
}

fn stem(path: &Path) -> String {
    if path.as_os_str() == STANDARD {
        return "standard input".to_owned();
    }
    let name = path.file_name().unwrap_or(path.as_os_str());
    let name = name.to_string_lossy();
    let name = name.strip_suffix(".gz").unwrap_or(&name);
    let stem = match name.rsplit_once('.') {
        Some((stem, _)) if !stem.is_empty() && !crate::files::is_folder(path) => stem,
        _ => name,
    };
    stem.chars()
        .filter(|ch| !ch.is_control())
        .take(150)
        .collect()
}

/// Documents of files, being gathered.
#[derive(Default)]
struct Files {
    labels: LabelSet,
    annotators: Vec<Annotator>,
    problems: Vec<Problem>,
    notes: Vec<Problem>,
    records: Vec<DocumentRecord>,
    places: HashMap<DocumentId, usize>,
}

/// One of the files, or a folder of them.
struct One<'p> {
    path: &'p Path,
    bare: &'p Annotator,
    format: Option<&'static Format>,
    /// The labels of the file that is read, as they are called here.
    labels: BTreeMap<LabelId, LabelId>,
    /// Documents on which it has nobody's layer.
    empty: Vec<usize>,
    documents: usize,
    /// Whether it names any annotator.
    names: bool,
    /// Layers of annotators who have one on the same document already.
    doubled: usize,
}

impl<'p> One<'p> {
    fn new(path: &'p Path, bare: &'p Annotator) -> Self {
        Self {
            path,
            bare,
            format: None,
            labels: BTreeMap::new(),
            empty: Vec::new(),
            documents: 0,
            names: false,
            doubled: 0,
        }
    }

    /// Whether the file says more of labels than their names.
    fn defines_labels(&self) -> bool {
        self.format.is_none_or(|format| {
            (format.carries)(&WriteOptions::default()).has(Feature::LabelDefinitions)
        })
    }
}

impl Files {
    fn project(&mut self, path: &Path) -> Result<(), StoreError> {
        let bare = Annotator::imported();
        let mut one = One::new(path, &bare);
        let reader = Reader::open(path)?;
        let head = DatasetHead {
            labels: LabelSetLog::new(reader.label_set_edits()?).state().clone(),
            edits: Vec::new(),
        };
        one.names = true;
        reader.for_each_document(|stored| {
            if !stored.removed {
                let mut record = DocumentRecord::new(stored.document.id, Arc::clone(&stored.text));
                record.title.clone_from(&stored.document.title);
                let layers = of_stored(&stored, &[]).layers;
                record.layers = layers
                    .into_iter()
                    .map(|(name, layer)| LayerRecord::of(name, &layer))
                    .collect();
                self.take(&mut one, &head, record);
            }
            Ok::<(), StoreError>(())
        })?;
        self.end_of(one);
        Ok(())
    }

    fn path(&mut self, path: &Path, bare: &Annotator) {
        let mut one = One::new(path, bare);
        let before = self.problems.len();
        for input in inputs([path.to_path_buf()], None) {
            let input = match input {
                Ok(input) => input,
                Err(error) => {
                    self.problems.push(through::of_file(&error));
                    continue;
                }
            };
            one.labels.clear();
            let options = ReadOptions::new(bare.clone(), LabelSet::default());
            let _ = through::read(&input, None, options, &mut |found| {
                match found {
                    Found::Format(format) => one.format = Some(format),
                    Found::PassedOver => {}
                    Found::Problem(problem) => self.problems.push(problem),
                    Found::Document { head, record, .. } => {
                        self.take(&mut one, head, record.clone());
                    }
                }
                ControlFlow::Continue(())
            });
        }
        if one.documents == 0 && self.problems.len() == before {
            let reason = "there is no document in it that could be compared".to_owned();
            self.problems.push(through::place(path, None, reason));
        }
        self.end_of(one);
    }

    fn take(&mut self, one: &mut One<'_>, head: &DatasetHead, record: DocumentRecord) {
        if record.removed {
            return;
        }
        one.documents += 1;
        let DocumentRecord { layers, .. } = record;
        let place = *self.places.entry(record.id).or_insert_with(|| {
            let mut kept = DocumentRecord::new(record.id, record.text);
            kept.title = record.title;
            self.records.push(kept);
            self.records.len() - 1
        });
        let mut any = false;
        for mut layer in layers {
            if layer.annotator.is_prediction() {
                continue;
            }
            any = true;
            // Who has no name was called so by what wrote the file: the file's own name says more.
            if layer.annotator == Annotator::imported() {
                layer.annotator.clone_from(one.bare);
            }
            one.names |= layer.annotator != *one.bare;
            for span in &mut layer.spans {
                span.data.label = self.label(one, head, &span.data.label);
            }
            self.add(one, place, layer);
        }
        if !any {
            one.empty.push(place);
        }
    }

    fn add(&mut self, one: &mut One<'_>, place: usize, layer: LayerRecord) {
        if !self.annotators.contains(&layer.annotator) {
            self.annotators.push(layer.annotator.clone());
        }
        let Some(held) = self.records.get_mut(place) else {
            return;
        };
        if held.layer(&layer.annotator).is_some() {
            one.doubled += 1;
        } else {
            held.layers.push(layer);
        }
    }

    /// The label here that a file's label is.
    fn label(&mut self, one: &mut One<'_>, head: &DatasetHead, id: &LabelId) -> LabelId {
        if let Some(known) = one.labels.get(id) {
            return known.clone();
        }
        let theirs = head.labels.resolve(id);
        let name = theirs.map_or(id.as_str(), |label| &label.name);
        let here = if let Some(label) = self.labels.by_name(name) {
            label.id.clone()
        } else if let Some(mut label) = self.labels.new_label(name) {
            label.kind = match theirs.filter(|_| one.defines_labels()) {
                Some(theirs) => theirs.kind,
                None => usual_kind(name),
            };
            label.fate = LabelFate::Active;
            let id = label.id.clone();
            self.labels.labels.push(label);
            id
        } else {
            id.clone()
        };
        one.labels.insert(id.clone(), here.clone());
        here
    }

    /// In a file that names nobody a document without spans is one on which nothing was found, unless the file
    /// has no place for spans.
    fn end_of(&mut self, mut one: One<'_>) {
        let has_layers = one.format.is_some_and(|format| {
            let carries = (format.carries)(&WriteOptions::default());
            carries.layers != Layers::None && !carries.has(Feature::History)
        });
        if has_layers && !one.names {
            for place in std::mem::take(&mut one.empty) {
                let layer = LayerRecord::new(one.bare.clone());
                self.add(&mut one, place, layer);
            }
        }
        if one.doubled > 0 {
            let reason = format!(
                "{} layers are left out: their annotators have one on the same text already",
                one.doubled
            );
            self.notes.push(through::place(one.path, None, reason));
        }
    }

    fn end(self) -> Comparison {
        Comparison {
            labels: self.labels,
            annotators: self.annotators,
            reviewers: Vec::new(),
            asked: Vec::new(),
            problems: self.problems,
            notes: self.notes,
            source: Source::Files(self.records),
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]

    use std::fs;

    use super::*;

    fn names(comparison: &Comparison) -> Vec<&str> {
        comparison
            .annotators()
            .iter()
            .map(Annotator::as_str)
            .collect()
    }

    fn paths(folder: &tempfile::TempDir, files: &[(&str, &str)]) -> Vec<PathBuf> {
        let write = |(name, text): &(&str, &str)| {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(&path, text).unwrap();
            path
        };
        files.iter().map(write).collect()
    }

    #[test]
    fn files_meet_by_text_and_copy_and_are_named_by_their_stems() {
        let folder = tempfile::tempdir().unwrap();
        let one = r#"{"text":"قال سمير","label":[[4,8,"PERSON"]]}
{"text":"x","label":[[0,1,"A"]]}
{"text":"x","label":[]}"#;
        let two = r#"{"text":"x","label":[[0,1,"CLAIM"]]}
{"text":"x","label":[[0,1,"A"]]}
{"text":"قال سمير","label":[]}
{"text":"y","label":[]}"#;
        let paths = paths(&folder, &[("a/أمل.jsonl", one), ("b/yusuf.jsonl", two)]);
        let comparison = Comparison::open(&paths).unwrap();
        assert_eq!(names(&comparison), ["أمل", "yusuf"]);
        assert!(comparison.problems().is_empty() && comparison.notes().is_empty());
        let mut found = Vec::new();
        let mut see = |document: ComparedDocument| {
            let spans: Vec<usize> = document
                .layers
                .iter()
                .map(|(_, layer)| layer.len())
                .collect();
            found.push((document.text.to_string(), spans));
        };
        comparison.each(&mut see).unwrap();
        let row = |text: &str, spans: &[usize]| (text.to_owned(), spans.to_vec());
        let wanted = [
            row("قال سمير", &[1, 0]),
            row("x", &[1, 1]),
            row("x", &[0, 1]),
            row("y", &[0]),
        ];
        assert_eq!(found, wanted);
        assert_eq!(
            comparison.labels().by_name("CLAIM").unwrap().kind,
            crate::annotation::LabelKind::Statement
        );
        let corpus = comparison.corpus(Selection::default()).unwrap();
        assert_eq!((corpus.documents.len(), corpus.unshared), (3, 1));
    }

    #[test]
    fn equal_stems_are_told_apart_and_names_in_files_stay() {
        let folder = tempfile::tempdir().unwrap();
        let line = r#"{"text":"x","label":[[0,1,"A"]]}"#;
        let files = [("a/x.jsonl", line), ("b/x.jsonl", line)];
        let same = paths(&folder, &files);
        assert_eq!(names(&Comparison::open(&same).unwrap()), ["a/x", "b/x"]);
        let again = [same.first().unwrap().clone(), same.first().unwrap().clone()];
        assert_eq!(
            names(&Comparison::open(&again).unwrap()),
            ["a/x", "a/x (2)"]
        );
        let ron = include_str!("../../../assets/sample/sample.ron");
        let comparison = Comparison::open(&paths(&folder, &[("s.ron", ron)])).unwrap();
        assert!(
            comparison.annotators().len() > 1,
            "{:?}",
            names(&comparison)
        );
        assert!(!names(&comparison).contains(&"s"));
    }

    #[test]
    fn what_cannot_be_read_is_told() {
        let folder = tempfile::tempdir().unwrap();
        let bad = "{\"text\":\"x\",\"label\":[]}\n{broken";
        let mut paths = paths(&folder, &[("a.jsonl", bad)]);
        paths.push(folder.path().join("nowhere.jsonl"));
        let comparison = Comparison::open(&paths).unwrap();
        let lines: Vec<_> = comparison.problems().iter().map(|one| one.line).collect();
        assert_eq!(lines, [Some(2), None]);
    }
}
