//! Which copy of a text a record is. A document's id is a hash of its text and of the number of
//! earlier records of the same file with the same text, so that two files pair the k-th copy with
//! the k-th, and importing a file again meets the same documents.

use std::collections::{HashMap, HashSet};

use crate::annotation::{DocumentId, TextHash};

/// How many copies of one text a wanted id is looked for among.
const SEARCHED: u32 = 64;

/// How many copies of one text a file may leave out that its edits count.
const MOST_BEFORE: u32 = 4096;

/// Counts the copies of texts in one file: two files pair the k-th copy with the k-th.
#[derive(Debug, Default)]
pub struct CopyCounter {
    next: HashMap<TextHash, u32>,
    given: HashSet<DocumentId>,
}

impl CopyCounter {
    /// The id of the next record with a text of this hash.
    pub fn id(&mut self, text: &TextHash) -> DocumentId {
        let next = self.next.entry(*text).or_default();
        loop {
            let id = DocumentId::new(text, *next);
            *next = next.saturating_add(1);
            if self.given.insert(id) || *next == u32::MAX {
                return id;
            }
        }
    }

    /// The id that a file gives, if it is one of this text and no earlier record has it; else the
    /// next one.
    pub fn id_or(&mut self, text: &TextHash, wanted: Option<DocumentId>) -> DocumentId {
        let fits = |wanted: &DocumentId| (0..SEARCHED).any(|k| DocumentId::new(text, k) == *wanted);
        match wanted.filter(fits) {
            Some(wanted) if self.given.insert(wanted) => wanted,
            _ => self.id(text),
        }
    }

    /// Whether an id is one of a text of this hash. How many copies of the text came before is not
    /// known, but they are hardly many more than what was read so far.
    pub(super) fn is_of(&self, text: &TextHash, id: &DocumentId) -> bool {
        let copies = u32::try_from(self.given.len()).unwrap_or(u32::MAX);
        (0..copies.saturating_add(MOST_BEFORE)).any(|k| DocumentId::new(text, k) == *id)
    }

    /// Takes note of an id that a file's edits give. `false` where an earlier record has it.
    pub fn take(&mut self, id: DocumentId) -> bool {
        self.given.insert(id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_kth_copy_gets_the_kth_id() {
        let (a, b) = (TextHash::of("a"), TextHash::of("b"));
        let mut copies = CopyCounter::default();
        let ids = [copies.id(&a), copies.id(&b), copies.id(&a)];
        assert_eq!(
            ids,
            [
                DocumentId::new(&a, 0),
                DocumentId::new(&b, 0),
                DocumentId::new(&a, 1)
            ]
        );
    }

    #[test]
    fn an_id_is_given_once_and_only_to_its_own_text() {
        let (a, b) = (TextHash::of("a"), TextHash::of("b"));
        let second = DocumentId::new(&a, 1);
        let mut copies = CopyCounter::default();
        assert_eq!(copies.id_or(&a, Some(second)), second);
        assert_eq!(copies.id_or(&a, Some(second)), DocumentId::new(&a, 0));
        assert_eq!(copies.id(&a), DocumentId::new(&a, 2));
        assert_eq!(copies.id_or(&b, Some(second)), DocumentId::new(&b, 0));
        assert!(!copies.take(second));
    }
}
