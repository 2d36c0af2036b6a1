//! The attributes of the set: their names, kinds and values, and which labels have them.

use eframe::egui::Ui;

use crate::{
    annotation::{AttributeDef, AttributeKind, Label},
    edit::{LabelField, LabelSetChange},
    gui::{
        controls::{self, Field, RowState},
        cx::Cx,
        icons::Icon,
        intent::Intent,
        strings::tr,
    },
};

use super::{
    LabelSetDialog, change, form,
    text::{self, Key, Part},
    two_columns, wish,
};

impl LabelSetDialog {
    /// The tab of attributes.
    pub(super) fn attributes(&mut self, ui: &mut Ui, cx: &Cx<'_>, intents: &mut Vec<Intent>) {
        let set = cx.session.labels();
        if self
            .attribute
            .as_ref()
            .is_none_or(|name| set.attribute(name).is_none())
        {
            self.attribute = set
                .attributes
                .first()
                .map(|attribute| attribute.name.clone());
        }
        let this = std::cell::RefCell::new((self, intents));
        two_columns(
            ui,
            |ui| {
                let (this, intents) = &mut *this.borrow_mut();
                this.attribute_list(ui, cx, intents);
            },
            |ui| {
                let (this, intents) = &mut *this.borrow_mut();
                this.attribute_details(ui, cx, intents);
            },
        );
    }

    fn attribute_list(&mut self, ui: &mut Ui, cx: &Cx<'_>, intents: &mut Vec<Intent>) {
        let set = cx.session.labels();
        let names = set
            .attributes
            .iter()
            .map(|attribute| attribute.name.as_str());
        if let Some(name) = named_rows(ui, cx, names, self.attribute.as_deref()) {
            self.attribute = Some(name);
        }
        let trouble = text::name_trouble(text::add_attribute(set, &self.new_name));
        let added = form::adder(
            ui,
            &mut self.new_name,
            tr("labels-new-attribute"),
            trouble.as_ref(),
        );
        let added = added.and_then(|name| text::add_attribute(set, &name).ok());
        if let Some((name, change)) = added {
            self.attribute = Some(name);
            intents.push(wish(change));
        }
    }

    fn attribute_details(&mut self, ui: &mut Ui, cx: &Cx<'_>, intents: &mut Vec<Intent>) {
        let set = cx.session.labels();
        let Some(attribute) = self.attribute.as_ref().and_then(|name| set.attribute(name)) else {
            controls::hint(ui, tr("labels-no-attribute"));
            return;
        };
        let key = |part| Key::Attribute(attribute.name.clone(), part);
        let drafts = &mut self.drafts;
        ui.columns_const(|columns: &mut [Ui; 2]| {
            let parts = [
                (Part::English, tr("labels-english")),
                (Part::Arabic, tr("labels-arabic")),
            ];
            for (ui, (part, words)) in columns.iter_mut().zip(parts) {
                form::named(
                    ui,
                    set,
                    drafts,
                    &key(part),
                    (words, Field::new(words)),
                    intents,
                );
            }
        });
        kinds(ui, attribute, intents);
        if matches!(attribute.kind, AttributeKind::Choice(_)) {
            let words = tr("labels-values");
            let field = Field::new(words).rows(4);
            form::named(ui, set, drafts, &key(Part::Values), (words, field), intents);
        }
        users(ui, cx, attribute, intents);
        let words = tr("labels-guide");
        let field = Field::new(words).rows(3);
        form::named(ui, set, drafts, &key(Part::Guide), (words, field), intents);
        ui.add_space(cx.tokens.space.s);
        let remove = controls::word_button(ui, Icon::Trash, tr("labels-remove-attribute"));
        if remove
            .on_hover_text(tr("labels-remove-attribute-hint"))
            .clicked()
        {
            intents.push(wish(LabelSetChange::DropAttribute(attribute.name.clone())));
        }
    }
}

/// A list of names, one chosen; gives the one that is clicked.
pub(super) fn named_rows<'a>(
    ui: &mut Ui,
    cx: &Cx<'_>,
    names: impl Iterator<Item = &'a str>,
    chosen: Option<&str>,
) -> Option<String> {
    let mut clicked = None;
    let spacing = ui.spacing().item_spacing;
    ui.spacing_mut().item_spacing.y = 0.0;
    for name in names {
        let state = if chosen == Some(name) {
            RowState::Chosen
        } else {
            RowState::Plain
        };
        let row = controls::row(ui, cx.tokens.space.row, name, state);
        let rect = row.rect.shrink2((cx.tokens.space.s, 0.0).into());
        let style = (cx.tokens.text.body, cx.tokens.ink.strong);
        controls::line(ui, rect, name, style, controls::Side::Left);
        if row.clicked() {
            clicked = Some(name.to_owned());
        }
    }
    ui.spacing_mut().item_spacing = spacing;
    ui.add_space(cx.tokens.space.s);
    clicked
}

fn kinds(ui: &mut Ui, attribute: &AttributeDef, intents: &mut Vec<Intent>) {
    controls::caption(ui, tr("labels-attribute-kind"));
    let values = || match &attribute.kind {
        AttributeKind::Choice(values) => values.clone(),
        AttributeKind::Flag | AttributeKind::Text => vec![tr("labels-first-value").to_owned()],
    };
    ui.horizontal(|ui| {
        for (kind, words) in [
            (AttributeKind::Flag, tr("attribute-flag")),
            (AttributeKind::Choice(values()), tr("attribute-choice")),
            (AttributeKind::Text, tr("attribute-text")),
        ] {
            let chosen = std::mem::discriminant(&kind) == std::mem::discriminant(&attribute.kind);
            if controls::choice(ui, chosen, words).clicked() && !chosen {
                let changed = AttributeDef {
                    kind,
                    ..attribute.clone()
                };
                intents.push(wish(LabelSetChange::PutAttribute(changed, None)));
            }
        }
    });
}

/// Which labels have it.
fn users(ui: &mut Ui, cx: &Cx<'_>, attribute: &AttributeDef, intents: &mut Vec<Intent>) {
    controls::caption(ui, tr("labels-attribute-users"));
    ui.horizontal_wrapped(|ui| {
        for label in cx.session.labels().active() {
            let mut on = label.attributes.contains(&attribute.name);
            if ui.checkbox(&mut on, label.display_en()).changed() {
                intents.push(wish(set_user(label, &attribute.name, on)));
            }
        }
    });
}

fn set_user(label: &Label, name: &str, on: bool) -> LabelSetChange {
    let mut names = label.attributes.clone();
    names.retain(|other| other != name);
    names.extend(on.then(|| name.to_owned()));
    change::set_field(&label.id, LabelField::Attributes(names))
}
