//! What stands in the margin of the work: labels and spans, or the review; comments in the place of the last part of
//! either.

use eframe::egui::{Align, Id, Rect, ScrollArea, Ui, vec2};

use crate::gui::{
    cx::Cx,
    intent::Intent,
    panels::{labels::LabelPalette, review::ReviewPanel},
};

use super::Panels;

/// In a window that is less high than this, in points, the margin scrolls as a whole.
const SHORTEST: f32 = 480.0;

fn has_chosen(cx: &Cx<'_>) -> bool {
    cx.session.article().is_some_and(|it| it.chosen().is_some())
}

impl Panels {
    /// The review while there is one, else labels and spans.
    pub(super) fn work_margin(&mut self, ui: &mut Ui, cx: &Cx<'_>) -> Vec<Intent> {
        if cx.session.review().is_on() {
            self.review_margin(ui, cx)
        } else {
            in_room(ui, |ui| self.label_margin(ui, cx))
        }
    }

    /// While somebody reviews: labels, the case, the chosen span, the list of cases or the comments.
    fn review_margin(&mut self, ui: &mut Ui, cx: &Cx<'_>) -> Vec<Intent> {
        let whole = ui.available_height();
        if whole < SHORTEST {
            return self.low_review_margin(ui, cx);
        }
        let mut wanted = LabelPalette::show_chips(ui, cx);
        ui.separator();
        let (chosen, comments) = (has_chosen(cx), cx.session.settings().tools.comments);
        let share = match (chosen, comments) {
            (true, _) => 0.5,
            (false, true) => 0.55,
            (false, false) => 0.68,
        };
        ui.scope(|ui| {
            ui.set_max_height(whole * share);
            wanted.extend(self.review.show(ui, cx, chosen));
        });
        if chosen {
            ui.separator();
            let share = if comments { 0.45 } else { 0.6 };
            ui.scope(|ui| {
                ui.set_max_height(ui.available_height() * share);
                wanted.extend(self.inspector.show(ui, cx));
            });
        } else {
            wanted.extend(self.inspector.hide());
        }
        wanted.extend(self.cases_or_comments(ui, cx));
        wanted
    }

    /// The same in a low window: the case fills it, so that its buttons are in reach; the rest is scrolled to.
    fn low_review_margin(&mut self, ui: &mut Ui, cx: &Cx<'_>) -> Vec<Intent> {
        /// The height of the list, in points.
        const LIST: f32 = 240.0;
        let case = ui.available_height() - cx.tokens.space.row;
        // Comments that come are scrolled to, and when they go, the case.
        let comments = cx.session.settings().tools.comments;
        let id = Id::unique("comments were seen in a low margin");
        let before = ui.data_mut(|data| {
            let before = data.get_temp(id).unwrap_or(comments);
            data.insert_temp(id, comments);
            before
        });
        let turned = before != comments;
        let area = ScrollArea::vertical().id_salt("review margin");
        let shown = area.auto_shrink(false).show(ui, |ui| {
            let mut wanted = Vec::new();
            if turned && !comments {
                ui.scroll_to_cursor(Some(Align::TOP));
            }
            ui.scope(|ui| {
                ui.set_max_height(case);
                wanted.extend(self.review.show(ui, cx, true));
            });
            ui.separator();
            wanted.extend(LabelPalette::show_chips(ui, cx));
            if has_chosen(cx) {
                ui.separator();
                wanted.extend(self.inspector.show(ui, cx));
            } else {
                wanted.extend(self.inspector.hide());
            }
            ui.scope(|ui| {
                ui.set_max_height(LIST);
                if turned && comments {
                    let room = Rect::from_min_size(ui.cursor().min, vec2(1.0, LIST));
                    ui.scroll_to_rect(room, Some(Align::TOP));
                }
                wanted.extend(self.cases_or_comments(ui, cx));
            });
            wanted
        });
        shown.inner
    }

    /// The list of cases, or the comments in its place.
    fn cases_or_comments(&mut self, ui: &mut Ui, cx: &Cx<'_>) -> Vec<Intent> {
        if cx.session.settings().tools.comments {
            ui.separator();
            self.comments.show(ui, cx)
        } else if ReviewPanel::has_cases(cx.session) {
            ui.separator();
            self.review.show_cases(ui, cx)
        } else {
            Vec::new()
        }
    }

    /// While somebody annotates: labels, the chosen span, the list of spans or the comments.
    fn label_margin(&mut self, ui: &mut Ui, cx: &Cx<'_>) -> Vec<Intent> {
        let whole = ui.available_height();
        let mut wanted = Vec::new();
        // Comments want more room than the list of spans in whose place they stand.
        let comments = cx.session.settings().tools.comments;
        let (labels, inspector) = if comments { (0.35, 0.5) } else { (0.5, 0.64) };
        ui.scope(|ui| {
            ui.set_max_height(whole * labels);
            wanted.extend(self.labels.show(ui, cx));
        });
        ui.separator();
        ui.scope(|ui| {
            ui.set_max_height(ui.available_height() * inspector);
            wanted.extend(self.inspector.show(ui, cx));
        });
        ui.separator();
        if cx.session.settings().tools.invisibles {
            ui.scope(|ui| {
                ui.set_max_height(whole * 0.15);
                wanted.extend(self.invisibles.show(ui, cx));
            });
            ui.separator();
        }
        if comments {
            wanted.extend(self.comments.show(ui, cx));
        } else {
            wanted.extend(self.outline.show(ui, cx));
        }
        wanted
    }
}

/// Shows a margin's content, which scrolls where the window is too low for it.
fn in_room<T>(ui: &mut Ui, content: impl FnOnce(&mut Ui) -> T) -> T {
    if ui.available_height() >= SHORTEST {
        return content(ui);
    }
    ScrollArea::vertical()
        .id_salt("margin")
        .auto_shrink(false)
        .show(ui, |ui| {
            let room = vec2(ui.available_width(), SHORTEST);
            ui.allocate_ui(room, content).inner
        })
        .inner
}
