//! `hashiya import PROJECT PATH…`: articles, folders and datasets into a project.

use std::path::PathBuf;

use crate::{
    annotation::Annotator,
    files,
    session::{ImportOptions, Imported, Progress, import, open_or_create, user_name},
    store::{Access, Reader, StoreError},
    text::TextEncoding,
};

use super::{Failure, say, tell};

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// The project's file; it is made if it is missing
    #[arg(value_name = "PROJECT")]
    project: PathBuf,
    /// Articles, folders of articles, datasets
    #[arg(value_name = "PATH", required = true)]
    paths: Vec<PathBuf>,
    /// What the articles are encoded in, for instance windows-1256 [default: found out]
    #[arg(long, value_name = "E", value_parser = encoding)]
    encoding: Option<TextEncoding>,
    /// Whose the layers are that name nobody [default: imported]
    #[arg(long, value_name = "NAME")]
    annotator: Option<Annotator>,
}

fn encoding(name: &str) -> Result<TextEncoding, String> {
    TextEncoding::from_label(name)
        .ok_or_else(|| format!("no encoding is called “{name}”; try utf-8 or windows-1256"))
}

pub(super) fn run(arguments: &Arguments) -> Result<(), Failure> {
    let author = arguments.annotator.clone().unwrap_or_else(user_name);
    let is_new = !files::exists(&arguments.project);
    let mut store = open_or_create(&arguments.project)?;
    if let Access::ReadOnly { holder } = store.access().clone() {
        let path = store.path().to_path_buf();
        let why = store.notice().filter(|_| holder.is_none());
        let failure = Failure::from(StoreError::ReadOnly {
            path,
            holder: holder.map(Box::new),
        });
        // No other window is to be closed where nobody has it open.
        return Err(why.into_iter().fold(failure, Failure::hinted));
    }
    let reader = Reader::open(store.path())?;
    let options = ImportOptions {
        author,
        annotator: arguments
            .annotator
            .clone()
            .unwrap_or_else(Annotator::imported),
        encoding: arguments.encoding,
    };
    let progress = Progress::default();
    let paths = arguments.paths.clone();
    let done = import(&mut store, &reader, paths, &options, &progress, &mut |_| ());
    drop(reader);
    store.close()?;
    let brought = |done: &Imported| done.new + done.known > 0;
    if is_new && !done.as_ref().is_ok_and(brought) {
        // Nobody wants a project that a mistyped name has made.
        files::remove(&arguments.project).map_err(StoreError::from)?;
    }
    let done = done?;
    for note in &done.notes {
        tell(format_args!("note: {note}"));
    }
    for problem in &done.problems {
        tell(format_args!("refused: {problem}"));
    }
    say(format_args!(
        "{} new, {} there already, {} refused",
        done.new,
        done.known,
        done.problems.len()
    ));
    if done.problems.is_empty() {
        Ok(())
    } else {
        Err(Failure::told())
    }
}
