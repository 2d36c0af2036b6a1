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
use super::undefined::{GoOn, Measured, Undefined};
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

    fn of(
        sums: &Sums,
        bootstrap: &Bootstrap,
        measure: impl Fn(&[f64]) -> Measured,
        go_on: &mut GoOn<'_>,
    ) -> Measured<Self> {
        let values = Self::several(sums, bootstrap, 1, |_, sums| measure(sums), go_on)?;
        let one = values.into_iter().next();
        Ok(one.unwrap_or(Self::undefined(Undefined::NotAsked)))
    }

    /// Several measures of the same sums, which share their draws: `measure` is told which one.
    fn several(
        sums: &Sums,
        bootstrap: &Bootstrap,
        count: usize,
        measure: impl Fn(usize, &[f64]) -> Measured,
        go_on: &mut GoOn<'_>,
    ) -> Measured<Vec<Self>> {
        let total = sums.total();
        let values: Vec<Measured> = (0..count).map(|which| measure(which, &total)).collect();
        let draw = values.iter().any(Result::is_ok);
        let intervals = if draw {
            bootstrap.intervals(sums, count, |which, sums| measure(which, sums).ok(), go_on)?
        } else {
            vec![None; count]
        };
        let pairs = values.into_iter().zip(intervals);
        let values = pairs.map(|(value, interval)| Self {
            value,
            interval: interval.filter(|_| value.is_ok()),
            precision: None,
        });
        Ok(values.collect())
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
    pub fn add_gamma(
        &mut self,
        gamma: &Measured<Gamma>,
        options: &ReportOptions,
        go_on: &mut GoOn<'_>,
    ) -> Measured<()> {
        let gamma = match gamma {
            Ok(gamma) => gamma,
            Err(why) => {
                self.values.insert(Measure::Gamma, Value::undefined(*why));
                self.values
                    .insert(Measure::GammaCat, Value::undefined(*why));
                return Ok(());
            }
        };
        self.gamma_of_pairs = gamma.of_pairs();
        let mut of = |measure: &dyn Fn(&[f64]) -> Measured| {
            Value::of(&gamma.sums, &options.bootstrap, measure, go_on)
        };
        let mut value = of(&|sums| gamma.gamma(sums))?;
        value.precision = Some(gamma.precision());
        self.values.insert(Measure::Gamma, value);
        let cat = of(&|sums| gamma.gamma_cat(sums))?;
        self.values.insert(Measure::GammaCat, cat);
        Ok(())
    }
}

/// The chosen measures of a view, γ aside ([`Section::add_gamma`]). `flat`: token measures are undefined
/// where labels overlap within an annotator, as at the top of a report; else the first span has the token.
/// `go_on` is asked before each document and each resample.
pub fn section(
    view: &View<'_>,
    options: &ReportOptions,
    flat: bool,
    go_on: &mut GoOn<'_>,
) -> Measured<Section> {
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
            .map(|rule| SpanScores::new(view, *rule, &options.bootstrap, go_on))
            .collect::<Measured<_>>()?;
    }
    let unitizing = Unitizing::new(view, options.ground, go_on);
    let overlap = unitizing.as_ref().err().copied();
    if overlap == Some(Undefined::Stopped) {
        return Err(Undefined::Stopped);
    }
    add_tokens(&mut section, view, options, overlap.filter(|_| flat), go_on)?;
    add_unitizing(&mut section, view, options, unitizing, go_on)?;
    Ok(section)
}

fn add_tokens(
    section: &mut Section,
    view: &View<'_>,
    options: &ReportOptions,
    why_not: Option<Undefined>,
    go_on: &mut GoOn<'_>,
) -> Measured<()> {
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
    let of_several = asked.clone().any(|one| one != Measure::CohenKappa);
    let of_raters = if some && why_not.is_none() && of_several {
        let raters = Raters::new(view, go_on)?;
        let value = |which: usize, sums: &[f64]| match which {
            0 => raters.fleiss(sums),
            _ => raters.alpha(sums),
        };
        Some(Value::several(&raters.sums, bootstrap, 2, value, go_on)?)
    } else {
        None
    };
    let nothing = Value::undefined(why_not.unwrap_or(Undefined::OneAnnotator));
    for measure in asked {
        let rated = |which: usize| {
            of_raters
                .as_ref()
                .and_then(|values| values.get(which).copied())
        };
        let value = match measure {
            _ if why_not.is_some() || !some => None,
            Measure::FleissKappa => rated(0),
            Measure::KrippendorffNominal => rated(1),
            _ => {
                let cohen = Cohen::new(view, go_on)?;
                let kappa = |sums: &[f64]| cohen.value(sums);
                Some(Value::of(&cohen.sums, bootstrap, kappa, go_on)?)
            }
        };
        section.values.insert(measure, value.unwrap_or(nothing));
    }
    Ok(())
}

fn add_unitizing(
    section: &mut Section,
    view: &View<'_>,
    options: &ReportOptions,
    unitizing: Measured<Unitizing>,
    go_on: &mut GoOn<'_>,
) -> Measured<()> {
    let measures = [Measure::UAlpha, Measure::UAlphaBinary, Measure::CuAlpha];
    let asked = measures
        .into_iter()
        .filter(|measure| options.asks(*measure));
    let unitizing = match unitizing {
        Ok(unitizing) => unitizing,
        Err(why) => {
            let values = asked.map(|measure| (measure, Value::undefined(why)));
            section.values.extend(values);
            return Ok(());
        }
    };
    let asked: Vec<Measure> = asked.collect();
    let classes = if options.asks(Measure::KuAlpha) && view.class_count() > 1 {
        view.class_count()
    } else {
        0
    };
    let count = asked.len() + classes;
    let value = |which: usize, sums: &[f64]| match asked.get(which) {
        Some(Measure::UAlpha) => unitizing.all(sums),
        Some(Measure::UAlphaBinary) => unitizing.binary(sums),
        Some(_) => unitizing.coding(sums),
        None => unitizing.of_class(sums, (which - asked.len() + 1) as u32),
    };
    let values = Value::several(&unitizing.sums, &options.bootstrap, count, value, go_on)?;
    let mut values = values.into_iter();
    for measure in &asked {
        section
            .values
            .extend(values.next().map(|value| (*measure, value)));
    }
    let total = unitizing.sums.total();
    for (class, value) in (1..).zip(values) {
        if let Some(label) = view.label_of(class) {
            let coverage = unitizing.coverage(&total, class);
            section.ku_alpha.push((label, value, coverage));
        }
    }
    Ok(())
}
