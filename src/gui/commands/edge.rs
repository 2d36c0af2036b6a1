//! Commands that move an edge of the chosen span: which edge, how far, and to which side of the
//! screen.

use eframe::egui::Key;

use super::shortcut::{self, alt};
use super::{CommandId, Group, Row};

/// Which edge of the chosen span, in reading order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Edge {
    /// Where it begins.
    Start,
    /// Where it ends.
    End,
}

/// How far, and to which side of the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum EdgeStep {
    /// A grapheme to the left.
    Left,
    /// A grapheme to the right.
    Right,
    /// A word to the left.
    WordLeft,
    /// A word to the right.
    WordRight,
}

/// Moving an edge of the chosen span.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct EdgeCommand {
    /// Which edge.
    pub edge: Edge,
    /// Where to.
    pub step: EdgeStep,
}

impl EdgeCommand {
    /// Every command of this subject.
    pub fn all() -> impl Iterator<Item = Self> {
        let steps = [
            EdgeStep::Left,
            EdgeStep::Right,
            EdgeStep::WordLeft,
            EdgeStep::WordRight,
        ];
        [Edge::End, Edge::Start]
            .into_iter()
            .flat_map(move |edge| steps.into_iter().map(move |step| Self { edge, step }))
    }

    /// What the table says of this command.
    pub fn row(self) -> Row {
        let keys = match self.step {
            EdgeStep::Left => alt(Key::ArrowLeft),
            EdgeStep::Right => alt(Key::ArrowRight),
            EdgeStep::WordLeft => alt(Key::ArrowLeft).with_ctrl(),
            EdgeStep::WordRight => alt(Key::ArrowRight).with_ctrl(),
        };
        let keys = match self.edge {
            Edge::Start => keys.shifted(),
            Edge::End => keys,
        };
        Row {
            id: CommandId::Edge(self),
            group: Group::Edge,
            text: self.text(),
            icon: None,
            repeats: true,
            shortcuts: shortcut::array(&[keys]),
        }
    }

    fn text(self) -> &'static str {
        match (self.edge, self.step) {
            (Edge::End, EdgeStep::Left) => "cmd-end-left",
            (Edge::End, EdgeStep::Right) => "cmd-end-right",
            (Edge::End, EdgeStep::WordLeft) => "cmd-end-word-left",
            (Edge::End, EdgeStep::WordRight) => "cmd-end-word-right",
            (Edge::Start, EdgeStep::Left) => "cmd-start-left",
            (Edge::Start, EdgeStep::Right) => "cmd-start-right",
            (Edge::Start, EdgeStep::WordLeft) => "cmd-start-word-left",
            (Edge::Start, EdgeStep::WordRight) => "cmd-start-word-right",
        }
    }
}
