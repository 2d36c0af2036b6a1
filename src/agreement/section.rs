//! All chosen measures of one view: what stands at the top of a report, under a label group, a label, a pair or
//! a document.

use std::collections::{BTreeMap, BTreeSet};

use super::bootstrap::{Bootstrap, Interval, Sums};
use super::cohen::Cohen;
use super::gamma::{Gamma, GammaOptions};
use super::matching::MatchRule;
use super::measures::Measure;
use super::multi::Raters;
use super::span_scores::SpanScores;
use super::undefined::{Measured, Undefined};
use super::unitizing::{Ground, Unitizing};
use super::view::View;

/// What is computed.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ReportOptions {
    /// The measures; `None` for all.
    pub measures: Option<BTreeSet<Measure>>,
    /// Match rules besides exact and overlap, which are always there.
    pub rules: BTreeSet<MatchRule>,
    /// What the unitizing alphas measure lengths in.
    pub ground: Ground,
    /// The intervals.
    pub bootstrap: Bootstrap,
    /// γ's weights and sampling.
    pub gamma: GammaOptions,
}

impl ReportOptions {
    /// Whether a measure was asked for.
    pub fn asks(&self, measure: Measure) -> bool {
        self.measures
            .as_ref()
            .is_none_or(|measures| measures.contains(&measure))
    }

    /// Gives one seed to everything that draws.
    #[must_use]
    pub fn with_seed(mut self, seed: u64) -> Self {
        self.bootstrap.seed = seed;
        self.gamma.seed = seed;
        self
    }
}

/// A number, how sure it is, or why there is none.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Value {
    /// The number.
    pub value: Measured,
    /// Over resampled documents.
    pub interval: Option<Interval>,
    /// For sampled measures: half the width of the 95 % interval that comes of the sampling.
    pub precision: Option<f64>,
}

impl Value {
    /// No number.
    pub const fn undefined(why: Undefined) -> Self {
        Self {
            value: Err(why),
            interval: None,
            precision: None,
        }
    }

    fn of(sums: &Sums, bootstrap: &Bootstrap, measure: impl Fn(&[f64]) -> Measured) -> Self {
        let value = measure(&sums.total());
        let interval = value
            .is_ok()
            .then(|| bootstrap.interval(sums, |sums| measure(sums).ok()));
        Self {
            value,
            interval: interval.flatten(),
            precision: None,
        }
    }
}

/// The measures of one view.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Section {
    /// How many documents two or more of its annotators share.
    pub documents: usize,
    /// Span measures by match rule.
    pub spans: Vec<SpanScores>,
    /// The other numbers.
    pub values: BTreeMap<Measure, Value>,
    /// (k)uα by label, with the share of the label's length that it rests on.
    pub ku_alpha: Vec<(u32, Value, Option<f64>)>,
    /// Whether γ is a mean of pairs on some document, since its programme was too large.
    pub gamma_of_pairs: bool,
}

impl Section {
    /// A number of the section.
    pub fn value(&self, measure: Measure) -> Value {
        let found = self.values.get(&measure).copied();
        found.unwrap_or(Value::undefined(Undefined::NotAsked))
    }

    /// The span measures by a rule.
    pub fn rule(&self, rule: MatchRule) -> Option<&SpanScores> {
        self.spans.iter().find(|scores| scores.rule == rule)
    }

    /// The same with `why` instead of every number that has no value for lack of documents.
    pub(super) fn explained(mut self, why: Undefined) -> Self {
        let lacks = |undefined: Undefined| {
            matches!(
                undefined,
                Undefined::NoSharedDocuments | Undefined::OneAnnotator
            )
        };
        for value in self.values.values_mut() {
            if value.value.is_err_and(lacks) {
                value.value = Err(why);
            }
        }
        for scored in &mut self.spans {
            if scored.all.scores.is_err_and(lacks) {
                scored.all.scores = Err(why);
            }
        }
        self
    }

    /// Adds γ and γ-cat of a view.
    pub fn add_gamma(&mut self, gamma: &Measured<Gamma>, options: &ReportOptions) {
        let gamma = match gamma {
            Ok(gamma) => gamma,
            Err(why) => {
                self.values.insert(Measure::Gamma, Value::undefined(*why));
                self.values
                    .insert(Measure::GammaCat, Value::undefined(*why));
                return;
            }
        };
        self.gamma_of_pairs = gamma.of_pairs();
        let of = |measure: &dyn Fn(&[f64]) -> Measured| {
            Value::of(&gamma.sums, &options.bootstrap, measure)
        };
        let mut value = of(&|sums| gamma.gamma(sums));
        value.precision = Some(gamma.precision());
        self.values.insert(Measure::Gamma, value);
        self.values
            .insert(Measure::GammaCat, of(&|sums| gamma.gamma_cat(sums)));
    }
}

/// The chosen measures of a view, γ aside ([`Section::add_gamma`]). `flat`: token measures are undefined
/// where labels overlap within an annotator, as at the top of a report; else the first span has the token.
pub fn section(view: &View<'_>, options: &ReportOptions, flat: bool) -> Section {
    let mut section = Section {
        documents: view.shared().count(),
        ..Section::default()
    };
    if options.asks(Measure::SpanF1) {
        let always = [MatchRule::Exact, MatchRule::Overlap];
        let further = options.rules.iter().filter(|rule| !always.contains(rule));
        section.spans = always
            .iter()
            .chain(further)
            .map(|rule| SpanScores::new(view, *rule, &options.bootstrap))
            .collect();
    }
    let unitizing = Unitizing::new(view, options.ground);
    let overlap = unitizing.as_ref().err().copied();
    add_tokens(&mut section, view, options, overlap.filter(|_| flat));
    add_unitizing(&mut section, view, options, unitizing);
    section
}

fn add_tokens(
    section: &mut Section,
    view: &View<'_>,
    options: &ReportOptions,
    why_not: Option<Undefined>,
) {
    let measures = [
        Measure::CohenKappa,
        Measure::FleissKappa,
        Measure::KrippendorffNominal,
    ];
    let asked = measures
        .into_iter()
        .filter(|measure| options.asks(*measure));
    let bootstrap = &options.bootstrap;
    let some = view.annotators.len() > 1;
    let raters = (some && why_not.is_none() && asked.clone().any(|one| one != Measure::CohenKappa))
        .then(|| Raters::new(view));
    for measure in asked {
        let value = match (why_not, &raters) {
            (Some(why), _) => Value::undefined(why),
            _ if !some => Value::undefined(Undefined::OneAnnotator),
            (_, Some(raters)) if measure == Measure::FleissKappa => {
                Value::of(&raters.sums, bootstrap, |sums| raters.fleiss(sums))
            }
            (_, Some(raters)) if measure == Measure::KrippendorffNominal => {
                Value::of(&raters.sums, bootstrap, |sums| raters.alpha(sums))
            }
            _ => {
                let cohen = Cohen::new(view);
                Value::of(&cohen.sums, bootstrap, |sums| cohen.value(sums))
            }
        };
        section.values.insert(measure, value);
    }
}

fn add_unitizing(
    section: &mut Section,
    view: &View<'_>,
    options: &ReportOptions,
    unitizing: Measured<Unitizing>,
) {
    let measures = [Measure::UAlpha, Measure::UAlphaBinary, Measure::CuAlpha];
    let asked = measures
        .into_iter()
        .filter(|measure| options.asks(*measure));
    let unitizing = match unitizing {
        Ok(unitizing) => unitizing,
        Err(why) => {
            let values = asked.map(|measure| (measure, Value::undefined(why)));
            section.values.extend(values);
            return;
        }
    };
    for measure in asked {
        let value = Value::of(&unitizing.sums, &options.bootstrap, |sums| match measure {
            Measure::UAlpha => unitizing.all(sums),
            Measure::UAlphaBinary => unitizing.binary(sums),
            _ => unitizing.coding(sums),
        });
        section.values.insert(measure, value);
    }
    if options.asks(Measure::KuAlpha) && view.class_count() > 1 {
        let total = unitizing.sums.total();
        for class in 1..=view.class_count() as u32 {
            if let Some(label) = view.label_of(class) {
                let value = Value::of(&unitizing.sums, &options.bootstrap, |sums| {
                    unitizing.of_class(sums, class)
                });
                section
                    .ku_alpha
                    .push((label, value, unitizing.coverage(&total, class)));
            }
        }
    }
}
