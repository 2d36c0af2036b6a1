//! The first document of each file, without bringing it in.

use std::path::PathBuf;

use crate::{
    annotation::{DocumentId, LabelSet},
    interchange::{CopyCounter, Format, ReadOptions, Source},
};

use super::{
    ImportOptions,
    input::{Input, Opened, inputs},
};

/// The ids of the first documents of files; those that cannot be read are left out.
pub(in crate::session) fn first_documents(
    paths: Vec<PathBuf>,
    options: &ImportOptions,
) -> impl Iterator<Item = DocumentId> {
    let inputs = inputs(paths, options.format).into_iter().flatten();
    inputs.filter_map(|input| first(&input, options))
}

fn first(input: &Input, options: &ImportOptions) -> Option<DocumentId> {
    let read = |format: &'static Format, source: Source<'_>| {
        let read = ReadOptions {
            encoding: options.encoding,
            ..ReadOptions::new(options.annotator.clone(), LabelSet::default())
        };
        let mut documents = (format.read?)(source, read).ok()?;
        let record = documents.next(&mut CopyCounter::default())?.ok()?;
        Some(record.id)
    };
    match input.open(options.format, read) {
        Opened::Read(id) => id,
        Opened::PassedOver | Opened::Link | Opened::Refused(_) => None,
    }
}
