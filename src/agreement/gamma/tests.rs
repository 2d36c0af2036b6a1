#![allow(clippy::unwrap_used, reason = "tests")]
use super::super::testing::{corpus, layer, letters, raw};
use super::*;
use crate::agreement::Corpus;
use proptest::prelude::*;

/// “Alex, Paul, Suzan” (Mathet et al. 2015).
fn example() -> Corpus {
    let alex = [
        raw("A", 2, 9),
        raw("B", 11, 17),
        raw("E", 24, 30),
        raw("F", 32, 36),
        raw("F", 36, 44),
        raw("X", 44, 60),
    ];
    let paul = [
        raw("A", 2, 9),
        raw("C", 11, 17),
        raw("E", 19, 25),
        raw("F", 32, 44),
    ];
    let suzan = [
        raw("A", 2, 9),
        raw("D", 11, 17),
        raw("E", 21, 27),
        raw("F", 32, 36),
        raw("F", 36, 40),
        raw("F", 40, 44),
    ];
    let layers = [&alex[..], &paul[..], &suzan[..]].map(layer).to_vec();
    corpus(&[(&letters(60), layers)])
}

#[test]
fn meets_the_published_example() {
    let corpus = example();
    let options = GammaOptions {
        alpha: 3.0,
        samples: 200,
        ..GammaOptions::default()
    };
    let gamma = Gamma::new(&View::all(&corpus), &options, &mut || true).unwrap();
    let one = gamma.documents[0];
    assert!((one.observed - 0.96).abs() < 0.0096, "{one:?}");
    // What pygamma-agreement has, in 32 bits.
    assert!((one.observed - 0.960_624_93).abs() < 1e-6, "{one:?}");
    let value = one.gamma().unwrap();
    assert!((0.44..=0.47).contains(&value), "{value} {one:?}");
    let value = one.gamma_cat().unwrap();
    assert!((0.38..=0.42).contains(&value), "{value} {one:?}");
    assert!(one.precision() < 0.02 && !one.of_pairs);
}

#[test]
fn the_same_seed_gives_the_same() {
    let corpus = example();
    let view = View::all(&corpus);
    let options = GammaOptions::default();
    let once = Gamma::new(&view, &options, &mut || true).unwrap();
    let again = Gamma::new(&view, &options, &mut || true).unwrap();
    assert_eq!(once.documents, again.documents);
    let other = GammaOptions { seed: 1, ..options };
    let other = Gamma::new(&view, &other, &mut || true).unwrap();
    assert_ne!(once.documents, other.documents);
    assert!(Gamma::new(&view, &options, &mut || false).is_err());
}

#[test]
fn nothing_marked_is_undefined() {
    let corpus = corpus(&[(&letters(9), vec![layer(&[]), layer(&[])])]);
    let gamma = Gamma::new(&View::all(&corpus), &GammaOptions::default(), &mut || true);
    assert_eq!(gamma.unwrap_err(), Undefined::NoUnits);
}

fn some_blocks() -> impl Strategy<Value = Vec<Block>> {
    let block = (0_u32..20, 1_u32..8, 0_u32..2).prop_map(|(start, length, label)| Block {
        start: f64::from(start),
        end: f64::from(start + length),
        label,
    });
    proptest::collection::vec(block, 0..4).prop_map(|mut blocks| {
        blocks.sort_by(|one, two| one.start.total_cmp(&two.start));
        blocks
    })
}

/// The least disorder by trying every alignment.
fn by_trying(continuum: &mut Continuum, options: &GammaOptions, annotators: usize) -> f64 {
    let Some(owner) = continuum.iter().position(|blocks| !blocks.is_empty()) else {
        return 0.0;
    };
    let first = continuum[owner].pop().unwrap();
    let found = with(continuum, options, annotators, owner + 1, &mut vec![first]);
    continuum[owner].push(first);
    found
}

fn with(
    continuum: &mut Continuum,
    options: &GammaOptions,
    annotators: usize,
    next: usize,
    chosen: &mut Vec<Block>,
) -> f64 {
    if next == annotators {
        let mut disorder = Disorder::default();
        disorder.add(options, chosen, annotators);
        return disorder.total + by_trying(continuum, options, annotators);
    }
    let mut least = with(continuum, options, annotators, next + 1, chosen);
    for place in 0..continuum[next].len() {
        let block = continuum[next].remove(place);
        chosen.push(block);
        least = least.min(with(continuum, options, annotators, next + 1, chosen));
        chosen.pop();
        continuum[next].insert(place, block);
    }
    least
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]
    #[test]
    fn no_alignment_is_better(continuum in proptest::collection::vec(some_blocks(), 2..4), alpha in 0_u32..4) {
        let options = GammaOptions { alpha: f64::from(alpha), ..GammaOptions::default() };
        let found = best(&continuum, &options).unwrap().total;
        let annotators = continuum.len();
        let least = by_trying(&mut continuum.clone(), &options, annotators);
        prop_assert!((found - least).abs() < 1e-6, "{found} {least}");
    }

    #[test]
    fn identical_layers_agree(blocks in some_blocks()) {
        let options = GammaOptions::default();
        let best = best(&vec![blocks.clone(), blocks], &options).unwrap();
        prop_assert!(best.total.abs() < 1e-12 && best.labels.abs() < 1e-12);
    }
}
