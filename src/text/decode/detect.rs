//! What encoding bytes are in, when nobody says: the byte order mark, UTF-16's zeros, UTF-8's own shape, and
//! last a guess from letter frequencies.

use super::{DecodeError, TextEncoding, strictly};
use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};

/// How much of a file decides whether it is UTF-16, in bytes.
const SAMPLE: usize = 64 * 1024;

/// The encoding that a byte order mark tells, and the mark's length in bytes.
pub(super) fn byte_order_mark(bytes: &[u8]) -> Option<(TextEncoding, usize)> {
    match bytes {
        [0xEF, 0xBB, 0xBF, ..] => Some((TextEncoding::Utf8, 3)),
        [0xFF, 0xFE, ..] => Some((TextEncoding::Utf16Le, 2)),
        [0xFE, 0xFF, ..] => Some((TextEncoding::Utf16Be, 2)),
        _ => None,
    }
}

/// The encoding of bytes without a mark, and whether it is a guess.
pub(super) fn guess(bytes: &[u8]) -> Result<(TextEncoding, bool), DecodeError> {
    if let Some(encoding) = guess_utf16(bytes) {
        return Ok((encoding, true));
    }
    let Err(error) = str::from_utf8(bytes) else {
        return Ok((TextEncoding::Utf8, false));
    };
    // No encoding of text but UTF-16 has zeros.
    if let Some(at) = memchr::memchr(0, bytes) {
        return Err(DecodeError::NotText { at });
    }
    if is_mostly_utf8(bytes) {
        return Err(DecodeError::Damaged {
            at: error.valid_up_to(),
        });
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    // Read as from an Arabic country: a short text in a code page is Arabic here sooner than anything else.
    Ok((
        TextEncoding::from(detector.guess(Some(b"sa"), Utf8Detection::Deny)),
        true,
    ))
}

/// UTF-16 without a mark shows in its high bytes: 00 for Latin, spaces and digits, 06 for Arabic, 20 for
/// quotes, FB–FE for presentation forms; and it must decode to a text.
fn guess_utf16(bytes: &[u8]) -> Option<TextEncoding> {
    let sample = bytes.get(..bytes.len().min(SAMPLE) & !1)?;
    let pairs = sample.len() / 2;
    let score = |parity: usize| {
        let high = || sample.iter().skip(parity).step_by(2);
        let sure = high().filter(|&&byte| byte == 0 || byte == 6).count();
        let likely = high()
            .filter(|&&byte| matches!(byte, 0 | 6 | 0x20 | 0xFB..=0xFE))
            .count();
        (sure * 2 > pairs && likely * 10 >= pairs * 9).then_some(likely)
    };
    let encoding = match (score(1), score(0)) {
        (Some(le), Some(be)) if be > le => TextEncoding::Utf16Be,
        (Some(_), _) => TextEncoding::Utf16Le,
        (None, Some(_)) => TextEncoding::Utf16Be,
        (None, None) => return None,
    };
    let text = strictly(sample, encoding)
        .or_else(|at| strictly(sample.get(..at).unwrap_or_default(), encoding))
        .ok()?;
    // A surrogate pair cut by the sample's end is no fault; anything earlier is.
    let whole = text.encode_utf16().count() + 1 >= pairs;
    (bytes.len().is_multiple_of(2) && whole && first_control(&text).is_none()).then_some(encoding)
}

/// Whether bytes that are not valid UTF-8 are so for the greater part: more of its sequences than faults.
fn is_mostly_utf8(bytes: &[u8]) -> bool {
    let (mut sequences, mut faults) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        sequences += chunk.valid().chars().filter(|ch| !ch.is_ascii()).count();
        faults += usize::from(!chunk.invalid().is_empty());
    }
    sequences > faults
}

/// The byte of `text` where the first control character stands, if there are so many that it is no text: any
/// null, or more than one in fifty characters. Tabs, line ends, form feeds and the old end-of-file mark count
/// as text.
pub(super) fn first_control(text: &str) -> Option<usize> {
    if let Some(at) = memchr::memchr(0, text.as_bytes()) {
        return Some(at);
    }
    let is_control = |byte: u8| {
        byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\r' | 0x0B | 0x0C | 0x1A) || byte == 0x7F
    };
    let count = text.bytes().filter(|&byte| is_control(byte)).count();
    let too_many = count > 0 && count * 50 > text.chars().count();
    too_many
        .then(|| text.bytes().position(is_control))
        .flatten()
}
