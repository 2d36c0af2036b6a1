//! A label set as a RON file that people can write: what is left out has a sensible value, and what
//! does not fit together is said with the label's name. The label set of new projects is such a file
//! too, in `assets/labels/default.ron`.

use std::io::Write;

use serde::{Deserialize, Serialize};

use crate::annotation::{
    AttributeDef, DisplayName, Label, LabelColor, LabelFate, LabelId, LabelKind, LabelSet, Mark,
    RelationType, ReviewRules,
};

use super::{
    WriteError,
    fields::{bare, present},
    label_check::{self, LabelSetProblem},
};

/// The latest version of the file that is known.
const VERSION: u32 = 1;

/// Why a label set cannot be read.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum LabelSetError {
    /// It cannot be understood.
    #[error("line {line}: {reason}")]
    Malformed {
        /// The line, from 1.
        line: usize,
        /// What is wrong.
        reason: String,
    },
    /// A later version of this program wrote it.
    #[error(
        "the label set has version {found}, and this program reads up to {VERSION}; install the latest version of Hashiya"
    )]
    Newer {
        /// The file's version.
        found: u32,
    },
    /// It does not fit together.
    #[error("{}", list(.0))]
    Invalid(Vec<LabelSetProblem>),
}

fn list(problems: &[LabelSetProblem]) -> String {
    let lines: Vec<String> = problems.iter().map(ToString::to_string).collect();
    lines.join("\n")
}

#[derive(Serialize, Deserialize)]
#[serde(rename = "LabelSetFile")]
struct LabelSetFile {
    version: u32,
    labels: Vec<LabelWire>,
    #[serde(default)]
    attributes: Vec<AttributeDef>,
    #[serde(default)]
    relation_types: Vec<RelationType>,
    #[serde(default)]
    review: ReviewRules,
}

/// Only the version, to tell a newer file from a broken one.
#[derive(Deserialize)]
#[serde(rename = "LabelSetFile")]
struct VersionOnly {
    version: u32,
}

/// A label as people write it.
#[derive(Serialize, Deserialize)]
#[serde(rename = "Label")]
struct LabelWire {
    name: String,
    #[serde(
        default,
        deserialize_with = "present",
        serialize_with = "bare",
        skip_serializing_if = "Option::is_none"
    )]
    id: Option<LabelId>,
    #[serde(default)]
    display: DisplayName,
    #[serde(
        default,
        deserialize_with = "present",
        serialize_with = "bare",
        skip_serializing_if = "Option::is_none"
    )]
    color: Option<LabelColor>,
    #[serde(
        default,
        deserialize_with = "present",
        serialize_with = "bare",
        skip_serializing_if = "Option::is_none"
    )]
    hotkey: Option<char>,
    #[serde(
        default,
        deserialize_with = "present",
        serialize_with = "bare",
        skip_serializing_if = "Option::is_none"
    )]
    mark: Option<Mark>,
    #[serde(default)]
    kind: LabelKind,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    guide: String,
    #[serde(
        default,
        deserialize_with = "present",
        serialize_with = "bare",
        skip_serializing_if = "Option::is_none"
    )]
    parent: Option<LabelId>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    attributes: Vec<String>,
    #[serde(default, skip_serializing_if = "LabelWire::is_active")]
    fate: LabelFate,
}

impl LabelWire {
    fn is_active(fate: &LabelFate) -> bool {
        *fate == LabelFate::Active
    }

    /// The label, its colour and mark those that follow next where it says none.
    fn label(self, before: &LabelSet) -> Result<Label, LabelSetProblem> {
        let id = self.id.map_or_else(|| LabelId::new(&self.name), Ok);
        let id = id.map_err(|error| LabelSetProblem::Name {
            name: self.name.clone(),
            error,
        })?;
        Ok(Label {
            id,
            name: self.name.trim().to_owned(),
            display: self.display,
            color: self.color.unwrap_or_else(|| before.next_color()),
            hotkey: self.hotkey.map(|key| key.to_ascii_uppercase()),
            mark: self.mark.unwrap_or_else(|| before.next_mark()),
            kind: self.kind,
            guide: self.guide,
            parent: self.parent,
            attributes: self.attributes,
            fate: self.fate,
        })
    }
}

impl From<&Label> for LabelWire {
    fn from(label: &Label) -> Self {
        Self {
            name: label.name.clone(),
            id: Some(label.id.clone()).filter(|id| id.as_str() != label.name),
            display: label.display.clone(),
            color: Some(label.color),
            hotkey: label.hotkey,
            mark: Some(label.mark),
            kind: label.kind,
            guide: label.guide.clone(),
            parent: label.parent.clone(),
            attributes: label.attributes.clone(),
            fate: label.fate.clone(),
        }
    }
}

/// Reads a label set from a RON file's text.
pub fn read_label_set(source: &str) -> Result<LabelSet, LabelSetError> {
    let source = source.strip_prefix('\u{FEFF}').unwrap_or(source);
    let malformed = |error: ron::error::SpannedError| LabelSetError::Malformed {
        line: error.span.start.line,
        reason: error.code.to_string(),
    };
    let VersionOnly { version } = ron::from_str(source).map_err(malformed)?;
    if version > VERSION {
        return Err(LabelSetError::Newer { found: version });
    }
    let file: LabelSetFile = ron::from_str(source).map_err(malformed)?;
    let mut set = LabelSet {
        labels: Vec::with_capacity(file.labels.len()),
        attributes: file.attributes,
        relation_types: file.relation_types,
        review: file.review,
    };
    let mut problems = Vec::new();
    for wire in file.labels {
        match wire.label(&set) {
            Ok(label) => set.labels.push(label),
            Err(problem) => problems.push(problem),
        }
    }
    problems.extend(label_check::check(&set));
    if problems.is_empty() {
        Ok(set)
    } else {
        Err(LabelSetError::Invalid(problems))
    }
}

/// Writes a label set as a RON file.
pub fn write_label_set(set: &LabelSet, out: &mut dyn Write) -> Result<(), WriteError> {
    let file = LabelSetFile {
        version: VERSION,
        labels: set.labels.iter().map(LabelWire::from).collect(),
        attributes: set.attributes.clone(),
        relation_types: set.relation_types.clone(),
        review: set.review.clone(),
    };
    let config = super::dataset_ron::config(3).struct_names(true);
    out.write_all(ron::ser::to_string_pretty(&file, config)?.as_bytes())?;
    out.write_all(b"\n")?;
    Ok(())
}

/// The label set of a new project, as the file has it.
const DEFAULT: &str = include_str!("../../assets/labels/default.ron");

/// The label set of a new project: PERSON, ORGANIZATION, LOCATION, CLAIM, DENIAL, with their
/// attributes and relation types.
pub fn default_label_set() -> LabelSet {
    // A test proves that the file can be read.
    read_label_set(DEFAULT).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]
    use super::*;
    use crate::annotation::PALETTE;

    #[test]
    fn the_default_set_is_the_one_of_the_guide() {
        use LabelKind::{Entity, Statement};
        read_label_set(DEFAULT).unwrap();
        let set = default_label_set();
        let rows: Vec<_> = set
            .labels
            .iter()
            .map(|l| (l.id.as_str(), l.hotkey.unwrap(), l.kind))
            .collect();
        assert_eq!(
            rows,
            [
                ("PERSON", 'P', Entity),
                ("ORGANIZATION", 'O', Entity),
                ("LOCATION", 'L', Entity),
                ("CLAIM", 'C', Statement),
                ("DENIAL", 'D', Statement)
            ]
        );
        for (label, color) in set.labels.iter().zip(PALETTE) {
            assert_eq!(label.color, color, "{}", label.name);
            assert!(!label.display.en.is_empty() && !label.display.ar.is_empty());
            assert!(!label.guide.is_empty());
        }
        let mark = |name: &str| set.by_name(name).unwrap().mark;
        assert_eq!((mark("CLAIM"), mark("DENIAL")), (Mark::Solid, Mark::Dashed));
        let entities = [mark("PERSON"), mark("ORGANIZATION"), mark("LOCATION")];
        assert!(
            entities[0] != entities[1] && entities[1] != entities[2] && entities[0] != entities[2]
        );
        let names: Vec<_> = set.attributes.iter().map(|a| &*a.name).collect();
        assert_eq!(
            names,
            [
                "polarity",
                "certainty",
                "directness",
                "metonym",
                "implicit_target"
            ]
        );
        let kinds: Vec<_> = set.relation_types.iter().map(|t| &*t.name).collect();
        assert_eq!(
            kinds,
            [
                "has_source",
                "reported_by",
                "has_cue",
                "denies",
                "supports",
                "same_as"
            ]
        );
    }

    #[test]
    fn a_set_is_read_back_as_written() {
        let mut set = default_label_set();
        if let Some(label) = set.labels.first_mut() {
            "Persönlichkeit \"#\u{202E}\\".clone_into(&mut label.name);
            label.fate = LabelFate::MergedInto(LabelId::new("CLAIM").unwrap());
        }
        if let Some(label) = set.labels.last_mut() {
            label.parent = Some(LabelId::new("CLAIM").unwrap());
        }
        let mut file = Vec::new();
        write_label_set(&set, &mut file).unwrap();
        let file = String::from_utf8(file).unwrap();
        assert!(file.contains("منظمة") && !file.contains("\\u{"), "{file}");
        assert_eq!(read_label_set(&file).unwrap(), set);
    }

    #[test]
    fn what_is_left_out_has_a_value() {
        let set = read_label_set(
            "(version: 1, labels: [(name: \"EVENT\"), (name: \"DATE\", hotkey: 'd')])",
        )
        .unwrap();
        let [event, date] = &*set.labels else {
            panic!("{set:?}")
        };
        assert_eq!(event.id.as_str(), "EVENT");
        assert_ne!(event.color, date.color);
        assert_ne!(event.mark, date.mark);
        assert_eq!(date.hotkey, Some('D'));
    }

    #[test]
    fn a_newer_or_broken_file_says_so() {
        let newer = read_label_set("LabelSetFile(version: 2, labels: {\"new\": 1})");
        assert!(matches!(newer, Err(LabelSetError::Newer { found: 2 })));
        let broken = read_label_set("(version: 1,\nlabels: [\n(name: 1)])");
        let Err(LabelSetError::Malformed { line: 3, .. }) = broken else {
            panic!("{broken:?}")
        };
        let colour = read_label_set(
            "(version: 1, labels: [(name: \"A\", color: (light: \"red\", dark: \"#000000\"))])",
        );
        let message = colour.unwrap_err().to_string();
        assert!(message.contains("#RRGGBB"), "{message}");
    }
}
