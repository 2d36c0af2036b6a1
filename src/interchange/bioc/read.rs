//! Reads `BioC`. What is held against the text, and how, is the same for XML and JSON.

use crate::{
    annotation::Annotator,
    interchange::{
        CopyCounter, DatasetHead, DocumentRecord, Names, Problem, ReadOptions, Reader, Source,
    },
};

use super::{json::JsonDocuments, parse::Parsed, place::Units, raw::Raw, xml::XmlDocuments};

/// The documents of a file, one at a time.
pub(super) trait Documents {
    /// The next one, as the file has it; `None` at the end.
    fn next(&mut self) -> Option<Result<Raw, Problem>>;
}

/// Opens a file of XML.
pub(in crate::interchange) fn read_xml<'r>(
    source: Source<'r>,
    options: ReadOptions,
) -> Result<Box<dyn Reader + 'r>, Problem> {
    let stem = source.stem().to_owned();
    let documents = XmlDocuments::open(source.input)?;
    Ok(Box::new(BiocReader::new(documents, stem, options)))
}

/// Opens a file of JSON.
pub(in crate::interchange) fn read_json<'r>(
    source: Source<'r>,
    options: ReadOptions,
) -> Result<Box<dyn Reader + 'r>, Problem> {
    let stem = source.stem().to_owned();
    let documents = JsonDocuments::open(source.input)?;
    Ok(Box::new(BiocReader::new(documents, stem, options)))
}

struct BiocReader<D> {
    documents: D,
    names: Names,
    units: Units,
    annotator: Annotator,
    /// The title of a document without a line that could be one.
    stem: String,
    line: Option<u64>,
}

impl<D: Documents> BiocReader<D> {
    fn new(documents: D, stem: String, options: ReadOptions) -> Self {
        Self {
            documents,
            names: options.names(),
            units: Units::new(options.unit),
            annotator: options.annotator,
            stem,
            line: None,
        }
    }
}

impl<D: Documents> Reader for BiocReader<D> {
    fn head(&self) -> &DatasetHead {
        self.names.head()
    }

    fn next(&mut self, copies: &mut CopyCounter) -> Option<Result<DocumentRecord, Problem>> {
        let raw = match self.documents.next()? {
            Ok(raw) => raw,
            Err(problem) => return Some(Err(problem)),
        };
        self.line = Some(raw.line);
        let parsed = match Parsed::of(&raw, &mut self.units, &self.annotator) {
            Ok(parsed) => parsed,
            Err((line, reason)) => {
                let problem = Problem::at(line, reason);
                return Some(Err(match raw.id.filter(|id| !id.trim().is_empty()) {
                    Some(id) => problem.within(crate::text::quote(&id, 60)),
                    None => problem,
                }));
            }
        };
        let mut record = DocumentRecord::found(parsed.text, parsed.title, &self.stem, copies);
        record.metadata = parsed.metadata;
        record.layers = parsed.layers;
        self.names.adopt(&mut record);
        Some(Ok(record))
    }

    fn line(&self) -> Option<u64> {
        self.line
    }
}
