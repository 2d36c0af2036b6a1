//! From the bytes of a file to text, without ever replacing a byte that does not fit by U+FFFD: such a file is
//! refused with the place and with what to do. Line ends and composition stay as they are; only a byte order
//! mark is left out, and told.

mod detect;
mod encoding;

pub use encoding::TextEncoding;

use encoding_rs::DecoderResult;

/// A file's text and how it was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decoded {
    /// The text, without a byte order mark.
    pub text: String,
    /// The encoding it was in.
    pub encoding: TextEncoding,
    /// Whether it began with a byte order mark.
    pub bom: bool,
    /// Whether the encoding was guessed: neither chosen, nor told by a byte order mark, nor plain from the
    /// bytes being valid UTF-8. People are shown a guess and can choose another.
    pub guessed: bool,
}

/// Why bytes are not a text. Positions are bytes from the start of the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum DecodeError {
    /// Bytes that the encoding does not allow.
    #[error("byte {at} is not valid {}", encoding.name())]
    Invalid {
        /// The encoding it was read in.
        encoding: TextEncoding,
        /// The first byte that does not fit.
        at: usize,
    },
    /// Mostly UTF-8, with bytes that are not.
    #[error("the text is UTF-8, but damaged at byte {at}")]
    Damaged {
        /// The first byte that does not fit.
        at: usize,
    },
    /// Nulls or control characters: a picture, an archive, a program.
    #[error("this is not a text: it has control characters, the first at byte {at}")]
    NotText {
        /// The first of them; in a UTF-16 file the byte where it starts.
        at: usize,
    },
}

impl DecodeError {
    /// What the person can do about it.
    pub const fn hint(&self) -> &'static str {
        match self {
            Self::Invalid { .. } => {
                "Say what the file is in, for example with --encoding windows-1256, --encoding utf-16le or --encoding utf-8."
            }
            Self::Damaged { .. } => {
                "Get the file again from where it came, or choose another encoding with --encoding NAME if it is not UTF-8."
            }
            Self::NotText { .. } => {
                "Save the article as plain text. If it is plain text, choose its encoding with --encoding NAME."
            }
        }
    }
}

/// The text of `bytes`: in the encoding that the person has `chosen`, else in the one that a byte order mark
/// tells, else in UTF-8 if they are valid, else in a guess.
pub fn decode(bytes: &[u8], chosen: Option<TextEncoding>) -> Result<Decoded, DecodeError> {
    let mark = detect::byte_order_mark(bytes);
    let (encoding, guessed) = match (chosen, mark) {
        // A text that began with a mark of the other byte order would begin with a character that none has.
        (Some(chosen), Some((marked, _))) if chosen.is_utf16() && marked.is_utf16() => {
            (marked, false)
        }
        (Some(chosen), _) => (chosen, false),
        (None, Some((marked, _))) => (marked, false),
        (None, None) => detect::guess(bytes)?,
    };
    let skipped = mark
        .filter(|(marked, _)| *marked == encoding)
        .map_or(0, |(_, length)| length);
    let body = bytes.get(skipped..).unwrap_or_default();
    let text = strictly(body, encoding).map_err(|at| DecodeError::Invalid {
        encoding,
        at: skipped + at,
    })?;
    if let Some(at) = detect::first_control(&text) {
        return Err(DecodeError::NotText {
            at: skipped + encoding.encoded_len(&text, at),
        });
    }
    Ok(Decoded {
        text,
        encoding,
        bom: skipped > 0,
        guessed,
    })
}

/// `bytes` in `encoding`, or the first byte that does not fit.
fn strictly(bytes: &[u8], encoding: TextEncoding) -> Result<String, usize> {
    if encoding == TextEncoding::Utf8 {
        return match str::from_utf8(bytes) {
            Ok(text) => Ok(text.to_owned()),
            Err(error) => Err(error.valid_up_to()),
        };
    }
    let mut decoder = encoding.encoding().new_decoder_without_bom_handling();
    // Enough for any text of these bytes; the loop grows it should it not be.
    let mut text = String::with_capacity(
        decoder
            .max_utf8_buffer_length_without_replacement(bytes.len())
            .unwrap_or(0),
    );
    let mut read = 0;
    loop {
        let rest = bytes.get(read..).unwrap_or_default();
        let (result, more) = decoder.decode_to_string_without_replacement(rest, &mut text, true);
        read += more;
        match result {
            DecoderResult::InputEmpty => {
                text.shrink_to_fit();
                return Ok(text);
            }
            DecoderResult::OutputFull => text.reserve(rest.len() + 64),
            DecoderResult::Malformed(bad, after) => {
                return Err(read.saturating_sub(usize::from(bad) + usize::from(after)));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::panic,
        clippy::string_slice,
        reason = "tests"
    )]

    use super::*;
    use proptest::prelude::*;

    const ARTICLE: &str = "أعلنت وزارة الثقافة افتتاح المعرض الدولي للكتاب في المدينة القديمة.\r\nوقال المدير: “نتوقع حضوراً كبيراً”، فيما لم يعلّق المنظمون على موعد الختام؟!\n";

    fn utf16(text: &str, big: bool) -> Vec<u8> {
        text.encode_utf16()
            .flat_map(|unit| {
                if big {
                    unit.to_be_bytes()
                } else {
                    unit.to_le_bytes()
                }
            })
            .collect()
    }

    fn windows_1256(text: &str) -> Vec<u8> {
        let (bytes, _, lossy) = encoding_rs::WINDOWS_1256.encode(text);
        assert!(!lossy);
        bytes.into_owned()
    }

    #[test]
    fn reads_every_encoding_that_arabic_news_come_in() {
        let marked = |mark: &[u8], body: Vec<u8>| [mark, &body].concat();
        let cases = [
            (
                ARTICLE.as_bytes().to_vec(),
                TextEncoding::Utf8,
                false,
                false,
            ),
            (
                marked(b"\xEF\xBB\xBF", ARTICLE.as_bytes().to_vec()),
                TextEncoding::Utf8,
                true,
                false,
            ),
            (
                marked(b"\xFF\xFE", utf16(ARTICLE, false)),
                TextEncoding::Utf16Le,
                true,
                false,
            ),
            (
                marked(b"\xFE\xFF", utf16(ARTICLE, true)),
                TextEncoding::Utf16Be,
                true,
                false,
            ),
            (utf16(ARTICLE, false), TextEncoding::Utf16Le, false, true),
            (utf16(ARTICLE, true), TextEncoding::Utf16Be, false, true),
            (
                windows_1256(ARTICLE),
                TextEncoding::Windows1256,
                false,
                true,
            ),
        ];
        for (bytes, encoding, bom, guessed) in cases {
            let got = decode(&bytes, None).unwrap();
            assert_eq!(
                got,
                Decoded {
                    text: ARTICLE.to_owned(),
                    encoding,
                    bom,
                    guessed
                }
            );
            assert_eq!(
                decode(&bytes, Some(encoding)).unwrap().text,
                ARTICLE,
                "chosen: {}",
                encoding.name()
            );
        }
    }

    #[test]
    fn guesses_from_short_texts() {
        for text in ["خبر", "نعم", "قال الوزير إن الاتفاق قريب", "AFP: news"]
        {
            assert_eq!(decode(&utf16(text, false), None).unwrap().text, text);
            assert_eq!(decode(&utf16(text, true), None).unwrap().text, text);
        }
        assert_eq!(
            decode(&windows_1256("قال الوزير إن الاتفاق قريب"), None)
                .unwrap()
                .encoding,
            TextEncoding::Windows1256
        );
    }

    #[test]
    fn empty_and_blank_files_are_texts() {
        assert_eq!(decode(b"", None).unwrap().text, "");
        assert_eq!(decode(b"\n\n\n", None).unwrap().text, "\n\n\n");
        assert_eq!(
            decode(b"\xEF\xBB\xBF", None).unwrap(),
            Decoded {
                text: String::new(),
                encoding: TextEncoding::Utf8,
                bom: true,
                guessed: false
            }
        );
    }

    #[test]
    fn the_stored_text_is_not_changed() {
        let decomposed = "ا\u{653}ذار\u{FEFF} \r\n\rA\u{30A}ﻻ";
        assert_eq!(
            decode(decomposed.as_bytes(), None).unwrap().text,
            decomposed
        );
    }

    #[test]
    fn damaged_utf8_is_refused_and_not_guessed() {
        let mut bytes = ARTICLE.as_bytes().to_vec();
        let at = "أعلنت وزارة ".len();
        bytes.splice(at..at, *b"\xFF\xFE\xC3(");
        assert_eq!(decode(&bytes, None), Err(DecodeError::Damaged { at }));
        assert_eq!(
            decode(&bytes, Some(TextEncoding::Utf8)),
            Err(DecodeError::Invalid {
                encoding: TextEncoding::Utf8,
                at
            })
        );
        assert!(
            decode(&bytes, None)
                .unwrap_err()
                .hint()
                .contains("--encoding")
        );
        let cut = &ARTICLE.as_bytes()[..=at];
        assert_eq!(decode(cut, None), Err(DecodeError::Damaged { at }));
    }

    #[test]
    fn a_choice_that_does_not_fit_says_where() {
        let bytes = windows_1256(ARTICLE);
        assert!(matches!(
            decode(&bytes, Some(TextEncoding::Utf8)),
            Err(DecodeError::Invalid { at: 0, .. })
        ));
        let mut lone = utf16("قال", false);
        lone.extend([0x00, 0xD8, 0x41, 0x00]);
        let error = decode(&lone, Some(TextEncoding::Utf16Le)).unwrap_err();
        assert_eq!(
            error,
            DecodeError::Invalid {
                encoding: TextEncoding::Utf16Le,
                at: 6
            }
        );
        let odd = &utf16("قال", false)[..5];
        assert!(matches!(
            decode(odd, Some(TextEncoding::Utf16Le)),
            Err(DecodeError::Invalid { at: 4, .. })
        ));
    }

    #[test]
    fn a_mark_decides_the_byte_order_of_utf16() {
        let bytes = [b"\xFE\xFF".to_vec(), utf16("قال", true)].concat();
        let label = TextEncoding::from_label("utf-16").unwrap();
        assert_eq!(decode(&bytes, Some(label)).unwrap().text, "قال");
    }

    #[test]
    fn binaries_are_refused() {
        let png = b"\x89PNG\r\n\x1A\n\0\0\0\rIHDR\0\0\x01\0\0\0\x01\0\x08\x06";
        assert!(
            matches!(decode(png, None), Err(DecodeError::NotText { .. })),
            "{:?}",
            decode(png, None)
        );
        assert!(matches!(
            decode(&[0; 64], None),
            Err(DecodeError::NotText { at: 0 })
        ));
        assert!(matches!(
            decode(b"SQLite format 3\0\x10\0\x01\x01", None),
            Err(DecodeError::NotText { .. })
        ));
        let elf: Vec<u8> = [
            b"\x7FELF\x02\x01\x01\0".as_slice(),
            &(0..200).collect::<Vec<u8>>(),
        ]
        .concat();
        assert!(decode(&elf, None).is_err());
        assert_eq!(
            decode("قال\0نعم".as_bytes(), None),
            Err(DecodeError::NotText { at: 6 })
        );
        let one_stray = format!("{ARTICLE}\u{8}");
        assert_eq!(
            decode(one_stray.as_bytes(), None).unwrap().text,
            one_stray,
            "a stray control is no binary"
        );
    }

    proptest! {
        #[test]
        fn valid_utf8_comes_back_as_it_was(text in "[ -~\n\r\u{621}-\u{64A}\u{200B}-\u{2069}😀]{0,80}") {
            prop_assert_eq!(decode(text.as_bytes(), None).unwrap().text, text);
        }

        #[test]
        fn no_bytes_panic_or_yield_a_replacement(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            for chosen in [None, Some(TextEncoding::Utf8), Some(TextEncoding::Utf16Be), Some(TextEncoding::Windows1256)] {
                if let Ok(decoded) = decode(&bytes, chosen) {
                    let written = "\u{FFFD}".as_bytes();
                    let replaced = decoded.text.contains('\u{FFFD}')
                        && !bytes.windows(3).any(|w| w == written)
                        && !bytes.windows(2).any(|w| w == [0xFF, 0xFD] || w == [0xFD, 0xFF]);
                    prop_assert!(!replaced);
                }
            }
        }
    }
}
