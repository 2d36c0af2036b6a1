//! The numbers of the dashboard: computed in the background from what is committed, and again while people work. A
//! newer question stops the older one.

mod compute;
mod days;
mod save;
#[cfg(test)]
mod tests;

use std::{
    collections::BTreeSet,
    path::PathBuf,
    sync::Arc,
    time::{Duration, Instant},
};

use crate::{
    agreement::{MatchRule, Undefined},
    annotation::Annotator,
    report::{Figures, TableKind},
};

use super::{Job, JobKind, Notice, Poll, Progress, Session};

pub use compute::work_of;
pub use save::Picture;

/// So long after one computation the next begins at the earliest.
const PAUSE: Duration = Duration::from_secs(3);

/// What is asked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FiguresQuestion {
    /// The annotators, all where it is `None`.
    pub annotators: Option<Vec<Annotator>>,
    /// The labels by name, all where it is `None`.
    pub labels: Option<BTreeSet<String>>,
    /// A match rule besides exact and overlap.
    pub rule: Option<MatchRule>,
    /// Whether γ is computed: of many documents it takes a while.
    pub gamma: bool,
}

/// How the computation is.
#[derive(Clone, Debug)]
pub enum FiguresState {
    /// It is under way.
    Computing,
    /// What is shown is what was committed when it began.
    Ready,
    /// There are no numbers.
    Undefined(Undefined),
    /// It failed.
    Failed(Notice),
}

/// What the dashboard watches.
#[derive(Debug)]
pub struct Watched {
    /// What is asked.
    pub question: FiguresQuestion,
    /// How the computation is.
    pub state: FiguresState,
    /// The numbers that were computed last, maybe of an older question.
    pub figures: Option<Arc<Figures>>,
    /// Everybody who has a layer.
    pub everybody: Vec<Annotator>,
    /// Another number each time something was computed.
    pub revision: u64,
    /// What had been committed when the last computation began.
    seen: Mark,
    begun: Instant,
}

/// How much a project holds, as far as this window knows: another value where something was committed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Mark {
    committed: usize,
    documents: usize,
}

/// What a computation has to say.
#[derive(Debug)]
pub(super) enum FiguresNews {
    /// The numbers, and everybody who has a layer.
    Done(Box<Figures>, Vec<Annotator>),
    /// There are none.
    Undefined(Undefined, Vec<Annotator>),
    /// It failed.
    Failed(Notice),
}

/// A wish about the numbers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FiguresCommand {
    /// Compute these, and again whenever something is committed.
    Watch(FiguresQuestion),
    /// Nobody looks any more.
    End,
    /// Write a picture.
    SavePicture(&'static str, Picture, PathBuf),
    /// Write a table as CSV.
    SaveTable(TableKind, PathBuf),
    /// Write the report as HTML.
    SaveReport(PathBuf),
}

impl Session {
    /// What the dashboard watches, while it is open.
    pub fn figures(&self) -> Option<&Watched> {
        self.work.watched.as_ref()
    }

    /// Whether something was committed that the numbers do not hold yet.
    pub fn is_behind(&self) -> bool {
        let mark = self.mark();
        self.figures().is_some_and(|watched| watched.seen != mark)
    }

    /// How far the computation is.
    pub fn computing(&self) -> Option<&Progress> {
        self.work.figures.as_ref().map(Job::progress)
    }

    /// Carries out a wish about the numbers.
    pub(super) fn run_figures(&mut self, command: FiguresCommand) {
        match command {
            FiguresCommand::Watch(question) => self.watch(question),
            FiguresCommand::End => {
                self.work.end_figures();
                self.work.watched = None;
            }
            FiguresCommand::SavePicture(name, kind, to) => self.save_picture(name, kind, &to),
            FiguresCommand::SaveTable(kind, to) => self.save_table(kind, &to),
            FiguresCommand::SaveReport(to) => self.save_html(&to),
        }
    }

    fn watch(&mut self, question: FiguresQuestion) {
        let old = self.work.watched.take();
        if let Some(old) = old {
            let same = old.question == question;
            self.work.watched = Some(Watched { question, ..old });
            if same {
                return;
            }
        } else {
            self.work.watched = Some(Watched {
                question,
                state: FiguresState::Computing,
                figures: None,
                everybody: Vec::new(),
                revision: 0,
                seen: Mark::default(),
                begun: Instant::now(),
            });
        }
        self.compute();
    }

    /// How much the project holds.
    fn mark(&self) -> Mark {
        let project = self.project.as_ref();
        project.map_or(Mark::default(), |project| Mark {
            committed: project.saved().committed,
            documents: project.list().len(),
        })
    }

    /// Layers came in beside those of this window: they are not in the numbers yet.
    pub(super) fn figures_are_old(&mut self) {
        if let Some(watched) = &mut self.work.watched {
            watched.seen.committed = usize::MAX;
        }
    }

    fn compute(&mut self) {
        self.work.end_figures();
        let mark = self.mark();
        let Some(watched) = &mut self.work.watched else {
            return;
        };
        let Some(project) = &self.project else {
            watched.state = FiguresState::Undefined(Undefined::NoSharedDocuments);
            watched.figures = None;
            return;
        };
        (watched.seen, watched.begun) = (mark, Instant::now());
        let question = watched.question.clone();
        let job = project.read_beside(JobKind::Figures, &self.bell, move |reader, reporter| {
            let news = compute::compute(reader, &question, &reporter.progress);
            if !reporter.progress.is_cancelled() {
                reporter.send(news);
            }
        });
        match job {
            Ok(job) => {
                self.work.figures = Some(job);
                watched.state = FiguresState::Computing;
            }
            Err(error) => watched.state = FiguresState::Failed(error.into()),
        }
    }

    /// Hears what was computed, and begins anew where something was committed since.
    pub(super) fn poll_figures(&mut self) {
        while let Some(job) = &self.work.figures {
            match job.poll() {
                Poll::Ready(news) => self.learn_figures(news),
                Poll::Pending => break,
                Poll::Over => self.work.figures = None,
            }
        }
        let rested = |watched: &Watched| watched.begun.elapsed() >= PAUSE;
        let idle = self.work.figures.is_none() && self.figures().is_some_and(rested);
        // While articles come in the numbers would be old before they are there.
        if idle && self.work.import.is_none() && self.is_behind() {
            self.compute();
        }
    }

    fn learn_figures(&mut self, news: FiguresNews) {
        let Some(watched) = &mut self.work.watched else {
            return;
        };
        watched.revision += 1;
        match news {
            FiguresNews::Done(figures, everybody) => {
                watched.figures = Some(Arc::new(*figures));
                watched.everybody = everybody;
                watched.state = FiguresState::Ready;
            }
            FiguresNews::Undefined(why, everybody) => {
                watched.everybody = everybody;
                watched.figures = None;
                watched.state = FiguresState::Undefined(why);
            }
            FiguresNews::Failed(notice) => watched.state = FiguresState::Failed(notice),
        }
    }
}
