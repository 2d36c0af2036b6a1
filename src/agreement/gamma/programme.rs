//! The best alignment of three or more annotators: an integer programme that chooses unitary alignments so
//! that no unit is in two. Candidates are those that save something over their units alone, and whose units
//! each save something by being in them, which loses no best alignment and is stricter than the d ≤ m·Δ∅ of the
//! paper. Candidates that share no unit fall into programmes of their own.

use good_lp::{
    Expression, ProblemVariables, Solution, SolverModel, Variable, constraint, microlp, variable,
};

use super::{Block, Continuum, Disorder, GammaOptions, TIE};

/// Above this many candidates in a document the mean of the pairs of annotators is taken.
pub const MOST_CANDIDATES: usize = 2000;

/// A unitary alignment of two or more units.
struct Candidate {
    /// Annotator and place of each unit.
    units: Vec<(usize, usize)>,
    /// What it saves.
    gain: f64,
}

/// The disorder of the best alignment; `None` above [`MOST_CANDIDATES`].
pub(super) fn best(continuum: &Continuum, options: &GammaOptions) -> Option<Disorder> {
    let mut search = Search::new(continuum, options);
    for annotator in 0..continuum.len() {
        let blocks = continuum.get(annotator)?;
        for (place, block) in blocks.iter().enumerate() {
            search.chosen.push(((annotator, place), *block));
            let whole = search.extend(annotator + 1);
            search.chosen.pop();
            if !whole {
                return None;
            }
        }
    }
    let first = offsets(continuum);
    let id =
        |(annotator, place): (usize, usize)| first.get(annotator).copied().unwrap_or(0) + place;
    let mut alone = vec![true; continuum.iter().map(Vec::len).sum()];
    let mut disorder = Disorder::default();
    for part in parts(&search.found, alone.len(), id) {
        for candidate in choose(&part, id)? {
            let mut blocks = Vec::with_capacity(candidate.units.len());
            for unit in &candidate.units {
                blocks.push(*continuum.get(unit.0)?.get(unit.1)?);
                if let Some(slot) = alone.get_mut(id(*unit)) {
                    *slot = false;
                }
            }
            disorder.add(options, &blocks, continuum.len());
        }
    }
    let blocks = continuum.iter().flatten().zip(alone);
    for (block, _) in blocks.filter(|(_, alone)| *alone) {
        disorder.add(options, &[*block], continuum.len());
    }
    Some(disorder)
}

/// The number of units of the annotators before each.
fn offsets(continuum: &Continuum) -> Vec<usize> {
    let mut sum = 0;
    continuum
        .iter()
        .map(|blocks| {
            let before = sum;
            sum += blocks.len();
            before
        })
        .collect()
}

struct Search<'c> {
    continuum: &'c Continuum,
    options: &'c GammaOptions,
    /// Pairs of annotators.
    pairs: f64,
    reach: f64,
    chosen: Vec<((usize, usize), Block)>,
    found: Vec<Candidate>,
}

impl<'c> Search<'c> {
    fn new(continuum: &'c Continuum, options: &'c GammaOptions) -> Self {
        let annotators = continuum.len() as f64;
        let pairs = annotators * (annotators - 1.0) / 2.0;
        Self {
            continuum,
            options,
            pairs,
            reach: options.reach(pairs + annotators - 1.0),
            chosen: Vec::new(),
            found: Vec::new(),
        }
    }

    /// Adds units of the annotators from `next` on to what is chosen; `false` where there are too many.
    fn extend(&mut self, next: usize) -> bool {
        let continuum = self.continuum;
        let Some((_, last)) = self.chosen.last().copied() else {
            return true;
        };
        for (annotator, blocks) in continuum.iter().enumerate().skip(next) {
            let most = continuum.len() as f64 - 1.0 + self.pairs;
            for (place, block) in blocks.iter().enumerate() {
                let around = self.reach * (last.length() + block.length());
                if (block.start - last.start).abs() > around {
                    continue;
                }
                self.chosen.push(((annotator, place), *block));
                let near = self.dearest() <= most + TIE;
                let whole = !near || (self.keep() && self.extend(annotator + 1));
                self.chosen.pop();
                if !whole {
                    return false;
                }
            }
        }
        true
    }

    /// The greatest sum of distances from one chosen unit to the others.
    fn dearest(&self) -> f64 {
        let sums = self.chosen.iter().map(|(one, block)| {
            let others = self.chosen.iter().filter(|(two, _)| one != two);
            others
                .map(|(_, other)| self.options.distance(block, other))
                .sum::<f64>()
        });
        sums.fold(0.0, f64::max)
    }

    /// Keeps what is chosen if it is a candidate; `false` where there are too many.
    fn keep(&mut self) -> bool {
        let count = self.chosen.len() as f64;
        if self.dearest() > self.pairs + count - 1.0 + TIE {
            return true;
        }
        let mut blocks = Disorder::default();
        let chosen: Vec<Block> = self.chosen.iter().map(|(_, block)| *block).collect();
        blocks.add(self.options, &chosen, self.continuum.len());
        let gain = count - blocks.total + TIE * (count - 1.0);
        if gain > 0.0 {
            self.found.push(Candidate {
                units: self.chosen.iter().map(|(unit, _)| *unit).collect(),
                gain,
            });
        }
        self.found.len() <= MOST_CANDIDATES
    }
}

/// Candidates that hang together by shared units.
fn parts(
    found: &[Candidate],
    units: usize,
    id: impl Fn((usize, usize)) -> usize,
) -> Vec<Vec<&Candidate>> {
    let mut above: Vec<usize> = (0..units).collect();
    for candidate in found {
        let mut ids = candidate.units.iter().map(|unit| id(*unit));
        let Some(first) = ids.next() else { continue };
        for other in ids {
            let (one, two) = (root(&above, first), root(&above, other));
            if let Some(slot) = above.get_mut(two) {
                *slot = one;
            }
        }
    }
    let mut parts: std::collections::BTreeMap<usize, Vec<&Candidate>> =
        std::collections::BTreeMap::new();
    for candidate in found {
        if let Some(first) = candidate.units.first() {
            parts
                .entry(root(&above, id(*first)))
                .or_default()
                .push(candidate);
        }
    }
    parts.into_values().collect()
}

fn root(above: &[usize], mut at: usize) -> usize {
    while let Some(next) = above.get(at).copied().filter(|next| *next != at) {
        at = next;
    }
    at
}

/// Those of `part` with the greatest gain, no unit in two; `None` where the solver gives up.
fn choose<'f>(
    part: &[&'f Candidate],
    id: impl Fn((usize, usize)) -> usize,
) -> Option<Vec<&'f Candidate>> {
    if let [only] = part {
        return Some(vec![only]);
    }
    let mut variables = ProblemVariables::new();
    let chosen: Vec<Variable> = part
        .iter()
        .map(|_| variables.add(variable().binary()))
        .collect();
    let mut gain = Expression::default();
    let mut users: std::collections::BTreeMap<usize, Expression> =
        std::collections::BTreeMap::new();
    for (variable, candidate) in chosen.iter().zip(part) {
        gain += candidate.gain * *variable;
        for unit in &candidate.units {
            *users.entry(id(*unit)).or_default() += *variable;
        }
    }
    let mut model = variables.maximise(gain).using(microlp);
    for user in users.into_values() {
        model.add_constraint(constraint!(user <= 1));
    }
    let solution = model.solve().ok()?;
    let pairs = chosen.iter().zip(part);
    Some(
        pairs
            .filter(|(variable, _)| solution.value(**variable) > 0.5)
            .map(|(_, candidate)| *candidate)
            .collect(),
    )
}
