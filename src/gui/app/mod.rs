//! The app: it draws the views, gathers what they want, and carries that out, first in, first out.
//! It alone changes the session.

mod caret;
mod commands;
mod floats;
mod frame;
mod intents;
mod leave;
mod margins;
mod review;
mod start;
mod view_commands;
mod work;
mod zoom;

use std::{collections::VecDeque, path::PathBuf, time::Duration};

use eframe::egui::{self, Context, Popup};

use crate::{annotation::LabelId, session::Session};

use super::{
    article::{ArticleView, Panes},
    cx::Cx,
    dashboard::Dashboard,
    intent::{Dialog, Intent},
    keys::{FocusOn, KeyAction, KeyReader},
    panels::{
        comments::CommentsPanel, context_menu::ContextMenu, find::FindBar, inspector::Inspector,
        invisibles::Invisibles, labels::LabelPalette, list::ListPanel, outline::Outline,
        review::ReviewPanel, status::StatusBar, welcome::Welcome,
    },
    text, theme,
    toasts::Toasts,
};
use floats::Floats;
use leave::Leave;
use margins::Margins;
use zoom::WheelZoom;

pub use start::run;

/// The panels' own states.
#[derive(Default)]
struct Panels {
    list: ListPanel,
    labels: LabelPalette,
    inspector: Inspector,
    comments: CommentsPanel,
    outline: Outline,
    review: ReviewPanel,
    invisibles: Invisibles,
    find: FindBar,
    status: StatusBar,
    welcome: Welcome,
    menu: ContextMenu,
    dashboard: Dashboard,
}

/// What the window is to open once its first frame is there.
#[derive(Clone, Debug, Default)]
pub struct ToOpen {
    /// The project.
    pub project: Option<PathBuf>,
    /// Projects, datasets, articles, folders.
    pub paths: Vec<PathBuf>,
}

/// What was in sight in the last frame.
#[derive(Debug, Default)]
struct Sight {
    /// The case that was scrolled to last.
    case: Option<review::At>,
    margins: Margins,
}

/// The window's state.
pub struct App {
    session: Session,
    view: ArticleView,
    panes: Panes,
    panels: Panels,
    floats: Floats,
    toasts: Toasts,
    keys: KeyReader,
    wheel: WheelZoom,
    queue: VecDeque<Intent>,
    /// The label that the next drags tag with («label first»).
    picked: Option<LabelId>,
    sight: Sight,
    /// What is to be done once nothing would be lost by it.
    leave: Leave,
}

impl App {
    /// An app over a session. `system_fonts`: whether the system's fonts serve as fallback; not in
    /// tests of pictures, since they differ between machines.
    pub fn new(ctx: &Context, session: Session, system_fonts: bool) -> Self {
        theme::install(ctx);
        text::install(ctx);
        if system_fonts {
            text::load_system_fonts(ctx);
        }
        view_commands::follow(ctx, &session.settings().reading);
        Self {
            session,
            view: ArticleView::default(),
            panes: Panes::default(),
            panels: Panels::default(),
            floats: Floats::default(),
            toasts: Toasts::default(),
            keys: KeyReader::default(),
            wheel: WheelZoom::default(),
            queue: VecDeque::new(),
            picked: None,
            sight: Sight::default(),
            leave: Leave::default(),
        }
    }

    /// What is open.
    pub fn session(&self) -> &Session {
        &self.session
    }

    /// The same, to open something before the first frame.
    pub fn session_mut(&mut self) -> &mut Session {
        &mut self.session
    }

    /// A frame: what happened elsewhere, what floats, what the keyboard wants, the views, and what
    /// all of them want.
    pub fn frame(&mut self, ui: &mut egui::Ui) {
        let ctx = ui.ctx().clone();
        self.hear(&ctx);
        self.hold_or_leave(&ctx);
        self.zoom_by_wheel(&ctx);
        let tokens = theme::tokens(&ctx);
        let cx = Cx {
            session: &self.session,
            picked: self.picked.as_ref(),
            tokens,
        };
        let floating = self.floats.show(&ctx, &cx);
        self.queue.extend(floating);
        let mut keys = self.read_keys(&ctx);
        if !mouse_comes_first(&ctx) {
            self.queue.append(&mut keys);
        }
        self.carry_out(&ctx);
        self.follow_case();
        self.show(ui);
        self.queue.append(&mut keys);
        self.carry_out(&ctx);
        if self.session.work().is_busy() {
            ctx.request_repaint_after(Duration::from_millis(100));
        }
    }

    /// Hears the session and the file dialogs.
    fn hear(&mut self, ctx: &Context) {
        self.session.poll();
        if self.session.take_offer() && !self.floats.is_import_open() {
            self.open(ctx, Dialog::Import);
        }
        let now = ctx.input(|input| input.time);
        while let Some(notice) = self.session.next_notice() {
            self.panels.welcome.hear(&notice, &self.session);
            self.toasts.push(&notice, now);
        }
        self.queue.extend(self.floats.picker.poll(ctx));
    }

    /// Turns this frame's key presses into intents. They are read under a dialog too, where nothing comes of
    /// them: whether `AltGr` is held is known only from its own events.
    fn read_keys(&mut self, ctx: &Context) -> VecDeque<Intent> {
        let mut wanted = VecDeque::new();
        let covered = self.panels.menu.is_open()
            || Popup::is_any_open(ctx)
            || self.panels.welcome.screen(&self.session).is_some()
            || self.panels.dashboard.is_open()
            || self.floats.is_before_article();
        let focus = FocusOn::now(ctx, ArticleView::id(), covered);
        let labels: Vec<(LabelId, Option<char>)> = self
            .session
            .labels()
            .active()
            .map(|l| (l.id.clone(), l.hotkey))
            .collect();
        let hotkeys: Vec<Option<char>> = labels.iter().map(|(_, key)| *key).collect();
        let review = review::needs_met(&self.session);
        let actions = ctx.input(|input| self.keys.read(&input.events, focus, &hotkeys, review));
        if self.floats.is_modal() {
            return wanted;
        }
        if !actions.is_empty() {
            // Else whatever control has the focus takes it as a click.
            ctx.input_mut(|input| input.consume_key(egui::Modifiers::COMMAND, egui::Key::Enter));
        }
        for action in actions {
            match action {
                KeyAction::Command(command) => wanted.push_back(Intent::Command(command)),
                KeyAction::Label(key) => {
                    let label = labels.get(key.label).map(|(label, _)| label.clone());
                    wanted.extend(label.map(|label| Intent::Label(label, key.add_fragment)));
                }
            }
        }
        wanted
    }
}

/// Whether a mouse button came before the first key of this frame: what it selected is what the key is for. On a
/// busy machine the end of a drag and a label key meet in one frame.
fn mouse_comes_first(ctx: &Context) -> bool {
    ctx.input(|input| {
        let decides = |event: &&egui::Event| {
            matches!(
                event,
                egui::Event::PointerButton { .. } | egui::Event::Key { pressed: true, .. }
            )
        };
        let first = input.events.iter().find(decides);
        matches!(first, Some(egui::Event::PointerButton { .. }))
    })
}

impl eframe::App for App {
    fn ui(&mut self, ui: &mut egui::Ui, _frame: &mut eframe::Frame) {
        if ui.ctx().cumulative_frame_nr() == 1 {
            tracing::info!("the first frame is on the screen");
        }
        self.frame(ui);
    }

    fn on_exit(&mut self, _gl: Option<&eframe::glow::Context>) {
        self.close();
    }
}
