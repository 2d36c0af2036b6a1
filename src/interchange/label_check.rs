//! Whether a label set fits together: names and keys that stand for one thing, parents that exist,
//! no label above itself.

use std::collections::{BTreeMap, BTreeSet};

use crate::annotation::{Label, LabelFate, LabelId, LabelSet, NameError};

/// What does not fit together in a label set.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum LabelSetProblem {
    /// A name that cannot be one.
    #[error("“{name}” cannot be a label's name: {error}")]
    Name {
        /// The name.
        name: String,
        /// Why.
        error: NameError,
    },
    /// The same name or id twice.
    #[error("two {what} are called “{name}”; rename one of them")]
    Twice {
        /// Labels, labels' ids, attributes or relation types.
        what: &'static str,
        /// The name.
        name: String,
    },
    /// A key that is not a letter.
    #[error("label {label} has the key “{key}”; a key is one letter from A to Z, but not K")]
    Key {
        /// The label's name.
        label: String,
        /// The key.
        key: char,
    },
    /// A key that two labels have.
    #[error("labels {first} and {second} both have the key {key}; give one of them another")]
    KeyTwice {
        /// The label that has it first.
        first: String,
        /// The other.
        second: String,
        /// The key.
        key: char,
    },
    /// A name that something uses and nothing has.
    #[error("{user} names {what} “{name}”, which is not in the set")]
    Unknown {
        /// What uses it.
        user: String,
        /// A label or an attribute.
        what: &'static str,
        /// The name.
        name: String,
    },
    /// A label that is above or merged into itself.
    #[error("label {label} is above or merged into itself; break the circle")]
    Circle {
        /// The label's name.
        label: String,
    },
}

/// All that does not fit together in a set.
pub(super) fn check(set: &LabelSet) -> Vec<LabelSetProblem> {
    let mut problems = Vec::new();
    let ids = set.labels.iter().map(|label| label.id.as_str());
    let names = set.active().map(|label| label.name.as_str());
    let attributes = set.attributes.iter().map(|a| a.name.as_str());
    let kinds = set.relation_types.iter().map(|t| t.name.as_str());
    problems.extend(twice("labels' ids", ids));
    problems.extend(twice("labels", names));
    problems.extend(twice("attributes", attributes));
    problems.extend(twice("relation types", kinds));
    problems.extend(set.labels.iter().filter_map(bad_name));
    problems.extend(keys(set));
    problems.extend(unknown(set));
    problems.extend(circles(set));
    problems
}

fn bad_name(label: &Label) -> Option<LabelSetProblem> {
    let error = LabelId::new(&label.name).err()?;
    Some(LabelSetProblem::Name {
        name: label.name.clone(),
        error,
    })
}

fn twice<'a>(what: &'static str, names: impl Iterator<Item = &'a str>) -> Vec<LabelSetProblem> {
    let mut seen = BTreeSet::new();
    let again: BTreeSet<&str> = names.filter(|name| !seen.insert(*name)).collect();
    again
        .into_iter()
        .map(|name| LabelSetProblem::Twice {
            what,
            name: name.to_owned(),
        })
        .collect()
}

fn keys(set: &LabelSet) -> Vec<LabelSetProblem> {
    let mut holders: BTreeMap<char, &Label> = BTreeMap::new();
    let mut problems = Vec::new();
    for label in set.active() {
        let Some(key) = label.hotkey else { continue };
        // K includes or drops a proclitic.
        if !key.is_ascii_uppercase() || key == 'K' {
            problems.push(LabelSetProblem::Key {
                label: label.name.clone(),
                key,
            });
        } else if let Some(first) = holders.insert(key, label) {
            problems.push(LabelSetProblem::KeyTwice {
                first: first.name.clone(),
                second: label.name.clone(),
                key,
            });
        }
    }
    problems
}

fn unknown(set: &LabelSet) -> Vec<LabelSetProblem> {
    let mut problems = Vec::new();
    let mut missing = |user: String, what: &'static str, name: &str| {
        problems.push(LabelSetProblem::Unknown {
            user,
            what,
            name: name.to_owned(),
        });
    };
    for label in &set.labels {
        let user = || format!("label {}", label.name);
        let merged = match &label.fate {
            LabelFate::MergedInto(into) => Some(into),
            _ => None,
        };
        let above = label.parent.iter().chain(merged);
        for id in above.filter(|id| set.get(id).is_none()) {
            missing(user(), "the label", id.as_str());
        }
        for name in &label.attributes {
            if set.attribute(name).is_none() {
                missing(user(), "the attribute", name);
            }
        }
    }
    for kind in &set.relation_types {
        for id in kind.from.iter().chain(&kind.to) {
            if set.get(id).is_none() {
                missing(
                    format!("relation type {}", kind.name),
                    "the label",
                    id.as_str(),
                );
            }
        }
    }
    problems
}

fn circles(set: &LabelSet) -> Vec<LabelSetProblem> {
    let parent = |label: &Label| label.parent.clone();
    let merged = |label: &Label| match &label.fate {
        LabelFate::MergedInto(into) => Some(into.clone()),
        _ => None,
    };
    set.labels
        .iter()
        .filter(|label| leads_back(set, label, parent) || leads_back(set, label, merged))
        .map(|label| LabelSetProblem::Circle {
            label: label.name.clone(),
        })
        .collect()
}

/// Whether going on from a label leads back to it.
fn leads_back(set: &LabelSet, label: &Label, next: impl Fn(&Label) -> Option<LabelId>) -> bool {
    let mut at = next(label);
    for _ in 0..set.labels.len() {
        let Some(id) = at else { return false };
        if id == label.id {
            return true;
        }
        at = set.get(&id).and_then(&next);
    }
    false
}

#[cfg(test)]
mod tests {
    use crate::interchange::{LabelSetError, read_label_set};

    /// What is wrong with a set of these labels (and what stands behind them), as people read it.
    fn wrong(labels: &str) -> String {
        let file = format!("(version: 1, labels: [{labels})");
        match read_label_set(&file) {
            Err(LabelSetError::Invalid(problems)) => {
                let lines: Vec<_> = problems.iter().map(ToString::to_string).collect();
                lines.join("\n")
            }
            other => format!("{other:?}"),
        }
    }

    #[test]
    fn what_does_not_fit_is_named() {
        let cases = [
            ("(name: \" \")]", "cannot be a label's name"),
            (
                "(name: \"A\"), (name: \"A\", id: \"B\")]",
                "two labels are called “A”",
            ),
            (
                "(name: \"A\", id: \"X\"), (name: \"B\", id: \"X\")]",
                "two labels' ids are called “X”",
            ),
            ("(name: \"A\", hotkey: '1')]", "label A has the key “1”"),
            ("(name: \"A\", hotkey: 'ش')]", "label A has the key “ش”"),
            ("(name: \"A\", hotkey: 'k')]", "but not K"),
            (
                "(name: \"A\", hotkey: 'X'), (name: \"B\", hotkey: 'x')]",
                "labels A and B both have the key X",
            ),
            (
                "(name: \"A\", parent: \"B\")]",
                "label A names the label “B”",
            ),
            (
                "(name: \"A\", parent: \"A\")]",
                "label A is above or merged into itself",
            ),
            (
                "(name: \"A\", parent: \"B\"), (name: \"B\", parent: \"A\")]",
                "label B is above",
            ),
            (
                "(name: \"A\", attributes: [\"polarity\"])]",
                "names the attribute “polarity”",
            ),
            (
                "], relation_types: [(name: \"r\", from: [\"A\"])]",
                "relation type r names the label “A”",
            ),
            (
                "], attributes: [(name: \"a\", kind: Flag), (name: \"a\", kind: Text)]",
                "two attributes are called “a”",
            ),
        ];
        for (labels, message) in cases {
            let found = wrong(labels);
            assert!(found.contains(message), "{labels}: {found}");
        }
    }
}
