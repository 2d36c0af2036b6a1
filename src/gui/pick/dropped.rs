//! Files dropped on the window come in; while they hang over it, it says so.

use eframe::egui::{Align2, Area, Context, FontId, Id, Order};

use crate::gui::{
    intent::Intent,
    strings::tr,
    theme::{Tokens, with_alpha},
};

/// What was dropped in this frame.
pub(crate) fn dropped(ctx: &Context, tokens: &Tokens) -> Option<Intent> {
    if ctx.input(|input| !input.raw.hovered_files.is_empty()) {
        hint(ctx, tokens);
    }
    let paths: Vec<std::path::PathBuf> = ctx.input(|input| {
        input
            .raw
            .dropped_files
            .iter()
            .map(|file| file.path().to_path_buf())
            .collect()
    });
    (!paths.is_empty()).then_some(Intent::Dropped(paths))
}

fn hint(ctx: &Context, tokens: &Tokens) {
    let screen = ctx.content_rect();
    Area::new(Id::unique("drop hint"))
        .order(Order::Foreground)
        .fixed_pos(screen.min)
        .show(ctx, |ui| {
            let painter = ui.painter();
            painter.rect_filled(screen, 0.0, with_alpha(tokens.surface.page, 0.9));
            let font = FontId::proportional(tokens.text.heading);
            painter.text(
                screen.center(),
                Align2::CENTER_CENTER,
                tr("pick-drop"),
                font,
                tokens.ink.strong,
            );
        });
}
