//! Asking for files: the system's dialogs, on a thread of their own, and a path field where the
//! system has none. What was chosen comes back as intents.

mod ask;
mod dropped;
mod field;
mod native;

use std::{
    path::{Path, PathBuf},
    sync::mpsc,
};

use eframe::egui::Context;

use crate::{
    annotation::Annotator,
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
    /// The person called it off.
    Cancelled,
    /// The system offers no dialog.
    None(Ask, Option<PathBuf>),
}

/// The dialog that is open, if any.
#[derive(Default)]
pub(crate) struct Picker {
    waiting: Option<mpsc::Receiver<Answer>>,
    field: Option<PathField>,
    /// An export of one annotator's layers, while it is asked whose.
    whose: Option<Vec<Annotator>>,
}

impl Picker {
    /// Asks for files. One dialog is open at a time: a second wish is dropped.
    pub(crate) fn ask(&mut self, ctx: &Context, ask: Ask, session: &Session) {
        if self.waiting.is_some() || self.field.is_some() || self.whose.is_some() {
            return;
        }
        if ask == Ask::ExportDoccano(None) {
            let names = session.annotators();
            match names.as_slice() {
                [only] => self.open(ctx, Ask::ExportDoccano(Some(only.clone())), session),
                [] => {
                    let me = session.annotator().clone();
                    self.open(ctx, Ask::ExportDoccano(Some(me)), session);
                }
                _ => self.whose = Some(names),
            }
            return;
        }
        self.open(ctx, ask, session);
    }

    fn open(&mut self, ctx: &Context, ask: Ask, session: &Session) {
        let project = session.project().map(crate::session::Project::path);
        let start = ask.start(project);
        self.waiting = native::open(ctx, ask, start);
    }

    /// What was chosen since the last frame.
    pub(crate) fn poll(&mut self) -> Option<Intent> {
        match self.waiting.as_ref()?.try_recv() {
            Ok(Answer::Chosen(ask, paths)) => {
                self.waiting = None;
                ask.chosen(paths)
            }
            Ok(Answer::None(ask, start)) => {
                self.waiting = None;
                self.field = Some(PathField::new(ask, start.as_deref()));
                None
            }
            Ok(Answer::Cancelled) | Err(mpsc::TryRecvError::Disconnected) => {
                self.waiting = None;
                None
            }
            Err(mpsc::TryRecvError::Empty) => None,
        }
    }

    /// Whether the keyboard belongs to a dialog of this.
    pub(crate) fn is_open(&self) -> bool {
        self.field.is_some() || self.whose.is_some()
    }

    /// Draws the path field, or the question whose layers are wanted.
    pub(crate) fn show(&mut self, ctx: &Context, cx: &Cx<'_>) -> Option<Intent> {
        if let Some(names) = &self.whose {
            let answer = field::whose(ctx, cx, names)?;
            self.whose = None;
            if let Some(annotator) = answer {
                self.open(ctx, Ask::ExportDoccano(Some(annotator)), cx.session);
            }
            return None;
        }
        let answer = self.field.as_mut()?.show(ctx, cx)?;
        let field = self.field.take()?;
        match answer {
            Some(path) => field.into_ask().chosen(vec![path]),
            None => Some(Intent::FocusArticle),
        }
    }
}

/// A path as it is typed into a field.
fn as_text(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}
