//! Reads the files of an export before they get their names, and tells what differs.

use std::{
    io::{self, BufRead},
    thread,
};

use crate::{
    annotation::LabelSet,
    files::{FileError, Folder, Growing},
    interchange::{
        self, CopyCounter, DatasetHead, DocumentRecord, Expected, Format, Problem, ReadBack,
        ReadOptions, Reader, Shape, Source, WriteOptions, differences,
    },
};

use super::{
    super::{
        super::Progress,
        pipeline::{beside, joined},
    },
    Export, ExportError, Stage, Volume, outputs,
};

/// How many documents are compared word by word.
const COMPARED: usize = 20;

impl<'a> Export<'a> {
    /// How a volume is to be read back.
    pub(super) fn reading<'r>(
        &self,
        stage: &'r Stage,
        volume: &'r Volume,
        options: &'r WriteOptions,
        expected: &'r Expected,
    ) -> Reading<'r>
    where
        'a: 'r,
    {
        Reading {
            stage,
            volume,
            format: self.options.format,
            options,
            labels: self.head.labels.clone(),
            expected,
            progress: self.progress,
        }
    }

    /// Adds to the report what of a volume was not read as it was written.
    pub(super) fn met(
        &mut self,
        volume: &Volume,
        options: &WriteOptions,
        expected: &Expected,
        mut back: ReadBack,
    ) -> Result<(), ExportError> {
        if self.progress.is_cancelled() {
            return Err(ExportError::Cancelled);
        }
        if self.options.format.read.is_none() {
            return Ok(());
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
                    found.extend(differences((&record, &labels), (&read, &set), &carries));
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

/// How a volume is read back.
pub(super) struct Reading<'r> {
    stage: &'r Stage,
    volume: &'r Volume,
    format: &'static Format,
    options: &'r WriteOptions,
    labels: LabelSet,
    expected: &'r Expected,
    progress: &'r Progress,
}

impl Reading<'_> {
    /// Whether it can be read while it is written.
    pub(super) fn goes_along(&self) -> bool {
        self.format.read.is_some() && self.format.shape == Shape::File
    }

    /// Reads the one file of a volume while it grows.
    pub(super) fn growing(&self, growing: &Growing) -> ReadBack {
        let mut back = ReadBack::default();
        let name = outputs::file_name(self.format, self.volume);
        let folder = match self.stage {
            Stage::File(_) => None,
            Stage::Folder(draft) => Some(draft.folder()),
        };
        let input = growing.reader(&self.stage.file(&name));
        self.source(&name, Box::new(input), folder.as_ref(), &mut back);
        back
    }

    /// Reads all files of a volume, as an import would find them.
    pub(super) fn all(&self) -> Result<ReadBack, ExportError> {
        let mut back = ReadBack::default();
        let Some(folder) = self.stage.folder(self.volume) else {
            return Ok(back);
        };
        if self.format.shape == Shape::Folder {
            self.source("folder", Box::new(io::empty()), Some(&folder), &mut back);
            return Ok(back);
        }
        let ending = self.format.endings.first().copied().unwrap_or_default();
        let ending = format!(".{ending}");
        let names: Vec<String> = folder.files().collect::<Result<_, _>>()?;
        let names: Vec<&String> = names
            .iter()
            .filter(|name| name.ends_with(&ending))
            .collect();
        // Each file is whole by itself: half of them are read on another thread.
        let (first, second) = names.split_at(names.len() / 2);
        let (back, other) = thread::scope(|scope| {
            let other = beside(scope, || self.files(&folder, second));
            (self.files(&folder, first), other.map(joined))
        });
        let mut back = back?;
        back.add(other.map_err(|error| FileError::new(folder.path(), error))??);
        Ok(back)
    }

    /// Reads files of a folder.
    fn files(&self, folder: &Folder, names: &[&String]) -> Result<ReadBack, FileError> {
        let mut back = ReadBack::default();
        for name in names {
            let around = Folder::around(&folder.path().join(name));
            let input = Box::new(folder.open(name)?);
            self.source(name, input, Some(&around), &mut back);
        }
        Ok(back)
    }

    fn source(
        &self,
        name: &str,
        input: Box<dyn BufRead + '_>,
        folder: Option<&Folder>,
        back: &mut ReadBack,
    ) {
        let Some(read) = self.format.read else {
            return;
        };
        let source = Source {
            name: name.rsplit('/').next().unwrap_or(name).to_owned(),
            input,
            folder: folder.map(|folder| folder as &dyn interchange::Folder),
        };
        let options = ReadOptions::of_written(self.options, self.labels.clone());
        match read(source, options) {
            Ok(mut reader) => {
                let mut watched = Watched(&mut *reader, self.progress);
                let mut copies = CopyCounter::default();
                self.expected.read(&mut watched, &mut copies, back);
            }
            Err(problem) => back.refuse(&problem),
        }
    }
}
