//! Agreement and work by day, as curves.

use eframe::egui::{Ui, vec2};
use egui_plot::{HoverPosition, Legend, Line, Plot, PlotPoints, Points};

use super::cards;
use crate::{
    gui::{
        controls,
        cx::Cx,
        strings::{tr, tr_args},
        theme,
    },
    report::{DayFigure, Figures},
};

const HEIGHT: f32 = 220.0;

/// Shows the curves. One day makes no curve: it is said in words.
pub(super) fn show(ui: &mut Ui, cx: &Cx<'_>, width: f32, figures: &Figures) {
    let Some(work) = &figures.work else { return };
    if work.days.is_empty() {
        return;
    }
    cards::card(ui, cx, width, |ui| {
        controls::heading(ui, tr("dashboard-over-time"));
        let curves = agreement(&work.days);
        if let Some(day) = work.only_day() {
            controls::hint(ui, &one_day(day));
        } else if curves.iter().any(|curve| !curve.points.is_empty()) {
            plot(ui, cx, "agreement over time", &work.days, curves, Some(1.0));
        } else {
            controls::hint(ui, tr("dashboard-no-day"));
        }
        ui.add_space(cx.tokens.space.m);
        controls::heading(ui, tr("dashboard-work-by-day"));
        match work.days.as_slice() {
            [day] => {
                controls::hint(ui, &one_day_of_work(day, figures));
            }
            days => plot(ui, cx, "spans by day", days, spans(figures), None),
        }
    });
}

/// Agreement where all of it came about on one day.
fn one_day(day: &DayFigure) -> String {
    let number = |value: Option<f64>| value.map_or("–".to_owned(), |value| format!("{value:.3}"));
    tr_args(
        "dashboard-one-day",
        &[
            ("day", day.day.as_str().into()),
            ("exact", number(day.exact).as_str().into()),
            ("overlap", number(day.overlap).as_str().into()),
            ("documents", day.shared.into()),
        ],
    )
}

/// What each made where all was made on one day.
fn one_day_of_work(day: &DayFigure, figures: &Figures) -> String {
    let people = figures.work.iter().flat_map(|work| &work.annotators);
    let said = people.zip(&day.spans).map(|(person, spans)| {
        let words = [
            ("who", person.annotator.as_str().into()),
            ("n", (*spans).into()),
        ];
        tr_args("dashboard-spans-of", &words)
    });
    let said: Vec<String> = said.collect();
    format!("\u{200E}{}: {}", day.day, said.join(" · "))
}

/// A curve.
struct Curve {
    name: String,
    points: Vec<[f64; 2]>,
}

fn agreement(days: &[DayFigure]) -> Vec<Curve> {
    let curve = |words, value: fn(&DayFigure) -> Option<f64>| Curve {
        name: tr(words).to_owned(),
        points: days
            .iter()
            .filter_map(|day| Some([day.number as f64, value(day)?]))
            .collect(),
    };
    vec![
        curve("dashboard-exact", |day| day.exact),
        curve("dashboard-overlap", |day| day.overlap),
    ]
}

/// Spans made by each annotator so far.
fn spans(figures: &Figures) -> Vec<Curve> {
    let Some(work) = &figures.work else {
        return Vec::new();
    };
    let people = work.annotators.iter().enumerate();
    people
        .map(|(place, person)| {
            let mut sum = 0;
            let points = work.days.iter().map(|day| {
                sum += day.spans.get(place).copied().unwrap_or(0);
                [day.number as f64, sum as f64]
            });
            Curve {
                points: points.collect(),
                name: person.annotator.clone(),
            }
        })
        .collect()
}

/// What the nearest point says.
fn near(hover: &HoverPosition<'_>, days: &[DayFigure]) -> Option<String> {
    let HoverPosition::NearDataPoint {
        plot_name,
        position,
        ..
    } = hover
    else {
        return None;
    };
    let number = if position.y.fract().abs() < 1e-9 {
        format!("{:.0}", position.y)
    } else {
        format!("{:.3}", position.y)
    };
    let day = day_name(days, position.x);
    Some(format!("{plot_name}\n{number} · {day}"))
}

/// The day at a place of the axis; nothing between days.
fn day_name(days: &[DayFigure], at: f64) -> String {
    let mut days = days.iter();
    let found = days.find(|day| (day.number as f64 - at).abs() < 0.01);
    found.map_or_else(String::new, |day| day.day.clone())
}

fn plot(
    ui: &mut Ui,
    cx: &Cx<'_>,
    id: &str,
    days: &[DayFigure],
    curves: Vec<Curve>,
    most: Option<f64>,
) {
    let palette = theme::picture_palette(cx.tokens);
    let first = days.first().map_or(0, |day| day.number) as f64;
    let last = days.last().map_or(0, |day| day.number) as f64;
    let width = ui.available_width();
    let mut plot = Plot::new(id)
        .min_size(vec2(200.0, HEIGHT))
        .width(width)
        .height(HEIGHT)
        .allow_zoom(false)
        .allow_scroll(false)
        .allow_drag(false)
        .allow_boxed_zoom(false)
        .show_background(false)
        .grid_color(cx.tokens.edge.separator)
        .x_axis_formatter(move |mark, _| day_name(days, mark.value))
        .label_formatter(move |hover| near(hover, days))
        .include_x(first - 0.5)
        .include_x(last + 0.5)
        .include_y(0.0)
        .legend(Legend::default());
    if let Some(most) = most {
        plot = plot.include_y(most);
    }
    plot.show(ui, |plot| {
        for (place, curve) in curves.into_iter().enumerate() {
            let rgb = palette.series(place);
            let color = theme::label_color([rgb.0, rgb.1, rgb.2]);
            let points = PlotPoints::from(curve.points.clone());
            plot.line(
                Line::new(curve.name.clone(), points)
                    .color(color)
                    .width(2.0),
            );
            let dots = PlotPoints::from(curve.points);
            plot.points(Points::new(curve.name, dots).color(color).radius(3.0));
        }
    });
}
