//! What all measures take: the shared documents, with each layer as light units in code points and token
//! indexes, made once. Order: annotators as they were chosen, else by name; documents by id; labels as the
//! label set has them, unknown ones behind by id; units by start, the longer first, then label, fragments, id.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::annotation::{
    Annotator, Attributes, DocumentId, LabelId, LabelKind, LabelSet, Layer, Span, SpanId,
};
use crate::text::{OffsetMap, proclitic};

/// A fragment of a unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Piece {
    /// The first code point.
    pub start: u32,
    /// The code point behind the last.
    pub end: u32,
    /// The first token that shares a code point with it.
    pub first_token: u32,
    /// The token behind the last that does.
    pub end_token: u32,
}

/// A span as measures see it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unit {
    /// The span.
    pub span: SpanId,
    /// Its label's place in [`Corpus::labels`].
    pub label: u32,
    /// The first code point.
    pub start: u32,
    /// The code point behind the last, gaps included.
    pub end: u32,
    /// The start with all proclitics dropped that `text::proclitic` finds at the word's start, in code points;
    /// equal to `start` where there are none.
    pub bare: u32,
    first_piece: u32,
    piece_count: u32,
}

/// A relation between two units of a layer.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UnitRelation {
    /// The name of its type.
    pub kind: String,
    /// The unit it begins at.
    pub from: u32,
    /// The unit it points to.
    pub to: u32,
}

/// One annotator's units on one document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct UnitLayer {
    units: Vec<Unit>,
    pieces: Vec<Piece>,
    by_label: Vec<u32>,
    /// Attributes of the units that have some, by their place.
    pub attributes: BTreeMap<u32, Attributes>,
    /// Relations between its units, sorted.
    pub relations: Vec<UnitRelation>,
}

impl UnitLayer {
    /// The units, in order.
    pub fn units(&self) -> &[Unit] {
        &self.units
    }

    /// The fragments of one of its units, in order.
    pub fn pieces(&self, unit: &Unit) -> &[Piece] {
        let first = unit.first_piece as usize;
        self.pieces
            .get(first..first + unit.piece_count as usize)
            .unwrap_or_default()
    }

    /// Places of the units sorted by label, within a label in order.
    pub fn by_label(&self) -> &[u32] {
        &self.by_label
    }

    /// The unit at `place`.
    pub fn unit(&self, place: u32) -> Option<&Unit> {
        self.units.get(place as usize)
    }

    /// Makes the layer of raw units whose relations name places of `raw`.
    fn build(mut raw: Vec<RawUnit>, relations: Vec<UnitRelation>) -> Self {
        for (place, unit) in raw.iter_mut().enumerate() {
            unit.place = place as u32;
        }
        raw.sort_by(|a, b| a.key().cmp(&b.key()));
        let mut moved = vec![0; raw.len()];
        let mut layer = Self::default();
        for (place, unit) in raw.into_iter().enumerate() {
            if let Some(to) = moved.get_mut(unit.place as usize) {
                *to = place as u32;
            }
            layer.units.push(Unit {
                span: unit.span,
                label: unit.label,
                start: unit.start(),
                end: unit.end(),
                bare: unit.bare,
                first_piece: layer.pieces.len() as u32,
                piece_count: unit.pieces.len() as u32,
            });
            layer.pieces.extend(unit.pieces);
            if let Some(attributes) = unit.attributes {
                layer.attributes.insert(place as u32, attributes);
            }
        }
        layer.relations = relations;
        for relation in &mut layer.relations {
            relation.from = moved.get(relation.from as usize).copied().unwrap_or(0);
            relation.to = moved.get(relation.to as usize).copied().unwrap_or(0);
        }
        layer.relations.sort();
        layer.by_label = (0..layer.units.len() as u32).collect();
        let units = &layer.units;
        layer
            .by_label
            .sort_by_key(|place| units.get(*place as usize).map(|unit| unit.label));
        layer
    }

    /// The layer with labels renumbered.
    fn relabelled(self, to: &[u32]) -> Self {
        let raw = self
            .units
            .iter()
            .enumerate()
            .map(|(place, unit)| RawUnit {
                span: unit.span,
                label: to.get(unit.label as usize).copied().unwrap_or(unit.label),
                bare: unit.bare,
                pieces: self.pieces(unit).to_vec(),
                attributes: self.attributes.get(&(place as u32)).cloned(),
                place: 0,
            })
            .collect();
        Self::build(raw, self.relations)
    }
}

/// A unit before it has its place.
struct RawUnit {
    span: SpanId,
    label: u32,
    bare: u32,
    pieces: Vec<Piece>,
    attributes: Option<Attributes>,
    place: u32,
}

impl RawUnit {
    fn start(&self) -> u32 {
        self.pieces.first().map_or(0, |piece| piece.start)
    }

    fn end(&self) -> u32 {
        self.pieces.last().map_or(0, |piece| piece.end)
    }

    fn key(&self) -> (u32, Reverse<u32>, u32, &[Piece], SpanId) {
        (
            self.start(),
            Reverse(self.end()),
            self.label,
            &self.pieces,
            self.span,
        )
    }
}

/// A document with the layers that are compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnitDocument {
    /// Its id.
    pub id: DocumentId,
    /// The text's length in code points.
    pub length: u32,
    /// The number of tokens: maximal runs of code points that are not white space.
    pub tokens: u32,
    /// The layers with their annotators' places in [`Corpus::annotators`], sorted by these.
    pub layers: Vec<(u32, UnitLayer)>,
}

impl UnitDocument {
    /// The layer of the annotator at `place`.
    pub fn layer(&self, place: u32) -> Option<&UnitLayer> {
        let found = self.layers.binary_search_by_key(&place, |(at, _)| *at);
        found
            .ok()
            .and_then(|at| self.layers.get(at))
            .map(|(_, layer)| layer)
    }
}

/// A label that occurs, or was asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnitLabel {
    /// Its id.
    pub id: LabelId,
    /// Its name in files.
    pub name: String,
    /// Its group: spans of one group are not meant to overlap within one annotator.
    pub kind: LabelKind,
}

/// Everything that is compared, prepared once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Corpus {
    /// The annotators who have a layer on a shared document.
    pub annotators: Vec<Annotator>,
    /// How many annotators have a layer on any document.
    pub annotators_met: usize,
    /// The labels that occur or were asked for.
    pub labels: Vec<UnitLabel>,
    /// The documents that two or more of the annotators have a layer on.
    pub documents: Vec<UnitDocument>,
    /// How many documents were left out because fewer than two annotators have a layer on them.
    pub unshared: usize,
    /// How many spans were left out because they do not fit their text.
    pub misfits: usize,
}

/// What is compared: everything where a field is `None`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Selection {
    /// Names (in files) or ids of labels; spans of others are dropped before everything.
    pub labels: Option<BTreeSet<String>>,
    /// The annotators, in the order in which they are to stand.
    pub annotators: Option<Vec<Annotator>>,
}

/// Takes documents one by one, so that texts and layers need not all be in memory.
#[derive(Debug)]
pub struct CorpusBuilder<'a> {
    set: &'a LabelSet,
    selection: Selection,
    places: HashMap<LabelId, Option<u32>>,
    labels: Vec<UnitLabel>,
    annotators: Vec<Annotator>,
    met: BTreeSet<u32>,
    corpus: Corpus,
}

impl<'a> CorpusBuilder<'a> {
    /// An empty one, for spans of this label set.
    pub fn new(set: &'a LabelSet, selection: Selection) -> Self {
        let annotators = selection.annotators.clone().unwrap_or_default();
        Self {
            set,
            selection,
            places: HashMap::new(),
            labels: Vec::new(),
            annotators,
            met: BTreeSet::new(),
            corpus: Corpus::default(),
        }
    }

    /// Takes a document with its layers; of two layers of one annotator the first counts. A layer without
    /// spans counts: its annotator looked and found nothing.
    pub fn add<'l>(
        &mut self,
        id: DocumentId,
        text: &str,
        layers: impl IntoIterator<Item = (&'l Annotator, &'l Layer)>,
    ) {
        let chosen: Vec<(u32, &Layer)> = layers
            .into_iter()
            .filter_map(|(annotator, layer)| Some((self.annotator(annotator)?, layer)))
            .collect();
        self.met
            .extend(chosen.iter().map(|(annotator, _)| *annotator));
        let scale = TextScale::new(text);
        let mut layers: Vec<(u32, UnitLayer)> = Vec::with_capacity(chosen.len());
        for (annotator, layer) in chosen {
            if layers.iter().all(|(there, _)| *there != annotator) {
                let layer = self.layer(&scale, layer);
                layers.push((annotator, layer));
            }
        }
        if layers.len() < 2 {
            self.corpus.unshared += 1;
            return;
        }
        self.corpus.documents.push(UnitDocument {
            id,
            length: scale.map.char_len() as u32,
            tokens: scale.tokens.len() as u32,
            layers,
        });
    }

    /// What was taken, in the stated order.
    pub fn finish(mut self) -> Corpus {
        self.add_wanted_labels();
        let mut order: Vec<u32> = (0..self.labels.len() as u32).collect();
        order.sort_by_key(|place| {
            let label = self.labels.get(*place as usize);
            let known = label.and_then(|label| {
                self.set
                    .labels
                    .iter()
                    .position(|other| other.id == label.id)
            });
            (
                known.unwrap_or(usize::MAX),
                label.map(|label| label.id.clone()),
            )
        });
        let moved = inverse(&order);
        let in_order = moved.iter().enumerate().all(|(at, to)| at as u32 == *to);
        let (annotators, places) = self.annotators_in_order();
        let mut corpus = self.corpus;
        corpus.annotators = annotators;
        corpus.annotators_met = self.met.len();
        corpus.labels = order
            .iter()
            .filter_map(|place| self.labels.get(*place as usize).cloned())
            .collect();
        for document in &mut corpus.documents {
            for (annotator, layer) in &mut document.layers {
                *annotator = places.get(annotator).copied().unwrap_or(0);
                if !in_order {
                    *layer = std::mem::take(layer).relabelled(&moved);
                }
            }
            document.layers.sort_by_key(|(annotator, _)| *annotator);
        }
        corpus.documents.sort_by_key(|document| document.id);
        corpus
    }

    /// Labels that were asked for by name stand in the result even where no span has them.
    fn add_wanted_labels(&mut self) {
        let wanted: Vec<LabelId> = self
            .set
            .labels
            .iter()
            .filter(|_| self.selection.labels.is_some())
            .map(|label| label.id.clone())
            .collect();
        for id in wanted {
            self.label(&id);
        }
    }

    /// Those who have a layer on a shared document, and each one's place by the place it had.
    fn annotators_in_order(&self) -> (Vec<Annotator>, BTreeMap<u32, u32>) {
        let present: BTreeSet<u32> = self
            .corpus
            .documents
            .iter()
            .flat_map(|document| document.layers.iter().map(|(annotator, _)| *annotator))
            .collect();
        let mut order: Vec<(u32, &Annotator)> = present
            .into_iter()
            .filter_map(|place| Some((place, self.annotators.get(place as usize)?)))
            .collect();
        if self.selection.annotators.is_none() {
            order.sort_by_key(|(_, annotator)| *annotator);
        }
        let places = order
            .iter()
            .enumerate()
            .map(|(to, (from, _))| (*from, to as u32))
            .collect();
        (
            order.into_iter().map(|(_, name)| name.clone()).collect(),
            places,
        )
    }

    fn annotator(&mut self, annotator: &Annotator) -> Option<u32> {
        let place = self.annotators.iter().position(|there| there == annotator);
        if place.is_none() && self.selection.annotators.is_some() {
            return None;
        }
        let place = place.unwrap_or_else(|| {
            self.annotators.push(annotator.clone());
            self.annotators.len() - 1
        });
        Some(place as u32)
    }

    /// The provisional place of the label that a span with `id` counts as; `None` if it was not asked for.
    fn label(&mut self, id: &LabelId) -> Option<u32> {
        if let Some(place) = self.places.get(id) {
            return *place;
        }
        let label = self.set.resolve(id).map_or_else(
            || UnitLabel {
                id: id.clone(),
                name: id.as_str().to_owned(),
                kind: LabelKind::default(),
            },
            |label| UnitLabel {
                id: label.id.clone(),
                name: label.name.clone(),
                kind: label.kind,
            },
        );
        let asked =
            self.selection.labels.as_ref().is_none_or(|names| {
                names.contains(&label.name) || names.contains(label.id.as_str())
            });
        let place = asked.then(|| {
            let there = self.labels.iter().position(|there| there.id == label.id);
            there.unwrap_or_else(|| {
                self.labels.push(label);
                self.labels.len() - 1
            }) as u32
        });
        self.places.insert(id.clone(), place);
        place
    }

    fn layer(&mut self, scale: &TextScale<'_>, layer: &Layer) -> UnitLayer {
        let mut raw = Vec::with_capacity(layer.len());
        let mut places = HashMap::new();
        let related = layer.relations().next().is_some();
        for span in layer.spans() {
            let Some(label) = self.label(&span.data.label) else {
                continue;
            };
            let Some(unit) = scale.unit(span, label) else {
                self.corpus.misfits += 1;
                continue;
            };
            if related {
                places.insert(span.id, raw.len() as u32);
            }
            raw.push(unit);
        }
        let relations = layer
            .relations()
            .filter_map(|relation| {
                Some(UnitRelation {
                    kind: relation.kind.clone(),
                    from: *places.get(&relation.from)?,
                    to: *places.get(&relation.to)?,
                })
            })
            .collect();
        UnitLayer::build(raw, relations)
    }
}

/// For each place where it went.
fn inverse(order: &[u32]) -> Vec<u32> {
    let mut moved = vec![0; order.len()];
    for (to, from) in order.iter().enumerate() {
        if let Some(slot) = moved.get_mut(*from as usize) {
            *slot = to as u32;
        }
    }
    moved
}

/// A text's code points and tokens.
struct TextScale<'t> {
    text: &'t str,
    map: OffsetMap,
    /// In bytes.
    tokens: Vec<(usize, usize)>,
}

impl<'t> TextScale<'t> {
    fn new(text: &'t str) -> Self {
        Self {
            text,
            map: OffsetMap::new(text),
            tokens: tokens(text),
        }
    }

    fn unit(&self, span: &Span, label: u32) -> Option<RawUnit> {
        let ranges = span.data.fragments.ranges();
        let pieces = ranges
            .iter()
            .map(|range| {
                let first = self
                    .tokens
                    .partition_point(|(_, end)| *end <= range.start());
                let behind = self
                    .tokens
                    .partition_point(|(start, _)| *start < range.end());
                Some(Piece {
                    start: self.map.char_of_byte(self.text, range.start())? as u32,
                    end: self.map.char_of_byte(self.text, range.end())? as u32,
                    first_token: first as u32,
                    end_token: behind.max(first) as u32,
                })
            })
            .collect::<Option<Vec<Piece>>>()?;
        let first = ranges.first()?;
        let bare = self.bare(first.start(), first.end());
        let attributes = (!span.data.attributes.is_empty()).then(|| span.data.attributes.clone());
        Some(RawUnit {
            span: span.id,
            label,
            bare: self.map.char_of_byte(self.text, bare)? as u32,
            pieces,
            attributes,
            place: 0,
        })
    }

    /// Byte `start` with the proclitics dropped; itself where no letter would be left before `end`.
    fn bare(&self, start: usize, end: usize) -> usize {
        let begins = |letter: char| matches!(letter, 'و' | 'ف' | 'ب' | 'ل' | 'ك' | 'س');
        let rest = self.text.get(start..).unwrap_or_default();
        let behind = self.text.get(..start).unwrap_or_default();
        // Most starts are neither on a proclitic nor behind one: look further only where it may be.
        let on = rest.chars().next().is_some_and(begins);
        let after = behind
            .chars()
            .next_back()
            .is_some_and(|letter| !letter.is_whitespace());
        if !on && !after {
            return start;
        }
        let edges = proclitic::edges(self.text, start);
        let at_edge = edges.contains(&start) || (on && begins_word(behind));
        edges
            .last()
            .copied()
            .filter(|bare| at_edge && *bare < end)
            .unwrap_or(start)
    }
}

/// Whether a word can begin right behind `behind`: no letter or mark stands before it.
fn begins_word(behind: &str) -> bool {
    let word = |letter: char| {
        letter.is_alphanumeric()
            || crate::text::is_tashkeel(letter)
            || crate::text::is_tatweel(letter)
    };
    !behind.chars().next_back().is_some_and(word)
}

/// The tokens of `text` in bytes.
fn tokens(text: &str) -> Vec<(usize, usize)> {
    let mut tokens = Vec::with_capacity(text.len() / 8);
    let mut open: Option<usize> = None;
    for (at, letter) in text.char_indices() {
        match (open, letter.is_whitespace()) {
            (None, false) => open = Some(at),
            (Some(start), true) => {
                tokens.push((start, at));
                open = None;
            }
            _ => {}
        }
    }
    tokens.extend(open.map(|start| (start, text.len())));
    tokens
}
