//! What is wrong with files, without bringing them in.

use std::{
    collections::HashSet,
    ops::ControlFlow,
    path::{Path, PathBuf},
};

use crate::interchange::{self, ENCODING_GUESSED, Format, SOURCE_ENCODING, SOURCE_ID};

use super::{
    super::Problem,
    input::{Input, Opened, inputs},
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
    let mut ids = HashSet::new();
    let _ = through::read(input, forced, options, &mut |it| {
        found.take(it, &mut ids);
        ControlFlow::Continue(())
    });
    found.doubled_keys(input, forced);
    found
}

impl Inspected {
    fn at(path: &Path) -> Self {
        Self {
            path: path.to_owned(),
            ..Self::default()
        }
    }

    /// Takes note of keys that stand twice in an object of a file of JSON.
    fn doubled_keys(&mut self, input: &Input, forced: Option<&'static Format>) {
        if self.format.is_none() || !input.can_be_opened_again() {
            return;
        }
        let keys = input.open(forced, |format, mut source| {
            let json = ["json", "jsonl", "jsonld"];
            let is_json = format.endings.iter().any(|ending| json.contains(ending));
            is_json.then(|| interchange::doubled_keys(&mut *source.input))
        });
        let Opened::Read(keys) = keys else { return };
        for key in keys.into_iter().flatten() {
            let key = crate::text::quote(&key, 60);
            let reason = format!("`{key}` stands twice in one object; the last of them is read");
            self.notes.push(through::place(&self.path, None, reason));
        }
    }

    /// Takes note of what was met; `ids` are those that the documents before have.
    fn take(&mut self, found: Found<'_>, ids: &mut HashSet<String>) {
        match found {
            Found::Format(format) => self.format = Some(format.title),
            Found::PassedOver => self.passed_over = true,
            Found::Problem(problem) => self.problems.push(problem),
            Found::Document { record, line, .. } => {
                self.documents += 1;
                let layers = record.layers.iter();
                self.spans += layers.map(|layer| layer.spans.len()).sum::<usize>();
                let mut note = |note: String| {
                    let title = crate::text::quote(&record.title, 60);
                    let title = crate::text::bidi::isolate(&title);
                    let reason = format!("document “{title}”: {note}");
                    self.notes.push(through::place(&self.path, line, reason));
                };
                for known in interchange::notes(record) {
                    note(known.to_string());
                }
                let said = |key: &str| record.metadata.get(key);
                if let (Some(name), Some(_)) = (said(SOURCE_ENCODING), said(ENCODING_GUESSED)) {
                    note(format!("its encoding is guessed to be {name}"));
                }
                if let Some(id) = said(SOURCE_ID).filter(|id| !ids.insert((*id).clone())) {
                    note(format!(
                        "its id {id} is that of an earlier one; both are documents"
                    ));
                }
            }
        }
    }
}
