//! Which labels are taken for which: the first annotator's label a row, the second's a column; the last row and column
//! are spans that only one of the two has.

use super::{EDGE, HEAD, SMALL, TEXT, head};
use crate::annotation::Rgb;
use crate::report::figures::Figures;
use crate::report::fonts::width;
use crate::report::palette::Palette;
use crate::report::scene::{Anchor, Area, Scene, Spot, Style};
use crate::text::bidi;

const ROW: f32 = 32.0;
const MOST_NAME: f32 = 150.0;
/// Between a row's name and its cells.
const GAP: f32 = 8.0;
/// What stands before the name of whose the rows are.
const ROWS: &str = "Rows: ";

/// The matrix; `None` where nothing was counted. Spots have the places of labels, and the number of labels for
/// “only the other has it”.
pub fn confusion(figures: &Figures, palette: &Palette) -> Option<Scene> {
    if figures.confusion.is_empty() {
        return None;
    }
    let labels = figures.about.labels.len();
    let names = figures.about.labels.iter().map(|label| &*label.shown);
    let widest = names
        .map(|name| width(name, SMALL, false))
        .fold(60.0, f32::max);
    let column = (widest + 10.0).clamp(52.0, 104.0);
    let (left, _) = sides(figures);
    let caption = width(&format!("{ROWS}{left}"), SMALL, false) - 2.0 * GAP;
    let room = widest.max(caption).min(MOST_NAME) + 26.0;
    let title = "Labels taken for each other";
    let size = (
        2.0 * EDGE + room + column * (labels + 1) as f32,
        HEAD + 44.0 + ROW * (labels + 1) as f32 + EDGE,
    );
    let mut scene = Scene::new(title, size.0.max(240.0), size.1, palette.ground);
    head(&mut scene, palette);
    side_names(&mut scene, figures, room, palette);
    for place in 0..=labels {
        let x = EDGE + room + column * (place as f32 + 0.5);
        let at = ((x, HEAD + 34.0), column - 6.0, Anchor::Middle);
        head_name(&mut scene, figures, place, at, palette.ink);
        let y = HEAD + 44.0 + ROW * place as f32;
        row_head(&mut scene, figures, place, (y, room), palette);
    }
    let most = figures
        .confusion
        .iter()
        .map(|cell| cell.count)
        .max()
        .unwrap_or(1);
    for row in 0..=labels {
        for at in 0..=labels {
            let area = Area::new(
                EDGE + room + column * at as f32,
                HEAD + 44.0 + ROW * row as f32,
                column,
                ROW,
            );
            cell(
                &mut scene,
                figures,
                (row, at),
                (area.within(1.0), most),
                palette,
            );
        }
    }
    Some(scene)
}

fn side_names(scene: &mut Scene, figures: &Figures, room: f32, palette: &Palette) {
    let (left, right) = sides(figures);
    let quiet = Style::new(SMALL, palette.quiet);
    let beside = scene.width - room - 2.0 * EDGE;
    let at = (EDGE + room, HEAD + 12.0);
    scene.name(at, ("Columns: ", &right), beside, Anchor::Left, quiet);
    let at = (EDGE, HEAD + 34.0);
    scene.name(at, (ROWS, &left), room - GAP, Anchor::Left, quiet);
}

/// Who the rows and the columns are of.
fn sides(figures: &Figures) -> (String, String) {
    match figures.measures.pairs.as_slice() {
        [pair] => (
            figures.annotator(pair.annotators.0).to_owned(),
            figures.annotator(pair.annotators.1).to_owned(),
        ),
        _ => ("first of a pair".to_owned(), "second of a pair".to_owned()),
    }
}

/// Writes the name of a row or a column.
fn head_name(
    scene: &mut Scene,
    figures: &Figures,
    place: usize,
    (at, room, anchor): ((f32, f32), f32, Anchor),
    ink: Rgb,
) {
    let style = Style::new(SMALL, ink);
    match figures.about.labels.get(place) {
        Some(label) => scene.name(at, ("", &label.shown), room, anchor, style),
        None => scene.text(at, "nothing", anchor, style),
    }
}

fn row_head(
    scene: &mut Scene,
    figures: &Figures,
    place: usize,
    (y, room): (f32, f32),
    palette: &Palette,
) {
    let at = (EDGE + 12.0, y + ROW / 2.0 + 4.0);
    head_name(
        scene,
        figures,
        place,
        (at, room - 26.0, Anchor::Left),
        palette.ink,
    );
    if let Some(label) = figures.about.labels.get(place) {
        let mark = Area::new(EDGE, y + 9.0, 4.0, ROW - 18.0);
        scene.fill(mark, palette.of(label.color), 2.0);
    }
}

fn cell(
    scene: &mut Scene,
    figures: &Figures,
    (row, column): (usize, usize),
    (area, most): (Area, usize),
    palette: &Palette,
) {
    let labels = figures.about.labels.len();
    if row == labels && column == labels {
        return;
    }
    let label = |place: usize| (place < labels).then_some(place);
    let found = figures.confused(label(row), label(column));
    let count = found.map_or(0, |cell| cell.count);
    // By the root, since the diagonal is far above the rest.
    let share = (count as f64 / most.max(1) as f64).sqrt();
    let color = if row == column {
        palette.accent
    } else {
        palette.series(4)
    };
    let fill = match count {
        0 => palette.mixed(palette.line, 0.35),
        _ => palette.mixed(color, 0.1 + 0.8 * share as f32),
    };
    scene.fill(area, fill, 3.0);
    let at = (area.x + area.width / 2.0, area.y + area.height / 2.0 + 4.0);
    let style = Style::new(TEXT, palette.on(fill));
    if count > 0 {
        scene.text(at, count.to_string(), Anchor::Middle, style);
    }
    let name = |place: Option<usize>| match place {
        Some(place) => bidi::isolate(figures.shown(place)),
        None => "nothing".to_owned(),
    };
    scene.spots.push(Spot {
        area,
        row,
        column,
        says: format!(
            "{} taken for {}: {count}",
            name(label(row)),
            name(label(column))
        ),
    });
}
