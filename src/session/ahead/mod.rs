//! What the dialogs of import and export ask before anything is done, and what came of an export while
//! its dialog watches. A newer question stops the older one.

mod forecast;
mod look;
mod merging;
#[cfg(test)]
mod merging_tests;
#[cfg(test)]
mod tests;

use std::{
    collections::VecDeque,
    path::{Path, PathBuf},
};

use crate::interchange::Loss;

use super::{
    JobKind, Notice, Report, Session, TransferCommand, output, output::Output, write_report,
};

use look::Waiting;
pub use look::{ImportChoices, Look};
pub use merging::{Merging, Stage};

/// What is known ahead.
#[derive(Debug, Default)]
pub struct Ahead {
    foreseen: Option<Foreseen>,
    exporting: Option<Exporting>,
    look: Option<Look>,
    merging: Option<Merging>,
    /// The dialog is to open on what was looked into.
    offered: bool,
    /// It is to open only once it is known that not all are articles.
    sieving: bool,
    /// What came while other files were looked into.
    waiting: VecDeque<Waiting>,
}

/// What a file would not hold.
#[derive(Clone, Debug)]
pub enum Foreseen {
    /// It is being counted.
    Pending,
    /// This.
    Loss(Loss),
    /// It cannot be told, since it cannot be written so.
    Failed(Notice),
}

/// An export that its dialog watches.
#[derive(Clone, Debug)]
pub enum Exporting {
    /// It is under way.
    Writing,
    /// It is over.
    Ended(Box<Exported>),
}

/// What came of an export.
#[derive(Clone, Debug)]
pub struct Exported {
    /// The file, or the folder.
    pub path: PathBuf,
    /// What was written, or why nothing was.
    pub result: Result<Report, Notice>,
    /// Where the report was written, or why it was not.
    pub report: Option<Result<PathBuf, Notice>>,
}

impl Ahead {
    /// What the export that was asked about last would not hold.
    pub fn foreseen(&self) -> Option<&Foreseen> {
        self.foreseen.as_ref()
    }

    /// The export that the dialog watches.
    pub fn exporting(&self) -> Option<&Exporting> {
        self.exporting.as_ref()
    }

    /// How many files and folders came while others were looked into, and wait.
    pub fn waiting(&self) -> usize {
        self.waiting.iter().map(Waiting::count).sum()
    }

    /// The merge that is asked about, looked at or under way.
    pub fn merging(&self) -> Option<&Merging> {
        self.merging.as_ref()
    }

    /// What is in the files that may come in.
    pub fn look(&self) -> Option<&Look> {
        self.look.as_ref()
    }
}

impl Session {
    /// Carries out a wish of the dialogs of import and export.
    pub(super) fn run_transfer(&mut self, command: TransferCommand) {
        match command {
            TransferCommand::Forecast(options) => self.foresee(*options),
            TransferCommand::Export(to, options) => {
                self.work.end_forecast();
                if self.write(to, Output::Watched(options)) {
                    self.ahead.exporting = Some(Exporting::Writing);
                }
            }
            TransferCommand::SaveReport(to) => self.save_report(&to),
            TransferCommand::EndExport => self.end_export(),
            TransferCommand::Offer(paths) => self.offer(paths),
            TransferCommand::Look(paths, options) => self.look_into(paths, options),
            TransferCommand::EndLook => {
                self.work.end_look();
                self.ahead.look = None;
                self.ahead.offered = false;
                self.offer_waiting();
            }
            TransferCommand::Import(paths, choices) => self.bring_chosen(paths, *choices),
            TransferCommand::Merge(command) => self.run_merge(command),
        }
    }

    /// Nobody watches any more: what is still written stops, and is told as any other file is.
    fn end_export(&mut self) {
        self.work.end_forecast();
        self.ahead.foreseen = None;
        if matches!(self.ahead.exporting.take(), Some(Exporting::Writing)) {
            self.work.cancel(JobKind::Write);
        }
    }

    /// An export of the dialog is over.
    pub(super) fn exported(&mut self, exported: Exported) {
        if self.ahead.exporting.is_some() {
            self.ahead.exporting = Some(Exporting::Ended(Box::new(exported)));
            return;
        }
        self.tell(match exported.result {
            Ok(report) => output::written(&exported.path, Ok(report)),
            Err(notice) => notice,
        });
    }

    fn save_report(&mut self, to: &Path) {
        let Some(Exporting::Ended(exported)) = &mut self.ahead.exporting else {
            return;
        };
        if let Ok(report) = &exported.result {
            let saved = write_report(report, to).map(|()| to.to_path_buf());
            exported.report = Some(saved.map_err(Notice::from));
        }
    }
}
