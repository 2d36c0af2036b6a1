//! Files in memory: what a reader is given, and what a writer makes. As bytes they are the first file,
//! then each further one behind a line `@@ NAME`.

use std::{
    collections::BTreeMap,
    io::{self, BufRead, Write},
    sync::{Arc, Mutex, PoisonError},
};

use crate::interchange::{Folder, Output, Outputs};

/// What stands before the name of a further file.
const MARK: &[u8] = b"\n@@ ";

/// Files by name.
#[derive(Clone, Debug, Default)]
pub struct Memory {
    /// The name of the one file of a format that is one.
    name: String,
    files: Arc<Mutex<BTreeMap<String, Vec<u8>>>>,
    given: usize,
}

impl Memory {
    /// No files; the one file would have this name.
    pub fn named(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            ..Self::default()
        }
    }

    /// The files of these bytes; the first has this name unless it has one of its own.
    pub fn of(name: &str, bytes: &[u8]) -> Self {
        let memory = Self::named(name);
        let marks: Vec<usize> = memchr::memmem::find_iter(bytes, MARK).collect();
        let first = marks.first().copied().unwrap_or(bytes.len());
        let part = |from: usize, to: usize| bytes.get(from..to).unwrap_or_default().to_vec();
        if first > 0 || marks.is_empty() {
            memory.put(name, part(0, first));
        }
        for (at, mark) in marks.iter().enumerate() {
            let end = marks.get(at + 1).copied().unwrap_or(bytes.len());
            let file = part(mark + MARK.len(), end);
            let line = file
                .iter()
                .position(|byte| *byte == b'\n')
                .unwrap_or(file.len());
            let name = String::from_utf8_lossy(file.get(..line).unwrap_or_default()).into_owned();
            memory.put(&name, file.get(line + 1..).unwrap_or_default().to_vec());
        }
        memory
    }

    /// The files as bytes, of which [`Self::of`] makes them again.
    pub fn bytes(&self) -> Vec<u8> {
        let mut files = self.files();
        let mut bytes = files.remove(&self.name).unwrap_or_default();
        for (name, file) in files {
            bytes.extend_from_slice(MARK);
            bytes.extend_from_slice(name.as_bytes());
            bytes.push(b'\n');
            bytes.extend_from_slice(&file);
        }
        bytes
    }

    /// All files.
    pub fn files(&self) -> BTreeMap<String, Vec<u8>> {
        self.files
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    fn put(&self, name: &str, bytes: Vec<u8>) {
        let mut files = self.files.lock().unwrap_or_else(PoisonError::into_inner);
        files.insert(name.to_owned(), bytes);
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
        self.put(name, Vec::new());
        Ok(Box::new(File(name.to_owned(), Arc::clone(&self.files))))
    }

    fn free_name(&mut self, _wanted: &str) -> String {
        self.given += 1;
        format!("{:04}", self.given)
    }
}

struct File(String, Arc<Mutex<BTreeMap<String, Vec<u8>>>>);

impl Write for File {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let mut files = self.1.lock().unwrap_or_else(PoisonError::into_inner);
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
