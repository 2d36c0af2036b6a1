//! A row of a Parquet file as a document.

use std::collections::BTreeMap;

use arrow_array::{Array, RecordBatch};

use super::{
    STATUSES,
    columns::{Numbers, Records, Texts, value},
    read::About,
};
use crate::{
    annotation::{Annotator, Attributes, LabelId, SpanData},
    interchange::{
        CopyCounter, DocumentRecord, LayerRecord, MAX_TEXT, Offsets, Reason, RelationRecord,
        SOURCE_ID, SpanError, SpanRecord,
        json::{id_of, text_of},
        token_rows::{self, TAGS, TOKENS},
    },
};

/// The columns of spans, ours and one that others use.
const SPANS: [&str; 2] = ["spans", "entities"];

pub(super) struct Row<'a> {
    batch: &'a RecordBatch,
    number: usize,
    about: &'a About<'a>,
}

/// The columns of the records of spans.
struct SpanColumns<'a> {
    records: Records<'a>,
    starts: Numbers<'a>,
    ends: Numbers<'a>,
    labels: Texts<'a>,
    annotators: Option<Texts<'a>>,
    notes: Option<Texts<'a>>,
    fragments: Option<(Records<'a>, Numbers<'a>, Numbers<'a>)>,
    attributes: Option<Pairs<'a>>,
}

/// A column of lists of names with values.
struct Pairs<'a> {
    records: Records<'a>,
    names: Texts<'a>,
    values: Texts<'a>,
}

impl<'a> Pairs<'a> {
    fn of(array: &'a dyn Array) -> Option<Self> {
        let records = Records::of(array)?;
        let names = records.field("name").and_then(Texts::of)?;
        let values = records.field("value").and_then(Texts::of)?;
        Some(Self {
            records,
            names,
            values,
        })
    }

    fn of_row(&self, row: usize) -> BTreeMap<String, String> {
        let pair = |at| {
            Some((
                self.names.get(at)?.to_owned(),
                self.values.get(at)?.to_owned(),
            ))
        };
        self.records.of_row(row).filter_map(pair).collect()
    }
}

impl<'a> SpanColumns<'a> {
    fn of(array: &'a dyn Array, classes: &'a [String]) -> Option<Self> {
        let records = Records::of(array)?;
        let texts = |name| records.field(name).and_then(Texts::of);
        let label = records.field("label").or_else(|| records.field("type"))?;
        let fragments = records.field("fragments").and_then(|array| {
            let records = Records::of(array)?;
            let starts = records.field("start").and_then(Numbers::of)?;
            let ends = records.field("end").and_then(Numbers::of)?;
            Some((records, starts, ends))
        });
        Some(Self {
            starts: records.field("start").and_then(Numbers::of)?,
            ends: records.field("end").and_then(Numbers::of)?,
            labels: Texts::of_classes(label, classes)?,
            annotators: texts("annotator"),
            notes: texts("note"),
            fragments,
            attributes: records.field("attributes").and_then(Pairs::of),
            records,
        })
    }

    fn data(&self, at: usize, offsets: &Offsets<'_>) -> Result<SpanData, SpanError> {
        let label = LabelId::new(self.labels.get(at).unwrap_or_default())?;
        let pieces = self.fragments.as_ref().map(|(records, starts, ends)| {
            let pair = |at| (starts.get(at).unwrap_or(-1), ends.get(at).unwrap_or(-1));
            records.of_row(at).map(pair).collect::<Vec<(i64, i64)>>()
        });
        let fragments = if let Some(pieces) = pieces.filter(|pieces| !pieces.is_empty()) {
            offsets.fragments(pieces)?
        } else {
            let number = |numbers: &Numbers<'_>| numbers.get(at).unwrap_or(-1);
            offsets.fragments([(number(&self.starts), number(&self.ends))])?
        };
        let mut data = SpanData::new(label, fragments);
        if let Some(attributes) = &self.attributes {
            data.attributes = Attributes::from(attributes.of_row(at));
        }
        let note = self.notes.as_ref().and_then(|notes| notes.get(at));
        note.unwrap_or_default().clone_into(&mut data.note);
        Ok(data)
    }
}

impl<'a> Row<'a> {
    pub(super) fn new(batch: &'a RecordBatch, number: usize, about: &'a About<'a>) -> Self {
        Self {
            batch,
            number,
            about,
        }
    }

    pub(super) fn record(&self, copies: &mut CopyCounter) -> Result<DocumentRecord, Reason> {
        let texts = |name| self.column(name).and_then(Texts::of);
        if self.has_tokens() {
            return self.tokens(copies);
        }
        let text = texts("text").and_then(|texts| texts.get(self.number));
        let text = text.ok_or(Reason::Missing("`text`"))?;
        if text.len() > MAX_TEXT {
            return Err(Reason::TooLarge {
                what: "the text",
                limit: MAX_TEXT,
            });
        }
        let layers = self.layers(text)?;
        let title = texts("title").and_then(|texts| texts.get(self.number));
        let title = title.map(str::to_owned);
        let mut record = DocumentRecord::found(text, title, &self.about.stem, copies);
        record.metadata = self.metadata();
        record.layers = layers;
        Ok(record)
    }

    /// Whether the file has tokens and no texts.
    fn has_tokens(&self) -> bool {
        self.column("text").is_none() && self.column(TOKENS).is_some()
    }

    /// The document of a row of tokens.
    fn tokens(&self, copies: &mut CopyCounter) -> Result<DocumentRecord, Reason> {
        let value = |name| Some(value(self.column(name)?, self.number, 0));
        let (tokens, tags) = (value(TOKENS).unwrap_or_default(), value(TAGS));
        let unnamed = &self.about.options.annotator;
        let (text, layer) = token_rows::read(&tokens, tags.as_ref(), &self.about.tags, unnamed)?;
        let mut record = DocumentRecord::found(text, None, &self.about.stem, copies);
        record.metadata = self.metadata();
        record.layers.extend(layer);
        Ok(record)
    }

    fn column(&self, name: &str) -> Option<&'a dyn Array> {
        self.batch.column_by_name(name).map(|column| &**column)
    }

    fn layers(&self, text: &str) -> Result<Vec<LayerRecord>, Reason> {
        let mut layers = self.statuses()?;
        let columns = SPANS
            .into_iter()
            .find_map(|name| SpanColumns::of(self.column(name)?, &self.about.classes));
        let Some(columns) = columns else {
            return Ok(layers);
        };
        let places = columns.records.of_row(self.number);
        if places.is_empty() {
            return Ok(layers);
        }
        let offsets = Offsets::new(text, self.about.unit);
        let mut layer_of = Vec::with_capacity(places.len());
        for (number, at) in places.enumerate() {
            let annotator = columns.annotators.as_ref().and_then(|names| names.get(at));
            let place = self.layer(&mut layers, annotator)?;
            layer_of.push(place);
            let data = columns.data(at, &offsets).map_err(|error| Reason::Span {
                span: (number + 1).to_string(),
                error,
            })?;
            if let Some(layer) = layers.get_mut(place) {
                layer.spans.push(SpanRecord::new(number.to_string(), data));
            }
        }
        self.relations(&layer_of, &mut layers)?;
        Ok(layers)
    }

    /// The layers that are named with their status.
    fn statuses(&self) -> Result<Vec<LayerRecord>, Reason> {
        let mut layers = Vec::new();
        let Some(records) = self.column("layers").and_then(Records::of) else {
            return Ok(layers);
        };
        let texts = |name| records.field(name).and_then(Texts::of);
        let (annotators, statuses) = (texts("annotator"), texts("status"));
        for at in records.of_row(self.number) {
            let place = self.layer(&mut layers, annotators.as_ref().and_then(|it| it.get(at)))?;
            let said = statuses.as_ref().and_then(|it| it.get(at));
            let status = STATUSES.iter().find(|(_, name)| Some(*name) == said);
            if let (Some(layer), Some((status, _))) = (layers.get_mut(place), status) {
                layer.status = *status;
            }
        }
        Ok(layers)
    }

    /// The place of the layer of an annotator, a new one where there is none.
    fn layer(&self, layers: &mut Vec<LayerRecord>, name: Option<&str>) -> Result<usize, Reason> {
        let unnamed = self.about.options.annotator.as_str();
        let name = name.filter(|name| !name.is_empty()).unwrap_or(unnamed);
        let known = layers.iter().position(|it| it.annotator.as_str() == name);
        if let Some(place) = known {
            return Ok(place);
        }
        let annotator = Annotator::new(name)
            .map_err(|error| Reason::Malformed(format!("an annotator's name: {error}")))?;
        if let Some(place) = layers.iter().position(|it| it.annotator == annotator) {
            return Ok(place);
        }
        layers.push(LayerRecord::new(annotator));
        Ok(layers.len() - 1)
    }

    /// Relations name the spans by their places in the list.
    fn relations(&self, layer_of: &[usize], layers: &mut [LayerRecord]) -> Result<(), Reason> {
        let Some(records) = self.column("relations").and_then(Records::of) else {
            return Ok(());
        };
        let numbers = |name| records.field(name).and_then(Numbers::of);
        let kinds = records.field("type").and_then(Texts::of);
        let (Some(kinds), Some(from), Some(to)) = (kinds, numbers("from"), numbers("to")) else {
            return Ok(());
        };
        for (number, at) in records.of_row(self.number).enumerate() {
            let end = |numbers: &Numbers<'_>| -> Result<(usize, usize), Reason> {
                let said = numbers.get(at);
                let place = said.and_then(|place| usize::try_from(place).ok());
                let layer = place.and_then(|place| Some((place, *layer_of.get(place)?)));
                layer.ok_or_else(|| Reason::RelationEnd {
                    relation: (number + 1).to_string(),
                    span: said.map_or_else(|| "null".to_owned(), |place| place.to_string()),
                })
            };
            let ((from, layer), (to, other)) = (end(&from)?, end(&to)?);
            if layer != other {
                let what = format!("relation {} leads to another annotator", number + 1);
                return Err(Reason::Malformed(what));
            }
            if let Some(layer) = layers.get_mut(layer) {
                layer.relations.push(RelationRecord {
                    id: number.to_string(),
                    kind: kinds.get(at).unwrap_or_default().to_owned(),
                    from: from.to_string(),
                    to: to.to_string(),
                });
            }
        }
        Ok(())
    }

    /// What the file says besides: our own list, and columns that mean nothing here.
    fn metadata(&self) -> BTreeMap<String, String> {
        let mut metadata = BTreeMap::new();
        for (field, column) in self
            .batch
            .schema()
            .fields()
            .iter()
            .zip(self.batch.columns())
        {
            let name = field.name().as_str();
            let meant = match name {
                "text" | "title" => Texts::of(column).is_some(),
                TOKENS | TAGS => self.has_tokens(),
                "layers" | "relations" => Records::of(column).is_some(),
                "spans" | "entities" => SpanColumns::of(column, &self.about.classes).is_some(),
                // The index that pandas adds.
                _ => name.starts_with("__index_level_"),
            };
            if meant {
                continue;
            }
            if name == "metadata"
                && let Some(pairs) = Pairs::of(column)
            {
                metadata.extend(pairs.of_row(self.number));
                continue;
            }
            let value = value(column, self.number, 0);
            if name == SOURCE_ID {
                metadata.extend(id_of(&value).map(|id| (name.to_owned(), id)));
            } else {
                metadata.extend(text_of(value).map(|text| (name.to_owned(), text)));
            }
        }
        metadata
    }
}
