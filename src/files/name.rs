//! File names made of titles: allowed on every system, readable, Arabic kept.

use unicode_segmentation::UnicodeSegmentation as _;

/// The longest name that is made, in bytes; an ending and a number still fit every disk's 255.
const LONGEST: usize = 120;

/// Names that Windows keeps for devices, whatever ending follows.
const RESERVED: [&str; 4] = ["con", "prn", "aux", "nul"];

/// A name for a file, made of any text: without what a system forbids in names, without controls
/// that turn or hide its letters, at most 120 bytes, never empty.
pub fn safe_name(text: &str) -> String {
    let mut name = String::new();
    for grapheme in text.graphemes(true) {
        let cleaned: String = grapheme.chars().filter_map(clean).collect();
        if name.len() + cleaned.len() > LONGEST {
            break;
        }
        let is_gap = cleaned == " " && (name.is_empty() || name.ends_with(' '));
        if !is_gap {
            name.push_str(&cleaned);
        }
    }
    let name = name
        .trim_start_matches([' ', '.', '~', '-'])
        .trim_end_matches([' ', '.']);
    if name.is_empty() {
        "untitled".to_owned()
    } else if is_reserved(name) {
        format!("_{name}")
    } else {
        name.to_owned()
    }
}

/// What stands for a character in a name.
fn clean(c: char) -> Option<char> {
    match c {
        '/' | '\\' | ':' | '|' => Some('-'),
        '<' | '>' | '"' | '?' | '*' => Some('_'),
        c if c.is_whitespace() => Some(' '),
        c if c.is_control() || is_unseen(c) => None,
        c => Some(c),
    }
}

/// Bidi controls, and what is not seen: a name must look like what it is. The joiners (U+200C,
/// U+200D) shape Persian words and stay.
fn is_unseen(c: char) -> bool {
    matches!(c,
        '\u{AD}' | '\u{61C}' | '\u{180E}' | '\u{200B}' | '\u{200E}' | '\u{200F}'
        | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}'
        | '\u{FFF9}'..='\u{FFFC}' | '\u{E0000}'..='\u{E007F}')
}

fn is_reserved(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or_default().trim_end();
    let stem = stem.to_lowercase();
    let numbered = |device: &str| {
        stem.strip_prefix(device)
            .is_some_and(|number| matches!(number.as_bytes(), [b'1'..=b'9']))
    };
    RESERVED.contains(&stem.as_str()) || numbered("com") || numbered("lpt")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn arabic_stays_and_what_systems_forbid_goes() {
        assert_eq!(
            safe_name("محادثات إسطنبول: اليوم/الأول"),
            "محادثات إسطنبول- اليوم-الأول"
        );
        assert_eq!(safe_name("  a \n\t b?.  "), "a b_");
        assert_eq!(safe_name("\u{202E}txt.exe\u{202C}"), "txt.exe");
        assert_eq!(safe_name("..\u{0}/etc"), "etc");
        assert_eq!(safe_name(" . "), "untitled");
        for device in ["con", "NUL.txt", "Com1", "lpt9.a.b"] {
            assert_eq!(safe_name(device), format!("_{device}"));
        }
        assert_eq!(safe_name("console"), "console");
    }

    #[test]
    fn a_long_title_is_cut_between_letters() {
        let name = safe_name(&"نَّ".repeat(100));
        assert!(name.len() <= LONGEST);
        assert!(name.ends_with("نَّ"), "{name}");
    }

    proptest! {
        #[test]
        fn every_name_is_one_that_systems_allow(text in any::<String>()) {
            let name = safe_name(&text);
            prop_assert!(!name.is_empty() && name.len() <= LONGEST + 1);
            prop_assert!(!name.contains(|c: char| c.is_control() || "/\\:*?\"<>|".contains(c)));
            prop_assert!(!name.ends_with(['.', ' ']) && !name.starts_with('.'));
            prop_assert_eq!(safe_name(&name), name);
        }
    }
}
