//! Commands about how things are shown: theme, zoom, margins, tools.

use eframe::egui::Context;

use crate::{
    gui::{commands::ViewCommand, intent::Dialog, theme},
    session::{Reading, Settings, ThemeChoice},
};

use super::{App, margins::Margin};

/// The least and the greatest zoom.
const SMALLEST: f32 = 0.5;
const LARGEST: f32 = 3.0;

impl App {
    pub(super) fn view_command(&mut self, ctx: &Context, command: ViewCommand) {
        if command == ViewCommand::Font {
            self.open(ctx, Dialog::Settings);
            return;
        }
        if command == ViewCommand::Dashboard {
            self.panels.dashboard.toggle();
            return;
        }
        let margin = match command {
            ViewCommand::FoldLeft => Some(Margin::List),
            ViewCommand::FoldRight => Some(Margin::Work),
            _ => None,
        };
        if let Some(margin) = margin {
            return self.fold_or_bring(ctx, margin);
        }
        change(self.session.settings_mut(), command);
        self.settings_changed(ctx);
    }

    /// Lets the window follow the settings, and writes them.
    pub(super) fn settings_changed(&mut self, ctx: &Context) {
        follow(ctx, &self.session.settings().reading);
        if !self.session.settings().tools.label_first {
            self.picked = None;
        }
        self.session.save_settings();
    }
}

/// Lets egui follow the settings.
pub(super) fn follow(ctx: &Context, reading: &Reading) {
    theme::choose(
        ctx,
        match reading.theme {
            ThemeChoice::System => theme::ThemeChoice::System,
            ThemeChoice::Paper => theme::ThemeChoice::Paper,
            ThemeChoice::Night => theme::ThemeChoice::Night,
        },
    );
    ctx.set_zoom_factor(reading.zoom);
}

/// What a command makes of the settings.
pub(super) fn change(settings: &mut Settings, command: ViewCommand) {
    let Settings { reading, tools, .. } = settings;
    match command {
        ViewCommand::ThemeSystem => reading.theme = ThemeChoice::System,
        ViewCommand::ThemePaper => reading.theme = ThemeChoice::Paper,
        ViewCommand::ThemeNight => reading.theme = ThemeChoice::Night,
        ViewCommand::ZoomIn => reading.zoom = stepped(reading.zoom, 0.1, SMALLEST, LARGEST),
        ViewCommand::ZoomOut => reading.zoom = stepped(reading.zoom, -0.1, SMALLEST, LARGEST),
        ViewCommand::ZoomReset => reading.zoom = 1.0,
        ViewCommand::TextLarger => reading.text_size = stepped(reading.text_size, 1.0, 10.0, 60.0),
        ViewCommand::TextSmaller => {
            reading.text_size = stepped(reading.text_size, -1.0, 10.0, 60.0);
        }
        ViewCommand::LinesWider => {
            reading.line_spacing = stepped(reading.line_spacing, 0.1, 0.6, 2.5);
        }
        ViewCommand::LinesCloser => {
            reading.line_spacing = stepped(reading.line_spacing, -0.1, 0.6, 2.5);
        }
        ViewCommand::Font
        | ViewCommand::Dashboard
        | ViewCommand::FoldLeft
        | ViewCommand::FoldRight => {}
        ViewCommand::LabelFirst => tools.label_first = !tools.label_first,
        ViewCommand::Trim => tools.trim = !tools.trim,
        ViewCommand::Invisible => tools.invisibles = !tools.invisibles,
        ViewCommand::SwapSides => tools.swapped = !tools.swapped,
    }
}

/// A value one step on, on the step's grid and within reach.
fn stepped(value: f32, step: f32, low: f32, high: f32) -> f32 {
    let grid = step.abs();
    (((value + step) / grid).round() * grid).clamp(low, high)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zoom_goes_in_tenths_and_stops_at_its_ends() {
        let mut settings = Settings::default();
        for _ in 0..3 {
            change(&mut settings, ViewCommand::ZoomIn);
        }
        assert!((settings.reading.zoom - 1.3).abs() < 1e-6);
        for _ in 0..40 {
            change(&mut settings, ViewCommand::ZoomOut);
        }
        assert!((settings.reading.zoom - 0.5).abs() < 1e-6);
        change(&mut settings, ViewCommand::ZoomReset);
        assert!((settings.reading.zoom - 1.0).abs() < 1e-6);
    }
}
