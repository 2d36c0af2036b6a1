//! The case that is being decided: how the annotators differ, what is said, what can be decided, and what was.

use eframe::egui::{Button, RichText, Ui};

use crate::gui::{
    commands::{CommandId, DocumentCommand, ReviewCommand},
    controls,
    cx::Cx,
    enabled::enabled,
    icons::Icon,
    intent::Intent,
    panels::{inspector::when, outcome, parts},
    strings::{tr, tr_args},
    text::BidiLabel,
};

use super::{
    answer, nobody,
    reason::ReasonField,
    view::{CaseView, Told},
    words,
};

/// The class, where it stands among the others, and how it stands: what is always seen above the answers.
pub(super) fn title(ui: &mut Ui, cx: &Cx<'_>, case: &CaseView, wanted: &mut Vec<Intent>) {
    let class = match &case.relation {
        Some(kind) => tr_args("review-relation", &[("kind", kind.as_str().into())]),
        None if case.is_gone => tr("review-gone").to_owned(),
        None => words::classes(&case.classes),
    };
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = [cx.tokens.space.xs, 0.0].into();
        ui.spacing_mut().interact_size.y = cx.tokens.space.l;
        ui.add(BidiLabel::new(&class).bold().size(cx.tokens.text.heading));
        let (words, icon, ink) = words::standing(case.standing, cx.tokens);
        parts::sign(ui, icon, cx.tokens.text.body, ink);
        let words = match case.at {
            Some((at, all)) => tr_args(
                "review-standing-at",
                &[
                    ("what", parts::word(words)),
                    ("at", at.into()),
                    ("all", all.into()),
                ],
            ),
            None => words.to_owned(),
        };
        ui.add(BidiLabel::new(&words).size(cx.tokens.text.small).color(ink));
        if case.threads > 0 {
            threads(ui, cx, case.threads, wanted);
        }
    });
}

/// That there are comments on it; a click shows them.
fn threads(ui: &mut Ui, cx: &Cx<'_>, n: usize, wanted: &mut Vec<Intent>) {
    let words = tr_args("review-threads", &[("n", n.into())]);
    let command = CommandId::Document(DocumentCommand::Comments);
    let (size, ink) = (cx.tokens.text.small, cx.tokens.ink.accent);
    let sign = format!("{}{n}", Icon::Chat.char());
    ui.spacing_mut().button_padding.x = 2.0;
    let button = Button::new(RichText::new(sign).size(size).color(ink))
        .frame_when_inactive(false)
        .min_size([0.0, cx.tokens.space.l].into());
    let tooltip = format!("{words} · {}", command.row().tooltip());
    let button = ui.add(button).accessible_name(&words);
    if button.on_hover_text(tooltip).clicked() {
        wanted.push(Intent::Comments);
    }
}

/// What was decided before, what is said, and who says nothing: what scrolls where it has no room.
pub(super) fn said(ui: &mut Ui, cx: &Cx<'_>, case: &CaseView, wanted: &mut Vec<Intent>) {
    ui.spacing_mut().item_spacing.y = cx.tokens.space.xs;
    if case.is_gone {
        controls::hint(ui, tr("review-gone-hint"));
    }
    for told in &case.told {
        controls::hint(ui, &format!("\u{200E}{}", decided(told)));
    }
    answer::lost(ui, cx, case);
    for one in &case.answers {
        answer::show(ui, cx, case, one, wanted);
    }
    answer::without(ui, cx, case);
}

/// What was decided before, by whom, when and why.
fn decided(told: &Told) -> String {
    let what = match told.outcome {
        Some(what) => outcome::line(what, &told.spans),
        None => tr("told-agreed").to_owned(),
    };
    let when = when(&told.stamp);
    let args = [
        ("what", parts::word(&what)),
        ("who", (&told.who).into()),
        ("when", parts::word(&when)),
        ("why", (&told.why).into()),
    ];
    if told.why.is_empty() {
        tr_args("told-line", &args)
    } else {
        tr_args("told-line-because", &args)
    }
}

/// What can be decided, and why: it stays below the answers, however many there are. `is_low`: in little room.
pub(super) fn decide(
    ui: &mut Ui,
    cx: &Cx<'_>,
    (reason, is_low): (&mut ReasonField, bool),
    wanted: &mut Vec<Intent>,
) {
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = [cx.tokens.space.xs; 2].into();
        if !cx.session.review().ticked().is_empty() {
            let ticked = CommandId::Review(ReviewCommand::AcceptTicked);
            nobody::offer_in(ui, cx, ticked, is_low, wanted);
        }
        for command in [ReviewCommand::RejectAll, ReviewCommand::LeaveOpen] {
            nobody::offer_in(ui, cx, CommandId::Review(command), is_low, wanted);
        }
        let reopen = CommandId::Review(ReviewCommand::Reopen);
        if enabled(reopen, cx.session) {
            nobody::offer_in(ui, cx, reopen, is_low, wanted);
        }
    });
    reason.show(ui, cx, is_low, wanted);
}
