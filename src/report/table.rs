//! Figures as tables: what CSV files and the page have in common.

use std::collections::BTreeMap;

use crate::agreement::{TOKEN_NOTE, Value};

use super::figures::{Figures, Row, SectionFigure};

/// Why there are no hours and no speed.
const UNTIMED: &str =
    "No time was measured: what was imported came at one moment, or it was less than a minute.";

/// Which table it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TableKind {
    /// All measures, overall and by label group.
    Measures,
    /// By label.
    Labels,
    /// By pair of annotators.
    Pairs,
    /// F1 by pair and label.
    PairLabels,
    /// The documents that agree least.
    Documents,
    /// Attributes and relations.
    Features,
    /// Labels taken for each other.
    Confusion,
    /// Disagreements by class.
    Classes,
    /// Estimates of annotators.
    Annotators,
    /// Estimates of labels.
    LabelEstimates,
    /// Spans by annotator and label.
    Counts,
    /// Progress and speed.
    Progress,
    /// Work and agreement by day.
    Days,
}

impl TableKind {
    /// The stem of its file's name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Measures => "measures",
            Self::Labels => "labels",
            Self::Pairs => "pairs",
            Self::PairLabels => "pairs-labels",
            Self::Documents => "documents",
            Self::Features => "attributes-relations",
            Self::Confusion => "confusion",
            Self::Classes => "disagreements",
            Self::Annotators => "estimates-annotators",
            Self::LabelEstimates => "estimates-labels",
            Self::Counts => "spans",
            Self::Progress => "progress",
            Self::Days => "days",
        }
    }
}

/// What stands in a cell.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    /// A name or a quote of the data.
    Foreign(String),
    /// A label: its name in files, and its name for people.
    Label(String, String),
    /// Words of the program.
    Words(String),
    /// The name of a measure that is for information only, and why.
    Aside(String, &'static str),
    /// How many.
    Count(usize),
    /// A number, with so many digits behind the point for people.
    Number(f64, usize),
    /// A measure: number, interval, or why there is none.
    Measured(Value),
    /// Nothing, and why.
    Lacking(&'static str),
    /// Nothing.
    Empty,
}

/// A table.
#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    /// Which it is.
    pub kind: TableKind,
    /// The heads of its columns.
    pub head: Vec<Cell>,
    /// Its rows.
    pub rows: Vec<Vec<Cell>>,
}

impl Table {
    fn new<const N: usize>(kind: TableKind, head: [&str; N]) -> Self {
        Self {
            kind,
            head: head.map(words).to_vec(),
            rows: Vec::new(),
        }
    }
}

/// A measure for people: the number with its interval, or why there is none.
pub(super) fn told(value: &Value) -> String {
    let number = match value.value {
        Ok(number) => format!("{number:.3}"),
        Err(why) => return why.to_string(),
    };
    let interval = value.interval.map_or_else(String::new, |interval| {
        format!(" [{:.3}, {:.3}]", interval.low, interval.high)
    });
    let precision = value.precision.map_or_else(String::new, |precision| {
        format!(" ± {precision:.3} (sampling)")
    });
    format!("{number}{interval}{precision}")
}

/// All tables that have a row. Where nothing is compared only those of the work have.
pub fn tables(figures: &Figures) -> Vec<Table> {
    let makers: [fn(&Figures) -> Table; 13] = [
        measures,
        labels,
        pairs,
        pair_labels,
        documents,
        features,
        confusion,
        classes,
        annotators,
        label_estimates,
        counts,
        progress,
        days,
    ];
    let made = makers.into_iter().map(|make| make(figures));
    let compared = figures.about.nothing.is_none();
    let of_work = |kind| matches!(kind, TableKind::Progress | TableKind::Days);
    made.filter(|table| !table.rows.is_empty() && (compared || of_work(table.kind)))
        .collect()
}

/// A label, or what stands for no label.
fn label(figures: &Figures, place: Option<usize>, none: &str) -> Cell {
    let found = place.and_then(|place| figures.about.labels.get(place));
    found.map_or_else(
        || words(none),
        |label| Cell::Label(label.name.clone(), label.shown.clone()),
    )
}

/// The name of a measure.
fn named(row: &Row) -> Cell {
    if row.is_of_tokens() {
        Cell::Aside(row.title.clone(), TOKEN_NOTE)
    } else {
        words(&row.title)
    }
}

fn foreign(text: &str) -> Cell {
    Cell::Foreign(text.to_owned())
}

fn words(text: &str) -> Cell {
    Cell::Words(text.to_owned())
}

fn measures(figures: &Figures) -> Table {
    let mut table = Table::new(TableKind::Measures, ["Labels", "Measure", "Value"]);
    for section in figures.measures.parts() {
        for row in &section.rows {
            table.rows.push(vec![
                words(&section.title),
                named(row),
                Cell::Measured(row.value),
            ]);
        }
    }
    table
}

/// A row for each part, a column for each measure that any part has.
fn wide(table: &mut Table, parts: &[(Vec<Cell>, &SectionFigure)]) {
    let mut titles: Vec<&str> = Vec::new();
    for (_, section) in parts {
        for row in &section.rows {
            if !titles.contains(&row.title.as_str()) {
                titles.push(&row.title);
                table.head.push(named(row));
            }
        }
    }
    for (first, section) in parts {
        let by_title: BTreeMap<&str, &Row> = section
            .rows
            .iter()
            .map(|row| (row.title.as_str(), row))
            .collect();
        let cell = |title: &&str| {
            let row = by_title.get(title);
            row.map_or(Cell::Empty, |row| Cell::Measured(row.value))
        };
        let cells = first.iter().cloned().chain(titles.iter().map(cell));
        table.rows.push(cells.collect());
    }
}

fn labels(figures: &Figures) -> Table {
    let mut table = Table::new(TableKind::Labels, ["Label"]);
    let parts: Vec<_> = figures
        .measures
        .labels
        .iter()
        .enumerate()
        .map(|(place, section)| (vec![label(figures, Some(place), "")], section))
        .collect();
    wide(&mut table, &parts);
    table
}

fn pairs(figures: &Figures) -> Table {
    let mut table = Table::new(TableKind::Pairs, ["First", "Second", "Documents"]);
    let parts: Vec<_> = figures
        .measures
        .pairs
        .iter()
        .map(|pair| {
            let first = vec![
                foreign(figures.annotator(pair.annotators.0)),
                foreign(figures.annotator(pair.annotators.1)),
                Cell::Count(pair.section.documents),
            ];
            (first, &pair.section)
        })
        .collect();
    wide(&mut table, &parts);
    table
}

fn pair_labels(figures: &Figures) -> Table {
    let mut table = Table::new(TableKind::PairLabels, ["First", "Second", "Label"]);
    let pairs = &figures.measures.pairs;
    let Some(first) = pairs.first() else {
        return table;
    };
    let rules = first.labels.iter();
    table
        .head
        .extend(rules.map(|(rule, _)| Cell::Words(format!("F1, {}", rule.title()))));
    for pair in pairs {
        for place in 0..figures.about.labels.len() {
            let mut row = vec![
                foreign(figures.annotator(pair.annotators.0)),
                foreign(figures.annotator(pair.annotators.1)),
                label(figures, Some(place), ""),
            ];
            let rules = pair.labels.iter();
            row.extend(rules.map(|(rule, _)| Cell::Measured(pair.label_f1(*rule, place))));
            table.rows.push(row);
        }
    }
    table
}

fn documents(figures: &Figures) -> Table {
    let head = ["Document", "Title", "Spans", "F1, exact", "F1, overlap"];
    let mut table = Table::new(TableKind::Documents, head);
    table.rows.extend(figures.documents.iter().map(|document| {
        vec![
            words(&document.id.to_string()),
            foreign(&document.title),
            Cell::Count(document.spans),
            Cell::Measured(document.exact),
            Cell::Measured(document.overlap),
        ]
    }));
    table
}

fn features(figures: &Figures) -> Table {
    let head = ["Kind", "Name", "F1", "Precision", "Recall"];
    let mut table = Table::new(TableKind::Features, head);
    let share = |share: Option<f64>| share.map_or(Cell::Empty, |share| Cell::Number(share, 3));
    table.rows.extend(figures.features.iter().map(|feature| {
        let kind = if feature.relation {
            "Relation"
        } else {
            "Attribute"
        };
        let name = feature.name.as_deref();
        vec![
            words(kind),
            name.map_or_else(|| words("all"), foreign),
            Cell::Measured(feature.f1),
            share(feature.shares.0),
            share(feature.shares.1),
        ]
    }));
    table
}

fn confusion(figures: &Figures) -> Table {
    let mut table = Table::new(TableKind::Confusion, ["First", "Second", "Spans"]);
    let label = |place| label(figures, place, "nothing");
    let cells = figures.confusion.iter();
    table.rows.extend(
        cells.map(|cell| vec![label(cell.left), label(cell.right), Cell::Count(cell.count)]),
    );
    table
}

fn classes(figures: &Figures) -> Table {
    let mut table = Table::new(TableKind::Classes, ["Class", "Disagreements"]);
    let classes = figures.classes.iter().flatten();
    table
        .rows
        .extend(classes.map(|(class, count)| vec![words(class.title()), Cell::Count(*count)]));
    table
}

fn annotators(figures: &Figures) -> Table {
    let head = ["Labels", "Method", "Annotator", "Likely right"];
    let mut table = Table::new(TableKind::Annotators, head);
    for estimate in &figures.estimates {
        for (place, share) in &estimate.annotators {
            table.rows.push(vec![
                words(estimate.group),
                words(estimate.title),
                foreign(figures.annotator(*place)),
                Cell::Number(*share, 3),
            ]);
        }
    }
    table
}

fn label_estimates(figures: &Figures) -> Table {
    let head = ["Labels", "Method", "Label", "Likely spans"];
    let mut table = Table::new(TableKind::LabelEstimates, head);
    for estimate in &figures.estimates {
        for (place, count) in &estimate.labels {
            let name = label(figures, *place, "no span");
            table.rows.push(vec![
                words(estimate.group),
                words(estimate.title),
                name,
                Cell::Number(*count, 1),
            ]);
        }
    }
    table
}

fn counts(figures: &Figures) -> Table {
    let mut table = Table::new(TableKind::Counts, ["Annotator"]);
    let about = &figures.about;
    let labels = (0..about.labels.len()).map(|place| label(figures, Some(place), ""));
    table.head.extend(labels);
    table.head.push(words("All"));
    let rows = about
        .annotators
        .iter()
        .zip(&about.label_spans)
        .zip(&about.spans);
    table.rows.extend(rows.map(|((name, labels), all)| {
        let labels = labels.iter().map(|count| Cell::Count(*count));
        let first = std::iter::once(foreign(name));
        first.chain(labels).chain([Cell::Count(*all)]).collect()
    }));
    table
}

fn progress(figures: &Figures) -> Table {
    let head = [
        "Annotator",
        "Done",
        "Begun",
        "Of",
        "Spans",
        "Hours at work",
        "Spans an hour",
        "Documents an hour",
    ];
    let mut table = Table::new(TableKind::Progress, head);
    let Some(work) = &figures.work else {
        return table;
    };
    let timed = |number: Option<f64>, digits| {
        number.map_or(Cell::Lacking(UNTIMED), |number| {
            Cell::Number(number, digits)
        })
    };
    table.rows.extend(work.annotators.iter().map(|row| {
        vec![
            foreign(&row.annotator),
            Cell::Count(row.done),
            Cell::Count(row.begun),
            Cell::Count(work.documents),
            Cell::Count(row.spans),
            timed(row.hours(), 2),
            timed(row.spans_an_hour(), 1),
            timed(row.documents_an_hour(), 1),
        ]
    }));
    table
}

fn days(figures: &Figures) -> Table {
    let head = [
        "Day",
        "Annotator",
        "Spans",
        "Documents done",
        "Compared so far",
        "F1, exact",
        "F1, overlap",
    ];
    let mut table = Table::new(TableKind::Days, head);
    let Some(work) = &figures.work else {
        return table;
    };
    let number = |number: Option<f64>| number.map_or(Cell::Empty, |number| Cell::Number(number, 3));
    for day in &work.days {
        for (place, row) in work.annotators.iter().enumerate() {
            let of = |counts: &[usize]| counts.get(place).copied().unwrap_or(0);
            table.rows.push(vec![
                words(&day.day),
                foreign(&row.annotator),
                Cell::Count(of(&day.spans)),
                Cell::Count(of(&day.documents)),
                Cell::Count(day.shared),
                number(day.exact),
                number(day.overlap),
            ]);
        }
    }
    table
}
