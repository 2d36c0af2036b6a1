//! What names in a file mean, as a person wrote it down: a RON file of names beside names.

use std::{collections::BTreeMap, io::Write};

use serde::{Deserialize, Serialize};

use super::{LabelSetError, WriteError};

/// The latest version of the file that is known.
const VERSION: u32 = 1;

/// Names in a file, and the names in the label set that they stand for. A name that is not in it
/// stands for itself.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename = "LabelMap", default)]
pub struct LabelMap {
    version: u32,
    /// Labels.
    pub labels: BTreeMap<String, String>,
    /// Attributes of spans.
    pub attributes: BTreeMap<String, String>,
    /// Types of relations.
    pub relation_types: BTreeMap<String, String>,
}

impl LabelMap {
    /// Reads a map from a RON file's text.
    pub fn read(source: &str) -> Result<Self, LabelSetError> {
        let source = source.strip_prefix('\u{FEFF}').unwrap_or(source);
        let map: Self = ron::from_str(source).map_err(|error| LabelSetError::Malformed {
            line: error.span.start.line,
            reason: error.code.to_string(),
        })?;
        if map.version > VERSION {
            return Err(LabelSetError::Newer { found: map.version });
        }
        Ok(map)
    }

    /// Writes it as a RON file.
    pub fn write(&self, out: &mut dyn Write) -> Result<(), WriteError> {
        let map = Self {
            version: VERSION,
            ..self.clone()
        };
        let config = super::dataset_ron::config(3).struct_names(true);
        out.write_all(ron::ser::to_string_pretty(&map, config)?.as_bytes())?;
        out.write_all(b"\n")?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;

    #[test]
    fn a_map_is_read_back_as_written() {
        let map =
            LabelMap::read("(labels: {\"PER\": \"PERSON\", \"مكان\": \"LOCATION\"})").unwrap();
        let mut file = Vec::new();
        map.write(&mut file).unwrap();
        let again = LabelMap::read(&String::from_utf8(file).unwrap()).unwrap();
        assert_eq!(again.labels, map.labels);
        assert!(LabelMap::read("(version: 2)").is_err());
        let broken = LabelMap::read("(labels: {\n1: 2})").unwrap_err();
        assert!(broken.to_string().contains("string"), "{broken}");
    }
}
