//! UIMA's XMI: an element a structure, its features as attributes. Beside the files of documents
//! stands `TypeSystem.xml`, which says what the features are.

mod read;
mod type_system;
mod write;

pub(in crate::interchange) use read::read;
pub(in crate::interchange) use write::write;

use crate::interchange::{Carries, Characters, WriteOptions, xml};

/// The names under which a type system stands beside documents, ours first.
const TYPE_SYSTEMS: [&str; 2] = ["TypeSystem.xml", "typesystem.xml"];

/// The namespace of XMI itself.
const XMI: &str = "http://www.omg.org/XMI";

/// What it carries.
pub(in crate::interchange) fn carries(_options: &WriteOptions) -> Carries {
    super::carries(Characters::Xml)
}

/// Whether a file that begins with these bytes may be one. Its first tag, with all its namespaces,
/// may be longer than they are.
pub(in crate::interchange) fn sniff(start: &[u8]) -> bool {
    let begun = || memchr::memmem::find(start, b"<xmi:XMI").is_some();
    xml::root(start).map_or_else(begun, |root| root == "XMI")
}
