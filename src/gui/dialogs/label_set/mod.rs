//! The label set editor: labels, attributes and relation types in one window. Each thing done is one
//! edit, and can be undone.

mod attributes;
pub(super) mod change;
mod color;
mod details;
mod form;
mod key;
mod list;
mod relations;
mod retired;
mod text;

use eframe::egui::{self, Align, Context, Layout, ScrollArea, Ui, vec2};

use crate::{
    annotation::{LabelId, LabelSet},
    edit::LabelSetChange,
    gui::{controls, cx::Cx, draft::Drafts, icons::Icon, intent::Intent, pick::Ask, strings::tr},
    session::Command,
};

use text::Key;

/// Size of the window, in points.
const SIZE: (f32, f32) = (880.0, 600.0);
/// Width of the list at its left.
const LIST: f32 = 300.0;

/// What the window shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Tab {
    #[default]
    Labels,
    Attributes,
    Relations,
}

/// The editor's own state.
#[derive(Debug, Default)]
pub(crate) struct LabelSetDialog {
    open: bool,
    tab: Tab,
    label: Option<LabelId>,
    attribute: Option<String>,
    relation: Option<String>,
    drafts: Drafts<Key>,
    /// The name of the thing that is to be added.
    new_name: String,
    /// A letter that somebody else has, and that the person wants for the label.
    wanted_key: Option<(LabelId, char)>,
    /// The label was chosen from outside: its row is to come into view.
    reveal: bool,
}

impl LabelSetDialog {
    /// Opens the window, at a label where one is given.
    pub(crate) fn open(&mut self, label: Option<LabelId>) {
        self.open = true;
        self.tab = Tab::Labels;
        self.reveal = label.is_some();
        self.label = label.or_else(|| self.label.take());
    }

    /// What is written and not committed yet. The app asks before undo and redo, and before the
    /// window closes.
    pub(crate) fn flush(&mut self, labels: &LabelSet) -> Vec<Intent> {
        let drafts = self.drafts.take_all();
        commit(labels, drafts)
    }

    /// Whether it is open.
    pub(crate) fn is_open(&self) -> bool {
        self.open
    }

    /// Shows the window, if it is open.
    #[must_use]
    pub(crate) fn show(&mut self, ctx: &Context, cx: &Cx<'_>) -> Vec<Intent> {
        let mut intents = Vec::new();
        if !self.open {
            return intents;
        }
        let writing = ctx.text_edit_focused();
        let mut open = true;
        let shown = egui::Window::new(tr("labels-title"))
            .id(egui::Id::unique("label set editor"))
            .open(&mut open)
            .collapsible(false)
            .default_size(SIZE)
            .min_width(640.0)
            .min_height(360.0)
            .pivot(egui::Align2::CENTER_CENTER)
            .default_pos(ctx.content_rect().center())
            .show(ctx, |ui| self.content(ui, cx, &mut intents));
        if let Some(shown) = &shown {
            super::name_bar(ctx, shown.response.layer_id, tr("labels-title"));
        }
        let escape =
            shown.is_some_and(|shown| super::escape(ctx, shown.response.layer_id, writing));
        intents.extend(commit(cx.session.labels(), self.drafts.take_left()));
        if !open || escape {
            self.open = false;
            intents.extend(self.flush(cx.session.labels()));
            intents.push(Intent::FocusArticle);
        }
        intents
    }

    fn content(&mut self, ui: &mut Ui, cx: &Cx<'_>, intents: &mut Vec<Intent>) {
        self.bar(ui, intents);
        ui.separator();
        let usable = cx
            .session
            .project()
            .is_some_and(crate::session::Project::is_writable);
        ui.add_enabled_ui(usable, |ui| match self.tab {
            Tab::Labels => self.labels(ui, cx, intents),
            Tab::Attributes => self.attributes(ui, cx, intents),
            Tab::Relations => self.relations(ui, cx, intents),
        });
    }

    /// The three tabs; loading and saving.
    fn bar(&mut self, ui: &mut Ui, intents: &mut Vec<Intent>) {
        ui.horizontal(|ui| {
            for (tab, words) in [
                (Tab::Labels, tr("labels-tab-labels")),
                (Tab::Attributes, tr("labels-tab-attributes")),
                (Tab::Relations, tr("labels-tab-relations")),
            ] {
                if controls::choice(ui, self.tab == tab, words).clicked() {
                    self.tab = tab;
                    self.new_name.clear();
                }
            }
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                for (ask, icon, words) in [
                    (Ask::SaveLabels, Icon::Save, tr("labels-save")),
                    (Ask::LoadLabels, Icon::FolderOpen, tr("labels-load")),
                ] {
                    if controls::word_button(ui, icon, words).clicked() {
                        intents.push(Intent::Ask(ask));
                    }
                }
            });
        });
    }
}

/// The intents of drafts that are committed; what cannot be is given up.
fn commit(labels: &LabelSet, drafts: Vec<(Key, String)>) -> Vec<Intent> {
    let changes = drafts
        .into_iter()
        .filter_map(|(key, text)| text::change(labels, &key, &text).ok());
    changes.flatten().map(wish).collect()
}

/// A change of the label set, as an intent.
fn wish(change: LabelSetChange) -> Intent {
    Command::Labels(change).into()
}

/// A list at the left and what it is about at the right, each with its own scroll bar.
fn two_columns(ui: &mut Ui, mut left: impl FnMut(&mut Ui), mut right: impl FnMut(&mut Ui)) {
    let height = ui.available_height();
    ui.horizontal_top(|ui| {
        ui.allocate_ui_with_layout(vec2(LIST, height), Layout::top_down(Align::Min), |ui| {
            ui.set_min_height(height);
            ScrollArea::vertical()
                .id_salt("list")
                .auto_shrink([false, false])
                .show(ui, &mut left);
        });
        ui.separator();
        ui.allocate_ui_with_layout(ui.available_size(), Layout::top_down(Align::Min), |ui| {
            ScrollArea::vertical()
                .id_salt("details")
                .auto_shrink([false, false])
                .show(ui, &mut right);
        });
    });
}
