//! What is known of types: what each is a kind of, and which of its features lead to other
//! structures. A file of XMI does not tell a number from a reference; its type system does.

use std::collections::HashMap;

use super::own;

/// How many supertypes a type can have; a circle ends there.
const MAX_SUPER: usize = 16;

/// What the values of a feature are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Range {
    /// A text, a number or a truth value.
    Plain,
    /// Several of them, in one text between spaces.
    Plains,
    /// Other structures.
    References,
}

/// A type.
#[derive(Debug, Default)]
pub(super) struct Type {
    pub(super) parent: String,
    pub(super) features: HashMap<String, Range>,
}

/// The types that a file uses, as far as it tells.
#[derive(Debug)]
pub(super) struct Types(HashMap<String, Type>);

impl Types {
    /// Our own types, which no file need tell of.
    pub(super) fn own() -> Self {
        let mut types = Self(HashMap::new());
        for (name, parent, features) in [
            (
                own::DOCUMENT,
                "uima.tcas.DocumentAnnotation",
                &["metadata"][..],
            ),
            (
                own::SPAN,
                "uima.tcas.Annotation",
                &["attributes", "fragments"],
            ),
            (own::FRAGMENT, "uima.tcas.Annotation", &[]),
            (
                own::RELATION,
                "uima.tcas.Annotation",
                &["Governor", "Dependent"],
            ),
            (own::ATTRIBUTE, "uima.cas.TOP", &[]),
        ] {
            let plain = ["title", "id", "label", "note", "name", "value"];
            let plain = plain.iter().map(|name| ((*name).to_owned(), Range::Plain));
            let references = features
                .iter()
                .map(|name| ((*name).to_owned(), Range::References));
            let of = Type {
                parent: parent.to_owned(),
                features: plain.chain(references).collect(),
            };
            types.add(name.to_owned(), of);
        }
        types
    }

    /// Takes a type; of a name that is known, the first stays.
    pub(super) fn add(&mut self, name: String, of: Type) {
        self.0.entry(name).or_insert(of);
    }

    /// A type and all that it is a kind of, as far as they are known.
    pub(super) fn lineage<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        let parent = |name: &&'a str| self.0.get(*name).map(|of| &*of.parent);
        std::iter::successors(Some(name), parent).take(MAX_SUPER)
    }

    /// What the values of a feature are; `None` where the type or the feature is unknown.
    pub(super) fn range(&self, name: &str, feature: &str) -> Option<Range> {
        self.lineage(name)
            .find_map(|name| self.0.get(name)?.features.get(feature).copied())
    }
}

impl Range {
    /// What values of this type are; `shared` arrays are structures of their own.
    pub(super) fn of(name: &str, shared: bool) -> Self {
        match name.strip_prefix("uima.cas.") {
            Some(
                "Boolean" | "Byte" | "Short" | "Integer" | "Long" | "Float" | "Double" | "String",
            ) => Self::Plain,
            Some(plain) if is_array_of_plain(plain) && !shared => Self::Plains,
            _ => Self::References,
        }
    }
}

/// Whether a type of UIMA's own, without its package, is a list of texts or numbers.
pub(super) fn is_array_of_plain(name: &str) -> bool {
    let of = ["Array", "List", "[]"]
        .iter()
        .find_map(|end| name.strip_suffix(end));
    matches!(
        of,
        Some("Boolean" | "Byte" | "Short" | "Integer" | "Long" | "Float" | "Double" | "String")
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_circle_of_types_ends() {
        let mut types = Types::own();
        for (name, parent) in [("a", "b"), ("b", "a")] {
            let of = Type {
                parent: parent.to_owned(),
                ..Type::default()
            };
            types.add(name.to_owned(), of);
        }
        assert_eq!(types.lineage("a").count(), MAX_SUPER);
        assert_eq!(types.range("a", "x"), None);
        assert_eq!(types.range(own::SPAN, "fragments"), Some(Range::References));
    }
}
