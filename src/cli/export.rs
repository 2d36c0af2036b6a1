//! `hashiya export PROJECT OUT --format F`: a project in any format.

use std::path::PathBuf;

use crate::{
    interchange::Format,
    session::{Progress, export},
    store::Reader,
};

use super::{
    Failure,
    options::{Writing, target, written_format},
};

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// The project's file
    #[arg(value_name = "PROJECT")]
    project: PathBuf,
    /// The file to write, or the folder where there are several; - is standard output
    #[arg(value_name = "OUT")]
    out: PathBuf,
    /// What to write (see hashiya formats)
    #[arg(long, value_name = "F", value_parser = written_format)]
    format: &'static Format,
    #[command(flatten)]
    writing: Writing,
}

pub(super) fn run(arguments: &Arguments) -> Result<(), Failure> {
    arguments.writing.check_report(&arguments.out)?;
    let reader = Reader::open(&arguments.project)?;
    let options = arguments.writing.options(arguments.format);
    let out = &arguments.out;
    let done = export(&reader, &target(out), &options, &Progress::default());
    arguments.writing.end(out, done)
}
