//! The differences between two layers of one document. Spans are paired as `agreement::align` does. Each pair that
//! differs, and each span that is alone, is told once; what is told does not depend on which layer is the first.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use super::Class;
use super::edges;
use crate::agreement::{
    CorpusBuilder, Selection, Unit, UnitDocument, UnitLabel, UnitLayer, align, is_turned,
    same_kind, shared,
};
use crate::annotation::{Annotator, DocumentId, LabelSet, Layer, SpanId};

/// A value that differs.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Differing {
    /// The attribute's name; of a relation `relation`.
    pub name: String,
    /// What the first layer says; of a relation the name of its type.
    pub left: Option<String>,
    /// What the second layer says.
    pub right: Option<String>,
}

/// A place where two layers of one document differ.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Disagreement {
    /// The first class that fits.
    pub class: Class,
    /// The first code point of all its spans.
    pub start: u32,
    /// The code point behind their last.
    pub end: u32,
    /// The first layer's spans that it is about; of a relation where it begins and where it points.
    pub left: Vec<SpanId>,
    /// The second layer's.
    pub right: Vec<SpanId>,
    /// For nesting: the other layer's span that it lies in or around.
    pub around: Option<SpanId>,
    /// For attributes and relations: the values.
    pub values: Vec<Differing>,
}

impl Disagreement {
    fn turn(&mut self) {
        std::mem::swap(&mut self.left, &mut self.right);
        for value in &mut self.values {
            std::mem::swap(&mut value.left, &mut value.right);
        }
    }
}

/// The disagreements of two layers of a document as the model has them. `labels`: names or ids of those that
/// are looked at; all where it is `None`.
pub fn of_document(
    set: &LabelSet,
    labels: Option<&BTreeSet<String>>,
    (id, text): (DocumentId, &str),
    left: &Layer,
    right: &Layer,
) -> Vec<Disagreement> {
    // Who they are does not matter: two names that stand in this order.
    let (first, second) = (Annotator::founder(), Annotator::imported());
    let selection = Selection {
        labels: labels.cloned(),
        annotators: Some(vec![first.clone(), second.clone()]),
    };
    let mut builder = CorpusBuilder::new(set, selection);
    builder.add(id, text, [(&first, left), (&second, right)]);
    let corpus = builder.finish();
    corpus.documents.first().map_or_else(Vec::new, |document| {
        disagreements(text, &corpus.labels, document, (0, 1))
    })
}

/// The disagreements of two annotators (by their places in the corpus) on a document with this text, in reading
/// order.
pub fn disagreements(
    text: &str,
    labels: &[UnitLabel],
    document: &UnitDocument,
    (left, right): (u32, u32),
) -> Vec<Disagreement> {
    let (Some(left), Some(right)) = (document.layer(left), document.layer(right)) else {
        return Vec::new();
    };
    let turned = is_turned(left, right);
    let (left, right) = if turned { (right, left) } else { (left, right) };
    let sides = Sides {
        text: edges::Places::new(text),
        labels,
        left,
        right,
    };
    let mut found = sides.all();
    found.sort_by_key(|one| (one.start, Reverse(one.end), one.class));
    if turned {
        found.iter_mut().for_each(Disagreement::turn);
    }
    found
}

/// A pair of units.
#[derive(Clone, Copy, Debug)]
struct Pair {
    left: u32,
    right: u32,
}

/// A unit that is alone and split from a pair of its label.
#[derive(Clone, Copy, Debug)]
struct Split {
    /// The place of the pair.
    pair: usize,
    is_left: bool,
    unit: u32,
}

struct Sides<'u> {
    text: edges::Places<'u>,
    labels: &'u [UnitLabel],
    left: &'u UnitLayer,
    right: &'u UnitLayer,
}

impl Sides<'_> {
    fn all(&self) -> Vec<Disagreement> {
        let (mut pairs, mut alone) = (Vec::new(), Vec::new());
        for row in align(self.labels, self.left, self.right) {
            match (row.left, row.right) {
                (Some(left), Some(right)) => pairs.push(Pair { left, right }),
                (left, right) => {
                    alone.extend(left.map(|place| (true, place)));
                    alone.extend(right.map(|place| (false, place)));
                }
            }
        }
        let mut found = Vec::new();
        let mut splits = Vec::new();
        alone.retain(|(is_left, unit)| {
            let pair = self.split_from(&pairs, *is_left, *unit);
            splits.extend(pair.map(|pair| Split {
                pair,
                is_left: *is_left,
                unit: *unit,
            }));
            pair.is_none()
        });
        for (at, pair) in pairs.iter().enumerate() {
            found.extend(self.of_pair(at, *pair, &splits));
            found.extend(self.of_attributes(*pair));
        }
        let single = |(is_left, place): &(bool, u32)| self.of_single(*is_left, *place);
        found.extend(alone.iter().filter_map(single));
        found.extend(self.of_relations(&pairs));
        found
    }

    fn layers(&self, is_left: bool) -> (&UnitLayer, &UnitLayer) {
        if is_left {
            (self.left, self.right)
        } else {
            (self.right, self.left)
        }
    }

    /// The pair that a unit which is alone is split from: all of one label, it meets the pair's unit of the
    /// other layer, and not that of its own.
    fn split_from(&self, pairs: &[Pair], is_left: bool, place: u32) -> Option<usize> {
        let (own, other) = self.layers(is_left);
        let unit = own.unit(place)?;
        let mut best: Option<(u32, usize)> = None;
        for (at, pair) in pairs.iter().enumerate() {
            let (mine, theirs) = if is_left {
                (pair.left, pair.right)
            } else {
                (pair.right, pair.left)
            };
            let (Some(mine), Some(theirs)) = (own.unit(mine), other.unit(theirs)) else {
                continue;
            };
            let apart = theirs.end <= unit.start || unit.end <= theirs.start;
            if apart || mine.label != unit.label || theirs.label != unit.label {
                continue;
            }
            let met = shared(own.pieces(unit), other.pieces(theirs));
            let splits = own.pieces(mine) != other.pieces(theirs)
                && shared(own.pieces(unit), own.pieces(mine)) == 0;
            if splits && met > best.map_or(0, |(most, _)| most) {
                best = Some((met, at));
            }
        }
        best.map(|(_, at)| at)
    }

    fn of_pair(&self, at: usize, pair: Pair, splits: &[Split]) -> Option<Disagreement> {
        let (left, right) = (self.left.unit(pair.left)?, self.right.unit(pair.right)?);
        let pieces = (self.left.pieces(left), self.right.pieces(right));
        let class = match (left.label == right.label, pieces.0 == pieces.1) {
            (true, true) => return None,
            (true, false) if splits.iter().any(|split| split.pair == at) => Class::SplitOrMerge,
            (true, false) => {
                let alike = left.whole == right.whole;
                edges::class(&self.text, alike, pieces.0, pieces.1)
            }
            (false, true) => Class::Label,
            (false, false) => Class::LabelAndBoundary,
        };
        if class != Class::SplitOrMerge {
            return Some(disagreement(class, &[*left], &[*right]));
        }
        let all = |is_left: bool, first: u32| {
            let (layer, _) = self.layers(is_left);
            let more = splits
                .iter()
                .filter(|split| split.pair == at && split.is_left == is_left)
                .map(|split| split.unit);
            let mut units: Vec<Unit> = std::iter::once(first)
                .chain(more)
                .filter_map(|place| layer.unit(place).copied())
                .collect();
            units.sort_by_key(|unit| (unit.start, unit.end));
            units
        };
        let (left, right) = (all(true, pair.left), all(false, pair.right));
        Some(disagreement(class, &left, &right))
    }

    fn of_single(&self, is_left: bool, place: u32) -> Option<Disagreement> {
        let (own, other) = self.layers(is_left);
        let unit = own.unit(place)?;
        let nested = other
            .units()
            .iter()
            .take_while(|there| there.start < unit.end)
            .filter(|there| there.end > unit.start && same_kind(self.labels, unit, there))
            .filter(|there| {
                let (mine, theirs) = (own.pieces(unit), other.pieces(there));
                let met = shared(mine, theirs);
                // What covers the same lies neither in the other nor around it.
                mine != theirs && (met == length(own, unit) || met == length(other, there))
            })
            .min_by_key(|there| (there.end - there.start, there.start, there.label));
        let class = if nested.is_some() {
            Class::Nesting
        } else {
            Class::Missing
        };
        let mut found = if is_left {
            disagreement(class, &[*unit], &[])
        } else {
            disagreement(class, &[], &[*unit])
        };
        found.around = nested.map(|there| there.span);
        Some(found)
    }

    fn of_attributes(&self, pair: Pair) -> Option<Disagreement> {
        let (left, right) = (self.left.unit(pair.left)?, self.right.unit(pair.right)?);
        let one = self.left.attributes.get(&pair.left);
        let other = self.right.attributes.get(&pair.right);
        if left.label != right.label || (one.is_none() && other.is_none()) {
            return None;
        }
        let names: BTreeSet<&String> = one
            .into_iter()
            .chain(other)
            .flat_map(BTreeMap::keys)
            .collect();
        let values: Vec<Differing> = names
            .into_iter()
            .map(|name| Differing {
                name: name.clone(),
                left: one.and_then(|values| values.get(name)).cloned(),
                right: other.and_then(|values| values.get(name)).cloned(),
            })
            .filter(|value| value.left != value.right)
            .collect();
        let found = disagreement(Class::Attribute, &[*left], &[*right]);
        (!values.is_empty()).then_some(Disagreement { values, ..found })
    }

    /// Relations between units that are both paired, by the pairs at their ends.
    fn of_relations(&self, pairs: &[Pair]) -> Vec<Disagreement> {
        if self.left.relations.is_empty() && self.right.relations.is_empty() {
            return Vec::new();
        }
        let ends = |layer: &UnitLayer, place: fn(&Pair) -> u32| {
            let rows: BTreeMap<u32, usize> = pairs.iter().map(place).zip(0..).collect();
            let mut kinds: BTreeMap<(usize, usize), BTreeSet<String>> = BTreeMap::new();
            for relation in &layer.relations {
                if let (Some(from), Some(to)) = (rows.get(&relation.from), rows.get(&relation.to)) {
                    let there = kinds.entry((*from, *to)).or_default();
                    there.insert(relation.kind.clone());
                }
            }
            kinds
        };
        let left = ends(self.left, |pair| pair.left);
        let right = ends(self.right, |pair| pair.right);
        let keys: BTreeSet<&(usize, usize)> = left.keys().chain(right.keys()).collect();
        let none = BTreeSet::new();
        keys.into_iter()
            .filter_map(|key| {
                let kinds = (
                    left.get(key).unwrap_or(&none),
                    right.get(key).unwrap_or(&none),
                );
                let values = of_kinds(kinds.0, kinds.1);
                let (from, to) = (pairs.get(key.0)?, pairs.get(key.1)?);
                let of = |layer: &UnitLayer, from: u32, to: u32| {
                    Some([*layer.unit(from)?, *layer.unit(to)?])
                };
                let found = disagreement(
                    Class::Relation,
                    &of(self.left, from.left, to.left)?,
                    &of(self.right, from.right, to.right)?,
                );
                (!values.is_empty()).then_some(Disagreement { values, ..found })
            })
            .collect()
    }
}

/// The types of relations that only one has, those of the one beside those of the other.
fn of_kinds(left: &BTreeSet<String>, right: &BTreeSet<String>) -> Vec<Differing> {
    let mut one = left.difference(right);
    let mut other = right.difference(left);
    let next = || {
        let (left, right) = (one.next().cloned(), other.next().cloned());
        (left.is_some() || right.is_some()).then(|| Differing {
            name: "relation".to_owned(),
            left,
            right,
        })
    };
    std::iter::from_fn(next).collect()
}

fn length(layer: &UnitLayer, unit: &Unit) -> u32 {
    let pieces = layer.pieces(unit).iter();
    pieces.map(|piece| piece.end - piece.start).sum()
}

fn disagreement(class: Class, left: &[Unit], right: &[Unit]) -> Disagreement {
    let units = || left.iter().chain(right);
    Disagreement {
        class,
        start: units().map(|unit| unit.start).min().unwrap_or(0),
        end: units().map(|unit| unit.end).max().unwrap_or(0),
        left: left.iter().map(|unit| unit.span).collect(),
        right: right.iter().map(|unit| unit.span).collect(),
        around: None,
        values: Vec::new(),
    }
}
