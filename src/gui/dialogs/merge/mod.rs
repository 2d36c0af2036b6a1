//! What other projects and datasets would bring, before it comes in: how much of which file, by whom,
//! which labels, what is in conflict and which side of it stands. Projects that were dropped are asked
//! about first: they may be opened instead.

mod conflicts;
mod found;

use std::path::PathBuf;

use eframe::egui::{Context, Key, Ui, vec2};

use crate::{
    gui::{
        controls::{self, main_button, plain_button},
        cx::Cx,
        intent::Intent,
        panels::{parts, progress},
        strings::{Arg, tr, tr_args},
        words,
    },
    session::{
        Command, MergeCommand, Merged, Merging, Notice, Progress, Project, ProjectCommand, Stage,
        TransferCommand,
    },
};

use super::{
    captioned::{enter, scrolled},
    import::waiting,
    shell::{Place, Shell},
};

/// The width of the dialog, in points.
const WIDTH: f32 = 640.0;

/// The dialog. It is open while the session has a merge.
#[derive(Debug, Default)]
pub(crate) struct MergeDialog {
    /// What stood in it in the last frame; another one gets the keyboard to its main button.
    seen: Option<Face>,
}

/// What stands in the dialog.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Face {
    Asked,
    Looking,
    Known,
    Bringing,
}

/// What a frame comes to.
enum Step {
    /// Open a project that was dropped.
    Open(PathBuf),
    /// Look at what these would bring.
    Look(Vec<PathBuf>),
    Merge,
    /// Close it, or stop what comes in.
    End,
}

impl MergeDialog {
    /// Whether it is open.
    pub(crate) fn is_open(&self) -> bool {
        self.seen.is_some()
    }

    /// Shows it, if there is a merge. With it the keyboard goes back to the article.
    #[must_use]
    pub(crate) fn show(&mut self, ctx: &Context, cx: &Cx<'_>) -> Vec<Intent> {
        let Some(merging) = cx.session.ahead().merging() else {
            let was_open = self.seen.take().is_some();
            return was_open
                .then_some(Intent::FocusArticle)
                .into_iter()
                .collect();
        };
        let face = match merging.stage {
            Stage::Asked => Face::Asked,
            Stage::Looking => Face::Looking,
            Stage::Known(_) | Stage::Failed(_) => Face::Known,
            Stage::Bringing => Face::Bringing,
        };
        let is_new = self.seen.replace(face) != Some(face);
        let shell = Shell {
            title: tr("merge-title"),
            width: WIDTH,
            place: Place::Firm,
        };
        let shown = shell.show(ctx, cx, |ui| match &merging.stage {
            Stage::Asked => asked(ui, cx, merging, is_new),
            Stage::Looking => looking(ui, cx, merging, is_new),
            Stage::Known(merged) => known(ui, cx, (merging, merged), is_new),
            Stage::Failed(notice) => failed(ui, cx, notice, is_new),
            Stage::Bringing => bringing(ui, cx, is_new),
        });
        let step = if shown.called_off {
            Some(Step::End)
        } else {
            shown.inner
        };
        step.map(wanted).unwrap_or_default()
    }
}

fn wanted(step: Step) -> Vec<Intent> {
    let merge = |command| Intent::from(Command::Transfer(TransferCommand::Merge(command)));
    match step {
        Step::Open(path) => {
            let open = Command::Project(ProjectCommand::Open(path));
            vec![merge(MergeCommand::End), open.into()]
        }
        Step::Look(paths) => vec![merge(MergeCommand::Look(paths))],
        Step::Merge => vec![merge(MergeCommand::Merge)],
        Step::End => vec![merge(MergeCommand::End)],
    }
}

/// Projects were dropped: what a drop always did comes first.
fn asked(ui: &mut Ui, cx: &Cx<'_>, merging: &Merging, is_new: bool) -> Option<Step> {
    let first = merging.paths.first()?;
    let project = cx.session.project().map(Project::name).unwrap_or_default();
    let file = words::merging::name_of(first);
    let n = merging.paths.len();
    let args = [
        ("n", n.into()),
        ("file", (&file).into()),
        ("project", (&project).into()),
    ];
    parts::sentence(ui, &tr_args("merge-dropped", &args), cx.tokens.ink.strong);
    ui.add_space(cx.tokens.space.m);
    ui.horizontal_wrapped(|ui| {
        let words = tr_args("merge-open", &[("file", (&file).into())]);
        let open = main_button(ui, true, &words);
        if is_new {
            open.request_focus();
        }
        let these = tr_args("merge-these", &[("n", n.into())]);
        if plain_button(ui, &these).clicked() {
            return Some(Step::Look(merging.paths.clone()));
        }
        if plain_button(ui, tr("dialog-cancel")).clicked() {
            return Some(Step::End);
        }
        (open.clicked() || enter(ui, false)).then(|| Step::Open(first.clone()))
    })
    .inner
}

fn looking(ui: &mut Ui, cx: &Cx<'_>, merging: &Merging, is_new: bool) -> Option<Step> {
    found::named(ui, cx, &merging.paths);
    waiting(ui, cx);
    let fraction = cx.session.work().looking_at_merge();
    let fraction = fraction.and_then(Progress::fraction);
    ui.add_space(cx.tokens.space.s);
    controls::caption(ui, tr("merge-looking"));
    ui.add_space(cx.tokens.space.xs);
    progress::line(ui, tr("merge-looking"), fraction, ui.available_width());
    ui.ctx().request_repaint_after_secs(0.1);
    ui.add_space(cx.tokens.space.m);
    let cancel = plain_button(ui, tr("dialog-cancel"));
    if is_new {
        cancel.request_focus();
    }
    cancel.clicked().then_some(Step::End)
}

/// What would come in.
fn known(
    ui: &mut Ui,
    cx: &Cx<'_>,
    (merging, merged): (&Merging, &Merged),
    is_new: bool,
) -> Option<Step> {
    let mut left_out = None;
    scrolled(ui, cx, ("merge", 1.0), |ui| {
        turn_pages(ui);
        left_out = found::files(ui, cx, &merged.files);
        waiting(ui, cx);
        if merging.names_itself {
            controls::hint(ui, tr("merge-itself"));
        }
        found::problems(ui, cx, &merged.imported);
        if merged.imported.problems.is_empty() {
            found::amount(ui, cx, merged);
            found::authors(ui, cx, merged);
            found::labels(ui, cx, merged);
            conflicts::show(ui, cx, &merged.imported.conflicts);
        }
        found::notes(ui, cx, &merged.imported);
    });
    if let Some(place) = left_out {
        let mut paths = merging.paths.clone();
        paths.remove(place.min(paths.len().saturating_sub(1)));
        return Some(Step::Look(paths));
    }
    let usable = merged.imported.problems.is_empty() && merged.brings_something();
    ui.add_space(cx.tokens.space.s);
    ui.horizontal_wrapped(|ui| {
        let n = if usable { merged.imported.edits } else { 0 };
        let go = main_button(ui, usable, &tr_args("merge-go", &[("n", n.into())]));
        let close = plain_button(ui, tr("dialog-cancel"));
        if is_new {
            if usable { &go } else { &close }.request_focus();
        }
        if close.clicked() {
            return Some(Step::End);
        }
        ((go.clicked() || enter(ui, false)) && usable).then_some(Step::Merge)
    })
    .inner
}

fn failed(ui: &mut Ui, cx: &Cx<'_>, notice: &Notice, is_new: bool) -> Option<Step> {
    let told = words::notice(notice);
    controls::warning(ui, &told.what);
    if let Some(hint) = told.hint {
        controls::hint(ui, &hint);
    }
    ui.add_space(cx.tokens.space.m);
    let close = main_button(ui, true, tr("dialog-close"));
    if is_new {
        close.request_focus();
    }
    (close.clicked() || enter(ui, false)).then_some(Step::End)
}

fn bringing(ui: &mut Ui, cx: &Cx<'_>, is_new: bool) -> Option<Step> {
    let job = cx.session.work().merging();
    let stopping = job.is_some_and(Progress::is_cancelled);
    let words = tr(if stopping {
        "job-stopping"
    } else {
        "job-merge"
    });
    controls::caption(ui, words);
    ui.add_space(cx.tokens.space.xs);
    let fraction = job.and_then(Progress::fraction);
    progress::line(ui, words, fraction, ui.available_width());
    ui.ctx().request_repaint_after_secs(0.1);
    ui.add_space(cx.tokens.space.m);
    let stop = ui.add_enabled_ui(!stopping, |ui| plain_button(ui, tr("job-stop")));
    let stop = stop.inner.on_hover_text(tr("merge-stop-hint"));
    if is_new {
        stop.request_focus();
    }
    stop.clicked().then_some(Step::End)
}

/// Page Up and Page Down turn the pages of what is too long for the window.
fn turn_pages(ui: &Ui) {
    let page = ui.clip_rect().height() * 0.9;
    let (up, down) = ui.input(|input| {
        (
            input.key_pressed(Key::PageUp),
            input.key_pressed(Key::PageDown),
        )
    });
    let by = match (up, down) {
        (true, false) => page,
        (false, true) => -page,
        _ => return,
    };
    ui.scroll_with_delta(vec2(0.0, by));
}

/// A file's name as an argument.
fn file_arg(name: &str) -> [(&'static str, Arg<'_>); 1] {
    [("file", Arg::Text(name))]
}
