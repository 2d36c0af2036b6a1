//! Writes one annotator's spans as columns.

use std::io::Write as _;

use crate::{
    annotation::LabelSet,
    interchange::{
        DatasetHead, DocumentRecord, Output, Outputs, Scheme, WriteError, WriteOptions, Writer,
        sentences::Sentences,
        spacing::{escape, shown},
        tags::Tagger,
    },
};

/// The line before a document, in the form that spaCy's converter looks for.
const START: &str = "-DOCSTART- -X- O O\n\n";

/// Begins a file.
pub(in crate::interchange) fn write<'w>(
    outputs: &'w mut dyn Outputs,
    head: &DatasetHead,
    options: &WriteOptions,
) -> Result<Box<dyn Writer + 'w>, WriteError> {
    Ok(Box::new(ConllWriter {
        out: outputs.file()?,
        labels: head.labels.clone(),
        scheme: options.scheme,
        lines: String::new(),
    }))
}

struct ConllWriter {
    out: Output,
    labels: LabelSet,
    scheme: Scheme,
    /// The lines of a document, kept to be used again.
    lines: String,
}

impl Writer for ConllWriter {
    fn document(&mut self, record: &DocumentRecord) -> Result<(), WriteError> {
        let sentences = Sentences::of(record, &self.labels)?;
        self.lines.clear();
        self.lines.push_str(START);
        lines(&sentences, self.scheme, &mut self.lines);
        self.out.write_all(self.lines.as_bytes())?;
        Ok(())
    }

    fn finish(mut self: Box<Self>) -> Result<(), WriteError> {
        self.out.flush()?;
        Ok(())
    }
}

fn lines(sentences: &Sentences<'_>, scheme: Scheme, out: &mut String) {
    let levels = sentences.levels.iter();
    let mut taggers: Vec<Tagger<'_>> = levels.map(|level| Tagger::new(level, scheme)).collect();
    let mut position = 0;
    let tokens = sentences.tokens.iter().zip(&sentences.begins);
    for (number, (range, begins)) in tokens.enumerate() {
        if *begins && number > 0 {
            out.push('\n');
        }
        let spaced = sentences.spaced(number, *range);
        let start = position + spaced.before.chars().count();
        let end = start + spaced.token.chars().count();
        position = end + spaced.after.chars().count();
        out.push_str(&shown(spaced.token));
        let mut digits = itoa::Buffer::new();
        for (before, number) in [('\t', start), ('-', end)] {
            out.push(before);
            out.push_str(digits.format(number));
        }
        out.push('\t');
        let misc = out.len();
        spaced.say(misc, out);
        if out.len() == misc {
            out.push('_');
        }
        for tagger in &mut taggers {
            out.push('\t');
            match tagger.tag(number, *begins) {
                None => out.push('O'),
                Some((letter, label)) => {
                    out.push(letter);
                    out.push('-');
                    escape(label, out);
                }
            }
        }
        out.push('\n');
    }
    if !sentences.tokens.is_empty() {
        out.push('\n');
    }
}
