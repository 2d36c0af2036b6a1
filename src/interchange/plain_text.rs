//! An article in a plain text file: its text as it is, its title, where it came from. Written, it is
//! the text alone.

use std::{collections::BTreeMap, io::Write as _};

use crate::text::{Decoded, decode};

use super::{
    Carries, Characters, CopyCounter, DatasetHead, DocumentRecord, ENCODING_GUESSED, Feature,
    Layers, MAX_TEXT, Outputs, Problem, ReadOptions, Reader, SOURCE_ENCODING, SOURCE_FILE, Source,
    WriteError, WriteOptions, Writer, source::stem_of,
};

/// What an article carries: its text.
pub(super) fn carries(_options: &WriteOptions) -> Carries {
    Carries {
        layers: Layers::None,
        characters: Characters::Plain,
        features: &[Feature::EmptyDocuments],
    }
}

/// Reads a file's text. The whole file is one document.
pub(super) fn read<'r>(
    mut source: Source<'r>,
    options: ReadOptions,
) -> Result<Box<dyn Reader + 'r>, Problem> {
    let bytes = source.bytes(MAX_TEXT)?;
    let decoded = decode(&bytes, options.encoding).map_err(Problem::of_file)?;
    Ok(Box::new(ArticleReader {
        article: Some((source.name, decoded)),
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
    let mut record = DocumentRecord::found(decoded.text, None, stem_of(file_name), copies);
    let encoding = decoded.encoding.name().to_owned();
    record.metadata = BTreeMap::from([
        (SOURCE_FILE.to_owned(), file_name.to_owned()),
        (SOURCE_ENCODING.to_owned(), encoding),
    ]);
    if decoded.guessed {
        let guessed = (ENCODING_GUESSED.to_owned(), "true".to_owned());
        record.metadata.extend([guessed]);
    }
    record
}

/// Begins a folder.
#[expect(
    clippy::unnecessary_wraps,
    reason = "formats that begin with a file can fail here"
)]
pub(super) fn write<'w>(
    outputs: &'w mut dyn Outputs,
    _head: &DatasetHead,
    _options: &WriteOptions,
) -> Result<Box<dyn Writer + 'w>, WriteError> {
    Ok(Box::new(ArticleWriter { outputs }))
}

struct ArticleWriter<'w> {
    outputs: &'w mut dyn Outputs,
}

impl Writer for ArticleWriter<'_> {
    fn document(&mut self, record: &DocumentRecord) -> Result<(), WriteError> {
        let name = self.outputs.free_name(record.name());
        let mut file = self.outputs.create(&format!("{name}.txt"))?;
        // A text's own first character that is a byte order mark would be taken for the file's.
        if record.text.starts_with(MARK) {
            file.write_all(MARK.as_bytes())?;
        }
        file.write_all(record.text.as_bytes())?;
        file.flush()?;
        Ok(())
    }

    fn finish(self: Box<Self>) -> Result<(), WriteError> {
        Ok(())
    }
}

/// A byte order mark.
const MARK: &str = "\u{FEFF}";

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

    use super::*;
    use crate::{
        annotation::{Annotator, LabelSet},
        interchange::{Note, notes, source::memory::Memory},
    };

    fn one(file_name: &str, bytes: &[u8]) -> Result<DocumentRecord, Problem> {
        let options = ReadOptions::new(Annotator::imported(), LabelSet::default());
        let mut reader = read(Source::of_bytes(file_name, bytes), options)?;
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
        assert_eq!(one(".txt", b"").unwrap().title, ".txt");
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

    #[test]
    fn a_text_is_written_as_it_is() {
        let mut files = Memory::default();
        let head = DatasetHead::default();
        let mut writer = write(&mut files, &head, &WriteOptions::default()).unwrap();
        let texts = ["", "قال\r\n", "\u{FEFF}x", "قال\r\n"];
        for text in texts {
            let record = one("خبر.txt", text.as_bytes()).unwrap();
            let record = DocumentRecord {
                text: text.into(),
                ..record
            };
            writer.document(&record).unwrap();
        }
        writer.finish().unwrap();
        let files = files.files();
        let texts = |name: &String| {
            name.rsplit_once('.')
                .is_some_and(|(_, ending)| ending == "txt")
        };
        assert!(files.keys().all(texts), "{files:?}");
        let mut bytes: Vec<_> = files
            .into_values()
            .map(|bytes| String::from_utf8(bytes).unwrap())
            .collect();
        bytes.sort();
        assert_eq!(bytes, ["", "قال\r\n", "قال\r\n", "\u{FEFF}\u{FEFF}x"]);
    }
}
