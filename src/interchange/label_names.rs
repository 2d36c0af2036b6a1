//! Labels and relation types by name. Foreign files know only names: one that the label set has
//! stands for its label, another becomes a new label.

use crate::annotation::{DisplayName, LabelId, LabelSet, NameError, RelationType};

/// The id of the label of this name in `set`; a new label's where there is none.
pub(super) fn label_named(set: &mut LabelSet, name: &str) -> Result<LabelId, NameError> {
    let name = LabelId::new(name)?;
    if let Some(label) = set.by_name(name.as_str()) {
        return Ok(label.id.clone());
    }
    let label = set.new_label(name.as_str()).ok_or(NameError::Empty)?;
    let id = label.id.clone();
    set.labels.push(label);
    Ok(id)
}

/// Puts a relation type that `set` lacks into it; it may begin and end anywhere.
pub(super) fn note_relation_type(set: &mut LabelSet, name: &str) {
    if set.relation_type(name).is_none() {
        set.relation_types.push(RelationType {
            name: name.to_owned(),
            display: DisplayName::default(),
            from: Vec::new(),
            to: Vec::new(),
            guide: String::new(),
        });
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;

    #[test]
    fn a_known_name_is_its_label_and_a_new_one_becomes_one() {
        let mut set = LabelSet::default();
        let mut label = set.new_label("PERSON").unwrap();
        "شخص".clone_into(&mut label.name);
        set.labels.push(label);
        let mut id = |name: &str| label_named(&mut set, name).map(|id| id.to_string());
        assert_eq!(id(" شخص ").as_deref(), Ok("PERSON"));
        assert_eq!(id("PERSON").as_deref(), Ok("PERSON 2"));
        assert_eq!(id("PERSON").as_deref(), Ok("PERSON 2"));
        assert!(id("\n").is_err());
        assert_eq!(set.labels.len(), 2);
    }

    #[test]
    fn a_relation_type_is_added_once() {
        let mut set = LabelSet::default();
        note_relation_type(&mut set, "denies");
        note_relation_type(&mut set, "denies");
        assert_eq!(set.relation_types.len(), 1);
    }
}
