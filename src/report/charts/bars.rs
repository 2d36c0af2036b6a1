//! How many spans of each label each annotator has.

use super::{EDGE, HEAD, SMALL, TEXT, head};
use crate::report::figures::{About, Figures};
use crate::report::fonts::width;
use crate::report::palette::Palette;
use crate::report::scene::{Anchor, Area, Scene, Spot, Style};
use crate::text::bidi;

/// Above this many annotators a label has one bar for all.
const MOST_BARS: usize = 8;

const WIDTH: f32 = 640.0;
const BAR: f32 = 16.0;
const GAP: f32 = 12.0;

/// What the bars show, and where.
struct Bars<'f> {
    about: &'f About,
    /// Whether each annotator has a bar.
    apart: bool,
    /// The width of the labels' names.
    names: f32,
    /// The width of the annotators' names.
    people: f32,
}

impl<'f> Bars<'f> {
    fn new(about: &'f About) -> Self {
        let apart = about.annotators.len() <= MOST_BARS;
        let names = about
            .labels
            .iter()
            .map(|label| width(&label.shown, TEXT, false));
        let people = about
            .annotators
            .iter()
            .map(|name| width(name, SMALL, false));
        Self {
            about,
            apart,
            names: names.fold(50.0, f32::max).min(130.0) + 24.0,
            people: if apart {
                people.fold(30.0, f32::max).min(110.0) + 10.0
            } else {
                0.0
            },
        }
    }

    /// How many bars a label has.
    fn rows(&self) -> usize {
        if self.apart {
            self.about.annotators.len()
        } else {
            1
        }
    }

    fn value(&self, row: usize, label: usize) -> usize {
        let count = |annotator: usize| {
            let row = self.about.label_spans.get(annotator);
            row.and_then(|row| row.get(label)).copied().unwrap_or(0)
        };
        if self.apart {
            count(row)
        } else {
            (0..self.about.annotators.len()).map(count).sum()
        }
    }

    fn most(&self) -> usize {
        let labels = 0..self.about.labels.len();
        let all = labels.flat_map(|label| (0..self.rows()).map(move |row| self.value(row, label)));
        all.max().unwrap_or(0).max(1)
    }
}

/// The bars; `None` where there is no label.
pub fn bars(figures: &Figures, palette: &Palette) -> Option<Scene> {
    let about = &figures.about;
    if about.labels.is_empty() || about.annotators.is_empty() {
        return None;
    }
    let bars = Bars::new(about);
    let thick = BAR * bars.rows() as f32;
    let height = HEAD + (thick + GAP) * about.labels.len() as f32 + EDGE;
    let title = "Spans by label and annotator";
    let mut scene = Scene::new(title, WIDTH, height, palette.ground);
    head(&mut scene, palette);
    let most = bars.most();
    for (label, figure) in about.labels.iter().enumerate() {
        let top = HEAD + (thick + GAP) * label as f32;
        let mark = Area::new(EDGE, top + 2.0, 4.0, thick - 4.0);
        scene.fill(mark, palette.of(figure.color), 2.0);
        let style = Style::new(TEXT, palette.ink);
        let at = (EDGE + 12.0, top + BAR / 2.0 + 4.0);
        let room = bars.names - 24.0;
        scene.name(at, ("", &figure.shown), room, Anchor::Left, style);
        for row in 0..bars.rows() {
            bar(&mut scene, &bars, (row, label), (top, most), palette);
        }
    }
    Some(scene)
}

fn bar(
    scene: &mut Scene,
    bars: &Bars<'_>,
    (row, label): (usize, usize),
    (top, most): (f32, usize),
    palette: &Palette,
) {
    let Some(figure) = bars.about.labels.get(label) else {
        return;
    };
    let from = EDGE + bars.names + bars.people;
    let room = WIDTH - EDGE - from - 56.0;
    let (y, count) = (top + BAR * row as f32, bars.value(row, label));
    let baseline = y + BAR / 2.0 + 4.0;
    let name = bars.about.annotators.get(row).filter(|_| bars.apart);
    if let Some(name) = name {
        let quiet = Style::new(SMALL, palette.quiet);
        let at = (from - 6.0, baseline);
        scene.name(at, ("", name), bars.people - 10.0, Anchor::Right, quiet);
    }
    let long = (room * count as f32 / most as f32).max(1.0);
    let area = Area::new(from, y + 2.0, long, BAR - 4.0);
    scene.fill(area, palette.of(figure.color), 3.0);
    let style = Style::new(SMALL, palette.ink);
    let at = (from + long + 6.0, baseline);
    scene.text(at, count.to_string(), Anchor::Left, style);
    let who = name.map_or_else(|| "all annotators".to_owned(), |name| bidi::isolate(name));
    scene.spots.push(Spot {
        area: Area::new(from, y, room, BAR),
        row: label,
        column: row,
        says: format!("{}, {who}: {count}", bidi::isolate(&figure.shown)),
    });
}
