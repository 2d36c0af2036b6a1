//! Agreement over time: exact and overlap F1 of the documents that two had done by each day.

use super::{EDGE, HEAD, SMALL, head};
use crate::annotation::Rgb;
use crate::report::figures::Figures;
use crate::report::palette::Palette;
use crate::report::scene::{Anchor, Area, Scene, Spot, Style};
use crate::report::work::DayFigure;

const WIDTH: f32 = 640.0;
const HEIGHT: f32 = 280.0;

/// What of a day a curve shows.
type Pick = fn(&DayFigure) -> Option<f64>;

/// The curves; `None` where fewer than two days have a number: one is said in words.
pub fn curves(figures: &Figures, palette: &Palette) -> Option<Scene> {
    let days = figures.work.as_ref()?.days.as_slice();
    let known: Vec<&DayFigure> = days.iter().filter(|day| day.overlap.is_some()).collect();
    let (first, last) = (known.first()?.number, known.last()?.number);
    if first == last {
        return None;
    }
    let title = "Agreement over time (F1 of all documents compared so far)";
    let mut scene = Scene::new(title, WIDTH, HEIGHT, palette.ground);
    head(&mut scene, palette);
    let plot = Area::new(
        EDGE + 30.0,
        HEAD + 8.0,
        WIDTH - 2.0 * EDGE - 130.0,
        HEIGHT - HEAD - 56.0,
    );
    axes(&mut scene, plot, palette);
    let place = |day: &DayFigure, value: f64| {
        let share = (day.number - first) as f32 / (last - first) as f32;
        let y = plot.y + plot.height * (1.0 - value.clamp(0.0, 1.0) as f32);
        (plot.x + plot.width * share, y)
    };
    let ends = [known.first(), known.last()];
    for day in ends.into_iter().flatten() {
        let at = (place(day, 0.0).0, plot.y + plot.height + 18.0);
        let style = Style::new(SMALL, palette.quiet);
        scene.text(at, day.day.clone(), Anchor::Middle, style);
    }
    let series: [(&str, Rgb, Pick); 2] = [
        ("Overlap", palette.series(1), |day| day.overlap),
        ("Exact", palette.accent, |day| day.exact),
    ];
    let mut below = f32::NEG_INFINITY;
    for (name, color, value) in series {
        let points: Vec<(f32, f32)> = known
            .iter()
            .filter_map(|day| Some(place(day, value(day)?)))
            .collect();
        for (x, y) in &points {
            scene.fill(Area::new(x - 3.0, y - 3.0, 6.0, 6.0), color, 3.0);
        }
        if let Some((x, y)) = points.last().copied() {
            // Names of curves that end together stand below each other.
            let y = y.max(below + 14.0);
            below = y;
            let style = Style::new(SMALL, palette.ink).bold();
            scene.fill(Area::new(x + 9.0, y - 2.0, 8.0, 4.0), color, 2.0);
            scene.text((x + 21.0, y + 4.0), name, Anchor::Left, style);
        }
        if points.len() > 1 {
            scene.line(points, color, 2.0);
        }
    }
    let xs = known.iter().map(|day| place(day, 0.0).0).collect();
    spots(&mut scene, plot, &known, xs);
    Some(scene)
}

/// What each day says under the pointer.
fn spots(scene: &mut Scene, plot: Area, days: &[&DayFigure], xs: Vec<f32>) {
    let number = |value: Option<f64>| value.map_or("–".to_owned(), |value| format!("{value:.3}"));
    for (column, (day, x)) in days.iter().zip(xs).enumerate() {
        scene.spots.push(Spot {
            area: Area::new(x - 6.0, plot.y, 12.0, plot.height),
            row: 0,
            column,
            says: format!(
                "{}: exact {}, overlap {}, {} documents",
                day.day,
                number(day.exact),
                number(day.overlap),
                day.shared
            ),
        });
    }
}

/// Lines at quarters, each with its number.
fn axes(scene: &mut Scene, plot: Area, palette: &Palette) {
    for step in 0..=4_u8 {
        let share = f32::from(step) / 4.0;
        let y = plot.y + plot.height * (1.0 - share);
        scene.line(
            vec![(plot.x, y), (plot.x + plot.width, y)],
            palette.line,
            1.0,
        );
        let style = Style::new(SMALL, palette.quiet);
        scene.text(
            (plot.x - 8.0, y + 4.0),
            format!("{share:.2}"),
            Anchor::Right,
            style,
        );
    }
}
