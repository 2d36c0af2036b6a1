//! An article in a plain text file: its text as it is, its title, where it came from.

use std::{
    collections::BTreeMap,
    io::{BufRead, Read as _},
    sync::Arc,
};

use crate::{
    annotation::TextHash,
    text::{self, Decoded, decode},
};

use super::{
    CopyCounter, DatasetHead, DocumentRecord, ENCODING_GUESSED, MAX_TEXT, Problem, ReadOptions,
    Reader, Reason, SOURCE_ENCODING, SOURCE_FILE,
};

/// Reads a file's text. The whole file is one document.
pub(super) fn read<'r>(
    input: Box<dyn BufRead + 'r>,
    options: ReadOptions,
) -> Result<Box<dyn Reader + 'r>, Problem> {
    let mut bytes = Vec::new();
    input
        .take(MAX_TEXT as u64 + 1)
        .read_to_end(&mut bytes)
        .map_err(Problem::of_file)?;
    if bytes.len() > MAX_TEXT {
        return Err(Problem::of_file(Reason::TooLarge {
            what: "the file",
            limit: MAX_TEXT,
        }));
    }
    let decoded = decode(&bytes, options.encoding).map_err(Problem::of_file)?;
    Ok(Box::new(ArticleReader {
        article: Some((options.file_name, decoded)),
        head: DatasetHead {
            labels: options.labels,
            edits: Vec::new(),
        },
    }))
}

struct ArticleReader {
    /// The file's name and text, until they are taken.
    article: Option<(String, Decoded)>,
    head: DatasetHead,
}

impl Reader for ArticleReader {
    fn head(&self) -> &DatasetHead {
        &self.head
    }

    fn next(&mut self, copies: &mut CopyCounter) -> Option<Result<DocumentRecord, Problem>> {
        let (file_name, decoded) = self.article.take()?;
        Some(Ok(record(&file_name, decoded, copies)))
    }
}

fn record(file_name: &str, decoded: Decoded, copies: &mut CopyCounter) -> DocumentRecord {
    let id = copies.id(&TextHash::of(&decoded.text));
    let encoding = decoded.encoding.name().to_owned();
    let mut metadata = BTreeMap::from([
        (SOURCE_FILE.to_owned(), file_name.to_owned()),
        (SOURCE_ENCODING.to_owned(), encoding),
    ]);
    if decoded.guessed {
        metadata.insert(ENCODING_GUESSED.to_owned(), "true".to_owned());
    }
    let stem = file_name
        .rsplit_once('.')
        .map_or(file_name, |(stem, _)| stem);
    DocumentRecord {
        title: text::title::title_of(&decoded.text).unwrap_or_else(|| stem.to_owned()),
        metadata,
        ..DocumentRecord::new(id, Arc::from(decoded.text))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

    use super::*;
    use crate::{
        annotation::{Annotator, LabelSet},
        interchange::{Note, notes},
    };

    fn options(file_name: &str) -> ReadOptions {
        ReadOptions {
            file_name: file_name.to_owned(),
            annotator: Annotator::new("imported").unwrap(),
            labels: LabelSet::default(),
            encoding: None,
        }
    }

    fn one(file_name: &str, bytes: &[u8]) -> Result<DocumentRecord, Problem> {
        let mut reader = read(Box::new(bytes), options(file_name))?;
        let mut copies = CopyCounter::default();
        let record = reader.next(&mut copies).unwrap()?;
        assert!(reader.next(&mut copies).is_none());
        Ok(record)
    }

    #[test]
    fn the_title_is_the_first_line_else_the_stem() {
        let record = one("خبر.txt", "\n عنوان \r\nمتن\u{0301}".as_bytes()).unwrap();
        assert_eq!(record.title, "عنوان");
        assert_eq!(&*record.text, "\n عنوان \r\nمتن\u{0301}", "as it stands");
        assert_eq!(record.metadata.get("source").unwrap(), "خبر.txt");
        assert_eq!(record.metadata.get("encoding").unwrap(), "UTF-8");
        assert_eq!(record.metadata.get("encoding_guessed"), None);
    }

    #[test]
    fn empty_files_are_documents_with_a_note() {
        let empty = one("فارغ.txt", b"").unwrap();
        assert_eq!((&*empty.title, notes(&empty)), ("فارغ", vec![Note::Empty]));
        let lines = one("a.b.txt", b"\n\r\n\n").unwrap();
        assert_eq!((&*lines.title, notes(&lines)), ("a.b", vec![Note::Blank]));
    }

    #[test]
    fn a_guessed_encoding_is_told() {
        let bytes = [0xDE, 0xC7, 0xE1, b' ', 0xC7, 0xE1, 0xE6, 0xD2, 0xED, 0xD1];
        let record = one("a.txt", &bytes).unwrap();
        assert_eq!(&*record.text, "قال الوزير");
        assert_eq!(record.metadata.get("encoding").unwrap(), "windows-1256");
        assert_eq!(record.metadata.get("encoding_guessed").unwrap(), "true");
    }

    #[test]
    fn what_is_no_text_is_refused_with_what_to_do() {
        let problem = one("a.txt", b"\x89PNG\0\0\0").unwrap_err();
        assert!(problem.hint().is_some(), "{problem}");
    }
}
