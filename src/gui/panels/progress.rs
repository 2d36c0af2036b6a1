//! What runs in the background, shown once it has taken 200 ms: a thin line and a cancel button in the
//! status, and for an import a card of its own.

use eframe::egui::{self, Response, Ui, accesskit::Role, vec2};

use crate::{
    gui::{
        cx::Cx,
        icons::Icon,
        intent::Intent,
        strings::{tr, tr_args},
    },
    session::{Command, JobKind, ProjectCommand, Session},
};

use super::parts;

/// A job as it is shown.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Running {
    /// What it is for.
    pub(crate) kind: JobKind,
    /// How far it is, 0 to 1, where that is known.
    pub(crate) fraction: Option<f32>,
    /// How many steps are done.
    pub(crate) done: u64,
    /// Whether it was asked to stop.
    pub(crate) stopping: bool,
}

/// The jobs to show.
pub(crate) fn running(session: &Session) -> impl Iterator<Item = Running> {
    session.work().shown().map(|(kind, progress)| Running {
        kind,
        fraction: progress.fraction(),
        done: progress.done(),
        stopping: progress.is_cancelled(),
    })
}

/// What a job does, and how far it is: `Bringing in articles… 45 %`.
pub(crate) fn words(running: &Running) -> String {
    if running.stopping {
        return tr("job-stopping").to_owned();
    }
    let what = match running.kind {
        JobKind::Import => tr("job-import"),
        JobKind::Merge => tr("job-merge"),
        JobKind::Write => tr("job-write"),
        JobKind::Search => tr("job-search"),
        JobKind::Forecast => tr("export-foreseeing"),
        JobKind::Look => tr("import-looking"),
        JobKind::Count => tr("job-counting"),
        JobKind::Agree => tr("job-agree"),
        JobKind::Threads => tr("comments-reading"),
        JobKind::Figures => tr("dashboard-computing"),
    };
    match running.fraction {
        Some(fraction) => {
            let percent = (fraction.clamp(0.0, 1.0) * 100.0).floor();
            tr_args(
                "job-percent",
                &[("what", parts::word(what)), ("n", parts::number(percent))],
            )
        }
        None if running.done > 0 => tr_args(
            "job-count",
            &[("what", parts::word(what)), ("n", running.done.into())],
        ),
        None => what.to_owned(),
    }
}

/// A line as wide as `width` points, filled as far as the job is; while nobody knows how far, a
/// piece of it wanders.
pub(crate) fn line(ui: &mut Ui, name: &str, fraction: Option<f32>, width: f32) -> Response {
    let tokens = crate::gui::theme::tokens(ui.ctx());
    let size = vec2(width, tokens.space.xs);
    let (rect, response) = ui.allocate_exact_size(size, egui::Sense::hover());
    let radius = size.y / 2.0;
    let (from, to) = match fraction {
        Some(fraction) => (0.0, fraction.clamp(0.0, 1.0)),
        None => wandering(ui.input(|input| input.time) as f32),
    };
    let mut filled = rect;
    filled.min.x = rect.left() + width * from;
    filled.max.x = rect.left() + width * to;
    ui.painter()
        .rect_filled(rect, radius, tokens.surface.pressed);
    ui.painter().rect_filled(filled, radius, tokens.ink.accent);
    parts::node(&response, |node| {
        node.set_role(Role::ProgressIndicator);
        node.set_label(name.to_owned());
        node.set_min_numeric_value(0.0);
        node.set_max_numeric_value(1.0);
        if let Some(fraction) = fraction {
            node.set_numeric_value(f64::from(fraction));
        }
    });
    response
}

/// The ends of a piece that wanders from end to end, at `time` seconds.
fn wandering(time: f32) -> (f32, f32) {
    const PIECE: f32 = 0.3;
    let at = (time * 1.6).sin().mul_add(0.5, 0.5) * (1.0 - PIECE);
    (at, at + PIECE)
}

/// A job in the status: words, line, cancel.
pub(super) fn inline(ui: &mut Ui, running: &Running) -> Option<Intent> {
    let words = words(running);
    parts::quiet(ui, &words);
    line(ui, &words, running.fraction, 64.0);
    ui.ctx().request_repaint_after_secs(0.1);
    let cancel = parts::small_icon(ui, Icon::Close, tr("job-cancel"));
    (cancel.clicked() && !running.stopping).then(|| stop(running.kind))
}

/// The card of an import, to be laid where toasts are: words, line, cancel.
pub(crate) fn card(ui: &mut Ui, cx: &Cx<'_>) -> Option<Intent> {
    let import = running(cx.session).find(|job| job.kind == JobKind::Import)?;
    let words = words(&import);
    let mut wanted = None;
    parts::raised(cx.tokens).show(ui, |ui| {
        ui.set_width(ui.available_width());
        parts::sentence(ui, &words, cx.tokens.ink.strong);
        ui.add_space(cx.tokens.space.xs);
        line(ui, &words, import.fraction, ui.available_width());
        ui.add_space(cx.tokens.space.xs);
        let cancel = ui.add_enabled(!import.stopping, egui::Button::new(tr("job-stop")));
        wanted = cancel
            .on_hover_text(tr("job-stop-hint"))
            .clicked()
            .then(|| stop(import.kind));
    });
    ui.ctx().request_repaint_after_secs(0.1);
    wanted
}

/// Stops what runs for this, and nothing else.
fn stop(kind: JobKind) -> Intent {
    Command::Project(ProjectCommand::Cancel(kind)).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn job(kind: JobKind, fraction: Option<f32>, done: u64) -> Running {
        Running {
            kind,
            fraction,
            done,
            stopping: false,
        }
    }

    #[test]
    fn a_job_tells_its_share_else_its_count_else_its_name() {
        assert_eq!(
            words(&job(JobKind::Import, Some(0.459), 3)),
            "Bringing in articles… 45 %"
        );
        assert_eq!(
            words(&job(JobKind::Search, None, 3)),
            "Searching the texts… 3"
        );
        assert_eq!(words(&job(JobKind::Write, None, 0)), "Writing…");
        let stopping = Running {
            stopping: true,
            ..job(JobKind::Import, Some(0.5), 3)
        };
        assert_eq!(words(&stopping), "Stopping…");
    }

    #[test]
    fn the_wandering_piece_stays_on_the_line() {
        for step in 0_u8..200 {
            let (from, to) = wandering(f32::from(step) * 0.1);
            assert!(from >= 0.0 && to <= 1.0 && from < to, "{from} {to}");
        }
    }
}
