//! What people ask of the project and its files: open, import, save, copy. All but opening runs in
//! the background.

use std::path::{Path, PathBuf};

use crate::{
    annotation::Annotator,
    edit::{Cause, Change, LabelSetChange},
    files,
    interchange::{self, Format},
    store::{Reader, Store},
    text::TextEncoding,
};

use super::{
    ExportError, ExportOptions, ImportOptions, Job, JobKind, Notice, Project, ProjectCommand,
    Report, Reporter, Session, Target, check_target, export, import, open_or_create, read_labels,
    transfer::import_bytes, work::ImportNews,
};

/// The sample articles with the labels of two annotators.
const SAMPLE: &[u8] = include_bytes!("../../assets/sample/sample.ron");

impl Session {
    /// Carries out a wish about the project and its files.
    pub(super) fn run_project(&mut self, command: ProjectCommand) {
        match command {
            ProjectCommand::Open(path) => {
                self.open_project(&path);
            }
            ProjectCommand::Close => self.close_project(),
            ProjectCommand::Import(paths, encoding) => self.bring(paths, encoding),
            ProjectCommand::Sample => self.bring_sample(),
            ProjectCommand::SaveDataset(to) => self.export(to, "ron", Vec::new()),
            ProjectCommand::ExportDoccano(to, annotator) => {
                self.export(to, "doccano", vec![annotator]);
            }
            ProjectCommand::SaveLabels(to) => self.save_labels(&to),
            ProjectCommand::LoadLabels(from) => self.load_labels(&from),
            ProjectCommand::SaveCopy(to) => self.write(to, |reader, to, reporter| {
                let progress = &reporter.progress;
                let copied = reader.backup(to, &mut |fraction| {
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
            }),
            ProjectCommand::SetAnnotator(annotator) => self.set_annotator(annotator),
            ProjectCommand::Retry => {
                if let Some(project) = &self.project {
                    project.retry();
                }
            }
            ProjectCommand::Cancel => self.work.cancel(),
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
        let opened = files::make_parent(path)
            .map_err(Into::into)
            .and_then(|()| open_or_create(path));
        let project =
            opened.and_then(|store: Store| Project::new(store, &self.annotator, &self.bell));
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
        self.work = super::work::Work::default();
        self.article = None;
        if let Some(project) = self.project.take()
            && let Err(error) = project.close()
        {
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
        let is_project = |path: &Path| path.extension().is_some_and(|e| e == "hashiya");
        let (projects, others): (Vec<_>, Vec<_>) = paths
            .into_iter()
            .partition(|path| is_project(path) && !files::is_folder(path));
        let opened = match project.or(projects.first().map(PathBuf::as_path)) {
            Some(path) if others.is_empty() => self.open_project(path),
            Some(path) => self.open_unfounded(path),
            None if others.is_empty() => return,
            None => self.ensure_project(),
        };
        if !opened {
            return;
        }
        if others.is_empty() {
            self.show_some();
        } else {
            self.bring(others, None);
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

    fn options(&self, encoding: Option<TextEncoding>) -> ImportOptions {
        let author = self.annotator.clone();
        ImportOptions {
            encoding,
            ..ImportOptions::new(author, Annotator::imported())
        }
    }

    fn bring(&mut self, paths: Vec<PathBuf>, encoding: Option<TextEncoding>) {
        if !self.ensure_project() {
            return;
        }
        let Some((mut sink, store)) = self.importer() else {
            return;
        };
        let options = self.options(encoding);
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
        let options = self.options(None);
        let job = Job::start(JobKind::Import, &self.bell, move |reporter| {
            let mut first = |id| reporter.send(ImportNews::First(id));
            let done = Reader::open(&store).and_then(|reader| {
                let progress = &reporter.progress;
                let sample = ("sample.ron", SAMPLE);
                import_bytes(&mut sink, &reader, sample, &options, progress, &mut first)
            });
            reporter.send(match done {
                Ok(imported) => ImportNews::Over(imported),
                Err(error) => ImportNews::Failed(error.into()),
            });
        });
        self.begin_import(job);
    }

    /// What an import writes through, and the file that it reads; `None` (and a notice) where the
    /// project is read-only or an import runs already.
    fn importer(&mut self) -> Option<(crate::store::Importer, PathBuf)> {
        let project = self.project.as_ref()?;
        if self.work.import.is_some() {
            self.tell(Notice::Failed {
                what: "Files are coming in already".to_owned(),
                hint: Some("Wait until they are in, or stop them".to_owned()),
            });
            return None;
        }
        if let Some(writer) = &project.writer {
            return Some((writer.importer(), project.path().to_path_buf()));
        }
        let who = project.notice().unwrap_or_default().to_owned();
        self.tell(Notice::ReadOnly(who));
        None
    }

    fn begin_import(&mut self, job: std::io::Result<Job<ImportNews>>) {
        match job {
            Ok(job) => self.work.import = Some(job),
            Err(error) => self.tell(Notice::Failed {
                what: error.to_string(),
                hint: None,
            }),
        }
    }

    /// Writes a file in the background, once what was edited is committed.
    fn write(
        &mut self,
        to: PathBuf,
        write: impl FnOnce(&Reader, &Path, &Reporter<Notice>) -> Notice + Send + 'static,
    ) {
        let Some(project) = &self.project else { return };
        if let Some(writer) = &project.writer {
            writer.wait();
        }
        let store = project.path().to_path_buf();
        let job = Job::start(JobKind::Write, &self.bell, move |reporter| {
            let notice = match Reader::open(&store) {
                Ok(reader) => write(&reader, &to, reporter),
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

    fn export(&mut self, to: PathBuf, format: &str, annotators: Vec<Annotator>) {
        let Some(format) = Format::named(format) else {
            return;
        };
        let options = ExportOptions {
            annotators,
            ..ExportOptions::new(format)
        };
        self.write(to, move |reader, to, reporter| {
            let target = Target::Path(to.to_path_buf());
            written(to, export(reader, &target, &options, &reporter.progress))
        });
    }

    fn save_labels(&mut self, to: &Path) {
        if let Err(error) = check_target(to) {
            self.tell(error.into());
            return;
        }
        let mut bytes = Vec::new();
        let written = interchange::write_label_set(self.labels(), &mut bytes)
            .map_err(|error| Notice::Failed {
                what: error.to_string(),
                hint: None,
            })
            .and_then(|()| {
                files::write_atomic(to, |out| out.write_all(&bytes)).map_err(Notice::from)
            });
        self.tell(match written {
            Ok(()) => Notice::Written {
                path: to.to_path_buf(),
                losses: Vec::new(),
            },
            Err(notice) => notice,
        });
    }

    fn load_labels(&mut self, from: &Path) {
        match read_labels(from) {
            Ok(labels) => {
                let change = LabelSetChange::Adopt(Box::new(labels));
                self.change(Cause::Done, Change::LabelSet(change));
            }
            Err(what) => self.tell(Notice::Failed { what, hint: None }),
        }
    }

    fn set_annotator(&mut self, annotator: Annotator) {
        if annotator == self.annotator {
            return;
        }
        self.annotator = annotator;
        let document = self.article.take().map(|article| article.key().document);
        self.reload_list();
        if let Some(document) = document {
            self.open_document(document);
        }
        self.save_settings();
    }

    /// Reads the label set anew, after an import.
    pub(super) fn reload_labels(&mut self) {
        let Some(project) = &mut self.project else {
            return;
        };
        let edits = project.reader.label_set_edits();
        let latest = project.reader.latest_time();
        match edits.and_then(|edits| latest.map(|latest| (edits, latest))) {
            Ok((edits, latest)) => {
                project.labels.extend(edits);
                // What is done next comes after what came in, whatever the clock says.
                project.clock.observe(latest.unwrap_or_default());
            }
            Err(error) => self.tell(error.into()),
        }
    }

    /// Takes in what an import has added to the article on the desk.
    pub(super) fn reload_article(&mut self) {
        let (Some(project), Some(article)) = (&self.project, &mut self.article) else {
            return;
        };
        let layer = crate::edit::Scope::Layer(article.key().clone());
        let document = crate::edit::Scope::Document(article.key().document);
        let read = project.reader.edits(&layer).and_then(|layer| {
            project
                .reader
                .edits(&document)
                .map(|document| (layer, document))
        });
        match read {
            Ok((layer, document)) => {
                article.layer.extend(layer);
                article.document.extend(document);
                article.revision += 1;
            }
            Err(error) => self.tell(error.into()),
        }
    }
}

fn written(to: &Path, result: Result<Report, ExportError>) -> Notice {
    match result {
        Ok(report) if report.differs() => {
            let first = report.differences.first();
            let first = first.map(|it| format!("{}: {}", it.document, it.what));
            Notice::Failed {
                what: format!(
                    "“{}” was written, but {} documents in it differ",
                    to.display(),
                    report.differing
                ),
                hint: first.or_else(|| report.problems.first().cloned()),
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
