//! What would be lost by closing the window or the project, and what is to become of it. It looks
//! at the session in each frame: once everything is saved, the app goes on by itself.

use eframe::egui::{Context, Ui};

use crate::{
    gui::{
        controls,
        cx::Cx,
        intent::{Intent, LeaveAnswer},
        strings::{Arg, tr, tr_args},
        text::BidiLabel,
    },
    session::{Held, JobKind},
};

use super::shell::{Place, Shell};

/// Width of the dialog, in points.
const WIDTH: f32 = 480.0;

/// The question, while it is open.
#[derive(Debug, Default)]
pub(crate) struct LeaveDialog {
    /// Whether the window is to close, and not only the project.
    open: Option<bool>,
}

impl LeaveDialog {
    /// Asks. `quit`: the window is to close, and not only the project.
    pub(crate) fn open(&mut self, quit: bool) {
        self.open = Some(quit);
    }

    /// Asks no more.
    pub(crate) fn close(&mut self) {
        self.open = None;
    }

    /// Whether it is open.
    pub(crate) fn is_open(&self) -> bool {
        self.open.is_some()
    }

    /// Shows the question, if it is asked.
    #[must_use]
    pub(crate) fn show(&mut self, ctx: &Context, cx: &Cx<'_>) -> Option<Intent> {
        let quit = self.open?;
        let held = cx.session.held()?;
        let shell = Shell {
            title: tr(title(&held)),
            width: WIDTH,
            place: Place::Middle,
        };
        let shown = shell.show(ctx, cx, |ui| {
            for sentence in sentences(&held) {
                ui.add(BidiLabel::new(&sentence).wrap());
            }
            controls::hint(
                ui,
                tr(if quit {
                    "leave-waits-quit"
                } else {
                    "leave-waits"
                }),
            );
            ui.add_space(cx.tokens.space.m);
            answers(ui, &held, quit)
        });
        let called_off = shown.called_off.then_some(LeaveAnswer::Stay);
        shown.inner.or(called_off).map(Intent::Leave)
    }
}

fn title(held: &Held) -> &'static str {
    match (held.unsaved, held.job) {
        (0, Some(JobKind::Import)) => "leave-import",
        (0, Some(JobKind::Merge)) => "leave-merge",
        (0, Some(JobKind::Agree)) => "leave-agree",
        (0, _) => "leave-write",
        _ => "leave-unsaved",
    }
}

/// What would be lost, and why.
fn sentences(held: &Held) -> Vec<String> {
    let mut all = Vec::new();
    if held.unsaved > 0 {
        all.push(tr_args("leave-edits", &[("n", held.unsaved.into())]));
        all.extend(
            held.why
                .as_deref()
                .map(|why| tr_args("leave-why", &[("why", Arg::Word(why))])),
        );
    }
    match held.job {
        Some(JobKind::Import) => all.push(tr("leave-import-cut").to_owned()),
        Some(JobKind::Merge | JobKind::Agree) => all.push(tr("leave-merge-cut").to_owned()),
        Some(_) => all.push(tr("leave-write-cut").to_owned()),
        None => {}
    }
    all
}

fn answers(ui: &mut Ui, held: &Held, quit: bool) -> Option<LeaveAnswer> {
    let mut answer = None;
    ui.horizontal_wrapped(|ui| {
        if controls::main_button(ui, true, tr("leave-stay")).clicked() {
            answer = Some(LeaveAnswer::Stay);
        }
        if held.unsaved > 0 {
            if controls::plain_button(ui, tr("leave-retry")).clicked() {
                answer = Some(LeaveAnswer::Retry);
            }
            if controls::plain_button(ui, tr("leave-copy")).clicked() {
                answer = Some(LeaveAnswer::SaveCopy);
            }
        }
        let anyway = tr(if quit {
            "leave-anyway-quit"
        } else {
            "leave-anyway"
        });
        if controls::plain_button(ui, anyway).clicked() {
            answer = Some(LeaveAnswer::Anyway);
        }
    });
    answer
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_says_what_would_be_lost_and_why() {
        let held = Held {
            unsaved: 2,
            why: Some("the disk is full".to_owned()),
            job: Some(JobKind::Import),
        };
        let words = sentences(&held);
        assert_eq!(words.len(), 3);
        assert!(words[0].starts_with("2 changes"), "{words:?}");
        assert!(words[1].contains("the disk is full"), "{words:?}");
        assert_eq!(title(&held), "leave-unsaved");
    }
}
