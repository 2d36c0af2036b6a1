//! How a case stands: open, decided, or changed by an annotator since it was decided.

use std::collections::HashMap;

use super::{Case, decide::same};
use crate::annotation::{
    Annotator, Decision, Judgement, LabelSet, Layer, Source, SpanData, SpanId, Topic, Verdict,
};

/// How a case stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Standing {
    /// All have the same, and nothing was decided.
    Agreed,
    /// It was decided, and an annotator has said something else since.
    Changed,
    /// It is to be decided.
    Open,
    /// It was looked at and left open.
    Undecided,
    /// It is decided.
    Decided,
}

impl Standing {
    /// Whether a reviewer has something to do there.
    pub fn is_open(self) -> bool {
        matches!(self, Self::Open | Self::Undecided | Self::Changed)
    }
}

/// A layer that is compared, and whose it is.
pub type Side<'l> = (&'l Annotator, &'l Layer);

/// The decisions of a reviewer's layer, by what they are about: of each there is one at most.
#[derive(Debug)]
pub struct Decided<'d> {
    set: &'d LabelSet,
    own: &'d Layer,
    by_topic: HashMap<Topic<'d>, &'d Decision>,
}

impl<'d> Decided<'d> {
    /// Of a reviewer's layer.
    pub fn new(set: &'d LabelSet, own: &'d Layer) -> Self {
        let topics = own.decisions().flat_map(|decision| {
            let topics = decision.judgement.topics();
            topics.map(move |topic| (topic, decision))
        });
        let by_topic = topics.collect();
        Self { set, own, by_topic }
    }

    /// The decisions about a case, the latest last.
    pub fn about(&self, case: &Case, sides: &[Side<'d>]) -> Vec<&'d Decision> {
        if let Some(gone) = case.gone {
            return self.own.decision(gone).into_iter().collect();
        }
        let mut found: Vec<&Decision> = case
            .sources()
            .filter_map(|source| self.of(case, sides.get(source.0)?.0, source))
            .collect();
        found.sort_by(|a, b| (&a.stamp, a.id).cmp(&(&b.stamp, b.id)));
        found.dedup_by_key(|decision| decision.id);
        found
    }

    fn of(
        &self,
        case: &Case,
        annotator: &Annotator,
        (side, span): (usize, SpanId),
    ) -> Option<&'d Decision> {
        let relation = case.relation.as_deref();
        let (mut from, mut to) = (span, span);
        if relation.is_some() {
            let ends = case.spans.get(side)?;
            (from, to) = (*ends.first()?, *ends.last()?);
        }
        let topic = Topic {
            annotator,
            from,
            to,
            relation,
        };
        self.by_topic.get(&topic).copied()
    }

    /// How a case stands.
    pub fn standing(&self, case: &Case, sides: &[Side<'d>]) -> Standing {
        if case.gone.is_some() {
            return Standing::Changed;
        }
        let about = self.about(case, sides);
        if about.is_empty() {
            return match case.class {
                Some(_) => Standing::Open,
                None => Standing::Agreed,
            };
        }
        let mut standing = Standing::Decided;
        for (side, span) in case.sources() {
            let Some((annotator, layer)) = sides.get(side) else {
                continue;
            };
            standing = standing.min(match self.of(case, annotator, (side, span)) {
                Some(decision) => self.held(decision, annotator, layer, span),
                None if self.follows(layer, span) => Standing::Decided,
                None if about.iter().any(|it| is_silent(it, annotator)) => Standing::Changed,
                None => Standing::Open,
            });
        }
        let left = about
            .iter()
            .any(|decision| Self::has_lost(case, decision, sides));
        if left {
            standing.min(Standing::Changed)
        } else {
            standing
        }
    }

    /// How a decision stands to what its source says now.
    fn held(
        &self,
        decision: &Decision,
        annotator: &Annotator,
        layer: &Layer,
        span: SpanId,
    ) -> Standing {
        let source = decision.source(annotator, span);
        let said = source.and_then(|source| decision.judgement.said(source));
        let now = layer.get(span).map(|span| &span.data);
        let same = match (said, now) {
            (Some(said), Some(now)) => self.is_same(said, now),
            _ => false,
        };
        match decision.judgement.verdict {
            _ if !same && !self.follows(layer, span) => Standing::Changed,
            Verdict::Undecided => Standing::Undecided,
            _ => Standing::Decided,
        }
    }

    /// Whether an annotator's span is what the reviewer has: then it follows what was decided.
    fn follows(&self, layer: &Layer, span: SpanId) -> bool {
        layer.get(span).is_some_and(|span| {
            let mut own = same(self.set, self.own, &span.data);
            own.any(|own| own.data.attributes == span.data.attributes)
        })
    }

    /// Whether two spans say the same, whatever their notes. A label that was merged counts as the other.
    fn is_same(&self, one: &SpanData, other: &SpanData) -> bool {
        let label = |data: &'_ SpanData| self.set.id_of(&data.label).clone();
        (&one.fragments, &one.attributes) == (&other.fragments, &other.attributes)
            && label(one) == label(other)
    }

    /// Whether somebody has taken back a span that a decision is about.
    fn has_lost(case: &Case, decision: &Decision, sides: &[Side<'_>]) -> bool {
        let judgement = &decision.judgement;
        judgement.sources.iter().any(|source| {
            let side = sides
                .iter()
                .position(|(name, _)| **name == source.annotator);
            let Some((side, (_, layer))) = side.and_then(|at| Some((at, sides.get(at)?))) else {
                return false;
            };
            let there = layer.get(source.span).is_some();
            let here = case.sources().any(|one| one == (side, source.span));
            !there || (judgement.relation.is_some() && case.relation.is_some() && !here)
        })
    }

    /// A case for each decision of which every span is gone from the layers that are compared, or the relation,
    /// unless nobody of those it is about is compared. Who takes a relation back that was not accepted follows.
    pub fn gone(&self, sides: &[Side<'_>]) -> Vec<Case> {
        let is_gone = |decision: &&Decision| {
            let judgement = &decision.judgement;
            let mut known = false;
            let there = judgement.sources.iter().any(|source| {
                let side = sides.iter().find(|(name, _)| **name == source.annotator);
                known |= side.is_some();
                side.is_some_and(|(_, layer)| is_there(layer, judgement, source))
            });
            let right = judgement.sources.iter().any(|it| it.accepted);
            let held = judgement.relation.is_none() || right;
            known && !there && held
        };
        let gone = self.own.decisions().filter(is_gone);
        gone.map(|decision| {
            let judgement = &decision.judgement;
            let said = judgement.sources.iter().find_map(|it| judgement.said(it));
            let (start, end) = said.map_or((0, 0), |data| data.fragments.extent());
            Case {
                start,
                end,
                spans: vec![Vec::new(); sides.len()],
                gone: Some(decision.id),
                ..Case::default()
            }
        })
        .collect()
    }
}

/// Whether an annotator still has what a source of a judgement is: the span, or a relation that begins at it.
fn is_there(layer: &Layer, judgement: &Judgement, source: &Source) -> bool {
    let Some(kind) = &judgement.relation else {
        return layer.get(source.span).is_some();
    };
    let mut others = judgement.sources.iter();
    others.any(|to| to.annotator == source.annotator && layer.is_linked(kind, source.span, to.span))
}

fn is_silent(decision: &Decision, annotator: &Annotator) -> bool {
    decision.judgement.without.contains(annotator)
}
