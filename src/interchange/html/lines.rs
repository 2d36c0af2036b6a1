//! The lines of text that people see of a page: a paragraph, a heading, a list's item, a table's row
//! is a line; white space is one space, except in what is set as it stands.

use super::{
    names::{is_block, is_cell, is_hidden, is_void},
    tokens::{Token, Tokens, is_space},
};

/// The text of markup that is whole, as a program wrote it.
pub(super) fn text_of(markup: &str) -> String {
    let mut lines = Lines::default();
    // Elements that are hidden hide all in them.
    let mut hidden: Vec<String> = Vec::new();
    for token in Tokens::of(markup, false) {
        match token {
            Token::Start { name, .. } => {
                let hides = is_hidden(&name);
                if hidden.is_empty() {
                    lines.start(&name);
                }
                if hides && !is_void(&name) {
                    hidden.push(name);
                }
            }
            Token::End { name } => {
                if let Some(at) = hidden.iter().rposition(|open| *open == name) {
                    hidden.truncate(at);
                }
                if hidden.is_empty() {
                    lines.end(&name);
                }
            }
            Token::Text(text) if hidden.is_empty() => lines.text(text),
            Token::Text(_) | Token::Raw(_) => {}
        }
    }
    lines.whole()
}

#[derive(Default)]
struct Lines {
    done: String,
    line: String,
    /// Whether white space stands before what comes next in the line.
    space: Option<char>,
    /// How many elements are open whose text is set as it stands.
    kept: usize,
}

impl Lines {
    fn start(&mut self, name: &str) {
        if name == "br" || is_block(name) {
            self.end_line();
        }
        if is_cell(name) && !self.line.is_empty() {
            self.space = Some('\t');
        }
        self.kept += usize::from(is_kept(name));
    }

    fn end(&mut self, name: &str) {
        if is_block(name) {
            self.end_line();
        }
        if is_kept(name) {
            self.kept = self.kept.saturating_sub(1);
        }
    }

    fn text(&mut self, text: &str) {
        let text = unescape(text);
        if self.kept > 0 {
            let mut rows = text.split('\n');
            self.line.push_str(rows.next().unwrap_or_default());
            for row in rows {
                self.end_row();
                self.line.push_str(row);
            }
            return;
        }
        for ch in text.chars() {
            if is_space(ch) {
                self.space = self.space.or(Some(' '));
                continue;
            }
            if let Some(space) = self.space.take().filter(|_| !self.line.is_empty()) {
                self.line.push(space);
            }
            self.line.push(ch);
        }
    }

    /// Ends a line; one that shows nothing is none.
    fn end_line(&mut self) {
        self.space = None;
        let line = if self.kept > 0 {
            self.line.trim_end()
        } else {
            self.line.trim()
        };
        if !line.is_empty() {
            self.done.extend([line, "\n"]);
        }
        self.line.clear();
    }

    /// Ends a line of what is set as it stands.
    fn end_row(&mut self) {
        self.done.extend([self.line.trim_end(), "\n"]);
        self.line.clear();
    }

    fn whole(mut self) -> String {
        self.end_line();
        self.done.truncate(self.done.trim_end().len());
        let blank = self.done.len() - self.done.trim_start_matches('\n').len();
        self.done.drain(..blank);
        self.done
    }
}

fn is_kept(name: &str) -> bool {
    matches!(name, "pre" | "listing")
}

/// The text of markup that a program wrote: it knows five references.
pub(super) fn unescape(text: &str) -> String {
    const KNOWN: [(&str, char); 6] = [
        ("amp;", '&'),
        ("lt;", '<'),
        ("gt;", '>'),
        ("quot;", '"'),
        ("nbsp;", '\u{A0}'),
        ("#39;", '\''),
    ];
    let mut parts = text.split('&');
    let mut plain = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let known = KNOWN
            .iter()
            .find_map(|(name, ch)| Some((*ch, part.strip_prefix(name)?)));
        let (ch, rest) = known.unwrap_or(('&', part));
        plain.push(ch);
        plain.push_str(rest);
    }
    plain
}
