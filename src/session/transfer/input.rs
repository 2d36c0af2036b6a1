//! What people name to be read: files, folders of files, folders that are one dataset, archives,
//! which are read as folders, standard input. Which format each is of, and the bytes of it.

use std::{
    collections::BTreeSet,
    io::{self, BufRead, Read as _},
    path::{Path, PathBuf},
    sync::Arc,
};

use crate::{
    files::{self, Archive, FileError, Folder},
    interchange::{self, FORMATS, Format, Shape, Source, detect, detect_bytes, detect_folder},
};

/// Stands for standard input and output on the command line.
pub const STANDARD: &str = "-";

/// Something to be read.
#[derive(Clone, Debug)]
pub(super) struct Input {
    /// Where it lies; of what lies in an archive, the path through it.
    pub(super) path: PathBuf,
    kind: Kind,
    packed: Option<Packed>,
}

/// A file in an archive by its name there, or a folder by the beginning of its files' names.
#[derive(Clone, Debug)]
struct Packed {
    archive: Arc<Archive>,
    name: String,
}

#[derive(Clone, Copy, Debug)]
enum Kind {
    /// A file that was named: it is wanted, whatever it is.
    Named,
    /// A file that was found in a folder.
    Found,
    /// A link in a folder that leads out of it.
    Link,
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
    /// A file of another kind in a folder, or an empty one.
    PassedOver,
    /// A link in a folder that leads out of it: it is not followed.
    Link,
    /// It cannot be read, for this reason.
    Refused(String),
}

impl interchange::Folder for Folder {
    fn names(&self) -> io::Result<Vec<String>> {
        let leads_out = |name: &Result<_, _>| matches!(name, Err(FileError::LinksOut(_)));
        let names = self.files().filter(|name| !leads_out(name));
        names.map(|name| name.map_err(system)).collect()
    }

    fn open(&self, name: &str) -> io::Result<Box<dyn BufRead + '_>> {
        let input = Self::open(self, name).map_err(system)?;
        Ok(Box::new(input))
    }
}

impl interchange::Folder for Packed {
    fn names(&self) -> io::Result<Vec<String>> {
        let names = self.archive.names().iter();
        Ok(names
            .filter_map(|name| name.strip_prefix(&*self.name))
            .map(str::to_owned)
            .collect())
    }

    fn open(&self, name: &str) -> io::Result<Box<dyn BufRead + '_>> {
        self.archive.unpacked(&format!("{}{name}", self.name))
    }
}

impl Packed {
    /// The folder that a file lies in.
    fn around(&self) -> Self {
        let folder = self.name.rsplit_once('/').map(|(folder, _)| folder);
        Self {
            archive: Arc::clone(&self.archive),
            name: folder.map_or_else(String::new, |folder| format!("{folder}/")),
        }
    }
}

/// A folder on the disk or in an archive.
struct Place {
    path: PathBuf,
    packed: Option<Packed>,
}

impl Place {
    fn on_disk(path: &Path) -> Self {
        Self {
            path: path.to_owned(),
            packed: None,
        }
    }

    fn archive(archive: Archive) -> Self {
        Self {
            path: archive.path().to_owned(),
            packed: Some(Packed {
                archive: Arc::new(archive),
                name: String::new(),
            }),
        }
    }

    /// What is in it under this name (of a folder, with a `/` behind it in an archive).
    fn inside(&self, name: &str, behind: &str) -> Self {
        Self {
            path: self.path.join(name),
            packed: self.packed.as_ref().map(|packed| Packed {
                archive: Arc::clone(&packed.archive),
                name: format!("{}{name}{behind}", packed.name),
            }),
        }
    }

    fn input(self, kind: Kind) -> Input {
        Input {
            path: self.path,
            kind,
            packed: self.packed,
        }
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
        } else if Archive::is_named_so(&path) {
            match Archive::open(&path) {
                Ok(archive) => of_archive(archive, forced, &mut found),
                Err(error) => found.push(Err(error)),
            }
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
    let (mut names, mut links) = (Vec::new(), Vec::new());
    for name in Folder::new(root).files() {
        match name {
            Ok(name) => names.push(name),
            // A link to nowhere matters only where it is named like something to read.
            Err(FileError::Missing(path)) if !is_known_ending(&path) => {}
            Err(FileError::LinksOut(path)) => links.push(path),
            Err(error) => found.push(Err(error)),
        }
    }
    let links = links.into_iter();
    found.extend(links.map(|link| Ok(Input::new(link, Kind::Link))));
    of_place(Place::on_disk(root), &names, forced, found);
}

fn of_archive(
    archive: Archive,
    forced: Option<&'static Format>,
    found: &mut Vec<Result<Input, FileError>>,
) {
    let names = archive.names().to_vec();
    for name in archive.refused() {
        // Joined as text: as a path an absolute name would stand alone.
        let path = format!("{}/{name}", archive.path().display());
        found.push(Err(FileError::LeadsOut(path.into())));
    }
    of_place(Place::archive(archive), &names, forced, found);
}

fn of_place(
    place: Place,
    names: &[String],
    forced: Option<&'static Format>,
    found: &mut Vec<Result<Input, FileError>>,
) {
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let before = found.len();
    plan(&place, &names, forced, found);
    let whole = forced.filter(|format| format.shape == Shape::Folder);
    if let Some(format) = whole.filter(|_| found.len() == before) {
        found.push(Ok(place.input(Kind::Whole(format))));
    } else if found.len() == before {
        found.push(Err(FileError::NothingIn(place.path)));
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
    place: &Place,
    names: &[&str],
    forced: Option<&'static Format>,
    found: &mut Vec<Result<Input, FileError>>,
) {
    let owned: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
    let whole = detect_folder(&owned);
    if let Some(format) = whole.filter(|format| forced.is_none_or(|it| it.name == format.name)) {
        let whole = Place {
            path: place.path.clone(),
            packed: place.packed.clone(),
        };
        found.push(Ok(whole.input(Kind::Whole(format))));
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
            plan(&place.inside(below, "/"), &these, forced, found);
            rest = others;
            continue;
        }
        rest = after;
        let wanted = match forced {
            Some(format) => format.shape != Shape::Folder && has_ending(first, format.endings),
            None => !is_companion(first, &set),
        };
        if wanted {
            found.push(Ok(place.inside(first, "").input(Kind::Found)));
        }
    }
}

fn has_ending(name: &str, endings: &[&str]) -> bool {
    let name = name.strip_suffix(".gz").unwrap_or(name);
    let ending = name.rsplit_once('.').map(|(_, ending)| ending);
    ending.is_some_and(|ending| {
        endings
            .iter()
            .any(|known| ending.eq_ignore_ascii_case(known))
    })
}

/// Whether a file belongs to another of its stem: the text of a file of annotations, for instance.
fn is_companion(name: &str, names: &BTreeSet<&str>) -> bool {
    // The card of a dataset, and what else says of its rows what they mean, is no article and no dataset itself.
    let says = ["README.md", "dataset_info.json", "dataset_infos.json"].contains(&name);
    let mut others = names.iter();
    if says && others.any(|other| has_ending(other, &["jsonl", "parquet"])) {
        return true;
    }
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
        Self {
            path,
            kind,
            packed: None,
        }
    }

    /// Bytes that the program holds, under the name that they would have.
    pub(super) fn held(name: &str, bytes: &'static [u8]) -> Self {
        Self::new(name.into(), Kind::Held(bytes))
    }

    /// Whether it is a folder that is one dataset.
    pub(super) fn is_folder(&self) -> bool {
        matches!(self.kind, Kind::Whole(_))
    }

    /// Whether it is there a second time: standard input is not.
    pub(super) fn can_be_opened_again(&self) -> bool {
        !matches!(self.kind, Kind::Standard)
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
        let refused = |error: FileError| Opened::Refused(format!("{error} ({})", error.hint()));
        let on_disk;
        let around;
        let folder: &dyn interchange::Folder = match &self.packed {
            Some(packed) if matches!(self.kind, Kind::Whole(_)) => packed,
            Some(packed) => {
                around = packed.around();
                &around
            }
            None if matches!(self.kind, Kind::Whole(_)) => {
                on_disk = Folder::new(&self.path);
                &on_disk
            }
            None => {
                on_disk = Folder::around(&self.path);
                &on_disk
            }
        };
        let input: Box<dyn BufRead> = match (self.kind, &self.packed) {
            (Kind::Link, _) => return Opened::Link,
            (Kind::Whole(format), _) => {
                let source = Source {
                    name: self.name(),
                    input: Box::new(io::empty()),
                    folder: Some(folder),
                };
                return Opened::Read(use_it(format, source));
            }
            (Kind::Held(bytes), _) => return self.read(Box::new(bytes), None, forced, use_it),
            (Kind::Standard, _) => {
                return self.read(Box::new(io::stdin().lock()), None, forced, use_it);
            }
            (Kind::Named | Kind::Found, Some(packed)) => {
                let read =
                    |input: Box<dyn BufRead + '_>| self.read(input, Some(folder), forced, use_it);
                let opened = packed.archive.with(&packed.name, read);
                return opened.unwrap_or_else(|error| refused(FileError::new(&self.path, error)));
            }
            (Kind::Named | Kind::Found, None) => match files::open(&self.path) {
                Ok(file) => Box::new(file),
                Err(error) => return refused(error),
            },
        };
        self.read(input, Some(folder), forced, use_it)
    }

    /// Finds out the format of an open file, and hands it on; gzip files are unpacked on the way.
    fn read<T>(
        &self,
        mut input: Box<dyn BufRead + '_>,
        folder: Option<&dyn interchange::Folder>,
        forced: Option<&'static Format>,
        use_it: impl FnOnce(&'static Format, Source<'_>) -> T,
    ) -> Opened<T> {
        let wrong = |error| {
            let error = FileError::new(&self.path, error);
            Opened::Refused(format!("{error} ({})", error.hint()))
        };
        let mut name = self.name();
        match input.fill_buf() {
            Ok(start) if files::is_gzip(start) => input = files::gunzip(input),
            Ok(_) => {}
            Err(error) => return wrong(error),
        }
        if let Some((stem, ending)) = name.rsplit_once('.')
            && ending.eq_ignore_ascii_case("gz")
        {
            name.truncate(stem.len());
        }
        let (start, input) = match started(input) {
            Ok(started) => started,
            Err(error) => return wrong(error),
        };
        let format = match (forced, self.kind) {
            (Some(forced), _) => Some(forced),
            (None, Kind::Standard) => detect_bytes(&start),
            (None, _) => detect(&name, &start),
        };
        if is_blank(&start) && needs_content(&name, format) {
            return if matches!(self.kind, Kind::Found) {
                Opened::PassedOver
            } else {
                Opened::Refused("it is empty; there is no document in it".to_owned())
            };
        }
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
        Opened::Read(use_it(
            format,
            Source {
                name,
                input,
                folder,
            },
        ))
    }
}

/// By how many bytes a file is known.
const TOLD_BY: usize = 1 << 16;

/// An input's first bytes, with all of it: an archive or a pipe may give them in small pieces.
fn started<'i>(mut input: Box<dyn BufRead + 'i>) -> io::Result<(Vec<u8>, Box<dyn BufRead + 'i>)> {
    let there = input.fill_buf()?;
    if there.len() >= TOLD_BY {
        return Ok((there.to_vec(), input));
    }
    let mut start = Vec::new();
    (&mut input).take(TOLD_BY as u64).read_to_end(&mut start)?;
    let again = io::Cursor::new(start.clone());
    Ok((start, Box::new(again.chain(input))))
}

/// Whether a whole file is empty, or holds nothing but white space.
fn is_blank(start: &[u8]) -> bool {
    let start = start.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(start);
    start.len() < TOLD_BY && start.trim_ascii().is_empty()
}

/// Whether a file without content is none of a format: an article may be empty, and so may be the
/// annotations beside a text.
fn needs_content(name: &str, format: Option<&Format>) -> bool {
    let needs = |format: &Format| format.unit.is_some() && format.companions.is_empty();
    match format {
        Some(format) => needs(format),
        None => FORMATS
            .iter()
            .any(|format| needs(format) && has_ending(name, format.endings)),
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
