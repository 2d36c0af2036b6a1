//! How a case stands: open, decided, or changed by an annotator since it was decided.

use std::collections::HashMap;

use super::Case;
use crate::annotation::{Annotator, Decision, Layer, SpanId, Verdict};

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

type Key<'d> = (&'d Annotator, SpanId, Option<&'d str>);

/// The decisions of a reviewer's layer, by what they are about.
#[derive(Debug)]
pub struct Decided<'d> {
    own: &'d Layer,
    by_source: HashMap<Key<'d>, &'d Decision>,
}

impl<'d> Decided<'d> {
    /// Of a reviewer's layer.
    pub fn new(own: &'d Layer) -> Self {
        let mut by_source: HashMap<Key<'d>, &'d Decision> = HashMap::new();
        for decision in own.decisions() {
            for source in &decision.judgement.sources {
                let relation = decision.judgement.relation.as_deref();
                let key = (&source.annotator, source.span, relation);
                let later = by_source
                    .get(&key)
                    .is_none_or(|other| (&other.stamp, other.id) < (&decision.stamp, decision.id));
                if later {
                    by_source.insert(key, decision);
                }
            }
        }
        Self { own, by_source }
    }

    /// The decisions about a case, the latest last.
    pub fn about(&self, case: &Case, sides: &[Side<'d>]) -> Vec<&'d Decision> {
        if let Some(gone) = case.gone {
            return self.own.decision(gone).into_iter().collect();
        }
        let mut found: Vec<&Decision> = case
            .sources()
            .filter_map(|(side, span)| self.of(case, sides.get(side)?.0, span))
            .collect();
        found.sort_by(|a, b| (&a.stamp, a.id).cmp(&(&b.stamp, b.id)));
        found.dedup_by_key(|decision| decision.id);
        found
    }

    fn of(&self, case: &Case, annotator: &Annotator, span: SpanId) -> Option<&'d Decision> {
        let relation = case.relation.as_deref();
        self.by_source.get(&(annotator, span, relation)).copied()
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
            standing = standing.min(match self.of(case, annotator, span) {
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
        // A note is a remark and no other opinion.
        let same = match (said, now) {
            (Some(said), Some(now)) => {
                (&said.label, &said.fragments, &said.attributes)
                    == (&now.label, &now.fragments, &now.attributes)
            }
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
            let own = self.own.identical(&span.data.label, &span.data.fragments);
            own.is_some_and(|own| own.data.attributes == span.data.attributes)
        })
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

    /// A case for each decision of which every span is gone from the layers that are compared, unless nobody of
    /// those it is about is compared.
    pub fn gone(&self, sides: &[Side<'_>]) -> Vec<Case> {
        let layer_of = |name: &Annotator| sides.iter().find(|(side, _)| *side == name);
        let is_gone = |decision: &&Decision| {
            let sources = &decision.judgement.sources;
            let mut known = false;
            let there = sources
                .iter()
                .any(|source| match layer_of(&source.annotator) {
                    Some((_, layer)) => {
                        known = true;
                        layer.get(source.span).is_some()
                    }
                    None => false,
                });
            known && !there && decision.judgement.relation.is_none()
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

fn is_silent(decision: &Decision, annotator: &Annotator) -> bool {
    decision.judgement.without.contains(annotator)
}
