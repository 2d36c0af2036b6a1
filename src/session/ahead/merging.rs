//! A merge as its dialog does it: what other projects and datasets would bring is looked at first, in
//! the background; then it comes in as one commit, or nothing does.

use std::path::{Path, PathBuf};

use crate::{
    files,
    store::{self, Reader, StoreError},
};

use super::{Ahead, Session};
use crate::session::{
    ImportOptions, Job, JobKind, MergeCommand, Merged, Notice, Poll, Progress, Project, merge,
    work::ImportNews,
};

/// A merge, as far as it is.
#[derive(Clone, Debug)]
pub struct Merging {
    /// The projects and datasets, without repetition and without the project itself.
    pub paths: Vec<PathBuf>,
    /// Whether the project itself was named among them: it has nothing to give to itself.
    pub names_itself: bool,
    /// How far it is.
    pub stage: Stage,
}

/// How far a merge is.
#[derive(Clone, Debug)]
pub enum Stage {
    /// Projects were dropped: they may be opened or merged.
    Asked,
    /// What would come in is being read.
    Looking,
    /// This would come in.
    Known(Box<Merged>),
    /// It cannot be told.
    Failed(Notice),
    /// It comes in.
    Bringing,
}

impl Ahead {
    /// A merge is over.
    pub(in crate::session) fn end_merging(&mut self) {
        let bringing = |merging: &mut Merging| matches!(merging.stage, Stage::Bringing);
        self.merging.take_if(bringing);
    }
}

impl Session {
    /// Carries out a wish of the dialog of a merge.
    pub(super) fn run_merge(&mut self, command: MergeCommand) {
        match command {
            MergeCommand::Ask(paths) => self.ask_about(paths),
            MergeCommand::Look(paths) => self.look_at_merge(paths),
            MergeCommand::Merge => self.merge(),
            MergeCommand::End => self.end_merge(),
        }
    }

    /// Whether projects that are dropped may be merged: into a project that can be written and has
    /// something to be merged with, and not while another dialog reads files. On the dialog of a merge
    /// they always are more to merge.
    pub fn may_merge(&self, paths: &[PathBuf]) -> bool {
        let writable = |it: &Project| it.is_writable() && !it.list().is_empty();
        let free = self.ahead.look.is_none() && self.work.import.is_none();
        let others = paths.iter().any(|path| !self.is_itself(path));
        let projects = paths.iter().all(|path| store::is_project(path));
        let usual = free && self.project.as_ref().is_some_and(writable);
        projects && others && (usual || self.ahead.merging.is_some())
    }

    fn is_itself(&self, path: &Path) -> bool {
        let project = self.project.as_ref();
        project.is_some_and(|project| files::is_same(project.path(), path))
    }

    /// The files that can be merged: each once, and not the project itself. Whether that was named.
    fn others(&self, paths: Vec<PathBuf>) -> (Vec<PathBuf>, bool) {
        let mut others: Vec<PathBuf> = Vec::new();
        let mut names_itself = false;
        for path in paths {
            if self.is_itself(&path) {
                names_itself = true;
            } else if !others.iter().any(|other| files::is_same(other, &path)) {
                others.push(path);
            }
        }
        (others, names_itself)
    }

    /// Projects were dropped. On the dialog of a merge they are more to merge.
    fn ask_about(&mut self, paths: Vec<PathBuf>) {
        if let Some(merging) = &self.ahead.merging {
            let mut all = merging.paths.clone();
            all.extend(paths);
            match merging.stage {
                Stage::Asked => self.ask_about_these(all),
                _ => self.look_at_merge(all),
            }
            return;
        }
        self.ask_about_these(paths);
    }

    fn ask_about_these(&mut self, paths: Vec<PathBuf>) {
        let (paths, names_itself) = self.others(paths);
        self.ahead.merging = Some(Merging {
            paths,
            names_itself,
            stage: Stage::Asked,
        });
    }

    /// What reads the other files and would write; `None` (and a notice) where nothing can be merged.
    fn merger(&mut self) -> Option<(store::Importer, PathBuf, ImportOptions)> {
        let (sink, store) = self.importer()?;
        let options = ImportOptions::new(self.seat.own.clone(), self.seat.own.clone());
        Some((sink, store, options))
    }

    fn look_at_merge(&mut self, paths: Vec<PathBuf>) {
        let busy = matches!(&self.ahead.merging, Some(it) if matches!(it.stage, Stage::Bringing));
        let reads = self.ahead.look.is_some();
        if busy || reads {
            let kind = if busy {
                JobKind::Merge
            } else {
                JobKind::Import
            };
            self.tell(Notice::Busy(kind));
            return;
        }
        self.work.end_merge_look();
        self.ahead.merging = None;
        if !self.ensure_project() {
            return;
        }
        let Some((mut sink, store, options)) = self.merger() else {
            return;
        };
        let (paths, names_itself) = self.others(paths);
        if paths.is_empty() {
            self.tell(Notice::MergedSelf);
            return;
        }
        let from = paths.clone();
        let job = Job::start(JobKind::Look, &self.bell, move |reporter| {
            let options = ImportOptions {
                rehearse: true,
                ..options
            };
            let found = read_and_merge(&mut sink, &store, (from, &options), &reporter.progress);
            reporter.send(found.map_err(Notice::from));
        });
        match job {
            Ok(job) => {
                self.work.merge_look = Some(job);
                self.ahead.merging = Some(Merging {
                    paths,
                    names_itself,
                    stage: Stage::Looking,
                });
            }
            Err(error) => self.tell(error.into()),
        }
    }

    /// Hears what a merge would bring.
    pub(in crate::session) fn poll_merge(&mut self) {
        while let Some(job) = &self.work.merge_look {
            let stage = match job.poll() {
                Poll::Ready(Ok(merged)) => Stage::Known(Box::new(merged)),
                Poll::Ready(Err(notice)) => Stage::Failed(notice),
                Poll::Pending => return,
                Poll::Over => {
                    self.work.merge_look = None;
                    // The thread broke off with nothing said: the dialog would wait for ever.
                    let looking = |it: &mut Merging| matches!(it.stage, Stage::Looking);
                    self.ahead.merging.take_if(looking);
                    return;
                }
            };
            if let Some(merging) = &mut self.ahead.merging {
                merging.stage = stage;
            }
        }
    }

    /// Brings in what was looked at.
    fn merge(&mut self) {
        let Some(merging) = &self.ahead.merging else {
            return;
        };
        if !matches!(merging.stage, Stage::Known(_)) {
            return;
        }
        let paths = merging.paths.clone();
        let Some((mut sink, store, options)) = self.merger() else {
            return;
        };
        let job = Job::start(JobKind::Merge, &self.bell, move |reporter| {
            let done = read_and_merge(&mut sink, &store, (paths, &options), &reporter.progress);
            reporter.send(match done {
                Ok(merged) => ImportNews::Merged(Box::new(merged)),
                Err(error) => ImportNews::Failed(error.into()),
            });
        });
        self.begin_import(job);
        if self.work.import.is_some()
            && let Some(merging) = &mut self.ahead.merging
        {
            merging.stage = Stage::Bringing;
        }
    }

    fn end_merge(&mut self) {
        let Some(merging) = &self.ahead.merging else {
            return;
        };
        if matches!(merging.stage, Stage::Bringing) {
            self.work.cancel(JobKind::Merge);
            return;
        }
        self.work.end_merge_look();
        self.ahead.merging = None;
        self.offer_waiting();
    }

    /// A merge is over.
    pub(in crate::session) fn merged(&mut self, merged: Box<Merged>) {
        self.import_ended();
        self.ahead.end_merging();
        self.show_some();
        self.tell(Notice::Merged(merged));
    }
}

fn read_and_merge(
    sink: &mut store::Importer,
    store: &Path,
    (paths, options): (Vec<PathBuf>, &ImportOptions),
    progress: &Progress,
) -> Result<Merged, StoreError> {
    let reader = Reader::open(store)?;
    merge(sink, &reader, paths, options, progress)
}
