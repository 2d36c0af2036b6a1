//! The caret: where it stands between letters of two directions, and where keys move it.

use crate::{
    gui::commands::CaretStep,
    typeset::{Affinity, ArticleLayout, CaretBox, Movement, Position, Typesetter},
};

/// What the view remembers of the caret besides its byte, which is the session's.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Caret {
    position: Position,
    /// Where lines up and down aim at, in physical pixels from the column's left.
    goal: Option<f32>,
}

impl Caret {
    /// The caret for the session's `byte`. Where the view has put it there, it knows on which side of a
    /// change of direction.
    pub(super) fn at(&self, byte: usize) -> Position {
        if self.position.byte == byte {
            self.position
        } else {
            Position::downstream(byte)
        }
    }

    /// Remembers a place that a pointer gave.
    pub(super) fn put(&mut self, position: Position) {
        self.position = position;
        self.goal = None;
    }

    /// Moves a step from `byte`, and gives the byte it comes to. A page is `page` lines.
    pub(super) fn moved(
        &mut self,
        article: &mut ArticleLayout,
        typesetter: &mut Typesetter,
        byte: usize,
        step: CaretStep,
        page: usize,
    ) -> usize {
        let from = self.at(byte);
        let vertical = vertical(step, page);
        let goal = self.goal.filter(|_| self.position.byte == byte);
        let x = goal
            .or_else(|| article.caret(from).map(|at| at.x))
            .unwrap_or(0.0);
        let mut to = from;
        match vertical {
            Some((down, lines)) => {
                let movement = if down {
                    Movement::Down(x)
                } else {
                    Movement::Up(x)
                };
                for _ in 0..lines {
                    to = article.moved(typesetter, to, movement);
                }
            }
            None => to = article.moved(typesetter, from, horizontal(step)),
        }
        self.position = to;
        self.goal = vertical.map(|_| x);
        to.byte
    }
}

/// Whether a step goes down, and by how many lines; `None` for one along the line.
fn vertical(step: CaretStep, page: usize) -> Option<(bool, usize)> {
    match step {
        CaretStep::LineUp => Some((false, 1)),
        CaretStep::LineDown => Some((true, 1)),
        CaretStep::PageUp => Some((false, page)),
        CaretStep::PageDown => Some((true, page)),
        _ => None,
    }
}

fn horizontal(step: CaretStep) -> Movement {
    match step {
        CaretStep::Left => Movement::Left,
        CaretStep::WordLeft => Movement::WordLeft,
        CaretStep::WordRight => Movement::WordRight,
        CaretStep::LineStart => Movement::LineStart,
        CaretStep::LineEnd => Movement::LineEnd,
        CaretStep::DocumentStart => Movement::TextStart,
        CaretStep::DocumentEnd => Movement::TextEnd,
        _ => Movement::Right,
    }
}

/// Whether two directions meet at the caret, so that it also stands elsewhere: then it shows which way
/// it writes.
pub(super) fn at_a_meeting(article: &ArticleLayout, position: Position, at: &CaretBox) -> bool {
    let affinity = match position.affinity {
        Affinity::Upstream => Affinity::Downstream,
        Affinity::Downstream => Affinity::Upstream,
    };
    let other = article.caret(Position {
        affinity,
        ..position
    });
    other.is_some_and(|other| other.line == at.line && (other.x - at.x).abs() > 1.0)
}
