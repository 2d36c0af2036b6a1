//! A label set: the labels in the order that people gave them, the attributes of spans, and the
//! types of relations.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{AttributeDef, DisplayName, Label, LabelColor, LabelFate, LabelId, Mark, PALETTE};

/// A type of relation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RelationType {
    /// Its name in files; unique in its set.
    pub name: String,
    /// Its name for people.
    #[serde(default)]
    pub display: DisplayName,
    /// Labels that it can begin at; none means any.
    #[serde(default)]
    pub from: Vec<LabelId>,
    /// Labels that it can point to; none means any.
    #[serde(default)]
    pub to: Vec<LabelId>,
    /// When to use it.
    #[serde(default)]
    pub guide: String,
}

/// Two labels that want the same letter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HotkeyClash {
    /// The letter.
    pub key: char,
    /// The label that has it.
    pub holder: LabelId,
}

/// Labels, attributes and relation types.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct LabelSet {
    /// In the order of the palette, those out of use included.
    pub labels: Vec<Label>,
    /// Attributes of spans.
    pub attributes: Vec<AttributeDef>,
    /// Types of relations.
    pub relation_types: Vec<RelationType>,
    /// How the project reviews.
    #[serde(skip_serializing_if = "ReviewRules::is_default")]
    pub review: ReviewRules,
}

/// What a project keeps for its reviewers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ReviewRules {
    /// The reasons that a decision can be given, in their order; none for the usual ones.
    pub reasons: Vec<String>,
    /// How many annotators must be done with a document that is assigned to nobody before it is ready for review.
    pub least: u32,
}

impl Default for ReviewRules {
    fn default() -> Self {
        Self {
            reasons: Vec::new(),
            least: 2,
        }
    }
}

impl ReviewRules {
    fn is_default(&self) -> bool {
        *self == Self::default()
    }
}

impl LabelSet {
    /// The label with this id, merged or not.
    pub fn get(&self, id: &LabelId) -> Option<&Label> {
        self.labels.iter().find(|label| label.id == *id)
    }

    /// The label with this id, to change it.
    pub fn get_mut(&mut self, id: &LabelId) -> Option<&mut Label> {
        self.labels.iter_mut().find(|label| label.id == *id)
    }

    /// The label that a span with `id` counts as: the end of the chain of merges. A chain that
    /// bites its tail (two people merged in opposite directions) ends where it began.
    pub fn resolve(&self, id: &LabelId) -> Option<&Label> {
        let mut label = self.get(id)?;
        for _ in 0..self.labels.len() {
            let LabelFate::MergedInto(next) = &label.fate else {
                return Some(label);
            };
            match self.get(next) {
                Some(next) => label = next,
                None => return Some(label),
            }
        }
        self.get(id)
    }

    /// The id of the label that a span with `id` counts as: `id` itself where it was never merged, or is unknown.
    pub fn id_of<'a>(&'a self, id: &'a LabelId) -> &'a LabelId {
        self.resolve(id).map_or(id, |label| &label.id)
    }

    /// The name in files of the label that a span with `id` counts as, or the id itself.
    pub fn name_of<'a>(&'a self, id: &'a LabelId) -> &'a str {
        self.resolve(id).map_or(id.as_str(), |label| &label.name)
    }

    /// The label with this name, those in use first.
    pub fn by_name(&self, name: &str) -> Option<&Label> {
        let named = || self.labels.iter().filter(|label| label.name == name);
        named()
            .find(|label| label.is_active())
            .or_else(|| named().next())
    }

    /// The labels in use, in order.
    pub fn active(&self) -> impl Iterator<Item = &Label> {
        self.labels.iter().filter(|label| label.is_active())
    }

    /// The label of key `digit` (1 to 9), by its place among those in use.
    pub fn by_digit(&self, digit: usize) -> Option<&Label> {
        self.active()
            .nth(digit.checked_sub(1)?)
            .filter(|_| digit <= 9)
    }

    /// The label of the letter `key`, upper or lower case.
    pub fn by_hotkey(&self, key: char) -> Option<&Label> {
        let key = key.to_ascii_uppercase();
        self.active().find(|label| label.hotkey == Some(key))
    }

    /// The attribute with this name.
    pub fn attribute(&self, name: &str) -> Option<&AttributeDef> {
        self.attributes
            .iter()
            .find(|attribute| attribute.name == name)
    }

    /// The attributes that spans of `label` can have, in the set's order.
    pub fn attributes_of<'a>(&'a self, label: &'a Label) -> impl Iterator<Item = &'a AttributeDef> {
        self.attributes
            .iter()
            .filter(|attribute| label.attributes.contains(&attribute.name))
    }

    /// The type of relation with this name.
    pub fn relation_type(&self, name: &str) -> Option<&RelationType> {
        self.relation_types.iter().find(|kind| kind.name == name)
    }

    /// The types of relation that can lead from a span of label `from` to one of label `to`.
    pub fn relations_between<'a>(
        &'a self,
        from: &'a LabelId,
        to: &'a LabelId,
    ) -> impl Iterator<Item = &'a RelationType> {
        let allows = |list: &[LabelId], id: &LabelId| list.is_empty() || list.contains(id);
        self.relation_types
            .iter()
            .filter(move |t| allows(&t.from, from) && allows(&t.to, to))
    }

    /// The other label in use that holds the letter `key`.
    pub fn hotkey_clash(&self, key: char, except: &LabelId) -> Option<HotkeyClash> {
        let key = key.to_ascii_uppercase();
        let holder = self
            .active()
            .find(|l| l.hotkey == Some(key) && l.id != *except)?;
        Some(HotkeyClash {
            key,
            holder: holder.id.clone(),
        })
    }

    /// The colour for a new label: the first of the palette that no label in use has, else the next
    /// in turn.
    pub fn next_color(&self) -> LabelColor {
        let free = PALETTE
            .iter()
            .find(|color| self.active().all(|l| l.color != **color));
        let turn = self.labels.len() % PALETTE.len();
        free.or_else(|| PALETTE.get(turn))
            .copied()
            .unwrap_or(PALETTE[0])
    }

    /// The mark for a new label: the one that the fewest labels in use have.
    pub fn next_mark(&self) -> Mark {
        let uses = |mark: &Mark| self.active().filter(|label| label.mark == *mark).count();
        Mark::ALL.into_iter().min_by_key(uses).unwrap_or_default()
    }

    /// A letter for a label of this name that no label in use holds: one of the name's, else any.
    pub fn free_hotkey(&self, name: &str) -> Option<char> {
        let taken: BTreeSet<char> = self.active().filter_map(|label| label.hotkey).collect();
        // K includes or drops a proclitic and is no label's.
        let free = |key: &char| key.is_ascii_uppercase() && *key != 'K' && !taken.contains(key);
        name.chars()
            .map(|c| c.to_ascii_uppercase())
            .chain('A'..='Z')
            .find(free)
    }

    /// An id for a new label of this name that is not in the set: the name, else the name and a
    /// number. `None` where the name cannot be an id.
    pub fn free_id(&self, name: &str) -> Option<LabelId> {
        let first = LabelId::new(name).ok()?;
        if self.get(&first).is_none() {
            return Some(first);
        }
        (2..=self.labels.len() + 2)
            .filter_map(|n| LabelId::new(&format!("{} {n}", first.as_str())).ok())
            .find(|id| self.get(id).is_none())
    }

    /// A new label of this name with a free id, colour, mark and key; it is not added. `None` where
    /// the name cannot be a label's.
    pub fn new_label(&self, name: &str) -> Option<Label> {
        let name = LabelId::new(name).ok()?;
        Some(Label {
            id: self.free_id(name.as_str())?,
            name: name.as_str().to_owned(),
            display: DisplayName::default(),
            color: self.next_color(),
            hotkey: self.free_hotkey(name.as_str()),
            mark: self.next_mark(),
            kind: super::LabelKind::Entity,
            guide: String::new(),
            parent: None,
            attributes: Vec::new(),
            fate: LabelFate::Active,
        })
    }

    /// Whether `ancestor` is `id` or stands above it.
    pub fn is_under(&self, id: &LabelId, ancestor: &LabelId) -> bool {
        let mut at = Some(id);
        for _ in 0..=self.labels.len() {
            match at {
                Some(id) if id == ancestor => return true,
                Some(id) => at = self.get(id).and_then(|label| label.parent.as_ref()),
                None => return false,
            }
        }
        false
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;

    fn set(names: &[&str]) -> LabelSet {
        let mut set = LabelSet::default();
        for name in names {
            let label = set.new_label(name).unwrap();
            set.labels.push(label);
        }
        set
    }

    fn id(name: &str) -> LabelId {
        LabelId::new(name).unwrap()
    }

    #[test]
    fn new_labels_get_free_keys_colours_and_ids() {
        let set = set(&["Party", "Paper", "KPQ", "Party"]);
        let keys: Vec<_> = set.labels.iter().filter_map(|l| l.hotkey).collect();
        assert_eq!(keys, ['P', 'A', 'Q', 'R']);
        let ids: Vec<_> = set.labels.iter().map(|l| l.id.as_str()).collect();
        assert_eq!(ids, ["Party", "Paper", "KPQ", "Party 2"]);
        let mut colors: Vec<_> = set.labels.iter().map(|l| l.color).collect();
        colors.dedup();
        assert_eq!(colors.len(), 4);
    }

    #[test]
    fn merges_are_followed_and_circles_end() {
        let mut set = set(&["A", "B", "C"]);
        set.get_mut(&id("A")).unwrap().fate = LabelFate::MergedInto(id("B"));
        set.get_mut(&id("B")).unwrap().fate = LabelFate::MergedInto(id("C"));
        assert_eq!(set.resolve(&id("A")).unwrap().name, "C");
        set.get_mut(&id("C")).unwrap().fate = LabelFate::MergedInto(id("A"));
        assert_eq!(set.resolve(&id("A")).unwrap().name, "A");
    }

    #[test]
    fn digits_count_labels_in_use() {
        let mut set = set(&["A", "B"]);
        set.get_mut(&id("A")).unwrap().fate = LabelFate::Retired;
        assert_eq!(set.by_digit(1).unwrap().name, "B");
        assert!(set.by_digit(0).is_none() && set.by_digit(2).is_none());
    }

    #[test]
    fn a_circle_of_parents_ends() {
        let mut set = set(&["A", "B"]);
        set.get_mut(&id("A")).unwrap().parent = Some(id("B"));
        set.get_mut(&id("B")).unwrap().parent = Some(id("A"));
        assert!(set.is_under(&id("A"), &id("B")));
        assert!(!set.is_under(&id("A"), &id("X")));
    }
}
