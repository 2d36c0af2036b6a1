//! Scrolling to a byte: to a given place of the viewport, or just as far as needed to see it.

use super::super::caret::Position;
use super::super::typesetter::Typesetter;
use super::ArticleLayout;
use super::view::ScrollAnchor;

/// Where in the viewport a line is brought to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Align {
    /// The line's top at a distance in physical pixels from the viewport's top.
    Top(f32),
    /// The line's middle in the middle of the viewport.
    Center,
}

impl ArticleLayout {
    /// The anchor that shows the line of `byte` in a viewport of `height` physical pixels.
    pub fn anchor_for_byte(
        &mut self,
        typesetter: &mut Typesetter,
        byte: usize,
        height: f32,
        align: Align,
    ) -> ScrollAnchor {
        let block = self.block_of_byte(byte);
        let (top, bottom) = self.line_of(typesetter, block, byte);
        let offset = match align {
            Align::Top(distance) => top - distance,
            // Of a line that is higher than the viewport the letters are shown.
            Align::Center => ((top + bottom - height) * 0.5).min(top),
        };
        ScrollAnchor { block, offset }
    }

    /// The anchor moved as little as shows the line of `position` at least `margin` physical pixels inside
    /// the viewport; one that is far away comes to the middle. To be called after a view.
    pub fn reveal(
        &mut self,
        typesetter: &mut Typesetter,
        anchor: ScrollAnchor,
        position: Position,
        height: f32,
        margin: f32,
    ) -> ScrollAnchor {
        let block = self.block_of_position(position);
        let Some(y) = self
            .shown
            .iter()
            .find(|shown| shown.block == block)
            .map(|shown| shown.y)
        else {
            return self.anchor_for_byte(typesetter, position.byte, height, Align::Center);
        };
        let (top, bottom) = self.line_of(typesetter, block, position.byte);
        let (above, below) = (margin - (y + top), y + bottom - (height - margin));
        if above > 0.0 {
            self.scroll_by(anchor, -above)
        } else if below > 0.0 {
            self.scroll_by(anchor, below.min(-above).max(0.0))
        } else {
            anchor
        }
    }

    /// Top and bottom of a byte's line from its block's top.
    fn line_of(&mut self, typesetter: &mut Typesetter, block: usize, byte: usize) -> (f32, f32) {
        self.ensure(typesetter, block);
        let start = self.block_range(block).start;
        let line = self.layout(block).and_then(|layout| {
            layout
                .lines()
                .get(layout.line_of_byte(byte.saturating_sub(start)))
                .map(|line| (line.top, line.bottom))
        });
        line.unwrap_or_default()
    }
}
