//! The hands: mouse and keyboard, as the window system hands them on.

use eframe::egui::{Event, Key, Modifiers, OutputCommand, PointerButton, Pos2};

use egui_kittest::kittest::{AccessKitNode, Queryable};

use super::{Desk, without_isolates};

/// Ctrl as it comes on Linux and Windows.
pub(super) const CTRL: Modifiers = Modifiers {
    alt: false,
    ctrl: true,
    shift: false,
    mac_cmd: false,
    command: true,
};
pub(super) const SHIFT: Modifiers = Modifiers::SHIFT;
pub(super) const ALT: Modifiers = Modifiers::ALT;
pub(super) const NONE: Modifiers = Modifiers::NONE;

impl Desk {
    /// Presses a key and lets it go.
    pub(super) fn key(&mut self, key: Key) {
        self.key_with(NONE, key);
    }

    /// The same with keys held.
    pub(super) fn key_with(&mut self, held: Modifiers, key: Key) {
        self.place_key(held, key, key);
    }

    /// Presses the key at the place of `physical`, which the layout makes `key` of, and lets it go.
    pub(super) fn place_key(&mut self, held: Modifiers, key: Key, physical: Key) {
        self.harness.event(Event::ModifiersChanged(held));
        for pressed in [true, false] {
            self.harness.event(Event::Key {
                key,
                physical_key: Some(physical),
                pressed,
                repeat: false,
                modifiers: held,
            });
        }
        self.harness.event(Event::ModifiersChanged(NONE));
        self.harness.step();
        self.harness.run_steps(2);
    }

    /// Presses a key several times.
    pub(super) fn keys(&mut self, times: usize, held: Modifiers, key: Key) {
        for _ in 0..times {
            self.key_with(held, key);
        }
    }

    /// Writes text, as a keyboard or an input method does.
    pub(super) fn write(&mut self, text: &str) {
        self.harness.event(Event::Text(text.to_owned()));
        self.harness.step();
        self.harness.run_steps(2);
    }

    /// What one event has copied.
    pub(super) fn copied(&mut self, event: Event) -> Option<String> {
        self.harness.event(event);
        self.harness.step();
        let commands = &self.harness.output().platform_output.commands;
        commands.iter().rev().find_map(|command| match command {
            OutputCommand::CopyText(text) => Some(text.clone()),
            _ => None,
        })
    }

    /// Presses or lets go of a button of the mouse.
    pub(super) fn button(
        &mut self,
        pos: Pos2,
        button: PointerButton,
        pressed: bool,
        held: Modifiers,
    ) {
        self.harness.event(Event::PointerButton {
            pos,
            button,
            pressed,
            modifiers: held,
        });
        self.harness.step();
    }

    /// Presses at `from`, moves to `to` in steps and lets go.
    pub(super) fn drag(&mut self, from: Pos2, to: Pos2) {
        self.rest();
        self.harness.hover_at(from);
        self.harness.step();
        self.button(from, PointerButton::Primary, true, NONE);
        for step in 1..=4 {
            self.harness
                .hover_at(from + (to - from) * (step as f32 / 4.0));
            self.harness.step();
        }
        self.button(to, PointerButton::Primary, false, NONE);
        self.rest();
    }

    /// Drags over the `[marked]` part, from its first letter to its last.
    pub(super) fn drag_over(&mut self, marked: &str) {
        let (from, to) = self.drag_ends(marked);
        self.drag(from, to);
    }

    /// Clicks `times` times on the first letter of the `[marked]` part.
    pub(super) fn click_on(&mut self, marked: &str, times: usize) {
        let at = self.middle_of(marked);
        self.click_at(at, times, NONE);
    }

    pub(super) fn click_at(&mut self, at: Pos2, times: usize, held: Modifiers) {
        self.rest();
        self.harness.event(Event::ModifiersChanged(held));
        self.harness.hover_at(at);
        self.harness.step();
        for _ in 0..times {
            self.button(at, PointerButton::Primary, true, held);
            self.button(at, PointerButton::Primary, false, held);
        }
        self.harness.event(Event::ModifiersChanged(NONE));
        self.rest();
    }

    /// Clicks with the second button on the first letter of the `[marked]` part.
    pub(super) fn second_click_on(&mut self, marked: &str) {
        let at = self.middle_of(marked);
        self.rest();
        self.harness.hover_at(at);
        self.harness.step();
        self.button(at, PointerButton::Secondary, true, NONE);
        self.button(at, PointerButton::Secondary, false, NONE);
        self.rest();
    }

    /// Clicks the control with this name; where several have it, the last one in the tree.
    pub(super) fn click(&mut self, name: &str) {
        self.click_holding(NONE, name);
    }

    /// Gives the keyboard to the control with this name.
    pub(super) fn focus(&mut self, name: &str) {
        let is_it = |node: &AccessKitNode<'_>| {
            node.label()
                .is_some_and(|label| without_isolates(&label) == name)
        };
        let found = self.harness.query_all_by(|node| is_it(node)).last();
        found
            .unwrap_or_else(|| panic!("nothing is called {name}"))
            .focus();
        self.harness.run_steps(3);
    }

    /// Finds a command in the palette and does it.
    pub(super) fn command(&mut self, name: &str) {
        self.key_with(
            Modifiers {
                shift: true,
                ..CTRL
            },
            Key::P,
        );
        self.write(name);
        self.key(Key::Enter);
        self.rest();
    }

    /// The same with keys held.
    pub(super) fn click_holding(&mut self, held: Modifiers, name: &str) {
        let at = self
            .control(name)
            .unwrap_or_else(|| panic!("nothing is called {name}"))
            .center();
        self.click_at(at, 1, held);
    }

    /// Waits longer than clicks in a row may be apart.
    pub(super) fn rest(&mut self) {
        self.harness.step();
        self.harness.run_steps(10);
    }
}
