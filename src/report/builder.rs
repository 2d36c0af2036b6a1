//! Makes figures: the measures from the corpus at once, then titles, quoted spans and classes of disagreements from
//! the documents, which the caller shows one by one, so that texts need not all be in memory.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::agreement::{
    Bootstrap, ConfusedSpans, Confusion, Corpus, Feature, Features, GoOn, LabelGroup, MatchRule,
    Measure, Measured, Report, ReportOptions, Scored, Scores, Section, SpanScores, TOKEN_NOTE,
    Takes, Undefined, Value, View, ask, report,
};
use crate::annotation::{Annotator, DocumentId, LabelSet, Layer, PALETTE, SpanId};
use crate::review::disagreements;
use crate::text::quote;

use super::context::around;
use super::estimates::estimates;
use super::figures::{
    About, ConfusedCell, DocumentFigure, Example, FeatureFigure, Figures, LabelFigure, Measures,
    Nothing, PairFigure, Row, SectionFigure, SpanFigure,
};

/// Above this many pairs of annotators, disagreements are not classed.
pub const MOST_CLASSED_PAIRS: usize = 45;

/// So many graphemes of a span are quoted.
const QUOTED: usize = 80;

/// What is computed, and how much is shown of it.
#[derive(Clone, Debug, PartialEq)]
pub struct FigureOptions {
    /// The measures.
    pub report: ReportOptions,
    /// How many examples a cell of the confusion has at most.
    pub examples: usize,
    /// How many documents are listed at most.
    pub documents: usize,
}

impl Default for FigureOptions {
    fn default() -> Self {
        Self {
            report: ReportOptions::default(),
            examples: 5,
            documents: 50,
        }
    }
}

/// The places of an example: cell and place in it.
type Wanted = BTreeMap<DocumentId, Vec<(usize, usize)>>;

/// Figures that still lack what only the documents have.
#[derive(Debug)]
pub struct FiguresBuilder<'c> {
    corpus: &'c Corpus,
    figures: Figures,
    /// The spans of the examples.
    wanted: Wanted,
    /// The spans behind each example, by cell.
    spans: Vec<Vec<ConfusedSpans>>,
    /// Places of documents in the corpus.
    places: HashMap<DocumentId, usize>,
    /// Places of documents that are listed.
    listed: BTreeMap<DocumentId, usize>,
    /// The layers of annotators, by name.
    names: HashMap<&'c Annotator, u32>,
}

impl<'c> FiguresBuilder<'c> {
    /// Whether something of a document is still to be shown.
    pub fn wants(&self, id: DocumentId) -> bool {
        let classed = self.figures.classes.is_some() && self.places.contains_key(&id);
        classed || self.wanted.contains_key(&id) || self.listed.contains_key(&id)
    }

    /// Computes everything but what needs texts. `go_on` is told how much is done, in 0..=1, and says
    /// whether to go on.
    pub fn new(
        corpus: &'c Corpus,
        set: &LabelSet,
        options: &FigureOptions,
        go_on: &mut dyn FnMut(f64) -> bool,
    ) -> Measured<Self> {
        let found = report(corpus, &options.report, &mut |share| go_on(share * 0.8))?;
        Self::of(&found, set, options, go_on)
    }

    /// The same where the measures are there already.
    pub fn of(
        found: &Report<'c>,
        set: &LabelSet,
        options: &FigureOptions,
        go_on: &mut dyn FnMut(f64) -> bool,
    ) -> Measured<Self> {
        let corpus = found.corpus;
        let mut figures = Figures {
            about: about(found, set),
            measures: measures(found, &options.report),
            ..Figures::default()
        };
        figures.documents = documents(corpus, &options.report, options.documents, &mut || {
            go_on(0.82)
        })?;
        figures.features = features(corpus, &options.report, &mut || go_on(0.86))?;
        ask(&mut || go_on(0.9))?;
        figures.estimates = estimates(corpus, &options.report);
        let mut builder = Self {
            corpus,
            wanted: Wanted::new(),
            spans: Vec::new(),
            places: HashMap::new(),
            listed: BTreeMap::new(),
            names: corpus.annotators.iter().zip(0..).collect(),
            figures,
        };
        builder.figures.notes = notes(found, &options.report);
        if options.report.asks(Measure::Confusion) {
            builder.confusion(options.examples, &mut || go_on(0.95))?;
        }
        if found.pairs.len() <= MOST_CLASSED_PAIRS {
            builder.figures.classes = Some(BTreeMap::new());
        }
        let places = corpus.documents.iter().enumerate();
        builder.places = places
            .map(|(place, document)| (document.id, place))
            .collect();
        let listed = builder.figures.documents.iter().enumerate();
        builder.listed = listed
            .map(|(place, document)| (document.id, place))
            .collect();
        Ok(builder)
    }

    fn confusion(&mut self, most: usize, go_on: &mut GoOn<'_>) -> Measured<()> {
        for ((left, right), spans) in Confusion::new(&View::all(self.corpus), go_on)?.cells {
            let cell = self.figures.confusion.len();
            let label = |place: Option<u32>| place.map(|place| place as usize);
            let shown: Vec<ConfusedSpans> = spans.iter().take(most).copied().collect();
            for (place, one) in shown.iter().enumerate() {
                let wanted = self.wanted.entry(one.document).or_default();
                wanted.push((cell, place));
            }
            let example = |one: &ConfusedSpans| Example {
                document: one.document,
                title: String::new(),
                annotators: (one.annotators.0 as usize, one.annotators.1 as usize),
                left: None,
                right: None,
            };
            self.figures.confusion.push(ConfusedCell {
                left: label(left),
                right: label(right),
                count: spans.len(),
                examples: shown.iter().map(example).collect(),
            });
            self.spans.push(shown);
        }
        Ok(())
    }

    /// Shows a document: its title, and what annotators did on it.
    pub fn document(
        &mut self,
        id: DocumentId,
        name: &str,
        text: &str,
        layers: &[(Annotator, Layer)],
    ) {
        let Some(place) = self.places.get(&id) else {
            return;
        };
        self.classes(*place, text);
        let of = |annotator: u32| {
            let mut layers = layers.iter();
            layers.find(|(name, _)| self.names.get(name) == Some(&annotator))
        };
        let shown = |annotator: u32, span: Option<SpanId>| {
            let (_, layer) = of(annotator)?;
            let span = layer.get(span?)?;
            let (before, after) = around(text, span.data.fragments.extent());
            Some(SpanFigure {
                id: span.id,
                text: quote(&span.data.fragments.beginning(text, 4 * QUOTED), QUOTED),
                before,
                after,
            })
        };
        for (cell, place) in self.wanted.remove(&id).unwrap_or_default() {
            let spans = self.spans.get(cell).and_then(|spans| spans.get(place));
            let cells = self.figures.confusion.get_mut(cell);
            let example = cells.and_then(|cell| cell.examples.get_mut(place));
            if let (Some(spans), Some(example)) = (spans, example) {
                name.clone_into(&mut example.title);
                example.left = shown(spans.annotators.0, spans.left);
                example.right = shown(spans.annotators.1, spans.right);
            }
        }
        let listed = self.listed.get(&id);
        if let Some(document) = listed.and_then(|at| self.figures.documents.get_mut(*at)) {
            name.clone_into(&mut document.title);
        }
    }

    /// Counts the disagreements on a document.
    fn classes(&mut self, place: usize, text: &str) {
        let document = self.corpus.documents.get(place);
        let (Some(classes), Some(document)) = (&mut self.figures.classes, document) else {
            return;
        };
        let annotators: Vec<u32> = document.layers.iter().map(|(who, _)| *who).collect();
        for (at, left) in annotators.iter().enumerate() {
            for right in annotators.iter().skip(at + 1) {
                let pair = (*left, *right);
                for one in disagreements(text, &self.corpus.labels, document, pair) {
                    *classes.entry(one.class).or_default() += 1;
                }
            }
        }
    }

    /// The figures.
    pub fn finish(self) -> Figures {
        self.figures
    }
}

fn about(found: &Report<'_>, set: &LabelSet) -> About {
    let corpus = found.corpus;
    let names = corpus
        .annotators
        .iter()
        .map(|name| name.as_str().to_owned());
    let labels = corpus.labels.iter().enumerate().map(|(place, label)| {
        let default = PALETTE.get(place % PALETTE.len()).copied();
        let known = set.get(&label.id);
        LabelFigure {
            name: label.name.clone(),
            shown: known
                .map_or(&*label.name, |label| label.display_en())
                .to_owned(),
            color: known
                .map(|label| label.color)
                .or(default)
                .unwrap_or(PALETTE[0]),
        }
    });
    let mut label_spans = vec![vec![0; corpus.labels.len()]; corpus.annotators.len()];
    for (annotator, layer) in corpus.documents.iter().flat_map(|one| &one.layers) {
        for unit in layer.units() {
            let row = label_spans.get_mut(*annotator as usize);
            if let Some(count) = row.and_then(|row| row.get_mut(unit.label as usize)) {
                *count += 1;
            }
        }
    }
    About {
        annotators: names.collect(),
        spans: found.spans.clone(),
        label_spans,
        labels: labels.collect(),
        documents: corpus.documents.len(),
        unshared: corpus.unshared,
        misfits: corpus.misfits,
        nothing: Nothing::of(corpus),
        sharing: corpus
            .documents
            .iter()
            .map(|one| one.layers.len())
            .max()
            .unwrap_or(0),
    }
}

const fn value(scored: &Scored) -> Value {
    Value {
        value: match scored.scores {
            Ok(found) => Ok(found.f1),
            Err(why) => Err(why),
        },
        interval: scored.interval,
        precision: None,
    }
}

fn measures(found: &Report<'_>, options: &ReportOptions) -> Measures {
    let corpus = found.corpus;
    let groups = found.groups.iter().map(|(group, section)| {
        let title = match group {
            LabelGroup::Entities => "Names (entities)",
            LabelGroup::Statements => "Statements",
        };
        figure(title.to_owned(), section, options)
    });
    let labels = found.labels.iter().map(|(place, section)| {
        let label = corpus.labels.get(*place as usize);
        let name = label.map_or_else(String::new, |label| label.name.clone());
        let mut figure = figure(name, section, options);
        // Of one label no label can be taken for another, and what is a unit at all is what is one of it.
        let says_more = |row: &Row| {
            ![Measure::CuAlpha, Measure::UAlphaBinary]
                .map(Measure::name)
                .contains(&row.name)
        };
        figure.rows.retain(says_more);
        let of_groups = found.groups.iter().flat_map(|(_, group)| &group.ku_alpha);
        let among = of_groups.filter(|(label, ..)| label == place);
        figure.rows.extend(among.map(|(_, value, _)| Row {
            name: Measure::KuAlpha.name(),
            title: "(k)uα in its group".to_owned(),
            value: *value,
        }));
        figure
    });
    let pairs = found.pairs.iter().map(|((left, right), section)| {
        let by_label = section.spans.iter().map(|scores| {
            let labels = (0..corpus.labels.len() as u32).map(|label| {
                let nothing = Value::undefined(Undefined::NoUnits);
                scores.label(label).map_or(nothing, value)
            });
            (scores.rule, labels.collect())
        });
        PairFigure {
            annotators: (*left as usize, *right as usize),
            section: figure(String::new(), section, options),
            labels: by_label.collect(),
        }
    });
    Measures {
        all: figure("All labels".to_owned(), &found.all, options),
        groups: groups.collect(),
        labels: labels.collect(),
        pairs: pairs.collect(),
    }
}

fn figure(title: String, section: &Section, options: &ReportOptions) -> SectionFigure {
    let spans = section.spans.iter().map(|scores| Row {
        name: scores.rule.name(),
        title: format!("F1, {}", scores.rule.title()),
        value: value(&scores.all),
    });
    let numbers = section.values.iter().filter_map(|(measure, value)| {
        options.asks(*measure).then_some(())?;
        let row = measure.row()?;
        Some(Row {
            name: row.name,
            title: row.title.to_owned(),
            value: *value,
        })
    });
    SectionFigure {
        title,
        documents: section.documents,
        rows: spans.chain(numbers).collect(),
    }
}

/// The documents on which exact F1 is least.
fn documents(
    corpus: &Corpus,
    options: &ReportOptions,
    most: usize,
    go_on: &mut GoOn<'_>,
) -> Measured<Vec<DocumentFigure>> {
    if !options.asks(Measure::SpanF1) {
        return Ok(Vec::new());
    }
    let none = Bootstrap {
        resamples: 0,
        ..Bootstrap::default()
    };
    let classes = View::all(corpus).classes;
    let mut found: Vec<DocumentFigure> = Vec::with_capacity(corpus.documents.len().min(2 * most));
    for (place, document) in (0_u32..).zip(&corpus.documents) {
        // Of single documents no label is told, so one class stands for all pairs that are there.
        let there: Vec<u32> = document.layers.iter().map(|(who, _)| *who).collect();
        let view = View {
            documents: vec![place],
            annotators: there,
            corpus,
            classes: classes.clone(),
        };
        let mut f1 = |rule: MatchRule| -> Measured<Value> {
            Ok(value(&SpanScores::new(&view, rule, &none, go_on)?.all))
        };
        found.push(DocumentFigure {
            id: document.id,
            title: String::new(),
            spans: document
                .layers
                .iter()
                .map(|(_, one)| one.units().len())
                .sum(),
            exact: f1(MatchRule::Exact)?,
            overlap: f1(MatchRule::Overlap)?,
        });
        if found.len() >= 4 * most.max(16) {
            keep_worst(&mut found, most);
        }
    }
    keep_worst(&mut found, most);
    Ok(found)
}

/// Those that agree least, and among equals those with more spans; where nothing is marked nothing is told.
fn keep_worst(documents: &mut Vec<DocumentFigure>, most: usize) {
    documents.retain(|document| document.exact.value.is_ok());
    let key = |one: &DocumentFigure| {
        let number = |value: Value| value.value.unwrap_or(1.0);
        (number(one.exact), number(one.overlap))
    };
    documents.sort_by(|one, two| {
        let (a, b) = (key(one), key(two));
        a.0.total_cmp(&b.0)
            .then(a.1.total_cmp(&b.1))
            .then(two.spans.cmp(&one.spans))
            .then(one.id.cmp(&two.id))
    });
    documents.truncate(most);
}

fn features(
    corpus: &Corpus,
    options: &ReportOptions,
    go_on: &mut GoOn<'_>,
) -> Measured<Vec<FeatureFigure>> {
    let kinds = [(Measure::Attributes, false), (Measure::Relations, true)];
    let asked: BTreeSet<bool> = kinds
        .into_iter()
        .filter(|(measure, _)| options.asks(*measure))
        .map(|(_, relation)| relation)
        .collect();
    if asked.is_empty() {
        return Ok(Vec::new());
    }
    let features = Features::new(&View::all(corpus), go_on)?;
    let is_relation = |feature: &Feature| matches!(feature, Feature::Relation(_));
    let mut found = Vec::new();
    for relation in asked {
        let is_asked = |one: &Feature| is_relation(one) == relation;
        let all = features.scores(is_asked, &options.bootstrap, go_on)?;
        found.push(feature(relation, None, all));
        let names = features.names.iter();
        for name in names.filter(|name| is_relation(name) == relation) {
            let scores = features.scores(|one| one == name, &options.bootstrap, go_on)?;
            let (Feature::Attribute(called) | Feature::Relation(called)) = name;
            found.push(feature(relation, Some(called.clone()), scores));
        }
    }
    Ok(found)
}

fn feature(
    relation: bool,
    name: Option<String>,
    (scores, interval): (Measured<Scores>, Option<crate::agreement::Interval>),
) -> FeatureFigure {
    let found = scores.ok();
    FeatureFigure {
        relation,
        name,
        f1: value(&Scored {
            scores,
            interval: interval.filter(|_| scores.is_ok()),
        }),
        shares: (
            found.and_then(|found| found.precision),
            found.and_then(|found| found.recall),
        ),
    }
}

fn notes(found: &Report<'_>, options: &ReportOptions) -> Vec<String> {
    let corpus = found.corpus;
    let mut notes = Vec::new();
    let mut count = |number: usize, what: &str| {
        if number > 0 {
            notes.push(format!("{number} {what}"));
        }
    };
    count(
        corpus.unshared,
        "documents do not count: fewer than two of the annotators have their text.",
    );
    count(
        corpus.misfits,
        "spans do not count: they do not fit their texts.",
    );
    let tokens = |row: &&crate::agreement::MeasureRow| {
        row.takes == Takes::Tokens && options.asks(row.measure)
    };
    if crate::agreement::MEASURES.iter().any(|row| tokens(&row)) {
        notes.push(format!("Tokens. {TOKEN_NOTE}"));
    }
    if found.all.gamma_of_pairs {
        notes.push(
            "γ is the mean of pairs on some document, which is too large for all annotators at once."
                .to_owned(),
        );
    }
    if found.pairs.len() > MOST_CLASSED_PAIRS {
        notes.push("Disagreements are not classed: there are too many pairs of annotators.".into());
    }
    notes.push(format!(
        "In brackets: 95 % bootstrap intervals over {} resamples of the documents (seed {}).",
        options.bootstrap.resamples, options.bootstrap.seed
    ));
    notes
}
