//! Keys that stand twice in one object of JSON. Readers take the last of them, as JSON's own libraries
//! do; a check tells it.

use std::{collections::HashSet, fmt, io::BufRead};

use serde::de::{DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};

/// How many keys are told.
const MOST: usize = 20;

/// The keys that stand twice in an object of these values, each once, as far as they are JSON.
pub fn doubled_keys(input: &mut dyn BufRead) -> Vec<String> {
    let mut found = Vec::new();
    if input
        .fill_buf()
        .is_ok_and(|start| start.starts_with(b"\xEF\xBB\xBF"))
    {
        input.consume(3);
    }
    let mut json = serde_json::Deserializer::from_reader(input);
    while found.len() < MOST && Scan(&mut found).deserialize(&mut json).is_ok() {}
    found
}

/// Goes through a value, taking note of doubled keys.
struct Scan<'f>(&'f mut Vec<String>);

impl<'de> DeserializeSeed<'de> for Scan<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Scan<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_bool<E>(self, _: bool) -> Result<(), E> {
        Ok(())
    }

    fn visit_i64<E>(self, _: i64) -> Result<(), E> {
        Ok(())
    }

    fn visit_u64<E>(self, _: u64) -> Result<(), E> {
        Ok(())
    }

    fn visit_f64<E>(self, _: f64) -> Result<(), E> {
        Ok(())
    }

    fn visit_str<E>(self, _: &str) -> Result<(), E> {
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        while list.next_element_seed(Scan(&mut *self.0))?.is_some() {}
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let mut keys = HashSet::new();
        while let Some(key) = map.next_key::<String>()? {
            map.next_value_seed(Scan(&mut *self.0))?;
            if keys.contains(&key) {
                if self.0.len() < MOST && !self.0.contains(&key) {
                    self.0.push(key);
                }
            } else {
                keys.insert(key);
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_told_where_it_stands_twice_in_one_object() {
        let told = |json: &str| doubled_keys(&mut json.as_bytes());
        assert_eq!(
            told("{\"a\": 1, \"b\": {\"a\": 2}}\n{\"a\": [3.5, null]}"),
            [""; 0]
        );
        let twice =
            "\u{FEFF}[{\"a\": {\"b\": 1, \"b\": true}}]\n{\"a\": 1, \"a\": -2, \"a\": \"x\"}";
        assert_eq!(told(twice), ["b", "a"]);
        assert_eq!(
            told("{\"a\": 1, \"a\": 2} oops {\"c\": 1, \"c\": 1}"),
            ["a"]
        );
    }
}
