//! The dialogs. Those that change what a project is made of (labels, an article's facts) keep what is
//! written in them, and the app holds each; the others begin anew each time, and [`Dialogs`] holds
//! those of them that are open, the newest on top.

pub(crate) mod alike;
mod annotator;
mod captioned;
mod comments;
pub(crate) mod document;
pub(crate) mod export;
mod help;
pub(crate) mod import;
pub(crate) mod label_set;
pub(crate) mod leave;
pub(crate) mod merge;
mod palette;
mod problems;
pub(crate) mod remove_label;
mod settings;
mod shell;
pub(crate) mod take_agreed;
#[cfg(test)]
mod tests;

use eframe::egui::{Context, Key, LayerId, Modifiers, Popup, accesskit::Role};

use super::{
    cx::Cx,
    intent::{Dialog, Intent},
};
use annotator::AnnotatorDialog;
use comments::Comments;
use help::Help;
use palette::Palette;
use problems::Problems;
use settings::SettingsDialog;

/// What came of a dialog in a frame.
#[derive(Debug, Default)]
pub(crate) struct Outcome {
    /// What is wanted.
    pub(crate) wanted: Vec<Intent>,
    /// Whether the dialog is through.
    pub(crate) closed: bool,
}

impl Outcome {
    /// Through, with this wanted.
    pub(crate) fn done(wanted: Vec<Intent>) -> Self {
        Self {
            wanted,
            closed: true,
        }
    }
}

/// The dialogs that are open.
#[derive(Default)]
pub(crate) struct Dialogs {
    open: Vec<Open>,
}

/// A dialog that is open, with what it is called by.
struct Open {
    what: Dialog,
    view: View,
}

/// Every dialog there is. A new one is a line here, in [`View::of`] and in [`View::show`].
enum View {
    Palette(Palette),
    Help(Help),
    Settings(SettingsDialog),
    Annotator(AnnotatorDialog),
    Problems(Problems),
    Comments(Comments),
}

impl View {
    /// A fresh dialog; `None` for those that the app holds.
    fn of(what: &Dialog) -> Option<Self> {
        Some(match what {
            Dialog::Palette => Self::Palette(Palette::default()),
            Dialog::Help => Self::Help(Help::default()),
            Dialog::Settings => Self::Settings(SettingsDialog::default()),
            Dialog::Annotator => Self::Annotator(AnnotatorDialog::default()),
            Dialog::Problems(lines, guessed) => Self::Problems(Problems::new(lines, guessed)),
            Dialog::Comments => Self::Comments(Comments::default()),
            Dialog::LabelSet(_)
            | Dialog::RemoveLabel(_)
            | Dialog::Alike
            | Dialog::TakeAgreed(_)
            | Dialog::Document
            | Dialog::Export
            | Dialog::Import => return None,
        })
    }

    fn show(&mut self, ctx: &Context, cx: &Cx<'_>) -> Outcome {
        match self {
            Self::Palette(view) => view.show(ctx, cx),
            Self::Help(view) => view.show(ctx, cx),
            Self::Settings(view) => view.show(ctx, cx),
            Self::Annotator(view) => view.show(ctx, cx),
            Self::Problems(view) => view.show(ctx, cx),
            Self::Comments(view) => view.show(ctx, cx),
        }
    }
}

impl Dialogs {
    /// Opens a dialog over those that are open; one that is open already begins anew.
    pub(crate) fn open(&mut self, what: Dialog) {
        self.open
            .retain(|open| std::mem::discriminant(&open.what) != std::mem::discriminant(&what));
        self.open
            .extend(View::of(&what).map(|view| Open { what, view }));
    }

    /// Closes the newest; tells whether there was one.
    pub(crate) fn close(&mut self) -> bool {
        self.open.pop().is_some()
    }

    /// Whether the keyboard and the mouse belong to a dialog.
    pub(crate) fn is_modal(&self) -> bool {
        !self.open.is_empty()
    }

    /// Draws those that are open. With the last one the keyboard goes back to the article, before
    /// what was wanted is done.
    #[must_use]
    pub(crate) fn show(&mut self, ctx: &Context, cx: &Cx<'_>) -> Vec<Intent> {
        let mut wanted = Vec::new();
        let before = self.open.len();
        self.open.retain_mut(|open| {
            let outcome = open.view.show(ctx, cx);
            wanted.extend(outcome.wanted);
            !outcome.closed
        });
        if before > 0 && self.open.is_empty() {
            wanted.insert(0, Intent::FocusArticle);
        }
        wanted
    }
}

/// Names the bar of a window by which it is moved: egui lets it have the keyboard and leaves it without
/// a name.
fn name_bar(ctx: &Context, layer: LayerId, title: &str) {
    let bar = layer.id.with("__title_click");
    if ctx.has_accesskit_node(bar) {
        ctx.accesskit_node_builder(bar, |node| {
            node.set_role(Role::TitleBar);
            node.set_label(title);
        });
    }
}

/// Whether Escape closes the window of this layer: it is the topmost, no menu is open, and nobody
/// was `writing` in a field when the frame began (there Escape leaves the field).
fn escape(ctx: &Context, layer: LayerId, writing: bool) -> bool {
    let top = ctx.memory(|memory| memory.areas().top_layer_id(layer.order)) == Some(layer);
    let modal = ctx.memory(|memory| memory.top_modal_layer().is_some());
    if !top || modal || Popup::is_any_open(ctx) || writing {
        return false;
    }
    ctx.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Escape))
}
