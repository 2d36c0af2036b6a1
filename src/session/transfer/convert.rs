//! From one format to another without a project: what comes in is held in memory as the edits that
//! an import makes, so that labels, annotators and what is lost are treated as everywhere. Where that
//! is too much, or can be read once only, it goes through a project that lasts as long as this takes.

use std::path::PathBuf;

use crate::{
    annotation::LabelSet,
    files::{self, FileError},
    store::{Reader, Store, StoreError},
};

use super::{
    super::{Imported, Progress},
    ExportError, ExportOptions, ImportOptions, Report, STANDARD, Target,
    documents::Held,
    export,
    export::export_of,
    import,
    import::{HELD_BYTES, import_held},
};

/// Why nothing was converted.
#[derive(Debug, thiserror::Error)]
pub enum ConvertError {
    /// It cannot be read.
    #[error(transparent)]
    Read(#[from] StoreError),
    /// There is no room for what is needed meanwhile.
    #[error(transparent)]
    File(#[from] FileError),
    /// It cannot be written. What was read before is told, too.
    #[error("{0}")]
    Write(ExportError, Box<Imported>),
    /// Nothing could be read.
    #[error("no document could be read; nothing was written")]
    Nothing(Box<Imported>),
}

/// Reads `path` (`-` is standard input) and writes it to `target`.
pub fn convert(
    path: PathBuf,
    target: &Target,
    from: &ImportOptions,
    to: &ExportOptions,
    progress: &Progress,
) -> Result<(Imported, Report), ConvertError> {
    let from = ImportOptions {
        // Only the labels that the file has.
        founding: LabelSet::default(),
        ..from.clone()
    };
    // What is read once only cannot be begun anew.
    let small = path.as_os_str() != STANDARD && files::weight(&path) <= HELD_BYTES as u64;
    if small && let Some((done, batch)) = import_held(path.clone(), &from, progress)? {
        if is_nothing(&done) {
            return Err(ConvertError::Nothing(Box::new(done)));
        }
        return written(done, export_of(&Held::of(batch), target, to, progress));
    }
    through_project(path, target, &from, to, progress)
}

/// Converts through a project, which holds what memory should not.
fn through_project(
    path: PathBuf,
    target: &Target,
    from: &ImportOptions,
    to: &ExportOptions,
    progress: &Progress,
) -> Result<(Imported, Report), ConvertError> {
    let folder = files::scratch()?;
    let mut store = Store::create(&folder.path().join("project.hashiya"), &[])?;
    let reader = Reader::open(store.path())?;
    let paths = vec![path];
    let done = import(&mut store, &reader, paths, from, progress, &mut |_| ())?;
    if is_nothing(&done) {
        return Err(ConvertError::Nothing(Box::new(done)));
    }
    let report = export(&reader, target, to, progress);
    drop(reader);
    store.close()?;
    written(done, report)
}

fn is_nothing(done: &Imported) -> bool {
    done.new == 0 && !done.problems.is_empty()
}

fn written(
    done: Imported,
    report: Result<Report, ExportError>,
) -> Result<(Imported, Report), ConvertError> {
    match report {
        Ok(report) => Ok((done, report)),
        Err(error) => Err(ConvertError::Write(error, Box::new(done))),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use std::fs;

    use super::*;
    use crate::{annotation::Annotator, interchange::Format};

    #[test]
    fn what_is_held_is_converted_as_through_a_project() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.jsonl");
        let lines = [
            r#"{"id": 7, "text": "قال سيرغي لا", "label": [[4, 9, "PERSON"], [0, 3, "CLAIM"]]}"#,
            r#"{"text": "قال سيرغي لا", "label": [[4, 9, "PERSON"], [4, 9, "PERSON"]]}"#,
            r#"{"text": "خبر", "label": [[0, 9, "PERSON"]]}"#,
            r#"{"text": "", "source": "وكالة"}"#,
        ];
        fs::write(&path, lines.join("\n")).unwrap();
        let amal = Annotator::new("amal").unwrap();
        let from = ImportOptions {
            founding: LabelSet::default(),
            ..ImportOptions::new(amal.clone(), amal)
        };
        let progress = Progress::default();
        for name in ["doccano", "conll", "csv", "webanno", "parquet"] {
            let to = ExportOptions::new(Format::named(name).unwrap());
            let (held, project) = (folder.path().join("held"), folder.path().join("project"));
            let target = Target::Path(held.clone());
            let one = convert(path.clone(), &target, &from, &to, &progress).unwrap();
            let target = Target::Path(project.clone());
            let other = through_project(path.clone(), &target, &from, &to, &progress).unwrap();
            assert_eq!(one, other, "{name}");
            assert_eq!(one.0.problems.len(), 1);
            if held.is_file() {
                assert_eq!(
                    fs::read(&held).unwrap(),
                    fs::read(&project).unwrap(),
                    "{name}"
                );
                fs::remove_file(held).unwrap();
                fs::remove_file(project).unwrap();
            } else {
                fs::remove_dir_all(held).unwrap();
                fs::remove_dir_all(project).unwrap();
            }
        }
    }
}
