//! Changes of a document's place in the project. Its text never changes.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::annotation::{
    About, Annotator, Comment, Document, DocumentId, EditId, Stamp, TextHash, Thread,
};

/// A change of one document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum DocumentChange {
    /// It comes into the project.
    Add {
        /// Its title.
        title: String,
        /// The hash of its text.
        text: TextHash,
        /// What the source said of it.
        #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
        metadata: BTreeMap<String, String>,
    },
    /// It is taken out of the list; its layers and its text stay in the file.
    Remove,
    /// It comes back.
    Restore,
    /// It gets another title.
    SetTitle(String),
    /// A value of its metadata is set, or taken away.
    SetMetadata(String, Option<String>),
    /// Somebody is to annotate it.
    Assign(Annotator),
    /// Somebody is not to annotate it any more.
    Unassign(Annotator),
    /// Somebody says something; its id is the edit's.
    Say {
        /// The thread that it answers in; nothing begins one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        thread: Option<EditId>,
        /// What it is about.
        about: About,
        /// What is said.
        text: String,
    },
    /// A comment is taken back, with its thread if it is the only one.
    Unsay(EditId),
    /// A comment comes back as it was, into this thread.
    SayAgain {
        /// The thread.
        thread: EditId,
        /// What it is about.
        about: About,
        /// The comment.
        comment: Comment,
        /// Whether the thread was settled.
        #[serde(default)]
        resolved: bool,
    },
    /// A thread is settled, or open again.
    Resolve(EditId, bool),
}

/// A document, and whether it is in the list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DocumentState {
    document: Option<Document>,
    removed: bool,
    /// By the time of their first comments.
    threads: Vec<Thread>,
}

impl DocumentState {
    /// The document, unless it was never added or was taken out.
    pub fn present(&self) -> Option<&Document> {
        self.document.as_ref().filter(|_| !self.removed)
    }

    /// The document, taken out or not.
    pub fn known(&self) -> Option<&Document> {
        self.document.as_ref()
    }

    /// The threads of comments, by the time of their first comments.
    pub fn threads(&self) -> &[Thread] {
        &self.threads
    }

    /// How many threads are not settled.
    pub fn open_threads(&self) -> usize {
        self.threads.iter().filter(|it| !it.resolved).count()
    }

    fn put(
        &mut self,
        (thread, about, resolved): (EditId, &About, bool),
        comment: Comment,
    ) -> Option<DocumentChange> {
        let id = comment.id;
        let there = self.threads.iter().any(|it| {
            let mut comments = it.comments.iter();
            comments.any(|known| known.id == id)
        });
        if there {
            return None;
        }
        let known = self.threads.iter_mut().find(|it| it.id == thread);
        if let Some(known) = known {
            known.comments.push(comment);
            known
                .comments
                .sort_by(|a, b| (&a.stamp, a.id).cmp(&(&b.stamp, b.id)));
        } else {
            self.threads.push(Thread {
                id: thread,
                about: about.clone(),
                comments: vec![comment],
                resolved,
            });
        }
        self.sort_threads();
        Some(DocumentChange::Unsay(id))
    }

    fn sort_threads(&mut self) {
        let first = |thread: &Thread| thread.comments.first().map(|it| it.stamp.clone());
        self.threads.sort_by_key(|it| (first(it), it.id));
    }

    fn unsay(&mut self, id: EditId) -> Option<DocumentChange> {
        for (place, thread) in self.threads.iter_mut().enumerate() {
            let Some(at) = thread.comments.iter().position(|it| it.id == id) else {
                continue;
            };
            let back = DocumentChange::SayAgain {
                thread: thread.id,
                about: thread.about.clone(),
                comment: thread.comments.remove(at),
                resolved: thread.resolved,
            };
            if thread.comments.is_empty() {
                self.threads.remove(place);
            }
            self.sort_threads();
            return Some(back);
        }
        None
    }

    fn add(
        &mut self,
        id: DocumentId,
        title: &str,
        text: TextHash,
        metadata: &BTreeMap<String, String>,
    ) -> Option<DocumentChange> {
        if self.document.is_some() {
            // Added again after it was taken out: it comes back as it was.
            return std::mem::replace(&mut self.removed, false).then_some(DocumentChange::Remove);
        }
        self.document = Some(Document {
            id,
            title: title.to_owned(),
            text,
            metadata: metadata.clone(),
            assigned: BTreeSet::new(),
        });
        Some(DocumentChange::Remove)
    }
}

/// Applies a change, giving its inverse; `None` where it has no effect.
pub(super) fn apply(
    state: &mut DocumentState,
    id: DocumentId,
    change: &DocumentChange,
    (edit, stamp): (EditId, &Stamp),
) -> Option<DocumentChange> {
    use DocumentChange as C;
    if let C::Add {
        title,
        text,
        metadata,
    } = change
    {
        return state.add(id, title, *text, metadata);
    }
    match change {
        C::Say {
            thread,
            about,
            text,
        } => {
            let comment = Comment {
                id: edit,
                stamp: stamp.clone(),
                text: text.clone(),
            };
            return state.put((thread.unwrap_or(edit), about, false), comment);
        }
        C::Unsay(id) => return state.unsay(*id),
        C::SayAgain {
            thread,
            about,
            comment,
            resolved,
        } => return state.put((*thread, about, *resolved), comment.clone()),
        C::Resolve(id, resolved) => {
            let thread = state.threads.iter_mut().find(|it| it.id == *id)?;
            let old = std::mem::replace(&mut thread.resolved, *resolved);
            return (old != *resolved).then_some(C::Resolve(*id, old));
        }
        _ => {}
    }
    let document = state.document.as_mut()?;
    match change {
        C::Add { .. } | C::Say { .. } | C::Unsay(_) | C::SayAgain { .. } | C::Resolve(..) => None,
        C::Remove => (!std::mem::replace(&mut state.removed, true)).then_some(C::Restore),
        C::Restore => std::mem::replace(&mut state.removed, false).then_some(C::Remove),
        C::SetTitle(title) => {
            let old = std::mem::replace(&mut document.title, title.clone());
            (old != *title).then_some(C::SetTitle(old))
        }
        C::SetMetadata(key, value) => {
            let old = match value {
                Some(value) => document.metadata.insert(key.clone(), value.clone()),
                None => document.metadata.remove(key),
            };
            (old != *value).then(|| C::SetMetadata(key.clone(), old))
        }
        C::Assign(who) => document
            .assigned
            .insert(who.clone())
            .then(|| C::Unassign(who.clone())),
        C::Unassign(who) => document
            .assigned
            .remove(who)
            .then(|| C::Assign(who.clone())),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use proptest::prelude::*;

    use super::*;
    use crate::annotation::Time;

    #[derive(Clone, Debug)]
    enum Plan {
        Begin,
        Answer(usize),
        Unsay(usize),
        Resolve(usize, bool),
    }

    fn plan() -> impl Strategy<Value = Plan> {
        prop_oneof![
            2 => Just(Plan::Begin),
            3 => (0..4_usize).prop_map(Plan::Answer),
            2 => (0..6_usize).prop_map(Plan::Unsay),
            1 => (0..4_usize, any::<bool>()).prop_map(|(n, on)| Plan::Resolve(n, on)),
        ]
    }

    fn change(state: &DocumentState, plan: &Plan) -> Option<DocumentChange> {
        let thread = |n: usize| {
            let threads = state.threads();
            threads.get(n % threads.len().max(1)).map(|it| it.id)
        };
        Some(match plan {
            Plan::Begin => DocumentChange::Say {
                thread: None,
                about: About::Document,
                text: "لماذا؟".into(),
            },
            Plan::Answer(n) => DocumentChange::Say {
                thread: Some(thread(*n)?),
                about: About::Document,
                text: "نعم".into(),
            },
            Plan::Unsay(n) => {
                let comments = state.threads().iter().flat_map(|it| &it.comments);
                let comments: Vec<EditId> = comments.map(|it| it.id).collect();
                DocumentChange::Unsay(*comments.get(n % comments.len().max(1))?)
            }
            Plan::Resolve(n, on) => DocumentChange::Resolve(thread(*n)?, *on),
        })
    }

    proptest! {
        #[test]
        fn taking_comments_back_leads_to_where_one_was(plans in prop::collection::vec(plan(), 1..24)) {
            let mut state = DocumentState::default();
            let id = DocumentId::new(&TextHash::of(""), 0);
            let mut trail = vec![];
            for (millis, plan) in (1..).zip(&plans) {
                let stamp = Stamp {
                    time: Time { millis, counter: 0 },
                    author: Annotator::unnamed(),
                };
                let Some(change) = change(&state, plan) else { continue };
                let before = state.clone();
                if let Some(inverse) = apply(&mut state, id, &change, (EditId::random(), &stamp)) {
                    trail.push((before, inverse, stamp));
                }
            }
            for (before, inverse, stamp) in trail.into_iter().rev() {
                apply(&mut state, id, &inverse, (EditId::random(), &stamp));
                prop_assert_eq!(&state, &before);
            }
        }
    }
}
