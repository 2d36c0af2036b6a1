//! The labels that are not in use any more: spans may still have them, and each can be used again.

use eframe::egui::{Align, Layout, Ui};

use crate::{
    annotation::{Label, LabelFate, LabelSet},
    gui::{
        controls::{self, Look},
        cx::Cx,
        icons::Icon,
        intent::Intent,
        strings::{tr, tr_args},
        text::BidiLabel,
    },
};

use super::{change, wish};

/// Shows them, if there are any.
pub(super) fn show(ui: &mut Ui, cx: &Cx<'_>, intents: &mut Vec<Intent>) {
    let labels = cx.session.labels();
    if labels.labels.iter().all(Label::is_active) {
        return;
    }
    ui.add_space(cx.tokens.space.l);
    controls::caption(ui, tr("labels-out-of-use"));
    for label in labels.labels.iter().filter(|label| !label.is_active()) {
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = cx.tokens.space.s;
            ui.set_min_height(cx.tokens.space.row);
            controls::sample_ui(ui, Look::from(label));
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                let name = tr_args("labels-use-again", &[("label", label.display_en().into())]);
                if controls::icon_button(ui, Icon::ArrowClockwise, &name).clicked() {
                    intents.extend(change::use_again(labels, &label.id).map(wish));
                }
                ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                    ui.add(BidiLabel::new(&told(labels, label)).color(cx.tokens.ink.weak));
                });
            });
        });
    }
}

/// The label's name, and what it was merged into.
fn told(labels: &LabelSet, label: &Label) -> String {
    let name = label.display_en();
    match &label.fate {
        LabelFate::MergedInto(into) => {
            let into = labels.get(into).map_or(into.as_str(), Label::display_en);
            tr_args(
                "labels-merged-into",
                &[("label", name.into()), ("into", into.into())],
            )
        }
        LabelFate::Active | LabelFate::Retired => name.to_owned(),
    }
}
