#![allow(clippy::unwrap_used, reason = "tests")]
use super::super::testing::{Raw, annotator, chosen, corpus, layer, letters, raw};
use super::*;
use crate::agreement::Selection;
use crate::annotation::Layer;
use proptest::prelude::*;

fn computed(corpus: &Corpus) -> Report<'_> {
    report(corpus, &ReportOptions::default(), &mut |_| true).unwrap()
}

fn two(left: &[Raw], right: &[Raw]) -> Corpus {
    let text = "xxxx ".repeat(12);
    corpus(&[(&text, vec![layer(left), layer(right)])])
}

#[test]
fn keys_are_the_contracts() {
    let corpus = two(
        &[raw("A", 0, 4), raw("X", 0, 20)],
        &[raw("A", 0, 4), raw("B", 10, 14)],
    );
    let json = computed(&corpus).json();
    let keys: Vec<&str> = json
        .as_object()
        .unwrap()
        .keys()
        .map(String::as_str)
        .collect();
    assert_eq!(
        keys,
        [
            "n",
            "annotators",
            "exact",
            "overlap",
            "cohen_kappa",
            "fleiss_kappa",
            "krippendorff_nominal",
            "u_alpha",
            "u_alpha_binary",
            "cu_alpha",
            "gamma",
            "gamma_cat",
            "pairs",
            "groups",
            "undefined"
        ]
    );
    assert_eq!(
        json["n"],
        json!({"documents": 1, "spans": {"a": 2, "b": 2}})
    );
    assert_eq!(json["annotators"], json!(["a", "b"]));
    let keys: Vec<&str> = json["exact"]
        .as_object()
        .unwrap()
        .keys()
        .map(String::as_str)
        .collect();
    assert_eq!(keys, ["f1", "precision", "recall", "ci", "per_label"]);
    assert_eq!(json["exact"]["f1"], json!(0.5));
    assert_eq!(json["exact"]["per_label"]["A"]["f1"], json!(1.0));
    // The labels overlap within the first annotator.
    assert!(json["cohen_kappa"].is_null() && json["u_alpha"].is_null());
    assert!(
        json["undefined"]["u_alpha"]
            .as_str()
            .unwrap()
            .contains("overlap")
    );
    assert!(json["groups"]["entities"]["cohen_kappa"].is_number());
    assert!(json["gamma"].is_number());
}

#[test]
fn what_is_missing_says_why() {
    let none = corpus(&[]);
    let report = computed(&none);
    assert_eq!(
        report.all.value(Measure::Gamma).value,
        Err(Undefined::OneAnnotator)
    );
    let alone = corpus(&[("x", vec![layer(&[])])]);
    let json = computed(&alone).json();
    assert!(
        json["undefined"]["exact"]
            .as_str()
            .unwrap()
            .contains("one annotator")
    );
    assert!(json["exact"]["f1"].is_null() && json["pairs"].as_array().unwrap().is_empty());
    let apart = Selection {
        annotators: Some(vec![annotator("b"), annotator("a")]),
        labels: None,
    };
    let both = chosen(&[("x y", vec![layer(&[]), layer(&[])])], apart);
    assert_eq!(both.annotators, [annotator("b"), annotator("a")]);
    let report = computed(&both);
    assert_eq!(
        report.all.value(Measure::UAlpha).value,
        Err(Undefined::NoUnits)
    );
    assert_eq!(
        report.all.value(Measure::CohenKappa).value,
        Err(Undefined::OneCategory)
    );
    assert_eq!(
        report.all.rule(MatchRule::Exact).unwrap().all.scores,
        Err(Undefined::NoUnits)
    );
}

#[test]
fn labels_are_dropped_before_everything() {
    let only = Selection {
        labels: Some(["A".to_owned(), "B".to_owned()].into()),
        annotators: None,
    };
    let spans = [raw("A", 0, 4), raw("X", 0, 20)];
    let corpus = chosen(&[(&letters(40), vec![layer(&spans), layer(&spans)])], only);
    let json = computed(&corpus).json();
    assert_eq!(json["n"]["spans"]["a"], json!(1));
    assert_eq!(json["u_alpha"], json!(1.0));
    assert!(json["exact"]["per_label"]["B"]["f1"].is_null());
    assert!(json["exact"]["per_label"].get("X").is_none());
}

#[test]
fn a_report_can_be_stopped() {
    let corpus = two(&[raw("A", 0, 4)], &[raw("A", 0, 4)]);
    let mut asked = 0;
    let stopped = report(&corpus, &ReportOptions::default(), &mut |_| {
        asked += 1;
        asked < 3
    });
    assert_eq!(stopped.unwrap_err(), Undefined::Stopped);
}

#[test]
fn a_report_can_be_stopped_inside_a_section() {
    let text = "xxxx ".repeat(12);
    let spans = [raw("A", 0, 4), raw("B", 10, 14)];
    let documents = [(); 3].map(|()| (text.as_str(), vec![layer(&spans), layer(&spans[..1])]));
    let corpus = corpus(&documents);
    let (mut asked, mut most) = (0, 0.0_f64);
    let stopped = report(&corpus, &ReportOptions::default(), &mut |share| {
        asked += 1;
        most = most.max(share);
        asked < 100
    });
    assert_eq!(stopped.unwrap_err(), Undefined::Stopped);
    // The first section was under way: it draws 1,000 times for one measure alone.
    assert_eq!((asked, most), (100, 0.0));
}

const TEXT: &str = "وقال زيد إن عمرا قد وصل إلى المدينة صباح اليوم";

fn some_spans() -> impl Strategy<Value = Vec<Raw>> {
    let label = proptest::sample::select(vec!["A", "B", "C", "X"]);
    let span = (label, 0_usize..40, 1_usize..12);
    proptest::collection::vec(span, 0..8).prop_map(|spans| {
        let at = |char: usize| {
            let mut bytes = TEXT.char_indices().map(|(byte, _)| byte);
            bytes.nth(char).unwrap_or(TEXT.len())
        };
        spans
            .into_iter()
            .map(|(label, start, length)| raw(label, at(start), at(start + length)))
            .filter(|(_, ranges)| ranges[0].0 < ranges[0].1)
            .collect()
    })
}

fn documents(layers: &[(Vec<Raw>, Vec<Raw>)], swap: bool, turn: bool) -> Corpus {
    let mut documents: Vec<(String, Vec<Layer>)> = Vec::new();
    for (at, (left, right)) in layers.iter().enumerate() {
        let (left, right) = if swap { (right, left) } else { (left, right) };
        documents.push((
            format!("{TEXT}{}", " خ".repeat(at)),
            vec![layer(left), layer(right)],
        ));
    }
    if turn {
        documents.reverse();
    }
    let set = super::super::testing::labels();
    let mut builder = crate::agreement::CorpusBuilder::new(&set, Selection::default());
    for (text, layers) in &documents {
        let id = crate::annotation::DocumentId::new(&crate::annotation::TextHash::of(text), 0);
        let names = [annotator("a"), annotator("b")];
        builder.add(id, text, names.iter().zip(layers));
    }
    builder.finish()
}

/// All numbers that must not change, γ aside.
fn numbers(report: &Report<'_>) -> Vec<Measured> {
    let mut numbers = Vec::new();
    let groups = report.groups.iter().map(|(_, section)| section);
    for section in groups.chain([&report.all]) {
        numbers.extend(
            section
                .spans
                .iter()
                .map(|rule| rule.all.scores.map(|scores| scores.f1)),
        );
        numbers.extend(NUMBERS.map(|measure| section.value(measure).value));
    }
    numbers
}

fn close(one: &[Measured], two: &[Measured]) -> bool {
    one.len() == two.len()
        && one.iter().zip(two).all(|pair| match pair {
            (Ok(one), Ok(two)) => (one - two).abs() < 1e-9,
            (one, two) => one == two,
        })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]
    #[test]
    fn order_does_not_matter(layers in proptest::collection::vec((some_spans(), some_spans()), 1..4)) {
        let options = ReportOptions {
            rules: MatchRule::ALL.into(),
            bootstrap: crate::agreement::Bootstrap { resamples: 20, seed: 0 },
            gamma: crate::agreement::GammaOptions { samples: 5, ..Default::default() },
            ..ReportOptions::default()
        };
        let of = |corpus: &Corpus| {
            let report = report(corpus, &options, &mut |_| true).unwrap();
            (numbers(&report), report.json())
        };
        let (as_is, json) = of(&documents(&layers, false, false));
        let (turned, turned_json) = of(&documents(&layers, false, true));
        prop_assert_eq!(&json, &turned_json);
        prop_assert!(close(&as_is, &turned));
        let (swapped, _) = of(&documents(&layers, true, false));
        prop_assert!(close(&as_is, &swapped), "{as_is:?} {swapped:?}");
    }

    #[test]
    fn names_do_not_matter(layers in proptest::collection::vec((some_spans(), some_spans()), 1..4)) {
        let renamed = |spans: &Vec<Raw>| -> Vec<Raw> {
            let other = |label: &'static str| match label {
                "A" => "D",
                "B" => "E",
                "C" => "F",
                _ => "Y",
            };
            spans.iter().map(|(label, ranges)| (other(label), ranges.clone())).collect()
        };
        let others: Vec<(Vec<Raw>, Vec<Raw>)> =
            layers.iter().map(|(left, right)| (renamed(left), renamed(right))).collect();
        let options = ReportOptions {
            bootstrap: crate::agreement::Bootstrap { resamples: 0, seed: 0 },
            gamma: crate::agreement::GammaOptions { samples: 5, ..Default::default() },
            ..ReportOptions::default()
        };
        let (one, two) = (documents(&layers, false, false), documents(&others, false, false));
        let of = |corpus| {
            let report = report(corpus, &options, &mut |_| true).unwrap();
            let sampled = SAMPLED.map(|measure| report.all.value(measure).value);
            let mut numbers = numbers(&report);
            numbers.extend(sampled);
            numbers
        };
        prop_assert_eq!(of(&one), of(&two));
    }

    #[test]
    fn identical_layers_agree_fully(spans in proptest::collection::vec(some_spans(), 1..4)) {
        let layers: Vec<(Vec<Raw>, Vec<Raw>)> = spans.iter().map(|one| (one.clone(), one.clone())).collect();
        let corpus = documents(&layers, false, false);
        let options = ReportOptions {
            bootstrap: crate::agreement::Bootstrap { resamples: 20, seed: 0 },
            ..ReportOptions::default()
        };
        let report = report(&corpus, &options, &mut |_| true).unwrap();
        for number in numbers(&report).into_iter().chain([Measure::Gamma, Measure::GammaCat].map(|m| report.all.value(m).value)).flatten() {
            prop_assert!((number - 1.0).abs() < 1e-9, "{number}");
        }
    }
}
