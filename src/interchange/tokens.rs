//! Tokens for formats that know no other places. They are split at every edge of a span, so that a
//! clitic outside a span stays outside and no span is widened; each keeps its range in the text.

use icu_segmenter::{WordSegmenter, options::WordBreakInvariantOptions};

use crate::text::ByteRange;

/// A piece of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Token {
    /// Where it stands.
    pub(super) range: ByteRange,
    /// Whether it is white space: at an edge of a span, inside it.
    pub(super) is_space: bool,
}

/// The tokens of a text. White space between them is none, unless a span begins or ends with it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Tokens {
    tokens: Vec<Token>,
}

impl Tokens {
    /// The words, numbers and marks of `text`, split at the edges of `spans`. Edges must lie
    /// between characters; others are passed over.
    pub(super) fn of(text: &str, spans: impl IntoIterator<Item = ByteRange>) -> Self {
        let mut spans: Vec<ByteRange> = spans.into_iter().filter(|span| !span.is_empty()).collect();
        spans.sort_unstable();
        let mut edges: Vec<usize> = spans
            .iter()
            .flat_map(|span| [span.start(), span.end()])
            .filter(|edge| text.is_char_boundary(*edge))
            .collect();
        edges.sort_unstable();
        edges.dedup();
        let starts: Vec<usize> = spans.iter().map(ByteRange::start).collect();
        let mut ends: Vec<usize> = spans.iter().map(ByteRange::end).collect();
        ends.sort_unstable();
        let mut edges = edges.as_slice();
        // A word, and a space behind it.
        let mut tokens = Vec::with_capacity(text.len() / 8);
        // Without the dictionaries of scripts that put no space between words.
        let options = WordBreakInvariantOptions::default();
        let words = WordSegmenter::new_for_non_complex_scripts(options);
        let mut at = 0;
        for end in words.segment_str(text).filter(|end| *end > 0) {
            let piece = text.get(at..end).unwrap_or_default();
            let is_space = piece.chars().all(char::is_whitespace);
            let mut from = std::mem::replace(&mut at, end);
            while let Some((edge, rest)) = edges.split_first()
                && *edge < end
            {
                edges = rest;
                if *edge > from {
                    take(from, *edge, is_space, (&starts, &ends), &mut tokens);
                    from = *edge;
                }
            }
            take(from, end, is_space, (&starts, &ends), &mut tokens);
        }
        Self { tokens }
    }

    /// The tokens, in order.
    pub(super) fn as_slice(&self) -> &[Token] {
        &self.tokens
    }

    /// The tokens inside a range, by their places (from 0); `None` where a token lies across an
    /// edge of it, or none lies in it.
    pub(super) fn within(&self, range: ByteRange) -> Option<std::ops::Range<usize>> {
        let first = self
            .tokens
            .partition_point(|token| token.range.end() <= range.start());
        let behind = self
            .tokens
            .partition_point(|token| token.range.start() < range.end());
        let inside = self.tokens.get(first..behind)?;
        let (start, end) = (inside.first()?.range.start(), inside.last()?.range.end());
        (range.start() <= start && end <= range.end()).then_some(first..behind)
    }
}

/// Takes a piece; white space only where a span begins or ends with it.
fn take(
    from: usize,
    to: usize,
    is_space: bool,
    (starts, ends): (&[usize], &[usize]),
    tokens: &mut Vec<Token>,
) {
    let at_edge = || starts.binary_search(&from).is_ok() || ends.binary_search(&to).is_ok();
    if let Some(range) = ByteRange::unchecked_order(from, to)
        && (!is_space || at_edge())
    {
        tokens.push(Token { range, is_space });
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::string_slice, reason = "tests")]
    use super::*;
    use proptest::prelude::*;

    /// The tokens of a text in which `[…]` marks spans, one after another.
    fn shown(marked: &str) -> Vec<String> {
        let mut text = String::new();
        let (mut open, mut spans) = (Vec::new(), Vec::new());
        for ch in marked.chars() {
            match ch {
                '[' => open.push(text.len()),
                ']' => spans.push((open.pop().unwrap(), text.len())),
                _ => text.push(ch),
            }
        }
        let spans = spans
            .into_iter()
            .map(|(a, b)| ByteRange::new(&text, a, b).unwrap());
        let tokens = Tokens::of(&text, spans);
        tokens
            .as_slice()
            .iter()
            .map(|t| t.range.slice(&text).to_owned())
            .collect()
    }

    #[test]
    fn a_clitic_outside_a_span_is_a_token_of_its_own() {
        assert_eq!(
            shown("قال و[سيرغي]: «لا»."),
            ["قال", "و", "سيرغي", ":", "«", "لا", "»", "."]
        );
        assert_eq!(shown("a [b [c]d] e"), ["a", "b", "c", "d", "e"]);
        assert_eq!(shown("x 👨\u{200D}👩 y"), ["x", "👨\u{200D}👩", "y"]);
    }

    #[test]
    fn white_space_is_a_token_only_at_an_edge_inside_a_span() {
        assert_eq!(shown("a [ b\n] c"), ["a", " ", "b", "\n", "c"]);
        assert_eq!(shown("a [b c] d"), ["a", "b", "c", "d"]);
        assert_eq!(shown("a[ ]b"), ["a", " ", "b"]);
    }

    proptest! {
        #[test]
        fn every_span_is_whole_tokens(
            text in "([بوس]|[\u{64E}\u{651}]|😀|\u{200D}| |\r\n|\n|a|\\.){0,30}",
            edges in prop::collection::vec((0..40_usize, 0..40_usize), 0..5),
        ) {
            let at: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
            let spans: Vec<ByteRange> = edges
                .into_iter()
                .map(|(a, b)| (at[a % at.len()], at[b % at.len()]))
                .filter_map(|(a, b)| ByteRange::new(&text, a.min(b), a.max(b)).ok())
                .filter(|range| !range.is_empty())
                .collect();
            let tokens = Tokens::of(&text, spans.iter().copied());
            for span in &spans {
                let inside = tokens.within(*span).unwrap();
                let inside = &tokens.as_slice()[inside];
                prop_assert_eq!(inside[0].range.start(), span.start());
                prop_assert_eq!(inside[inside.len() - 1].range.end(), span.end());
            }
            let mut covered = 0;
            for token in tokens.as_slice() {
                prop_assert!(token.range.start() >= covered && !token.range.is_empty());
                let gap = text.get(covered..token.range.start()).unwrap();
                prop_assert!(gap.chars().all(char::is_whitespace));
                covered = token.range.end();
            }
            prop_assert!(text[covered..].chars().all(char::is_whitespace));
        }
    }
}
