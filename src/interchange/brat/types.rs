//! Names of types. brat allows letters of ASCII, digits, `-` and `_`; other names get a type made
//! of theirs, and stand in `visual.conf` as the type's name for people.

use std::{
    collections::{HashMap, HashSet},
    fmt::Write as _,
};

/// The type that a name gets: white space becomes `_`, another character its code point.
pub(super) fn type_of(name: &str) -> String {
    let mut made = String::with_capacity(name.len());
    for ch in name.chars() {
        match ch {
            'a'..='z' | 'A'..='Z' | '0'..='9' | '-' | '_' => made.push(ch),
            ch if ch.is_whitespace() => made.push('_'),
            ch => {
                // Writing to a string cannot fail.
                let _ = write!(made, "U{:04X}", u32::from(ch));
            }
        }
    }
    made
}

/// The types of the names that are written.
#[derive(Default)]
pub(super) struct Types {
    of: HashMap<String, String>,
    given: HashSet<String>,
    /// Types that differ from their names, in the order in which they came up.
    pub(super) renamed: Vec<(String, String)>,
}

impl Types {
    /// The type of a name; no other name has it.
    pub(super) fn of(&mut self, name: &str) -> String {
        if let Some(there) = self.of.get(name) {
            return there.clone();
        }
        let first = type_of(name);
        let mut made = first.clone();
        let mut number = 1;
        while !self.given.insert(made.clone()) {
            number += 1;
            made = format!("{first}_{number}");
        }
        if made != name {
            self.renamed.push((made.clone(), name.to_owned()));
        }
        self.of.insert(name.to_owned(), made.clone());
        made
    }
}

/// The names of types that a `visual.conf` gives, where a type is made of its name: a corpus may
/// show `Person` as “Per.”, which is not what it is called.
pub(super) fn names(visual: &str) -> HashMap<String, String> {
    let mut names = HashMap::new();
    for (section, line) in lines(visual) {
        let Some((made, shown)) = line.split_once('|') else {
            continue;
        };
        let (made, shown) = (made.trim(), shown.trim());
        let first = shown.split('|').next().unwrap_or_default().trim();
        let of_name = [shown, first]
            .into_iter()
            .find(|name| is_made_of(made, name));
        if section == "labels"
            && let Some(name) = of_name
        {
            names.insert(made.to_owned(), name.to_owned());
        }
    }
    names
}

fn is_made_of(made: &str, name: &str) -> bool {
    let first = type_of(name);
    let rest = made.strip_prefix(&*first);
    !name.is_empty()
        && rest.is_some_and(|rest| {
            let number = rest.strip_prefix('_').unwrap_or_default();
            rest.is_empty() || (!number.is_empty() && number.bytes().all(|b| b.is_ascii_digit()))
        })
}

/// The lines of a configuration, each with the section that it stands in.
pub(super) fn lines(conf: &str) -> impl Iterator<Item = (&str, &str)> {
    let mut section = "";
    conf.trim_start_matches('\u{FEFF}')
        .lines()
        .filter_map(move |line| {
            let trimmed = line.trim();
            if let Some(name) = trimmed
                .strip_prefix('[')
                .and_then(|it| it.strip_suffix(']'))
            {
                section = name;
                return None;
            }
            // Comments, macros, types that nobody can choose, and lines that divide.
            let says = !trimmed.is_empty() && !trimmed.starts_with(['#', '<', '!', '-']);
            says.then_some((section, trimmed))
        })
}
