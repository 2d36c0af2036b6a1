//! What people ask of the project and its files: open, import, save, copy. All but opening runs in
//! the background; what is written is in `output.rs`.

use std::path::{Path, PathBuf};

use crate::{
    annotation::Annotator,
    edit::{Cause, Change, LabelSetChange, Scope},
    files,
    interchange::{self, Format},
    store::{self, Reader, Store},
    text::TextEncoding,
};

use super::{
    Ahead, ExportOptions, HistoryStep, ImportOptions, Job, JobKind, Notice, Project,
    ProjectCommand, Session, check_target, import, open_or_create, output::Output, read_labels,
    transfer::import_bytes, work::ImportNews,
};

/// The sample articles with the labels of two annotators.
const SAMPLE: &[u8] = include_bytes!("../../assets/sample/sample.ron");

impl Session {
    /// Carries out a wish about the project and its files.
    pub(super) fn run_project(&mut self, command: ProjectCommand) {
        match command {
            ProjectCommand::Open(path) => self.open_present(&path),
            ProjectCommand::New(path) => {
                if self.open_project(&path) {
                    self.show_some();
                }
            }
            ProjectCommand::Close => self.close_project(),
            ProjectCommand::Import(paths, encoding) => {
                let options = self.import_options(encoding);
                self.bring(paths, options);
            }
            ProjectCommand::Sample => self.bring_sample(),
            ProjectCommand::SaveDataset(to) => self.save_dataset(to),
            ProjectCommand::SaveLabels(to) => self.save_labels(&to),
            ProjectCommand::LoadLabels(from) => self.load_labels(&from),
            ProjectCommand::SaveCopy(to) => {
                self.write(to, Output::Copy);
            }
            ProjectCommand::SetAnnotator(annotator) => self.set_annotator(annotator),
            ProjectCommand::Retry => {
                if let Some(project) = &self.project {
                    project.retry();
                }
            }
            ProjectCommand::Cancel(kind) => self.work.cancel(kind),
        }
    }

    /// Opens a project that was chosen or was open before. One that has gone is not made anew: it
    /// may lie on a disk that is not here now, and it would be empty.
    fn open_present(&mut self, path: &Path) {
        if !files::exists(path) {
            self.settings.forget(path);
            self.save_settings();
            self.tell(Notice::Gone(path.to_path_buf()));
        } else if self.open_project(path) {
            self.show_some();
        }
    }

    /// Opens a project, made with the default labels if it is missing, in the place of the one that
    /// is open. Whether it is open now.
    pub fn open_project(&mut self, path: &Path) -> bool {
        let opened = self.open_unfounded(path);
        if let Some(project) = self.project.as_mut().filter(|_| opened) {
            project.found();
        }
        opened
    }

    /// The same, but a new project has no labels yet: an import follows, which may bring them.
    fn open_unfounded(&mut self, path: &Path) -> bool {
        // Our own lock would make it read-only.
        if self.is_open(path) {
            return true;
        }
        let opened = files::make_parent(path)
            .map_err(Into::into)
            .and_then(|()| open_or_create(path));
        let project =
            opened.and_then(|store: Store| Project::new(store, &self.seat.own, &self.bell));
        match project {
            Ok(project) => {
                self.close_project();
                if let Some(notice) = project.notice() {
                    self.tell(Notice::ReadOnly(notice.to_owned()));
                }
                self.settings.remember(project.path());
                self.project = Some(project);
                self.save_settings();
                true
            }
            Err(error) => {
                self.tell(error.into());
                false
            }
        }
    }

    /// Lets go of the project, with everything committed and in one file.
    pub fn close_project(&mut self) {
        self.article = None;
        self.annotator = self.seat.own.clone();
        // What is looked into before there is a project comes into the one that is opened.
        let Some(project) = self.project.take() else {
            return;
        };
        // Whoever still has the file open would leave its log beside it.
        self.work.end();
        self.ahead = Ahead::default();
        if let Err(error) = project.close() {
            self.tell(error.into());
        }
    }

    /// The open project, or else the last one, or else the first in the user's folder.
    pub fn ensure_project(&mut self) -> bool {
        if self.project.is_some() {
            return true;
        }
        let last = self
            .settings
            .recent
            .first()
            .filter(|path| files::is_file(path))
            .cloned();
        let path = last.unwrap_or_else(|| self.places.first_project());
        self.open_unfounded(&path)
    }

    /// Opens the project that was open last, if there is one and it is still there.
    pub fn open_last(&mut self) {
        let last = self
            .settings
            .recent
            .first()
            .filter(|path| files::is_file(path))
            .cloned();
        if let Some(path) = last
            && self.open_project(&path)
        {
            self.show_some();
        }
    }

    /// Opens what the command line or a drop names: a project is opened, all else comes into the
    /// project and the first of it is shown.
    pub fn open_paths(&mut self, project: Option<&Path>, paths: Vec<PathBuf>) {
        let (projects, others): (Vec<_>, Vec<_>) =
            paths.into_iter().partition(|path| store::is_project(path));
        let mut projects = projects.into_iter();
        let opened = match (project, others.is_empty()) {
            (Some(path), true) => self.open_project(path),
            (Some(path), false) => self.open_unfounded(path),
            (None, _) => match projects.next() {
                Some(path) if !files::exists(&path) => {
                    self.tell(Notice::Gone(path));
                    false
                }
                Some(path) if others.is_empty() => self.open_project(&path),
                Some(path) => self.open_unfounded(&path),
                None if others.is_empty() => return,
                None => self.ensure_project(),
            },
        };
        let more: Vec<_> = projects.filter(|path| !self.is_open(path)).collect();
        if !more.is_empty() {
            self.tell(Notice::OneProject(more));
        }
        if !opened {
            return;
        }
        if others.is_empty() {
            self.show_some();
        } else {
            let options = self.import_options(None);
            self.bring(others, options);
        }
    }

    /// Shows a document where none is: the first that is not done, else the first.
    pub fn show_some(&mut self) {
        if self.article.is_some() {
            return;
        }
        let Some(project) = &self.project else { return };
        let rows = project.list().rows();
        let open = rows
            .iter()
            .find(|row| row.status != crate::annotation::Status::Done);
        if let Some(id) = open.or_else(|| rows.first()).map(|row| row.id) {
            self.open_document(id);
        }
    }

    /// Whose the layers of files are that name nobody.
    pub fn nobodys(&self) -> Annotator {
        self.seat.named.clone().unwrap_or_else(Annotator::imported)
    }

    /// An import as the command line makes it.
    pub(super) fn import_options(&self, encoding: Option<TextEncoding>) -> ImportOptions {
        ImportOptions {
            encoding,
            ..ImportOptions::new(self.annotator.clone(), self.nobodys())
        }
    }

    pub(super) fn bring(&mut self, paths: Vec<PathBuf>, options: ImportOptions) {
        if !self.ensure_project() {
            return;
        }
        let writable = self.project().is_some_and(Project::is_writable);
        if !writable && self.work.import.is_none() {
            self.find_known(paths, options);
            return;
        }
        let Some((mut sink, store)) = self.importer() else {
            return;
        };
        let job = Job::start(JobKind::Import, &self.bell, move |reporter| {
            let mut first = |id| reporter.send(ImportNews::First(id));
            let done = Reader::open(&store).and_then(|reader| {
                import(
                    &mut sink,
                    &reader,
                    paths,
                    &options,
                    &reporter.progress,
                    &mut first,
                )
            });
            reporter.send(match done {
                Ok(imported) => ImportNews::Over(imported),
                Err(error) => ImportNews::Failed(error.into()),
            });
        });
        self.begin_import(job);
    }

    fn bring_sample(&mut self) {
        if !self.ensure_project() {
            return;
        }
        let Some((mut sink, store)) = self.importer() else {
            return;
        };
        let options = self.import_options(None);
        let job = Job::start(JobKind::Import, &self.bell, move |reporter| {
            let mut first = |id| reporter.send(ImportNews::First(id));
            let done = Reader::open(&store).and_then(|reader| {
                let progress = &reporter.progress;
                let sample = ("sample.ron", SAMPLE);
                import_bytes(&mut sink, &reader, sample, &options, progress, &mut first)
            });
            reporter.send(match done {
                Ok(imported) => ImportNews::Sample(imported),
                Err(error) => ImportNews::Failed(error.into()),
            });
        });
        self.begin_import(job);
    }

    /// What an import writes through, and the file that it reads; `None` (and a notice) where the
    /// project is read-only or an import runs already.
    pub(super) fn importer(&mut self) -> Option<(store::Importer, PathBuf)> {
        let project = self.project.as_ref()?;
        if self.work.import.is_some() {
            self.tell(Notice::Busy(JobKind::Import));
            return None;
        }
        if let Some(writer) = &project.writer {
            return Some((writer.importer(), project.path().to_path_buf()));
        }
        let who = project.notice().unwrap_or_default().to_owned();
        self.tell(Notice::ReadOnly(who));
        None
    }

    pub(super) fn begin_import(&mut self, job: std::io::Result<Job<ImportNews>>) {
        match job {
            Ok(job) => self.work.import = Some(job),
            Err(error) => self.tell(error.into()),
        }
    }

    fn save_dataset(&mut self, to: PathBuf) {
        if let Some(format) = Format::named("ron") {
            let options = ExportOptions::new(format);
            self.write(to, Output::Export(Box::new(options)));
        }
    }

    fn save_labels(&mut self, to: &Path) {
        if let Err(error) = check_target(to) {
            self.tell(error.into());
            return;
        }
        let mut bytes = Vec::new();
        if let Err(error) = interchange::write_label_set(self.labels(), &mut bytes) {
            self.tell(Notice::Failed {
                what: error.to_string(),
                hint: None,
            });
            return;
        }
        self.tell(match files::write_atomic(to, |out| out.write_all(&bytes)) {
            Ok(()) => Notice::Written {
                path: to.to_path_buf(),
                losses: Vec::new(),
            },
            Err(error) => error.into(),
        });
    }

    fn load_labels(&mut self, from: &Path) {
        match read_labels(from) {
            Ok(labels) => {
                // In a batch, which tells what somebody loaded, and may take back, from what came
                // with an import.
                let change = LabelSetChange::Batch(vec![LabelSetChange::Adopt(Box::new(labels))]);
                let before = self.labels().clone();
                self.change(Cause::Done, Change::LabelSet(change));
                if *self.labels() != before
                    && let Some(step) = self.describe_step(HistoryStep::Undo)
                {
                    self.tell(Notice::Did(step));
                }
            }
            Err(error) => self.tell(Notice::Failed {
                what: error.to_string(),
                hint: Some(error.hint().to_owned()),
            }),
        }
    }

    fn set_annotator(&mut self, annotator: Annotator) {
        self.seat.own = annotator.clone();
        self.show_layers_of(annotator);
        self.save_settings();
    }

    /// Shows the layers of somebody, on the same article.
    pub(super) fn show_layers_of(&mut self, annotator: Annotator) {
        if annotator == self.annotator {
            return;
        }
        self.annotator = annotator;
        let document = self.article.take().map(|article| article.key().document);
        self.reload_list();
        if let Some(document) = document {
            self.open_document(document);
        }
        self.count_documents();
    }

    /// Reads the label set and the clock anew, after an import.
    pub(super) fn reload_labels(&mut self) {
        let Some(project) = &mut self.project else {
            return;
        };
        let read = project.reader.label_set_edits();
        match read.and_then(|edits| Ok((edits, project.reader.latest_time()?))) {
            Ok((edits, latest)) => {
                project.labels.extend(edits);
                project.list.refresh(project.labels.state());
                // What came in may be of a clock that is ahead: what is done now comes after it.
                if let Some(latest) = latest {
                    project.clock.observe(latest);
                }
            }
            Err(error) => self.tell(error.into()),
        }
    }

    /// Takes in what an import has added to the article on the desk.
    pub(super) fn reload_article(&mut self) {
        let (Some(project), Some(article)) = (&self.project, &mut self.article) else {
            return;
        };
        let layer = Scope::Layer(article.key().clone());
        let document = Scope::Document(article.key().document);
        let read = project
            .edits(&layer)
            .and_then(|layer| project.edits(&document).map(|document| (layer, document)));
        match read {
            Ok((layer, document)) => {
                article.layer.extend(layer);
                article.document.extend(document);
                article.revision += 1;
                self.follow_article();
            }
            Err(error) => self.tell(error.into()),
        }
    }
}
