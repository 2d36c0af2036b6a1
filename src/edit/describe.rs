//! What an edit did, for people: «tag PERSON «سيرغي ريابكوف»». The words are the interface's; here
//! are the action, the label and the quotation that it makes them of.

use crate::{
    annotation::{
        Comment, Judgement, LabelFate, LabelId, LabelSet, Layer, SpanData, SpanId, Status,
    },
    text,
};

use super::{Change, DocumentChange, LabelField, LabelSetChange, LayerChange};

/// What kind of thing was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Action {
    /// Spans were made.
    Tag,
    /// Spans were removed.
    Remove,
    /// A span got another label.
    Relabel,
    /// A span's edges or fragments changed.
    Reshape,
    /// An attribute changed.
    Attribute,
    /// A note changed.
    Note,
    /// A relation was made.
    Relate,
    /// A relation was removed.
    Unrelate,
    /// The layer's status changed.
    Status(Status),
    /// Several things at once, or an import.
    Several,
    /// The label set changed.
    Labels,
    /// A label was merged into another.
    Merge,
    /// A document came in, left, or changed.
    Document,
    /// A reviewer decided something, or took a decision back.
    Decide,
    /// Somebody said something, or settled a thread.
    Comment,
}

/// What was done, to what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Description {
    /// What kind of thing.
    pub action: Action,
    /// The label's name in files; for other actions the name of what changed.
    pub name: Option<String>,
    /// The text of the span, shortened to 40 graphemes; of a merge the label that took the other in.
    pub quote: Option<String>,
    /// How many spans.
    pub count: usize,
}

impl Description {
    fn of(action: Action) -> Self {
        Self {
            action,
            name: None,
            quote: None,
            count: 1,
        }
    }
}

/// What a description can look up: the state, and the text where it is known.
#[derive(Clone, Copy, Debug)]
pub struct Context<'a> {
    /// The labels.
    pub labels: &'a LabelSet,
    /// The layer of the edit.
    pub layer: Option<&'a Layer>,
    /// The document's text.
    pub text: &'a str,
}

/// Describes what `done` did. `inverse` takes it back: it holds what `done` itself only names.
pub fn describe(done: &Change, inverse: &Change, context: Context<'_>) -> Description {
    match (done, inverse) {
        (Change::Layer(_, done), Change::Layer(_, inverse)) => context.layer_change(done, inverse),
        (
            Change::Document(
                _,
                DocumentChange::Say { text: said, .. }
                | DocumentChange::SayAgain {
                    comment: Comment { text: said, .. },
                    ..
                },
            ),
            _,
        ) => Description {
            quote: Some(text::quote(said, 40)),
            ..Description::of(Action::Comment)
        },
        (Change::Document(_, DocumentChange::Unsay(_) | DocumentChange::Resolve(..)), _) => {
            Description::of(Action::Comment)
        }
        (Change::Document(_, change), _) => Description {
            name: match change {
                DocumentChange::Add { title, .. } | DocumentChange::SetTitle(title) => {
                    Some(title.clone())
                }
                _ => None,
            },
            ..Description::of(Action::Document)
        },
        (
            Change::LabelSet(LabelSetChange::Set(
                id,
                LabelField::Fate(LabelFate::MergedInto(into)),
            )),
            _,
        ) => {
            let own = context.labels.get(id);
            let own = own.map_or(id.as_str(), |label| &label.name);
            Description {
                name: Some(own.to_owned()),
                quote: Some(context.labels.name_of(into).to_owned()),
                ..Description::of(Action::Merge)
            }
        }
        (Change::LabelSet(change), _) => Description {
            name: label_of(change).map(|id| context.labels.name_of(id).to_owned()),
            ..Description::of(Action::Labels)
        },
        _ => Description::of(Action::Several),
    }
}

fn is_decision(change: &LayerChange) -> bool {
    matches!(
        change,
        LayerChange::Decide(_) | LayerChange::Withdraw(_) | LayerChange::Reinstate(_)
    )
}

/// Whether a change is not worth a word beside another.
fn goes_without_saying(change: &LayerChange) -> bool {
    match change {
        LayerChange::SetStatus(_) => true,
        LayerChange::Decide(judgement) => judgement.is_of_nothing(),
        _ => false,
    }
}

fn label_of(change: &LabelSetChange) -> Option<&LabelId> {
    match change {
        LabelSetChange::Add(label, _) => Some(&label.id),
        LabelSetChange::Drop(id) | LabelSetChange::Set(id, _) | LabelSetChange::Move(id, _) => {
            Some(id)
        }
        _ => None,
    }
}

impl Context<'_> {
    fn layer_change(&self, done: &LayerChange, inverse: &LayerChange) -> Description {
        use LayerChange as C;
        match done {
            C::AddSpans(spans) => self.spans(Action::Tag, spans.iter(), spans.len()),
            C::RemoveSpans(ids) => {
                if let C::Restore(spans, _) = inverse {
                    let removed = spans.iter().map(|span| &span.data);
                    return self.spans(Action::Remove, removed, spans.len());
                }
                // Done again: the spans are still there.
                let there: Vec<&SpanData> = ids
                    .iter()
                    .filter_map(|id| self.layer?.get(*id))
                    .map(|span| &span.data)
                    .collect();
                self.spans(Action::Remove, there.into_iter(), ids.len())
            }
            C::Restore(spans, _) => {
                self.spans(Action::Tag, spans.iter().map(|s| &s.data), spans.len())
            }
            C::SetLabel(id, label) => Description {
                name: Some(self.labels.name_of(label).to_owned()),
                ..self.span(Action::Relabel, *id)
            },
            C::SetFragments(id, _) => self.span(Action::Reshape, *id),
            C::SetAttribute(id, name, _) => Description {
                name: Some(name.clone()),
                ..self.span(Action::Attribute, *id)
            },
            C::SetNote(id, _) => self.span(Action::Note, *id),
            C::AddRelation { kind, .. } => Description {
                name: Some(kind.clone()),
                ..Description::of(Action::Relate)
            },
            C::RemoveRelation(_) => Description::of(Action::Unrelate),
            C::SetStatus(status) => Description::of(Action::Status(*status)),
            C::Decide(judgement) => self.judgement(judgement),
            C::Reinstate(decision) => self.judgement(&decision.judgement),
            C::Withdraw(_) => match inverse {
                C::Reinstate(decision) => self.judgement(&decision.judgement),
                _ => Description::of(Action::Decide),
            },
            C::Batch(changes) => self.batch(changes, inverse),
        }
    }

    /// A batch of one is described as that one; so is one that also sets the status, as the first
    /// change of a new layer does, and one that also says that there was nothing to decide.
    fn batch(&self, changes: &[LayerChange], inverse: &LayerChange) -> Description {
        let first_inverse = match inverse {
            LayerChange::Batch(inverses) => inverses.last().unwrap_or(inverse),
            other => other,
        };
        match changes {
            [first, rest @ ..] if rest.iter().all(goes_without_saying) => {
                self.layer_change(first, first_inverse)
            }
            // What was decided before goes, and what is decided now comes.
            _ if changes.iter().any(is_decision) => {
                let decided = changes.iter().rfind(|change| is_decision(change));
                decided.map_or(Description::of(Action::Decide), |change| Description {
                    count: changes.iter().filter(|it| is_decision(it)).count(),
                    ..self.layer_change(change, inverse)
                })
            }
            _ => Description {
                count: changes.len(),
                ..Description::of(Action::Several)
            },
        }
    }

    fn judgement(&self, judgement: &Judgement) -> Description {
        let said = judgement.sources.first().and_then(|it| judgement.said(it));
        let about = judgement.spans.first().or(said);
        Description {
            name: about.map(|data| self.labels.name_of(&data.label).to_owned()),
            quote: about.map(|data| self.quote(data)),
            ..Description::of(Action::Decide)
        }
    }

    fn spans<'s>(
        &self,
        action: Action,
        mut spans: impl Iterator<Item = &'s SpanData>,
        count: usize,
    ) -> Description {
        let first = spans.next();
        let one_label = first.filter(|first| spans.all(|other| other.label == first.label));
        Description {
            action,
            name: one_label.map(|data| self.labels.name_of(&data.label).to_owned()),
            quote: first.filter(|_| count == 1).map(|data| self.quote(data)),
            count,
        }
    }

    fn span(&self, action: Action, id: SpanId) -> Description {
        let span = self.layer.and_then(|layer| layer.get(id));
        Description {
            name: span.map(|span| self.labels.name_of(&span.data.label).to_owned()),
            quote: span.map(|span| self.quote(&span.data)),
            ..Description::of(action)
        }
    }

    fn quote(&self, data: &SpanData) -> String {
        text::quote(&data.fragments.text(self.text), 40)
    }
}
