//! Types of annotations that no person made as spans: what tokenizers, taggers and parsers say of
//! every word of a text, and what tools note of a document.

use super::types::Types;

/// Packages of `DKPro` of which nothing becomes a span.
const PACKAGES: [&str; 5] = [
    "de.tudarmstadt.ukp.dkpro.core.api.segmentation.type.",
    "de.tudarmstadt.ukp.dkpro.core.api.lexmorph.type.",
    "de.tudarmstadt.ukp.dkpro.core.api.metadata.type.",
    "de.tudarmstadt.ukp.dkpro.core.api.syntax.type.constituent.",
    "de.tudarmstadt.ukp.dkpro.core.api.syntax.type.dependency.",
];

/// Types of any package, but those that people make in their tools.
const NAMES: [&str; 10] = [
    "Token",
    "Sentence",
    "Lemma",
    "Stem",
    "POS",
    "DocumentAnnotation",
    "DocumentMetaData",
    "TagsetDescription",
    "SourceDocumentInformation",
    "CASMetadata",
];

/// The packages of types that people make in `INCEpTION` and `WebAnno`.
const CUSTOM: [&str; 2] = ["webanno.custom.", "custom."];

/// Whether structures of this type become neither spans nor relations.
pub(super) fn is_left_out(types: &Types, name: &str) -> bool {
    types.lineage(name).any(|name| {
        if CUSTOM.iter().any(|package| name.starts_with(package)) {
            return false;
        }
        let package = |package: &&str| name.starts_with(*package);
        name.starts_with("uima.cas.") && !matches!(name, "uima.cas.TOP" | "uima.cas.AnnotationBase")
            || PACKAGES.iter().any(package)
            || NAMES.contains(&short(name))
    })
}

/// A type's name without its package.
pub(super) fn short(name: &str) -> &str {
    name.rsplit_once('.').map_or(name, |(_, short)| short)
}
