//! What a format does not carry of a dataset: counted by kind, with a few examples, so that nothing
//! is lost in silence.

use serde::Serialize;

use crate::annotation::LabelSet;

use super::{DocumentRecord, SpanRecord};

/// A kind of thing that a format does not carry, or carries in pieces.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum LossKind {
    /// Spans, in a format without any.
    Spans,
    /// Spans inside others.
    Nested,
    /// Spans that cross others.
    Crossing,
    /// Further spans of one range.
    SameRange,
    /// Spans of several fragments, written as one span a fragment.
    Discontinuous,
    /// Relations.
    Relations,
    /// Attributes of spans.
    Attributes,
    /// Notes on spans.
    Notes,
    /// Layers of all annotators but one.
    Annotators,
    /// Layers of models.
    Predictions,
    /// Titles that are not the text's first line.
    Titles,
    /// Ids that a source gave.
    Ids,
    /// Metadata of documents.
    Metadata,
    /// Characters that a format forbids.
    Characters,
    /// Documents without a text.
    EmptyDocuments,
    /// How far annotators are.
    Status,
    /// Who is to annotate.
    Assignments,
    /// What reviewers decided.
    Decisions,
    /// Threads of comments.
    Threads,
}

impl LossKind {
    /// What happened to so many of them, for people, to be said after the count.
    pub const fn text(self, count: usize) -> &'static str {
        let (one, many) = self.texts();
        if count == 1 { one } else { many }
    }

    /// The same of one, and of any other number.
    const fn texts(self) -> (&'static str, &'static str) {
        match self {
            Self::Spans => ("span left out", "spans left out"),
            Self::Nested => (
                "span inside others, left out",
                "spans inside others, left out",
            ),
            Self::Crossing => (
                "span that crosses others, left out",
                "spans that cross others, left out",
            ),
            Self::SameRange => (
                "further span of one range, left out",
                "further spans of one range, left out",
            ),
            Self::Discontinuous => (
                "span of several fragments, written as one span a fragment",
                "spans of several fragments, written as one span a fragment",
            ),
            Self::Relations => ("relation left out", "relations left out"),
            Self::Attributes => (
                "span whose attributes are left out",
                "spans whose attributes are left out",
            ),
            Self::Notes => (
                "span whose note is left out",
                "spans whose note is left out",
            ),
            Self::Annotators => (
                "document with layers of other annotators, left out",
                "documents with layers of other annotators, left out",
            ),
            Self::Predictions => ("layer of models, left out", "layers of models, left out"),
            Self::Titles => (
                "document whose title is left out",
                "documents whose title is left out",
            ),
            Self::Ids => (
                "document whose id is left out",
                "documents whose id is left out",
            ),
            Self::Metadata => (
                "document whose metadata is left out",
                "documents whose metadata is left out",
            ),
            Self::Characters => (
                "document with control characters, written as spaces",
                "documents with control characters, written as spaces",
            ),
            Self::EmptyDocuments => (
                "document without a text, left out",
                "documents without a text, left out",
            ),
            Self::Status | Self::Assignments | Self::Decisions | Self::Threads => {
                self.texts_of_work()
            }
        }
    }

    /// The same of what is of the work.
    const fn texts_of_work(self) -> (&'static str, &'static str) {
        match self {
            Self::Status => (
                "layer whose status is left out",
                "layers whose status is left out",
            ),
            Self::Assignments => (
                "document whose assignments are left out",
                "documents whose assignments are left out",
            ),
            Self::Decisions => (
                "decision of a reviewer, left out",
                "decisions of reviewers, left out",
            ),
            _ => (
                "thread of comments, left out",
                "threads of comments, left out",
            ),
        }
    }

    /// Whether each is told, however many there are: such a span comes back as several.
    const fn is_told_one_by_one(self) -> bool {
        matches!(self, Self::Discontinuous)
    }

    /// Whether it is of the work and not of the annotations; a strict export lets it pass.
    pub const fn is_of_work(self) -> bool {
        matches!(
            self,
            Self::Status | Self::Assignments | Self::Decisions | Self::Threads
        )
    }
}

/// How many examples of each kind are kept.
const EXAMPLES: usize = 5;

/// One kind of loss.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LossEntry {
    /// What kind.
    pub kind: LossKind,
    /// How many.
    pub count: usize,
    /// The first few; of spans that come back as several, all.
    pub examples: Vec<LossExample>,
}

/// Something that a format did not carry whole.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LossExample {
    /// The document's title.
    pub document: String,
    /// The span as `LABEL: text`, or what else it is; `None` where it is the document.
    pub span: Option<String>,
}

/// All that a file does not carry of what was to be written into it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Loss {
    entries: Vec<LossEntry>,
}

impl Loss {
    /// The kinds, in the order in which they first came up.
    pub fn entries(&self) -> &[LossEntry] {
        &self.entries
    }

    /// Whether the file carries everything.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Whether it carries all annotations and all that belongs to the texts.
    pub fn is_of_work_only(&self) -> bool {
        self.entries.iter().all(|entry| entry.kind.is_of_work())
    }

    /// How many there are of a kind.
    pub fn count(&self, kind: LossKind) -> usize {
        let entry = self.entries.iter().find(|entry| entry.kind == kind);
        entry.map_or(0, |entry| entry.count)
    }

    /// Counts one more; the example is made only if it is kept.
    pub(super) fn add(&mut self, kind: LossKind, example: impl FnOnce() -> LossExample) {
        let place = self.entries.iter().position(|entry| entry.kind == kind);
        let place = place.unwrap_or_else(|| {
            self.entries.push(LossEntry {
                kind,
                count: 0,
                examples: Vec::new(),
            });
            self.entries.len() - 1
        });
        if let Some(entry) = self.entries.get_mut(place) {
            entry.count += 1;
            if entry.examples.len() < EXAMPLES || kind.is_told_one_by_one() {
                entry.examples.push(example());
            }
        }
    }

    /// Counts one more document.
    pub(super) fn add_document(&mut self, kind: LossKind, record: &DocumentRecord) {
        self.add(kind, || LossExample {
            document: record.title.clone(),
            span: None,
        });
    }
}

/// A span as `LABEL: text`.
pub(super) fn name_span(text: &str, span: &SpanRecord, labels: &LabelSet) -> String {
    let label = labels.name_of(&span.data.label);
    let quote = crate::text::quote(&span.data.fragments.text(text), 60);
    format!("{label}: {quote}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_is_told_as_one() {
        assert_eq!(LossKind::Notes.text(1), "span whose note is left out");
        assert_eq!(LossKind::Notes.text(2), "spans whose note is left out");
    }
}
