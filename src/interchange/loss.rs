//! What a format could not carry: counted by kind, with a few examples, so that nothing is lost in
//! silence.

use crate::annotation::LabelSet;

use super::SpanRecord;

/// A kind of thing that a format does not carry, or carries in pieces.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum LossKind {
    /// Spans of several fragments, written as one span a fragment.
    Discontinuous,
    /// Attributes of spans.
    Attributes,
    /// Notes on spans.
    Notes,
    /// Metadata of documents.
    Metadata,
}

impl LossKind {
    /// What happened to them, for people.
    pub const fn text(self) -> &'static str {
        match self {
            Self::Discontinuous => "spans of several fragments, written as one span a fragment",
            Self::Attributes => "spans whose attributes are left out",
            Self::Notes => "spans whose note is left out",
            Self::Metadata => "documents whose metadata is left out",
        }
    }
}

/// How many examples of each kind are kept.
const EXAMPLES: usize = 5;

/// One kind of loss.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LossEntry {
    /// What kind.
    pub kind: LossKind,
    /// How many.
    pub count: usize,
    /// The first few.
    pub examples: Vec<LossExample>,
}

/// Something that a format did not carry whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LossExample {
    /// The document's title.
    pub document: String,
    /// The span as `LABEL: text`; `None` where it is the document.
    pub span: Option<String>,
}

/// All that a file does not carry of what was written into it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
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
            if entry.examples.len() < EXAMPLES {
                entry.examples.push(example());
            }
        }
    }
}

impl LossExample {
    /// A span of a document.
    pub(super) fn span(document: &str, text: &str, span: &SpanRecord, labels: &LabelSet) -> Self {
        let label = labels.name_of(&span.data.label);
        let quote = crate::text::quote(&span.data.fragments.text(text), 60);
        Self {
            document: document.to_owned(),
            span: Some(format!("{label}: {quote}")),
        }
    }
}
