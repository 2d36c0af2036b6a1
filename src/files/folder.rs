//! The files of a folder, in the order in which people number them, and reading them by name.

use std::{
    cmp::Ordering,
    fs::File,
    io::{self, BufReader},
    iter::{self, Peekable},
    path::{Component, Path, PathBuf},
    str::Chars,
};

use walkdir::{DirEntry, WalkDir};

use super::{FileError, open};

/// A folder whose files are read by name.
#[derive(Clone, Debug)]
pub struct Folder {
    root: PathBuf,
}

impl Folder {
    /// The folder at `root`.
    pub fn new(root: &Path) -> Self {
        Self {
            root: root.to_owned(),
        }
    }

    /// The folder that a file lies in.
    pub fn around(file: &Path) -> Self {
        match file.parent() {
            Some(folder) if !folder.as_os_str().is_empty() => Self::new(folder),
            _ => Self::new(Path::new(".")),
        }
    }

    /// Its path.
    pub fn path(&self) -> &Path {
        &self.root
    }

    /// Opens one of its files. A name that leads out of it is not found.
    pub fn open(&self, name: &str) -> Result<BufReader<File>, FileError> {
        match inside(name) {
            Some(name) => open(&self.root.join(name)),
            None => Err(FileError::Missing(self.root.join(name))),
        }
    }

    /// All files in it and below it in natural order, as names with `/` between folders. Hidden
    /// files and folders are passed over, as are links that lead back to a folder above. A link that
    /// leads out of the folder is not followed. That, and what cannot be read, comes as an error, and
    /// the walk goes on.
    pub fn files(&self) -> impl Iterator<Item = Result<String, FileError>> + use<> {
        let root = self.root.clone();
        let real = root.canonicalize().unwrap_or_else(|_| root.clone());
        let mut walk = WalkDir::new(&root)
            .follow_links(true)
            .sort_by(|a, b| {
                let (a, b) = (
                    a.file_name().to_string_lossy(),
                    b.file_name().to_string_lossy(),
                );
                natural_order(&a, &b)
            })
            .into_iter();
        iter::from_fn(move || {
            loop {
                let entry = walk.next()?;
                if let Ok(entry) = &entry
                    && entry.depth() > 0
                {
                    let out = || entry.path_is_symlink() && leads_out(entry.path(), &real);
                    let (hidden, folder) = (is_hidden(entry), entry.file_type().is_dir());
                    let passed_over = hidden || out();
                    if passed_over && folder {
                        walk.skip_current_dir();
                    }
                    if passed_over && !hidden {
                        return Some(Err(FileError::LinksOut(entry.path().to_owned())));
                    }
                    if passed_over {
                        continue;
                    }
                }
                if let Some(listed) = listed(entry, &root) {
                    return Some(listed);
                }
            }
        })
    }
}

/// Whether a link leads out of a folder.
fn leads_out(link: &Path, folder: &Path) -> bool {
    link.canonicalize()
        .is_ok_and(|real| !real.starts_with(folder))
}

/// A name as a path below a folder; `None` where it may lead out of it.
pub(super) fn inside(name: &str) -> Option<PathBuf> {
    let path = Path::new(name);
    let normal = path
        .components()
        .all(|part| matches!(part, Component::Normal(_)));
    (normal && !name.is_empty()).then(|| path.to_owned())
}

fn is_hidden(entry: &DirEntry) -> bool {
    entry.file_name().to_string_lossy().starts_with('.')
}

fn listed(entry: walkdir::Result<DirEntry>, root: &Path) -> Option<Result<String, FileError>> {
    match entry {
        Ok(entry) if entry.file_type().is_dir() => None,
        Ok(entry) => {
            let below = entry.path().strip_prefix(root).unwrap_or(entry.path());
            let parts: Option<Vec<&str>> = below
                .components()
                .map(|part| part.as_os_str().to_str())
                .collect();
            Some(match parts {
                Some(parts) => Ok(parts.join("/")),
                None => Err(FileError::NameNotText(entry.path().to_owned())),
            })
        }
        Err(error) if error.loop_ancestor().is_some() => None,
        Err(error) => {
            let path = error.path().unwrap_or(root).to_owned();
            Some(Err(FileError::new(&path, io::Error::from(error))))
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
        Folder::new(root).files().map(Result::unwrap).collect()
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
    fn a_name_that_leads_out_is_not_found() {
        let outer = tempfile::tempdir().unwrap();
        fs::write(outer.path().join("secret"), "s").unwrap();
        let root = outer.path().join("in");
        fs::create_dir_all(root.join("sub")).unwrap();
        fs::write(root.join("sub/a"), "a").unwrap();
        let folder = Folder::new(&root);
        assert!(folder.open("sub/a").is_ok());
        let absolute = outer.path().join("secret");
        for name in [
            "../secret",
            "sub/../../secret",
            absolute.to_str().unwrap(),
            "",
            ".",
        ] {
            assert!(
                matches!(folder.open(name), Err(FileError::Missing(_))),
                "{name}"
            );
        }
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
        let all: Vec<_> = Folder::new(root).files().collect();
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

    #[cfg(unix)]
    #[test]
    fn a_link_that_leads_out_is_told_and_not_followed() {
        use std::os::unix::fs::symlink;
        let around = tempfile::tempdir().unwrap();
        let (inside, outside) = (around.path().join("in"), around.path().join("out"));
        for folder in [&inside, &outside] {
            fs::create_dir(folder).unwrap();
            fs::write(folder.join("a.txt"), "نص").unwrap();
        }
        symlink(outside.join("a.txt"), inside.join("b.txt")).unwrap();
        symlink(&outside, inside.join("c")).unwrap();
        symlink(inside.join("a.txt"), inside.join("d.txt")).unwrap();
        let all: Vec<_> = Folder::new(&inside).files().collect();
        let shown: Vec<String> = all
            .into_iter()
            .map(|name| match name {
                Ok(name) => name,
                Err(FileError::LinksOut(path)) => {
                    format!("{} leads out", path.file_name().unwrap().display())
                }
                Err(error) => error.to_string(),
            })
            .collect();
        assert_eq!(shown, ["a.txt", "b.txt leads out", "c leads out", "d.txt"]);
    }
}
