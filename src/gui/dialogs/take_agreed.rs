//! Whether what all annotators agree on is to be taken over, and how much that is.

use eframe::egui::{Context, Ui, vec2};

use crate::{
    gui::{
        controls::{self, main_button, plain_button},
        cx::Cx,
        intent::Intent,
        strings::{tr, tr_args},
    },
    session::{Command, ReviewCommand, Reviewed},
};

use super::shell::{Place, Shell};

/// The width of the dialog, in points.
const WIDTH: f32 = 440.0;

/// The question, while it is open.
#[derive(Debug, Default)]
pub(crate) struct TakeAgreedDialog {
    is_open: bool,
    is_new: bool,
}

impl TakeAgreedDialog {
    /// Asks.
    pub(crate) fn open(&mut self) {
        self.is_open = true;
        self.is_new = true;
    }

    /// Whether it is open.
    pub(crate) fn is_open(&self) -> bool {
        self.is_open
    }

    /// Shows the question, if it is asked.
    #[must_use]
    pub(crate) fn show(&mut self, ctx: &Context, cx: &Cx<'_>) -> Vec<Intent> {
        let Some(opened) = cx.session.review().opened().filter(|_| self.is_open) else {
            self.is_open = false;
            return Vec::new();
        };
        let shell = Shell {
            title: tr("take-agreed-title"),
            width: WIDTH,
            place: Place::Middle,
        };
        let is_new = std::mem::take(&mut self.is_new);
        let shown = shell.show(ctx, cx, |ui| ask(ui, opened, is_new));
        if shown.inner.is_none() && !shown.called_off {
            return Vec::new();
        }
        self.is_open = false;
        let mut wanted = vec![Intent::FocusArticle];
        if shown.inner == Some(true) {
            wanted.push(Command::Review(ReviewCommand::TakeAgreed).into());
        }
        wanted
    }
}

/// The question; gives the answer once there is one.
fn ask(ui: &mut Ui, opened: &Reviewed, is_new: bool) -> Option<bool> {
    let args = [
        ("n", opened.agreed_count().into()),
        ("who", opened.sides().len().into()),
    ];
    controls::hint(ui, &tr_args("take-agreed-here", &args));
    controls::hint(ui, tr("take-agreed-undo"));
    controls::hint(ui, tr("take-agreed-project"));
    ui.add_space(8.0);
    let mut answer = None;
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing = vec2(8.0, 0.0);
        let main = main_button(ui, true, tr("take-agreed-do"));
        if is_new {
            main.request_focus();
        }
        if main.clicked() {
            answer = Some(true);
        }
        if plain_button(ui, tr("dialog-cancel")).clicked() {
            answer = Some(false);
        }
    });
    answer
}
