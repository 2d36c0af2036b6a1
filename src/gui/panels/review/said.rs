//! What an annotator's span said when it was decided about, and how that stands to what it says now.

use std::borrow::Cow;

use crate::{
    annotation::{Annotator, Decision, LabelId, Layer, Source, SpanData, SpanId, Verdict},
    session::{Article, Outcome},
    text,
};

/// So much of a span's text is shown.
const QUOTE: usize = 60;

/// What a reviewer's decision says of an annotator's word, as that is now. The last is the most to look at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Judged {
    /// It is right.
    Accepted,
    /// It is not.
    NotAccepted,
    /// It was said after the decision.
    New,
    /// It is another than what was decided about.
    Changed,
}

/// What of a span is another than it was; what is as it was is left out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Was {
    /// Its label.
    pub(super) label: Option<LabelId>,
    /// Its text, where the edges were others.
    pub(super) text: Option<String>,
    /// Names and values of attributes.
    pub(super) attributes: Vec<(String, String)>,
}

/// A span that was decided about and is not there any more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Lost {
    /// The layer's place.
    pub(super) side: usize,
    pub(super) label: LabelId,
    pub(super) text: String,
}

/// The decisions about a case, and the reviewer's layer.
#[derive(Clone, Copy)]
pub(super) struct Decisions<'d> {
    pub(super) all: &'d [&'d Decision],
    pub(super) own: &'d Layer,
}

/// A span's text as it is quoted.
pub(super) fn quote(article: &Article, data: &SpanData) -> String {
    let words = data.fragments.beginning(article.text(), 32 * QUOTE);
    text::quote(&words, QUOTE)
}

impl<'d> Decisions<'d> {
    /// The last decision about a span, and what that said then.
    fn about(
        &self,
        name: &Annotator,
        span: SpanId,
    ) -> Option<(&'d Decision, &'d Source, &'d SpanData)> {
        self.all.iter().rev().find_map(|decision| {
            let source = decision.source(name, span)?;
            let said = decision.judgement.said(source)?;
            Some((*decision, source, said))
        })
    }

    /// Whether a span is what the reviewer has.
    fn has(&self, data: &SpanData) -> bool {
        let own = self.own.identical(&data.label, &data.fragments);
        own.is_some_and(|own| own.data.attributes == data.attributes)
    }

    /// What was decided about a span that says `now`; nothing before there is a decision, or where it left open.
    pub(super) fn judged(&self, name: &Annotator, span: SpanId, now: &SpanData) -> Option<Judged> {
        if self.all.is_empty() {
            return None;
        }
        let (decision, source, said) = match self.about(name, span) {
            Some(found) => found,
            None if self.has(now) => return Some(Judged::Accepted),
            None => return Some(Judged::New),
        };
        if !said.is_like(now) {
            let follows = self.has(now);
            return Some(if follows {
                Judged::Accepted
            } else {
                Judged::Changed
            });
        }
        if decision.judgement.verdict == Verdict::Undecided {
            return None;
        }
        Some(if self.own.accepts(decision, source) {
            Judged::Accepted
        } else {
            Judged::NotAccepted
        })
    }

    /// What of a span that says `now` was another when it was decided about.
    pub(super) fn was(
        &self,
        article: &Article,
        (name, span): (&Annotator, SpanId),
        now: &SpanData,
    ) -> Option<Was> {
        let (_, _, said) = self.about(name, span)?;
        if said.is_like(now) {
            return None;
        }
        let then = said.attributes.iter();
        let then = then.filter(|(name, value)| now.attributes.get(*name) != Some(*value));
        let gained = now.attributes.keys();
        let gained = gained.filter(|name| !said.attributes.contains_key(*name));
        let mut attributes: Vec<(String, String)> = then
            .map(|(name, value)| (name.clone(), value.clone()))
            .collect();
        attributes.extend(gained.map(|name| (name.clone(), String::new())));
        Some(Was {
            label: (said.label != now.label).then(|| said.label.clone()),
            text: (said.fragments != now.fragments).then(|| quote(article, said)),
            attributes,
        })
    }

    /// What was decided about and is not in its layer any more. `layer`: the place of somebody's layer, and the layer.
    pub(super) fn lost<'l>(
        &self,
        article: &Article,
        layer: impl Fn(&Annotator) -> Option<(usize, &'l Layer)>,
    ) -> Vec<Lost> {
        let mut lost: Vec<Lost> = Vec::new();
        for decision in self.all {
            for source in &decision.judgement.sources {
                let there = layer(&source.annotator);
                let gone = there.filter(|(_, layer)| layer.get(source.span).is_none());
                let Some(((side, _), said)) = gone.zip(decision.judgement.said(source)) else {
                    continue;
                };
                let found = Lost {
                    side,
                    label: said.label.clone(),
                    text: quote(article, said),
                };
                if !lost.contains(&found) {
                    lost.push(found);
                }
            }
        }
        lost
    }
}

/// What a decision means to those whose word it takes, in the words of the table of outcomes. What the reviewer has
/// edited is accepted as long as it is still what somebody said.
pub(super) fn outcome(decision: &Decision, own: &Layer) -> Outcome {
    let judgement = &decision.judgement;
    match judgement.verdict {
        Verdict::Agreed | Verdict::Accepted => Outcome::Accepted,
        Verdict::Rejected => Outcome::Rejected,
        Verdict::Undecided => Outcome::Undecided,
        Verdict::Edited => {
            let mut sources = judgement.sources.iter();
            if sources.any(|source| own.accepts(decision, source)) {
                Outcome::Accepted
            } else {
                Outcome::Changed
            }
        }
    }
}

/// What a decision made, as it is now; as it was where all of it is gone.
pub(super) fn made<'d>(decision: &'d Decision, own: &'d Layer) -> Cow<'d, [SpanData]> {
    let made = decision.made.iter().filter_map(|id| own.get(*id));
    let made: Vec<SpanData> = made.map(|span| span.data.clone()).collect();
    if made.is_empty() {
        Cow::Borrowed(&decision.judgement.spans)
    } else {
        Cow::Owned(made)
    }
}
