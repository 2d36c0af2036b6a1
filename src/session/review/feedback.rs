//! What reviewers decided about an annotator's own spans, as the annotator sees it on the article on the desk.

use crate::{
    annotation::{Annotator, Decision, Layer, LayerKey, SpanData, SpanId, Verdict},
    edit::{LayerLog, Log, Scope},
    store::StoreError,
};

use super::opened::with_waiting;
use crate::session::{Article, Project, Session};

/// What a decision means to the annotator.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Outcome {
    /// The annotator's span is right.
    Accepted,
    /// The reviewer has it in another way.
    Changed,
    /// It is not right, and nothing else is.
    Rejected,
    /// The annotator has nothing where something is right.
    Missed,
    /// It was left open.
    Undecided,
}

/// A decision that concerns an annotator.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Feedback {
    /// What was decided, by whom, when and why.
    pub decision: Decision,
    /// The annotator's own span that it is about; it may be gone since.
    pub span: Option<SpanId>,
    /// What it means.
    pub outcome: Outcome,
    /// The first byte of what it is about.
    pub start: usize,
    /// What is right there: the spans that the reviewer has by it now, or the ends of the relation.
    pub right: Vec<SpanData>,
}

/// What is right by a decision of a reviewer's layer, as the layer is now.
fn right(own: &Layer, decision: &Decision) -> Vec<SpanData> {
    let judgement = &decision.judgement;
    if judgement.relation.is_none() {
        let made = decision.made.iter().filter_map(|id| own.get(*id));
        return made.map(|span| span.data.clone()).collect();
    }
    let mut accepted = judgement.sources.iter().filter(|it| it.accepted);
    let first = accepted.next();
    let ends = first
        .into_iter()
        .chain(accepted.filter(|it| first.is_some_and(|first| it.annotator == first.annotator)));
    ends.filter_map(|end| judgement.said(end).cloned())
        .collect()
}

/// What concerns `annotator` of a decision of a reviewer's layer; of a relation once, where it begins.
fn of_decision(own: &Layer, decision: &Decision, annotator: &Annotator) -> Vec<Feedback> {
    let judgement = &decision.judgement;
    let right = right(own, decision);
    let said = judgement.sources.iter().find_map(|it| judgement.said(it));
    let about = right.first().or(said);
    let start = about.map_or(0, |data| data.fragments.start());
    let feedback = |span: Option<SpanId>, outcome: Outcome, start: usize| Feedback {
        decision: decision.clone(),
        span,
        outcome,
        start,
        right: right.clone(),
    };
    let once = if judgement.relation.is_some() {
        1
    } else {
        usize::MAX
    };
    let sources = judgement.sources.iter();
    let mut found: Vec<Feedback> = sources
        .filter(|it| it.annotator == *annotator)
        .take(once)
        .map(|source| {
            let at = judgement
                .said(source)
                .map_or(start, |data| data.fragments.start());
            let outcome = match judgement.verdict {
                Verdict::Undecided => Outcome::Undecided,
                _ if own.accepts(decision, source) => Outcome::Accepted,
                _ if judgement.relation.is_some() || right.is_empty() => Outcome::Rejected,
                _ => Outcome::Changed,
            };
            feedback(Some(source.span), outcome, at)
        })
        .collect();
    if found.is_empty() && !right.is_empty() && judgement.without.contains(annotator) {
        found.push(feedback(None, Outcome::Missed, start));
    }
    found
}

/// What reviewers decided that concerns whoever annotates the article. Full agreement that was taken over without
/// a look tells nobody anything.
fn read(project: &Project, article: &Article) -> Result<Vec<Feedback>, StoreError> {
    let LayerKey {
        document,
        annotator,
    } = article.key();
    let rows = project.reader.layers_of(document)?;
    let reviews = |name: &Annotator| {
        let row = rows.iter().find(|(of, _)| of == name);
        row.is_none_or(|(_, row)| row.decisions > 0)
    };
    let mut found = Vec::new();
    let names = rows.iter().map(|(name, _)| name.clone()).collect();
    for reviewer in with_waiting(project, document, names) {
        if reviewer == *annotator || !reviews(&reviewer) {
            continue;
        }
        let scope = Scope::Layer(LayerKey {
            document: *document,
            annotator: reviewer,
        });
        let log: LayerLog = Log::new(project.edits(&scope)?);
        let decisions = log.state().decisions();
        let told = decisions.filter(|it| it.judgement.verdict != Verdict::Agreed);
        let own = log.state();
        found.extend(told.flat_map(|decision| of_decision(own, decision, annotator)));
    }
    found.sort_by(|a, b| (a.start, &a.decision.stamp).cmp(&(b.start, &b.decision.stamp)));
    Ok(found)
}

impl Session {
    /// Reads what reviewers decided that concerns the annotator of the article on the desk.
    pub(in crate::session) fn read_feedback(&mut self) {
        let (Some(project), Some(article)) = (&self.project, &mut self.article) else {
            return;
        };
        match read(project, article) {
            Ok(found) => article.feedback = found,
            Err(error) => self.tell(error.into()),
        }
    }

    /// Goes to the next decision about the annotator's own spans, or the previous; after the last comes the first.
    pub(super) fn walk_feedback(&mut self, forward: bool) {
        let Some(article) = &self.article else {
            return;
        };
        let Some(last) = article.feedback.len().checked_sub(1) else {
            self.tell(crate::session::Notice::NoFeedback);
            return;
        };
        // From the decision that is shown, else from the caret.
        let caret = article.desk.caret();
        let mut all = article.feedback.iter();
        let found = match (article.feedback_at(), forward) {
            (Some(at), true) => Some(at + 1).filter(|at| *at <= last),
            (Some(at), false) => at.checked_sub(1),
            (None, true) => all.position(|it| it.start >= caret),
            (None, false) => all.rposition(|it| it.start < caret),
        };
        let end = if forward { 0 } else { last };
        self.go_to_feedback(found.unwrap_or(end));
    }

    /// Goes to the decision at this place.
    pub(super) fn go_to_feedback(&mut self, place: usize) {
        let Some(article) = &mut self.article else {
            return;
        };
        let Some((caret, span)) = article.feedback.get(place).map(|it| article.meets(it)) else {
            return;
        };
        article.walked = Some(place);
        article.desk.move_caret(caret, false);
        article.desk.choose(span);
    }
}

impl Article {
    /// Where a decision is met: at the annotator's span where it is still there, else at the text.
    fn meets(&self, feedback: &Feedback) -> (usize, Option<SpanId>) {
        let span = feedback.span.and_then(|span| self.layer().get(span));
        let start = span.map_or(feedback.start, |span| span.data.fragments.start());
        (start.min(self.text().len()), span.map(|span| span.id))
    }

    /// The place of the decision that is shown: the one that was gone to last, while caret and chosen span are
    /// where that put them, else the first about the chosen span.
    pub fn feedback_at(&self) -> Option<usize> {
        let here = (self.desk.caret(), self.desk.chosen());
        let walked = self.walked.filter(|at| {
            let feedback = self.feedback.get(*at);
            feedback.is_some_and(|feedback| self.meets(feedback) == here)
        });
        let chosen = self.desk.chosen();
        let of_chosen = |it: &Feedback| it.span.is_some() && it.span == chosen;
        walked.or_else(|| self.feedback.iter().position(of_chosen))
    }
}
