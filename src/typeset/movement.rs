//! Caret movement over a text made of several layouts one below the other: the paragraphs of an article,
//! or of a text field. Left and right are visual; words follow the base direction of the paragraph, so
//! that Ctrl+Left goes forward in right-to-left text.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;

use super::caret::{Affinity, Position, Side};
use super::layout::TextLayout;

/// A movement of the caret.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Movement {
    /// One grapheme to the left.
    Left,
    /// One grapheme to the right.
    Right,
    /// One word to the left: forward in right-to-left paragraphs.
    WordLeft,
    /// One word to the right: backward in right-to-left paragraphs.
    WordRight,
    /// To the start of the line.
    LineStart,
    /// To the end of the line.
    LineEnd,
    /// To the line above, nearest to an x in physical pixels.
    Up(f32),
    /// To the line below, nearest to an x in physical pixels.
    Down(f32),
    /// To the start of the text.
    TextStart,
    /// To the end of the text.
    TextEnd,
}

/// Texts in blocks, each with a layout. A block is a paragraph, or a piece of a long one.
pub(super) trait Blocks {
    /// The whole text.
    fn text(&self) -> &str;
    /// Number of blocks, at least one.
    fn count(&self) -> usize;
    /// Bytes of a block without its terminator.
    fn content(&self, block: usize) -> Range<usize>;
    /// The block a caret belongs to.
    fn block_of(&self, position: Position) -> usize;
    /// The block's layout, made if need be.
    fn laid(&mut self, block: usize) -> &TextLayout;
}

/// The caret after a movement; the same where there is nothing to move to.
pub(super) fn moved(blocks: &mut impl Blocks, from: Position, movement: Movement) -> Position {
    match movement {
        Movement::Left => step(blocks, from, Side::Left),
        Movement::Right => step(blocks, from, Side::Right),
        Movement::WordLeft | Movement::WordRight => {
            let rtl = blocks.laid(blocks.block_of(from)).is_rtl();
            let forward = (movement == Movement::WordLeft) == rtl;
            if forward {
                word_end(blocks, from.byte)
            } else {
                word_start(blocks, from.byte)
            }
        }
        Movement::LineStart => in_block(blocks, from, TextLayout::line_start),
        Movement::LineEnd => in_block(blocks, from, TextLayout::line_end),
        Movement::Up(x) => step_line(blocks, from, false, x),
        Movement::Down(x) => step_line(blocks, from, true, x),
        Movement::TextStart => Position::downstream(0),
        Movement::TextEnd => Position::upstream(blocks.text().len()),
    }
}

/// Where a caret stands in its block.
pub(super) fn local(blocks: &impl Blocks, position: Position) -> (usize, Position) {
    let block = blocks.block_of(position);
    let content = blocks.content(block);
    let byte = position.byte.clamp(content.start, content.end) - content.start;
    (block, Position { byte, ..position })
}

/// A block's caret as one of the whole text.
pub(super) fn global(blocks: &impl Blocks, block: usize, position: Position) -> Position {
    Position {
        byte: position.byte + blocks.content(block).start,
        ..position
    }
}

fn in_block(
    blocks: &mut impl Blocks,
    from: Position,
    within: impl Fn(&TextLayout, Position) -> Position,
) -> Position {
    let (block, position) = local(blocks, from);
    let position = within(blocks.laid(block), position);
    global(blocks, block, position)
}

fn step(blocks: &mut impl Blocks, from: Position, side: Side) -> Position {
    let (block, position) = local(blocks, from);
    let layout = blocks.laid(block);
    let forward = (side == Side::Left) == layout.is_rtl();
    if let Some(next) = layout.step(position, side) {
        let next = global(blocks, block, next);
        return if forward {
            settle(blocks, block, next)
        } else {
            next
        };
    }
    if forward {
        step_into_next(blocks, block, from)
    } else {
        step_into_previous(blocks, block, from)
    }
}

/// At the end of a piece the caret belongs to the next piece of the same paragraph.
fn settle(blocks: &impl Blocks, block: usize, position: Position) -> Position {
    let goes_on = block + 1 < blocks.count() && blocks.content(block + 1).start == position.byte;
    if goes_on && position.byte == blocks.content(block).end {
        Position::downstream(position.byte)
    } else {
        position
    }
}

fn step_into_next(blocks: &mut impl Blocks, block: usize, from: Position) -> Position {
    if block + 1 >= blocks.count() {
        return from;
    }
    let start = blocks.content(block + 1).start;
    if start > from.byte {
        return Position::downstream(start);
    }
    let layout = blocks.laid(block + 1);
    let side = if layout.is_rtl() {
        Side::Left
    } else {
        Side::Right
    };
    let next = layout.step(Position::default(), side).unwrap_or_default();
    global(blocks, block + 1, next)
}

fn step_into_previous(blocks: &mut impl Blocks, block: usize, from: Position) -> Position {
    let Some(previous) = block.checked_sub(1) else {
        return from;
    };
    let end = blocks.content(previous).end;
    if end < from.byte {
        return Position::upstream(end);
    }
    let layout = blocks.laid(previous);
    let side = if layout.is_rtl() {
        Side::Right
    } else {
        Side::Left
    };
    let next = layout
        .step(Position::upstream(layout.len()), side)
        .unwrap_or_default();
    global(blocks, previous, next)
}

fn step_line(blocks: &mut impl Blocks, from: Position, down: bool, x: f32) -> Position {
    let (block, position) = local(blocks, from);
    if let Some(next) = blocks.laid(block).step_line(position, down, x) {
        return global(blocks, block, next);
    }
    let neighbour = if down {
        Some(block + 1)
    } else {
        block.checked_sub(1)
    };
    match neighbour.filter(|&neighbour| neighbour < blocks.count()) {
        Some(neighbour) => {
            let layout = blocks.laid(neighbour);
            let y = if down { 0.0 } else { layout.height() };
            let next = layout.hit(x, y).position;
            global(blocks, neighbour, next)
        }
        None if down => Position::upstream(blocks.text().len()),
        None => Position::downstream(0),
    }
}

/// The end of the word at or after `byte`.
fn word_end(blocks: &impl Blocks, byte: usize) -> Position {
    for block in blocks.block_of(Position::downstream(byte))..blocks.count() {
        let content = blocks.content(block);
        let from = byte.clamp(content.start, content.end);
        let rest = blocks.text().get(from..content.end).unwrap_or_default();
        let word = rest
            .split_word_bound_indices()
            .find(|(_, word)| is_word(word));
        if let Some((start, word)) = word {
            return Position {
                byte: from + start + word.len(),
                affinity: Affinity::Upstream,
            };
        }
    }
    Position::upstream(blocks.text().len())
}

/// The start of the word at or before `byte`.
fn word_start(blocks: &impl Blocks, byte: usize) -> Position {
    for block in (0..=blocks.block_of(Position {
        byte,
        affinity: Affinity::Upstream,
    }))
        .rev()
    {
        let content = blocks.content(block);
        let to = byte.clamp(content.start, content.end);
        let before = blocks.text().get(content.start..to).unwrap_or_default();
        let word = before
            .split_word_bound_indices()
            .rfind(|(_, word)| is_word(word));
        if let Some((start, _)) = word {
            return Position::downstream(content.start + start);
        }
    }
    Position::downstream(0)
}

fn is_word(segment: &str) -> bool {
    segment.chars().any(char::is_alphanumeric)
}
