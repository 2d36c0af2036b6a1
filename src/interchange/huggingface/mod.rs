//! A dataset as Hugging Face's hub has it: Parquet files named after their parts, and a card that
//! says what is in them.

mod card;
mod read;
#[cfg(test)]
mod tests;
mod write;

pub(super) use read::read;
pub(super) use write::write;

use super::{Carries, Part, WriteOptions, parquet};

/// What it carries: what Parquet does.
pub(super) fn carries(options: &WriteOptions) -> Carries {
    parquet::carries(options)
}

/// Whether a folder with these files in it may be one.
pub(super) fn sniff(names: &[String]) -> bool {
    let card = names.iter().any(|name| name == "README.md");
    let documents = names.iter().any(|name| is_table(name));
    (card && documents) || is_saved(names)
}

/// Whether these are the files of `save_to_disk`: tables of Arrow, which are not read.
fn is_saved(names: &[String]) -> bool {
    let state = |name: &String| ["state.json", "dataset_dict.json"].contains(&&**name);
    names.iter().any(state) && names.iter().any(|name| ends_with(name, "arrow"))
}

/// Whether a file of the folder holds documents.
fn is_table(name: &str) -> bool {
    ends_with(name, "parquet")
}

fn ends_with(name: &str, wanted: &str) -> bool {
    let ending = name.rsplit_once('.').map(|(_, ending)| ending);
    ending.is_some_and(|ending| ending.eq_ignore_ascii_case(wanted))
}

/// The file of a part.
fn file_of(part: Part) -> String {
    format!("data/{}-00000-of-00001.parquet", part.name())
}
