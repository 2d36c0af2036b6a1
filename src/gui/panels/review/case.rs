//! The case that is being decided: how the annotators differ, what each says, what can be decided, and what was.

use eframe::egui::Ui;

use crate::gui::{
    commands::{CommandId, ReviewCommand},
    controls,
    cx::Cx,
    enabled::enabled,
    intent::Intent,
    panels::{inspector::when, parts},
    strings::{tr, tr_args},
    text::BidiLabel,
};

use super::{nobody, reason::ReasonField, side, view::CaseView, words};

pub(super) fn show(
    ui: &mut Ui,
    cx: &Cx<'_>,
    case: &CaseView,
    reason: &mut ReasonField,
    wanted: &mut Vec<Intent>,
) {
    title(ui, cx, case);
    told(ui, case);
    ui.add_space(cx.tokens.space.xs);
    for side in &case.sides {
        side::show(ui, cx, case, side, wanted);
    }
    without(ui, cx, case);
    ui.add_space(cx.tokens.space.xs);
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.y = cx.tokens.space.xs;
        if !cx.session.review().ticked().is_empty() {
            nobody::offer(
                ui,
                cx,
                CommandId::Review(ReviewCommand::AcceptTicked),
                wanted,
            );
        }
        for command in [ReviewCommand::RejectAll, ReviewCommand::LeaveOpen] {
            nobody::offer(ui, cx, CommandId::Review(command), wanted);
        }
        let reopen = CommandId::Review(ReviewCommand::Reopen);
        if enabled(reopen, cx.session) {
            nobody::offer(ui, cx, reopen, wanted);
        }
    });
    reason.show(ui, cx, wanted);
}

/// The class, where it stands among the others, and how it stands.
fn title(ui: &mut Ui, cx: &Cx<'_>, case: &CaseView) {
    let class = match &case.relation {
        Some(kind) => tr_args("review-relation", &[("kind", kind.as_str().into())]),
        None if case.is_gone => tr("review-gone").to_owned(),
        None => words::class(case.class).to_owned(),
    };
    ui.add(BidiLabel::new(&class).bold().size(cx.tokens.text.heading));
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = cx.tokens.space.xs;
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
    });
    if case.is_gone {
        controls::hint(ui, tr("review-gone-hint"));
    }
}

/// Who has decided what before, when and why.
fn told(ui: &mut Ui, case: &CaseView) {
    for told in &case.told {
        let when = when(&told.stamp);
        let args = [
            ("who", told.stamp.author.as_str().into()),
            ("when", when.as_str().into()),
        ];
        let mut words = tr_args(words::verdict(told.verdict), &args);
        if !told.why.is_empty() {
            words.push(' ');
            words.push_str(&tr_args(
                "told-because",
                &[("why", told.why.as_str().into())],
            ));
        }
        controls::hint(ui, &words);
    }
}

/// Those who have nothing there.
fn without(ui: &mut Ui, cx: &Cx<'_>, case: &CaseView) {
    for side in &case.without {
        ui.horizontal(|ui| {
            side::number(ui, cx, *side, false);
            let name = side::name(cx.session, *side);
            let args = [("name", (&name).into())];
            let words = if case.relation.is_some() {
                tr_args("review-without-relation", &args)
            } else {
                tr_args("review-without", &args)
            };
            controls::hint(ui, &words);
        });
    }
}
