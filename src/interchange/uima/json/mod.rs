//! UIMA's JSON CAS 0.4: types, structures and views of a document in one object. `@` stands before
//! the name of a feature that is a reference, `^` before an offset, `#` before a number that JSON
//! does not have.

mod read;
mod write;

pub(in crate::interchange) use read::read;
pub(in crate::interchange) use write::write;

use crate::interchange::{Carries, Characters, WriteOptions, json::without_mark};

/// What it carries.
pub(in crate::interchange) fn carries(_options: &WriteOptions) -> Carries {
    super::carries(Characters::All)
}

/// Whether a file that begins with these bytes may be one: its first key is a keyword of the format.
pub(in crate::interchange) fn sniff(start: &[u8]) -> bool {
    let key = without_mark(start).trim_ascii_start().strip_prefix(b"{");
    let key = key.and_then(|rest| rest.trim_ascii_start().strip_prefix(b"\"%"));
    let keywords: [&[u8]; 4] = [b"TYPES\"", b"FEATURE_STRUCTURES\"", b"VIEWS\"", b"HEADER\""];
    key.is_some_and(|key| keywords.iter().any(|keyword| key.starts_with(keyword)))
}
