//! Writes a file a document. The text stands before what refers to it, as the format wants.

use std::io::Write as _;

use serde::Serialize;
use serde_json::json;

use crate::{
    annotation::LabelSet,
    interchange::{
        DatasetHead, DocumentRecord, Outputs, WriteError, WriteOptions, Writer,
        uima::{
            INITIAL_VIEW,
            write::{self, Codec, Features, Out, SOFA},
        },
    },
};

/// Our types.
const TYPES: &str = include_str!("../../../../assets/uima/types.json");

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
    Ok(Box::new(JsonWriter {
        outputs,
        labels: head.labels.clone(),
        cas: Cas(Vec::new()),
    }))
}

struct JsonWriter<'w> {
    outputs: &'w mut dyn Outputs,
    labels: LabelSet,
    cas: Cas,
}

impl Writer for JsonWriter<'_> {
    fn document(&mut self, record: &DocumentRecord) -> Result<(), WriteError> {
        let cas = &mut self.cas;
        cas.begin(&record.text);
        let members = write::document(record, &self.labels, cas)?;
        cas.end(&members);
        let name = self.outputs.free_name(record.name());
        let mut out = self.outputs.create(&format!("{name}.json"))?;
        out.write_all(&self.cas.0)?;
        out.flush()?;
        Ok(())
    }

    fn finish(self: Box<Self>) -> Result<(), WriteError> {
        Ok(())
    }
}

/// A file as it grows.
struct Cas(Vec<u8>);

impl Cas {
    fn raw(&mut self, text: &str) {
        self.0.extend_from_slice(text.as_bytes());
    }

    fn begin(&mut self, text: &str) {
        self.0.clear();
        self.raw("{\"%TYPES\":");
        self.raw(TYPES.trim_ascii_end());
        self.raw(",\n\"%FEATURE_STRUCTURES\":[\n");
        let features = vec![
            ("sofaNum", Out::Number(1)),
            ("sofaID", Out::Text(INITIAL_VIEW)),
            ("mimeType", Out::Text("text/plain")),
            ("sofaString", Out::Text(text)),
        ];
        self.object(SOFA, "uima.cas.Sofa", &features);
    }

    fn end(&mut self, members: &[u64]) {
        self.raw("],\n\"%VIEWS\":");
        self.put(&json!({INITIAL_VIEW: {"%SOFA": SOFA, "%MEMBERS": members}}));
        self.raw("}\n");
    }

    fn put(&mut self, value: &(impl Serialize + ?Sized)) {
        // Memory takes all that is written into it.
        let _ = serde_json::to_writer(&mut self.0, value);
    }

    fn key(&mut self, mark: &str, name: &str) {
        for part in [",\"", mark, name, "\":"] {
            self.raw(part);
        }
    }

    fn object(&mut self, id: u64, kind: &str, features: &Features<'_>) {
        if id != SOFA {
            self.raw(",\n");
        }
        let _ = write!(self.0, "{{\"%ID\":{id},\"%TYPE\":\"{kind}\"");
        for (name, said) in features {
            match said {
                Out::Text(text) => {
                    self.key("", name);
                    self.put(*text);
                }
                Out::Number(number) => {
                    self.key("", name);
                    self.put(number);
                }
                Out::To(id) | Out::All(id, _) => {
                    self.key("@", name);
                    self.put(id);
                }
            }
        }
        self.raw("}");
    }
}

impl Codec for Cas {
    fn structure(&mut self, id: u64, kind: &'static str, features: &Features<'_>) {
        self.object(id, kind, features);
        for (_, said) in features {
            if let Out::All(id, elements) = said {
                let _ = write!(self.0, ",\n{{\"%ID\":{id},\"%TYPE\":\"uima.cas.FSArray\"");
                self.key("%", "ELEMENTS");
                self.put(elements);
                self.raw("}");
            }
        }
    }
}
