//! Typed ids. An edit names things by these and never by position, so that edits made apart can be
//! put together in any order.

use std::{borrow::Borrow, fmt, str::FromStr, sync::Arc};

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use uuid::Uuid;

/// A written id or time that does not parse.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("“{written}” is not a valid {kind}")]
pub struct ParseIdError {
    kind: &'static str,
    written: String,
}

impl ParseIdError {
    pub(super) fn new(kind: &'static str, written: &str) -> Self {
        Self {
            kind,
            written: written.chars().take(80).collect(),
        }
    }
}

/// Serialises through `Display` and `FromStr`.
macro_rules! serde_as_text {
    ($name:ty) => {
        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                String::deserialize(deserializer)?
                    .parse()
                    .map_err(de::Error::custom)
            }
        }
    };
}

fn write_hex(f: &mut fmt::Formatter<'_>, bytes: &[u8]) -> fmt::Result {
    const DIGITS: [u8; 16] = *b"0123456789abcdef";
    let digit = |value: u8| DIGITS.get(usize::from(value)).copied().unwrap_or_default();
    // A whole id at once: each piece of a formatted text costs more than its digits.
    for part in bytes.chunks(16) {
        let mut digits = [0; 32];
        for (pair, byte) in digits.chunks_exact_mut(2).zip(part) {
            pair.copy_from_slice(&[digit(byte >> 4), digit(byte & 0xF)]);
        }
        let written = digits.get(..2 * part.len()).unwrap_or_default();
        f.write_str(std::str::from_utf8(written).map_err(|_| fmt::Error)?)?;
    }
    Ok(())
}

fn parse_hex<const N: usize>(kind: &'static str, s: &str) -> Result<[u8; N], ParseIdError> {
    let bad = || ParseIdError::new(kind, s);
    let digits = s.as_bytes();
    if digits.len() != 2 * N {
        return Err(bad());
    }
    let mut out = [0; N];
    for (byte, pair) in out.iter_mut().zip(digits.chunks_exact(2)) {
        let pair = std::str::from_utf8(pair).map_err(|_| bad())?;
        if pair.starts_with('+') {
            return Err(bad());
        }
        *byte = u8::from_str_radix(pair, 16).map_err(|_| bad())?;
    }
    Ok(out)
}

/// The hash of a text's bytes (BLAKE3, 256 bits). Edits refer to a text by it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TextHash([u8; 32]);

impl TextHash {
    /// The hash of `text`.
    pub fn of(text: &str) -> Self {
        Self(*blake3::hash(text.as_bytes()).as_bytes())
    }

    /// The hash's bytes.
    pub const fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// A hash from bytes that a store kept.
    pub const fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }
}

/// A document's id: a hash of its text's hash and of `k`, which counts earlier records with the same
/// text in one import. Importing a file again meets the same documents.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DocumentId([u8; 16]);

impl DocumentId {
    /// The id of the `k`-th record (from 0) with a text of this hash.
    pub fn new(text: &TextHash, k: u32) -> Self {
        let mut hasher = blake3::Hasher::new();
        hasher.update(text.as_bytes()).update(&k.to_le_bytes());
        let mut id = [0; 16];
        for (to, from) in id.iter_mut().zip(hasher.finalize().as_bytes()) {
            *to = *from;
        }
        Self(id)
    }

    /// The id's bytes.
    pub const fn as_bytes(&self) -> &[u8; 16] {
        &self.0
    }

    /// An id from bytes that a store kept.
    pub const fn from_bytes(bytes: [u8; 16]) -> Self {
        Self(bytes)
    }
}

macro_rules! hex_id {
    ($name:ident, $kind:literal) => {
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write_hex(f, &self.0)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}({self})", stringify!($name))
            }
        }

        impl FromStr for $name {
            type Err = ParseIdError;

            fn from_str(s: &str) -> Result<Self, Self::Err> {
                parse_hex($kind, s).map(Self)
            }
        }

        serde_as_text!($name);
    };
}

hex_id!(TextHash, "text hash");
hex_id!(DocumentId, "document id");

/// An edit's id, random (a version 4 UUID), written as 32 hexadecimal digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EditId(u128);

impl EditId {
    /// A new random id.
    pub fn random() -> Self {
        Self(Uuid::new_v4().as_u128())
    }

    /// An id that comes of what the edit says, for edits that everybody makes alike.
    pub fn of_content(content: &[u8]) -> Self {
        let mut id = [0; 16];
        for (to, from) in id.iter_mut().zip(blake3::hash(content).as_bytes()) {
            *to = *from;
        }
        Self::from_bytes(id)
    }

    /// The id's 16 bytes, most significant first.
    pub const fn to_bytes(self) -> [u8; 16] {
        self.0.to_be_bytes()
    }

    /// An id from bytes that a store kept.
    pub const fn from_bytes(bytes: [u8; 16]) -> Self {
        Self(u128::from_be_bytes(bytes))
    }
}

impl fmt::Display for EditId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_hex(f, &self.to_bytes())
    }
}

impl FromStr for EditId {
    type Err = ParseIdError;

    fn from_str(s: &str) -> Result<Self, Self::Err> {
        parse_hex("edit id", s).map(Self::from_bytes)
    }
}

serde_as_text!(EditId);

impl SpanId {
    /// Before every other id.
    pub(super) const LEAST: Self = Self {
        edit: EditId(0),
        place: 0,
    };
}

/// Ids of things that an edit made: the edit and the thing's place in it, written `EDIT.PLACE`. A
/// layer that comes in as one edit thus names all its spans without storing an id for each.
macro_rules! made_id {
    ($name:ident, $kind:literal, $doc:literal) => {
        #[doc = $doc]
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name {
            /// The edit that made it.
            pub edit: EditId,
            /// Its place (from 0) among those that the edit made.
            pub place: u32,
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}.{}", self.edit, self.place)
            }
        }

        impl FromStr for $name {
            type Err = ParseIdError;

            fn from_str(s: &str) -> Result<Self, Self::Err> {
                let bad = || ParseIdError::new($kind, s);
                let (edit, place) = s.split_once('.').ok_or_else(bad)?;
                Ok(Self {
                    edit: edit.parse()?,
                    place: place.parse().map_err(|_| bad())?,
                })
            }
        }

        serde_as_text!($name);
    };
}

made_id!(SpanId, "span id", "A span's id.");
made_id!(RelationId, "relation id", "A relation's id.");
made_id!(DecisionId, "decision id", "A decision's id.");

/// Why a name cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NameError {
    /// Nothing but white space.
    #[error("the name is empty; give it at least one letter")]
    Empty,
    /// Longer than 200 characters.
    #[error("the name has more than 200 characters; choose a shorter one")]
    TooLong,
    /// A control character, a line break for instance.
    #[error("the name holds a control character; write it on one line, without tabs")]
    Control,
}

fn check_name(name: &str) -> Result<&str, NameError> {
    let name = name.trim();
    if name.is_empty() {
        return Err(NameError::Empty);
    }
    if name.chars().count() > 200 {
        return Err(NameError::TooLong);
    }
    if name.chars().any(char::is_control) {
        return Err(NameError::Control);
    }
    Ok(name)
}

macro_rules! name_id {
    ($name:ident, $doc:literal) => {
        #[doc = $doc]
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(Arc<str>);

        impl $name {
            /// A name on one line, at most 200 characters, white space at its edges dropped.
            pub fn new(name: &str) -> Result<Self, NameError> {
                check_name(name).map(|name| Self(name.into()))
            }

            /// The name.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl FromStr for $name {
            type Err = NameError;

            fn from_str(s: &str) -> Result<Self, Self::Err> {
                Self::new(s)
            }
        }

        impl Borrow<str> for $name {
            fn borrow(&self) -> &str {
                &self.0
            }
        }

        serde_as_text!($name);
    };
}

/// What the names of models begin with.
const PREDICTION: &str = "prediction: ";

name_id!(
    Annotator,
    "A person (or a program) who annotates, known by name."
);
impl Annotator {
    /// Who annotates where nobody said so.
    pub fn unnamed() -> Self {
        Self("annotator".into())
    }

    /// Who gives a project its first labels: the program.
    pub fn founder() -> Self {
        Self("hashiya".into())
    }

    /// Whose a layer is that a file brings without naming anybody.
    pub fn imported() -> Self {
        Self("imported".into())
    }

    /// A model whose predictions are shown as a layer.
    pub fn prediction(model: &str) -> Result<Self, NameError> {
        let model = model.trim();
        if model.is_empty() {
            return Err(NameError::Empty);
        }
        Self::new(&format!("{PREDICTION}{model}"))
    }

    /// The model's name, where this is one: it is not counted among the people who annotate, nor
    /// exported as one.
    pub fn model(&self) -> Option<&str> {
        self.0.strip_prefix(PREDICTION)
    }

    /// Whether this is a model.
    pub fn is_prediction(&self) -> bool {
        self.model().is_some()
    }
}

name_id!(
    LabelId,
    "A label's id: the name that it was made with. It stays when the label is renamed."
);

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;

    #[test]
    fn the_id_of_a_text_is_stable_and_counts_copies() {
        let hash = TextHash::of("نص");
        assert_eq!(
            DocumentId::new(&hash, 0),
            DocumentId::new(&TextHash::of("نص"), 0)
        );
        assert_ne!(DocumentId::new(&hash, 0), DocumentId::new(&hash, 1));
        assert_ne!(
            DocumentId::new(&hash, 0),
            DocumentId::new(&TextHash::of("نصّ"), 0)
        );
    }

    #[test]
    fn ids_are_read_back_as_written() {
        let span = SpanId {
            edit: EditId::random(),
            place: 7,
        };
        assert_eq!(span.to_string().parse::<SpanId>().unwrap(), span);
        let id = DocumentId::new(&TextHash::of(""), 3);
        assert_eq!(id.to_string().parse::<DocumentId>().unwrap(), id);
        for bad in ["", "12", "é", "+1+1+1+1+1+1+1+1+1+1+1+1+1+1+1+1"] {
            assert!(bad.parse::<DocumentId>().is_err(), "{bad}");
            assert!(bad.parse::<SpanId>().is_err(), "{bad}");
        }
    }

    #[test]
    fn a_model_is_told_from_a_person() {
        let model = Annotator::prediction(" bert ").unwrap();
        assert_eq!(
            (model.as_str(), model.model()),
            ("prediction: bert", Some("bert"))
        );
        assert!(!Annotator::imported().is_prediction());
        assert_eq!(Annotator::prediction(" "), Err(NameError::Empty));
    }

    #[test]
    fn names_are_one_line() {
        assert_eq!(Annotator::new(" أمل ").unwrap().as_str(), "أمل");
        assert_eq!(Annotator::new("  "), Err(NameError::Empty));
        assert_eq!(Annotator::new("a\nb"), Err(NameError::Control));
        assert_eq!(Annotator::new(&"x".repeat(201)), Err(NameError::TooLong));
    }
}
