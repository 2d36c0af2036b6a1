//! The help sheet: every shortcut of the table, the labels' keys, what the mouse does, and where the
//! files lie.

use eframe::egui::{Align, Context, Key, Layout, Modifiers, RichText, ScrollArea, Ui, vec2};

use super::{
    Outcome,
    shell::{Place, Shell, icon_button, most_height, part},
};
use crate::{
    gui::{
        commands::{self, Group, Shortcut, SideCommand},
        cx::Cx,
        icons::Icon,
        strings::{Arg, tr, tr_args},
        text::BidiLabel,
    },
    session::Session,
};

/// The width of the sheet in points.
const WIDTH: f32 = 800.0;

/// The sheet.
#[derive(Default)]
pub(super) struct Help {
    /// Computed when it opens: while it is open nothing of it changes.
    sheet: Option<Sheet>,
}

/// What the sheet says.
#[derive(Debug)]
struct Sheet {
    /// Two columns of about the same length.
    columns: [Vec<Section>; 2],
    /// What lies where.
    places: Vec<(&'static str, String)>,
}

/// Lines under a heading.
#[derive(Debug)]
struct Section {
    title: &'static str,
    lines: Vec<Line>,
}

/// What can be done, and with which keys.
#[derive(Debug, PartialEq, Eq)]
struct Line {
    what: String,
    keys: String,
}

impl Line {
    fn new(what: impl Into<String>, keys: impl Into<String>) -> Self {
        Self {
            what: what.into(),
            keys: keys.into(),
        }
    }
}

/// The whole sheet.
fn sheet(session: &Session) -> Sheet {
    let groups = Group::ALL
        .into_iter()
        .filter(|group| *group != Group::Side)
        .map(group)
        .filter(|section| !section.lines.is_empty());
    let sections: Vec<Section> = [labels(session), mouse()]
        .into_iter()
        .chain(groups)
        .collect();
    Sheet {
        columns: halves(sections),
        places: places(session),
    }
}

fn group(group: Group) -> Section {
    let rows = commands::all().filter(|row| row.group == group);
    let line = |row: commands::Row| {
        let keys: Vec<String> = row.shortcuts().map(Shortcut::label).collect();
        (!keys.is_empty()).then(|| Line::new(row.name().trim_end_matches('…'), keys.join(", ")))
    };
    let mut lines: Vec<Line> = rows.filter_map(line).collect();
    if group == Group::Review {
        lines.extend([false, true].map(sides));
    }
    Section {
        title: group.name(),
        lines,
    }
}

/// The keys of the annotators that are compared: a line for all of them. `tick`: those that only tick.
fn sides(tick: bool) -> Line {
    let mut all = SideCommand::all().filter(|it| it.tick == tick);
    let keys = |side: Option<SideCommand>| side.and_then(|it| it.row().keys()).unwrap_or_default();
    let (first, last) = (keys(all.next()), keys(all.last()));
    let last: String = last.chars().filter(char::is_ascii_digit).collect();
    let what = if tick { "help-tick" } else { "help-accept" };
    Line::new(tr(what), format!("{first}–{last}"))
}

fn labels(session: &Session) -> Section {
    let mut lines: Vec<Line> = session
        .labels()
        .active()
        .enumerate()
        .filter_map(|(at, label)| {
            let digit = (at < 9).then(|| (at + 1).to_string());
            let letter = label.hotkey.map(|key| key.to_uppercase().to_string());
            let keys: Vec<String> = digit.into_iter().chain(letter).collect();
            (!keys.is_empty()).then(|| Line::new(label.display_en(), keys.join(", ")))
        })
        .collect();
    if lines.is_empty() {
        lines.push(Line::new(tr("help-label-digit"), "1–9"));
    }
    let shift = [("keys", Arg::Word(tr("key-shift")))];
    lines.push(Line::new(
        tr("help-fragment"),
        tr_args("help-fragment-keys", &shift),
    ));
    Section {
        title: tr("help-labels"),
        lines,
    }
}

fn mouse() -> Section {
    let lines = vec![
        Line::new(tr("help-drag-what"), tr("help-drag")),
        Line::new(tr("help-double-what"), tr("help-double")),
        Line::new(tr("help-triple-what"), tr("help-triple")),
        Line::new(tr("help-click-what"), tr("help-click")),
        Line::new(tr("help-handle-what"), tr("help-handle")),
        Line::new(tr("help-menu-what"), tr("help-menu")),
        Line::new(tr("help-drop-what"), tr("help-drop")),
    ];
    Section {
        title: tr("help-mouse"),
        lines,
    }
}

fn places(session: &Session) -> Vec<(&'static str, String)> {
    let at = session.places();
    let project = session
        .project()
        .map(|project| (tr("help-project"), project.path()));
    project
        .into_iter()
        .chain([
            (tr("help-data"), at.data.as_path()),
            (tr("help-settings"), at.settings.as_path()),
        ])
        .map(|(what, path)| (what, path.display().to_string()))
        .collect()
}

/// Cuts the sections, in their order, where both columns are about equally long.
fn halves(sections: Vec<Section>) -> [Vec<Section>; 2] {
    // A heading takes about two lines.
    let length = |section: &Section| section.lines.len() + 2;
    let all: usize = sections.iter().map(length).sum();
    let mut columns = [Vec::new(), Vec::new()];
    let mut before = 0;
    for section in sections {
        let middle = before + length(&section) / 2;
        before += length(&section);
        let [left, right] = &mut columns;
        if middle * 2 <= all { left } else { right }.push(section);
    }
    columns
}

impl Help {
    pub(super) fn show(&mut self, ctx: &Context, cx: &Cx<'_>) -> Outcome {
        let sheet = self.sheet.get_or_insert_with(|| sheet(cx.session));
        let shell = Shell {
            title: tr("help-title"),
            width: WIDTH,
            place: Place::Middle,
        };
        let shown = shell.show(ctx, cx, |ui| {
            let room = most_height(ctx, cx) - 2.0 * cx.tokens.space.row;
            let area = ScrollArea::vertical()
                .max_height(room)
                .auto_shrink([false, true]);
            area.show(ui, |ui| {
                scroll_by_keys(ui, cx, room);
                ui.spacing_mut().item_spacing.x = cx.tokens.space.xl;
                ui.columns_const(|columns: &mut [Ui; 2]| {
                    for (ui, sections) in columns.iter_mut().zip(&sheet.columns) {
                        for section in sections {
                            paint(ui, cx, section);
                        }
                    }
                });
                paint_places(ui, cx, &sheet.places);
            });
        });
        Outcome {
            wanted: Vec::new(),
            closed: shown.called_off,
        }
    }
}

/// The sheet scrolls by the keys that everybody tries.
fn scroll_by_keys(ui: &Ui, cx: &Cx<'_>, room: f32) {
    let line = 2.0 * cx.tokens.space.row;
    let page = room - line;
    let moves = [
        (Key::ArrowDown, -line),
        (Key::ArrowUp, line),
        (Key::PageDown, -page),
        (Key::PageUp, page),
        (Key::Space, -page),
    ];
    for (key, by) in moves {
        if ui.input_mut(|input| input.consume_key(Modifiers::NONE, key)) {
            ui.scroll_with_delta(vec2(0.0, by));
        }
    }
}

fn paint(ui: &mut Ui, cx: &Cx<'_>, section: &Section) {
    part(ui, cx, section.title);
    // Lines of text, not rows to press: closer together.
    ui.spacing_mut().interact_size.y = cx.tokens.space.l + cx.tokens.space.xs;
    for line in &section.lines {
        ui.horizontal(|ui| {
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                let keys = RichText::new(&line.keys).size(cx.tokens.text.small);
                ui.label(keys.color(cx.tokens.ink.weak));
                let left = Layout::left_to_right(Align::Center);
                ui.with_layout(left, |ui| ui.add(BidiLabel::new(&line.what)));
            });
        });
    }
}

fn paint_places(ui: &mut Ui, cx: &Cx<'_>, places: &[(&str, String)]) {
    part(ui, cx, tr("help-files"));
    for (what, path) in places {
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = cx.tokens.space.s;
            if icon_button(ui, cx, Icon::Copy, tr("help-copy")).clicked() {
                ui.ctx().copy_text(path.clone());
            }
            ui.label(*what);
            ui.add(BidiLabel::new(path).color(cx.tokens.ink.weak));
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gui::panels::testing::Bench;

    #[test]
    fn every_shortcut_of_the_table_is_on_the_sheet() {
        let bench = Bench::bare();
        let sheet = sheet(&bench.session);
        let told: Vec<&str> = sheet
            .columns
            .iter()
            .flatten()
            .flat_map(|section| &section.lines)
            .map(|line| line.keys.as_str())
            .collect();
        assert!(
            told.contains(&"1–8") && told.contains(&"Shift+1–8"),
            "{told:?}"
        );
        for row in commands::all().filter(|row| row.group != Group::Side) {
            for key in row.shortcuts().map(Shortcut::label) {
                assert!(told.iter().any(|keys| keys.contains(&key)), "{key}");
            }
        }
    }

    #[test]
    fn the_projects_labels_and_file_are_told() {
        let bench = Bench::with(&[("خبر", "نص")]);
        let sheet = sheet(&bench.session);
        let labels = sheet
            .columns
            .iter()
            .flatten()
            .find(|s| s.title == tr("help-labels"));
        let person = Line::new("Person", "1, P");
        assert!(
            labels.is_some_and(|section| section.lines.contains(&person)),
            "{labels:?}"
        );
        let path = sheet
            .places
            .first()
            .map(|(_, path)| path.as_str())
            .unwrap_or_default();
        assert!(path.ends_with("خبر.hashiya"), "{path}");
    }

    #[test]
    fn the_columns_are_about_equally_long() {
        let bench = Bench::with(&[("خبر", "نص")]);
        let [left, right] = sheet(&bench.session).columns;
        let lines = |column: &[Section]| column.iter().map(|s| s.lines.len() + 2).sum::<usize>();
        let (left, right) = (lines(&left), lines(&right));
        assert!(
            left.abs_diff(right) * 3 < left + right,
            "{left} and {right}"
        );
    }
}
