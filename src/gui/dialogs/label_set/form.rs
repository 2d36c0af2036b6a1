//! Fields of the editor's forms, with what is wrong below them.

use eframe::egui::Ui;

use crate::{
    annotation::LabelSet,
    gui::{
        controls::{self, Field},
        draft::Drafts,
        icons::Icon,
        intent::Intent,
        strings::{tr, tr_args},
    },
};

use super::{
    change::Trouble,
    text::{self, Key},
    wish,
};

/// Shows the field for `key`, and commits it when it is left with something that can be.
pub(super) fn field(
    ui: &mut Ui,
    set: &LabelSet,
    drafts: &mut Drafts<Key>,
    key: &Key,
    field: Field<'_>,
    intents: &mut Vec<Intent>,
) {
    let base = text::committed(set, key);
    if let Some(written) = drafts.field(ui, key, &base, field) {
        match text::change(set, key, &written) {
            Ok(change) => intents.extend(change.map(wish)),
            // It stays in the field, with what is wrong below it.
            Err(_) => drafts.write(key.clone(), &base, written),
        }
    }
    if let Err(trouble) = text::change(set, key, drafts.text(key, &base)) {
        controls::warning(ui, &told(&trouble));
    }
}

/// A field with its name above it.
pub(super) fn named(
    ui: &mut Ui,
    set: &LabelSet,
    drafts: &mut Drafts<Key>,
    key: &Key,
    shown: (&str, Field<'_>),
    intents: &mut Vec<Intent>,
) {
    controls::caption(ui, shown.0);
    field(ui, set, drafts, key, shown.1, intents);
}

/// What is wrong, and what to do.
pub(super) fn told(trouble: &Trouble) -> String {
    match trouble {
        Trouble::Name(error) => error.to_string(),
        Trouble::Taken(name) => tr_args("labels-name-taken", &[("name", name.into())]),
        Trouble::Color => tr("labels-bad-color").to_owned(),
        Trouble::NoValues => tr("labels-no-values").to_owned(),
    }
}

/// The field and button that add a thing by its name. Gives the name when it is to be added.
pub(super) fn adder(
    ui: &mut Ui,
    name: &mut String,
    words: &str,
    trouble: Option<&Trouble>,
) -> Option<String> {
    let mut add = false;
    ui.horizontal(|ui| {
        let side = ui.spacing().interact_size.y + ui.spacing().item_spacing.x;
        let width = ui.available_width() - side;
        let shown = Field::new(words).hint(words).width(width);
        add = controls::field(ui, name, shown).submitted;
        let usable = trouble.is_none() && !name.trim().is_empty();
        add |= controls::icon_button_if(ui, usable, Icon::Plus, tr("labels-add")).clicked();
        add &= usable;
    });
    if let Some(trouble) = trouble {
        controls::warning(ui, &told(trouble));
    }
    add.then(|| std::mem::take(name))
}
