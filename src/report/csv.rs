//! A table as CSV, for other programs: numbers in full, a measure with its interval and its reason in columns of
//! their own. A byte order mark tells a spreadsheet that it is UTF-8, and no name of the data becomes a formula in it.

use super::table::{Cell, Table};

/// The table as CSV with a head, in UTF-8.
pub fn csv(table: &Table) -> String {
    let mut out = String::from('\u{FEFF}');
    let measured: Vec<bool> = (0..table.head.len())
        .map(|column| {
            let mut rows = table.rows.iter();
            rows.any(|row| matches!(row.get(column), Some(Cell::Measured(_))))
        })
        .collect();
    let mut head = Vec::new();
    for (cell, measured) in table.head.iter().zip(&measured) {
        let name = plain(cell);
        head.push(name.clone());
        if *measured {
            head.extend(["low", "high", "why not"].map(|part| format!("{name}: {part}")));
        }
    }
    line(&mut out, &head);
    for row in &table.rows {
        let mut cells = Vec::new();
        for (cell, measured) in row.iter().zip(&measured) {
            put(&mut cells, cell, *measured);
        }
        line(&mut out, &cells);
    }
    out
}

fn put(cells: &mut Vec<String>, cell: &Cell, measured: bool) {
    let Cell::Measured(value) = cell else {
        cells.push(plain(cell));
        if measured {
            cells.extend(std::iter::repeat_n(String::new(), 3));
        }
        return;
    };
    let number = |number: Option<f64>| number.map_or_else(String::new, |one| one.to_string());
    let why = value.value.err();
    cells.extend([
        number(value.value.ok()),
        number(value.interval.map(|interval| interval.low)),
        number(value.interval.map(|interval| interval.high)),
        why.map_or_else(String::new, |why| why.to_string()),
    ]);
}

/// What a cell holds, measures aside.
fn plain(cell: &Cell) -> String {
    match cell {
        Cell::Foreign(text) | Cell::Label(text, _) => harmless(text),
        Cell::Words(text) | Cell::Aside(text, _) => text.clone(),
        Cell::Count(count) => count.to_string(),
        Cell::Number(number, _) => number.to_string(),
        Cell::Measured(_) | Cell::Lacking(_) | Cell::Empty => String::new(),
    }
}

/// A name of the data that no spreadsheet takes for a formula: with an apostrophe before what begins one.
fn harmless(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        format!("'{text}")
    } else {
        text.to_owned()
    }
}

fn line(out: &mut String, cells: &[String]) {
    for (place, cell) in cells.iter().enumerate() {
        if place > 0 {
            out.push(',');
        }
        if cell.contains([',', '"', '\n', '\r']) {
            out.push('"');
            out.push_str(&cell.replace('"', "\"\""));
            out.push('"');
        } else {
            out.push_str(cell);
        }
    }
    out.push_str("\r\n");
}
