//! Which blocks are in the viewport, where, and how scrolling goes on from there.

use super::super::typesetter::Typesetter;
use super::{ArticleLayout, ArticleStyle, heights::Heights};

/// Blocks that are laid out one after the other to keep a scroll exact; a longer way goes by estimates.
const EXACT_STEPS: usize = 48;

/// Where an article is scrolled to: the viewport's top lies `offset` physical pixels below the top of
/// `block`. Heights that change elsewhere do not move what it shows.
#[derive(Clone, Copy, Debug, PartialEq, Default)]
pub struct ScrollAnchor {
    /// Index of the block.
    pub block: usize,
    /// Physical pixels from the block's top down to the viewport's.
    pub offset: f32,
}

/// A block in or near the viewport.
#[derive(Clone, Debug, PartialEq)]
pub struct VisibleBlock {
    /// Index of the block.
    pub block: usize,
    /// Its top in physical pixels from the viewport's.
    pub y: f32,
    /// Its height in physical pixels without the gap below.
    pub height: f32,
    /// First byte of its content.
    pub start: usize,
    /// Whether it is in the viewport itself and not only within the margin.
    pub in_view: bool,
}

/// What a view shows and where the scroll bar stands.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Visible {
    /// The anchor, brought into the article's bounds: the one to go on from.
    pub anchor: ScrollAnchor,
    /// The viewport's top in physical pixels from the article's, by present heights and estimates.
    pub scroll_offset: f64,
    /// Height of the article in physical pixels, by present heights and estimates.
    pub total_height: f64,
}

impl ArticleLayout {
    /// Lays out what a viewport of `height` physical pixels at `anchor` shows, and `margin` above and
    /// below (for the accessibility tree, or to scroll ahead). The blocks are then in
    /// [`blocks_in_view`](Self::blocks_in_view) until the next call.
    pub fn view(
        &mut self,
        typesetter: &mut Typesetter,
        anchor: ScrollAnchor,
        height: f32,
        margin: f32,
    ) -> Visible {
        self.cache.next_frame();
        let mut anchor = self.normalise(typesetter, anchor);
        for _ in 0..3 {
            let missing = height - self.style.padding_px - self.bottom(typesetter, anchor, height);
            if missing <= 0.0 || self.is_at_top(anchor) {
                break;
            }
            anchor.offset -= missing;
            anchor = self.normalise(typesetter, anchor);
        }
        self.collect(typesetter, anchor, height, margin);
        if self.estimate.improved() {
            self.estimate_again();
        }
        Visible {
            anchor,
            scroll_offset: self.offset_of(anchor),
            total_height: self.total_height(),
        }
    }

    /// The blocks of the last view, from top to bottom.
    pub fn blocks_in_view(&self) -> &[VisibleBlock] {
        &self.shown
    }

    /// Height of the article in physical pixels, by present heights and estimates.
    pub fn total_height(&self) -> f64 {
        self.heights.total() + f64::from(self.style.padding_px) * 2.0
    }

    /// The anchor `dy` physical pixels further down (or up); the next [`view`](Self::view) bounds it.
    pub fn scroll_by(&self, anchor: ScrollAnchor, dy: f32) -> ScrollAnchor {
        ScrollAnchor {
            offset: anchor.offset + dy,
            ..anchor
        }
    }

    /// How far down an anchor is in physical pixels, by present heights and estimates.
    pub fn offset_of(&self, anchor: ScrollAnchor) -> f64 {
        self.heights.before(anchor.block) + f64::from(anchor.offset + self.style.padding_px)
    }

    /// The anchor at a distance from the article's top, for dragging the scroll bar.
    pub fn anchor_at_offset(&self, offset: f64) -> ScrollAnchor {
        let padding = f64::from(self.style.padding_px);
        if offset < padding {
            return ScrollAnchor {
                block: 0,
                offset: (offset - padding).max(-padding) as f32,
            };
        }
        let (block, offset) = self.heights.find(offset - padding);
        ScrollAnchor { block, offset }
    }

    /// Changes the style, keeping the line at the viewport's top there.
    pub fn restyle(
        &mut self,
        typesetter: &mut Typesetter,
        style: ArticleStyle,
        anchor: ScrollAnchor,
    ) -> ScrollAnchor {
        if style == self.style {
            return anchor;
        }
        let size_changed = (style.size_px / self.style.size_px).max(0.1);
        self.keep_line(typesetter, anchor, size_changed, |article| {
            article.set_style(style);
        })
    }

    /// The anchor after a change of how lines stand, with the line at the viewport's top still there; what of it is
    /// above the viewport grows by `scale`.
    pub(super) fn keep_line(
        &mut self,
        typesetter: &mut Typesetter,
        anchor: ScrollAnchor,
        scale: f32,
        change: impl FnOnce(&mut Self),
    ) -> ScrollAnchor {
        self.ensure(typesetter, anchor.block);
        let layout = self.layout(anchor.block);
        let at_top = |layout: &super::TextLayout| {
            let line = layout.lines().get(layout.line_at(anchor.offset))?;
            Some((line.range.start, line.top))
        };
        let (byte, top) = layout.and_then(at_top).unwrap_or((0, 0.0));
        let rest = (anchor.offset - top) * scale;
        change(self);
        self.ensure(typesetter, anchor.block);
        let layout = self.layout(anchor.block);
        let top = layout
            .and_then(|layout| layout.lines().get(layout.line_of_byte(byte)))
            .map_or(0.0, |line| line.top);
        ScrollAnchor {
            block: anchor.block,
            offset: top + rest,
        }
    }

    fn set_style(&mut self, style: ArticleStyle) {
        self.style = style;
        self.cache.clear();
        self.shown.clear();
        self.heights = self.estimated();
    }

    /// The estimated heights of all blocks.
    fn estimated(&self) -> Heights {
        self.estimate
            .heights(&self.blocks, self.rtl, &self.style, &self.rooms)
    }

    fn is_at_top(&self, anchor: ScrollAnchor) -> bool {
        anchor.block == 0 && anchor.offset <= -self.style.padding_px
    }

    /// Brings an anchor to the block that holds the viewport's top. Blocks that are passed are laid out,
    /// so that the way is exact, unless they are many.
    fn normalise(&mut self, typesetter: &mut Typesetter, anchor: ScrollAnchor) -> ScrollAnchor {
        let last = self.blocks.len().saturating_sub(1);
        let mut anchor = if anchor.block > last {
            ScrollAnchor {
                block: last,
                offset: 0.0,
            }
        } else {
            anchor
        };
        self.ensure(typesetter, anchor.block);
        for _ in 0..EXACT_STEPS {
            if anchor.offset < 0.0 && anchor.block > 0 {
                anchor.block -= 1;
                self.ensure(typesetter, anchor.block);
                anchor.offset += self.heights.get(anchor.block);
            } else if anchor.offset >= self.heights.get(anchor.block) && anchor.block < last {
                anchor.offset -= self.heights.get(anchor.block);
                anchor.block += 1;
                self.ensure(typesetter, anchor.block);
            } else {
                anchor.offset = anchor.offset.max(-self.style.padding_px);
                return anchor;
            }
        }
        let far = self.anchor_at_offset(self.offset_of(anchor));
        self.ensure(typesetter, far.block);
        far
    }

    /// Lays out from the anchor down to `limit`; returns where the last of these blocks ends.
    fn bottom(&mut self, typesetter: &mut Typesetter, anchor: ScrollAnchor, limit: f32) -> f32 {
        let mut y = -anchor.offset;
        for block in anchor.block..self.blocks.len() {
            if y > limit {
                return f32::INFINITY;
            }
            self.ensure(typesetter, block);
            y += self.heights.get(block);
        }
        y
    }

    fn collect(
        &mut self,
        typesetter: &mut Typesetter,
        anchor: ScrollAnchor,
        height: f32,
        margin: f32,
    ) {
        let mut first = anchor.block;
        // Whole pixels, as lines and glyphs have: boxes and letters then move together.
        let mut y = (-anchor.offset).round();
        while first > 0 && y > -margin {
            first -= 1;
            self.ensure(typesetter, first);
            y -= self.heights.get(first);
        }
        self.shown.clear();
        for index in first..self.blocks.len() {
            if y > height + margin {
                break;
            }
            self.ensure(typesetter, index);
            let (Some(&block), Some(layout)) = (self.blocks.get(index), self.layout(index)) else {
                break;
            };
            let block_height = layout.height();
            let in_view = y < height && y + block_height > 0.0;
            let start = block.start as usize;
            self.shown.push(VisibleBlock {
                block: index,
                y,
                height: block_height,
                start,
                in_view,
            });
            y += self.heights.get(index);
        }
    }

    /// Estimates the blocks without a layout anew. The total height changes, the view does not.
    pub(super) fn estimate_again(&mut self) {
        let mut heights = self.estimated();
        for (index, layout) in self.cache.layouts() {
            let gap = super::estimate::gap_below(&self.blocks, index, &self.style);
            heights.set(index, layout.height() + gap);
        }
        self.heights = heights;
    }
}

impl Default for ArticleStyle {
    fn default() -> Self {
        Self::new(20.0, 760.0)
    }
}
