//! The window: article view, margins, dialogs, theme, shortcuts. Only this room names egui.

mod cached;
pub mod commands;
mod controls;
mod cx;
mod dialogs;
mod draft;
pub mod icons;
mod intent;
pub mod keys;
mod lines;
mod panels;
pub mod strings;
pub mod text;
pub mod theme;
