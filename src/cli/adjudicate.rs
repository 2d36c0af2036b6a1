//! `hashiya adjudicate PROJECT --auto`: what all annotators have alike, into the reviewer's own layer.

use std::path::PathBuf;

use crate::{
    annotation::Annotator,
    session::{Adjudicated, Progress, adjudicate, user_name},
    store::Reader,
    text::bidi,
};

use super::{Failure, options::open_to_write, say};

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// The project
    #[arg(value_name = "PROJECT")]
    project: PathBuf,
    /// Take only what all annotators of an article have alike; nothing else is decided by itself
    #[arg(long, required = true)]
    auto: bool,
    /// Whose layer it goes into [default: your user name]
    #[arg(long, value_name = "NAME")]
    annotator: Option<Annotator>,
    /// Tell what would come in, and change nothing
    #[arg(long)]
    preview: bool,
}

pub(super) fn run(arguments: &Arguments) -> Result<(), Failure> {
    let reviewer = arguments.annotator.clone().unwrap_or_else(user_name);
    if reviewer.is_prediction() {
        let failure = Failure::usage("a model is no reviewer");
        return Err(failure.hinted("choose a person's name with --annotator"));
    }
    // A project that is not there is not to be made.
    let reader = Reader::open(&arguments.project)?;
    let done = if arguments.preview {
        adjudicate(None, &reader, (&reviewer, None), &Progress::default())?
    } else {
        drop(reader);
        let mut store = open_to_write(&arguments.project)?;
        let reader = store.reader()?;
        let done = adjudicate(
            Some(&mut store),
            &reader,
            (&reviewer, None),
            &Progress::default(),
        );
        drop(reader);
        store.close()?;
        done?
    };
    tell(done, &reviewer, arguments.preview);
    Ok(())
}

fn tell(done: Adjudicated, reviewer: &Annotator, preview: bool) {
    let would = if preview { "would be " } else { "" };
    say(format_args!(
        "{} spans {would}new in the layer of {}, on {} of {} documents that two or more annotators share",
        done.spans,
        bidi::isolate(reviewer.as_str()),
        done.documents,
        done.shared
    ));
}
