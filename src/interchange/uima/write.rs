//! The structures of a document as we write it, in the order in which codecs put them down.

use std::collections::{BTreeMap, HashMap};

use crate::{
    annotation::LabelSet,
    interchange::{DocumentRecord, Offsets, SOURCE_ID, SpanRecord, Unit, WriteError},
};

use super::own;

/// The id of the text that the structures are about.
pub(super) const SOFA: u64 = 1;

/// What a feature says.
pub(super) enum Out<'a> {
    Text(&'a str),
    Number(usize),
    To(u64),
    /// Several structures; in a codec whose arrays are structures, of this id.
    All(u64, Vec<u64>),
}

/// The features of a structure.
pub(super) type Features<'a> = Vec<(&'static str, Out<'a>)>;

/// Puts down structures.
pub(super) trait Codec {
    /// A structure of one of our types.
    fn structure(&mut self, id: u64, kind: &'static str, features: &Features<'_>);
}

/// Writes all structures of a document but the text, and tells which of them are found by their
/// place in it.
pub(super) fn document(
    record: &DocumentRecord,
    labels: &LabelSet,
    codec: &mut dyn Codec,
) -> Result<Vec<u64>, WriteError> {
    let mut writing = Writing {
        codec,
        offsets: Offsets::new(&record.text, Unit::Utf16),
        last: SOFA,
        members: Vec::new(),
    };
    writing.about(record);
    let Some(layer) = record.layers.first() else {
        return Ok(writing.members);
    };
    let mut spans = HashMap::with_capacity(layer.spans.len());
    for span in &layer.spans {
        let there = writing.span(span, labels)?;
        spans.insert(&*span.id, there);
    }
    for relation in &layer.relations {
        let ends = spans.get(&*relation.from).zip(spans.get(&*relation.to));
        if let Some(((from, _), (to, (begin, end)))) = ends {
            let features = vec![
                ("sofa", Out::To(SOFA)),
                ("begin", Out::Number(*begin)),
                ("end", Out::Number(*end)),
                ("label", Out::Text(&relation.kind)),
                ("Governor", Out::To(*from)),
                ("Dependent", Out::To(*to)),
            ];
            writing.member(own::RELATION, &features);
        }
    }
    Ok(writing.members)
}

struct Writing<'a> {
    codec: &'a mut dyn Codec,
    offsets: Offsets<'a>,
    /// The last id that was given.
    last: u64,
    members: Vec<u64>,
}

impl Writing<'_> {
    fn id(&mut self) -> u64 {
        self.last += 1;
        self.last
    }

    fn member(&mut self, kind: &'static str, features: &Features<'_>) -> u64 {
        let id = self.id();
        self.members.push(id);
        self.codec.structure(id, kind, features);
        id
    }

    /// What is said of the document.
    fn about(&mut self, record: &DocumentRecord) {
        let rest = record.metadata.iter().filter(|(key, _)| *key != SOURCE_ID);
        let metadata = self.pairs(rest);
        let mut features = vec![
            ("sofa", Out::To(SOFA)),
            ("begin", Out::Number(0)),
            ("end", Out::Number(self.offsets.len())),
            ("title", Out::Text(&record.title)),
        ];
        let id = record.metadata.get(SOURCE_ID);
        features.extend(id.map(|id| ("id", Out::Text(id))));
        features.extend(metadata.map(|metadata| ("metadata", metadata)));
        self.member(own::DOCUMENT, &features);
    }

    /// Writes names with their values; `None` where there are none.
    fn pairs<'v>(
        &mut self,
        pairs: impl Iterator<Item = (&'v String, &'v String)>,
    ) -> Option<Out<'static>> {
        let mut ids = Vec::new();
        for (name, value) in pairs {
            let id = self.id();
            let features = vec![("name", Out::Text(name)), ("value", Out::Text(value))];
            self.codec.structure(id, own::ATTRIBUTE, &features);
            ids.push(id);
        }
        (!ids.is_empty()).then(|| Out::All(self.id(), ids))
    }

    /// Writes a span; its id, and where it is.
    fn span(
        &mut self,
        span: &SpanRecord,
        labels: &LabelSet,
    ) -> Result<(u64, (usize, usize)), WriteError> {
        let data = &span.data;
        let (start, end) = data.fragments.extent();
        let place = (self.offsets.position(start)?, self.offsets.position(end)?);
        let attributes: &BTreeMap<String, String> = &data.attributes;
        let attributes = self.pairs(attributes.iter());
        let ranges = data.fragments.ranges();
        let mut fragments = Vec::new();
        if ranges.len() > 1 {
            for range in ranges {
                let (begin, end) = self.offsets.pair(range)?;
                let features = vec![
                    ("sofa", Out::To(SOFA)),
                    ("begin", Out::Number(begin)),
                    ("end", Out::Number(end)),
                ];
                fragments.push(self.member(own::FRAGMENT, &features));
            }
        }
        let mut features = vec![
            ("sofa", Out::To(SOFA)),
            ("begin", Out::Number(place.0)),
            ("end", Out::Number(place.1)),
            ("label", Out::Text(labels.name_of(&data.label))),
        ];
        if !data.note.is_empty() {
            features.push(("note", Out::Text(&data.note)));
        }
        features.extend(attributes.map(|attributes| ("attributes", attributes)));
        if !fragments.is_empty() {
            features.push(("fragments", Out::All(self.id(), fragments)));
        }
        Ok((self.member(own::SPAN, &features), place))
    }
}
