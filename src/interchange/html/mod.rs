//! A saved web page: the article in it as lines of text, without what stands around it on a site.
//! It is read only. What the page says of itself (address, author, date, site, language) is kept.

mod encoding;
mod json_ld;
mod lines;
mod names;
mod prune;
mod read;
#[cfg(test)]
mod tests;
mod tokens;

pub(super) use read::read;

use super::{Carries, Characters, Feature, Layers, WriteOptions};

/// The texts of a piece of a page, one behind the other, as a browser counts in them.
pub(super) fn content(markup: &str) -> String {
    let texts = tokens::Tokens::of(markup, false).filter_map(|token| match token {
        tokens::Token::Text(text) => Some(lines::unescape(text)),
        _ => None,
    });
    texts.collect()
}

/// What a page carries: its text, and what it says of itself.
pub(super) fn carries(_options: &WriteOptions) -> Carries {
    Carries {
        layers: Layers::None,
        characters: Characters::All,
        features: &[Feature::Title, Feature::Metadata, Feature::EmptyDocuments],
    }
}

/// Whether a file that begins with these bytes may be one. Behind a byte order mark, white space and
/// comments stands a document type, or the first element of a page.
pub(super) fn sniff(start: &[u8]) -> bool {
    let plain: Vec<u8> = match start {
        [0xFF, 0xFE, rest @ ..] => rest.iter().copied().step_by(2).collect(),
        [0xFE, 0xFF, rest @ ..] => rest.iter().skip(1).copied().step_by(2).collect(),
        [0xEF, 0xBB, 0xBF, rest @ ..] => rest.to_vec(),
        _ => start.to_vec(),
    };
    let mut rest = plain.trim_ascii_start();
    loop {
        let end: &[u8] = match rest {
            [b'<', b'!', b'-', b'-', ..] => b"-->",
            [b'<', b'?', ..] => b">",
            _ => break,
        };
        let Some(at) = memchr::memmem::find(rest, end) else {
            return false;
        };
        rest = rest.get(at + end.len()..).unwrap_or_default();
        rest = rest.trim_ascii_start();
    }
    let begins = |tag: &[u8]| {
        let head = rest.get(..tag.len());
        let next = rest.get(tag.len());
        head.is_some_and(|head| head.eq_ignore_ascii_case(tag))
            && next.is_none_or(|next| next.is_ascii_whitespace() || *next == b'>')
    };
    [&b"<!doctype html"[..], b"<html", b"<head", b"<body"]
        .into_iter()
        .any(begins)
}
