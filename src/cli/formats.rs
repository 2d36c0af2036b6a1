//! `hashiya formats`: the formats that are read and written, and what they carry.

use serde::Serialize;

use crate::interchange::{
    Carries, Choice, FORMATS, Feature, Format, Layers, Shape, Unit, WriteOptions,
};

use super::{Failure, say};

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// Print JSON
    #[arg(long)]
    json: bool,
}

/// A row of the table, as programs read it.
#[derive(Serialize)]
struct Row {
    name: &'static str,
    title: &'static str,
    endings: &'static [&'static str],
    companions: &'static [&'static str],
    shape: Shape,
    reads: bool,
    writes: bool,
    unit: Option<Unit>,
    choices: &'static [Choice],
    carries: Carries,
}

impl Row {
    fn of(format: &Format) -> Self {
        Self {
            name: format.name,
            title: format.title,
            endings: format.endings,
            companions: format.companions,
            shape: format.shape,
            reads: format.read.is_some(),
            writes: format.write.is_some(),
            unit: format.unit,
            choices: format.choices,
            carries: (format.carries)(&WriteOptions::default()),
        }
    }

    fn does(&self) -> &'static str {
        match (self.reads, self.writes) {
            (true, true) => "reads, writes",
            (true, false) => "reads",
            _ => "writes",
        }
    }
}

pub(super) fn run(arguments: &Arguments) -> Result<(), Failure> {
    let rows: Vec<Row> = FORMATS.iter().map(Row::of).collect();
    if arguments.json {
        let json = serde_json::to_string_pretty(&rows).map_err(Failure::new)?;
        say(format_args!("{json}"));
        return Ok(());
    }
    for row in &rows {
        let unit = row.unit.map_or("no ranges", Unit::name);
        say(format_args!(
            "{:<15} {:<24} {:<14} {:<12} .{}",
            row.name,
            row.title,
            row.does(),
            unit,
            row.endings.join(" .")
        ));
        say(format_args!(
            "{:<15} leaves out: {}",
            "",
            left_out(&row.carries)
        ));
    }
    Ok(())
}

/// What a format does not carry.
fn left_out(carries: &Carries) -> String {
    let mut names: Vec<String> = Feature::ALL
        .iter()
        .filter(|feature| !carries.has(**feature))
        .map(|feature| {
            let name = serde_json::to_value(feature);
            let name = name.ok().and_then(|name| name.as_str().map(str::to_owned));
            name.unwrap_or_default().replace('-', " ")
        })
        .collect();
    match carries.layers {
        Layers::None => names.insert(0, "all annotations".to_owned()),
        Layers::One => names.insert(0, "all annotators but one".to_owned()),
        Layers::All => {}
    }
    if names.is_empty() {
        "nothing".to_owned()
    } else {
        names.join(", ")
    }
}
