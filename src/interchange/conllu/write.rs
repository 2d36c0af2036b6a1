//! Writes one annotator's spans as CoNLL-U.

use std::{collections::BTreeMap, fmt::Write as _, io::Write as _};

use serde::Serialize;

use crate::{
    annotation::LabelSet,
    interchange::{
        DatasetHead, DocumentRecord, Output, Outputs, SOURCE_ID, Scheme, WriteError, WriteOptions,
        Writer,
        sentences::Sentences,
        spacing::{Spaced, escape, shown},
        tags::Tagger,
        tokens::Tokens,
    },
    text::ByteRange,
};

use super::HEAD;

/// Begins a file.
pub(in crate::interchange) fn write<'w>(
    outputs: &'w mut dyn Outputs,
    head: &DatasetHead,
    options: &WriteOptions,
) -> Result<Box<dyn Writer + 'w>, WriteError> {
    Ok(Box::new(ConlluWriter {
        out: outputs.file()?,
        labels: head.labels.clone(),
        scheme: options.scheme,
        lines: String::new(),
    }))
}

struct ConlluWriter {
    out: Output,
    labels: LabelSet,
    scheme: Scheme,
    /// The lines of a document, kept to be used again.
    lines: String,
}

/// What a comment says of a document.
#[derive(Serialize)]
struct Head<'a> {
    title: &'a str,
    metadata: &'a BTreeMap<String, String>,
}

impl Writer for ConlluWriter {
    fn document(&mut self, record: &DocumentRecord) -> Result<(), WriteError> {
        let sentences = Sentences::of(record, &self.labels)?;
        self.lines.clear();
        self.lines.push_str("# newdoc");
        let plain = |id: &&String| id.trim() == id.as_str() && !id.contains(char::is_control);
        if let Some(id) = record.metadata.get(SOURCE_ID).filter(plain) {
            self.lines.push_str(" id = ");
            self.lines.push_str(id);
        }
        let head = serde_json::to_string(&Head {
            title: &record.title,
            metadata: &record.metadata,
        })?;
        // JSON leaves these line ends as they are, and some readers do not.
        let head = head
            .replace('\u{85}', "\\u0085")
            .replace('\u{2028}', "\\u2028")
            .replace('\u{2029}', "\\u2029");
        self.lines.push('\n');
        self.lines.push_str(HEAD);
        self.lines.push_str(&head);
        self.lines.push('\n');
        let whole = Tokens::of(&record.text, []);
        let levels = sentences.levels.iter();
        let mut lines = Lines {
            sentences: &sentences,
            taggers: levels.map(|it| Tagger::new(it, self.scheme)).collect(),
            position: 0,
            out: &mut self.lines,
        };
        let whole: Vec<ByteRange> = whole.as_slice().iter().map(|token| token.range).collect();
        lines.document(&whole);
        self.out.write_all(self.lines.as_bytes())?;
        Ok(())
    }

    fn finish(mut self: Box<Self>) -> Result<(), WriteError> {
        self.out.flush()?;
        Ok(())
    }
}

struct Lines<'a> {
    sentences: &'a Sentences<'a>,
    taggers: Vec<Tagger<'a>>,
    /// How many code points stand before the next token.
    position: usize,
    out: &'a mut String,
}

impl Lines<'_> {
    /// Writes all sentences. `whole` are the words before spans split them.
    fn document(&mut self, whole: &[ByteRange]) {
        let tokens = &self.sentences.tokens;
        let mut at = 0;
        let mut number = 1;
        while let Some(first) = tokens.get(at) {
            if self.sentences.begins.get(at).is_some_and(|begins| *begins) {
                if at > 0 {
                    self.out.push('\n');
                }
                self.sentence_head(at);
                number = 1;
            }
            let behind = whole.partition_point(|word| word.end() <= first.start());
            let word = whole
                .get(behind)
                .filter(|word| word.start() == first.start());
            let end = word.map_or(first.end(), ByteRange::end);
            let parts = tokens.iter().skip(at);
            let parts = parts.take_while(|token| token.end() <= end).count().max(1);
            self.word(at, parts, number);
            at += parts;
            number += parts;
        }
        self.out.push('\n');
    }

    /// Writes what stands before a sentence: its text as the forms give it.
    fn sentence_head(&mut self, first: usize) {
        self.out.push_str("# text = ");
        let begins = self.sentences.begins.iter().skip(first + 1);
        let others = begins.take_while(|begins| !**begins).count();
        for at in first..=first + others {
            let Some(range) = self.sentences.tokens.get(at) else {
                continue;
            };
            let spaced = self.sentences.spaced(at, *range);
            self.out.push_str(&shown(spaced.token));
            if at < first + others && !spaced.after.is_empty() {
                self.out.push(' ');
            }
        }
        self.out.push('\n');
    }

    /// Writes a word that is one token, or a multiword token of several.
    fn word(&mut self, first: usize, parts: usize, number: usize) {
        let tokens = self.sentences.tokens.get(first..first + parts);
        let tokens = tokens.unwrap_or_default();
        if parts > 1 {
            self.range(first, tokens, number);
        }
        for (part, range) in tokens.iter().enumerate() {
            let at = first + part;
            let spaced = self.sentences.spaced(at, *range);
            let _ = write!(self.out, "{}\t", number + part);
            let start = self.columns(&spaced);
            if parts > 1 {
                // The range has said what is around it.
                let alone = Spaced {
                    before: "",
                    after: " ",
                    explicit: false,
                    ..spaced
                };
                alone.say(start, self.out);
            } else {
                spaced.say(start, self.out);
            }
            self.place(&spaced, start);
            let begins = self.sentences.begins.get(at).is_some_and(|begins| *begins);
            self.tags(at, begins);
            self.out.push('\n');
        }
    }

    fn range(&mut self, first: usize, tokens: &[ByteRange], number: usize) {
        let (Some(begin), Some(end)) = (tokens.first(), tokens.last()) else {
            return;
        };
        let range = ByteRange::unchecked_order(begin.start(), end.end()).unwrap_or(*begin);
        let before = self.sentences.spaced(first, *begin).before;
        let last = self.sentences.spaced(first + tokens.len() - 1, *end);
        let spaced = Spaced {
            token: self.sentences.slice(range),
            before,
            ..last
        };
        let _ = write!(self.out, "{number}-{}\t", number + tokens.len() - 1);
        let start = self.columns(&spaced);
        spaced.say(start, self.out);
        if self.out.len() == start {
            self.out.push('_');
        }
        self.out.push('\n');
    }

    /// Writes the form and the columns that say nothing, and gives where `MISC` begins.
    fn columns(&mut self, spaced: &Spaced<'_>) -> usize {
        self.out.push_str(&shown(spaced.token));
        self.out.push_str("\t_\t_\t_\t_\t_\t_\t_\t");
        self.out.len()
    }

    /// Writes where the token stands.
    fn place(&mut self, spaced: &Spaced<'_>, misc: usize) {
        if self.out.len() > misc {
            self.out.push('|');
        }
        let start = self.position + spaced.before.chars().count();
        let end = start + spaced.token.chars().count();
        self.position = end + spaced.after.chars().count();
        let _ = write!(self.out, "start_char={start}|end_char={end}");
    }

    fn tags(&mut self, token: usize, begins: bool) {
        for (number, tagger) in (1..).zip(&mut self.taggers) {
            let Some((letter, label)) = tagger.tag(token, begins) else {
                continue;
            };
            self.out.push_str("|ner");
            if number > 1 {
                let _ = write!(self.out, "{number}");
            }
            self.out.push('=');
            self.out.push(letter);
            self.out.push('-');
            escape(label, self.out);
        }
    }
}
