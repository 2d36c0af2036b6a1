//! What all measures take: the shared documents, with each layer as light units in code points and token
//! indexes, made once. Order: annotators as they were chosen, else by name; documents by id; labels as the
//! label set has them, unknown ones behind by id; units by start, the longer first, then label, fragments, id.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use crate::annotation::{Annotator, Attributes, DocumentId, LabelId, LabelKind, SpanId};

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
    /// The start with all taken in that can be a proclitic (`text::proclitic::taken_in`), in code points; equal to
    /// `start` where there is none.
    pub whole: u32,
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

/// The part of a unit that matching looks at first: small, so that a corpus stays in the processor's cache.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Slot {
    pub(super) label: u32,
    pub(super) start: u32,
    pub(super) end: u32,
    /// The unit.
    pub(super) place: u32,
    /// Whether it has one fragment.
    pub(super) whole: bool,
}

/// One annotator's units on one document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct UnitLayer {
    units: Vec<Unit>,
    pieces: Vec<Piece>,
    by_label: Vec<u32>,
    /// What matching looks at, in the order of `by_label`.
    slots: Vec<Slot>,
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

    /// The same, each with what matching looks at.
    pub(super) fn slots(&self) -> &[Slot] {
        &self.slots
    }

    /// The unit at `place`.
    pub fn unit(&self, place: u32) -> Option<&Unit> {
        self.units.get(place as usize)
    }

    /// Makes the layer of raw units whose relations name places of `raw`.
    pub(super) fn build(mut raw: Vec<RawUnit>, relations: Vec<UnitRelation>) -> Self {
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
                whole: unit.whole,
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
        let slot = |place: &u32| {
            let unit = units.get(*place as usize)?;
            Some(Slot {
                label: unit.label,
                start: unit.start,
                end: unit.end,
                place: *place,
                whole: unit.piece_count == 1,
            })
        };
        layer.slots = layer.by_label.iter().filter_map(slot).collect();
        layer
    }

    /// The layer with labels renumbered.
    pub(super) fn relabelled(self, to: &[u32]) -> Self {
        let raw = self
            .units
            .iter()
            .enumerate()
            .map(|(place, unit)| RawUnit {
                span: unit.span,
                label: to.get(unit.label as usize).copied().unwrap_or(unit.label),
                whole: unit.whole,
                pieces: self.pieces(unit).to_vec(),
                attributes: self.attributes.get(&(place as u32)).cloned(),
                place: 0,
            })
            .collect();
        Self::build(raw, self.relations)
    }
}

/// A unit before it has its place.
pub(super) struct RawUnit {
    pub(super) span: SpanId,
    pub(super) label: u32,
    pub(super) whole: u32,
    pub(super) pieces: Vec<Piece>,
    pub(super) attributes: Option<Attributes>,
    pub(super) place: u32,
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
