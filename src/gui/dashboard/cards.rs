//! The frame of what the dashboard shows, and the numbers at its head.

use eframe::egui::{Align, Frame, Layout, Margin, Ui, vec2};

use crate::{
    agreement::Value,
    gui::{
        cx::Cx,
        panels::parts,
        strings::{tr, tr_args},
        text::BidiLabel,
    },
    report::{Figures, Row, SectionFigure},
};

/// How wide a card usually is, in points.
const USUAL: f32 = 1000.0;
/// The width of a number with its interval, in points.
const NUMBER: f32 = 156.0;

/// A card in the column of cards; content that is wider scrolls in it.
pub(super) fn card<T>(
    ui: &mut Ui,
    cx: &Cx<'_>,
    width: f32,
    content: impl FnOnce(&mut Ui) -> T,
) -> T {
    let space = cx.tokens.space;
    let inside = space.m;
    let edges = 2.0 * (inside + cx.tokens.edge.width);
    let room = ui.available_width() - 2.0 * space.l;
    // All are as wide as the usual one, so that they stand in a column; a wider picture gets the room there is.
    let wide = (width + edges).max(USUAL.min(room)).min(room);
    let side = ((ui.available_width() - wide) / 2.0).max(0.0);
    let shown = ui.horizontal_top(|ui| {
        ui.add_space(side);
        Frame::new()
            .fill(cx.tokens.surface.raised)
            .stroke((cx.tokens.edge.width, cx.tokens.edge.separator))
            .corner_radius(cx.tokens.radius.raised)
            .inner_margin(Margin::same(inside as i8))
            .show(ui, |ui| {
                ui.set_width(wide - edges);
                ui.vertical(content).inner
            })
            .inner
    });
    ui.add_space(space.m);
    shown.inner
}

/// What was compared, and the measures of all labels and of the groups.
pub(super) fn headline(ui: &mut Ui, cx: &Cx<'_>, figures: &Figures) {
    let about = &figures.about;
    card(ui, cx, USUAL, |ui| {
        let words = tr_args(
            "dashboard-compared",
            &[
                ("documents", about.documents.into()),
                ("annotators", about.annotators.len().into()),
                ("spans", about.spans.iter().sum::<usize>().into()),
            ],
        );
        parts::quiet(ui, &words);
        ui.add_space(cx.tokens.space.s);
        let measures = &figures.measures;
        numbers(ui, cx, &measures.all);
        for group in &measures.groups {
            ui.add_space(cx.tokens.space.s);
            numbers(ui, cx, group);
        }
    });
}

/// The measures of a part that have a number; the others say why below.
fn numbers(ui: &mut Ui, cx: &Cx<'_>, section: &SectionFigure) {
    ui.add(BidiLabel::new(&section.title).bold());
    let asked = |value: &Value| value.value != Err(crate::agreement::Undefined::NotAsked);
    let rows = section.rows.iter().filter(|row| asked(&row.value));
    let (there, missing): (Vec<_>, Vec<_>) = rows.partition(|row| row.value.value.is_ok());
    // Top to top: one beside the other, whatever their heights.
    let row = Layout::left_to_right(Align::Min).with_main_wrap(true);
    ui.with_layout(row, |ui| {
        ui.spacing_mut().item_spacing = vec2(cx.tokens.space.l, cx.tokens.space.s);
        for row in there {
            number(ui, cx, title(row), &row.value);
        }
    });
    for reason in reasons(&missing) {
        parts::sentence(ui, &reason, cx.tokens.ink.weak);
    }
}

/// A measure's name in the window, whose font has no Greek letters.
fn title(row: &Row) -> &str {
    match row.name {
        "cohen_kappa" => tr("dashboard-cohen-kappa"),
        "fleiss_kappa" => tr("dashboard-fleiss-kappa"),
        "krippendorff_nominal" => tr("dashboard-krippendorff"),
        "u_alpha" => tr("dashboard-u-alpha"),
        "u_alpha_binary" => tr("dashboard-u-alpha-binary"),
        "cu_alpha" => tr("dashboard-cu-alpha"),
        "ku_alpha" => tr("dashboard-ku-alpha"),
        "gamma" => tr("dashboard-gamma"),
        "gamma_cat" => tr("dashboard-gamma-cat"),
        _ => &row.title,
    }
}

/// `A, B: why`, a reason a line.
fn reasons(rows: &[&Row]) -> Vec<String> {
    let mut reasons: Vec<(String, Vec<&str>)> = Vec::new();
    for row in rows {
        let Err(why) = row.value.value else { continue };
        let why = why.to_string();
        match reasons.iter_mut().find(|(there, _)| *there == why) {
            Some((_, titles)) => titles.push(title(row)),
            None => reasons.push((why, vec![title(row)])),
        }
    }
    let told = reasons.into_iter();
    told.map(|(why, titles)| format!("{}: {why}", titles.join(", ")))
        .collect()
}

fn number(ui: &mut Ui, cx: &Cx<'_>, title: &str, value: &Value) {
    let tokens = cx.tokens;
    let Ok(found) = value.value else { return };
    let size = vec2(NUMBER, tokens.text.display + 3.2 * tokens.text.small);
    ui.allocate_ui(size, |ui| {
        ui.vertical(|ui| {
            ui.set_width(NUMBER);
            ui.spacing_mut().item_spacing.y = 0.0;
            let shown = format!("{found:.3}");
            ui.add(BidiLabel::new(&shown).size(tokens.text.display));
            let interval = value.interval.map_or_else(String::new, |interval| {
                format!("{:.3} – {:.3}", interval.low, interval.high)
            });
            let interval = match interval.as_str() {
                "" => tr("dashboard-no-interval"),
                told => told,
            };
            let quiet = |words| BidiLabel::new(words).size(tokens.text.small);
            ui.add(quiet(title));
            ui.add(quiet(interval).color(tokens.ink.weak));
        });
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::agreement::Undefined;

    #[test]
    fn measures_without_a_number_share_their_reason() {
        let row = |name, why| Row {
            name,
            title: String::new(),
            value: Value::undefined(why),
        };
        let rows = [
            row("u_alpha", Undefined::Overlap),
            row("gamma", Undefined::NoUnits),
            row("cu_alpha", Undefined::Overlap),
        ];
        let told = reasons(&rows.iter().collect::<Vec<_>>());
        assert_eq!(told.len(), 2);
        assert!(
            told.iter()
                .any(|line| line.starts_with("u-alpha, cu-alpha: undefined: "))
        );
    }
}
