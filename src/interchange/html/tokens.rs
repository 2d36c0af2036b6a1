//! The tags and texts of a page, one after the other: enough of HTML's own rules to see where a tag
//! ends and which texts are scripts. It never looks back, so that a page takes the time of its length.

use memchr::memmem;

/// A piece of a page. Comments, document types and processing instructions are left out.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Token<'t> {
    /// A tag that opens an element, its name in lower case.
    Start { name: String, tag: Tag<'t> },
    /// A tag that closes one.
    End { name: String },
    /// Text, with its character references.
    Text(&'t str),
    /// The content of an element whose content is not markup.
    Raw(&'t str),
}

/// What stands in a tag.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Tag<'t> {
    /// Names as they stand, values with their character references.
    pub(super) attributes: Vec<(&'t str, &'t str)>,
    /// Whether it ends with `/>`.
    pub(super) closed: bool,
}

impl<'t> Tag<'t> {
    /// The first value of this name.
    pub(super) fn attribute(&self, name: &str) -> Option<&'t str> {
        let mut attributes = self.attributes.iter();
        let found = attributes.find(|(known, _)| known.eq_ignore_ascii_case(name));
        found.map(|(_, value)| *value)
    }
}

/// The pieces of a page.
pub(super) struct Tokens<'t> {
    rest: &'t str,
    /// The element whose content comes next, where that is not markup.
    raw: Option<String>,
    /// Whether a tag may close itself.
    xml: bool,
}

/// Elements whose content is not markup.
const RAW: [&str; 7] = [
    "script", "style", "title", "textarea", "iframe", "noembed", "noframes",
];

impl<'t> Tokens<'t> {
    /// The pieces of this text; in XML a tag may close itself.
    pub(super) fn of(text: &'t str, xml: bool) -> Self {
        Self {
            rest: text,
            raw: None,
            xml,
        }
    }

    /// The content of the element that was just opened, where that is not markup; goes on behind it.
    pub(super) fn raw_element(&mut self) -> Option<&'t str> {
        self.raw.as_ref()?;
        let Some(Token::Raw(content)) = self.next() else {
            return None;
        };
        self.next();
        Some(content)
    }

    /// Goes on behind the next `</name`, where there is one.
    pub(super) fn skip_element(&mut self, name: &str) -> bool {
        let Some(at) = end_tag(self.rest, name) else {
            return false;
        };
        self.take(at);
        self.next();
        true
    }

    fn take(&mut self, length: usize) -> &'t str {
        let (taken, rest) = self
            .rest
            .split_at_checked(length)
            .unwrap_or((self.rest, ""));
        self.rest = rest;
        taken
    }

    /// Passes over everything up to and with `end`.
    fn pass(&mut self, end: &str) {
        let at = memmem::find(self.rest.as_bytes(), end.as_bytes());
        self.take(at.map_or(self.rest.len(), |at| at + end.len()));
    }

    fn start(&mut self, name: String) -> Option<Token<'t>> {
        let tag = self.tag()?;
        let closed = self.xml && tag.closed;
        if !closed && RAW.contains(&&*name) {
            self.raw = Some(name.clone());
        }
        Some(Token::Start { name, tag })
    }

    /// The attributes up to the tag's end; `None` where the text ends in it.
    fn tag(&mut self) -> Option<Tag<'t>> {
        let mut tag = Tag::default();
        loop {
            let before = self.rest;
            self.rest = before.trim_start_matches(|ch: char| is_space(ch) || ch == '/');
            let skipped = before.len() - self.rest.len();
            if self.rest.starts_with('>') {
                tag.closed = before.as_bytes().get(..skipped)?.last() == Some(&b'/');
                self.take(1);
                return Some(tag);
            }
            let name = self
                .until(|ch, at| is_space(ch) || matches!(ch, '/' | '>') || (ch == '=' && at > 0))?;
            let behind = self.rest.trim_start_matches(is_space);
            let Some(value) = behind.strip_prefix('=') else {
                tag.attributes.push((name, ""));
                continue;
            };
            self.rest = value.trim_start_matches(is_space);
            let quote = self.rest.chars().next()?;
            let value = if matches!(quote, '"' | '\'') {
                self.take(1);
                let value = self.until(|ch, _| ch == quote)?;
                self.take(1);
                value
            } else {
                self.until(|ch, _| is_space(ch) || ch == '>')?
            };
            tag.attributes.push((name, value));
        }
    }

    /// What stands before the first character that is meant; `None` where there is none, and nothing
    /// is left then.
    fn until(&mut self, is_end: impl Fn(char, usize) -> bool) -> Option<&'t str> {
        let mut found = self.rest.char_indices();
        let at = found.find(|(at, ch)| is_end(*ch, *at)).map(|(at, _)| at);
        let taken = self.take(at.unwrap_or(self.rest.len()));
        at.map(|_| taken)
    }

    /// What a `<` begins; `None` where it is passed over.
    fn markup(&mut self) -> Option<Token<'t>> {
        let end = self.rest.starts_with("</");
        let named = self.rest.get(if end { 2 } else { 1 }..).unwrap_or_default();
        if named.starts_with(|ch: char| ch.is_ascii_alphabetic()) {
            self.rest = named;
            let name = self.until(|ch, _| is_space(ch) || matches!(ch, '/' | '>'))?;
            let name = name.to_ascii_lowercase();
            if !end {
                return self.start(name);
            }
            return self.tag().map(|_| Token::End { name });
        }
        if let Some(comment) = self.rest.strip_prefix("<!--") {
            // `<!-->` and `<!--->` are whole.
            self.rest = comment;
            if let Some(rest) = comment.strip_prefix('>').or(comment.strip_prefix("->")) {
                self.rest = rest;
            } else {
                self.pass("-->");
            }
        } else if end || self.rest.starts_with("<!") || self.rest.starts_with("<?") {
            self.pass(">");
        } else {
            return Some(Token::Text(self.take(1)));
        }
        None
    }
}

impl<'t> Iterator for Tokens<'t> {
    type Item = Token<'t>;

    fn next(&mut self) -> Option<Token<'t>> {
        if let Some(name) = self.raw.take() {
            let at = end_tag(self.rest, &name).unwrap_or(self.rest.len());
            return Some(Token::Raw(self.take(at)));
        }
        while !self.rest.is_empty() {
            let token = match memchr::memchr(b'<', self.rest.as_bytes()) {
                Some(0) => self.markup(),
                at => Some(Token::Text(self.take(at.unwrap_or(self.rest.len())))),
            };
            if token.is_some() {
                return token;
            }
        }
        None
    }
}

/// Where the next `</name` stands.
fn end_tag(text: &str, name: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    memmem::find_iter(bytes, b"</").find(|at| {
        let named = bytes.get(at + 2..at + 2 + name.len());
        let next = bytes.get(at + 2 + name.len());
        named.is_some_and(|named| named.eq_ignore_ascii_case(name.as_bytes()))
            && next.is_none_or(|next| next.is_ascii_whitespace() || matches!(next, b'/' | b'>'))
    })
}

/// Whether HTML takes it for white space.
pub(super) fn is_space(ch: char) -> bool {
    matches!(ch, ' ' | '\t' | '\n' | '\r' | '\u{C}')
}
