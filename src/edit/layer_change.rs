//! Changes of a layer. Each names spans and relations by id; one whose target is missing has no
//! effect.

use serde::{Deserialize, Serialize};

use crate::annotation::{
    Decision, DecisionId, EditId, Fragments, Judgement, LabelId, Layer, Relation, RelationId, Span,
    SpanData, SpanId, Stamp, Status,
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
    /// and their places in it.
    Decide(Box<Judgement>),
    /// A decision is taken back; the spans that it made stay.
    Withdraw(DecisionId),
    /// A decision comes back as it was.
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
            C::Reinstate(decision) => {
                let back = self.layer.insert_decision(Decision::clone(decision));
                back.then_some(C::Withdraw(decision.id))
            }
            C::Batch(changes) => {
                let mut inverses: Vec<_> = changes.iter().filter_map(|c| self.apply(c)).collect();
                inverses.reverse();
                (!inverses.is_empty()).then_some(C::Batch(inverses))
            }
        }
    }

    /// What it says is added, then the decision that names what is there of it.
    fn decide(&mut self, judgement: &Judgement) -> Option<LayerChange> {
        let first = self.spans;
        let added = self.add_spans(&judgement.spans);
        let made = (first..self.spans).map(|place| {
            self.layer.resolve(SpanId {
                edit: self.edit,
                place,
            })
        });
        let id = DecisionId {
            edit: self.edit,
            place: self.decisions,
        };
        let decision = Decision {
            id,
            stamp: self.stamp.clone(),
            made: made.collect(),
            judgement: judgement.clone(),
        };
        self.decisions = self.decisions.saturating_add(1);
        let decided = self.layer.insert_decision(decision);
        let mut inverses: Vec<_> = decided
            .then_some(LayerChange::Withdraw(id))
            .into_iter()
            .collect();
        inverses.extend(added);
        match inverses.len() {
            0 | 1 => inverses.pop(),
            _ => Some(LayerChange::Batch(inverses)),
        }
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
        match inverses.len() {
            0 => None,
            1 => inverses.pop(),
            _ => Some(LayerChange::Batch(inverses)),
        }
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
