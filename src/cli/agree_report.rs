//! What `hashiya agree` tells besides the measures: attributes and relations, labels taken for each other, estimates;
//! and the report as one HTML file.

use std::path::{Path, PathBuf};

use crate::{
    agreement::{Report, ReportOptions},
    files,
    report::{FigureOptions, Figures, FiguresBuilder, Imprint, THIN, TableKind, html, tables},
    session::{Comparison, STANDARD, check_target, work_of},
    store::{self, Reader},
    text::bidi,
};

use super::{Failure, agree::told, compared::Compared, say};

/// So many cells of the confusion are told.
const CELLS: usize = 10;

/// Refuses to write over a project or over what is compared.
pub(super) fn check_out(out: &Path, compared: &[PathBuf]) -> Result<(), Failure> {
    if out == Path::new(STANDARD) {
        return Ok(());
    }
    check_target(out).map_err(Failure::new)?;
    if compared.iter().any(|path| files::is_same(path, out)) {
        let failure = Failure::new(format!("“{}” is what is compared", out.display()));
        return Err(failure.hinted("give the report a name of its own"));
    }
    Ok(())
}

/// The figures; with what only the documents have, if they go into a report.
pub(super) fn figures(
    compared: &Compared,
    comparison: &Comparison,
    found: &Report<'_>,
    options: &ReportOptions,
    whole: bool,
) -> Result<Figures, Failure> {
    let mut wanted = FigureOptions {
        report: options.clone(),
        ..FigureOptions::default()
    };
    if !whole {
        (wanted.documents, wanted.examples) = (0, 0);
    }
    let builder = FiguresBuilder::of(found, comparison.labels(), &wanted, &mut |_| true);
    let mut builder = builder.map_err(Failure::new)?;
    if whole {
        comparison.each(&mut |document| {
            builder.document(
                document.id,
                &document.title,
                &document.text,
                &document.layers,
            );
        })?;
    }
    let mut figures = builder.finish();
    if let [path] = compared.paths()
        && whole
        && store::is_project(path)
    {
        let chosen = compared.selection().annotators;
        figures.work = Some(work_of(&Reader::open(path)?, chosen, found.corpus)?);
    }
    Ok(figures)
}

/// Writes the report.
pub(super) fn write(out: &Path, figures: &Figures, compared: &[PathBuf]) -> Result<(), Failure> {
    let names = compared.iter().map(|path| {
        let name = path.file_name().unwrap_or(path.as_os_str());
        name.to_string_lossy().into_owned()
    });
    let sources: Vec<String> = names.collect();
    let stem = match sources.as_slice() {
        [one] => Path::new(one)
            .file_stem()
            .map(|stem| stem.to_string_lossy()),
        _ => None,
    };
    let title = match stem {
        Some(stem) => format!("How far annotators agree: {stem}"),
        None => "How far annotators agree".to_owned(),
    };
    let imprint = Imprint {
        title,
        program: format!("Hashiya {}", env!("CARGO_PKG_VERSION")),
        date: jiff::ZonedDateTime::now().strftime("%-d %B %Y").to_string(),
        sources,
    };
    let page = html(figures, &imprint);
    if out == Path::new(STANDARD) {
        say(format_args!("{page}"));
        return Ok(());
    }
    files::write_atomic(out, |file| file.write_all(page.as_bytes())).map_err(Failure::new)
}

/// The further lines for people.
pub(super) fn tell(figures: &Figures) {
    features(figures);
    confusion(figures);
    estimates(figures);
}

fn features(figures: &Figures) {
    if figures
        .features
        .iter()
        .all(|feature| feature.name.is_none())
    {
        return;
    }
    say(format_args!(
        "\nAttributes and relations of spans that both made (F1)"
    ));
    for feature in &figures.features {
        let kind = if feature.relation {
            "relation"
        } else {
            "attribute"
        };
        let name = match &feature.name {
            Some(name) => format!("{kind} {}", bidi::isolate(name)),
            None => format!("all {kind}s"),
        };
        say(format_args!("  {:<26}{name}", told(&feature.f1)));
    }
}

fn confusion(figures: &Figures) {
    let cells = figures.confusion.iter();
    let mut cells: Vec<_> = cells.filter(|cell| cell.left != cell.right).collect();
    if cells.is_empty() {
        return;
    }
    cells.sort_by_key(|cell| std::cmp::Reverse(cell.count));
    say(format_args!(
        "\nLabels taken for each other (first annotator → second)"
    ));
    let name = |place: Option<usize>| match place {
        Some(place) => bidi::isolate(figures.shown(place)),
        None => "nothing".to_owned(),
    };
    for cell in cells.iter().take(CELLS) {
        say(format_args!(
            "  {:>8}  {} → {}",
            cell.count,
            name(cell.left),
            name(cell.right)
        ));
    }
    if let Some(more) = cells.len().checked_sub(CELLS + 1) {
        say(format_args!("            and {} more", more + 1));
    }
}

fn estimates(figures: &Figures) {
    let found = tables(figures).into_iter();
    let any = found
        .filter(|table| table.kind == TableKind::Annotators)
        .count();
    if any == 0 {
        return;
    }
    say(format_args!(
        "\nEstimates, an aid and no result: how often each annotator is likely to be right"
    ));
    if figures.about.is_thin() {
        say(format_args!("  {THIN}"));
    }
    for estimate in &figures.estimates {
        let shares: Vec<String> = estimate
            .annotators
            .iter()
            .map(|(place, share)| {
                let name = bidi::isolate(figures.annotator(*place));
                format!("{share:.2} {name}")
            })
            .collect();
        if !shares.is_empty() {
            say(format_args!(
                "  {}, {}: {}",
                estimate.title,
                estimate.group,
                shares.join(", ")
            ));
        }
    }
}
