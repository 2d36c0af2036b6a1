//! What an export loses, before it is written; and what was written, read back and compared.

use eframe::egui::{Color32, Ui};

use crate::{
    gui::{
        controls,
        cx::Cx,
        icons::Icon,
        panels::parts,
        strings::{Arg, tr, tr_args},
        text::BidiLabel,
        words,
    },
    interchange::{Loss, LossEntry},
    session::{Exported, Foreseen, Notice, Report},
    text::bidi::isolate,
};

use super::{super::shell::part, amount};

/// So many examples of a kind are shown.
const EXAMPLES: usize = 3;

/// What would be lost, or what is `wrong` with the choices.
pub(super) fn foreseen(ui: &mut Ui, cx: &Cx<'_>, wrong: Option<&str>) {
    part(ui, cx, tr("export-loss"));
    if let Some(wrong) = wrong {
        controls::warning(ui, wrong);
        return;
    }
    match cx.session.ahead().foreseen() {
        None | Some(Foreseen::Pending) => {
            controls::hint(ui, tr("export-foreseeing"));
        }
        Some(Foreseen::Loss(loss)) => lost(ui, cx, loss),
        Some(Foreseen::Failed(notice)) => failed(ui, notice),
    }
}

/// Why nothing can be, or was, written.
pub(super) fn failed(ui: &mut Ui, notice: &Notice) {
    let told = words::notice(notice);
    controls::warning(ui, &told.what);
    if let Some(hint) = told.hint {
        controls::hint(ui, &hint);
    }
}

/// A line after a sign.
fn signed(ui: &mut Ui, cx: &Cx<'_>, (icon, ink): (Icon, Color32), words: &str) {
    ui.horizontal_top(|ui| {
        parts::sign(ui, icon, cx.tokens.text.heading, ink);
        parts::sentence(ui, words, ink);
    });
}

/// What is lost, counted, with examples.
fn lost(ui: &mut Ui, cx: &Cx<'_>, loss: &Loss) {
    let ink = &cx.tokens.ink;
    if loss.is_empty() {
        signed(ui, cx, (Icon::CheckCircle, ink.good), tr("export-no-loss"));
    }
    // What is of the annotations comes before what is of the work.
    let (work, annotations): (Vec<_>, Vec<_>) = loss
        .entries()
        .iter()
        .partition(|entry| entry.kind.is_of_work());
    for entry in annotations.into_iter().chain(work) {
        kind(ui, cx, entry);
    }
}

fn kind(ui: &mut Ui, cx: &Cx<'_>, entry: &LossEntry) {
    let ink = &cx.tokens.ink;
    let (icon, color) = if entry.kind.is_of_work() {
        (Icon::Info, ink.weak)
    } else {
        (Icon::Warning, ink.warning)
    };
    let kind = Arg::Word(entry.kind.text(entry.count));
    let words = tr_args("told-loss", &[("n", entry.count.into()), ("kind", kind)]);
    signed(ui, cx, (icon, color), &words);
    ui.indent(entry.kind, |ui| {
        for example in entry.examples.iter().take(EXAMPLES) {
            match &example.span {
                Some(span) => {
                    ui.add(BidiLabel::new(&readable(span)));
                    parts::quiet(ui, &example.document);
                }
                None => {
                    ui.add(BidiLabel::new(&example.document));
                }
            }
        }
        let more = entry.count.saturating_sub(EXAMPLES);
        if more > 0 && entry.examples.len() >= EXAMPLES {
            parts::quiet(ui, &tr_args("export-more", &[("n", more.into())]));
        }
    });
}

/// A span as `LABEL: text`, whose text keeps its own direction to its last sign.
fn readable(span: &str) -> String {
    match span.split_once(": ") {
        Some((label, text)) => format!("{}: {}", isolate(label), isolate(text)),
        None => isolate(span),
    }
}

/// What was written, and how it reads back.
pub(super) fn written(ui: &mut Ui, cx: &Cx<'_>, exported: &Exported, report: &Report) {
    let ink = &cx.tokens.ink;
    signed(ui, cx, (Icon::CheckCircle, ink.good), &amount(report));
    ui.add(BidiLabel::new(&exported.path.to_string_lossy()).wrap());
    if report.files > 1 {
        let files = tr_args("export-files", &[("n", report.files.into())]);
        parts::quiet(ui, &files);
    }
    part(ui, cx, tr("export-read-back"));
    if report.differs() {
        let words = tr_args("export-differs", &[("n", report.differing.into())]);
        signed(ui, cx, (Icon::WarningCircle, ink.danger), &words);
        for difference in report.differences.iter().take(EXAMPLES) {
            let args = [
                ("title", (&difference.document).into()),
                ("what", (&difference.what).into()),
            ];
            controls::hint(ui, &tr_args("export-difference", &args));
        }
        for problem in report.problems.iter().take(EXAMPLES) {
            controls::hint(ui, problem);
        }
    } else {
        signed(ui, cx, (Icon::CheckCircle, ink.good), tr("export-equal"));
    }
    part(ui, cx, tr("export-lost"));
    lost(ui, cx, &report.loss);
}

/// What became of the report's file.
pub(super) fn saved(ui: &mut Ui, cx: &Cx<'_>, exported: &Exported) {
    match &exported.report {
        Some(Ok(path)) => {
            let path = path.to_string_lossy();
            let words = tr_args("export-report-saved", &[("path", (&*path).into())]);
            ui.horizontal(|ui| {
                parts::sign(ui, Icon::Check, cx.tokens.text.heading, cx.tokens.ink.weak);
                parts::quiet(ui, &words);
            });
        }
        Some(Err(notice)) => controls::warning(ui, &words::notice(notice).what),
        None => {}
    }
}
