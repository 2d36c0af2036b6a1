//! What a span says, and in which letters it differs from what others say there.

use std::ops::Range;

use crate::{annotation::Fragments, text::segment::graphemes};

/// A text on one line, and the bytes of it that stand out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Marked {
    pub(super) text: String,
    pub(super) differs: Vec<Range<usize>>,
}

/// So many graphemes are kept at each end of a piece that is long.
const KEPT: usize = 40;

/// The text of `own`, in which what one of `others` has not stands out. Long pieces are shortened in their middle,
/// so that the edges can be seen. `others`: what each of the other annotators has there.
pub(super) fn marked(text: &str, own: &Fragments, others: &[Vec<&Fragments>]) -> Marked {
    let has = |spans: &Vec<&Fragments>, byte: usize| {
        let mut ranges = spans.iter().flat_map(|it| it.ranges());
        ranges.any(|range| range.start() <= byte && byte < range.end())
    };
    let mut out = Marked::default();
    for (at, range) in own.ranges().iter().enumerate() {
        if at > 0 {
            out.text.push_str(" … ");
        }
        let mut edges = vec![range.start(), range.end()];
        let of_others = others.iter().flatten().flat_map(|it| it.ranges());
        edges.extend(of_others.flat_map(|it| [it.start(), it.end()]));
        edges.retain(|edge| (range.start()..=range.end()).contains(edge));
        edges.sort_unstable();
        edges.dedup();
        let mut pieces: Vec<(Range<usize>, bool)> = Vec::new();
        for (from, to) in edges.iter().zip(edges.iter().skip(1)) {
            let differs = !others.iter().all(|spans| has(spans, *from));
            match pieces.last_mut() {
                Some((last, before)) if *before == differs => last.end = *to,
                _ => pieces.push((*from..*to, differs)),
            }
        }
        for (piece, differs) in pieces {
            out.push(text.get(piece).unwrap_or_default(), differs);
        }
    }
    out
}

impl Marked {
    fn push(&mut self, piece: &str, differs: bool) {
        let start = self.text.len();
        let all: Vec<&str> = graphemes(piece).map(|(_, grapheme)| grapheme).collect();
        let is_long = all.len() > 2 * KEPT + 1;
        let (head, tail) = if is_long {
            (KEPT, all.len() - KEPT)
        } else {
            (all.len(), all.len())
        };
        let mut put = |graphemes: &[&str]| {
            for grapheme in graphemes {
                let is_space = grapheme.chars().all(char::is_whitespace);
                self.text.push_str(if is_space { " " } else { grapheme });
            }
        };
        put(all.get(..head).unwrap_or_default());
        if is_long {
            put(&["…"]);
        }
        put(all.get(tail..).unwrap_or_default());
        if differs && self.text.len() > start {
            self.differs.push(start..self.text.len());
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::string_slice, reason = "tests")]

    use super::*;
    use crate::text::ByteRange;

    fn span(text: &str, words: &str) -> Fragments {
        let start = text.find(words).unwrap();
        let range = ByteRange::new(text, start, start + words.len()).unwrap();
        Fragments::new([range]).unwrap()
    }

    fn shown(text: &str, own: &str, others: &[&str]) -> (String, Vec<String>) {
        let others: Vec<Fragments> = others.iter().map(|words| span(text, words)).collect();
        let others: Vec<Vec<&Fragments>> = others.iter().map(|it| vec![it]).collect();
        let marked = marked(text, &span(text, own), &others);
        let differs = marked
            .differs
            .iter()
            .map(|it| marked.text[it.clone()].to_owned());
        (marked.text.clone(), differs.collect())
    }

    #[test]
    fn what_another_has_not_stands_out() {
        let text = "وصلت السفينة لمرسيليا أمس";
        let (own, differs) = shown(text, "لمرسيليا", &["مرسيليا"]);
        assert_eq!((own.as_str(), differs), ("لمرسيليا", vec!["ل".to_owned()]));
        assert!(shown(text, "مرسيليا", &["لمرسيليا"]).1.is_empty());
        assert_eq!(
            shown(text, "السفينة لمرسيليا", &["لمرسيليا أمس"]).1,
            ["السفينة "]
        );
    }

    #[test]
    fn a_span_that_is_alone_has_nothing_that_stands_out() {
        assert!(shown("زارت منى دمشق", "منى", &[]).1.is_empty());
    }

    #[test]
    fn long_texts_keep_their_edges() {
        let text = format!("أول {} آخر", "كلمة ".repeat(60));
        let (own, differs) = shown(&text, &text, &[text.trim_start_matches("أول ")]);
        assert!(own.starts_with("أول كلمة") && own.ends_with("آخر"), "{own}");
        assert!(own.chars().count() < 100, "{own}");
        assert_eq!(differs, ["أول "]);
    }
}
