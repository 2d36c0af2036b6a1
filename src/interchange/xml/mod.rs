//! What the formats of XML have in common: a cursor over a file of any encoding that never holds more
//! than one tag or one piece of text, expands no entity that a file declares, and counts lines; and
//! text as it must stand in a file to come back exactly.

mod attributes;
mod escape;
mod input;

use std::io;

use quick_xml::{
    Error, Reader,
    errors::SyntaxError,
    events::{BytesStart, Event},
};

use super::{MAX_TEXT, Reason};
use input::Input;

pub(super) use escape::{attribute, content};

/// The deepest nesting of elements that is read.
const MAX_DEPTH: usize = 200;

/// The longest tag with its attributes, one of which may be the text of a document.
const MAX_TAG: usize = MAX_TEXT;

/// What a cursor has come to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// An element begins: its name and attributes can be asked for. One without content ends next.
    Open,
    /// A piece of text, which can be asked for; an element can have several.
    Text,
    /// An element ends.
    Close,
    /// The end of the file.
    End,
}

/// A file of XML, one part at a time.
pub(super) struct Xml<'r> {
    reader: Reader<Input<'r>>,
    buffer: Vec<u8>,
    depth: usize,
    /// The last tag, and how long its name is.
    tag: String,
    name: usize,
    /// The last piece of text.
    text: String,
    /// Where the last part began and ended.
    lines: (u64, u64),
}

impl<'r> Xml<'r> {
    /// Begins to read; see [`Xml::allow`].
    pub(super) fn new(input: Box<dyn io::BufRead + 'r>, limit: usize) -> Result<Self, Reason> {
        let mut reader = Reader::from_reader(Input::new(input, limit)?);
        reader.config_mut().expand_empty_elements = true;
        Ok(Self {
            reader,
            buffer: Vec::new(),
            depth: 0,
            tag: String::new(),
            name: 0,
            text: String::new(),
            lines: (1, 1),
        })
    }

    /// Lets `limit` bytes be read from here; a file that has more is refused there.
    pub(super) fn allow(&mut self, limit: usize) {
        self.reader.get_mut().allow(limit);
    }

    /// The line (from 1) at which the last part began.
    pub(super) fn line(&self) -> u64 {
        self.lines.0
    }

    /// How many elements are open.
    pub(super) fn depth(&self) -> usize {
        self.depth
    }

    /// The name of the element that began last, without its prefix.
    pub(super) fn name(&self) -> &str {
        let name = self.tag.get(..self.name).unwrap_or_default();
        name.rsplit_once(':').map_or(name, |(_, name)| name)
    }

    /// An attribute of the element that began last.
    pub(super) fn attribute(&self, name: &str) -> Result<Option<String>, Reason> {
        let tag = BytesStart::from_content(&*self.tag, self.name);
        // Checking for attributes of one name would look at all pairs of them.
        for attribute in tag.attributes().with_checks(false) {
            let attribute = attribute.map_err(|error| ill_formed(&error))?;
            if attribute.key.0 == name {
                let value = attribute.normalized_value(quick_xml::XmlVersion::Implicit1_0);
                return match value {
                    Ok(value) => Ok(Some(value.into_owned())),
                    Err(error) => Err(ill_formed(&error)),
                };
            }
        }
        Ok(None)
    }

    /// The last piece of text.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// Goes to the next part. Nothing can be read behind an error.
    pub(super) fn advance(&mut self) -> Result<Part, Reason> {
        loop {
            self.lines.0 = self.lines.1;
            self.buffer.clear();
            let event = self.reader.read_event_into(&mut self.buffer);
            let part = match event.map_err(reason)? {
                Event::Start(tag) | Event::Empty(tag) => {
                    self.tag.clear();
                    self.tag.push_str(&tag);
                    self.name = tag.name().0.len();
                    self.depth += 1;
                    Some(Part::Open)
                }
                Event::End(_) => {
                    self.depth = self.depth.saturating_sub(1);
                    Some(Part::Close)
                }
                Event::Text(text) => {
                    self.text.clear();
                    self.text.push_str(&text.xml10_content());
                    Some(Part::Text)
                }
                Event::CData(text) => {
                    self.text.clear();
                    self.text.push_str(&text.xml10_content());
                    Some(Part::Text)
                }
                Event::GeneralRef(name) => {
                    self.text.clear();
                    let ch = name
                        .resolve_char_ref()
                        .map_err(|error| ill_formed(&error))?;
                    let ch = ch.or_else(|| predefined(&name));
                    self.text.push(ch.ok_or_else(|| unknown(&name))?);
                    Some(Part::Text)
                }
                Event::Eof if self.depth > 0 => return Err(cut()),
                Event::Eof => Some(Part::End),
                // What a file declares is never expanded, so that nothing grows in memory.
                Event::Decl(_) | Event::PI(_) | Event::DocType(_) | Event::Comment(_) => None,
            };
            self.lines.1 = self.reader.get_ref().line();
            if part == Some(Part::Open) && (self.depth > MAX_DEPTH || self.tag.len() > MAX_TAG) {
                return Err(Reason::NotThis {
                    expected: "XML of an ordinary depth and size of tags",
                    found: format!("an element at depth {}", self.depth),
                });
            }
            if let Some(part) = part {
                return Ok(part);
            }
        }
    }

    /// Appends all text of the element that began last, and goes to its end.
    pub(super) fn content(&mut self, into: &mut String) -> Result<(), Reason> {
        let depth = self.depth;
        loop {
            match self.advance()? {
                Part::Text => into.push_str(&self.text),
                Part::Close if self.depth < depth => return Ok(()),
                Part::End => return Err(cut()),
                Part::Open | Part::Close => {}
            }
        }
    }

    /// Goes to the end of the element that began last.
    pub(super) fn skip(&mut self) -> Result<(), Reason> {
        let depth = self.depth;
        while self.depth >= depth {
            self.advance()?;
        }
        Ok(())
    }

    /// Goes to the next element inside the one that is open at `depth`, and to its end otherwise:
    /// `false` there. Text in between is passed over.
    pub(super) fn child(&mut self, depth: usize) -> Result<bool, Reason> {
        loop {
            match self.advance()? {
                Part::Open => return Ok(true),
                Part::Close if self.depth < depth => return Ok(false),
                Part::End => return Ok(false),
                Part::Text | Part::Close => {}
            }
        }
    }
}

/// The name of the first element of a file, by the file's first bytes.
pub(super) fn root(start: &[u8]) -> Option<String> {
    let mut xml = Xml::new(Box::new(start), start.len()).ok()?;
    loop {
        match xml.advance().ok()? {
            Part::Open => return Some(xml.name().to_owned()),
            Part::Text if xml.text().trim().is_empty() => {}
            _ => return None,
        }
    }
}

fn predefined(name: &str) -> Option<char> {
    Some(match name {
        "lt" => '<',
        "gt" => '>',
        "amp" => '&',
        "apos" => '\'',
        "quot" => '"',
        _ => return None,
    })
}

fn unknown(name: &str) -> Reason {
    let name = crate::text::quote(name, 40);
    ill_formed(&format!("the entity &{name}; is not expanded"))
}

fn ill_formed(error: &dyn std::fmt::Display) -> Reason {
    Reason::NotThis {
        expected: "well-formed XML",
        found: crate::text::quote(&error.to_string(), 200),
    }
}

fn cut() -> Reason {
    Reason::NotThis {
        expected: "a whole file of XML",
        found: "it ends inside an element".to_owned(),
    }
}

fn reason(error: Error) -> Reason {
    match error {
        Error::Io(error) => input::reason(&error),
        Error::Encoding(_) => Reason::NotThis {
            expected: "UTF-8",
            found: "it has bytes that are none, and names no other encoding".to_owned(),
        },
        Error::Syntax(SyntaxError::InvalidBangMarkup) => ill_formed(&"“<!” begins nothing"),
        Error::Syntax(_) => cut(),
        other => ill_formed(&other),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use std::fmt::Write as _;

    use super::*;

    fn shown(file: &[u8]) -> Result<String, String> {
        let mut xml = Xml::new(Box::new(file), 10_000).map_err(|it| it.to_string())?;
        let mut out = String::new();
        loop {
            match xml.advance().map_err(|it| it.to_string())? {
                Part::Open => {
                    let said = xml.attribute("a").map_err(|it| it.to_string())?;
                    write!(out, "<{} {said:?} {}>", xml.name(), xml.line()).unwrap();
                }
                Part::Text => out.push_str(xml.text()),
                Part::Close => out.push_str("</>"),
                Part::End => return Ok(out),
            }
        }
    }

    #[test]
    fn parts_come_in_any_encoding() {
        let file = "<?xml version=\"1.0\" encoding=\"ENC\"?>\n<!DOCTYPE x SYSTEM \"x.dtd\">\n<p:x a='قال &lt;&#10;'>ق\r\n&amp;&#13;<!-- c --><![CDATA[<]]><y/></p:x>\n";
        let wanted = "\n<x Some(\"قال <\\n\") 3>ق\n&\r<<y None 4></></>\n";
        let utf8 = file.replace("ENC", "UTF-8");
        assert_eq!(shown(utf8.as_bytes()).unwrap().trim(), wanted.trim());
        let marked = format!("\u{FEFF}{utf8}");
        assert_eq!(shown(marked.as_bytes()).unwrap().trim(), wanted.trim());
        let (bytes, ..) = encoding_rs::WINDOWS_1256.encode(file);
        let at = memchr::memmem::find(&bytes, b"ENC").unwrap();
        let bytes = [&bytes[..at], b"windows-1256", &bytes[at + 3..]].concat();
        assert_eq!(shown(&bytes).unwrap().trim(), wanted.trim());
        for big in [false, true] {
            let wide = file.replace("ENC", "UTF-16");
            let units = wide.encode_utf16().flat_map(|unit| {
                if big {
                    unit.to_be_bytes()
                } else {
                    unit.to_le_bytes()
                }
            });
            let bytes: Vec<u8> = units.collect();
            assert_eq!(shown(&bytes).unwrap().trim(), wanted.trim());
            let mark: &[u8] = if big { b"\xFE\xFF" } else { b"\xFF\xFE" };
            assert_eq!(
                shown(&[mark, &bytes].concat()).unwrap().trim(),
                wanted.trim()
            );
            assert_eq!(root(&bytes[..bytes.len() - 9]).as_deref(), Some("x"));
        }
    }

    #[test]
    fn what_is_no_xml_is_told() {
        let bomb = "<!DOCTYPE x [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;\">]><x>&b;</x>";
        let deep = "<a>".repeat(300);
        let long = format!("<a>{}</a>", "x".repeat(10_001));
        for (file, said) in [
            (bomb, "&b; is not expanded"),
            ("<x><y></x>", "not well-formed"),
            ("<x>", "ends inside"),
            ("<x a=\"", "ends inside"),
            ("<x a=\"&b;\"/>", "not well-formed"),
            ("<x>&#xD800;</x>", "not well-formed"),
            (&deep, "depth 201"),
            (&long, "more than 10000 bytes"),
        ] {
            let error = shown(file.as_bytes()).unwrap_err();
            assert!(error.contains(said), "{file}: {error}");
        }
        assert!(shown(b"<x>\xFF</x>").unwrap_err().contains("UTF-8"));
        let wrong = b"<?xml version='1.0' encoding='shift_jis'?><x>\x82\x00</x>";
        assert!(shown(wrong).unwrap_err().contains("Shift_JIS"));
        assert_eq!(root(b"{}"), None);
    }

    #[test]
    fn what_is_written_comes_back() {
        let text = "a<b>&amp;\"'\r\n\t ]]>\u{85}\u{2028}قال";
        let file = format!("<x a=\"{}\">{}</x>", attribute(text), content(text));
        let mut xml = Xml::new(Box::new(file.as_bytes()), 10_000).unwrap();
        assert_eq!(xml.advance().unwrap(), Part::Open);
        assert_eq!(xml.attribute("a").unwrap().as_deref(), Some(text));
        let mut found = String::new();
        xml.content(&mut found).unwrap();
        assert_eq!(found, text);
        assert_eq!(content("\u{1}\u{FFFE}"), " \u{FFFD}");
    }
}
