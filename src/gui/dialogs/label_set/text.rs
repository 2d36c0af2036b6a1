//! The texts that the editor's fields hold, and the change that each makes of the label set.

use crate::{
    annotation::{
        AttributeDef, AttributeKind, DisplayName, Label, LabelColor, LabelId, LabelSet, NameError,
        RelationType, Rgb,
    },
    edit::{LabelField, LabelSetChange},
};

use super::change::{self, Trouble};

/// Which text of a thing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Part {
    /// The name in files.
    Name,
    /// The English name.
    English,
    /// The Arabic name.
    Arabic,
    /// When to use it.
    Guide,
    /// The colour on paper, as `#RRGGBB`.
    Light,
    /// The colour at night.
    Dark,
    /// The values of a choice, one a line.
    Values,
}

/// A text of the label set that a field holds.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Key {
    /// Of a label.
    Label(LabelId, Part),
    /// Of the attribute of this name.
    Attribute(String, Part),
    /// Of the type of relation of this name.
    Relation(String, Part),
}

type Change = Result<Option<LabelSetChange>, Trouble>;

/// The text as it is committed.
pub(super) fn committed(set: &LabelSet, key: &Key) -> String {
    let text = match key {
        Key::Label(id, part) => set.get(id).map(|label| label_text(label, *part)),
        Key::Attribute(name, part) => set.attribute(name).map(|attribute| match part {
            Part::Values => values_text(&attribute.kind),
            part => shared_text(&attribute.display, &attribute.guide, *part),
        }),
        Key::Relation(name, part) => set
            .relation_type(name)
            .map(|kind| shared_text(&kind.display, &kind.guide, *part)),
    };
    text.unwrap_or_default()
}

/// The change that gives the text of `key` to the set; `Ok(None)` where nothing changes.
pub(super) fn change(set: &LabelSet, key: &Key, text: &str) -> Change {
    if committed(set, key) == text {
        return Ok(None);
    }
    match key {
        Key::Label(id, part) => match set.get(id) {
            Some(label) => label_change(set, label, *part, text),
            None => Ok(None),
        },
        Key::Attribute(name, part) => {
            let Some(mut attribute) = set.attribute(name).cloned() else {
                return Ok(None);
            };
            match part {
                Part::Values => attribute.kind = AttributeKind::Choice(values(text)?),
                part => set_shared(&mut attribute.display, &mut attribute.guide, *part, text),
            }
            Ok(Some(LabelSetChange::PutAttribute(attribute, None)))
        }
        Key::Relation(name, part) => {
            let Some(mut kind) = set.relation_type(name).cloned() else {
                return Ok(None);
            };
            set_shared(&mut kind.display, &mut kind.guide, *part, text);
            Ok(Some(LabelSetChange::PutRelationType(kind, None)))
        }
    }
}

fn label_text(label: &Label, part: Part) -> String {
    match part {
        Part::Name => label.name.clone(),
        Part::Light => label.color.light.to_string(),
        Part::Dark => label.color.dark.to_string(),
        part => shared_text(&label.display, &label.guide, part),
    }
}

fn label_change(set: &LabelSet, label: &Label, part: Part, text: &str) -> Change {
    let field = match part {
        Part::Name => LabelField::Name(change::label_name(set, Some(&label.id), text)?),
        Part::Light => LabelField::Color(LabelColor {
            light: color(text)?,
            ..label.color
        }),
        Part::Dark => LabelField::Color(LabelColor {
            dark: color(text)?,
            ..label.color
        }),
        Part::Guide => LabelField::Guide(text.to_owned()),
        part => {
            let (mut display, mut guide) = (label.display.clone(), String::new());
            set_shared(&mut display, &mut guide, part, text);
            LabelField::Display(display)
        }
    };
    Ok(Some(change::set_field(&label.id, field)))
}

/// A colour, with or without its `#`.
pub(super) fn color(text: &str) -> Result<Rgb, Trouble> {
    let digits = text.trim().trim_start_matches('#');
    format!("#{digits}").parse().map_err(|_| Trouble::Color)
}

fn shared_text(display: &DisplayName, guide: &str, part: Part) -> String {
    match part {
        Part::English => display.en.clone(),
        Part::Arabic => display.ar.clone(),
        Part::Guide => guide.to_owned(),
        _ => String::new(),
    }
}

fn set_shared(display: &mut DisplayName, guide: &mut String, part: Part, text: &str) {
    match part {
        Part::English => text.trim().clone_into(&mut display.en),
        Part::Arabic => text.trim().clone_into(&mut display.ar),
        Part::Guide => text.clone_into(guide),
        _ => {}
    }
}

fn values_text(kind: &AttributeKind) -> String {
    match kind {
        AttributeKind::Choice(values) => values.join("\n"),
        AttributeKind::Flag | AttributeKind::Text => String::new(),
    }
}

/// The values of a choice, one a line; blank lines and values that stood before are left out.
fn values(text: &str) -> Result<Vec<String>, Trouble> {
    let mut values: Vec<String> = Vec::new();
    for value in text
        .lines()
        .map(str::trim)
        .filter(|value| !value.is_empty())
    {
        if values.iter().all(|other| other != value) {
            values.push(value.to_owned());
        }
    }
    if values.is_empty() {
        Err(Trouble::NoValues)
    } else {
        Ok(values)
    }
}

/// A new attribute, a flag.
pub(super) fn add_attribute(
    set: &LabelSet,
    name: &str,
) -> Result<(String, LabelSetChange), Trouble> {
    let name = free_name(name, |name| set.attribute(name).is_some())?;
    let attribute = AttributeDef {
        name: name.clone(),
        display: DisplayName::default(),
        kind: AttributeKind::Flag,
        guide: String::new(),
    };
    Ok((name, LabelSetChange::PutAttribute(attribute, None)))
}

/// A new type of relation, between any labels.
pub(super) fn add_relation(
    set: &LabelSet,
    name: &str,
) -> Result<(String, LabelSetChange), Trouble> {
    let name = free_name(name, |name| set.relation_type(name).is_some())?;
    let kind = RelationType {
        name: name.clone(),
        display: DisplayName::default(),
        from: Vec::new(),
        to: Vec::new(),
        guide: String::new(),
    };
    Ok((name, LabelSetChange::PutRelationType(kind, None)))
}

/// Names of attributes and relation types are held to the rules of labels' names.
fn free_name(name: &str, taken: impl Fn(&str) -> bool) -> Result<String, Trouble> {
    let id = LabelId::new(name).map_err(Trouble::Name)?;
    match taken(id.as_str()) {
        true => Err(Trouble::Taken(id.as_str().to_owned())),
        false => Ok(id.as_str().to_owned()),
    }
}

/// Why a new thing cannot have this name, unless nothing is written yet.
pub(super) fn name_trouble<T>(added: Result<T, Trouble>) -> Option<Trouble> {
    added
        .err()
        .filter(|trouble| *trouble != Trouble::Name(NameError::Empty))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;
    use LabelSetChange as C;

    fn set() -> LabelSet {
        let mut set = LabelSet::default();
        for name in ["PERSON", "CLAIM"] {
            let label = set.new_label(name).unwrap();
            set.labels.push(label);
        }
        set.attributes.push(AttributeDef {
            name: "polarity".to_owned(),
            display: DisplayName::default(),
            kind: AttributeKind::Choice(vec!["positive".to_owned(), "negative".to_owned()]),
            guide: String::new(),
        });
        set
    }

    fn of_person(part: Part) -> Key {
        Key::Label(LabelId::new("PERSON").unwrap(), part)
    }

    #[test]
    fn a_text_as_it_stands_changes_nothing() {
        let set = set();
        for key in [
            of_person(Part::Name),
            of_person(Part::Light),
            of_person(Part::Guide),
        ] {
            assert_eq!(change(&set, &key, &committed(&set, &key)), Ok(None));
        }
    }

    #[test]
    fn names_and_colours_are_checked() {
        let set = set();
        let person = LabelId::new("PERSON").unwrap();
        let renamed = change(&set, &of_person(Part::Name), " HUMAN ")
            .unwrap()
            .unwrap();
        assert_eq!(
            renamed,
            C::Set(person.clone(), LabelField::Name("HUMAN".to_owned()))
        );
        let taken = change(&set, &of_person(Part::Name), "CLAIM");
        assert_eq!(taken, Err(Trouble::Taken("CLAIM".to_owned())));
        assert_eq!(
            change(&set, &of_person(Part::Dark), "blue"),
            Err(Trouble::Color)
        );
        let Some(C::Set(_, LabelField::Color(color))) =
            change(&set, &of_person(Part::Dark), "a0b0c0").unwrap()
        else {
            unreachable!("a colour is a change of colour")
        };
        assert_eq!(color.dark, Rgb(0xA0, 0xB0, 0xC0));
        assert_eq!(color.light, set.get(&person).unwrap().color.light);
    }

    #[test]
    fn a_display_name_keeps_the_other_language() {
        let mut set = set();
        set.get_mut(&LabelId::new("PERSON").unwrap())
            .unwrap()
            .display
            .en = "Person".to_owned();
        let Some(C::Set(_, LabelField::Display(display))) =
            change(&set, &of_person(Part::Arabic), "شخص").unwrap()
        else {
            unreachable!("an Arabic name is a change of display names")
        };
        assert_eq!(
            (display.en.as_str(), display.ar.as_str()),
            ("Person", "شخص")
        );
    }

    #[test]
    fn values_stand_one_a_line_and_once() {
        let set = set();
        let key = Key::Attribute("polarity".to_owned(), Part::Values);
        assert_eq!(committed(&set, &key), "positive\nnegative");
        let Some(C::PutAttribute(attribute, None)) =
            change(&set, &key, "positive\n\n mixed \npositive").unwrap()
        else {
            unreachable!("values are a change of the attribute")
        };
        let expected = ["positive", "mixed"].map(str::to_owned).to_vec();
        assert_eq!(attribute.kind, AttributeKind::Choice(expected));
        assert_eq!(change(&set, &key, " \n"), Err(Trouble::NoValues));
    }

    #[test]
    fn a_new_attribute_has_a_name_of_its_own() {
        let set = set();
        assert!(add_attribute(&set, "tone").is_ok());
        let taken = add_attribute(&set, "polarity").map(|_| ());
        assert_eq!(taken, Err(Trouble::Taken("polarity".to_owned())));
        assert_eq!(name_trouble(add_relation(&set, "  ")), None);
        assert!(name_trouble(add_relation(&set, "a\u{7}")).is_some());
    }
}
