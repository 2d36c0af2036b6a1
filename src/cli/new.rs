//! `hashiya new PROJECT [--labels FILE]`: an empty project with a label set.

use std::path::{Path, PathBuf};

use crate::{
    files, interchange,
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

/// Whether a path is a folder, or is written as one: a project is a file.
fn names_folder(path: &Path) -> bool {
    let written = path.to_string_lossy();
    written.ends_with(std::path::is_separator) || files::is_folder(path)
}

pub(super) fn run(arguments: &Arguments) -> Result<(), Failure> {
    let labels = match &arguments.labels {
        None => interchange::default_label_set(),
        Some(path) => {
            read_labels(path).map_err(|error| Failure::new(&error).hinted(error.hint()))?
        }
    };
    if names_folder(&arguments.project) {
        let folder = arguments.project.display();
        let inside = arguments.project.join("news.hashiya");
        return Err(Failure::new(format!("“{folder}” names a folder"))
            .hinted(format!("name a file, for instance {}", inside.display())));
    }
    let store = Store::create(&arguments.project, &[founding_edit(labels)])?;
    store.close()?;
    say(format_args!("{} is ready", arguments.project.display()));
    Ok(())
}
