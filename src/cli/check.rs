//! `hashiya check PATH`: what is wrong with a project, a dataset or an article, and where. Nothing
//! is changed.

use std::{
    io::BufRead as _,
    path::{Path, PathBuf},
};

use crate::{
    annotation::{Annotator, LabelSet},
    files,
    interchange::{self, CopyCounter, ReadOptions, Source, detect},
    session::read_labels,
    store,
};

use super::{Failure, say, tell};

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// A project, a dataset, a label set, an article, or a folder of articles
    #[arg(value_name = "PATH", required = true)]
    paths: Vec<PathBuf>,
}

pub(super) fn run(arguments: &Arguments) -> Result<(), Failure> {
    let mut faults = 0;
    for path in &arguments.paths {
        faults += if is_project(path) {
            project(path)?
        } else {
            others(path)
        };
    }
    if faults == 0 {
        Ok(())
    } else {
        Err(Failure::told())
    }
}

fn is_project(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending == "hashiya")
}

fn project(path: &Path) -> Result<usize, Failure> {
    let report = store::check(path, &mut |_| true)?;
    for problem in &report.problems {
        tell(format_args!("{}: {problem}", path.display()));
    }
    say(format_args!(
        "{}: {} documents, {} edits, {} faults",
        path.display(),
        report.documents,
        report.edits,
        report.problems.len()
    ));
    Ok(report.problems.len())
}

fn others(path: &Path) -> usize {
    let mut faults = 0;
    for found in files::list_articles([path.to_path_buf()]) {
        faults += match found {
            Ok(path) => file(&path),
            Err(error) => {
                tell(format_args!("{error} ({})", error.hint()));
                1
            }
        };
    }
    faults
}

fn file(path: &Path) -> usize {
    let mut input = match files::open(path) {
        Ok(input) => input,
        Err(error) => {
            tell(format_args!("{error} ({})", error.hint()));
            return 1;
        }
    };
    let name = path
        .file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned();
    let start = input.fill_buf().unwrap_or_default();
    let Some(format) = detect(&name, start) else {
        if name.to_lowercase().ends_with(".ron") {
            return label_set(path);
        }
        tell(format_args!(
            "{}: this is no kind of file that can be read",
            path.display()
        ));
        return 1;
    };
    let Some(open) = format.read else { return 0 };
    let options = ReadOptions::new(Annotator::imported(), LabelSet::default());
    let source = Source {
        name,
        input: Box::new(input),
        folder: None,
    };
    let mut reader = match open(source, options) {
        Ok(reader) => reader,
        Err(problem) => return fault(path, &problem),
    };
    let (mut faults, mut documents, mut spans) = (0, 0_usize, 0_usize);
    let mut copies = CopyCounter::default();
    while let Some(next) = reader.next(&mut copies) {
        match next {
            Ok(record) => {
                documents += 1;
                spans += record
                    .layers
                    .iter()
                    .map(|layer| layer.spans.len())
                    .sum::<usize>();
                for note in interchange::notes(&record) {
                    tell(format_args!("note: {}: {note}", path.display()));
                }
            }
            Err(problem) => faults += fault(path, &problem),
        }
    }
    say(format_args!(
        "{}: {}, {documents} documents, {spans} spans, {faults} faults",
        path.display(),
        format.title
    ));
    faults
}

fn fault(path: &Path, problem: &interchange::Problem) -> usize {
    let hint = problem
        .hint()
        .map_or_else(String::new, |hint| format!(" ({hint})"));
    tell(format_args!("{}: {problem}{hint}", path.display()));
    1
}

fn label_set(path: &Path) -> usize {
    match read_labels(path) {
        Ok(labels) => {
            say(format_args!(
                "{}: label set, {} labels",
                path.display(),
                labels.labels.len()
            ));
            0
        }
        Err(reason) => {
            tell(format_args!("{reason}"));
            1
        }
    }
}
