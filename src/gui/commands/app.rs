//! Commands for the program as a whole.

use eframe::egui::Key;

use super::shortcut::{ctrl, plain};
use crate::gui::icons::Icon;

commands! {
    /// The program as a whole.
    AppCommand in App {
        /// Opens the palette of commands.
        Palette = "cmd-palette", Some(Icon::Command), [ctrl(Key::P).shifted()], false;
        /// Opens the help sheet.
        Help = "cmd-help", Some(Icon::Question), [plain(Key::F1)], false;
        /// Opens the settings.
        Settings = "cmd-settings", Some(Icon::Gear), [ctrl(Key::Comma)], false;
        /// Steps back: selection, chosen span, panel.
        Back = "cmd-back", None, [plain(Key::Escape)], false;
        /// Ends the program.
        Quit = "cmd-quit", Some(Icon::SignOut), [ctrl(Key::Q)], false;
    }
}
