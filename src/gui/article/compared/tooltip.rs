//! What the pointer over a compared span tells: whose it is, its label, its note.

use eframe::egui::{Response, Ui};

use crate::{
    annotation::{LabelSet, SpanId},
    gui::{
        strings::{Arg, tr_args},
        text::BidiLabel,
        theme,
    },
};

use super::Compared;

/// The words of a span's first line: annotator, label, and whether somebody disagrees.
pub(super) fn words(
    compared: &Compared<'_>,
    labels: &LabelSet,
    (layer, span): (usize, SpanId),
) -> Option<String> {
    let found = compared.span(layer, span)?;
    let label = labels
        .resolve(&found.data.label)
        .map_or(found.data.label.as_str(), |label| label.display_en());
    let id = if compared.is_loud(layer, span) {
        "article-compared-told-loud"
    } else {
        "article-compared-told-quiet"
    };
    let args = [("n", (layer + 1).into()), ("label", Arg::Text(label))];
    Some(tr_args(id, &args))
}

/// Shows it beside the pointer, while that rests on the article.
pub(in crate::gui::article) fn show(
    response: Response,
    compared: &Compared<'_>,
    labels: &LabelSet,
    span: (usize, SpanId),
) {
    let Some(words) = words(compared, labels, span) else {
        return;
    };
    let note = compared
        .span(span.0, span.1)
        .map(|it| it.data.note.as_str());
    response.on_hover_ui_at_pointer(|ui: &mut Ui| {
        ui.set_max_width(ui.spacing().tooltip_width);
        ui.add(BidiLabel::new(&words).wrap());
        if let Some(note) = note.filter(|note| !note.is_empty()) {
            let weak = theme::tokens(ui.ctx()).ink.weak;
            ui.add(BidiLabel::new(note).color(weak).wrap());
        }
    });
}
