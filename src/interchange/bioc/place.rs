//! Where in a document's text its annotations are, and in what unit a file counts where nobody said
//! so.

use std::iter;

use crate::{
    annotation::Fragments,
    interchange::{MAX_TEXT, Offsets, Reason, SpanError, Unit, unit::Position as _},
    text,
};

use super::{
    parse::Fault,
    raw::{Annotation, Piece, Raw},
};

/// The widest gap between two passages that is filled.
const MAX_GAP: usize = 10_000;

/// The widest gap that is there where a file counts in the unit that is tried: a line's end.
const USUAL_GAP: usize = 1;

/// The text, and the fragments of each annotation that has some.
pub(super) type Placed = (String, Vec<Option<Fragments>>);

/// The units in which a file may count: its DTD advises bytes, most programs count code points,
/// those in Java UTF-16. The texts beside the annotations tell, and where the passages begin; what
/// one document has told holds for those after it.
pub(super) struct Units {
    left: Vec<Unit>,
    told: bool,
}

/// What a unit makes of a document.
struct Fit {
    unit: Unit,
    /// The widest gap between two pieces.
    gap: usize,
    placed: Placed,
}

impl Units {
    /// Those of a file of which somebody said one, or nothing.
    pub(super) fn new(told: Option<Unit>) -> Self {
        Self {
            left: told.map_or_else(|| Unit::ALL.to_vec(), |unit| vec![unit]),
            told: told.is_some(),
        }
    }

    /// Puts the text together and finds the annotations in it.
    pub(super) fn place(&mut self, raw: &Raw) -> Result<Placed, Fault> {
        let pieces = raw.pieces.iter().filter_map(|piece| piece.text.as_deref());
        // All units are one.
        let plain = pieces.into_iter().all(str::is_ascii);
        let (mut fits, mut first) = (Vec::new(), None);
        for unit in self.left.iter().take(if plain { 1 } else { 3 }) {
            match placed_by(raw, *unit) {
                Ok(fit) => fits.push(fit),
                Err(fault) => {
                    first.get_or_insert(fault);
                }
            }
        }
        if fits.is_empty() {
            // A file may be put together of several; but that has to be proved.
            let other = (!self.told && !plain && raw.annotations.iter().all(is_checked))
                .then(|| Unit::ALL.into_iter().filter(|it| !self.left.contains(it)))
                .and_then(|mut others| others.find_map(|unit| placed_by(raw, unit).ok()));
            return match other {
                Some(fit) => Ok(fit.placed),
                None => Err(first.unwrap_or((raw.line, Reason::Missing("passages")))),
            };
        }
        let fits = decided(raw, fits)?;
        if !plain {
            self.left = fits.iter().map(|fit| fit.unit).collect();
        }
        let first = fits.into_iter().next();
        first
            .map(|fit| fit.placed)
            .ok_or((raw.line, Reason::Missing("passages")))
    }
}

/// Whether a text stands beside an annotation that has a place.
fn is_checked(annotation: &Annotation) -> bool {
    let has_text = annotation.text.as_deref().is_some_and(|it| !it.is_empty());
    has_text || annotation.locations.is_empty()
}

/// Those that may be meant. Where they place an annotation differently, passages that follow one
/// another closely tell; what neither they nor a text beside it tells is not guessed.
fn decided(raw: &Raw, mut fits: Vec<Fit>) -> Result<Vec<Fit>, Fault> {
    if agree(&fits) {
        return Ok(fits);
    }
    if fits.iter().any(|fit| fit.gap <= USUAL_GAP) {
        fits.retain(|fit| fit.gap <= USUAL_GAP);
    }
    if agree(&fits) {
        return Ok(fits);
    }
    for (at, annotation) in raw.annotations.iter().enumerate() {
        let mut places = fits.iter().map(|fit| fit.placed.1.get(at));
        let one = places.next();
        if !is_checked(annotation) && places.any(|place| Some(place) != one) {
            let units: Vec<&str> = fits.iter().map(|fit| fit.unit.plural()).collect();
            let reason = Reason::SeveralUnits {
                span: annotation.id.clone(),
                units: units.join(" or "),
            };
            return Err((annotation.line, reason));
        }
    }
    Ok(fits)
}

/// Whether all make the same of a document.
fn agree(fits: &[Fit]) -> bool {
    let mut fits = fits.iter();
    let first = fits.next();
    fits.all(|fit| first.is_some_and(|first| first.placed == fit.placed))
}

fn placed_by(raw: &Raw, unit: Unit) -> Result<Fit, Fault> {
    let (text, base, gap) = assembled(&raw.pieces, unit)?;
    let offsets = Offsets::new(&text, unit);
    let mut placed = Vec::with_capacity(raw.annotations.len());
    for annotation in &raw.annotations {
        if annotation.locations.is_empty() {
            placed.push(None);
            continue;
        }
        let fragments = fragments(annotation, &offsets, base);
        placed.push(Some(fragments.map_err(|error| {
            let span = annotation.id.clone();
            (annotation.line, Reason::Span { span, error })
        })?));
    }
    Ok(Fit {
        unit,
        gap,
        placed: (text, placed),
    })
}

/// The text that the pieces make, each at its offset, the offset at which it begins, and the widest
/// gap. What lies between two of them is filled, so that all offsets hold.
fn assembled(pieces: &[Piece], unit: Unit) -> Result<(String, usize, usize), Fault> {
    let mut whole = String::new();
    let (mut base, mut length, mut widest) = (None, 0, 0);
    for (number, piece) in (1..).zip(pieces) {
        let Some(text) = piece.text.as_deref().filter(|text| !text.is_empty()) else {
            continue;
        };
        let what = if piece.sentence {
            "sentence"
        } else {
            "passage"
        };
        let wrong = |said: String| {
            let said = format!("{what} {number} of the document {said}");
            Err((piece.line, Reason::Malformed(said)))
        };
        let Some(offset) = piece.offset.trim().position() else {
            let found = text::quote(&piece.offset, 40);
            return wrong(format!("has the offset “{found}”"));
        };
        let base = *base.get_or_insert(offset);
        let Some(gap) = offset
            .checked_sub(base)
            .and_then(|at| at.checked_sub(length))
        else {
            let end = base.saturating_add(length);
            return wrong(format!(
                "begins at {offset}, before {end}, where the one before it ends"
            ));
        };
        if gap > MAX_GAP {
            return wrong(format!(
                "begins {gap} behind the one before it, more than {MAX_GAP}"
            ));
        }
        if whole.len().saturating_add(gap).saturating_add(text.len()) > MAX_TEXT {
            let reason = Reason::TooLarge {
                what: "the text",
                limit: MAX_TEXT,
            };
            return Err((piece.line, reason));
        }
        let filler = if piece.sentence { ' ' } else { '\n' };
        whole.extend(iter::repeat_n(filler, gap));
        whole.push_str(text);
        length += gap + length_of(text, unit);
        widest = widest.max(gap);
    }
    Ok((whole, base.unwrap_or(0), widest))
}

fn length_of(text: &str, unit: Unit) -> usize {
    match unit {
        Unit::Bytes => text.len(),
        Unit::CodePoints => text.chars().count(),
        Unit::Utf16 => text.encode_utf16().count(),
    }
}

fn fragments(
    annotation: &Annotation,
    offsets: &Offsets<'_>,
    base: usize,
) -> Result<Fragments, SpanError> {
    let mut ranges = Vec::with_capacity(annotation.locations.len());
    for (offset, length) in &annotation.locations {
        let start = offset.position().and_then(|at| at.checked_sub(base));
        let end = start
            .zip(length.position())
            .and_then(|(at, length)| at.checked_add(length));
        ranges.push(match start.zip(end) {
            Some((start, end)) => offsets.range(start, end)?,
            None => offsets.range(&**offset, &format!("{offset}+{length}"))?,
        });
    }
    let fragments = Fragments::checked(offsets.text(), ranges)?;
    if let Some(written) = annotation.text.as_deref().filter(|it| !it.is_empty())
        && !says(&fragments, offsets.text(), written)
    {
        return Err(SpanError::Text {
            written: text::quote(written, 60),
            found: text::quote(&fragments.text(offsets.text()), 60),
        });
    }
    Ok(fragments)
}

/// Whether an annotation is of the text that stands beside it: the fragments', or all from the first
/// to the last, but for white space and what joins fragments.
fn says(fragments: &Fragments, text: &str, written: &str) -> bool {
    let (start, end) = fragments.extent();
    let extent = text.get(start..end).unwrap_or_default();
    if extent == written {
        return true;
    }
    let letter = |ch: &char| !ch.is_whitespace() && !ch.is_control() && *ch != '…';
    if !written.chars().any(|ch| letter(&ch)) {
        return extent.trim() == written.trim();
    }
    let same = |one: &str| {
        one.chars()
            .filter(letter)
            .eq(written.chars().filter(letter))
    };
    same(extent) || (fragments.ranges().len() > 1 && same(&fragments.text(text)))
}
