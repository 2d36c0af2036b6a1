//! What of the dashboard can be saved: each picture, each table, and the report.

use eframe::egui::{
    Button, Ui,
    containers::menu::{SubMenu, SubMenuButton},
    vec2,
};

use crate::{
    gui::{cx::Cx, icons::Icon, intent::Intent, panels::parts, pick::Ask, strings::tr},
    report::{PAPER, TableKind, charts, tables},
    session::Picture,
};

/// The menu's rows.
pub(super) fn menu(ui: &mut Ui, cx: &Cx<'_>, wanted: &mut Vec<Intent>) {
    let Some(figures) = cx.session.figures().and_then(|it| it.figures.clone()) else {
        return;
    };
    let row = |ui: &mut Ui, words: &str| {
        let clicked = parts::menu_row(ui, None, words, None, None).clicked();
        if clicked {
            ui.close();
        }
        clicked
    };
    let report = parts::menu_row(
        ui,
        Some(Icon::Article),
        tr("dashboard-save-report"),
        None,
        None,
    );
    if report.clicked() {
        ui.close();
        wanted.push(Intent::Ask(Ask::SaveFigures));
    }
    ui.separator();
    for (kind, words) in [
        (Picture::Svg, "dashboard-save-svg"),
        (Picture::Png, "dashboard-save-png"),
    ] {
        sub(ui, cx, tr(words), |ui| {
            for picture in charts::pictures(&figures, &PAPER) {
                if row(ui, &picture.scene.title) {
                    wanted.push(Intent::Ask(Ask::SavePicture(picture.name, kind)));
                }
            }
        });
    }
    sub(ui, cx, tr("dashboard-save-csv"), |ui| {
        for table in tables(&figures) {
            if row(ui, title(table.kind)) {
                wanted.push(Intent::Ask(Ask::SaveTable(table.kind)));
            }
        }
    });
}

fn sub(ui: &mut Ui, cx: &Cx<'_>, words: &str, content: impl FnOnce(&mut Ui)) {
    let row = Button::new(words)
        .right_text(SubMenuButton::arrow_atom(None))
        .min_size(vec2(cx.tokens.space.xl * 8.0, cx.tokens.space.row));
    let response = ui.add(row).accessible_name(words);
    SubMenu::new().show(ui, &response, content);
}

/// A table's name for people.
fn title(kind: TableKind) -> &'static str {
    match kind {
        TableKind::Measures => tr("dashboard-table-measures"),
        TableKind::Labels => tr("dashboard-table-labels"),
        TableKind::Pairs => tr("dashboard-table-pairs"),
        TableKind::PairLabels => tr("dashboard-table-pair-labels"),
        TableKind::Documents => tr("dashboard-table-documents"),
        TableKind::Features => tr("dashboard-table-features"),
        TableKind::Confusion => tr("dashboard-table-confusion"),
        TableKind::Classes => tr("dashboard-table-classes"),
        TableKind::Annotators => tr("dashboard-table-annotators"),
        TableKind::LabelEstimates => tr("dashboard-table-label-estimates"),
        TableKind::Counts => tr("dashboard-table-counts"),
        TableKind::Progress => tr("dashboard-table-progress"),
        TableKind::Days => tr("dashboard-table-days"),
    }
}
