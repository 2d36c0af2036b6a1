//! A relation between two spans of one layer.

use serde::{Deserialize, Serialize};

use super::{RelationId, SpanId};

/// A directed relation, for instance `has_source` from a claim to a person.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Relation {
    /// Its id.
    pub id: RelationId,
    /// The name of its type.
    pub kind: String,
    /// Where it begins.
    pub from: SpanId,
    /// Where it points.
    pub to: SpanId,
}
