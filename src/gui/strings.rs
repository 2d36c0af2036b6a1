//! The words of the interface. They live in Fluent files under `assets/i18n`, one file a subject,
//! built into the program. Plain messages are formatted once, so that looking one up each frame is
//! a hash and no allocation.

use std::{collections::HashMap, sync::LazyLock};

use fluent_bundle::{FluentArgs, FluentResource, FluentValue, concurrent::FluentBundle};
use unic_langid::LanguageIdentifier;

/// One file a subject, so that two people at work on two panels do not meet in one.
const SOURCES: &[(&str, &str)] = &[
    ("export", include_str!("../../assets/i18n/en/export.ftl")),
    ("import", include_str!("../../assets/i18n/en/import.ftl")),
    ("merge", include_str!("../../assets/i18n/en/merge.ftl")),
    (
        "comments",
        include_str!("../../assets/i18n/en/comments.ftl"),
    ),
    (
        "dashboard",
        include_str!("../../assets/i18n/en/dashboard.ftl"),
    ),
    ("find", include_str!("../../assets/i18n/en/find.ftl")),
    ("review", include_str!("../../assets/i18n/en/review.ftl")),
    ("palette", include_str!("../../assets/i18n/en/palette.ftl")),
    ("alike", include_str!("../../assets/i18n/en/alike.ftl")),
    (
        "document",
        include_str!("../../assets/i18n/en/document.ftl"),
    ),
    (
        "inspector",
        include_str!("../../assets/i18n/en/inspector.ftl"),
    ),
    ("outline", include_str!("../../assets/i18n/en/outline.ftl")),
    ("bar", include_str!("../../assets/i18n/en/bar.ftl")),
    ("list", include_str!("../../assets/i18n/en/list.ftl")),
    (
        "progress",
        include_str!("../../assets/i18n/en/progress.ftl"),
    ),
    ("toasts", include_str!("../../assets/i18n/en/toasts.ftl")),
    ("words", include_str!("../../assets/i18n/en/words.ftl")),
    ("article", include_str!("../../assets/i18n/en/article.ftl")),
    (
        "commands",
        include_str!("../../assets/i18n/en/commands.ftl"),
    ),
    ("dialogs", include_str!("../../assets/i18n/en/dialogs.ftl")),
    ("fields", include_str!("../../assets/i18n/en/fields.ftl")),
    ("help", include_str!("../../assets/i18n/en/help.ftl")),
    ("keys", include_str!("../../assets/i18n/en/keys.ftl")),
    ("labels", include_str!("../../assets/i18n/en/labels.ftl")),
    (
        "messages",
        include_str!("../../assets/i18n/en/messages.ftl"),
    ),
    ("pick", include_str!("../../assets/i18n/en/pick.ftl")),
    ("panels", include_str!("../../assets/i18n/en/panels.ftl")),
    (
        "settings",
        include_str!("../../assets/i18n/en/settings.ftl"),
    ),
    ("status", include_str!("../../assets/i18n/en/status.ftl")),
    ("welcome", include_str!("../../assets/i18n/en/welcome.ftl")),
];

static STRINGS: LazyLock<Strings> = LazyLock::new(Strings::load);

/// What a message's blank is filled with.
#[derive(Clone, Copy, Debug)]
pub enum Arg<'a> {
    /// A count or an index; also chooses between singular and plural.
    Number(f64),
    /// What people or files gave: a title, a name, the text of a span. It is set apart by bidi
    /// isolates (U+2068, U+2069), so that it cannot turn the words around it.
    Text(&'a str),
    /// Words of our own: a key's or a command's name. Put in as they are.
    Word(&'a str),
}

impl From<usize> for Arg<'_> {
    fn from(number: usize) -> Self {
        Self::Number(number as f64)
    }
}

impl From<u64> for Arg<'_> {
    fn from(number: u64) -> Self {
        Self::Number(number as f64)
    }
}

impl<'a> From<&'a str> for Arg<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(text)
    }
}

impl<'a> From<&'a String> for Arg<'a> {
    fn from(text: &'a String) -> Self {
        Self::Text(text)
    }
}

/// The words of a message without blanks. An id that no file has comes back as it is; a test finds
/// those before people do.
pub fn tr(id: &'static str) -> &'static str {
    STRINGS.plain.get(id).map_or(id, |text| text)
}

/// The words of a message with its blanks filled: `tr_args("opened-files", &[("n", 3.into())])`.
pub fn tr_args(id: &str, args: &[(&str, Arg<'_>)]) -> String {
    STRINGS.format(id, args).unwrap_or_else(|| id.to_owned())
}

struct Strings {
    bundle: FluentBundle<FluentResource>,
    plain: HashMap<&'static str, Box<str>>,
}

impl Strings {
    fn load() -> Self {
        let mut strings = Self::empty();
        for (file, source) in SOURCES {
            strings.add(file, source);
        }
        for id in SOURCES.iter().flat_map(|(_, source)| ids(source)) {
            if let Some(text) = strings.format(id, &[]) {
                strings.plain.insert(id, text.into());
            }
        }
        strings
    }

    fn empty() -> Self {
        let english: LanguageIdentifier = "en".parse().unwrap_or_default();
        let mut bundle = FluentBundle::new_concurrent(vec![english]);
        // Fluent would isolate numbers too; `Arg` knows which blanks hold foreign text.
        bundle.set_use_isolating(false);
        Self {
            bundle,
            plain: HashMap::new(),
        }
    }

    fn add(&mut self, file: &str, source: &str) {
        let resource =
            FluentResource::try_new(source.to_owned()).unwrap_or_else(|(good, errors)| {
                tracing::error!(file, ?errors, "words of the interface");
                good
            });
        if let Err(errors) = self.bundle.add_resource(resource) {
            tracing::error!(file, ?errors, "words of the interface");
        }
    }

    /// `None` where the message is unknown, or wants blanks that are not given.
    fn format(&self, id: &str, args: &[(&str, Arg<'_>)]) -> Option<String> {
        let pattern = self.bundle.get_message(id)?.value()?;
        let mut filled = FluentArgs::with_capacity(args.len());
        for (name, arg) in args {
            filled.set((*name).to_owned(), value(*arg));
        }
        let mut errors = Vec::new();
        let text = self
            .bundle
            .format_pattern(pattern, Some(&filled), &mut errors)
            .into_owned();
        errors.is_empty().then_some(text)
    }
}

fn value(arg: Arg<'_>) -> FluentValue<'static> {
    match arg {
        Arg::Number(number) => FluentValue::from(number),
        Arg::Text(text) => FluentValue::from(format!("\u{2068}{text}\u{2069}")),
        Arg::Word(word) => FluentValue::from(word.to_owned()),
    }
}

/// The ids of the messages of a Fluent file: what stands before ` =` at the start of a line.
fn ids(source: &'static str) -> impl Iterator<Item = &'static str> {
    source
        .lines()
        .filter_map(|line| line.split_once(" ="))
        .map(|(id, _)| id)
        .filter(|id| id.starts_with(|first: char| first.is_ascii_lowercase()))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

    use std::{collections::BTreeSet, fs, path::Path};

    use super::*;

    /// Every Rust file under `src/gui`, except this one.
    fn sources() -> Vec<(String, String)> {
        let mut found = Vec::new();
        let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("src/gui")];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                } else if !path.ends_with("strings.rs") {
                    let text = fs::read_to_string(&path).unwrap();
                    found.push((path.display().to_string(), text));
                }
            }
        }
        found
    }

    /// The literals that follow `tr(` and `tr_args(`.
    fn asked(source: &str) -> impl Iterator<Item = &str> {
        ["tr(", "tr_args("].into_iter().flat_map(move |call| {
            source.match_indices(call).filter_map(move |(at, _)| {
                let before = source.get(..at)?.chars().next_back();
                if before.is_some_and(|c| c.is_alphanumeric() || c == '_') {
                    return None;
                }
                let rest = source
                    .get(at + call.len()..)?
                    .trim_start()
                    .strip_prefix('"')?;
                rest.split('"').next()
            })
        })
    }

    fn known() -> BTreeSet<&'static str> {
        SOURCES.iter().flat_map(|(_, source)| ids(source)).collect()
    }

    #[test]
    fn every_file_is_good_fluent_and_no_id_stands_twice() {
        let mut seen = BTreeSet::new();
        for (file, source) in SOURCES {
            if let Err((_, errors)) = FluentResource::try_new((*source).to_owned()) {
                panic!("{file}.ftl: {errors:?}");
            }
            for id in ids(source) {
                assert!(seen.insert(id), "{file}.ftl: {id} stands twice");
            }
        }
    }

    #[test]
    fn every_id_that_is_asked_for_exists() {
        let known = known();
        for (path, source) in sources() {
            for id in asked(&source) {
                assert!(known.contains(id), "{path}: no words for {id:?}");
            }
        }
    }

    #[test]
    fn every_id_is_used() {
        let sources = sources();
        for id in known() {
            let literal = format!("\"{id}\"");
            let used = sources.iter().any(|(_, source)| source.contains(&literal));
            assert!(used, "nothing under src/gui uses the words {id:?}");
        }
    }

    #[test]
    fn text_of_others_is_isolated_and_numbers_are_not() {
        let mut strings = Strings::empty();
        strings.add("test", "m = { $a } of them");
        let filled = |arg| strings.format("m", &[("a", arg)]);
        assert_eq!(filled(3_usize.into()).unwrap(), "3 of them");
        assert_eq!(filled("قال".into()).unwrap(), "\u{2068}قال\u{2069} of them");
        assert_eq!(filled(Arg::Word("Ctrl")).unwrap(), "Ctrl of them");
    }

    #[test]
    fn an_unknown_id_comes_back_as_it_is() {
        assert_eq!(tr("no-such-words"), "no-such-words");
        assert_eq!(tr_args("no-such-words", &[]), "no-such-words");
    }
}
