//! The types of relations: their names, and which labels they lead from and to.

use eframe::egui::Ui;

use crate::{
    annotation::{LabelId, RelationType},
    edit::LabelSetChange,
    gui::{
        controls::{self, Field},
        cx::Cx,
        icons::Icon,
        intent::Intent,
        strings::{Arg, tr, tr_args},
    },
};

use super::{
    LabelSetDialog,
    attributes::named_rows,
    form,
    text::{self, Key, Part},
    two_columns, wish,
};

impl LabelSetDialog {
    /// The tab of relation types.
    pub(super) fn relations(&mut self, ui: &mut Ui, cx: &Cx<'_>, intents: &mut Vec<Intent>) {
        let set = cx.session.labels();
        if self
            .relation
            .as_ref()
            .is_none_or(|name| set.relation_type(name).is_none())
        {
            self.relation = set.relation_types.first().map(|kind| kind.name.clone());
        }
        let this = std::cell::RefCell::new((self, intents));
        two_columns(
            ui,
            |ui| {
                let (this, intents) = &mut *this.borrow_mut();
                this.relation_list(ui, cx, intents);
            },
            |ui| {
                let (this, intents) = &mut *this.borrow_mut();
                this.relation_details(ui, cx, intents);
            },
        );
    }

    fn relation_list(&mut self, ui: &mut Ui, cx: &Cx<'_>, intents: &mut Vec<Intent>) {
        let set = cx.session.labels();
        let names = set.relation_types.iter().map(|kind| kind.name.as_str());
        if let Some(name) = named_rows(ui, cx, names, self.relation.as_deref()) {
            self.relation = Some(name);
        }
        let trouble = text::name_trouble(text::add_relation(set, &self.new_name));
        let added = form::adder(
            ui,
            &mut self.new_name,
            tr("labels-new-relation"),
            trouble.as_ref(),
        );
        let added = added.and_then(|name| text::add_relation(set, &name).ok());
        if let Some((name, change)) = added {
            self.relation = Some(name);
            intents.push(wish(change));
        }
    }

    fn relation_details(&mut self, ui: &mut Ui, cx: &Cx<'_>, intents: &mut Vec<Intent>) {
        let set = cx.session.labels();
        let Some(kind) = self
            .relation
            .as_ref()
            .and_then(|name| set.relation_type(name))
        else {
            controls::hint(ui, tr("labels-no-relation"));
            return;
        };
        let key = |part| Key::Relation(kind.name.clone(), part);
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
        for (end, words) in [
            (End::From, tr("labels-relation-from")),
            (End::To, tr("labels-relation-to")),
        ] {
            controls::caption(ui, words);
            ends(ui, cx, kind, end, intents);
        }
        let words = tr("labels-guide");
        let field = Field::new(words).rows(3);
        form::named(ui, set, drafts, &key(Part::Guide), (words, field), intents);
        ui.add_space(cx.tokens.space.s);
        let remove = controls::word_button(ui, Icon::Trash, tr("labels-remove-relation"));
        if remove
            .on_hover_text(tr("labels-remove-relation-hint"))
            .clicked()
        {
            intents.push(wish(LabelSetChange::DropRelationType(kind.name.clone())));
        }
    }
}

/// An end of a relation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum End {
    From,
    To,
}

/// The labels that an end can have; none chosen means any.
fn ends(ui: &mut Ui, cx: &Cx<'_>, kind: &RelationType, end: End, intents: &mut Vec<Intent>) {
    let list = match end {
        End::From => &kind.from,
        End::To => &kind.to,
    };
    ui.horizontal_wrapped(|ui| {
        if controls::choice(ui, list.is_empty(), tr("labels-any")).clicked() && !list.is_empty() {
            intents.push(wish(with_ends(kind, end, Vec::new())));
        }
        for label in cx.session.labels().active() {
            let on = list.contains(&label.id);
            let id = match end {
                End::From => "labels-relation-from-label",
                End::To => "labels-relation-to-label",
            };
            let button = controls::choice(ui, on, label.display_en());
            let name = tr_args(id, &[("label", Arg::Text(label.display_en()))]);
            if button.accessible_name(name).clicked() {
                intents.push(wish(with_ends(kind, end, toggled(list, &label.id))));
            }
        }
    });
}

fn toggled(list: &[LabelId], id: &LabelId) -> Vec<LabelId> {
    let mut list = list.to_vec();
    match list.iter().position(|other| other == id) {
        Some(at) => {
            list.remove(at);
        }
        None => list.push(id.clone()),
    }
    list
}

fn with_ends(kind: &RelationType, end: End, list: Vec<LabelId>) -> LabelSetChange {
    let mut kind = kind.clone();
    match end {
        End::From => kind.from = list,
        End::To => kind.to = list,
    }
    LabelSetChange::PutRelationType(kind, None)
}
