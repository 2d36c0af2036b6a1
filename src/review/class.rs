//! The one table of classes of disagreement, in the order in which they are tried: the first that fits counts.

/// What kind of disagreement it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Class {
    /// The same label and end; the starts are one or two proclitics of a word apart.
    Clitic,
    /// The same label; only punctuation or white space is in one and not in the other.
    Punctuation,
    /// The same label and other edges.
    Boundary,
    /// The same edges and another label.
    Label,
    /// Another label and other edges.
    LabelAndBoundary,
    /// One annotator has one span where the other has several of the same label.
    SplitOrMerge,
    /// A span that only one annotator has, inside or around a span of the other, both names or both statements.
    Nesting,
    /// A span that only one annotator has.
    Missing,
    /// Other values of attributes of a span that both have.
    Attribute,
    /// Another relation, or none, between spans that both have.
    Relation,
}

/// A row of the table.
#[derive(Clone, Copy, Debug)]
pub struct ClassRow {
    /// The class.
    pub class: Class,
    /// Its name in JSON.
    pub name: &'static str,
    /// Its name for people.
    pub title: &'static str,
}

const fn row(class: Class, name: &'static str, title: &'static str) -> ClassRow {
    ClassRow { class, name, title }
}

/// All classes, in their order.
pub static CLASSES: &[ClassRow] = &[
    row(Class::Clitic, "clitic", "Proclitic only"),
    row(
        Class::Punctuation,
        "punctuation",
        "Punctuation or space only",
    ),
    row(Class::Boundary, "boundary", "Boundary"),
    row(Class::Label, "label", "Label"),
    row(
        Class::LabelAndBoundary,
        "label_and_boundary",
        "Label and boundary",
    ),
    row(Class::SplitOrMerge, "split_or_merge", "Split or merged"),
    row(Class::Nesting, "nesting", "Nesting"),
    row(Class::Missing, "missing", "Missing"),
    row(Class::Attribute, "attribute", "Attribute"),
    row(Class::Relation, "relation", "Relation"),
];

impl Class {
    /// Its row.
    pub fn row(self) -> Option<&'static ClassRow> {
        CLASSES.iter().find(|row| row.class == self)
    }

    /// Its name in JSON.
    pub fn name(self) -> &'static str {
        self.row().map_or("", |row| row.name)
    }

    /// Its name for people.
    pub fn title(self) -> &'static str {
        self.row().map_or("", |row| row.title)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_stands_in_the_order_of_the_classes() {
        assert!(CLASSES.is_sorted_by_key(|row| row.class));
        for row in CLASSES {
            assert_eq!((row.class.name(), row.class.title()), (row.name, row.title));
        }
    }
}
