//! Where two sets of edits of one layer, made apart, say different things of the same. Nothing is
//! lost by it: the later edit holds, by time, author and id, whichever file it came from.

use std::{
    collections::{BTreeMap, HashSet},
    sync::Arc,
};

use crate::annotation::SpanId;

use super::{Change, Edit, LayerChange};

/// What two edits disagree about.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Disputed {
    /// Whether a span is there.
    Presence(SpanId),
    /// A span's label.
    Label(SpanId),
    /// A span's edges or fragments.
    Fragments(SpanId),
    /// An attribute of a span, by its name.
    Attribute(SpanId, String),
    /// A span's note.
    Note(SpanId),
    /// How far the annotator is.
    Status,
}

impl Disputed {
    /// The span, where it is about one.
    pub fn span(&self) -> Option<SpanId> {
        match self {
            Self::Presence(id)
            | Self::Label(id)
            | Self::Fragments(id)
            | Self::Attribute(id, _)
            | Self::Note(id) => Some(*id),
            Self::Status => None,
        }
    }
}

/// Two edits of a layer, each made without knowing the other, that say different things.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conflict {
    /// What about.
    pub about: Disputed,
    /// The edit that holds.
    pub holds: Arc<Edit>,
    /// The edit that has no effect beside it.
    pub yields: Arc<Edit>,
}

/// The conflicts between what only one side has of a layer and what only the other has: the latest
/// word of each side on the same thing, where they differ.
pub fn conflicts(ours: &[Arc<Edit>], theirs: &[Arc<Edit>]) -> Vec<Conflict> {
    let ids = |edits: &[Arc<Edit>]| edits.iter().map(|edit| edit.id).collect::<HashSet<_>>();
    let (own_ids, other_ids) = (ids(ours), ids(theirs));
    let here = words(ours.iter().filter(|edit| !other_ids.contains(&edit.id)));
    let there = words(theirs.iter().filter(|edit| !own_ids.contains(&edit.id)));
    let mut found = Vec::new();
    for (about, (word, edit)) in &here {
        if let Some((other, their)) = there.get(about)
            && word != other
        {
            found.push(conflict(about, edit, their));
        }
    }
    found.extend(gone(&here, &there));
    found.extend(gone(&there, &here));
    found
}

/// What one side changed of a span that the other took out.
fn gone(takes_out: &Words, changes: &Words) -> Vec<Conflict> {
    let mut found = Vec::new();
    for (about, (word, edit)) in changes {
        let Some(span) = about.span() else { continue };
        let presence = Disputed::Presence(span);
        if *about == presence || changes.contains_key(&presence) || *word == Word::Gone {
            continue;
        }
        if let Some((Word::Gone, other)) = takes_out.get(&presence) {
            // A span that is not there cannot be changed: taking it out holds, whatever the times.
            found.push(Conflict {
                about: presence,
                holds: Arc::clone(other),
                yields: Arc::clone(edit),
            });
        }
    }
    found
}

fn conflict(about: &Disputed, a: &Arc<Edit>, b: &Arc<Edit>) -> Conflict {
    let (holds, yields) = if a.order() > b.order() {
        (a, b)
    } else {
        (b, a)
    };
    Conflict {
        about: about.clone(),
        holds: Arc::clone(holds),
        yields: Arc::clone(yields),
    }
}

/// What an edit says of something.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Word {
    There,
    Gone,
    Set(LayerChange),
}

type Words = BTreeMap<Disputed, (Word, Arc<Edit>)>;

/// The latest word on each thing.
fn words<'e>(edits: impl Iterator<Item = &'e Arc<Edit>>) -> Words {
    let mut sorted: Vec<&Arc<Edit>> = edits.collect();
    sorted.sort_by(|a, b| a.order().cmp(&b.order()));
    let mut words = Words::new();
    for edit in sorted {
        if let Change::Layer(_, change) = &edit.change {
            said(change, edit, &mut words);
        }
    }
    words
}

fn said(change: &LayerChange, edit: &Arc<Edit>, words: &mut Words) {
    use LayerChange as C;
    let mut say = |about, word| {
        words.insert(about, (word, Arc::clone(edit)));
    };
    match change {
        C::RemoveSpans(ids) => {
            for id in ids {
                say(Disputed::Presence(*id), Word::Gone);
            }
        }
        C::Restore(spans, _) => {
            for span in spans {
                say(Disputed::Presence(span.id), Word::There);
            }
        }
        C::SetLabel(id, _) => say(Disputed::Label(*id), Word::Set(change.clone())),
        C::SetFragments(id, _) => say(Disputed::Fragments(*id), Word::Set(change.clone())),
        C::SetAttribute(id, name, _) => {
            let about = Disputed::Attribute(*id, name.clone());
            say(about, Word::Set(change.clone()));
        }
        C::SetNote(id, _) => say(Disputed::Note(*id), Word::Set(change.clone())),
        C::SetStatus(_) => say(Disputed::Status, Word::Set(change.clone())),
        C::Batch(changes) => {
            for change in changes {
                said(change, edit, words);
            }
        }
        // Both sides may add what they want.
        C::AddSpans(_) | C::AddRelation { .. } | C::RemoveRelation(_) => {}
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;
    use crate::annotation::{
        Annotator, DocumentId, EditId, LabelId, LayerKey, Stamp, Status, TextHash, Time,
    };

    fn at(time: u64, change: LayerChange) -> Arc<Edit> {
        let author = Annotator::new("amal").unwrap();
        let key = LayerKey {
            document: DocumentId::new(&TextHash::of("قال"), 0),
            annotator: author.clone(),
        };
        let time = Time {
            millis: time,
            counter: 0,
        };
        let stamp = Stamp { time, author };
        Arc::new(Edit::new(stamp, Change::Layer(key, change)))
    }

    fn span() -> SpanId {
        SpanId {
            edit: EditId::random(),
            place: 0,
        }
    }

    fn label(id: SpanId, name: &str) -> LayerChange {
        LayerChange::SetLabel(id, LabelId::new(name).unwrap())
    }

    #[test]
    fn the_later_of_two_labels_holds_on_both_sides() {
        let id = span();
        let ours = [at(1, label(id, "PERSON")), at(5, label(id, "CLAIM"))];
        let theirs = [at(3, label(id, "DENIAL"))];
        let found = conflicts(&ours, &theirs);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].about, Disputed::Label(id));
        assert_eq!(
            (found[0].holds.id, found[0].yields.id),
            (ours[1].id, theirs[0].id)
        );
        assert_eq!(conflicts(&theirs, &ours), found);
    }

    #[test]
    fn what_both_know_or_say_alike_is_none() {
        let id = span();
        let shared = at(1, label(id, "PERSON"));
        let ours = [Arc::clone(&shared), at(2, label(id, "CLAIM"))];
        assert!(conflicts(&ours, &[Arc::clone(&shared)]).is_empty());
        let same = [shared, at(9, label(id, "CLAIM"))];
        assert!(conflicts(&ours, &same).is_empty());
        let other = [at(3, LayerChange::SetNote(id, "؟".to_owned()))];
        assert!(conflicts(&ours, &other).is_empty());
        let removed = |time| at(time, LayerChange::RemoveSpans(vec![id]));
        assert!(conflicts(&[removed(1)], &[removed(2)]).is_empty());
    }

    #[test]
    fn a_span_that_was_taken_out_and_changed_is_told() {
        let id = span();
        let out = [at(1, LayerChange::RemoveSpans(vec![id]))];
        let changed = [at(2, LayerChange::Batch(vec![label(id, "CLAIM")]))];
        let found = conflicts(&out, &changed);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].about, Disputed::Presence(id));
        assert_eq!(found[0].holds.id, out[0].id);
        assert_eq!(conflicts(&changed, &out), found);
    }

    #[test]
    fn statuses_can_conflict() {
        let one = [at(1, LayerChange::SetStatus(Status::Done))];
        let other = [at(2, LayerChange::SetStatus(Status::InProgress))];
        assert_eq!(conflicts(&one, &other)[0].holds.id, other[0].id);
    }
}
