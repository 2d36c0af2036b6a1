//! The search behind the find bar: a slice of time each frame, so that a long article never holds a
//! frame up, and what was found so far is shown at once.

use std::time::{Duration, Instant};

use crate::{
    annotation::DocumentId,
    text::{ByteRange, arabic::Finder},
};

/// How many bytes are searched before looking at the clock.
const CHUNK: usize = 64 * 1024;

/// How far beyond its chunk a match may reach, in bytes for each of the query: letters may carry marks that the
/// query has not.
const REACH: usize = 16;
/// The same for short queries, in bytes.
const LEAST_REACH: usize = 4 * 1024;

/// What is searched for, where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Key {
    pub(super) document: DocumentId,
    pub(super) query: String,
    /// As it is written, and not as Arabic is read.
    pub(super) exact: bool,
}

/// The hits of one query in one article. Texts never change, so the key tells all.
#[derive(Debug, Default)]
pub(super) struct Search {
    key: Option<Key>,
    finder: Option<Finder>,
    hits: Vec<ByteRange>,
    /// Everything before this byte has been searched.
    from: usize,
    done: bool,
}

impl Search {
    /// Begins anew where the key is another.
    pub(super) fn aim(&mut self, key: Option<Key>) {
        if self.key == key {
            return;
        }
        self.finder = key
            .as_ref()
            .filter(|key| !key.exact)
            .map(|key| Finder::new(&key.query));
        self.key = key;
        self.hits.clear();
        self.from = 0;
        self.done = self.key.as_ref().is_none_or(|key| key.query.is_empty());
    }

    /// Searches on for at most `budget`, a chunk at least.
    pub(super) fn run(&mut self, text: &str, budget: Duration) {
        let end = Instant::now() + budget;
        while !self.done {
            self.chunk(text);
            if Instant::now() >= end {
                break;
            }
        }
    }

    fn chunk(&mut self, text: &str) {
        let end = text.floor_char_boundary(self.from.saturating_add(CHUNK));
        let length = self.key.as_ref().map_or(0, |key| key.query.len());
        let reach = length.saturating_mul(REACH).max(LEAST_REACH);
        let window = text.get(..text.floor_char_boundary(end.saturating_add(reach)));
        while let Some(hit) = window.and_then(|window| self.find(window)) {
            if hit.start() >= end {
                break;
            }
            self.from = hit.end().max(self.from + 1);
            self.hits.push(hit);
        }
        self.from = self.from.max(end);
        self.done = self.from >= text.len();
    }

    /// The next match from where the search stands.
    fn find(&self, window: &str) -> Option<ByteRange> {
        if let Some(finder) = &self.finder {
            return finder.find_in(window, self.from);
        }
        let query = self.key.as_ref().map(|key| key.query.as_str())?;
        let start = self.from + window.get(self.from..)?.find(query)?;
        ByteRange::unchecked_order(start, start + query.len())
    }

    /// What was found so far, in order.
    pub(super) fn hits(&self) -> &[ByteRange] {
        &self.hits
    }

    /// Whether the whole article has been searched.
    pub(super) fn is_done(&self) -> bool {
        self.done
    }

    /// The place among the hits of the one that is `range`.
    pub(super) fn place_of(&self, range: ByteRange) -> Option<usize> {
        let at = self.hits.partition_point(|hit| hit.start() < range.start());
        (self.hits.get(at) == Some(&range)).then_some(at)
    }

    /// The first hit that begins at byte `at` or after it. Past the last one it is the first again;
    /// `None` while the search has not come so far.
    pub(super) fn next(&self, at: usize) -> Option<ByteRange> {
        let place = self.hits.partition_point(|hit| hit.start() < at);
        match self.hits.get(place) {
            Some(hit) => Some(*hit),
            None if self.done => self.hits.first().copied(),
            None => None,
        }
    }

    /// The last hit that begins before byte `at`; before the first one it is the last again, which
    /// is known once all is searched.
    pub(super) fn previous(&self, at: usize) -> Option<ByteRange> {
        let place = self.hits.partition_point(|hit| hit.start() < at);
        match place.checked_sub(1).and_then(|place| self.hits.get(place)) {
            Some(hit) if self.done || self.from >= at => Some(*hit),
            None if self.done => self.hits.last().copied(),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

    use super::*;
    use crate::text::arabic::find_all;

    fn key(query: &str, exact: bool) -> Key {
        Key {
            document: DocumentId::from_bytes([7; 16]),
            query: query.to_owned(),
            exact,
        }
    }

    fn searched(text: &str, query: &str, exact: bool) -> Search {
        let mut search = Search::default();
        search.aim(Some(key(query, exact)));
        while !search.is_done() {
            search.run(text, Duration::ZERO);
        }
        search
    }

    fn words<'t>(text: &'t str, search: &Search) -> Vec<&'t str> {
        search.hits().iter().map(|hit| hit.slice(text)).collect()
    }

    #[test]
    fn arabic_is_found_as_it_is_read_or_as_it_is_written() {
        let text = "قالت إدارة المرفأ إن إدارةَ الميناء غير الاداره";
        let read = searched(text, "اداره", false);
        assert_eq!(
            words(text, &read),
            ["إدارة", "إدارةَ", "الاداره"].map(|w| w.trim_start_matches("ال"))
        );
        assert_eq!(words(text, &searched(text, "إدارةَ", true)), ["إدارةَ"]);
        assert!(searched(text, "", false).hits().is_empty());
    }

    #[test]
    fn a_match_longer_than_a_short_reach_is_found_across_chunks() {
        let long = "نص طويل جدا ".repeat(LEAST_REACH / 12);
        let text = format!("{}{long}نهاية", "أب ".repeat(CHUNK / 5 - 20));
        let query = long.trim();
        assert!(query.len() > LEAST_REACH);
        for exact in [true, false] {
            assert_eq!(words(&text, &searched(&text, query, exact)), [query]);
        }
    }

    #[test]
    fn chunks_find_what_one_search_finds() {
        let mut text = String::new();
        while text.len() < 5 * CHUNK {
            text.push_str("وصل الوفد إلى الميـنـاء صباحًا، ثم عاد الوَفْدُ.\n");
        }
        for query in ["الوفد", "الميناء", "صباحا", " "] {
            let search = searched(&text, query, false);
            assert_eq!(
                search.hits(),
                find_all(&text, query).collect::<Vec<_>>(),
                "{query}"
            );
        }
        let exact = searched(&text, "الوفد", true);
        assert_eq!(exact.hits().len(), text.matches("الوفد").count());
    }

    #[test]
    fn next_and_previous_go_round() {
        let text = "بيت ثم بيت ثم بيت";
        let search = searched(text, "بيت", false);
        let [first, second, third] = *search.hits() else {
            panic!("three")
        };
        assert_eq!(search.next(0), Some(first));
        assert_eq!(search.next(first.start() + 1), Some(second));
        assert_eq!(search.next(third.start() + 1), Some(first));
        assert_eq!(search.previous(third.start()), Some(second));
        assert_eq!(search.previous(0), Some(third));
        assert_eq!(search.place_of(second), Some(1));
        assert_eq!(
            search.place_of(ByteRange::new(text, 0, text.len()).unwrap()),
            None
        );
    }

    #[test]
    fn another_query_begins_anew_and_the_same_does_not() {
        let text = "خبر وخبر";
        let mut search = searched(text, "خبر", false);
        search.aim(Some(key("خبر", false)));
        assert_eq!(search.hits().len(), 2);
        search.aim(Some(key("وخبر", false)));
        assert!(search.hits().is_empty() && !search.is_done());
        search.aim(None);
        assert!(search.is_done());
    }
}
