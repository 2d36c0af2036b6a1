//! Parts for training, validation and test: each document in one, shared out by a seed, the same
//! for the same documents in any order. Documents of one text are in one part: else what is learned
//! from would be measured on.

use std::{collections::HashMap, str::FromStr};

use serde::Serialize;

use crate::annotation::{DocumentId, TextHash};

/// A part of a dataset.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Part {
    /// To learn from.
    #[default]
    Train,
    /// To choose by.
    Validation,
    /// To measure on.
    Test,
}

impl Part {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Train, Self::Validation, Self::Test];

    /// Its name in files.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Train => "train",
            Self::Validation => "validation",
            Self::Test => "test",
        }
    }
}

/// How large the parts are, written `80/10/10`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Split {
    shares: [u32; 3],
}

/// A split that is not written as two or three numbers.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("“{0}” is no split; write the shares of train, validation and test, for instance 80/10/10")]
pub struct ParseSplitError(String);

impl FromStr for Split {
    type Err = ParseSplitError;

    fn from_str(written: &str) -> Result<Self, Self::Err> {
        let bad = || ParseSplitError(written.to_owned());
        let shares: Result<Vec<u16>, _> = written.split('/').map(str::parse).collect();
        let shares = match *shares.map_err(|_| bad())? {
            [train, test] => [train, 0, test],
            [train, validation, test] => [train, validation, test],
            _ => return Err(bad()),
        };
        if shares == [0, 0, 0] {
            return Err(bad());
        }
        Ok(Self {
            shares: shares.map(u32::from),
        })
    }
}

impl Split {
    /// Shares documents out, those of one text together. The parts have their shares of the number,
    /// rounded to the nearest, as far as whole texts allow.
    pub fn of(
        self,
        documents: impl IntoIterator<Item = (DocumentId, TextHash)>,
        seed: u64,
    ) -> Parts {
        let place = |text: &TextHash| {
            let mut hasher = blake3::Hasher::new();
            let first = DocumentId::new(text, 0);
            hasher.update(&seed.to_le_bytes()).update(first.as_bytes());
            *hasher.finalize().as_bytes()
        };
        let mut all: Vec<(DocumentId, TextHash)> = documents.into_iter().collect();
        all.sort_by_cached_key(|(id, text)| (place(text), *id));
        let total = u64::from(self.shares.iter().sum::<u32>());
        let up_to = |shares: u64| (all.len() as u64 * shares * 2 + total) / (total * 2);
        let train = up_to(u64::from(self.shares[0]));
        let validation = up_to(u64::from(self.shares[0] + self.shares[1]));
        let part = |at: u64| match at {
            at if at < train => Part::Train,
            at if at < validation => Part::Validation,
            _ => Part::Test,
        };
        let mut of = HashMap::with_capacity(all.len());
        let mut before = 0;
        for same in all.chunk_by(|(_, a), (_, b)| a == b) {
            let count = same.len() as u64;
            // Where most of them would be.
            let part = part(before + count / 2);
            of.extend(same.iter().map(|(id, _)| (*id, part)));
            before += count;
        }
        Parts { of }
    }
}

/// Which part each document is in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Parts {
    of: HashMap<DocumentId, Part>,
}

impl Parts {
    /// Whether nothing was shared out.
    pub fn is_empty(&self) -> bool {
        self.of.is_empty()
    }

    /// The part of a document; training for one that was not shared out.
    pub fn of(&self, id: &DocumentId) -> Part {
        self.of.get(id).copied().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;

    fn documents(count: u32) -> Vec<(DocumentId, TextHash)> {
        let text = |number| TextHash::of(&format!("نص {number}"));
        let document = |text| (DocumentId::new(&text, 0), text);
        (0..count).map(text).map(document).collect()
    }

    #[test]
    fn the_shares_are_kept_and_the_order_means_nothing() {
        let split: Split = "80/10/10".parse().unwrap();
        let all = documents(20);
        let parts = split.of(all.clone(), 7);
        let count = |parts: &Parts, part| all.iter().filter(|(id, _)| parts.of(id) == part).count();
        assert_eq!(Part::ALL.map(|part| count(&parts, part)), [16, 2, 2]);
        assert_eq!(split.of(all.iter().rev().copied(), 7), parts);
        assert_ne!(split.of(all.clone(), 8), parts);
        let halves = "1/1".parse::<Split>().unwrap().of(all.clone(), 0);
        assert_eq!(Part::ALL.map(|part| count(&halves, part)), [10, 0, 10]);
    }

    #[test]
    fn documents_of_one_text_are_in_one_part() {
        let split: Split = "50/20/30".parse().unwrap();
        let texts: Vec<TextHash> = (0..30).map(|n| TextHash::of(&format!("نص {n}"))).collect();
        let copies = |text: &TextHash| {
            let text = *text;
            (0..4).map(move |k| (DocumentId::new(&text, k), text))
        };
        let all: Vec<_> = texts.iter().flat_map(copies).collect();
        for seed in 0..5 {
            let parts = split.of(all.clone(), seed);
            for text in &texts {
                let first = parts.of(&DocumentId::new(text, 0));
                assert!(copies(text).all(|(id, _)| parts.of(&id) == first));
            }
            let count = |part| all.iter().filter(|(id, _)| parts.of(id) == part).count();
            assert_eq!(Part::ALL.map(count), [60, 24, 36]);
        }
        let one: Vec<_> = copies(&texts[0]).collect();
        let parts = split.of(one.clone(), 0);
        assert!(
            one.iter()
                .all(|(id, _)| parts.of(id) == parts.of(&one[0].0))
        );
    }

    #[test]
    fn what_is_no_split_is_told() {
        for bad in ["", "80", "0/0/0", "a/b", "1/2/3/4", "-1/2"] {
            assert!(bad.parse::<Split>().is_err(), "{bad}");
        }
    }
}
