//! The layer of one annotator on one document: its spans in reading order, its relations, its
//! status; of a reviewer also what was decided. Invariants: no two spans are identical when added; each relation's ends exist; the index
//! and the order hold the same spans.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap, HashSet},
    ops::Range,
};

use serde::{Deserialize, Serialize};

use super::{
    Annotator, Decision, DecisionId, DocumentId, Fragments, Judgement, LabelId, QuickHash,
    Relation, RelationId, Source, Span, SpanId, judged::Judged,
};

/// Which layer.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct LayerKey {
    /// The document.
    pub document: DocumentId,
    /// Whose layer it is.
    pub annotator: Annotator,
}

/// How far the annotator is.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
pub enum Status {
    /// Not begun.
    #[default]
    New,
    /// Begun.
    InProgress,
    /// Done.
    Done,
}

/// The place of a span in reading order: by start, the longer first, then by id.
type Place = (usize, std::cmp::Reverse<usize>, SpanId);

fn place(span: &Span) -> Place {
    let (start, end) = span.data.fragments.extent();
    (start, std::cmp::Reverse(end), span.id)
}

/// What a relation says: its ends and its type.
type Link = (SpanId, SpanId, String);

fn link(relation: &Relation) -> Link {
    (relation.from, relation.to, relation.kind.clone())
}

/// Counts one less; what is counted no more goes.
fn count_down<K: Ord>(counts: &mut BTreeMap<K, u32>, key: &K) {
    if let Some(count) = counts.get_mut(key) {
        *count -= 1;
        if *count == 0 {
            counts.remove(key);
        }
    }
}

/// Spans, relations and status of one annotator on one document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Layer {
    spans: BTreeMap<Place, Span>,
    places: HashMap<SpanId, Place, QuickHash>,
    relations: BTreeMap<RelationId, Relation>,
    /// What the relations say, to find equal ones.
    links: HashSet<Link>,
    /// Ids of spans that were added although an identical one was there, and the one that stands
    /// for them: what is done to them is done to it.
    twins: HashMap<SpanId, SpanId, QuickHash>,
    /// How many spans there are of each length (bytes, gaps included): where those that reach into a
    /// range may begin depends on the longest.
    lengths: BTreeMap<usize, u32>,
    /// How many spans there are of each label, counted as they come and go: the list and the palette
    /// ask after every edit.
    counts: BTreeMap<LabelId, u32>,
    status: Status,
    /// What was decided in it; an annotator's own layer has none.
    judged: Judged,
}

impl Layer {
    /// How far the annotator is.
    pub fn status(&self) -> Status {
        self.status
    }

    /// Sets the status, giving the old one.
    pub fn set_status(&mut self, status: Status) -> Status {
        std::mem::replace(&mut self.status, status)
    }

    /// What was decided in it, by id. All of it holds: a later decision about the same has taken the earlier back.
    pub fn decisions(&self) -> impl Iterator<Item = &Decision> {
        self.judged.all()
    }

    /// How many decisions there are.
    pub fn decision_count(&self) -> usize {
        self.judged.len()
    }

    /// Whether the annotator has something there, or says so. Who has made a span and taken it back has not begun.
    pub fn is_begun(&self) -> bool {
        !self.is_empty() || self.status != Status::New
    }

    /// Whether it is a reviewer's: somebody has decided something in it.
    pub fn is_review(&self) -> bool {
        self.judged.len() > 0
    }

    /// The decision with this id.
    pub fn decision(&self, id: DecisionId) -> Option<&Decision> {
        self.judged.get(id)
    }

    /// Puts a decision in; `false` where its id is taken.
    pub fn insert_decision(&mut self, decision: Decision) -> bool {
        self.judged.insert(decision)
    }

    /// Takes a decision out. The spans that it made stay.
    pub fn remove_decision(&mut self, id: DecisionId) -> Option<Decision> {
        self.judged.remove(id)
    }

    /// The decisions about something that a judgement is about too.
    pub fn decisions_sharing(&self, judgement: &Judgement) -> BTreeSet<DecisionId> {
        self.judged.sharing(judgement)
    }

    /// Notes that a span comes with a decision: it goes with the last decision that has it.
    pub fn note_decided(&mut self, span: SpanId) {
        self.judged.note_came(span);
    }

    /// Whether a span came with a decision, and not by hand.
    pub fn came_decided(&self, span: SpanId) -> bool {
        self.judged.came_with_one(span)
    }

    /// The spans that go when these decisions are taken back: they came with a decision, and no other has them.
    pub fn spans_only_of(&self, decisions: &BTreeSet<DecisionId>) -> Vec<SpanId> {
        let mut spans = self.judged.only_of(decisions);
        spans.retain(|span| self.get(*span).is_some());
        spans.into_iter().collect()
    }

    /// The relations that go when a decision is taken back: those of the type it is about that came with it.
    pub fn relations_only_of(&self, decision: &Decision) -> Vec<RelationId> {
        let Some(kind) = &decision.judgement.relation else {
            return Vec::new();
        };
        let (edit, place) = (decision.id.edit, 0);
        let came = self.relations.range(RelationId { edit, place }..);
        came.take_while(|(id, _)| id.edit == edit)
            .filter(|(_, relation)| relation.kind == *kind)
            .map(|(id, _)| *id)
            .collect()
    }

    /// Whether what a source of a decision said is right by what this layer has now: the reviewer may have changed
    /// or taken out what was taken over.
    pub fn accepts(&self, decision: &Decision, source: &Source) -> bool {
        let judgement = &decision.judgement;
        let Some(said) = judgement.said(source).filter(|_| source.accepted) else {
            return source.accepted;
        };
        if judgement.relation.is_some() {
            return true;
        }
        // Of a label that was merged there is the one that it counts as.
        let exact = judgement.spans.iter().any(|data| data.is_like(said));
        let mut made = judgement.spans.iter().zip(&decision.made);
        made.any(|(data, id)| {
            let meant = if exact {
                data.is_like(said)
            } else {
                data.fragments == said.fragments && data.attributes == said.attributes
            };
            meant && self.get(*id).is_some_and(|now| now.data.is_like(data))
        })
    }

    /// The number of spans.
    pub fn len(&self) -> usize {
        self.spans.len()
    }

    /// Whether there is no span.
    pub fn is_empty(&self) -> bool {
        self.spans.is_empty()
    }

    /// The spans in reading order: by start, the longer first.
    pub fn spans(&self) -> impl DoubleEndedIterator<Item = &Span> {
        self.spans.values()
    }

    /// How many spans there are of each label that has some, by the labels' ids as the spans name them.
    pub fn label_counts(&self) -> &BTreeMap<LabelId, u32> {
        &self.counts
    }

    /// The id that stands for `id`: itself, or the identical span that was there before it.
    pub fn resolve(&self, id: SpanId) -> SpanId {
        self.twins.get(&id).copied().unwrap_or(id)
    }

    /// The span with this id.
    pub fn get(&self, id: SpanId) -> Option<&Span> {
        self.places
            .get(&self.resolve(id))
            .and_then(|place| self.spans.get(place))
    }

    /// The span with this label and these fragments.
    pub fn identical(&self, label: &LabelId, fragments: &Fragments) -> Option<&Span> {
        let (start, end) = fragments.extent();
        self.starting_at(start).find(|span| {
            span.data.fragments.end() == end
                && span.data.label == *label
                && span.data.fragments == *fragments
        })
    }

    /// The spans that begin in `range`, in reading order.
    pub fn starting_in(&self, range: Range<usize>) -> impl Iterator<Item = &Span> {
        let first = (range.start, std::cmp::Reverse(usize::MAX), SpanId::LEAST);
        self.spans
            .range(first..)
            .map(|(_, span)| span)
            .take_while(move |span| span.data.fragments.start() < range.end)
    }

    fn starting_at(&self, start: usize) -> impl Iterator<Item = &Span> {
        let first = (start, std::cmp::Reverse(usize::MAX), SpanId::LEAST);
        self.spans
            .range(first..)
            .map(|(_, span)| span)
            .take_while(move |span| span.data.fragments.start() == start)
    }

    /// The spans that share a byte with `range` or with the gaps of which `range` shares one, in
    /// reading order.
    pub fn overlapping(&self, range: Range<usize>) -> impl Iterator<Item = &Span> {
        let from = range.start.saturating_sub(self.longest());
        let first = (from, std::cmp::Reverse(usize::MAX), SpanId::LEAST);
        self.spans
            .range(first..)
            .map(|(_, span)| span)
            .take_while(move |span| span.data.fragments.start() < range.end)
            .filter(move |span| span.data.fragments.end() > range.start)
    }

    /// The span after (in reading order) the one with this id.
    pub fn next(&self, id: SpanId) -> Option<&Span> {
        let place = *self.places.get(&self.resolve(id))?;
        let after = (std::ops::Bound::Excluded(place), std::ops::Bound::Unbounded);
        self.spans.range(after).next().map(|(_, span)| span)
    }

    /// The span before (in reading order) the one with this id.
    pub fn previous(&self, id: SpanId) -> Option<&Span> {
        let place = *self.places.get(&self.resolve(id))?;
        self.spans.range(..place).next_back().map(|(_, span)| span)
    }

    /// The first span that starts at byte `at` or after it.
    pub fn first_from(&self, at: usize) -> Option<&Span> {
        let first = (at, std::cmp::Reverse(usize::MAX), SpanId::LEAST);
        self.spans.range(first..).next().map(|(_, span)| span)
    }

    /// The last span that starts before byte `at`.
    pub fn last_before(&self, at: usize) -> Option<&Span> {
        let bound = (at, std::cmp::Reverse(usize::MAX), SpanId::LEAST);
        self.spans.range(..bound).next_back().map(|(_, span)| span)
    }

    /// Puts a span in. Where an identical one is there, that one stands for it, and `false` comes
    /// back; so it does where the id is taken.
    pub fn insert(&mut self, span: Span) -> bool {
        if self.places.contains_key(&span.id) {
            return false;
        }
        if let Some(there) = self.identical(&span.data.label, &span.data.fragments) {
            let there = there.id;
            self.twins.insert(span.id, there);
            return false;
        }
        if !self.twins.is_empty() {
            self.twins.remove(&span.id);
        }
        self.put(span);
        true
    }

    /// Makes room for so many spans more.
    pub fn reserve(&mut self, spans: usize) {
        self.places.reserve(spans);
    }

    fn put(&mut self, span: Span) {
        let (start, end) = span.data.fragments.extent();
        *self.lengths.entry(end - start).or_default() += 1;
        match self.counts.get_mut(&span.data.label) {
            Some(count) => *count += 1,
            None => {
                self.counts.insert(span.data.label.clone(), 1);
            }
        }
        let place = place(&span);
        self.places.insert(span.id, place);
        self.spans.insert(place, span);
    }

    fn take(&mut self, id: SpanId) -> Option<Span> {
        let place = self.places.remove(&id)?;
        let span = self.spans.remove(&place)?;
        let (start, end) = span.data.fragments.extent();
        count_down(&mut self.lengths, &(end - start));
        count_down(&mut self.counts, &span.data.label);
        Some(span)
    }

    fn longest(&self) -> usize {
        self.lengths
            .last_key_value()
            .map_or(0, |(length, _)| *length)
    }

    /// Takes a span out, with the relations that begin or end at it.
    pub fn remove(&mut self, id: SpanId) -> Option<(Span, Vec<Relation>)> {
        let id = self.resolve(id);
        let span = self.take(id)?;
        let cut = |relation: &Relation| relation.from == id || relation.to == id;
        let relations: Vec<Relation> = self
            .relations
            .extract_if(.., |_, r| cut(r))
            .map(|(_, relation)| relation)
            .collect();
        for relation in &relations {
            self.links.remove(&link(relation));
        }
        Some((span, relations))
    }

    /// Changes a span in place; its id stays what it was.
    pub fn update<T>(&mut self, id: SpanId, change: impl FnOnce(&mut Span) -> T) -> Option<T> {
        let id = self.resolve(id);
        let mut span = self.take(id)?;
        let result = change(&mut span);
        span.id = id;
        self.put(span);
        Some(result)
    }

    /// The relations, by id.
    pub fn relations(&self) -> impl Iterator<Item = &Relation> {
        self.relations.values()
    }

    /// The relation with this id.
    pub fn relation(&self, id: RelationId) -> Option<&Relation> {
        self.relations.get(&id)
    }

    /// Whether there is a relation of this type between two spans.
    pub fn is_linked(&self, kind: &str, from: SpanId, to: SpanId) -> bool {
        let link = (self.resolve(from), self.resolve(to), kind.to_owned());
        self.links.contains(&link)
    }

    /// The relations that begin or end at a span.
    pub fn relations_of(&self, id: SpanId) -> impl Iterator<Item = &Relation> {
        let id = self.resolve(id);
        self.relations
            .values()
            .filter(move |r| r.from == id || r.to == id)
    }

    /// Puts a relation in; `false` where an end is missing, it would lead to itself, its id is
    /// taken, or an equal one is there.
    pub fn insert_relation(&mut self, mut relation: Relation) -> bool {
        relation.from = self.resolve(relation.from);
        relation.to = self.resolve(relation.to);
        let (from, to) = (relation.from, relation.to);
        let ends = self.places.contains_key(&from) && self.places.contains_key(&to) && from != to;
        if !ends || self.relations.contains_key(&relation.id) || !self.links.insert(link(&relation))
        {
            return false;
        }
        self.relations.insert(relation.id, relation);
        true
    }

    /// Takes a relation out.
    pub fn remove_relation(&mut self, id: RelationId) -> Option<Relation> {
        let relation = self.relations.remove(&id)?;
        self.links.remove(&link(&relation));
        Some(relation)
    }
}
