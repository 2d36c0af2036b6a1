//! The card: what the hub and `datasets` need to know, in YAML, then the same for people.

use std::fmt;

use crate::{
    annotation::LabelSet,
    interchange::{Part, Unit},
};

use super::file_of;

/// What the card tells of.
pub(super) struct Card<'a> {
    pub(super) labels: &'a LabelSet,
    pub(super) unit: Unit,
    pub(super) parts: &'a [PartSize],
}

/// How large a part is.
pub(super) struct PartSize {
    pub(super) part: Part,
    pub(super) documents: usize,
    pub(super) bytes: usize,
}

/// The columns, as Parquet has them.
const FEATURES: &str = "  features:
  - name: id
    dtype: string
  - name: title
    dtype: string
  - name: text
    dtype: string
  - name: spans
    list:
    - name: start
      dtype: int32
    - name: end
      dtype: int32
    - name: label
      dtype: string
    - name: annotator
      dtype: string
    - name: note
      dtype: string
    - name: fragments
      list:
      - name: start
        dtype: int32
      - name: end
        dtype: int32
    - name: attributes
      list:
      - name: name
        dtype: string
      - name: value
        dtype: string
  - name: relations
    list:
    - name: type
      dtype: string
    - name: from
      dtype: int32
    - name: to
      dtype: int32
  - name: layers
    list:
    - name: annotator
      dtype: string
    - name: status
      dtype: string
  - name: metadata
    list:
    - name: name
      dtype: string
    - name: value
      dtype: string
";

/// What the columns mean.
const MEANING: &str = "- `spans`: `start` and `end` count from 0, the end is the place behind the span. Spans may lie over \
each other. `fragments` is empty unless a span has several; then `start` and `end` are its extent.
- `relations`: `from` and `to` are places (from 0) in the document's `spans`.
- `layers`: who annotated the document, and how far they are.
";

impl fmt::Display for Card<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.yaml(f)?;
        let unit = self.unit.plural();
        write!(
            f,
            "\n# Spans in articles\n\nRanges are counted in {unit}.\n\n{MEANING}"
        )?;
        f.write_str("\n## Labels\n\n")?;
        for label in self.labels.active() {
            write!(f, "- {}", shown(&label.name))?;
            if !label.guide.trim().is_empty() {
                write!(f, ": {}", shown(&label.guide))?;
            }
            f.write_str("\n")?;
        }
        Ok(())
    }
}

impl Card<'_> {
    fn yaml(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "---\ndataset_info:\n{FEATURES}  splits:\n")?;
        for size in self.parts {
            let (name, bytes, documents) = (size.part.name(), size.bytes, size.documents);
            write!(
                f,
                "  - name: {name}\n    num_bytes: {bytes}\n    num_examples: {documents}\n"
            )?;
        }
        f.write_str("configs:\n- config_name: default\n  data_files:\n")?;
        for size in self.parts {
            let (name, path) = (size.part.name(), file_of(size.part));
            write!(f, "  - split: {name}\n    path: {path}\n")?;
        }
        f.write_str("---\n")
    }
}

/// A text on one line, in which nothing means anything to Markdown.
fn shown(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !shown.is_empty() {
            shown.push(' ');
        }
        for ch in word.chars() {
            if ch.is_ascii_punctuation() {
                shown.push('\\');
            }
            shown.push(ch);
        }
    }
    shown
}
