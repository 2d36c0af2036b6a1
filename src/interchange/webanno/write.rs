//! Writes a file a document. Sentences hold all of the text but the one line break that lies
//! between two of them; white space at the edge of a span is a token. Spans are named entities,
//! the layer that every project of `INCEpTION` has.

use std::{
    collections::{BTreeSet, HashMap},
    fmt::Write as _,
    io::Write as _,
};

use crate::{
    annotation::LabelSet,
    interchange::{
        DatasetHead, DocumentRecord, LayerRecord, Offsets, Outputs, SpanRecord, Unit, WriteError,
        WriteOptions, Writer, sentences::Sentences,
    },
    text::ByteRange,
};

use super::{
    FORMAT, NONE, NOTE, NULL, TEXT, VALUE,
    escape::{escape_text, escape_value, feature_of},
};

/// The layer of spans.
const SPANS: &str = "de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity";
/// The layer of relations, which people must add to a project.
const RELATIONS: &str = "webanno.custom.Relation";

/// Begins a folder.
#[expect(
    clippy::unnecessary_wraps,
    reason = "formats that begin with a file can fail here"
)]
pub(in crate::interchange) fn write<'w>(
    outputs: &'w mut dyn Outputs,
    head: &DatasetHead,
    _options: &WriteOptions,
) -> Result<Box<dyn Writer + 'w>, WriteError> {
    Ok(Box::new(WebAnnoWriter {
        outputs,
        labels: head.labels.clone(),
    }))
}

struct WebAnnoWriter<'w> {
    outputs: &'w mut dyn Outputs,
    labels: LabelSet,
}

impl Writer for WebAnnoWriter<'_> {
    fn document(&mut self, record: &DocumentRecord) -> Result<(), WriteError> {
        let page = Page::of(record, &self.labels)?;
        let name = self.outputs.free_name(record.name());
        let mut out = self.outputs.create(&format!("{name}.tsv"))?;
        out.write_all(page.header().as_bytes())?;
        let mut lines = String::new();
        for (number, tokens) in (1..).zip(page.sentences()) {
            lines.clear();
            page.sentence(number, tokens, &mut lines)?;
            out.write_all(lines.as_bytes())?;
        }
        out.flush()?;
        Ok(())
    }

    fn finish(self: Box<Self>) -> Result<(), WriteError> {
        Ok(())
    }
}

/// A document as rows.
struct Page<'a> {
    text: &'a str,
    offsets: Offsets<'a>,
    tokens: Vec<ByteRange>,
    /// Whether a sentence begins at each token.
    begins: Vec<bool>,
    /// The id of each token.
    ids: Vec<String>,
    labels: &'a LabelSet,
    spans: Vec<Placed<'a>>,
    /// The spans on each token, in the order in which they are stacked.
    stacks: Vec<Vec<usize>>,
    attributes: Vec<&'a str>,
    noted: bool,
    /// The relations that lead to a span that begins at a token.
    relations: HashMap<usize, Vec<Link<'a>>>,
}

struct Placed<'a> {
    span: &'a SpanRecord,
    first: usize,
    behind: usize,
    /// Its number in the document, where its row and place do not name it.
    number: usize,
}

struct Link<'a> {
    kind: &'a str,
    from: usize,
    to: usize,
}

impl<'a> Page<'a> {
    fn of(record: &'a DocumentRecord, labels: &'a LabelSet) -> Result<Self, WriteError> {
        let text = &*record.text;
        let Sentences {
            mut tokens,
            mut begins,
            ..
        } = Sentences::of(record, labels)?;
        // Every sentence begins with a token, and the first with the text.
        let before = tokens.first().map_or(0, ByteRange::start);
        if let Ok(blank) = ByteRange::new(text, 0, before)
            && !blank.is_empty()
        {
            if let Some(begins) = begins.first_mut() {
                *begins = false;
            }
            tokens.insert(0, blank);
            begins.insert(0, true);
        }
        let mut page = Self {
            text,
            offsets: Offsets::new(text, Unit::Utf16),
            ids: ids(&begins),
            begins,
            labels,
            spans: Vec::new(),
            stacks: vec![Vec::new(); tokens.len()],
            tokens,
            attributes: Vec::new(),
            noted: false,
            relations: HashMap::new(),
        };
        if let Some(layer) = record.layers.first() {
            page.place(layer)?;
            page.number();
            page.relate(layer);
        }
        Ok(page)
    }

    /// Finds the tokens of the spans.
    fn place(&mut self, layer: &'a LayerRecord) -> Result<(), WriteError> {
        let mut attributes = BTreeSet::new();
        for span in &layer.spans {
            let (start, end) = span.data.fragments.extent();
            let first = self.tokens.partition_point(|token| token.end() <= start);
            let behind = self.tokens.partition_point(|token| token.start() < end);
            if first >= behind {
                return Err(WriteError::NoRange { at: start });
            }
            attributes.extend(span.data.attributes.keys().map(String::as_str));
            self.noted |= !span.data.note.is_empty();
            self.spans.push(Placed {
                span,
                first,
                behind,
                number: 0,
            });
        }
        self.attributes = attributes.into_iter().collect();
        self.spans
            .sort_by_key(|span| (span.first, std::cmp::Reverse(span.behind)));
        for (at, span) in self.spans.iter().enumerate() {
            for stack in self.stacks.iter_mut().take(span.behind).skip(span.first) {
                stack.push(at);
            }
        }
        Ok(())
    }

    /// Numbers the spans that lie on several tokens or with others on one.
    fn number(&mut self) {
        let mut next = 1;
        for stack in &self.stacks {
            for at in stack {
                if let Some(span) = self.spans.get_mut(*at)
                    && span.number == 0
                    && (stack.len() > 1 || span.behind - span.first > 1)
                {
                    span.number = next;
                    next += 1;
                }
            }
        }
    }

    fn relate(&mut self, layer: &'a LayerRecord) {
        let places: HashMap<&str, usize> = self
            .spans
            .iter()
            .enumerate()
            .map(|(at, placed)| (&*placed.span.id, at))
            .collect();
        for relation in &layer.relations {
            let ends = (places.get(&*relation.from), places.get(&*relation.to));
            let (Some(&from), Some(&to)) = ends else {
                continue;
            };
            if let Some(target) = self.spans.get(to) {
                let kind = &*relation.kind;
                let links = self.relations.entry(target.first).or_default();
                links.push(Link { kind, from, to });
            }
        }
    }

    fn header(&self) -> String {
        let mut header = format!("{FORMAT}3.3\n");
        if !self.spans.is_empty() {
            header.push_str("#T_SP=");
            header.push_str(SPANS);
            header.push('|');
            header.push_str(VALUE);
            for attribute in &self.attributes {
                header.push('|');
                header.push_str(&feature_of(attribute));
            }
            if self.noted {
                header.push('|');
                header.push_str(NOTE);
            }
            header.push('\n');
        }
        if !self.relations.is_empty() {
            // Writing into a text cannot fail.
            let _ = writeln!(header, "#T_RL={RELATIONS}|{VALUE}|BT_{SPANS}");
        }
        header.push('\n');
        header
    }

    /// The tokens of each sentence.
    fn sentences(&self) -> impl Iterator<Item = std::ops::Range<usize>> {
        let starts = self.begins.iter().enumerate();
        let starts = starts.filter(|(_, begins)| **begins).map(|(at, _)| at);
        let ends = starts.clone().skip(1).chain([self.tokens.len()]);
        starts.zip(ends).map(|(start, end)| start..end)
    }

    fn sentence(
        &self,
        number: usize,
        tokens: std::ops::Range<usize>,
        out: &mut String,
    ) -> Result<(), WriteError> {
        let start = |token: usize| self.tokens.get(token).map(ByteRange::start);
        let end = start(tokens.end);
        let text = start(tokens.start)
            .and_then(|from| self.text.get(from..end.unwrap_or(self.text.len())))
            .unwrap_or_default();
        // Readers put a line break between two sentences that do not touch.
        let text = match end {
            Some(_) => text.strip_suffix('\n').unwrap_or(text),
            None => text,
        };
        out.push('\n');
        for line in text.split('\n') {
            out.push_str(TEXT);
            escape_text(line, out);
            out.push('\n');
        }
        let mut place = 0;
        for token in tokens {
            place += 1;
            let Some(range) = self.tokens.get(token) else {
                continue;
            };
            let (start, end) = self.offsets.pair(range)?;
            let _ = write!(out, "{number}-{place}\t{start}-{end}\t");
            escape_text(range.slice(self.text), out);
            out.push('\t');
            self.cells(token, out);
            out.push('\n');
        }
        Ok(())
    }

    /// Appends the cells of a token.
    fn cells(&self, token: usize, out: &mut String) {
        if !self.spans.is_empty() {
            self.column(token, out, |span| {
                Some(self.labels.name_of(&span.data.label))
            });
            for attribute in &self.attributes {
                self.column(token, out, |span| {
                    span.data.attributes.get(*attribute).map(String::as_str)
                });
            }
            if self.noted {
                self.column(token, out, |span| {
                    Some(&*span.data.note).filter(|note| !note.is_empty())
                });
            }
        }
        if self.relations.is_empty() {
            return;
        }
        let Some(links) = self.relations.get(&token) else {
            out.push_str("_\t_\t");
            return;
        };
        for (at, link) in links.iter().enumerate() {
            separate(at, out);
            escape_value(link.kind, out);
        }
        out.push('\t');
        for (at, link) in links.iter().enumerate() {
            separate(at, out);
            let ends = self.spans.get(link.from).zip(self.spans.get(link.to));
            if let Some((from, to)) = ends {
                out.push_str(self.ids.get(from.first).map_or("", |id| id));
                if from.number + to.number > 0 {
                    let _ = write!(out, "[{}_{}]", from.number, to.number);
                }
            }
        }
        out.push('\t');
    }

    /// Appends the cell of a feature.
    fn column<'v>(
        &'v self,
        token: usize,
        out: &mut String,
        value: impl Fn(&'v SpanRecord) -> Option<&'v str>,
    ) {
        let stack = self.stacks.get(token).map_or(&[][..], |stack| stack);
        if stack.is_empty() {
            out.push_str(NONE);
        }
        let spans = stack.iter().filter_map(|at| self.spans.get(*at));
        for (at, placed) in spans.enumerate() {
            separate(at, out);
            match value(placed.span) {
                Some(value) => escape_value(value, out),
                None => out.push_str(NULL),
            }
            if placed.number > 0 {
                let _ = write!(out, "[{}]", placed.number);
            }
        }
        out.push('\t');
    }
}

fn separate(at: usize, out: &mut String) {
    if at > 0 {
        out.push('|');
    }
}

/// The ids of tokens: the number of the sentence, and that of the token in it.
fn ids(begins: &[bool]) -> Vec<String> {
    let (mut sentence, mut token) = (0, 0);
    let id = |begins: &bool| {
        if *begins {
            sentence += 1;
            token = 0;
        }
        token += 1;
        format!("{sentence}-{token}")
    };
    begins.iter().map(id).collect()
}
