//! What a row of a table says.

use std::collections::{HashMap, HashSet};

use csv::ByteRecord;
use serde_json::{Map, Value};

use crate::{
    annotation::{Annotator, Fragments, LabelId, SpanData},
    interchange::{
        LayerRecord, Offsets, Reason, SOURCE_ID, SpanError, SpanRecord,
        json::{metadata, text_of},
    },
    text,
};

use super::columns::{Column, Header};

/// A row of a file with these columns.
#[derive(Clone, Copy)]
pub(super) struct Row<'a> {
    header: &'a Header,
    fields: &'a ByteRecord,
}

impl<'a> Row<'a> {
    pub(super) fn new(header: &'a Header, fields: &'a ByteRecord) -> Self {
        Self { header, fields }
    }

    /// Whether it has as many fields as there are columns.
    pub(super) fn check(self) -> Result<(), Reason> {
        let (found, wanted) = (self.fields.len(), self.header.len);
        if found == wanted {
            return Ok(());
        }
        let said = format!("the row has {found} fields, and there are {wanted} columns");
        Err(Reason::Malformed(said))
    }

    /// The bytes in a column; none where it is missing.
    pub(super) fn bytes(self, column: Column) -> &'a [u8] {
        let place = self.header.place(column);
        place
            .and_then(|place| self.fields.get(place))
            .unwrap_or_default()
    }

    /// The text in a column; empty where it is missing.
    pub(super) fn text(self, column: Column) -> Result<&'a str, Reason> {
        text_of_bytes(self.bytes(column))
    }

    /// Whether it is of the document that began with `first`.
    pub(super) fn continues(self, first: Row<'_>) -> bool {
        let same = |column| self.bytes(column) == first.bytes(column);
        let empty = |column| self.bytes(column).is_empty();
        if self.header.has(Column::Document) {
            return same(Column::Document) || (empty(Column::Document) && empty(Column::Text));
        }
        if self.header.texts_only {
            return false;
        }
        let id = same(Column::Id) || empty(Column::Id);
        id && (same(Column::Text) || empty(Column::Text))
    }

    /// Whose its span is.
    pub(super) fn annotator(self, nobody: &Annotator) -> Result<Annotator, Reason> {
        let name = self.text(Column::Annotator)?;
        if name.trim().is_empty() {
            return Ok(nobody.clone());
        }
        Annotator::new(name)
            .map_err(|error| Reason::Malformed(format!("the annotator {name:?}: {error}")))
    }

    /// What it says of its document besides text and title.
    pub(super) fn metadata(self) -> Result<Vec<(String, String)>, Reason> {
        let mut found = Vec::new();
        let id = self.text(Column::Id)?;
        let document = self.text(Column::Document)?;
        // In our own tables that is a number without a meaning.
        let named = !self.header.has(Column::Id) && document.parse::<u64>().is_err();
        let id = if named { document } else { id };
        if !id.is_empty() {
            found.push((SOURCE_ID.to_owned(), id.to_owned()));
        }
        let beside = self.text(Column::Metadata)?;
        match object(beside) {
            Some(fields) => found.extend(metadata(fields)),
            None if beside.is_empty() => {}
            None => found.push((Column::Metadata.name().to_owned(), beside.to_owned())),
        }
        if !self.has_span() {
            found.extend(self.others()?);
        }
        Ok(found)
    }

    fn has_span(self) -> bool {
        let columns = [Column::Label, Column::Start, Column::End];
        columns
            .into_iter()
            .any(|column| !self.bytes(column).trim_ascii().is_empty())
    }

    /// What stands in columns that mean nothing here and have a name.
    fn others(self) -> Result<Vec<(String, String)>, Reason> {
        let mut found = Vec::new();
        for (place, name) in &self.header.others {
            let value = text_of_bytes(self.fields.get(*place).unwrap_or_default())?;
            if !value.is_empty() && !name.is_empty() {
                found.push((name.clone(), value.to_owned()));
            }
        }
        Ok(found)
    }

    /// Its span, if it has one.
    pub(super) fn span(
        self,
        offsets: &Offsets<'_>,
        id: String,
    ) -> Result<Option<SpanRecord>, Reason> {
        if !self.has_span() {
            return Ok(None);
        }
        let name = self.text(Column::Label)?;
        let range = [
            position(self.text(Column::Start)?),
            position(self.text(Column::End)?),
        ];
        let ranges = self.text(Column::Fragments)?;
        let quote = self.text(Column::Quote)?;
        let checked = || -> Result<SpanData, SpanError> {
            let fragments = fragments(offsets, range, ranges)?;
            check_quote(offsets, &fragments, quote)?;
            Ok(SpanData::new(LabelId::new(name)?, fragments))
        };
        let mut data = match checked() {
            Ok(data) => data,
            Err(error) => return Err(Reason::Span { span: id, error }),
        };
        self.text(Column::Note)?.clone_into(&mut data.note);
        let attributes = self.text(Column::Attributes)?;
        match object(attributes) {
            Some(fields) => {
                let texts = fields.into_iter();
                data.attributes
                    .extend(texts.filter_map(|(key, value)| Some((key, text_of(value)?))));
            }
            None if attributes.is_empty() => {}
            None => {
                let name = Column::Attributes.name().to_owned();
                data.attributes.insert(name, attributes.to_owned());
            }
        }
        for (name, value) in self.others()? {
            data.attributes.entry(name).or_insert(value);
        }
        Ok(Some(SpanRecord::new(id, data)))
    }
}

fn text_of_bytes(bytes: &[u8]) -> Result<&str, Reason> {
    std::str::from_utf8(bytes).map_err(|error| Reason::NotUtf8 {
        at: error.valid_up_to(),
    })
}

/// The object that a field holds.
fn object(field: &str) -> Option<Map<String, Value>> {
    let begins = field.trim_start().starts_with('{');
    begins.then(|| serde_json::from_str(field).ok()).flatten()
}

/// A position without what stands around it. pandas writes `3.0` where a column has gaps.
fn position(field: &str) -> &str {
    let field = field.trim();
    field.strip_suffix(".0").unwrap_or(field)
}

/// The fragments of a span from its edges and, where it has several, its ranges.
fn fragments(
    offsets: &Offsets<'_>,
    [start, end]: [&str; 2],
    ranges: &str,
) -> Result<Fragments, SpanError> {
    let mut pairs = ranges
        .split_whitespace()
        .map(|range| range.split_once('-').unwrap_or((range, "")));
    let whole = offsets.fragments([(start, end)])?;
    let found = offsets.fragments(pairs.clone().chain(
        // Without ranges of its own the span is the whole.
        pairs.clone().next().is_none().then_some((start, end)),
    ))?;
    if found.extent() == whole.extent() {
        return Ok(found);
    }
    let (first, last) = (pairs.clone().next(), pairs.next_back());
    Err(SpanError::Edges {
        edges: format!("{start} to {end}"),
        fragments: format!(
            "{} to {}",
            first.map_or("", |range| range.0),
            last.map_or("", |range| range.1)
        ),
    })
}

/// Whether the text beside a span is what stands in its range: if not, the file counts otherwise.
fn check_quote(offsets: &Offsets<'_>, fragments: &Fragments, quote: &str) -> Result<(), SpanError> {
    let quote = quote.trim();
    if quote.is_empty() {
        return Ok(());
    }
    let found = fragments.text(offsets.text());
    if found.trim() == quote {
        return Ok(());
    }
    Err(SpanError::Text {
        written: text::quote(quote, 60),
        found: text::quote(&found, 60),
    })
}

/// The layers of a document as its rows come.
#[derive(Default)]
pub(super) struct Layers {
    found: Vec<(LayerRecord, HashSet<(LabelId, Fragments)>)>,
    places: HashMap<Annotator, usize>,
    taken: usize,
}

impl Layers {
    /// The id of the next span: its number.
    pub(super) fn next_id(&self) -> String {
        (self.taken + 1).to_string()
    }

    /// Adds a span; an identical one is not added twice.
    pub(super) fn add(&mut self, annotator: Annotator, span: SpanRecord) {
        self.taken += 1;
        let place = *self
            .places
            .entry(annotator)
            .or_insert_with_key(|annotator| {
                let layer = LayerRecord::new(annotator.clone());
                self.found.push((layer, HashSet::new()));
                self.found.len() - 1
            });
        if let Some((layer, there)) = self.found.get_mut(place)
            && there.insert((span.data.label.clone(), span.data.fragments.clone()))
        {
            layer.spans.push(span);
        }
    }

    pub(super) fn into_records(self) -> Vec<LayerRecord> {
        self.found.into_iter().map(|(layer, _)| layer).collect()
    }
}
