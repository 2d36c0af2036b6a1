//! What the palette shows: a row per label in use.

use std::collections::{BTreeMap, HashMap};

use crate::{
    annotation::{LabelId, LabelSet},
    gui::controls::Look,
};

/// A label in the palette.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Row<'a> {
    pub(super) id: &'a LabelId,
    /// Its digit key, for the first nine.
    pub(super) digit: Option<u8>,
    /// Its letter key.
    pub(super) letter: Option<char>,
    pub(super) english: &'a str,
    pub(super) arabic: &'a str,
    /// How many labels in use stand above it.
    pub(super) depth: usize,
    /// How many spans of the article count as its.
    pub(super) count: usize,
    pub(super) look: Look,
}

/// The rows, in the order of the label set.
pub(super) fn rows<'a>(labels: &'a LabelSet, counts: &BTreeMap<LabelId, u32>) -> Vec<Row<'a>> {
    let mut totals: HashMap<&LabelId, usize> = HashMap::new();
    for (id, count) in counts {
        if let Some(label) = labels.resolve(id) {
            *totals.entry(&label.id).or_default() += *count as usize;
        }
    }
    let rows = labels
        .active()
        .zip(1_u8..=u8::MAX)
        .map(|(label, place)| Row {
            id: &label.id,
            digit: (place <= 9).then_some(place),
            letter: label.hotkey,
            english: label.display_en(),
            arabic: &label.display.ar,
            depth: depth(labels, &label.id),
            count: totals.get(&label.id).copied().unwrap_or_default(),
            look: label.into(),
        });
    rows.collect()
}

/// How many labels in use stand above `id`; a circle ends.
fn depth(labels: &LabelSet, id: &LabelId) -> usize {
    let parent = |id: &LabelId| labels.get(id).and_then(|label| label.parent.as_ref());
    let above = std::iter::successors(parent(id), |above| parent(above));
    above
        .take(labels.labels.len())
        .filter(|above| {
            labels
                .get(above)
                .is_some_and(crate::annotation::Label::is_active)
        })
        .count()
}

impl Row<'_> {
    /// Its keys, as people press them: `1`, `1 P`, or nothing.
    pub(super) fn keys(&self) -> String {
        let digit = self.digit.map(|digit| digit.to_string());
        let letter = self.letter.map(String::from);
        let keys: Vec<String> = digit.into_iter().chain(letter).collect();
        keys.join(" ")
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;
    use crate::annotation::LabelFate;

    fn set(names: &[&str]) -> LabelSet {
        let mut set = LabelSet::default();
        for name in names {
            let label = set.new_label(name).unwrap();
            set.labels.push(label);
        }
        set
    }

    fn id(name: &str) -> LabelId {
        LabelId::new(name).unwrap()
    }

    #[test]
    fn a_row_counts_the_spans_of_labels_merged_into_it() {
        let mut labels = set(&["Person", "Human", "Place"]);
        labels.get_mut(&id("Human")).unwrap().fate = LabelFate::MergedInto(id("Person"));
        let counts = BTreeMap::from([(id("Person"), 2), (id("Human"), 3), (id("Gone"), 9)]);
        let rows = rows(&labels, &counts);
        let shown: Vec<_> = rows
            .iter()
            .map(|row| (row.english, row.count, row.keys()))
            .collect();
        assert_eq!(
            shown,
            [
                ("Person", 5, "1 P".to_owned()),
                ("Place", 0, "2 L".to_owned())
            ]
        );
    }

    #[test]
    fn rows_are_indented_under_labels_in_use() {
        let mut labels = set(&["A", "B", "C"]);
        labels.get_mut(&id("C")).unwrap().parent = Some(id("B"));
        labels.get_mut(&id("B")).unwrap().parent = Some(id("A"));
        let depths = |labels: &LabelSet| {
            let rows = rows(labels, &BTreeMap::new());
            rows.iter().map(|row| row.depth).collect::<Vec<_>>()
        };
        assert_eq!(depths(&labels), [0, 1, 2]);
        labels.get_mut(&id("B")).unwrap().fate = LabelFate::Retired;
        assert_eq!(depths(&labels), [0, 1]);
        labels.get_mut(&id("A")).unwrap().parent = Some(id("C"));
        assert_eq!(depths(&labels).len(), 2, "a circle ends");
    }

    #[test]
    fn only_nine_labels_have_a_digit() {
        let names: Vec<String> = (0..11).map(|n| format!("L{n}")).collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let labels = set(&names);
        let rows = rows(&labels, &BTreeMap::new());
        let digits: Vec<_> = rows.iter().filter_map(|row| row.digit).collect();
        assert_eq!(digits, [1, 2, 3, 4, 5, 6, 7, 8, 9]);
    }
}
