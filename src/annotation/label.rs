//! A label: what a span can be tagged with, and how it looks, is keyed and is explained.

use serde::{Deserialize, Serialize};

use super::{LabelColor, LabelId};

/// A name as people read it, in English and in Arabic; empty where there is none.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(default)]
pub struct DisplayName {
    /// In English.
    pub en: String,
    /// In Arabic.
    pub ar: String,
}

/// Whether spans of a label are names inside sentences, or sentences that hold such names. It
/// decides how spans are drawn and which labels are compared with each other.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum LabelKind {
    /// A name: a soft fill, and a line under it.
    #[default]
    Entity,
    /// A statement: a faint fill, and a line one lane lower.
    Statement,
}

/// What tells a label's spans apart besides colour: the style of the line under them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Mark {
    /// ———
    #[default]
    Solid,
    /// – – –
    Dashed,
    /// · · ·
    Dotted,
    /// Two thin lines.
    Double,
    /// A wave.
    Wavy,
    /// – · –
    DashDot,
}

impl Mark {
    /// All of them, in the order in which new labels get theirs.
    pub const ALL: [Self; 6] = [
        Self::Solid,
        Self::Dotted,
        Self::Double,
        Self::Wavy,
        Self::Dashed,
        Self::DashDot,
    ];
}

/// What became of a label that is not in use any more. Spans keep it, so that nothing is lost.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum LabelFate {
    /// In use.
    #[default]
    Active,
    /// Out of the palette; spans that have it still show it.
    Retired,
    /// Its spans count as spans of another label.
    MergedInto(LabelId),
}

/// A label.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Label {
    /// Its id; never changes.
    pub id: LabelId,
    /// Its name in files (`PERSON`); unique in its set.
    pub name: String,
    /// Its name for people.
    #[serde(default)]
    pub display: DisplayName,
    /// Its colour.
    pub color: LabelColor,
    /// Its letter key, an upper-case Latin letter.
    #[serde(default)]
    pub hotkey: Option<char>,
    /// Its mark besides colour.
    #[serde(default)]
    pub mark: Mark,
    /// Name or statement.
    #[serde(default)]
    pub kind: LabelKind,
    /// When to use it, for annotators.
    #[serde(default)]
    pub guide: String,
    /// The label above it.
    #[serde(default)]
    pub parent: Option<LabelId>,
    /// Names of the attributes that its spans can have.
    #[serde(default)]
    pub attributes: Vec<String>,
    /// Whether it is in use.
    #[serde(default)]
    pub fate: LabelFate,
}

impl Label {
    /// Its English name for people, or else its name in files.
    pub fn display_en(&self) -> &str {
        if self.display.en.is_empty() {
            &self.name
        } else {
            &self.display.en
        }
    }

    /// Whether it is in use.
    pub fn is_active(&self) -> bool {
        self.fate == LabelFate::Active
    }
}

/// What values an attribute can have. On a span each value is text; a flag's is `true`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum AttributeKind {
    /// Set or not.
    Flag,
    /// One of these.
    Choice(Vec<String>),
    /// Any text.
    Text,
}

/// An attribute that spans can have.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AttributeDef {
    /// Its name in files; unique in its set.
    pub name: String,
    /// Its name for people.
    #[serde(default)]
    pub display: DisplayName,
    /// Its values.
    pub kind: AttributeKind,
    /// When to use it.
    #[serde(default)]
    pub guide: String,
}
