//! The report as one HTML file that needs nothing else: for a paper's appendix or a client. It has a light and a dark
//! look, prints, and quotes foreign text in its own direction.

use std::fmt::Write as _;

use super::charts::{self, Picture};
use super::escape::escaped;
use super::figures::{ConfusedCell, Example, Figures, SpanFigure, THIN};
use super::outlined::svg;
use super::palette::{NIGHT, PAPER};
use super::table::{Cell, Table, TableKind, tables, told};
use super::work::Work;

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
    if let Some(why) = about.nothing {
        let why = why.told();
        let _ = writeln!(out, "<p>Nothing to compare: {why}.</p>\n</section>");
        return;
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
                // What cannot be drawn stands in the tables all the same.
                let drawn = svg(&picture.scene).unwrap_or_default();
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
    let intro = "In brackets: the 95 % bootstrap interval over documents.";
    page.section("Agreement", intro, &[TableKind::Measures], &[]);
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
    let intro = "Rows are the first annotator’s labels, columns the second’s; “nothing” stands for a span that only \
                 one of them has. How spans are paired stands under Method.";
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
    estimates(page, figures);
    page.section("Spans by label", "", &[TableKind::Counts], &["labels"]);
    page.section("Over time", "", &[], &["over-time"]);
    if let Some(day) = figures.work.as_ref().and_then(Work::only_day) {
        let number = |value: Option<f64>| value.map_or("–".to_owned(), |one| format!("{one:.3}"));
        let _ = writeln!(
            page.out,
            "<section>\n<h2>Over time</h2>\n<p>All that is compared was made on one day, {}: F1 exact {}, overlap {}, \
             over {} documents.</p>\n</section>",
            escaped(&day.day),
            number(day.exact),
            number(day.overlap),
            day.shared
        );
    }
    let intro = "Time at work counts gaps of up to five minutes between an annotator’s edits.";
    page.section("Progress", intro, &[TableKind::Progress], &["progress"]);
}

fn estimates(page: &mut Page, figures: &Figures) {
    let thin = if figures.about.is_thin() {
        format!(" <strong>{THIN}</strong>")
    } else {
        String::new()
    };
    let intro = format!(
        "<strong>An aid, not a result.</strong> Models of annotators’ errors estimate how often each is right, and how \
         many of the marked places are spans of each label. They are no gold standard.{thin}"
    );
    let kinds = [TableKind::Annotators, TableKind::LabelEstimates];
    page.section("Estimates", &intro, &kinds, &[]);
}

/// A name or quote of the data, in its own direction.
fn bdi(text: &str) -> String {
    format!("<bdi>{}</bdi>", escaped(text))
}

/// What stands under a table, each once.
#[derive(Default)]
struct Footnotes(Vec<String>);

impl Footnotes {
    /// The sign of a note.
    fn sign(&mut self, note: &str) -> String {
        let known = self.0.iter().position(|there| there == note);
        let place = known.unwrap_or_else(|| {
            self.0.push(note.to_owned());
            self.0.len() - 1
        });
        format!("<sup>{}</sup>", place + 1)
    }

    fn put(self, out: &mut String) {
        for (place, note) in self.0.iter().enumerate() {
            let _ = writeln!(
                out,
                "<p class=\"foot quiet\"><sup>{}</sup> {}</p>",
                place + 1,
                escaped(note)
            );
        }
    }
}

fn put_table(out: &mut String, table: &Table) {
    let numeric = |column: usize| {
        let mut rows = table.rows.iter();
        rows.any(|row| matches!(row.get(column), Some(Cell::Count(_) | Cell::Number(..))))
    };
    let aside = |cell: Option<&Cell>| matches!(cell, Some(Cell::Aside(..)));
    let mut notes = Footnotes::default();
    out.push_str("<div class=\"wide\"><table>\n<thead><tr>");
    for (column, head) in table.head.iter().enumerate() {
        let (_, words) = filled(head, &mut notes);
        let class = if numeric(column) { " class=\"n\"" } else { "" };
        let _ = write!(out, "<th{class} scope=\"col\">{words}</th>");
    }
    out.push_str("</tr></thead>\n<tbody>\n");
    for row in &table.rows {
        let quiet = row.iter().any(|cell| aside(Some(cell)));
        out.push_str(if quiet {
            "<tr class=\"aside\">"
        } else {
            "<tr>"
        });
        for (column, cell) in row.iter().enumerate() {
            let (class, words) = filled(cell, &mut notes);
            let more = if aside(table.head.get(column)) {
                " aside"
            } else {
                ""
            };
            let _ = match format!("{class}{more}").trim() {
                "" => write!(out, "<td>{words}</td>"),
                class => write!(out, "<td class=\"{class}\">{words}</td>"),
            };
        }
        out.push_str("</tr>\n");
    }
    out.push_str("</tbody>\n</table></div>\n");
    notes.put(out);
}

/// The class of a cell, and what stands in it.
fn filled(cell: &Cell, notes: &mut Footnotes) -> (&'static str, String) {
    match cell {
        Cell::Foreign(text) | Cell::Label(_, text) => ("", bdi(text)),
        Cell::Words(text) => ("", escaped(text)),
        Cell::Aside(text, why) => {
            let sign = notes.sign(why);
            ("", format!("{}, for information only{sign}", escaped(text)))
        }
        Cell::Count(count) => ("n", count.to_string()),
        Cell::Number(number, digits) => ("n", format!("{number:.digits$}")),
        Cell::Measured(value) => match value.value {
            Ok(_) => ("m", escaped(&told(value))),
            Err(why) => ("m quiet", format!("–{}", notes.sign(&why.to_string()))),
        },
        Cell::Lacking(why) => ("n quiet", format!("–{}", notes.sign(why))),
        Cell::Empty => ("", String::new()),
    }
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
        place.map_or_else(|| "nothing".to_owned(), |place| bdi(figures.shown(place)))
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
            Some(span) => format!(
                "{name}: <q dir=\"auto\"><span class=\"quiet\">{}</span><strong>{}</strong><span class=\"quiet\">{}</span></q>",
                escaped(&span.before),
                escaped(&span.text),
                escaped(&span.after)
            ),
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
