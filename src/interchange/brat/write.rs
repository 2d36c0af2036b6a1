//! Writes a text file and an annotation file a document, and the configuration of all.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    io::Write as _,
};

use serde_json::json;

use crate::{
    annotation::{AttributeKind, Label, LabelFate, LabelSet, RelationType},
    interchange::{
        DatasetHead, DocumentRecord, LayerRecord, Offsets, Output, Outputs, SpanRecord, Unit,
        WriteError, WriteOptions, Writer,
    },
};

use super::{OWN_NOTE, types::Types};

/// Begins a folder.
#[expect(
    clippy::unnecessary_wraps,
    reason = "formats that begin with a file can fail here"
)]
pub(in crate::interchange) fn write<'w>(
    outputs: &'w mut dyn Outputs,
    head: &DatasetHead,
    options: &WriteOptions,
) -> Result<Box<dyn Writer + 'w>, WriteError> {
    let mut used = Used::default();
    for label in &head.labels.labels {
        if !matches!(label.fate, LabelFate::MergedInto(_)) {
            used.label(&label.name);
        }
    }
    for kind in &head.labels.relation_types {
        used.relation(&kind.name);
    }
    Ok(Box::new(BratWriter {
        outputs,
        labels: head.labels.clone(),
        unit: options.unit.unwrap_or(Unit::CodePoints),
        used,
    }))
}

struct BratWriter<'w> {
    outputs: &'w mut dyn Outputs,
    labels: LabelSet,
    unit: Unit,
    used: Used,
}

/// The types that came up.
#[derive(Default)]
struct Used {
    types: Types,
    labels: BTreeSet<String>,
    relations: BTreeSet<String>,
    /// Attributes and their values.
    attributes: BTreeMap<String, BTreeSet<String>>,
}

/// The most values of an attribute that the configuration lists.
const MAX_VALUES: usize = 200;

impl Used {
    fn label(&mut self, name: &str) -> String {
        let made = self.types.of(name);
        if !self.labels.contains(&made) {
            self.labels.insert(made.clone());
        }
        made
    }

    fn relation(&mut self, name: &str) -> String {
        let made = self.types.of(name);
        if !self.relations.contains(&made) {
            self.relations.insert(made.clone());
        }
        made
    }

    fn attribute(&mut self, name: &str, value: &str) -> String {
        let made = self.types.of(name);
        let values = self.attributes.entry(made.clone()).or_default();
        if values.len() < MAX_VALUES && !values.contains(value) {
            values.insert(value.to_owned());
        }
        made
    }
}

impl Writer for BratWriter<'_> {
    fn document(&mut self, record: &DocumentRecord) -> Result<(), WriteError> {
        let name = self.outputs.free_name(record.name());
        let mut text = self.outputs.create(&format!("{name}.txt"))?;
        text.write_all(record.text.as_bytes())?;
        text.flush()?;
        let mut out = self.outputs.create(&format!("{name}.ann"))?;
        if let Some(layer) = record.layers.first() {
            let mut lines = Lines {
                out: &mut out,
                offsets: Offsets::new(&record.text, self.unit),
                labels: &self.labels,
                used: &mut self.used,
                attributes: 0,
                notes: 0,
            };
            lines.layer(&record.text, layer)?;
        }
        out.flush()?;
        Ok(())
    }

    fn finish(mut self: Box<Self>) -> Result<(), WriteError> {
        let mut out = self.outputs.create("annotation.conf")?;
        self.configuration(&mut out)?;
        out.flush()?;
        let mut out = self.outputs.create("visual.conf")?;
        writeln!(out, "[labels]")?;
        for (made, name) in &self.used.types.renamed {
            writeln!(out, "{made} | {name}")?;
        }
        writeln!(out, "\n[drawing]")?;
        out.flush()?;
        Ok(())
    }
}

impl BratWriter<'_> {
    fn configuration(&mut self, out: &mut Output) -> Result<(), WriteError> {
        writeln!(out, "[entities]")?;
        for made in &self.used.labels {
            writeln!(out, "{made}")?;
        }
        writeln!(out, "\n[relations]")?;
        let kinds: HashMap<String, &RelationType> = self
            .labels
            .relation_types
            .iter()
            .map(|kind| (self.used.types.of(&kind.name), kind))
            .collect();
        for made in &self.used.relations {
            let kind = kinds.get(made);
            let mut ends = |ids: Option<&Vec<_>>| {
                let labels = ids
                    .into_iter()
                    .flatten()
                    .filter_map(|id| self.labels.resolve(id));
                let made: Vec<String> = labels
                    .map(|label: &Label| self.used.types.of(&label.name))
                    .collect();
                if made.is_empty() {
                    "<ENTITY>".to_owned()
                } else {
                    made.join("|")
                }
            };
            let from = ends(kind.map(|kind| &kind.from));
            let to = ends(kind.map(|kind| &kind.to));
            writeln!(out, "{made} Arg1:{from}, Arg2:{to}")?;
        }
        writeln!(out, "\n[events]\n\n[attributes]")?;
        for attribute in &self.labels.attributes {
            let made = self.used.types.of(&attribute.name);
            let values = self.used.attributes.entry(made).or_default();
            if let AttributeKind::Choice(choices) = &attribute.kind {
                values.extend(choices.iter().filter(|value| is_plain(value)).cloned());
            }
        }
        for (made, values) in &self.used.attributes {
            let listed = values
                .iter()
                .filter(|value| !value.contains(['|', ',', '#']));
            let listed: Vec<&str> = listed.map(String::as_str).collect();
            if listed.is_empty() || listed == ["true"] {
                writeln!(out, "{made} Arg:<ENTITY>")?;
            } else {
                writeln!(out, "{made} Arg:<ENTITY>, Value:{}", listed.join("|"))?;
            }
        }
        Ok(())
    }
}

/// The lines of a document.
struct Lines<'a> {
    out: &'a mut Output,
    offsets: Offsets<'a>,
    labels: &'a LabelSet,
    used: &'a mut Used,
    attributes: usize,
    notes: usize,
}

impl Lines<'_> {
    fn layer(&mut self, text: &str, layer: &LayerRecord) -> Result<(), WriteError> {
        let mut numbers = HashMap::with_capacity(layer.spans.len());
        for (number, span) in (1..).zip(&layer.spans) {
            numbers.insert(&*span.id, number);
            self.span(text, number, span)?;
        }
        for (number, relation) in (1..).zip(&layer.relations) {
            let ends = numbers.get(&*relation.from).zip(numbers.get(&*relation.to));
            if let Some((from, to)) = ends {
                let made = self.used.relation(&relation.kind);
                writeln!(self.out, "R{number}\t{made} Arg1:T{from} Arg2:T{to}")?;
            }
        }
        Ok(())
    }

    fn span(&mut self, text: &str, number: usize, span: &SpanRecord) -> Result<(), WriteError> {
        let data = &span.data;
        let made = self.used.label(self.labels.name_of(&data.label));
        write!(self.out, "T{number}\t{made} ")?;
        let ranges = data.fragments.ranges();
        for (place, range) in ranges.iter().enumerate() {
            let (start, end) = self.offsets.pair(range)?;
            let before = if place == 0 { "" } else { ";" };
            write!(self.out, "{before}{start} {end}")?;
        }
        for (place, range) in ranges.iter().enumerate() {
            let before = if place == 0 { "\t" } else { " " };
            let breaks = |ch: char| ch.is_control() || ['\u{2028}', '\u{2029}'].contains(&ch);
            let shown = range.slice(text).replace(breaks, " ");
            write!(self.out, "{before}{shown}")?;
        }
        writeln!(self.out)?;
        self.said(number, span)
    }

    /// The attributes and the note of a span.
    fn said(&mut self, number: usize, span: &SpanRecord) -> Result<(), WriteError> {
        let mut own = serde_json::Map::new();
        let mut other = serde_json::Map::new();
        for (name, value) in &span.data.attributes {
            if !is_name(name) || !is_plain(value) {
                other.insert(name.clone(), json!(value));
                continue;
            }
            self.attributes += 1;
            let made = self.used.attribute(name, value);
            let attribute = self.labels.attribute(name);
            let is_flag = attribute.is_some_and(|it| it.kind == AttributeKind::Flag);
            write!(self.out, "A{}\t{made} T{number}", self.attributes)?;
            if is_flag && value == "true" {
                writeln!(self.out)?;
            } else {
                writeln!(self.out, " {value}")?;
            }
        }
        if !other.is_empty() {
            own.insert("attributes".to_owned(), other.into());
        }
        let note = &span.data.note;
        if is_name(note) {
            self.notes += 1;
            let id = self.notes;
            writeln!(self.out, "#{id}\tAnnotatorNotes T{number}\t{note}")?;
        } else if !note.is_empty() {
            own.insert("note".to_owned(), json!(note));
        }
        if !own.is_empty() {
            self.notes += 1;
            write!(self.out, "#{}\t{OWN_NOTE} T{number}\t", self.notes)?;
            serde_json::to_writer(&mut *self.out, &own)?;
            writeln!(self.out)?;
        }
        Ok(())
    }
}

/// Whether it can stand at the end of a line.
fn is_name(text: &str) -> bool {
    !text.is_empty() && text.trim() == text && !text.chars().any(char::is_control)
}

/// Whether it can stand as the value of an attribute.
fn is_plain(value: &str) -> bool {
    is_name(value) && !value.contains(char::is_whitespace)
}
