//! The blocks of an article: its paragraphs, and the pieces of paragraphs too long to be shaped at once.
//!
//! Invariants, each tested: the blocks tile the text; a block is its content and its terminator (`\n`,
//! `\r\n`, a lone `\r`, U+2029), and only content is laid out; a paragraph above [`LONG`] bytes is cut
//! at sentence edges, else between words, and each of its pieces but the last has no terminator. A piece
//! begins on a new line, so that the line before it may end early: shaping the whole to find where its
//! lines end would cost what the pieces save.

use std::ops::Range;

/// Longest paragraph that is laid out in one go, in bytes.
pub(super) const LONG: usize = 20_000;
/// Length that pieces of a longer paragraph aim at, in bytes.
const PIECE: usize = 4_000;
/// How far back from there an edge is looked for, in bytes.
const LOOK_BACK: usize = 1_500;

/// A paragraph or a piece of one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Block {
    pub(super) start: u32,
    /// End of the content.
    pub(super) end: u32,
    /// End of the terminator: where the next block begins.
    pub(super) next: u32,
    /// Characters of the content.
    pub(super) chars: u32,
    /// Number of the paragraph it belongs to.
    pub(super) paragraph: u32,
}

impl Block {
    /// Bytes of the content.
    pub(super) fn content(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// Bytes with the terminator.
    pub(super) fn whole(self) -> Range<usize> {
        self.start as usize..self.next as usize
    }
}

/// The blocks of a text, at least one. A text that ends with a terminator has an empty last one.
pub(super) fn scan(text: &str) -> Vec<Block> {
    let mut blocks = Vec::with_capacity(text.len() / 200 + 1);
    let mut start = 0;
    let mut paragraph = 0;
    for (end, next) in terminators(text.as_bytes()) {
        push(text, start..end, next, paragraph, &mut blocks);
        start = next;
        paragraph += 1;
    }
    push(text, start..text.len(), text.len(), paragraph, &mut blocks);
    blocks
}

/// Where paragraphs end and the next ones begin, in bytes.
fn terminators(bytes: &[u8]) -> impl Iterator<Item = (usize, usize)> {
    let mut from = 0;
    // 0xE2 begins U+2029, but also curly quotes and dashes.
    memchr::memchr3_iter(b'\n', b'\r', 0xE2, bytes).filter_map(move |at| {
        if at < from {
            return None;
        }
        let length = match bytes.get(at..)? {
            [b'\r', b'\n', ..] => 2,
            [b'\n' | b'\r', ..] => 1,
            [0xE2, 0x80, 0xA9, ..] => 3,
            _ => return None,
        };
        from = at + length;
        Some((at, from))
    })
}

fn push(text: &str, content: Range<usize>, next: usize, paragraph: u32, blocks: &mut Vec<Block>) {
    let mut start = content.start;
    let last_start = content.end.saturating_sub(PIECE / 2 * 3);
    while content.len() > LONG && start < last_start {
        let end = piece_end(text, start, content.end);
        blocks.push(block(text, start..end, end, paragraph));
        start = end;
    }
    blocks.push(block(text, start..content.end, next, paragraph));
}

fn block(text: &str, content: Range<usize>, next: usize, paragraph: u32) -> Block {
    let bytes = text.as_bytes().get(content.clone()).unwrap_or_default();
    Block {
        start: content.start as u32,
        end: content.end as u32,
        next: next as u32,
        chars: count_chars(bytes) as u32,
        paragraph,
    }
}

/// Characters of UTF-8 text; in short runs, so that the compiler can use wide instructions.
fn count_chars(bytes: &[u8]) -> usize {
    let lead = |&byte: &u8| u8::from(byte & 0xC0 != 0x80);
    bytes
        .chunks(128)
        .map(|run| usize::from(run.iter().map(lead).sum::<u8>()))
        .sum()
}

/// Where a piece that begins at `start` ends: after a sentence, else after a space, else anywhere.
fn piece_end(text: &str, start: usize, end: usize) -> usize {
    let target = text.floor_char_boundary((start + PIECE).min(end));
    let from = text.floor_char_boundary(target.saturating_sub(LOOK_BACK).max(start + 1));
    let window = text.get(from..target).unwrap_or_default();
    let mut space = None;
    let mut after = None;
    for (at, c) in window.char_indices().rev() {
        if let (Some(edge), true) = (after, is_sentence_end(c)) {
            return from + edge;
        }
        after = c.is_whitespace().then_some(at + c.len_utf8());
        space = space.or(after);
    }
    space.map_or(target.max(start + 1), |space| from + space)
}

fn is_sentence_end(c: char) -> bool {
    matches!(c, '.' | '!' | '?' | '؟' | '…' | '۔' | '؛')
}

#[cfg(test)]
mod tests {
    #![allow(clippy::string_slice, reason = "tests")]
    use super::*;

    #[track_caller]
    fn check(text: &str) -> Vec<Block> {
        let blocks = scan(text);
        let mut at = 0;
        for block in &blocks {
            assert_eq!(block.start as usize, at);
            assert!(block.start <= block.end && block.end <= block.next);
            assert!(text.is_char_boundary(block.end as usize));
            assert_eq!(text[block.content()].chars().count(), block.chars as usize);
            assert!(block.content().len() <= LONG);
            at = block.next as usize;
        }
        assert_eq!(at, text.len());
        blocks
    }

    #[test]
    fn every_terminator_ends_a_paragraph() {
        let text = "واحد\nاثنان\r\nثلاثة\rأربعة\u{2029}خمسة “بين” قوسين";
        let blocks = check(text);
        let contents: Vec<&str> = blocks.iter().map(|block| &text[block.content()]).collect();
        assert_eq!(
            contents,
            ["واحد", "اثنان", "ثلاثة", "أربعة", "خمسة “بين” قوسين"]
        );
    }

    #[test]
    fn empty_lines_and_a_final_terminator_are_blocks() {
        assert_eq!(check("").len(), 1);
        assert_eq!(check("\n").len(), 2);
        assert_eq!(check("a\n\r\n\rb\n").len(), 5);
    }

    #[test]
    fn long_paragraph_is_cut_after_sentences() {
        let sentence = "وقال الوزير إن المحادثات ستستمر أسبوعا آخر في المدينة. ";
        let text = sentence.repeat(300_000 / sentence.len());
        let blocks = check(&text);
        assert!(blocks.len() > 30);
        assert!(blocks.iter().all(|block| block.paragraph == 0));
        for block in &blocks {
            assert!(text[block.content()].ends_with(". "), "{block:?}");
        }
    }

    #[test]
    fn long_paragraph_without_edges_is_cut_between_characters() {
        check(&"م".repeat(50_000));
        check(&format!("{}\nقصير", "كلمة ".repeat(10_000)));
    }
}
