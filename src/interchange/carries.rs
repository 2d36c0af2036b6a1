//! What a format holds. `formats --json` shows it; `reduce` takes from a document what is not in it.

use serde::Serialize;

/// Something that a dataset can have and a format may not hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Feature {
    /// Spans inside others.
    Nested,
    /// Spans that cross each other.
    Crossing,
    /// Several spans of the same range.
    SameRange,
    /// Spans of several fragments.
    Discontinuous,
    /// Relations between spans.
    Relations,
    /// Attributes of spans.
    Attributes,
    /// Notes on spans.
    Notes,
    /// Layers of models, told apart from those of people.
    Predictions,
    /// How far an annotator is.
    Status,
    /// Titles that are not the text's first line.
    Title,
    /// Ids that a source gave.
    Ids,
    /// What a source said of documents.
    Metadata,
    /// Documents without a text.
    EmptyDocuments,
    /// Colours, keys and guides of labels.
    LabelDefinitions,
    /// Every edit, assignments, documents that were taken out.
    History,
}

impl Feature {
    /// All of them.
    pub const ALL: &'static [Self] = &[
        Self::Nested,
        Self::Crossing,
        Self::SameRange,
        Self::Discontinuous,
        Self::Relations,
        Self::Attributes,
        Self::Notes,
        Self::Predictions,
        Self::Status,
        Self::Title,
        Self::Ids,
        Self::Metadata,
        Self::EmptyDocuments,
        Self::LabelDefinitions,
        Self::History,
    ];
}

/// Whose layers a file holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Layers {
    /// Nobody's.
    None,
    /// One annotator's, without the name.
    One,
    /// Everybody's, by name.
    All,
}

/// Which characters a format holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Characters {
    /// All.
    All,
    /// Those that XML 1.0 allows.
    Xml,
    /// Those of a text file: one with control characters is taken for something else.
    Plain,
}

impl Characters {
    /// What stands for a character: itself where the format holds it, else one that is as long in
    /// every unit, so that nothing behind it moves.
    pub fn carried(self, ch: char) -> char {
        match (self, ch) {
            (Self::Plain, '\u{B}' | '\u{C}' | '\u{1A}') => ch,
            (
                Self::Xml | Self::Plain,
                '\u{0}'..='\u{8}' | '\u{B}' | '\u{C}' | '\u{E}'..='\u{1F}',
            )
            | (Self::Plain, '\u{7F}') => ' ',
            (Self::Xml, '\u{FFFE}' | '\u{FFFF}') => '\u{FFFD}',
            _ => ch,
        }
    }

    /// Whether a text comes back as it is.
    pub fn hold(self, text: &str) -> bool {
        self == Self::All || text.chars().all(|ch| self.carried(ch) == ch)
    }
}

/// All that a format holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Carries {
    /// Whose layers.
    pub layers: Layers,
    /// Which characters.
    pub characters: Characters,
    /// What else.
    pub features: &'static [Feature],
}

impl Carries {
    /// Everything.
    pub const ALL: Self = Self {
        layers: Layers::All,
        characters: Characters::All,
        features: Feature::ALL,
    };

    /// Whether it holds this.
    pub fn has(&self, feature: Feature) -> bool {
        self.features.contains(&feature)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_for_a_character_is_as_long() {
        for ch in ('\0'..='\u{FFFF}').chain(['😀']) {
            for characters in [Characters::Xml, Characters::Plain] {
                let stands = characters.carried(ch);
                assert_eq!(stands.len_utf8(), ch.len_utf8(), "{ch:?}");
                assert_eq!(stands.len_utf16(), ch.len_utf16(), "{ch:?}");
            }
        }
        assert!(Characters::Xml.hold("قال\r\n\t😀") && !Characters::Xml.hold("\u{1B}"));
        assert!(Characters::Plain.hold("قال\r\n\t\u{FFFE}") && !Characters::Plain.hold("\0"));
    }
}
