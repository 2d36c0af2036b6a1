//! UIMA's files in and out, by both codecs.

#![allow(clippy::unwrap_used, reason = "tests")]

mod broken;
mod others;
mod ours;

use std::fmt::Write as _;

use crate::{
    annotation::{Annotator, LabelSet},
    interchange::{
        CopyCounter, DocumentRecord, Format, Problem, ReadOptions, Source, source::memory::Memory,
    },
};

/// Reads a file with others beside it.
fn read_beside(
    format: &str,
    file: &[u8],
    beside: &[(&str, &[u8])],
) -> Result<(LabelSet, DocumentRecord), Problem> {
    let folder = Memory::default();
    for (name, bytes) in beside {
        folder.put(name, *bytes);
    }
    let source = Source {
        name: "قمح.xmi".to_owned(),
        input: Box::new(file),
        folder: Some(&folder),
    };
    let options = ReadOptions::new(Annotator::imported(), LabelSet::default());
    let mut reader = Format::named(format).unwrap().read.unwrap()(source, options)?;
    let mut copies = CopyCounter::default();
    let record = reader.next(&mut copies).unwrap()?;
    assert!(reader.next(&mut copies).is_none());
    Ok((reader.head().labels.clone(), record))
}

fn read(format: &str, file: &str) -> DocumentRecord {
    read_beside(format, file.as_bytes(), &[]).unwrap().1
}

/// Why a file is refused.
fn refusal(format: &str, file: &[u8]) -> String {
    read_beside(format, file, &[]).unwrap_err().to_string()
}

/// A file of XMI with these elements; the `SofA` has the id 1.
fn xmi(text: &str, elements: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><xmi:XMI xmlns:tcas=\"http:///uima/tcas.ecore\" \
         xmlns:xmi=\"http://www.omg.org/XMI\" xmlns:cas=\"http:///uima/cas.ecore\" \
         xmlns:type4=\"http:///de/tudarmstadt/ukp/dkpro/core/api/ner/type.ecore\" \
         xmlns:type5=\"http:///de/tudarmstadt/ukp/dkpro/core/api/segmentation/type.ecore\" \
         xmlns:type3=\"http:///de/tudarmstadt/ukp/dkpro/core/api/metadata/type.ecore\" \
         xmlns:type2=\"http:///de/tudarmstadt/ukp/clarin/webanno/api/type.ecore\" \
         xmlns:custom=\"http:///webanno/custom.ecore\" xmi:version=\"2.0\">\n\
         <cas:NULL xmi:id=\"0\"/>\n{elements}\n\
         <cas:Sofa xmi:id=\"1\" sofaNum=\"1\" sofaID=\"_InitialView\" mimeType=\"text\" sofaString=\"{text}\"/>\n\
         <cas:View sofa=\"1\" members=\"\"/>\n</xmi:XMI>\n"
    )
}

/// A JSON CAS with these structures; the `SofA` has the id 1.
fn json(text: &str, structures: &str) -> String {
    format!(
        "{{\"%TYPES\": {{}}, \"%FEATURE_STRUCTURES\": [{{\"%ID\": 1, \"%TYPE\": \"uima.cas.Sofa\", \
         \"sofaNum\": 1, \"sofaID\": \"_InitialView\", \"sofaString\": \"{text}\"}},\n{structures}],\n\
         \"%VIEWS\": {{}}}}"
    )
}

/// The spans as `LABEL: text`, with their attributes.
fn spans(record: &DocumentRecord) -> Vec<String> {
    let spans = record.layers.iter().flat_map(|layer| &layer.spans);
    spans
        .map(|span| {
            let mut shown = format!(
                "{}: {}",
                span.data.label,
                span.data.fragments.text(&record.text)
            );
            for (name, value) in &span.data.attributes {
                write!(shown, " {name}={value}").unwrap();
            }
            shown
        })
        .collect()
}

/// The relations as `from KIND to`, the ends by their texts.
fn relations(record: &DocumentRecord) -> Vec<String> {
    let layers = record.layers.iter();
    layers
        .flat_map(|layer| {
            layer.relations.iter().map(|relation| {
                let text = |id: &str| {
                    let span = layer.spans.iter().find(|span| span.id == id).unwrap();
                    span.data.fragments.text(&record.text)
                };
                let (from, to) = (text(&relation.from), text(&relation.to));
                format!("{from} {} {to}", relation.kind)
            })
        })
        .collect()
}
