//! A label's letter key. Letters that others have are shown with their holder; taking one from them
//! is asked for, never done by accident.

use eframe::egui::{Button, Grid, Popup, PopupCloseBehavior, Ui, vec2};

use crate::{
    annotation::{Label, LabelId, LabelSet},
    edit::LabelField,
    gui::{
        controls,
        cx::Cx,
        icons::Icon,
        intent::Intent,
        strings::{Arg, tr, tr_args},
    },
};

use super::{
    change::{self, Key},
    wish,
};

/// Letters in a row of the menu.
const COLUMNS: usize = 9;

/// Shows the key; `wanted` is a letter that another label has and this one is to get.
pub(super) fn show(
    ui: &mut Ui,
    cx: &Cx<'_>,
    label: &Label,
    wanted: &mut Option<(LabelId, char)>,
    intents: &mut Vec<Intent>,
) {
    let labels = cx.session.labels();
    wanted.take_if(|(id, _)| *id != label.id);
    controls::caption(ui, tr("labels-key"));
    let words = label
        .hotkey
        .map_or_else(|| tr("labels-no-key").to_owned(), String::from);
    let button = controls::word_button(ui, Icon::Keyboard, &words);
    let button = button.accessible_name(tr_args("labels-key-is", &[("key", Arg::Word(&words))]));
    Popup::menu(&button)
        .close_behavior(PopupCloseBehavior::CloseOnClick)
        .show(|ui| {
            if let Some(letter) = letters(ui, cx, label) {
                match letter.map(|letter| change::key(labels, &label.id, letter)) {
                    Some(Key::Held(_)) => *wanted = letter.map(|letter| (label.id.clone(), letter)),
                    Some(Key::Own | Key::Reserved) => {}
                    Some(Key::Free) | None => {
                        *wanted = None;
                        let field = LabelField::Hotkey(letter);
                        intents.push(wish(change::set_field(&label.id, field)));
                    }
                }
            }
        });
    if let Some((_, letter)) = *wanted {
        clash(ui, labels, label, letter, wanted, intents);
    }
}

/// The letters; gives the one that is clicked, `Some(None)` for none.
fn letters(ui: &mut Ui, cx: &Cx<'_>, label: &Label) -> Option<Option<char>> {
    let labels = cx.session.labels();
    let mut clicked = None;
    Grid::new("letters").spacing(vec2(0.0, 0.0)).show(ui, |ui| {
        for (letter, place) in ('A'..='Z').zip(1..) {
            let state = change::key(labels, &label.id, letter);
            let (usable, told) = told(labels, letter, &state);
            let side = cx.tokens.space.row;
            let mut words = eframe::egui::RichText::new(letter.to_string());
            if matches!(state, Key::Held(_)) {
                words = words.color(cx.tokens.ink.weak);
            }
            let button = Button::selectable(state == Key::Own, words).min_size(vec2(side, side));
            let button = ui.add_enabled(usable, button);
            if button
                .on_hover_text(&told)
                .on_disabled_hover_text(&told)
                .clicked()
            {
                clicked = Some(Some(letter));
            }
            if place % COLUMNS == 0 {
                ui.end_row();
            }
        }
    });
    if label.hotkey.is_some() && ui.button(tr("labels-no-key")).clicked() {
        clicked = Some(None);
    }
    clicked
}

/// Whether a letter can be clicked, and what its tooltip says.
fn told(labels: &LabelSet, letter: char, state: &Key) -> (bool, String) {
    let key = letter.to_string();
    match state {
        Key::Own => (true, tr("labels-key-own").to_owned()),
        Key::Free => (true, tr("labels-key-free").to_owned()),
        Key::Held(holder) => (true, held(labels, &key, holder)),
        Key::Reserved => (
            false,
            tr_args("labels-key-reserved", &[("key", Arg::Word(&key))]),
        ),
    }
}

fn held(labels: &LabelSet, key: &str, holder: &LabelId) -> String {
    let name = labels
        .get(holder)
        .map_or(holder.as_str(), Label::display_en);
    tr_args(
        "labels-key-held",
        &[("key", Arg::Word(key)), ("label", name.into())],
    )
}

fn clash(
    ui: &mut Ui,
    labels: &LabelSet,
    label: &Label,
    letter: char,
    wanted: &mut Option<(LabelId, char)>,
    intents: &mut Vec<Intent>,
) {
    let Key::Held(holder) = change::key(labels, &label.id, letter) else {
        *wanted = None;
        return;
    };
    controls::warning(ui, &held(labels, &letter.to_string(), &holder));
    ui.horizontal(|ui| {
        if controls::plain_button(ui, tr("labels-key-take")).clicked() {
            intents.push(wish(change::take_key(labels, &label.id, letter)));
            *wanted = None;
        }
        if controls::plain_button(ui, tr("dialog-cancel")).clicked() {
            *wanted = None;
        }
    });
}
