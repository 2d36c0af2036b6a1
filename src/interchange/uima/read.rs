//! The document of a CAS: the text of its initial view, what is said of it, and its layer.

use std::{collections::BTreeMap, sync::Arc};

use crate::{
    annotation::Annotator,
    interchange::{
        CopyCounter, DatasetHead, DocumentRecord, Names, Problem, ReadOptions, Reader, Reason,
        SOURCE_ID, json::add,
    },
};

use super::{
    INITIAL_VIEW,
    cas::{Cas, Said, Structure, Value},
    left_out::short,
    own,
    spans::Found,
    types::Range,
};

/// The metadata key under which the names of further texts stand, whose annotations are not read.
const OTHER_VIEWS: &str = "other views";

/// The reader of a file that was understood.
pub(super) fn reader<'r>(cas: Cas, stem: String, options: ReadOptions) -> Box<dyn Reader + 'r> {
    Box::new(UimaReader {
        cas: Some(cas),
        names: options.names(),
        annotator: options.annotator,
        stem,
    })
}

struct UimaReader {
    /// The file, until it is taken.
    cas: Option<Cas>,
    names: Names,
    annotator: Annotator,
    stem: String,
}

impl Reader for UimaReader {
    fn head(&self) -> &DatasetHead {
        self.names.head()
    }

    fn next(&mut self, copies: &mut CopyCounter) -> Option<Result<DocumentRecord, Problem>> {
        let cas = self.cas.take()?;
        let record = self.record(&cas, copies);
        Some(record.map_err(|problem| problem.within(&*self.stem)))
    }
}

impl UimaReader {
    fn record(&mut self, cas: &Cas, copies: &mut CopyCounter) -> Result<DocumentRecord, Problem> {
        let view = View::of(cas)?;
        let about = About::of(cas, &view)?;
        let annotator = about.annotator().unwrap_or_else(|| self.annotator.clone());
        let found = Found::take(cas, &view, annotator)?;
        let text: Arc<str> = view.text.into();
        let title = about.title.map(str::to_owned);
        let mut record = DocumentRecord::found(text, title, &self.stem, copies);
        let id = about.id.filter(|id| about.person != Some(id));
        let id = id.map(|id| (SOURCE_ID.to_owned(), id.to_owned()));
        record.metadata.extend(id);
        for (key, value) in about.metadata.into_iter().chain(found.metadata) {
            add(&mut record.metadata, "uima", key, value);
        }
        if !view.others.is_empty() {
            let names = view.others.join(", ");
            add(&mut record.metadata, "uima", OTHER_VIEWS.to_owned(), names);
        }
        if !found.layer.spans.is_empty() {
            record.layers.push(found.layer);
        }
        self.names.adopt(&mut record);
        Ok(record)
    }
}

/// The text that is read.
pub(super) struct View<'c> {
    /// The id of its `SofA`.
    pub(super) sofa: Option<u64>,
    pub(super) text: &'c str,
    /// The names of the others.
    others: Vec<&'c str>,
}

impl<'c> View<'c> {
    /// The initial view, if it has a text, else the first one that has.
    fn of(cas: &'c Cas) -> Result<Self, Problem> {
        let sofas = || {
            cas.structures
                .iter()
                .filter(|it| &*it.kind == "uima.cas.Sofa")
        };
        let named = |sofa: &&Structure| sofa.text("sofaID") == Some(INITIAL_VIEW);
        let with_text = || sofas().filter(|sofa| sofa.text("sofaString").is_some());
        let chosen = with_text().find(named).or_else(|| with_text().next());
        let text = chosen.and_then(|sofa| Some((sofa, sofa.text("sofaString")?)));
        let Some((sofa, text)) = text else {
            return Err(Problem::of_file(Reason::Missing("SofA with a text")));
        };
        let others = sofas().filter(|other| !std::ptr::eq(*other, sofa));
        Ok(Self {
            sofa: sofa.id,
            text,
            others: others
                .map(|other| other.text("sofaID").unwrap_or("without a name"))
                .collect(),
        })
    }

    /// Whether a structure is not of another view.
    pub(super) fn has(&self, cas: &Cas, structure: &Structure) -> bool {
        let sofa = match structure.text("sofa") {
            Some(id) => id.parse().ok(),
            None => cas.to(structure, "sofa"),
        };
        sofa.is_none() || sofa == self.sofa
    }
}

/// What is said of the document as a whole.
#[derive(Default)]
struct About<'c> {
    title: Option<&'c str>,
    id: Option<&'c str>,
    /// Who made the annotations.
    person: Option<&'c str>,
    metadata: BTreeMap<String, String>,
}

impl<'c> About<'c> {
    fn of(cas: &'c Cas, view: &View<'_>) -> Result<Self, Problem> {
        let mut about = Self::default();
        let mut structures = cas.structures.iter();
        while let Some(structure) = structures.find(|it| view.has(cas, it)) {
            let of_document = |kind| kind == "uima.tcas.DocumentAnnotation";
            if &*structure.kind == own::DOCUMENT {
                // There is one; were there many, they could share what they say.
                if about.title.is_none() {
                    let said = about.ours(cas, structure);
                    said.map_err(|reason| structure.problem(reason))?;
                }
            } else if short(&structure.kind) == "CASMetadata" {
                about.person = structure.text("username");
            } else if short(&structure.kind) == "DocumentMetaData"
                || cas.types.lineage(&structure.kind).any(of_document)
            {
                about.of_others(cas, structure);
            }
        }
        Ok(about)
    }

    fn annotator(&self) -> Option<Annotator> {
        Annotator::new(self.person?).ok()
    }

    fn ours(&mut self, cas: &'c Cas, structure: &'c Structure) -> Result<(), Reason> {
        self.title = structure.text("title");
        self.id = structure.text("id");
        if let Some(Said::To(ids)) = cas.said(structure, "metadata")? {
            for pair in ids.iter().filter_map(|id| cas.get(*id)) {
                if let Some(name) = pair.text("name") {
                    let value = pair.text("value").unwrap_or_default();
                    self.metadata.insert(name.to_owned(), value.to_owned());
                }
            }
        }
        Ok(())
    }

    /// The metadata of `DKPro`, or of another type of this kind.
    fn of_others(&mut self, cas: &'c Cas, structure: &'c Structure) {
        for (name, value) in &structure.features {
            let Value::Text(text) = value else { continue };
            if cas.types.range(&structure.kind, name) == Some(Range::References) {
                continue;
            }
            match &**name {
                "documentTitle" => self.title = Some(text),
                "documentId" => self.id = Some(text),
                "sofa" | "begin" | "end" | "isLastSegment" => {}
                "language" if text == "x-unspecified" => {}
                _ => {
                    self.metadata.insert((**name).to_owned(), text.to_owned());
                }
            }
        }
    }
}
