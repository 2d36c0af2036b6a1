//! Progress and speed of each annotator, as a table.

use eframe::egui::{Align, Layout, Ui, vec2};
use egui_extras::{Column, TableBuilder};

use super::scene;
use crate::{
    gui::{controls, cx::Cx, panels::parts, strings::tr, text::BidiLabel},
    report::Figures,
};

/// How high the table is at most, in points.
const HIGHEST: f32 = 280.0;

/// The width of annotators' names at least, and of a number, in points.
const NAME: f32 = 110.0;
const NUMBER: f32 = 78.0;

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
    let columns = heads.len() - 1;
    let least = NAME + columns as f32 * (NUMBER + ui.spacing().item_spacing.x);
    let wide = least.max(ui.available_width());
    let high = (row * (work.annotators.len() + 1) as f32).min(HIGHEST + row);
    scene::across(ui, "people across", vec2(wide, high), |ui| {
        ui.set_max_width(wide);
        TableBuilder::new(ui)
            .cell_layout(Layout::left_to_right(Align::Center))
            .column(Column::remainder().at_least(NAME).clip(true))
            .columns(Column::exact(NUMBER), columns)
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
                    let timed = |number: Option<f64>, digits: usize| {
                        number.map_or_else(|| "–".to_owned(), |number| format!("{number:.digits$}"))
                    };
                    let cells = [
                        person.annotator.clone(),
                        person.done.to_string(),
                        person.begun.to_string(),
                        person.spans.to_string(),
                        timed(person.hours(), 2),
                        timed(person.spans_an_hour(), 1),
                        timed(person.documents_an_hour(), 1),
                    ];
                    for cell in &cells {
                        line.col(|ui| {
                            ui.add(BidiLabel::new(cell));
                        });
                    }
                });
            });
    });
    controls::hint(ui, tr("dashboard-speed-hint"));
    if !work.is_timed() {
        controls::hint(ui, tr("dashboard-untimed"));
    }
}
