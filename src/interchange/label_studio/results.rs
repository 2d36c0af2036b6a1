//! The results of an annotation. A region is a result with a range; results with the same id say
//! more of it: choices and texts become its attributes. What has no region is of the document.

use std::{
    cell::OnceCell,
    collections::{BTreeMap, HashMap},
};

use serde_json::{Map, Value};

use crate::{
    annotation::{Annotator, Fragments, LabelId, SpanData},
    interchange::{
        LayerRecord, Offsets, Reason, RelationRecord, SpanError, SpanRecord, Unit,
        json::{id_of, text_of},
    },
    text,
};

/// Reads the results on a text.
pub(super) struct Results<'a> {
    text: &'a str,
    offsets: Offsets<'a>,
    /// Where nobody said what is counted: some versions of Label Studio count UTF-16. Which one a
    /// region means is told by the text that stands beside it.
    utf16: Option<OnceCell<Offsets<'a>>>,
}

/// A region, as far as it is known.
struct Region {
    id: String,
    fragments: Fragments,
    /// What its labels would stand under.
    tag: String,
    labels: Vec<String>,
    attributes: BTreeMap<String, String>,
    note: String,
}

/// The regions of an annotation.
#[derive(Default)]
struct Regions {
    list: Vec<Region>,
    places: HashMap<String, usize>,
}

impl<'a> Results<'a> {
    pub(super) fn new(text: &'a str, unit: Option<Unit>) -> Self {
        Self {
            text,
            offsets: Offsets::new(text, unit.unwrap_or(Unit::CodePoints)),
            utf16: unit.is_none().then(OnceCell::new),
        }
    }

    /// The layer that the results make, and what they say of the document as a whole.
    pub(super) fn layer(
        &self,
        annotator: Annotator,
        results: Vec<Value>,
    ) -> Result<(LayerRecord, Vec<(String, String)>), Reason> {
        let mut layer = LayerRecord::new(annotator);
        let (mut regions, mut others) = (Regions::default(), Vec::new());
        for (number, result) in (1..).zip(results) {
            let Value::Object(mut fields) = result else {
                let what = text::quote(&result.to_string(), 80);
                return Err(Reason::Malformed(format!(
                    "result {number} is no object but {what}"
                )));
            };
            let kind = take_text(&mut fields, "type").unwrap_or_default();
            if kind == "relation" {
                relations(number, &mut fields, &mut layer.relations)?;
                continue;
            }
            let id = fields.shift_remove("id").as_ref().and_then(id_of);
            let id = id.unwrap_or_else(|| format!("result {number}"));
            let tag = take_text(&mut fields, "from_name").unwrap_or_else(|| kind.clone());
            let value = match fields.shift_remove("value") {
                Some(Value::Object(value)) => value,
                other => Map::from_iter(other.map(|value| (kind.clone(), value))),
            };
            if value.contains_key("start") && value.contains_key("end") {
                self.region((id, tag, kind), value, fields, &mut regions)?;
            } else {
                others.push((id, tag, value));
            }
        }
        let mut of_document = Vec::new();
        for (id, tag, value) in others {
            let said = value
                .into_iter()
                .next()
                .and_then(|(_, value)| answer(value));
            let place = regions.places.get(&id);
            match place.and_then(|place| regions.list.get_mut(*place)) {
                Some(region) => region.attributes.extend(said.map(|said| (tag, said))),
                None => of_document.extend(said.map(|said| (tag, said))),
            }
        }
        layer.spans = spans(regions.list)?;
        layer.check()?;
        Ok((layer, of_document))
    }

    /// Takes a result that has a range.
    fn region(
        &self,
        (id, tag, kind): (String, String, String),
        mut value: Map<String, Value>,
        fields: Map<String, Value>,
        regions: &mut Regions,
    ) -> Result<(), Reason> {
        let fragments = self
            .range(&kind, &mut value)
            .map_err(|error| Reason::Span {
                span: id.clone(),
                error,
            })?;
        let region = regions.at(id, &fragments, &tag)?;
        if let Some(labels) = take_labels(&mut value, &kind) {
            for label in labels {
                region.labels.push(label?);
            }
        } else {
            let field = if kind == "textarea" { "text" } else { &*kind };
            let said = value.shift_remove(field).and_then(answer);
            region.attributes.extend(said.map(|said| (tag, said)));
        }
        for (name, value) in value.into_iter().chain(fields) {
            region.say(name, value);
        }
        Ok(())
    }

    fn range(&self, kind: &str, value: &mut Map<String, Value>) -> Result<Fragments, SpanError> {
        let mut start = value.shift_remove("start").unwrap_or_default();
        let mut end = value.shift_remove("end").unwrap_or_default();
        // In a page the ends are named by elements, and beside that in its text.
        if let Some(Value::Object(mut global)) = value.shift_remove("globalOffsets") {
            start = global.shift_remove("start").unwrap_or_default();
            end = global.shift_remove("end").unwrap_or_default();
            value.shift_remove("startOffset");
            value.shift_remove("endOffset");
        }
        let found = self.offsets.fragments([(&start, &end)]);
        // The answers to a question stand under the same name as the text of a region.
        if kind == "textarea" {
            return found;
        }
        let Some(Value::String(written)) = value.shift_remove("text") else {
            return found;
        };
        let says = |fragments: &Fragments| same_letters(&fragments.text(self.text), &written);
        if let Some(utf16) = &self.utf16
            && !found.as_ref().is_ok_and(says)
        {
            let offsets = utf16.get_or_init(|| Offsets::new(self.text, Unit::Utf16));
            let other = offsets.fragments([(&start, &end)]).ok().filter(says);
            if let Some(other) = other {
                return Ok(other);
            }
        }
        let found = found?;
        if says(&found) {
            return Ok(found);
        }
        Err(SpanError::Text {
            written: text::quote(&written, 60),
            found: text::quote(&found.text(self.text), 60),
        })
    }
}

impl Regions {
    /// The region of this id; a new one where there is none.
    fn at(&mut self, id: String, fragments: &Fragments, tag: &str) -> Result<&mut Region, Reason> {
        let next = self.list.len();
        let place = *self.places.entry(id.clone()).or_insert(next);
        if place == next {
            self.list.push(Region {
                id: id.clone(),
                fragments: fragments.clone(),
                tag: tag.to_owned(),
                labels: Vec::new(),
                attributes: BTreeMap::new(),
                note: String::new(),
            });
        }
        let region = self.list.get_mut(place);
        let region = region.filter(|region| region.fragments == *fragments);
        region.ok_or(Reason::Duplicate { what: "region", id })
    }
}

impl Region {
    /// Takes a field that no part of a region must have.
    fn say(&mut self, name: String, value: Value) {
        match (&*name, value) {
            ("to_name" | "hidden" | "locked" | "readonly", _) | (_, Value::Bool(false)) => {}
            ("origin", Value::String(origin)) if origin == "manual" => {}
            ("meta", Value::Object(mut meta)) => {
                if let Some(note) = meta.shift_remove("text").and_then(note) {
                    self.note = note;
                }
                let further = text_of(Value::Object(meta));
                self.attributes.extend(further.map(|said| (name, said)));
            }
            (_, value) => {
                let said = text_of(value);
                self.attributes.extend(said.map(|said| (name, said)));
            }
        }
    }
}

/// A span for each label of each region; the first one has the region's id. A region without a label
/// is named after its tag.
fn spans(regions: Vec<Region>) -> Result<Vec<SpanRecord>, Reason> {
    let mut spans = Vec::with_capacity(regions.len());
    for mut region in regions {
        if region.labels.is_empty() {
            region.labels.push(region.tag);
        }
        for (number, label) in (1..).zip(&region.labels) {
            let label = LabelId::new(label).map_err(|error| Reason::Span {
                span: region.id.clone(),
                error: error.into(),
            })?;
            let mut data = SpanData::new(label, region.fragments.clone());
            data.attributes.clone_from(&region.attributes);
            data.note.clone_from(&region.note);
            let id = if number == 1 {
                region.id.clone()
            } else {
                format!("{}/{number}", region.id)
            };
            spans.push(SpanRecord::new(id, data));
        }
    }
    Ok(spans)
}

/// Takes a relation. One of several labels is several; one that leads both ways is two.
fn relations(
    number: usize,
    fields: &mut Map<String, Value>,
    relations: &mut Vec<RelationRecord>,
) -> Result<(), Reason> {
    let end = |field: &str| fields.get(field).and_then(id_of);
    let (Some(from), Some(to)) = (end("from_id"), end("to_id")) else {
        return Err(Reason::Malformed(format!(
            "result {number} is a relation without `from_id` and `to_id`"
        )));
    };
    let ends = match fields.get("direction").and_then(Value::as_str) {
        Some("left") => vec![(to, from)],
        Some("bi") => vec![(from.clone(), to.clone()), (to, from)],
        _ => vec![(from, to)],
    };
    let labels = fields.get("labels").and_then(Value::as_array);
    let mut kinds: Vec<&str> = labels
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .collect();
    if kinds.is_empty() {
        kinds.push("relation");
    }
    for kind in kinds {
        for (from, to) in &ends {
            relations.push(RelationRecord {
                id: format!("{number}/{}", relations.len()),
                kind: kind.to_owned(),
                from: from.clone(),
                to: to.clone(),
            });
        }
    }
    Ok(())
}

fn take_text(fields: &mut Map<String, Value>, name: &str) -> Option<String> {
    match fields.shift_remove(name) {
        Some(Value::String(text)) => Some(text),
        _ => None,
    }
}

/// The labels of a region; `None` where it is no result of labels.
fn take_labels(
    value: &mut Map<String, Value>,
    kind: &str,
) -> Option<impl Iterator<Item = Result<String, Reason>>> {
    let field = if kind.ends_with("labels") {
        kind
    } else {
        "labels"
    };
    let field = if value.contains_key(field) {
        field
    } else {
        "labels"
    };
    let labels = match value.shift_remove(field) {
        Some(Value::Array(labels)) => labels,
        Some(Value::Null) | None if kind.ends_with("labels") => Vec::new(),
        Some(other) => vec![other],
        None => return None,
    };
    Some(labels.into_iter().map(|label| match label {
        Value::String(label) => Ok(label),
        other => Err(Reason::Malformed(format!("{other} is no label"))),
    }))
}

/// What somebody answered: a list of one text is that text.
fn answer(value: Value) -> Option<String> {
    match value {
        Value::Array(mut list) if list.len() == 1 && list.first().is_some_and(Value::is_string) => {
            list.pop().and_then(text_of)
        }
        other => text_of(other),
    }
}

fn note(value: Value) -> Option<String> {
    match value {
        Value::Array(lines) => {
            let lines: Vec<String> = lines.into_iter().filter_map(text_of).collect();
            Some(lines.join("\n")).filter(|note| !note.is_empty())
        }
        other => text_of(other),
    }
}

/// Whether two texts are the same but for white space, which Label Studio's exports collapse or
/// write as `\n`.
fn same_letters(one: &str, other: &str) -> bool {
    if one == other {
        return true;
    }
    let letters = |text: &str| -> String {
        let plain = text.replace("\\n", "").replace("\\r", "");
        plain.chars().filter(|ch| !ch.is_whitespace()).collect()
    };
    letters(one) == letters(other)
}
