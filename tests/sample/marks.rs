//! Articles with marks: `⟦LABEL#id name=value|text⟧`, further fragments `⟦+id|text⟧`, and below a
//! line `=====` relations and notes. See `assets/sample/README.md`.

use std::{collections::BTreeMap, ops::Range};

/// A marked article.
#[derive(Debug, Default)]
pub(crate) struct Marked {
    pub(crate) text: String,
    pub(crate) spans: Vec<MarkedSpan>,
    /// Type, from, to.
    pub(crate) relations: Vec<[String; 3]>,
    /// Span, text.
    pub(crate) notes: Vec<[String; 2]>,
}

/// A span between marks.
#[derive(Debug)]
pub(crate) struct MarkedSpan {
    pub(crate) label: String,
    pub(crate) id: Option<String>,
    pub(crate) attributes: BTreeMap<String, String>,
    /// Bytes of the text, by their order in it.
    pub(crate) fragments: Vec<Range<usize>>,
}

impl Marked {
    /// Reads a marked file.
    pub(crate) fn parse(file: &str) -> Self {
        let (body, rest) = file.split_once("\n=====\n").expect("a line of =====");
        let mut marked = Self::default();
        marked.body(body);
        for line in rest.lines().filter(|line| !line.is_empty()) {
            marked.line(line);
        }
        marked
    }

    fn body(&mut self, mut rest: &str) {
        let mut open: Vec<(usize, usize)> = Vec::new();
        while let Some(at) = rest.find(['⟦', '⟧']) {
            let (before, mark) = rest.split_at(at);
            self.text.push_str(before);
            if let Some(head) = mark.strip_prefix('⟦') {
                let (head, inner) = head.split_once('|').expect("a mark's head ends at |");
                open.push((self.span_of(head), self.text.len()));
                rest = inner;
            } else {
                let (span, start) = open.pop().expect("⟧ closes a mark");
                self.spans[span].fragments.push(start..self.text.len());
                rest = &mark['⟧'.len_utf8()..];
            }
        }
        assert!(open.is_empty(), "every mark is closed");
        self.text.push_str(rest);
    }

    /// The place of the span that a mark's head begins or goes on with.
    fn span_of(&mut self, head: &str) -> usize {
        if let Some(id) = head.strip_prefix('+') {
            let known = |span: &MarkedSpan| span.id.as_deref() == Some(id);
            return self
                .spans
                .iter()
                .position(known)
                .expect("a fragment's span");
        }
        let mut words = head.split(' ');
        let name = words.next().unwrap_or_default();
        let (label, id) = match name.split_once('#') {
            Some((label, id)) => (label, Some(id.to_owned())),
            None => (name, None),
        };
        let attributes = words
            .map(|word| word.split_once('=').expect("name=value"))
            .map(|(name, value)| (name.to_owned(), value.to_owned()));
        self.spans.push(MarkedSpan {
            label: label.to_owned(),
            id,
            attributes: attributes.collect(),
            fragments: Vec::new(),
        });
        self.spans.len() - 1
    }

    fn line(&mut self, line: &str) {
        let words: Vec<&str> = line.splitn(4, ' ').collect();
        match *words {
            ["relation", kind, from, to] => {
                self.relations.push([kind, from, to].map(str::to_owned));
            }
            ["note", id, ..] => {
                let text = line.splitn(3, ' ').nth(2).unwrap_or_default();
                self.notes.push([id, text].map(str::to_owned));
            }
            _ => panic!("neither a relation nor a note: {line}"),
        }
    }
}
