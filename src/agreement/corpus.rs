//! Makes a corpus of documents and layers, one document at a time: labels resolved and chosen, bytes turned into
//! code points and tokens, proclitics found. What does not fit its text is left out and counted.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::units::{Corpus, Piece, RawUnit, UnitDocument, UnitLabel, UnitLayer, UnitRelation};
use crate::annotation::{Annotator, DocumentId, LabelId, LabelKind, LabelSet, Layer, Span};
use crate::text::{OffsetMap, proclitic};

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
    /// The places of `annotators`, who may be thousands.
    known: HashMap<Annotator, u32>,
    met: BTreeSet<u32>,
    corpus: Corpus,
}

impl<'a> CorpusBuilder<'a> {
    /// An empty one, for spans of this label set.
    pub fn new(set: &'a LabelSet, selection: Selection) -> Self {
        let annotators = selection.annotators.clone().unwrap_or_default();
        let mut known = HashMap::new();
        for (annotator, place) in annotators.iter().zip(0..) {
            known.entry(annotator.clone()).or_insert(place);
        }
        Self {
            set,
            selection,
            places: HashMap::new(),
            labels: Vec::new(),
            annotators,
            known,
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
        let mut chosen: Vec<(u32, &Layer)> = Vec::new();
        for (annotator, layer) in layers {
            let place = self.annotator(annotator);
            let new = |place: &u32| chosen.iter().all(|(there, _)| there != place);
            if let Some(place) = place.filter(new) {
                chosen.push((place, layer));
            }
        }
        self.met
            .extend(chosen.iter().map(|(annotator, _)| *annotator));
        if chosen.len() < 2 {
            self.corpus.unshared += 1;
            return;
        }
        let scale = TextScale::new(text);
        let layers = chosen
            .into_iter()
            .map(|(annotator, layer)| (annotator, self.layer(&scale, layer)))
            .collect();
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
        let place = self.known.get(annotator).copied();
        if place.is_some() || self.selection.annotators.is_some() {
            return place;
        }
        let place = self.annotators.len() as u32;
        self.annotators.push(annotator.clone());
        self.known.insert(annotator.clone(), place);
        Some(place)
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
        let whole = proclitic::taken_in(self.text, first.start());
        let attributes = (!span.data.attributes.is_empty()).then(|| span.data.attributes.clone());
        Some(RawUnit {
            span: span.id,
            label,
            whole: self.map.char_of_byte(self.text, whole)? as u32,
            pieces,
            attributes,
            place: 0,
        })
    }
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

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::super::testing::{annotator, chosen, corpus, labels, layer, raw};
    use super::*;
    use crate::annotation::{LabelFate, TextHash};

    #[test]
    fn units_are_in_code_points_and_tokens() {
        // Two bytes a letter; three tokens.
        let text = "قال زيد أمس";
        let split = layer(&[("A", vec![(0, 6), (14, 20)]), raw("B", 7, 9)]);
        let corpus = corpus(&[(text, vec![split, layer(&[])])]);
        let document = &corpus.documents[0];
        assert_eq!((document.length, document.tokens), (11, 3));
        let layer = document.layer(0).unwrap();
        let pieces: Vec<Vec<(u32, u32, u32, u32)>> = layer
            .units()
            .iter()
            .map(|unit| {
                let pieces = layer.pieces(unit).iter();
                pieces
                    .map(|p| (p.start, p.end, p.first_token, p.end_token))
                    .collect()
            })
            .collect();
        assert_eq!(
            pieces,
            [vec![(0, 3, 0, 1), (8, 11, 2, 3)], vec![(4, 5, 1, 2)]]
        );
    }

    #[test]
    fn what_does_not_fit_or_is_not_shared_is_counted() {
        let outside = layer(&[raw("A", 0, 3), raw("A", 2, 9), raw("A", 1, 2)]);
        let corpus = corpus(&[
            ("abé", vec![outside.clone(), layer(&[])]),
            ("abé", vec![outside]),
        ]);
        // One ends inside the é, one outside.
        assert_eq!((corpus.misfits, corpus.unshared), (2, 1));
        assert_eq!((corpus.documents.len(), corpus.annotators_met), (1, 2));
    }

    #[test]
    fn merged_labels_are_one_and_unknown_ones_come_last() {
        let mut set = labels();
        set.labels[1].fate = LabelFate::MergedInto(LabelId::new("A").unwrap());
        let spans = layer(&[raw("Z", 0, 1), raw("B", 1, 2), raw("A", 2, 3)]);
        let names = [annotator("b"), annotator("a")];
        let mut builder = CorpusBuilder::new(&set, Selection::default());
        let id = DocumentId::new(&TextHash::of("abc"), 0);
        builder.add(id, "abc", names.iter().zip([&spans, &spans]));
        let corpus = builder.finish();
        let found: Vec<&str> = corpus
            .labels
            .iter()
            .map(|label| label.name.as_str())
            .collect();
        assert_eq!(found, ["A", "Z"]);
        assert_eq!(corpus.annotators, [annotator("a"), annotator("b")]);
        let units = corpus.documents[0].layers[0].1.units().iter();
        assert_eq!(units.map(|unit| unit.label).collect::<Vec<_>>(), [1, 0, 0]);
        let only = Selection {
            labels: Some(["Z".to_owned()].into()),
            annotators: None,
        };
        let corpus = chosen(&[("abc", vec![spans.clone(), spans])], only);
        assert_eq!(corpus.documents[0].layers[0].1.units().len(), 1);
    }
}
