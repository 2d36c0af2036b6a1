//! `BioC` XML, a document at a time.

use std::io::BufRead;

use crate::interchange::{MAX_TEXT, Problem, Reason, xml::Xml};

use super::{
    raw::{Annotation, Infons, Piece, Raw, Relation},
    read::Documents,
};

/// How large a document may be with its annotations.
const MAX_DOCUMENT: usize = 4 * MAX_TEXT;

/// The documents of a file of XML.
pub(super) struct XmlDocuments<'r> {
    xml: Xml<'r>,
    ended: bool,
}

impl<'r> XmlDocuments<'r> {
    /// Opens a collection.
    pub(super) fn open(input: Box<dyn BufRead + 'r>) -> Result<Self, Problem> {
        let mut xml = Xml::new(input, MAX_DOCUMENT).map_err(Problem::of_file)?;
        let begins = xml.child(0);
        let at = xml.line();
        let begins = begins.map_err(|reason| Problem::at(at, reason))?;
        if !begins || xml.name() != "collection" {
            return Err(Problem::of_file(Reason::NotThis {
                expected: "a collection of BioC",
                found: format!("it begins with “{}”", crate::text::quote(xml.name(), 40)),
            }));
        }
        Ok(Self { xml, ended: false })
    }

    fn document(&mut self) -> Result<Option<Raw>, Reason> {
        while self.xml.child(1)? {
            if self.xml.name() == "document" {
                self.xml.allow(MAX_DOCUMENT);
                return document(&mut self.xml).map(Some);
            }
            self.xml.skip()?;
        }
        Ok(None)
    }
}

impl Documents for XmlDocuments<'_> {
    fn next(&mut self) -> Option<Result<Raw, Problem>> {
        if self.ended {
            return None;
        }
        let found = self.document();
        self.ended = !matches!(found, Ok(Some(_)));
        let line = self.xml.line();
        found
            .map_err(|reason| Problem::at(line, reason))
            .transpose()
    }
}

fn document(xml: &mut Xml<'_>) -> Result<Raw, Reason> {
    let depth = xml.depth();
    let mut raw = Raw {
        line: xml.line(),
        ..Raw::default()
    };
    while xml.child(depth)? {
        match xml.name() {
            "id" => raw.id = Some(content(xml)?),
            "infon" => infon(xml, &mut raw.infons)?,
            _ => part(xml, &mut raw)?,
        }
    }
    Ok(raw)
}

/// Takes what can stand at each level.
fn part(xml: &mut Xml<'_>, raw: &mut Raw) -> Result<(), Reason> {
    match xml.name() {
        "passage" => piece(xml, raw, false),
        "sentence" => piece(xml, raw, true),
        "annotation" => {
            let annotation = annotation(xml)?;
            raw.annotations.push(annotation);
            Ok(())
        }
        "relation" => {
            let relation = relation(xml)?;
            raw.relations.push(relation);
            Ok(())
        }
        _ => xml.skip(),
    }
}

fn piece(xml: &mut Xml<'_>, raw: &mut Raw, sentence: bool) -> Result<(), Reason> {
    let depth = xml.depth();
    let before = raw.pieces.len();
    let mut piece = Piece {
        line: xml.line(),
        sentence,
        ..Piece::default()
    };
    while xml.child(depth)? {
        match xml.name() {
            "offset" => piece.offset = content(xml)?,
            "text" => piece.text = Some(content(xml)?),
            "infon" => infon(xml, &mut piece.infons)?,
            _ => part(xml, raw)?,
        }
    }
    raw.close(piece, before);
    Ok(())
}

fn annotation(xml: &mut Xml<'_>) -> Result<Annotation, Reason> {
    let depth = xml.depth();
    let mut annotation = Annotation {
        line: xml.line(),
        id: xml.attribute("id")?.unwrap_or_default(),
        ..Annotation::default()
    };
    while xml.child(depth)? {
        match xml.name() {
            "infon" => infon(xml, &mut annotation.infons)?,
            "text" => annotation.text = Some(content(xml)?),
            "location" => {
                let offset = xml.attribute("offset")?.unwrap_or_default();
                let length = xml.attribute("length")?.unwrap_or_default();
                annotation.locations.push((offset, length));
                xml.skip()?;
            }
            _ => xml.skip()?,
        }
    }
    Ok(annotation)
}

fn relation(xml: &mut Xml<'_>) -> Result<Relation, Reason> {
    let depth = xml.depth();
    let mut relation = Relation {
        line: xml.line(),
        id: xml.attribute("id")?.unwrap_or_default(),
        ..Relation::default()
    };
    while xml.child(depth)? {
        match xml.name() {
            "infon" => infon(xml, &mut relation.infons)?,
            "node" => {
                let to = xml.attribute("refid")?.unwrap_or_default();
                let role = xml.attribute("role")?.unwrap_or_default();
                relation.nodes.push((to, role));
                xml.skip()?;
            }
            _ => xml.skip()?,
        }
    }
    Ok(relation)
}

fn infon(xml: &mut Xml<'_>, infons: &mut Infons) -> Result<(), Reason> {
    let key = xml.attribute("key")?.unwrap_or_default();
    let value = content(xml)?;
    infons.push((key, value));
    Ok(())
}

fn content(xml: &mut Xml<'_>) -> Result<String, Reason> {
    let mut text = String::new();
    xml.content(&mut text)?;
    Ok(text)
}
