//! What is computed from an article once, and again only when it has changed.

use crate::{annotation::LayerKey, session::Article};

/// A value and what it was computed for.
#[derive(Debug)]
pub(crate) struct Cached<K, T>(Option<(K, T)>);

impl<K, T> Default for Cached<K, T> {
    fn default() -> Self {
        Self(None)
    }
}

impl<K: PartialEq, T> Cached<K, T> {
    /// The value for `key`, made if there is none or it is another key's.
    pub(crate) fn get(&mut self, key: K, make: impl FnOnce() -> T) -> &T {
        if self.0.as_ref().is_some_and(|(old, _)| *old != key) {
            self.0 = None;
        }
        &self.0.get_or_insert_with(|| (key, make())).1
    }
}

/// Which state of which layer is on the desk. The number of edits is part of it, since a layer that
/// was read anew counts its revisions from the start.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Version {
    layer: LayerKey,
    revision: u64,
    edits: usize,
}

impl Version {
    /// The state that `article` is in.
    pub(crate) fn of(article: &Article) -> Self {
        Self {
            layer: article.key().clone(),
            revision: article.revision(),
            edits: article.log().edits().len(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_made_once_for_a_key() {
        let mut made = 0;
        let mut cached = Cached::default();
        for key in [1, 1, 2, 2, 1] {
            cached.get(key, || made += 1);
        }
        assert_eq!(made, 3);
    }
}
