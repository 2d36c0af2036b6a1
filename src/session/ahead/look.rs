//! What is in files before they come in, read in the background; and bringing them in as people chose.

use std::{path::PathBuf, sync::Arc};

use crate::{
    annotation::{Annotator, LabelSet},
    files,
    interchange::{self, LabelMap},
};

use super::Session;
use crate::session::{
    ImportOptions, Job, JobKind, LookOptions, Poll, Preview,
    transfer::{has_ranges, preview},
    work::LookNews,
};

/// Files that may come in, and what is known of them so far.
#[derive(Clone, Debug)]
pub struct Look {
    /// The files and folders.
    pub paths: Vec<PathBuf>,
    /// How they are read.
    pub options: LookOptions,
    /// What is known of them.
    pub preview: Preview,
    /// Whether that is all.
    pub done: bool,
    /// Another number each time something was learnt.
    pub revision: u64,
}

/// Files that are looked into once those before them are through.
#[derive(Debug)]
pub(super) struct Waiting {
    paths: Vec<PathBuf>,
    /// How they are read; `None` where they were dropped.
    options: Option<LookOptions>,
}

impl Waiting {
    /// How many files and folders.
    pub(super) fn count(&self) -> usize {
        self.paths.len()
    }
}

/// How files come in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportChoices {
    /// Their format and encoding, where people said so.
    pub read: LookOptions,
    /// Whose the layers are that name nobody.
    pub annotator: Annotator,
    /// What names in the files mean.
    pub map: LabelMap,
    /// Whether nothing comes in where something is refused.
    pub atomic: bool,
}

impl Session {
    /// Whether the dialog of an import is to open; said once.
    pub fn take_offer(&mut self) -> bool {
        std::mem::take(&mut self.ahead.offered)
    }

    /// The labels that names in files may mean. A project without labels gets those that a new
    /// one begins with.
    pub fn labels_to_meet(&self) -> LabelSet {
        let project = self.project.as_ref();
        match project.filter(|project| !project.labels.edits().is_empty()) {
            Some(project) => project.labels().clone(),
            None => interchange::default_label_set(),
        }
    }

    /// Brings in articles, and offers all else. Where nothing can come in, no question is asked.
    pub(super) fn offer(&mut self, paths: Vec<PathBuf>) {
        if self.ahead.look.is_some() || self.ahead.merging.is_some() {
            match self.ahead.waiting.back_mut() {
                Some(last) if last.options.is_none() => last.paths.extend(paths),
                _ => self.wait(paths, None),
            }
            return;
        }
        if self.project.as_ref().is_some_and(|it| !it.is_writable()) {
            let options = self.import_options(None);
            self.bring(paths, options);
            return;
        }
        self.start_look(paths, LookOptions::default(), true);
    }

    /// Looks into files, whatever they are; anew, where it is these that are looked into.
    pub(super) fn look_into(&mut self, paths: Vec<PathBuf>, options: LookOptions) {
        let look = self.ahead.look.as_ref();
        let other = look.is_some_and(|look| look.paths != paths);
        if other || self.ahead.merging.is_some() {
            self.wait(paths, Some(options));
            return;
        }
        self.start_look(paths, options, false);
        self.ahead.offered = true;
    }

    fn wait(&mut self, paths: Vec<PathBuf>, options: Option<LookOptions>) {
        self.ahead.waiting.push_back(Waiting { paths, options });
    }

    /// Goes on to what waits, once nothing else is looked into or comes in.
    pub(super) fn offer_waiting(&mut self) {
        let asked = self.ahead.look.is_some() || self.ahead.merging.is_some();
        if asked || self.work.import.is_some() {
            return;
        }
        if let Some(Waiting { paths, options }) = self.ahead.waiting.pop_front() {
            match options {
                Some(options) => self.look_into(paths, options),
                None => self.offer(paths),
            }
        }
    }

    fn start_look(&mut self, paths: Vec<PathBuf>, options: LookOptions, sieve: bool) {
        self.open_recent();
        self.work.end_look();
        let revision = self.ahead.look.as_ref().map_or(0, |look| look.revision);
        self.ahead.offered = false;
        self.ahead.look = Some(Look {
            paths: paths.clone(),
            options: options.clone(),
            preview: Preview::default(),
            done: false,
            revision: revision + 1,
        });
        let job = Job::start(JobKind::Look, &self.bell, move |reporter| {
            let progress = &reporter.progress;
            if sieve && !has_ranges(paths.clone(), progress) {
                reporter.send(LookNews::Articles);
                return;
            }
            let so_far = |preview: &Preview| LookNews::SoFar(Box::new(preview.clone()));
            // Here the dialog of what was dropped opens.
            reporter.send(so_far(&Preview::default()));
            let mut tell = |preview: &Preview| reporter.send(so_far(preview));
            if let Some(preview) = preview(paths, &options, progress, &mut tell) {
                reporter.send(LookNews::Over(Box::new(preview)));
            }
        });
        match job {
            Ok(job) => {
                self.work.look = Some(job);
                self.ahead.sieving = sieve;
            }
            Err(error) => {
                self.ahead.look = None;
                self.ahead.offered = false;
                self.tell(error.into());
            }
        }
    }

    /// Names mean labels of the project that the files come into: the last one, where none is open.
    fn open_recent(&mut self) {
        let recent = self.settings.recent.first();
        let is_there = recent.is_some_and(|path| files::is_file(path));
        if self.project.is_none() && is_there {
            self.ensure_project();
        }
    }

    /// Hears what was found.
    pub(in crate::session) fn poll_look(&mut self) {
        while let Some(job) = &self.work.look {
            match job.poll() {
                Poll::Ready(LookNews::Articles) => {
                    self.work.look = None;
                    self.ahead.sieving = false;
                    if let Some(look) = self.ahead.look.take() {
                        let options = self.import_options(None);
                        self.bring(look.paths, options);
                    }
                }
                Poll::Ready(LookNews::SoFar(preview)) => self.learn(*preview, false),
                Poll::Ready(LookNews::Over(preview)) => self.learn(*preview, true),
                Poll::Pending => break,
                Poll::Over => {
                    self.work.look = None;
                    // Nobody was asked and nothing was found: the thread broke off.
                    if std::mem::take(&mut self.ahead.sieving) {
                        self.ahead.look = None;
                    }
                }
            }
        }
        self.offer_waiting();
    }

    fn learn(&mut self, preview: Preview, done: bool) {
        self.ahead.offered |= std::mem::take(&mut self.ahead.sieving);
        if let Some(look) = &mut self.ahead.look {
            look.preview = preview;
            look.done = done;
            look.revision += 1;
        }
    }

    /// Brings files in as people chose.
    pub(super) fn bring_chosen(&mut self, paths: Vec<PathBuf>, choices: ImportChoices) {
        self.work.end_look();
        self.ahead.look = None;
        let options = ImportOptions {
            format: choices.read.format,
            annotator: choices.annotator,
            map: Arc::new(choices.map),
            atomic: choices.atomic,
            ..self.import_options(choices.read.encoding)
        };
        self.bring(paths, options);
    }
}
