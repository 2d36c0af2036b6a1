//! A page without what no text needs (scripts, pictures, fonts), with every element closed and none
//! deeper than a bound. What takes pages apart needs time and memory by depth times length, so that a
//! page made to be deep could hold the program up for hours.

use super::{
    json_ld,
    lines::unescape,
    names::{bounds, closed_by, is_void, says_nothing},
    tokens::{Tag, Token, Tokens},
};

/// How deep elements lie at most; those within are written side by side, as browsers do.
const DEEPEST: usize = 200;
/// How many elements a page has at most.
pub(super) const MOST_ELEMENTS: usize = 500_000;
/// The longest value of an attribute that is kept, in bytes.
const LONGEST: usize = 2_000;

/// After how many bytes text is parted by a comment.
const UNTAGGED: usize = 4096;

/// The attributes by which a page is understood.
const KEPT: [&str; 17] = [
    "class",
    "id",
    "style",
    "hidden",
    "aria-hidden",
    "aria-modal",
    "role",
    "rel",
    "itemprop",
    "href",
    "dir",
    "lang",
    "property",
    "name",
    "content",
    "type",
    "datatable",
];

/// A page made small.
#[derive(Debug, Default)]
pub(super) struct Pruned {
    /// The page.
    pub(super) html: String,
    /// How many elements it has.
    pub(super) elements: usize,
    /// The address that the page gives for itself.
    pub(super) url: Option<String>,
    /// The elements that are open.
    open: Vec<String>,
    /// How many that are open lie too deep and are not written.
    beyond: usize,
    /// The first tags of the page's frame that were met.
    framed: Vec<String>,
    /// How many bytes of text stand behind the last tag, or were written since; it need not be exact.
    untagged: usize,
    /// Elements whose end was looked for and is nowhere.
    endless: Vec<String>,
}

/// Makes a page small; `None` where it has too many elements.
pub(super) fn pruned(page: &str) -> Option<Pruned> {
    let xml = page.starts_with("<?xml");
    let mut tokens = Tokens::of(page, xml);
    let mut pruned = Pruned::default();
    while let Some(token) = tokens.next() {
        match token {
            Token::Text(text) => pruned.text(text),
            Token::Raw(title) => pruned.html.push_str(&beginning(title).replace('<', "&lt;")),
            Token::End { name } => pruned.end(&name),
            Token::Start { name, tag } => {
                pruned.start(&name, &tag, &mut tokens);
                if xml && tag.closed {
                    pruned.end(&name);
                }
            }
        }
        if pruned.elements > MOST_ELEMENTS {
            return None;
        }
    }
    pruned.close_to(0);
    Some(pruned)
}

impl Pruned {
    fn text(&mut self, text: &str) {
        for ch in text.chars() {
            // What writes a page again looks at each reference for the next tag: there is one soon.
            if self.untagged >= UNTAGGED && (ch == '&' || ch.is_whitespace() || !ch.is_ascii()) {
                self.html.push_str("<!---->");
                self.untagged = 0;
            }
            self.untagged += ch.len_utf8();
            match ch {
                // It must not become a tag together with what stands behind it now.
                '<' => self.html.push_str("&lt;"),
                _ => self.html.push(ch),
            }
        }
    }

    fn start(&mut self, name: &str, tag: &Tag<'_>, tokens: &mut Tokens<'_>) {
        self.take_url(name, tag);
        match name {
            "script" | "style" | "iframe" | "noembed" | "noframes" | "textarea" => {
                let content = tokens.raw_element().unwrap_or_default();
                let kind = tag.attribute("type").unwrap_or_default();
                if name == "script" && kind.eq_ignore_ascii_case("application/ld+json") {
                    self.html.extend(json_ld::script(content));
                }
            }
            "svg" | "select" | "template" if self.skips(name, tokens) => {}
            "html" | "body" => {
                if !self.framed.iter().any(|framed| framed == name) {
                    self.framed.push(name.to_owned());
                    self.write_start(name, tag);
                }
            }
            _ if says_nothing(name) || name == "svg" => {}
            // Targets of links are often not closed.
            "a" if tag.attribute("href").is_none() => {}
            _ if is_void(name) => self.write_start(name, tag),
            _ => self.open(name, tag),
        }
    }

    fn skips(&mut self, name: &str, tokens: &mut Tokens<'_>) -> bool {
        if self.endless.iter().any(|endless| endless == name) {
            return false;
        }
        let skipped = tokens.skip_element(name);
        if !skipped {
            self.endless.push(name.to_owned());
        }
        skipped
    }

    fn open(&mut self, name: &str, tag: &Tag<'_>) {
        let (closed, hidden) = closed_by(name);
        if !closed.is_empty() {
            while let Some(at) = self.find(|open| closed.contains(&open), hidden) {
                self.close_to(at);
            }
        }
        if self.open.len() >= DEEPEST {
            self.beyond += 1;
            // Text of two elements stays apart.
            self.html.push_str("<br>");
            self.elements += 1;
            return;
        }
        self.write_start(name, tag);
        self.open.push(name.to_owned());
    }

    fn end(&mut self, name: &str) {
        if name == "br" {
            self.html.push_str("<br>");
            self.elements += 1;
        } else if self.beyond > 0 && !says_nothing(name) && !is_void(name) {
            self.beyond -= 1;
        } else if let Some(at) = self.find(|open| open == name, bounds(name)) {
            self.close_to(at);
        }
    }

    /// The innermost open element that is meant, unless one of those that hide it lies within.
    fn find(&self, meant: impl Fn(&str) -> bool, hidden: &[&str]) -> Option<usize> {
        for (at, open) in self.open.iter().enumerate().rev() {
            if meant(open) {
                return Some(at);
            }
            if hidden.contains(&&**open) {
                return None;
            }
        }
        None
    }

    fn close_to(&mut self, at: usize) {
        for name in self.open.drain(at.min(self.open.len())..).rev() {
            self.html.extend(["</", &name, ">"]);
        }
    }

    fn write_start(&mut self, name: &str, tag: &Tag<'_>) {
        self.elements += 1;
        self.html.extend(["<", name]);
        let mut written = [false; KEPT.len()];
        for (key, value) in &tag.attributes {
            let place = KEPT.iter().position(|kept| kept.eq_ignore_ascii_case(key));
            let (Some(place), true) = (place, value.len() <= LONGEST) else {
                continue;
            };
            let Some(done) = written.get_mut(place) else {
                continue;
            };
            if !std::mem::replace(done, true) {
                let value = value.replace('"', "&quot;");
                let key = key.to_ascii_lowercase();
                self.html.extend([" ", &key, "=\"", &value, "\""]);
            }
        }
        self.html.push('>');
    }

    fn take_url(&mut self, name: &str, tag: &Tag<'_>) {
        let is = |key: &str, wanted: &str| {
            let value = tag.attribute(key).unwrap_or_default();
            value
                .split(char::is_whitespace)
                .any(|word| word.eq_ignore_ascii_case(wanted))
        };
        let (url, surely) = match name {
            "link" if is("rel", "canonical") => (tag.attribute("href"), true),
            "meta" if is("property", "og:url") => (tag.attribute("content"), false),
            _ => return,
        };
        let url = url
            .map(str::trim)
            .filter(|url| !url.is_empty() && url.len() <= LONGEST);
        if let Some(url) = url
            && (surely || self.url.is_none())
        {
            self.url = Some(unescape(url));
        }
    }
}

/// As much of a text as an attribute may have.
fn beginning(text: &str) -> &str {
    text.get(..text.floor_char_boundary(LONGEST))
        .unwrap_or(text)
}
