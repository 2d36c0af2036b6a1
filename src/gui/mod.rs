//! The window: article view, margins, dialogs, theme, shortcuts. Only this room names egui.

pub mod icons;
pub mod theme;
