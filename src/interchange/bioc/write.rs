//! Writes `BioC`, as XML and as JSON.

use std::io::Write as _;

use crate::{
    annotation::LabelSet,
    interchange::{
        DatasetHead, DocumentRecord, Output, Outputs, Unit, WriteError, WriteOptions, Writer,
        xml::{attribute, content},
    },
};

use super::shape::{Document, Infons};

const XML_HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>
<!DOCTYPE collection SYSTEM \"BioC.dtd\">
<collection>
<source>Hashiya</source>
<date></date>
<key></key>
";

const JSON_HEAD: &str = "{\"bioctype\":\"BioCCollection\",\"source\":\"Hashiya\",\"date\":\"\",\"key\":\"\",\"version\":\"1.0\",\"infons\":{},\"documents\":[";

/// Begins a file of XML.
pub(in crate::interchange) fn write_xml<'w>(
    outputs: &'w mut dyn Outputs,
    head: &DatasetHead,
    options: &WriteOptions,
) -> Result<Box<dyn Writer + 'w>, WriteError> {
    Ok(Box::new(XmlWriter(Written::begin(
        outputs, head, options, XML_HEAD,
    )?)))
}

/// Begins a file of JSON.
pub(in crate::interchange) fn write_json<'w>(
    outputs: &'w mut dyn Outputs,
    head: &DatasetHead,
    options: &WriteOptions,
) -> Result<Box<dyn Writer + 'w>, WriteError> {
    Ok(Box::new(JsonWriter(Written::begin(
        outputs, head, options, JSON_HEAD,
    )?)))
}

/// A file as far as it is written.
struct Written {
    out: Output,
    labels: LabelSet,
    unit: Unit,
    /// The documents written so far.
    position: u64,
}

impl Written {
    fn begin(
        outputs: &mut dyn Outputs,
        head: &DatasetHead,
        options: &WriteOptions,
        start: &str,
    ) -> Result<Self, WriteError> {
        let mut out = outputs.file()?;
        out.write_all(start.as_bytes())?;
        Ok(Self {
            out,
            labels: head.labels.clone(),
            unit: options.unit.unwrap_or(Unit::Bytes),
            position: 0,
        })
    }

    fn end(mut self, end: &str) -> Result<(), WriteError> {
        self.out.write_all(end.as_bytes())?;
        self.out.flush()?;
        Ok(())
    }
}

struct JsonWriter(Written);

impl Writer for JsonWriter {
    fn document(&mut self, record: &DocumentRecord) -> Result<(), WriteError> {
        let file = &mut self.0;
        let separator: &[u8] = if file.position == 0 { b"\n" } else { b",\n" };
        file.out.write_all(separator)?;
        file.position += 1;
        let document = Document::of(record, &file.labels, file.unit, file.position)?;
        serde_json::to_writer(&mut file.out, &document)?;
        Ok(())
    }

    fn finish(self: Box<Self>) -> Result<(), WriteError> {
        self.0.end("\n]}\n")
    }
}

struct XmlWriter(Written);

impl Writer for XmlWriter {
    fn document(&mut self, record: &DocumentRecord) -> Result<(), WriteError> {
        let file = &mut self.0;
        file.position += 1;
        let document = Document::of(record, &file.labels, file.unit, file.position)?;
        writeln!(file.out, "<document>\n<id>{}</id>", content(&document.id))?;
        infons(&mut file.out, &document.infons)?;
        for passage in &document.passages {
            let text = content(passage.text);
            writeln!(
                file.out,
                "<passage>\n<offset>0</offset>\n<text>{text}</text>"
            )?;
            for annotation in &passage.annotations {
                writeln!(file.out, "<annotation id=\"{}\">", annotation.id)?;
                infons(&mut file.out, &annotation.infons)?;
                for location in &annotation.locations {
                    let (offset, length) = (location.offset, location.length);
                    writeln!(
                        file.out,
                        "<location offset=\"{offset}\" length=\"{length}\"/>"
                    )?;
                }
                let text = content(&annotation.text);
                writeln!(file.out, "<text>{text}</text>\n</annotation>")?;
            }
            for relation in &passage.relations {
                writeln!(file.out, "<relation id=\"{}\">", relation.id)?;
                infons(&mut file.out, &relation.infons)?;
                for node in &relation.nodes {
                    let (end, role) = (&node.refid, node.role);
                    writeln!(file.out, "<node refid=\"{end}\" role=\"{role}\"/>")?;
                }
                writeln!(file.out, "</relation>")?;
            }
            writeln!(file.out, "</passage>")?;
        }
        writeln!(file.out, "</document>")?;
        Ok(())
    }

    fn finish(self: Box<Self>) -> Result<(), WriteError> {
        self.0.end("</collection>\n")
    }
}

fn infons(out: &mut Output, infons: &Infons<'_>) -> Result<(), WriteError> {
    for (key, value) in &infons.0 {
        let (key, value) = (attribute(key), content(value));
        writeln!(out, "<infon key=\"{key}\">{value}</infon>")?;
    }
    Ok(())
}
