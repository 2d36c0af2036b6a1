//! The line at the bottom: what is saved, who annotates, where the caret is, how far the project is,
//! and what runs in the background.

use eframe::egui::{self, Align, Button, Layout, RichText, Sense, Ui, accesskit::Role, vec2};

use crate::{
    gui::{
        commands::{CommandId, ViewCommand},
        cx::Cx,
        icons::Icon,
        intent::{Dialog, Intent},
        strings::{tr, tr_args},
    },
    session::{Command, ProjectCommand, Session},
};

use super::{
    parts,
    place::{Place, Places},
    progress,
};

/// The status line; it remembers where the paragraphs of the shown text begin.
#[derive(Debug, Default)]
pub(crate) struct StatusBar {
    places: Places,
}

/// What of the work is on the disk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum SavedState {
    /// All of it; so many edits were committed by this window.
    Saved(usize),
    /// Edits are on their way.
    Saving,
    /// The last commit failed; the edits are kept in memory.
    Failed,
}

/// What of the work is on the disk.
pub(crate) fn saved_state(session: &Session) -> SavedState {
    let saved = session
        .project()
        .map(crate::session::Project::saved)
        .unwrap_or_default();
    if saved.failed {
        SavedState::Failed
    } else if saved.pending > 0 {
        SavedState::Saving
    } else {
        SavedState::Saved(saved.committed)
    }
}

impl SavedState {
    /// The status's value in the accessibility tree, which programs read.
    pub(crate) fn value(self) -> String {
        match self {
            Self::Saved(edits) => tr_args("saved-value", &[("n", edits.into())]),
            Self::Saving | Self::Failed => tr("saving-value").to_owned(),
        }
    }
}

/// How far the project is: done, of all.
fn done_of(session: &Session) -> Option<(usize, usize)> {
    let list = session.project()?.list();
    (!list.is_empty()).then(|| (list.done(), list.len()))
}

/// `paragraph 3 of 20`, and `at 512` or `12 selected`.
fn place_words(place: Place) -> (String, String) {
    let paragraph = tr_args(
        "place-paragraph",
        &[
            ("n", place.paragraph.into()),
            ("all", place.paragraphs.into()),
        ],
    );
    let exact = if place.selected > 0 {
        tr_args("place-selected", &[("n", place.selected.into())])
    } else {
        tr_args("place-at", &[("n", place.at.into())])
    };
    (paragraph, exact)
}

/// Below this width in points the exact place is left out, below the other the encoding too.
const ROOMY: f32 = 760.0;
const NARROW: f32 = 560.0;

impl StatusBar {
    /// Paints the line into `ui`, which is as high as the tokens say.
    #[must_use]
    pub(crate) fn show(&mut self, ui: &mut Ui, cx: &Cx<'_>) -> Vec<Intent> {
        let mut wanted = Vec::new();
        let width = ui.available_width();
        let tight = ui.spacing_mut();
        tight.interact_size.y = cx.tokens.space.status - cx.tokens.space.xs;
        tight.button_padding = vec2(cx.tokens.space.xs, 0.0);
        tight.item_spacing.x = cx.tokens.space.m;
        ui.set_height(cx.tokens.space.status);
        ui.horizontal_centered(|ui| {
            ui.add_space(cx.tokens.space.m);
            saved(ui, cx, &mut wanted);
            read_only(ui, cx);
            annotator(ui, cx, &mut wanted);
            if let Some(article) = cx.session.article()
                && width > NARROW
            {
                let (paragraph, exact) = place_words(self.places.of(article));
                parts::quiet(ui, &paragraph);
                if width > ROOMY {
                    parts::quiet(ui, &exact).on_hover_text(tr("place-hint"));
                }
            }
            done(ui, cx, width);
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                ui.add_space(cx.tokens.space.s);
                zoom(ui, cx, &mut wanted);
                if width > NARROW {
                    encoding(ui, cx);
                }
                for job in progress::running(cx.session) {
                    ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                        wanted.extend(progress::inline(ui, &job));
                    });
                }
            });
        });
        wanted
    }
}

/// The sign and the word; beside it a loud button where the disk refused.
fn saved(ui: &mut Ui, cx: &Cx<'_>, wanted: &mut Vec<Intent>) {
    let state = saved_state(cx.session);
    let tokens = cx.tokens;
    let (icon, word, ink) = match state {
        SavedState::Saved(_) => (Icon::Check, tr("saved"), tokens.ink.weak),
        SavedState::Saving => (Icon::ArrowClockwise, tr("saving"), tokens.ink.weak),
        SavedState::Failed => (Icon::Warning, tr("not-saved"), tokens.ink.danger),
    };
    let size = vec2(tokens.space.s * 8.0, tokens.space.status);
    let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
    let font = egui::FontId::proportional(tokens.text.small);
    let left = egui::Align2::LEFT_CENTER;
    ui.painter()
        .text(rect.left_center(), left, icon.char(), font, ink);
    let mut words = rect;
    words.min.x += tokens.space.l;
    let look = (tokens.text.small, parts::Side::Own);
    parts::sized_line_in(ui, word, words, look, ink);
    parts::node(&response, |node| {
        node.set_role(Role::Status);
        node.set_author_id("status");
        node.set_value(state.value());
    });
    response.on_hover_text(state.value());
    if state == SavedState::Failed {
        let text = RichText::new(tr("retry")).color(tokens.ink.on_accent);
        let loud = Button::new(text).fill(tokens.ink.danger);
        if ui.add(loud).on_hover_text(tr("retry-hint")).clicked() {
            wanted.push(Command::Project(ProjectCommand::Retry).into());
        }
    }
}

fn read_only(ui: &mut Ui, cx: &Cx<'_>) {
    let Some(project) = cx.session.project().filter(|p| !p.is_writable()) else {
        return;
    };
    let why = project.notice().unwrap_or_default();
    let ink = cx.tokens.ink.warning;
    ui.scope(|ui| {
        ui.spacing_mut().item_spacing.x = cx.tokens.space.xs;
        parts::sign(ui, Icon::Lock, cx.tokens.text.small, ink);
        let word = RichText::new(tr("read-only"))
            .size(cx.tokens.text.small)
            .color(ink);
        ui.label(word).on_hover_text(why);
    });
}

fn annotator(ui: &mut Ui, cx: &Cx<'_>, wanted: &mut Vec<Intent>) {
    let name = cx.session.annotator().as_str();
    let shown = crate::text::quote(name, 24);
    let text = RichText::new(shown)
        .size(cx.tokens.text.small)
        .color(cx.tokens.ink.weak);
    let button = Button::new(text).frame_when_inactive(false);
    let said = tr_args("annotator-is", &[("name", name.into())]);
    let response = ui.add(button).accessible_name(&said);
    if response.on_hover_text(tr("annotator-change")).clicked() {
        wanted.push(Intent::Open(Dialog::Annotator));
    }
}

fn done(ui: &mut Ui, cx: &Cx<'_>, width: f32) {
    let Some((done, all)) = done_of(cx.session) else {
        return;
    };
    let words = tr_args("done-of", &[("n", done.into()), ("all", all.into())]);
    parts::quiet(ui, &words);
    if width > ROOMY {
        progress::line(ui, tr("progress"), Some(done as f32 / all as f32), 64.0);
    }
}

fn encoding(ui: &mut Ui, cx: &Cx<'_>) {
    let document = cx
        .session
        .article()
        .and_then(crate::session::Article::document);
    if let Some(encoding) = document.and_then(|d| d.metadata.get("encoding")) {
        parts::quiet(ui, encoding).on_hover_text(tr("encoding-hint"));
    }
}

/// The scale in percent; a click puts it back to 100.
fn zoom(ui: &mut Ui, cx: &Cx<'_>, wanted: &mut Vec<Intent>) {
    let percent = (cx.session.settings().reading.zoom * 100.0).round();
    let words = tr_args("zoom-percent", &[("n", parts::number(percent))]);
    let text = RichText::new(&words)
        .size(cx.tokens.text.small)
        .color(cx.tokens.ink.weak);
    let command = CommandId::View(ViewCommand::ZoomReset);
    let response = ui.add(Button::new(text).frame_when_inactive(false));
    if response.on_hover_text(command.row().tooltip()).clicked() {
        wanted.push(command.into());
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]

    use egui_kittest::kittest::{NodeT as _, Queryable as _};

    use super::*;
    use crate::{
        gui::panels::testing::{Bench, window},
        session::{DeskCommand, DocumentCommand},
    };

    #[test]
    fn the_contracts_words_tell_what_is_saved() {
        assert_eq!(SavedState::Saved(0).value(), "Saved 0 edits");
        assert_eq!(SavedState::Saved(1).value(), "Saved 1 edits");
        assert_eq!(SavedState::Saved(12_345).value(), "Saved 12345 edits");
        assert_eq!(SavedState::Saving.value(), "Saving…");
        assert_eq!(SavedState::Failed.value(), "Saving…");
    }

    #[test]
    fn a_place_is_a_paragraph_and_a_code_point_or_a_length() {
        let at = Place {
            paragraph: 3,
            paragraphs: 20,
            at: 512,
            selected: 0,
        };
        let words = |place| {
            let (paragraph, exact) = place_words(place);
            format!("{paragraph} · {exact}")
        };
        assert_eq!(words(at), "paragraph 3 of 20 · at 512");
        let selected = Place { selected: 7, ..at };
        assert_eq!(words(selected), "paragraph 3 of 20 · 7 selected");
    }

    #[test]
    fn the_status_counts_edits_as_they_are_committed() {
        let mut harness = window(Bench::with(&[("خبر", "قال سيرغي إن")]));
        let status = |harness: &egui_kittest::Harness<'_, Bench>| {
            let node = harness.get_by(|node| node.author_id() == Some("status"));
            assert_eq!(node.accesskit_node().role(), Role::Status);
            node.accesskit_node().value()
        };
        assert_eq!(status(&harness).as_deref(), Some("Saved 0 edits"));
        let done = DocumentCommand::SetStatus(crate::annotation::Status::Done);
        let session = &mut harness.state_mut().session;
        session.run(Command::Document(done));
        harness.step();
        assert_eq!(status(&harness).as_deref(), Some("Saving…"));
        harness.state_mut().settle();
        harness.step();
        assert_eq!(status(&harness).as_deref(), Some("Saved 1 edits"));
        assert!(harness.query_by_label("1 of 1 done").is_some());
    }

    #[test]
    fn the_selection_is_measured_in_code_points() {
        let mut harness = window(Bench::with(&[("خبر", "قال سيرغي إن")]));
        let session = &mut harness.state_mut().session;
        let text = session.article().unwrap().text().clone();
        let from = text.find("سيرغي").unwrap();
        let to = from + "سيرغي".len();
        session.run(Command::Desk(DeskCommand::Select(from, to)));
        harness.step();
        let said = |words: &str| harness.query_by_value(words).is_some();
        assert!(said("paragraph 2 of 2"));
        assert!(said("5 selected"));
    }

    #[test]
    fn the_annotator_is_changed_by_a_click() {
        let mut harness = window(Bench::with(&[("خبر", "نص")]));
        harness.get_by_label_contains("Annotator:").click();
        harness.run_steps(2);
        let wanted = &harness.state().wanted;
        let asks = |intent: &Intent| matches!(intent, Intent::Open(Dialog::Annotator));
        assert!(wanted.iter().any(asks), "{wanted:?}");
    }
}
