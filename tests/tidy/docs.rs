//! The maps in `docs/` against what is there: the table of rooms, and the reasons of the dependencies.

use std::collections::BTreeSet;
use std::path::Path;

use super::rooms::ROOMS;

fn read(path: &str) -> String {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).expect(path)
}

/// Rooms whose row in `docs/architecture.md` is missing or says other imports than the code's table.
pub(crate) fn check_architecture() -> Vec<String> {
    rows_that_differ(&read("docs/architecture.md"), ROOMS)
}

fn rows_that_differ(page: &str, rooms: &[(&str, &[&str])]) -> Vec<String> {
    let rows: Vec<Vec<&str>> = page
        .lines()
        .filter(|line| line.starts_with('|'))
        .map(|line| line.trim_matches('|').split('|').map(str::trim).collect())
        .collect();
    let mut complaints = Vec::new();
    for (room, allowed) in rooms {
        let named = format!("`{room}`");
        let Some(row) = rows.iter().find(|row| row.first() == Some(&named.as_str())) else {
            complaints.push(format!("docs/architecture.md has no row of {named}"));
            continue;
        };
        let said: BTreeSet<&str> = row.last().map(|cell| quoted(cell)).unwrap_or_default();
        if said != allowed.iter().copied().collect() {
            complaints.push(format!(
                "docs/architecture.md: {named} may import {allowed:?}, not {said:?}"
            ));
        }
    }
    complaints
}

/// What stands between backticks.
fn quoted(text: &str) -> BTreeSet<&str> {
    text.split('`').skip(1).step_by(2).collect()
}

/// Dependencies without a reason, and reasons without a dependency.
pub(crate) fn check_dependencies() -> Vec<String> {
    let used = dependencies(&read("Cargo.toml"));
    let page = read("docs/dependencies.md");
    let explained: BTreeSet<&str> = page.lines().filter_map(explained).collect();
    let unexplained = used
        .iter()
        .filter(|name| !explained.contains(name.as_str()));
    let unused = explained.iter().filter(|name| !used.contains(**name));
    unexplained
        .map(|name| format!("docs/dependencies.md does not say why `{name}` is needed"))
        .chain(unused.map(|name| {
            format!("docs/dependencies.md explains `{name}`, which Cargo.toml does not name")
        }))
        .collect()
}

/// The name in a line of the form "- `name`: reason".
fn explained(line: &str) -> Option<&str> {
    let (name, reason) = line.strip_prefix("- `")?.split_once("`: ")?;
    (!reason.trim().is_empty()).then_some(name)
}

/// The names in every table of dependencies of a manifest.
fn dependencies(manifest: &str) -> BTreeSet<String> {
    let mut inside = false;
    let mut names = BTreeSet::new();
    for line in manifest.lines() {
        if line.starts_with('[') {
            inside = line.ends_with("dependencies]");
        } else if inside && let Some((name, _)) = line.split_once('=') {
            names.insert(name.trim().to_owned());
        }
    }
    names
}

#[test]
fn rows_that_lie_are_found() {
    let rooms: &[(&str, &[&str])] = &[("text", &[]), ("edit", &["text"])];
    let page =
        |edit: &str| format!("| Room | Holds | May import |\n| `text` | facts | – |\n{edit}\n");
    assert_eq!(
        rows_that_differ(&page("| `edit` | changes | `text` |"), rooms).len(),
        0
    );
    assert_eq!(
        rows_that_differ(&page("| `edit` | changes | – |"), rooms).len(),
        1
    );
    assert_eq!(rows_that_differ(&page("The room `edit`."), rooms).len(), 1);
}

#[test]
fn manifests_and_reasons_are_read() {
    let names = dependencies(
        "[package]\nname = 1\n[dev-dependencies]\na = 2\n# b = 3\n\n[lints.rust]\nc = 4\n",
    );
    assert!(
        names.contains("a") && !names.contains("name") && !names.contains("c"),
        "{names:?}"
    );
    assert_eq!(explained("- `serde`: records"), Some("serde"));
    assert_eq!(explained("- `serde`: "), None);
}
