//! Agreement by label and pair of annotators: a label a row, a pair a column, all labels and all pairs at the edges.

use super::{EDGE, HEAD, SMALL, TEXT, head};
use crate::agreement::{MatchRule, Undefined, Value};
use crate::report::figures::Figures;
use crate::report::fonts::width;
use crate::report::palette::Palette;
use crate::report::scene::{Anchor, Area, Scene, Style};
use crate::text::bidi;

/// More pairs than this make no picture that can be read: those that agree least stand for them.
const MOST_PAIRS: usize = 28;

const ROW: f32 = 30.0;
const COLUMN: f32 = 92.0;
const NAMES: f32 = 150.0;

/// What stands in a column: a pair by its place, or all of them.
type Column = Option<usize>;

/// F1 by a rule; `None` where there is nothing to show.
pub fn heat_map(figures: &Figures, rule: MatchRule, palette: &Palette) -> Option<Scene> {
    let pairs = &figures.measures.pairs;
    let asked = |value: &Value| value.value != Err(Undefined::NotAsked);
    if pairs.is_empty() || !pairs.iter().any(|pair| asked(&pair.f1(rule))) {
        return None;
    }
    let columns = columns(figures, rule);
    let labels = figures.about.labels.len();
    let names = names_width(figures);
    let size = (
        2.0 * EDGE + names + COLUMN * columns.len() as f32,
        HEAD + 38.0 + ROW * (labels + 1) as f32 + EDGE,
    );
    let mut title = format!("F1 of spans, {}", rule.title());
    let left_out = pairs.len() + 1 - columns.len();
    if pairs.len() > 1 && left_out > 0 {
        title = format!("{title}: the {MOST_PAIRS} pairs that agree least");
    }
    let shown = width(&title, 14.0, true) + 2.0 * EDGE;
    let mut scene = Scene::new(&title, size.0.max(shown), size.1, palette.ground);
    head(&mut scene, palette);
    for (place, column) in columns.iter().enumerate() {
        let x = EDGE + names + COLUMN * place as f32;
        heading(&mut scene, figures, *column, x, palette);
    }
    for row in 0..=labels {
        let y = HEAD + 38.0 + ROW * row as f32;
        row_name(&mut scene, figures, row, (y, names), palette);
        for (place, column) in columns.iter().enumerate() {
            let x = EDGE + names + COLUMN * place as f32;
            let area = Area::new(x, y, COLUMN, ROW).within(1.0);
            let value = value(figures, rule, row, *column);
            cell(&mut scene, area, &value, palette);
            scene.spots.push(crate::report::scene::Spot {
                area,
                row,
                column: column.unwrap_or(pairs.len()),
                says: says(figures, row, *column, &value),
            });
        }
    }
    Some(scene)
}

/// The pairs that are shown, and all of them in front where there are several.
fn columns(figures: &Figures, rule: MatchRule) -> Vec<Column> {
    let pairs = &figures.measures.pairs;
    let mut chosen: Vec<usize> = (0..pairs.len()).collect();
    if pairs.len() > MOST_PAIRS {
        let f1 = |place: &usize| {
            let pair = pairs.get(*place);
            pair.and_then(|pair| pair.f1(rule).value.ok())
                .unwrap_or(2.0)
        };
        chosen.sort_by(|one, two| f1(one).total_cmp(&f1(two)));
        chosen.truncate(MOST_PAIRS);
        chosen.sort_unstable();
    }
    let all = (pairs.len() > 1).then_some(None);
    all.into_iter()
        .chain(chosen.into_iter().map(Some))
        .collect()
}

fn names_width(figures: &Figures) -> f32 {
    let names = figures.about.labels.iter().map(|label| &*label.shown);
    let widest = names
        .map(|name| width(name, TEXT, false))
        .fold(60.0, f32::max);
    widest.min(NAMES) + 22.0
}

fn heading(scene: &mut Scene, figures: &Figures, column: Column, x: f32, palette: &Palette) {
    let style = Style::new(SMALL, palette.quiet);
    let middle = x + COLUMN / 2.0;
    let pair = column.and_then(|place| figures.measures.pairs.get(place));
    let Some(pair) = pair else {
        let at = (middle, HEAD + 30.0);
        scene.text(at, "all pairs", Anchor::Middle, style);
        return;
    };
    for (line, place) in [pair.annotators.0, pair.annotators.1]
        .into_iter()
        .enumerate()
    {
        let name = figures.annotator(place);
        let at = (middle, HEAD + 15.0 + 15.0 * line as f32);
        scene.name(at, ("", name), COLUMN - 8.0, Anchor::Middle, style);
    }
}

/// All labels come first, then each.
fn row_name(
    scene: &mut Scene,
    figures: &Figures,
    row: usize,
    (y, room): (f32, f32),
    palette: &Palette,
) {
    let at = (EDGE + 12.0, y + ROW / 2.0 + 4.0);
    let style = Style::new(TEXT, palette.ink);
    let Some(label) = row
        .checked_sub(1)
        .and_then(|place| figures.about.labels.get(place))
    else {
        scene.text(at, "All labels", Anchor::Left, style.bold());
        return;
    };
    let mark = Area::new(EDGE, y + 8.0, 4.0, ROW - 16.0);
    scene.fill(mark, palette.of(label.color), 2.0);
    let name = ("", label.shown.as_str());
    scene.name(at, name, room - 22.0, Anchor::Left, style);
}

fn value(figures: &Figures, rule: MatchRule, row: usize, column: Column) -> Value {
    let measures = &figures.measures;
    let named = |rows: &[crate::report::figures::Row]| {
        let found = rows.iter().find(|row| row.name == rule.name());
        found.map_or(Value::undefined(Undefined::NotAsked), |row| row.value)
    };
    let nothing = Value::undefined(Undefined::NotAsked);
    match (column, row.checked_sub(1)) {
        (None, None) => named(&measures.all.rows),
        (None, Some(label)) => measures
            .labels
            .get(label)
            .map_or(nothing, |one| named(&one.rows)),
        (Some(pair), label) => measures
            .pairs
            .get(pair)
            .map_or(nothing, |pair| match label {
                None => pair.f1(rule),
                Some(label) => pair.label_f1(rule, label),
            }),
    }
}

fn cell(scene: &mut Scene, area: Area, value: &Value, palette: &Palette) {
    let at = (area.x + area.width / 2.0, area.y + area.height / 2.0 + 4.0);
    if let Ok(number) = value.value {
        let fill = palette.shade(number);
        scene.fill(area, fill, 3.0);
        let style = Style::new(TEXT, palette.on(fill));
        scene.text(at, format!("{number:.2}"), Anchor::Middle, style);
    } else {
        scene.hatch(area, palette.line);
        let behind = Area::new(at.0 - 9.0, area.y + 6.0, 18.0, area.height - 12.0);
        scene.fill(behind, palette.ground, 3.0);
        let style = Style::new(TEXT, palette.quiet);
        scene.text(at, "–", Anchor::Middle, style);
    }
}

fn says(figures: &Figures, row: usize, column: Column, value: &Value) -> String {
    let label = match row.checked_sub(1) {
        Some(label) => bidi::isolate(figures.shown(label)),
        None => "All labels".to_owned(),
    };
    let pair = column.and_then(|place| figures.measures.pairs.get(place));
    let who = match pair {
        Some(pair) => format!(
            "{} and {}",
            bidi::isolate(figures.annotator(pair.annotators.0)),
            bidi::isolate(figures.annotator(pair.annotators.1))
        ),
        None => "all pairs".to_owned(),
    };
    format!("{label}, {who}: {}", crate::report::table::told(value))
}
