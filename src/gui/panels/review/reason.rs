//! Why the next decision is made: one of the project's reasons, and the reviewer's own words.

use eframe::egui::{Button, Id, Ui, vec2};

use crate::{
    annotation::ReviewRules,
    gui::{
        commands::{self, CommandId},
        controls::{self, Field},
        cx::Cx,
        icons::Icon,
        intent::Intent,
        panels::parts,
        strings::tr,
    },
    session::{Command, ReviewCommand, Session},
};

use super::{side, wish};

/// The reasons of a project that keeps none of its own.
const USUAL: [&str; 7] = [
    "review-usual-guidelines",
    "review-usual-proclitic",
    "review-usual-edges",
    "review-usual-label",
    "review-usual-missed",
    "review-usual-twice",
    "review-usual-doubtful",
];

/// The field's own state.
#[derive(Debug, Default)]
pub(super) struct ReasonField {
    text: String,
    focus: bool,
}

fn field_id() -> Id {
    Id::unique("the reviewer's reason")
}

/// The reasons that decisions can be given: those that the project keeps, else the usual ones.
fn all(session: &Session) -> Vec<&str> {
    let kept = &session.labels().review.reasons;
    if kept.is_empty() {
        return USUAL.map(tr).to_vec();
    }
    kept.iter().map(String::as_str).collect()
}

/// The project's rules with `reason` as a further reason.
fn kept(session: &Session, reason: &str) -> ReviewRules {
    let mut reasons: Vec<String> = all(session).into_iter().map(str::to_owned).collect();
    reasons.push(reason.to_owned());
    ReviewRules {
        reasons,
        ..session.labels().review.clone()
    }
}

/// Whether these words could be kept as a reason.
fn can_keep(session: &Session, words: &str) -> bool {
    let words = words.trim();
    let is_writable = session
        .project()
        .is_some_and(crate::session::Project::is_writable);
    !words.is_empty() && is_writable && !all(session).contains(&words)
}

impl ReasonField {
    pub(super) fn focus(&mut self) {
        self.focus = true;
    }

    /// Shows it, in little room (`is_low`) on one line.
    pub(super) fn show(
        &mut self,
        ui: &mut Ui,
        cx: &Cx<'_>,
        is_low: bool,
        wanted: &mut Vec<Intent>,
    ) {
        /// The share of the line that the project's reasons take.
        const REASONS: f32 = 0.4;
        if !is_low {
            controls::caption(ui, tr("review-reason"));
            reasons(ui, cx, ui.available_width(), wanted);
        }
        ui.horizontal(|ui| {
            if is_low {
                reasons(ui, cx, ui.available_width() * REASONS, wanted);
            }
            side::narrow(ui);
            let row = cx.tokens.space.row;
            let width = ui.available_width() - row - ui.spacing().item_spacing.x;
            self.field(ui, cx, width, wanted);
            let usable = can_keep(cx.session, &self.text);
            let keep = controls::icon_button_if(ui, usable, Icon::Plus, tr("review-reason-keep"));
            if keep.clicked() {
                let reason = self.text.trim().to_owned();
                let rules = kept(cx.session, &reason);
                wanted.push(Command::Review(ReviewCommand::SetRules(rules)).into());
                wanted.push(Command::Review(ReviewCommand::Note(String::new())).into());
                wanted.extend(wish(ReviewCommand::Reason(reason)));
            }
        });
    }

    fn field(&mut self, ui: &mut Ui, cx: &Cx<'_>, width: f32, wanted: &mut Vec<Intent>) {
        let id = field_id();
        let note = &cx.session.review().why().note;
        if !ui.memory(|memory| memory.has_focus(id)) && self.text != *note {
            self.text.clone_from(note);
        }
        let row = CommandId::Review(commands::ReviewCommand::Reason).row();
        let field = Field::new(row.name())
            .hint(tr("review-reason-own"))
            .width(width)
            .id(id);
        let event = controls::field(ui, &mut self.text, field);
        if event.dropped {
            self.text.clear();
        }
        if self.text != *note {
            wanted.push(Command::Review(ReviewCommand::Note(self.text.clone())).into());
        }
        if event.submitted || event.dropped {
            wanted.push(Intent::FocusArticle);
        }
        if std::mem::take(&mut self.focus) {
            ui.memory_mut(|memory| memory.request_focus(id));
        }
    }
}

/// The reasons, as a menu under the one that is chosen.
fn reasons(ui: &mut Ui, cx: &Cx<'_>, width: f32, wanted: &mut Vec<Intent>) {
    let chosen = cx.session.review().why().reason.as_str();
    let words = if chosen.is_empty() {
        tr("review-reason-none")
    } else {
        chosen
    };
    let tokens = cx.tokens;
    let caret = Icon::CaretDown.text(tokens.text.small);
    let button = Button::new((words, caret.color(tokens.ink.weak)))
        .truncate()
        .stroke((tokens.edge.width, tokens.edge.outline))
        .min_size(vec2(width, tokens.space.row));
    let room = vec2(width, tokens.space.row);
    let button = ui
        .allocate_ui(room, |ui| ui.add(button))
        .inner
        .accessible_name(words)
        .on_hover_text(tr("review-reason"));
    parts::menu_under(&button, |ui| {
        let none = parts::menu_row(
            ui,
            None,
            tr("review-reason-none"),
            None,
            Some(chosen.is_empty()),
        );
        if none.clicked() {
            wanted.extend(wish(ReviewCommand::Reason(String::new())));
            ui.close();
        }
        for reason in all(cx.session) {
            let row = parts::menu_row(ui, None, reason, None, Some(reason == chosen));
            if row.clicked() {
                wanted.extend(wish(ReviewCommand::Reason(reason.to_owned())));
                ui.close();
            }
        }
    });
}
