//! Where the files of an export wait until all are whole.

use std::{
    collections::HashSet,
    io::{self, BufWriter, Write},
    path::{Path, PathBuf},
    sync::Arc,
};

use crate::{
    files::{Draft, DraftFolder, FileError, Folder, Growing, open, safe_name},
    interchange::{Format, Output, Outputs, Shape},
};

use super::Volume;

/// The one file, or the folder, under its temporary name.
#[derive(Debug)]
pub(super) enum Stage {
    File(Draft),
    Folder(DraftFolder),
}

/// Whether volumes of a format are one file.
pub(super) fn is_one_file(format: &Format, volumes: &[Volume]) -> bool {
    format.shape == Shape::File && volumes.len() == 1
}

impl Stage {
    pub(super) fn beside(target: &Path, one_file: bool) -> Result<Self, FileError> {
        Ok(if one_file {
            Self::File(Draft::beside(target)?)
        } else {
            Self::Folder(DraftFolder::beside(target)?)
        })
    }

    pub(super) fn publish(self) -> Result<(), FileError> {
        match self {
            Self::File(draft) => draft.publish(),
            Self::Folder(draft) => draft.publish(),
        }
    }

    /// Copies the one file.
    pub(super) fn copy_to(self, out: &mut dyn Write) -> Result<(), FileError> {
        if let Self::File(draft) = self {
            let mut file = open(draft.path())?;
            io::copy(&mut file, out)
                .and_then(|_| out.flush())
                .map_err(|error| FileError::new(Path::new("standard output"), error))?;
        }
        Ok(())
    }

    /// How many files there are.
    pub(super) fn count(&self) -> usize {
        match self {
            Self::File(_) => 1,
            Self::Folder(draft) => draft.folder().files().count(),
        }
    }

    /// Where the one file of a volume is written.
    pub(super) fn file(&self, name: &str) -> PathBuf {
        match self {
            Self::File(draft) => draft.path().to_owned(),
            Self::Folder(draft) => draft.folder().path().join(name),
        }
    }

    /// The folder of a volume.
    pub(super) fn folder(&self, volume: &Volume) -> Option<Folder> {
        match self {
            Self::File(_) => None,
            Self::Folder(draft) => Some(Folder::new(&draft.folder().path().join(&volume.name))),
        }
    }
}

/// The name of the file of a volume that is one.
pub(super) fn file_name(format: &Format, volume: &Volume) -> String {
    let ending = format.endings.first().copied().unwrap_or_default();
    format!("{}.{ending}", volume.name)
}

/// Opens the files of a volume.
pub(super) struct Volumes<'s> {
    stage: &'s Stage,
    /// How far the one file of a volume is.
    growing: Arc<Growing>,
    file: String,
    folder: String,
    /// Names that were given, as systems that do not tell capitals apart see them.
    given: HashSet<String>,
}

impl<'s> Volumes<'s> {
    pub(super) fn new(
        stage: &'s Stage,
        format: &Format,
        volume: &Volume,
        growing: &Arc<Growing>,
    ) -> Self {
        Self {
            stage,
            growing: Arc::clone(growing),
            file: file_name(format, volume),
            folder: volume.name.clone(),
            given: HashSet::new(),
        }
    }
}

impl Outputs for Volumes<'_> {
    fn file(&mut self) -> io::Result<Output> {
        let file = match self.stage {
            Stage::File(draft) => draft.open().map_err(io::Error::other)?,
            Stage::Folder(draft) => draft.create(&self.file)?,
        };
        let file = self.growing.writer(file);
        Ok(Box::new(BufWriter::with_capacity(1 << 17, file)))
    }

    fn create(&mut self, name: &str) -> io::Result<Output> {
        let Stage::Folder(draft) = self.stage else {
            return Err(io::ErrorKind::Unsupported.into());
        };
        let file = if self.folder.is_empty() {
            draft.create(name)?
        } else {
            draft.create(&format!("{}/{name}", self.folder))?
        };
        Ok(Box::new(BufWriter::with_capacity(1 << 16, file)))
    }

    fn free_name(&mut self, wanted: &str) -> String {
        let safe = safe_name(wanted);
        let mut name = safe.clone();
        let mut number = 2_u64;
        while !self.given.insert(name.to_lowercase()) {
            name = format!("{safe} ({number})");
            number += 1;
        }
        name
    }

    fn ending(&self) -> Option<String> {
        let Stage::File(draft) = self.stage else {
            return None;
        };
        let ending = draft.target().extension()?.to_str()?;
        Some(ending.to_ascii_lowercase())
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;

    #[test]
    fn names_are_safe_and_given_once() {
        let around = tempfile::tempdir().unwrap();
        let stage = Stage::beside(&around.path().join("out"), false).unwrap();
        let format = Format::named("doccano").unwrap();
        let mut outputs = Volumes::new(&stage, format, &Volume::default(), &Arc::default());
        let names = ["../a", "../A", "CON", "خبر", "خبر"].map(|name| outputs.free_name(name));
        assert_eq!(names, ["a", "A (2)", "_CON", "خبر", "خبر (2)"]);
        for name in &names {
            outputs.create(&format!("{name}.txt")).unwrap();
        }
        assert!(outputs.create("../x").is_err());
    }
}
