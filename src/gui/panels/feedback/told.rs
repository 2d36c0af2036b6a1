//! A decision as the annotator is told it.

use crate::{
    annotation::{LabelSet, SpanData, SpanId},
    gui::{
        panels::{inspector::when, parts::word},
        strings::{tr, tr_args},
    },
    session::{Article, Feedback, Outcome},
    text,
};

/// So much of a span's text is shown.
const QUOTE: usize = 60;

/// A decision in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Told {
    /// What it means.
    pub(super) outcome: Outcome,
    /// The same in a word or two.
    pub(super) verdict: &'static str,
    /// What is right in the reviewer's eyes, or what it was about: the label's name and the text.
    pub(super) spans: Vec<(String, String)>,
    /// Why; empty where the reviewer did not say.
    pub(super) why: String,
    /// Who, and when.
    pub(super) by: String,
}

impl Told {
    /// Tells a decision.
    pub(super) fn of(feedback: &Feedback, article: &Article, labels: &LabelSet) -> Self {
        let decision = &feedback.decision;
        let judgement = &decision.judgement;
        let when = when(&decision.stamp);
        let who = decision.stamp.author.as_str();
        let gone = feedback
            .span
            .filter(|span| article.layer().get(*span).is_none());
        let said = gone.and_then(|span| {
            let source = decision.source(&article.key().annotator, span)?;
            judgement.said(source)
        });
        let shown: Vec<&SpanData> = match feedback.outcome {
            Outcome::Changed | Outcome::Missed => feedback.right.iter().collect(),
            Outcome::Accepted | Outcome::Rejected | Outcome::Undecided => {
                said.into_iter().collect()
            }
        };
        let named = |data: &&SpanData| {
            let words = data.fragments.beginning(article.text(), 32 * QUOTE);
            let label = labels.name_of(&data.label).to_owned();
            (label, text::quote(&words, QUOTE))
        };
        Self {
            outcome: feedback.outcome,
            verdict: verdict(feedback.outcome),
            spans: shown.iter().map(named).collect(),
            why: judgement.why(),
            by: tr_args("feedback-by", &[("who", who.into()), ("when", word(&when))]),
        }
    }

    /// The verdict with what it is about, on one line.
    pub(super) fn line(&self) -> String {
        let spans = self.spans.iter().map(|(label, text)| {
            let args = [("label", label.into()), ("text", text.into())];
            tr_args("feedback-span", &args)
        });
        let spans: Vec<String> = spans.collect();
        if spans.is_empty() {
            return self.verdict.to_owned();
        }
        let what = spans.join(", ");
        let args = [("verdict", word(self.verdict)), ("what", word(&what))];
        tr_args("feedback-line", &args)
    }
}

fn verdict(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Accepted => tr("feedback-accepted"),
        Outcome::Changed => tr("feedback-changed"),
        Outcome::Rejected => tr("feedback-rejected"),
        Outcome::Missed => tr("feedback-missed"),
        Outcome::Undecided => tr("feedback-undecided"),
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
