//! `hashiya convert IN OUT`: from one format to another, without a project.

use std::path::PathBuf;

use crate::{
    files,
    interchange::{Format, detect_by_ending},
    session::{ConvertError, ImportOptions, Imported, Progress, STANDARD, convert, user_name},
};

use super::{
    Failure,
    options::{Reading, Writing, read_format, target, tell_imported, written_format},
};

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// What to read; - is standard input
    #[arg(value_name = "IN")]
    from: PathBuf,
    /// What to write, a folder where there are several files; - is standard output
    #[arg(value_name = "OUT")]
    to: PathBuf,
    /// The format of IN [default: found out]
    #[arg(long = "from", value_name = "F", value_parser = read_format)]
    from_format: Option<&'static Format>,
    /// The format of OUT [default: by its ending]
    #[arg(long = "to", value_name = "F", value_parser = written_format)]
    to_format: Option<&'static Format>,
    #[command(flatten)]
    reading: Reading,
    #[command(flatten)]
    writing: Writing,
}

pub(super) fn run(arguments: &Arguments) -> Result<(), Failure> {
    let ending = arguments.to.extension().and_then(|ending| ending.to_str());
    let by_ending = || ending.and_then(detect_by_ending);
    let format = arguments.to_format.or_else(by_ending).ok_or_else(|| {
        Failure::usage("which format is to be written?").hinted("name it with --to F")
    })?;
    arguments.writing.check_report(&arguments.to)?;
    if arguments.from.as_os_str() != STANDARD && files::is_same(&arguments.from, &arguments.to) {
        let failure = Failure::usage("what is read would be written over");
        return Err(failure.hinted("give the new file a name of its own"));
    }
    let from = ImportOptions {
        format: arguments.from_format,
        ..arguments.reading.options(user_name(), None)?
    };
    let to = arguments.writing.options(format);
    let (path, out) = (arguments.from.clone(), &arguments.to);
    let (done, written) = match convert(path, &target(out), &from, &to, &Progress::default()) {
        Ok((done, report)) => (done, Ok(report)),
        Err(ConvertError::Write(error, done)) => (*done, Err(error)),
        Err(ConvertError::Nothing(done)) => (*done, Ok(crate::session::Report::default())),
        Err(ConvertError::Read(error)) => return Err(error.into()),
        Err(ConvertError::File(error)) => return Err(Failure::new(&error).hinted(error.hint())),
    };
    tell_imported(&done);
    if nothing(&done) {
        return Err(Failure::new(
            "no document could be read; nothing was written",
        ));
    }
    arguments.writing.end(out, written)?;
    if done.problems.is_empty() {
        Ok(())
    } else {
        Err(Failure::told())
    }
}

fn nothing(done: &Imported) -> bool {
    done.new == 0 && !done.problems.is_empty()
}
