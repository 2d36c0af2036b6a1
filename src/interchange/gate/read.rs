//! Reads a document of GATE. The unnamed set is whoever's annotations are that name nobody; the markup
//! that the document had before GATE (`Original markups`) is taken only where there is nothing else.
//! What the model does not have (annotations of no length, relations of one or of relations, the
//! features of relations) is kept as metadata, and so is the name of a set that was passed over.

use std::collections::{BTreeMap, HashMap, HashSet};

use serde_json::json;

use crate::{
    annotation::{Annotator, Fragments, LabelId, SpanData},
    interchange::{
        CopyCounter, DatasetHead, DocumentRecord, LayerRecord, MAX_TEXT, Names, Problem,
        ReadOptions, Reader, Reason, RelationRecord, Source, SpanRecord, json::add, xml::Xml,
    },
    text::{self, ByteRange},
};

use super::{ATTRIBUTE, METADATA, NOTE, TITLE, nodes::Nodes};

/// How large a document may be with its annotations.
const MAX_DOCUMENT: usize = 4 * MAX_TEXT;

/// The set in which GATE keeps the markup that a document had.
const MARKUP: &str = "Original markups";

/// The metadata key under which the names of sets stand that were not taken.
const PASSED: &str = "layers passed over";

/// Opens a document.
pub(in crate::interchange) fn read<'r>(
    source: Source<'r>,
    options: ReadOptions,
) -> Result<Box<dyn Reader + 'r>, Problem> {
    let stem = source.stem().to_owned();
    let mut xml = Xml::new(source.input, MAX_DOCUMENT).map_err(Problem::of_file)?;
    let begins = xml.child(0);
    let at = xml.line();
    let begins = begins.map_err(|reason| Problem::at(at, reason))?;
    if !begins || xml.name() != "GateDocument" {
        return Err(Problem::of_file(Reason::NotThis {
            expected: "a document of GATE",
            found: format!("it begins with “{}”", text::quote(xml.name(), 40)),
        }));
    }
    Ok(Box::new(GateReader {
        xml: Some(xml),
        names: options.names(),
        annotator: options.annotator,
        stem,
    }))
}

struct GateReader<'r> {
    /// The file, until it is taken.
    xml: Option<Xml<'r>>,
    names: Names,
    annotator: Annotator,
    stem: String,
}

impl Reader for GateReader<'_> {
    fn head(&self) -> &DatasetHead {
        self.names.head()
    }

    fn next(&mut self, copies: &mut CopyCounter) -> Option<Result<DocumentRecord, Problem>> {
        let mut xml = self.xml.take()?;
        let mut found = Found {
            nodes: None,
            features: Vec::new(),
            sets: Sets::default(),
            annotator: &self.annotator,
            metadata: BTreeMap::new(),
        };
        if let Err(reason) = found.document(&mut xml) {
            return Some(Err(Problem::at(xml.line(), reason).within(&*self.stem)));
        }
        let (title, metadata) = found.said();
        let Some(nodes) = found.nodes else {
            let reason = Reason::Missing("`TextWithNodes`");
            return Some(Err(Problem::of_file(reason).within(&*self.stem)));
        };
        let mut record = DocumentRecord::found(nodes.text, title, &self.stem, copies);
        record.metadata = metadata;
        let (layers, passed) = found.sets.layers();
        record.layers = layers;
        if let Some(passed) = passed {
            add(&mut record.metadata, "further", PASSED.to_owned(), passed);
        }
        self.names.adopt(&mut record);
        Some(Ok(record))
    }
}

/// Names and values.
type Features = Vec<(String, String)>;

/// The sets of a document.
#[derive(Default)]
struct Sets {
    list: Vec<LayerRecord>,
    /// The ids of each layer's spans.
    ids: Vec<HashSet<String>>,
    /// Places by annotators.
    places: HashMap<Annotator, usize>,
    /// Ids of what was not taken as a span, by places.
    others: HashSet<(usize, String)>,
    /// The place of the markup that the document had.
    markup: Option<usize>,
}

impl Sets {
    /// The place of the set of a name.
    fn place(&mut self, name: Option<&str>, nobody: &Annotator) -> Result<usize, Reason> {
        let name = name.filter(|name| !name.trim().is_empty());
        let who = match name {
            None => nobody.clone(),
            Some(name) => Annotator::new(name)
                .map_err(|error| Reason::Malformed(format!("the set {name:?}: {error}")))?,
        };
        let place = *self.places.entry(who).or_insert_with_key(|who| {
            self.list.push(LayerRecord::new(who.clone()));
            self.ids.push(HashSet::new());
            self.list.len() - 1
        });
        if name == Some(MARKUP) {
            self.markup = Some(place);
        }
        Ok(place)
    }

    /// What is taken, and the name of what was passed over: the markup is taken only where there is
    /// nothing else.
    fn layers(mut self) -> (Vec<LayerRecord>, Option<String>) {
        let mut passed = None;
        if let Some(markup) = self.markup {
            let mut layers = self.list.iter().enumerate();
            if layers.any(|(place, layer)| place != markup && !layer.spans.is_empty()) {
                let markup = self.list.remove(markup);
                passed = (!markup.spans.is_empty()).then(|| markup.annotator.to_string());
            }
        }
        self.list.retain(|layer| !layer.spans.is_empty());
        (self.list, passed)
    }
}

/// What the parts read so far say.
struct Found<'a> {
    nodes: Option<Nodes>,
    /// The document's.
    features: Features,
    sets: Sets,
    annotator: &'a Annotator,
    metadata: BTreeMap<String, String>,
}

impl Found<'_> {
    fn document(&mut self, xml: &mut Xml<'_>) -> Result<(), Reason> {
        while xml.child(1)? {
            match xml.name() {
                "GateDocumentFeatures" => {
                    let depth = xml.depth();
                    while xml.child(depth)? {
                        feature(xml, &mut self.features)?;
                    }
                }
                "TextWithNodes" => self.nodes = Some(Nodes::read(xml)?),
                "AnnotationSet" => self.set(xml)?,
                "RelationSet" => self.relations(xml)?,
                _ => xml.skip()?,
            }
        }
        for layer in &self.sets.list {
            layer.check()?;
        }
        Ok(())
    }

    /// The title, and what else is said of the document.
    fn said(&mut self) -> (Option<String>, BTreeMap<String, String>) {
        let mut title = None;
        let mut metadata = std::mem::take(&mut self.metadata);
        for (name, value) in std::mem::take(&mut self.features) {
            if name == TITLE && title.is_none() {
                title = Some(value);
                continue;
            }
            let key = name.strip_prefix(METADATA).unwrap_or(&name).to_owned();
            add(&mut metadata, "feature", key, value);
        }
        (title, metadata)
    }

    fn set(&mut self, xml: &mut Xml<'_>) -> Result<(), Reason> {
        let name = xml.attribute("Name")?;
        let place = self.sets.place(name.as_deref(), self.annotator)?;
        let is_markup = self.sets.markup == Some(place);
        let depth = xml.depth();
        let mut number = 0_u64;
        while xml.child(depth)? {
            if xml.name() != "Annotation" {
                xml.skip()?;
                continue;
            }
            number += 1;
            self.annotation(xml, place, number, is_markup)?;
        }
        Ok(())
    }

    fn annotation(
        &mut self,
        xml: &mut Xml<'_>,
        place: usize,
        number: u64,
        is_markup: bool,
    ) -> Result<(), Reason> {
        let depth = xml.depth();
        let id = xml.attribute("Id")?;
        let id = id.unwrap_or_else(|| format!("annotation {number}"));
        let label = xml.attribute("Type")?.unwrap_or_default();
        let start = xml.attribute("StartNode")?.unwrap_or_default();
        let end = xml.attribute("EndNode")?.unwrap_or_default();
        let nodes = self
            .nodes
            .as_ref()
            .ok_or(Reason::Missing("text before its annotations"))?;
        let wrong = |error| Reason::Span {
            span: id.clone(),
            error,
        };
        let (start, end) = nodes.between(&start, &end).map_err(wrong)?;
        let range = ByteRange::new(&nodes.text, start, end);
        let range = range.map_err(|error| wrong(error.into()))?;
        let label = LabelId::new(&label).map_err(|error| wrong(error.into()));
        let mut features = Features::new();
        while xml.child(depth)? {
            feature(xml, &mut features)?;
        }
        let Ok(fragments) = Fragments::new([range]) else {
            // A place, which has no text.
            if !is_markup {
                let label = label?;
                let said = json!({"type": label, "byte": start, "features": object(features)});
                let key = format!("annotation {id}");
                add(&mut self.metadata, "further", key, said.to_string());
            }
            self.sets.others.insert((place, id));
            return Ok(());
        };
        let mut data = SpanData::new(label?, fragments);
        for (name, value) in features {
            if name == NOTE && data.note.is_empty() {
                data.note = value;
                continue;
            }
            let key = name.strip_prefix(ATTRIBUTE).unwrap_or(&name).to_owned();
            add(&mut data.attributes, "feature", key, value);
        }
        if let Some(layer) = self.sets.list.get_mut(place) {
            layer.spans.push(SpanRecord::new(id.clone(), data));
        }
        if let Some(ids) = self.sets.ids.get_mut(place) {
            ids.insert(id);
        }
        Ok(())
    }

    fn relations(&mut self, xml: &mut Xml<'_>) -> Result<(), Reason> {
        let name = xml.attribute("Name")?;
        let place = self.sets.place(name.as_deref(), self.annotator)?;
        let depth = xml.depth();
        while xml.child(depth)? {
            if xml.name() != "Relation" {
                xml.skip()?;
                continue;
            }
            self.relation(xml, place)?;
        }
        Ok(())
    }

    fn relation(&mut self, xml: &mut Xml<'_>, place: usize) -> Result<(), Reason> {
        let depth = xml.depth();
        let id = xml.attribute("Id")?.unwrap_or_default();
        let kind = xml.attribute("Type")?.unwrap_or_default();
        let members = xml.attribute("Members")?.unwrap_or_default();
        let (mut data, mut features) = (String::new(), Features::new());
        while xml.child(depth)? {
            match xml.name() {
                "UserData" => xml.content(&mut data)?,
                _ => feature(xml, &mut features)?,
            }
        }
        let ends: Vec<&str> = members.split(';').map(str::trim).collect();
        let spans = self.sets.ids.get(place);
        let is_span = |end: &str| spans.is_some_and(|spans| spans.contains(end));
        let other = |end: &str| self.sets.others.contains(&(place, end.to_owned()));
        let missing = ends.iter().find(|end| !is_span(end) && !other(end));
        if let Some(missing) = missing {
            return Err(Reason::RelationEnd {
                relation: id,
                span: text::quote(missing, 40),
            });
        }
        let taken = ends.len() > 1 && ends.iter().all(|end| is_span(end));
        if let (true, [from, others @ ..], Some(layer)) =
            (taken, &*ends, self.sets.list.get_mut(place))
        {
            for to in others {
                layer.relations.push(RelationRecord {
                    id: format!("{id}/{}", layer.relations.len()),
                    kind: kind.clone(),
                    from: (*from).to_owned(),
                    to: (*to).to_owned(),
                });
            }
        }
        if !taken || !data.is_empty() || !features.is_empty() {
            let said =
                json!({"type": kind, "members": ends, "data": data, "features": object(features)});
            let key = format!("relation {id}");
            add(&mut self.metadata, "further", key, said.to_string());
        }
        // A relation can be a member of later ones.
        self.sets.others.insert((place, id));
        Ok(())
    }
}

/// Takes a feature. Values of other classes than text are taken as they are written.
fn feature(xml: &mut Xml<'_>, features: &mut Features) -> Result<(), Reason> {
    if xml.name() != "Feature" {
        return xml.skip();
    }
    let depth = xml.depth();
    let (mut name, mut value) = (String::new(), String::new());
    while xml.child(depth)? {
        match xml.name() {
            "Name" => xml.content(&mut name)?,
            "Value" => xml.content(&mut value)?,
            _ => xml.skip()?,
        }
    }
    features.push((name, value));
    Ok(())
}

fn object(features: Features) -> serde_json::Value {
    let pairs = features.into_iter();
    pairs
        .map(|(name, value)| (name, serde_json::Value::from(value)))
        .collect()
}
