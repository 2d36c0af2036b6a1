//! spaCy's `DocBin` (`.spacy`): zlib around `MessagePack`, with a row of 64-bit numbers a token.
//!
//! Each annotator's spans are a group of `doc.spans`, whose attributes name the annotator and the
//! status. Where one person's spans do not overlap, nor begin or end with white space, which
//! spaCy's training refuses, they are `doc.ents` as well. Id, title and metadata are in
//! `doc.user_data`.

mod hash;
mod read;
#[cfg(test)]
mod tests;
mod unpack;
mod value;
mod write;

pub(super) use read::read;
pub(super) use write::write;

use std::io::Read as _;

use flate2::read::ZlibDecoder;

use super::{Carries, Characters, Feature, Layers, WriteOptions};

/// spaCy's numbers of the attributes of tokens that say something here.
mod attribute {
    pub(super) const ORTH: u64 = 65;
    pub(super) const ENT_IOB: u64 = 77;
    pub(super) const ENT_TYPE: u64 = 78;
    pub(super) const ENT_KB_ID: u64 = 452;
    pub(super) const ENT_ID: u64 = 454;
}

/// The values of `ENT_IOB`.
mod iob {
    pub(super) const MISSING: u64 = 0;
    pub(super) const INSIDE: u64 = 1;
    pub(super) const OUTSIDE: u64 = 2;
    pub(super) const BEGINS: u64 = 3;
}

/// The key of the one group, where there is one: the one that spaCy's span categorizer looks for.
const ONE_GROUP: &str = "sc";
/// The attribute of a group that names the annotator.
const ANNOTATOR: &str = "annotator";
/// The attribute of a group that says how far the annotator is.
const STATUS: &str = "status";
/// The key of a document's title in its data.
const TITLE: &str = "title";
/// The key of a document's metadata in its data.
const METADATA: &str = "metadata";

/// What it carries.
pub(super) fn carries(_options: &WriteOptions) -> Carries {
    Carries {
        layers: Layers::All,
        characters: Characters::All,
        features: &[
            Feature::Nested,
            Feature::Crossing,
            Feature::SameRange,
            Feature::Predictions,
            Feature::Status,
            Feature::Title,
            Feature::Ids,
            Feature::Metadata,
            Feature::EmptyDocuments,
        ],
    }
}

/// Whether a file that begins with these bytes may be one: unpacked, it begins with a small map
/// that soon names the attributes.
pub(super) fn sniff(start: &[u8]) -> bool {
    let mut unpacked = Vec::new();
    // The bytes at hand may be cut off; what came before is enough.
    let _ = ZlibDecoder::new(start).take(256).read_to_end(&mut unpacked);
    let is_map = unpacked.first().is_some_and(|byte| byte & 0xF0 == 0x80);
    is_map && unpacked.windows(6).any(|name| name == b"\xA5attrs")
}
