//! Krippendorff's alphas for unitizing in the 2016 form (Krippendorff, Mathet, Bouvry & Widlöcher 2016;
//! Krippendorff 2019, section 12.6): uα of units and values, |uα of what is a unit at all, cuα of the values
//! where units meet, (k)uα of one value. Gaps between units have the value φ.
//!
//! `ℓ_ck`: lengths of the intersections of c-units with k-units over ordered pairs of annotators, / (m − 1).
//! `ε_ck = ℓ_c·ℓ_k / (ℓ.. − S/ℓ..)` for c ≠ k, where S sums L² over units and L over gaps. `α = 1 − D_o / D_e`, D
//! over c ≠ k. cuα takes the valued part of the matrix, with S over squared pairable lengths: a unit's pairable
//! length is the mean over the other annotators of what their units cover of it. (k)uα = 1 − the row of k
//! outside the diagonal, observed by expected, in that part. Each of these is a sum over documents; gaps stay
//! apart at the documents' borders. A fragment is a unit; the units of one annotator must not overlap.

use super::bootstrap::Sums;
use super::undefined::{GoOn, Measured, Undefined, ask, finite};
use super::units::{UnitDocument, UnitLayer};
use super::view::View;

/// What lengths are measured in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Ground {
    /// Code points.
    #[default]
    CodePoints,
    /// Tokens; where two units share a token, it belongs to the first.
    Tokens,
}

/// Numbers kept for each class, of which φ is the first.
const OF_CLASS: usize = 5;
/// `ℓ_c`: the length that c-units have.
const LENGTH: usize = 0;
/// `ℓ_cc`.
const SAME: usize = 1;
/// `S_c`.
const SQUARES: usize = 2;
/// The row of c in the valued part.
const PAIRABLE: usize = 3;
/// `S_c` of the valued part.
const PAIRABLE_SQUARES: usize = 4;

/// The sums that the four alphas are made of.
#[derive(Debug)]
pub struct Unitizing {
    /// One row a document: for φ and each class the lengths above.
    pub sums: Sums,
}

/// A fragment with its class.
#[derive(Clone, Copy, Debug)]
struct Segment {
    start: u32,
    end: u32,
    class: u32,
    pairable: u64,
}

impl Segment {
    fn length(&self) -> f64 {
        f64::from(self.end - self.start)
    }
}

impl Unitizing {
    /// Sums up a view; undefined where units of one annotator overlap. `go_on` is asked before each document.
    pub fn new(view: &View<'_>, ground: Ground, go_on: &mut GoOn<'_>) -> Measured<Self> {
        let classes = view.class_count() + 1;
        let mut sums = Sums::new(classes * OF_CLASS);
        let mut row = vec![0.0; classes * OF_CLASS];
        for (document, layers) in view.shared() {
            ask(go_on)?;
            row.fill(0.0);
            let mut segments = Vec::with_capacity(layers.len());
            for (_, layer) in layers {
                segments.push(segments_of(view, layer, ground)?);
            }
            add_document(document, ground, &mut segments, &mut row);
            sums.push(&row);
        }
        Ok(Self { sums })
    }

    /// uα of these sums.
    pub fn all(&self, sums: &[f64]) -> Measured {
        self.some(sums)?;
        let (mut total, mut same, mut crossed, mut squares) = (0.0, 0.0, 0.0, 0.0);
        for class in sums.chunks_exact(OF_CLASS) {
            total += at(class, LENGTH);
            same += at(class, SAME);
            crossed += at(class, LENGTH) * at(class, LENGTH);
            squares += at(class, SQUARES);
        }
        ratio(total - same, total * total - crossed, total, squares)
    }

    /// |uα of these sums.
    pub fn binary(&self, sums: &[f64]) -> Measured {
        self.some(sums)?;
        let (gaps, units) = sums.split_at_checked(OF_CLASS).unwrap_or((sums, &[]));
        let sum = |what: usize| -> f64 {
            units
                .chunks_exact(OF_CLASS)
                .map(|class| at(class, what))
                .sum()
        };
        let (length, gap) = (sum(LENGTH), at(gaps, LENGTH));
        let total = length + gap;
        let observed = total - at(gaps, SAME) - sum(PAIRABLE);
        let squares = at(gaps, SQUARES) + sum(SQUARES);
        ratio(observed, 2.0 * length * gap, total, squares)
    }

    /// cuα of these sums.
    pub fn coding(&self, sums: &[f64]) -> Measured {
        self.some(sums)?;
        let (total, squares) = pairable(sums)?;
        let (mut same, mut crossed) = (0.0, 0.0);
        for class in sums.chunks_exact(OF_CLASS).skip(1) {
            same += at(class, SAME);
            crossed += at(class, PAIRABLE) * at(class, PAIRABLE);
        }
        ratio(total - same, total * total - crossed, total, squares)
    }

    /// (k)uα of these sums for the class `class`.
    pub fn of_class(&self, sums: &[f64], class: u32) -> Measured {
        self.some(sums)?;
        let (total, squares) = pairable(sums)?;
        let class = sums.chunks_exact(OF_CLASS).nth(class as usize);
        let class = class.ok_or(Undefined::NoUnits)?;
        let row = at(class, PAIRABLE);
        if row == 0.0 {
            return Err(Undefined::NothingMeets);
        }
        ratio(row - at(class, SAME), row * (total - row), total, squares)
    }

    /// The share of the length of `class` that meets units of the other annotators: what (k)uα rests on.
    pub fn coverage(&self, sums: &[f64], class: u32) -> Option<f64> {
        let class = sums.chunks_exact(OF_CLASS).nth(class as usize)?;
        let length = at(class, LENGTH);
        (length > 0.0).then(|| at(class, PAIRABLE) / length)
    }

    fn some(&self, sums: &[f64]) -> Measured<()> {
        if self.sums.is_empty() {
            return Err(Undefined::NoSharedDocuments);
        }
        let mut units = sums.chunks_exact(OF_CLASS).skip(1);
        if units.all(|class| at(class, LENGTH) == 0.0) {
            return Err(Undefined::NoUnits);
        }
        Ok(())
    }
}

/// The total of the valued part, and its S.
fn pairable(sums: &[f64]) -> Measured<(f64, f64)> {
    let units = || sums.chunks_exact(OF_CLASS).skip(1);
    let total: f64 = units().map(|class| at(class, PAIRABLE)).sum();
    let squares = units().map(|class| at(class, PAIRABLE_SQUARES)).sum();
    if total > 0.0 {
        Ok((total, squares))
    } else {
        Err(Undefined::NothingMeets)
    }
}

fn at(class: &[f64], what: usize) -> f64 {
    class.get(what).copied().unwrap_or(0.0)
}

/// `1 − D_o / D_e`, where `D_e = crossed / (ℓ.. − S/ℓ..)`.
fn ratio(observed: f64, crossed: f64, total: f64, squares: f64) -> Measured {
    let expected = crossed / (total - squares / total);
    if crossed <= 0.0 || !expected.is_finite() || expected <= 0.0 {
        return Err(Undefined::OneCategory);
    }
    finite(1.0 - observed / expected, Undefined::OneCategory)
}

/// The fragments of a layer's units in order.
fn segments_of(view: &View<'_>, layer: &UnitLayer, ground: Ground) -> Measured<Vec<Segment>> {
    let mut segments: Vec<Segment> = Vec::with_capacity(layer.units().len());
    for unit in layer.units() {
        let class = view.class(unit.label);
        if class == 0 {
            continue;
        }
        segments.extend(layer.pieces(unit).iter().map(|piece| Segment {
            start: piece.start,
            end: piece.end,
            class,
            pairable: 0,
        }));
    }
    segments.sort_by_key(|segment| (segment.start, segment.end));
    if segments.is_sorted_by(|one, two| one.end <= two.start) {
        return match ground {
            Ground::CodePoints => Ok(segments),
            Ground::Tokens => Ok(on_tokens(view, layer)),
        };
    }
    Err(Undefined::Overlap)
}

/// The same in tokens; what has no token of its own is left out.
fn on_tokens(view: &View<'_>, layer: &UnitLayer) -> Vec<Segment> {
    let mut segments: Vec<Segment> = Vec::with_capacity(layer.units().len());
    for unit in layer.units() {
        let class = view.class(unit.label);
        segments.extend(
            layer
                .pieces(unit)
                .iter()
                .filter(|_| class > 0)
                .map(|piece| Segment {
                    start: piece.first_token,
                    end: piece.end_token,
                    class,
                    pairable: 0,
                }),
        );
    }
    segments.sort_by_key(|segment| (segment.start, segment.end));
    let mut behind = 0;
    segments.retain_mut(|segment| {
        segment.start = segment.start.max(behind);
        behind = behind.max(segment.end);
        segment.start < segment.end
    });
    segments
}

fn add_document(
    document: &UnitDocument,
    ground: Ground,
    layers: &mut [Vec<Segment>],
    row: &mut [f64],
) {
    let length = f64::from(match ground {
        Ground::CodePoints => document.length,
        Ground::Tokens => document.tokens,
    });
    let others = layers.len().saturating_sub(1).max(1) as f64;
    for right in 1..layers.len() {
        let Some((left, rest)) = layers.split_at_mut_checked(right) else {
            continue;
        };
        let Some(second) = rest.first_mut() else {
            continue;
        };
        for first in left {
            let met = meet(first, second, row, others);
            // Both gaps: the text without what either covers.
            let gaps = length - covered(first) - covered(second) + met;
            add(row, 0, SAME, 2.0 * gaps / others);
        }
    }
    for segments in layers {
        let gap = length - covered(segments);
        add(row, 0, LENGTH, gap);
        add(row, 0, SQUARES, gap);
        for segment in segments {
            let length = segment.length();
            let pairable = segment.pairable as f64 / others;
            add(row, segment.class, LENGTH, length);
            add(row, segment.class, SQUARES, length * length);
            add(row, segment.class, PAIRABLE, pairable);
            add(row, segment.class, PAIRABLE_SQUARES, pairable * pairable);
        }
    }
}

/// Adds up where two annotators' segments meet; the length that they share.
fn meet(first: &mut [Segment], second: &mut [Segment], row: &mut [f64], others: f64) -> f64 {
    let (mut left, mut right) = (0, 0);
    let mut met = 0;
    while let (Some(one), Some(two)) = (first.get_mut(left), second.get_mut(right)) {
        let shared = one
            .end
            .min(two.end)
            .saturating_sub(one.start.max(two.start));
        met += shared;
        one.pairable += u64::from(shared);
        two.pairable += u64::from(shared);
        if one.class == two.class {
            add(row, one.class, SAME, 2.0 * f64::from(shared) / others);
        }
        if one.end <= two.end {
            left += 1;
        } else {
            right += 1;
        }
    }
    f64::from(met)
}

fn covered(segments: &[Segment]) -> f64 {
    segments.iter().map(Segment::length).sum()
}

fn add(row: &mut [f64], class: u32, what: usize, value: f64) {
    if let Some(slot) = row.get_mut(class as usize * OF_CLASS + what) {
        *slot += value;
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::super::testing::{corpus, layer, letters, raw};
    use super::*;
    use crate::annotation::Layer;

    fn figure() -> Vec<Layer> {
        vec![
            layer(&[
                raw("A", 0, 7),
                raw("B", 7, 13),
                raw("E", 30, 32),
                raw("F", 32, 37),
                raw("F", 37, 44),
                raw("X", 44, 60),
            ]),
            layer(&[
                raw("A", 0, 7),
                raw("C", 7, 13),
                raw("E", 13, 21),
                raw("F", 32, 44),
            ]),
            layer(&[
                raw("A", 0, 7),
                raw("D", 7, 13),
                raw("E", 13, 21),
                raw("F", 32, 37),
                raw("F", 37, 41),
                raw("F", 41, 44),
            ]),
        ]
    }

    #[test]
    fn meets_krippendorff_2019_figure_12_11() {
        let corpus = corpus(&[(&letters(60), figure())]);
        let unitizing =
            Unitizing::new(&View::all(&corpus), Ground::CodePoints, &mut || true).unwrap();
        let total = unitizing.sums.total();
        assert!((unitizing.all(&total).unwrap() - 0.510).abs() < 1e-3);
        assert!((unitizing.binary(&total).unwrap() - 0.4136).abs() < 1e-4);
        assert!((unitizing.coding(&total).unwrap() - 0.724).abs() < 1e-3);
        assert!((unitizing.of_class(&total, 1).unwrap() - 1.0).abs() < 1e-12);
        assert_eq!(unitizing.of_class(&total, 7), Err(Undefined::NothingMeets));
    }

    #[test]
    fn overlap_and_emptiness_are_undefined() {
        let nested = layer(&[raw("A", 0, 9), raw("B", 2, 4)]);
        let corpus = corpus(&[(&letters(20), vec![nested, layer(&[raw("A", 1, 5)])])]);
        let view = View::all(&corpus);
        assert_eq!(
            Unitizing::new(&view, Ground::CodePoints, &mut || true).unwrap_err(),
            Undefined::Overlap
        );
        let one = view.with_labels(|label| label == 0);
        let one = Unitizing::new(&one, Ground::CodePoints, &mut || true).unwrap();
        let total = one.sums.total();
        assert!((one.all(&total).unwrap() - one.binary(&total).unwrap()).abs() < 1e-12);
        assert_eq!(one.coding(&total), Err(Undefined::OneCategory));
        let none = view.with_labels(|_| false);
        let none = Unitizing::new(&none, Ground::CodePoints, &mut || true).unwrap();
        assert_eq!(none.all(&none.sums.total()), Err(Undefined::NoUnits));
    }
}
