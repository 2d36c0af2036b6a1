//! Reads every Parquet file of the folder, one after another.

use crate::interchange::{
    CopyCounter, DatasetHead, DocumentRecord, Folder, Names, Problem, ReadOptions, Reader, Reason,
    Source,
    parquet::{MAX_FILE, Table},
    source::all_bytes,
};

use super::{is_saved, is_table};

/// Opens a folder.
#[expect(
    clippy::needless_pass_by_value,
    reason = "every format's reader takes what it reads"
)]
pub(in crate::interchange) fn read<'r>(
    source: Source<'r>,
    options: ReadOptions,
) -> Result<Box<dyn Reader + 'r>, Problem> {
    let folder = source.folder.ok_or_else(|| {
        Problem::of_file(Reason::NotThis {
            expected: "a folder",
            found: "it is a file".to_owned(),
        })
    })?;
    let names = folder.names().map_err(Problem::of_file)?;
    if is_saved(&names) {
        return Err(Problem::of_file(Reason::SavedAsArrow));
    }
    let tables: Vec<String> = names.into_iter().filter(|name| is_table(name)).collect();
    Ok(Box::new(FolderReader {
        folder,
        waiting: tables.into_iter(),
        open: None,
        names: options.names(),
        options,
    }))
}

struct FolderReader<'r> {
    folder: &'r dyn Folder,
    /// The names of the files that were not opened yet.
    waiting: std::vec::IntoIter<String>,
    open: Option<(String, Table<'r>)>,
    names: Names,
    options: ReadOptions,
}

impl Reader for FolderReader<'_> {
    fn head(&self) -> &DatasetHead {
        self.names.head()
    }

    fn next(&mut self, copies: &mut CopyCounter) -> Option<Result<DocumentRecord, Problem>> {
        loop {
            if let Some((name, table)) = &mut self.open {
                match table.next(&mut self.names, copies) {
                    Some(Ok(record)) => return Some(Ok(record)),
                    Some(Err(problem)) => return Some(Err(in_file(name, &problem))),
                    None => self.open = None,
                }
            }
            let name = self.waiting.next()?;
            match open(self.folder, &name, &self.options) {
                Ok(table) => self.open = Some((name, table)),
                Err(problem) => return Some(Err(in_file(&name, &problem))),
            }
        }
    }
}

fn open<'r>(
    folder: &'r dyn Folder,
    name: &str,
    options: &ReadOptions,
) -> Result<Table<'r>, Problem> {
    let mut input = folder.open(name).map_err(Problem::of_file)?;
    let bytes = all_bytes(&mut *input, MAX_FILE)?;
    let file = name.rsplit('/').next().unwrap_or(name);
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    Table::open(bytes, stem.to_owned(), options, Some(folder))
}

/// A problem with one file of the folder: the others are read all the same.
fn in_file(name: &str, problem: &Problem) -> Problem {
    Problem::of_file(Reason::Malformed(problem.to_string())).within(name)
}
