//! `hashiya export PROJECT OUT --format ron|doccano`: a project as a dataset.

use std::path::PathBuf;

use clap::ValueEnum;

use crate::{
    annotation::Annotator,
    session::{ExportError, Progress, export_dataset, export_doccano},
    store::Reader,
};

use super::{Failure, say, tell};

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// The project's file
    #[arg(value_name = "PROJECT")]
    project: PathBuf,
    /// The file to write
    #[arg(value_name = "OUT")]
    out: PathBuf,
    /// What to write
    #[arg(long, value_name = "FORMAT")]
    format: Format,
    /// Whose spans to write, where the format holds one annotator's
    #[arg(long, value_name = "NAME")]
    annotator: Option<Annotator>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Format {
    /// Everything, with every edit
    Ron,
    /// One annotator's spans as doccano JSONL
    Doccano,
}

pub(super) fn run(arguments: &Arguments) -> Result<(), Failure> {
    let reader = Reader::open(&arguments.project)?;
    let (out, progress) = (&arguments.out, Progress::default());
    let annotator = arguments.annotator.as_ref();
    let exported = match (arguments.format, annotator) {
        (Format::Ron, Some(_)) => {
            let what = "a RON dataset holds everybody's layers; --annotator goes with doccano";
            return Err(Failure::usage(what));
        }
        (Format::Ron, None) => export_dataset(&reader, out, &progress),
        (Format::Doccano, annotator) => export_doccano(&reader, out, annotator, &progress),
    };
    let exported = exported.map_err(|error| {
        let failure = Failure::new(&error);
        let failure = error
            .hint()
            .map_or(Failure::new(&error), |hint| failure.hinted(hint));
        let status = if matches!(error, ExportError::WhichAnnotator(_)) {
            2
        } else {
            1
        };
        Failure { status, ..failure }
    })?;
    for entry in exported.loss.entries() {
        tell(format_args!(
            "not carried: {} {}",
            entry.count,
            entry.kind.text()
        ));
        for example in &entry.examples {
            let span = example.span.as_deref().unwrap_or_default();
            tell(format_args!("  {}: {span}", example.document));
        }
    }
    say(format_args!(
        "{} documents in {}",
        exported.documents,
        out.display()
    ));
    Ok(())
}
