//! What the palette offers for the words that were typed: commands, labels, articles.

use crate::{
    annotation::{DocumentId, LabelId, Rgb},
    gui::{
        commands::{self, AppCommand, CommandId, Group},
        enabled::enabled,
        icons::Icon,
        strings::tr_args,
        theme::Scheme,
    },
    session::Session,
    text::arabic::Finder,
};

/// The most articles that are offered; who wants more filters the list.
const ARTICLES: usize = 30;

/// What a row does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Choice {
    Command(CommandId),
    Label(LabelId),
    Article(DocumentId),
}

/// A row of the palette.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Entry {
    pub(super) choice: Choice,
    pub(super) icon: Option<Icon>,
    /// A label's colour.
    pub(super) color: Option<Rgb>,
    pub(super) text: String,
    pub(super) keys: Option<String>,
    pub(super) enabled: bool,
}

/// How well words match; less is better.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    Prefix,
    WordPrefix,
    Inside,
    /// Not in the name alone, but with the group's before it.
    Group,
}

/// The words that were typed, ready to be looked for.
struct Words(Vec<Finder>);

impl Words {
    fn new(query: &str) -> Self {
        let finders = query.split_whitespace().map(Finder::new);
        Self(finders.filter(|finder| !finder.is_empty()).collect())
    }

    /// How well `text` matches: every word must be in it, and the first one ranks it.
    fn rank(&self, text: &str) -> Option<Rank> {
        let mut best = Rank::Prefix;
        for (at, finder) in self.0.iter().enumerate() {
            let rank = rank(finder, text)?;
            if at == 0 {
                best = rank;
            }
        }
        Some(best)
    }
}

fn rank(finder: &Finder, text: &str) -> Option<Rank> {
    let mut best = None;
    for hit in finder.find_all(text) {
        let before = text
            .get(..hit.start())
            .and_then(|before| before.chars().next_back());
        let rank = match before {
            None => return Some(Rank::Prefix),
            Some(before) if !before.is_alphanumeric() => Rank::WordPrefix,
            Some(_) => Rank::Inside,
        };
        best = Some(best.map_or(rank, |best: Rank| best.min(rank)));
    }
    best
}

/// The rows for `query`, the best first, those that cannot be used now last. Without words: all
/// commands and labels.
pub(super) fn entries(session: &Session, query: &str, scheme: Scheme) -> Vec<Entry> {
    let words = Words::new(query);
    let labels = labels(session, scheme);
    let labels = labels.filter_map(|entry| Some((words.rank(&entry.text)?, entry)));
    let commands = commands(session).filter_map(|(group, entry)| {
        let with_group = || {
            let name = format!("{} {}", group.name(), entry.text);
            words.rank(&name).map(|_| Rank::Group)
        };
        Some((words.rank(&entry.text).or_else(with_group)?, entry))
    });
    let mut ranked: Vec<(Rank, Entry)> = labels.chain(commands).collect();
    if words.0.is_empty() {
        // Commands are what one comes for; labels have keys of their own.
        ranked.sort_by_key(|(_, entry)| matches!(entry.choice, Choice::Label(_)));
    } else {
        ranked.extend(articles(session, &words));
    }
    ranked.sort_by_key(|(rank, entry)| (!entry.enabled, *rank));
    ranked.into_iter().map(|(_, entry)| entry).collect()
}

/// Every command that could be wanted, and its group.
fn commands(session: &Session) -> impl Iterator<Item = (Group, Entry)> {
    // Opening the palette from the palette, and going back from it, are nothing to choose.
    let idle = [AppCommand::Palette, AppCommand::Back].map(CommandId::App);
    commands::all()
        .filter(move |row| !idle.contains(&row.id))
        .map(|row| {
            let entry = Entry {
                choice: Choice::Command(row.id),
                icon: row.icon,
                color: None,
                text: row.name().to_owned(),
                keys: row.keys(),
                enabled: enabled(row.id, session),
            };
            (row.group, entry)
        })
}

fn labels(session: &Session, scheme: Scheme) -> impl Iterator<Item = Entry> {
    let usable = session.article().is_some()
        && session
            .project()
            .is_some_and(crate::session::Project::is_writable);
    session
        .labels()
        .active()
        .enumerate()
        .map(move |(at, label)| {
            let digit = (at < 9).then(|| (at + 1).to_string());
            let letter = label.hotkey.map(|key| key.to_uppercase().to_string());
            Entry {
                choice: Choice::Label(label.id.clone()),
                icon: Some(Icon::Tag),
                color: Some(match scheme {
                    Scheme::Paper => label.color.light,
                    Scheme::Night => label.color.dark,
                }),
                text: tr_args("palette-label", &[("name", label.display_en().into())]),
                keys: letter.or(digit),
                enabled: usable,
            }
        })
}

fn articles(session: &Session, words: &Words) -> Vec<(Rank, Entry)> {
    let rows = session
        .project()
        .map_or(&[][..], |project| project.list().rows());
    let mut ranked: Vec<_> = rows
        .iter()
        .filter_map(|row| Some((words.rank(&row.title)?, row)))
        .collect();
    ranked.sort_by_key(|(rank, _)| *rank);
    let entry = |(rank, row): (Rank, &crate::session::ListRow)| {
        let text = tr_args("palette-article", &[("title", (&*row.title).into())]);
        let choice = Choice::Article(row.id);
        (
            rank,
            Entry {
                choice,
                icon: Some(Icon::Article),
                color: None,
                text,
                keys: None,
                enabled: true,
            },
        )
    };
    ranked.into_iter().take(ARTICLES).map(entry).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gui::{
        commands::{EditCommand, ProjectCommand, ReviewCommand},
        panels::testing::Bench,
    };

    fn texts(bench: &Bench, query: &str) -> Vec<String> {
        entries(&bench.session, query, Scheme::Paper)
            .into_iter()
            .map(|entry| entry.text)
            .collect()
    }

    #[test]
    fn the_start_of_the_name_goes_before_the_start_of_a_word_and_that_before_the_rest() {
        let words = Words::new("op");
        assert_eq!(words.rank("Open dataset…"), Some(Rank::Prefix));
        assert_eq!(words.rank("Save a copy, open it"), Some(Rank::WordPrefix));
        assert_eq!(words.rank("Copy"), Some(Rank::Inside));
        assert_eq!(words.rank("Undo"), None);
        assert_eq!(
            Words::new("folder open").rank("Open a folder"),
            Some(Rank::WordPrefix)
        );
        assert_eq!(Words::new("").rank("Undo"), Some(Rank::Prefix));
    }

    #[test]
    fn what_cannot_be_used_comes_last() {
        let bench = Bench::bare();
        let all = entries(&bench.session, "", Scheme::Paper);
        let first_off = all
            .iter()
            .position(|entry| !entry.enabled)
            .unwrap_or(all.len());
        assert!(first_off > 0 && first_off < all.len());
        assert!(all.iter().skip(first_off).all(|entry| !entry.enabled));
        let open = Choice::Command(CommandId::Project(ProjectCommand::Open));
        assert!(
            all.iter()
                .any(|entry| entry.choice == open && entry.enabled)
        );
        let undo = Choice::Command(CommandId::Edit(EditCommand::Undo));
        assert!(
            all.iter()
                .any(|entry| entry.choice == undo && !entry.enabled)
        );
    }

    #[test]
    fn all_commands_of_a_group_are_found_by_its_name_those_named_so_first() {
        let bench = Bench::with(&[("خبر", "نص")]);
        let found = entries(&bench.session, "review", Scheme::Paper);
        let first = found.first().map(|entry| entry.text.as_str());
        assert_eq!(first, Some("Review mode"));
        for command in ReviewCommand::ALL {
            let choice = Choice::Command(CommandId::Review(*command));
            assert!(found.iter().any(|it| it.choice == choice), "{command:?}");
        }
        let next = texts(&bench, "review next");
        assert_eq!(next, ["Next disagreement"]);
    }

    #[test]
    fn labels_and_articles_are_found_too() {
        let bench = Bench::with(&[("إضراب في الميناء", "وصل الوفد."), ("بيان", "نص.")]);
        let person = texts(&bench, "person");
        assert!(
            person.first().is_some_and(|text| text.contains("Person")),
            "{person:?}"
        );
        let port = texts(&bench, "اضراب");
        assert_eq!(port.len(), 1);
        assert!(port.iter().all(|text| text.contains("إضراب في الميناء")));
    }
}
