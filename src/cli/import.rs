//! `hashiya import PROJECT PATH…`: files and folders of every format into a project.

use std::path::PathBuf;

use crate::{
    annotation::Annotator,
    files,
    interchange::{Format, Unit},
    session::{ImportOptions, Imported, Progress, import, user_name},
    store::{Reader, StoreError},
};

use super::{
    Failure,
    options::{Reading, open_to_write, read_format, tell_imported, unit},
    say, tell,
};

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// The project's file; it is made if it is missing
    #[arg(value_name = "PROJECT")]
    project: PathBuf,
    /// Articles, datasets, folders of them; - is standard input
    #[arg(value_name = "PATH", required = true)]
    paths: Vec<PathBuf>,
    /// The format of the files (see hashiya formats) [default: found out]
    #[arg(long, value_name = "F", value_parser = read_format)]
    format: Option<&'static Format>,
    /// What ranges in the files are counted in: code-points, utf-16 or bytes [default: the format's
    /// own]
    #[arg(long, value_name = "UNIT", value_parser = unit)]
    unit: Option<Unit>,
    /// Whose the layers are that name nobody [default: imported]
    #[arg(long, value_name = "NAME")]
    annotator: Option<Annotator>,
    /// Bring in nothing where anything is refused
    #[arg(long)]
    atomic: bool,
    #[command(flatten)]
    reading: Reading,
}

pub(super) fn run(arguments: &Arguments) -> Result<(), Failure> {
    let author = arguments.annotator.clone().unwrap_or_else(user_name);
    let annotator = arguments.annotator.as_ref();
    let options = ImportOptions {
        format: arguments.format,
        unit: arguments.unit,
        atomic: arguments.atomic,
        ..arguments.reading.options(author, annotator)?
    };
    let is_new = !files::exists(&arguments.project);
    let mut store = open_to_write(&arguments.project)?;
    let reader = Reader::open(store.path())?;
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
    tell_imported(&done);
    if arguments.atomic && !done.problems.is_empty() {
        tell(format_args!("nothing came in, for --atomic was given"));
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
