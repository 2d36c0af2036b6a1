//! What script a text is in, by its letters: which way a paragraph runs, and which line height it wants.

/// Whether the first strong character is right to left, leaving out isolated parts (rules P2 and P3 of
/// UAX #9); `None` where no character is strong.
pub(super) fn first_strong(text: &str) -> Option<bool> {
    const FARTHEST: usize = 65_536;
    let mut isolates = 0_u32;
    for c in text.chars().take(FARTHEST) {
        match c {
            '\u{2066}'..='\u{2068}' => isolates += 1,
            '\u{2069}' => isolates = isolates.saturating_sub(1),
            _ if isolates > 0 => {}
            '\u{200e}' => return Some(false),
            '\u{200f}' | '\u{61c}' => return Some(true),
            _ if is_rtl_letter(c) => return Some(true),
            _ if c.is_alphabetic() => return Some(false),
            _ => {}
        }
    }
    None
}

/// Whether most letters among the first thousand characters are of a right-to-left script.
pub(super) fn mostly_rtl(text: &str) -> bool {
    let mut balance = 0_i32;
    for c in text.chars().take(1000).filter(|c| c.is_alphabetic()) {
        balance += if is_rtl_letter(c) { 1 } else { -1 };
    }
    balance > 0
}

fn is_rtl_letter(c: char) -> bool {
    let block = matches!(c, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}'
        | '\u{10800}'..='\u{10fff}' | '\u{1e800}'..='\u{1efff}');
    block && c.is_alphabetic()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn first_strong_character_decides() {
        assert_eq!(first_strong("«قال» John"), Some(true));
        assert_eq!(first_strong("12% John قال"), Some(false));
        assert_eq!(first_strong("٢٠٢٤ — 12 …"), None);
        assert_eq!(first_strong("\u{2067}قال\u{2069} John"), Some(false));
        assert_eq!(first_strong("\u{200f}John"), Some(true));
    }

    #[test]
    fn most_letters_decide_the_line_height() {
        assert!(mostly_rtl("Reuters: قال الوزير إن المحادثات مستمرة"));
        assert!(!mostly_rtl("He said سلام and left the room"));
        assert!(!mostly_rtl("2024"));
    }
}
