//! A shortcut: one key and what is held with it, and how it is written for people.

use eframe::egui::Key;

use super::MAX_SHORTCUTS;
use crate::gui::strings::tr;

/// One key and what is held with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Shortcut {
    /// The key as a Latin keyboard has it.
    pub key: Key,
    /// Ctrl, or Cmd on a Mac.
    pub command: bool,
    /// Shift.
    pub shift: bool,
    /// Alt, or Option on a Mac.
    pub alt: bool,
}

/// A key alone.
pub(super) const fn plain(key: Key) -> Shortcut {
    Shortcut {
        key,
        command: false,
        shift: false,
        alt: false,
    }
}

/// Ctrl and a key.
pub(super) const fn ctrl(key: Key) -> Shortcut {
    Shortcut {
        command: true,
        ..plain(key)
    }
}

/// Alt and a key.
pub(super) const fn alt(key: Key) -> Shortcut {
    Shortcut {
        alt: true,
        ..plain(key)
    }
}

impl Shortcut {
    /// The same with Shift.
    pub(super) const fn shifted(self) -> Self {
        Self {
            shift: true,
            ..self
        }
    }

    /// The same with Ctrl.
    pub(super) const fn with_ctrl(self) -> Self {
        Self {
            command: true,
            ..self
        }
    }

    /// As it is printed on the keys: `Ctrl+Shift+Z`.
    pub fn label(self) -> String {
        let command = if cfg!(target_os = "macos") {
            tr("key-cmd")
        } else {
            tr("key-ctrl")
        };
        let held = [
            (self.command, command),
            (self.alt, tr("key-alt")),
            (self.shift, tr("key-shift")),
        ];
        let mut label = String::new();
        for (_, name) in held.into_iter().filter(|(is_held, _)| *is_held) {
            label.push_str(name);
            label.push('+');
        }
        label.push_str(key_name(self.key));
        label
    }
}

/// The name of a key for people.
fn key_name(key: Key) -> &'static str {
    match key {
        Key::ArrowLeft => tr("key-left"),
        Key::ArrowRight => tr("key-right"),
        Key::ArrowUp => tr("key-up"),
        Key::ArrowDown => tr("key-down"),
        Key::Enter => tr("key-enter"),
        Key::Escape => tr("key-escape"),
        Key::Tab => tr("key-tab"),
        Key::Delete => tr("key-delete"),
        Key::Backspace => tr("key-backspace"),
        Key::Home => tr("key-home"),
        Key::End => tr("key-end"),
        Key::PageUp => tr("key-page-up"),
        Key::PageDown => tr("key-page-down"),
        Key::Plus => "+",
        Key::Minus => "-",
        Key::Comma => ",",
        other => other.name(),
    }
}

/// Shortcuts as a row keeps them; those beyond its room are left out, which a test rules out.
pub(super) fn array(shortcuts: &[Shortcut]) -> [Option<Shortcut>; MAX_SHORTCUTS] {
    debug_assert!(
        shortcuts.len() <= MAX_SHORTCUTS,
        "too many shortcuts for a row"
    );
    let mut array = [None; MAX_SHORTCUTS];
    for (place, shortcut) in array.iter_mut().zip(shortcuts) {
        *place = Some(*shortcut);
    }
    array
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_written_in_the_usual_order() {
        let command = if cfg!(target_os = "macos") {
            "Cmd"
        } else {
            "Ctrl"
        };
        assert_eq!(ctrl(Key::Z).shifted().label(), format!("{command}+Shift+Z"));
        assert_eq!(
            alt(Key::ArrowLeft).with_ctrl().shifted().label(),
            format!("{command}+Alt+Shift+Left")
        );
        assert_eq!(plain(Key::F2).label(), "F2");
    }
}
