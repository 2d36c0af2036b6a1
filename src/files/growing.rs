//! A file that is read while it is written: who reads waits for what is not there yet.

use std::{
    fs::File,
    io::{self, BufReader, Read, Write},
    path::{Path, PathBuf},
    sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError},
};

use super::read::open_file;

/// How far a file has been written.
#[derive(Debug, Default)]
pub struct Growing {
    state: Mutex<State>,
    grown: Condvar,
}

#[derive(Clone, Copy, Debug, Default)]
struct State {
    bytes: u64,
    ended: bool,
}

impl Growing {
    /// A writer that tells what has reached the file.
    pub fn writer<W: Write>(self: &Arc<Self>, out: W) -> GrowingWriter<W> {
        let of = Arc::clone(self);
        GrowingWriter { of, out }
    }

    /// A reader of the file at `path` that waits for what is written, until [`Self::end`]. Until the
    /// first byte is written the file need not be there.
    pub fn reader(&self, path: &Path) -> BufReader<GrowingReader<'_>> {
        let reader = GrowingReader {
            of: self,
            path: path.to_owned(),
            file: None,
            read: 0,
        };
        BufReader::with_capacity(1 << 18, reader)
    }

    /// Tells that nothing more comes. Until then readers wait.
    pub fn end(&self) {
        self.state().ended = true;
        self.grown.notify_all();
    }

    fn state(&self) -> MutexGuard<'_, State> {
        // What it holds is two plain values: they are whole whoever let go of it.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// How many bytes there are, which are more than `read` unless there will be no more.
    fn beyond(&self, read: u64) -> u64 {
        let waits = |state: &mut State| state.bytes <= read && !state.ended;
        let state = self.grown.wait_while(self.state(), waits);
        state.unwrap_or_else(PoisonError::into_inner).bytes
    }
}

/// Writes into a file that is read meanwhile.
#[derive(Debug)]
pub struct GrowingWriter<W> {
    of: Arc<Growing>,
    out: W,
}

impl<W: Write> Write for GrowingWriter<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.out.write(bytes)?;
        self.of.state().bytes += written as u64;
        self.of.grown.notify_all();
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

/// Reads a file that is written meanwhile.
#[derive(Debug)]
pub struct GrowingReader<'g> {
    of: &'g Growing,
    path: PathBuf,
    file: Option<File>,
    read: u64,
}

impl Read for GrowingReader<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.of.beyond(self.read) <= self.read {
            return Ok(0);
        }
        let file = match &mut self.file {
            Some(file) => file,
            none => {
                let (file, _) = open_file(&self.path).map_err(io::Error::other)?;
                none.insert(file)
            }
        };
        let read = file.read(buffer)?;
        self.read += read as u64;
        Ok(read)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use std::{io::BufRead as _, thread};

    use super::*;

    #[test]
    fn who_reads_waits_for_what_is_written() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a");
        let growing = Arc::new(Growing::default());
        thread::scope(|scope| {
            let (growing, path) = (&growing, &path);
            let reading = scope.spawn(move || {
                let lines: io::Result<Vec<String>> = growing.reader(path).lines().collect();
                lines.unwrap()
            });
            let mut out = growing.writer(File::create(path).unwrap());
            for part in ["خبر\nخ", "ب", "ر ثان\n"] {
                out.write_all(part.as_bytes()).unwrap();
                thread::yield_now();
            }
            out.flush().unwrap();
            growing.end();
            assert_eq!(reading.join().unwrap(), ["خبر", "خبر ثان"]);
        });
    }

    #[test]
    fn a_file_that_never_comes_is_empty() {
        let growing = Growing::default();
        growing.end();
        let mut bytes = Vec::new();
        let mut reader = growing.reader(Path::new("there is none"));
        assert_eq!(reader.read_to_end(&mut bytes).unwrap(), 0);
    }
}
