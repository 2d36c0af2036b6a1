//! What the panel shows: the case that is being decided, and the cases of the article. Plain data, made from the
//! review.

use crate::{
    annotation::{
        About, Annotator, Decision, Fragments, LabelId, SpanData, SpanId, Stamp, Verdict,
    },
    gui::{names, panels::outcome},
    session::{Article, Case, Class, Outcome, Review, Reviewed, Session, Standing},
    text,
};

use super::{
    marked::{Marked, marked},
    said::{self, Decisions, Judged, Lost, Was},
};

/// The case that is being decided.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct CaseView {
    /// Its place among the article's disagreements, from 1, and how many there are; `None` of what all agree on.
    pub(super) at: Option<(usize, usize)>,
    pub(super) classes: Vec<Class>,
    pub(super) standing: Standing,
    /// The relation's type, where it is about one.
    pub(super) relation: Option<String>,
    /// Whether what it is about was taken back since.
    pub(super) is_gone: bool,
    /// What is said: those who say the same together.
    pub(super) answers: Vec<Answer>,
    /// The layers that have nothing there.
    pub(super) without: Vec<usize>,
    pub(super) told: Vec<Told>,
    /// What was decided about and is not there any more.
    pub(super) lost: Vec<Lost>,
    /// How many threads of comments there are about its spans.
    pub(super) threads: usize,
}

/// What one annotator says, or several alike.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Answer {
    /// The layers' places, in order.
    pub(super) sides: Vec<usize>,
    pub(super) spans: Vec<SpanView>,
    /// What the last decision says of it; nothing before there is one.
    pub(super) judged: Option<Judged>,
    /// Their notes, and whose each is.
    pub(super) notes: Vec<(usize, String)>,
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
    /// What of it is another than when it was decided about.
    pub(super) was: Option<Was>,
}

/// An earlier decision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Told {
    pub(super) stamp: Stamp,
    /// Who decided, as that may be shown.
    pub(super) who: String,
    /// What it means; nothing of what all agreed on.
    pub(super) outcome: Option<Outcome>,
    /// What came of it, where that is not what somebody says: labels' names and texts.
    pub(super) spans: Vec<(String, String)>,
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
    /// How many threads of comments there are about its spans.
    pub(super) threads: usize,
}

/// Whether a case is a disagreement, or became something to decide. What all agree on is none, taken over or not.
fn is_disagreement(case: &Case, standing: Standing) -> bool {
    case.class.is_some() || standing.is_open()
}

/// Its place among the disagreements, from 1, and how many there are; `all`: among all cases.
fn place(opened: &Reviewed, all: bool, place: usize) -> Option<(usize, usize)> {
    let counts = |case: &Case, standing: Standing| all || is_disagreement(case, standing);
    let all: Vec<usize> = opened
        .cases()
        .iter()
        .zip(opened.standings())
        .enumerate()
        .filter(|(_, (case, standing))| counts(case, **standing))
        .map(|(at, _)| at)
        .collect();
    let at = all.iter().position(|at| *at == place)?;
    Some((at + 1, all.len()))
}

/// A span of a compared layer, by the layer's place.
type Source = (usize, SpanId);

/// For each thread of comments the compared spans that it is about: itself one of them, or the reviewer's own that was
/// made of them.
fn threads(opened: &Reviewed, article: &Article) -> Vec<Vec<Source>> {
    let of_side = |annotator: &Annotator, span: SpanId| -> Option<Source> {
        let sides = opened.sides();
        let side = sides.iter().position(|side| side.annotator == *annotator)?;
        // A twin's id leads to the span that stands for both.
        let span = sides.get(side)?.log.state().get(span)?;
        Some((side, span.id))
    };
    let of_own = |span: &SpanId| -> Vec<Source> {
        let decisions = article.layer().decisions();
        let made = decisions.filter(|decision| decision.made.contains(span));
        let sources = made.flat_map(|decision| &decision.judgement.sources);
        sources
            .filter_map(|source| of_side(&source.annotator, source.span))
            .collect()
    };
    let own = &article.key().annotator;
    let sources = |about: &About| match about {
        About::Document => Vec::new(),
        About::Span {
            annotator, span, ..
        } if annotator == own => of_own(span),
        About::Span {
            annotator, span, ..
        } => of_side(annotator, *span).into_iter().collect(),
    };
    let threads = article.threads().iter();
    threads.map(|thread| sources(&thread.about)).collect()
}

/// How many of the threads are about spans of a case.
fn about(threads: &[Vec<Source>], case: &Case) -> usize {
    let is_about = |thread: &&Vec<Source>| case.sources().any(|source| thread.contains(&source));
    threads.iter().filter(is_about).count()
}

/// The case that is being decided.
pub(super) fn case(session: &Session) -> Option<CaseView> {
    let (review, article) = (session.review(), session.article()?);
    let opened = review.opened()?;
    let (at, case, standing) = review.current()?;
    let decisions = review.decisions(session.labels(), case, article.layer());
    let told = decisions.iter().map(|it| told(session, article, it));
    let told = told.collect();
    let decisions = Decisions {
        all: &decisions,
        own: article.layer(),
    };
    let answers = answers(opened, article, case, decisions);
    let all = 0..opened.sides().len();
    let without = all.filter(|side| answers.iter().all(|it| !it.sides.contains(side)));
    let layer = |name: &Annotator| {
        let at = opened.side_of(name)?;
        Some((at, opened.sides().get(at)?.log.state()))
    };
    Some(CaseView {
        at: place(opened, review.filter().all, at),
        classes: case.classes.iter().copied().collect(),
        standing,
        relation: case.relation.clone(),
        is_gone: case.gone.is_some(),
        without: without.collect(),
        answers,
        told,
        lost: decisions.lost(article, layer),
        threads: about(&threads(opened, article), case),
    })
}

/// A decision in words.
fn told(session: &Session, article: &Article, decision: &Decision) -> Told {
    let judgement = &decision.judgement;
    let own = article.layer();
    let outcome = (judgement.verdict != Verdict::Agreed).then(|| said::outcome(decision, own));
    let made = said::made(decision, own);
    let made = made.iter().filter(|_| outcome == Some(Outcome::Changed));
    let named = |data: &SpanData| {
        let label = outcome::label_name(session.labels(), &data.label);
        (label.to_owned(), said::quote(article, data))
    };
    Told {
        stamp: decision.stamp.clone(),
        who: names::shown(session, article.key().document, &decision.stamp.author),
        outcome,
        spans: made.map(named).collect(),
        why: judgement.why(),
    }
}

/// What is said, in the order of those who say it first; those who say the same together.
fn answers(
    opened: &Reviewed,
    article: &Article,
    case: &Case,
    decisions: Decisions<'_>,
) -> Vec<Answer> {
    let mut answers: Vec<Answer> = Vec::new();
    for side in case.sides() {
        let mut one = answer(opened, article, (case, side), decisions);
        let same = |it: &&mut Answer| (&it.spans, it.judged) == (&one.spans, one.judged);
        if let Some(same) = answers.iter_mut().find(same) {
            same.sides.append(&mut one.sides);
            same.notes.append(&mut one.notes);
        } else {
            answers.push(one);
        }
    }
    answers
}

/// What one annotator says.
fn answer(
    opened: &Reviewed,
    article: &Article,
    (case, side): (&Case, usize),
    decisions: Decisions<'_>,
) -> Answer {
    let others = others(opened, case, side);
    let mut answer = Answer {
        sides: vec![side],
        ..Answer::default()
    };
    let Some(of) = opened.sides().get(side) else {
        return answer;
    };
    for id in case.spans.get(side).into_iter().flatten() {
        let Some(span) = of.log.state().get(*id) else {
            continue;
        };
        let data = &span.data;
        let attributes = data.attributes.iter();
        let attributes = attributes
            .map(|(name, value)| (name.clone(), value.clone(), case.attributes.contains(name)));
        answer.spans.push(SpanView {
            label: data.label.clone(),
            begins: case.relation.as_ref().map(|_| {
                let mut links = case.links.iter();
                links.any(|link| link.side == side && link.from == *id)
            }),
            text: marked(article.text(), &data.fragments, &others),
            attributes: attributes.collect(),
            was: decisions.was(article, (&of.annotator, *id), data),
        });
        let judged = decisions.judged(&of.annotator, *id, data);
        answer.judged = answer.judged.max(judged);
        if !data.note.is_empty() {
            answer.notes.push((side, data.note.clone()));
        }
    }
    answer
}

/// The ranges of what each of the others has there.
fn others<'o>(opened: &'o Reviewed, case: &Case, side: usize) -> Vec<Vec<&'o Fragments>> {
    let of = |side: usize, span: SpanId| opened.sides().get(side)?.log.state().get(span);
    let others = case
        .sides()
        .filter(|other| *other != side && case.relation.is_none());
    others
        .map(|other| {
            let spans = case.spans.get(other).into_iter().flatten();
            let spans = spans.filter_map(|span| of(other, *span));
            spans.map(|span| &span.data.fragments).collect()
        })
        .collect()
}

/// The cases that the filter lets through.
pub(super) fn rows(session: &Session, article: &Article, opened: &Reviewed) -> Vec<Row> {
    let review: &Review = session.review();
    let threads = threads(opened, article);
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
            threads: about(&threads, case),
        })
    };
    let listed = review.listed(session.labels());
    listed.into_iter().filter_map(row).collect()
}

#[cfg(test)]
mod tests;
