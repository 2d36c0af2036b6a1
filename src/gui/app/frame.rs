//! What stands where in the window: the bar above, the status below, a margin on each side, the
//! article between them.

use std::time::Duration;

use eframe::egui::{CentralPanel, Context, Frame, Panel, Rect, Ui};

use crate::{
    gui::{
        article::{ArticleInput, Overlays, ViewAction},
        cx::Cx,
        intent::Intent,
        panels::{bar, welcome::Screen},
        pick, theme,
        toasts::Corner,
    },
    session::{Command, ReviewCommand},
};

use super::{
    App,
    margins::{self, ARTICLE, LIST, Margins, Stands},
    review::{self, Sides},
};

/// The widths of the margin of the work, in points: least, usual, most.
const RIGHT: (f32, f32, f32) = (220.0, 288.0, 460.0);
/// The same while somebody reviews.
const REVIEW: (f32, f32, f32) = (280.0, 344.0, 560.0);

/// So long after something was committed the dashboard looks whether its numbers are to be computed anew.
const LATER: Duration = Duration::from_secs(1);

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
        let has_article = self.session.article().is_some() && !self.panels.dashboard.is_open();
        let reviews = self.session.review().is_on();
        let widths = if reviews { REVIEW } else { RIGHT };
        self.sight.margins.place(
            ui.available_width(),
            (has_documents && left, has_article && right),
            widths.0,
        );
        let Margins { list, work, .. } = self.sight.margins;
        if list == Stands::Beside {
            let keep = if work == Stands::Beside {
                ARTICLE + widths.0
            } else {
                ARTICLE
            };
            let (intents, rect) = self.list_margin(ui, swapped, keep);
            wanted.extend(intents);
            corner = Corner {
                at: rect.left_bottom(),
                width: rect.width(),
            };
        }
        if work == Stands::Beside {
            wanted.extend(self.right_margin(ui, swapped, widths));
        }
        let tokens = theme::tokens(&ctx);
        let page = Frame::new().fill(tokens.surface.page);
        let centre = CentralPanel::default()
            .frame(page)
            .show(ui, |ui| self.centre(ui));
        wanted.extend(centre.inner);
        wanted.extend(self.margin_over(&ctx, centre.response.rect, widths));
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
        let (least, usual, most) = LIST;
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

    /// The margin that was asked for where it has no room beside the article.
    fn margin_over(&mut self, ctx: &Context, room: Rect, widths: (f32, f32, f32)) -> Vec<Intent> {
        let tokens = theme::tokens(ctx);
        let cx = Cx {
            session: &self.session,
            picked: self.picked.as_ref(),
            tokens,
        };
        let swapped = cx.session.settings().tools.swapped;
        let panels = &mut self.panels;
        let Margins { list, work, .. } = self.sight.margins;
        if list == Stands::Over {
            let place = (room, swapped, LIST.1);
            margins::over(ctx, tokens, place, |ui| panels.list.show(ui, &cx))
        } else if work == Stands::Over {
            let place = (room, !swapped, widths.0);
            margins::over(ctx, tokens, place, |ui| panels.work_margin(ui, &cx))
        } else {
            Vec::new()
        }
    }

    /// The right margin: what is compared while somebody reviews, else the labels and the chosen span.
    fn right_margin(
        &mut self,
        ui: &mut Ui,
        swapped: bool,
        (least, usual, most): (f32, f32, f32),
    ) -> Vec<Intent> {
        let tokens = theme::tokens(ui.ctx());
        let cx = Cx {
            session: &self.session,
            picked: self.picked.as_ref(),
            tokens,
        };
        // One that was asked for is there in its least width where the article is narrower than usual.
        let most = (ui.available_width() - ARTICLE).clamp(least, most);
        let reviews = cx.session.review().is_on();
        let name = if reviews { "review" } else { "labels" };
        let panel = if swapped {
            Panel::left(name)
        } else {
            Panel::right(name)
        };
        let frame = Frame::new()
            .fill(tokens.surface.panel)
            .inner_margin(tokens.space.s);
        let panels = &mut self.panels;
        panel
            .default_size(usual.min(most))
            .size_range(least..=most)
            .frame(frame)
            .show(ui, |ui| panels.work_margin(ui, &cx))
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
        let screen = self.panels.welcome.screen(&self.session);
        if matches!(screen, Some(Screen::Begin)) {
            self.panels.dashboard.close();
        }
        if let Some(wish) = self.panels.dashboard.wants(&cx) {
            self.queue.push_back(wish);
        }
        if self.panels.dashboard.is_open() {
            if self.session.is_behind() {
                ui.ctx().request_repaint_after(LATER);
            }
            return self.panels.dashboard.show(ui, &cx);
        }
        if let Some(screen) = screen {
            return self.panels.welcome.show(ui, &cx, screen);
        }
        let mut wanted = self.panels.find.show(ui, &cx);
        let Some(article) = self.session.article() else {
            return wanted;
        };
        let names = review::names(&self.session);
        let sides = Sides::of(&self.session, &names);
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
            compared: sides.compared(),
        };
        let actions = match sides.panes(&input) {
            Some(panes) => self.panes.show(ui, &panes),
            None => self.view.show(ui, &input),
        };
        for action in actions {
            match action {
                ViewAction::Run(command) => wanted.push(Intent::Session(command)),
                ViewAction::Menu { at, .. } => self.panels.menu.open_at(at),
                ViewAction::Compared { layer, span } => {
                    let go = ReviewCommand::GoToSpan(layer, span);
                    wanted.push(Command::Review(go).into());
                }
            }
        }
        wanted.extend(self.panels.menu.show(ui, &cx));
        wanted
    }
}
