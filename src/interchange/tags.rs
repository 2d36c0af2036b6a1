//! Tags of tokens: spans as `B-`, `I-` and their like, by any of the schemes, a column a level of
//! nesting. Reading asks for no scheme: what the tags say is the same in all of them.

use std::ops::Range;

use crate::{
    annotation::{Annotator, Fragments, LabelId, SpanData},
    text::ByteRange,
};

use super::{LayerRecord, Reason, Scheme, SpanError, SpanRecord};

/// A span on tokens, by their places (from 0).
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Tagged<L> {
    /// Its tokens.
    pub(super) tokens: Range<usize>,
    /// Its label's name.
    pub(super) label: L,
}

/// Shares spans out to levels, on each of which no two overlap: the outermost on the first.
pub(super) fn levels<L>(mut spans: Vec<Tagged<L>>) -> Vec<Vec<Tagged<L>>> {
    spans.sort_by_key(|span| (span.tokens.start, std::cmp::Reverse(span.tokens.end)));
    let mut levels: Vec<Vec<Tagged<L>>> = Vec::new();
    for span in spans {
        let free = |level: &&mut Vec<Tagged<L>>| {
            let last = level.last();
            last.is_none_or(|last| last.tokens.end <= span.tokens.start)
        };
        match levels.iter_mut().find(free) {
            Some(level) => level.push(span),
            None => levels.push(vec![span]),
        }
    }
    levels
}

/// Gives the tags of a level, token by token.
#[derive(Debug)]
pub(super) struct Tagger<'a> {
    spans: &'a [Tagged<&'a str>],
    scheme: Scheme,
    /// The label and the end of the span before the first of `spans`.
    last: Option<(usize, &'a str)>,
}

impl<'a> Tagger<'a> {
    pub(super) fn new(spans: &'a [Tagged<&'a str>], scheme: Scheme) -> Self {
        Self {
            spans,
            scheme,
            last: None,
        }
    }

    /// The letter and the label of a token; `None` outside spans. Tokens must come in order.
    pub(super) fn tag(&mut self, token: usize, begins_sentence: bool) -> Option<(char, &'a str)> {
        while let Some((first, rest)) = self.spans.split_first() {
            if token < first.tokens.end {
                break;
            }
            self.last = Some((first.tokens.end, first.label));
            self.spans = rest;
        }
        let span = self
            .spans
            .first()
            .filter(|span| span.tokens.start <= token)?;
        let begins = token == span.tokens.start;
        let ends = token + 1 == span.tokens.end;
        let touches = || !begins_sentence && self.last == Some((token, span.label));
        let letter = match self.scheme {
            Scheme::Iob1 if begins && touches() => 'B',
            Scheme::Iob1 => 'I',
            Scheme::Bilou if begins && ends => 'U',
            Scheme::Iobes if begins && ends => 'S',
            _ if begins => 'B',
            Scheme::Bilou if ends => 'L',
            Scheme::Iobes if ends => 'E',
            _ => 'I',
        };
        Some((letter, span.label))
    }
}

/// A tag's letter and label; the label is empty outside spans. `None` where it is no tag.
pub(super) fn parse(tag: &str) -> Option<(u8, &str)> {
    if tag == "O" {
        return Some((b'O', ""));
    }
    let letter = match tag.as_bytes() {
        [
            letter @ (b'B' | b'I' | b'M' | b'L' | b'E' | b'U' | b'S'),
            b'-',
            _,
            ..,
        ] => *letter,
        _ => return None,
    };
    Some((letter, tag.get(2..)?))
}

/// Whether a span can go on behind a token with this letter.
pub(super) fn goes_on_behind(letter: u8) -> bool {
    matches!(letter, b'B' | b'I' | b'M')
}

/// Makes spans of the tags of one level.
#[derive(Debug, Default)]
pub(super) struct Untagger {
    /// The span that goes on.
    open: Option<Tagged<String>>,
}

impl Untagger {
    /// Takes a token's tag. Tokens must come in order, all of them.
    pub(super) fn tag(
        &mut self,
        token: usize,
        (letter, label): (u8, &str),
        found: &mut Vec<Tagged<String>>,
    ) {
        let goes_on = matches!(letter, b'I' | b'M' | b'L' | b'E')
            && self.open.as_ref().is_some_and(|open| open.label == label);
        if !goes_on {
            self.close(found);
            if letter != b'O' {
                self.open = Some(Tagged {
                    tokens: token..token,
                    label: label.to_owned(),
                });
            }
        }
        if let Some(open) = &mut self.open {
            open.tokens.end = token + 1;
        }
        if matches!(letter, b'L' | b'E' | b'U' | b'S') {
            self.close(found);
        }
    }

    /// Ends a sentence, over whose end no span goes.
    pub(super) fn close(&mut self, found: &mut Vec<Tagged<String>>) {
        found.extend(self.open.take());
    }
}

/// The layer of spans on tokens; `None` where there are none.
pub(super) fn layer(
    text: &str,
    tokens: &[ByteRange],
    spans: &[Tagged<String>],
    annotator: &Annotator,
) -> Result<Option<LayerRecord>, Reason> {
    let mut layer = LayerRecord::new(annotator.clone());
    layer.spans.reserve(spans.len());
    for (number, span) in (1..).zip(spans) {
        let checked = || -> Result<SpanData, SpanError> {
            let first = tokens.get(span.tokens.start).map_or(0, ByteRange::start);
            let last = tokens.get(span.tokens.end.saturating_sub(1));
            let range = ByteRange::new(text, first, last.map_or(0, ByteRange::end))?;
            let fragments = Fragments::new([range])?;
            Ok(SpanData::new(LabelId::new(&span.label)?, fragments))
        };
        let data = checked().map_err(|error| Reason::Span {
            span: number.to_string(),
            error,
        })?;
        layer.spans.push(SpanRecord::new(number.to_string(), data));
    }
    Ok((!layer.spans.is_empty()).then_some(layer))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;
    use proptest::prelude::*;

    fn tags(spans: &[(usize, usize, &'static str)], scheme: Scheme) -> Vec<String> {
        let spans: Vec<_> = spans
            .iter()
            .map(|&(start, end, label)| Tagged {
                tokens: start..end,
                label,
            })
            .collect();
        let mut tagger = Tagger::new(&spans, scheme);
        (0..6)
            .map(|token| match tagger.tag(token, token == 5) {
                Some((letter, label)) => format!("{letter}-{label}"),
                None => "O".to_owned(),
            })
            .collect()
    }

    #[test]
    fn each_scheme_tags_as_it_says() {
        let spans = [(0, 2, "A"), (2, 3, "A"), (4, 5, "B"), (5, 6, "B")];
        for (scheme, wanted) in [
            (Scheme::Iob1, "I-A I-A B-A O I-B I-B"),
            (Scheme::Iob2, "B-A I-A B-A O B-B B-B"),
            (Scheme::Bilou, "B-A L-A U-A O U-B U-B"),
            (Scheme::Iobes, "B-A E-A S-A O S-B S-B"),
        ] {
            assert_eq!(tags(&spans, scheme).join(" "), wanted);
        }
    }

    #[test]
    fn what_is_no_tag_is_none() {
        for tag in ["", "X", "B-", "-A", "BB-A", "NNP", "I", "o"] {
            assert_eq!(parse(tag), None, "{tag}");
        }
        assert_eq!(parse("B-X-Y"), Some((b'B', "X-Y")));
    }

    proptest! {
        #[test]
        fn spans_come_back_from_every_scheme(
            spans in prop::collection::vec((0..9_usize, 1..5_usize, prop::sample::select(vec!["A", "B"])), 0..9),
        ) {
            let mut spans: Vec<_> = spans
                .into_iter()
                .map(|(start, len, label)| Tagged { tokens: start..start + len, label })
                .collect();
            let key = |span: &Tagged<&'static str>| (span.tokens.start, span.tokens.end, span.label);
            spans.sort_by_key(key);
            spans.dedup();
            for scheme in Scheme::ALL {
                let mut found = Vec::new();
                for level in levels(spans.clone()) {
                    let mut tagger = Tagger::new(&level, scheme);
                    let mut untagger = Untagger::default();
                    for token in 0..14 {
                        let tag = tagger.tag(token, false);
                        let tag = tag.map_or_else(|| "O".to_owned(), |(letter, label)| format!("{letter}-{label}"));
                        untagger.tag(token, parse(&tag).unwrap(), &mut found);
                    }
                    untagger.close(&mut found);
                }
                found.sort_by(|a, b| (a.tokens.start, a.tokens.end, &a.label).cmp(&(b.tokens.start, b.tokens.end, &b.label)));
                let wanted: Vec<_> = spans
                    .iter()
                    .map(|span| Tagged { tokens: span.tokens.clone(), label: span.label.to_owned() })
                    .collect();
                prop_assert_eq!(found, wanted, "{:?}", scheme);
            }
        }
    }
}
