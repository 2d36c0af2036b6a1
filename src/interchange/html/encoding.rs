//! Which encoding a page is in: the one that a person says, else a byte order mark, else UTF-8 where
//! the bytes can be nothing else, else what the page declares, else a guess as of plain text.

use crate::text::{DecodeError, Decoded, TextEncoding, decode};

use super::tokens::{Token, Tokens};

/// How much of a page is searched for a declaration, in bytes: browsers look at 1024, and pages that
/// begin with a long comment of the archive they come from need more.
const SEARCHED: usize = 16 * 1024;

/// The page's text. What the page says is a guess where its bytes do not bear it out.
pub(super) fn decoded(bytes: &[u8], chosen: Option<TextEncoding>) -> Result<Decoded, DecodeError> {
    let marked = [&b"\xEF\xBB\xBF"[..], b"\xFF\xFE", b"\xFE\xFF"];
    // Only UTF-8 looks like UTF-8; plain ASCII may be the shifts of ISO-2022-JP.
    let is_utf8 = || !bytes.is_ascii() && str::from_utf8(bytes).is_ok();
    if chosen.is_some() || marked.iter().any(|mark| bytes.starts_with(mark)) || is_utf8() {
        return decode(bytes, chosen);
    }
    let declared = declared(bytes).map(|encoding| decode(bytes, Some(encoding)));
    match declared {
        Some(Ok(decoded)) => Ok(decoded),
        _ => decode(bytes, None),
    }
}

/// What the page says that it is in.
fn declared(bytes: &[u8]) -> Option<TextEncoding> {
    let start = bytes.get(..SEARCHED).unwrap_or(bytes);
    // All declarations are ASCII; of the rest only the shape matters here.
    let start: String = start
        .iter()
        .map(|byte| if byte.is_ascii() { *byte as char } else { '?' })
        .collect();
    let label = of_xml(&start).or_else(|| of_meta(&start))?;
    let encoding = TextEncoding::from_label(&label)?;
    // A declaration that can be read as ASCII is not in UTF-16.
    let wide = matches!(encoding, TextEncoding::Utf16Le | TextEncoding::Utf16Be);
    Some(if wide { TextEncoding::Utf8 } else { encoding })
}

fn of_xml(start: &str) -> Option<String> {
    let (declaration, _) = start.strip_prefix("<?xml")?.split_once("?>")?;
    let (_, value) = declaration.split_once("encoding")?;
    let value = value.trim_start().strip_prefix('=')?.trim_start();
    let quote = value.chars().next().filter(|ch| matches!(ch, '"' | '\''))?;
    value.split(quote).nth(1).map(str::to_owned)
}

fn of_meta(start: &str) -> Option<String> {
    Tokens::of(start, false).find_map(|token| {
        let Token::Start { name, tag } = token else {
            return None;
        };
        if name != "meta" {
            return None;
        }
        let charset = tag.attribute("charset").map(str::to_owned);
        charset.or_else(|| {
            let kind = tag.attribute("http-equiv")?;
            let content = tag.attribute("content")?.to_ascii_lowercase();
            let (_, value) = content.split_once("charset=")?;
            let end = |ch: char| ch.is_whitespace() || matches!(ch, ';' | '"' | '\'' | ',');
            let label = value.trim_start_matches(end).split(end).next()?;
            kind.eq_ignore_ascii_case("content-type")
                .then(|| label.to_owned())
        })
    })
}
