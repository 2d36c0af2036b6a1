//! What stands where in the window: the bar above, the status below, a margin on each side, the
//! article between them.

use eframe::egui::{CentralPanel, Frame, Panel, Rect, Ui};

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
        if has_documents && left {
            let (intents, rect) = self.list_margin(ui, swapped);
            wanted.extend(intents);
            corner = Corner {
                at: rect.left_bottom(),
                width: rect.width(),
            };
        }
        if self.session.article().is_some() && right {
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

    fn list_margin(&mut self, ui: &mut Ui, swapped: bool) -> (Vec<Intent>, Rect) {
        let tokens = theme::tokens(ui.ctx());
        let cx = Cx {
            session: &self.session,
            picked: self.picked.as_ref(),
            tokens,
        };
        let (least, usual, most) = LEFT;
        let panel = if swapped {
            Panel::right("list")
        } else {
            Panel::left("list")
        };
        let frame = Frame::new()
            .fill(tokens.surface.panel)
            .inner_margin(tokens.space.s);
        let shown = panel
            .default_size(usual)
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
            let mut wanted = panels.labels.show(ui, &cx);
            ui.separator();
            ui.scope(|ui| {
                ui.set_max_height(whole * 0.4);
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
            wanted.extend(panels.outline.show(ui, &cx));
            wanted
        };
        panel
            .default_size(usual)
            .size_range(least..=most)
            .frame(frame)
            .show(ui, content)
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
            overlays: Overlays {
                found: self.panels.find.hits(),
                current: self.panels.find.current(),
                preview: self.floats.preview(),
            },
        };
        for action in self.view.show(ui, &input) {
            match action {
                ViewAction::Run(command) => wanted.push(Intent::Session(command)),
                ViewAction::Menu { at, .. } => self.panels.menu.open_at(at),
            }
        }
        wanted.extend(self.panels.menu.show(ui, &cx));
        wanted
    }
}
