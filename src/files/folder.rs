//! The articles of a folder, in the order in which people number them.

use std::{
    cmp::Ordering,
    io,
    iter::Peekable,
    path::{Path, PathBuf},
    str::Chars,
};

use walkdir::{DirEntry, WalkDir};

use super::FileError;

/// Endings of the files that are articles when a folder is imported.
pub const ARTICLE_ENDINGS: [&str; 3] = ["txt", "text", "md"];

/// The articles among `paths`: files as they are named, folders with all below them in natural
/// order. Hidden files and folders are passed over, as are links that lead back to a folder above.
/// What cannot be read comes as an error, and the walk goes on.
pub fn list_articles(
    paths: impl IntoIterator<Item = PathBuf>,
) -> impl Iterator<Item = Result<PathBuf, FileError>> {
    paths.into_iter().flat_map(|path| {
        WalkDir::new(&path)
            .follow_links(true)
            .sort_by(|a, b| {
                let name = |entry: &DirEntry| entry.file_name().to_string_lossy().into_owned();
                natural_order(&name(a), &name(b))
            })
            .into_iter()
            .filter_entry(|entry| entry.depth() == 0 || !is_hidden(entry))
            .filter_map(move |entry| listed(entry, &path))
    })
}

fn is_hidden(entry: &DirEntry) -> bool {
    entry.file_name().to_string_lossy().starts_with('.')
}

fn has_article_ending(path: &Path) -> bool {
    path.extension()
        .and_then(|ending| ending.to_str())
        .is_some_and(|ending| {
            ARTICLE_ENDINGS
                .iter()
                .any(|known| ending.eq_ignore_ascii_case(known))
        })
}

fn listed(entry: walkdir::Result<DirEntry>, root: &Path) -> Option<Result<PathBuf, FileError>> {
    match entry {
        // A file that is named is wanted, whatever its ending.
        Ok(entry) if entry.file_type().is_dir() => None,
        Ok(entry) if entry.depth() == 0 || has_article_ending(entry.path()) => {
            Some(Ok(entry.into_path()))
        }
        Ok(_) => None,
        Err(error) if error.loop_ancestor().is_some() => None,
        Err(error) => {
            let path = error.path().unwrap_or(root).to_owned();
            let depth = error.depth();
            let source = io::Error::from(error);
            let dangling = source.kind() == io::ErrorKind::NotFound && depth > 0;
            // A link to nowhere matters only where it is named like an article.
            (!dangling || has_article_ending(&path)).then(|| Err(FileError::new(&path, source)))
        }
    }
}

/// The order of names in which `2` stands before `10`, with European and Arabic digits alike.
pub fn natural_order(a: &str, b: &str) -> Ordering {
    let (mut left, mut right) = (a.chars().peekable(), b.chars().peekable());
    loop {
        let order = match (left.peek().copied(), right.peek().copied()) {
            (None, None) => return a.cmp(b),
            (Some(x), Some(y)) if digit(x).is_some() && digit(y).is_some() => {
                let (x, y) = (number(&mut left), number(&mut right));
                x.len().cmp(&y.len()).then_with(|| x.cmp(&y))
            }
            (x, y) => {
                left.next();
                right.next();
                x.cmp(&y)
            }
        };
        if order != Ordering::Equal {
            return order;
        }
    }
}

fn digit(c: char) -> Option<u8> {
    let zero = match c {
        '0'..='9' => '0',
        '٠'..='٩' => '٠',
        '۰'..='۹' => '۰',
        _ => return None,
    };
    u8::try_from(u32::from(c) - u32::from(zero)).ok()
}

/// The digits of the number that stands next, leading zeros dropped.
fn number(chars: &mut Peekable<Chars<'_>>) -> Vec<u8> {
    let mut digits = Vec::new();
    while let Some(next) = chars.peek().copied().and_then(digit) {
        chars.next();
        if next != 0 || !digits.is_empty() {
            digits.push(next);
        }
    }
    digits
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use std::fs;

    use super::*;

    fn found(root: &Path) -> Vec<String> {
        list_articles([root.to_owned()])
            .map(|path| {
                let path = path.unwrap();
                path.strip_prefix(root)
                    .unwrap()
                    .to_string_lossy()
                    .into_owned()
            })
            .collect()
    }

    #[test]
    fn a_folder_is_walked_in_natural_order() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        fs::create_dir_all(root.join("sub/.git")).unwrap();
        for name in [
            "خبر ١٠.txt",
            "خبر ٢.TXT",
            "a10.txt",
            "a9.text",
            "photo.jpg",
            ".hidden.txt",
        ] {
            fs::write(root.join(name), "").unwrap();
        }
        fs::write(root.join("sub/b.md"), "").unwrap();
        fs::write(root.join("sub/.git/c.txt"), "").unwrap();
        let expected = ["a9.text", "a10.txt", "sub/b.md", "خبر ٢.TXT", "خبر ١٠.txt"];
        assert_eq!(found(root), expected);
    }

    #[test]
    fn a_named_file_is_taken_whatever_its_ending() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("article");
        fs::write(&path, "").unwrap();
        let all: Vec<_> = list_articles([path.clone()]).map(Result::unwrap).collect();
        assert_eq!(all, [path]);
        let gone = folder.path().join("gone.txt");
        let error = list_articles([gone.clone()]).next().unwrap().unwrap_err();
        assert!(matches!(error, FileError::Missing(path) if path == gone));
    }

    #[cfg(unix)]
    #[test]
    fn circles_of_links_end_and_dangling_links_are_told() {
        use std::os::unix::fs::symlink;
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        fs::write(root.join("a.txt"), "").unwrap();
        symlink(root, root.join("up")).unwrap();
        symlink(root.join("nowhere"), root.join("b.txt")).unwrap();
        symlink(root.join("nowhere"), root.join("photo")).unwrap();
        let all: Vec<_> = list_articles([root.to_owned()]).collect();
        assert_eq!(all.len(), 2);
        assert!(all[0].is_ok());
        assert!(matches!(&all[1], Err(FileError::Missing(path)) if path.ends_with("b.txt")));
    }

    #[test]
    fn numbers_compare_by_value() {
        assert_eq!(natural_order("2", "10"), Ordering::Less);
        assert_eq!(natural_order("٢", "10"), Ordering::Less);
        assert_eq!(natural_order("a007b", "a7c"), Ordering::Less);
        assert_eq!(natural_order("a", "a1"), Ordering::Less);
        assert_ne!(natural_order("01", "1"), Ordering::Equal);
        assert_eq!(natural_order("x", "x"), Ordering::Equal);
    }
}
