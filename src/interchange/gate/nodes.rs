//! A text and the nodes in it.

use std::collections::HashMap;

use crate::{
    interchange::{
        MAX_TEXT, Reason, SpanError,
        xml::{Part, Xml},
    },
    text,
};

/// What a `TextWithNodes` holds.
#[derive(Default)]
pub(super) struct Nodes {
    pub(super) text: String,
    /// The bytes of nodes by their ids.
    places: HashMap<String, usize>,
}

impl Nodes {
    /// Reads the element that begins.
    pub(super) fn read(xml: &mut Xml<'_>) -> Result<Self, Reason> {
        let depth = xml.depth();
        let mut nodes = Self::default();
        while xml.depth() >= depth {
            match xml.advance()? {
                Part::Text => {
                    nodes.text.push_str(xml.text());
                    if nodes.text.len() > MAX_TEXT {
                        return Err(Reason::TooLarge {
                            what: "the text",
                            limit: MAX_TEXT,
                        });
                    }
                }
                Part::Open => nodes.node(xml)?,
                Part::Close | Part::End => {}
            }
        }
        Ok(nodes)
    }

    fn node(&mut self, xml: &Xml<'_>) -> Result<(), Reason> {
        let id = xml.attribute("id")?.filter(|_| xml.name() == "Node");
        let Some(id) = id else {
            let name = text::quote(xml.name(), 40);
            return Err(Reason::Malformed(format!(
                "“{name}” stands in the text, where only nodes with ids can"
            )));
        };
        let at = self.text.len();
        match self.places.insert(id.clone(), at) {
            Some(before) if before != at => Err(Reason::Duplicate { what: "node", id }),
            _ => Ok(()),
        }
    }

    /// The bytes of two nodes.
    pub(super) fn between(&self, start: &str, end: &str) -> Result<(usize, usize), SpanError> {
        match self.places.get(start).zip(self.places.get(end)) {
            Some((start, end)) => Ok((*start, *end)),
            None => Err(SpanError::Range {
                start: format!("node {}", text::quote(start, 40)),
                end: format!("node {}", text::quote(end, 40)),
                len: self.places.len(),
                unit: "nodes",
            }),
        }
    }
}
