//! Where the caret is, as the status tells it: the paragraph, and the position in code points, which
//! is how exports count.

use std::sync::Arc;

use crate::{session::Article, text};

/// The caret or the selection in the article.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Place {
    /// The paragraph, from 1.
    pub(super) paragraph: usize,
    /// How many paragraphs there are.
    pub(super) paragraphs: usize,
    /// The caret's position in code points, from 0.
    pub(super) at: usize,
    /// The selection's length in code points; 0 without a selection.
    pub(super) selected: usize,
}

/// Where each paragraph of a text begins, in bytes; counted once for a text.
#[derive(Debug, Default)]
pub(super) struct Places {
    text: Option<Arc<str>>,
    starts: Vec<usize>,
}

impl Places {
    /// Where the caret is in `article`.
    pub(super) fn of(&mut self, article: &Article) -> Place {
        self.count(article.text());
        let desk = article.desk();
        let characters = |byte| {
            let offsets = article.offsets();
            offsets
                .char_of_byte(article.text(), byte)
                .unwrap_or_default()
        };
        let selected = desk.selection().map_or(0, |range| {
            characters(range.end()).saturating_sub(characters(range.start()))
        });
        Place {
            paragraph: self.paragraph(desk.caret()),
            paragraphs: self.starts.len(),
            at: characters(desk.caret()),
            selected,
        }
    }

    fn count(&mut self, text: &Arc<str>) {
        if self
            .text
            .as_ref()
            .is_some_and(|counted| Arc::ptr_eq(counted, text))
        {
            return;
        }
        self.starts = text::paragraphs(text).map(|p| p.text.start).collect();
        self.text = Some(Arc::clone(text));
    }

    /// The number, from 1, of the paragraph that byte `at` lies in.
    fn paragraph(&self, at: usize) -> usize {
        self.starts.partition_point(|start| *start <= at).max(1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paragraph(marked: &str) -> (usize, usize) {
        let at = marked.find('|').unwrap_or_default();
        let text: Arc<str> = marked.replace('|', "").into();
        let mut places = Places::default();
        places.count(&text);
        (places.paragraph(at), places.starts.len())
    }

    #[test]
    fn a_caret_belongs_to_the_paragraph_it_stands_in() {
        assert_eq!(paragraph("|قال\nإن\n"), (1, 3));
        assert_eq!(paragraph("قال|\nإن\n"), (1, 3));
        assert_eq!(paragraph("قال\n|إن\n"), (2, 3));
        assert_eq!(paragraph("قال\r\nإن\n|"), (3, 3));
        assert_eq!(paragraph("|"), (1, 1));
    }

    #[test]
    fn paragraphs_are_counted_anew_for_another_text() {
        let mut places = Places::default();
        places.count(&"a\nb".into());
        places.count(&"a".into());
        assert_eq!(places.starts.len(), 1);
    }
}
