//! `hashiya agree PROJECT|FILE FILE…`: how far annotators agree, as a table or as JSON.

use std::path::{Path, PathBuf};

use crate::{
    agreement::{
        Bootstrap, Corpus, LabelGroup, MEASURES, MOST_ANNOTATORS, MatchRule, Measure, Report,
        ReportOptions, Scored, Section, TOKEN_NOTE, Takes, Undefined, Value, report,
    },
    annotation::Annotator,
    report::add_json,
    session::{Comparison, STANDARD},
    text::bidi,
};

use super::{Failure, agree_report, compared::Compared, compared::there, say, tell};

/// The measures that a report has.
const REPORTED: [Measure; 15] = [
    Measure::SpanF1,
    Measure::CohenKappa,
    Measure::FleissKappa,
    Measure::KrippendorffNominal,
    Measure::UAlpha,
    Measure::UAlphaBinary,
    Measure::CuAlpha,
    Measure::KuAlpha,
    Measure::Gamma,
    Measure::GammaCat,
    Measure::Attributes,
    Measure::Relations,
    Measure::Confusion,
    Measure::DawidSkene,
    Measure::Mace,
];

const MEASURE_HELP: &str = "Only these measures: f1, cohen_kappa, fleiss_kappa, krippendorff_nominal, u_alpha, \
                            u_alpha_binary, cu_alpha, ku_alpha, gamma, gamma_cat, attributes, relations, confusion, \
                            dawid_skene, mace [default: all]";

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    compared: Compared,
    #[arg(long, value_name = "M,…", value_delimiter = ',', value_parser = measure, help = MEASURE_HELP)]
    measure: Vec<Measure>,
    /// When spans match, besides exact and overlap: clitic (proclitics at the start aside),
    /// character (code points, not spans)
    #[arg(long = "match", value_name = "RULE,…", value_delimiter = ',', value_parser = rule)]
    rules: Vec<MatchRule>,
    /// What resamples and γ are drawn by: the same number gives the same intervals
    #[arg(long, value_name = "N", default_value_t = 0)]
    seed: u64,
    /// Write JSON, with null and a reason where a number is undefined
    #[arg(long)]
    json: bool,
    /// Write a report as one HTML file as well: tables, pictures and quoted spans; with `-` to standard output, and
    /// no table
    #[arg(long, value_name = "OUT.html")]
    report: Option<PathBuf>,
}

pub(super) fn run(arguments: &Arguments) -> Result<(), Failure> {
    let paths = arguments.compared.paths();
    if let Some(out) = &arguments.report {
        agree_report::check_out(out, paths)?;
    }
    let comparison = arguments.compared.open()?;
    let corpus = comparison.corpus(arguments.compared.selection())?;
    let options = ReportOptions {
        measures: (!arguments.measure.is_empty())
            .then(|| arguments.measure.iter().copied().collect()),
        rules: arguments.rules.iter().copied().collect(),
        bootstrap: Bootstrap::default(),
        ..ReportOptions::default()
    }
    .with_seed(arguments.seed);
    if corpus.annotators.len() > MOST_ANNOTATORS {
        return Err(too_many(&corpus, &comparison));
    }
    let report = report(&corpus, &options, &mut |_| true).map_err(Failure::new)?;
    let whole = arguments.report.is_some();
    let figures =
        agree_report::figures(&arguments.compared, &comparison, &report, &options, whole)?;
    tell_left_out(&corpus);
    if corpus.documents.is_empty() {
        tell(format_args!(
            "{}",
            nothing(&corpus, comparison.annotators())
        ));
    }
    let printed = arguments.report.as_deref() == Some(Path::new(STANDARD));
    if printed {
        // The report stands in the place of the table.
    } else if arguments.json {
        let mut json = report.json();
        add_json(&figures, &mut json);
        let json = serde_json::to_string_pretty(&json).map_err(Failure::new)?;
        say(format_args!("{json}"));
    } else {
        table(&report, &options);
        agree_report::tell(&figures);
        ends(&report, &options);
    }
    match &arguments.report {
        Some(out) => agree_report::write(out, &figures, paths),
        None => Ok(()),
    }
}

/// All pairs would be too many to compute and to read.
fn too_many(corpus: &Corpus, comparison: &Comparison) -> Failure {
    let names = comparison.annotators().iter().map(Annotator::as_str);
    let count = corpus.annotators.len();
    let failure = Failure::new(format!(
        "{count} annotators are too many to compare each with each; {MOST_ANNOTATORS} are the limit"
    ));
    let known = there("annotator", names);
    failure.hinted(format!("choose some with --annotators A,B,…; {known}"))
}

/// What was read and does not count.
fn tell_left_out(corpus: &Corpus) {
    // Where one annotator alone is met that is said instead.
    let unshared = corpus.unshared;
    if unshared > 0 && corpus.annotators_met > 1 {
        tell(format_args!(
            "note: {unshared} documents do not count: fewer than two of the annotators have their text"
        ));
    }
    if corpus.misfits > 0 {
        let misfits = corpus.misfits;
        tell(format_args!(
            "note: {misfits} spans do not count: they do not fit their texts"
        ));
    }
}

fn nothing(corpus: &Corpus, annotators: &[Annotator]) -> String {
    let why = if corpus.annotators_met < 2 {
        Undefined::OneAnnotator
    } else {
        Undefined::NoSharedDocuments
    };
    let names = annotators.iter().map(Annotator::as_str);
    format!("nothing to compare: {why} ({})", there("annotator", names))
}

/// The report for people. Names stand behind numbers, so that none moves a column.
fn table(report: &Report<'_>, options: &ReportOptions) {
    let corpus = report.corpus;
    say(format_args!(
        "{} annotators, {} documents that two or more of them share",
        corpus.annotators.len(),
        corpus.documents.len()
    ));
    for (name, spans) in corpus.annotators.iter().zip(&report.spans) {
        say(format_args!("  {spans:>8} spans  {}", isolated(name)));
    }
    spans_table(report);
    let title = match report.pairs.len() {
        0 | 1 => "All labels",
        _ => "All labels, all annotators",
    };
    numbers(title, &report.all, options);
    for (group, section) in &report.groups {
        let title = match group {
            LabelGroup::Entities => "Names (entities)",
            LabelGroup::Statements => "Statements",
        };
        numbers(title, section, options);
    }
    labels(report, options);
    pairs(report, options);
}

/// What is worth knowing about the numbers.
fn ends(report: &Report<'_>, options: &ReportOptions) {
    let of_tokens = MEASURES
        .iter()
        .any(|row| row.takes == Takes::Tokens && options.asks(row.measure));
    if of_tokens {
        say(format_args!("\nTokens. {TOKEN_NOTE}"));
    }
    if report.all.gamma_of_pairs {
        say(format_args!(
            "γ is the mean of pairs on some document, which is too large for all annotators at once."
        ));
    }
    say(format_args!(
        "In brackets: 95 % intervals over {} resamples of the documents.",
        options.bootstrap.resamples
    ));
}

/// F1 by match rule, a label a line.
fn spans_table(report: &Report<'_>) {
    let rules = &report.all.spans;
    if rules.is_empty() {
        return;
    }
    let head: Vec<String> = rules
        .iter()
        .map(|scores| format!("{:<22}", scores.rule.title()))
        .collect();
    say(format_args!(
        "\nF1 of spans\n  {}",
        head.concat().trim_end()
    ));
    let line = |cells: Vec<String>, name: &str| {
        let cells: Vec<String> = cells.iter().map(|cell| format!("{cell:<22}")).collect();
        say(format_args!("  {}{name}", cells.concat()));
    };
    line(
        rules.iter().map(|scores| cell(&scores.all)).collect(),
        "all labels",
    );
    for (place, label) in (0..).zip(&report.corpus.labels) {
        let cells = rules
            .iter()
            .map(|scores| scores.label(place).map_or_else(String::new, cell));
        line(cells.collect(), &bidi::isolate(&label.name));
    }
    if let Some(why) = rules.iter().find_map(|scores| scores.all.scores.err()) {
        say(format_args!("  –: {why}"));
    }
}

fn cell(scored: &Scored) -> String {
    let Ok(found) = scored.scores else {
        return "–".to_owned();
    };
    match scored.interval {
        Some(interval) => {
            format!(
                "{:.3} [{:.3}, {:.3}]",
                found.f1, interval.low, interval.high
            )
        }
        None => format!("{:.3}", found.f1),
    }
}

/// A measure a line.
fn numbers(title: &str, section: &Section, options: &ReportOptions) {
    let rows: Vec<(&str, Value)> = REPORTED
        .into_iter()
        .filter(|measure| options.asks(*measure))
        .filter_map(|measure| Some((measure.row()?.title, *section.values.get(&measure)?)))
        .collect();
    if rows.is_empty() {
        return;
    }
    say(format_args!("\n{title}"));
    for (title, value) in rows {
        let line = format!("  {title:<26}{}", told(&value));
        say(format_args!("{}", line.trim_end()));
    }
}

pub(super) fn told(value: &Value) -> String {
    let number = match value.value {
        Ok(number) => format!("{number:.3}"),
        Err(why) => return why.to_string(),
    };
    let precision = value.precision.map_or_else(String::new, |precision| {
        format!(" ± {precision:.3} (sampling)")
    });
    let interval = value.interval.map_or_else(String::new, |interval| {
        format!(" [{:.3}, {:.3}]", interval.low, interval.high)
    });
    format!("{number}{interval}{precision}")
}

/// uα of each label, and (k)uα among all.
fn labels(report: &Report<'_>, options: &ReportOptions) {
    if options.asks(Measure::UAlpha) && !report.labels.is_empty() {
        say(format_args!("\nuα by label"));
        for (place, section) in &report.labels {
            if let Some(label) = report.corpus.labels.get(*place as usize) {
                let value = told(&section.value(Measure::UAlpha));
                say(format_args!("  {value:<26} {}", bidi::isolate(&label.name)));
            }
        }
    }
    if !options.asks(Measure::KuAlpha) {
        return;
    }
    for (group, section) in &report.groups {
        if section.ku_alpha.is_empty() {
            continue;
        }
        say(format_args!("\n(k)uα by label among {}", group.name()));
        for (place, value, _) in &section.ku_alpha {
            if let Some(label) = report.corpus.labels.get(*place as usize) {
                let value = told(value);
                say(format_args!("  {value:<26} {}", bidi::isolate(&label.name)));
            }
        }
    }
}

/// Each pair, where there are several.
fn pairs(report: &Report<'_>, options: &ReportOptions) {
    if report.pairs.len() < 2 {
        return;
    }
    say(format_args!("\nPairs"));
    for ((left, right), section) in &report.pairs {
        let name = |place: u32| {
            let name = report.corpus.annotators.get(place as usize);
            name.map_or_else(String::new, isolated)
        };
        say(format_args!(
            "  {} and {}: {} documents",
            name(*left),
            name(*right),
            section.documents
        ));
        for scores in &section.spans {
            let value = match scores.all.scores {
                Ok(_) => cell(&scores.all),
                Err(why) => why.to_string(),
            };
            let title = format!("F1, {}", scores.rule.title());
            say(format_args!("    {title:<26}{value}"));
        }
        for measure in REPORTED.into_iter().filter(|one| options.asks(*one)) {
            let value = section.values.get(&measure);
            if let (Some(row), Some(value)) = (measure.row(), value) {
                say(format_args!("    {:<26}{}", row.title, told(value)));
            }
        }
    }
}

fn isolated(name: &Annotator) -> String {
    bidi::isolate(name.as_str())
}

fn measure(name: &str) -> Result<Measure, String> {
    let found = Measure::by_name(name).filter(|measure| REPORTED.contains(measure));
    found.ok_or_else(|| {
        let names: Vec<&str> = REPORTED.into_iter().map(Measure::name).collect();
        format!("choose one of {}", names.join(", "))
    })
}

fn rule(name: &str) -> Result<MatchRule, String> {
    MatchRule::by_name(name).ok_or_else(|| {
        let names: Vec<&str> = MatchRule::ALL.into_iter().map(MatchRule::name).collect();
        format!("choose one of {}", names.join(", "))
    })
}
