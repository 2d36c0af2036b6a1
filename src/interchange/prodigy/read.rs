//! Reads Prodigy's JSONL. A document with a wrong line is refused whole; a line that is no JSON or
//! has no text is refused alone.

use std::{
    collections::{BTreeMap, HashMap},
    io::BufRead,
};

use crate::{
    annotation::Annotator,
    interchange::{
        CopyCounter, DatasetHead, DocumentRecord, LayerRecord, MAX_TEXT, Names, Offsets, Problem,
        ReadOptions, Reader, Reason, Source, Unit,
        lines::{Line as Bytes, Lines},
    },
};

use super::{
    gather::{Document, Gathered},
    line::Line,
    task::Task,
};

/// Opens a file of lines.
#[expect(
    clippy::unnecessary_wraps,
    reason = "formats that begin with a head can fail here"
)]
pub(in crate::interchange) fn read<'r>(
    source: Source<'r>,
    options: ReadOptions,
) -> Result<Box<dyn Reader + 'r>, Problem> {
    let stem = source.stem().to_owned();
    let gathering = Gathering {
        lines: Lines::new(source.input, MAX_TEXT),
        gathered: Gathered::default(),
    };
    Ok(Box::new(ProdigyReader {
        stem,
        state: State::Gathering(Box::new(gathering)),
        names: options.names(),
        annotator: options.annotator,
        line: 0,
    }))
}

struct ProdigyReader<R> {
    state: State<R>,
    names: Names,
    annotator: Annotator,
    /// The title of a document without a line that could be one.
    stem: String,
    /// The first line of the document given last.
    line: u64,
}

enum State<R> {
    /// Lines are read.
    Gathering(Box<Gathering<R>>),
    /// Documents are given.
    Giving(std::vec::IntoIter<Document>),
}

struct Gathering<R> {
    lines: Lines<R>,
    gathered: Gathered,
}

impl<R: BufRead> Gathering<R> {
    /// Takes all lines up to one that is wrong.
    fn gather(&mut self) -> Option<Problem> {
        loop {
            let taken = match self.lines.next() {
                Ok(None) => return None,
                Ok(Some(Bytes::Whole(line))) if line.trim_ascii().is_empty() => continue,
                Ok(Some(Bytes::Whole(line))) => Line::of(line),
                Ok(Some(Bytes::TooLong)) => Err(Reason::TooLarge {
                    what: "the line",
                    limit: MAX_TEXT,
                }),
                Err(error) => Err(error.into()),
            };
            let number = self.lines.number();
            let taken = taken.and_then(|line| self.gathered.take(line, number));
            if let Err(reason) = taken {
                return Some(Problem::at(number, reason));
            }
        }
    }
}

impl<R: BufRead> Reader for ProdigyReader<R> {
    fn head(&self) -> &DatasetHead {
        self.names.head()
    }

    fn next(&mut self, copies: &mut CopyCounter) -> Option<Result<DocumentRecord, Problem>> {
        if let State::Gathering(gathering) = &mut self.state {
            if let Some(problem) = gathering.gather() {
                if problem.ends_reading() {
                    self.state = State::Giving(Vec::new().into_iter());
                }
                return Some(Err(problem));
            }
            let gathered = std::mem::take(&mut gathering.gathered);
            self.state = State::Giving(gathered.documents());
        }
        let State::Giving(documents) = &mut self.state else {
            return None;
        };
        let document = documents.next()?;
        self.line = document.lines.first().map_or(0, |said| said.line);
        let record = Found::of(&document, &self.annotator).map(|found| {
            let mut record = DocumentRecord::found(document.text, found.title, &self.stem, copies);
            record.metadata = found.metadata;
            record.layers = found.layers;
            self.names.adopt(&mut record);
            record
        });
        Some(record)
    }

    fn line(&self) -> Option<u64> {
        Some(self.line)
    }
}

/// What the lines of a document say.
#[derive(Default)]
struct Found {
    title: Option<String>,
    metadata: BTreeMap<String, String>,
    layers: Vec<LayerRecord>,
    places: HashMap<Annotator, usize>,
}

impl Found {
    fn of(document: &Document, unnamed: &Annotator) -> Result<Self, Problem> {
        let offsets = Offsets::new(&document.text, Unit::CodePoints);
        let mut found = Self::default();
        for said in &document.lines {
            let task = Task::of(&said.fields, said.who.is_some(), &offsets);
            task.and_then(|task| found.take(task, said.who.as_ref().unwrap_or(unnamed)))
                .map_err(|reason| Problem::at(said.line, reason))?;
        }
        Ok(found)
    }

    /// Takes note of what somebody's line says. Where another says otherwise, it is noted apart;
    /// somebody's further words are joined to the first.
    fn say(&mut self, who: &Annotator, key: String, value: String) {
        let apart = match self.metadata.get(&key) {
            None => {
                self.metadata.insert(key, value);
                return;
            }
            Some(there) if *there == value => return,
            Some(_) => format!("{who}.{key}"),
        };
        let there = self.metadata.entry(apart).or_default();
        if !there.is_empty() {
            there.push('\n');
        }
        there.push_str(&value);
    }

    fn take(&mut self, task: Task, who: &Annotator) -> Result<(), Reason> {
        for (key, value) in task.metadata {
            self.say(who, key, value);
        }
        for (what, value) in task.left_out {
            let key = format!("{what} of {who}");
            self.say(who, key, value);
        }
        self.title = self.title.take().or(task.title);
        let Some(mut layer) = task.layer else {
            return Ok(());
        };
        layer.check()?;
        layer.annotator = task.model.unwrap_or_else(|| who.clone());
        let next = self.layers.len();
        let place = *self.places.entry(layer.annotator.clone()).or_insert(next);
        match self.layers.get_mut(place) {
            Some(there) => join(there, layer),
            None => self.layers.push(layer),
        }
        Ok(())
    }
}

/// Adds what somebody said in another task on the same document.
fn join(layer: &mut LayerRecord, mut other: LayerRecord) {
    let before = layer.spans.len();
    let rename = |id: &mut String| *id = format!("{before}/{id}");
    for span in &mut other.spans {
        rename(&mut span.id);
    }
    for relation in &mut other.relations {
        rename(&mut relation.id);
        rename(&mut relation.from);
        rename(&mut relation.to);
    }
    layer.spans.append(&mut other.spans);
    layer.relations.append(&mut other.relations);
    layer.status = layer.status.max(other.status);
}
