//! Reads the files of an export before they get their names, and tells what differs.

use std::io::{self, BufRead};

use crate::{
    annotation::LabelSet,
    files::{Folder, open},
    interchange::{
        self, CopyCounter, DatasetHead, DocumentRecord, Expected, Format, Problem, ReadBack,
        ReadOptions, Reader, Shape, Source, WriteOptions, differences,
    },
};

use super::{super::super::Progress, Export, ExportError, Stage, Volume, outputs};

/// How many documents are compared word by word.
const COMPARED: usize = 20;

impl Export<'_> {
    /// Reads a volume back and adds to the report what is not as it was written.
    pub(super) fn read_back(
        &mut self,
        stage: &Stage,
        volume: &Volume,
        options: &WriteOptions,
        mut expected: Expected,
    ) -> Result<(), ExportError> {
        let format = self.options.format;
        let Some(read) = format.read else {
            return Ok(());
        };
        let mut back = ReadBack::default();
        let labels = self.head.labels.clone();
        each_source(stage, format, volume, &mut |source| {
            let read_options = ReadOptions::of_written(options, labels.clone());
            match read(source, read_options) {
                Ok(mut reader) => {
                    let mut watched = Watched(&mut *reader, self.progress);
                    expected.read(&mut watched, &mut CopyCounter::default(), &mut back);
                }
                Err(problem) => back.refuse(&problem),
            }
        })?;
        if self.progress.is_cancelled() {
            return Err(ExportError::Cancelled);
        }
        self.report.problems.append(&mut back.problems);
        let missing = expected.missing();
        self.report.differing += missing.len().max(back.strange);
        if missing.is_empty() && back.strange == 0 {
            return Ok(());
        }
        self.tell_differences(volume, options, &missing, back.first_strange)
    }

    /// Compares the first documents that were not met with those that were strange.
    fn tell_differences(
        &mut self,
        volume: &Volume,
        options: &WriteOptions,
        missing: &[usize],
        mut strange: Vec<(DocumentRecord, LabelSet)>,
    ) -> Result<(), ExportError> {
        let carries = (self.options.format.carries)(options);
        let labels = self.head.labels.clone();
        let wanted = missing
            .get(..missing.len().min(COMPARED))
            .unwrap_or(missing);
        let mut found = Vec::new();
        let loss = self.report.loss.clone();
        self.each(volume, &mut |record, number| {
            if wanted.contains(&number) {
                let same = strange
                    .iter()
                    .position(|(read, _)| read.text == record.text);
                if let Some(at) = same.or_else(|| (!strange.is_empty()).then_some(0)) {
                    let (read, set) = strange.swap_remove(at);
                    found.extend(differences((record, &labels), (&read, &set), &carries));
                } else {
                    found.push(interchange::Difference {
                        document: record.title.clone(),
                        what: "it is missing".to_owned(),
                    });
                }
            }
            Ok(())
        })?;
        // It was counted when the file was written.
        self.report.loss = loss;
        self.report.differences.append(&mut found);
        Ok(())
    }
}

/// A reader that tells how far it is, and ends when it is called off.
struct Watched<'r>(&'r mut dyn Reader, &'r Progress);

impl Reader for Watched<'_> {
    fn head(&self) -> &DatasetHead {
        self.0.head()
    }

    fn next(&mut self, copies: &mut CopyCounter) -> Option<Result<DocumentRecord, Problem>> {
        if self.1.is_cancelled() {
            return None;
        }
        self.1.step();
        self.0.next(copies)
    }
}

/// Hands over each file of a volume, as an import would find it.
fn each_source(
    stage: &Stage,
    format: &Format,
    volume: &Volume,
    visit: &mut dyn FnMut(Source<'_>),
) -> Result<(), ExportError> {
    let mut hand = |name: &str, input: Box<dyn BufRead>, folder: Option<&Folder>| {
        let name = name.rsplit('/').next().unwrap_or(name).to_owned();
        let folder = folder.map(|folder| folder as &dyn interchange::Folder);
        visit(Source {
            name,
            input,
            folder,
        });
    };
    let name = outputs::file_name(format, volume);
    match stage {
        Stage::File(draft) => hand(&name, Box::new(open(draft.path())?), None),
        Stage::Folder(draft) if format.shape == Shape::File => {
            let folder = draft.folder();
            hand(&name, Box::new(folder.open(&name)?), Some(&folder));
        }
        Stage::Folder(_) => {
            let Some(folder) = stage.folder(volume) else {
                return Ok(());
            };
            if format.shape == Shape::Folder {
                hand("folder", Box::new(io::empty()), Some(&folder));
                return Ok(());
            }
            let ending = format!(".{}", format.endings.first().copied().unwrap_or_default());
            for name in folder.files() {
                let name = name?;
                if name.ends_with(&ending) {
                    let around = Folder::around(&folder.path().join(&name));
                    hand(&name, Box::new(folder.open(&name)?), Some(&around));
                }
            }
        }
    }
    Ok(())
}
