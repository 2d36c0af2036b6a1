//! The export: a format, what of the project and how; what the file would not hold, before it is
//! written; and what came of it, read back.

mod choices;
mod form;
mod outcome;
mod target;

use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
    sync::Arc,
};

use eframe::egui::{Context, Ui};

use crate::{
    annotation::{Annotator, DocumentId},
    gui::{
        controls::{self, main_button, plain_button},
        cx::Cx,
        intent::Intent,
        panels::progress,
        pick::Ask,
        strings::{tr, tr_args},
    },
    interchange::Format,
    session::{
        Command, ExportOptions, Exported, Exporting, JobKind, Project, ProjectCommand, Report,
        Session, TransferCommand,
    },
};

use super::{
    captioned::{enter, offered, scrolled},
    shell::{Place, Shell},
};
use choices::{Choices, Which};
use target::Verdict;

/// The width of the dialog, in points.
const WIDTH: f32 = 640.0;

/// The dialog. What was chosen last time stays.
#[derive(Debug, Default)]
pub(crate) struct ExportDialog {
    open: Option<Open>,
    last: Option<Choices>,
}

/// What is chosen, while it is open.
#[derive(Debug)]
struct Open {
    /// The file of the project that is exported.
    project: PathBuf,
    choices: Choices,
    /// Everybody who has a layer, models left out.
    known: Vec<Annotator>,
    /// Those of them who have decided something.
    reviewers: Vec<Annotator>,
    /// The documents that the list shows; none where it shows all.
    shown: Arc<BTreeSet<DocumentId>>,
    path: String,
    verdict: Verdict,
    /// What was foreseen last, or is being.
    foreseen: Option<ExportOptions>,
    /// What was shown last: the main button of something new has the keyboard.
    drawn: Option<Stage>,
}

/// How far an export is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stage {
    Choosing,
    Writing,
    Ended,
}

/// What a frame comes to.
enum Step {
    Write,
    Stop,
    SaveReport,
    Close,
}

impl ExportDialog {
    /// Opens it.
    pub(crate) fn open(&mut self, cx: &Cx<'_>) {
        let last = self.last.take();
        let choices = last.or_else(|| writable().into_iter().next().map(Choices::new));
        let project = cx.session.project();
        self.open = choices
            .zip(project)
            .map(|(choices, project)| Open::new(choices, project, cx.session));
    }

    /// Whether it is open.
    pub(crate) fn is_open(&self) -> bool {
        self.open.is_some()
    }

    /// A path that was chosen in a dialog for files.
    pub(crate) fn set_target(&mut self, path: &Path) {
        if let Some(open) = &mut self.open {
            open.path = path.to_string_lossy().into_owned();
            open.judge();
            open.drawn = None;
        }
    }

    /// Shows it, if it is open.
    #[must_use]
    pub(crate) fn show(&mut self, ctx: &Context, cx: &Cx<'_>) -> Vec<Intent> {
        let mut wanted = Vec::new();
        let Some(open) = &mut self.open else {
            return wanted;
        };
        // What is chosen is of one project, and goes with it.
        let project = cx.session.project().map(Project::path);
        if project != Some(open.project.as_path()) {
            self.last = self.open.take().map(|open| open.choices);
            return wanted;
        }
        let shell = Shell {
            title: tr("export-title"),
            width: WIDTH,
            place: Place::Firm,
        };
        let exporting = cx.session.ahead().exporting();
        let shown = shell.show(ctx, cx, |ui| match exporting {
            Some(Exporting::Writing) => open.writing(ui, cx),
            Some(Exporting::Ended(exported)) if exported.result.is_ok() => {
                open.ended(ui, cx, exported)
            }
            _ => open.choose(ui, cx, exporting, &mut wanted),
        });
        let step = if shown.called_off {
            Some(Step::Close)
        } else {
            shown.inner
        };
        let transfer = |command| Intent::Session(Command::Transfer(command));
        match step {
            Some(Step::Write) => wanted.extend(open.write().map(transfer)),
            Some(Step::Stop) => {
                let cancel = ProjectCommand::Cancel(JobKind::Write);
                wanted.push(Intent::Session(Command::Project(cancel)));
            }
            Some(Step::SaveReport) => wanted.push(Intent::Ask(Ask::SaveReport)),
            Some(Step::Close) => {
                self.last = self.open.take().map(|open| open.choices);
                wanted.push(transfer(TransferCommand::EndExport));
                wanted.push(Intent::FocusArticle);
            }
            None => {}
        }
        wanted
    }
}

/// The formats that are written.
fn writable() -> Vec<&'static Format> {
    offered(|format| format.write.is_some())
}

impl Open {
    fn new(mut choices: Choices, project: &Project, session: &Session) -> Self {
        let mut known = session.annotators();
        known.retain(|name| !name.is_prediction());
        let reviewers = session.reviewers();
        choices.rejected &= !reviewers.is_empty();
        choices.settle(if choices.rejected { &reviewers } else { &known });
        let mut open = Self {
            project: project.path().to_path_buf(),
            choices,
            known,
            reviewers,
            shown: Arc::default(),
            path: String::new(),
            verdict: Verdict::Fine,
            foreseen: None,
            drawn: None,
        };
        open.follow(session);
        let folder = open.is_folder();
        let path = target::suggested(Some(project), open.choices.format, folder);
        open.path = path.map_or_else(String::new, |path| path.to_string_lossy().into_owned());
        open.judge();
        open
    }

    /// Keeps up with the list: a search may still find more.
    fn follow(&mut self, session: &Session) {
        let Some(list) = session.project().map(Project::list) else {
            return;
        };
        let shown: &[usize] = if list.filter().is_empty() {
            &[]
        } else {
            list.shown()
        };
        if shown.len() != self.shown.len() {
            let rows = shown.iter().filter_map(|at| list.rows().get(*at));
            self.shown = Arc::new(rows.map(|row| row.id).collect());
        }
        if list.filter().is_empty() && self.choices.which == Which::Shown {
            self.choices.which = Which::All;
        }
    }

    /// Whose layers can be chosen.
    fn offered(&self) -> &[Annotator] {
        if self.choices.rejected {
            &self.reviewers
        } else {
            &self.known
        }
    }

    fn is_folder(&self) -> bool {
        self.choices.is_folder(self.offered())
    }

    fn target(&self) -> PathBuf {
        target::ended(&self.path, self.choices.format, self.is_folder())
    }

    fn judge(&mut self) {
        self.verdict = target::judge(&self.target(), self.is_folder());
    }

    fn options(&self) -> Result<ExportOptions, &'static str> {
        self.choices.options(self.offered(), &self.shown)
    }

    /// Whether something else was shown before.
    fn is_new(&mut self, stage: Stage) -> bool {
        self.drawn.replace(stage) != Some(stage)
    }

    fn write(&mut self) -> Option<TransferCommand> {
        let options = self.options().ok()?;
        // Once it is written it is there.
        let to = self.target();
        self.foreseen = None;
        Some(TransferCommand::Export(to, Box::new(options)))
    }

    /// The choices, what they lose, and the buttons.
    fn choose(
        &mut self,
        ui: &mut Ui,
        cx: &Cx<'_>,
        exporting: Option<&Exporting>,
        wanted: &mut Vec<Intent>,
    ) -> Option<Step> {
        self.follow(cx.session);
        let before = (self.choices.format, self.is_folder());
        let mut submitted = false;
        scrolled(ui, cx, ("export", 1.0), |ui| {
            form::show(ui, cx, self);
            submitted = form::target(ui, cx, self, wanted);
            ui.add_space(cx.tokens.space.s);
            ui.separator();
            outcome::foreseen(ui, cx, self.options().err());
            if let Some(Exporting::Ended(exported)) = exporting
                && let Err(notice) = &exported.result
            {
                outcome::failed(ui, notice);
            }
        });
        let now = (self.choices.format, self.is_folder());
        if before != now {
            self.path = target::moved(&self.path, before.0, now);
            self.judge();
        }
        if let Ok(options) = self.options()
            && self.foreseen.as_ref() != Some(&options)
        {
            self.foreseen = Some(options.clone());
            let ask = TransferCommand::Forecast(Box::new(options));
            wanted.push(Intent::Session(Command::Transfer(ask)));
        }
        self.buttons(ui, cx, submitted)
    }

    fn buttons(&mut self, ui: &mut Ui, cx: &Cx<'_>, submitted: bool) -> Option<Step> {
        let usable = self.options().is_ok() && !matches!(self.verdict, Verdict::Wrong(_));
        let words = if self.verdict == Verdict::Replaces {
            tr("export-replace")
        } else {
            tr("export-go")
        };
        ui.add_space(cx.tokens.space.s);
        ui.horizontal(|ui| {
            let go = main_button(ui, usable, words);
            if self.is_new(Stage::Choosing) {
                go.request_focus();
            }
            if plain_button(ui, tr("dialog-cancel")).clicked() {
                return Some(Step::Close);
            }
            let go = go.clicked() || enter(ui, submitted);
            (go && usable).then_some(Step::Write)
        })
        .inner
    }

    /// How far it is.
    fn writing(&mut self, ui: &mut Ui, cx: &Cx<'_>) -> Option<Step> {
        let job = progress::running(cx.session).find(|job| job.kind == JobKind::Write);
        let words = job
            .as_ref()
            .map_or(tr("job-write").to_owned(), progress::words);
        controls::caption(ui, &words);
        ui.add_space(cx.tokens.space.xs);
        let fraction = job.as_ref().and_then(|job| job.fraction);
        progress::line(ui, &words, fraction, ui.available_width());
        ui.ctx().request_repaint_after_secs(0.1);
        ui.add_space(cx.tokens.space.m);
        let stopping = job.is_some_and(|job| job.stopping);
        let stop = ui.add_enabled_ui(!stopping, |ui| plain_button(ui, tr("job-stop")));
        let stop = stop.inner.on_hover_text(tr("export-stop-hint"));
        if self.is_new(Stage::Writing) {
            stop.request_focus();
        }
        stop.clicked().then_some(Step::Stop)
    }

    /// What came of it.
    fn ended(&mut self, ui: &mut Ui, cx: &Cx<'_>, exported: &Exported) -> Option<Step> {
        let rows = if exported.report.is_some() { 2.0 } else { 1.0 };
        scrolled(ui, cx, ("exported", rows), |ui| {
            if let Ok(report) = &exported.result {
                outcome::written(ui, cx, exported, report);
            }
        });
        ui.add_space(cx.tokens.space.s);
        outcome::saved(ui, cx, exported);
        ui.horizontal(|ui| {
            let close = main_button(ui, true, tr("dialog-close"));
            if self.is_new(Stage::Ended) {
                close.request_focus();
            }
            if plain_button(ui, tr("export-save-report")).clicked() {
                return Some(Step::SaveReport);
            }
            (close.clicked() || enter(ui, false)).then_some(Step::Close)
        })
        .inner
    }
}

/// How much was written.
fn amount(report: &Report) -> String {
    let args = [
        ("documents", report.documents.into()),
        ("spans", report.spans.into()),
    ];
    tr_args("export-amount", &args)
}
