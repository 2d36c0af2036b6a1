//! Text that somebody is writing and that is not an edit yet: notes, names, guides. A draft becomes
//! one edit when its field is left, when Enter (in several lines Ctrl+Enter) is pressed, when it is
//! not shown any more, or when the app asks for what is left; so nothing typed is lost.

use std::{
    collections::{HashMap, HashSet},
    hash::Hash,
};

use eframe::egui::Ui;

use super::controls::{self, Field};

/// Drafts by what they are for.
#[derive(Debug)]
pub(crate) struct Drafts<K> {
    texts: HashMap<K, Draft>,
    shown: HashSet<K>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Draft {
    text: String,
    /// What it was begun on.
    base: String,
}

impl<K> Default for Drafts<K> {
    fn default() -> Self {
        Self {
            texts: HashMap::new(),
            shown: HashSet::new(),
        }
    }
}

impl<K: Clone + Eq + Hash> Drafts<K> {
    /// Shows the field for `key`, whose committed text is `base`. Gives the new text when it is to
    /// be committed.
    pub(crate) fn field(
        &mut self,
        ui: &mut Ui,
        key: &K,
        base: &str,
        field: Field<'_>,
    ) -> Option<String> {
        self.shown.insert(key.clone());
        let mut text = self.text(key, base).to_owned();
        let output = controls::field(ui, &mut text, field);
        if output.changed {
            self.write(key.clone(), base, text);
        }
        if output.dropped {
            self.texts.remove(key);
            return None;
        }
        output.done.then(|| self.take(key)).flatten()
    }

    /// The draft for `key`, or else what is committed.
    pub(crate) fn text<'a>(&'a self, key: &K, base: &'a str) -> &'a str {
        self.texts.get(key).map_or(base, |draft| &draft.text)
    }

    /// Notes what was written.
    pub(crate) fn write(&mut self, key: K, base: &str, text: String) {
        let draft = self.texts.entry(key).or_insert_with(|| Draft {
            text: String::new(),
            base: base.to_owned(),
        });
        draft.text = text;
    }

    /// Takes the draft for `key`; `None` where there is none or it says what it began with.
    pub(crate) fn take(&mut self, key: &K) -> Option<String> {
        let draft = self.texts.remove(key)?;
        (draft.text != draft.base).then_some(draft.text)
    }

    /// Drops the draft for `key`.
    pub(crate) fn drop(&mut self, key: &K) {
        self.texts.remove(key);
    }

    /// Ends a frame: takes the drafts whose fields were not shown in it.
    pub(crate) fn take_left(&mut self) -> Vec<(K, String)> {
        let shown = std::mem::take(&mut self.shown);
        if self.texts.keys().all(|key| shown.contains(key)) {
            return Vec::new();
        }
        let left: Vec<K> = self
            .texts
            .keys()
            .filter(|key| !shown.contains(*key))
            .cloned()
            .collect();
        left.into_iter()
            .filter_map(|key| self.take(&key).map(|text| (key, text)))
            .collect()
    }

    /// Takes all drafts: before the program ends, or before what they are for goes away.
    pub(crate) fn take_all(&mut self) -> Vec<(K, String)> {
        let drafts = std::mem::take(&mut self.texts);
        drafts
            .into_iter()
            .filter(|(_, draft)| draft.text != draft.base)
            .map(|(key, draft)| (key, draft.text))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_draft_that_is_not_shown_any_more_is_given_up_once() {
        let mut drafts = Drafts::default();
        drafts.shown.insert("note");
        drafts.write("note", "", "ملاحظة".to_owned());
        assert_eq!(drafts.take_left(), []);
        assert_eq!(drafts.text(&"note", ""), "ملاحظة");
        assert_eq!(drafts.take_left(), [("note", "ملاحظة".to_owned())]);
        assert_eq!(drafts.take_left(), []);
        assert_eq!(drafts.text(&"note", "x"), "x");
    }

    #[test]
    fn a_draft_that_says_what_it_began_with_is_no_change() {
        let mut drafts = Drafts::default();
        drafts.write(1, "a", "ab".to_owned());
        drafts.write(1, "ab", "a".to_owned());
        drafts.write(2, "b", "c".to_owned());
        assert_eq!(drafts.take(&1), None);
        assert_eq!(drafts.take_all(), [(2, "c".to_owned())]);
    }
}
