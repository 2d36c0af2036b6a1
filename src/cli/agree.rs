//! `hashiya agree PROJECT|FILE FILE…`: how far annotators agree, as a table or as JSON.

use std::path::{Path, PathBuf};

use crate::{
    agreement::{
        Bootstrap, Corpus, MOST_ANNOTATORS, MatchRule, Measure, Report, ReportOptions, Scored,
        TOKEN_NOTE, Undefined, Value, report,
    },
    annotation::Annotator,
    report::{Figures, Nothing, Row, SectionFigure, add_json},
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
    let nothing = nothing(&corpus, comparison.annotators());
    let printed = arguments.report.as_deref() == Some(Path::new(STANDARD));
    let table = !printed && !arguments.json;
    if let Some(why) = nothing.as_ref().filter(|_| !table) {
        tell(format_args!("{why}"));
    }
    if printed {
        // The report stands in the place of the table.
    } else if arguments.json {
        let mut json = report.json();
        add_json(&figures, &mut json);
        let json = serde_json::to_string_pretty(&json).map_err(Failure::new)?;
        say(format_args!("{json}"));
    } else if let Some(why) = nothing {
        // A table of reasons would say this again and again.
        say(format_args!("{why}"));
    } else {
        self::table(&report, &figures, &options);
        agree_report::tell(&figures);
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

/// Why nothing is compared, if so, and who is there.
fn nothing(corpus: &Corpus, annotators: &[Annotator]) -> Option<String> {
    let why = Nothing::of(corpus)?;
    let told = why.told();
    Some(match (why, annotators) {
        (Nothing::NoAnnotator, _) => format!("nothing to compare: {told}"),
        (Nothing::OneAnnotator, [name]) => {
            format!("nothing to compare: {told}: {}", isolated(name))
        }
        _ => {
            let names = annotators.iter().map(Annotator::as_str);
            format!("nothing to compare: {told} ({})", there("annotator", names))
        }
    })
}

/// The report for people. Names stand behind numbers, so that none moves a column.
fn table(report: &Report<'_>, figures: &Figures, options: &ReportOptions) {
    let about = &figures.about;
    say(format_args!(
        "{} annotators, {} documents that two or more of them share",
        about.annotators.len(),
        about.documents
    ));
    for (name, spans) in about.annotators.iter().zip(&about.spans) {
        say(format_args!("  {spans:>8} spans  {}", bidi::isolate(name)));
    }
    say(format_args!(
        "In brackets: 95 % bootstrap intervals over {} resamples of the documents.",
        options.bootstrap.resamples
    ));
    spans_table(report, figures);
    for (place, section) in figures.measures.parts().enumerate() {
        let several = place == 0 && report.pairs.len() > 1;
        let title = if several {
            "All labels, all annotators"
        } else {
            &section.title
        };
        numbers(title, section);
    }
    if report.all.gamma_of_pairs {
        say(format_args!(
            "γ is the mean of pairs on some document, which is too large for all annotators at once."
        ));
    }
    labels(report, figures, options);
    pairs(figures);
}

/// F1 by match rule, a label a line.
fn spans_table(report: &Report<'_>, figures: &Figures) {
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
    for (place, label) in (0..).zip(&figures.about.labels) {
        let cells = rules
            .iter()
            .map(|scores| scores.label(place).map_or_else(String::new, cell));
        line(cells.collect(), &bidi::isolate(&label.shown));
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

/// A measure a line, F1 aside; those of tokens below what they are worth.
fn numbers(title: &str, section: &SectionFigure) {
    let rows = section.rows.iter().filter(|row| !is_f1(row));
    let (tokens, others): (Vec<&Row>, Vec<&Row>) = rows.partition(|row| row.is_of_tokens());
    if tokens.is_empty() && others.is_empty() {
        return;
    }
    say(format_args!("\n{title}"));
    lines(&others, "  ");
    if tokens.iter().any(|row| row.value.value.is_ok()) {
        say(format_args!("  {TOKEN_NOTE}"));
        lines(&tokens, "    ");
    } else {
        lines(&tokens, "  ");
    }
}

fn is_f1(row: &Row) -> bool {
    MatchRule::by_name(row.name).is_some()
}

/// Those that have a number, and then a line for each reason.
fn lines(rows: &[&Row], indent: &str) {
    let mut reasons: Vec<(Undefined, Vec<&str>)> = Vec::new();
    for row in rows {
        match row.value.value {
            Ok(_) => {
                let line = format!("{indent}{:<26}{}", row.title, told(&row.value));
                say(format_args!("{}", line.trim_end()));
            }
            Err(why) => match reasons.iter_mut().find(|(there, _)| *there == why) {
                Some((_, titles)) => titles.push(&row.title),
                None => reasons.push((why, vec![&row.title])),
            },
        }
    }
    for (why, titles) in reasons {
        say(format_args!("{indent}{}: {why}", titles.join(" · ")));
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
fn labels(report: &Report<'_>, figures: &Figures, options: &ReportOptions) {
    let line = |place: u32, value: &Value| {
        let name = bidi::isolate(figures.shown(place as usize));
        say(format_args!("  {:<26} {name}", told(value)));
    };
    if options.asks(Measure::UAlpha) && !report.labels.is_empty() {
        say(format_args!("\nuα by label"));
        for (place, section) in &report.labels {
            line(*place, &section.value(Measure::UAlpha));
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
            line(*place, value);
        }
    }
}

/// Each pair, where there are several.
fn pairs(figures: &Figures) {
    let pairs = &figures.measures.pairs;
    if pairs.len() < 2 {
        return;
    }
    say(format_args!("\nPairs"));
    for pair in pairs {
        let name = |place: usize| bidi::isolate(figures.annotator(place));
        say(format_args!(
            "  {} and {}: {} documents",
            name(pair.annotators.0),
            name(pair.annotators.1),
            pair.section.documents
        ));
        let rows = pair.section.rows.iter();
        let (tokens, others): (Vec<&Row>, Vec<&Row>) = rows.partition(|row| row.is_of_tokens());
        lines(&others, "    ");
        if tokens.iter().any(|row| row.value.value.is_ok()) {
            say(format_args!("    For information only (see above):"));
        }
        lines(&tokens, "    ");
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
