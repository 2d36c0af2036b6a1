//! A decision as the annotator is told it.

use crate::{
    annotation::{SpanData, SpanId},
    gui::{
        names,
        panels::{inspector::when, outcome, parts::word},
        strings::{tr, tr_args},
    },
    session::{Article, Feedback, Outcome, Session},
    text,
};

/// So much of a span's text is shown.
const QUOTE: usize = 60;

/// That a span was changed since it was decided about.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Since {
    /// What it was: the label's name and the text.
    was: (String, String),
    /// Whether it is now what the reviewer has.
    follows: bool,
}

/// A decision in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Told {
    /// What it means.
    pub(super) outcome: Outcome,
    /// What is right in the reviewer's eyes, or what it was about: the label's name and the text.
    pub(super) spans: Vec<(String, String)>,
    /// What it was about, where the span was changed since.
    since: Option<Since>,
    /// Why; empty where the reviewer did not say.
    pub(super) why: String,
    /// Who, and when.
    pub(super) by: String,
}

impl Told {
    /// Tells a decision.
    pub(super) fn of(feedback: &Feedback, article: &Article, session: &Session) -> Self {
        let decision = &feedback.decision;
        let judgement = &decision.judgement;
        let when = when(&decision.stamp);
        let who = names::shown(session, article.key().document, &decision.stamp.author);
        let named = |data: &SpanData| {
            let words = data.fragments.beginning(article.text(), 32 * QUOTE);
            let label = outcome::label_name(session.labels(), &data.label).to_owned();
            (label, text::quote(&words, QUOTE))
        };
        let since = Since::of(feedback, article, named);
        let other = feedback
            .span
            .filter(|span| since.is_some() || article.layer().get(*span).is_none());
        let said = other.and_then(|span| {
            let source = decision.source(&article.key().annotator, span)?;
            judgement.said(source)
        });
        let shown: Vec<&SpanData> = match feedback.outcome {
            Outcome::Changed | Outcome::Missed => feedback.right.iter().collect(),
            Outcome::Accepted | Outcome::Rejected | Outcome::Undecided => {
                said.into_iter().collect()
            }
        };
        Self {
            outcome: feedback.outcome,
            spans: shown.into_iter().map(named).collect(),
            since,
            why: judgement.why(),
            by: tr_args(
                "feedback-by",
                &[("who", (&who).into()), ("when", word(&when))],
            ),
        }
    }

    /// What was decided, on one line.
    pub(super) fn line(&self) -> String {
        outcome::line(self.outcome, &self.spans)
    }

    /// That the span is another than what was decided about, and what that was.
    pub(super) fn since(&self) -> Option<String> {
        let since = self.since.as_ref()?;
        if self.outcome != Outcome::Changed {
            // What it was stands with the outcome.
            return Some(tr("feedback-since-this").to_owned());
        }
        let was = outcome::spans_line(std::slice::from_ref(&since.was));
        let id = if since.follows {
            "feedback-follows"
        } else {
            "feedback-since"
        };
        Some(tr_args(id, &[("was", word(&was))]))
    }
}

impl Since {
    /// What `feedback` was about, where the annotator's span says something else now. A note is a remark and no
    /// other opinion.
    fn of(
        feedback: &Feedback,
        article: &Article,
        named: impl Fn(&SpanData) -> (String, String),
    ) -> Option<Self> {
        let now = &article.layer().get(feedback.span?)?.data;
        let decision = &feedback.decision;
        let source = decision.source(&article.key().annotator, feedback.span?)?;
        let said = decision.judgement.said(source)?;
        let same = |a: &SpanData, b: &SpanData| {
            (&a.label, &a.fragments, &a.attributes) == (&b.label, &b.fragments, &b.attributes)
        };
        (!same(said, now)).then(|| Self {
            was: named(said),
            follows: decision.judgement.spans.iter().any(|made| same(made, now)),
        })
    }
}

/// The places of the decisions about a span.
pub(super) fn about(article: &Article, span: SpanId) -> impl Iterator<Item = &Feedback> {
    let all = article.feedback().iter();
    all.filter(move |it| it.span == Some(span))
}

/// The decisions that no span of the layer stands for, with their places: what was missed, and what was about
/// spans that are gone.
pub(super) fn without_span(article: &Article) -> Vec<(usize, &Feedback)> {
    let has_span = |it: &Feedback| {
        let span = it.span.and_then(|span| article.layer().get(span));
        span.is_some()
    };
    let all = article.feedback().iter().enumerate();
    all.filter(|(_, it)| !has_span(it)).collect()
}
