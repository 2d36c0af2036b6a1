//! The bar at the top: the menu, the project, the article and its neighbours, find, undo and redo, and
//! what finishes an article. Nothing in it moves when the title changes.

use eframe::egui::{
    Align, Button, FontId, Layout, Rect, Response, RichText, Sense, Ui, UiBuilder, accesskit::Role,
    pos2, vec2,
};

use crate::{
    annotation::Status,
    gui::{
        commands::{CommandId, DocumentCommand, EditCommand, ReviewCommand},
        cx::Cx,
        enabled::enabled,
        icons::Icon,
        intent::{Dialog, Intent},
        strings::{tr, tr_args},
        text::BidiLabel,
        words,
    },
    session::{HistoryStep, Session},
};

use super::{menus, parts};

/// Where the article stands among those shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Neighbours {
    /// Its place, from 1; `None` where the filter hides it.
    at: Option<usize>,
    /// How many are shown.
    of: usize,
}

fn neighbours(session: &Session) -> Option<Neighbours> {
    let list = session.project()?.list();
    let id = session.article()?.key().document;
    let place = list.place(&id)?;
    let at = list.shown().binary_search(&place).ok();
    Some(Neighbours {
        at: at.map(|at| at + 1),
        of: list.shown().len(),
    })
}

impl Neighbours {
    /// `12 / 40`.
    fn written(self) -> String {
        let of = self.of.to_string();
        match self.at {
            Some(at) => format!("{at} / {of}"),
            None => format!("– / {of}"),
        }
    }

    /// `Article 12 of 40`.
    fn spoken(self) -> String {
        match self.at {
            Some(at) => tr_args("article-at", &[("n", at.into()), ("all", self.of.into())]),
            None => tr_args("article-hidden", &[("all", self.of.into())]),
        }
    }

    /// The widest that `written` becomes.
    fn widest(self) -> String {
        format!("{0} / {0}", self.of)
    }
}

/// Widths in points: of the widest title, and of the buttons at the right end.
const TITLE: f32 = 480.0;
const RIGHT: f32 = 32.0 * 4.0 + 24.0 + 8.0 * 4.0;

/// Paints the bar into `ui`, which is as high as the tokens say.
#[must_use]
pub(crate) fn show(ui: &mut Ui, cx: &Cx<'_>) -> Vec<Intent> {
    let mut wanted = Vec::new();
    let space = &cx.tokens.space;
    let (all, _) = ui.allocate_exact_size(vec2(ui.available_width(), space.bar), Sense::hover());
    let inside = all.shrink2(vec2(space.s, 0.0));
    let left = part(ui, inside, Layout::left_to_right(Align::Center), |ui| {
        menu_and_project(ui, cx, &mut wanted);
    });
    let middle = Rect::from_min_max(
        pos2(left.right() + space.s, inside.top()),
        pos2(inside.right() - RIGHT, inside.bottom()),
    );
    article(ui, cx, all, middle, &mut wanted);
    let right = Rect::from_min_max(pos2(middle.right(), inside.top()), inside.max);
    part(ui, right, Layout::right_to_left(Align::Center), |ui| {
        // From the end, but Tab goes in reading order.
        ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
            ui.spacing_mut().item_spacing.x = space.xs;
            actions(ui, cx, &mut wanted);
        });
    });
    wanted
}

fn part(ui: &mut Ui, rect: Rect, layout: Layout, content: impl FnOnce(&mut Ui)) -> Rect {
    let builder = UiBuilder::new().max_rect(rect).layout(layout);
    let mut child = ui.new_child(builder);
    content(&mut child);
    child.min_rect()
}

fn menu_and_project(ui: &mut Ui, cx: &Cx<'_>, wanted: &mut Vec<Intent>) {
    let button = parts::icon_button(ui, Icon::List, tr("menu"), true).on_hover_text(tr("menu"));
    menus::main(&button, cx, wanted);
    let name = cx.session.project().map(crate::session::Project::name);
    let name = name.unwrap_or_else(|| tr("no-project").to_owned());
    let shown = crate::text::quote(&name, 28);
    let said = tr_args("project-is", &[("name", (&name).into())]);
    let words = RichText::new(shown).color(cx.tokens.ink.strong);
    let caret = Icon::CaretDown
        .text(cx.tokens.text.small)
        .color(cx.tokens.ink.weak);
    let button = Button::new((words, caret))
        .frame_when_inactive(false)
        .min_size(vec2(0.0, cx.tokens.space.row + cx.tokens.space.xs));
    let button = ui.add(button).accessible_name(said);
    let path = cx.session.project().map(|p| p.path().display().to_string());
    let button = match path {
        Some(path) => button.on_hover_text(path),
        None => button,
    };
    menus::project(&button, cx, wanted);
}

/// `‹ 12 / 40 ›` and the title, which stands in the middle of the window.
fn article(ui: &mut Ui, cx: &Cx<'_>, all: Rect, room: Rect, wanted: &mut Vec<Intent>) {
    let (Some(article), Some(neighbours)) = (cx.session.article(), neighbours(cx.session)) else {
        return;
    };
    let font = FontId::proportional(cx.tokens.text.body);
    let ink = cx.tokens.ink.weak;
    let widest = ui
        .painter()
        .layout_no_wrap(neighbours.widest(), font.clone(), ink)
        .size()
        .x
        .ceil();
    let arrows = (widest + 32.0 * 2.0 + cx.tokens.space.xs * 2.0).min(room.width());
    let title_width = TITLE
        .min(room.width() - arrows - cx.tokens.space.s)
        .max(0.0);
    // In the window's middle, unless that lies under what stands beside it.
    let left = (all.center().x - title_width / 2.0)
        .max(room.left() + arrows + cx.tokens.space.s)
        .min(room.right() - title_width);
    let nav = Rect::from_min_max(
        pos2(left - cx.tokens.space.s - arrows, room.top()),
        pos2(left - cx.tokens.space.s, room.bottom()),
    );
    part(ui, nav, Layout::left_to_right(Align::Center), |ui| {
        ui.spacing_mut().item_spacing.x = cx.tokens.space.xs;
        let previous = CommandId::Document(DocumentCommand::Previous);
        wanted.extend(parts::command_button(ui, cx, Icon::CaretLeft, previous));
        let (rect, response) = ui.allocate_exact_size(vec2(widest, room.height()), Sense::hover());
        let middle = eframe::egui::Align2::CENTER_CENTER;
        ui.painter()
            .text(rect.center(), middle, neighbours.written(), font, ink);
        parts::node(&response, |node| {
            node.set_role(Role::Label);
            node.set_value(neighbours.spoken());
        });
        let next = CommandId::Document(DocumentCommand::Next);
        wanted.extend(parts::command_button(ui, cx, Icon::CaretRight, next));
    });
    let Some(document) = article.document() else {
        return;
    };
    let rect = Rect::from_min_size(pos2(left, room.top()), vec2(title_width, room.height()));
    title(ui, cx, &document.title, rect, wanted);
}

/// The title; a click opens what is known of the article.
fn title(ui: &mut Ui, cx: &Cx<'_>, title: &str, rect: Rect, wanted: &mut Vec<Intent>) {
    let response = ui.interact(rect, ui.scope_id().with("title"), Sense::click());
    let around = rect.shrink2(vec2(0.0, cx.tokens.space.xs + 2.0));
    let radius = cx.tokens.radius.control;
    if response.hovered() {
        ui.painter()
            .rect_filled(around, radius, cx.tokens.surface.hover);
    }
    if response.has_focus() {
        let line = (cx.tokens.edge.focus_width, cx.tokens.ink.accent);
        let kind = eframe::egui::StrokeKind::Inside;
        ui.painter().rect_stroke(around, radius, line, kind);
    }
    let inside = rect.shrink2(vec2(cx.tokens.space.s, 0.0));
    let ink = cx.tokens.ink.strong;
    parts::line_in(ui, title, inside, parts::Side::Middle, ink);
    parts::node(&response, |node| {
        node.set_role(Role::Button);
        node.set_label(tr_args("title-is", &[("title", title.into())]));
    });
    let response = response.on_hover_ui(|ui| {
        ui.add(BidiLabel::new(title).wrap());
        parts::quiet(ui, tr("title-hint"));
    });
    if response.clicked() {
        wanted.push(Intent::Open(Dialog::Document));
    }
}

fn actions(ui: &mut Ui, cx: &Cx<'_>, wanted: &mut Vec<Intent>) {
    let find = CommandId::Edit(EditCommand::Find);
    wanted.extend(parts::command_button(ui, cx, Icon::Search, find));
    step(ui, cx, HistoryStep::Undo, wanted);
    step(ui, cx, HistoryStep::Redo, wanted);
    ui.add_space(cx.tokens.space.xs);
    done(ui, cx, wanted);
}

/// Undo or redo; its tooltip says what it would take back or do again.
fn step(ui: &mut Ui, cx: &Cx<'_>, step: HistoryStep, wanted: &mut Vec<Intent>) {
    let (icon, command) = match step {
        HistoryStep::Undo => (Icon::Undo, CommandId::Edit(EditCommand::Undo)),
        HistoryStep::Redo => (Icon::Redo, CommandId::Edit(EditCommand::Redo)),
    };
    let row = command.row();
    let usable = enabled(command, cx.session);
    let tell = |ui: &mut Ui| {
        ui.add(BidiLabel::new(&step_words(cx.session, step)).wrap());
        if let Some(keys) = row.keys() {
            parts::quiet(ui, &keys);
        }
    };
    let response = parts::icon_button(ui, icon, row.name(), usable)
        .on_hover_ui(tell)
        .on_disabled_hover_ui(tell);
    if response.clicked() {
        wanted.push(command.into());
    }
}

/// `Undo: tag PERSON «…»`.
pub(crate) fn step_words(session: &Session, step: HistoryStep) -> String {
    let description = session.describe_step(step);
    match step {
        HistoryStep::Undo => words::undo(description.as_ref()),
        HistoryStep::Redo => words::redo(description.as_ref()),
    }
}

/// What finishes the article and shows the next one; beside it a menu of the three statuses.
fn done(ui: &mut Ui, cx: &Cx<'_>, wanted: &mut Vec<Intent>) {
    let command = if cx.session.review().is_on() {
        CommandId::Review(ReviewCommand::Finish)
    } else {
        CommandId::Document(DocumentCommand::DoneAndNext)
    };
    let usable = enabled(command, cx.session);
    let status = cx.session.article().map(|a| a.layer().status());
    let is_done = status == Some(Status::Done);
    let icon = if is_done {
        Icon::CheckCircle
    } else {
        Icon::Check
    };
    let response = parts::icon_button(ui, icon, command.row().name(), usable);
    if is_done {
        underline(ui, cx, &response);
    }
    let status_words = status.map_or("", words::status);
    let response = response
        .on_hover_ui(|ui| {
            ui.label(command.row().tooltip());
            parts::quiet(ui, status_words);
        })
        .on_disabled_hover_text(command.row().tooltip());
    if response.clicked() {
        wanted.push(command.into());
    }
    let caret = Button::new(Icon::CaretDown.text(cx.tokens.text.small))
        .frame_when_inactive(false)
        .min_size(vec2(
            cx.tokens.space.l,
            cx.tokens.space.row + cx.tokens.space.xs,
        ));
    let said = tr_args("status-is", &[("status", parts::word(status_words))]);
    let caret = ui.add_enabled(usable, caret).accessible_name(said);
    menus::status(&caret.on_hover_text(tr("status-menu")), cx, wanted);
}

/// A line under the check of a finished article.
fn underline(ui: &Ui, cx: &Cx<'_>, response: &Response) {
    let rect = response.rect;
    let y = rect.bottom() - 2.0;
    let ends = rect.left() + 8.0..=rect.right() - 8.0;
    ui.painter().hline(ends, y, (2.0, cx.tokens.ink.good));
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]

    use egui_kittest::{
        Harness,
        kittest::{NodeT as _, Queryable as _},
    };

    use super::*;
    use crate::{
        gui::panels::testing::{Bench, window},
        session::{Command, SpanCommand},
    };

    #[test]
    fn the_place_is_told_for_eyes_and_ears() {
        let there = Neighbours {
            at: Some(12),
            of: 40,
        };
        assert_eq!(there.written(), "12 / 40");
        assert_eq!(there.spoken(), "Article 12 of 40");
        let hidden = Neighbours { at: None, of: 3 };
        assert_eq!(hidden.written(), "– / 3");
        assert_eq!(hidden.spoken(), "Not among the 3 articles shown");
    }

    fn window_of_two() -> Harness<'static, Bench> {
        window(Bench::with(&[
            ("إضراب في الميناء", "قال سيرغي ريابكوف إن العمل توقف."),
            ("Two banks", "نص"),
        ]))
    }

    fn tag_a_name(harness: &mut Harness<'_, Bench>) {
        let session = &mut harness.state_mut().session;
        let text = session.article().unwrap().text().clone();
        let from = text.find("سيرغي").unwrap();
        let to = from + "سيرغي ريابكوف".len();
        let range = crate::text::ByteRange::new(&text, from, to).unwrap();
        let label = session.labels().by_digit(1).unwrap().id.clone();
        session.run(Command::Span(SpanCommand::Tag(range, label)));
    }

    #[test]
    fn the_menu_leads_to_the_commands_by_group() {
        let mut harness = window_of_two();
        harness.get_by_label("Menu").click();
        harness.run_steps(4);
        harness.get_by_label("Articles").click();
        harness.run_steps(6);
        // The bar has such a button too: the menu's comes after it.
        harness
            .get_all_by_label("Next article")
            .last()
            .unwrap()
            .click();
        harness.run_steps(3);
        let next = CommandId::Document(DocumentCommand::Next);
        let wanted = &harness.state().wanted;
        assert!(
            wanted
                .iter()
                .any(|intent| matches!(intent, Intent::Command(id) if *id == next)),
            "{wanted:?}"
        );
    }

    #[test]
    fn undo_is_grey_until_there_is_something_and_says_what_it_takes_back() {
        let mut harness = window_of_two();
        assert!(harness.get_by_label("Undo").accesskit_node().is_disabled());
        tag_a_name(&mut harness);
        harness.run_steps(2);
        assert!(!harness.get_by_label("Undo").accesskit_node().is_disabled());
        let session = &harness.state().session;
        assert_eq!(
            step_words(session, HistoryStep::Undo),
            "Undo: tag \u{2068}PERSON\u{2069} «\u{2068}سيرغي ريابكوف\u{2069}»"
        );
        assert_eq!(step_words(session, HistoryStep::Redo), "Nothing to redo");
    }

    #[test]
    fn the_status_is_chosen_from_a_menu() {
        let mut harness = window_of_two();
        harness.get_by_label("Status: New").click();
        harness.run_steps(4);
        harness.get_by_label("Done").click();
        harness.run_steps(4);
        let article = harness.state().session.article().unwrap();
        assert_eq!(article.layer().status(), Status::Done);
    }

    #[test]
    fn every_control_has_a_name() {
        let harness = window(Bench::sample());
        assert_eq!(harness.unnamed_widgets(), Vec::<String>::new());
    }
}
