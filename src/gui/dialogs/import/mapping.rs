//! What names in files come to mean: plain rows of the table that people change.

use std::collections::BTreeMap;

use crate::{
    annotation::{Label, LabelColor, LabelSet},
    interchange::{LabelMap, label_meant},
    session::{FoundNames, Preview},
};

/// Why a name means what it means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum How {
    /// The project has the same name.
    Same,
    /// The project has it as a name for people.
    Alias,
    /// Somebody chose so.
    Chosen,
    /// It is new.
    New,
}

/// A name of a label in the files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct LabelRow {
    pub(super) name: String,
    pub(super) count: usize,
    /// What it becomes.
    pub(super) label: Label,
    pub(super) how: How,
    /// Whether the name means a label of the project by itself.
    pub(super) is_known: bool,
}

/// A name of an attribute, or of a type of relations.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct NameRow {
    pub(super) name: String,
    pub(super) count: usize,
    /// What it becomes.
    pub(super) becomes: String,
    pub(super) how: How,
    /// Whether the project has the name.
    pub(super) is_known: bool,
}

/// The table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Rows {
    pub(super) labels: Vec<LabelRow>,
    pub(super) attributes: Vec<NameRow>,
    pub(super) relation_types: Vec<NameRow>,
}

impl Rows {
    /// What the names of a preview mean, new labels with the colours that they will get.
    pub(super) fn of(preview: &Preview, set: &LabelSet, map: &LabelMap) -> Self {
        let attribute = |name: &str| set.attribute(name).is_some();
        let kind = |name: &str| set.relation_type(name).is_some();
        Self {
            labels: labels(&preview.labels, set, &map.labels),
            attributes: names(&preview.attributes, attribute, &map.attributes),
            relation_types: names(&preview.relation_types, kind, &map.relation_types),
        }
    }

    /// The colour of what a label's name becomes.
    pub(super) fn color_of(&self, name: &str) -> Option<LabelColor> {
        let row = self.labels.iter().find(|row| row.name == name);
        row.map(|row| row.label.color)
    }

    /// How many labels are new.
    pub(super) fn new_labels(&self) -> usize {
        let new = self.labels.iter().filter(|row| row.how == How::New);
        new.count()
    }
}

fn labels(found: &FoundNames, set: &LabelSet, map: &BTreeMap<String, String>) -> Vec<LabelRow> {
    let mut growing = set.clone();
    let mut rows = Vec::new();
    for (name, count) in found.iter() {
        let name = name.trim();
        let chosen = map.get(name);
        let meant = chosen.map_or(name, |meant| meant);
        let there = label_meant(set, meant).cloned();
        let how = match (&there, chosen) {
            (None, _) => How::New,
            (Some(_), Some(_)) => How::Chosen,
            (Some(label), None) if label.name == name => How::Same,
            (Some(_), None) => How::Alias,
        };
        // Two names may be mapped to one new label.
        let there = there.or_else(|| label_meant(&growing, meant).cloned());
        let label = there.or_else(|| {
            let new = growing.new_label(meant)?;
            growing.labels.push(new.clone());
            Some(new)
        });
        rows.extend(label.map(|label| LabelRow {
            name: name.to_owned(),
            count,
            label,
            how,
            is_known: label_meant(set, name).is_some(),
        }));
    }
    rows
}

fn names(
    found: &FoundNames,
    known: impl Fn(&str) -> bool,
    map: &BTreeMap<String, String>,
) -> Vec<NameRow> {
    found
        .iter()
        .map(|(name, count)| {
            let chosen = map.get(name);
            let becomes = chosen.map_or(name, |it| it).to_owned();
            NameRow {
                how: match (known(&becomes), chosen) {
                    (false, _) => How::New,
                    (true, Some(_)) => How::Chosen,
                    (true, None) => How::Same,
                },
                name: name.to_owned(),
                count,
                is_known: known(name),
                becomes,
            }
        })
        .collect()
}

/// Notes what a name is to mean. `None`, and what it means by itself, need no note.
pub(super) fn choose(
    map: &mut BTreeMap<String, String>,
    name: &str,
    to: Option<&str>,
    itself: Option<&str>,
) {
    match to.filter(|to| Some(*to) != itself) {
        Some(to) => map.insert(name.to_owned(), to.to_owned()),
        None => map.remove(name),
    };
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;
    use crate::{
        interchange::default_label_set,
        session::{Bell, Command, LookOptions, Places, Session, TransferCommand},
    };

    /// A preview with these names of labels.
    fn preview(names: &[&str]) -> Preview {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.jsonl");
        let triples: Vec<_> = names
            .iter()
            .map(|name| serde_json::json!([0, 1, name]))
            .collect();
        let line = serde_json::json!({"text": "x", "label": triples});
        std::fs::write(&path, line.to_string()).unwrap();
        let places = Places {
            settings: folder.path().join("settings.ron"),
            data: folder.path().to_path_buf(),
        };
        let mut session = Session::new(places, None, Bell::silent());
        let look = TransferCommand::Look(vec![path], LookOptions::default());
        session.run(Command::Transfer(look));
        while session.work().is_busy() {
            session.poll();
        }
        session.ahead().look().unwrap().preview.clone()
    }

    fn told(rows: &[LabelRow]) -> Vec<(&str, &str, How)> {
        rows.iter()
            .map(|row| (&*row.name, &*row.label.name, row.how))
            .collect()
    }

    #[test]
    fn names_meet_labels_aliases_and_what_was_chosen() {
        let mut set = default_label_set();
        set.labels[0].display.ar = "شخص".to_owned();
        let mut map = LabelMap::default();
        let found = preview(&["PERSON", "شخص", "PER", "حدث"]);
        choose(&mut map.labels, "PER", Some("PERSON"), None);
        let rows = Rows::of(&found, &set, &map);
        assert_eq!(
            told(&rows.labels),
            [
                ("PERSON", "PERSON", How::Same),
                ("شخص", "PERSON", How::Alias),
                ("PER", "PERSON", How::Chosen),
                ("حدث", "حدث", How::New),
            ]
        );
        assert_eq!(rows.new_labels(), 1);
        let person = set.labels[0].color;
        assert_eq!(rows.color_of("PER"), Some(person));
        let new = rows.color_of("حدث").unwrap();
        assert!(set.labels.iter().all(|label| label.color != new));
    }

    #[test]
    fn two_names_can_become_one_new_label() {
        let mut map = LabelMap::default();
        choose(&mut map.labels, "حادث", Some("حدث"), None);
        let rows = Rows::of(&preview(&["حادث", "حدث"]), &default_label_set(), &map);
        assert_eq!(rows.labels[0].label, rows.labels[1].label);
    }

    #[test]
    fn what_a_name_means_by_itself_needs_no_note() {
        let mut map = BTreeMap::new();
        choose(&mut map, "PER", Some("PERSON"), None);
        assert_eq!(map.len(), 1);
        choose(&mut map, "PER", None, None);
        choose(&mut map, "PERSON", Some("PERSON"), Some("PERSON"));
        assert!(map.is_empty());
    }
}
