//! What the panel shows: the case that is being decided, and the cases of the article. Plain data, made from the
//! review.

use crate::{
    annotation::{LabelId, SpanId, Stamp, Verdict},
    session::{Article, Case, Class, Review, Reviewed, Session, Standing},
    text,
};

use super::marked::{Marked, marked};

/// The case that is being decided.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct CaseView {
    /// Its place among the article's disagreements, from 1, and how many there are; `None` of what all agree on.
    pub(super) at: Option<(usize, usize)>,
    pub(super) class: Option<Class>,
    pub(super) standing: Standing,
    /// The relation's type, where it is about one.
    pub(super) relation: Option<String>,
    /// Whether what it is about was taken back since.
    pub(super) is_gone: bool,
    pub(super) sides: Vec<SideView>,
    /// The layers that have nothing there.
    pub(super) without: Vec<usize>,
    pub(super) told: Vec<Told>,
}

/// What one annotator says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct SideView {
    /// The layer's place.
    pub(super) side: usize,
    pub(super) spans: Vec<SpanView>,
    /// Whether the last decision says it is right; nothing before there is one.
    pub(super) accepted: Option<bool>,
}

/// A span of a side.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct SpanView {
    pub(super) label: LabelId,
    /// Of a relation: whether it begins there; else it points there.
    pub(super) begins: Option<bool>,
    pub(super) text: Marked,
    /// Names, values, and whether others have another value.
    pub(super) attributes: Vec<(String, String, bool)>,
    pub(super) note: String,
}

/// An earlier decision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Told {
    pub(super) stamp: Stamp,
    pub(super) verdict: Verdict,
    pub(super) why: String,
}

/// A case in the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Row {
    pub(super) place: usize,
    pub(super) class: Option<Class>,
    pub(super) standing: Standing,
    pub(super) label: Option<LabelId>,
    pub(super) text: String,
}

/// Whether a case is a disagreement, or became something to decide.
fn is_disagreement(case: &Case, standing: Standing) -> bool {
    case.class.is_some() || standing != Standing::Agreed
}

/// Its place among the disagreements, from 1, and how many there are.
fn place(opened: &Reviewed, place: usize) -> Option<(usize, usize)> {
    let all: Vec<usize> = opened
        .cases()
        .iter()
        .zip(opened.standings())
        .enumerate()
        .filter(|(_, (case, standing))| is_disagreement(case, **standing))
        .map(|(at, _)| at)
        .collect();
    let at = all.iter().position(|at| *at == place)?;
    Some((at + 1, all.len()))
}

/// The case that is being decided.
pub(super) fn case(session: &Session) -> Option<CaseView> {
    let (review, article) = (session.review(), session.article()?);
    let opened = review.opened()?;
    let (at, case, standing) = review.current()?;
    let decisions = review.decisions(session.labels(), case, article.layer());
    let told = decisions.iter().map(|decision| Told {
        stamp: decision.stamp.clone(),
        verdict: decision.judgement.verdict,
        why: decision.judgement.why(),
    });
    let accepted = |side: usize| {
        let name = &opened.sides().get(side)?.annotator;
        let spans = case.spans.get(side)?;
        let said = spans.iter().filter_map(|span| {
            let mut decisions = decisions.iter().rev();
            decisions.find_map(|it| Some(article.layer().accepts(it, it.source(name, *span)?)))
        });
        said.reduce(|a, b| a && b)
    };
    let sides = case.sides().map(|side| SideView {
        side,
        spans: spans(opened, article, case, side),
        accepted: accepted(side),
    });
    let sides: Vec<SideView> = sides.collect();
    let all = 0..opened.sides().len();
    let without = all.filter(|side| sides.iter().all(|it| it.side != *side));
    Some(CaseView {
        at: place(opened, at),
        class: case.class,
        standing,
        relation: case.relation.clone(),
        is_gone: case.gone.is_some(),
        without: without.collect(),
        sides,
        told: told.collect(),
    })
}

fn spans(opened: &Reviewed, article: &Article, case: &Case, side: usize) -> Vec<SpanView> {
    let of = |side: usize, span: SpanId| opened.sides().get(side)?.log.state().get(span);
    let others: Vec<Vec<_>> = case
        .sides()
        .filter(|other| *other != side && case.relation.is_none())
        .map(|other| {
            let spans = case.spans.get(other).into_iter().flatten();
            let spans = spans.filter_map(|span| of(other, *span));
            spans.map(|span| &span.data.fragments).collect()
        })
        .collect();
    let own = case.spans.get(side).into_iter().flatten();
    own.filter_map(|id| {
        let data = &of(side, *id)?.data;
        let attributes = data.attributes.iter();
        let attributes = attributes
            .map(|(name, value)| (name.clone(), value.clone(), case.attributes.contains(name)));
        Some(SpanView {
            label: data.label.clone(),
            begins: case.relation.as_ref().map(|_| {
                let mut links = case.links.iter();
                links.any(|link| link.side == side && link.from == *id)
            }),
            text: marked(article.text(), &data.fragments, &others),
            attributes: attributes.collect(),
            note: data.note.clone(),
        })
    })
    .collect()
}

/// The cases that the filter lets through.
pub(super) fn rows(session: &Session, article: &Article, opened: &Reviewed) -> Vec<Row> {
    let review: &Review = session.review();
    let row = |place: usize| {
        let case = opened.cases().get(place)?;
        let first = case.sources().next();
        let span = first.and_then(|(side, span)| opened.sides().get(side)?.log.state().get(span));
        let range = case.start..case.end;
        let words = article.text().get(range).unwrap_or_default();
        Some(Row {
            place,
            class: case.class,
            standing: *opened.standings().get(place)?,
            label: span.map(|span| span.data.label.clone()),
            text: text::quote(words, 60),
        })
    };
    let listed = review.listed(session.labels());
    listed.into_iter().filter_map(row).collect()
}

#[cfg(test)]
mod tests;
