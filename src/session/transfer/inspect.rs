//! What is wrong with files, without bringing them in.

use std::path::{Path, PathBuf};

use crate::{
    annotation::{Annotator, LabelSet},
    interchange::{self, CopyCounter, Format, ReadOptions, Source},
};

use super::{
    super::Problem,
    input::{Input, Opened, inputs},
};

/// What was found in a file, or in a folder that is one dataset.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Inspected {
    /// Where it lies.
    pub path: PathBuf,
    /// The format's name for people; `None` where no format fits.
    pub format: Option<&'static str>,
    /// How many documents could be read.
    pub documents: usize,
    /// How many spans they have.
    pub spans: usize,
    /// What is wrong.
    pub problems: Vec<Problem>,
    /// What is worth knowing.
    pub notes: Vec<Problem>,
    /// Whether it is a file of another kind, found in a folder.
    pub passed_over: bool,
}

/// Looks through what `path` names, telling `visit` of each file.
pub fn inspect(path: &Path, forced: Option<&'static Format>, visit: &mut dyn FnMut(Inspected)) {
    for input in inputs([path.to_path_buf()], forced) {
        visit(match input {
            Ok(input) => file(&input, forced),
            Err(error) => {
                let mut found = Inspected::at(error.path());
                found.problem(None, format!("{error} ({})", error.hint()));
                found
            }
        });
    }
}

fn file(input: &Input, forced: Option<&'static Format>) -> Inspected {
    let mut found = Inspected::at(&input.path);
    match input.open(forced, |format, source| found.read(format, source)) {
        Opened::Read(()) => {}
        Opened::PassedOver => found.passed_over = true,
        Opened::Refused(reason) => found.problem(None, reason),
    }
    found
}

impl Inspected {
    fn at(path: &Path) -> Self {
        Self {
            path: path.to_owned(),
            ..Self::default()
        }
    }

    fn place(&self, line: Option<u64>, reason: String) -> Problem {
        Problem {
            file: self.path.clone(),
            line: line.and_then(|line| usize::try_from(line).ok()),
            reason,
        }
    }

    fn problem(&mut self, line: Option<u64>, reason: String) {
        self.problems.push(self.place(line, reason));
    }

    fn refuse(&mut self, problem: &interchange::Problem) {
        let document = problem.document.as_ref();
        let document = document.map_or_else(String::new, |name| format!("document {name}: "));
        let hint = problem.hint();
        let hint = hint.map_or_else(String::new, |hint| format!(" ({hint})"));
        self.problem(problem.line, format!("{document}{}{hint}", problem.reason));
    }

    fn read(&mut self, format: &'static Format, source: Source<'_>) {
        self.format = Some(format.title);
        let Some(open) = format.read else {
            self.problem(None, format!("{} is written, but not read", format.title));
            return;
        };
        let options = ReadOptions::new(Annotator::imported(), LabelSet::default());
        let mut reader = match open(source, options) {
            Ok(reader) => reader,
            Err(problem) => return self.refuse(&problem),
        };
        let mut copies = CopyCounter::default();
        while let Some(next) = reader.next(&mut copies) {
            match next {
                Ok(record) => {
                    self.documents += 1;
                    let layers = record.layers.iter();
                    self.spans += layers.map(|layer| layer.spans.len()).sum::<usize>();
                    for note in interchange::notes(&record) {
                        let title = crate::text::quote(&record.title, 60);
                        let title = crate::text::bidi::isolate(&title);
                        let what = format!("document “{title}”: {note}");
                        self.notes.push(self.place(reader.line(), what));
                    }
                }
                Err(problem) => self.refuse(&problem),
            }
        }
    }
}
