//! What the names in a file mean. Foreign files know labels, attributes and types of relations only
//! by name: a person's map comes first, then the same name, then a name for people, then a new one.

use std::{
    borrow::Cow,
    collections::{BTreeMap, HashMap},
    sync::{Arc, Mutex, PoisonError},
};

use crate::annotation::{
    AttributeDef, AttributeKind, DisplayName, Label, LabelId, LabelKind, LabelSet, NameError,
    QuickHash, RelationType,
};

use super::{DatasetHead, DocumentRecord, LabelMap, default_label_set};

/// Names of labels in files that were read as labels of other names. Whoever hands it to a reader
/// looks into it when the file has been read.
#[derive(Clone, Debug, Default)]
pub struct Renamed(Arc<Mutex<BTreeMap<String, String>>>);

impl Renamed {
    /// The names in the files, and what they were read as.
    pub fn names(&self) -> BTreeMap<String, String> {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    fn note(&self, name: &str, read_as: &str) {
        let mut names = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        names.insert(name.to_owned(), read_as.to_owned());
    }
}

/// The label set that a file's names lead to, growing as the file is read.
#[derive(Clone, Debug)]
pub(super) struct Names {
    head: DatasetHead,
    map: Arc<LabelMap>,
    /// The labels of names that came up.
    known: HashMap<String, LabelId, QuickHash>,
    renamed: Renamed,
}

impl Names {
    pub(super) fn new(labels: LabelSet, map: Arc<LabelMap>) -> Self {
        Self {
            head: DatasetHead {
                labels,
                edits: Vec::new(),
            },
            map,
            known: HashMap::default(),
            renamed: Renamed::default(),
        }
    }

    /// The same, telling `renamed` of names that are read as others.
    pub(super) fn noting(self, renamed: Renamed) -> Self {
        Self { renamed, ..self }
    }

    /// The label set as far as it is known.
    pub(super) fn head(&self) -> &DatasetHead {
        &self.head
    }

    /// Gives a record that was read and is right the labels, attributes and types of relations that
    /// its names stand for. Until then a span's label is the name that the file has, so that a
    /// record that is refused adds nothing to the set.
    pub(super) fn adopt(&mut self, record: &mut DocumentRecord) {
        for layer in &mut record.layers {
            for span in &mut layer.spans {
                // An id is a name that a label can have.
                if let Ok(label) = self.label(span.data.label.as_str()) {
                    span.data.label = label;
                }
                if !span.data.attributes.is_empty() {
                    let attributes = std::mem::take(&mut span.data.attributes).into_iter();
                    span.data.attributes = attributes
                        .map(|(name, value)| (self.attribute(&name), value))
                        .collect();
                }
            }
            for relation in &mut layer.relations {
                relation.kind = self.relation_type(&relation.kind);
            }
        }
    }

    /// The label of this name; a new one where there is none.
    fn label(&mut self, name: &str) -> Result<LabelId, NameError> {
        if let Some(id) = self.known.get(name) {
            return Ok(id.clone());
        }
        let meant = self.map.labels.get(name.trim()).map_or(name, |name| name);
        let set = &mut self.head.labels;
        let id = label_named(set, meant)?;
        let read_as = set.name_of(&id);
        if read_as != name.trim() {
            self.renamed.note(name.trim(), read_as);
        }
        self.known.insert(name.to_owned(), id.clone());
        Ok(id)
    }

    /// Takes note of a label that a file lists; one whose name cannot be one is passed over.
    pub(super) fn declare_label(&mut self, name: &str) {
        let _ = self.label(name);
    }

    /// Takes note of an attribute that a file lists; one that is known stays as it is.
    pub(super) fn declare_attribute(&mut self, name: &str, kind: AttributeKind) {
        let before = self.head.labels.attributes.len();
        self.attribute(name);
        if let Some(new) = self.head.labels.attributes.get_mut(before) {
            new.kind = kind;
        }
    }

    /// The name of the type of relation of this name, which the set has from now on; a new one may
    /// begin and end anywhere.
    pub(super) fn relation_type(&mut self, name: &str) -> String {
        let name = self.map.relation_types.get(name).map_or(name, |name| name);
        if self.head.labels.relation_type(name).is_none() {
            self.head.labels.relation_types.push(RelationType {
                name: name.to_owned(),
                display: DisplayName::default(),
                from: Vec::new(),
                to: Vec::new(),
                guide: String::new(),
            });
        }
        name.to_owned()
    }

    /// The name of the attribute of this name, which the set has from now on.
    fn attribute(&mut self, name: &str) -> String {
        let name = self.map.attributes.get(name).map_or(name, |name| name);
        if self.head.labels.attribute(name).is_none() {
            self.head.labels.attributes.push(AttributeDef {
                name: name.to_owned(),
                display: DisplayName::default(),
                kind: AttributeKind::Text,
                guide: String::new(),
            });
        }
        name.to_owned()
    }
}

/// The key that a name is written as where others have a meaning of their own: itself, unless it is
/// one of those or looks like one that was changed. The prefix taken off, it is the name again.
pub(super) fn key_apart<'n>(name: &'n str, reserved: &[&str], prefix: &str) -> Cow<'n, str> {
    if reserved.contains(&name) || name.starts_with(prefix) {
        Cow::Owned(format!("{prefix}{name}"))
    } else {
        Cow::Borrowed(name)
    }
}

/// The label of the set that a name in a file means: the one of this name, else one that has it as a
/// name for people.
pub fn label_meant<'s>(set: &'s LabelSet, name: &str) -> Option<&'s Label> {
    let name = name.trim();
    let shown = |label: &&Label| {
        let DisplayName { en, ar } = &label.display;
        !name.is_empty() && (en == name || ar == name)
    };
    set.by_name(name).or_else(|| set.active().find(shown))
}

/// What kind a label is that is known by its name alone: what it is in new projects, else one of names.
pub fn usual_kind(name: &str) -> LabelKind {
    let known = default_label_set();
    known
        .by_name(name)
        .map_or_else(LabelKind::default, |label| label.kind)
}

fn label_named(set: &mut LabelSet, name: &str) -> Result<LabelId, NameError> {
    let name = LabelId::new(name)?;
    if let Some(label) = label_meant(set, name.as_str()) {
        return Ok(label.id.clone());
    }
    let mut label = set.new_label(name.as_str()).ok_or(NameError::Empty)?;
    label.kind = usual_kind(name.as_str());
    let id = label.id.clone();
    set.labels.push(label);
    Ok(id)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;

    fn names(labels: LabelSet) -> Names {
        let map = LabelMap::read(
            "(labels: {\"PER\": \"شخص\"}, relation_types: {\"src\": \"has_source\"}, attributes: {\"pol\": \"polarity\"})",
        );
        Names::new(labels, Arc::new(map.unwrap()))
    }

    #[test]
    fn a_claim_is_a_statement_also_where_only_its_name_is_known() {
        let mut set = LabelSet::default();
        for name in ["CLAIM", "PERSON", "Weather"] {
            label_named(&mut set, name).unwrap();
        }
        let kinds: Vec<LabelKind> = set.labels.iter().map(|label| label.kind).collect();
        let of = LabelKind::default();
        assert_eq!(kinds, [LabelKind::Statement, of, of]);
    }

    #[test]
    fn a_known_name_is_its_label_and_a_new_one_becomes_one() {
        let mut set = LabelSet::default();
        let mut label = set.new_label("PERSON").unwrap();
        "شخص".clone_into(&mut label.name);
        "Somebody".clone_into(&mut label.display.en);
        set.labels.push(label);
        let mut names = names(set);
        let mut id = |name: &str| names.label(name).map(|id| id.to_string());
        assert_eq!(id(" شخص ").as_deref(), Ok("PERSON"));
        assert_eq!(id("Somebody").as_deref(), Ok("PERSON"));
        assert_eq!(id("PER").as_deref(), Ok("PERSON"));
        assert_eq!(id("PERSON").as_deref(), Ok("PERSON 2"));
        assert_eq!(id("PERSON").as_deref(), Ok("PERSON 2"));
        assert!(id("\n").is_err());
        assert_eq!(names.head().labels.labels.len(), 2);
    }

    #[test]
    fn relation_types_and_attributes_are_added_once() {
        let mut names = names(LabelSet::default());
        assert_eq!(names.relation_type("denies"), "denies");
        assert_eq!(names.relation_type("denies"), "denies");
        assert_eq!(names.relation_type("src"), "has_source");
        assert_eq!(names.attribute("pol"), "polarity");
        assert_eq!(names.attribute("pol"), "polarity");
        let labels = &names.head().labels;
        assert_eq!(
            (labels.relation_types.len(), labels.attributes.len()),
            (2, 1)
        );
    }
}
