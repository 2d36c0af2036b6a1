//! The text room against a folder of awkward files with a list of what they are: encodings, decomposed text,
//! CRLF, tashkeel, ligatures, bidi controls, invalid bytes. The folder is no part of the repository; without it
//! these tests pass, and the room's own tests stand for them.

use crate::inputs::input;
use hashiya::text::arabic::{find_all, normalize};
use hashiya::text::segment::{grapheme_count, is_grapheme_edge, snap_grapheme, words};
use hashiya::text::title::title_of;
use hashiya::text::trim::trim_selection;
use hashiya::text::{
    ByteRange, DecodeError, Decoded, OffsetMap, TextEncoding, decode, invisible, is_tashkeel,
    paragraphs,
};
use serde_json::Value;

fn expected() -> Option<Value> {
    Some(serde_json::from_slice(&input("fixtures/expected.json")?).unwrap())
}

fn fixture(name: &str) -> Vec<u8> {
    input(&format!("fixtures/{name}")).expect("the file is in the list")
}

fn article() -> Option<String> {
    Some(
        decode(&input("articles/istanbul_talks.txt")?, None)
            .unwrap()
            .text,
    )
}

fn number(value: &Value, key: &str) -> Option<usize> {
    value.get(key)?.as_u64().map(|n| n as usize)
}

fn pair(value: &Value, key: &str) -> (usize, usize) {
    let at = |i: usize| value[key][i].as_u64().unwrap() as usize;
    (at(0), at(1))
}

#[test]
fn every_file_decodes_to_what_the_list_says() {
    let Some(expected) = expected() else { return };
    let article = article().unwrap();
    for (name, facts) in expected.as_object().unwrap() {
        let Some(points) = number(facts, "codepoints_after_decode") else {
            continue;
        };
        let bytes = fixture(name);
        assert_eq!(Some(bytes.len()), number(facts, "bytes"), "{name}");
        let decoded = decode(&bytes, None).unwrap();
        assert_eq!(decoded.text.chars().count(), points, "{name}");
        assert_eq!(OffsetMap::new(&decoded.text).char_len(), points, "{name}");
        if let Some(same) = facts.get("equals_seed").and_then(Value::as_bool) {
            assert_eq!(decoded.text == article, same, "{name}");
        }
        let chosen = decode(&bytes, Some(decoded.encoding)).unwrap();
        assert_eq!(
            Decoded {
                guessed: decoded.guessed,
                ..chosen
            },
            decoded,
            "{name}"
        );
    }
}

#[test]
fn encodings_are_told_or_guessed() {
    if expected().is_none() {
        return;
    }
    let cases = [
        ("seed_utf8_bom.txt", TextEncoding::Utf8, true, false),
        ("seed_utf16le_bom.txt", TextEncoding::Utf16Le, true, false),
        ("seed_utf16be_bom.txt", TextEncoding::Utf16Be, true, false),
        ("seed_cp1256.txt", TextEncoding::Windows1256, false, true),
        ("seed_crlf.txt", TextEncoding::Utf8, false, false),
        ("torture.txt", TextEncoding::Utf8, false, false),
        ("empty.txt", TextEncoding::Utf8, false, false),
    ];
    for (name, encoding, bom, guessed) in cases {
        let got = decode(&fixture(name), None).unwrap();
        assert_eq!(
            (got.encoding, got.bom, got.guessed),
            (encoding, bom, guessed),
            "{name}"
        );
    }
    for name in ["seed_utf16le_bom.txt", "seed_utf16be_bom.txt"] {
        let unmarked = &fixture(name)[2..];
        assert_eq!(
            decode(unmarked, None).unwrap().text,
            article().unwrap(),
            "{name} without its mark"
        );
    }
}

#[test]
fn invalid_bytes_are_refused_with_their_place() {
    if expected().is_none() {
        return;
    }
    let bytes = fixture("invalid_utf8.txt");
    let at = bytes.iter().position(|&byte| byte == 0xFF).unwrap();
    let error = decode(&bytes, None).unwrap_err();
    assert_eq!(error, DecodeError::Damaged { at });
    assert!(error.to_string().contains(&at.to_string()));
    assert!(error.hint().contains("--encoding"));
    assert!(decode(&bytes, Some(TextEncoding::Utf8)).is_err());
}

#[test]
fn offsets_agree_in_all_three_units() {
    let Some(expected) = expected() else { return };
    let facts = &expected["torture.txt"];
    let text = decode(&fixture("torture.txt"), None).unwrap().text;
    let map = OffsetMap::new(&text);
    assert_eq!(Some(map.utf16_len()), number(facts, "utf16_units"));
    assert_eq!(Some(text.len()), number(facts, "utf8_bytes"));
    for span in facts["spans"].as_array().unwrap() {
        let (start, end) = pair(span, "byte");
        let range = ByteRange::new(&text, start, end).unwrap();
        assert_eq!(range.slice(&text), span["text"].as_str().unwrap());
        for (byte, cp, utf16) in [
            (start, pair(span, "cp").0, pair(span, "utf16").0),
            (end, pair(span, "cp").1, pair(span, "utf16").1),
        ] {
            assert_eq!(map.char_of_byte(&text, byte), Some(cp));
            assert_eq!(map.utf16_of_byte(&text, byte), Some(utf16));
            assert_eq!(map.byte_of_char(&text, cp), Some(byte));
            assert_eq!(map.byte_of_utf16(&text, utf16), Some(byte));
            assert!(is_grapheme_edge(&text, byte));
        }
        assert_eq!(
            trim_selection(&text, range),
            range,
            "nothing at its edges to shed"
        );
    }
}

#[test]
fn bidi_controls_are_found() {
    let Some(expected) = expected() else { return };
    let text = decode(&fixture("torture.txt"), None).unwrap().text;
    let map = OffsetMap::new(&text);
    let found: Vec<(usize, String)> = invisible::scan(&text)
        .filter(|found| invisible::is_bidi_format(found.ch))
        .map(|found| (map.char_of_byte(&text, found.at).unwrap(), found.code()))
        .collect();
    let listed: Vec<(usize, String)> =
        serde_json::from_value(expected["torture.txt"]["bidi_controls"].clone()).unwrap();
    assert_eq!(found, listed);
    assert!(invisible::unbalanced(&text).is_empty());
}

#[test]
fn search_sees_through_marks_stretching_and_ligatures() {
    if expected().is_none() {
        return;
    }
    let text = decode(&fixture("torture.txt"), None).unwrap().text;
    let found = |needle: &str| {
        find_all(&text, needle)
            .map(|r| r.slice(&text).to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(found("محمد"), ["مُحَمَّدٌ"]);
    assert_eq!(found("الموقع"), ["الـمـــوقع"]);
    assert_eq!(found("2024"), ["٢٠٢٤"]);
    assert_eq!(found("afp"), ["AFP"]);
    assert_eq!(found("میخواهم"), ["می\u{200C}خواهم"]);
    assert!(found("لا").contains(&"ﻻ".to_owned()) && found("لا").contains(&"لإ".to_owned()));
    assert!(words(&text).any(|word| &text[word] == "AFP"));
}

#[test]
fn decomposed_text_is_kept_and_found() {
    let Some(article) = article() else { return };
    let decomposed = decode(&fixture("seed_nfd.txt"), None).unwrap().text;
    assert_ne!(decomposed, article);
    assert_eq!(normalize(&decomposed).text, normalize(&article).text);
    for needle in ["إسطنبول", "المسؤول", "تقدّم", "القضايا الرئيسية"]
    {
        let there = find_all(&article, needle).count();
        assert!(there > 0, "{needle}");
        assert_eq!(find_all(&decomposed, needle).count(), there, "{needle}");
        assert!(find_all(&decomposed, needle).all(|range| {
            is_grapheme_edge(&decomposed, range.start())
                && is_grapheme_edge(&decomposed, range.end())
        }));
    }
}

#[test]
fn line_ends_are_kept_and_shift_offsets() {
    let Some(article) = article() else { return };
    let crlf = decode(&fixture("seed_crlf.txt"), None).unwrap().text;
    assert_eq!(crlf.replace("\r\n", "\n"), article);
    for (number, (one, other)) in paragraphs(&article).zip(paragraphs(&crlf)).enumerate() {
        assert_eq!(&article[one.text.clone()], &crlf[other.text.clone()]);
        assert_eq!(one.text.start + number, other.text.start);
    }
    let blank = decode(&fixture("only_newlines.txt"), None).unwrap().text;
    assert_eq!(paragraphs(&blank).count(), 4);
    assert_eq!(title_of(&blank), None);
}

#[test]
fn the_article_is_what_the_guide_says() {
    let Some(article) = article() else { return };
    assert_eq!(article.len(), 4732);
    assert_eq!(article.chars().count(), 2580);
    assert_eq!(grapheme_count(&article), 2563);
    assert_eq!(article.chars().filter(|&ch| is_tashkeel(ch)).count(), 17);
    assert_eq!(paragraphs(&article).count(), 20);
    assert_eq!(
        paragraphs(&article).last().map(|p| p.terminator.len()),
        Some(0)
    );
    assert_eq!(title_of(&article).as_deref(), article.lines().next());
    for at in 0..=article.len() {
        assert!(is_grapheme_edge(&article, snap_grapheme(&article, at)));
    }
}
