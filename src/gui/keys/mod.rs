//! From key events to commands and labels. Keys act by what the layout makes of them, or by their
//! place where the layout has no Latin letter there, so that they work while an Arabic layout is
//! active. They act on press, and never while a text field has the focus.

mod label;
mod press;
#[cfg(test)]
mod tests;

use eframe::egui::{Context, Event, ImeEvent, Key};

pub use label::{LabelKey, is_reserved, label_key};
pub use press::Press;

use super::commands::{self, CommandId, EditCommand, Needs};

/// What the keyboard asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyAction {
    /// A command of the table.
    Command(CommandId),
    /// A label's key.
    Label(LabelKey),
}

/// What has the keyboard focus.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FocusOn {
    /// Nothing, or the article: every key is the article's.
    Article,
    /// A button, a list, an open menu, a screen in the article's place: what acts on the article does
    /// nothing, commands of the whole program go on.
    Control,
    /// A text field: it keeps every key.
    TextField,
}

impl FocusOn {
    /// What has the focus now; `article` is the id of the article view, and it is `covered` while a
    /// menu is open or another screen stands in its place.
    pub fn now(ctx: &Context, article: eframe::egui::Id, covered: bool) -> Self {
        let focused = ctx.memory(eframe::egui::Memory::focused);
        match focused.filter(|id| *id != article) {
            None if covered => Self::Control,
            None => Self::Article,
            // Our own fields leave egui's mark of a text edit too.
            Some(_) if ctx.text_edit_focused() => Self::TextField,
            Some(_) => Self::Control,
        }
    }
}

/// Reads key events. It lives as long as the window: whether `AltGr` is held, or an input method is
/// composing, is known only from earlier events.
#[derive(Clone, Debug, Default)]
pub struct KeyReader {
    alt_graph: bool,
    composing: bool,
}

impl KeyReader {
    /// What this frame's events ask for, in their order. `hotkeys`: see [`label_key`]; `review`: see [`command`].
    pub fn read(
        &mut self,
        events: &[Event],
        focus: FocusOn,
        hotkeys: &[Option<char>],
        review: Needs,
    ) -> Vec<KeyAction> {
        let mut actions = Vec::new();
        for event in events {
            self.note(event);
            let Some(press) = Press::from_event(event) else {
                continue;
            };
            if self.composing || focus == FocusOn::TextField || self.is_typing(press) {
                continue;
            }
            let action = command(press, review)
                .map(KeyAction::Command)
                .or_else(|| label_key(press, hotkeys).map(KeyAction::Label));
            let theirs = focus == FocusOn::Control && belongs_to_controls(press);
            let acts = |action: &KeyAction| focus == FocusOn::Article || !is_articles(*action);
            actions.extend(action.filter(acts).filter(|_| !theirs));
        }
        actions
    }

    fn note(&mut self, event: &Event) {
        match event {
            Event::Key {
                key,
                physical_key,
                pressed,
                modifiers,
                ..
            } => {
                let is_right_alt = *physical_key == Some(Key::AltRight) || *key == Key::AltRight;
                if is_right_alt {
                    self.alt_graph = *pressed && !modifiers.alt;
                }
            }
            Event::Ime(ImeEvent::Preedit { text, .. }) => self.composing = !text.is_empty(),
            Event::Ime(ImeEvent::Commit(_)) => self.composing = false,
            Event::WindowFocused(false) => *self = Self::default(),
            _ => {}
        }
    }

    /// Whether `AltGr` makes a character of this press. Some systems report it as Ctrl and Alt.
    fn is_typing(&self, press: Press) -> bool {
        let as_modifiers = press.command() && press.modifiers.alt;
        (self.alt_graph || as_modifiers) && press.is_character()
    }
}

/// The command of a press, if there is one; a held key counts only where the table says so. `review`: how far
/// reviewing is. Keys that need it act only there, and then before others.
pub fn command(press: Press, review: Needs) -> Option<CommandId> {
    commands::all()
        .filter(|row| row.id.needs() <= review)
        .filter(|row| row.shortcuts().any(|shortcut| press.is(shortcut)))
        .max_by_key(|row| row.id.needs())
        .filter(|row| row.repeats || !press.repeat)
        .map(|row| row.id)
}

/// Whether something acts on the article's text and spans, and so only while it has the keyboard.
fn is_articles(action: KeyAction) -> bool {
    match action {
        KeyAction::Label(_) => true,
        KeyAction::Command(command) => match command {
            CommandId::Span(_) | CommandId::Edge(_) | CommandId::Caret(_) | CommandId::Side(_) => {
                true
            }
            CommandId::Review(command) => command.needs() == Needs::Case,
            CommandId::Edit(command) => matches!(
                command,
                EditCommand::SelectWord | EditCommand::SelectSentence | EditCommand::SelectAll
            ),
            _ => false,
        },
    }
}

/// Keys that a focused button or list needs for itself.
fn belongs_to_controls(press: Press) -> bool {
    let held = press.command() || press.modifiers.alt;
    let theirs = matches!(
        press.key,
        Key::Tab
            | Key::Enter
            | Key::Space
            | Key::ArrowLeft
            | Key::ArrowRight
            | Key::ArrowUp
            | Key::ArrowDown
            | Key::Home
            | Key::End
            | Key::PageUp
            | Key::PageDown
    );
    theirs && !held
}
