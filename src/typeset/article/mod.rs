//! The layout of a whole article, made lazily around what is visible. Blocks that were never shown have an
//! estimated height; scrolling is anchored to a block and an offset in it, so that an estimate that becomes
//! a height above the viewport changes the scroll bar and never what is under the eyes.

mod blocks;
mod cache;
mod direction;
mod estimate;
mod geometry;
mod headings;
mod heights;
mod reveal;
mod rooms;
mod view;

use std::ops::Range;
use std::sync::Arc;

use super::caret::{Affinity, Position};
use super::fonts::Family;
use super::layout::TextLayout;
use super::movement::{self, Blocks, Movement};
use super::runs::{self, RunText};
use super::typesetter::{BaseDirection, TextStyle, Typesetter};
use blocks::Block;
use cache::Cache;
use estimate::Estimate;
use heights::Heights;

pub use reveal::Align;
pub use rooms::Room;
pub use view::{ScrollAnchor, Visible, VisibleBlock};

/// How an article is set. Sizes in physical pixels.
#[derive(Clone, Debug, PartialEq)]
pub struct ArticleStyle {
    /// Font family.
    pub family: Family,
    /// Font size.
    pub size_px: f32,
    /// Width of the column that lines wrap at.
    pub width_px: f32,
    /// Line height of mostly right-to-left paragraphs, as a multiple of the size.
    pub line_height: f32,
    /// Line height of other paragraphs, as a multiple of the size.
    pub line_height_latin: f32,
    /// Gap between paragraphs, as a multiple of the size.
    pub paragraph_gap: f32,
    /// Room above the first and below the last line.
    pub padding_px: f32,
}

impl ArticleStyle {
    /// The usual line heights and gaps for a size and a width in physical pixels.
    pub fn new(size_px: f32, width_px: f32) -> Self {
        Self {
            family: Family::Article,
            size_px,
            width_px,
            line_height: 2.0,
            line_height_latin: 1.6,
            paragraph_gap: 0.8,
            padding_px: size_px,
        }
    }

    /// Both line heights multiplied by a factor, for a setting of line spacing.
    #[must_use]
    pub fn spaced(mut self, factor: f32) -> Self {
        self.line_height *= factor;
        self.line_height_latin *= factor;
        self
    }
}

/// An article's blocks, heights and the layouts of those lately shown.
pub struct ArticleLayout {
    text: Arc<str>,
    style: ArticleStyle,
    blocks: Vec<Block>,
    /// Each block's height with the gap below it.
    heights: Heights,
    cache: Cache,
    estimate: Estimate,
    shown: Vec<VisibleBlock>,
    /// Where lines have room below them.
    rooms: Arc<[Room]>,
    rooms_version: u64,
    /// Direction of paragraphs without any strong character: that of the article.
    rtl: bool,
    /// The fonts that cached layouts were made with.
    generation: u64,
}

impl ArticleLayout {
    /// An article to be laid out; nothing is shaped yet.
    pub fn new(text: Arc<str>, style: ArticleStyle) -> Self {
        let blocks = blocks::scan(&text);
        let estimate = Estimate::default();
        let rtl = direction::first_strong(&text).unwrap_or(false);
        Self {
            heights: estimate.heights(&blocks, rtl, &style, &[]),
            cache: Cache::new(blocks.len()),
            shown: Vec::new(),
            rooms: Arc::default(),
            rooms_version: 0,
            rtl,
            generation: 0,
            text,
            style,
            blocks,
            estimate,
        }
    }

    /// The text.
    pub fn text(&self) -> &Arc<str> {
        &self.text
    }

    /// The style.
    pub fn style(&self) -> &ArticleStyle {
        &self.style
    }

    /// Whether the article as a whole runs right to left.
    pub fn is_rtl(&self) -> bool {
        self.rtl
    }

    /// Whether the paragraph of a block runs right to left, laid out or not.
    pub fn is_paragraph_rtl(&self, block: usize) -> bool {
        let at = self.blocks.get(block);
        let first = at.and_then(|at| direction::first_strong(self.paragraph_start(*at)));
        first.unwrap_or(self.rtl)
    }

    /// Number of blocks: paragraphs, and pieces of long ones.
    pub fn block_count(&self) -> usize {
        self.blocks.len()
    }

    /// Number of paragraphs.
    pub fn paragraph_count(&self) -> usize {
        self.blocks
            .last()
            .map_or(0, |block| block.paragraph as usize + 1)
    }

    /// The paragraph (from 0) that holds `byte`.
    pub fn paragraph_of_byte(&self, byte: usize) -> usize {
        let block = self.blocks.get(self.block_of_byte(byte));
        block.map_or(0, |block| block.paragraph as usize)
    }

    /// The blocks of the whole paragraph a block belongs to.
    pub fn blocks_of_paragraph(&self, block: usize) -> Range<usize> {
        let Some(&at) = self.blocks.get(block) else {
            return 0..0;
        };
        let first = self
            .blocks
            .partition_point(|other| other.paragraph < at.paragraph);
        let after = self
            .blocks
            .partition_point(|other| other.paragraph <= at.paragraph);
        first..after
    }

    /// Bytes of the whole paragraph a block belongs to, with its terminator.
    pub fn paragraph_range(&self, block: usize) -> Range<usize> {
        let blocks = self.blocks_of_paragraph(block);
        let start = self.block_range(blocks.start).start;
        let last = blocks.end.saturating_sub(1);
        start..self.block_range(last).end
    }

    /// The block that holds the character at `byte`; the last one at the end of the text.
    pub fn block_of_byte(&self, byte: usize) -> usize {
        let after = self
            .blocks
            .partition_point(|block| block.next as usize <= byte);
        after.min(self.blocks.len().saturating_sub(1))
    }

    /// Bytes of a block, with its terminator.
    pub fn block_range(&self, block: usize) -> Range<usize> {
        self.blocks.get(block).map_or(0..0, |block| block.whole())
    }

    /// Memory held by layouts, in bytes; bounded.
    pub fn memory(&self) -> usize {
        self.cache.memory()
    }

    /// A block's layout, if it was shown lately.
    pub fn layout(&self, block: usize) -> Option<&TextLayout> {
        self.cache.get(block).map(|entry| &entry.layout)
    }

    /// The accessibility tree's data of a block, if it was shown lately; kept with the layout. An empty
    /// last block (after a final terminator) has one run without text.
    pub fn runs(&self, block: usize) -> Option<&[RunText]> {
        let entry = self.cache.get(block)?;
        let at = self.blocks.get(block)?;
        let runs = entry.runs.get_or_init(|| {
            let text = self.text.get(at.content()).unwrap_or_default();
            runs::runs(
                &entry.layout,
                text,
                at.start as usize,
                (at.next - at.end) as usize,
            )
        });
        Some(runs)
    }

    /// The caret after a movement, laying out blocks on the way if need be.
    pub fn moved(
        &mut self,
        typesetter: &mut Typesetter,
        from: Position,
        movement: Movement,
    ) -> Position {
        movement::moved(
            &mut Moving {
                article: self,
                typesetter,
            },
            from,
            movement,
        )
    }

    /// Lays a block out unless it is, and makes its height known.
    fn ensure(&mut self, typesetter: &mut Typesetter, index: usize) {
        if self.generation != typesetter.generation() {
            self.cache.clear();
            self.generation = typesetter.generation();
        }
        if self.cache.touch(index) {
            return;
        }
        let Some(&block) = self.blocks.get(index) else {
            return;
        };
        let (style, base) = self.setting(index, block);
        let text = self.text.get(block.content()).unwrap_or_default();
        let mut layout = typesetter.layout(text, &style, Some(self.style.width_px), base);
        self.estimate
            .learn(block, text.len(), &layout, self.style.size_px);
        rooms::open(&mut layout, block.start as usize, &self.rooms);
        self.heights
            .set(index, self.slot_height(index, layout.height()));
        self.cache.insert(index, layout);
    }

    /// The style and base direction of a block.
    fn setting(&self, index: usize, block: Block) -> (TextStyle, BaseDirection) {
        let paragraph = self.paragraph_start(block);
        let rtl = direction::first_strong(paragraph).unwrap_or(self.rtl);
        let arabic = if block.chars == 0 {
            self.rtl
        } else {
            direction::mostly_rtl(paragraph)
        };
        // The embedded article font has Arabic letters' proportions: Latin paragraphs take the other first.
        let family = match &self.style.family {
            Family::Article if !arabic => Family::Interface,
            family => family.clone(),
        };
        let style = TextStyle {
            family,
            size_px: self.style.size_px,
            line_height: self.line_height(arabic, block.chars == 0),
            bold: headings::is_heading(&self.text, &self.blocks, index),
        };
        (
            style,
            if rtl {
                BaseDirection::Rtl
            } else {
                BaseDirection::Ltr
            },
        )
    }

    /// The text from where a block's paragraph begins to the paragraph's end: a piece has the direction
    /// and line height of its paragraph.
    fn paragraph_start(&self, block: Block) -> &str {
        let first = self
            .blocks
            .partition_point(|other| other.paragraph < block.paragraph);
        let start = self
            .blocks
            .get(first)
            .map_or(block.start, |first| first.start);
        self.text
            .get(start as usize..block.end as usize)
            .unwrap_or_default()
    }

    fn line_height(&self, arabic: bool, empty: bool) -> f32 {
        let relative = if arabic {
            self.style.line_height
        } else {
            self.style.line_height_latin
        };
        if empty {
            relative * estimate::EMPTY
        } else {
            relative
        }
    }

    /// A block's height with the gap below it: none within a paragraph, around empty ones and at the end.
    fn slot_height(&self, index: usize, height: f32) -> f32 {
        height + estimate::gap_below(&self.blocks, index, &self.style)
    }
}

/// An article together with the typesetter it needs while a caret moves through it.
struct Moving<'a> {
    article: &'a mut ArticleLayout,
    typesetter: &'a mut Typesetter,
}

impl Blocks for Moving<'_> {
    fn text(&self) -> &str {
        &self.article.text
    }

    fn count(&self) -> usize {
        self.article.blocks.len()
    }

    fn content(&self, block: usize) -> Range<usize> {
        self.article
            .blocks
            .get(block)
            .map_or(0..0, |block| block.content())
    }

    fn block_of(&self, position: Position) -> usize {
        self.article.block_of_position(position)
    }

    fn laid(&mut self, block: usize) -> &TextLayout {
        static EMPTY: std::sync::LazyLock<TextLayout> =
            std::sync::LazyLock::new(TextLayout::default);
        self.article.ensure(self.typesetter, block);
        self.article.layout(block).unwrap_or(&EMPTY)
    }
}

impl ArticleLayout {
    /// The block a caret belongs to: between pieces of a paragraph its affinity decides.
    pub(super) fn block_of_position(&self, position: Position) -> usize {
        let block = self.block_of_byte(position.byte);
        let start = self
            .blocks
            .get(block)
            .map_or(0, |block| block.start as usize);
        let before = block
            .checked_sub(1)
            .and_then(|before| self.blocks.get(before));
        let goes_on = before.is_some_and(|before| before.end as usize == position.byte);
        if position.byte == start && position.affinity == Affinity::Upstream && goes_on {
            block - 1
        } else {
            block
        }
    }
}

#[cfg(test)]
mod tests;
