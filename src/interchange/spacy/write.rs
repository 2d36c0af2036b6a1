//! Writes a `DocBin`. Its columns hold all documents, so they are gathered in a form that takes a
//! few bytes a token, and spread out while they are packed.

use std::{
    collections::HashMap,
    io::{self, Write},
    sync::Arc,
};

use flate2::{Compression, write::ZlibEncoder};
use rmp::encode::{self, ByteBuf, ValueWriteError};

use super::{ANNOTATOR, METADATA, ONE_GROUP, STATUS, TITLE, attribute, hash::number_of, iob};
use crate::{
    annotation::{LabelSet, QuickHash, Status},
    interchange::{
        DatasetHead, DocumentRecord, LayerRecord, Offsets, Output, Outputs, SOURCE_ID, Unit,
        WriteError, WriteOptions, Writer,
        cuts::{Cut, cuts_of, within},
        parquet::STATUSES,
    },
};

/// The version that spaCy writes.
const VERSION: &str = "0.1";
/// The columns of tokens.
const ATTRS: [u64; 3] = [attribute::ORTH, attribute::ENT_IOB, attribute::ENT_TYPE];
/// How many bytes of rows are handed on at once.
const CHUNK: usize = 1 << 16;

impl<E: encode::RmpWriteErr> From<ValueWriteError<E>> for WriteError {
    fn from(error: ValueWriteError<E>) -> Self {
        Self::Io(io::Error::other(error.to_string()))
    }
}

/// Begins a file.
pub(in crate::interchange) fn write<'w>(
    outputs: &'w mut dyn Outputs,
    head: &DatasetHead,
    options: &WriteOptions,
) -> Result<Box<dyn Writer + 'w>, WriteError> {
    Ok(Box::new(BinWriter {
        out: outputs.file()?,
        labels: head.labels.clone(),
        one: options.annotator.is_some(),
        strings: Strings::default(),
        words: Vec::new(),
        spaces: Vec::new(),
        entities: Vec::new(),
        documents: Vec::new(),
        groups: ByteBuf::new(),
        user_data: ByteBuf::new(),
    }))
}

struct BinWriter {
    out: Output,
    labels: LabelSet,
    /// Whether there is one annotator only.
    one: bool,
    strings: Strings,
    /// The places of the tokens' texts in the strings.
    words: Vec<u32>,
    /// Whether a space follows a token.
    spaces: Vec<u8>,
    entities: Vec<Entity>,
    documents: Vec<Document>,
    groups: ByteBuf,
    user_data: ByteBuf,
}

/// A run of tokens of the whole file that is an entity.
struct Entity {
    first: usize,
    behind: usize,
    label: u32,
}

struct Document {
    tokens: u32,
    /// Whether its entities are known.
    annotated: bool,
}

/// Each string once.
#[derive(Default)]
struct Strings {
    places: HashMap<Arc<str>, u32, QuickHash>,
    strings: Vec<(Arc<str>, u64)>,
}

impl Strings {
    fn place(&mut self, text: &str) -> Result<u32, WriteError> {
        if let Some(place) = self.places.get(text) {
            return Ok(*place);
        }
        let (place, text) = (length(self.strings.len())?, Arc::<str>::from(text));
        self.strings.push((Arc::clone(&text), number_of(&text)));
        self.places.insert(text, place);
        Ok(place)
    }

    fn number(&self, place: u32) -> u64 {
        self.strings
            .get(place as usize)
            .map_or(0, |(_, number)| *number)
    }
}

impl Writer for BinWriter {
    fn document(&mut self, record: &DocumentRecord) -> Result<(), WriteError> {
        let cuts = cuts_of(record);
        let first = self.words.len();
        for cut in &cuts {
            let text = cut.range.slice(&record.text);
            self.words.push(self.strings.place(text)?);
            self.spaces.push(cut.space.into());
        }
        let offsets = Offsets::new(&record.text, Unit::CodePoints);
        let mut groups = ByteBuf::new();
        if record.layers.is_empty() {
            encode::write_array_len(&mut groups, 0)?;
        } else {
            encode::write_map_len(&mut groups, length(record.layers.len())?)?;
        }
        for layer in &record.layers {
            let key = if self.one {
                ONE_GROUP
            } else {
                layer.annotator.as_str()
            };
            let group = self.group(layer, key, &cuts, &offsets)?;
            encode::write_bin(&mut groups, group.as_slice())?;
            encode::write_array_len(&mut groups, 1)?;
            encode::write_str(&mut groups, key)?;
        }
        encode::write_bin(&mut self.groups, groups.as_slice())?;
        let annotated = self.entities(record, &cuts, first)?;
        encode::write_bin(&mut self.user_data, user_data(record)?.as_slice())?;
        self.documents.push(Document {
            tokens: length(cuts.len())?,
            annotated,
        });
        Ok(())
    }

    fn finish(mut self: Box<Self>) -> Result<(), WriteError> {
        // A higher level takes several times as long, for little.
        let mut packed = ZlibEncoder::new(&mut self.out, Compression::fast());
        let count = length(self.documents.len())?;
        encode::write_map_len(&mut packed, 10)?;
        encode::write_str(&mut packed, "version")?;
        encode::write_str(&mut packed, VERSION)?;
        encode::write_str(&mut packed, "attrs")?;
        encode::write_array_len(&mut packed, length(ATTRS.len())?)?;
        for attr in ATTRS {
            encode::write_uint(&mut packed, attr)?;
        }
        encode::write_str(&mut packed, "tokens")?;
        encode::write_bin_len(&mut packed, length(self.words.len() * ATTRS.len() * 8)?)?;
        rows(
            &mut packed,
            &self.documents,
            &self.words,
            &self.entities,
            &self.strings,
        )?;
        encode::write_str(&mut packed, "spaces")?;
        encode::write_bin(&mut packed, &self.spaces)?;
        encode::write_str(&mut packed, "lengths")?;
        encode::write_bin_len(&mut packed, length(self.documents.len() * 4)?)?;
        for document in &self.documents {
            packed.write_all(&document.tokens.to_le_bytes())?;
        }
        encode::write_str(&mut packed, "strings")?;
        encode::write_array_len(&mut packed, length(self.strings.strings.len())?)?;
        for (text, _) in &self.strings.strings {
            encode::write_str(&mut packed, text)?;
        }
        encode::write_str(&mut packed, "cats")?;
        encode::write_array_len(&mut packed, count)?;
        for _ in &self.documents {
            encode::write_map_len(&mut packed, 0)?;
        }
        encode::write_str(&mut packed, "flags")?;
        encode::write_array_len(&mut packed, count)?;
        for _ in &self.documents {
            encode::write_map_len(&mut packed, 1)?;
            encode::write_str(&mut packed, "has_unknown_spaces")?;
            encode::write_bool(&mut packed, false)?;
        }
        for (name, values) in [
            ("span_groups", &self.groups),
            ("user_data", &self.user_data),
        ] {
            encode::write_str(&mut packed, name)?;
            encode::write_array_len(&mut packed, count)?;
            packed.write_all(values.as_slice())?;
        }
        packed.finish()?;
        self.out.flush()?;
        Ok(())
    }
}

impl BinWriter {
    /// A layer as a packed group.
    fn group(
        &mut self,
        layer: &LayerRecord,
        key: &str,
        cuts: &[Cut],
        offsets: &Offsets<'_>,
    ) -> Result<ByteBuf, WriteError> {
        let mut group = ByteBuf::new();
        encode::write_map_len(&mut group, 3)?;
        encode::write_str(&mut group, "name")?;
        encode::write_str(&mut group, key)?;
        encode::write_str(&mut group, "attrs")?;
        encode::write_map_len(&mut group, 2)?;
        encode::write_str(&mut group, ANNOTATOR)?;
        encode::write_str(&mut group, layer.annotator.as_str())?;
        encode::write_str(&mut group, STATUS)?;
        let status = STATUSES.iter().find(|(status, _)| *status == layer.status);
        encode::write_str(&mut group, status.map_or("new", |(_, name)| name))?;
        encode::write_str(&mut group, "spans")?;
        encode::write_array_len(&mut group, length(layer.spans.len())?)?;
        for span in &layer.spans {
            let label = self.strings.place(self.labels.name_of(&span.data.label))?;
            let (start, end) = span.data.fragments.extent();
            let (first, behind) = within(cuts, start, end)?;
            let mut packed = Vec::with_capacity(40);
            packed.extend([0; 16]);
            packed.extend(self.strings.number(label).to_be_bytes());
            for number in [
                first,
                behind,
                offsets.position(start)?,
                offsets.position(end)?,
            ] {
                packed.extend(length(number)?.to_be_bytes());
            }
            encode::write_bin(&mut group, &packed)?;
        }
        Ok(group)
    }

    /// Adds the entities of the one person who annotated the document, and says whether there are
    /// any to add, or none because none were found.
    fn entities(
        &mut self,
        record: &DocumentRecord,
        cuts: &[Cut],
        first: usize,
    ) -> Result<bool, WriteError> {
        let mut people = record
            .layers
            .iter()
            .filter(|layer| !layer.annotator.is_prediction());
        let (Some(layer), None) = (people.next(), people.next()) else {
            return Ok(false);
        };
        if layer.spans.is_empty() {
            return Ok(layer.status == Status::Done);
        }
        let before = self.entities.len();
        let mut spans: Vec<_> = layer.spans.iter().map(|span| &span.data).collect();
        spans.sort_unstable_by_key(|data| data.fragments.start());
        let mut free = 0;
        for data in spans {
            let (start, end) = data.fragments.extent();
            let (from, behind) = within(cuts, start, end)?;
            let blank = |at: usize| cuts.get(at).is_none_or(|cut| cut.is_space);
            if from < free || blank(from) || blank(behind - 1) {
                self.entities.truncate(before);
                return Ok(false);
            }
            free = behind;
            self.entities.push(Entity {
                first: first + from,
                behind: first + behind,
                label: self.strings.place(self.labels.name_of(&data.label))?,
            });
        }
        Ok(true)
    }
}

/// Writes the rows of all tokens.
fn rows(
    out: &mut impl Write,
    documents: &[Document],
    words: &[u32],
    entities: &[Entity],
    strings: &Strings,
) -> io::Result<()> {
    let mut chunk = Vec::with_capacity(CHUNK + 32);
    let mut entities = entities.iter().peekable();
    let mut words = words.iter().enumerate();
    for document in documents {
        let other = if document.annotated {
            iob::OUTSIDE
        } else {
            iob::MISSING
        };
        for (at, word) in words.by_ref().take(document.tokens as usize) {
            while entities.next_if(|entity| entity.behind <= at).is_some() {}
            let entity = entities.peek().filter(|entity| entity.first <= at);
            let (tag, label) = match entity {
                None => (other, 0),
                Some(entity) if entity.first == at => (iob::BEGINS, strings.number(entity.label)),
                Some(entity) => (iob::INSIDE, strings.number(entity.label)),
            };
            for cell in [strings.number(*word), tag, label] {
                chunk.extend_from_slice(&cell.to_le_bytes());
            }
            if chunk.len() >= CHUNK {
                out.write_all(&chunk)?;
                chunk.clear();
            }
        }
    }
    out.write_all(&chunk)
}

/// A document's data: its id, its title, and what its source said of it.
fn user_data(record: &DocumentRecord) -> Result<ByteBuf, WriteError> {
    let mut data = ByteBuf::new();
    encode::write_map_len(&mut data, 3)?;
    encode::write_str(&mut data, SOURCE_ID)?;
    match record.metadata.get(SOURCE_ID) {
        Some(id) => encode::write_str(&mut data, id)?,
        None => encode::write_str(&mut data, &record.id.to_string())?,
    }
    encode::write_str(&mut data, TITLE)?;
    encode::write_str(&mut data, &record.title)?;
    encode::write_str(&mut data, METADATA)?;
    let rest = || record.metadata.iter().filter(|(key, _)| *key != SOURCE_ID);
    encode::write_map_len(&mut data, length(rest().count())?)?;
    for (name, value) in rest() {
        encode::write_str(&mut data, name)?;
        encode::write_str(&mut data, value)?;
    }
    Ok(data)
}

/// A count as the file has it.
fn length(count: usize) -> Result<u32, WriteError> {
    u32::try_from(count).map_err(|error| WriteError::Other(Box::new(error)))
}
