//! The window: article view, margins, dialogs, theme, shortcuts. Only this room names egui.

pub mod article;
pub mod commands;
pub mod icons;
pub mod keys;
pub mod strings;
pub mod text;
pub mod theme;
