//! Heights of blocks that were never laid out, from their number of characters and the average advance
//! that laid-out blocks have shown so far.

use super::super::layout::TextLayout;
use super::ArticleStyle;
use super::blocks::Block;
use super::heights::Heights;
use super::rooms::{self, Room};

/// Height of an empty paragraph's line as a part of a line's.
pub(super) const EMPTY: f32 = 0.5;
/// Part of a line that wrapping leaves filled.
const FILL: f32 = 0.95;
/// Part of a line that lies under its baseline.
const UNDER: f32 = 0.4;
/// Text has two bytes a character in Arabic and one in Latin: above this it counts as Arabic.
const ARABIC_BYTES_PER_CHAR: f32 = 1.45;

/// Average advances in em, Latin and Arabic, learned as blocks are laid out.
#[derive(Debug)]
pub(super) struct Estimate {
    scripts: [Script; 2],
    /// Characters seen in total when the estimates were last made.
    settled: u32,
}

#[derive(Debug, Clone, Copy)]
struct Script {
    advance: f32,
    chars: u32,
}

impl Default for Estimate {
    fn default() -> Self {
        let script = |advance| Script { advance, chars: 0 };
        Self {
            scripts: [script(0.50), script(0.42)],
            settled: 0,
        }
    }
}

impl Estimate {
    /// Takes note of a block that was laid out.
    pub(super) fn learn(&mut self, block: Block, bytes: usize, layout: &TextLayout, size_px: f32) {
        if block.chars == 0 {
            return;
        }
        let advance: f32 = layout
            .lines()
            .iter()
            .map(|line| line.right - line.left)
            .sum();
        let script = &mut self.scripts[class(block.chars, bytes)];
        let (old, new) = (script.chars.min(50_000) as f32, block.chars as f32);
        let seen = advance / size_px / new;
        script.advance = if script.chars == 0 {
            seen
        } else {
            (script.advance * old + seen * new) / (old + new)
        };
        script.chars += block.chars;
    }

    /// Whether much more is known than when the estimates were made; tells so once.
    pub(super) fn improved(&mut self) -> bool {
        let seen: u32 = self.scripts.iter().map(|script| script.chars).sum();
        let much = seen >= 400 && seen >= self.settled.saturating_mul(8);
        if much {
            self.settled = seen;
        }
        much
    }

    /// Estimated heights of all blocks with their gaps; empty ones have the article's direction.
    pub(super) fn heights(
        &self,
        blocks: &[Block],
        rtl: bool,
        style: &ArticleStyle,
        rooms: &[Room],
    ) -> Heights {
        let each = (0..blocks.len()).map(|index| self.height(blocks, index, rtl, style, rooms));
        Heights::new(each.collect())
    }

    /// The estimated height of a block with its gap.
    fn height(
        &self,
        blocks: &[Block],
        index: usize,
        rtl: bool,
        style: &ArticleStyle,
        rooms: &[Room],
    ) -> f32 {
        let Some(&block) = blocks.get(index) else {
            return 0.0;
        };
        let bytes = block.content().len();
        let class = if block.chars == 0 {
            usize::from(rtl)
        } else {
            class(block.chars, bytes)
        };
        let relative = [style.line_height_latin, style.line_height][class];
        let line = (relative * style.size_px).round();
        let gap = gap_below(blocks, index, style);
        if block.chars == 0 {
            return (line * EMPTY).round() + gap;
        }
        let advance = block.chars as f32 * self.scripts[class].advance * style.size_px;
        let lines = (advance / (style.width_px * FILL).max(1.0)).ceil().max(1.0);
        lines * line + opened(block, lines, line, rooms) + gap
    }
}

/// How much higher the rooms in a block make it, whose `lines` are `line` high.
fn opened(block: Block, lines: f32, line: f32, rooms: &[Room]) -> f32 {
    let content = block.content();
    let rooms = rooms::touching(rooms, &content);
    let widest = rooms.iter().map(|room| room.below).fold(0.0, f32::max);
    let each = |room: &Room| {
        let (start, end) = (room.range.start, room.range.end);
        let inside = end.min(content.end) - start.max(content.start);
        (inside as f32 / content.len().max(1) as f32 * lines).max(1.0)
    };
    let touched = rooms.iter().map(each).sum::<f32>().min(lines);
    touched * (widest - UNDER * line).max(0.0)
}

fn class(chars: u32, bytes: usize) -> usize {
    usize::from(bytes as f32 > chars as f32 * ARABIC_BYTES_PER_CHAR)
}

/// The gap below a block: none after an empty one, between pieces of a paragraph, and at the end.
pub(super) fn gap_below(blocks: &[Block], index: usize, style: &ArticleStyle) -> f32 {
    match (blocks.get(index), blocks.get(index + 1)) {
        (Some(block), Some(next)) if block.paragraph != next.paragraph && block.chars > 0 => {
            (style.paragraph_gap * style.size_px).round()
        }
        _ => 0.0,
    }
}
