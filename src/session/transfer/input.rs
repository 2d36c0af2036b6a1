//! What people name to be read: files, folders of files, folders that are one dataset, standard
//! input. Which format each is of, and the bytes of it.

use std::{
    collections::BTreeSet,
    io::{self, BufRead},
    path::{Path, PathBuf},
};

use crate::{
    files::{self, FileError, Folder},
    interchange::{self, FORMATS, Format, Shape, Source, detect, detect_bytes, detect_folder},
};

/// Stands for standard input and output on the command line.
pub const STANDARD: &str = "-";

/// Something to be read.
#[derive(Clone, Debug)]
pub(super) struct Input {
    /// Where it lies.
    pub(super) path: PathBuf,
    kind: Kind,
}

#[derive(Clone, Copy, Debug)]
enum Kind {
    /// A file that was named: it is wanted, whatever it is.
    Named,
    /// A file that was found in a folder.
    Found,
    /// A folder that is one dataset.
    Whole(&'static Format),
    Standard,
    /// Bytes that the program holds.
    Held(&'static [u8]),
}

/// What became of an input.
#[derive(Debug)]
pub(super) enum Opened<T> {
    /// It was read.
    Read(T),
    /// A file of another kind in a folder.
    PassedOver,
    /// It cannot be read, for this reason.
    Refused(String),
}

impl interchange::Folder for Folder {
    fn names(&self) -> io::Result<Vec<String>> {
        self.files().map(|name| name.map_err(system)).collect()
    }

    fn open(&self, name: &str) -> io::Result<Box<dyn BufRead + '_>> {
        let input = Self::open(self, name).map_err(system)?;
        Ok(Box::new(input))
    }
}

/// An error of a file as the system gives them.
fn system(error: FileError) -> io::Error {
    match error {
        FileError::Missing(_) => io::ErrorKind::NotFound.into(),
        FileError::Other { source, .. } => source,
        other => io::Error::other(other.to_string()),
    }
}

/// All inputs that `paths` name, folders with all below them in natural order. With a format that is
/// forced, only its files are taken out of folders.
pub(super) fn inputs(
    paths: impl IntoIterator<Item = PathBuf>,
    forced: Option<&'static Format>,
) -> Vec<Result<Input, FileError>> {
    let mut found = Vec::new();
    for path in paths {
        if path.as_os_str() == STANDARD {
            found.push(Ok(Input::new(path, Kind::Standard)));
        } else if files::is_folder(&path) {
            of_folder(&path, forced, &mut found);
        } else {
            found.push(Ok(Input::new(path, Kind::Named)));
        }
    }
    found
}

fn of_folder(
    root: &Path,
    forced: Option<&'static Format>,
    found: &mut Vec<Result<Input, FileError>>,
) {
    let mut names = Vec::new();
    for name in Folder::new(root).files() {
        match name {
            Ok(name) => names.push(name),
            // A link to nowhere matters only where it is named like something to read.
            Err(FileError::Missing(path)) if !is_known_ending(&path) => {}
            Err(error) => found.push(Err(error)),
        }
    }
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let before = found.len();
    plan(root, &names, forced, found);
    let whole = forced.filter(|format| format.shape == Shape::Folder);
    if let Some(format) = whole.filter(|_| found.len() == before) {
        found.push(Ok(Input::new(root.to_owned(), Kind::Whole(format))));
    }
}

fn is_known_ending(path: &Path) -> bool {
    let ending = path.extension().and_then(|ending| ending.to_str());
    ending.is_some_and(|ending| {
        let ending = ending.to_ascii_lowercase();
        FORMATS
            .iter()
            .any(|format| format.endings.contains(&&*ending))
    })
}

/// The inputs of a folder with these names: itself if it is one dataset, else its files, and each
/// folder in it by the same rule.
fn plan(
    folder: &Path,
    names: &[&str],
    forced: Option<&'static Format>,
    found: &mut Vec<Result<Input, FileError>>,
) {
    let owned: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
    let whole = detect_folder(&owned);
    if let Some(format) = whole.filter(|format| forced.is_none_or(|it| it.name == format.name)) {
        found.push(Ok(Input::new(folder.to_owned(), Kind::Whole(format))));
        return;
    }
    let set: BTreeSet<&str> = names.iter().copied().collect();
    let mut rest = names;
    while let Some((first, after)) = rest.split_first() {
        if let Some((below, _)) = first.split_once('/') {
            let inner = |name: &&str| {
                name.split_once('/')
                    .is_some_and(|(folder, _)| folder == below)
            };
            let count = rest.iter().take_while(|name| inner(name)).count();
            let (these, others) = rest.split_at(count);
            let these: Vec<&str> = these
                .iter()
                .filter_map(|name| name.split_once('/'))
                .map(|(_, name)| name)
                .collect();
            plan(&folder.join(below), &these, forced, found);
            rest = others;
            continue;
        }
        rest = after;
        let wanted = match forced {
            Some(format) => format.shape != Shape::Folder && has_ending(first, format.endings),
            None => !is_companion(first, &set),
        };
        if wanted {
            found.push(Ok(Input::new(folder.join(first), Kind::Found)));
        }
    }
}

fn has_ending(name: &str, endings: &[&str]) -> bool {
    let ending = name.rsplit_once('.').map(|(_, ending)| ending);
    ending.is_some_and(|ending| {
        endings
            .iter()
            .any(|known| ending.eq_ignore_ascii_case(known))
    })
}

/// Whether a file belongs to another of its stem: the text of a file of annotations, for instance.
fn is_companion(name: &str, names: &BTreeSet<&str>) -> bool {
    let Some((stem, _)) = name.rsplit_once('.') else {
        return false;
    };
    FORMATS
        .iter()
        .filter(|format| has_ending(name, format.companions))
        .flat_map(|format| format.endings)
        .any(|ending| names.contains(&*format!("{stem}.{ending}")))
}

impl Input {
    fn new(path: PathBuf, kind: Kind) -> Self {
        Self { path, kind }
    }

    /// Bytes that the program holds, under the name that they would have.
    pub(super) fn held(name: &str, bytes: &'static [u8]) -> Self {
        Self::new(name.into(), Kind::Held(bytes))
    }

    fn name(&self) -> String {
        match self.kind {
            Kind::Standard => "standard input".to_owned(),
            _ => self
                .path
                .file_name()
                .unwrap_or(self.path.as_os_str())
                .to_string_lossy()
                .into_owned(),
        }
    }

    /// Opens it, and hands its format and its bytes to `use_it`.
    pub(super) fn open<T>(
        &self,
        forced: Option<&'static Format>,
        use_it: impl FnOnce(&'static Format, Source<'_>) -> T,
    ) -> Opened<T> {
        let name = self.name();
        let refused = |error: FileError| Opened::Refused(format!("{error} ({})", error.hint()));
        let (mut input, folder): (Box<dyn BufRead>, _) = match self.kind {
            Kind::Whole(format) => {
                let folder = Folder::new(&self.path);
                let source = Source {
                    name,
                    input: Box::new(io::empty()),
                    folder: Some(&folder),
                };
                return Opened::Read(use_it(format, source));
            }
            Kind::Held(bytes) => (Box::new(bytes), None),
            Kind::Standard => (Box::new(io::stdin().lock()), None),
            Kind::Named | Kind::Found => match files::open(&self.path) {
                Ok(file) => (Box::new(file), Some(Folder::around(&self.path))),
                Err(error) => return refused(error),
            },
        };
        let start = match input.fill_buf() {
            Ok(start) => start,
            Err(error) => return refused(FileError::new(&self.path, error)),
        };
        let format = match (forced, self.kind) {
            (Some(forced), _) => Some(forced),
            (None, Kind::Standard) => detect_bytes(start),
            (None, _) => detect(&name, start),
        };
        let Some(format) = format else {
            return if matches!(self.kind, Kind::Found) {
                Opened::PassedOver
            } else {
                Opened::Refused(unknown())
            };
        };
        if format.shape == Shape::Folder {
            return Opened::Refused(format!("{} is a folder, and this is a file", format.title));
        }
        let folder = folder
            .as_ref()
            .map(|folder| folder as &dyn interchange::Folder);
        let source = Source {
            name,
            input,
            folder,
        };
        Opened::Read(use_it(format, source))
    }
}

fn unknown() -> String {
    let endings: BTreeSet<&str> = FORMATS
        .iter()
        .filter(|format| format.read.is_some())
        .flat_map(|format| format.endings.iter().copied())
        .collect();
    let endings: Vec<&str> = endings.into_iter().collect();
    format!(
        "this is no kind of file that can be read ({}); --format names its format",
        endings.join(", ")
    )
}
