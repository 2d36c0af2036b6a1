//! A text field for mixed directions: each paragraph has its own base direction, carets move visually,
//! letters being composed by an input method are shown in place, and changes can be undone. The interface
//! translates events into calls and paints what the field tells it.

mod editing;
mod geometry;
mod history;

use std::borrow::Cow;
use std::ops::Range;

use super::caret::Position;
use super::layout::TextLayout;
use super::movement::Blocks;
use super::typesetter::{BaseDirection, TextStyle, Typesetter};
use history::History;

/// A field's text with selection, composition, undo and layout.
pub struct FieldEditor {
    text: String,
    selection: Selection,
    preedit: Option<Preedit>,
    history: History,
    style: TextStyle,
    multiline: bool,
    width: Option<f32>,
    paragraphs: Vec<Paragraph>,
    /// The fonts the paragraphs were laid out with; `None` when they are stale.
    laid_with: Option<u64>,
}

/// What is selected: empty when both ends are one.
#[derive(Clone, Debug, Default)]
struct Selection {
    anchor: Position,
    focus: Position,
    /// Where up and down aim for, in physical pixels.
    goal_x: Option<f32>,
    /// A double press selects by words: the first word, in bytes.
    first_word: Option<Range<usize>>,
}

/// Letters an input method is composing, shown at a place in the text but not part of it.
#[derive(Clone, Debug)]
struct Preedit {
    at: usize,
    text: String,
    /// Bytes of `text` the input method marks, or its caret.
    marked: Option<Range<usize>>,
}

#[derive(Debug)]
struct Paragraph {
    /// Bytes of the shown text.
    range: Range<usize>,
    layout: TextLayout,
    y: f32,
}

impl FieldEditor {
    /// An empty field. One of several lines keeps line breaks and wraps at its width.
    pub fn new(style: TextStyle, multiline: bool) -> Self {
        Self {
            text: String::new(),
            selection: Selection::default(),
            preedit: None,
            history: History::default(),
            style,
            multiline,
            width: None,
            paragraphs: Vec::new(),
            laid_with: None,
        }
    }

    /// The text without what is being composed.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The text as shown, with what is being composed.
    pub fn shown_text(&self) -> Cow<'_, str> {
        match &self.preedit {
            None => Cow::Borrowed(&self.text),
            Some(preedit) => {
                let (before, after) = self
                    .text
                    .split_at_checked(preedit.at)
                    .unwrap_or((&self.text, ""));
                Cow::Owned([before, &preedit.text, after].concat())
            }
        }
    }

    /// Replaces the text, puts the caret at its end and forgets the history.
    pub fn set_text(&mut self, text: &str) {
        self.text = self.accepted(text).into_owned();
        self.preedit = None;
        self.history = History::default();
        self.place(Position::upstream(self.text.len()));
        self.laid_with = None;
    }

    /// Changes the style, for example after a zoom.
    pub fn set_style(&mut self, style: TextStyle) {
        if self.style != style {
            self.style = style;
            self.laid_with = None;
        }
    }

    /// Sets the width in physical pixels that a field of several lines wraps at.
    pub fn set_width(&mut self, width: Option<f32>) {
        if self.multiline && self.width != width {
            self.width = width;
            self.laid_with = None;
        }
    }

    /// Whether the field has several lines.
    pub fn is_multiline(&self) -> bool {
        self.multiline
    }

    /// Whether an input method is composing.
    pub fn is_composing(&self) -> bool {
        self.preedit.is_some()
    }

    /// Selected bytes of the text, empty at the caret.
    pub fn selection(&self) -> Range<usize> {
        let (a, b) = (self.selection.anchor.byte, self.selection.focus.byte);
        a.min(b)..a.max(b)
    }

    /// Where the selection began and where the caret is, as bytes of the text.
    pub fn selection_ends(&self) -> (usize, usize) {
        (self.selection.anchor.byte, self.selection.focus.byte)
    }

    /// The selected text.
    pub fn selected_text(&self) -> &str {
        self.text.get(self.selection()).unwrap_or_default()
    }

    /// The caret's byte in the text.
    pub fn caret_byte(&self) -> usize {
        self.selection.focus.byte
    }

    fn place(&mut self, position: Position) {
        self.selection = Selection {
            anchor: position,
            focus: position,
            ..Selection::default()
        };
    }

    /// What of an inserted text the field takes: one line has no line breaks.
    fn accepted<'a>(&self, text: &'a str) -> Cow<'a, str> {
        if self.multiline || !text.contains(['\n', '\r', '\u{2028}', '\u{2029}']) {
            return Cow::Borrowed(text);
        }
        let joined = text
            .replace("\r\n", " ")
            .replace(['\n', '\r', '\u{2028}', '\u{2029}'], " ");
        Cow::Owned(joined)
    }

    /// Brings the layout up to date. Everything that reads places does so by itself.
    pub fn refresh(&mut self, typesetter: &mut Typesetter) {
        if self.laid_with == Some(typesetter.generation()) {
            return;
        }
        let shown = self.shown_text().into_owned();
        self.paragraphs.clear();
        let mut start = 0;
        let mut y = 0.0;
        for line in shown.split('\n') {
            let layout = typesetter.layout(line, &self.style, self.width, BaseDirection::Auto);
            let range = start..start + line.len();
            start = range.end + 1;
            let height = layout.height();
            self.paragraphs.push(Paragraph { range, layout, y });
            y += height;
        }
        self.laid_with = Some(typesetter.generation());
    }
}

impl Blocks for FieldEditor {
    fn text(&self) -> &str {
        &self.text
    }

    fn count(&self) -> usize {
        self.paragraphs.len()
    }

    fn content(&self, block: usize) -> Range<usize> {
        self.paragraphs
            .get(block)
            .map_or(0..0, |paragraph| paragraph.range.clone())
    }

    fn block_of(&self, position: Position) -> usize {
        let after = self
            .paragraphs
            .partition_point(|paragraph| paragraph.range.end < position.byte);
        after.min(self.paragraphs.len().saturating_sub(1))
    }

    fn laid(&mut self, block: usize) -> &TextLayout {
        static EMPTY: std::sync::LazyLock<TextLayout> =
            std::sync::LazyLock::new(TextLayout::default);
        self.paragraphs
            .get(block)
            .map_or(&EMPTY, |paragraph| &paragraph.layout)
    }
}

#[cfg(test)]
mod tests;
