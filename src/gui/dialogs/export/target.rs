//! Where an export goes: the path that is suggested, and what there is to say of one.

use std::path::{Path, PathBuf};

use crate::{
    files,
    gui::strings::tr,
    interchange::Format,
    session::{Project, check_target},
};

/// What there is to say of a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// Nothing is there yet.
    Fine,
    /// A file is there that would be replaced.
    Replaces,
    /// It will not do, for this reason.
    Wrong(&'static str),
}

/// A name beside the project, after it and the format.
pub(super) fn suggested(
    project: Option<&Project>,
    format: &Format,
    folder: bool,
) -> Option<PathBuf> {
    let project = project?.path();
    let stem = project.file_stem()?.to_string_lossy().into_owned();
    let name = match (folder, format.endings.first()) {
        (false, Some(ending)) => format!("{stem}.{ending}"),
        _ => format!("{stem}-{}", format.name),
    };
    Some(project.with_file_name(name))
}

/// The path with the format's ending, where none was typed.
pub(super) fn ended(typed: &str, format: &Format, folder: bool) -> PathBuf {
    let path = PathBuf::from(typed.trim());
    match format.endings.first() {
        Some(ending) if !folder && path.extension().is_none() => path.with_extension(ending),
        _ => path,
    }
}

/// A path that was typed for one format, for another: its ending goes along.
pub(super) fn moved(typed: &str, from: &Format, (to, folder): (&Format, bool)) -> String {
    let path = Path::new(typed);
    let ending = path.extension().and_then(|ending| ending.to_str());
    let was_its = ending.is_some_and(|ending| from.endings.contains(&ending));
    let moved = match to.endings.first() {
        Some(ending) if !folder && (was_its || ending_is_missing(path)) => {
            path.with_extension(ending)
        }
        _ if folder && was_its => path.with_extension(""),
        _ => return typed.to_owned(),
    };
    moved.to_string_lossy().into_owned()
}

fn ending_is_missing(path: &Path) -> bool {
    path.file_name().is_some() && path.extension().is_none()
}

/// What there is to say of a path.
pub(super) fn judge(path: &Path, folder: bool) -> Verdict {
    if path.as_os_str().is_empty() {
        return Verdict::Wrong(tr("pick-empty"));
    }
    let parent = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty());
    if parent.is_some_and(|folder| !files::is_folder(folder)) {
        return Verdict::Wrong(tr("export-no-folder"));
    }
    if check_target(path).is_err() {
        return Verdict::Wrong(tr("export-is-project"));
    }
    match (files::is_folder(path), files::exists(path), folder) {
        (true, _, false) => Verdict::Wrong(tr("export-is-folder")),
        (true, _, true) if !is_empty(path) => Verdict::Wrong(tr("export-holds-something")),
        (false, true, true) => Verdict::Wrong(tr("export-is-file")),
        (false, true, false) => Verdict::Replaces,
        _ => Verdict::Fine,
    }
}

fn is_empty(folder: &Path) -> bool {
    files::Folder::new(folder).files().next().is_none()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;

    #[test]
    fn an_ending_goes_along_with_the_format() {
        let of = |name: &str| Format::named(name).unwrap();
        let to = |typed: &str, name: &str, folder| moved(typed, of("doccano"), (of(name), folder));
        assert_eq!(to("/a/خبر.jsonl", "conll", false), "/a/خبر.conll");
        assert_eq!(to("/a/خبر.jsonl", "brat", true), "/a/خبر");
        assert_eq!(to("/a/خبر", "csv", false), "/a/خبر.csv");
        assert_eq!(to("/a/my.data", "csv", false), "/a/my.data");
        assert_eq!(ended(" /a/b ", of("ron"), false), PathBuf::from("/a/b.ron"));
        assert_eq!(ended("/a/b", of("brat"), true), PathBuf::from("/a/b"));
    }

    #[test]
    fn what_is_there_is_said() {
        let around = tempfile::tempdir().unwrap();
        let at = |name: &str| around.path().join(name);
        assert_eq!(judge(&at("new"), true), Verdict::Fine);
        assert_eq!(judge(&at("new.csv"), false), Verdict::Fine);
        std::fs::write(at("there.csv"), "").unwrap();
        assert_eq!(judge(&at("there.csv"), false), Verdict::Replaces);
        for (path, folder) in [
            (at("there.csv"), true),
            (around.path().to_path_buf(), true),
            (around.path().to_path_buf(), false),
            (at("no such folder/a.csv"), false),
            (PathBuf::new(), false),
        ] {
            let verdict = judge(&path, folder);
            assert!(matches!(verdict, Verdict::Wrong(_)), "{path:?} {verdict:?}");
        }
        std::fs::create_dir(at("empty")).unwrap();
        assert_eq!(judge(&at("empty"), true), Verdict::Fine);
    }
}
