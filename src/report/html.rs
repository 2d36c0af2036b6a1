//! The report as one HTML file that needs nothing else: for a paper's appendix or a client. It has a light and a dark
//! look, prints, and quotes foreign text in its own direction.

use std::fmt::Write as _;

use super::charts::{self, Picture};
use super::escape::escaped;
use super::figures::{ConfusedCell, Example, Figures, SpanFigure};
use super::palette::{NIGHT, PAPER};
use super::svg::svg;
use super::table::{Cell, Table, TableKind, tables, told};

/// What stands at the head and foot of a report.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Imprint {
    /// Its title.
    pub title: String,
    /// The program and its version.
    pub program: String,
    /// When it was made.
    pub date: String,
    /// The names of the files that were compared.
    pub sources: Vec<String>,
}

/// The look; the colours are those of `palette`.
const STYLE: &str = include_str!("../../assets/report/report.css");

/// Where the definitions of the measures come from.
const METHOD: &str = include_str!("../../assets/report/method.html");

/// Cells of the confusion whose spans are shown at most.
const MOST_CELLS: usize = 60;

/// Spans that are shown of a cell at most.
const MOST_EXAMPLES: usize = 5;

/// The report.
pub fn html(figures: &Figures, imprint: &Imprint) -> String {
    let mut out = String::with_capacity(1 << 16);
    let title = escaped(&imprint.title);
    let _ = write!(
        out,
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\"/>\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n\
         <meta name=\"generator\" content=\"{}\"/>\n<title>{title}</title>\n<style>\n{STYLE}</style>\n</head>\n\
         <body>\n<main>\n<header>\n<h1 dir=\"auto\">{title}</h1>\n<p class=\"quiet\">{} · {}</p>\n</header>\n",
        escaped(&imprint.program),
        escaped(&imprint.program),
        escaped(&imprint.date)
    );
    compared(&mut out, figures, imprint);
    let pictures = Pictures::of(figures);
    let tables = tables(figures);
    let mut page = Page {
        out,
        pictures,
        tables,
    };
    sections(&mut page, figures);
    let mut out = page.out;
    notes(&mut out, figures);
    out.push_str(METHOD);
    let _ = write!(
        out,
        "<footer class=\"quiet\">Made with {} on {}.</footer>\n</main>\n</body>\n</html>\n",
        escaped(&imprint.program),
        escaped(&imprint.date)
    );
    out
}

/// What was compared.
fn compared(out: &mut String, figures: &Figures, imprint: &Imprint) {
    let about = &figures.about;
    out.push_str("<section>\n<h2>What was compared</h2>\n");
    if !imprint.sources.is_empty() {
        let names: Vec<String> = imprint.sources.iter().map(|name| bdi(name)).collect();
        let _ = writeln!(out, "<p>{}</p>", names.join(", "));
    }
    let _ = writeln!(
        out,
        "<p>{} documents that two or more of {} annotators share.</p>",
        about.documents,
        about.annotators.len()
    );
    out.push_str(
        "<table>\n<thead><tr><th>Annotator</th><th class=\"n\">Spans</th></tr></thead>\n<tbody>\n",
    );
    for (name, spans) in about.annotators.iter().zip(&about.spans) {
        let name = bdi(name);
        let _ = writeln!(out, "<tr><td>{name}</td><td class=\"n\">{spans}</td></tr>");
    }
    out.push_str("</tbody>\n</table>\n</section>\n");
}

/// The page as it is written.
struct Page {
    out: String,
    pictures: Pictures,
    tables: Vec<Table>,
}

/// Each picture on paper and at night.
struct Pictures {
    paper: Vec<Picture>,
    night: Vec<Picture>,
}

impl Pictures {
    fn of(figures: &Figures) -> Self {
        Self {
            paper: charts::pictures(figures, &PAPER),
            night: charts::pictures(figures, &NIGHT),
        }
    }
}

impl Page {
    fn picture(&mut self, name: &str) {
        let sides = [
            (&self.pictures.paper, "paper", ""),
            (&self.pictures.night, "night", " aria-hidden=\"true\""),
        ];
        for (pictures, class, hidden) in sides {
            if let Some(picture) = pictures.iter().find(|one| one.name == name) {
                let drawn = svg(&picture.scene);
                let _ = writeln!(
                    self.out,
                    "<div class=\"picture {class}\"{hidden}>{drawn}</div>"
                );
            }
        }
    }

    fn table(&mut self, kind: TableKind) -> bool {
        let Some(table) = self.tables.iter().find(|table| table.kind == kind) else {
            return false;
        };
        put_table(&mut self.out, table);
        true
    }

    /// A section of tables and pictures, if it has any.
    fn section(&mut self, title: &str, intro: &str, tables: &[TableKind], pictures: &[&str]) {
        let has = |kind: &TableKind| self.tables.iter().any(|table| table.kind == *kind);
        let drawn = |name: &&str| self.pictures.paper.iter().any(|one| one.name == *name);
        if !tables.iter().any(has) && !pictures.iter().any(drawn) {
            return;
        }
        let _ = writeln!(self.out, "<section>\n<h2>{title}</h2>");
        if !intro.is_empty() {
            let _ = writeln!(self.out, "<p>{intro}</p>");
        }
        for name in pictures {
            self.picture(name);
        }
        for kind in tables {
            self.table(*kind);
        }
        self.out.push_str("</section>\n");
    }
}

fn sections(page: &mut Page, figures: &Figures) {
    let both = ["agreement-exact", "agreement-overlap"];
    page.section("Agreement", "", &[TableKind::Measures], &[]);
    page.section("By label and pair", "", &[TableKind::Labels], &both);
    if figures.measures.pairs.len() > 1 {
        page.section("By pair of annotators", "", &[TableKind::Pairs], &[]);
    }
    let intro = "F1 of attributes and relations on spans that both annotators made alike.";
    page.section(
        "Attributes and relations",
        intro,
        &[TableKind::Features],
        &[],
    );
    let intro = "Rows are the first annotator’s labels, columns the second’s. Spans are paired one to one by the \
                 text that they share; “nothing” stands for a span that only one of them has.";
    page.section("Labels taken for each other", intro, &[], &["confusion"]);
    examples(&mut page.out, figures);
    let intro = "The first class that fits counts; summed over pairs of annotators.";
    page.section("Disagreements by class", intro, &[TableKind::Classes], &[]);
    let intro = "Worst first.";
    page.section(
        "Documents that agree least",
        intro,
        &[TableKind::Documents],
        &[],
    );
    let intro = "<strong>An aid, not a result.</strong> Models of annotators’ errors estimate how often each is \
                 right, and how many of the marked places are spans of each label. They are no gold standard.";
    let kinds = [TableKind::Annotators, TableKind::LabelEstimates];
    page.section("Estimates", intro, &kinds, &[]);
    page.section("Spans by label", "", &[TableKind::Counts], &["labels"]);
    page.section("Over time", "", &[], &["over-time"]);
    let intro = "Time at work counts gaps of up to five minutes between an annotator’s edits.";
    page.section("Progress", intro, &[TableKind::Progress], &["progress"]);
}

/// A name or quote of the data, in its own direction.
fn bdi(text: &str) -> String {
    format!("<bdi>{}</bdi>", escaped(text))
}

fn put_table(out: &mut String, table: &Table) {
    let numeric = |column: usize| {
        let mut rows = table.rows.iter();
        rows.any(|row| matches!(row.get(column), Some(Cell::Count(_) | Cell::Number(..))))
    };
    out.push_str("<div class=\"wide\"><table>\n<thead><tr>");
    for (column, head) in table.head.iter().enumerate() {
        let class = if numeric(column) { " class=\"n\"" } else { "" };
        let _ = write!(out, "<th{class} scope=\"col\">{}</th>", bdi(head));
    }
    out.push_str("</tr></thead>\n<tbody>\n");
    for row in &table.rows {
        out.push_str("<tr>");
        for cell in row {
            match cell {
                Cell::Foreign(text) => {
                    let _ = write!(out, "<td>{}</td>", bdi(text));
                }
                Cell::Words(text) => {
                    let _ = write!(out, "<td>{}</td>", escaped(text));
                }
                Cell::Count(count) => {
                    let _ = write!(out, "<td class=\"n\">{count}</td>");
                }
                Cell::Number(number, digits) => {
                    let _ = write!(out, "<td class=\"n\">{number:.digits$}</td>");
                }
                Cell::Measured(value) => {
                    let class = if value.value.is_ok() { "m" } else { "m quiet" };
                    let _ = write!(out, "<td class=\"{class}\">{}</td>", escaped(&told(value)));
                }
                Cell::Empty => out.push_str("<td></td>"),
            }
        }
        out.push_str("</tr>\n");
    }
    out.push_str("</tbody>\n</table></div>\n");
}

/// Spans behind the cells of the confusion: the fullest first, and those of one label at the end.
fn examples(out: &mut String, figures: &Figures) {
    let cells = figures.confusion.iter();
    let mut cells: Vec<&ConfusedCell> = cells.filter(|cell| !cell.examples.is_empty()).collect();
    if cells.is_empty() {
        return;
    }
    cells.sort_by_key(|cell| (cell.left == cell.right, std::cmp::Reverse(cell.count)));
    out.push_str("<section>\n<h2>Spans behind them</h2>\n");
    let label = |place: Option<usize>| {
        place.map_or_else(|| "nothing".to_owned(), |place| bdi(figures.label(place)))
    };
    for cell in cells.iter().take(MOST_CELLS) {
        let said = if cell.left == cell.right {
            format!("{} by both", label(cell.left))
        } else {
            format!("{} taken for {}", label(cell.left), label(cell.right))
        };
        let count = cell.count;
        let _ = writeln!(out, "<details>\n<summary>{said}: {count}</summary>\n<ul>");
        for one in cell.examples.iter().take(MOST_EXAMPLES) {
            example(out, figures, one);
        }
        out.push_str("</ul>\n</details>\n");
    }
    if cells.len() > MOST_CELLS {
        let more = cells.len() - MOST_CELLS;
        let _ = writeln!(
            out,
            "<p class=\"quiet\">{more} more are in the picture.</p>"
        );
    }
    out.push_str("</section>\n");
}

fn example(out: &mut String, figures: &Figures, one: &Example) {
    let side = |who: usize, span: Option<&SpanFigure>| {
        let name = bdi(figures.annotator(who));
        match span {
            Some(span) => format!("{name}: <q dir=\"auto\">{}</q>", escaped(&span.text)),
            None => format!("{name}: nothing"),
        }
    };
    let _ = writeln!(
        out,
        "<li>{}; {} <span class=\"quiet\">in {}</span></li>",
        side(one.annotators.0, one.left.as_ref()),
        side(one.annotators.1, one.right.as_ref()),
        bdi(&one.title)
    );
}

fn notes(out: &mut String, figures: &Figures) {
    if figures.notes.is_empty() {
        return;
    }
    out.push_str("<section>\n<h2>Notes</h2>\n<ul>\n");
    for note in &figures.notes {
        let _ = writeln!(out, "<li>{}</li>", escaped(note));
    }
    out.push_str("</ul>\n</section>\n");
}
