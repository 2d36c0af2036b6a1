//! What the panel says where there is no case: nobody to compare, one annotator only, all decided.

use eframe::egui::Ui;

use crate::{
    annotation::Status,
    gui::{
        commands::{CommandId, ProjectCommand, ReviewCommand},
        controls,
        cx::Cx,
        enabled::enabled,
        icons::Icon,
        intent::Intent,
        names,
        strings::{tr, tr_args},
    },
    session::{Reviewed, Session},
};

/// Why nothing is compared on the article.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Nobody {
    /// Nobody else has labelled anything in the project, as far as it is counted.
    InProject,
    /// Somebody has, but not on this article.
    Here,
    /// Nobody of those who are chosen has labelled this article.
    Chosen,
}

fn why(session: &Session) -> Nobody {
    let review = session.review();
    let queue = review.queue();
    if review.chosen().is_some() {
        Nobody::Chosen
    } else if queue.is_complete() && queue.counts().iter().sum::<usize>() == 0 {
        Nobody::InProject
    } else {
        Nobody::Here
    }
}

fn is_writable(session: &Session) -> bool {
    session
        .project()
        .is_some_and(crate::session::Project::is_writable)
}

/// Nothing is compared on the article.
pub(super) fn show(ui: &mut Ui, cx: &Cx<'_>, wanted: &mut Vec<Intent>) {
    let why = why(cx.session);
    let (what, hint) = match why {
        Nobody::InProject => (
            tr("review-nobody-project"),
            tr("review-nobody-project-hint"),
        ),
        Nobody::Here => (tr("review-nobody-here"), tr("review-nobody-here-hint")),
        Nobody::Chosen => (tr("review-nobody-chosen"), tr("review-nobody-chosen-hint")),
    };
    controls::heading(ui, what);
    controls::hint(ui, hint);
    ui.add_space(cx.tokens.space.s);
    let command = match why {
        Nobody::InProject => CommandId::Project(ProjectCommand::Merge),
        Nobody::Here | Nobody::Chosen => CommandId::Review(ReviewCommand::NextCase),
    };
    offer(ui, cx, command, wanted);
}

/// What is to be known of what is compared.
pub(super) fn notes(ui: &mut Ui, cx: &Cx<'_>, opened: &Reviewed) {
    if !is_writable(cx.session) {
        controls::warning(ui, tr("review-read-only"));
    }
    if let [_] = opened.sides() {
        let name = names::of_side(cx.session, 0);
        let words = if cx.session.review().is_blind() {
            tr("review-one-only-blind").to_owned()
        } else {
            tr_args("review-one-only", &[("name", (&name).into())])
        };
        controls::hint(ui, &words);
    }
    if opened.left_out() > 0 {
        let args = [("n", opened.left_out().into())];
        controls::hint(ui, &tr_args("review-left-out", &args));
    }
}

/// Between two cases: what is left to do on the article.
pub(super) fn between(ui: &mut Ui, cx: &Cx<'_>, opened: &Reviewed, wanted: &mut Vec<Intent>) {
    let (open, agreed) = (opened.open_count(), opened.agreed_count());
    let status = cx.session.article().map(|article| article.layer().status());
    let differ = opened.cases().iter().any(|case| case.class.is_some());
    let words = if open > 0 {
        tr_args("review-some-open", &[("n", open.into())])
    } else if status == Some(Status::Done) {
        tr("review-adjudicated").to_owned()
    } else if !differ {
        tr("review-nothing-here").to_owned()
    } else {
        tr("review-all-decided").to_owned()
    };
    controls::heading(ui, &words);
    if agreed > 0 {
        controls::hint(ui, &tr_args("review-agreed", &[("n", agreed.into())]));
    }
    ui.add_space(cx.tokens.space.xs);
    if agreed > 0 {
        offer(ui, cx, CommandId::Review(ReviewCommand::TakeAgreed), wanted);
    }
    if open == 0 && status != Some(Status::Done) {
        offer(ui, cx, CommandId::Review(ReviewCommand::Finish), wanted);
    }
    offer(ui, cx, CommandId::Review(ReviewCommand::NextCase), wanted);
}

/// A button of a command of the table, with its keys.
pub(super) fn offer(ui: &mut Ui, cx: &Cx<'_>, command: CommandId, wanted: &mut Vec<Intent>) {
    offer_in(ui, cx, command, false, wanted);
}

/// The same; in little room (`is_low`) without an icon, so that several stand on a line.
pub(super) fn offer_in(
    ui: &mut Ui,
    cx: &Cx<'_>,
    command: CommandId,
    is_low: bool,
    wanted: &mut Vec<Intent>,
) {
    let row = command.row();
    let usable = enabled(command, cx.session);
    let icon = row.icon.unwrap_or(Icon::ArrowRight);
    // No scope of its own, so that it goes on to the next line where there is no room.
    let response = if is_low {
        controls::plain_button_if(ui, usable, row.name())
    } else {
        controls::word_button_if(ui, usable, icon, row.name())
    };
    let response = response
        .on_hover_text(row.tooltip())
        .on_disabled_hover_text(row.tooltip());
    if response.clicked() {
        wanted.extend([command.into(), Intent::FocusArticle]);
    }
}
