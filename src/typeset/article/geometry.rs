//! Geometry over the blocks of the last view, in physical pixels from the viewport's top and the column's
//! left edge; bytes of the article.

use std::ops::Range;

use super::super::boxes::{Beyond, LineBox};
use super::super::caret::{CaretBox, Position};
use super::super::hit::Hit;
use super::super::layout::TextLayout;
use super::{ArticleLayout, VisibleBlock};

impl ArticleLayout {
    /// The edge between graphemes nearest to a point; between paragraphs the nearer one's.
    pub fn hit(&self, x: f32, y: f32) -> Option<Hit> {
        let (shown, layout) = self.block_at(y)?;
        let mut hit = layout.hit(x, y - shown.y);
        hit.position.byte += shown.start;
        Some(hit)
    }

    /// Bytes of the grapheme under a point, `None` beside the text.
    pub fn hit_exact(&self, x: f32, y: f32) -> Option<Range<usize>> {
        let (shown, layout) = self.block_at(y)?;
        let range = layout.hit_exact(x, y - shown.y)?;
        Some(shown.start + range.start..shown.start + range.end)
    }

    /// Bytes of the word (or run of spaces, or punctuation) nearest to a point.
    pub fn word_at(&self, x: f32, y: f32) -> Option<Range<usize>> {
        let (shown, layout) = self.block_at(y)?;
        let word = layout.word_at(x, y - shown.y);
        Some(shown.start + word.start..shown.start + word.end)
    }

    /// Calls `each` with the boxes of a range in the blocks of the last view, top to bottom, left to right
    /// in a line. `line` of a box counts within its block, the first argument.
    pub fn boxes(&self, range: Range<usize>, mut each: impl FnMut(usize, LineBox)) {
        let first = self
            .shown
            .partition_point(|shown| self.block_range(shown.block).end <= range.start);
        for shown in self.shown.iter().skip(first) {
            let Some(content) = self.blocks.get(shown.block).map(|block| block.content()) else {
                continue;
            };
            if content.start >= range.end {
                break;
            }
            let Some(layout) = self.layout(shown.block) else {
                continue;
            };
            let (start, end) = (range.start.max(content.start), range.end.min(content.end));
            if start >= end {
                continue;
            }
            let beyond = Beyond {
                before: range.start < content.start,
                after: range.end > content.end,
            };
            layout.boxes_beyond(
                start - content.start..end - content.start,
                beyond,
                |mut line_box| {
                    line_box.move_by(shown.y);
                    each(shown.block, line_box);
                },
            );
        }
    }

    /// Where the caret stands, if its block is in the last view.
    pub fn caret(&self, position: Position) -> Option<CaretBox> {
        let block = self.block_of_position(position);
        let shown = self.shown.iter().find(|shown| shown.block == block)?;
        let byte = position.byte.saturating_sub(shown.start);
        let mut caret = self.layout(block)?.caret(Position { byte, ..position });
        caret.top += shown.y;
        caret.bottom += shown.y;
        Some(caret)
    }

    /// Bytes that are in the viewport itself, by whole blocks: what to look up spans for.
    pub fn bytes_in_view(&self) -> Range<usize> {
        let mut in_view = self.shown.iter().filter(|shown| shown.in_view);
        let Some(first) = in_view.next() else {
            return 0..0;
        };
        let last = in_view.next_back().unwrap_or(first);
        first.start..self.block_range(last.block).end
    }

    fn block_at(&self, y: f32) -> Option<(&VisibleBlock, &TextLayout)> {
        let distance =
            |shown: &VisibleBlock| (shown.y - y).max(y - shown.y - shown.height).max(0.0);
        let shown = self
            .shown
            .iter()
            .min_by(|a, b| distance(a).total_cmp(&distance(b)))?;
        Some((shown, self.layout(shown.block)?))
    }
}
