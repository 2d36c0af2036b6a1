//! What is wrong with files, without bringing them in.

use std::{
    ops::ControlFlow,
    path::{Path, PathBuf},
};

use crate::interchange::{self, Format};

use super::{
    super::Problem,
    input::{Input, inputs},
    through::{self, Found},
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
                found.problems.push(through::of_file(&error));
                found
            }
        });
    }
}

fn file(input: &Input, forced: Option<&'static Format>) -> Inspected {
    let mut found = Inspected::at(&input.path);
    let options = through::options(None);
    let _ = through::read(input, forced, options, &mut |it| {
        found.take(it);
        ControlFlow::Continue(())
    });
    found
}

impl Inspected {
    fn at(path: &Path) -> Self {
        Self {
            path: path.to_owned(),
            ..Self::default()
        }
    }

    fn take(&mut self, found: Found<'_>) {
        match found {
            Found::Format(format) => self.format = Some(format.title),
            Found::PassedOver => self.passed_over = true,
            Found::Problem(problem) => self.problems.push(problem),
            Found::Document { record, line, .. } => {
                self.documents += 1;
                let layers = record.layers.iter();
                self.spans += layers.map(|layer| layer.spans.len()).sum::<usize>();
                for note in interchange::notes(record) {
                    let title = crate::text::quote(&record.title, 60);
                    let title = crate::text::bidi::isolate(&title);
                    let reason = format!("document “{title}”: {note}");
                    self.notes.push(through::place(&self.path, line, reason));
                }
            }
        }
    }
}
