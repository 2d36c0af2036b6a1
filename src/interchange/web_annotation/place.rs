//! Where in a text selectors select: by position, held against the quote beside it; else by the quote
//! alone, where it stands once, or once between what is before and behind it.

use std::cell::{Cell, OnceCell};

use serde_json::Value;

use crate::{
    interchange::{Offsets, Reason, SpanError, Unit},
    text::{self, ByteRange},
};

use super::item::Fields;

/// How many bytes are looked through for quotes without a position: a file of many of them in a
/// large text would take without end.
const MAX_SEARCHED: usize = 4 << 30;

/// A text in which selectors select.
pub(super) struct Places<'a> {
    offsets: Offsets<'a>,
    /// Where nobody said what is counted: programs of the web count UTF-16.
    utf16: Option<OnceCell<Offsets<'a>>>,
    searched: Cell<usize>,
}

/// A quote.
#[derive(Clone, Copy)]
struct Quote<'s> {
    exact: &'s str,
    prefix: &'s str,
    suffix: &'s str,
}

impl<'a> Places<'a> {
    pub(super) fn new(text: &'a str, unit: Option<Unit>) -> Self {
        Self {
            offsets: Offsets::new(text, unit.unwrap_or(Unit::CodePoints)),
            utf16: unit.is_none().then(OnceCell::new),
            searched: Cell::new(0),
        }
    }

    /// The range that all selectors of a target select, each in its own way.
    pub(super) fn range(&self, id: &str, selectors: &[Fields]) -> Result<ByteRange, Reason> {
        let mut quote = None;
        let mut position = None;
        for selector in selectors {
            let kind = selector.get("type").or_else(|| selector.get("@type"));
            match kind.and_then(Value::as_str).unwrap_or_default() {
                "TextQuoteSelector" | "oa:TextQuoteSelector" => quote = Quote::of(selector),
                "TextPositionSelector" | "oa:TextPositionSelector" => {
                    let end = |field: &str| selector.get(field).cloned().unwrap_or_default();
                    position = Some((end("start"), end("end")));
                }
                "FragmentSelector" | "oa:FragmentSelector" => {
                    position = position.or_else(|| characters(selector));
                }
                _ => {}
            }
        }
        let span = |error| Reason::Span {
            span: id.to_owned(),
            error,
        };
        let Some((start, end)) = position else {
            let quote = quote.ok_or_else(|| {
                let said = "has neither a position nor a quote in the text";
                Reason::Malformed(format!("annotation {id} {said}"))
            })?;
            return self.search(id, quote);
        };
        let found = self.offsets.range(&start, &end);
        let Some(quote) = quote else {
            return found.map_err(span);
        };
        let says = |range: &ByteRange| range.slice(self.offsets.text()) == quote.exact;
        if let Ok(range) = &found
            && says(range)
        {
            return Ok(*range);
        }
        if let Some(utf16) = &self.utf16 {
            let offsets = utf16.get_or_init(|| Offsets::new(self.offsets.text(), Unit::Utf16));
            let other = offsets.range(&start, &end).ok().filter(says);
            if let Some(other) = other {
                return Ok(other);
            }
        }
        // A position of another version of the text, or a quote with other white space.
        self.search(id, quote).or_else(|_| {
            let range = found.map_err(span)?;
            let there = range.slice(self.offsets.text());
            if same_letters(there, quote.exact) {
                return Ok(range);
            }
            Err(span(SpanError::Text {
                written: text::quote(quote.exact, 60),
                found: text::quote(there, 60),
            }))
        })
    }

    /// The one place of a quote.
    fn search(&self, id: &str, quote: Quote<'_>) -> Result<ByteRange, Reason> {
        let text = self.offsets.text();
        let wrong = |said: &str| {
            let quoted = text::quote(quote.exact, 60);
            Reason::Malformed(format!("annotation {id}: the quote “{quoted}” {said}"))
        };
        if quote.exact.is_empty() {
            return Err(wrong("is empty"));
        }
        let spend = |bytes: usize| {
            let searched = self.searched.get().saturating_add(bytes);
            self.searched.set(searched);
            if searched > MAX_SEARCHED {
                return Err(wrong(
                    "is one of too many without a position in so large a text",
                ));
            }
            Ok(())
        };
        spend(text.len())?;
        // A letter stands in a text so often that looking at each place is what takes the time.
        let look = quote.prefix.len().saturating_add(quote.suffix.len());
        let look = look.saturating_add(64);
        let (mut only, mut count) = (None, 0_u32);
        let (mut between, mut betweens) = (None, 0_u32);
        for at in memchr::memmem::find_iter(text.as_bytes(), quote.exact.as_bytes()) {
            spend(look)?;
            let end = at + quote.exact.len();
            (only, count) = (Some((at, end)), count.saturating_add(1));
            let before = text.get(..at).unwrap_or_default();
            let behind = text.get(end..).unwrap_or_default();
            if before.ends_with(quote.prefix) && behind.starts_with(quote.suffix) {
                (between, betweens) = (Some((at, end)), betweens + 1);
                if betweens > 1 {
                    break;
                }
            }
        }
        let found = match (count, betweens) {
            (0, _) => return Err(wrong("is not in the text")),
            (1, _) => only,
            (_, 1) => between,
            _ => {
                return Err(wrong(
                    "stands in the text several times, and nothing tells which is meant",
                ));
            }
        };
        let range = found.and_then(|(start, end)| ByteRange::new(text, start, end).ok());
        range.ok_or_else(|| wrong("is not in the text"))
    }
}

impl<'s> Quote<'s> {
    fn of(selector: &'s Fields) -> Option<Self> {
        let text = |field: &str| selector.get(field).and_then(Value::as_str);
        Some(Self {
            exact: text("exact")?,
            prefix: text("prefix").unwrap_or_default(),
            suffix: text("suffix").unwrap_or_default(),
        })
    }
}

/// The position that a fragment of plain text says (RFC 5147): `char=0,5`.
fn characters(selector: &Fields) -> Option<(Value, Value)> {
    let value = selector.get("value")?.as_str()?;
    let (start, end) = value
        .trim_start_matches('#')
        .strip_prefix("char=")?
        .split_once(',')?;
    let end = end.split(';').next()?;
    let number = |text: &str| text.parse::<u64>().ok().map(Value::from);
    Some((number(start)?, number(end)?))
}

/// Whether two texts are the same but for white space.
fn same_letters(one: &str, other: &str) -> bool {
    let letter = |ch: &char| !ch.is_whitespace();
    let some = one.chars().any(|ch| letter(&ch));
    some && one.chars().filter(letter).eq(other.chars().filter(letter))
}
