//! What becomes of the spans of a label that is to be removed: another label's, or they keep it.
//! None of them is lost.

use eframe::egui::{Align, Context, Id, Layout, Modal, Ui};

use crate::{
    annotation::{Label, LabelId},
    gui::{
        controls,
        cx::Cx,
        intent::Intent,
        panels::parts,
        strings::{tr, tr_args},
        text::BidiLabel,
    },
    session::{Command, Usage},
};

use super::label_set::change;

/// Width of the dialog, in points.
const WIDTH: f32 = 440.0;

/// What is to become of the spans.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Fate {
    Retire,
    Merge(LabelId),
}

/// The question, while it is open.
#[derive(Debug, Default)]
pub(crate) struct RemoveLabelDialog {
    asked: Option<Asked>,
}

#[derive(Debug)]
struct Asked {
    label: LabelId,
    /// How many spans count as its; `None` where the project could not be asked.
    usage: Option<Usage>,
    fate: Fate,
}

impl RemoveLabelDialog {
    /// Asks about a label.
    pub(crate) fn open(&mut self, label: LabelId, cx: &Cx<'_>) {
        let usage = cx.session.label_usage().ok();
        let usage = usage.map(|usage| change::spans_of(cx.session.labels(), &usage, &label));
        self.asked = Some(Asked {
            label,
            usage,
            fate: Fate::Retire,
        });
    }

    /// Whether it is open.
    pub(crate) fn is_open(&self) -> bool {
        self.asked.is_some()
    }

    /// Shows the question, if it is asked.
    #[must_use]
    pub(crate) fn show(&mut self, ctx: &Context, cx: &Cx<'_>) -> Vec<Intent> {
        let mut intents = Vec::new();
        let Some(asked) = &mut self.asked else {
            return intents;
        };
        let Some(label) = cx.session.labels().get(&asked.label) else {
            self.asked = None;
            return intents;
        };
        let shown = Modal::new(Id::unique("remove a label"))
            .frame(parts::raised(cx.tokens))
            .show(ctx, |ui| {
                ui.set_width(WIDTH);
                ask(ui, cx, label, asked)
            });
        let answer = shown.inner;
        if answer == Some(true) {
            let labels = cx.session.labels();
            let change = match &asked.fate {
                Fate::Retire => Some(change::retire(&asked.label)),
                Fate::Merge(into) => change::merge(labels, &asked.label, into),
            };
            intents.extend(change.map(|change| Command::Labels(change).into()));
        }
        if answer.is_some() || shown.should_close() {
            self.asked = None;
        }
        intents
    }
}

/// The question; gives whether the label is to be removed, once that is decided.
fn ask(ui: &mut Ui, cx: &Cx<'_>, label: &Label, asked: &mut Asked) -> Option<bool> {
    let name = label.display_en();
    ui.add(
        BidiLabel::new(&tr_args("remove-label-title", &[("label", name.into())]))
            .bold()
            .size(cx.tokens.text.heading),
    );
    let words = match asked.usage {
        Some(usage) => tr_args(
            "remove-label-used",
            &[
                ("spans", usage.spans.into()),
                ("layers", usage.layers.into()),
            ],
        ),
        None => tr("remove-label-unknown").to_owned(),
    };
    ui.add(BidiLabel::new(&words).wrap());
    ui.add_space(cx.tokens.space.s);
    let retire = asked.fate == Fate::Retire;
    if ui.radio(retire, tr("remove-label-retire")).clicked() {
        asked.fate = Fate::Retire;
    }
    for other in change::merge_targets(cx.session.labels(), &label.id) {
        let words = tr_args(
            "remove-label-merge",
            &[("label", other.display_en().into())],
        );
        let fate = Fate::Merge(other.id.clone());
        if ui.radio(asked.fate == fate, words).clicked() {
            asked.fate = fate;
        }
    }
    controls::hint(ui, tr("remove-label-hint"));
    ui.add_space(cx.tokens.space.s);
    let mut answer = None;
    ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
        if controls::main_button(ui, true, tr("remove-label-do")).clicked() {
            answer = Some(true);
        }
        if controls::plain_button(ui, tr("dialog-cancel")).clicked() {
            answer = Some(false);
        }
    });
    answer
}
