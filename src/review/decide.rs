//! What a reviewer does with a case, as one change of the reviewer's own layer. What was decided about the same
//! spans before is taken back by it, with what it made; the annotators' layers are not touched.

use std::collections::{BTreeSet, HashMap};

use super::{Case, Decided, standing::Side};
use crate::annotation::{
    Decision, DecisionId, EditId, Fragments, Judgement, LabelId, LabelSet, Layer, RelationId,
    Source, Span, SpanData, SpanId, Verdict,
};
use crate::edit::{LayerChange, changed};

/// What a span is known by among those of a layer.
pub(super) type Key = (LabelId, Fragments);

/// The spans of a layer by what they are known by.
pub(super) type Ends = HashMap<Key, SpanId>;

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

impl Ruling {
    /// The layers of which what they say is right.
    fn accepted(&self) -> BTreeSet<usize> {
        match self {
            Self::Accept(sides) => sides.clone(),
            Self::Edit(side) => BTreeSet::from([*side]),
            _ => BTreeSet::new(),
        }
    }
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
        let judgement = self.judgement(case, ruling, why);
        let mut changes = self.taken_back(case, ruling, judgement.as_ref());
        if let Some(judgement) = judgement {
            changes.push(LayerChange::Decide(Box::new(judgement)));
            let decided = LayerChange::Batch(changes.clone());
            let after = changed(self.own, &decided, self.edit);
            changes.extend(self.links(case, ruling, &after));
        }
        match changes.len() {
            0 | 1 => changes.pop(),
            _ => Some(LayerChange::Batch(changes)),
        }
    }

    /// What was decided before goes, with the spans that only it made, unless the new decision is about the same:
    /// that takes it back by itself, and keeps what it makes alike.
    fn taken_back(
        &self,
        case: &Case,
        ruling: &Ruling,
        now: Option<&Judgement>,
    ) -> Vec<LayerChange> {
        let decided = Decided::new(self.set, self.own);
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
        let again = now.map(|now| self.own.decisions_sharing(now));
        before.retain(|decision| again.as_ref().is_none_or(|it| !it.contains(&decision.id)));
        let ids: BTreeSet<DecisionId> = before.iter().map(|decision| decision.id).collect();
        let made = self.own.spans_only_of(&ids);
        let mut changes = Vec::new();
        if !made.is_empty() {
            changes.push(LayerChange::RemoveSpans(made));
        }
        let links = before.iter().flat_map(|decision| self.unlinked(decision));
        let links: BTreeSet<RelationId> = links.collect();
        changes.extend(links.into_iter().map(LayerChange::RemoveRelation));
        changes.extend(ids.into_iter().map(LayerChange::Withdraw));
        changes
    }

    fn judgement(&self, case: &Case, ruling: &Ruling, why: &Why) -> Option<Judgement> {
        let verdict = match ruling {
            Ruling::Accept(_) => Verdict::Accepted,
            Ruling::Edit(_) | Ruling::Own(_) => Verdict::Edited,
            Ruling::Reject(_) | Ruling::RejectAll => Verdict::Rejected,
            Ruling::LeaveOpen => Verdict::Undecided,
            Ruling::Reopen => return None,
        };
        let accepted = ruling.accepted();
        let mut spans: Vec<SpanData> = Vec::new();
        if let Ruling::Own(data) = ruling {
            spans.push(data.clone());
        }
        for (side, span) in case.sources().filter(|_| case.relation.is_none()) {
            let data = self.data(side, span).filter(|_| accepted.contains(&side));
            if let Some(data) = data.map(|data| self.taken_over(data))
                && !spans.iter().any(|other| other.is_like(&data))
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
        let taken = self.taken_over(said);
        let alike = spans.iter().any(|data| data.is_like(&taken));
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

    /// The relations that come with a ruling, or go with it: the one that it is about; else those that all have
    /// between spans which come in, and those of spans which come again. `after`: the layer as decided.
    fn links(&self, case: &Case, ruling: &Ruling, after: &Layer) -> Vec<LayerChange> {
        let ends = self.ends(after);
        if let Some(kind) = case.relation.as_deref() {
            return self.relinked((case, kind), ruling, (after, &ends));
        }
        let lost = self.own.relations();
        let lost = lost.filter(|it| after.relation(it.id).is_none());
        let mut changes: Vec<LayerChange> = lost
            .filter_map(|it| {
                let (from, to) = (self.own.get(it.from)?, self.own.get(it.to)?);
                let (from, to) = (self.key(&from.data), self.key(&to.data));
                link(&it.kind, (*ends.get(&from)?, *ends.get(&to)?), after)
            })
            .collect();
        let is_new = |span: SpanId| self.own.get(span).is_none();
        for change in self.agreed_links(after, &ends, is_new) {
            if !changes.contains(&change) {
                changes.push(change);
            }
        }
        changes
    }

    /// The relation that a case is about, as it is ruled on.
    fn relinked(
        &self,
        (case, kind): (&Case, &str),
        ruling: &Ruling,
        (after, ends): (&Layer, &Ends),
    ) -> Vec<LayerChange> {
        let accepted = ruling.accepted();
        let (mut wanted, mut others) = (BTreeSet::new(), BTreeSet::new());
        for at in &case.links {
            let end = |span: SpanId| ends.get(&self.key(self.data(at.side, span)?)).copied();
            if let (Some(from), Some(to)) = (end(at.from), end(at.to)) {
                let list = if accepted.contains(&at.side) {
                    &mut wanted
                } else {
                    &mut others
                };
                list.insert((from, to));
            }
        }
        // What is left open stays as it is, unless something else was decided before.
        if *ruling == Ruling::LeaveOpen && self.own.decision_count() < after.decision_count() {
            others.clear();
        }
        let there = after.relations().filter(|it| it.kind == kind);
        let unwanted = there.filter(|it| {
            let ends = (it.from, it.to);
            others.contains(&ends) && !wanted.contains(&ends)
        });
        let gone = unwanted.map(|it| LayerChange::RemoveRelation(it.id));
        let come = wanted.iter().filter_map(|ends| link(kind, *ends, after));
        gone.chain(come).collect()
    }

    /// What makes two spans the same: the label that they count as, and their fragments.
    pub(super) fn key(&self, data: &SpanData) -> Key {
        key(self.set, data)
    }

    /// The spans of the reviewer's layer.
    pub(super) fn ends(&self, own: &Layer) -> Ends {
        let spans = own.spans();
        spans.map(|span| (self.key(&span.data), span.id)).collect()
    }

    /// The relations that every layer has between two spans, and the reviewer's lacks, where one of the two is
    /// `wanted` there.
    pub(super) fn agreed_links(
        &self,
        own: &Layer,
        ends: &Ends,
        wanted: impl Fn(SpanId) -> bool,
    ) -> Vec<LayerChange> {
        let Some(((_, first), others)) = self.sides.split_first() else {
            return Vec::new();
        };
        let agreed = first.relations().filter_map(|relation| {
            let (from, to) = (first.get(relation.from)?, first.get(relation.to)?);
            let end = |data: &SpanData| ends.get(&self.key(data)).copied();
            let here = (end(&from.data)?, end(&to.data)?);
            let all = || {
                others.iter().all(|(_, layer)| {
                    same(self.set, layer, &from.data).any(|from| {
                        let mut to = same(self.set, layer, &to.data);
                        to.any(|to| layer.is_linked(&relation.kind, from.id, to.id))
                    })
                })
            };
            let here = Some(here).filter(|(from, to)| (wanted(*from) || wanted(*to)) && all());
            link(&relation.kind, here?, own)
        });
        agreed.collect()
    }

    /// The relations that go with a decision: those of the type that it is about between what it is about, also
    /// where its sources have gone since.
    fn unlinked(&self, decision: &Decision) -> BTreeSet<RelationId> {
        let judgement = &decision.judgement;
        let mut gone: BTreeSet<RelationId> =
            self.own.relations_only_of(decision).into_iter().collect();
        let Some(kind) = &judgement.relation else {
            return gone;
        };
        let ends = self.ends(self.own);
        let end = |source: &Source| ends.get(&self.key(judgement.said(source)?)).copied();
        for from in &judgement.sources {
            let of_one = |to: &&Source| to.annotator == from.annotator;
            for to in judgement.sources.iter().filter(of_one) {
                let (Some(from), Some(to)) = (end(from), end(to)) else {
                    continue;
                };
                let here = self.own.relations();
                let here = here.filter(|it| (it.from, it.to) == (from, to) && it.kind == *kind);
                gone.extend(here.map(|relation| relation.id));
            }
        }
        gone
    }
}

/// A relation between two spans of the reviewer's layer, unless it is there.
fn link(kind: &str, (from, to): (SpanId, SpanId), own: &Layer) -> Option<LayerChange> {
    let kind = kind.to_owned();
    (!own.is_linked(&kind, from, to)).then_some(LayerChange::AddRelation { kind, from, to })
}

/// What makes two spans the same: the label that they count as, and their fragments.
pub(super) fn key(set: &LabelSet, data: &SpanData) -> Key {
    (set.id_of(&data.label).clone(), data.fragments.clone())
}

/// The spans of a layer that are the same as another: of a label that counts as its label, on its fragments.
pub(super) fn same<'l, 'd>(
    set: &'d LabelSet,
    layer: &'l Layer,
    data: &'d SpanData,
) -> impl Iterator<Item = &'l Span> + use<'l, 'd> {
    let start = data.fragments.start();
    let here = layer.starting_in(start..start.saturating_add(1));
    here.filter(move |there| {
        there.data.fragments == data.fragments
            && set.id_of(&there.data.label) == set.id_of(&data.label)
    })
}
