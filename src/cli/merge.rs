//! `hashiya merge INTO FROM…`: what several people did apart, into one project.

use std::path::PathBuf;

use crate::{
    edit::Disputed,
    files,
    session::{Conflict, ImportOptions, Imported, Progress, merge, user_name},
    store::{Reader, StoreError},
    text::bidi,
};

use super::{
    Failure,
    options::{open_to_write, tell_imported},
    say,
};

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// The project that gets all of it; it is made if it is missing
    #[arg(value_name = "INTO")]
    into: PathBuf,
    /// Projects and Hashiya datasets, or folders of datasets; they stay as they are
    #[arg(value_name = "FROM", required = true)]
    from: Vec<PathBuf>,
    /// Tell what would come in, and change nothing
    #[arg(long)]
    preview: bool,
}

pub(super) fn run(arguments: &Arguments) -> Result<(), Failure> {
    let is_new = !files::exists(&arguments.into);
    if is_new && arguments.preview {
        let what = format!("“{}” does not exist", arguments.into.display());
        return Err(Failure::new(what).hinted("name the project that would get the others' work"));
    }
    let options = ImportOptions {
        rehearse: arguments.preview,
        ..ImportOptions::new(user_name(), user_name())
    };
    let mut store = open_to_write(&arguments.into)?;
    let reader = Reader::open(store.path())?;
    let from = arguments.from.clone();
    let done = merge(&mut store, &reader, from, &options, &Progress::default());
    let done = done.map(|merged| merged.imported);
    drop(reader);
    store.close()?;
    let nothing =
        |done: &Imported| done.new + done.known + done.edits == 0 || !done.problems.is_empty();
    if is_new && done.as_ref().map_or(true, nothing) {
        // Nobody wants a project that a mistyped name has made.
        files::remove(&arguments.into).map_err(StoreError::from)?;
    }
    let done = done?;
    tell_imported(&done);
    for conflict in &done.conflicts {
        say(format_args!("{}", told(conflict)));
    }
    let would = if arguments.preview { "would be " } else { "" };
    say(format_args!(
        "{} documents {would}new, {} there already, {} edits {would}new, {} conflicts",
        done.new,
        done.known,
        done.edits,
        done.conflicts.len()
    ));
    if done.problems.is_empty() {
        return Ok(());
    }
    Err(Failure::new("nothing was merged").hinted("leave out what is named above, or mend it"))
}

/// A conflict as people read it.
fn told(conflict: &Conflict) -> String {
    let (holds, yields) = (&conflict.between.holds, &conflict.between.yields);
    let about = match &conflict.between.about {
        Disputed::Presence(_) => "whether it is there".to_owned(),
        Disputed::Label(_) => "its label".to_owned(),
        Disputed::Fragments(_) => "where it begins and ends".to_owned(),
        Disputed::Attribute(_, name) => format!("its attribute {}", bidi::isolate(name)),
        Disputed::Note(_) => "its note".to_owned(),
        Disputed::Status => "how far the work is".to_owned(),
        Disputed::Decision(of, ..) => format!(
            "what was decided about a span of {}",
            bidi::isolate(of.as_str())
        ),
    };
    let of = if conflict.quote.is_empty() {
        String::new()
    } else {
        format!("“{}”: ", bidi::isolate(&conflict.quote))
    };
    format!(
        "conflict in the layer of {}, document “{}”: {of}{about}; what was done at {} holds, not at {}",
        bidi::isolate(conflict.annotator.as_str()),
        bidi::isolate(&conflict.document),
        holds.stamp.time,
        yields.stamp.time,
    )
}
