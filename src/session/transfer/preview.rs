//! What is in files that may come in: the first documents, counts, what is refused, and the names that
//! a mapping is made of. Nothing comes in; memory is bounded however much is in the files.

use std::{
    collections::HashMap,
    ops::ControlFlow,
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use crate::{
    annotation::{Annotator, LabelColor},
    interchange::{DatasetHead, DocumentRecord, Feature, Format, WriteOptions},
    text::{TextEncoding, title::title_of},
};

use super::{
    super::{Problem, Progress},
    input::{Opened, inputs},
    through::{self, Found},
};

/// So many documents are shown.
const FIRST: usize = 3;
/// So many labels of each are shown; the others are counted.
const LABELS: usize = 20;
/// So many problems are listed; the others are counted.
const PROBLEMS: usize = 100;
/// So many files are listed; the others are counted.
const FILES: usize = 100;
/// So many names of a kind are listed; that there are more is told.
const NAMES: usize = 500;
/// How often the person who waits hears how far it is.
const NEWS: Duration = Duration::from_millis(200);

/// How files are looked into.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LookOptions {
    /// Their format; `None` to find out.
    pub format: Option<&'static Format>,
    /// What texts are encoded in; `None` to guess.
    pub encoding: Option<TextEncoding>,
}

/// What is known so far of files.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Preview {
    /// The first files.
    pub files: Vec<PreviewFile>,
    /// How many there are.
    pub file_count: usize,
    /// How many documents could be read.
    pub documents: usize,
    /// How many spans they have.
    pub spans: usize,
    /// The first documents.
    pub first: Vec<PreviewDocument>,
    /// The first things that are refused.
    pub problems: Vec<Problem>,
    /// How many there are.
    pub problem_count: usize,
    /// Names of labels that are mapped.
    pub labels: FoundNames,
    /// Names of attributes that are mapped.
    pub attributes: FoundNames,
    /// Names of types of relations that are mapped.
    pub relation_types: FoundNames,
    /// The format of the file that is read now.
    current: Option<&'static Format>,
}

/// A file, and what it is read as.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PreviewFile {
    /// Where it lies.
    pub path: PathBuf,
    /// Its format; `None` where it is none.
    pub format: Option<&'static Format>,
}

/// A document as it would come in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PreviewDocument {
    /// Its title.
    pub title: String,
    /// The first line of its text.
    pub line: String,
    /// How many spans each of the first labels has.
    pub labels: Vec<PreviewLabel>,
    /// How many labels it has besides.
    pub more_labels: usize,
    /// Whose layers it has; those that name nobody are [`Annotator::imported`]'s.
    pub annotators: Vec<Annotator>,
}

/// A label of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PreviewLabel {
    /// Its name in the file.
    pub name: String,
    /// How many spans have it.
    pub spans: usize,
    /// Its colour, where the file brings a label set of its own.
    pub color: Option<LabelColor>,
}

/// Names in files, in the order in which they come up, and how often each is used.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FoundNames {
    names: Vec<(String, usize)>,
    places: HashMap<String, usize>,
    /// Whether there are more than are listed.
    pub is_cut: bool,
}

impl FoundNames {
    /// The names, and how often each is used.
    pub fn iter(&self) -> impl Iterator<Item = (&str, usize)> {
        self.names.iter().map(|(name, count)| (&**name, *count))
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.names.is_empty()
    }

    fn add(&mut self, name: &str, times: usize) {
        if let Some(at) = self.places.get(name) {
            if let Some((_, count)) = self.names.get_mut(*at) {
                *count += times;
            }
        } else if self.names.len() < NAMES {
            self.places.insert(name.to_owned(), self.names.len());
            self.names.push((name.to_owned(), times));
        } else {
            self.is_cut = true;
        }
    }
}

/// Whether files of a format bring a label set with all its edits, so that nothing of it is mapped.
pub fn brings_labels(format: &Format) -> bool {
    (format.carries)(&WriteOptions::default()).has(Feature::History)
}

/// Whether any of the files has ranges: then people are asked how it is to come in.
pub(in crate::session) fn has_ranges(paths: Vec<PathBuf>, progress: &Progress) -> bool {
    let mut inputs = inputs(paths, None).into_iter().flatten();
    inputs.any(|input| {
        if progress.is_cancelled() {
            return false;
        }
        let ranged = input.open(None, |format, _| format.unit.is_some());
        matches!(ranged, Opened::Read(true))
    })
}

/// Looks into `paths`, telling `tell` now and then what is known so far. `None` where it was stopped.
pub(in crate::session) fn preview(
    paths: Vec<PathBuf>,
    options: &LookOptions,
    progress: &Progress,
    tell: &mut dyn FnMut(&Preview),
) -> Option<Preview> {
    let mut preview = Preview::default();
    let mut told = Instant::now();
    let inputs = inputs(paths, options.format);
    preview.file_count = inputs.len();
    progress.set_total(inputs.len());
    for input in inputs {
        match input {
            Ok(input) => {
                let read = through::options(options.encoding);
                let flow = through::read(&input, options.format, read, &mut |found| {
                    let first = preview.take(&input.path, found);
                    if first || told.elapsed() > NEWS {
                        told = Instant::now();
                        tell(&preview);
                    }
                    if progress.is_cancelled() {
                        ControlFlow::Break(())
                    } else {
                        ControlFlow::Continue(())
                    }
                });
                if flow.is_break() {
                    return None;
                }
            }
            Err(error) => preview.refuse(through::of_file(&error)),
        }
        progress.step();
    }
    Some(preview)
}

impl Preview {
    /// Takes something in; tells whether it is the last of the documents that are shown.
    fn take(&mut self, path: &Path, found: Found<'_>) -> bool {
        match found {
            Found::Format(format) => self.file(path, Some(format)),
            Found::PassedOver => self.file(path, None),
            Found::Problem(problem) => self.refuse(problem),
            Found::Document { head, record, .. } => {
                self.document(head, record);
                return self.documents == FIRST;
            }
        }
        false
    }

    fn file(&mut self, path: &Path, format: Option<&'static Format>) {
        self.current = format;
        if self.files.len() < FILES {
            self.files.push(PreviewFile {
                path: path.to_path_buf(),
                format,
            });
        }
    }

    fn refuse(&mut self, problem: Problem) {
        self.problem_count += 1;
        if self.problems.len() < PROBLEMS {
            self.problems.push(problem);
        }
    }

    /// What the file that is read now brings itself is not mapped.
    fn is_mapped(&self) -> bool {
        !self.current.is_some_and(brings_labels)
    }

    fn document(&mut self, head: &DatasetHead, record: &DocumentRecord) {
        self.documents += 1;
        let layers = record.layers.iter();
        self.spans += layers.map(|layer| layer.spans.len()).sum::<usize>();
        let mapped = self.is_mapped();
        if self.first.len() < FIRST {
            self.first.push(shown(head, record, mapped));
        }
        if !mapped {
            return;
        }
        // What a file lists comes in, used or not.
        for label in &head.labels.labels {
            self.labels.add(&label.name, 0);
        }
        for attribute in &head.labels.attributes {
            self.attributes.add(&attribute.name, 0);
        }
        for kind in &head.labels.relation_types {
            self.relation_types.add(&kind.name, 0);
        }
        for layer in &record.layers {
            for span in &layer.spans {
                self.labels.add(head.labels.name_of(&span.data.label), 1);
                for name in span.data.attributes.keys() {
                    self.attributes.add(name, 1);
                }
            }
            for relation in &layer.relations {
                self.relation_types.add(&relation.kind, 1);
            }
        }
    }
}

fn shown(head: &DatasetHead, record: &DocumentRecord, mapped: bool) -> PreviewDocument {
    let mut labels: Vec<PreviewLabel> = Vec::new();
    let mut places: HashMap<&str, usize> = HashMap::new();
    for span in record.layers.iter().flat_map(|layer| &layer.spans) {
        let name = head.labels.name_of(&span.data.label);
        let next = places.len();
        let place = *places.entry(name).or_insert(next);
        if let Some(known) = labels.get_mut(place) {
            known.spans += 1;
        } else if place < LABELS {
            let own = head.labels.resolve(&span.data.label);
            labels.push(PreviewLabel {
                name: name.to_owned(),
                spans: 1,
                color: own.filter(|_| !mapped).map(|label| label.color),
            });
        }
    }
    PreviewDocument {
        title: record.title.clone(),
        line: title_of(&record.text).unwrap_or_default(),
        more_labels: places.len() - labels.len(),
        labels,
        annotators: record
            .layers
            .iter()
            .map(|layer| layer.annotator.clone())
            .collect(),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]

    use std::fs;

    use super::*;

    fn look(paths: Vec<PathBuf>, options: &LookOptions) -> Preview {
        preview(paths, options, &Progress::default(), &mut |_| ()).unwrap()
    }

    fn names(found: &FoundNames) -> Vec<(&str, usize)> {
        found.iter().collect()
    }

    #[test]
    fn the_names_are_the_files_own_and_counted() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.jsonl");
        let lines = [
            r#"{"text":"قال سمير غدا","label":[[4,8,"PER"],[4,8,"مكان"]]}"#,
            "{broken",
            r#"{"text":"two","label":[[0,3,"PER"]]}"#,
        ];
        fs::write(&path, lines.join("\n")).unwrap();
        let found = look(vec![path.clone()], &LookOptions::default());
        assert_eq!((found.documents, found.spans), (2, 3));
        assert_eq!(names(&found.labels), [("PER", 2), ("مكان", 1)]);
        assert_eq!(found.problem_count, 1);
        assert_eq!(found.problems[0].line, Some(2));
        assert_eq!(found.files[0].format.unwrap().name, "doccano");
        assert_eq!(found.first[0].title, "قال سمير غدا");
        assert_eq!(found.first[0].labels[0].name, "PER");
        assert_eq!(found.first[0].annotators, [Annotator::imported()]);
    }

    #[test]
    fn only_the_first_are_kept_and_all_are_counted() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.jsonl");
        let good = (0..200).map(|n| format!(r#"{{"text":"t{n}","label":[[0,1,"L{}"]]}}"#, n % 7));
        let bad = (0..200).map(|_| r#"{"text":"x","label":[[0,9,"L"]]}"#.to_owned());
        let lines: Vec<String> = good.chain(bad).collect();
        fs::write(&path, lines.join("\n")).unwrap();
        let found = look(vec![path], &LookOptions::default());
        assert_eq!((found.documents, found.problem_count), (200, 200));
        assert_eq!((found.first.len(), found.problems.len()), (FIRST, PROBLEMS));
        assert_eq!(names(&found.labels).len(), 7);
    }

    #[test]
    fn a_dataset_with_its_edits_maps_nothing_and_shows_its_colours() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.ron");
        fs::write(&path, include_bytes!("../../../assets/sample/sample.ron")).unwrap();
        let found = look(vec![path], &LookOptions::default());
        assert!(found.labels.is_empty() && found.documents > 0);
        let chip = &found.first[0].labels[0];
        assert!(chip.color.is_some(), "{chip:?}");
    }

    #[test]
    fn what_a_file_brings_is_known_of_those_that_are_not_listed_too() {
        let folder = tempfile::tempdir().unwrap();
        let write = |name: String, bytes: &[u8]| {
            let path = folder.path().join(name);
            fs::write(&path, bytes).unwrap();
            path
        };
        let line = br#"{"text":"x","label":[[0,1,"PER"]]}"#;
        let mut paths: Vec<PathBuf> = (0..FILES)
            .map(|n| write(format!("{n:03}.jsonl"), line))
            .collect();
        let sample = include_bytes!("../../../assets/sample/sample.ron");
        paths.push(write("last.ron".to_owned(), sample));
        let found = look(paths, &LookOptions::default());
        assert_eq!((found.files.len(), found.file_count), (FILES, FILES + 1));
        assert!(found.documents > FILES);
        assert_eq!(names(&found.labels), [("PER", FILES)]);
    }

    #[test]
    fn the_first_labels_of_a_document_are_shown_and_all_are_counted() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.jsonl");
        let span = |n: usize| format!(r#"[{0},{1},"L{2}"]"#, n / 25, n / 25 + 1, n % 25);
        let spans: Vec<String> = (0..50).map(span).collect();
        let line = format!(r#"{{"text":"xy","label":[{}]}}"#, spans.join(","));
        fs::write(&path, line).unwrap();
        let found = look(vec![path], &LookOptions::default());
        let document = &found.first[0];
        assert_eq!((document.labels.len(), document.more_labels), (LABELS, 5));
        assert!(document.labels.iter().all(|label| label.spans == 2));
        assert_eq!(found.spans, 50);
    }

    #[test]
    fn articles_are_told_from_what_has_ranges_and_a_look_can_be_stopped() {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        fs::write(path("a.txt"), "خبر").unwrap();
        let progress = Progress::default();
        assert!(!has_ranges(
            vec![path("a.txt"), path("no such file")],
            &progress
        ));
        fs::write(path("b.jsonl"), r#"{"text":"x"}"#).unwrap();
        assert!(has_ranges(vec![folder.path().to_path_buf()], &progress));
        progress.cancel();
        let options = LookOptions::default();
        let found = preview(vec![path("b.jsonl")], &options, &progress, &mut |_| ());
        assert_eq!(found, None);
    }
}
