//! Undo and redo. What can be taken back is what this annotator did on the article on the desk, and
//! to the label set, the latest first; so nothing changes that is not on the screen.

use crate::{
    annotation::LayerKey,
    edit::{
        Cause, Change, Context, Description, DocumentChange, Entry, LabelSetChange, LayerChange,
        describe,
    },
};

use super::{Notice, Session};

/// Back or forth.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Take back.
    Undo,
    /// Do again.
    Redo,
}

impl Session {
    /// What the next undo or redo would act on.
    fn next_step(&self, step: Step) -> Option<&Entry> {
        let author = self.annotator();
        let article = self.article();
        let entries = [
            self.project().map(|project| project.labels.history()),
            article.map(|article| article.layer.history()),
            article.map(|article| article.document.history()),
        ];
        let taken_back = |entry: &&Entry| !begins(&entry.of.change);
        let entries = entries
            .into_iter()
            .flatten()
            .filter_map(|history| match step {
                Step::Undo => history.undos(author).find(taken_back),
                Step::Redo => history.redos(author).find(taken_back),
            });
        entries.max_by(|a, b| a.at.cmp(&b.at))
    }

    /// Whether there is something to undo or to redo.
    pub fn can_step(&self, step: Step) -> bool {
        self.next_step(step).is_some()
    }

    /// What the next undo or redo would take back or do again, in words' raw form.
    pub fn describe_step(&self, step: Step) -> Option<Description> {
        let entry = self.next_step(step)?;
        Some(self.describe(&entry.of.change, &entry.change))
    }

    /// Describes a change that was done. `inverse` takes it back, or did.
    pub(super) fn describe(&self, done: &Change, inverse: &Change) -> Description {
        let article = self.article();
        let layer_of = |key: &LayerKey| article.filter(|article| article.key() == key);
        let on_desk = match done {
            Change::Layer(key, _) => layer_of(key),
            _ => None,
        };
        let context = Context {
            labels: self.labels(),
            layer: on_desk.map(super::Article::layer),
            text: on_desk.map_or("", |article| article.text()),
        };
        describe(done, inverse, context)
    }

    /// Takes back, or does again.
    pub(super) fn step(&mut self, step: Step) {
        let Some(entry) = self.next_step(step).cloned() else {
            self.tell(Notice::NothingTo {
                redo: step == Step::Redo,
            });
            return;
        };
        let description = self.describe(&entry.of.change, &entry.change);
        let cause = match step {
            Step::Undo => Cause::Undo(entry.of.id),
            Step::Redo => Cause::Redo(entry.of.id),
        };
        let (change, kept) = match self.without_loss(&entry.change) {
            Ok(without_loss) => without_loss,
            Err(error) => {
                self.tell(error.into());
                return;
            }
        };
        let before = self.review.standings();
        if self.change(cause, change).is_none() {
            return;
        }
        self.follow(&entry);
        self.go_to_changed(&before);
        self.tell(match step {
            Step::Undo => Notice::Undid(description),
            Step::Redo => Notice::Redid(description),
        });
        for name in kept {
            self.tell(Notice::LabelKept(name));
        }
    }

    /// Chooses the span that a step was about, so that people see what has changed.
    fn follow(&mut self, entry: &Entry) {
        let Some(article) = &mut self.article else {
            return;
        };
        let Change::Layer(_, change) = &entry.change else {
            return;
        };
        let span = match change {
            LayerChange::Restore(spans, _) => spans.first().map(|span| span.id),
            LayerChange::SetLabel(id, _)
            | LayerChange::SetFragments(id, _)
            | LayerChange::SetAttribute(id, ..)
            | LayerChange::SetNote(id, _) => Some(*id),
            _ => article.desk.chosen(),
        };
        let there = span.filter(|id| article.layer().get(*id).is_some());
        article.desk.choose(there);
    }
}

/// Whether a change is how something came to be: an article came in, a project got its first labels
/// or those of an import. Ctrl+Z does not take that back; articles are removed from the list. Labels
/// that somebody loaded come as a batch, and can be taken back.
fn begins(change: &Change) -> bool {
    matches!(
        change,
        Change::Document(_, DocumentChange::Add { .. })
            | Change::LabelSet(LabelSetChange::Adopt(_))
    )
}
