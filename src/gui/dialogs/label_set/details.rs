//! All of one label, at the editor's right.

use eframe::egui::{ComboBox, Sense, Ui, WidgetInfo, accesskit::Role, vec2};

use crate::{
    annotation::{Label, LabelKind, Mark},
    edit::LabelField,
    gui::{
        controls::{self, Field, Look, SAMPLE},
        cx::Cx,
        icons::Icon,
        intent::{Dialog, Intent},
        strings::tr,
    },
};

use super::{
    LabelSetDialog, change, color, form, key,
    text::{Key, Part},
    wish,
};

impl LabelSetDialog {
    /// The chosen label.
    pub(super) fn details(&mut self, ui: &mut Ui, cx: &Cx<'_>, intents: &mut Vec<Intent>) {
        let labels = cx.session.labels();
        let Some(label) = self.label.as_ref().and_then(|id| labels.get(id)) else {
            controls::hint(ui, tr("labels-none"));
            return;
        };
        ui.spacing_mut().item_spacing.y = cx.tokens.space.xs;
        self.names(ui, cx, label, intents);
        controls::caption(ui, tr("labels-look"));
        ui.horizontal_wrapped(|ui| {
            marks(ui, cx, label, intents);
            kinds(ui, label, intents);
        });
        color::show(ui, cx, label, &mut self.drafts, intents);
        key::show(ui, cx, label, &mut self.wanted_key, intents);
        parent(ui, cx, label, intents);
        attributes(ui, cx, label, intents);
        let guide = Field::new(tr("labels-guide"))
            .hint(tr("labels-guide-hint"))
            .rows(4);
        let id = Key::Label(label.id.clone(), Part::Guide);
        form::named(
            ui,
            labels,
            &mut self.drafts,
            &id,
            (tr("labels-guide"), guide),
            intents,
        );
        ui.add_space(cx.tokens.space.s);
        farewell(ui, cx, label, intents);
    }

    fn names(&mut self, ui: &mut Ui, cx: &Cx<'_>, label: &Label, intents: &mut Vec<Intent>) {
        let labels = cx.session.labels();
        let drafts = &mut self.drafts;
        ui.columns_const(|columns: &mut [Ui; 3]| {
            let parts = [
                (Part::Name, tr("labels-name")),
                (Part::English, tr("labels-english")),
                (Part::Arabic, tr("labels-arabic")),
            ];
            for (ui, (part, words)) in columns.iter_mut().zip(parts) {
                let key = Key::Label(label.id.clone(), part);
                form::named(
                    ui,
                    labels,
                    drafts,
                    &key,
                    (words, Field::new(words)),
                    intents,
                );
            }
        });
    }
}

/// The line styles as samples of the label's own colour.
fn marks(ui: &mut Ui, cx: &Cx<'_>, label: &Label, intents: &mut Vec<Intent>) {
    for mark in Mark::ALL {
        let size = vec2(SAMPLE + 2.0 * cx.tokens.space.s, cx.tokens.space.row);
        let (rect, response) = ui.allocate_exact_size(size, Sense::click());
        let chosen = label.mark == mark;
        let state = if chosen {
            controls::RowState::Pressed
        } else {
            controls::RowState::Plain
        };
        let name = mark_name(mark);
        controls::dress_row(ui, &response, name, state);
        response.widget_info(|| WidgetInfo::selected(Role::RadioButton, true, chosen, name));
        let look = Look {
            mark,
            ..Look::from(label)
        };
        controls::sample(ui, rect.center(), look);
        if response.on_hover_text(name).clicked() && !chosen {
            intents.push(wish(change::set_field(&label.id, LabelField::Mark(mark))));
        }
    }
}

fn mark_name(mark: Mark) -> &'static str {
    match mark {
        Mark::Solid => tr("mark-solid"),
        Mark::Dashed => tr("mark-dashed"),
        Mark::Dotted => tr("mark-dotted"),
        Mark::Double => tr("mark-double"),
        Mark::Wavy => tr("mark-wavy"),
        Mark::DashDot => tr("mark-dash-dot"),
    }
}

fn kinds(ui: &mut Ui, label: &Label, intents: &mut Vec<Intent>) {
    for (kind, words, hint) in [
        (LabelKind::Entity, tr("kind-entity"), tr("kind-entity-hint")),
        (
            LabelKind::Statement,
            tr("kind-statement"),
            tr("kind-statement-hint"),
        ),
    ] {
        let button = controls::choice(ui, label.kind == kind, words);
        if button.on_hover_text(hint).clicked() && label.kind != kind {
            intents.push(wish(change::set_field(&label.id, LabelField::Kind(kind))));
        }
    }
}

fn parent(ui: &mut Ui, cx: &Cx<'_>, label: &Label, intents: &mut Vec<Intent>) {
    let labels = cx.session.labels();
    controls::caption(ui, tr("labels-parent"));
    let current = label.parent.as_ref().and_then(|id| labels.get(id));
    let mut new = None;
    let shown = ComboBox::from_id_salt("parent")
        .selected_text(current.map_or(tr("labels-no-parent"), Label::display_en))
        .show_ui(ui, |ui| {
            if ui
                .selectable_label(current.is_none(), tr("labels-no-parent"))
                .clicked()
            {
                new = Some(None);
            }
            for other in change::parents(labels, &label.id) {
                let chosen = label.parent.as_ref() == Some(&other.id);
                if ui.selectable_label(chosen, other.display_en()).clicked() {
                    new = Some(Some(other.id.clone()));
                }
            }
        });
    shown.response.accessible_name(tr("labels-parent"));
    if let Some(parent) = new.filter(|parent| *parent != label.parent) {
        intents.push(wish(change::set_field(
            &label.id,
            LabelField::Parent(parent),
        )));
    }
}

/// Which attributes its spans can have.
fn attributes(ui: &mut Ui, cx: &Cx<'_>, label: &Label, intents: &mut Vec<Intent>) {
    let set = cx.session.labels();
    if set.attributes.is_empty() {
        return;
    }
    controls::caption(ui, tr("labels-attributes"));
    ui.horizontal_wrapped(|ui| {
        for attribute in &set.attributes {
            let mut on = label.attributes.contains(&attribute.name);
            if ui
                .checkbox(&mut on, attribute.name.as_str())
                .on_hover_text(&attribute.guide)
                .changed()
            {
                let mut names = label.attributes.clone();
                names.retain(|name| *name != attribute.name);
                names.extend(on.then(|| attribute.name.clone()));
                intents.push(wish(change::set_field(
                    &label.id,
                    LabelField::Attributes(names),
                )));
            }
        }
    });
}

/// Merging and removing.
fn farewell(ui: &mut Ui, cx: &Cx<'_>, label: &Label, intents: &mut Vec<Intent>) {
    let labels = cx.session.labels();
    if !label.is_active() {
        let words = tr("labels-use-this-again");
        if controls::word_button(ui, Icon::ArrowClockwise, words).clicked() {
            intents.extend(change::use_again(labels, &label.id).map(wish));
        }
        return;
    }
    ui.horizontal(|ui| {
        let merge = controls::word_button(ui, Icon::Merge, tr("labels-merge"));
        let merge = merge.on_hover_text(tr("labels-merge-hint"));
        eframe::egui::Popup::menu(&merge).show(|ui| {
            for other in change::merge_targets(labels, &label.id) {
                if ui.button(other.display_en()).clicked() {
                    intents.extend(change::merge(labels, &label.id, &other.id).map(wish));
                }
            }
        });
        let remove = controls::word_button(ui, Icon::Trash, tr("labels-remove"));
        if remove.clicked() {
            intents.push(remove_intent(cx, label));
        }
    });
}

/// A label that no span has is dropped at once; else somebody decides what becomes of them. Where
/// the project cannot be asked it counts as used.
fn remove_intent(cx: &Cx<'_>, label: &Label) -> Intent {
    let labels = cx.session.labels();
    let unused = cx.session.label_usage().is_ok_and(|usage| {
        let merged = labels.labels.iter().any(|other| {
            other.id != label.id
                && labels
                    .resolve(&other.id)
                    .is_some_and(|into| into.id == label.id)
        });
        !merged && change::spans_of(labels, &usage, &label.id).spans == 0
    });
    if unused {
        wish(change::drop_label(labels, &label.id))
    } else {
        Intent::Open(Dialog::RemoveLabel(label.id.clone()))
    }
}
