//! What a reviewer decides about a place that several annotators have labelled. Decisions lie in the reviewer's
//! own layer, beside the spans that they made; what annotators said is kept with them as it was then, so that it
//! can be seen later what they have changed since, and a rejected span stays known.

use serde::{Deserialize, Serialize};

use super::{Annotator, DecisionId, SpanData, SpanId, Stamp};

/// What came of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Verdict {
    /// All had the same, and it was taken over without a look.
    Agreed,
    /// One or several of what the annotators said are right.
    Accepted,
    /// The reviewer said it in another way.
    Edited,
    /// None of these is right.
    Rejected,
    /// It is left open.
    Undecided,
}

/// What one annotator said.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    /// Who.
    pub annotator: Annotator,
    /// The span in that annotator's layer.
    pub span: SpanId,
    /// Whether it is right.
    pub accepted: bool,
    /// What it said when this was decided; nothing where that is the first span that the decision made.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub said: Option<SpanData>,
}

/// What was decided.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Judgement {
    /// What came of it.
    pub verdict: Verdict,
    /// What it is about.
    pub sources: Vec<Source>,
    /// Who of those compared had nothing there.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub without: Vec<Annotator>,
    /// What comes into the reviewer's layer.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub spans: Vec<SpanData>,
    /// The name of a relation's type, where it is about that relation between the two spans of each source.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub relation: Option<String>,
    /// Why, in the words of the project's list.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reason: String,
    /// Why, in the reviewer's own words.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
}

/// What a decision is about: a span of an annotator, or a relation between two.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Topic<'d> {
    /// Whose it is.
    pub annotator: &'d Annotator,
    /// The span; of a relation the one that it begins at.
    pub from: SpanId,
    /// The same span; of a relation the one that it points to.
    pub to: SpanId,
    /// The name of the relation's type.
    pub relation: Option<&'d str>,
}

impl Judgement {
    /// That there was nothing to decide.
    pub fn of_nothing() -> Self {
        Self {
            verdict: Verdict::Agreed,
            sources: Vec::new(),
            without: Vec::new(),
            spans: Vec::new(),
            relation: None,
            reason: String::new(),
            note: String::new(),
        }
    }

    /// Whether it is about nothing, and makes nothing.
    pub fn is_of_nothing(&self) -> bool {
        self.verdict == Verdict::Agreed && self.sources.is_empty() && self.spans.is_empty()
    }

    /// What it is about: each source, or of a relation the sources of each annotator together.
    pub fn topics(&self) -> impl Iterator<Item = Topic<'_>> {
        let relation = self.relation.as_deref();
        let together = move |one: &Source, other: &Source| {
            relation.is_some() && one.annotator == other.annotator
        };
        self.sources.chunk_by(together).filter_map(move |sources| {
            let (first, last) = (sources.first()?, sources.last()?);
            Some(Topic {
                annotator: &first.annotator,
                from: first.span,
                to: last.span,
                relation,
            })
        })
    }

    /// What a source said then.
    pub fn said<'a>(&'a self, source: &'a Source) -> Option<&'a SpanData> {
        source.said.as_ref().or(self.spans.first())
    }

    /// Reason and note as one line.
    pub fn why(&self) -> String {
        match (self.reason.is_empty(), self.note.is_empty()) {
            (_, true) => self.reason.clone(),
            (true, false) => self.note.clone(),
            (false, false) => format!("{}: {}", self.reason, self.note),
        }
    }
}

/// A decision, who made it and when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decision {
    /// Its id.
    pub id: DecisionId,
    /// Who and when.
    pub stamp: Stamp,
    /// What was decided.
    pub judgement: Judgement,
    /// The spans of the reviewer's layer that it made or found there.
    pub made: Vec<SpanId>,
}

impl Decision {
    /// What it says of a span of an annotator.
    pub fn source(&self, annotator: &Annotator, span: SpanId) -> Option<&Source> {
        let mut sources = self.judgement.sources.iter();
        sources.find(|source| source.span == span && source.annotator == *annotator)
    }
}
