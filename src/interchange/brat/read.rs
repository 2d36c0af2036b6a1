//! Reads a text and the annotations beside it. An event is its trigger with a relation for each
//! role. Lines about what the model does not have, attributes of relations for instance, are kept
//! as metadata. A file with a wrong line is refused whole.

use std::{
    collections::{BTreeMap, HashMap},
    sync::Arc,
};

use serde_json::Value;

use crate::{
    annotation::{Annotator, AttributeKind, LabelId, SpanData},
    interchange::{
        CopyCounter, DatasetHead, DocumentRecord, LayerRecord, MAX_TEXT, Names, Offsets, Problem,
        ReadOptions, Reader, Reason, RelationRecord, Source, SpanError, SpanRecord, Unit,
        json::add,
    },
    text,
};

use super::{OWN_NOTE, line::Line, types};

/// The largest configuration that is read.
const MAX_CONF: usize = 1 << 20;

/// Opens the annotations of a text, which must lie beside them.
pub(in crate::interchange) fn read<'r>(
    mut source: Source<'r>,
    options: ReadOptions,
) -> Result<Box<dyn Reader + 'r>, Problem> {
    let stem = source.stem().to_owned();
    let text = source.companion(&format!("{stem}.txt"), MAX_TEXT)?;
    let text = text.ok_or_else(|| Problem::of_file(Reason::Missing("text file beside it")))?;
    let text = utf8(text).map_err(Problem::of_file)?;
    let annotations = utf8(source.bytes(MAX_TEXT)?).map_err(Problem::of_file)?;
    let conf = |name: &str| -> Result<String, Problem> {
        let bytes = source.companion(name, MAX_CONF)?.unwrap_or_default();
        Ok(String::from_utf8_lossy(&bytes).into_owned())
    };
    let types = types::names(&conf("visual.conf")?);
    let mut names = options.names();
    declare(&conf("annotation.conf")?, &types, &mut names);
    Ok(Box::new(BratReader {
        files: Some((text, annotations)),
        unit: options.unit.unwrap_or(Unit::CodePoints),
        annotator: options.annotator,
        stem,
        names,
        types,
    }))
}

fn utf8(bytes: Vec<u8>) -> Result<String, Reason> {
    String::from_utf8(bytes).map_err(|error| Reason::NotUtf8 {
        at: error.utf8_error().valid_up_to(),
    })
}

/// Takes the types of an `annotation.conf` into the label set.
fn declare(conf: &str, types: &HashMap<String, String>, names: &mut Names) {
    for (section, line) in types::lines(conf) {
        let (kind, rest) = line.split_once([' ', '\t']).unwrap_or((line, ""));
        let name = types.get(kind).map_or(kind, |name| name);
        match section {
            "entities" | "events" => names.declare_label(name),
            "relations" => {
                names.relation_type(name);
            }
            "attributes" => {
                let values = rest.split_once("Value:").map(|(_, values)| values);
                let kind = values.map_or(AttributeKind::Flag, |values| {
                    let values = values.split(',').next().unwrap_or_default();
                    AttributeKind::Choice(values.split('|').map(|v| v.trim().to_owned()).collect())
                });
                names.declare_attribute(name, kind);
            }
            _ => {}
        }
    }
}

struct BratReader {
    /// The text and the annotations, until they are taken.
    files: Option<(String, String)>,
    unit: Unit,
    annotator: Annotator,
    stem: String,
    names: Names,
    /// The names of types that are not their names.
    types: HashMap<String, String>,
}

impl Reader for BratReader {
    fn head(&self) -> &DatasetHead {
        self.names.head()
    }

    fn next(&mut self, copies: &mut CopyCounter) -> Option<Result<DocumentRecord, Problem>> {
        let (text, annotations) = self.files.take()?;
        let mut found = Found {
            text: &text,
            offsets: Offsets::new(&text, self.unit),
            types: &self.types,
            layer: LayerRecord::new(self.annotator.clone()),
            places: HashMap::new(),
            triggers: HashMap::new(),
            metadata: BTreeMap::new(),
        };
        if let Err(problem) = found.take(&annotations) {
            return Some(Err(problem.within(&*self.stem)));
        }
        let (layer, metadata) = (found.layer, found.metadata);
        let mut record = DocumentRecord::found(Arc::from(text), None, &self.stem, copies);
        record.metadata = metadata;
        if !layer.spans.is_empty() {
            record.layers.push(layer);
        }
        self.names.adopt(&mut record);
        Some(Ok(record))
    }
}

/// What the lines read so far say.
struct Found<'a> {
    text: &'a str,
    offsets: Offsets<'a>,
    types: &'a HashMap<String, String>,
    layer: LayerRecord,
    /// The places of spans by their ids.
    places: HashMap<&'a str, usize>,
    /// The ids of the triggers of events.
    triggers: HashMap<&'a str, &'a str>,
    metadata: BTreeMap<String, String>,
}

impl<'a> Found<'a> {
    /// Takes all lines. Spans come first, and what triggers events, since lines stand in any order.
    fn take<'l: 'a>(&mut self, annotations: &'l str) -> Result<(), Problem> {
        let mut others = Vec::new();
        for (number, raw) in (1..).zip(annotations.split('\n')) {
            let raw = raw.trim_end_matches('\r').trim_start_matches('\u{FEFF}');
            if raw.trim().is_empty() {
                continue;
            }
            let at = |reason| Problem::at(number, reason);
            match Line::of(raw).map_err(at)? {
                Some((id, Line::Bound { kind, ranges, text })) => {
                    self.bound(id, kind, ranges, text).map_err(at)?;
                }
                Some((id, line)) => {
                    if id.starts_with('E')
                        && let Line::Link { ends, .. } = &line
                        && let Some((_, trigger)) = ends.first()
                    {
                        self.triggers.insert(id, trigger);
                    }
                    others.push((number, raw, id, line));
                }
                None => self.keep(raw),
            }
        }
        for (number, raw, id, line) in others {
            self.other(raw, id, line)
                .map_err(|reason| Problem::at(number, reason))?;
        }
        Ok(())
    }

    fn bound(
        &mut self,
        id: &'a str,
        kind: &str,
        ranges: Vec<(&str, &str)>,
        written: Option<&str>,
    ) -> Result<(), Reason> {
        let checked = || -> Result<SpanData, SpanError> {
            let label = LabelId::new(self.name(kind))?;
            let fragments = self.offsets.fragments(ranges)?;
            if let Some(written) = written
                && !same_letters(&fragments.text(self.text), written)
            {
                return Err(SpanError::Text {
                    written: text::quote(written, 60),
                    found: text::quote(&fragments.text(self.text), 60),
                });
            }
            Ok(SpanData::new(label, fragments))
        };
        let data = checked().map_err(|error| Reason::Span {
            span: id.to_owned(),
            error,
        })?;
        if self.places.insert(id, self.layer.spans.len()).is_some() {
            return Err(Reason::Duplicate {
                what: "span",
                id: id.to_owned(),
            });
        }
        self.layer.spans.push(SpanRecord::new(id.to_owned(), data));
        Ok(())
    }

    fn other(&mut self, raw: &str, id: &'a str, line: Line<'a>) -> Result<(), Reason> {
        match line {
            Line::Bound { .. } => {}
            Line::Link { ends, .. } if id.starts_with('E') => {
                let (trigger, roles) = ends.split_first().ok_or(Reason::Missing("trigger"))?;
                self.must_have(id, trigger.1)?;
                for (role, to) in roles {
                    let role = role.trim_end_matches(|ch: char| ch.is_ascii_digit());
                    self.relate(id, role, trigger.1, to)?;
                }
            }
            Line::Link { kind, ends } => match *ends {
                [(_, from), (_, to)] => self.relate(id, kind, from, to)?,
                _ => return Err(Reason::Malformed(format!("relation {id} has not two ends"))),
            },
            Line::Same { kind, of } => {
                for pair in of.windows(2) {
                    if let [from, to] = pair {
                        self.relate(id, kind, from, to)?;
                    }
                }
            }
            Line::Attribute { kind, of, value } => {
                let name = self.name(kind).to_owned();
                match self.span(of) {
                    Some(span) => add(&mut span.data.attributes, id, name, value),
                    None => self.keep(raw),
                }
            }
            Line::Note { kind, of, text } => match self.span(of) {
                Some(span) if kind == OWN_NOTE => own_note(text, &mut span.data)?,
                Some(span) => {
                    if !span.data.note.is_empty() {
                        span.data.note.push('\n');
                    }
                    span.data.note.push_str(text);
                }
                None => self.keep(raw),
            },
        }
        Ok(())
    }

    /// Adds a relation; an end that is an event is its trigger.
    fn relate(&mut self, id: &str, kind: &str, from: &str, to: &str) -> Result<(), Reason> {
        let (from, to) = (self.trigger(from), self.trigger(to));
        self.must_have(id, from)?;
        self.must_have(id, to)?;
        if from == to {
            return Err(Reason::RelationToItself {
                relation: id.to_owned(),
                span: from.to_owned(),
            });
        }
        self.layer.relations.push(RelationRecord {
            id: format!("{id}/{}", self.layer.relations.len()),
            kind: self.name(kind).to_owned(),
            from: from.to_owned(),
            to: to.to_owned(),
        });
        Ok(())
    }

    fn must_have(&self, id: &str, end: &str) -> Result<(), Reason> {
        if self.places.contains_key(end) {
            return Ok(());
        }
        Err(Reason::RelationEnd {
            relation: id.to_owned(),
            span: text::quote(end, 40),
        })
    }

    fn trigger<'i>(&self, id: &'i str) -> &'i str
    where
        'a: 'i,
    {
        self.triggers.get(id).copied().unwrap_or(id)
    }

    fn span(&mut self, id: &str) -> Option<&mut SpanRecord> {
        let place = *self.places.get(self.trigger(id))?;
        self.layer.spans.get_mut(place)
    }

    fn name<'n>(&'n self, kind: &'n str) -> &'n str {
        self.types.get(kind).map_or(kind, |name| name)
    }

    /// Keeps a line that says nothing that the model has.
    fn keep(&mut self, raw: &str) {
        let (id, rest) = raw.split_once('\t').unwrap_or((raw, ""));
        let (key, rest) = (format!("brat {id}"), rest.to_owned());
        add(&mut self.metadata, "further", key, rest);
    }
}

/// Takes what brat's own lines cannot hold.
fn own_note(text: &str, data: &mut SpanData) -> Result<(), Reason> {
    let said: BTreeMap<String, Value> = serde_json::from_str(text)
        .map_err(|error| Reason::Malformed(format!("a note of {OWN_NOTE}: {error}")))?;
    for (field, value) in said {
        match (&*field, value) {
            ("note", Value::String(note)) => data.note = note,
            ("attributes", Value::Object(values)) => {
                for (name, value) in values {
                    if let Value::String(value) = value {
                        data.attributes.insert(name, value);
                    }
                }
            }
            _ => {
                return Err(Reason::Malformed(format!(
                    "a note of {OWN_NOTE} says “{}”",
                    text::quote(&field, 40)
                )));
            }
        }
    }
    Ok(())
}

/// Whether two texts are the same but for white space: line breaks stand as spaces in the file.
fn same_letters(one: &str, other: &str) -> bool {
    let letter = |ch: &char| !ch.is_whitespace() && !ch.is_control() && *ch != '…';
    let (one, other) = (one.chars().filter(letter), other.chars().filter(letter));
    one.eq(other)
}
