//! What became of an annotator's word: one table of words and signs, for reviewers and annotators alike.

use eframe::egui::Color32;

use crate::{
    annotation::{Label, LabelId, LabelSet},
    gui::{
        icons::Icon,
        strings::{tr, tr_args},
        theme::Tokens,
    },
    session::Outcome,
};

use super::parts::word;

/// The sign of an outcome; its form tells as much as its colour.
pub(super) fn sign(outcome: Outcome, tokens: &Tokens) -> (Icon, Color32) {
    match outcome {
        Outcome::Accepted => (Icon::CheckCircle, tokens.ink.good),
        Outcome::Changed => (Icon::Pencil, tokens.ink.accent),
        Outcome::Rejected => (Icon::Close, tokens.ink.warning),
        Outcome::Missed => (Icon::Plus, tokens.ink.accent),
        Outcome::Undecided => (Icon::Question, tokens.ink.weak),
    }
}

/// A label's name for people.
pub(super) fn label_name<'l>(labels: &'l LabelSet, id: &'l LabelId) -> &'l str {
    let found = labels.resolve(id);
    found.map_or(id.as_str(), Label::display_en)
}

/// The outcome with what it is about, on one line. `spans`: labels' names and texts.
pub(super) fn line(outcome: Outcome, spans: &[(String, String)]) -> String {
    let what = spans_line(spans);
    let verdict = match outcome {
        Outcome::Accepted => tr("outcome-accepted"),
        Outcome::Changed if what.is_empty() => tr("outcome-changed"),
        Outcome::Changed => tr("outcome-changed-to"),
        Outcome::Rejected => tr("outcome-rejected"),
        Outcome::Missed => tr("outcome-missed"),
        Outcome::Undecided => tr("outcome-undecided"),
    };
    if what.is_empty() {
        return verdict.to_owned();
    }
    let args = [("verdict", word(verdict)), ("what", word(&what))];
    tr_args("outcome-line", &args)
}

/// Spans in words: `PERSON سمير, LOCATION أوسلو`.
pub(super) fn spans_line(spans: &[(String, String)]) -> String {
    let spans = spans.iter().map(|(label, text)| {
        let args = [("label", label.into()), ("text", text.into())];
        tr_args("outcome-span", &args)
    });
    let spans: Vec<String> = spans.collect();
    spans.join(", ")
}
