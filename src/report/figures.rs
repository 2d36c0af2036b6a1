//! The numbers as plain data: what a dashboard, tables and a page show. Made by `builder`.

use std::collections::BTreeMap;

use crate::agreement::{Corpus, MatchRule, Measure, Takes, Undefined, Value};
use crate::annotation::{DocumentId, LabelColor, SpanId};
use crate::review::Class;

use super::work::Work;

/// A label.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LabelFigure {
    /// Its name in files.
    pub name: String,
    /// Its name for people.
    pub shown: String,
    /// Its colours.
    pub color: LabelColor,
}

/// What was compared.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct About {
    /// The annotators, in order.
    pub annotators: Vec<String>,
    /// How many spans each has on the shared documents.
    pub spans: Vec<usize>,
    /// How many of them by annotator and label.
    pub label_spans: Vec<Vec<usize>>,
    /// The labels, in order.
    pub labels: Vec<LabelFigure>,
    /// How many documents two or more share.
    pub documents: usize,
    /// How many documents do not count, since fewer than two share them.
    pub unshared: usize,
    /// How many spans do not count, since they do not fit their texts.
    pub misfits: usize,
    /// Why nothing is compared, where that is so.
    pub nothing: Option<Nothing>,
    /// How many annotators share a document at most.
    pub sharing: usize,
}

impl About {
    /// Whether models of annotators' errors have too little to go by.
    pub const fn is_thin(&self) -> bool {
        self.sharing < 3
    }
}

/// Why estimates of two annotators are worth little.
pub const THIN: &str = "Fewer than three annotators share a document: where two disagree, these models can hardly tell \
                        who is right.";

/// Why nothing is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Nothing {
    /// Nobody has a layer.
    NoAnnotator,
    /// One annotator alone has layers.
    OneAnnotator,
    /// No two have a layer on the same document.
    NoSharedDocuments,
}

impl Nothing {
    /// Why there is nothing to compare, if so.
    pub fn of(corpus: &Corpus) -> Option<Self> {
        corpus
            .documents
            .is_empty()
            .then_some(match corpus.annotators_met {
                0 => Self::NoAnnotator,
                1 => Self::OneAnnotator,
                _ => Self::NoSharedDocuments,
            })
    }

    /// For people.
    pub const fn told(self) -> &'static str {
        match self {
            Self::NoAnnotator => "there is no annotator",
            Self::OneAnnotator => "only one annotator",
            Self::NoSharedDocuments => "no document is shared by two annotators",
        }
    }
}

/// A measure and its value.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// Its key in JSON.
    pub name: &'static str,
    /// Its name for people.
    pub title: String,
    /// The number, or why there is none.
    pub value: Value,
}

impl Row {
    /// Whether it is of tokens, most of which have no label: for information only.
    pub fn is_of_tokens(&self) -> bool {
        let row = Measure::by_name(self.name).and_then(Measure::row);
        row.is_some_and(|row| row.takes == Takes::Tokens)
    }
}

/// The measures of a part of what was compared.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SectionFigure {
    /// Which part.
    pub title: String,
    /// How many documents it rests on.
    pub documents: usize,
    /// The measures.
    pub rows: Vec<Row>,
}

impl SectionFigure {
    /// Whether it says nothing that `all` does not say: a group that holds all labels.
    pub fn repeats(&self, all: &Self) -> bool {
        self.rows.iter().all(|row| {
            let same = all.rows.iter().find(|there| there.name == row.name);
            same.is_some_and(|there| there.value == row.value)
        })
    }
}

/// A pair of annotators.
#[derive(Clone, Debug, PartialEq)]
pub struct PairFigure {
    /// Their places.
    pub annotators: (usize, usize),
    /// All measures.
    pub section: SectionFigure,
    /// F1 by match rule, then by label.
    pub labels: Vec<(MatchRule, Vec<Value>)>,
}

impl PairFigure {
    /// F1 by a rule of all labels.
    pub fn f1(&self, rule: MatchRule) -> Value {
        let found = self.section.rows.iter().find(|row| row.name == rule.name());
        found.map_or(Value::undefined(Undefined::NotAsked), |row| row.value)
    }

    /// F1 by a rule of one label.
    pub fn label_f1(&self, rule: MatchRule, label: usize) -> Value {
        let of_rule = self.labels.iter().find(|(there, _)| *there == rule);
        let found = of_rule.and_then(|(_, labels)| labels.get(label));
        found
            .copied()
            .unwrap_or(Value::undefined(Undefined::NotAsked))
    }
}

/// The measures.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Measures {
    /// All annotators and labels.
    pub all: SectionFigure,
    /// By label group.
    pub groups: Vec<SectionFigure>,
    /// By label, in the order of the labels.
    pub labels: Vec<SectionFigure>,
    /// By pair of annotators.
    pub pairs: Vec<PairFigure>,
}

impl Measures {
    /// All labels, and the groups that say something more.
    pub fn parts(&self) -> impl Iterator<Item = &SectionFigure> {
        let more = |group: &&SectionFigure| !group.repeats(&self.all);
        std::iter::once(&self.all).chain(self.groups.iter().filter(more))
    }
}

/// Agreement on one document.
#[derive(Clone, Debug, PartialEq)]
pub struct DocumentFigure {
    /// The document.
    pub id: DocumentId,
    /// Its title.
    pub title: String,
    /// The spans of all annotators.
    pub spans: usize,
    /// Exact F1.
    pub exact: Value,
    /// Overlap F1.
    pub overlap: Value,
}

/// Agreement on an attribute or a type of relation, on spans that both made.
#[derive(Clone, Debug, PartialEq)]
pub struct FeatureFigure {
    /// Whether it is a type of relation.
    pub relation: bool,
    /// Its name; `None` for all of them.
    pub name: Option<String>,
    /// F1.
    pub f1: Value,
    /// Precision and recall, the first annotator's as the reference.
    pub shares: (Option<f64>, Option<f64>),
}

/// A span as an example.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SpanFigure {
    /// The span.
    pub id: SpanId,
    /// The beginning of its text.
    pub text: String,
    /// The words before it.
    pub before: String,
    /// The words after it.
    pub after: String,
}

/// Spans behind a cell of the confusion.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Example {
    /// The document.
    pub document: DocumentId,
    /// Its title.
    pub title: String,
    /// The places of the two annotators.
    pub annotators: (usize, usize),
    /// The first annotator's span.
    pub left: Option<SpanFigure>,
    /// The second annotator's span.
    pub right: Option<SpanFigure>,
}

/// A cell of the confusion; `None` stands for no span.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConfusedCell {
    /// The label of the first of two annotators.
    pub left: Option<usize>,
    /// The label of the second.
    pub right: Option<usize>,
    /// How many spans are taken so.
    pub count: usize,
    /// The first of them.
    pub examples: Vec<Example>,
}

/// What a model of annotators' errors says; an aid, never a gold.
#[derive(Clone, Debug, PartialEq)]
pub struct EstimateFigure {
    /// The label group.
    pub group: &'static str,
    /// The method's key in JSON.
    pub method: &'static str,
    /// The method's name.
    pub title: &'static str,
    /// Why there is no estimate.
    pub undefined: Option<Undefined>,
    /// How often each annotator (by place) is right, in 0..=1.
    pub annotators: Vec<(usize, f64)>,
    /// How many spans of each label (by place) there are likely to be; `None`: what is likely to be none.
    pub labels: Vec<(Option<usize>, f64)>,
}

/// Everything there is to show.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Figures {
    /// What was compared.
    pub about: About,
    /// The measures.
    pub measures: Measures,
    /// The documents on which annotators agree least, worst first.
    pub documents: Vec<DocumentFigure>,
    /// Attributes and relations.
    pub features: Vec<FeatureFigure>,
    /// Which labels are taken for which.
    pub confusion: Vec<ConfusedCell>,
    /// Estimates of annotators and labels.
    pub estimates: Vec<EstimateFigure>,
    /// Disagreements by class; `None` where they were not counted.
    pub classes: Option<BTreeMap<Class, usize>>,
    /// What is worth knowing about the numbers.
    pub notes: Vec<String>,
    /// How the work goes, where that is known.
    pub work: Option<Work>,
}

impl Figures {
    /// The name of an annotator.
    pub fn annotator(&self, place: usize) -> &str {
        let found = self.about.annotators.get(place);
        found.map_or("", String::as_str)
    }

    /// The name of a label for people.
    pub fn shown(&self, place: usize) -> &str {
        let found = self.about.labels.get(place);
        found.map_or("", |label| &label.shown)
    }

    /// The name of a label in files.
    pub fn label(&self, place: usize) -> &str {
        let found = self.about.labels.get(place);
        found.map_or("", |label| &label.name)
    }

    /// How many spans stand in a cell of the confusion.
    pub fn confused(&self, left: Option<usize>, right: Option<usize>) -> Option<&ConfusedCell> {
        let mut cells = self.confusion.iter();
        cells.find(|cell| (cell.left, cell.right) == (left, right))
    }
}
