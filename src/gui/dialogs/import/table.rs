//! The table of names: what each name in the files comes to mean, to look at and to change.

use std::collections::BTreeMap;

use eframe::egui::{Align, Id, Layout, Ui, vec2};

use crate::{
    annotation::{LabelId, LabelSet},
    gui::{
        controls::{self, Field, Look as Sample},
        cx::Cx,
        icons::Icon,
        intent::Intent,
        panels::parts,
        pick::Ask,
        strings::{tr, tr_args},
        text::BidiLabel,
    },
    interchange::{LabelMap, label_meant},
    session::{Look, brings_labels},
};

use super::{
    super::{
        captioned::{Item, combo},
        shell::part,
    },
    mapping::{How, LabelRow, NameRow, Rows, choose},
};

/// Shows it; tells whether something was changed.
pub(super) fn show(
    ui: &mut Ui,
    cx: &Cx<'_>,
    look: &Look,
    (rows, set, map): (&Rows, &LabelSet, &mut LabelMap),
    wanted: &mut Vec<Intent>,
) -> bool {
    let before = map.clone();
    let files = &look.preview.files;
    if files
        .iter()
        .any(|file| file.format.is_some_and(brings_labels))
    {
        ui.add_space(cx.tokens.space.s);
        controls::hint(ui, tr("import-own-labels"));
    }
    if *rows == Rows::default() {
        return false;
    }
    part(ui, cx, tr("import-labels"));
    let new = rows.new_labels();
    if new > 0 {
        parts::quiet(ui, &tr_args("import-new-labels", &[("n", new.into())]));
    }
    for row in &rows.labels {
        label(ui, cx, row, (set, &mut map.labels));
    }
    if look.preview.labels.is_cut {
        parts::quiet(ui, tr("import-names-cut"));
    }
    let attributes: Vec<&str> = set.attributes.iter().map(|it| &*it.name).collect();
    let kinds: Vec<&str> = set.relation_types.iter().map(|it| &*it.name).collect();
    names(
        ui,
        cx,
        (tr("import-attributes"), &rows.attributes),
        (&attributes, &mut map.attributes),
    );
    names(
        ui,
        cx,
        (tr("import-relations"), &rows.relation_types),
        (&kinds, &mut map.relation_types),
    );
    ui.add_space(cx.tokens.space.s);
    ui.horizontal_wrapped(|ui| {
        let load = controls::word_button(ui, Icon::FolderOpen, tr("import-load-map"));
        if load.on_hover_text(tr("import-map-hint")).clicked() {
            wanted.push(Intent::Ask(Ask::LoadMap));
        }
        let save = controls::word_button(ui, Icon::Save, tr("import-save-map"));
        if save.on_hover_text(tr("import-map-hint")).clicked() {
            wanted.push(Intent::Ask(Ask::SaveMap));
        }
    });
    *map != before
}

/// The name in the file and how often it is used, then `content`.
fn row(ui: &mut Ui, cx: &Cx<'_>, (name, count): (&str, usize), content: impl FnOnce(&mut Ui)) {
    let height = cx.tokens.space.row;
    ui.horizontal(|ui| {
        let width = (ui.available_width() * 0.34).min(220.0);
        let cell = vec2(width, height);
        ui.allocate_ui_with_layout(cell, Layout::left_to_right(Align::Center), |ui| {
            ui.set_min_size(cell);
            let count = count.to_string();
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                parts::quiet(ui, &count);
                ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                    ui.add(BidiLabel::new(name));
                });
            });
        });
        parts::sign(
            ui,
            Icon::ArrowRight,
            cx.tokens.text.body,
            cx.tokens.ink.weak,
        );
        content(ui);
    });
}

/// How much room the list of a row gets, in points: what is said of it stands beside it.
fn list(ui: &Ui) -> f32 {
    (ui.available_width() - 96.0).clamp(96.0, 220.0)
}

fn how(ui: &mut Ui, how: How) {
    let words = match how {
        How::Same => tr("import-same"),
        How::Alias => tr("import-alias"),
        How::Chosen => tr("import-chosen"),
        How::New => tr("import-new"),
    };
    parts::quiet(ui, words);
}

fn label(
    ui: &mut Ui,
    cx: &Cx<'_>,
    label: &LabelRow,
    (set, map): (&LabelSet, &mut BTreeMap<String, String>),
) {
    row(ui, cx, (&label.name, label.count), |ui| {
        controls::sample_ui(ui, Sample::from(&label.label));
        let is_new = label.how == How::New;
        let new = tr_args("import-new-label", &[("name", (&label.label.name).into())]);
        let own = tr_args("import-new-label", &[("name", (&label.name).into())]);
        let mut items = Vec::new();
        let mut targets: Vec<Option<&str>> = Vec::new();
        if is_new || !label.is_known {
            items.push(Item {
                words: if is_new { &new } else { &own },
                about: "",
                chosen: is_new,
            });
            // One that was renamed keeps its name.
            let renamed = is_new && label.label.name != label.name;
            targets.push(renamed.then_some(&*label.label.name));
        }
        for known in set.active() {
            items.push(Item {
                words: known.display_en(),
                about: "",
                chosen: !is_new && known.id == label.label.id,
            });
            targets.push(Some(&known.name));
        }
        let name = tr_args("import-becomes", &[("name", (&label.name).into())]);
        let width = list(ui);
        if is_new && renaming(ui, label, width, map) {
            return;
        }
        if let Some(place) = combo(ui, cx, (&name, width), &items) {
            let itself = label_meant(set, &label.name).map(|label| &*label.name);
            let to = targets.get(place).copied().flatten();
            choose(map, &label.name, to, itself);
        }
        how(ui, label.how);
        if is_new {
            rename_button(ui, label);
        }
    });
}

/// The field in which the new label of a row is named, and where what is written in it is kept.
fn rename_id(label: &LabelRow) -> Id {
    Id::unique(("name of a new label", &label.name))
}

fn rename_words(label: &LabelRow) -> String {
    tr_args("import-rename", &[("name", (&label.name).into())])
}

/// Begins to give a new label another name.
fn rename_button(ui: &mut Ui, label: &LabelRow) {
    if parts::small_icon(ui, Icon::Pencil, &rename_words(label)).clicked() {
        let id = rename_id(label);
        ui.data_mut(|data| data.insert_temp(id, label.label.name.clone()));
        ui.memory_mut(|memory| memory.request_focus(id));
    }
}

/// The field for the name of a new label, in the place of the list; whether it is open. The name counts
/// once the field is left: on the way to it, it may be that of another label.
fn renaming(ui: &mut Ui, label: &LabelRow, width: f32, map: &mut BTreeMap<String, String>) -> bool {
    let id = rename_id(label);
    let Some(mut draft) = ui.data(|data| data.get_temp::<String>(id)) else {
        return false;
    };
    let words = rename_words(label);
    let field = Field::new(&words).width(width).id(id);
    let event = controls::field(ui, &mut draft, field);
    if !event.done {
        ui.data_mut(|data| data.insert_temp(id, draft));
        return true;
    }
    ui.data_mut(|data| data.remove::<String>(id));
    let draft = draft.trim();
    if !event.dropped && LabelId::new(draft).is_ok() {
        choose(map, &label.name, Some(draft), Some(&label.name));
    }
    true
}

fn names(
    ui: &mut Ui,
    cx: &Cx<'_>,
    (title, rows): (&str, &[NameRow]),
    (known, map): (&[&str], &mut BTreeMap<String, String>),
) {
    if rows.is_empty() {
        return;
    }
    part(ui, cx, title);
    for entry in rows {
        row(ui, cx, (&entry.name, entry.count), |ui| {
            let is_new = entry.how == How::New;
            let new = tr_args("import-new-name", &[("name", (&entry.becomes).into())]);
            let own = tr_args("import-new-name", &[("name", (&entry.name).into())]);
            let first = (is_new || !entry.is_known).then(|| Item {
                words: if is_new { &new } else { &own },
                about: "",
                chosen: is_new,
            });
            let offset = usize::from(first.is_some());
            let others = known.iter().map(|name| Item {
                words: name,
                about: "",
                chosen: !is_new && *name == entry.becomes,
            });
            let items: Vec<Item<'_>> = first.into_iter().chain(others).collect();
            let name = tr_args("import-becomes", &[("name", (&entry.name).into())]);
            let width = list(ui);
            if let Some(place) = combo(ui, cx, (&name, width), &items) {
                let to = place.checked_sub(offset).and_then(|at| known.get(at));
                let itself = entry.is_known.then_some(&*entry.name);
                choose(map, &entry.name, to.copied(), itself);
            }
            how(ui, entry.how);
        });
    }
}
