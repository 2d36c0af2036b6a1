//! Writes a file a document, and the type system once.

use std::{fmt::Write as _, io::Write as _};

use crate::{
    annotation::LabelSet,
    interchange::{
        DatasetHead, DocumentRecord, Outputs, WriteError, WriteOptions, Writer,
        uima::{
            INITIAL_VIEW,
            left_out::short,
            write::{self, Codec, Features, Out, SOFA},
        },
        xml::attribute,
    },
};

use super::{TYPE_SYSTEMS, type_system::OURS};

const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>
<xmi:XMI xmlns:xmi=\"http://www.omg.org/XMI\" xmlns:cas=\"http:///uima/cas.ecore\" xmlns:hashiya=\"http:///hashiya.ecore\" xmi:version=\"2.0\">
<cas:NULL xmi:id=\"0\"/>
";

/// Begins a folder.
pub(in crate::interchange) fn write<'w>(
    outputs: &'w mut dyn Outputs,
    head: &DatasetHead,
    _options: &WriteOptions,
) -> Result<Box<dyn Writer + 'w>, WriteError> {
    let mut out = outputs.create(TYPE_SYSTEMS[0])?;
    out.write_all(OURS.as_bytes())?;
    out.flush()?;
    Ok(Box::new(XmiWriter {
        outputs,
        labels: head.labels.clone(),
        xmi: Xmi(String::new()),
    }))
}

struct XmiWriter<'w> {
    outputs: &'w mut dyn Outputs,
    labels: LabelSet,
    xmi: Xmi,
}

impl Writer for XmiWriter<'_> {
    fn document(&mut self, record: &DocumentRecord) -> Result<(), WriteError> {
        let xmi = &mut self.xmi;
        xmi.0.clear();
        xmi.0.push_str(HEAD);
        let members = write::document(record, &self.labels, xmi)?;
        xmi.end(&record.text, &members);
        let name = self.outputs.free_name(record.name());
        let mut out = self.outputs.create(&format!("{name}.xmi"))?;
        out.write_all(self.xmi.0.as_bytes())?;
        out.flush()?;
        Ok(())
    }

    fn finish(self: Box<Self>) -> Result<(), WriteError> {
        Ok(())
    }
}

/// A file as it grows.
struct Xmi(String);

impl Xmi {
    fn number(&mut self, name: &str, number: impl std::fmt::Display) {
        // A string takes all that is written into it.
        let _ = write!(self.0, " {name}=\"{number}\"");
    }

    fn text(&mut self, name: &str, text: &str) {
        for part in [" ", name, "=\"", &*attribute(text), "\""] {
            self.0.push_str(part);
        }
    }

    fn ids(&mut self, name: &str, ids: &[u64]) {
        let _ = write!(self.0, " {name}=\"");
        for (place, id) in ids.iter().enumerate() {
            let before = if place == 0 { "" } else { " " };
            let _ = write!(self.0, "{before}{id}");
        }
        self.0.push('"');
    }

    fn end(&mut self, text: &str, members: &[u64]) {
        self.0.push_str("<cas:Sofa");
        self.number("xmi:id", SOFA);
        self.number("sofaNum", 1);
        self.text("sofaID", INITIAL_VIEW);
        self.text("mimeType", "text/plain");
        self.text("sofaString", text);
        self.0.push_str("/>\n<cas:View");
        self.number("sofa", SOFA);
        self.ids("members", members);
        self.0.push_str("/>\n</xmi:XMI>\n");
    }
}

impl Codec for Xmi {
    fn structure(&mut self, id: u64, kind: &'static str, features: &Features<'_>) {
        self.0.push_str("<hashiya:");
        self.0.push_str(short(kind));
        self.number("xmi:id", id);
        for (name, said) in features {
            match said {
                Out::Text(text) => self.text(name, text),
                Out::Number(number) => self.number(name, number),
                Out::To(id) => self.number(name, id),
                Out::All(_, ids) => self.ids(name, ids),
            }
        }
        self.0.push_str("/>\n");
    }
}
