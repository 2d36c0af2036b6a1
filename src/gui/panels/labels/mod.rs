//! The label palette, at the top of the right margin: each label with its keys, its look and how
//! often the article has it; below it the guide of the label one is at.

mod chips;
mod guide;
mod row;
mod rows;

use std::collections::BTreeMap;

use eframe::egui::{Align, Layout, ScrollArea, Ui};

use crate::{
    annotation::LabelId,
    gui::{
        commands::{CommandId, ProjectCommand},
        controls,
        cx::Cx,
        icons::Icon,
        intent::{Dialog, Intent},
        strings::tr,
    },
};

/// Rows that are in view however small the room is.
const LEAST: f32 = 4.0;

/// The palette's own state.
#[derive(Debug, Default)]
pub(crate) struct LabelPalette {
    guide_folded: bool,
    /// The label whose guide was shown last: it stays while nothing else is pointed at, so that the
    /// guide can be read and scrolled.
    told: Option<LabelId>,
}

impl LabelPalette {
    /// Shows the palette in the room there is; where labels are many they scroll.
    #[must_use]
    pub(crate) fn show(&mut self, ui: &mut Ui, cx: &Cx<'_>) -> Vec<Intent> {
        let mut intents = Vec::new();
        let row = cx.tokens.space.row;
        let text = guide::text_height(ui.available_height());
        let rest = row + guide::height(cx, text, self.guide_folded);
        let height = (ui.available_height() - rest).max(LEAST * row);
        header(ui, &mut intents);
        let labels = cx.session.labels();
        let none = BTreeMap::new();
        let article = cx.session.article();
        let counts = article.map_or(&none, |article| article.layer().label_counts());
        let rows = rows::rows(labels, counts);
        if rows.is_empty() {
            controls::hint(ui, tr("palette-empty"));
            return intents;
        }
        let mut hovered = None;
        ScrollArea::vertical()
            .id_salt("palette")
            .max_height(height)
            .auto_shrink([false, true])
            .show(ui, |ui| {
                ui.spacing_mut().item_spacing.y = 0.0;
                for row in &rows {
                    let response = row::show(ui, cx, row, &mut intents);
                    if response.hovered() || response.has_focus() {
                        hovered = Some(row.id.clone());
                    }
                }
            });
        self.tell(cx, hovered);
        guide::show(ui, cx, self.told.as_ref(), text, &mut self.guide_folded);
        intents
    }

    /// Shows the labels as chips, with little room.
    #[must_use]
    pub(crate) fn show_chips(ui: &mut Ui, cx: &Cx<'_>) -> Vec<Intent> {
        let mut intents = Vec::new();
        let none = BTreeMap::new();
        let article = cx.session.article();
        let counts = article.map_or(&none, |article| article.layer().label_counts());
        let rows = rows::rows(cx.session.labels(), counts);
        chips::show(ui, cx, &rows, &mut intents);
        intents
    }

    /// Decides whose guide is shown: that of the label pointed at, picked, or of the chosen span.
    fn tell(&mut self, cx: &Cx<'_>, hovered: Option<LabelId>) {
        let chosen = || {
            let span = cx
                .session
                .article()
                .and_then(crate::session::Article::chosen)?;
            let label = cx.session.labels().resolve(&span.data.label)?;
            Some(label.id.clone())
        };
        if let Some(id) = hovered.or_else(|| cx.picked.cloned()).or_else(chosen) {
            self.told = Some(id);
        }
    }
}

fn header(ui: &mut Ui, intents: &mut Vec<Intent>) {
    ui.horizontal(|ui| {
        controls::heading(ui, tr("palette-labels"));
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let edit = CommandId::Project(ProjectCommand::EditLabels).row();
            if controls::icon_button(ui, Icon::Pencil, edit.name()).clicked() {
                intents.push(Intent::Open(Dialog::LabelSet(None)));
            }
        });
    });
}
