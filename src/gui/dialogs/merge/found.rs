//! What a merge would bring: a table of the files, who did how much, the labels, what is refused.

use std::path::PathBuf;

use eframe::egui::{Rect, Sense, Ui, WidgetInfo, accesskit::Role, pos2, vec2};

use crate::{
    gui::{
        controls::{self, Look as Sample, Side},
        cx::Cx,
        icons::Icon,
        panels::parts,
        strings::{Arg, tr, tr_args},
        text::BidiLabel,
        words::merging as words,
    },
    session::{Imported, Merged, MergedFile, MergedLabel},
};

use super::{
    super::{captioned::chip, import::problem_list, shell::part},
    file_arg,
};

/// The width of a column of numbers, and of the button behind them, in points.
const NUMBER: f32 = 96.0;
const BUTTON: f32 = 32.0;

/// So many labels and notes are shown; the others are counted.
const LABELS: usize = 12;
const NOTES: usize = 20;

/// The files while they are read.
pub(super) fn named(ui: &mut Ui, cx: &Cx<'_>, paths: &[PathBuf]) {
    part(ui, cx, tr("merge-files"));
    for path in paths {
        let name = ui.add(BidiLabel::new(&words::name_of(path)));
        name.on_hover_text(path.to_string_lossy());
    }
}

/// Where the cells of a row are: the name, the three numbers, the button.
fn cells(row: Rect) -> (Rect, [Rect; 3], Rect) {
    let number = NUMBER.min(row.width() * 0.2);
    let button = Rect::from_min_max(pos2(row.right() - BUTTON, row.top()), row.max);
    let mut right = button.left();
    let mut column = || {
        let cell = Rect::from_min_max(pos2(right - number, row.top()), pos2(right, row.bottom()));
        right -= number;
        cell
    };
    let (third, second, first) = (column(), column(), column());
    let name = Rect::from_min_max(row.min, pos2(right - 8.0, row.bottom()));
    (name, [first, second, third], button)
}

/// How much of which file is new. Gives the place of one that is to be left out.
pub(super) fn files(ui: &mut Ui, cx: &Cx<'_>, files: &[MergedFile]) -> Option<usize> {
    let tokens = cx.tokens;
    let width = ui.available_width();
    let (head, _) = ui.allocate_exact_size(vec2(width, tokens.space.row), Sense::hover());
    let (name, numbers, _) = cells(head);
    let quiet = (tokens.text.small, tokens.ink.weak);
    controls::line(ui, name, tr("merge-file"), quiet, Side::Left);
    let titles = ["merge-new", "merge-known", "merge-edits"];
    for (cell, title) in numbers.into_iter().zip(titles) {
        controls::line(
            ui,
            cell.shrink2(vec2(2.0, 0.0)),
            tr(title),
            quiet,
            Side::Right,
        );
    }
    let line = (tokens.edge.width, tokens.edge.separator);
    ui.painter().hline(head.x_range(), head.bottom(), line);
    let mut left_out = None;
    for (place, file) in files.iter().enumerate() {
        if row(ui, cx, file, files.len() > 1) {
            left_out = Some(place);
        }
    }
    left_out
}

/// A row of the table; whether its file is to be left out.
fn row(ui: &mut Ui, cx: &Cx<'_>, file: &MergedFile, several: bool) -> bool {
    let tokens = cx.tokens;
    let size = vec2(ui.available_width(), tokens.space.row);
    let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
    let (name, numbers, button) = cells(rect);
    let words = words::name_of(&file.path);
    let ink = if file.refused {
        tokens.ink.warning
    } else {
        tokens.ink.strong
    };
    let body = tokens.text.body;
    controls::line(ui, name, &words, (body, ink), Side::Left);
    let counts = [file.new, file.known, file.edits];
    for (cell, count) in numbers.into_iter().zip(counts) {
        let ink = if count == 0 {
            tokens.ink.weak
        } else {
            tokens.ink.strong
        };
        let cell = cell.shrink2(vec2(2.0, 0.0));
        controls::line(ui, cell, &count.to_string(), (body, ink), Side::Right);
    }
    let what = words::amount(file.new, file.known, file.edits);
    let args = [("file", Arg::Text(&words)), ("what", Arg::Word(&what))];
    let spoken = tr_args("merge-file-spoken", &args);
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &spoken));
    response.on_hover_text(file.path.to_string_lossy());
    if !several {
        return false;
    }
    let name = tr_args("merge-leave-out", &file_arg(&words));
    let builder = eframe::egui::UiBuilder::new().max_rect(button);
    ui.scope_builder(builder, |ui| parts::small_icon(ui, Icon::Close, &name))
        .inner
        .clicked()
}

/// How much comes in of all of them.
pub(super) fn amount(ui: &mut Ui, cx: &Cx<'_>, merged: &Merged) {
    part(ui, cx, tr("merge-inside"));
    let done = &merged.imported;
    if !merged.brings_something() {
        parts::sentence(ui, tr("merge-nothing"), cx.tokens.ink.strong);
        return;
    }
    let words = words::amount(done.new, done.known, done.edits);
    parts::sentence(ui, &words, cx.tokens.ink.strong);
}

/// Who did how much of it.
pub(super) fn authors(ui: &mut Ui, cx: &Cx<'_>, merged: &Merged) {
    if merged.authors.is_empty() {
        return;
    }
    part(ui, cx, tr("merge-by"));
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.y = cx.tokens.space.xs;
        for (name, edits) in &merged.authors {
            chip(ui, cx, (name.as_str(), *edits), None);
        }
    });
}

/// The labels that are new, and those that change.
pub(super) fn labels(ui: &mut Ui, cx: &Cx<'_>, merged: &Merged) {
    if merged.labels.is_empty() {
        return;
    }
    part(ui, cx, tr("merge-labels"));
    for label in merged.labels.iter().take(LABELS) {
        ui.horizontal(|ui| {
            let (name, what) = match label {
                MergedLabel::New(label) => (label.display_en(), "merge-label-new"),
                MergedLabel::Changed(label) => (label.display_en(), "merge-label-changed"),
                MergedLabel::Attribute(name) => (name.as_str(), "merge-attribute"),
                MergedLabel::RelationType(name) => (name.as_str(), "merge-relation"),
            };
            if let MergedLabel::New(label) | MergedLabel::Changed(label) = label {
                controls::sample_ui(ui, Sample::from(label));
            }
            ui.add(BidiLabel::new(name));
            parts::quiet(ui, tr(what));
        });
    }
    more(ui, merged.labels.len().saturating_sub(LABELS));
}

fn more(ui: &mut Ui, n: usize) {
    if n > 0 {
        parts::quiet(ui, &tr_args("export-more", &[("n", n.into())]));
    }
}

/// What is refused, with the reason.
pub(super) fn problems(ui: &mut Ui, cx: &Cx<'_>, done: &Imported) {
    let n = done.problems.len();
    if n == 0 {
        return;
    }
    ui.add_space(cx.tokens.space.s);
    parts::sentence(ui, tr("merge-refused"), cx.tokens.ink.strong);
    let title = tr_args("merge-problems", &[("n", n.into())]);
    problem_list(ui, cx, &title, (&done.problems, n));
}

/// What is worth knowing besides.
pub(super) fn notes(ui: &mut Ui, cx: &Cx<'_>, done: &Imported) {
    if done.notes.is_empty() {
        return;
    }
    part(ui, cx, tr("merge-notes"));
    for note in done.notes.iter().take(NOTES) {
        let name = words::name_of(&note.file);
        let args = [
            ("file", Arg::Text(&name)),
            ("what", Arg::Word(&note.reason)),
        ];
        controls::hint(ui, &tr_args("merge-file-spoken", &args));
    }
    more(ui, done.notes.len().saturating_sub(NOTES));
}
