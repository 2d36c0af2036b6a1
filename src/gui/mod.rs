//! The window: article view, margins, dialogs, theme, shortcuts. Only this room names egui.

mod app;
pub mod article;
mod cached;
pub mod commands;
mod controls;
mod cx;
mod dashboard;
mod dialogs;
mod draft;
mod enabled;
pub mod icons;
mod intent;
pub mod keys;
mod names;
mod panels;
mod pick;
pub mod strings;
pub mod text;
pub mod theme;
mod toasts;
mod words;

pub use app::{App, ToOpen, run};

#[cfg(test)]
mod tests;
