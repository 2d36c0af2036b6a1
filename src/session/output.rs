//! Files that are written of a project, in the background: datasets and copies.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use crate::{
    edit::Edit,
    store::{Reader, Writer},
};

use super::{
    ExportError, ExportOptions, Exported, Job, JobKind, Notice, Progress, Report, Session, Target,
    export, work::Written,
};

/// What is written.
#[derive(Clone, Debug)]
pub(super) enum Output {
    /// Documents with their layers, in a format of the table.
    Export(Box<ExportOptions>),
    /// The same, for a dialog that shows what comes of it.
    Watched(Box<ExportOptions>),
    /// The project's file.
    Copy,
}

impl Output {
    /// Writes it to `to`. `unsaved` is what the project's file lacks: a copy gets it, and another
    /// file that lacked it would look whole and not be.
    fn write(
        &self,
        store: &Path,
        to: &Path,
        unsaved: &[Arc<Edit>],
        progress: &Progress,
    ) -> Written {
        let lacks = (!unsaved.is_empty()).then(|| Notice::NotWritten {
            path: to.to_path_buf(),
            unsaved: unsaved.len(),
        });
        let exported = |options: &ExportOptions| {
            let reader = Reader::open(store)?;
            let target = Target::Path(to.to_path_buf());
            export(&reader, &target, options, progress)
        };
        match (self, lacks) {
            (Self::Copy, _) => Written::Told(copied(store, to, unsaved, progress)),
            (Self::Export(_), Some(lacks)) => Written::Told(lacks),
            (Self::Export(options), None) => Written::Told(written(to, exported(options))),
            (Self::Watched(options), lacks) => Written::Exported(Box::new(Exported {
                path: to.to_path_buf(),
                result: match lacks {
                    Some(lacks) => Err(lacks),
                    None => exported(options).map_err(Notice::from),
                },
                report: None,
            })),
        }
    }
}

fn copied(store: &Path, to: &Path, unsaved: &[Arc<Edit>], progress: &Progress) -> Notice {
    let copied = Reader::open(store).and_then(|reader| {
        reader.backup(to, unsaved, &mut |fraction| {
            progress.set_fraction(fraction);
            !progress.is_cancelled()
        })
    });
    match copied {
        Ok(()) => Notice::Written {
            path: to.to_path_buf(),
            losses: Vec::new(),
        },
        Err(error) => error.into(),
    }
}

impl Session {
    /// Writes a file in the background, once what was edited is committed. Whether it has begun.
    pub(super) fn write(&mut self, to: PathBuf, output: Output) -> bool {
        self.poll_write();
        if self.work.write.is_some() {
            self.tell(Notice::Busy(JobKind::Write));
            return false;
        }
        let Some(project) = &self.project else {
            return false;
        };
        let writer = project.writer.as_ref().map(Writer::importer);
        let store = project.path().to_path_buf();
        let job = Job::start(JobKind::Write, &self.bell, move |reporter| {
            let unsaved = writer.map(|writer| writer.wait()).unwrap_or_default();
            reporter.send(output.write(&store, &to, &unsaved, &reporter.progress));
        });
        match job {
            Ok(job) => {
                self.work.write = Some(job);
                true
            }
            Err(error) => {
                self.tell(error.into());
                false
            }
        }
    }
}

pub(super) fn written(to: &Path, result: Result<Report, ExportError>) -> Notice {
    match result {
        Ok(report) if report.differs() => {
            let first = report.differences.first();
            let first = first.map(|it| format!("{}: {}", it.document, it.what));
            Notice::Differs {
                path: to.to_path_buf(),
                documents: report.differing,
                first: first.or_else(|| report.problems.first().cloned()),
            }
        }
        Ok(report) => Notice::Written {
            path: to.to_path_buf(),
            losses: report.loss.entries().to_vec(),
        },
        Err(error) => error.into(),
    }
}

impl From<ExportError> for Notice {
    fn from(error: ExportError) -> Self {
        Self::Failed {
            what: error.to_string(),
            hint: error.hint().map(str::to_owned),
        }
    }
}
