//! The attributes of the chosen span's label, each with the control that fits its kind. Values of
//! attributes that the label does not have any more are shown too: nothing hides.

use eframe::egui::{ComboBox, Response, Ui};

use crate::{
    annotation::{AttributeDef, AttributeKind, LabelSet, Span},
    gui::{
        controls::{self, Field},
        cx::Cx,
        draft::Drafts,
        icons::Icon,
        intent::Intent,
        strings::{tr, tr_args},
    },
    session::{Article, SpanCommand},
};

use super::{What, Written, wish};

/// A choice of more values than this is a menu.
const SEGMENTS: usize = 4;

/// The value of a flag that is set.
const SET: &str = "true";

/// The attributes that a span has or can have: those of its label, then others that it has a value
/// of.
fn shown<'a>(
    labels: &'a LabelSet,
    span: &'a Span,
) -> (Vec<&'a AttributeDef>, Vec<(&'a str, &'a str)>) {
    let label = labels.resolve(&span.data.label);
    let of_label: Vec<&AttributeDef> = label
        .map(|label| labels.attributes_of(label).collect())
        .unwrap_or_default();
    let others = span
        .data
        .attributes
        .iter()
        .filter(|(name, _)| of_label.iter().all(|attribute| attribute.name != **name));
    let others = others
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    (of_label, others)
}

/// Shows them. `focus`: the first is to have the keyboard; whether one has taken it comes back.
pub(super) fn show(
    ui: &mut Ui,
    cx: &Cx<'_>,
    (article, span): (&Article, &Span),
    drafts: &mut Drafts<Written>,
    focus: bool,
    intents: &mut Vec<Intent>,
) -> bool {
    let (of_label, others) = shown(cx.session.labels(), span);
    let mut focused = false;
    for attribute in of_label {
        let name = display(attribute);
        let value = span
            .data
            .attributes
            .get(&attribute.name)
            .map(String::as_str);
        let set = |value: Option<String>| {
            wish(SpanCommand::SetAttribute(
                span.id,
                attribute.name.clone(),
                value,
            ))
        };
        let (first, new) = match &attribute.kind {
            AttributeKind::Flag => flag(ui, name, value),
            AttributeKind::Choice(values) => {
                caption(ui, attribute);
                choose(ui, name, values, value)
            }
            AttributeKind::Text => {
                caption(ui, attribute);
                let key = Written::new(article, span, What::Attribute(attribute.name.clone()));
                let id = ui.make_persistent_id(("attribute", &attribute.name));
                let field = Field::new(name).id(id);
                if let Some(text) = drafts.field(ui, &key, value.unwrap_or_default(), field) {
                    intents.push(key.commit(text));
                }
                (ui.ctx().read_response(id), None)
            }
        };
        if focus
            && !focused
            && let Some(first) = first
        {
            first.request_focus();
            focused = true;
        }
        intents.extend(new.map(set));
    }
    for (name, value) in others {
        other(ui, span, (name, value), intents);
    }
    focused
}

fn display(attribute: &AttributeDef) -> &str {
    if attribute.display.en.is_empty() {
        &attribute.name
    } else {
        &attribute.display.en
    }
}

fn caption(ui: &mut Ui, attribute: &AttributeDef) {
    let response = controls::caption(ui, display(attribute));
    if !attribute.guide.is_empty() {
        response.on_hover_text(&attribute.guide);
    }
}

/// What a control gives: its first response, and the value it wants set or taken away.
type Wanted = (Option<Response>, Option<Option<String>>);

fn flag(ui: &mut Ui, name: &str, value: Option<&str>) -> Wanted {
    let mut on = value == Some(SET);
    let response = ui.checkbox(&mut on, name);
    let new = response.changed().then(|| on.then(|| SET.to_owned()));
    (Some(response), new)
}

/// A few values as buttons side by side, many as a menu. The chosen one, pressed again, is let go:
/// not set means not decided.
fn choose(ui: &mut Ui, name: &str, values: &[String], value: Option<&str>) -> Wanted {
    let unknown = value.filter(|value| values.iter().all(|known| known != value));
    let all: Vec<&str> = values.iter().map(String::as_str).chain(unknown).collect();
    if all.len() > SEGMENTS {
        return menu(ui, name, &all, value);
    }
    let mut wanted = (None, None);
    ui.horizontal_wrapped(|ui| {
        for one in all {
            let chosen = value == Some(one);
            let response = controls::choice(ui, chosen, one);
            if response.clicked() {
                wanted.1 = Some((!chosen).then(|| one.to_owned()));
            }
            wanted.0.get_or_insert(response);
        }
    });
    wanted
}

fn menu(ui: &mut Ui, name: &str, all: &[&str], value: Option<&str>) -> Wanted {
    let mut new = None;
    let shown = ComboBox::from_id_salt(name)
        .selected_text(value.unwrap_or(tr("attribute-not-set")))
        .width(ui.available_width())
        .show_ui(ui, |ui| {
            if ui
                .selectable_label(value.is_none(), tr("attribute-not-set"))
                .clicked()
            {
                new = Some(None);
            }
            for one in all {
                if ui.selectable_label(value == Some(one), *one).clicked() {
                    new = Some(Some((*one).to_owned()));
                }
            }
        });
    (Some(shown.response.accessible_name(name)), new)
}

/// A value of an attribute that the label does not have.
fn other(ui: &mut Ui, span: &Span, (name, value): (&str, &str), intents: &mut Vec<Intent>) {
    ui.horizontal(|ui| {
        let words = tr_args(
            "attribute-other",
            &[("name", name.into()), ("value", value.into())],
        );
        controls::caption(ui, &words).on_hover_text(tr("attribute-other-hint"));
        let remove = tr_args("attribute-remove", &[("name", name.into())]);
        if controls::icon_button(ui, Icon::Close, &remove).clicked() {
            intents.push(wish(SpanCommand::SetAttribute(
                span.id,
                name.to_owned(),
                None,
            )));
        }
    });
}
