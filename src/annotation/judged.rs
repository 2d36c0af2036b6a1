//! The decisions of a layer, found by what they are about, and which spans came into the layer with one.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use super::{Decision, DecisionId, Judgement, QuickHash, SpanId};

/// The decisions of a layer. Invariant: the index names those that there are, and no others.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Judged {
    decisions: BTreeMap<DecisionId, Decision>,
    /// Those about each span of an annotator; a relation counts where it begins.
    about: BTreeMap<SpanId, BTreeSet<DecisionId>>,
    /// The spans that came with a decision, also of decisions that were taken back since.
    came: HashSet<SpanId, QuickHash>,
}

impl Judged {
    pub(super) fn all(&self) -> impl Iterator<Item = &Decision> {
        self.decisions.values()
    }

    pub(super) fn len(&self) -> usize {
        self.decisions.len()
    }

    pub(super) fn get(&self, id: DecisionId) -> Option<&Decision> {
        self.decisions.get(&id)
    }

    pub(super) fn insert(&mut self, decision: Decision) -> bool {
        if self.decisions.contains_key(&decision.id) {
            return false;
        }
        for topic in decision.judgement.topics() {
            self.about
                .entry(topic.from)
                .or_default()
                .insert(decision.id);
        }
        self.decisions.insert(decision.id, decision);
        true
    }

    pub(super) fn remove(&mut self, id: DecisionId) -> Option<Decision> {
        let decision = self.decisions.remove(&id)?;
        for topic in decision.judgement.topics() {
            if let Some(ids) = self.about.get_mut(&topic.from) {
                ids.remove(&id);
                if ids.is_empty() {
                    self.about.remove(&topic.from);
                }
            }
        }
        Some(decision)
    }

    /// Those that are about something that a judgement is about.
    pub(super) fn sharing(&self, judgement: &Judgement) -> BTreeSet<DecisionId> {
        let mut found = BTreeSet::new();
        for topic in judgement.topics() {
            let ids = self.about.get(&topic.from).into_iter().flatten();
            let shares = |id: &&DecisionId| {
                let decision = self.decisions.get(id);
                decision.is_some_and(|it| it.judgement.topics().any(|other| other == topic))
            };
            found.extend(ids.filter(shares).copied());
        }
        found
    }

    pub(super) fn note_came(&mut self, span: SpanId) {
        self.came.insert(span);
    }

    pub(super) fn came_with_one(&self, span: SpanId) -> bool {
        self.came.contains(&span)
    }

    /// The spans that are there by these decisions and by no other.
    pub(super) fn only_of(&self, ids: &BTreeSet<DecisionId>) -> BTreeSet<SpanId> {
        let of = |id: &DecisionId| self.decisions.get(id).map(|it| it.made.as_slice());
        let made = ids.iter().filter_map(of).flatten().copied();
        let mut made: BTreeSet<SpanId> = made.filter(|span| self.came_with_one(*span)).collect();
        if !made.is_empty() {
            for other in self.all().filter(|other| !ids.contains(&other.id)) {
                for span in &other.made {
                    made.remove(span);
                }
            }
        }
        made
    }
}
