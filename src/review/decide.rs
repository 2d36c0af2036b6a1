//! What a reviewer does with a case, as one change of the reviewer's own layer. What was decided about the same
//! spans before is taken back by it, with what it made; the annotators' layers are not touched.

use std::collections::{BTreeSet, HashMap};

use super::{Case, Decided, standing::Side};
use crate::annotation::{
    Decision, EditId, Fragments, Judgement, LabelId, LabelSet, Layer, Source, SpanData, SpanId,
    Verdict,
};
use crate::edit::LayerChange;

/// What a span is known by among those of a layer.
pub(super) type Key = (LabelId, Fragments);

/// What is done with a case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ruling {
    /// What these layers say is right; the others are not, unless they say the same.
    Accept(BTreeSet<usize>),
    /// What this layer says is taken over, to be edited.
    Edit(usize),
    /// What this layer says is not right; of the others nothing is said.
    Reject(usize),
    /// None of these is right.
    RejectAll,
    /// The reviewer says it in another way.
    Own(SpanData),
    /// It is left open.
    LeaveOpen,
    /// What was decided is taken back.
    Reopen,
}

/// Why something was decided.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Why {
    /// One of the project's reasons.
    pub reason: String,
    /// The reviewer's own words.
    pub note: String,
}

/// What is decided, where, and against what.
#[derive(Clone, Copy, Debug)]
pub struct Matter<'m> {
    /// The labels.
    pub set: &'m LabelSet,
    /// The layers that are compared.
    pub sides: &'m [Side<'m>],
    /// The reviewer's layer.
    pub own: &'m Layer,
    /// The id that the edit will have: what it makes is named by it.
    pub edit: EditId,
}

impl Matter<'_> {
    /// The change of the reviewer's layer; `None` where there is nothing to change.
    pub fn change(&self, case: &Case, ruling: &Ruling, why: &Why) -> Option<LayerChange> {
        let mut changes = self.taken_back(case, ruling);
        if let Some(judgement) = self.judgement(case, ruling, why) {
            let links = self.links(case, ruling, &judgement);
            changes.push(LayerChange::Decide(Box::new(judgement)));
            changes.extend(links);
        }
        match changes.len() {
            0 | 1 => changes.pop(),
            _ => Some(LayerChange::Batch(changes)),
        }
    }

    /// What was decided before goes, with the spans that only it made.
    fn taken_back(&self, case: &Case, ruling: &Ruling) -> Vec<LayerChange> {
        let decided = Decided::new(self.own);
        let mut before = decided.about(case, self.sides);
        if let Ruling::Reject(side) = ruling {
            // Of single layers there can be a word each.
            let name = self.sides.get(*side).map(|(name, _)| *name);
            before.retain(|decision| {
                let sources = &decision.judgement.sources;
                decision.judgement.verdict != Verdict::Rejected
                    || sources.iter().any(|source| Some(&source.annotator) == name)
            });
        }
        let kept: BTreeSet<SpanId> = self
            .own
            .decisions()
            .filter(|other| before.iter().all(|decision| decision.id != other.id))
            .flat_map(|other| other.made.iter().copied())
            .collect();
        let mut changes = Vec::new();
        for decision in before {
            let made = |span: &SpanId| !kept.contains(span) && self.is_made_by(decision, *span);
            let made: Vec<SpanId> = decision.made.iter().copied().filter(made).collect();
            if !made.is_empty() {
                changes.push(LayerChange::RemoveSpans(made));
            }
            if let Some(kind) = &decision.judgement.relation {
                changes.extend(self.unlinked(case, kind));
            }
            changes.push(LayerChange::Withdraw(decision.id));
        }
        changes
    }

    /// Whether a span came with a decision, and was not there before it.
    fn is_made_by(&self, decision: &Decision, span: SpanId) -> bool {
        span.edit == decision.id.edit && self.own.get(span).is_some()
    }

    fn judgement(&self, case: &Case, ruling: &Ruling, why: &Why) -> Option<Judgement> {
        let verdict = match ruling {
            Ruling::Accept(_) => Verdict::Accepted,
            Ruling::Edit(_) | Ruling::Own(_) => Verdict::Edited,
            Ruling::Reject(_) | Ruling::RejectAll => Verdict::Rejected,
            Ruling::LeaveOpen => Verdict::Undecided,
            Ruling::Reopen => return None,
        };
        let accepted = match ruling {
            Ruling::Accept(sides) => sides.clone(),
            Ruling::Edit(side) => BTreeSet::from([*side]),
            _ => BTreeSet::new(),
        };
        let mut spans: Vec<SpanData> = Vec::new();
        if let Ruling::Own(data) = ruling {
            spans.push(data.clone());
        }
        for (side, span) in case.sources().filter(|_| case.relation.is_none()) {
            let data = self.data(side, span).filter(|_| accepted.contains(&side));
            if let Some(data) = data.map(|data| self.taken_over(data))
                && !spans.iter().any(|other| is_same(other, &data))
            {
                spans.push(data);
            }
        }
        // Who is right that nothing is there rejects what the others have.
        let nothing = spans.is_empty() && case.relation.is_none();
        let verdict = match verdict {
            Verdict::Accepted if nothing => Verdict::Rejected,
            verdict => verdict,
        };
        let only = match ruling {
            Ruling::Reject(side) => Some(*side),
            _ => None,
        };
        let sources: Vec<Source> = case
            .sources()
            .filter(|(side, _)| only.is_none_or(|only| only == *side))
            .filter_map(|(side, span)| self.source(case, (side, span), &accepted, &spans))
            .collect();
        let without =
            self.sides.iter().enumerate().filter(|(side, _)| {
                only.is_none() && case.spans.get(*side).is_none_or(Vec::is_empty)
            });
        let without = without.map(|(_, (name, _))| (*name).clone()).collect();
        (!sources.is_empty() || case.gone.is_some()).then(|| Judgement {
            verdict,
            sources,
            without,
            spans,
            relation: case.relation.clone(),
            reason: why.reason.trim().to_owned(),
            note: why.note.trim().to_owned(),
        })
    }

    fn source(
        &self,
        case: &Case,
        (side, span): (usize, SpanId),
        accepted: &BTreeSet<usize>,
        spans: &[SpanData],
    ) -> Option<Source> {
        let (annotator, _) = self.sides.get(side)?;
        let said = self.data(side, span)?;
        let alike = spans
            .iter()
            .any(|data| is_same(data, &self.taken_over(said)));
        let accepted = match &case.relation {
            Some(_) => accepted.contains(&side),
            None => alike,
        };
        Some(Source {
            annotator: (*annotator).clone(),
            span,
            accepted,
            said: (spans.first() != Some(said)).then(|| said.clone()),
        })
    }

    fn data(&self, side: usize, span: SpanId) -> Option<&SpanData> {
        let (_, layer) = self.sides.get(side)?;
        layer.get(span).map(|span| &span.data)
    }

    /// What comes into the reviewer's layer of a span: notes are their writers'.
    pub(super) fn taken_over(&self, data: &SpanData) -> SpanData {
        SpanData {
            label: self.set.id_of(&data.label).clone(),
            note: String::new(),
            ..data.clone()
        }
    }

    /// The relations that come with a ruling: the one that it is about, and those that all have between spans
    /// which the reviewer's layer then has.
    fn links(&self, case: &Case, ruling: &Ruling, judgement: &Judgement) -> Vec<LayerChange> {
        let mut ends = self.ends();
        for (place, data) in (0..).zip(&judgement.spans) {
            let edit = self.edit;
            ends.entry((data.label.clone(), data.fragments.clone()))
                .or_insert(SpanId { edit, place });
        }
        if case.relation.is_some() {
            let Ruling::Accept(sides) = ruling else {
                return Vec::new();
            };
            let links = case.links.iter().filter(|link| sides.contains(&link.side));
            let mut changes: Vec<LayerChange> = links
                .filter_map(|link| {
                    let (from, to) = (
                        self.data(link.side, link.from)?,
                        self.data(link.side, link.to)?,
                    );
                    self.link(case.relation.as_deref()?, from, to, &ends)
                })
                .collect();
            changes.dedup();
            return changes;
        }
        self.agreed_links(&ends)
    }

    /// What makes two spans the same: the label that they count as, and their fragments.
    pub(super) fn key(&self, data: &SpanData) -> Key {
        let label = self.set.id_of(&data.label).clone();
        (label, data.fragments.clone())
    }

    /// The spans of the reviewer's layer.
    pub(super) fn ends(&self) -> HashMap<Key, SpanId> {
        let spans = self.own.spans();
        spans.map(|span| (self.key(&span.data), span.id)).collect()
    }

    fn link(
        &self,
        kind: &str,
        from: &SpanData,
        to: &SpanData,
        ends: &HashMap<Key, SpanId>,
    ) -> Option<LayerChange> {
        let end = |data: &SpanData| ends.get(&self.key(data)).copied();
        let (from, to) = (end(from)?, end(to)?);
        let kind = kind.to_owned();
        let there = self
            .own
            .relations_of(from)
            .any(|known| known.kind == kind && known.from == from && known.to == to);
        (!there).then_some(LayerChange::AddRelation { kind, from, to })
    }

    /// The relations that every layer which has both ends has between them, and the reviewer's lacks.
    pub(super) fn agreed_links(&self, ends: &HashMap<Key, SpanId>) -> Vec<LayerChange> {
        let Some((_, first)) = self.sides.first() else {
            return Vec::new();
        };
        let mut changes = Vec::new();
        for relation in first.relations() {
            let (Some(from), Some(to)) = (first.get(relation.from), first.get(relation.to)) else {
                continue;
            };
            let all = self.sides.iter().skip(1).all(|(_, layer)| {
                let same = |data: &SpanData| layer.identical(&data.label, &data.fragments);
                let (Some(from), Some(to)) = (same(&from.data), same(&to.data)) else {
                    return false;
                };
                let mut relations = layer.relations_of(from.id);
                relations.any(|it| it.kind == relation.kind && it.from == from.id && it.to == to.id)
            });
            if all {
                changes.extend(self.link(&relation.kind, &from.data, &to.data, ends));
            }
        }
        changes
    }

    /// The relations of this kind between the ends of a case in the reviewer's layer go.
    fn unlinked(&self, case: &Case, kind: &str) -> Vec<LayerChange> {
        let ends = self.ends();
        let end = |side: usize, span: SpanId| {
            let data = self.data(side, span)?;
            ends.get(&self.key(data)).copied()
        };
        let pairs = case
            .links
            .iter()
            .filter_map(|link| Some((end(link.side, link.from)?, end(link.side, link.to)?)));
        let pairs: BTreeSet<(SpanId, SpanId)> = pairs.collect();
        let here = self.own.relations();
        here.filter(|it| it.kind == kind && pairs.contains(&(it.from, it.to)))
            .map(|relation| LayerChange::RemoveRelation(relation.id))
            .collect()
    }
}

fn is_same(one: &SpanData, other: &SpanData) -> bool {
    (&one.label, &one.fragments, &one.attributes)
        == (&other.label, &other.fragments, &other.attributes)
}
