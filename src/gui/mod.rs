//! The window: article view, margins, dialogs, theme, shortcuts. Only this room names egui.

pub mod commands;
pub(crate) mod cx;
pub(crate) mod dialogs;
pub(crate) mod enabled;
pub mod icons;
pub(crate) mod intent;
pub mod keys;
pub(crate) mod panels;
pub(crate) mod pick;
pub mod strings;
pub mod text;
pub mod theme;
pub(crate) mod toasts;
pub(crate) mod words;
