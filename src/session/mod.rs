//! An open project on the desk: the list, the article, the edits, what runs in the background. The
//! window and the command line stand on it; it knows neither.
//!
//! Invariants: every change of project data goes through [`Session::change`], as an edit; the state
//! that is shown is the fold of all edits, those not yet committed included; nothing here waits for
//! the disk while a person waits for it.

mod ahead;
mod alike;
mod article;
mod command;
mod desk;
mod figures;
mod files;
mod guest;
mod history;
mod jobs;
mod known;
mod labels;
mod leave;
mod list;
mod navigate;
mod notice;
mod output;
mod project;
mod review;
mod run;
mod search;
mod settings;
mod spans;
#[cfg(test)]
mod tests;
mod transfer;
mod work;

use std::{collections::VecDeque, sync::Arc};

use crate::{
    annotation::{Annotator, EditId, LabelSet},
    edit::{Cause, Change, DocumentChange, Edit},
};

pub use crate::review::{Case, Class, Standing};
pub use ahead::{Ahead, Exported, Exporting, Foreseen, ImportChoices, Look, Merging, Stage};
pub use alike::{Alike, AlikeSearch};
pub use article::Article;
pub use command::{
    Command, DeskCommand, DocumentCommand, MergeCommand, ProjectCommand, SpanCommand,
    TransferCommand,
};
pub use desk::Desk;
pub use figures::{FiguresCommand, FiguresQuestion, FiguresState, Picture, Watched, work_of};
pub use history::Step as HistoryStep;
pub use jobs::{Bell, Job, JobKind, Poll, Progress, Reporter};
pub use labels::{LabelsError, Usage, read_label_map, read_labels, write_label_map};
pub use leave::Held;
pub use list::{DocumentList, Filter, ListRow};
pub use notice::{Conflict, Imported, Notice, Problem, Removed, Saying, Tone};
pub use project::{Project, Saved, founding_edit, open_or_create};
pub use review::{
    AgreedAhead, CaseFilter, Discussed, Discussion, DocumentReview, Feedback, MOST_SIDES, Outcome,
    Queue, Review, ReviewCommand, ReviewSide, ReviewState, Reviewed,
};
use review::{Counted, ThreadNews};
pub use settings::{Places, Reading, Settings, ThemeChoice, Tools, Trouble, user_name};
pub use spans::{Edge, Step};
pub use transfer::{
    Adjudicated, ComparedDocument, Comparison, ConvertError, ExportError, ExportOptions,
    FoundNames, ImportOptions, Inspected, LookOptions, Merged, MergedFile, MergedLabel, Preview,
    PreviewDocument, PreviewFile, PreviewLabel, Report, STANDARD, Sink, Target, adjudicate,
    brings_labels, check_target, convert, export, forecast, import, inspect, merge, passed_over,
    write_report,
};
pub use work::Work;

/// All that is open.
#[derive(Debug)]
pub struct Session {
    settings: Settings,
    places: Places,
    annotator: Annotator,
    seat: Seat,
    project: Option<Project>,
    article: Option<Article>,
    notices: VecDeque<Notice>,
    work: Work,
    ahead: Ahead,
    review: Review,
    bell: Bell,
    empty: LabelSet,
}

/// Who works here.
#[derive(Debug)]
struct Seat {
    /// Who sits here: the annotator, but for a look at the sample, which others have labelled.
    own: Annotator,
    /// Whom the command line named.
    named: Option<Annotator>,
}

impl Session {
    /// A session with no project. `annotator` goes before the one that the settings remember.
    pub fn new(places: Places, annotator: Option<Annotator>, bell: Bell) -> Self {
        let (settings, trouble) = Settings::load(&places.settings);
        let remembered = settings.annotator.clone();
        let named = annotator;
        let annotator = named.clone().or(remembered).unwrap_or_else(user_name);
        let notices = trouble
            .map(|trouble| Notice::Settings {
                what: trouble.what,
                kept: trouble.kept,
            })
            .into_iter()
            .collect();
        Self {
            settings,
            places,
            seat: Seat {
                own: annotator.clone(),
                named,
            },
            annotator,
            project: None,
            article: None,
            notices,
            work: Work::default(),
            ahead: Ahead::default(),
            review: Review::default(),
            bell,
            empty: LabelSet::default(),
        }
    }

    /// What is remembered between runs.
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// The same, to change it; [`Session::save_settings`] writes it.
    pub fn settings_mut(&mut self) -> &mut Settings {
        &mut self.settings
    }

    /// Writes the settings.
    pub fn save_settings(&mut self) {
        self.settings.annotator = Some(self.seat.own.clone());
        if let Err(error) = self.settings.save(&self.places.settings) {
            self.tell(error.into());
        }
    }

    /// Where things are kept.
    pub fn places(&self) -> &Places {
        &self.places
    }

    /// Who annotates.
    pub fn annotator(&self) -> &Annotator {
        &self.annotator
    }

    /// The open project.
    pub fn project(&self) -> Option<&Project> {
        self.project.as_ref()
    }

    /// The article on the desk.
    pub fn article(&self) -> Option<&Article> {
        self.article.as_ref()
    }

    /// The project's labels; none without a project.
    pub fn labels(&self) -> &LabelSet {
        self.project.as_ref().map_or(&self.empty, Project::labels)
    }

    /// Everybody who has a layer in the project, by name; none where it cannot be read.
    pub fn annotators(&self) -> Vec<Annotator> {
        let read = self.project().map(|project| project.reader.annotators());
        let names = read.and_then(Result::ok).unwrap_or_default();
        names.into_iter().map(|(name, _)| name).collect()
    }

    /// Everybody who has decided something in the project, by name; none where it cannot be read.
    pub fn reviewers(&self) -> Vec<Annotator> {
        let read = self.project().map(|project| project.reader.reviewers());
        read.and_then(Result::ok).unwrap_or_default()
    }

    /// What runs in the background and is to be shown.
    pub fn work(&self) -> &Work {
        &self.work
    }

    /// What is known before an import or export is done, and after an export.
    pub fn ahead(&self) -> &Ahead {
        &self.ahead
    }

    /// The next notice that was not told yet.
    pub fn next_notice(&mut self) -> Option<Notice> {
        self.notices.pop_front()
    }

    /// Adds a notice.
    pub(crate) fn tell(&mut self, notice: Notice) {
        self.notices.push_back(notice);
    }

    /// Changes something: makes the edit, applies it to what is shown, hands it to the writer. Gives
    /// the edit, or `None` where the project is read-only or missing.
    fn change(&mut self, cause: Cause, change: Change) -> Option<Arc<Edit>> {
        self.change_as(EditId::random(), cause, change)
    }

    /// The same, as the edit with this id: the change itself may name it.
    fn change_as(&mut self, id: EditId, cause: Cause, change: Change) -> Option<Arc<Edit>> {
        let project = self.project.as_mut()?;
        if !project.is_writable() {
            let who = project.notice().unwrap_or_default().to_owned();
            self.tell(Notice::ReadOnly(who));
            return None;
        }
        let edit = project.edit(id, &self.annotator, cause, change);
        match &edit.change {
            Change::LabelSet(_) => {
                project.labels.push(Arc::clone(&edit));
                project.list.refresh(project.labels.state());
            }
            Change::Document(id, change) => {
                if let Some(article) = self.article.as_mut().filter(|a| a.key().document == *id) {
                    article.document.push(Arc::clone(&edit));
                    let state = article.document.state();
                    let threads = (state.threads().len(), state.open_threads());
                    project.list.set_threads(*id, threads);
                }
                // The edit is later than all others, so that what it says is what is so.
                match change {
                    DocumentChange::SetTitle(title) => project.list.set_title(id, title),
                    DocumentChange::Assign(who) if *who == self.annotator => {
                        project.list.assign(id, true);
                    }
                    DocumentChange::Unassign(who) if *who == self.annotator => {
                        project.list.assign(id, false);
                    }
                    _ => {}
                }
            }
            Change::Layer(key, _) => {
                if let Some(article) = self.article.as_mut().filter(|a| a.key() == key) {
                    article.layer.push(Arc::clone(&edit));
                    article.revision += 1;
                    project.list.update(&key.document, article.layer());
                }
            }
        }
        project.submit(Arc::clone(&edit));
        match edit.change {
            Change::Layer(..) => self.follow_layer(),
            // What labels are to each other says what differs.
            Change::LabelSet(_) if self.review.is_on() => {
                self.follow_article();
                self.count_documents();
            }
            _ => {}
        }
        Some(edit)
    }

    /// Hears the writer and the jobs. The window calls it each frame.
    pub fn poll(&mut self) {
        if let Some(error) = self.project.as_mut().and_then(Project::hear) {
            let hint = error.hint().map(str::to_owned);
            self.tell(Notice::NotSaved {
                what: error.to_string(),
                hint,
            });
        }
        self.poll_work();
    }
}
