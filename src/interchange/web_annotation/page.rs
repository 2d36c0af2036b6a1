//! The annotations of a page or a file, by the texts that they are about.

use std::collections::{BTreeMap, HashMap};

use serde_json::{Value, json};

use crate::{
    annotation::{Annotator, Fragments, LabelId, SpanData},
    interchange::{LayerRecord, Reason, RelationRecord, SpanRecord, Unit, json::add},
    text,
};

use super::{item::Item, place::Places};

/// Annotations of one or several texts.
#[derive(Default)]
pub(super) struct Batch {
    groups: Vec<Group>,
    /// Places of groups by what their texts are called.
    places: HashMap<Option<String>, usize>,
    /// Places of groups by the ids of annotations in them.
    items: HashMap<String, usize>,
    /// Annotations that link others, which may come later.
    links: Vec<(Item, u64)>,
    count: usize,
}

/// The annotations of a text.
pub(super) struct Group {
    pub(super) line: u64,
    pub(super) source: Option<String>,
    pub(super) text: Option<String>,
    pub(super) title: Option<String>,
    metadata: BTreeMap<String, String>,
    items: Vec<Item>,
    links: Vec<Item>,
}

/// The layers and the metadata that annotations make.
type Made = (Vec<LayerRecord>, BTreeMap<String, String>);

impl Batch {
    /// How many annotations it has.
    pub(super) fn len(&self) -> usize {
        self.count
    }

    /// Takes an annotation that stands at a line.
    pub(super) fn take(&mut self, mut item: Item, line: u64) -> Result<(), Reason> {
        self.count += 1;
        if item.motivation == "linking" && item.is_whole() && item.targets.len() > 1 {
            self.links.push((item, line));
            return Ok(());
        }
        let Some(first) = item.targets.first_mut() else {
            let said = format!("annotation {} has no target", item.id);
            return Err(Reason::Malformed(said));
        };
        let source = first.source.take();
        let (text, title) = (first.text.take(), first.title.take());
        let others = item.targets.iter().skip(1);
        if let Some(other) = others
            .filter_map(|target| target.source.as_ref())
            .find(|other| Some(*other) != source.as_ref())
        {
            let (id, other) = (&item.id, text::quote(other, 60));
            let said = format!("annotation {id} is also about another text, {other}");
            return Err(Reason::Malformed(said));
        }
        let place = self.group(source, line);
        self.items.insert(item.id.clone(), place);
        let Some(group) = self.groups.get_mut(place) else {
            return Ok(());
        };
        group.text = group.text.take().or(text);
        group.title = group.title.take().or(title);
        if item.is_whole() {
            group.say(item);
        } else {
            group.items.push(item);
        }
        Ok(())
    }

    fn group(&mut self, source: Option<String>, line: u64) -> usize {
        if let Some(place) = self.places.get(&source) {
            return *place;
        }
        self.groups.push(Group {
            line,
            source: source.clone(),
            text: None,
            title: None,
            metadata: BTreeMap::new(),
            items: Vec::new(),
            links: Vec::new(),
        });
        let place = self.groups.len() - 1;
        self.places.insert(source, place);
        place
    }

    /// The annotations of each text.
    pub(super) fn finish(mut self) -> Vec<Group> {
        for (link, line) in std::mem::take(&mut self.links) {
            let mut ends = link.targets.iter().filter_map(|end| end.source.as_ref());
            let place = ends.find_map(|end| self.items.get(end)).copied();
            // One that links nothing that is here must not get lost.
            let place = place.unwrap_or_else(|| match self.groups.len() {
                0 => self.group(None, line),
                _ => 0,
            });
            if let Some(group) = self.groups.get_mut(place) {
                group.links.push(link);
            }
        }
        self.groups
    }
}

impl Group {
    /// Takes what is said of the text as a whole: what has a name as metadata, all else together.
    fn say(&mut self, item: Item) {
        for (key, value) in item.attributes {
            add(&mut self.metadata, "annotation", key, value);
        }
        if !item.labels.is_empty() || !item.note.is_empty() {
            let said = json!({"labels": item.labels, "note": item.note}).to_string();
            add(
                &mut self.metadata,
                "further",
                format!("annotation {}", item.id),
                said,
            );
        }
    }

    /// Finds the spans in the text. Those that name nobody are `nobody`'s.
    pub(super) fn layers(
        mut self,
        text: &str,
        unit: Option<Unit>,
        nobody: &Annotator,
    ) -> Result<Made, Reason> {
        let places = Places::new(text, unit);
        let mut made = Making::default();
        for item in std::mem::take(&mut self.items) {
            let mut ranges = Vec::with_capacity(item.targets.len());
            for target in &item.targets {
                ranges.push(places.range(&item.id, &target.selectors)?);
            }
            let fragments = Fragments::checked(text, ranges).map_err(|error| Reason::Span {
                span: item.id.clone(),
                error: error.into(),
            })?;
            made.spans(item, &fragments, nobody)?;
        }
        for link in std::mem::take(&mut self.links) {
            if !made.relation(&link)? {
                let ends = link.targets.iter().map(|end| end.source.as_deref());
                let said: Value =
                    json!({"labels": link.labels, "targets": ends.collect::<Vec<_>>()});
                let key = format!("relation {}", link.id);
                add(&mut self.metadata, "further", key, said.to_string());
            }
        }
        for layer in &made.list {
            layer.check()?;
        }
        Ok((made.list, self.metadata))
    }
}

/// Layers as far as they are made.
#[derive(Default)]
struct Making {
    list: Vec<LayerRecord>,
    places: HashMap<Annotator, usize>,
    /// The layers of spans.
    spans: HashMap<String, usize>,
}

impl Making {
    /// Makes a span for each tag of an annotation; the first has the annotation's id. One without a
    /// tag is labelled as what it was made for.
    fn spans(
        &mut self,
        mut item: Item,
        fragments: &Fragments,
        nobody: &Annotator,
    ) -> Result<(), Reason> {
        let who = item.who.take().unwrap_or_else(|| nobody.clone());
        let place = *self.places.entry(who).or_insert_with_key(|who| {
            self.list.push(LayerRecord::new(who.clone()));
            self.list.len() - 1
        });
        if item.labels.is_empty() {
            let label = match &*item.motivation {
                "" => "annotation",
                motivation => motivation,
            };
            item.labels.push(label.to_owned());
        }
        if self.spans.insert(item.id.clone(), place).is_some() {
            return Err(Reason::Duplicate {
                what: "annotation",
                id: item.id,
            });
        }
        let Some(layer) = self.list.get_mut(place) else {
            return Ok(());
        };
        for (number, label) in (1..).zip(&item.labels) {
            let label = LabelId::new(label).map_err(|error| Reason::Span {
                span: item.id.clone(),
                error: error.into(),
            })?;
            let mut data = SpanData::new(label, fragments.clone());
            data.attributes.clone_from(&item.attributes);
            data.note.clone_from(&item.note);
            let id = if number == 1 {
                item.id.clone()
            } else {
                format!("{}/{number}", item.id)
            };
            layer.spans.push(SpanRecord::new(id, data));
        }
        Ok(())
    }

    /// Makes a relation of each tag of an annotation that links two others. One of more, or of those
    /// of several annotators, is not taken: `false`.
    fn relation(&mut self, link: &Item) -> Result<bool, Reason> {
        let mut ends = Vec::with_capacity(2);
        for target in &link.targets {
            let end = target.source.as_deref().unwrap_or_default();
            let place = self.spans.get(end).ok_or_else(|| Reason::RelationEnd {
                relation: link.id.clone(),
                span: text::quote(end, 60),
            })?;
            ends.push((end, *place));
        }
        let [(from, place), (to, other)] = *ends else {
            return Ok(false);
        };
        let Some(layer) = self.list.get_mut(place).filter(|_| place == other) else {
            return Ok(false);
        };
        let kinds = if link.labels.is_empty() {
            std::slice::from_ref(&link.motivation)
        } else {
            &link.labels
        };
        for kind in kinds {
            layer.relations.push(RelationRecord {
                id: format!("{}/{}", link.id, layer.relations.len()),
                kind: kind.clone(),
                from: from.to_owned(),
                to: to.to_owned(),
            });
        }
        Ok(true)
    }
}
