//! Taking over what all agree on: on the article on the desk as one edit, and in the whole project in the
//! background, after a look at how much that is.

use crate::{
    annotation::EditId,
    edit::LayerChange,
    review::{agreed_spans, full_agreement, only_word},
    session::{
        Adjudicated, Job, JobKind, Notice, Poll, Session, adjudicate,
        work::{AgreedNews, ImportNews},
    },
};

/// What taking over in the whole project would bring, as far as it is known.
#[derive(Clone, Debug)]
pub enum AgreedAhead {
    /// It is being counted.
    Counting,
    /// This.
    Known(Adjudicated),
    /// It cannot be told.
    Failed(Notice),
}

impl Session {
    /// What all have alike on the article on the desk and the reviewer has not; of an article with one annotator, all
    /// of that.
    fn agreed_change(&self, id: EditId) -> Option<LayerChange> {
        let (opened, article) = (self.review.opened()?, self.article.as_ref()?);
        let (set, own) = (self.labels(), article.log());
        match &opened.as_sides()[..] {
            [only] => only_word(set, *only, own, id),
            sides => full_agreement(set, sides, own, id),
        }
    }

    /// How many spans of the article on the desk all have alike that would come into the reviewer's layer.
    pub fn agreed_here(&self) -> usize {
        let change = self.agreed_change(EditId::random());
        change.as_ref().map_or(0, agreed_spans)
    }

    /// What all agree on comes into the reviewer's layer, as one edit.
    pub(super) fn take_agreed(&mut self) {
        let id = EditId::random();
        let Some(change) = self.agreed_change(id) else {
            self.tell(Notice::NothingAgreed);
            return;
        };
        let taken = Adjudicated {
            shared: 1,
            documents: 1,
            spans: agreed_spans(&change),
        };
        if self.decide(id, change).is_some() {
            self.tell(Notice::Agreed(taken));
        }
    }

    /// Begins to count what would come in from the whole project (`true`), or lets go of it.
    pub(super) fn look_at_agreed(&mut self, on: bool) {
        self.work.end_agreed();
        self.review.agreed = None;
        let Some(project) = self.project.as_ref().filter(|_| on) else {
            return;
        };
        let (reviewer, chosen) = (self.annotator.clone(), self.review.chosen.clone());
        let job = project.read_beside(JobKind::Agree, &self.bell, move |reader, reporter| {
            let whose = (&reviewer, chosen.as_deref());
            let found =
                reader.and_then(|reader| adjudicate(None, &reader, whose, &reporter.progress));
            reporter.send(found.map_err(Notice::from));
        });
        match job {
            Ok(job) => {
                self.work.agreed = Some(job);
                self.review.agreed = Some(AgreedAhead::Counting);
            }
            Err(error) => self.tell(error.into()),
        }
    }

    /// Hears what would come in.
    pub(in crate::session) fn poll_agreed(&mut self) {
        while let Some(job) = &self.work.agreed {
            let news: AgreedNews = match job.poll() {
                Poll::Ready(news) => news,
                Poll::Pending => return,
                Poll::Over => {
                    self.work.agreed = None;
                    return;
                }
            };
            self.review.agreed = Some(match news {
                Ok(found) => AgreedAhead::Known(found),
                Err(notice) => AgreedAhead::Failed(notice),
            });
        }
    }

    /// What all agree on in the whole project comes in, as one commit.
    pub(super) fn take_all_agreed(&mut self) {
        let Some((mut sink, _)) = self.importer() else {
            return;
        };
        let Some(project) = &self.project else { return };
        let (reviewer, chosen) = (self.annotator.clone(), self.review.chosen.clone());
        let job: std::io::Result<Job<ImportNews>> =
            project.read_beside(JobKind::Agree, &self.bell, move |reader, reporter| {
                let whose = (&reviewer, chosen.as_deref());
                let done = reader.and_then(|reader| {
                    adjudicate(Some(&mut sink), &reader, whose, &reporter.progress)
                });
                reporter.send(match done {
                    Ok(taken) => ImportNews::Agreed(taken),
                    Err(error) => ImportNews::Failed(error.into()),
                });
            });
        self.begin_import(job);
    }

    /// It has come in.
    pub(in crate::session) fn took_agreed(&mut self, taken: Adjudicated) {
        self.import_ended();
        self.tell(match taken.spans {
            0 => Notice::NothingAgreed,
            _ => Notice::Agreed(taken),
        });
    }
}
