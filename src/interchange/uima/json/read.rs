//! Reads JSON CAS: ours, and what dkpro-cassis and UIMA write. Structures may stand in any order,
//! and in a list or under their ids.

use std::{fmt, rc::Rc};

use serde::{
    Deserialize,
    de::{DeserializeSeed, Deserializer, Error as _, IgnoredAny, MapAccess, SeqAccess, Visitor},
};
use serde_json::Number;

use crate::interchange::{
    MAX_TEXT, Problem, ReadOptions, Reader, Reason, Source,
    json::{malformed, without_mark},
    uima::{
        cas::{Cas, Structure, Value, Words},
        read::reader,
        types::{Type, Types},
    },
};

/// Opens a file.
pub(in crate::interchange) fn read<'r>(
    mut source: Source<'r>,
    options: ReadOptions,
) -> Result<Box<dyn Reader + 'r>, Problem> {
    let stem = source.stem().to_owned();
    let bytes = source.bytes(MAX_TEXT)?;
    let cas = parse(&bytes).map_err(|problem| problem.within(&*stem))?;
    drop(bytes);
    Ok(reader(cas, stem, options))
}

fn parse(bytes: &[u8]) -> Result<Cas, Problem> {
    let text = std::str::from_utf8(without_mark(bytes)).map_err(|error| {
        Problem::of_file(Reason::NotUtf8 {
            at: error.valid_up_to(),
        })
    })?;
    let mut json = serde_json::Deserializer::from_str(text);
    let file = json.deserialize_map(File).and_then(|file| {
        json.end()?;
        Ok(file)
    });
    let (types, structures) = file.map_err(|error| {
        let (lines, reason) = malformed(&error);
        Problem::at(lines + 1, reason)
    })?;
    let missing = || Problem::of_file(Reason::Missing("`%FEATURE_STRUCTURES`"));
    Cas::new(structures.ok_or_else(missing)?, types)
}

/// The object that a file is.
struct File;

impl<'de> Visitor<'de> for File {
    type Value = (Types, Option<Vec<Structure>>);

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a CAS")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let (mut types, mut structures) = (Types::own(), None);
        while let Some(key) = map.next_key::<String>()? {
            match &*key {
                "%TYPES" => map.next_value_seed(TypesOf(&mut types))?,
                "%FEATURE_STRUCTURES" => {
                    structures = Some(map.next_value_seed(Structures(Words::default()))?);
                }
                _ => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        Ok((types, structures))
    }
}

/// The types, of which the supertypes are taken: references have a mark of their own.
struct TypesOf<'t>(&'t mut Types);

#[derive(Deserialize)]
struct TypeOf {
    #[serde(rename = "%SUPER_TYPE", default)]
    parent: String,
}

impl<'de> DeserializeSeed<'de> for TypesOf<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<(), D::Error> {
        json.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for TypesOf<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("types")
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some((name, TypeOf { parent })) = map.next_entry::<String, TypeOf>()? {
            let of = Type {
                parent,
                ..Type::default()
            };
            self.0.add(name, of);
        }
        Ok(())
    }
}

/// The structures, in a list or under their ids.
struct Structures(Words);

impl<'de> DeserializeSeed<'de> for Structures {
    type Value = Vec<Structure>;

    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<Self::Value, D::Error> {
        json.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Structures {
    type Value = Vec<Structure>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("feature structures")
    }

    fn visit_seq<A: SeqAccess<'de>>(mut self, mut list: A) -> Result<Self::Value, A::Error> {
        let mut structures = Vec::new();
        loop {
            let words = &mut self.0;
            match list.next_element_seed(One { words, id: None })? {
                Some(structure) => structures.push(structure),
                None => return Ok(structures),
            }
        }
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut structures = Vec::new();
        while let Some(id) = map.next_key::<String>()? {
            let bad = || A::Error::custom(format!("the id “{id}” is no number"));
            let id = Some(id.parse().map_err(|_| bad())?);
            let words = &mut self.0;
            structures.push(map.next_value_seed(One { words, id })?);
        }
        Ok(structures)
    }
}

/// A structure.
struct One<'w> {
    words: &'w mut Words,
    /// The id under which it stands.
    id: Option<u64>,
}

impl<'de> DeserializeSeed<'de> for One<'_> {
    type Value = Structure;

    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<Structure, D::Error> {
        json.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for One<'_> {
    type Value = Structure;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a feature structure")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Structure, A::Error> {
        let (mut id, mut kind, mut features) = (self.id, None, Vec::new());
        while let Some(key) = map.next_key::<String>()? {
            match &*key {
                "%ID" => id = Some(map.next_value()?),
                "%TYPE" => kind = Some(self.words.get(&map.next_value::<String>()?)),
                _ => {
                    let (name, value) = feature(self.words, &key, &mut map)?;
                    features.extend(value.map(|value| (name, value)));
                }
            }
        }
        let kind = kind.ok_or_else(|| A::Error::custom("a feature structure without `%TYPE`"))?;
        Ok(Structure {
            id,
            kind,
            line: None,
            features,
        })
    }
}

/// A feature by its key; `None` where it says nothing.
fn feature<'de, A: MapAccess<'de>>(
    words: &mut Words,
    key: &str,
    map: &mut A,
) -> Result<(Rc<str>, Option<Value>), A::Error> {
    if let Some(name) = key.strip_prefix('@') {
        let id = map.next_value::<Option<u64>>()?.filter(|id| *id != 0);
        return Ok((words.get(name), id.map(Value::To)));
    }
    let Plain(value) = map.next_value()?;
    let name = match key {
        "%ELEMENTS" => "elements",
        _ => key.strip_prefix(['^', '#']).unwrap_or(key),
    };
    let value = value.filter(|_| !name.starts_with('%'));
    Ok((words.get(name), value))
}

/// A value that is no reference; none for `null`, and for an object, which is no value here.
struct Plain(Option<Value>);

impl<'de> Deserialize<'de> for Plain {
    fn deserialize<D: Deserializer<'de>>(json: D) -> Result<Self, D::Error> {
        json.deserialize_any(PlainVisitor)
    }
}

struct PlainVisitor;

impl PlainVisitor {
    #[expect(clippy::unnecessary_wraps, reason = "what a visitor returns")]
    fn text<E>(text: &(impl ToString + ?Sized)) -> Result<Plain, E> {
        Ok(Plain(Some(Value::Text(text.to_string()))))
    }
}

impl<'de> Visitor<'de> for PlainVisitor {
    type Value = Plain;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value of a feature")
    }

    fn visit_str<E>(self, text: &str) -> Result<Plain, E> {
        Self::text(text)
    }

    fn visit_bool<E>(self, truth: bool) -> Result<Plain, E> {
        Self::text(&truth)
    }

    fn visit_u64<E>(self, number: u64) -> Result<Plain, E> {
        Self::text(&number)
    }

    fn visit_i64<E>(self, number: i64) -> Result<Plain, E> {
        Self::text(&number)
    }

    fn visit_f64<E>(self, number: f64) -> Result<Plain, E> {
        match Number::from_f64(number) {
            Some(number) => Self::text(&number),
            None => Self::text(&number),
        }
    }

    fn visit_unit<E>(self) -> Result<Plain, E> {
        Ok(Plain(None))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Plain, A::Error> {
        let mut values = Vec::new();
        while let Some(Plain(value)) = list.next_element()? {
            values.extend(value);
        }
        Ok(Plain(Some(Value::List(values))))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Plain, A::Error> {
        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(Plain(None))
    }
}
