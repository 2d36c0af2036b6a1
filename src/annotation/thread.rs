//! Threads of comments on a document or a span. They belong to the document and to no annotator's layer, so that
//! annotators and reviewers write into the same ones.

use serde::{Deserialize, Serialize};

use super::{Annotator, EditId, SpanId, Stamp};

/// What a thread is about.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum About {
    /// The document.
    Document,
    /// A span of somebody's layer.
    Span {
        /// Whose layer.
        annotator: Annotator,
        /// The span; it may be gone since.
        span: SpanId,
        /// Its text when the thread began, shortened.
        quote: String,
    },
}

/// A comment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Comment {
    /// The edit that made it.
    pub id: EditId,
    /// Who and when.
    pub stamp: Stamp,
    /// What.
    pub text: String,
}

/// Comments that answer each other.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Thread {
    /// The edit that began it.
    pub id: EditId,
    /// What it is about.
    pub about: About,
    /// The comments by time.
    pub comments: Vec<Comment>,
    /// Whether it is settled.
    pub resolved: bool,
}

impl Thread {
    /// Whether somebody has said something in it, or it is the beginner's.
    pub fn is_of(&self, annotator: &Annotator) -> bool {
        let about = match &self.about {
            About::Document => false,
            About::Span { annotator: of, .. } => of == annotator,
        };
        about
            || self
                .comments
                .iter()
                .any(|comment| comment.stamp.author == *annotator)
    }
}
