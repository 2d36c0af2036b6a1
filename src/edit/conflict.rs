//! Where two sets of edits of one layer, made apart, say different things of the same. All edits are
//! kept; of two that speak of the same the later holds, by time, author and id, whichever file it came
//! from, and a span that one side took out is gone.

use std::{
    collections::{BTreeMap, HashSet},
    sync::Arc,
};

use crate::annotation::{
    Annotator, DecisionId, EditId, Fragments, LabelId, Layer, SpanData, SpanId, Status, Verdict,
};

use super::{Change, Edit, Fold, LayerChange, LayerLog, OfLayer};

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
    /// What a reviewer decided about a span of an annotator, or about a relation from it: its type, and where it
    /// points.
    Decision(Annotator, SpanId, Option<(String, SpanId)>),
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
            Self::Status | Self::Decision(..) => None,
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
    /// What the edit that holds says.
    pub kept: Word,
    /// What the other says.
    pub lost: Word,
    /// Why the one holds.
    pub why: Why,
}

/// Why one of two edits holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// It is the later one.
    Later,
    /// A span that one side took out is gone, whatever the other did to it.
    TakenOut,
    /// Both sides made the same span, and the first is the one that there is.
    First,
    /// It set what the other gave only in making the span.
    Set,
}

/// The conflicts between what only one side has of a layer and what only the other has: the latest
/// word of each side on the same thing, where they differ, and what one side did to a span that the
/// other took out. Spans that both sides made alike are one.
pub fn conflicts(ours: &[Arc<Edit>], theirs: &[Arc<Edit>]) -> Vec<Conflict> {
    let ids = |edits: &[Arc<Edit>]| edits.iter().map(|edit| edit.id).collect::<HashSet<_>>();
    let (own_ids, other_ids) = (ids(ours), ids(theirs));
    let merged = LayerLog::new(ours.iter().chain(theirs).cloned());
    let side = |edits: &[Arc<Edit>], known: &HashSet<EditId>| {
        let mut side = Side::new(merged.state());
        let mut layer = Layer::default();
        let mut new = BTreeMap::new();
        let mut edits: Vec<_> = edits.iter().collect();
        edits.sort_by(|a, b| a.order().cmp(&b.order()));
        edits.dedup_by_key(|edit| edit.id);
        for edit in edits {
            let inverse = OfLayer::apply(&mut layer, edit);
            let Change::Layer(_, change) = &edit.change else {
                continue;
            };
            if !known.contains(&edit.id) {
                side.says(change, edit, &mut 0);
                if let Some(Change::Layer(_, inverse)) = inverse {
                    side.takes_out(&inverse, &layer, edit);
                }
                new.insert(edit.id, Arc::clone(edit));
            }
        }
        side.decides(&layer, &new);
        side
    };
    let (here, there) = (side(ours, &other_ids), side(theirs, &own_ids));
    let mut found = here.against(&there);
    for (own, others) in [(&here, &there), (&there, &here)] {
        found.extend(own.overruled_by(others));
    }
    found.extend(here.undone_by(&there));
    found.extend(there.undone_by(&here));
    found
}

/// What an edit says of something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Word {
    /// The span is there.
    There,
    /// The span is taken out, or the decision taken back.
    Gone,
    /// Its label.
    Label(LabelId),
    /// Where it stands.
    Fragments(Fragments),
    /// The value of an attribute, or a note; `None` where there is none.
    Text(Option<String>),
    /// How far the annotator is.
    Status(Status),
    /// A relation begins or ends at the span.
    Related,
    /// What a reviewer decided, and whether the annotator's span is right by it.
    Decided(Verdict, bool),
}

/// A word, the edit that says it, and whether it made the span of which it speaks.
#[derive(Clone, Debug)]
struct Said {
    word: Word,
    edit: Arc<Edit>,
    made: bool,
    /// The decision that says it, and what is right by that.
    decision: Option<(DecisionId, Vec<SpanData>)>,
}

impl Said {
    fn new(word: Word, edit: &Arc<Edit>) -> Self {
        Self {
            word,
            edit: Arc::clone(edit),
            made: false,
            decision: None,
        }
    }

    fn is_like(&self, other: &Self) -> bool {
        let right = |said: &Self| said.decision.as_ref().map(|(_, right)| right.clone());
        self.word == other.word && right(self) == right(other)
    }
}

/// The latest words of one side.
struct Side<'m> {
    /// Both sides in one: it knows which spans are the same.
    merged: &'m Layer,
    words: BTreeMap<Disputed, Said>,
    /// The spans that this side made.
    made: BTreeMap<SpanId, Arc<Edit>>,
    /// The ends of relations that it made.
    ends: Vec<(SpanId, Said)>,
}

impl<'m> Side<'m> {
    fn new(merged: &'m Layer) -> Self {
        Self {
            merged,
            words: BTreeMap::new(),
            made: BTreeMap::new(),
            ends: Vec::new(),
        }
    }

    fn say(&mut self, about: Disputed, word: Word, edit: &Arc<Edit>) {
        self.words.insert(about, Said::new(word, edit));
    }

    /// Takes in a change; `place` is how many spans the edit has made before.
    fn says(&mut self, change: &LayerChange, edit: &Arc<Edit>, place: &mut u32) {
        use LayerChange as C;
        let merged = self.merged;
        let same = |id: &SpanId| merged.resolve(*id);
        match change {
            C::AddSpans(spans) => self.adds(spans, edit, place),
            C::RemoveSpans(ids) => {
                for id in ids.iter().map(same) {
                    self.say(Disputed::Presence(id), Word::Gone, edit);
                }
            }
            C::Restore(spans, _) => {
                for id in spans.iter().map(|it| same(&it.id)) {
                    self.say(Disputed::Presence(id), Word::There, edit);
                }
            }
            C::SetLabel(id, label) => {
                let id = same(id);
                self.say(Disputed::Label(id), Word::Label(label.clone()), edit);
            }
            C::SetFragments(id, fragments) => {
                let (id, word) = (same(id), Word::Fragments(fragments.clone()));
                self.say(Disputed::Fragments(id), word, edit);
            }
            C::SetAttribute(id, name, value) => {
                let about = Disputed::Attribute(same(id), name.clone());
                self.say(about, Word::Text(value.clone()), edit);
            }
            C::SetNote(id, note) => {
                let id = same(id);
                self.say(Disputed::Note(id), Word::Text(Some(note.clone())), edit);
            }
            C::SetStatus(status) => self.say(Disputed::Status, Word::Status(*status), edit),
            C::AddRelation { from, to, .. } => {
                let ends = [same(from), same(to)];
                let said = Said::new(Word::Related, edit);
                self.ends.extend(ends.map(|end| (end, said.clone())));
            }
            C::Batch(changes) => {
                for change in changes {
                    self.says(change, edit, place);
                }
            }
            C::Decide(judgement) => self.adds(&judgement.spans, edit, place),
            C::RemoveRelation(_) | C::Withdraw(_) | C::Reinstate(_) => {}
        }
    }

    /// Notes which spans an edit took out, also those that went with a decision which it took back.
    fn takes_out(&mut self, inverse: &LayerChange, layer: &Layer, edit: &Arc<Edit>) {
        match inverse {
            LayerChange::Restore(spans, _) => {
                let gone = spans.iter().filter(|span| layer.get(span.id).is_none());
                for span in gone {
                    let id = self.merged.resolve(span.id);
                    self.say(Disputed::Presence(id), Word::Gone, edit);
                }
            }
            LayerChange::Batch(changes) => {
                for change in changes {
                    self.takes_out(change, layer, edit);
                }
            }
            _ => {}
        }
    }

    /// What this side decided that holds in its layer, and is new: what was taken back says nothing any more.
    fn decides(&mut self, layer: &Layer, new: &BTreeMap<EditId, Arc<Edit>>) {
        for decision in layer.decisions() {
            let Some(edit) = new.get(&decision.id.edit) else {
                continue;
            };
            let judgement = &decision.judgement;
            let made = decision.made.iter().filter_map(|id| layer.get(*id));
            let right = made.map(|span| SpanData {
                note: String::new(),
                ..span.data.clone()
            });
            let right: Vec<SpanData> = right.collect();
            for topic in judgement.topics() {
                let accepted = decision.source(topic.annotator, topic.from);
                let accepted = accepted.is_some_and(|source| layer.accepts(decision, source));
                let relation = topic.relation.map(|kind| (kind.to_owned(), topic.to));
                let about = Disputed::Decision(topic.annotator.clone(), topic.from, relation);
                let word = Word::Decided(judgement.verdict, accepted);
                let said = Said {
                    decision: Some((decision.id, right.clone())),
                    ..Said::new(word, edit)
                };
                self.words.insert(about, said);
            }
        }
    }

    fn adds(&mut self, spans: &[SpanData], edit: &Arc<Edit>, place: &mut u32) {
        for data in spans {
            let id = SpanId {
                edit: edit.id,
                place: *place,
            };
            *place = place.saturating_add(1);
            self.makes(self.merged.resolve(id), data, edit);
        }
    }

    fn makes(&mut self, id: SpanId, data: &SpanData, edit: &Arc<Edit>) {
        let note = (Disputed::Note(id), Some(data.note.clone()));
        let attributes = data.attributes.iter();
        let attributes = attributes
            .map(|(name, value)| (Disputed::Attribute(id, name.clone()), Some(value.clone())));
        for (about, value) in std::iter::once(note).chain(attributes) {
            let said = Said {
                made: true,
                ..Said::new(Word::Text(value), edit)
            };
            self.words.insert(about, said);
        }
        self.made.insert(id, Arc::clone(edit));
    }

    /// What it says of something. A span that it made without an attribute has none.
    fn word(&self, about: &Disputed) -> Option<Said> {
        let said = self.words.get(about).cloned();
        said.or_else(|| match about {
            Disputed::Attribute(id, _) => self.made.get(id).map(|edit| Said {
                made: true,
                ..Said::new(Word::Text(None), edit)
            }),
            _ => None,
        })
    }

    /// Where both have the last word on something, and it is not the same.
    fn against(&self, other: &Self) -> Vec<Conflict> {
        let mut all: Vec<&Disputed> = self.words.keys().chain(other.words.keys()).collect();
        all.sort_unstable();
        all.dedup();
        all.into_iter()
            .filter_map(|about| {
                let (own, others) = (self.word(about)?, other.word(about)?);
                (!own.is_like(&others)).then(|| conflict(about, own, others))
            })
            .collect()
    }

    /// What this side decided in one with something that the other decided later: it is taken back with it.
    fn overruled_by(&self, other: &Self) -> Vec<Conflict> {
        let decided = self.words.iter().filter_map(|(about, said)| {
            let (id, _) = said.decision.as_ref()?;
            let alone = !other.words.contains_key(about) && self.merged.decision(*id).is_none();
            alone.then_some((about, said, *id))
        });
        let overruled = decided.filter_map(|(about, said, id)| {
            let of_it = |said: &Said| said.decision.as_ref().is_some_and(|(of, _)| *of == id);
            let mut shared = self.words.iter().filter(|(_, said)| of_it(said));
            let later = shared.find_map(|(about, _)| other.words.get(about))?;
            Some(Conflict {
                about: about.clone(),
                holds: Arc::clone(&later.edit),
                yields: Arc::clone(&said.edit),
                kept: Word::Gone,
                lost: said.word.clone(),
                why: Why::Later,
            })
        });
        overruled.collect()
    }

    /// What this side did to spans that the other took out, whether or not it put them back as they
    /// had been.
    fn undone_by(&self, other: &Self) -> Vec<Conflict> {
        let done = self.words.iter().filter(|(about, said)| {
            let presence = matches!(about, Disputed::Presence(_));
            !presence && !said.made
        });
        let done = done.filter_map(|(about, said)| Some((about.span()?, said, Some(about))));
        let related = self.ends.iter().map(|(end, said)| (*end, said, None));
        let mut found = Vec::new();
        for (span, own, about) in done.chain(related) {
            let edit = &own.edit;
            let presence = Disputed::Presence(span);
            if self.words.contains_key(&presence) {
                continue;
            }
            let Some(said) = other.words.get(&presence) else {
                continue;
            };
            let about = match said.word {
                Word::Gone => &presence,
                // What comes after a span was put back holds.
                _ if edit.order() > said.edit.order() => continue,
                _ => about.unwrap_or(&presence),
            };
            found.push(Conflict {
                about: about.clone(),
                holds: Arc::clone(&said.edit),
                yields: Arc::clone(edit),
                kept: said.word.clone(),
                lost: own.word.clone(),
                why: if said.edit.order() > edit.order() {
                    Why::Later
                } else {
                    Why::TakenOut
                },
            });
        }
        found
    }
}

/// The later of two words holds; but the first of two that made one span, and any other over those.
fn conflict(about: &Disputed, a: Said, b: Said) -> Conflict {
    let later = a.edit.order() > b.edit.order();
    let first_holds = match (a.made, b.made) {
        (true, true) => !later,
        (false, false) => later,
        (a_made, _) => !a_made,
    };
    let (holds, yields) = if first_holds { (a, b) } else { (b, a) };
    let why = if holds.edit.order() > yields.edit.order() {
        Why::Later
    } else if holds.made {
        Why::First
    } else {
        Why::Set
    };
    Conflict {
        about: about.clone(),
        holds: holds.edit,
        yields: yields.edit,
        kept: holds.word,
        lost: yields.word,
        why,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;
    use crate::{
        annotation::{Annotator, DocumentId, LayerKey, Span, Stamp, TextHash, Time},
        text::ByteRange,
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
    fn a_span_that_both_made_is_one() {
        let made = |time, note: &str| {
            let range = ByteRange::new("قال", 0, 2).unwrap();
            let fragments = Fragments::new([range]).unwrap();
            let mut data = SpanData::new(LabelId::new("PERSON").unwrap(), fragments);
            data.note = note.to_owned();
            at(time, LayerChange::AddSpans(vec![data]))
        };
        let (ours, theirs) = (made(1, ""), made(2, ""));
        assert!(conflicts(&[Arc::clone(&ours)], &[Arc::clone(&theirs)]).is_empty());
        let id = |edit: &Arc<Edit>| SpanId {
            edit: edit.id,
            place: 0,
        };
        let one = [Arc::clone(&ours), at(3, label(id(&ours), "CLAIM"))];
        let other = [Arc::clone(&theirs), at(4, label(id(&theirs), "DENIAL"))];
        let found = conflicts(&one, &other);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].holds.id, other[1].id);
        let noted = made(5, "؟");
        let found = conflicts(&[ours], &[noted]);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].holds.stamp.time.millis, 1);
    }

    #[test]
    fn what_was_put_back_swallows_nothing_untold() {
        let span = Span {
            id: span(),
            data: SpanData::new(
                LabelId::new("PERSON").unwrap(),
                Fragments::new([ByteRange::new("قال", 0, 2).unwrap()]).unwrap(),
            ),
            made: at(0, LayerChange::SetStatus(Status::Done)).stamp.clone(),
            changed: at(0, LayerChange::SetStatus(Status::Done)).stamp.clone(),
        };
        let id = span.id;
        let back = [
            at(1, LayerChange::RemoveSpans(vec![id])),
            at(3, LayerChange::Restore(vec![span], Vec::new())),
        ];
        let found = conflicts(&back, &[at(2, label(id, "CLAIM"))]);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].about, Disputed::Label(id));
        assert!(conflicts(&back, &[at(4, label(id, "CLAIM"))]).is_empty());
        let related = LayerChange::AddRelation {
            kind: "same_as".to_owned(),
            from: id,
            to: SpanId {
                edit: id.edit,
                place: 1,
            },
        };
        let out = [at(1, LayerChange::RemoveSpans(vec![id]))];
        assert_eq!(conflicts(&out, &[at(2, related)]).len(), 1);
    }

    #[test]
    fn statuses_can_conflict() {
        let one = [at(1, LayerChange::SetStatus(Status::Done))];
        let other = [at(2, LayerChange::SetStatus(Status::InProgress))];
        assert_eq!(conflicts(&one, &other)[0].holds.id, other[0].id);
    }

    /// A decision about some of an annotator's spans, which are named by number, that makes a span of this length.
    fn decide(time: u64, verdict: Verdict, about: &[u32], length: usize) -> Arc<Edit> {
        let source = |place: &u32| crate::annotation::Source {
            annotator: Annotator::new("yusuf").unwrap(),
            span: SpanId {
                edit: EditId::from_bytes([9; 16]),
                place: *place,
            },
            accepted: verdict == Verdict::Accepted,
            said: None,
        };
        let data = (length > 0).then(|| {
            let range = ByteRange::new("قال", 0, length).unwrap();
            let fragments = Fragments::new([range]).unwrap();
            SpanData::new(LabelId::new("PERSON").unwrap(), fragments)
        });
        let judgement = crate::annotation::Judgement {
            verdict,
            sources: about.iter().map(source).collect(),
            spans: data.into_iter().collect(),
            ..crate::annotation::Judgement::of_nothing()
        };
        at(time, LayerChange::Decide(Box::new(judgement)))
    }

    #[test]
    fn two_decisions_about_one_span_are_a_conflict_where_they_differ() {
        let ours = [decide(1, Verdict::Rejected, &[0], 0)];
        let theirs = [decide(2, Verdict::Accepted, &[0], 2)];
        let found = conflicts(&ours, &theirs);
        assert_eq!(found.len(), 1);
        let first = found.first().unwrap();
        assert!(matches!(first.about, Disputed::Decision(..)));
        assert_eq!(first.holds.id, theirs.first().unwrap().id);
        let alike = [decide(3, Verdict::Rejected, &[0], 0)];
        assert_eq!(conflicts(&ours, &alike), []);
    }

    #[test]
    fn what_a_side_withdrew_is_no_conflict() {
        let ours = decide(1, Verdict::Rejected, &[0], 0);
        let theirs = [decide(2, Verdict::Accepted, &[0], 2)];
        let withdrawn = DecisionId {
            edit: ours.id,
            place: 0,
        };
        let withdraw = at(3, LayerChange::Withdraw(withdrawn));
        assert_eq!(conflicts(&[ours, withdraw], &theirs), []);
    }

    #[test]
    fn what_was_said_in_another_way_is_a_conflict_where_the_ways_differ() {
        let ours = [decide(1, Verdict::Edited, &[0], 2)];
        let theirs = [decide(2, Verdict::Edited, &[0], 4)];
        assert_eq!(conflicts(&ours, &theirs).len(), 1);
        let alike = [decide(3, Verdict::Edited, &[0], 2)];
        assert_eq!(conflicts(&ours, &alike), []);
    }

    #[test]
    fn what_goes_with_a_decision_that_was_overruled_is_told() {
        let ours = [decide(1, Verdict::Rejected, &[0, 1], 0)];
        let theirs = [decide(2, Verdict::Rejected, &[1, 2], 0)];
        let found = conflicts(&ours, &theirs);
        assert_eq!(found.len(), 1, "{found:?}");
        assert_eq!(found[0].kept, Word::Gone);
        assert_eq!(found[0].holds.id, theirs[0].id);
        // So is what was done to a span that went with it.
        let first = decide(1, Verdict::Accepted, &[0], 2);
        let id = SpanId {
            edit: first.id,
            place: 0,
        };
        let changed = [Arc::clone(&first), at(3, label(id, "CLAIM"))];
        let again = [first, decide(2, Verdict::Rejected, &[0], 0)];
        let found = conflicts(&changed, &again);
        assert_eq!(found.len(), 1, "{found:?}");
        assert_eq!(found[0].about, Disputed::Presence(id));
    }
}
