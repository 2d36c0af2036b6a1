//! `hashiya new PROJECT [--labels FILE]`: an empty project with a label set.

use std::path::PathBuf;

use crate::{
    interchange,
    session::{founding_edit, read_labels},
    store::Store,
};

use super::{Failure, say};

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// The project's file, for instance news.hashiya
    #[arg(value_name = "PROJECT")]
    project: PathBuf,
    /// A label set (RON) to begin with [default: PERSON, ORGANIZATION, LOCATION, CLAIM, DENIAL]
    #[arg(long, value_name = "FILE")]
    labels: Option<PathBuf>,
}

pub(super) fn run(arguments: &Arguments) -> Result<(), Failure> {
    let labels = match &arguments.labels {
        None => interchange::default_label_set(),
        Some(path) => read_labels(path).map_err(|reason| {
            Failure::new(reason).hinted("compare it with a label set that the window has saved")
        })?,
    };
    let store = Store::create(&arguments.project, &[founding_edit(labels)])?;
    store.close()?;
    say(format_args!("{} is ready", arguments.project.display()));
    Ok(())
}
