//! What people chose, as volumes: the files or folders that an export falls into, one for each
//! annotator who is written apart and for each part that the format has no place for itself.

use crate::{
    annotation::{Annotator, Status, TextHash},
    files::safe_name,
    interchange::{Choice, DocumentRecord, Feature, Layers, Part, Parts, WriteOptions},
    store,
};

use super::{
    super::{super::Progress, documents::Documents, record},
    ExportError, ExportOptions,
};

/// One file, or one folder, of an export.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Volume {
    /// Its name, without an ending, with `/` between folders; empty where it is all there is.
    pub(super) name: String,
    pub(super) annotator: Option<Annotator>,
    pub(super) part: Option<Part>,
}

/// The volumes of an export.
pub(super) fn volumes(
    from: &dyn Documents,
    options: &ExportOptions,
) -> Result<Vec<Volume>, ExportError> {
    check_choices(options)?;
    let annotators = annotators(from, options)?;
    let inside = options.format.choices.contains(&Choice::Split);
    let parts: Vec<Option<Part>> = match options.split {
        Some(_) if !inside => Part::ALL.map(Some).to_vec(),
        _ => vec![None],
    };
    let (apart, split) = (annotators.len() > 1, parts.len() > 1);
    let mut names = std::collections::BTreeSet::new();
    let mut volumes = Vec::new();
    for annotator in annotators {
        let own = annotator.as_ref().filter(|_| apart).map(|annotator| {
            let safe = safe_name(annotator.as_str());
            let taken = |name: &String| names.contains(&name.to_lowercase());
            let numbered = (2..).map(|number| format!("{safe} ({number})"));
            let free = std::iter::once(safe.clone()).chain(numbered);
            free.into_iter().find(|name| !taken(name)).unwrap_or(safe)
        });
        names.extend(own.as_ref().map(|name| name.to_lowercase()));
        for part in &parts {
            let of_part = part.filter(|_| split).map(Part::name);
            let name: Vec<&str> = own.as_deref().into_iter().chain(of_part).collect();
            volumes.push(Volume {
                name: name.join("/"),
                annotator: annotator.clone(),
                part: *part,
            });
        }
    }
    Ok(volumes)
}

fn check_choices(options: &ExportOptions) -> Result<(), ExportError> {
    let format = options.format;
    let chosen = [
        (Choice::Unit, options.unit.is_some(), "a unit"),
        (Choice::Columns, !options.columns.is_empty(), "columns"),
        (
            Choice::Scheme,
            options.scheme != crate::interchange::Scheme::default(),
            "a scheme",
        ),
    ];
    match chosen
        .into_iter()
        .find(|(choice, chosen, _)| *chosen && !format.choices.contains(choice))
    {
        Some((.., choice)) => Err(ExportError::NoChoice {
            format: format.name,
            choice,
        }),
        None => Ok(()),
    }
}

/// Whose layers are written; `None` stands for everybody's. Models are nobody here.
fn annotators(
    from: &dyn Documents,
    options: &ExportOptions,
) -> Result<Vec<Option<Annotator>>, ExportError> {
    let known: Vec<Annotator> = if options.rejected {
        let reviewers = from.reviewers()?;
        if reviewers.is_empty() {
            return Err(ExportError::NothingDecided);
        }
        reviewers
    } else {
        let names = from.annotators()?.into_iter();
        names.filter(|name| !name.is_prediction()).collect()
    };
    let names = || known.iter().map(ToString::to_string).collect::<Vec<_>>();
    for wanted in &options.annotators {
        if !known.contains(wanted) && (options.rejected || !has_nothing_yet(from, wanted)?) {
            let there = if known.is_empty() {
                "no annotators yet".to_owned()
            } else {
                names().join(", ")
            };
            return Err(if options.rejected {
                ExportError::NoReviewer(wanted.clone(), there)
            } else {
                ExportError::NoAnnotator(wanted.clone(), there)
            });
        }
    }
    if !options.annotators.is_empty() {
        let mut wanted = options.annotators.clone();
        wanted.sort();
        wanted.dedup();
        return Ok(wanted.into_iter().map(Some).collect());
    }
    // Which layers a table holds hangs on its columns.
    let written = WriteOptions {
        columns: options.columns.clone(),
        ..WriteOptions::default()
    };
    let layers = (options.format.carries)(&written).layers;
    match (layers, &*known) {
        (Layers::One, [only]) => Ok(vec![Some(only.clone())]),
        (Layers::One, []) => Ok(vec![Some(Annotator::unnamed())]),
        (Layers::One, _) => Err(ExportError::WhichAnnotator(names())),
        _ => Ok(vec![None]),
    }
}

/// Whether somebody is to annotate, but has no layer yet.
fn has_nothing_yet(from: &dyn Documents, annotator: &Annotator) -> Result<bool, ExportError> {
    Ok(!annotator.is_prediction() && from.is_assigned(annotator)?)
}

/// Shares the documents that are written out over the parts.
pub(super) fn parts(
    from: &dyn Documents,
    options: &ExportOptions,
    volumes: &[Volume],
    progress: &Progress,
) -> Result<Parts, ExportError> {
    let Some((split, seed)) = options.split else {
        return Ok(Parts::default());
    };
    let carries = (options.format.carries)(&WriteOptions::default());
    let mut documents = Vec::new();
    from.each(&mut |stored| {
        if progress.is_cancelled() {
            return Err(ExportError::Cancelled);
        }
        let Some(record) = record(stored, options) else {
            return Ok(());
        };
        let wanted = volumes
            .iter()
            .any(|volume| is_chosen(&record, options, volume.annotator.as_ref()));
        let empty = record.text.is_empty() && !carries.has(Feature::EmptyDocuments);
        let written = !record.removed && !empty;
        if wanted && written {
            documents.push((record.id, TextHash::of(&record.text)));
        }
        Ok(())
    })?;
    Ok(split.of(documents, seed))
}

/// A document's record, with the layers that are written of it.
pub(super) fn record(
    stored: store::DocumentRecord,
    options: &ExportOptions,
) -> Option<DocumentRecord> {
    if !options.rejected {
        return record::of(stored);
    }
    let mut record = record::of_rejected(stored)?;
    if options.status.is_none() {
        // How far the reviewer is says nothing of what was rejected.
        for layer in &mut record.layers {
            layer.status = Status::New;
        }
    }
    Some(record)
}

/// Whether a document is among those that are written of everybody, or of one annotator.
pub(super) fn is_chosen(
    record: &DocumentRecord,
    options: &ExportOptions,
    annotator: Option<&Annotator>,
) -> bool {
    let documents = options.documents.as_ref();
    let has_rejected = || match annotator {
        Some(annotator) => record.layer(annotator).is_some(),
        None => !record.layers.is_empty(),
    };
    documents.is_none_or(|documents| documents.contains(&record.id))
        && (!options.rejected || has_rejected())
        && has_status(record, options.status, annotator)
}

/// Whether somebody, or the one annotator, is so far on a document. Who has no layer is at the
/// beginning.
fn has_status(
    record: &DocumentRecord,
    status: Option<Status>,
    annotator: Option<&Annotator>,
) -> bool {
    let Some(status) = status else { return true };
    let mut layers = record
        .layers
        .iter()
        .filter(|layer| match annotator {
            Some(annotator) => layer.annotator == *annotator,
            None => !layer.annotator.is_prediction(),
        })
        .peekable();
    if layers.peek().is_none() {
        return status == Status::New;
    }
    layers.any(|layer| layer.status == status)
}
