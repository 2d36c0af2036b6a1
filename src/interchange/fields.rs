//! Optional fields of RON files that people write: left out, or written without `Some`.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Reads a field that may be missing (with `#[serde(default)]`).
pub(super) fn present<'de, D: Deserializer<'de>, T: Deserialize<'de>>(
    deserializer: D,
) -> Result<Option<T>, D::Error> {
    T::deserialize(deserializer).map(Some)
}

/// Writes a field that may be missing (with `skip_serializing_if`).
#[expect(clippy::ref_option, reason = "serde calls it with this reference")]
pub(super) fn bare<S: Serializer, T: Serialize>(
    value: &Option<T>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    match value {
        Some(value) => value.serialize(serializer),
        None => serializer.serialize_none(),
    }
}
