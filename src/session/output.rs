//! Files that are written of a project, in the background: datasets and copies.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use crate::{
    annotation::Annotator,
    edit::Edit,
    store::{Reader, Writer},
};

use super::{
    Job, JobKind, Notice, Progress, Session, export_dataset, export_doccano,
    transfer::{ExportError, Exported},
};

/// What is written.
#[derive(Clone, Debug)]
pub(super) enum Output {
    /// Everything, as a RON dataset.
    Dataset,
    /// One annotator's layers, as doccano's JSON lines.
    Doccano(Annotator),
    /// The project's file.
    Copy,
}

impl Output {
    /// Writes it to `to`. `unsaved` is what the project's file lacks: a copy gets it, and another
    /// file that lacked it would look whole and not be.
    fn write(
        &self,
        reader: &Reader,
        to: &Path,
        unsaved: &[Arc<Edit>],
        progress: &Progress,
    ) -> Notice {
        match self {
            Self::Copy => {
                let copied = reader.backup(to, unsaved, &mut |fraction| {
                    progress.set_fraction(fraction);
                    !progress.is_cancelled()
                });
                match copied {
                    Ok(()) => Notice::Written {
                        path: to.to_path_buf(),
                        losses: Vec::new(),
                    },
                    Err(error) => error.into(),
                }
            }
            _ if !unsaved.is_empty() => Notice::NotWritten {
                path: to.to_path_buf(),
                unsaved: unsaved.len(),
            },
            Self::Dataset => written(to, export_dataset(reader, to, progress)),
            Self::Doccano(annotator) => {
                written(to, export_doccano(reader, to, Some(annotator), progress))
            }
        }
    }
}

impl Session {
    /// Writes a file in the background, once what was edited is committed.
    pub(super) fn write(&mut self, to: PathBuf, output: Output) {
        self.poll_write();
        if self.work.write.is_some() {
            self.tell(Notice::Busy(JobKind::Write));
            return;
        }
        let Some(project) = &self.project else { return };
        let writer = project.writer.as_ref().map(Writer::importer);
        let store = project.path().to_path_buf();
        let job = Job::start(JobKind::Write, &self.bell, move |reporter| {
            let unsaved = writer.map(|writer| writer.wait()).unwrap_or_default();
            let notice = match Reader::open(&store) {
                Ok(reader) => output.write(&reader, &to, &unsaved, &reporter.progress),
                Err(error) => error.into(),
            };
            reporter.send(notice);
        });
        match job {
            Ok(job) => self.work.write = Some(job),
            Err(error) => self.tell(Notice::Failed {
                what: error.to_string(),
                hint: None,
            }),
        }
    }
}

fn written(to: &Path, result: Result<Exported, ExportError>) -> Notice {
    match result {
        Ok(exported) => Notice::Written {
            path: to.to_path_buf(),
            losses: exported.loss.entries().to_vec(),
        },
        Err(error) => Notice::Failed {
            what: error.to_string(),
            hint: error.hint().map(str::to_owned),
        },
    }
}
