//! Writes a file a document, as GATE writes them.

use std::{collections::HashMap, io::Write as _};

use crate::{
    annotation::LabelSet,
    interchange::{
        DatasetHead, DocumentRecord, LayerRecord, Offsets, Output, Outputs, Unit, WriteError,
        WriteOptions, Writer,
        names::key_apart,
        xml::{attribute, content},
    },
};

use super::{ATTRIBUTE, METADATA, NOTE, TITLE};

/// Begins a folder.
#[expect(
    clippy::unnecessary_wraps,
    reason = "formats that begin with a file can fail here"
)]
pub(in crate::interchange) fn write<'w>(
    outputs: &'w mut dyn Outputs,
    head: &DatasetHead,
    _options: &WriteOptions,
) -> Result<Box<dyn Writer + 'w>, WriteError> {
    Ok(Box::new(GateWriter {
        outputs,
        labels: head.labels.clone(),
    }))
}

struct GateWriter<'w> {
    outputs: &'w mut dyn Outputs,
    labels: LabelSet,
}

impl Writer for GateWriter<'_> {
    fn document(&mut self, record: &DocumentRecord) -> Result<(), WriteError> {
        let name = self.outputs.free_name(record.name());
        let mut parts = Parts {
            out: self.outputs.create(&format!("{name}.xml"))?,
            offsets: Offsets::new(&record.text, Unit::Utf16),
            labels: &self.labels,
            next_id: 1,
        };
        parts.document(record)?;
        parts.out.flush()?;
        Ok(())
    }

    fn finish(self: Box<Self>) -> Result<(), WriteError> {
        Ok(())
    }
}

/// The parts of a document.
struct Parts<'a> {
    out: Output,
    offsets: Offsets<'a>,
    labels: &'a LabelSet,
    /// The id of the next annotation or relation.
    next_id: u64,
}

impl<'a> Parts<'a> {
    fn document(&mut self, record: &'a DocumentRecord) -> Result<(), WriteError> {
        let head = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<GateDocument version=\"3\">";
        writeln!(self.out, "{head}\n<GateDocumentFeatures>")?;
        self.feature(TITLE, &record.title)?;
        for (key, value) in &record.metadata {
            self.feature(&key_apart(key, &[TITLE], METADATA), value)?;
        }
        writeln!(self.out, "</GateDocumentFeatures>")?;
        self.text(record)?;
        let mut ids = Vec::with_capacity(record.layers.len());
        for layer in &record.layers {
            ids.push(self.set(layer)?);
        }
        for (layer, ids) in record.layers.iter().zip(ids) {
            self.relations(layer, &ids)?;
        }
        writeln!(self.out, "</GateDocument>")?;
        Ok(())
    }

    /// Writes the text with a node at each edge of a span.
    fn text(&mut self, record: &DocumentRecord) -> Result<(), WriteError> {
        let spans = record.layers.iter().flat_map(|layer| &layer.spans);
        let mut edges: Vec<usize> = spans
            .flat_map(|span| <[usize; 2]>::from(span.data.fragments.extent()))
            .collect();
        edges.sort_unstable();
        edges.dedup();
        write!(self.out, "<TextWithNodes>")?;
        let mut before = 0;
        for edge in edges {
            let node = self.offsets.position(edge)?;
            let text = record.text.get(before..edge).unwrap_or_default();
            write!(self.out, "{}<Node id=\"{node}\"/>", content(text))?;
            before = edge;
        }
        let text = record.text.get(before..).unwrap_or_default();
        writeln!(self.out, "{}</TextWithNodes>", content(text))?;
        Ok(())
    }

    /// Writes the spans of a layer; gives their ids where relations need them.
    fn set(&mut self, layer: &'a LayerRecord) -> Result<HashMap<&'a str, u64>, WriteError> {
        let name = attribute(layer.annotator.as_str());
        writeln!(self.out, "<AnnotationSet Name=\"{name}\">")?;
        let mut ids = HashMap::new();
        for span in &layer.spans {
            let id = self.id();
            let (start, end) = span.data.fragments.extent();
            let (start, end) = (self.offsets.position(start)?, self.offsets.position(end)?);
            let label = attribute(self.labels.name_of(&span.data.label));
            writeln!(
                self.out,
                "<Annotation Id=\"{id}\" Type=\"{label}\" StartNode=\"{start}\" EndNode=\"{end}\">"
            )?;
            if !span.data.note.is_empty() {
                self.feature(NOTE, &span.data.note)?;
            }
            for (name, value) in &span.data.attributes {
                self.feature(&key_apart(name, &[NOTE], ATTRIBUTE), value)?;
            }
            writeln!(self.out, "</Annotation>")?;
            if !layer.relations.is_empty() {
                ids.insert(&*span.id, id);
            }
        }
        writeln!(self.out, "</AnnotationSet>")?;
        Ok(ids)
    }

    fn relations(
        &mut self,
        layer: &LayerRecord,
        ids: &HashMap<&str, u64>,
    ) -> Result<(), WriteError> {
        if layer.relations.is_empty() {
            return Ok(());
        }
        let name = attribute(layer.annotator.as_str());
        writeln!(self.out, "<RelationSet Name=\"{name}\">")?;
        for relation in &layer.relations {
            let ends = (ids.get(&*relation.from), ids.get(&*relation.to));
            let (Some(from), Some(to)) = ends else {
                continue;
            };
            let (id, kind) = (self.id(), attribute(&relation.kind));
            writeln!(
                self.out,
                "<Relation Id=\"{id}\" Type=\"{kind}\" Members=\"{from};{to}\">\n<UserData></UserData>\n</Relation>"
            )?;
        }
        writeln!(self.out, "</RelationSet>")?;
        Ok(())
    }

    fn feature(&mut self, name: &str, value: &str) -> Result<(), WriteError> {
        const CLASS: &str = "className=\"java.lang.String\"";
        let (name, value) = (content(name), content(value));
        writeln!(
            self.out,
            "<Feature>\n<Name {CLASS}>{name}</Name>\n<Value {CLASS}>{value}</Value>\n</Feature>"
        )?;
        Ok(())
    }

    fn id(&mut self) -> u64 {
        self.next_id += 1;
        self.next_id - 1
    }
}
