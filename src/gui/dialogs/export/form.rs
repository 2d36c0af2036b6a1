//! The choices of an export, a row each; only those that the format has.

use eframe::egui::{Checkbox, Ui};

use crate::{
    annotation::Status,
    gui::{
        controls::{self, Field, choice},
        cx::Cx,
        icons::Icon,
        intent::Intent,
        pick::Ask,
        strings::{tr, tr_args},
        words,
    },
    interchange::{Choice, Scheme, Unit, column_names},
};

use super::{
    super::captioned::{Item, captioned, combo},
    Open, Verdict,
    choices::{Choices, Which, Whose, lacking},
    writable,
};

/// The width of a list that opens, in points.
const LIST: f32 = 320.0;

/// Shows them.
pub(super) fn show(ui: &mut Ui, cx: &Cx<'_>, open: &mut Open) {
    format(ui, cx, open);
    rejected(ui, cx, open);
    whose(ui, cx, open);
    which(ui, cx, open);
    let choices = &mut open.choices;
    if choices.has(Choice::Scheme) {
        captioned(ui, cx, tr("export-scheme"), |ui| {
            ui.horizontal_wrapped(|ui| {
                for scheme in Scheme::ALL {
                    let words = scheme.name().to_uppercase();
                    if choice(ui, choices.scheme == scheme, &words).clicked() {
                        choices.scheme = scheme;
                    }
                }
            });
        });
    }
    if choices.has(Choice::Unit) {
        unit(ui, cx, choices);
    }
    if choices.has(Choice::Columns) {
        columns(ui, cx, choices);
    }
    if choices.has(Choice::Split) {
        split(ui, cx, choices);
    }
}

/// What a format cannot hold, as a sentence.
fn about(choices: &Choices) -> String {
    let lacking = lacking(&choices.carries());
    if lacking.is_empty() {
        tr("export-holds-all").to_owned()
    } else {
        let what = lacking.join(", ");
        tr_args(
            "export-lacks",
            &[("what", crate::gui::strings::Arg::Word(&what))],
        )
    }
}

fn format(ui: &mut Ui, cx: &Cx<'_>, open: &mut Open) {
    captioned(ui, cx, tr("export-format"), |ui| {
        let choices = &mut open.choices;
        let formats = writable();
        let abouts: Vec<String> = formats.iter().map(|it| about(&Choices::new(it))).collect();
        let items: Vec<Item<'_>> = formats
            .iter()
            .zip(&abouts)
            .map(|(format, about)| Item {
                words: format.title,
                about,
                chosen: *format == choices.format,
            })
            .collect();
        let width = ui.available_width();
        let picked = combo(ui, cx, (tr("export-format"), width), &items);
        if let Some(format) = picked.and_then(|place| formats.get(place)) {
            choices.format = format;
            settle(open);
        }
        controls::hint(ui, &about(&open.choices));
    });
}

/// Goes back to what can be chosen.
fn settle(open: &mut Open) {
    let offered = open.offered().to_vec();
    open.choices.settle(&offered);
}

/// Layers, or what reviewers rejected; there where somebody has decided something.
fn rejected(ui: &mut Ui, cx: &Cx<'_>, open: &mut Open) {
    if open.reviewers.is_empty() {
        return;
    }
    captioned(ui, cx, tr("export-spans"), |ui| {
        let before = open.choices.rejected;
        ui.horizontal_wrapped(|ui| {
            for (rejected, words) in [
                (false, tr("export-spans-of-layers")),
                (true, tr("export-spans-rejected")),
            ] {
                if choice(ui, open.choices.rejected == rejected, words).clicked() {
                    open.choices.rejected = rejected;
                }
            }
        });
        if open.choices.rejected {
            controls::hint(ui, tr("export-spans-rejected-hint"));
        }
        if before != open.choices.rejected {
            settle(open);
        }
    });
}

fn whose(ui: &mut Ui, cx: &Cx<'_>, open: &mut Open) {
    let offered = open.choices.offered(open.offered());
    if offered.len() < 2 {
        return;
    }
    captioned(ui, cx, tr("export-whose"), |ui| {
        let items: Vec<Item<'_>> = offered
            .iter()
            .map(|whose| Item {
                words: match whose {
                    Whose::Together => tr("export-together"),
                    Whose::Apart => tr("export-apart"),
                    Whose::One(annotator) => annotator.as_str(),
                },
                about: "",
                chosen: *whose == open.choices.whose,
            })
            .collect();
        if let Some(whose) = combo(ui, cx, (tr("export-whose"), LIST), &items) {
            open.choices.whose = offered.get(whose).cloned().unwrap_or(Whose::Together);
        }
    });
}

fn which(ui: &mut Ui, cx: &Cx<'_>, open: &mut Open) {
    let project = cx.session.project();
    let all = project.map_or(0, |project| project.list().len());
    let filtered = project.is_some_and(|project| !project.list().filter().is_empty());
    captioned(ui, cx, tr("export-which"), |ui| {
        ui.horizontal_wrapped(|ui| {
            let mut offer = |ui: &mut Ui, which: Which, words: &str| {
                if choice(ui, open.choices.which == which, words).clicked() {
                    open.choices.which = which;
                }
            };
            let words = tr_args("export-all", &[("n", all.into())]);
            offer(ui, Which::All, &words);
            if filtered {
                let words = tr_args("export-shown", &[("n", open.shown.len().into())]);
                offer(ui, Which::Shown, &words);
            }
            for status in [Status::New, Status::InProgress, Status::Done] {
                offer(ui, Which::Status(status), words::status(status));
            }
        });
    });
}

fn unit(ui: &mut Ui, cx: &Cx<'_>, choices: &mut Choices) {
    captioned(ui, cx, tr("export-unit"), |ui| {
        ui.horizontal_wrapped(|ui| {
            let units = [
                (Unit::CodePoints, tr("export-code-points")),
                (Unit::Utf16, tr("export-utf16")),
                (Unit::Bytes, tr("export-bytes")),
            ];
            let now = choices.unit.or(choices.format.unit);
            for (unit, words) in units {
                if choice(ui, now == Some(unit), words).clicked() {
                    let own = choices.format.unit == Some(unit);
                    choices.unit = (!own).then_some(unit);
                }
            }
        });
    });
}

/// Those without which nothing could be read again are not to be taken away.
fn columns(ui: &mut Ui, cx: &Cx<'_>, choices: &mut Choices) {
    captioned(ui, cx, tr("export-columns"), |ui| {
        ui.horizontal_wrapped(|ui| {
            for (name, needed) in column_names() {
                let mut on = needed || !choices.without.contains(name);
                let shown = ui.add_enabled(!needed, Checkbox::new(&mut on, name));
                if shown.changed() && on {
                    choices.without.remove(name);
                } else if shown.changed() {
                    choices.without.insert(name);
                }
            }
        });
    });
}

fn split(ui: &mut Ui, cx: &Cx<'_>, choices: &mut Choices) {
    captioned(ui, cx, tr("export-split"), |ui| {
        ui.horizontal_wrapped(|ui| {
            ui.add(Checkbox::new(&mut choices.split, tr("export-split-on")));
            if choices.split {
                let shares = Field::new(tr("export-shares")).width(96.0);
                controls::field(ui, &mut choices.shares, shares);
                ui.label(tr("export-seed"));
                let seed = Field::new(tr("export-seed")).width(64.0);
                controls::field(ui, &mut choices.seed, seed);
            }
        });
    });
}

/// Where it goes. Whether Enter was pressed in the field.
pub(super) fn target(ui: &mut Ui, cx: &Cx<'_>, open: &mut Open, wanted: &mut Vec<Intent>) -> bool {
    let folder = open.is_folder();
    let caption = if folder {
        tr("export-folder")
    } else {
        tr("export-file")
    };
    captioned(ui, cx, caption, |ui| {
        let event = ui
            .horizontal(|ui| {
                let button = cx.tokens.space.row + ui.spacing().item_spacing.x;
                let width = (ui.available_width() - button).max(cx.tokens.space.row);
                let field = Field::new(caption).width(width);
                let event = controls::field(ui, &mut open.path, field);
                let choose = controls::icon_button(ui, Icon::FolderOpen, tr("export-choose"));
                if choose.clicked() {
                    let format = open.choices.format;
                    let start = open.target();
                    wanted.push(Intent::Ask(Ask::ExportTo {
                        format,
                        folder,
                        start,
                    }));
                }
                event
            })
            .inner;
        if event.changed {
            open.judge();
        }
        match open.verdict {
            Verdict::Fine => {}
            Verdict::Replaces => controls::warning(ui, tr("export-replaces")),
            Verdict::Wrong(why) => controls::warning(ui, why),
        }
        event.submitted
    })
}
