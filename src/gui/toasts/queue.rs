//! Which toasts there are: what comes in, what takes the place of what, what goes when. No painting.

use std::path::PathBuf;

use crate::{
    edit::Description,
    gui::words::{self, Told},
    session::{HistoryStep, Notice, Removed, Session, Tone},
};

/// The toasts, the oldest first.
#[derive(Debug, Default)]
pub(crate) struct Toasts {
    pub(super) queue: Vec<Toast>,
    made: u64,
    /// How high they were in the last frame, in points.
    pub(super) height: f32,
}

/// One note.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Toast {
    /// Tells it from the others.
    pub(super) id: u64,
    /// How loud it is.
    pub(super) tone: Tone,
    /// Its words.
    pub(super) told: Told,
    /// What can be done about it.
    pub(super) offer: Option<Offer>,
    /// What it is about: a newer toast of the same subject takes its place.
    subject: Subject,
    /// When it goes, in seconds of the window's clock; bad news has none.
    pub(super) until: Option<f64>,
    /// How many times it was told.
    pub(super) times: usize,
}

/// What a toast offers.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Offer {
    /// Take back the step that it tells of.
    Undo(Description),
    /// Do the step again.
    Redo,
    /// Bring back a document that was taken out of the list.
    Restore(Removed),
    /// Show everything there is to say.
    Show(Vec<String>, Vec<PathBuf>),
    /// Try again to save.
    Retry,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Subject {
    /// A step that was done, taken back or done again.
    Step,
    /// Saving.
    Save,
    /// What a key wants that is not there.
    Advice,
    /// Anything else: only the same words take the place of the same words.
    Other,
}

/// Seconds that a toast stays: a nod, a sentence, something to act on.
const NOD: f64 = 3.0;
const SENTENCE: f64 = 5.0;
const ACT: f64 = 9.0;

/// Most toasts at a time.
const MOST: usize = 4;

impl Toasts {
    /// Takes in a notice at `now` seconds of the window's clock.
    pub(crate) fn push(&mut self, notice: &Notice, now: f64) {
        // A screen of its own says that everything is done.
        if matches!(notice, Notice::AllDone) {
            return;
        }
        let told = words::notice(notice);
        let subject = subject(notice);
        let stay = stay(notice);
        let until = stay.map(|seconds| now + seconds);
        if let Some(same) = self.queue.iter_mut().find(|toast| toast.told == told) {
            same.until = until;
            same.times += usize::from(same.tone == Tone::Bad);
            same.offer = offer(notice);
            return;
        }
        if subject != Subject::Other {
            self.queue.retain(|toast| toast.subject != subject);
        }
        self.made += 1;
        self.queue.push(Toast {
            id: self.made,
            tone: notice.tone(),
            told,
            offer: offer(notice),
            subject,
            until,
            times: 1,
        });
        self.make_room();
    }

    /// Lets go of the oldest where there are too many; of bad news last.
    fn make_room(&mut self) {
        while self.queue.len() > MOST {
            let going = self.queue.iter().position(|t| t.tone != Tone::Bad);
            self.queue.remove(going.unwrap_or(0));
        }
    }

    /// Lets go of those whose time is over, and of those that are not true any more: a step that is
    /// not the last one now, a failure to save that was overcome.
    pub(super) fn tidy(&mut self, session: &Session, now: f64) {
        let saved = session.project().is_none_or(|project| {
            let saved = project.saved();
            !saved.failed
        });
        self.queue.retain(|toast| {
            let over = toast.until.is_some_and(|until| until <= now);
            let untrue = match &toast.offer {
                Some(Offer::Undo(step)) => {
                    session.describe_step(HistoryStep::Undo).as_ref() != Some(step)
                }
                // Whatever is done after an undo leaves nothing to do again.
                Some(Offer::Redo) => !session.can_step(HistoryStep::Redo),
                Some(Offer::Restore(removed)) => session
                    .project()
                    .is_none_or(|project| project.list().row(&removed.id).is_some()),
                Some(Offer::Retry) => saved,
                _ => false,
            };
            !over && !untrue
        });
    }

    /// While the pointer is on one nothing goes: everything gets at least a nod from `now` on.
    pub(super) fn hold(&mut self, now: f64) {
        for until in self.queue.iter_mut().filter_map(|t| t.until.as_mut()) {
            *until = until.max(now + NOD);
        }
    }

    /// Closes one.
    pub(super) fn close(&mut self, id: u64) {
        self.queue.retain(|toast| toast.id != id);
    }

    /// Closes the newest; whether there was one.
    pub(crate) fn close_newest(&mut self) -> bool {
        self.queue.pop().is_some()
    }

    /// Seconds from `now` until the next one goes.
    pub(super) fn next_end(&self, now: f64) -> Option<f64> {
        let ends = self.queue.iter().filter_map(|toast| toast.until);
        ends.map(|end| (end - now).max(0.0)).reduce(f64::min)
    }
}

fn subject(notice: &Notice) -> Subject {
    match notice {
        Notice::Did(_) | Notice::Undid(_) | Notice::Redid(_) | Notice::NothingTo { .. } => {
            Subject::Step
        }
        Notice::NotSaved { .. } => Subject::Save,
        Notice::AlreadyTagged
        | Notice::NothingSelected
        | Notice::NothingChosen
        | Notice::NoCase
        | Notice::AllDecided
        | Notice::NothingTicked
        | Notice::NothingAgreed
        | Notice::Agreed(_)
        | Notice::NothingToDecide
        | Notice::HiddenCases(_)
        | Notice::NoFeedback
        | Notice::StillOpen(_)
        | Notice::StatusSet(_) => Subject::Advice,
        _ => Subject::Other,
    }
}

fn stay(notice: &Notice) -> Option<f64> {
    if notice.tone() == Tone::Bad {
        return None;
    }
    Some(match notice {
        Notice::Did(_)
        | Notice::Removed(_)
        | Notice::LabelKept(_)
        | Notice::Written { .. }
        | Notice::Imported(_)
        | Notice::Merged(_) => ACT,
        Notice::NothingSelected
        | Notice::NothingChosen
        | Notice::NoCase
        | Notice::AllDecided
        | Notice::NothingTicked
        | Notice::StillOpen(_)
        | Notice::NothingToDecide
        | Notice::MergedSelf
        | Notice::Busy(_) => SENTENCE,
        _ => NOD,
    })
}

fn offer(notice: &Notice) -> Option<Offer> {
    match notice {
        Notice::Did(step) => Some(Offer::Undo(step.clone())),
        Notice::Undid(_) => Some(Offer::Redo),
        Notice::Removed(removed) => Some(Offer::Restore(removed.clone())),
        Notice::NotSaved { .. } => Some(Offer::Retry),
        _ => {
            let details = words::details(notice);
            let guessed = match notice {
                Notice::Imported(imported) => imported.guessed.clone(),
                _ => Vec::new(),
            };
            (!details.is_empty()).then_some(Offer::Show(details, guessed))
        }
    }
}

#[cfg(test)]
mod tests;
