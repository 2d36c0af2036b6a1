//! Which paragraphs are headings: a short one without final punctuation that opens the article, or that a
//! longer one follows. Plain text has no other sign of them.

use super::blocks::Block;

/// Longest heading in characters.
const LONGEST: u32 = 110;
/// How many blank paragraphs may stand between a heading and its text.
const BLANKS: usize = 3;

/// Whether the block is set bold.
pub(super) fn is_heading(text: &str, blocks: &[Block], index: usize) -> bool {
    let Some(&block) = blocks.get(index) else {
        return false;
    };
    let content = |block: &Block| text.get(block.content()).unwrap_or_default();
    let line = content(&block).trim();
    if block.chars > LONGEST || line.is_empty() || line.ends_with(is_final) {
        return false;
    }
    let blank = |block: &&Block| content(block).trim().is_empty();
    let following = blocks
        .iter()
        .skip(index + 1)
        .take(BLANKS + 1)
        .find(|block| !blank(block));
    let Some(following) = following.filter(|following| following.paragraph != block.paragraph)
    else {
        return false;
    };
    let before = blocks.get(..index).unwrap_or_default();
    let is_first = before.len() <= BLANKS && before.iter().all(|block| blank(&block));
    is_first || following.chars >= block.chars * 2 && following.chars > 60
}

fn is_final(c: char) -> bool {
    matches!(
        c,
        '.' | '!' | '?' | '؟' | '…' | '،' | ',' | '؛' | ';' | ':' | '-' | '۔'
    )
}

#[cfg(test)]
mod tests {
    use super::super::blocks::scan;
    use super::*;

    fn headings(text: &str) -> Vec<usize> {
        let blocks = scan(text);
        (0..blocks.len())
            .filter(|&index| is_heading(text, &blocks, index))
            .collect()
    }

    #[test]
    fn title_and_section_heading_but_no_sentence() {
        let body =
            "وقالت الوزارة في بيان لها إن الوفدين اتفقا على مواصلة الاجتماعات خلال الأسبوع المقبل.";
        let text = format!(
            "اجتماع في الميناء\n\n{body}\nما بعد الاتفاق\n{body}\nانتهى.\n{body}\nقصير\nقصير"
        );
        assert_eq!(headings(&text), [0, 3]);
    }

    #[test]
    fn a_single_line_is_no_heading() {
        assert!(headings("سطر واحد").is_empty());
        assert!(headings("").is_empty());
        assert!(headings("\n\n").is_empty());
    }
}
