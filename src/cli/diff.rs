//! `hashiya diff A B`: what two annotators disagree on, a document at a time, each difference with its class.

use std::collections::BTreeMap;

use serde_json::{Value as Json, json};

use crate::{
    annotation::{Annotator, LabelSet, Layer, SpanId},
    review::{CLASSES, Class, Differing, Disagreement, of_document},
    session::{ComparedDocument, Comparison},
    text::{OffsetMap, bidi, quote},
};

use super::{
    Failure,
    compared::{Compared, there},
    say, tell,
};

/// So many graphemes of a span or a title are shown to people.
const SHOWN: usize = 60;

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    compared: Compared,
    /// Write JSON
    #[arg(long)]
    json: bool,
}

pub(super) fn run(arguments: &Arguments) -> Result<(), Failure> {
    let comparison = arguments.compared.open()?;
    let (left, right) = two(&arguments.compared, &comparison)?;
    let labels = arguments.compared.labels();
    let mut listing = Listing {
        labels: comparison.labels(),
        names: (&left, &right),
        json: arguments.json,
        counts: BTreeMap::new(),
        shared: 0,
        unshared: 0,
        differing: 0,
    };
    listing.begin();
    comparison.each(&mut |document| {
        let of = |name: &Annotator| {
            let mut layers = document.layers.iter();
            layers
                .find(|(there, _)| there == name)
                .map(|(_, layer)| layer)
        };
        let (Some(mine), Some(theirs)) = (of(&left), of(&right)) else {
            listing.unshared += 1;
            return;
        };
        let about = (document.id, &*document.text);
        let found = of_document(comparison.labels(), labels.as_ref(), about, mine, theirs);
        listing.document(&document, (mine, theirs), &found);
    })?;
    listing.end();
    Ok(())
}

/// The two who are compared: those who were named, else the only two there are.
fn two(compared: &Compared, comparison: &Comparison) -> Result<(Annotator, Annotator), Failure> {
    let named = &compared.annotators;
    let chosen = if named.is_empty() {
        comparison.annotators()
    } else {
        named
    };
    match chosen {
        [left, right] if left != right => Ok((left.clone(), right.clone())),
        _ => {
            let known = comparison.annotators().iter().map(Annotator::as_str);
            let few = comparison.annotators().len() < 2;
            let failure = if few {
                Failure::new("two annotators are needed")
            } else {
                Failure::usage("two annotators are needed: choose them with --annotators A,B")
            };
            Err(failure.hinted(there("annotator", known)))
        }
    }
}

/// The list as it is written.
struct Listing<'l> {
    labels: &'l LabelSet,
    names: (&'l Annotator, &'l Annotator),
    json: bool,
    counts: BTreeMap<Class, usize>,
    /// Documents that both have.
    shared: usize,
    unshared: usize,
    /// Documents with a disagreement.
    differing: usize,
}

impl Listing<'_> {
    fn begin(&self) {
        if self.json {
            let names = json!([self.names.0.as_str(), self.names.1.as_str()]);
            say(format_args!(
                "{{\"annotators\": {names}, \"disagreements\": ["
            ));
        }
    }

    fn document(
        &mut self,
        document: &ComparedDocument,
        layers: (&Layer, &Layer),
        found: &[Disagreement],
    ) {
        self.shared += 1;
        if found.is_empty() {
            return;
        }
        self.differing += 1;
        let told = Told {
            labels: self.labels,
            document,
            offsets: OffsetMap::new(&document.text),
        };
        if !self.json {
            let title = bidi::isolate(&quote(&document.title, SHOWN));
            say(format_args!("{title} ({})", document.id));
        }
        for one in found {
            let first = self.counts.is_empty();
            *self.counts.entry(one.class).or_default() += 1;
            if self.json {
                let comma = if first { "" } else { "," };
                say(format_args!("{comma}{}", told.json(one, layers)));
            } else {
                told.text(one, layers, self.names);
            }
        }
    }

    fn end(&self) {
        let count = |class: Class| self.counts.get(&class).copied().unwrap_or(0);
        if self.json {
            let summary: serde_json::Map<String, Json> = CLASSES
                .iter()
                .map(|row| (row.name.to_owned(), json!(count(row.class))))
                .collect();
            let documents = json!({"shared": self.shared, "differing": self.differing, "unshared": self.unshared});
            say(format_args!(
                "], \"documents\": {documents}, \"summary\": {}}}",
                Json::Object(summary)
            ));
        } else {
            let all: usize = self.counts.values().sum();
            say(format_args!(
                "{all} disagreements in {} of {} documents",
                self.differing, self.shared
            ));
            for row in CLASSES.iter().filter(|row| count(row.class) > 0) {
                say(format_args!("  {:>8}  {}", count(row.class), row.title));
            }
        }
        if self.unshared > 0 {
            let unshared = self.unshared;
            tell(format_args!(
                "note: {unshared} documents do not count: not both annotators have their text"
            ));
        }
    }
}

/// What is said of a document's disagreements.
struct Told<'d> {
    labels: &'d LabelSet,
    document: &'d ComparedDocument,
    offsets: OffsetMap,
}

/// A span as it is told.
struct Shown {
    label: String,
    ranges: Vec<(usize, usize)>,
    text: String,
}

impl Told<'_> {
    fn shown(&self, layer: &Layer, id: SpanId) -> Option<Shown> {
        let span = layer.get(id)?;
        let text = &self.document.text;
        let place = |byte: usize| self.offsets.char_of_byte(text, byte).unwrap_or(0);
        let ranges = span.data.fragments.ranges().iter();
        Some(Shown {
            label: match self.labels.resolve(&span.data.label) {
                Some(label) => label.name.clone(),
                None => span.data.label.to_string(),
            },
            ranges: ranges
                .map(|range| (place(range.start()), place(range.end())))
                .collect(),
            text: span.data.fragments.text(text),
        })
    }

    fn side(&self, layer: &Layer, ids: &[SpanId]) -> Vec<Shown> {
        ids.iter().filter_map(|id| self.shown(layer, *id)).collect()
    }

    fn json(&self, one: &Disagreement, (left, right): (&Layer, &Layer)) -> Json {
        let side = |spans: Vec<Shown>| -> Vec<Json> {
            let spans = spans.into_iter();
            spans
                .map(|span| json!({"label": span.label, "ranges": span.ranges, "text": span.text}))
                .collect()
        };
        let around = one.around.and_then(|id| {
            let other = if one.left.is_empty() { left } else { right };
            self.shown(other, id)
        });
        let values: Vec<Json> = one
            .values
            .iter()
            .map(|value| json!({"name": value.name, "left": value.left, "right": value.right}))
            .collect();
        json!({
            "document": {"id": self.document.id.to_string(), "title": self.document.title},
            "class": one.class.name(),
            "range": [one.start, one.end],
            "left": side(self.side(left, &one.left)),
            "right": side(self.side(right, &one.right)),
            "around": side(around.into_iter().collect()).pop(),
            "values": values,
        })
    }

    fn text(
        &self,
        one: &Disagreement,
        (left, right): (&Layer, &Layer),
        names: (&Annotator, &Annotator),
    ) {
        say(format_args!(
            "  {}–{}  {}",
            one.start,
            one.end,
            one.class.title()
        ));
        let side = |name: &Annotator, spans: Vec<Shown>| {
            let name = bidi::isolate(name.as_str());
            if spans.is_empty() {
                say(format_args!("    {name}: nothing"));
            }
            for span in spans {
                let ranges: Vec<String> = span
                    .ranges
                    .iter()
                    .map(|(start, end)| format!("{start}–{end}"))
                    .collect();
                say(format_args!(
                    "    {name}: {} {} “{}”",
                    bidi::isolate(&span.label),
                    ranges.join(", "),
                    bidi::isolate(&quote(&span.text, SHOWN))
                ));
            }
        };
        side(names.0, self.side(left, &one.left));
        side(names.1, self.side(right, &one.right));
        for value in &one.values {
            say(format_args!("    {}", differing(value)));
        }
    }
}

fn differing(value: &Differing) -> String {
    let told = |side: Option<&String>| match side {
        Some(said) => format!("“{}”", bidi::isolate(&quote(said, SHOWN))),
        None => "nothing".to_owned(),
    };
    format!(
        "{}: {}, {}",
        bidi::isolate(&value.name),
        told(value.left.as_ref()),
        told(value.right.as_ref())
    )
}
