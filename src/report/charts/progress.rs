//! How far each annotator is: documents done, begun, and not begun.

use super::{EDGE, HEAD, SMALL, TEXT, head};
use crate::report::figures::Figures;
use crate::report::fonts::width;
use crate::report::palette::Palette;
use crate::report::scene::{Anchor, Area, Scene, Spot, Style};
use crate::report::work::{Work, WorkRow};
use crate::text::bidi;

const WIDTH: f32 = 640.0;
const ROW: f32 = 30.0;
/// How high the legend is.
const LEGEND: f32 = 20.0;
/// More annotators than this make no picture that can be read: the first stand for them.
const MOST_ROWS: usize = 100;

/// The bars; `None` where the work is not known.
pub fn progress(figures: &Figures, palette: &Palette) -> Option<Scene> {
    let work = figures
        .work
        .as_ref()
        .filter(|work| !work.annotators.is_empty())?;
    let rows = work.annotators.len().min(MOST_ROWS);
    let height = HEAD + LEGEND + ROW * rows as f32 + EDGE;
    let mut scene = Scene::new("Progress", WIDTH, height, palette.ground);
    head(&mut scene, palette);
    legend(&mut scene, palette);
    let shown = work.annotators.iter().take(rows);
    let names = shown.clone().map(|row| width(&row.annotator, TEXT, false));
    let names = names.fold(50.0, f32::max).min(150.0) + 14.0;
    let told = shown
        .clone()
        .map(|row| width(&told(row, work), SMALL, false));
    let room = WIDTH - 2.0 * EDGE - names - told.fold(0.0, f32::max) - 10.0;
    for (place, row) in shown.enumerate() {
        let y = HEAD + LEGEND + ROW * place as f32;
        let baseline = y + ROW / 2.0 + 4.0;
        let style = Style::new(TEXT, palette.ink);
        let name = ("", row.annotator.as_str());
        scene.name((EDGE, baseline), name, names - 14.0, Anchor::Left, style);
        let track = Area::new(EDGE + names, y + 9.0, room, ROW - 18.0);
        bar(&mut scene, track, row, work.documents, palette);
        let quiet = Style::new(SMALL, palette.quiet);
        let at = (track.x + room + 10.0, baseline);
        scene.text(at, self::told(row, work), Anchor::Left, quiet);
        scene.spots.push(Spot {
            area: Area::new(EDGE, y, WIDTH - 2.0 * EDGE, ROW),
            row: place,
            column: 0,
            says: format!(
                "{}: {}",
                bidi::isolate(&row.annotator),
                self::told(row, work)
            ),
        });
    }
    Some(scene)
}

/// What a bar shows, in words.
fn told(row: &WorkRow, work: &Work) -> String {
    let (done, begun, all) = (row.done, row.begun, work.documents);
    if begun > 0 {
        format!("{done} done, {begun} begun, of {all}")
    } else {
        format!("{done} done of {all}")
    }
}

/// What is done is full, what is begun is hatched.
fn bar(scene: &mut Scene, track: Area, row: &WorkRow, all: usize, palette: &Palette) {
    let long = |count: usize| track.width * (count as f32 / all.max(1) as f32).min(1.0);
    let (done, begun) = (long(row.done), long(row.done + row.begun));
    scene.fill(track, palette.mixed(palette.line, 0.6), 3.0);
    let rest = Area {
        x: track.x + done,
        width: begun - done,
        ..track
    };
    half(scene, rest, palette);
    if done > 0.0 {
        let full = Area {
            width: done,
            ..track
        };
        scene.fill(full, palette.accent, 3.0);
    }
}

/// The look of what is begun and not done.
fn half(scene: &mut Scene, area: Area, palette: &Palette) {
    if area.width >= 1.0 {
        scene.fill(area, palette.mixed(palette.accent, 0.12), 0.0);
        scene.hatch(area, palette.mixed(palette.accent, 0.55));
    }
}

fn legend(scene: &mut Scene, palette: &Palette) {
    let mut x = EDGE;
    for (place, words) in ["done", "begun", "not begun"].into_iter().enumerate() {
        let sign = Area::new(x, HEAD + 2.0, 18.0, 10.0);
        match place {
            0 => scene.fill(sign, palette.accent, 3.0),
            1 => half(scene, sign, palette),
            _ => scene.fill(sign, palette.mixed(palette.line, 0.6), 3.0),
        }
        let style = Style::new(SMALL, palette.quiet);
        let at = (x + 24.0, HEAD + 11.0);
        scene.text(at, words, Anchor::Left, style);
        x += 24.0 + width(words, SMALL, false) + 18.0;
    }
}
