//! The model: documents, the label set, spans of one or more fragments, relations, attributes, the layer of one
//! annotator on one document, decisions of reviewers, threads of comments. It knows no I/O and changes only through `edit`.

mod color;
mod decision;
mod document;
mod fragments;
mod ids;
mod judged;
mod label;
mod label_set;
mod layer;
mod quick_hash;
mod relation;
mod span;
mod stamp;
mod thread;

pub use color::{LabelColor, PALETTE, ParseRgbError, Rgb};
pub use decision::{Decision, Judgement, Source, Topic, Verdict};
pub use document::Document;
pub use fragments::{Fragments, FragmentsError};
pub use ids::{
    Annotator, DecisionId, DocumentId, EditId, LabelId, NameError, ParseIdError, RelationId,
    SpanId, TextHash,
};
pub use label::{AttributeDef, AttributeKind, DisplayName, Label, LabelFate, LabelKind, Mark};
pub use label_set::{HotkeyClash, LabelSet, RelationType, ReviewRules};
pub use layer::{Layer, LayerKey, Status};
pub use quick_hash::{QuickHash, QuickHasher};
pub use relation::Relation;
pub use span::{Attributes, Span, SpanData};
pub use stamp::{Stamp, Time};
pub use thread::{About, Comment, Thread};
