//! Progress and speed of each annotator, as a table.

use eframe::egui::{Align, Layout, Ui};
use egui_extras::{Column, TableBuilder};

use crate::{
    gui::{cx::Cx, panels::parts, strings::tr, text::BidiLabel},
    report::Figures,
};

/// How high the table is at most, in points.
const HIGHEST: f32 = 280.0;

/// Shows the table.
pub(super) fn show(ui: &mut Ui, cx: &Cx<'_>, figures: &Figures) {
    let Some(work) = &figures.work else { return };
    let row = cx.tokens.space.row;
    let heads = [
        "dashboard-annotator",
        "dashboard-done",
        "dashboard-begun",
        "dashboard-span-count",
        "dashboard-hours",
        "dashboard-spans-an-hour",
        "dashboard-documents-an-hour",
    ];
    ui.push_id("people", |ui| {
        TableBuilder::new(ui)
            .cell_layout(Layout::left_to_right(Align::Center))
            .column(Column::remainder().at_least(110.0).clip(true))
            .columns(Column::exact(78.0), heads.len() - 1)
            .max_scroll_height(HIGHEST)
            .header(row, |mut header| {
                for head in heads {
                    header.col(|ui| {
                        parts::quiet(ui, tr(head));
                    });
                }
            })
            .body(|body| {
                body.rows(row, work.annotators.len(), |mut line| {
                    let Some(person) = work.annotators.get(line.index()) else {
                        return;
                    };
                    let speed = |speed: Option<f64>| {
                        speed.map_or_else(|| "–".to_owned(), |speed| format!("{speed:.1}"))
                    };
                    let cells = [
                        person.annotator.clone(),
                        person.done.to_string(),
                        person.begun.to_string(),
                        person.spans.to_string(),
                        format!("{:.1}", person.active / 3600.0),
                        speed(person.spans_an_hour()),
                        speed(person.documents_an_hour()),
                    ];
                    for cell in &cells {
                        line.col(|ui| {
                            ui.add(BidiLabel::new(cell));
                        });
                    }
                });
            });
    });
    parts::quiet(ui, tr("dashboard-speed-hint"));
}
