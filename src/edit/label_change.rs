//! Changes of the label set. A label that spans use is never deleted: it is retired or merged into
//! another, and both can be taken back.

use serde::{Deserialize, Serialize};

use crate::annotation::{
    AttributeDef, DisplayName, Label, LabelColor, LabelFate, LabelId, LabelKind, LabelSet, Mark,
    RelationType, ReviewRules,
};

/// One property of a label and its new value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum LabelField {
    /// The name in files.
    Name(String),
    /// The name for people.
    Display(DisplayName),
    /// The colour.
    Color(LabelColor),
    /// The letter key.
    Hotkey(Option<char>),
    /// The mark besides colour.
    Mark(Mark),
    /// Name or statement.
    Kind(LabelKind),
    /// When to use it.
    Guide(String),
    /// The label above it.
    Parent(Option<LabelId>),
    /// Attributes that its spans can have.
    Attributes(Vec<String>),
    /// In use, retired, or merged into another.
    Fate(LabelFate),
}

/// A change of the label set.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum LabelSetChange {
    /// A label is added before another, or at the end.
    Add(Box<Label>, Option<LabelId>),
    /// A label leaves the set. Right only where no span has it: else it is retired or merged.
    Drop(LabelId),
    /// A property of a label changes.
    Set(LabelId, LabelField),
    /// A label is put before another, or at the end.
    Move(LabelId, Option<LabelId>),
    /// An attribute is added (before another, or at the end), or the one of this name replaced.
    PutAttribute(AttributeDef, Option<String>),
    /// The attribute of this name leaves the set; values on spans stay.
    DropAttribute(String),
    /// A type of relation is added (before another, or at the end), or the one of this name
    /// replaced.
    PutRelationType(RelationType, Option<String>),
    /// The type of relation of this name leaves the set; relations stay.
    DropRelationType(String),
    /// What this set has and the project's lacks is added at the end; what both have stays as the
    /// project has it. So a project begins, and so imports bring their labels: two files that began
    /// with the same set can be merged without one undoing the other's changes. A key that a label
    /// in use has, and a name that any has, are not given twice.
    Adopt(Box<LabelSet>),
    /// All of it is replaced, when somebody loads a label set over the present one.
    Replace(Box<LabelSet>),
    /// How the project reviews changes.
    SetReview(ReviewRules),
    /// Several changes as one.
    Batch(Vec<LabelSetChange>),
}

/// Applies a change, giving its inverse; `None` where it has no effect.
pub(super) fn apply(set: &mut LabelSet, change: &LabelSetChange) -> Option<LabelSetChange> {
    use LabelSetChange as C;
    match change {
        C::Add(label, before) => add_label(set, label, before.as_ref()),
        C::Drop(id) => {
            let at = set.labels.iter().position(|label| label.id == *id)?;
            let label = set.labels.remove(at);
            let follower = set.labels.get(at).map(|label| label.id.clone());
            Some(C::Add(Box::new(label), follower))
        }
        C::Set(id, field) => {
            let old = swap(set.get_mut(id)?, field)?;
            Some(C::Set(id.clone(), old))
        }
        C::Move(id, before) => move_label(set, id, before.as_ref()),
        C::PutAttribute(new, before) => {
            match put(&mut set.attributes, new, before.as_deref(), |a| &a.name)? {
                Put::Added => Some(C::DropAttribute(new.name.clone())),
                Put::Replaced(old) => Some(C::PutAttribute(old, None)),
            }
        }
        C::DropAttribute(name) => {
            let (old, follower) = take(&mut set.attributes, name, |a| &a.name)?;
            Some(C::PutAttribute(old, follower))
        }
        C::PutRelationType(new, before) => {
            match put(&mut set.relation_types, new, before.as_deref(), |t| &t.name)? {
                Put::Added => Some(C::DropRelationType(new.name.clone())),
                Put::Replaced(old) => Some(C::PutRelationType(old, None)),
            }
        }
        C::DropRelationType(name) => {
            let (old, follower) = take(&mut set.relation_types, name, |t| &t.name)?;
            Some(C::PutRelationType(old, follower))
        }
        C::SetReview(new) => replaced(&mut set.review, new).map(C::SetReview),
        C::Adopt(new) => adopt(set, new),
        C::Replace(new) => replaced(set, new).map(|old| C::Replace(Box::new(old))),
        C::Batch(changes) => batch(set, changes),
    }
}

fn batch(set: &mut LabelSet, changes: &[LabelSetChange]) -> Option<LabelSetChange> {
    let mut inverses: Vec<_> = changes
        .iter()
        .filter_map(|change| apply(set, change))
        .collect();
    inverses.reverse();
    (!inverses.is_empty()).then_some(LabelSetChange::Batch(inverses))
}

/// Adds to `set` what `new` has and it lacks.
fn adopt(set: &mut LabelSet, new: &LabelSet) -> Option<LabelSetChange> {
    use LabelSetChange as C;
    let mut inverses = Vec::new();
    for label in &new.labels {
        if set.get(&label.id).is_none() {
            let fitting = fitting(set, label);
            inverses.extend(add_label(set, &fitting, None));
        }
    }
    for attribute in &new.attributes {
        if set.attribute(&attribute.name).is_none() {
            inverses.extend(apply(set, &C::PutAttribute(attribute.clone(), None)));
        }
    }
    for kind in &new.relation_types {
        if set.relation_type(&kind.name).is_none() {
            inverses.extend(apply(set, &C::PutRelationType(kind.clone(), None)));
        }
    }
    if set.review == ReviewRules::default() {
        inverses.extend(apply(set, &C::SetReview(new.review.clone())));
    }
    inverses.reverse();
    (!inverses.is_empty()).then_some(C::Batch(inverses))
}

/// A label of another set as it fits into this one: without a key that a label in use has, and with
/// a number behind a name that is taken. It follows from the two sets alone, so that everybody who
/// has the same edits has the same labels.
fn fitting(set: &LabelSet, label: &Label) -> Label {
    let mut label = label.clone();
    let clashes = |key| set.hotkey_clash(key, &label.id).is_some();
    if label.is_active() && label.hotkey.is_some_and(clashes) {
        label.hotkey = None;
    }
    if set.by_name(&label.name).is_some() {
        // One more number than there are labels: one of them is free.
        let mut numbered = (2..set.labels.len() + 3).map(|n| format!("{} {n}", label.name));
        let free = numbered.find(|name| set.by_name(name).is_none());
        label.name = free.unwrap_or(label.name);
    }
    label
}

fn add_label(
    set: &mut LabelSet,
    label: &Label,
    before: Option<&LabelId>,
) -> Option<LabelSetChange> {
    if set.get(&label.id).is_some() {
        return None;
    }
    let place = before.and_then(|before| set.labels.iter().position(|l| l.id == *before));
    set.labels
        .insert(place.unwrap_or(set.labels.len()), label.clone());
    Some(LabelSetChange::Drop(label.id.clone()))
}

/// What putting a named thing into a list did.
enum Put<T> {
    Added,
    Replaced(T),
}

/// Replaces the thing of the same name, or adds it before the one named `before`, or at the end.
fn put<T: Clone + PartialEq>(
    list: &mut Vec<T>,
    new: &T,
    before: Option<&str>,
    name: impl Fn(&T) -> &String,
) -> Option<Put<T>> {
    if let Some(old) = list.iter_mut().find(|old| name(old) == name(new)) {
        return replaced(old, new).map(Put::Replaced);
    }
    let place = before.and_then(|before| list.iter().position(|other| name(other) == before));
    list.insert(place.unwrap_or(list.len()), new.clone());
    Some(Put::Added)
}

/// Takes the thing of this name out, giving it and the name of the one that stood behind it.
fn take<T>(
    list: &mut Vec<T>,
    wanted: &str,
    name: impl Fn(&T) -> &String,
) -> Option<(T, Option<String>)> {
    let at = list.iter().position(|thing| name(thing) == wanted)?;
    let thing = list.remove(at);
    Some((thing, list.get(at).map(|next| name(next).clone())))
}

/// Puts `new` in the place of `old`, giving the old one; `None` where they are equal.
fn replaced<T: Clone + PartialEq>(old: &mut T, new: &T) -> Option<T> {
    let before = std::mem::replace(old, new.clone());
    (before != *new).then_some(before)
}

fn swap(label: &mut Label, field: &LabelField) -> Option<LabelField> {
    use LabelField as F;
    match field {
        F::Name(new) => replaced(&mut label.name, new).map(F::Name),
        F::Display(new) => replaced(&mut label.display, new).map(F::Display),
        F::Color(new) => replaced(&mut label.color, new).map(F::Color),
        F::Hotkey(new) => replaced(&mut label.hotkey, new).map(F::Hotkey),
        F::Mark(new) => replaced(&mut label.mark, new).map(F::Mark),
        F::Kind(new) => replaced(&mut label.kind, new).map(F::Kind),
        F::Guide(new) => replaced(&mut label.guide, new).map(F::Guide),
        F::Parent(new) => replaced(&mut label.parent, new).map(F::Parent),
        F::Attributes(new) => replaced(&mut label.attributes, new).map(F::Attributes),
        F::Fate(new) => replaced(&mut label.fate, new).map(F::Fate),
    }
}

fn move_label(
    set: &mut LabelSet,
    id: &LabelId,
    before: Option<&LabelId>,
) -> Option<LabelSetChange> {
    let place = |set: &LabelSet, id: &LabelId| set.labels.iter().position(|l| l.id == *id);
    let from = place(set, id)?;
    if before == Some(id) {
        return None;
    }
    let follower = set.labels.get(from + 1).map(|label| label.id.clone());
    let label = set.labels.remove(from);
    let to = before
        .and_then(|b| place(set, b))
        .unwrap_or(set.labels.len());
    set.labels.insert(to, label);
    (from != to).then(|| LabelSetChange::Move(id.clone(), follower))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;

    fn set() -> LabelSet {
        let mut set = LabelSet::default();
        for name in ["A", "B", "C"] {
            let label = set.new_label(name).unwrap();
            set.labels.push(label);
        }
        set
    }

    fn id(name: &str) -> LabelId {
        LabelId::new(name).unwrap()
    }

    fn there_and_back(change: &LabelSetChange) -> LabelSet {
        let before = set();
        let mut set = before.clone();
        let inverse = apply(&mut set, change).unwrap();
        let after = set.clone();
        let again = apply(&mut set, &inverse).unwrap();
        assert_eq!(set, before, "{change:?}");
        apply(&mut set, &again).unwrap();
        assert_eq!(set, after, "{change:?}");
        after
    }

    #[test]
    fn each_change_is_taken_back_by_its_inverse() {
        let moved = there_and_back(&LabelSetChange::Move(id("C"), Some(id("A"))));
        assert_eq!(moved.labels[0].name, "C");
        there_and_back(&LabelSetChange::Move(id("A"), None));
        there_and_back(&LabelSetChange::Set(id("A"), LabelField::Name("X".into())));
        there_and_back(&LabelSetChange::Set(
            id("A"),
            LabelField::Fate(LabelFate::MergedInto(id("B"))),
        ));
        there_and_back(&LabelSetChange::Replace(Box::default()));
        there_and_back(&LabelSetChange::Drop(id("B")));
        there_and_back(&LabelSetChange::Add(
            Box::new(set().new_label("D").unwrap()),
            None,
        ));
    }

    #[test]
    fn a_set_is_adopted_without_undoing_changes() {
        let mut set = set();
        let rename = LabelSetChange::Set(id("A"), LabelField::Name("Person".into()));
        apply(&mut set, &rename).unwrap();
        let mut other = self::set();
        other.labels.push(other.new_label("D").unwrap());
        let inverse = apply(&mut set, &LabelSetChange::Adopt(Box::new(other.clone()))).unwrap();
        let names: Vec<_> = set.labels.iter().map(|label| label.name.as_str()).collect();
        assert_eq!(names, ["Person", "B", "C", "D"]);
        assert!(apply(&mut set, &LabelSetChange::Adopt(Box::new(other))).is_none());
        apply(&mut set, &inverse).unwrap();
        assert_eq!(set.labels.len(), 3);
    }

    #[test]
    fn adopted_labels_take_neither_keys_nor_names() {
        let mut ours = set();
        let mut theirs = LabelSet::default();
        for (name, hotkey) in [("A", 'A'), ("X", 'B'), ("Y", 'Z'), ("Z", 'Z')] {
            let mut label = theirs.new_label(name).unwrap();
            label.hotkey = Some(hotkey);
            // Made apart: the same name under another id.
            label.id = id(&format!("their {name}"));
            theirs.labels.push(label);
        }
        let before = ours.clone();
        let inverse = apply(&mut ours, &LabelSetChange::Adopt(Box::new(theirs))).unwrap();
        let all: Vec<_> = ours
            .labels
            .iter()
            .map(|label| (label.name.as_str(), label.hotkey))
            .collect();
        assert_eq!(
            all,
            [
                ("A", Some('A')),
                ("B", Some('B')),
                ("C", Some('C')),
                ("A 2", None),
                ("X", None),
                ("Y", Some('Z')),
                ("Z", None),
            ]
        );
        apply(&mut ours, &inverse).unwrap();
        assert_eq!(ours, before);
    }

    #[test]
    fn what_has_no_target_or_changes_nothing_has_no_effect() {
        let mut set = set();
        assert!(apply(&mut set, &LabelSetChange::Drop(id("Z"))).is_none());
        assert!(apply(&mut set, &LabelSetChange::Move(id("A"), Some(id("B")))).is_none());
        let same = LabelSetChange::Set(id("A"), LabelField::Name("A".into()));
        assert!(apply(&mut set, &same).is_none());
    }
}
