//! Whether what all annotators agree on is to be taken over, and how much that is: on the article, and in the
//! whole project. It also asks before an article is adjudicated that lacks it.

use eframe::egui::{Context, Ui, vec2};

use crate::{
    gui::{
        controls::{self, main_button, plain_button},
        cx::Cx,
        intent::Intent,
        strings::{tr, tr_args},
        words,
    },
    session::{AgreedAhead, Command, ReviewCommand, Session},
};

use super::shell::{Place, Shell};

/// The width of the dialog, in points.
const WIDTH: f32 = 480.0;

/// The question, while it is open.
#[derive(Debug, Default)]
pub(crate) struct TakeAgreedDialog {
    is_open: bool,
    is_new: bool,
    /// It was asked since the article is to be adjudicated.
    finishes: bool,
    /// How many spans of the article would come in.
    here: usize,
}

/// What is to be done.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Answer {
    Here,
    Everywhere,
    Finish,
    Nothing,
}

impl TakeAgreedDialog {
    /// Asks; `finishes`: before the article is adjudicated.
    pub(crate) fn open(&mut self, finishes: bool, session: &Session) {
        *self = Self {
            is_open: true,
            is_new: true,
            finishes,
            here: session.agreed_here(),
        };
    }

    /// Whether it is open.
    pub(crate) fn is_open(&self) -> bool {
        self.is_open
    }

    /// Shows the question, if it is asked.
    #[must_use]
    pub(crate) fn show(&mut self, ctx: &Context, cx: &Cx<'_>) -> Vec<Intent> {
        let review = cx.session.review();
        let Some(opened) = review.opened().filter(|_| self.is_open) else {
            self.is_open = false;
            return Vec::new();
        };
        let shell = Shell {
            title: tr("take-agreed-title"),
            width: WIDTH,
            place: Place::Middle,
        };
        let who = opened.sides().len();
        let shown = shell.show(ctx, cx, |ui| {
            self.tell(ui, who);
            if !self.finishes {
                whole_project(ui, review.agreed());
            }
            ui.add_space(8.0);
            self.ask(ui, review.agreed())
        });
        self.is_new = false;
        let called_off = shown.called_off.then_some(Answer::Nothing);
        let Some(answer) = shown.inner.or(called_off) else {
            return Vec::new();
        };
        self.is_open = false;
        let mut wanted = vec![Intent::FocusArticle];
        let mut run = |command| wanted.push(Command::Review(command).into());
        match answer {
            Answer::Here => run(ReviewCommand::TakeAgreed),
            Answer::Everywhere => run(ReviewCommand::TakeAllAgreed),
            Answer::Finish | Answer::Nothing => {}
        }
        let finishes = self.finishes && answer != Answer::Nothing;
        run(if finishes {
            ReviewCommand::Finish
        } else {
            ReviewCommand::LookAtAgreed(false)
        });
        wanted
    }

    fn tell(&self, ui: &mut Ui, who: usize) {
        let args = [("n", self.here.into()), ("who", who.into())];
        let words = if who > 1 {
            "take-agreed-here"
        } else {
            "take-agreed-only"
        };
        controls::hint(ui, &tr_args(words, &args));
        if self.finishes {
            controls::hint(ui, tr("take-agreed-finish"));
        }
        if self.here > 0 {
            controls::hint(ui, tr("take-agreed-undo"));
        }
    }

    /// The answers; gives the one that is chosen.
    fn ask(&self, ui: &mut Ui, ahead: Option<&AgreedAhead>) -> Option<Answer> {
        let mut answer = None;
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing = vec2(8.0, 8.0);
            let words = if self.finishes {
                tr("take-agreed-do-finish")
            } else {
                tr("take-agreed-do")
            };
            let main = main_button(ui, self.here > 0, words);
            if self.is_new {
                main.request_focus();
            }
            if main.clicked() {
                answer = Some(Answer::Here);
            }
            if self.finishes && plain_button(ui, tr("take-agreed-just-finish")).clicked() {
                answer = Some(Answer::Finish);
            }
            let some = matches!(ahead, Some(AgreedAhead::Known(found)) if found.spans > 0);
            if !self.finishes && some && plain_button(ui, tr("take-agreed-do-all")).clicked() {
                answer = Some(Answer::Everywhere);
            }
            if plain_button(ui, tr("dialog-cancel")).clicked() {
                answer = Some(Answer::Nothing);
            }
        });
        answer
    }
}

/// What would come in from the whole project.
fn whole_project(ui: &mut Ui, ahead: Option<&AgreedAhead>) {
    ui.add_space(4.0);
    let told = match ahead {
        Some(AgreedAhead::Known(found)) => tr_args(
            "take-agreed-all",
            &[
                ("spans", found.spans.into()),
                ("documents", found.documents.into()),
                ("shared", found.shared.into()),
            ],
        ),
        Some(AgreedAhead::Failed(notice)) => words::notice(notice).what,
        Some(AgreedAhead::Counting) | None => tr("take-agreed-counting").to_owned(),
    };
    controls::hint(ui, &told);
}
