//! How far each annotator is: documents done, begun, and not begun.

use super::{EDGE, HEAD, SMALL, TEXT, head};
use crate::report::figures::Figures;
use crate::report::palette::Palette;
use crate::report::scene::{Anchor, Area, Scene, Spot, Style, fitted, width};
use crate::text::bidi;

const WIDTH: f32 = 640.0;
const ROW: f32 = 30.0;
/// More annotators than this make no picture that can be read: the first stand for them.
const MOST_ROWS: usize = 100;

/// The bars; `None` where the work is not known.
pub fn progress(figures: &Figures, palette: &Palette) -> Option<Scene> {
    let work = figures
        .work
        .as_ref()
        .filter(|work| !work.annotators.is_empty())?;
    let rows = work.annotators.len().min(MOST_ROWS);
    let height = HEAD + ROW * rows as f32 + EDGE;
    let mut scene = Scene::new("Progress", WIDTH, height, palette.ground);
    head(&mut scene, palette);
    let names = work
        .annotators
        .iter()
        .map(|row| width(&row.annotator, TEXT));
    let names = names.fold(50.0, f32::max).min(150.0) + 14.0;
    let room = WIDTH - 2.0 * EDGE - names - 130.0;
    let all = work.documents.max(1) as f32;
    for (place, row) in work.annotators.iter().take(rows).enumerate() {
        let y = HEAD + ROW * place as f32;
        let baseline = y + ROW / 2.0 + 4.0;
        let name = fitted(&row.annotator, TEXT, names - 14.0);
        scene.text(
            (EDGE, baseline),
            name,
            Anchor::Left,
            Style::new(TEXT, palette.ink),
        );
        let track = Area::new(EDGE + names, y + 10.0, room, ROW - 20.0);
        scene.fill(track, palette.line, 4.0);
        let done = room * row.done as f32 / all;
        let begun = room * (row.done + row.begun).min(work.documents) as f32 / all;
        for (long, color) in [
            (begun, palette.mixed(palette.accent, 0.45)),
            (done, palette.accent),
        ] {
            if long > 0.0 {
                scene.fill(
                    Area {
                        width: long.min(room),
                        ..track
                    },
                    color,
                    4.0,
                );
            }
        }
        let told = format!("{} of {} done", row.done, work.documents);
        let quiet = Style::new(SMALL, palette.quiet);
        scene.text((track.x + room + 10.0, baseline), told, Anchor::Left, quiet);
        scene.spots.push(Spot {
            area: Area::new(EDGE, y, WIDTH - 2.0 * EDGE, ROW),
            row: place,
            column: 0,
            says: format!(
                "{}: {} done, {} begun, of {}",
                bidi::isolate(&row.annotator),
                row.done,
                row.begun,
                work.documents
            ),
        });
    }
    Some(scene)
}
