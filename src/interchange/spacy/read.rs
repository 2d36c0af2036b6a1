//! Reads `DocBin`s, those of spaCy too: a group of spans that names no annotator is the layer of
//! one who is called as the group is, except `sc`, which is spaCy's own default. That one, and
//! entities that no group holds, go to the layer that names nobody.

use std::{
    collections::{BTreeMap, HashMap},
    io::BufReader,
};

use flate2::bufread::ZlibDecoder;

use super::{
    ANNOTATOR, METADATA, ONE_GROUP, STATUS, TITLE,
    unpack::{Bin, Entity, Unpacked},
    value::{Budget, Value},
};
use crate::{
    annotation::{Annotator, Fragments, LabelId, QuickHash, SpanData},
    interchange::{
        CopyCounter, DatasetHead, DocumentRecord, LayerRecord, MAX_TEXT, Names, Problem,
        ReadOptions, Reader, Reason, SOURCE_ID, Source, SpanError, SpanRecord,
        json::{id_of, text_of},
        parquet::STATUSES,
    },
    text::ByteRange,
};

/// How many bytes of text all documents may have: a word that is stored once may stand in a file
/// millions of times.
const MAX_TEXTS: usize = 2 << 30;
/// How much memory what a document says besides its tokens may take.
const MAX_DATA: usize = 256 << 20;

/// Opens a file.
pub(in crate::interchange) fn read<'r>(
    source: Source<'r>,
    options: ReadOptions,
) -> Result<Box<dyn Reader + 'r>, Problem> {
    let stem = source.stem().to_owned();
    let unpacked = Unpacked(ZlibDecoder::new(source.input));
    let bin = Bin::read(BufReader::with_capacity(1 << 16, unpacked)).map_err(|error| {
        Problem::of_file(Reason::NotThis {
            expected: "a whole DocBin of spaCy",
            found: error.to_string(),
        })
    })?;
    Ok(Box::new(BinReader {
        bin,
        stem,
        names: options.names(),
        options,
        number: 0,
        first: 0,
        entity: 0,
        texts: 0,
    }))
}

struct BinReader {
    bin: Bin,
    stem: String,
    names: Names,
    options: ReadOptions,
    /// How many documents were read.
    number: usize,
    /// The first token of the next one.
    first: usize,
    /// The first entity that does not end before it.
    entity: usize,
    /// How many bytes of text were read.
    texts: usize,
}

impl Reader for BinReader {
    fn head(&self) -> &DatasetHead {
        self.names.head()
    }

    fn next(&mut self, copies: &mut CopyCounter) -> Option<Result<DocumentRecord, Problem>> {
        let count = *self.bin.lengths.get(self.number)?;
        let behind = self.first + count;
        let entities = self.bin.entities.get(self.entity..).unwrap_or_default();
        let inside = entities
            .iter()
            .take_while(|entity| entity.first < behind)
            .count();
        let place = Place {
            bin: &self.bin,
            options: &self.options,
            number: self.number,
            first: self.first,
            behind,
            entities: entities.get(..inside).unwrap_or_default(),
        };
        let record = place.record(&self.stem, MAX_TEXTS.saturating_sub(self.texts), copies);
        // One that goes on in the next document is met again.
        let ended = place
            .entities
            .iter()
            .filter(|entity| entity.behind <= behind)
            .count();
        self.entity += ended;
        self.first = behind;
        self.number += 1;
        Some(match record {
            Ok(mut record) => {
                self.texts += record.text.len();
                self.names.adopt(&mut record);
                Ok(record)
            }
            Err(reason) => Err(Problem::of_file(reason).within(format!("number {}", self.number))),
        })
    }
}

/// A document in the columns of a file.
struct Place<'a> {
    bin: &'a Bin,
    options: &'a ReadOptions,
    number: usize,
    first: usize,
    behind: usize,
    entities: &'a [Entity],
}

/// A span as a group or the tokens have it.
struct Found {
    first: i64,
    behind: i64,
    label: u64,
    kb_id: u64,
    id: u64,
}

/// A document's text and where its tokens stand.
struct Tokenized {
    text: String,
    tokens: Vec<(usize, usize)>,
}

impl Place<'_> {
    fn record(
        &self,
        stem: &str,
        limit: usize,
        copies: &mut CopyCounter,
    ) -> Result<DocumentRecord, Reason> {
        let tokenized = self.tokenized(limit)?;
        let budget = &mut Budget(MAX_DATA);
        let layers = self.layers(&tokenized, budget)?;
        let (title, metadata) = self.user_data(budget)?;
        let mut record = DocumentRecord::found(tokenized.text, title, stem, copies);
        record.metadata = metadata;
        record.layers = layers;
        Ok(record)
    }

    fn tokenized(&self, limit: usize) -> Result<Tokenized, Reason> {
        let words = self
            .bin
            .words
            .get(self.first..self.behind)
            .unwrap_or_default();
        let spaces = self
            .bin
            .spaces
            .get(self.first..self.behind)
            .unwrap_or_default();
        let flags = self.bin.flags.get(self.number);
        // spaCy then puts a space behind each.
        let unknown = flags.and_then(|flags| flags.get("has_unknown_spaces"));
        let unknown = unknown == Some(&Value::Bool(true));
        let (limit, mut text) = (limit.min(MAX_TEXT), String::new());
        let mut tokens = Vec::with_capacity(words.len());
        for (number, (word, space)) in (1..).zip(words.iter().zip(spaces)) {
            let word = self.bin.strings.get(word).ok_or_else(|| {
                Reason::Malformed(format!("the text of token {number} is not in `strings`"))
            })?;
            if text.len() + word.len() >= limit {
                return Err(Reason::TooLarge {
                    what: "the text",
                    limit,
                });
            }
            let start = text.len();
            text.push_str(word);
            tokens.push((start, text.len()));
            if unknown || *space != 0 {
                text.push(' ');
            }
        }
        Ok(Tokenized { text, tokens })
    }

    fn layers(
        &self,
        tokenized: &Tokenized,
        budget: &mut Budget,
    ) -> Result<Vec<LayerRecord>, Reason> {
        let mut layers = Layers {
            place: self,
            tokenized,
            records: Vec::new(),
            places: BTreeMap::new(),
            count: 0,
        };
        let packed = self.bin.groups.get(self.number).and_then(Value::bytes);
        let packed = packed.filter(|packed| !packed.is_empty());
        match packed.map(|packed| value_of(packed, budget)).transpose()? {
            Some(Value::Map(pairs)) => {
                for (group, keys) in pairs {
                    let group = value_of(group.bytes().unwrap_or_default(), budget)?;
                    for key in keys.list() {
                        budget.take(group.get("spans").map_or(0, |it| it.list().len()) * 128)?;
                        layers.group(&group, key.text())?;
                    }
                }
            }
            // As spaCy 3.0 wrote it: groups that say their own names.
            Some(Value::List(groups)) => {
                for group in groups {
                    let group = value_of(group.bytes().unwrap_or_default(), budget)?;
                    let name = group.get("name").and_then(Value::text);
                    layers.group(&group, name)?;
                }
            }
            _ => {}
        }
        layers.entities(self.entities)?;
        Ok(layers.records)
    }

    /// A document's title and metadata: what its data says, and its categories.
    fn user_data(
        &self,
        budget: &mut Budget,
    ) -> Result<(Option<String>, BTreeMap<String, String>), Reason> {
        let (mut title, mut metadata) = (None, BTreeMap::new());
        let cats = self.bin.cats.get(self.number);
        if let Some(text) = cats.and_then(|cats| text_of(cats.json())) {
            metadata.insert("cats".to_owned(), text);
        }
        let packed = self.bin.user_data.get(self.number).and_then(Value::bytes);
        let Some(packed) = packed.filter(|packed| !packed.is_empty()) else {
            return Ok((title, metadata));
        };
        for (name, value) in value_of(packed, budget)?.pairs() {
            match (name_of(name), value.text()) {
                (Some(TITLE), Some(text)) => title = Some(text.to_owned()),
                (Some(METADATA), None) if matches!(value, Value::Map(_)) => {
                    for (name, value) in value.pairs() {
                        let text = text_of(value.json());
                        metadata.extend(name.text().map(str::to_owned).zip(text));
                    }
                }
                (Some(SOURCE_ID), _) => {
                    let id = id_of(&value.json());
                    metadata.extend(id.map(|id| (SOURCE_ID.to_owned(), id)));
                }
                (Some(name), _) => {
                    let text = text_of(value.json());
                    metadata.extend(text.map(|text| (name.to_owned(), text)));
                }
                (None, _) => {}
            }
        }
        Ok((title, metadata))
    }
}

/// The layers of a document while they grow.
struct Layers<'a> {
    place: &'a Place<'a>,
    tokenized: &'a Tokenized,
    records: Vec<LayerRecord>,
    /// Where the layers of annotators are.
    places: BTreeMap<Annotator, usize>,
    /// How many spans there are.
    count: usize,
}

impl Layers<'_> {
    fn group(&mut self, group: &Value, key: Option<&str>) -> Result<(), Reason> {
        let attrs = group.get("attrs");
        let said = |name| attrs.and_then(|attrs| attrs.get(name)?.text());
        let key = key.filter(|key| *key != ONE_GROUP);
        let at = self.layer(said(ANNOTATOR).or(key))?;
        let status = STATUSES
            .iter()
            .find(|(_, name)| Some(*name) == said(STATUS));
        if let (Some(layer), Some((status, _))) = (self.records.get_mut(at), status) {
            layer.status = *status;
        }
        let spans = group.get("spans").map_or(&[][..], Value::list);
        for span in spans {
            let found = span.bytes().and_then(Found::unpacked);
            let found = found.ok_or_else(|| {
                Reason::Malformed(format!("span {} is no packed span", self.count + 1))
            })?;
            // Spans of a group whose name says all have no labels.
            let data = self.data(&found, key.unwrap_or_default())?;
            self.add(at, data);
        }
        Ok(())
    }

    /// Adds the entities that are in no group; what they say besides goes to the span of a group
    /// that is the same.
    fn entities(&mut self, entities: &[Entity]) -> Result<(), Reason> {
        let (start, end) = (self.place.first, self.place.behind);
        let mut known: HashMap<_, _, QuickHash> = HashMap::default();
        for (layer, record) in self.records.iter().enumerate() {
            for (at, span) in record.spans.iter().enumerate() {
                let (label, extent) = (span.data.label.clone(), span.data.fragments.extent());
                known.entry((label, extent)).or_insert((layer, at));
            }
        }
        for entity in entities {
            let at = |token: usize| {
                (token.clamp(start, end) - start)
                    .try_into()
                    .unwrap_or(i64::MAX)
            };
            let found = Found {
                first: at(entity.first),
                behind: at(entity.behind),
                label: entity.label,
                kb_id: entity.kb_id,
                id: entity.id,
            };
            let data = self.data(&found, "")?;
            let key = (data.label.clone(), data.fragments.extent());
            let Some((layer, at)) = known.get(&key) else {
                let at = self.layer(None)?;
                self.add(at, data);
                continue;
            };
            let layer = self.records.get_mut(*layer);
            if let Some(span) = layer.and_then(|layer| layer.spans.get_mut(*at)) {
                for (name, value) in data.attributes {
                    span.data.attributes.entry(name).or_insert(value);
                }
            }
        }
        Ok(())
    }

    fn add(&mut self, layer: usize, data: SpanData) {
        if let Some(layer) = self.records.get_mut(layer) {
            layer
                .spans
                .push(SpanRecord::new(self.count.to_string(), data));
            self.count += 1;
        }
    }

    fn data(&self, found: &Found, unlabelled: &str) -> Result<SpanData, Reason> {
        let wrong = |error: SpanError| Reason::Span {
            span: (self.count + 1).to_string(),
            error,
        };
        let strings = &self.place.bin.strings;
        let label = strings.get(&found.label).ok_or_else(|| {
            Reason::Malformed(format!(
                "the label of span {} is not in `strings`",
                self.count + 1
            ))
        })?;
        let label = if label.is_empty() { unlabelled } else { label };
        let label = LabelId::new(label).map_err(|error| wrong(error.into()))?;
        let range = self.range(found).map_err(wrong)?;
        let fragments = Fragments::checked(&self.tokenized.text, [range]);
        let mut data = SpanData::new(label, fragments.map_err(|error| wrong(error.into()))?);
        for (name, number) in [("kb_id", found.kb_id), ("id", found.id)] {
            if number != 0 {
                let text = strings.get(&number).cloned();
                let text = text.unwrap_or_else(|| number.to_string());
                data.attributes.insert(name.to_owned(), text);
            }
        }
        Ok(data)
    }

    /// The range of the tokens of a span.
    fn range(&self, found: &Found) -> Result<ByteRange, SpanError> {
        let tokens = &self.tokenized.tokens;
        let place = |at: i64| tokens.get(usize::try_from(at).ok()?);
        let first = place(found.first);
        let last = place(found.behind.saturating_sub(1));
        first
            .zip(last)
            .filter(|_| found.first < found.behind)
            .and_then(|(first, last)| ByteRange::new(&self.tokenized.text, first.0, last.1).ok())
            .ok_or_else(|| SpanError::Range {
                start: found.first.to_string(),
                end: found.behind.to_string(),
                len: tokens.len(),
                unit: "tokens",
            })
    }

    /// The place of the layer of an annotator, a new one where there is none.
    fn layer(&mut self, name: Option<&str>) -> Result<usize, Reason> {
        let name = name.filter(|name| !name.trim().is_empty());
        let annotator = match name {
            None => self.place.options.annotator.clone(),
            Some(name) => Annotator::new(name)
                .map_err(|error| Reason::Malformed(format!("an annotator's name: {error}")))?,
        };
        if let Some(at) = self.places.get(&annotator) {
            return Ok(*at);
        }
        let at = self.records.len();
        self.places.insert(annotator.clone(), at);
        self.records.push(LayerRecord::new(annotator));
        Ok(at)
    }
}

impl Found {
    /// A span of a group: numbers, the most significant byte first. Before spaCy 3.3 there was no
    /// id before them.
    fn unpacked(bytes: &[u8]) -> Option<Self> {
        let (id, rest) = match bytes.len() {
            40 => bytes.split_first_chunk::<8>()?,
            32 => (&[0; 8], bytes),
            _ => return None,
        };
        let (kb_id, rest) = rest.split_first_chunk::<8>()?;
        let (label, rest) = rest.split_first_chunk::<8>()?;
        let (first, rest) = rest.split_first_chunk::<4>()?;
        let (behind, _) = rest.split_first_chunk::<4>()?;
        Some(Self {
            first: i32::from_be_bytes(*first).into(),
            behind: i32::from_be_bytes(*behind).into(),
            label: u64::from_be_bytes(*label),
            kb_id: u64::from_be_bytes(*kb_id),
            id: u64::from_be_bytes(*id),
        })
    }
}

/// What a key of a document's data is called: a text, or the name of one of spaCy's custom
/// attributes of the whole document.
fn name_of(key: &Value) -> Option<&str> {
    match key.list() {
        [mark, name, Value::Nil, Value::Nil, ..] if mark.text() == Some("._.") => name.text(),
        _ => key.text(),
    }
}

fn value_of(packed: &[u8], budget: &mut Budget) -> Result<Value, Reason> {
    Value::of(packed, budget).map_err(|error| Reason::Malformed(format!("its data: {error}")))
}
