//! What pointer and keyboard do in a field.

use eframe::egui;
use egui::{Event, ImeEvent, Key, Modifiers, Pos2, Response, Ui};

use super::{FieldState, to_text};
use crate::typeset::{Movement, Typesetter};

/// What the keyboard asked for besides the text.
#[derive(Clone, Copy, Default)]
pub(super) struct Effect {
    pub(super) submitted: bool,
    pub(super) cancelled: bool,
}

/// Where the pointer acts.
pub(super) struct Pointer<'a> {
    pub(super) response: &'a Response,
    pub(super) origin: Pos2,
    pub(super) scale: f32,
}

/// Presses place the caret, drags select, double presses take words, triple ones paragraphs.
pub(super) fn pointer(ui: &Ui, state: &mut FieldState, setter: &mut Typesetter, at: &Pointer<'_>) {
    let response = at.response;
    if response.hovered() {
        ui.set_cursor_icon(egui::CursorIcon::Text);
    }
    let Some(point) = response.interact_pointer_pos() else {
        return;
    };
    let place = to_text(point, at.origin, at.scale);
    let (pressed, shift, now) = ui.input(|input| {
        (
            input.pointer.primary_pressed(),
            input.modifiers.shift,
            input.time,
        )
    });
    let editor = &mut state.editor;
    if response.triple_clicked() {
        editor.triple_press(setter, place.x, place.y);
    } else if response.double_clicked() {
        editor.double_press(setter, place.x, place.y);
    } else if pressed && (response.is_pointer_button_down_on() || response.clicked()) {
        editor.press(setter, place.x, place.y, shift);
    } else if response.dragged() {
        editor.drag(setter, place.x, place.y);
    } else {
        return;
    }
    state.touched = now;
    state.moved = true;
}

/// Takes this frame's events in their order.
pub(super) fn keyboard(ui: &mut Ui, state: &mut FieldState, setter: &mut Typesetter) -> Effect {
    let events = ui.input(|input| input.events.clone());
    let mut effect = Effect::default();
    let mut copied = None;
    for event in &events {
        let done = match event {
            Event::Key {
                key,
                pressed: true,
                modifiers,
                ..
            } => press(state, setter, *key, *modifiers, &mut effect),
            Event::Ime(ime) => compose(state, ime),
            other => insert(state, other, &mut copied),
        };
        if done {
            state.touched = ui.input(|input| input.time);
            state.moved = true;
        }
    }
    if let Some(text) = copied {
        ui.copy_text(text);
    }
    // Nobody else is to take the key that ended the field.
    ui.input_mut(|input| {
        if effect.cancelled {
            input.consume_key(Modifiers::NONE, Key::Escape);
        }
        if effect.submitted {
            input.consume_key(Modifiers::NONE, Key::Enter);
            input.consume_key(Modifiers::COMMAND, Key::Enter);
        }
    });
    effect
}

/// Typed text and the clipboard. Returns whether it was meant for the field.
fn insert(state: &mut FieldState, event: &Event, copied: &mut Option<String>) -> bool {
    let editor = &mut state.editor;
    match event {
        Event::Text(text) if !matches!(text.as_str(), "" | "\n" | "\r") => {
            // What an input method composes comes by itself.
            if !editor.is_composing() {
                editor.insert(text);
            }
        }
        Event::Paste(text) if !text.is_empty() => editor.insert(&text.replace("\r\n", "\n")),
        Event::Copy | Event::Cut if editor.selection().is_empty() => return false,
        Event::Copy => *copied = Some(editor.selected_text().to_owned()),
        Event::Cut => {
            *copied = Some(editor.selected_text().to_owned());
            editor.insert("");
        }
        _ => return false,
    }
    true
}

fn compose(state: &mut FieldState, event: &ImeEvent) -> bool {
    let editor = &mut state.editor;
    match event {
        // Some systems send these when nothing is being composed.
        ImeEvent::Preedit { text, .. } if text.is_empty() && !editor.is_composing() => false,
        ImeEvent::Preedit {
            text,
            active_range_chars,
        } => {
            let byte = |chars: usize| {
                text.char_indices()
                    .nth(chars)
                    .map_or(text.len(), |(byte, _)| byte)
            };
            let marked = active_range_chars
                .as_ref()
                .map(|range| byte(range.start)..byte(range.end));
            editor.set_compose(text, marked.or(Some(text.len()..text.len())));
            true
        }
        ImeEvent::Commit(text) if !matches!(text.as_str(), "\n" | "\r") => {
            editor.commit_compose(text);
            true
        }
        ImeEvent::DeleteSurrounding {
            before_chars,
            after_chars,
        } => {
            for _ in 0..*before_chars {
                editor.backspace(false);
            }
            for _ in 0..*after_chars {
                editor.delete(false);
            }
            true
        }
        _ => false,
    }
}

fn press(
    state: &mut FieldState,
    setter: &mut Typesetter,
    key: Key,
    held: Modifiers,
    effect: &mut Effect,
) -> bool {
    let command = held.command || held.ctrl;
    let word = held.ctrl || held.alt;
    if let Some(movement) = movement(key, command, word) {
        state.editor.go(setter, movement, held.shift);
        return true;
    }
    let editor = &mut state.editor;
    match key {
        Key::ArrowUp | Key::ArrowDown if editor.is_multiline() => {
            editor.go_line(setter, key == Key::ArrowDown, held.shift);
        }
        Key::Backspace => editor.backspace(word),
        Key::Delete => editor.delete(word),
        Key::A if command => editor.select_all(),
        Key::Z if command && held.shift => {
            editor.redo();
        }
        Key::Z if command => {
            editor.undo();
        }
        Key::Y if command => {
            editor.redo();
        }
        Key::Enter if editor.is_multiline() && !command => editor.insert("\n"),
        Key::Enter => effect.submitted = true,
        Key::Escape if editor.is_composing() => editor.end_compose(),
        Key::Escape => effect.cancelled = true,
        _ => return false,
    }
    true
}

fn movement(key: Key, command: bool, word: bool) -> Option<Movement> {
    Some(match key {
        Key::ArrowLeft if word => Movement::WordLeft,
        Key::ArrowRight if word => Movement::WordRight,
        Key::ArrowLeft => Movement::Left,
        Key::ArrowRight => Movement::Right,
        Key::Home if command => Movement::TextStart,
        Key::End if command => Movement::TextEnd,
        Key::Home => Movement::LineStart,
        Key::End => Movement::LineEnd,
        _ => return None,
    })
}
