//! γ and γ-cat (Mathet, Widlöcher & Métivier 2015; Mathet 2017): the only family here that takes nesting within
//! a label. With Δ∅ = 1, d(u, v) = α·((|Δstart| + |Δend|) / (len u + len v))² + β·[labels differ], on extents in
//! code points, and 1 where a side is empty. A unitary alignment takes at most one unit of each annotator; its
//! disorder is the mean of d over all pairs of annotators. `γ = 1 − δ_best / δ_random`, δ the disorder of the best
//! alignment by the mean number of units. Over several documents δ is that of their concatenation with
//! alignments kept inside documents: disorders and units are added up.
//!
//! `δ_random` is the mean over samples (`sample`), so γ is told with its precision. For two annotators the best
//! alignment is an assignment problem (`pair`), for more an integer programme (`programme`); where that would
//! have more than [`MOST_CANDIDATES`] candidates in a document, the mean of its pairs of annotators is taken.

mod pair;
mod programme;
mod sample;

use super::bootstrap::Sums;
use super::random::Draws;
use super::undefined::{GoOn, Measured, Undefined, ask, finite};
use super::units::{UnitDocument, UnitLayer};
use super::view::View;
use crate::annotation::DocumentId;

pub use programme::MOST_CANDIDATES;

/// Of alignments with the same disorder the one that aligns more is taken, as in the paper's example; this is
/// what a unit more is worth, far below the precision that is told.
const TIE: f64 = 1e-8;

/// The weights of d, and the sampling.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct GammaOptions {
    /// The weight of positions.
    pub alpha: f64,
    /// The weight of labels.
    pub beta: f64,
    /// How many samples a document.
    pub samples: u32,
    /// The seed; each document draws from its own stream, named by its id.
    pub seed: u64,
}

impl Default for GammaOptions {
    fn default() -> Self {
        Self {
            alpha: 1.0,
            beta: 1.0,
            samples: 30,
            seed: 0,
        }
    }
}

impl GammaOptions {
    /// The positional part of d, without its weight.
    fn position(one: &Block, two: &Block) -> f64 {
        let apart = (one.start - two.start).abs() + (one.end - two.end).abs();
        let ratio = apart / (one.length() + two.length());
        ratio * ratio
    }

    fn distance(&self, one: &Block, two: &Block) -> f64 {
        let labels = if one.label == two.label {
            0.0
        } else {
            self.beta
        };
        self.alpha * Self::position(one, two) + labels
    }

    /// How many lengths apart two units can be whose distance is below `most`.
    fn reach(&self, most: f64) -> f64 {
        if self.alpha > 0.0 {
            (most / self.alpha).sqrt()
        } else {
            f64::INFINITY
        }
    }
}

/// A unit in code points. Samples move them, so they are apart from the layer.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Block {
    start: f64,
    end: f64,
    label: u32,
}

impl Block {
    fn length(&self) -> f64 {
        self.end - self.start
    }
}

/// The units of each annotator, sorted by start.
type Continuum = Vec<Vec<Block>>;

/// What the best alignment adds up to.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Disorder {
    /// Σ of the disorders of unitary alignments.
    total: f64,
    /// Σ of weighted label differences, for γ-cat.
    labels: f64,
    /// Σ of their weights.
    weight: f64,
}

impl Disorder {
    /// Adds a unitary alignment of `blocks` (those that are there) among `annotators`.
    ///
    /// γ-cat weights the pairs of units by `max(0, 1 − α·d_pos) / (units − 1)`. As in pygamma-agreement a unit
    /// beside an empty place counts as a label difference of weight 1.
    fn add(&mut self, options: &GammaOptions, blocks: &[Block], annotators: usize) {
        let pairs = (annotators * annotators.saturating_sub(1) / 2).max(1) as f64;
        let there = blocks.len() as f64;
        let met = there * (there - 1.0) / 2.0;
        let mut sum = pairs - met;
        for (at, one) in blocks.iter().enumerate() {
            for two in blocks.iter().skip(at + 1) {
                sum += options.distance(one, two);
                let near = 1.0 - options.alpha * GammaOptions::position(one, two);
                let weight = near.max(0.0) / (there - 1.0);
                self.weight += weight;
                if one.label != two.label {
                    self.labels += weight;
                }
            }
        }
        let beside = there * (annotators as f64 - there);
        self.labels += beside;
        self.weight += beside;
        self.total += sum / pairs;
    }

    fn label_share(&self) -> Option<f64> {
        (self.weight > 0.0).then(|| self.labels / self.weight)
    }
}

/// γ of one document.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct GammaDocument {
    /// The document.
    pub document: DocumentId,
    /// The mean number of units of an annotator.
    pub mean_units: f64,
    /// δ of the best alignment.
    pub observed: f64,
    /// The mean δ of the samples.
    pub expected: f64,
    /// The standard error of that mean.
    pub expected_error: f64,
    /// The weight of the label differences that were observed, their share, and the samples' mean share.
    pub labels: Option<(f64, f64, f64)>,
    /// How many samples were drawn.
    pub samples: u32,
    /// Whether the mean of the pairs of annotators stands for a programme that was too large.
    pub of_pairs: bool,
}

impl GammaDocument {
    /// γ of the document alone.
    pub fn gamma(&self) -> Measured {
        gamma(self.observed, self.expected)
    }

    /// γ-cat of the document alone.
    pub fn gamma_cat(&self) -> Measured {
        let (_, observed, expected) = self.labels.ok_or(Undefined::NothingMeets)?;
        gamma(observed, expected)
    }

    /// Half the width of the 95 % interval of γ that comes of the sampling alone.
    pub fn precision(&self) -> f64 {
        precision(self.observed, self.expected, self.expected_error)
    }
}

fn gamma(observed: f64, expected: f64) -> Measured {
    if expected <= 0.0 {
        return Err(Undefined::OneCategory);
    }
    finite(1.0 - observed / expected, Undefined::OneCategory)
}

fn precision(observed: f64, expected: f64, error: f64) -> f64 {
    1.96 * error * observed / (expected * expected)
}

/// γ of one document of a view; `None` where the annotators in view marked nothing on it.
pub fn document(
    view: &View<'_>,
    document: &UnitDocument,
    layers: &[(u32, &UnitLayer)],
    options: &GammaOptions,
) -> Option<GammaDocument> {
    let continuum: Continuum = layers
        .iter()
        .map(|(_, layer)| blocks(view, layer))
        .collect();
    if continuum.iter().all(Vec::is_empty) || continuum.len() < 2 {
        return None;
    }
    let draws = Draws::of(options.seed, document.id.as_bytes());
    let whole = whole(&continuum, options, &mut draws.clone(), document.id);
    whole.or_else(|| of_pairs(&continuum, options, draws, document.id))
}

fn blocks(view: &View<'_>, layer: &UnitLayer) -> Vec<Block> {
    let units = layer.units().iter();
    let chosen = units.filter(|unit| view.class(unit.label) > 0);
    chosen
        .map(|unit| Block {
            start: f64::from(unit.start),
            end: f64::from(unit.end),
            label: unit.label,
        })
        .collect()
}

/// γ with all annotators at once; `None` where a programme is too large.
fn whole(
    continuum: &Continuum,
    options: &GammaOptions,
    draws: &mut Draws,
    document: DocumentId,
) -> Option<GammaDocument> {
    let best = best(continuum, options)?;
    let units = |continuum: &Continuum| {
        let all: usize = continuum.iter().map(Vec::len).sum();
        all as f64 / continuum.len().max(1) as f64
    };
    let (mut disorders, mut shares) = (Vec::new(), Vec::new());
    for _ in 0..options.samples {
        let sample = sample::shuffled(continuum, draws);
        let disorder = self::best(&sample, options)?;
        disorders.push(disorder.total / units(&sample));
        shares.extend(disorder.label_share());
    }
    let (expected, expected_error) = mean(&disorders);
    let mean_units = units(continuum);
    let labels = best.label_share().filter(|_| !shares.is_empty());
    Some(GammaDocument {
        document,
        mean_units,
        observed: best.total / mean_units,
        expected,
        expected_error,
        labels: labels.map(|share| (best.weight, share, mean(&shares).0)),
        samples: options.samples,
        of_pairs: false,
    })
}

/// The mean over the pairs of annotators, of which at least one marked something.
fn of_pairs(
    continuum: &Continuum,
    options: &GammaOptions,
    mut draws: Draws,
    document: DocumentId,
) -> Option<GammaDocument> {
    let mut pairs = Vec::new();
    for (at, left) in continuum.iter().enumerate() {
        for right in continuum.iter().skip(at + 1) {
            if !left.is_empty() || !right.is_empty() {
                let pair = vec![left.clone(), right.clone()];
                pairs.extend(whole(&pair, options, &mut draws, document));
            }
        }
    }
    let count = pairs.len() as f64;
    let of = |part: &dyn Fn(&GammaDocument) -> f64| pairs.iter().map(part).sum::<f64>() / count;
    let labels: Vec<(f64, f64, f64)> = pairs.iter().filter_map(|pair| pair.labels).collect();
    let label = |part: &dyn Fn(&(f64, f64, f64)) -> f64| {
        labels.iter().map(part).sum::<f64>() / labels.len() as f64
    };
    let variance: f64 = pairs.iter().map(|pair| pair.expected_error.powi(2)).sum();
    (count > 0.0).then(|| GammaDocument {
        document,
        mean_units: of(&|pair| pair.mean_units),
        observed: of(&|pair| pair.observed),
        expected: of(&|pair| pair.expected),
        expected_error: variance.sqrt() / count,
        labels: (!labels.is_empty()).then(|| {
            (
                label(&|one| one.0),
                label(&|one| one.1),
                label(&|one| one.2),
            )
        }),
        samples: options.samples,
        of_pairs: true,
    })
}

/// The mean, and its standard error.
fn mean(values: &[f64]) -> (f64, f64) {
    let count = values.len().max(1) as f64;
    let mean = values.iter().sum::<f64>() / count;
    let squares: f64 = values.iter().map(|value| (value - mean).powi(2)).sum();
    let variance = squares / (count - 1.0).max(1.0);
    (mean, (variance / count).sqrt())
}

/// The disorder of the best alignment; `None` where it would take too long.
fn best(continuum: &Continuum, options: &GammaOptions) -> Option<Disorder> {
    match continuum.as_slice() {
        [left, right] => Some(pair::best(left, right, options)),
        _ => programme::best(continuum, options),
    }
}

/// γ over the documents of a view.
#[derive(Clone, Debug)]
pub struct Gamma {
    /// The documents on which something was marked.
    pub documents: Vec<GammaDocument>,
    /// Per document: δ observed and expected times the mean number of units; label differences observed
    /// and expected times their weight.
    pub sums: Sums,
}

impl Gamma {
    /// Goes through the documents of a view; `go_on` is asked before each.
    pub fn new(view: &View<'_>, options: &GammaOptions, go_on: &mut GoOn<'_>) -> Measured<Self> {
        let mut documents = Vec::new();
        let mut some = false;
        for (unit_document, layers) in view.shared() {
            ask(go_on)?;
            some = true;
            documents.extend(document(view, unit_document, &layers, options));
        }
        if documents.is_empty() {
            let why = if some {
                Undefined::NoUnits
            } else {
                Undefined::NoSharedDocuments
            };
            return Err(why);
        }
        Ok(Self::of(documents))
    }

    /// γ over documents that were computed apart.
    pub fn of(documents: Vec<GammaDocument>) -> Self {
        let mut sums = Sums::new(4);
        for one in &documents {
            let (weight, observed, expected) = one.labels.unwrap_or_default();
            sums.push(&[
                one.mean_units * one.observed,
                one.mean_units * one.expected,
                weight * observed,
                weight * expected,
            ]);
        }
        Self { documents, sums }
    }

    /// γ of these sums.
    pub fn gamma(&self, sums: &[f64]) -> Measured {
        match sums {
            [observed, expected, ..] => gamma(*observed, *expected),
            _ => Err(Undefined::NoUnits),
        }
    }

    /// γ-cat of these sums.
    pub fn gamma_cat(&self, sums: &[f64]) -> Measured {
        match sums {
            [_, _, observed, expected] => gamma(*observed, *expected),
            _ => Err(Undefined::NoUnits),
        }
    }

    /// Half the width of the 95 % interval of γ that comes of the sampling alone.
    pub fn precision(&self) -> f64 {
        let total = self.sums.total();
        let variance: f64 = self
            .documents
            .iter()
            .map(|one| (one.mean_units * one.expected_error).powi(2))
            .sum();
        match total.as_slice() {
            [observed, expected, ..] => precision(*observed, *expected, variance.sqrt()),
            _ => 0.0,
        }
    }

    /// Whether the mean of the pairs stands for all annotators on some document.
    pub fn of_pairs(&self) -> bool {
        self.documents.iter().any(|one| one.of_pairs)
    }
}

#[cfg(test)]
mod tests;
