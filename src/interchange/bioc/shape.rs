//! What a document says in `BioC`: one passage with all annotations and relations. The JSON is made of
//! this as it stands.

use std::{borrow::Cow, collections::HashMap};

use serde::{Serialize, Serializer};

use crate::{
    annotation::LabelSet,
    interchange::{
        DocumentRecord, LayerRecord, Offsets, SOURCE_ID, SpanRecord, Unit, WriteError,
        names::key_apart,
    },
};

use super::{ANNOTATOR, ATTRIBUTE, METADATA, NOTE, TITLE, TYPE};

/// A document.
#[derive(Serialize)]
pub(super) struct Document<'a> {
    bioctype: &'static str,
    pub(super) id: Cow<'a, str>,
    pub(super) infons: Infons<'a>,
    pub(super) passages: [Passage<'a>; 1],
    annotations: [(); 0],
    relations: [(); 0],
}

/// Its passage.
#[derive(Serialize)]
pub(super) struct Passage<'a> {
    bioctype: &'static str,
    offset: usize,
    infons: Infons<'a>,
    pub(super) text: &'a str,
    sentences: [(); 0],
    pub(super) annotations: Vec<Annotation<'a>>,
    pub(super) relations: Vec<Relation<'a>>,
}

#[derive(Serialize)]
pub(super) struct Annotation<'a> {
    pub(super) id: String,
    pub(super) infons: Infons<'a>,
    pub(super) text: Cow<'a, str>,
    pub(super) locations: Vec<Location>,
}

#[derive(Serialize)]
pub(super) struct Location {
    pub(super) offset: usize,
    pub(super) length: usize,
}

#[derive(Serialize)]
pub(super) struct Relation<'a> {
    pub(super) id: String,
    pub(super) infons: Infons<'a>,
    pub(super) nodes: [Node; 2],
}

#[derive(Serialize)]
pub(super) struct Node {
    pub(super) refid: String,
    pub(super) role: &'static str,
}

/// Keys and texts, no key twice.
#[derive(Default)]
pub(super) struct Infons<'a>(pub(super) Vec<(Cow<'a, str>, &'a str)>);

impl Serialize for Infons<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(key, value)| (key, value)))
    }
}

impl<'a> Document<'a> {
    /// The `position`th (from 1) document of the file.
    pub(super) fn of(
        record: &'a DocumentRecord,
        labels: &'a LabelSet,
        unit: Unit,
        position: u64,
    ) -> Result<Self, WriteError> {
        let offsets = Offsets::new(&record.text, unit);
        let (mut annotations, mut relations) = (Vec::new(), Vec::new());
        for layer in &record.layers {
            let mut ids = HashMap::new();
            for span in &layer.spans {
                let id = format!("T{}", annotations.len() + 1);
                annotations.push(annotation(&offsets, id, layer, span, labels)?);
                if !layer.relations.is_empty() {
                    ids.insert(&*span.id, annotations.len());
                }
            }
            relate(layer, &ids, &mut relations);
        }
        let mut infons = vec![(TITLE.into(), &*record.title)];
        let metadata = record.metadata.iter().filter(|(key, _)| *key != SOURCE_ID);
        infons.extend(metadata.map(|(key, value)| {
            // A document's id stands for itself.
            (key_apart(key, &[TITLE], METADATA), &**value)
        }));
        let id = record.metadata.get(SOURCE_ID);
        Ok(Self {
            bioctype: "BioCDocument",
            id: id.map_or_else(|| position.to_string().into(), |id| Cow::Borrowed(&**id)),
            infons: Infons(infons),
            passages: [Passage {
                bioctype: "BioCPassage",
                offset: 0,
                infons: Infons::default(),
                text: &record.text,
                sentences: [],
                annotations,
                relations,
            }],
            annotations: [],
            relations: [],
        })
    }
}

fn annotation<'a>(
    offsets: &Offsets<'a>,
    id: String,
    layer: &'a LayerRecord,
    span: &'a SpanRecord,
    labels: &'a LabelSet,
) -> Result<Annotation<'a>, WriteError> {
    let data = &span.data;
    let mut infons = vec![
        (TYPE.into(), labels.name_of(&data.label)),
        (ANNOTATOR.into(), layer.annotator.as_str()),
    ];
    if !data.note.is_empty() {
        infons.push((NOTE.into(), &data.note));
    }
    infons.extend(data.attributes.iter().map(|(name, value)| {
        let key = key_apart(name, &[TYPE, ANNOTATOR, NOTE], ATTRIBUTE);
        (key, &**value)
    }));
    let mut locations = Vec::with_capacity(data.fragments.ranges().len());
    for range in data.fragments.ranges() {
        let (offset, end) = offsets.pair(range)?;
        locations.push(Location {
            offset,
            length: end - offset,
        });
    }
    // Readers hold it against all from the first to the last.
    let (start, end) = data.fragments.extent();
    let text = offsets.text().get(start..end).unwrap_or_default();
    Ok(Annotation {
        id,
        infons: Infons(infons),
        text: text.into(),
        locations,
    })
}

fn relate<'a>(
    layer: &'a LayerRecord,
    ids: &HashMap<&str, usize>,
    relations: &mut Vec<Relation<'a>>,
) {
    for relation in &layer.relations {
        let ends = (ids.get(&*relation.from), ids.get(&*relation.to));
        let (Some(from), Some(to)) = ends else {
            continue;
        };
        let node = |number, role| Node {
            refid: format!("T{number}"),
            role,
        };
        relations.push(Relation {
            id: format!("R{}", relations.len() + 1),
            infons: Infons(vec![
                (TYPE.into(), &relation.kind),
                (ANNOTATOR.into(), layer.annotator.as_str()),
            ]),
            nodes: [node(from, "from"), node(to, "to")],
        });
    }
}
