//! The frame of what the dashboard shows, and the numbers at its head.

use eframe::egui::{Align, Frame, Layout, Margin, Ui, vec2};

use crate::{
    agreement::Value,
    gui::{
        controls,
        cx::Cx,
        panels::parts,
        strings::{tr, tr_args},
        text::BidiLabel,
    },
    report::{Figures, Row, SectionFigure},
};

/// How wide cards usually are inside, in points.
const USUAL: f32 = 1160.0;
/// The width of a number with its interval, in points.
const NUMBER: f32 = 156.0;

/// How wide all cards are inside, so that they stand in a column: wider than usual where the widest picture is, as
/// far as there is room.
pub(super) fn width(ui: &Ui, cx: &Cx<'_>, widest: f32) -> f32 {
    let space = cx.tokens.space;
    let edges = 2.0 * (space.m + cx.tokens.edge.width);
    let room = ui.available_width() - 2.0 * space.l - edges;
    widest.max(USUAL).min(room)
}

/// A card in the column of cards; content that is wider scrolls in it.
pub(super) fn card<T>(
    ui: &mut Ui,
    cx: &Cx<'_>,
    width: f32,
    content: impl FnOnce(&mut Ui) -> T,
) -> T {
    let space = cx.tokens.space;
    let edges = 2.0 * (space.m + cx.tokens.edge.width);
    let side = ((ui.available_width() - width - edges) / 2.0).max(0.0);
    let shown = ui.horizontal_top(|ui| {
        ui.add_space(side);
        Frame::new()
            .fill(cx.tokens.surface.raised)
            .stroke((cx.tokens.edge.width, cx.tokens.edge.separator))
            .corner_radius(cx.tokens.radius.raised)
            .inner_margin(Margin::same(space.m as i8))
            .show(ui, |ui| {
                ui.set_width(width);
                ui.vertical(content).inner
            })
            .inner
    });
    ui.add_space(space.m);
    shown.inner
}

/// What was compared, and the measures of all labels and of the groups.
pub(super) fn headline(ui: &mut Ui, cx: &Cx<'_>, width: f32, figures: &Figures) {
    let about = &figures.about;
    card(ui, cx, width, |ui| {
        let words = tr_args(
            "dashboard-compared",
            &[
                ("documents", about.documents.into()),
                ("annotators", about.annotators.len().into()),
                ("spans", about.spans.iter().sum::<usize>().into()),
            ],
        );
        parts::quiet(ui, &words);
        controls::hint(ui, tr("dashboard-intervals"));
        for part in figures.measures.parts() {
            ui.add_space(cx.tokens.space.s);
            numbers(ui, cx, part);
        }
    });
}

/// The measures of a part that have a number; the others say why below. Those of tokens stand apart and quieter.
fn numbers(ui: &mut Ui, cx: &Cx<'_>, section: &SectionFigure) {
    ui.add(BidiLabel::new(&section.title).bold());
    let asked = |value: &Value| value.value != Err(crate::agreement::Undefined::NotAsked);
    let rows = section.rows.iter().filter(|row| asked(&row.value));
    let (there, missing): (Vec<_>, Vec<_>) = rows.partition(|row| row.value.value.is_ok());
    let (tokens, others): (Vec<&Row>, Vec<&Row>) =
        there.into_iter().partition(|row| row.is_of_tokens());
    // Top to top: one beside the other, whatever their heights.
    let row = Layout::left_to_right(Align::Min).with_main_wrap(true);
    ui.with_layout(row, |ui| {
        ui.spacing_mut().item_spacing = vec2(cx.tokens.space.l, cx.tokens.space.s);
        for row in others {
            number(ui, cx, &row.title, &row.value);
        }
    });
    if !tokens.is_empty() {
        let told: Vec<String> = tokens.iter().map(|row| aside(row)).collect();
        let told = told.join(SEPARATOR);
        controls::hint(ui, tr("dashboard-tokens"));
        controls::hint(ui, &told);
    }
    for reason in reasons(&missing) {
        controls::hint(ui, &reason);
    }
}

/// Between measures in a line: no name of a measure holds it.
const SEPARATOR: &str = " · ";

/// A measure that is for information only, in the line.
fn aside(row: &Row) -> String {
    let number = row.value.value.unwrap_or_default();
    match row.value.interval {
        Some(interval) => format!(
            "{} {number:.3} ({:.3} – {:.3})",
            row.title, interval.low, interval.high
        ),
        None => format!("{} {number:.3}", row.title),
    }
}

/// `A · B: why`, a reason a line.
fn reasons(rows: &[&Row]) -> Vec<String> {
    let mut reasons: Vec<(String, Vec<&str>)> = Vec::new();
    for row in rows {
        let Err(why) = row.value.value else { continue };
        let why = why.to_string();
        match reasons.iter_mut().find(|(there, _)| *there == why) {
            Some((_, titles)) => titles.push(&row.title),
            None => reasons.push((why, vec![&row.title])),
        }
    }
    let told = reasons.into_iter();
    told.map(|(why, titles)| format!("{}: {why}", titles.join(SEPARATOR)))
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
        let row = |name, title: &str, why| Row {
            name,
            title: title.to_owned(),
            value: Value::undefined(why),
        };
        let rows = [
            row("u_alpha", "uα", Undefined::Overlap),
            row("gamma", "γ", Undefined::NoUnits),
            row("cu_alpha", "cuα", Undefined::Overlap),
        ];
        let told = reasons(&rows.iter().collect::<Vec<_>>());
        assert_eq!(told.len(), 2);
        assert!(
            told.iter()
                .any(|line| line.starts_with("uα · cuα: undefined: "))
        );
    }
}
