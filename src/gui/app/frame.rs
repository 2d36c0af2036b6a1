//! What stands where in the window: the bar above, the status below, a margin on each side, the
//! article between them.

use eframe::egui::{CentralPanel, Frame, Panel, Rect, ScrollArea, Ui, vec2};

use crate::gui::{
    article::{ArticleInput, Overlays, ViewAction},
    cx::Cx,
    intent::Intent,
    panels::bar,
    pick, theme,
    toasts::Corner,
};

use super::App;

/// The width of the margins, in points: least, usual, most.
const LEFT: (f32, f32, f32) = (180.0, 264.0, 420.0);
const RIGHT: (f32, f32, f32) = (220.0, 288.0, 460.0);

/// The narrowest that the article becomes for the margins' sake, in points.
const ARTICLE: f32 = 360.0;
/// In a window that is less high than this, in points, the right margin scrolls as a whole.
const SHORTEST: f32 = 480.0;

/// Which margins there is room for beside the article, of those that are not folded: where the window is
/// narrow (or zoomed) the left one gives way first.
fn fitting(width: f32, left: bool, right: bool) -> (bool, bool) {
    let room = width - ARTICLE;
    let right = right && room >= RIGHT.0;
    let taken = if right { RIGHT.0 } else { 0.0 };
    (left && room - taken >= LEFT.0, right)
}

impl App {
    /// Draws everything and gathers what is wanted.
    pub(super) fn show(&mut self, ui: &mut Ui) {
        let ctx = ui.ctx().clone();
        let mut wanted = self.edges(ui);
        let tools = &self.session.settings().tools;
        let (swapped, left, right) = (tools.swapped, !tools.left_folded, !tools.right_folded);
        let has_documents = self.session.project().is_some_and(|p| !p.list().is_empty());
        let mut corner = Corner {
            at: ui.available_rect_before_wrap().left_bottom(),
            width: 0.0,
        };
        let has_article = self.session.article().is_some();
        let (left, right) = fitting(
            ui.available_width(),
            has_documents && left,
            has_article && right,
        );
        if left {
            let keep = if right { ARTICLE + RIGHT.0 } else { ARTICLE };
            let (intents, rect) = self.list_margin(ui, swapped, keep);
            wanted.extend(intents);
            corner = Corner {
                at: rect.left_bottom(),
                width: rect.width(),
            };
        }
        if right {
            wanted.extend(self.label_margin(ui, swapped));
        }
        let tokens = theme::tokens(&ctx);
        let page = Frame::new().fill(tokens.surface.page);
        let centre = CentralPanel::default()
            .frame(page)
            .show(ui, |ui| self.centre(ui));
        wanted.extend(centre.inner);
        let cx = Cx {
            session: &self.session,
            picked: self.picked.as_ref(),
            tokens,
        };
        wanted.extend(self.toasts.show(&ctx, &cx, corner));
        wanted.extend(pick::dropped(&ctx, tokens));
        self.queue.extend(wanted);
    }

    /// The bar and the status.
    fn edges(&mut self, ui: &mut Ui) -> Vec<Intent> {
        let tokens = theme::tokens(ui.ctx());
        let cx = Cx {
            session: &self.session,
            picked: self.picked.as_ref(),
            tokens,
        };
        let quiet = Frame::new().fill(tokens.surface.panel);
        let bar = Panel::top("bar").exact_size(tokens.space.bar).frame(quiet);
        let mut wanted = bar.show(ui, |ui| bar::show(ui, &cx)).inner;
        let status = Panel::bottom("status")
            .exact_size(tokens.space.status)
            .frame(quiet);
        wanted.extend(status.show(ui, |ui| self.panels.status.show(ui, &cx)).inner);
        wanted
    }

    /// The list; `keep` points are left for what stands beside it.
    fn list_margin(&mut self, ui: &mut Ui, swapped: bool, keep: f32) -> (Vec<Intent>, Rect) {
        let tokens = theme::tokens(ui.ctx());
        let cx = Cx {
            session: &self.session,
            picked: self.picked.as_ref(),
            tokens,
        };
        let (least, usual, most) = LEFT;
        let most = (ui.available_width() - keep).clamp(least, most);
        let panel = if swapped {
            Panel::right("list")
        } else {
            Panel::left("list")
        };
        let frame = Frame::new()
            .fill(tokens.surface.panel)
            .inner_margin(tokens.space.s);
        let shown = panel
            .default_size(usual.min(most))
            .size_range(least..=most)
            .frame(frame)
            .show(ui, |ui| self.panels.list.show(ui, &cx));
        (shown.inner, shown.response.rect)
    }

    fn label_margin(&mut self, ui: &mut Ui, swapped: bool) -> Vec<Intent> {
        let tokens = theme::tokens(ui.ctx());
        let cx = Cx {
            session: &self.session,
            picked: self.picked.as_ref(),
            tokens,
        };
        let (least, usual, most) = RIGHT;
        let most = (ui.available_width() - ARTICLE).clamp(least, most);
        let panel = if swapped {
            Panel::left("labels")
        } else {
            Panel::right("labels")
        };
        let frame = Frame::new()
            .fill(tokens.surface.panel)
            .inner_margin(tokens.space.s);
        let panels = &mut self.panels;
        let content = |ui: &mut Ui| {
            let whole = ui.available_height();
            let mut wanted = Vec::new();
            // Comments want more room than the list of spans in whose place they stand.
            let comments = cx.session.settings().tools.comments;
            let (labels, inspector) = if comments { (0.35, 0.5) } else { (0.5, 0.64) };
            ui.scope(|ui| {
                ui.set_max_height(whole * labels);
                wanted.extend(panels.labels.show(ui, &cx));
            });
            ui.separator();
            ui.scope(|ui| {
                ui.set_max_height(ui.available_height() * inspector);
                wanted.extend(panels.inspector.show(ui, &cx));
            });
            ui.separator();
            if cx.session.settings().tools.invisibles {
                ui.scope(|ui| {
                    ui.set_max_height(whole * 0.15);
                    wanted.extend(panels.invisibles.show(ui, &cx));
                });
                ui.separator();
            }
            if comments {
                wanted.extend(panels.comments.show(ui, &cx));
            } else {
                wanted.extend(panels.outline.show(ui, &cx));
            }
            wanted
        };
        panel
            .default_size(usual.min(most))
            .size_range(least..=most)
            .frame(frame)
            .show(ui, |ui| in_room(ui, content))
            .inner
    }

    /// The article, or what stands in its place; the find bar above it.
    fn centre(&mut self, ui: &mut Ui) -> Vec<Intent> {
        let ctx = ui.ctx().clone();
        let tokens = theme::tokens(&ctx);
        let cx = Cx {
            session: &self.session,
            picked: self.picked.as_ref(),
            tokens,
        };
        if let Some(screen) = self.panels.welcome.screen(&self.session) {
            return self.panels.welcome.show(ui, &cx, screen);
        }
        let mut wanted = self.panels.find.show(ui, &cx);
        let Some(article) = self.session.article() else {
            return wanted;
        };
        let input = ArticleInput {
            article,
            labels: self.session.labels(),
            reading: &self.session.settings().reading,
            tools: &self.session.settings().tools,
            picked: self.picked.as_ref(),
            keeps_keyboard: !self.floats.is_before_article(),
            overlays: Overlays {
                found: self.panels.find.hits(),
                current: self.panels.find.current(),
                preview: self.floats.preview(),
            },
            compared: None,
        };
        for action in self.view.show(ui, &input) {
            match action {
                ViewAction::Run(command) => wanted.push(Intent::Session(command)),
                ViewAction::Menu { at, .. } => self.panels.menu.open_at(at),
                // Nothing is compared in the desk yet.
                ViewAction::Compared { .. } => {}
            }
        }
        wanted.extend(self.panels.menu.show(ui, &cx));
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_article_keeps_its_room_and_the_left_margin_gives_way_first() {
        assert_eq!(fitting(1280.0, true, true), (true, true));
        assert_eq!(fitting(900.0, true, true), (true, true));
        assert_eq!(fitting(640.0, true, true), (false, true));
        assert_eq!(fitting(640.0, true, false), (true, false));
        assert_eq!(fitting(450.0, true, true), (false, false));
    }
}
