//! What a reviewer decides as one: spans of several layers of a document that belong together. Two layers'
//! differences say which spans belong together; spans that are the same do too. What hangs together through any
//! of these is one case, of the first class that any two of its layers differ by.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::{Class, Disagreement, disagreements};
use crate::agreement::{CorpusBuilder, Selection};
use crate::annotation::{
    Annotator, DecisionId, DocumentId, Fragments, LabelId, LabelSet, Layer, SpanId,
};

/// A relation that a layer has and another has not.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Link {
    /// Whose it is: the layer's place.
    pub side: usize,
    /// Where it begins.
    pub from: SpanId,
    /// Where it points.
    pub to: SpanId,
}

/// Spans of several layers that are decided as one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Case {
    /// The first class that any two layers differ by; nothing where all have the same.
    pub class: Option<Class>,
    /// Every class that any two layers differ by.
    pub classes: BTreeSet<Class>,
    /// The first byte of all its spans.
    pub start: usize,
    /// The byte behind their last.
    pub end: usize,
    /// Its spans by layer, in reading order; of a relation its two ends, in the layers that have it.
    pub spans: Vec<Vec<SpanId>>,
    /// The attributes whose values differ.
    pub attributes: BTreeSet<String>,
    /// The relation's type, where it is about one.
    pub relation: Option<String>,
    /// Who has the relation.
    pub links: Vec<Link>,
    /// The decision that it is about, where its spans are gone since.
    pub gone: Option<DecisionId>,
}

impl Case {
    /// Each of its spans with its layer's place.
    pub fn sources(&self) -> impl Iterator<Item = (usize, SpanId)> {
        let sides = self.spans.iter().enumerate();
        sides.flat_map(|(side, spans)| spans.iter().map(move |span| (side, *span)))
    }

    /// The layers that have something there.
    pub fn sides(&self) -> impl Iterator<Item = usize> {
        let sides = self.spans.iter().enumerate();
        sides
            .filter(|(_, spans)| !spans.is_empty())
            .map(|(side, _)| side)
    }

    /// Whether two cases are about the same spans.
    pub fn is_same(&self, other: &Self) -> bool {
        let same = |one: (usize, SpanId)| other.sources().any(|two| one == two);
        self.relation == other.relation
            && self.gone == other.gone
            && (self.gone.is_some() || self.sources().any(same))
    }

    fn order(&self) -> (usize, Reverse<usize>, Option<Class>) {
        (self.start, Reverse(self.end), self.class)
    }
}

/// The cases of a document, in reading order. `layers`: 2 or more, in the order of the sides.
pub fn cases(set: &LabelSet, (document, text): (DocumentId, &str), layers: &[&Layer]) -> Vec<Case> {
    // Who they are does not matter: as many names as there are layers, in this order.
    let names: Vec<Annotator> = (0..layers.len())
        .filter_map(|side| Annotator::new(&format!("{side}")).ok())
        .collect();
    let selection = Selection {
        labels: None,
        annotators: Some(names.clone()),
    };
    let mut builder = CorpusBuilder::new(set, selection);
    builder.add(document, text, names.iter().zip(layers.iter().copied()));
    let corpus = builder.finish();
    let mut gathering = Gathering::new(set, layers);
    if let Some(units) = corpus.documents.first() {
        for left in 0..layers.len() as u32 {
            for right in left + 1..layers.len() as u32 {
                for found in disagreements(text, &corpus.labels, units, (left, right)) {
                    gathering.take((left as usize, right as usize), &found);
                }
            }
        }
    }
    gathering.end()
}

/// Spans that are put together.
struct Gathering<'l> {
    layers: &'l [&'l Layer],
    nodes: Vec<(usize, SpanId)>,
    places: HashMap<(usize, SpanId), usize>,
    /// For each span another of its case; of one its own place.
    above: Vec<usize>,
    found: Vec<(usize, Class, BTreeSet<String>)>,
    relations: BTreeMap<(usize, usize, String), BTreeSet<Link>>,
}

impl<'l> Gathering<'l> {
    fn new(set: &LabelSet, layers: &'l [&'l Layer]) -> Self {
        let mut it = Self {
            layers,
            nodes: Vec::new(),
            places: HashMap::new(),
            above: Vec::new(),
            found: Vec::new(),
            relations: BTreeMap::new(),
        };
        let mut same: HashMap<(&LabelId, &Fragments), usize> = HashMap::new();
        for (side, layer) in layers.iter().enumerate() {
            for span in layer.spans() {
                let place = it.nodes.len();
                it.nodes.push((side, span.id));
                it.places.insert((side, span.id), place);
                it.above.push(place);
                let label = set.id_of(&span.data.label);
                let twin = *same.entry((label, &span.data.fragments)).or_insert(place);
                it.join(place, twin);
            }
        }
        it
    }

    fn top(&mut self, mut place: usize) -> usize {
        loop {
            let Some(above) = self.above.get(place).copied() else {
                return place;
            };
            if above == place {
                return place;
            }
            let next = self.above.get(above).copied().unwrap_or(above);
            if let Some(slot) = self.above.get_mut(place) {
                *slot = next;
            }
            place = above;
        }
    }

    fn join(&mut self, one: usize, other: usize) {
        let (one, other) = (self.top(one), self.top(other));
        if let Some(slot) = self.above.get_mut(one.max(other)) {
            *slot = one.min(other);
        }
    }

    fn take(&mut self, (left, right): (usize, usize), found: &Disagreement) {
        let sides = found.left.iter().map(|span| (left, *span));
        let sides = sides.chain(found.right.iter().map(|span| (right, *span)));
        let places: Vec<usize> = sides
            .filter_map(|source| self.places.get(&source).copied())
            .collect();
        if found.class == Class::Relation {
            self.take_relation((left, right), found);
            return;
        }
        if let Some((first, others)) = places.split_first() {
            for other in others {
                self.join(*first, *other);
            }
            let names = found.values.iter().map(|value| value.name.clone());
            self.found.push((*first, found.class, names.collect()));
        }
    }

    fn take_relation(&mut self, (left, right): (usize, usize), found: &Disagreement) {
        let mut put = |side: usize, ends: &[SpanId], kind: &str| {
            let [from, to] = ends else { return };
            let place = |span: &SpanId| self.places.get(&(side, *span)).copied();
            let (Some(one), Some(other)) = (place(from), place(to)) else {
                return;
            };
            let (one, other) = (self.top(one), self.top(other));
            let links = self.relations.entry((one, other, kind.to_owned()));
            links.or_default().insert(Link {
                side,
                from: *from,
                to: *to,
            });
        };
        for value in &found.values {
            if let Some(kind) = &value.left {
                put(left, &found.left, kind);
            }
            if let Some(kind) = &value.right {
                put(right, &found.right, kind);
            }
        }
    }

    fn end(mut self) -> Vec<Case> {
        let mut cases: BTreeMap<usize, Case> = BTreeMap::new();
        for place in 0..self.nodes.len() {
            let top = self.top(place);
            let Some((side, span)) = self.nodes.get(place).copied() else {
                continue;
            };
            let case = cases.entry(top).or_default();
            self.extend(case, side, span);
        }
        for (place, class, attributes) in std::mem::take(&mut self.found) {
            let top = self.top(place);
            if let Some(case) = cases.get_mut(&top) {
                case.classes.insert(class);
                case.class = case.classes.first().copied();
                case.attributes.extend(attributes);
            }
        }
        let mut all: Vec<Case> = cases.into_values().collect();
        // Ends that were joined later are the same relation.
        let mut relations: BTreeMap<(usize, usize, String), BTreeSet<Link>> = BTreeMap::new();
        for ((from, to, kind), links) in std::mem::take(&mut self.relations) {
            let key = (self.top(from), self.top(to), kind);
            relations.entry(key).or_default().extend(links);
        }
        for ((_, _, kind), links) in relations {
            all.push(self.relation(kind, links));
        }
        all.sort_by_key(Case::order);
        all
    }

    fn extend(&self, case: &mut Case, side: usize, span: SpanId) {
        let Some(found) = self.layers.get(side).and_then(|layer| layer.get(span)) else {
            return;
        };
        let (start, end) = found.data.fragments.extent();
        let is_first = case.spans.iter().all(Vec::is_empty);
        case.start = if is_first {
            start
        } else {
            case.start.min(start)
        };
        case.end = case.end.max(end);
        case.spans.resize(self.layers.len(), Vec::new());
        if let Some(spans) = case.spans.get_mut(side).filter(|it| !it.contains(&span)) {
            spans.push(span);
        }
    }

    fn relation(&self, kind: String, links: BTreeSet<Link>) -> Case {
        let mut case = Case::default();
        for link in &links {
            self.extend(&mut case, link.side, link.from);
            self.extend(&mut case, link.side, link.to);
        }
        Case {
            class: Some(Class::Relation),
            classes: BTreeSet::from([Class::Relation]),
            relation: Some(kind),
            links: links.into_iter().collect(),
            ..case
        }
    }
}
