//! What a reader reads from and a writer writes to, without a disk: the bytes of a file, the folder
//! around it, and named outputs.

use std::io::{self, BufRead, Read as _, Write};

use super::{Problem, Reason};

/// A file that is read, and the folder that it lies in. Of a format that is a folder, the folder.
pub struct Source<'r> {
    /// The file's name, without folders: where a document says nothing of itself, its title and
    /// where it came from. Of a format that is a folder, the folder's name.
    pub name: String,
    /// The file's bytes; empty for a format that is a folder.
    pub input: Box<dyn BufRead + 'r>,
    /// The folder, where there is one.
    pub folder: Option<&'r dyn Folder>,
}

/// Files that can be read by name.
pub trait Folder {
    /// The names of all files in it and below it, with `/` between folders, in natural order.
    fn names(&self) -> io::Result<Vec<String>>;

    /// Opens one of them. A name that leads out of the folder is not found.
    fn open(&self, name: &str) -> io::Result<Box<dyn BufRead + '_>>;
}

/// A file that is being written. What cannot be written is told by [`Write::flush`].
pub type Output = Box<dyn Write + Send>;

/// Where the files of a writer go. They appear under their names when all are whole.
pub trait Outputs {
    /// Opens the one file of a format that is one file.
    fn file(&mut self) -> io::Result<Output>;

    /// Opens a file in the folder. The name may hold `/`; one that leads out of the folder, or that
    /// stands already, is an error.
    fn create(&mut self, name: &str) -> io::Result<Output>;

    /// A name like `wanted`, without an ending: one that every system allows and that was not given
    /// before.
    fn free_name(&mut self, wanted: &str) -> String;

    /// How the one file's name ends, without the dot, where a person named it.
    fn ending(&self) -> Option<String> {
        None
    }
}

impl<'r> Source<'r> {
    /// Bytes with a name and no folder around them.
    pub fn of_bytes(name: &str, bytes: &'r [u8]) -> Self {
        Self {
            name: name.to_owned(),
            input: Box::new(bytes),
            folder: None,
        }
    }

    /// The name without its ending.
    pub fn stem(&self) -> &str {
        stem_of(&self.name)
    }

    /// All bytes of the file.
    pub(super) fn bytes(&mut self, limit: usize) -> Result<Vec<u8>, Problem> {
        all_bytes(&mut *self.input, limit)
    }

    /// All bytes of a file beside this one; `None` where there is none of this name.
    pub(super) fn companion(&self, name: &str, limit: usize) -> Result<Option<Vec<u8>>, Problem> {
        let Some(folder) = self.folder else {
            return Ok(None);
        };
        match folder.open(name) {
            Ok(mut input) => all_bytes(&mut *input, limit).map(Some),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(Problem::of_file(error)),
        }
    }
}

/// A file's name without its ending.
pub(super) fn stem_of(name: &str) -> &str {
    let stem = name.rsplit_once('.').map(|(stem, _)| stem);
    stem.filter(|stem| !stem.is_empty()).unwrap_or(name)
}

/// All bytes of an input, at most `limit`.
pub(super) fn all_bytes(input: &mut dyn BufRead, limit: usize) -> Result<Vec<u8>, Problem> {
    let mut bytes = Vec::new();
    input
        .take(limit as u64 + 1)
        .read_to_end(&mut bytes)
        .map_err(Problem::of_file)?;
    if bytes.len() > limit {
        return Err(Problem::of_file(Reason::TooLarge {
            what: "the file",
            limit,
        }));
    }
    Ok(bytes)
}

#[cfg(test)]
pub(super) mod memory {
    //! Files in memory: what tests write, and read again.

    #![allow(clippy::unwrap_used, reason = "tests")]

    use std::{
        collections::BTreeMap,
        sync::{Arc, Mutex},
    };

    use super::{BufRead, Folder, Output, Outputs, Write, io};

    /// Files by name; the one file of a format that is one file has the name that it was made with.
    #[derive(Clone, Default)]
    pub(crate) struct Memory {
        name: String,
        files: Arc<Mutex<BTreeMap<String, Vec<u8>>>>,
        given: Vec<String>,
    }

    impl Memory {
        pub(crate) fn named(name: &str) -> Self {
            Self {
                name: name.to_owned(),
                ..Self::default()
            }
        }

        pub(crate) fn put(&self, name: &str, bytes: impl Into<Vec<u8>>) {
            self.files
                .lock()
                .unwrap()
                .insert(name.to_owned(), bytes.into());
        }

        pub(crate) fn files(&self) -> BTreeMap<String, Vec<u8>> {
            self.files.lock().unwrap().clone()
        }

        /// The bytes of the one file.
        pub(crate) fn only(&self) -> Vec<u8> {
            self.files().remove(&self.name).unwrap_or_default()
        }
    }

    impl Folder for Memory {
        fn names(&self) -> io::Result<Vec<String>> {
            Ok(self.files().into_keys().collect())
        }

        fn open(&self, name: &str) -> io::Result<Box<dyn BufRead + '_>> {
            let bytes = self.files().remove(name).ok_or(io::ErrorKind::NotFound)?;
            Ok(Box::new(io::Cursor::new(bytes)))
        }
    }

    impl Outputs for Memory {
        fn file(&mut self) -> io::Result<Output> {
            self.create(&self.name.clone())
        }

        fn create(&mut self, name: &str) -> io::Result<Output> {
            let bad = |part: &str| part.is_empty() || part == "." || part == "..";
            if name.split('/').any(bad) || self.files().contains_key(name) {
                return Err(io::ErrorKind::InvalidInput.into());
            }
            self.put(name, "");
            Ok(Box::new(File(name.to_owned(), Arc::clone(&self.files))))
        }

        fn free_name(&mut self, wanted: &str) -> String {
            let clean: String = wanted
                .chars()
                .map(|ch| if ch.is_alphanumeric() { ch } else { '-' })
                .take(60)
                .collect();
            let name = format!("{:04} {clean}", self.given.len());
            self.given.push(name.clone());
            name
        }

        fn ending(&self) -> Option<String> {
            let ending = self.name.rsplit_once('.')?.1;
            Some(ending.to_owned())
        }
    }

    struct File(String, Arc<Mutex<BTreeMap<String, Vec<u8>>>>);

    impl Write for File {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            let mut files = self.1.lock().unwrap();
            files
                .entry(self.0.clone())
                .or_default()
                .extend_from_slice(bytes);
            Ok(bytes.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }
}
