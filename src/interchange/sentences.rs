//! A document as sentences of tagged tokens, for the formats that are columns of tokens.

use icu_segmenter::{SentenceSegmenter, options::SentenceBreakInvariantOptions};

use crate::{annotation::LabelSet, text::ByteRange};

use super::{
    DocumentRecord, WriteError,
    spacing::Spaced,
    tags::{Tagged, levels},
    tokens::Tokens,
};

/// The tokens of a document, where its sentences begin, and its spans by levels.
#[derive(Debug)]
pub(super) struct Sentences<'a> {
    text: &'a str,
    /// The tokens' places in the text. Only a text without any character has none.
    pub(super) tokens: Vec<ByteRange>,
    /// Whether a sentence begins at each token: never inside a span.
    pub(super) begins: Vec<bool>,
    /// The spans of each level, in order; at least one level.
    pub(super) levels: Vec<Vec<Tagged<&'a str>>>,
}

impl<'a> Sentences<'a> {
    /// The one layer of a document, whose spans have one fragment each.
    pub(super) fn of(record: &'a DocumentRecord, labels: &'a LabelSet) -> Result<Self, WriteError> {
        let text = &*record.text;
        let spans = record.layers.first().map_or(&[][..], |layer| &layer.spans);
        let ranges = spans.iter().flat_map(|span| span.data.fragments.ranges());
        let tokens = Tokens::of(text, ranges.copied());
        let mut tagged = Vec::with_capacity(spans.len());
        for span in spans {
            for range in span.data.fragments.ranges() {
                let tokens = tokens.within(*range);
                tagged.push(Tagged {
                    tokens: tokens.ok_or(WriteError::NoRange { at: range.start() })?,
                    label: labels.name_of(&span.data.label),
                });
            }
        }
        let mut tokens: Vec<ByteRange> = tokens.as_slice().iter().map(|it| it.range).collect();
        if tokens.is_empty() && !text.is_empty() {
            tokens.push(ByteRange::whole(text));
        }
        let begins = begins(text, &tokens, &tagged);
        let mut levels = levels(tagged);
        if levels.is_empty() {
            levels.push(Vec::new());
        }
        Ok(Self {
            text,
            tokens,
            begins,
            levels,
        })
    }

    /// The text of a range.
    pub(super) fn slice(&self, range: ByteRange) -> &'a str {
        range.slice(self.text)
    }

    /// A token with the white space around it; that before it only at the start of the text.
    pub(super) fn spaced(&self, token: usize, range: ByteRange) -> Spaced<'a> {
        let between = |start, end| self.text.get(start..end).unwrap_or_default();
        let next = self.tokens.get(token + 1);
        let before = if token == 0 { range.start() } else { 0 };
        Spaced {
            token: range.slice(self.text),
            before: between(0, before),
            after: between(range.end(), next.map_or(self.text.len(), ByteRange::start)),
            explicit: self.begins.get(token + 1).is_none_or(|begins| *begins),
        }
    }
}

/// Whether a sentence begins at each token: by the rules of Unicode, behind white space, and
/// nowhere inside a span.
fn begins(text: &str, tokens: &[ByteRange], spans: &[Tagged<&str>]) -> Vec<bool> {
    // How many spans begin less how many end between a token and the one before.
    let mut change = vec![0_isize; tokens.len() + 1];
    for span in spans {
        for (at, by) in [(span.tokens.start + 1, 1), (span.tokens.end, -1)] {
            if let Some(change) = change.get_mut(at) {
                *change += by;
            }
        }
    }
    let segmenter = SentenceSegmenter::new(SentenceBreakInvariantOptions::default());
    let mut sentences = segmenter.segment_str(text).peekable();
    let (mut inside, mut end) = (0, 0);
    let mut waiting = true;
    let mut begins = Vec::with_capacity(tokens.len());
    for (token, change) in tokens.iter().zip(change) {
        inside += change;
        while sentences.next_if(|at| *at <= token.start()).is_some() {
            waiting = true;
        }
        let free = begins.is_empty() || (inside == 0 && end < token.start());
        begins.push(waiting && free);
        // A sentence that could not begin here begins nowhere: what follows is its middle.
        waiting = false;
        end = token.end();
    }
    begins
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;

    #[test]
    fn sentences_begin_behind_space_and_outside_spans() {
        let text = "قال. نعم! لا. آخر-x";
        let tokens = Tokens::of(text, []);
        let ranges: Vec<_> = tokens.as_slice().iter().map(|it| it.range).collect();
        let words: Vec<_> = ranges.iter().map(|range| range.slice(text)).collect();
        assert_eq!(words, ["قال", ".", "نعم", "!", "لا", ".", "آخر", "-", "x"]);
        let at = |spans: &[Tagged<&str>]| -> Vec<usize> {
            let begins = begins(text, &ranges, spans);
            (0..).zip(begins).filter(|it| it.1).map(|it| it.0).collect()
        };
        assert_eq!(at(&[]), [0, 2, 4, 6]);
        let span = |tokens| Tagged { tokens, label: "X" };
        assert_eq!(at(&[span(1..4)]), [0, 4, 6]);
        assert_eq!(at(&[span(2..4), span(4..6), span(3..5)]), [0, 2, 6]);
    }
}
