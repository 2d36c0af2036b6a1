//! Where the words of a multiword token lie in it. They need not be parts of it: in `للحكومة` the
//! article is written once and counted twice.

use crate::interchange::tags;

/// A word of a multiword token.
#[derive(Clone, Debug)]
pub(super) struct Word {
    /// Its form.
    pub(super) form: String,
    /// Its tags: level, letter and label.
    pub(super) tags: Tags,
}

/// Tags of a token, with their levels (from 0).
pub(super) type Tags = Vec<(usize, u8, String)>;

/// The ends of the words in `surface`, in bytes; `None` where they cannot be told.
pub(super) fn ends(surface: &str, words: &[Word]) -> Option<Vec<usize>> {
    let (mut from, mut to) = (0, surface.len());
    let mut first = 0;
    let mut ends = Vec::with_capacity(words.len());
    for word in words {
        if !surface.get(from..)?.starts_with(&*word.form) {
            break;
        }
        from += word.form.len();
        first += 1;
        ends.push(from);
    }
    let mut behind = Vec::new();
    let mut last = words.len();
    while last > first + 1 {
        let form = &words.get(last - 1)?.form;
        if !surface.get(from..to)?.ends_with(&**form) {
            return None;
        }
        behind.push(to);
        to -= form.len();
        last -= 1;
    }
    if last > first {
        ends.push(to);
    }
    ends.extend(behind.into_iter().rev());
    // Each word takes something, and together they take all.
    let grow = ends
        .iter()
        .try_fold(0, |before, end| (before < *end).then_some(*end));
    (grow == Some(surface.len())).then_some(ends)
}

/// The tags of a multiword token as one, where no span begins or ends inside it.
pub(super) fn joined(words: &[Word]) -> Option<Tags> {
    let (first, rest) = words.split_first()?;
    let mut tags = first.tags.clone();
    for word in rest {
        if word.tags.len() != tags.len() {
            return None;
        }
        for ((level, letter, label), (other, next, same)) in tags.iter_mut().zip(&word.tags) {
            let goes_on = matches!(next, b'I' | b'M' | b'L' | b'E');
            if level != other || label != same || !goes_on || !tags::goes_on_behind(*letter) {
                return None;
            }
            *letter = match (*letter, next) {
                (b'B', b'L' | b'E') => b'U',
                (b'I' | b'M', b'L' | b'E') => b'L',
                (letter, _) => letter,
            };
        }
    }
    Some(tags)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn word(form: &str, tag: Option<u8>) -> Word {
        let tags = tag.map(|letter| (0, letter, "X".to_owned()));
        Word {
            form: form.to_owned(),
            tags: tags.into_iter().collect(),
        }
    }

    #[test]
    fn words_lie_in_their_token_where_that_can_be_told() {
        let found = |surface, forms: &[&str]| {
            let words: Vec<_> = forms.iter().map(|form| word(form, None)).collect();
            ends(surface, &words)
        };
        assert_eq!(found("وقال", &["و", "قال"]), Some(vec![2, 8]));
        assert_eq!(found("للحكومة", &["ل", "الحكومة"]), Some(vec![2, 14]));
        assert_eq!(found("abcd", &["a", "x", "d"]), Some(vec![1, 3, 4]));
        assert_eq!(found("du", &["de", "le"]), None);
        assert_eq!(found("ab", &["ab", "b"]), None);
        assert_eq!(found("abc", &["a", "b"]), None);
    }

    #[test]
    fn tags_are_joined_where_no_span_ends_inside() {
        let found = |letters: &[Option<u8>]| {
            let words: Vec<_> = letters.iter().map(|letter| word("x", *letter)).collect();
            joined(&words).map(|tags| tags.first().map(|tag| tag.1))
        };
        assert_eq!(found(&[None, None]), Some(None));
        assert_eq!(found(&[Some(b'B'), Some(b'I')]), Some(Some(b'B')));
        assert_eq!(found(&[Some(b'B'), Some(b'E')]), Some(Some(b'U')));
        assert_eq!(found(&[Some(b'I'), Some(b'L')]), Some(Some(b'L')));
        assert_eq!(found(&[Some(b'B'), None]), None);
        assert_eq!(found(&[Some(b'B'), Some(b'B')]), None);
        assert_eq!(found(&[Some(b'S'), Some(b'I')]), None);
    }
}
