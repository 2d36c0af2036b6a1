//! Making, changing and removing spans: what the label keys, the edge keys and the mouse ask for.
//! Each function looks at the desk, and says which change it wants or why there is none.

use crate::{
    annotation::{Fragments, LabelId, Span, SpanData, SpanId},
    edit::LayerChange,
    text::{ByteRange, proclitic, segment},
};

use super::{Article, Notice};

/// One end of a span.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Edge {
    /// Its first letter.
    Start,
    /// Behind its last letter.
    End,
}

/// How far an edge moves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// To the next grapheme.
    Grapheme,
    /// To the next word.
    Word,
}

/// What a wish comes to.
#[derive(Clone, Debug)]
pub(super) enum Wish {
    /// This change, and what to choose after it.
    Change(LayerChange, Choose),
    /// That span is chosen, nothing else.
    Choose(SpanId),
    /// Nothing, because of this.
    Nothing(Notice),
    /// Nothing: it is so already, and what is selected and chosen stays.
    Idle,
}

/// What is chosen after a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Choose {
    /// What was chosen before.
    Same,
    /// The first span that the change makes; the selection is dropped.
    Made,
    /// The same span; the selection is dropped.
    SameWithoutSelection,
    /// Nothing.
    None,
}

/// A label key: tags the selection, else relabels the chosen span.
pub(super) fn label(article: &Article, label: &LabelId) -> Wish {
    match (article.desk.selection(), article.chosen()) {
        (Some(selection), _) => tag(article, selection, label),
        (None, Some(span)) => relabel(article, span, label),
        (None, None) => Wish::Nothing(Notice::NothingSelected),
    }
}

/// Tags a range.
pub(super) fn tag(article: &Article, range: ByteRange, label: &LabelId) -> Wish {
    let fragments = match Fragments::checked(article.text(), [range]) {
        Ok(fragments) => fragments,
        Err(error) => return refused(&error),
    };
    if let Some(there) = article.layer().identical(label, &fragments) {
        return Wish::Choose(there.id);
    }
    let span = SpanData::new(label.clone(), fragments);
    Wish::Change(LayerChange::AddSpans(vec![span]), Choose::Made)
}

fn refused(error: &dyn std::error::Error) -> Wish {
    Wish::Nothing(Notice::Failed {
        what: error.to_string(),
        hint: None,
    })
}

/// Gives a span another label, whatever is selected.
pub(super) fn relabel_span(article: &Article, id: SpanId, label: &LabelId) -> Wish {
    match article.layer().get(id) {
        Some(span) => relabel(article, span, label),
        None => Wish::Nothing(Notice::NothingChosen),
    }
}

fn relabel(article: &Article, span: &Span, label: &LabelId) -> Wish {
    if span.data.label == *label {
        return Wish::Choose(span.id);
    }
    match article.layer().identical(label, &span.data.fragments) {
        Some(there) => Wish::Choose(there.id),
        None => Wish::Change(LayerChange::SetLabel(span.id, label.clone()), Choose::Same),
    }
}

/// Shift and a label key: adds the selection to the chosen span as a further fragment, whatever its
/// label; where none is chosen, tags it with `label`.
pub(super) fn add_fragment(article: &Article, label: &LabelId) -> Wish {
    let Some(selection) = article.desk.selection() else {
        return Wish::Nothing(Notice::NothingSelected);
    };
    let Some(span) = article.chosen() else {
        return tag(article, selection, label);
    };
    if let Err(error) = selection.check(article.text()) {
        return refused(&error);
    }
    match span.data.fragments.with(selection) {
        Ok(fragments) if fragments == span.data.fragments => Wish::Choose(span.id),
        Ok(fragments) => {
            let drop = Choose::SameWithoutSelection;
            reshape(article, span, fragments, drop)
        }
        Err(error) => refused(&error),
    }
}

/// Gives a span other fragments, unless an identical span is there: then that one is chosen.
fn reshape(article: &Article, span: &Span, fragments: Fragments, choose: Choose) -> Wish {
    match article.layer().identical(&span.data.label, &fragments) {
        Some(there) => Wish::Choose(there.id),
        None => Wish::Change(LayerChange::SetFragments(span.id, fragments), choose),
    }
}

/// Moves an edge of the chosen span by a step; it never passes the other edge.
pub(super) fn move_edge(article: &Article, edge: Edge, step: Step, forward: bool) -> Wish {
    let Some(span) = article.chosen() else {
        return Wish::Nothing(Notice::NothingChosen);
    };
    let text = article.text();
    let at = match edge {
        Edge::Start => span.data.fragments.start(),
        Edge::End => span.data.fragments.end(),
    };
    let to = match (step, forward) {
        (Step::Grapheme, true) => segment::next_grapheme(text, at),
        (Step::Grapheme, false) => segment::prev_grapheme(text, at),
        (Step::Word, true) => word_edge_after(text, at, edge),
        (Step::Word, false) => word_edge_before(text, at, edge),
    };
    set_edge(article, span.id, edge, to)
}

/// The next place where an edge of this kind can lie: a word's start for a start, its end for an
/// end.
fn word_edge_after(text: &str, at: usize, edge: Edge) -> usize {
    match edge {
        Edge::Start => segment::next_word(text, at),
        Edge::End => {
            let word = segment::word_at(text, at);
            let is_word = |range: &std::ops::Range<usize>| {
                text.get(range.clone())
                    .is_some_and(|w| w.chars().any(char::is_alphanumeric))
            };
            if is_word(&word) && word.end > at {
                word.end
            } else {
                segment::word_at(text, segment::next_word(text, at))
                    .end
                    .max(at)
            }
        }
    }
}

fn word_edge_before(text: &str, at: usize, edge: Edge) -> usize {
    let start = segment::prev_word(text, at);
    match edge {
        Edge::Start => start,
        Edge::End => {
            let end = segment::word_at(text, start).end;
            if end < at {
                end
            } else {
                segment::word_at(text, segment::prev_word(text, start))
                    .end
                    .min(at)
            }
        }
    }
}

/// Puts an edge of a span at byte `to`.
pub(super) fn set_edge(article: &Article, id: SpanId, edge: Edge, to: usize) -> Wish {
    let Some(span) = article.layer().get(id) else {
        return Wish::Nothing(Notice::NothingChosen);
    };
    let fragments = &span.data.fragments;
    let moved = match edge {
        Edge::Start => fragments.with_start(to),
        Edge::End => fragments.with_end(to),
    };
    match moved {
        Some(moved) if moved != *fragments && moved.check(article.text()).is_ok() => {
            reshape(article, span, moved, Choose::Same)
        }
        _ => Wish::Idle,
    }
}

/// The proclitic key: drops the next proclitic at the chosen span's start, or takes them in again.
pub(super) fn proclitic(article: &Article) -> Wish {
    let Some(span) = article.chosen() else {
        return Wish::Nothing(Notice::NothingChosen);
    };
    let fragments = &span.data.fragments;
    let end = fragments
        .ranges()
        .first()
        .map_or(fragments.end(), ByteRange::end);
    match proclitic::toggle(article.text(), fragments.start(), end) {
        Some(start) => set_edge(article, span.id, Edge::Start, start),
        None => Wish::Idle,
    }
}

/// Removes the chosen span.
pub(super) fn remove(article: &Article) -> Wish {
    match article.chosen() {
        Some(span) => Wish::Change(LayerChange::RemoveSpans(vec![span.id]), Choose::None),
        None => Wish::Nothing(Notice::NothingChosen),
    }
}

/// The next or previous span in reading order, from the chosen one or else from the caret; at the
/// end it goes round.
pub(super) fn walk(article: &Article, forward: bool) -> Option<SpanId> {
    let (layer, desk) = (article.layer(), &article.desk);
    let next = match (desk.chosen().filter(|id| layer.get(*id).is_some()), forward) {
        (Some(id), true) => layer.next(id),
        (Some(id), false) => layer.previous(id),
        (None, true) => layer.first_from(desk.caret()),
        (None, false) => layer.last_before(desk.caret()),
    };
    let around = || {
        if forward {
            layer.spans().next()
        } else {
            layer.spans().next_back()
        }
    };
    next.or_else(around).map(|span| span.id)
}
