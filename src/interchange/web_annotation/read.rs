//! Reads Web Annotations: our pages, and what others write: pages and collections, bare lists of
//! annotations as Recogito has them, the rows of Hypothesis. The text is in the file, or is a file
//! beside it: of the name that the annotations give, or of this file's. Where annotations are of
//! several texts, each is a document.

use std::{collections::VecDeque, io::BufRead};

use serde_json::Value;

use crate::{
    interchange::{
        CopyCounter, DatasetHead, DocumentRecord, Folder, MAX_TEXT, Names, Problem, ReadOptions,
        Reader, Reason, Source,
        json::{parse, take_list},
        json_values::Values,
    },
    text::{self, TextEncoding},
};

use super::{
    item::{Fields, Item},
    page::{Batch, Group},
};

/// How large a page may be.
const MAX_PAGE: usize = 4 * MAX_TEXT;

/// Opens a file.
pub(in crate::interchange) fn read<'r>(
    source: Source<'r>,
    options: ReadOptions,
) -> Result<Box<dyn Reader + 'r>, Problem> {
    let beside = Beside {
        stem: source.stem().to_owned(),
        folder: source.folder,
        encoding: options.encoding,
    };
    Ok(Box::new(WebReader {
        values: Some(Values::new(source.input, &[], MAX_PAGE)?),
        beside,
        names: options.names(),
        options,
        loose: Batch::default(),
        waiting: VecDeque::new(),
        line: 1,
    }))
}

struct WebReader<'r> {
    /// The file, until it is read.
    values: Option<Values<Box<dyn BufRead + 'r>>>,
    beside: Beside<'r>,
    names: Names,
    options: ReadOptions,
    /// Annotations that stand in no page.
    loose: Batch,
    /// Documents that are read and not given out.
    waiting: VecDeque<Group>,
    line: u64,
}

impl Reader for WebReader<'_> {
    fn head(&self) -> &DatasetHead {
        self.names.head()
    }

    fn next(&mut self, copies: &mut CopyCounter) -> Option<Result<DocumentRecord, Problem>> {
        loop {
            if let Some(group) = self.waiting.pop_front() {
                return Some(self.document(group, copies));
            }
            let Some(values) = &mut self.values else {
                return None;
            };
            let parsed = match values.next() {
                Some(Ok((line, bytes))) => {
                    self.line = line;
                    parse(bytes)
                }
                Some(Err(problem)) => {
                    if problem.ends_reading() {
                        self.values = None;
                    }
                    return Some(Err(problem));
                }
                None => {
                    self.values = None;
                    self.waiting
                        .extend(std::mem::take(&mut self.loose).finish());
                    continue;
                }
            };
            if let Err(reason) = parsed.and_then(|fields| self.value(fields)) {
                return Some(Err(Problem::at(self.line, reason)));
            }
        }
    }

    fn line(&self) -> Option<u64> {
        Some(self.line)
    }
}

impl WebReader<'_> {
    /// Takes a page, a collection or an annotation.
    fn value(&mut self, mut fields: Fields) -> Result<(), Reason> {
        if let Some(Value::Object(first)) = fields.shift_remove("first") {
            return self.value(first);
        }
        let mut items = None;
        for list in ["items", "rows", "@graph"] {
            if fields.contains_key(list) {
                items = Some(take_list(&mut fields, list)?);
                break;
            }
        }
        let Some(items) = items else {
            let number = self.loose.len() + 1;
            let item = Item::of(Value::Object(fields), number)?;
            return self.loose.take(item, self.line);
        };
        let mut batch = Batch::default();
        for (number, item) in (1..).zip(items) {
            batch.take(Item::of(item, number)?, self.line)?;
        }
        self.waiting.extend(batch.finish());
        Ok(())
    }

    fn document(
        &mut self,
        mut group: Group,
        copies: &mut CopyCounter,
    ) -> Result<DocumentRecord, Problem> {
        let line = group.line;
        let name = group.source.clone();
        let within = |reason: Reason| {
            let problem = Problem::at(line, reason);
            match &name {
                Some(name) => problem.within(text::quote(name, 80)),
                None => problem,
            }
        };
        let text = match group.text.take() {
            Some(text) => text,
            None => self.beside.text(group.source.as_deref()).map_err(within)?,
        };
        let (title, source) = (group.title.take(), group.source.clone());
        let (layers, metadata) = group
            .layers(&text, self.options.unit, &self.options.annotator)
            .map_err(within)?;
        let stem = source.filter(|source| !source.starts_with("urn:"));
        let stem = stem.unwrap_or_else(|| self.beside.stem.clone());
        let mut record = DocumentRecord::found(text, title, &stem, copies);
        record.metadata = metadata;
        record.layers = layers;
        self.names.adopt(&mut record);
        Ok(record)
    }
}

/// The texts beside the file.
struct Beside<'r> {
    stem: String,
    folder: Option<&'r dyn Folder>,
    encoding: Option<TextEncoding>,
}

impl Beside<'_> {
    /// The text of a source: of its name, or else of the file's.
    fn text(&self, source: Option<&str>) -> Result<String, Reason> {
        let named = source.and_then(|source| {
            let path = source.split(['?', '#']).next().unwrap_or(source);
            let name = path.rsplit('/').next().unwrap_or(path);
            (name.contains('.') && !name.starts_with('.')).then(|| name.to_owned())
        });
        let own = format!("{}.txt", self.stem);
        for name in named.into_iter().chain([own]) {
            // Only a text can be what positions count.
            if !name.to_ascii_lowercase().ends_with(".txt") {
                continue;
            }
            let beside = Source {
                name: String::new(),
                input: Box::new(std::io::empty()),
                folder: self.folder,
            };
            let bytes = beside.companion(&name, MAX_TEXT).map_err(|it| *it.reason)?;
            if let Some(bytes) = bytes {
                return Ok(text::decode(&bytes, self.encoding)?.text);
            }
        }
        Err(Reason::Missing(
            "text, neither in the file nor in a text file of its name beside it",
        ))
    }
}
