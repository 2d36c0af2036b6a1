//! `hashiya check PATH`: what is wrong with a project, a dataset or an article, and where. Nothing
//! is changed.

use std::path::{Path, PathBuf};

use crate::{
    interchange::Format,
    session::{Inspected, inspect, passed_over, read_labels},
    store::{self, StoreError},
};

use super::{Failure, options::read_format, say, tell};

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// A project, a file of any format, a label set, or a folder of files; - is standard input
    #[arg(value_name = "PATH", required = true)]
    paths: Vec<PathBuf>,
    /// The format of the files (see hashiya formats) [default: found out]
    #[arg(long, value_name = "F", value_parser = read_format)]
    format: Option<&'static Format>,
}

pub(super) fn run(arguments: &Arguments) -> Result<(), Failure> {
    let mut faults = 0;
    for path in &arguments.paths {
        // A fault in one path is told, and the next is looked at.
        faults += if arguments.format.is_none() && store::is_project(path) {
            project(path)
        } else {
            others(path, arguments.format)
        };
    }
    if faults == 0 {
        Ok(())
    } else {
        Err(Failure::told())
    }
}

fn project(path: &Path) -> usize {
    let report = match store::check(path, &mut |_| true) {
        Ok(report) => report,
        Err(error) => return unread(&error),
    };
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
    report.problems.len()
}

fn unread(error: &StoreError) -> usize {
    let hint = error.hint();
    let hint = hint.map_or_else(String::new, |hint| format!(" ({hint})"));
    tell(format_args!("{error}{hint}"));
    1
}

fn others(path: &Path, format: Option<&'static Format>) -> usize {
    let (mut faults, mut read, mut passed) = (0, 0, Vec::new());
    inspect(path, format, &mut |found| {
        read += usize::from(!found.passed_over);
        if found.passed_over {
            passed.push(found.path);
        } else if found.format.is_none() && is_ron(&found.path) && format.is_none() {
            faults += label_set(&found.path);
        } else {
            faults += told(&found);
        }
    });
    if !passed.is_empty() {
        let (folder, told) = (
            path.display(),
            passed_over(passed.iter().map(PathBuf::as_path)),
        );
        if read == 0 {
            faults += 1;
            tell(format_args!("{folder}: nothing in it can be read: {told}"));
        } else {
            tell(format_args!("note: {folder}: {told}"));
        }
    }
    faults
}

fn is_ron(path: &Path) -> bool {
    path.extension()
        .is_some_and(|ending| ending.eq_ignore_ascii_case("ron"))
        && crate::files::is_file(path)
}

fn told(found: &Inspected) -> usize {
    for note in &found.notes {
        tell(format_args!("note: {note}"));
    }
    for problem in &found.problems {
        tell(format_args!("{problem}"));
    }
    if let Some(format) = found.format {
        say(format_args!(
            "{}: {format}, {} documents, {} spans, {} faults",
            found.path.display(),
            found.documents,
            found.spans,
            found.problems.len()
        ));
    }
    found.problems.len()
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
        Err(error) => {
            tell(format_args!("{error} ({})", error.hint()));
            1
        }
    }
}
