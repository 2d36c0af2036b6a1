//! Ranges as marked strings: `قال [سمير] إن` is the place of `سمير` there in the article.

use super::Desk;

/// A string without its marks, and the byte ranges that it marks.
fn unmark(marked: &str) -> (String, Vec<(usize, usize)>) {
    let (mut plain, mut ranges, mut open) = (String::new(), Vec::new(), 0);
    for ch in marked.chars() {
        match ch {
            '[' => open = plain.len(),
            ']' => ranges.push((open, plain.len())),
            other => plain.push(other),
        }
    }
    (plain, ranges)
}

impl Desk {
    /// The places of all `[marked]` parts in the article, in bytes.
    pub(super) fn places(&self, marked: &str) -> Vec<(usize, usize)> {
        let (plain, ranges) = unmark(marked);
        let at = self.article().text().find(&plain);
        let at = at.unwrap_or_else(|| panic!("{plain} is not in the article"));
        ranges
            .into_iter()
            .map(|(from, to)| (at + from, at + to))
            .collect()
    }

    /// The place of the one `[marked]` part, in bytes.
    pub(super) fn place(&self, marked: &str) -> (usize, usize) {
        let places = self.places(marked);
        assert_eq!(places.len(), 1, "{marked} marks one place");
        places[0]
    }

    /// The whole article with the given places marked, for messages.
    fn mark(&self, places: &[(usize, usize)]) -> String {
        let mut marked = self.article().text().to_string();
        for (start, end) in places.iter().rev() {
            marked.insert(*end, ']');
            marked.insert(*start, '[');
        }
        marked
    }

    /// Compares the spans with `LABEL: marked text`, in any order; and what the tree says with them.
    #[track_caller]
    pub(super) fn assert_spans(&self, expected: &[&str]) {
        let article = self.article();
        let mut found: Vec<(String, Vec<(usize, usize)>)> = article
            .layer()
            .spans()
            .map(|span| {
                let ranges = span.data.fragments.ranges().iter();
                let label = self.session().labels().name_of(&span.data.label).to_owned();
                (
                    label,
                    ranges.map(|range| (range.start(), range.end())).collect(),
                )
            })
            .collect();
        let mut wanted: Vec<_> = expected
            .iter()
            .map(|one| one.split_once(": ").unwrap())
            .map(|(label, marked)| (label.to_owned(), self.places(marked)))
            .collect();
        found.sort();
        wanted.sort();
        let say = |spans: &[(String, Vec<(usize, usize)>)]| -> Vec<String> {
            spans
                .iter()
                .map(|(label, places)| format!("{label}: {}", self.mark(places)))
                .collect()
        };
        assert_eq!(say(&found), say(&wanted));
        let mut names = self.spans();
        names.sort();
        assert_eq!(self.marks(), names, "the tree names what the session holds");
    }

    /// Compares the selection with the `[marked]` part.
    #[track_caller]
    pub(super) fn assert_selected(&self, marked: &str) {
        let selection = self.article().desk().selection();
        let found: Vec<_> = selection
            .map(|range| (range.start(), range.end()))
            .into_iter()
            .collect();
        assert_eq!(self.mark(&found), self.mark(&self.places(marked)));
    }

    /// Nothing is selected.
    #[track_caller]
    pub(super) fn assert_nothing_selected(&self) {
        assert!(
            self.article().desk().selection().is_none(),
            "something is selected"
        );
    }

    /// Compares the caret with the place of `|`.
    #[track_caller]
    pub(super) fn assert_caret(&self, marked: &str) {
        let (before, after) = marked.split_once('|').unwrap();
        let at = self
            .article()
            .text()
            .find(&format!("{before}{after}"))
            .unwrap()
            + before.len();
        let caret = self.article().desk().caret();
        assert_eq!(self.mark(&[(caret, caret)]), self.mark(&[(at, at)]));
    }
}
