//! What all annotators of a document have alike, as a change of the reviewer's own layer. The annotators'
//! layers are not touched, and what the reviewer has had before is not brought back.

use std::collections::{HashMap, HashSet};

use super::{
    decide::{Key, Matter, same},
    standing::Side,
};
use crate::annotation::{
    DecisionId, EditId, Judgement, LabelSet, Layer, Source, Span, SpanData, SpanId, Verdict,
};
use crate::edit::{Cause, Change, LayerChange, LayerLog};

/// The change that gives the reviewer's layer the spans that all of `sides` have, each as a decision that names
/// them: the same label, fragments and attributes; notes stay behind. With them come the relations that all have
/// between them. `None` where that is nothing, or there are fewer than two layers. Spans that the reviewer once
/// had, and has changed or removed since, are decided, unless having them was undone or reopened: they are left as
/// they are, and so are spans that a decision is about. `edit`: the id that the edit will have.
pub fn full_agreement(
    set: &LabelSet,
    sides: &[Side<'_>],
    own: &LayerLog,
    edit: EditId,
) -> Option<LayerChange> {
    (sides.len() > 1).then(|| in_common(set, sides, own, edit))?
}

/// The same of the only annotator of a document: there is nobody to agree with, so each span is accepted as it is.
pub fn only_word(
    set: &LabelSet,
    side: Side<'_>,
    own: &LayerLog,
    edit: EditId,
) -> Option<LayerChange> {
    in_common(set, &[side], own, edit)
}

fn in_common(
    set: &LabelSet,
    sides: &[Side<'_>],
    own: &LayerLog,
    edit: EditId,
) -> Option<LayerChange> {
    let ((first, layer), others) = sides.split_first()?;
    let matter = Matter {
        set,
        sides,
        own: own.state(),
        edit,
    };
    let mut decided = had(&matter, own);
    let about = judged(own.state());
    let mut changes = Vec::new();
    let mut ends = matter.ends(own.state());
    for span in layer.spans() {
        let data = matter.taken_over(&span.data);
        let twins: Vec<(Side<'_>, &Span)> = others
            .iter()
            .filter_map(|side| Some((*side, twin(set, side.1, &data)?)))
            .collect();
        let all = std::iter::once(((*first, *layer), span)).chain(twins);
        let all: Vec<(Side<'_>, &Span)> = all.collect();
        let judged = all
            .iter()
            .any(|((name, _), it)| about.contains(&(name.as_str(), it.id)));
        if all.len() == sides.len() && !judged && decided.insert(matter.key(&data)) {
            let place = u32::try_from(changes.len()).unwrap_or(u32::MAX);
            ends.entry(matter.key(&data))
                .or_insert(SpanId { edit, place });
            changes.push(LayerChange::Decide(Box::new(agreed(data, &all))));
        }
    }
    changes.extend(matter.agreed_links(own.state(), &ends, |_| true));
    (!changes.is_empty()).then_some(LayerChange::Batch(changes))
}

/// How many spans come in by such a change.
pub fn agreed_spans(change: &LayerChange) -> usize {
    match change {
        LayerChange::Decide(judgement) => judgement.spans.len(),
        LayerChange::Batch(changes) => changes.iter().map(agreed_spans).sum(),
        _ => 0,
    }
}

fn agreed(data: SpanData, all: &[(Side<'_>, &Span)]) -> Judgement {
    let source = |((annotator, _), span): &(Side<'_>, &Span)| Source {
        annotator: (*annotator).clone(),
        span: span.id,
        accepted: true,
        said: (span.data != data).then(|| span.data.clone()),
    };
    Judgement {
        verdict: if all.len() > 1 {
            Verdict::Agreed
        } else {
            Verdict::Accepted
        },
        sources: all.iter().map(source).collect(),
        without: Vec::new(),
        spans: vec![data],
        relation: None,
        reason: String::new(),
        note: String::new(),
    }
}

/// The annotators' spans that some decision is about.
fn judged(own: &Layer) -> HashSet<(&str, SpanId)> {
    let decisions = own.decisions().filter(|it| it.judgement.relation.is_none());
    let sources = decisions.flat_map(|decision| &decision.judgement.sources);
    sources
        .map(|source| (source.annotator.as_str(), source.span))
        .collect()
}

fn twin<'l>(set: &LabelSet, layer: &'l Layer, data: &SpanData) -> Option<&'l Span> {
    same(set, layer, data).find(|there| there.data.attributes == data.attributes)
}

/// What the reviewer has had, by what was not taken back since: neither undone nor reopened.
fn had(matter: &Matter<'_>, own: &LayerLog) -> HashSet<Key> {
    let mut undone: HashSet<EditId> = HashSet::new();
    for edit in own.edits() {
        match edit.cause {
            Cause::Done => {}
            Cause::Undo(of) => {
                undone.insert(of);
            }
            Cause::Redo(of) => {
                undone.remove(&of);
            }
        }
    }
    let mut had = Had::default();
    for edit in own.edits() {
        if let Change::Layer(_, change) = &edit.change
            && edit.cause == Cause::Done
            && !undone.contains(&edit.id)
        {
            had.take((matter, edit.id), &mut 0, change);
        }
    }
    had.spans
}

#[derive(Default)]
struct Had {
    spans: HashSet<Key>,
    by_decision: HashMap<DecisionId, Vec<Key>>,
}

impl Had {
    /// Takes in a change of an edit, of which so many decisions came before.
    fn take(
        &mut self,
        (matter, edit): (&Matter<'_>, EditId),
        decisions: &mut u32,
        change: &LayerChange,
    ) {
        let keys = |spans: &[SpanData]| -> Vec<Key> {
            spans.iter().map(|data| matter.key(data)).collect()
        };
        match change {
            LayerChange::AddSpans(spans) => self.spans.extend(keys(spans)),
            LayerChange::Decide(judgement) => {
                let keys = keys(&judgement.spans);
                self.spans.extend(keys.iter().cloned());
                let place = *decisions;
                self.by_decision.insert(DecisionId { edit, place }, keys);
                *decisions += 1;
            }
            LayerChange::Withdraw(id) => {
                for key in self.by_decision.remove(id).unwrap_or_default() {
                    self.spans.remove(&key);
                }
            }
            LayerChange::Batch(changes) => {
                for change in changes {
                    self.take((matter, edit), decisions, change);
                }
            }
            _ => {}
        }
    }
}
