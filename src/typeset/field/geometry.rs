//! Where things are in a field, in physical pixels from the origin of its text: caret, selection, the
//! underline of what is being composed, and the layouts to paint.

use std::ops::Range;

use super::super::boxes::LineBox;
use super::super::caret::{CaretBox, Position};
use super::super::layout::TextLayout;
use super::super::movement::{self, Blocks};
use super::super::runs::{self, RunText};
use super::super::typesetter::Typesetter;
use super::{FieldEditor, Paragraph};

/// A caret's x and the top of its line.
pub(super) struct Place {
    pub(super) x: f32,
    pub(super) line_top: f32,
}

impl FieldEditor {
    /// The layouts of the paragraphs with their y.
    pub fn layouts(
        &mut self,
        typesetter: &mut Typesetter,
    ) -> impl Iterator<Item = (f32, &TextLayout)> {
        self.refresh(typesetter);
        self.paragraphs
            .iter()
            .map(|paragraph| (paragraph.y, &paragraph.layout))
    }

    /// For the accessibility tree: the runs of each paragraph with its y. They concatenate to the shown
    /// text.
    pub fn runs(&mut self, typesetter: &mut Typesetter) -> Vec<(f32, Vec<RunText>)> {
        self.refresh(typesetter);
        let shown = self.shown_text();
        let of = |paragraph: &Paragraph| {
            let range = paragraph.range.clone();
            let terminator = usize::from(range.end < shown.len());
            let start = range.start;
            let text = shown.get(range).unwrap_or_default();
            let runs = runs::runs(&paragraph.layout, text, start, terminator);
            (paragraph.y, runs)
        };
        self.paragraphs.iter().map(of).collect()
    }

    /// Width and height of the text.
    pub fn size(&mut self, typesetter: &mut Typesetter) -> (f32, f32) {
        self.refresh(typesetter);
        let width = self
            .paragraphs
            .iter()
            .map(|paragraph| paragraph.layout.width())
            .fold(0.0, f32::max);
        let height = self
            .paragraphs
            .last()
            .map_or(0.0, |last| last.y + last.layout.height());
        (width, height)
    }

    /// Whether the first paragraph runs right to left: a field of one line is then aligned to the right.
    pub fn is_rtl(&mut self, typesetter: &mut Typesetter) -> bool {
        self.refresh(typesetter);
        self.paragraphs
            .first()
            .is_some_and(|paragraph| paragraph.layout.is_rtl())
    }

    /// The caret, `None` while an input method hides it.
    pub fn caret(&mut self, typesetter: &mut Typesetter) -> Option<CaretBox> {
        self.refresh(typesetter);
        let position = match &self.preedit {
            Some(preedit) => {
                let marked = preedit.marked.as_ref()?;
                Position::upstream(preedit.at + marked.end.min(preedit.text.len()))
            }
            None => self.selection.focus,
        };
        let (block, local) = movement::local(self, position);
        let paragraph = self.paragraphs.get(block)?;
        let mut caret = paragraph.layout.caret(local);
        caret.top += paragraph.y;
        caret.bottom += paragraph.y;
        Some(caret)
    }

    /// The boxes of the selection.
    pub fn selection_boxes(&mut self, typesetter: &mut Typesetter) -> Vec<LineBox> {
        self.refresh(typesetter);
        if self.preedit.is_some() {
            Vec::new()
        } else {
            self.boxes(&self.selection())
        }
    }

    /// The boxes of what is being composed, to be underlined.
    pub fn compose_boxes(&mut self, typesetter: &mut Typesetter) -> Vec<LineBox> {
        self.refresh(typesetter);
        match &self.preedit {
            Some(preedit) => self.boxes(&(preedit.at..preedit.at + preedit.text.len())),
            None => Vec::new(),
        }
    }

    /// The boxes of any bytes of the shown text, for example what a search found in it.
    pub fn boxes(&self, range: &Range<usize>) -> Vec<LineBox> {
        let mut boxes = Vec::new();
        for paragraph in &self.paragraphs {
            let (start, end) = (
                range.start.max(paragraph.range.start),
                range.end.min(paragraph.range.end),
            );
            if start >= end {
                continue;
            }
            let offset = paragraph.range.start;
            paragraph
                .layout
                .boxes(start - offset..end - offset, |mut line_box| {
                    line_box.move_by(paragraph.y);
                    boxes.push(line_box);
                });
        }
        boxes
    }

    pub(super) fn position_at(&mut self, typesetter: &mut Typesetter, x: f32, y: f32) -> Position {
        self.refresh(typesetter);
        let block = self.block_at(y);
        let position = match self.paragraphs.get(block) {
            Some(paragraph) => paragraph.layout.hit(x, y - paragraph.y).position,
            None => return Position::default(),
        };
        movement::global(self, block, position)
    }

    pub(super) fn word_at(&mut self, typesetter: &mut Typesetter, x: f32, y: f32) -> Range<usize> {
        self.refresh(typesetter);
        let Some(paragraph) = self.paragraphs.get(self.block_at(y)) else {
            return 0..0;
        };
        let word = paragraph.layout.word_at(x, y - paragraph.y);
        paragraph.range.start + word.start..paragraph.range.start + word.end
    }

    pub(super) fn paragraph_at(
        &mut self,
        typesetter: &mut Typesetter,
        _x: f32,
        y: f32,
    ) -> Range<usize> {
        self.refresh(typesetter);
        self.content(self.block_at(y))
    }

    pub(super) fn place_of(&self, position: Position) -> Option<Place> {
        let (block, local) = movement::local(self, position);
        let paragraph = self.paragraphs.get(block)?;
        let caret = paragraph.layout.caret(local);
        Some(Place {
            x: caret.x,
            line_top: caret.top + paragraph.y,
        })
    }

    fn block_at(&self, y: f32) -> usize {
        let below = self
            .paragraphs
            .partition_point(|paragraph| paragraph.y <= y);
        below.saturating_sub(1)
    }
}
