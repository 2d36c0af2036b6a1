//! A list of what was refused or could not be written: file, line, reason.

use std::path::PathBuf;

use eframe::egui::{Context, ScrollArea, Ui, accesskit::Role};

use super::{
    Outcome,
    shell::{Place, Shell, most_height},
};
use crate::{
    gui::{
        controls,
        cx::Cx,
        intent::Intent,
        panels::parts,
        strings::{tr, tr_args},
        text::BidiLabel,
    },
    session::{Command, ProjectCommand},
    text::TextEncoding,
};

/// What a text may be encoded in besides what was guessed.
pub(super) const ENCODINGS: [TextEncoding; 4] = [
    TextEncoding::Utf8,
    TextEncoding::Windows1256,
    TextEncoding::Utf16Le,
    TextEncoding::Utf16Be,
];

/// The width of the dialog in points.
const WIDTH: f32 = 640.0;

/// The list, and what each line of it says.
pub(super) struct Problems {
    rows: Vec<Row>,
    all: String,
    /// Files of which the encoding was guessed.
    guessed: Vec<PathBuf>,
    fresh: bool,
}

/// One problem: where, and what.
#[derive(Debug, PartialEq, Eq)]
struct Row {
    place: String,
    reason: String,
}

/// A problem's line is `place: reason`; without a place all of it is the reason. Windows' `C:\` is
/// no place's end, since no space follows.
fn row(line: &str) -> Row {
    let (place, reason) = line.split_once(": ").unwrap_or(("", line));
    Row {
        place: place.to_owned(),
        reason: reason.to_owned(),
    }
}

impl Problems {
    pub(super) fn new(lines: &[String], guessed: &[PathBuf]) -> Self {
        Self {
            guessed: guessed.to_vec(),
            rows: lines.iter().map(|line| row(line)).collect(),
            all: lines.join("\n"),
            fresh: true,
        }
    }

    pub(super) fn show(&mut self, ctx: &Context, cx: &Cx<'_>) -> Outcome {
        let title = tr_args("problems-title", &[("n", self.rows.len().into())]);
        let shell = Shell {
            title: &title,
            width: WIDTH,
            place: Place::Middle,
        };
        let mut again = None;
        let shown = shell.show(ctx, cx, |ui| {
            let rows = if self.guessed.is_empty() { 3.0 } else { 6.0 };
            let room = most_height(ctx, cx) - rows * cx.tokens.space.row;
            self.list(ui, cx, room);
            ui.add_space(cx.tokens.space.m);
            again = self.again(ui, cx);
            ui.horizontal(|ui| {
                let close = controls::main_button(ui, true, tr("dialog-close"));
                if std::mem::take(&mut self.fresh) {
                    close.request_focus();
                }
                if ui.button(tr("problems-copy")).clicked() {
                    ctx.copy_text(self.all.clone());
                }
                close.clicked()
            })
            .inner
        });
        Outcome {
            closed: shown.inner || shown.called_off || again.is_some(),
            wanted: again.into_iter().collect(),
        }
    }

    /// Offers other encodings for the files of which it was guessed.
    fn again(&self, ui: &mut Ui, cx: &Cx<'_>) -> Option<Intent> {
        if self.guessed.is_empty() {
            return None;
        }
        let count = self.guessed.len().into();
        let words = tr_args("problems-guessed", &[("n", count)]);
        parts::sentence(ui, &words, cx.tokens.ink.strong);
        let encoding = ui
            .horizontal_wrapped(|ui| {
                ENCODINGS.into_iter().find(|encoding| {
                    let name = parts::word(encoding.name());
                    let words = tr_args("problems-again", &[("encoding", name)]);
                    ui.button(words).clicked()
                })
            })
            .inner?;
        ui.add_space(cx.tokens.space.m);
        Some(Command::Project(ProjectCommand::Import(self.guessed.clone(), Some(encoding))).into())
    }

    /// Only the rows that are visible are laid out; there may be one for each file of a folder.
    fn list(&self, ui: &mut Ui, cx: &Cx<'_>, room: f32) {
        let height = cx.tokens.space.row + cx.tokens.space.l;
        let list = ScrollArea::vertical()
            .max_height(room)
            .auto_shrink([false, true]);
        list.show_rows(ui, height, self.rows.len(), |ui, visible| {
            ui.ctx().accesskit_node_builder(ui.unique_id(), |node| {
                node.set_role(Role::List);
                node.set_label(tr("problems-rows"));
            });
            for row in self.rows.get(visible).unwrap_or_default() {
                ui.allocate_ui([ui.available_width(), height].into(), |ui| {
                    ui.set_min_height(height);
                    ui.spacing_mut().item_spacing.y = 0.0;
                    ui.add(BidiLabel::new(&row.reason));
                    parts::quiet(ui, &row.place);
                });
            }
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_cut_between_place_and_reason() {
        let told = row("/home/أمل/خبر.txt:3: not UTF-8: byte 17");
        assert_eq!(told.place, "/home/أمل/خبر.txt:3");
        assert_eq!(told.reason, "not UTF-8: byte 17");
        assert_eq!(row("3 notes are left out").place, "");
        assert_eq!(row("C:\\news.txt: empty").place, "C:\\news.txt");
    }
}
