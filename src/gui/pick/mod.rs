//! Asking for files: the system's dialogs, on a thread of their own, and a path field where the
//! system has none. What was chosen comes back as intents.

mod ask;
mod dropped;
mod field;
mod native;

use std::{
    path::{Path, PathBuf},
    sync::mpsc,
    time::Duration,
};

use eframe::egui::Context;

use crate::{
    gui::{cx::Cx, intent::Intent},
    session::Session,
};

pub(crate) use ask::Ask;
pub(crate) use dropped::dropped;

use field::PathField;

/// What a system's dialog came to.
enum Answer {
    /// These were chosen.
    Chosen(Ask, Vec<PathBuf>),
    /// Nothing was chosen: it was called off, or the system offers no dialog.
    Nothing(Nothing),
}

/// A dialog that gave nothing.
struct Nothing {
    ask: Ask,
    start: Option<PathBuf>,
    /// How long it took.
    after: Duration,
}

/// A system's dialog that is being waited for.
struct Waiting {
    answer: mpsc::Receiver<Answer>,
    /// Whether the window had the keyboard when the dialog was asked for.
    had_keyboard: bool,
    /// Whether the window has lost it since: then a dialog has it.
    lost_keyboard: bool,
}

impl Waiting {
    /// Whether no dialog can have been seen: the libraries do not tell one that was called off from one
    /// that never came. Nobody calls a dialog off in a blink, and a dialog takes the keyboard.
    fn saw_none(&self, after: Duration) -> bool {
        after < BLINK || (self.had_keyboard && !self.lost_keyboard)
    }
}

/// Nobody calls a dialog off faster.
const BLINK: Duration = Duration::from_millis(350);

/// The dialog that is open, if any.
#[derive(Default)]
pub(crate) struct Picker {
    waiting: Option<Waiting>,
    field: Option<PathField>,
}

impl Picker {
    /// Asks for files. One dialog is open at a time: `false` where a second wish is dropped.
    #[must_use]
    pub(crate) fn ask(&mut self, ctx: &Context, ask: Ask, session: &Session) -> bool {
        if self.waiting.is_some() || self.field.is_some() {
            return false;
        }
        self.open(ctx, ask, session);
        true
    }

    fn open(&mut self, ctx: &Context, ask: Ask, session: &Session) {
        let project = session.project().map(crate::session::Project::path);
        let start = ask.start(project);
        self.waiting = native::open(ctx, ask, start).map(|answer| Waiting {
            answer,
            had_keyboard: ctx.input(|input| input.focused),
            lost_keyboard: false,
        });
    }

    /// What was chosen since the last frame.
    pub(crate) fn poll(&mut self, ctx: &Context) -> Option<Intent> {
        let waiting = self.waiting.as_mut()?;
        waiting.lost_keyboard |= !ctx.input(|input| input.focused);
        let answer = match waiting.answer.try_recv() {
            Err(mpsc::TryRecvError::Empty) => return None,
            answer => answer.ok(),
        };
        let waiting = self.waiting.take()?;
        match answer? {
            Answer::Chosen(ask, paths) => self.chosen(ask, paths),
            Answer::Nothing(nothing) => {
                if waiting.saw_none(nothing.after) {
                    self.field = Some(PathField::new(nothing.ask, nothing.start.as_deref()));
                }
                None
            }
        }
    }

    /// What becomes of the paths that a system's dialog gave. Some let one choose a project that is there
    /// as the name of a new one.
    fn chosen(&mut self, ask: Ask, paths: Vec<PathBuf>) -> Option<Intent> {
        let refused = paths.first().and_then(|path| ask.refused(path));
        if let (Some(trouble), Some(path)) = (refused, paths.first()) {
            self.field = Some(PathField::with(ask, path, trouble));
            return None;
        }
        ask.chosen(paths)
    }

    /// Whether the keyboard belongs to a dialog of this.
    pub(crate) fn is_open(&self) -> bool {
        self.field.is_some()
    }

    /// Draws the path field.
    pub(crate) fn show(&mut self, ctx: &Context, cx: &Cx<'_>) -> Option<Intent> {
        let answer = self.field.as_mut()?.show(ctx, cx)?;
        let field = self.field.take()?;
        match answer {
            field::Answer::Given(path) => field.into_ask().chosen(vec![path]),
            field::Answer::Cancelled => Some(Intent::FocusArticle),
        }
    }
}

/// A path as it is typed into a field.
fn as_text(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dialog_that_nobody_saw_is_told_from_one_that_was_called_off() {
        let waiting = |had_keyboard, lost_keyboard| Waiting {
            answer: mpsc::channel().1,
            had_keyboard,
            lost_keyboard,
        };
        let long = Duration::from_secs(25);
        assert!(waiting(true, false).saw_none(long), "a portal timed out");
        assert!(!waiting(true, true).saw_none(long));
        assert!(!waiting(false, true).saw_none(long));
        assert!(waiting(true, true).saw_none(Duration::from_millis(20)));
    }
}
