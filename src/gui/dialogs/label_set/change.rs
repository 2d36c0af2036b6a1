//! What the label set editor's gestures mean, as changes of the label set: plain functions of the
//! set, so that they are tested without a window.

use std::collections::HashMap;

use crate::{
    annotation::{Label, LabelFate, LabelId, LabelSet, NameError},
    edit::{LabelField, LabelSetChange},
    gui::keys,
    session::Usage,
};

/// Why something cannot be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Trouble {
    /// The name cannot be one.
    Name(NameError),
    /// Another label, attribute or type has the name.
    Taken(String),
    /// A colour that is not written as one.
    Color,
    /// A choice without values.
    NoValues,
}

/// The name, if a label can have it: as files hold it, unlike any other label's.
pub(super) fn label_name(
    set: &LabelSet,
    of: Option<&LabelId>,
    name: &str,
) -> Result<String, Trouble> {
    let id = LabelId::new(name).map_err(Trouble::Name)?;
    let taken = set
        .labels
        .iter()
        .any(|other| Some(&other.id) != of && other.name == id.as_str());
    if taken {
        return Err(Trouble::Taken(id.as_str().to_owned()));
    }
    Ok(id.as_str().to_owned())
}

/// A new label, at the end of those in use.
pub(super) fn add(set: &LabelSet, name: &str) -> Result<(LabelId, LabelSetChange), Trouble> {
    let name = label_name(set, None, name)?;
    let label = set
        .new_label(&name)
        .ok_or(Trouble::Name(NameError::Empty))?;
    Ok((label.id.clone(), LabelSetChange::Add(Box::new(label), None)))
}

/// Puts a label at `place` among those in use (counted while it still stands where it was).
pub(super) fn move_to(set: &LabelSet, id: &LabelId, place: usize) -> Option<LabelSetChange> {
    let active: Vec<&Label> = set.active().collect();
    let from = active.iter().position(|label| label.id == *id)?;
    if place == from || place == from + 1 {
        return None;
    }
    let before = active.get(place).map(|label| label.id.clone());
    Some(LabelSetChange::Move(id.clone(), before))
}

/// Moves a label one place up or down among those in use.
pub(super) fn nudge(set: &LabelSet, id: &LabelId, down: bool) -> Option<LabelSetChange> {
    let from = set.active().position(|label| label.id == *id)?;
    let last = set.active().count().checked_sub(1)?;
    match down {
        true if from < last => move_to(set, id, from + 2),
        false if from > 0 => move_to(set, id, from - 1),
        _ => None,
    }
}

/// Whether a label can have a letter as its key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Key {
    /// It has it.
    Own,
    /// Nobody has it.
    Free,
    /// This label has it.
    Held(LabelId),
    /// A command has it.
    Reserved,
}

/// How a letter stands to a label.
pub(super) fn key(set: &LabelSet, id: &LabelId, letter: char) -> Key {
    if keys::is_reserved(letter) {
        return Key::Reserved;
    }
    match set.hotkey_clash(letter, id) {
        Some(clash) => Key::Held(clash.holder),
        None if set.get(id).and_then(|label| label.hotkey) == Some(letter) => Key::Own,
        None => Key::Free,
    }
}

/// Gives a label a letter, taking it from the one that has it.
pub(super) fn take_key(set: &LabelSet, id: &LabelId, letter: char) -> LabelSetChange {
    let give = set_field(id, LabelField::Hotkey(Some(letter)));
    match set.hotkey_clash(letter, id) {
        Some(clash) => {
            let free = set_field(&clash.holder, LabelField::Hotkey(None));
            LabelSetChange::Batch(vec![free, give])
        }
        None => give,
    }
}

/// One property of a label.
pub(super) fn set_field(id: &LabelId, field: LabelField) -> LabelSetChange {
    LabelSetChange::Set(id.clone(), field)
}

/// The labels that can stand above `id`: in use, and not below it.
pub(super) fn parents<'a>(set: &'a LabelSet, id: &LabelId) -> Vec<&'a Label> {
    set.active()
        .filter(|other| !set.is_under(&other.id, id))
        .collect()
}

/// The labels that `id` can be merged into.
pub(crate) fn merge_targets<'a>(set: &'a LabelSet, id: &LabelId) -> Vec<&'a Label> {
    set.active().filter(|other| other.id != *id).collect()
}

/// All spans of `id` count as spans of `into`.
pub(crate) fn merge(set: &LabelSet, id: &LabelId, into: &LabelId) -> Option<LabelSetChange> {
    let fits = merge_targets(set, id).iter().any(|label| label.id == *into);
    fits.then(|| set_field(id, LabelField::Fate(LabelFate::MergedInto(into.clone()))))
}

/// Out of the palette; spans keep it.
pub(crate) fn retire(id: &LabelId) -> LabelSetChange {
    set_field(id, LabelField::Fate(LabelFate::Retired))
}

/// A label that was retired or merged is used again; a key that another has by now is not its any
/// more.
pub(super) fn use_again(set: &LabelSet, id: &LabelId) -> Option<LabelSetChange> {
    let label = set.get(id).filter(|label| !label.is_active())?;
    let back = set_field(id, LabelField::Fate(LabelFate::Active));
    let clash = label.hotkey.and_then(|key| set.hotkey_clash(key, id));
    if clash.is_none() {
        return Some(back);
    }
    let key = set.free_hotkey(&label.name);
    Some(LabelSetChange::Batch(vec![
        back,
        set_field(id, LabelField::Hotkey(key)),
    ]))
}

/// A label that no span has leaves the set; labels below it come to stand where it stood.
pub(super) fn drop_label(set: &LabelSet, id: &LabelId) -> LabelSetChange {
    let above = set.get(id).and_then(|label| label.parent.clone());
    let children = set
        .labels
        .iter()
        .filter(|label| label.parent.as_ref() == Some(id));
    let mut changes: Vec<LabelSetChange> = children
        .map(|child| set_field(&child.id, LabelField::Parent(above.clone())))
        .collect();
    changes.push(LabelSetChange::Drop(id.clone()));
    match changes.len() {
        1 => changes.remove(0),
        _ => LabelSetChange::Batch(changes),
    }
}

/// How many spans count as spans of `id`, those of labels merged into it included.
pub(crate) fn spans_of(set: &LabelSet, usage: &HashMap<LabelId, Usage>, id: &LabelId) -> Usage {
    let counts = |other: &LabelId| other == id || set.resolve(other).is_some_and(|l| l.id == *id);
    let mut sum = Usage::default();
    for (_, one) in usage.iter().filter(|(other, _)| counts(other)) {
        sum.spans += one.spans;
        sum.layers += one.layers;
    }
    sum
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use std::sync::Arc;

    use super::*;
    use crate::{
        annotation::{Annotator, Stamp, Time},
        edit::{Change, Edit, Log},
    };

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

    /// The set after changes, applied as the session applies them.
    fn after(set: &LabelSet, changes: &[LabelSetChange]) -> LabelSet {
        let adopt = LabelSetChange::Replace(Box::new(set.clone()));
        let edits = [adopt].into_iter().chain(changes.iter().cloned());
        let edits = (0..).zip(edits).map(|(millis, change)| {
            let stamp = Stamp {
                time: Time { millis, counter: 0 },
                author: Annotator::unnamed(),
            };
            Arc::new(Edit::new(stamp, Change::LabelSet(change)))
        });
        let log: crate::edit::LabelSetLog = Log::new(edits);
        log.state().clone()
    }

    fn names(set: &LabelSet) -> Vec<&str> {
        set.active().map(|label| label.name.as_str()).collect()
    }

    #[test]
    fn names_are_unlike_each_other_and_can_stand_in_files() {
        let set = set(&["PERSON", "PLACE"]);
        assert_eq!(label_name(&set, None, " DATE "), Ok("DATE".to_owned()));
        assert_eq!(
            label_name(&set, None, "PLACE"),
            Err(Trouble::Taken("PLACE".to_owned()))
        );
        assert_eq!(
            label_name(&set, Some(&id("PLACE")), "PLACE"),
            Ok("PLACE".to_owned())
        );
        assert_eq!(
            label_name(&set, None, " "),
            Err(Trouble::Name(NameError::Empty))
        );
        assert_eq!(
            label_name(&set, None, "a\tb"),
            Err(Trouble::Name(NameError::Control))
        );
        let (new, change) = add(&set, "تاريخ").unwrap();
        assert_eq!(new.as_str(), "تاريخ");
        assert_eq!(names(&after(&set, &[change])), ["PERSON", "PLACE", "تاريخ"]);
    }

    #[test]
    fn labels_move_among_those_in_use() {
        let mut set = set(&["A", "B", "C", "D"]);
        set.get_mut(&id("B")).unwrap().fate = LabelFate::Retired;
        let moved = |id: &LabelId, place| {
            let change = move_to(&set, id, place)?;
            Some(names(&after(&set, &[change])).concat())
        };
        assert_eq!(moved(&id("A"), 0), None);
        assert_eq!(moved(&id("A"), 1), None);
        assert_eq!(moved(&id("A"), 2).unwrap(), "CAD");
        assert_eq!(moved(&id("A"), 3).unwrap(), "CDA");
        assert_eq!(moved(&id("D"), 0).unwrap(), "DAC");
        let nudged = |id: &LabelId, down| {
            let change = nudge(&set, id, down)?;
            Some(names(&after(&set, &[change])).concat())
        };
        assert_eq!(nudged(&id("A"), true).unwrap(), "CAD");
        assert_eq!(nudged(&id("D"), false).unwrap(), "ADC");
        assert_eq!(nudged(&id("A"), false), None);
        assert_eq!(nudged(&id("D"), true), None);
    }

    #[test]
    fn a_key_is_free_or_held_or_a_commands() {
        let set = set(&["PERSON", "PLACE"]);
        let person = id("PERSON");
        assert_eq!(key(&set, &person, 'P'), Key::Own);
        assert_eq!(key(&set, &person, 'L'), Key::Held(id("PLACE")));
        assert_eq!(key(&set, &person, 'K'), Key::Reserved);
        assert_eq!(key(&set, &person, 'Z'), Key::Free);
        let set = after(&set, &[take_key(&set, &person, 'L')]);
        assert_eq!(set.get(&person).unwrap().hotkey, Some('L'));
        assert_eq!(set.get(&id("PLACE")).unwrap().hotkey, None);
    }

    #[test]
    fn no_label_can_stand_above_itself() {
        let mut set = set(&["A", "B", "C"]);
        set.get_mut(&id("B")).unwrap().parent = Some(id("A"));
        let of = |name: &str| {
            let parents = parents(&set, &id(name));
            parents
                .iter()
                .map(|label| label.name.clone())
                .collect::<String>()
        };
        assert_eq!(of("A"), "C");
        assert_eq!(of("B"), "AC");
        assert_eq!(of("C"), "AB");
    }

    #[test]
    fn a_merged_label_comes_back_without_a_key_that_was_given_away() {
        let set = set(&["PERSON", "HUMAN"]);
        let (person, human) = (id("PERSON"), id("HUMAN"));
        assert_eq!(merge(&set, &human, &human), None);
        let merged = after(&set, &[merge(&set, &human, &person).unwrap()]);
        assert_eq!(names(&merged), ["PERSON"]);
        assert_eq!(merged.resolve(&human).unwrap().id, person);
        let taken = after(&merged, &[take_key(&merged, &person, 'H')]);
        let back = after(&taken, &[use_again(&taken, &human).unwrap()]);
        assert_eq!(names(&back), ["PERSON", "HUMAN"]);
        assert_eq!(back.get(&human).unwrap().hotkey, Some('U'));
        assert_eq!(use_again(&back, &human), None);
    }

    #[test]
    fn spans_of_merged_labels_count_for_the_one_they_count_as() {
        let mut set = set(&["A", "B", "C"]);
        set.get_mut(&id("B")).unwrap().fate = LabelFate::MergedInto(id("A"));
        let one = |spans| Usage { spans, layers: 1 };
        let usage = HashMap::from([(id("A"), one(2)), (id("B"), one(3)), (id("C"), one(4))]);
        assert_eq!(
            spans_of(&set, &usage, &id("A")),
            Usage {
                spans: 5,
                layers: 2
            }
        );
        assert_eq!(spans_of(&set, &usage, &id("B")), one(3));
    }

    #[test]
    fn labels_below_a_dropped_one_stand_where_it_stood() {
        let mut set = set(&["A", "B", "C"]);
        set.get_mut(&id("B")).unwrap().parent = Some(id("A"));
        set.get_mut(&id("C")).unwrap().parent = Some(id("B"));
        let set = after(&set, &[drop_label(&set, &id("B"))]);
        assert_eq!(names(&set), ["A", "C"]);
        assert_eq!(set.get(&id("C")).unwrap().parent, Some(id("A")));
    }
}
