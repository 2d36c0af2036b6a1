//! Changes of a layer. Each names spans and relations by id; one whose target is missing has no
//! effect.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::annotation::{
    Annotator, Decision, DecisionId, EditId, Fragments, Judgement, LabelId, Layer, Relation,
    RelationId, Span, SpanData, SpanId, Stamp, Status, Time,
};

/// A change of a layer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum LayerChange {
    /// Spans are added; their ids are the edit's and their place in it. One that is there already
    /// is not added again.
    AddSpans(Vec<SpanData>),
    /// Spans are removed, with the relations that begin or end at them.
    RemoveSpans(Vec<SpanId>),
    /// Removed spans and relations come back as they were.
    Restore(Vec<Span>, Vec<Relation>),
    /// A span gets another label.
    SetLabel(SpanId, LabelId),
    /// A span gets other fragments.
    SetFragments(SpanId, Fragments),
    /// An attribute of a span is set, or taken away.
    SetAttribute(SpanId, String, Option<String>),
    /// A span gets another note; empty for none.
    SetNote(SpanId, String),
    /// A relation is added; its id is the edit's and its place in it.
    AddRelation {
        /// The name of its type.
        kind: String,
        /// Where it begins.
        from: SpanId,
        /// Where it points.
        to: SpanId,
    },
    /// A relation is removed.
    RemoveRelation(RelationId),
    /// The layer gets another status.
    SetStatus(Status),
    /// A reviewer decides: what the decision says comes into the layer with it. The ids of both are the edit's
    /// and their places in it. Every earlier decision about one of the same spans of annotators (or one of the
    /// same relations) is taken back whole, also about what only it was about, with the spans and the relations
    /// that only it made; of its spans those stay that the later one makes alike. So two decisions about the same,
    /// made apart, come to one, whatever order they are brought together in.
    Decide(Box<Judgement>),
    /// A decision is taken back; the spans that it made stay.
    Withdraw(DecisionId),
    /// A decision comes back as it was, and takes back what was decided about the same in the meantime.
    Reinstate(Box<Decision>),
    /// Several changes as one; a layer that is imported is one of these.
    Batch(Vec<LayerChange>),
}

/// Applies an edit's change, giving its inverse; `None` where it has no effect.
pub(super) fn apply(
    layer: &mut Layer,
    change: &LayerChange,
    edit: EditId,
    stamp: &Stamp,
) -> Option<LayerChange> {
    Applying {
        layer,
        edit,
        stamp,
        spans: 0,
        relations: 0,
        decisions: 0,
    }
    .apply(change)
}

/// What a layer would be after a change that an edit of this id will make, to see what else has to be changed. Who
/// made things and when is not told.
pub fn changed(layer: &Layer, change: &LayerChange, edit: EditId) -> Layer {
    let stamp = Stamp {
        author: Annotator::unnamed(),
        time: Time::default(),
    };
    let mut layer = layer.clone();
    apply(&mut layer, change, edit, &stamp);
    layer
}

/// Changes as one; `None` for none.
fn batch(mut changes: Vec<LayerChange>) -> Option<LayerChange> {
    match changes.len() {
        0 | 1 => changes.pop(),
        _ => Some(LayerChange::Batch(changes)),
    }
}

/// An edit on its way into a layer, counting what it has made so far.
struct Applying<'a> {
    layer: &'a mut Layer,
    edit: EditId,
    stamp: &'a Stamp,
    spans: u32,
    relations: u32,
    decisions: u32,
}

impl Applying<'_> {
    fn apply(&mut self, change: &LayerChange) -> Option<LayerChange> {
        use LayerChange as C;
        match change {
            C::AddSpans(spans) => self.add_spans(spans),
            C::RemoveSpans(ids) => self.remove_spans(ids),
            C::Restore(spans, relations) => self.restore(spans, relations),
            C::SetLabel(id, label) => {
                let old = self.update(*id, |data| {
                    std::mem::replace(&mut data.label, label.clone())
                });
                old.filter(|old| old != label)
                    .map(|old| C::SetLabel(*id, old))
            }
            C::SetFragments(id, new) => {
                let old = self.update(*id, |data| {
                    std::mem::replace(&mut data.fragments, new.clone())
                });
                old.filter(|old| old != new)
                    .map(|old| C::SetFragments(*id, old))
            }
            C::SetAttribute(id, name, value) => {
                let old = self.update(*id, |data| match value {
                    Some(value) => data.attributes.insert(name.clone(), value.clone()),
                    None => data.attributes.remove(name),
                });
                old.filter(|old| old != value)
                    .map(|old| C::SetAttribute(*id, name.clone(), old))
            }
            C::SetNote(id, note) => {
                let old = self.update(*id, |data| std::mem::replace(&mut data.note, note.clone()));
                old.filter(|old| old != note)
                    .map(|old| C::SetNote(*id, old))
            }
            C::AddRelation { kind, from, to } => self.add_relation(kind, *from, *to),
            C::RemoveRelation(id) => {
                let relation = self.layer.remove_relation(*id)?;
                Some(C::Restore(Vec::new(), vec![relation]))
            }
            C::SetStatus(new) => {
                let old = self.layer.set_status(*new);
                (old != *new).then_some(C::SetStatus(old))
            }
            C::Decide(judgement) => self.decide(judgement),
            C::Withdraw(id) => {
                let decision = self.layer.remove_decision(*id)?;
                Some(C::Reinstate(Box::new(decision)))
            }
            C::Reinstate(decision) => batch(self.settle(Decision::clone(decision))),
            C::Batch(changes) => {
                let mut inverses: Vec<_> = changes.iter().filter_map(|c| self.apply(c)).collect();
                inverses.reverse();
                (!inverses.is_empty()).then_some(C::Batch(inverses))
            }
        }
    }

    /// What it says is added, then the decision that names what is there of it.
    fn decide(&mut self, judgement: &Judgement) -> Option<LayerChange> {
        let edit = self.edit;
        let first = self.spans;
        let added = self.add_spans(&judgement.spans);
        let ids = (first..self.spans).map(|place| SpanId { edit, place });
        ids.clone().for_each(|id| self.layer.note_decided(id));
        let decision = Decision {
            id: DecisionId {
                edit,
                place: self.decisions,
            },
            stamp: self.stamp.clone(),
            made: ids.map(|id| self.layer.resolve(id)).collect(),
            judgement: judgement.clone(),
        };
        self.decisions = self.decisions.saturating_add(1);
        let mut inverses = self.settle(decision);
        inverses.extend(added);
        batch(inverses)
    }

    /// Puts a decision in and takes back what was decided about the same before. Gives what undoes that, in order.
    fn settle(&mut self, decision: Decision) -> Vec<LayerChange> {
        let before = self.layer.decisions_sharing(&decision.judgement);
        let said = (!before.is_empty()).then(|| decision.clone());
        let mut inverses = vec![LayerChange::Withdraw(decision.id)];
        if !self.layer.insert_decision(decision) {
            return Vec::new();
        }
        let Some(said) = said else {
            return inverses;
        };
        let taken_on = self.take_on(&before, &said);
        let old = before.iter().filter_map(|id| self.layer.decision(*id));
        let links: Vec<RelationId> = old
            .flat_map(|old| self.layer.relations_only_of(old))
            .collect();
        let links = links
            .into_iter()
            .filter_map(|id| self.layer.remove_relation(id));
        let links: Vec<Relation> = links.collect();
        let gone = self.layer.spans_only_of(&before);
        let gone = self.remove_spans(&gone);
        let old = before
            .iter()
            .filter_map(|id| self.layer.remove_decision(*id));
        inverses.extend(old.map(|old| LayerChange::Reinstate(Box::new(old))));
        inverses.extend(gone);
        if !links.is_empty() {
            inverses.push(LayerChange::Restore(Vec::new(), links));
        }
        inverses.extend(taken_on);
        inverses
    }

    /// Spans that earlier decisions made and a later one makes alike get the attributes that it says. Gives what
    /// undoes that, in order.
    fn take_on(&mut self, before: &BTreeSet<DecisionId>, later: &Decision) -> Vec<LayerChange> {
        let old = before.iter().filter_map(|id| self.layer.decision(*id));
        let old = old.flat_map(|old| &old.made).copied();
        let old: BTreeSet<SpanId> = old.filter(|id| self.layer.came_decided(*id)).collect();
        let mut inverses = Vec::new();
        for (data, id) in later.judgement.spans.iter().zip(&later.made) {
            let Some(now) = self.layer.get(*id).filter(|_| old.contains(id)) else {
                continue;
            };
            let now = now.data.attributes.clone();
            let names: BTreeSet<&String> = now.keys().chain(data.attributes.keys()).collect();
            for name in names {
                let value = data.attributes.get(name).cloned();
                let set = LayerChange::SetAttribute(*id, name.clone(), value);
                inverses.extend(self.apply(&set));
            }
        }
        inverses.reverse();
        inverses
    }

    fn add_spans(&mut self, spans: &[SpanData]) -> Option<LayerChange> {
        let mut added = Vec::with_capacity(spans.len());
        self.layer.reserve(spans.len());
        for data in spans {
            let id = SpanId {
                edit: self.edit,
                place: self.spans,
            };
            self.spans = self.spans.saturating_add(1);
            let (made, changed) = (self.stamp.clone(), self.stamp.clone());
            if self.layer.insert(Span {
                id,
                data: data.clone(),
                made,
                changed,
            }) {
                added.push(id);
            }
        }
        (!added.is_empty()).then_some(LayerChange::RemoveSpans(added))
    }

    fn remove_spans(&mut self, ids: &[SpanId]) -> Option<LayerChange> {
        let (mut spans, mut relations) = (Vec::new(), Vec::new());
        for id in ids {
            if let Some((span, cut)) = self.layer.remove(*id) {
                spans.push(span);
                relations.extend(cut);
            }
        }
        (!spans.is_empty()).then_some(LayerChange::Restore(spans, relations))
    }

    fn restore(&mut self, spans: &[Span], relations: &[Relation]) -> Option<LayerChange> {
        let mut inverses = Vec::new();
        let back: Vec<SpanId> = spans
            .iter()
            .filter(|span| self.layer.insert(Span::clone(span)))
            .map(|span| span.id)
            .collect();
        for relation in relations {
            if self.layer.insert_relation(relation.clone()) {
                inverses.push(LayerChange::RemoveRelation(relation.id));
            }
        }
        if !back.is_empty() {
            inverses.push(LayerChange::RemoveSpans(back));
        }
        batch(inverses)
    }

    fn add_relation(&mut self, kind: &str, from: SpanId, to: SpanId) -> Option<LayerChange> {
        let id = RelationId {
            edit: self.edit,
            place: self.relations,
        };
        self.relations = self.relations.saturating_add(1);
        let relation = Relation {
            id,
            kind: kind.to_owned(),
            from,
            to,
        };
        self.layer
            .insert_relation(relation)
            .then_some(LayerChange::RemoveRelation(id))
    }

    /// Changes what a span says, noting who did and when.
    fn update<T>(&mut self, id: SpanId, change: impl FnOnce(&mut SpanData) -> T) -> Option<T> {
        let stamp = self.stamp;
        self.layer.update(id, |span| {
            span.changed = stamp.clone();
            change(&mut span.data)
        })
    }
}
