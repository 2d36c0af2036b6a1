//! Attributes and relations of spans that both annotators made: agreement on what is said of a span, apart from
//! agreement on the span. Spans are matched when label and fragments are the same.
//!
//! An attribute (name) is compared on matched spans where at least one side has a value; F1 counts equal values
//! against values (a missing one is in no one's count). A relation is compared where both of its ends are
//! matched; it matches where type and ends do.

use std::collections::BTreeMap;

use super::bootstrap::{Bootstrap, Interval, Sums};
use super::f1::Scores;
use super::matching::Counts;
use super::undefined::{GoOn, Measured, Undefined, ask};
use super::units::{Unit, UnitLayer};
use super::view::View;

/// What is compared on matched spans.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Feature {
    /// Values of the attribute of this name.
    Attribute(String),
    /// Relations of the type of this name.
    Relation(String),
}

/// Counts per document and feature, all pairs of annotators together.
#[derive(Clone, Debug, Default)]
pub struct Features {
    /// The features that occur, in order.
    pub names: Vec<Feature>,
    documents: Vec<BTreeMap<Feature, Counts>>,
}

impl Features {
    /// Counts the features of a view. `go_on` is asked before each document of each pair.
    pub fn new(view: &View<'_>, go_on: &mut GoOn<'_>) -> Measured<Self> {
        let mut documents: BTreeMap<_, BTreeMap<Feature, Counts>> = BTreeMap::new();
        for pair in view.sharing() {
            for (document, left, right) in view.shared_by(pair) {
                ask(go_on)?;
                let counts = documents.entry(document.id).or_default();
                let matched = matched(view, left, right);
                attributes(left, right, &matched, counts);
                relations(left, right, &matched, counts);
            }
        }
        let documents: Vec<BTreeMap<Feature, Counts>> = documents.into_values().collect();
        let mut names: Vec<Feature> = documents.iter().flat_map(BTreeMap::keys).cloned().collect();
        names.sort();
        names.dedup();
        Ok(Self { names, documents })
    }

    /// The scores of the features that `of` says, and their interval.
    pub fn scores(
        &self,
        of: impl Fn(&Feature) -> bool,
        bootstrap: &Bootstrap,
        go_on: &mut GoOn<'_>,
    ) -> Measured<(Measured<Scores>, Option<Interval>)> {
        let mut sums = Sums::new(3);
        let mut total = Counts::default();
        for document in &self.documents {
            let mut here = Counts::default();
            for (_, counts) in document.iter().filter(|(name, _)| of(name)) {
                here += *counts;
            }
            total += here;
            sums.push(&[here.matched as f64, here.left as f64, here.right as f64]);
        }
        let scores = Scores::of(total).map_err(|_| Undefined::NoValues);
        let f1 = |sums: &[f64]| match sums {
            [matched, left, right] if left + right > 0.0 => Some(2.0 * matched / (left + right)),
            _ => None,
        };
        let interval = bootstrap.interval(&sums, f1, go_on)?;
        Ok((scores, interval))
    }
}

/// For each unit of the left layer the right layer's unit with the same label and fragments.
fn matched(view: &View<'_>, left: &UnitLayer, right: &UnitLayer) -> BTreeMap<u32, u32> {
    let mut by_key: BTreeMap<_, Vec<u32>> = BTreeMap::new();
    let key = |layer: &UnitLayer, unit: &Unit| (unit.label, layer.pieces(unit).to_vec());
    for (place, unit) in right.units().iter().enumerate().rev() {
        by_key
            .entry(key(right, unit))
            .or_default()
            .push(place as u32);
    }
    let mut matched = BTreeMap::new();
    for (place, unit) in left.units().iter().enumerate() {
        let partner = by_key.get_mut(&key(left, unit)).and_then(Vec::pop);
        if let Some(partner) = partner.filter(|_| view.class(unit.label) > 0) {
            matched.insert(place as u32, partner);
        }
    }
    matched
}

fn attributes(
    left: &UnitLayer,
    right: &UnitLayer,
    matched: &BTreeMap<u32, u32>,
    counts: &mut BTreeMap<Feature, Counts>,
) {
    for (one, two) in matched {
        let (mine, theirs) = (left.attributes.get(one), right.attributes.get(two));
        for (name, value) in mine.into_iter().flatten() {
            let count = counts.entry(Feature::Attribute(name.clone())).or_default();
            count.left += 1;
            let same = theirs.is_some_and(|theirs| theirs.get(name) == Some(value));
            count.matched += u64::from(same);
        }
        for name in theirs.into_iter().flat_map(BTreeMap::keys) {
            let count = counts.entry(Feature::Attribute(name.clone())).or_default();
            count.right += 1;
        }
    }
}

fn relations(
    left: &UnitLayer,
    right: &UnitLayer,
    matched: &BTreeMap<u32, u32>,
    counts: &mut BTreeMap<Feature, Counts>,
) {
    if left.relations.is_empty() && right.relations.is_empty() {
        return;
    }
    let partners: std::collections::BTreeSet<u32> = matched.values().copied().collect();
    for relation in &left.relations {
        let ends = matched.get(&relation.from).zip(matched.get(&relation.to));
        let Some((from, to)) = ends else { continue };
        let count = counts
            .entry(Feature::Relation(relation.kind.clone()))
            .or_default();
        count.left += 1;
        let same = right
            .relations
            .iter()
            .any(|other| other.kind == relation.kind && other.from == *from && other.to == *to);
        count.matched += u64::from(same);
    }
    for relation in &right.relations {
        if partners.contains(&relation.from) && partners.contains(&relation.to) {
            let count = counts
                .entry(Feature::Relation(relation.kind.clone()))
                .or_default();
            count.right += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::super::testing::{attribute, corpus, layer, letters, raw, relate};
    use super::*;

    #[test]
    fn only_matched_spans_are_compared() {
        let spans = [raw("X", 0, 20), raw("A", 2, 5), raw("A", 30, 35)];
        let (mut left, mut right) = (layer(&spans), layer(&spans[..2]));
        attribute(&mut left, 0, "certainty", "high");
        attribute(&mut right, 0, "certainty", "low");
        attribute(&mut left, 1, "irony", "true");
        attribute(&mut right, 1, "irony", "true");
        attribute(&mut left, 2, "irony", "true");
        relate(&mut left, 0, "source", 0, 1);
        relate(&mut right, 0, "source", 0, 1);
        relate(&mut left, 1, "source", 0, 2);
        let corpus = corpus(&[(&letters(40), vec![left, right])]);
        let features = Features::new(&View::all(&corpus), &mut || true).unwrap();
        assert_eq!(features.names.len(), 3);
        let f1 = |name: &Feature| {
            let scores =
                features.scores(|other| other == name, &Bootstrap::default(), &mut || true);
            scores.unwrap().0.unwrap().f1
        };
        assert!(f1(&Feature::Attribute("certainty".into())).abs() < 1e-12);
        assert!((f1(&Feature::Attribute("irony".into())) - 1.0).abs() < 1e-12);
        assert!((f1(&Feature::Relation("source".into())) - 1.0).abs() < 1e-12);
        let none = features.scores(|_| false, &Bootstrap::default(), &mut || true);
        assert_eq!(none.unwrap().0, Err(Undefined::NoValues));
    }
}
