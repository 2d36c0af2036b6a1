//! Ties the painter to egui's passes, and lets everybody reach it through the context.

use std::sync::Arc;
use std::sync::mpsc::{Receiver, channel};

use eframe::egui;
use egui::mutex::Mutex;
use egui::{Context, Id, Plugin, Ui};

use super::chrome;
use super::painter::TextPainter;
use crate::typeset::Fonts;

/// The painter as everybody shares it.
#[derive(Clone)]
struct Shared(Arc<Mutex<TextPainter>>);

/// Puts the painter into the context, and the net under egui's own text. Doing it again does
/// nothing.
pub fn install(ctx: &Context) {
    shared(ctx);
}

/// Uses the window's painter. Do not call it again from inside `use_painter`: there is only one.
pub fn with<R>(ctx: &Context, use_painter: impl FnOnce(&mut TextPainter) -> R) -> R {
    let shared = shared(ctx);
    let mut painter = shared.0.lock();
    use_painter(&mut painter)
}

/// Lists the system's fonts on another thread, since that takes up to 200 ms, and takes them as
/// fallback when they have come. Not in tests of pictures: fonts differ between machines.
pub fn load_system_fonts(ctx: &Context) {
    install(ctx);
    let (sender, receiver) = channel();
    ctx.with_plugin(|plugin: &mut TextPlugin| *plugin.coming.lock() = Some(receiver));
    let ctx = ctx.clone();
    std::thread::spawn(move || {
        // Nobody waits for them any more if the window has gone.
        if sender.send(Fonts::with_system()).is_ok() {
            ctx.request_repaint();
        }
    });
}

fn shared(ctx: &Context) -> Shared {
    let id = Id::unique("hashiya text painter");
    if let Some(shared) = ctx.data(|data| data.get_temp::<Shared>(id)) {
        return shared;
    }
    let shared = Shared(Arc::new(Mutex::new(TextPainter::new(ctx))));
    ctx.data_mut(|data| data.insert_temp(id, shared.clone()));
    ctx.add_plugin(TextPlugin {
        painter: shared.clone(),
        coming: Mutex::new(None),
    });
    shared
}

struct TextPlugin {
    painter: Shared,
    coming: Mutex<Option<Receiver<Fonts>>>,
}

impl Plugin for TextPlugin {
    fn debug_name(&self) -> &'static str {
        "bidirectional text"
    }

    fn on_begin_pass(&mut self, ui: &mut Ui) {
        let mut painter = self.painter.0.lock();
        let mut coming = self.coming.lock();
        if let Some(fonts) = coming.as_ref().and_then(|coming| coming.try_recv().ok()) {
            *coming = None;
            painter.typesetter().set_fonts(fonts);
        }
        painter.begin_pass(ui.ctx());
    }

    fn on_end_pass(&mut self, ui: &mut Ui) {
        let mut painter = self.painter.0.lock();
        chrome::mend(ui.ctx(), &mut painter);
        painter.end_pass(ui.ctx());
    }
}
