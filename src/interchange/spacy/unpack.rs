//! Unpacks a file into columns. Of the rows of tokens only what says something here is kept, so
//! that the many columns that spaCy writes cost no memory.

use std::{
    collections::HashMap,
    io::{self, BufRead, Read},
};

use flate2::bufread::ZlibDecoder;

use crate::annotation::QuickHash;

use super::{
    attribute, hash, iob,
    value::{Begun, Budget, Value, begin, malformed},
};

/// How many bytes a file may have unpacked.
const MAX_UNPACKED: u64 = 8 << 30;
/// How many of them it may have whatever it was packed into.
const FREE: u64 = 64_000_000;
/// How many times its packed size it may grow behind that. Rows of tokens, most of whose columns say
/// nothing, shrink to a fiftieth; a bomb to a thousandth.
const GROWTH: u64 = 200;
/// How much memory may be taken by all but the tokens.
const MAX_VALUES: usize = 768 << 20;
/// How many tokens there may be.
const MAX_TOKENS: usize = 64 << 20;
/// How many entities there may be.
const MAX_ENTITIES: usize = 8 << 20;
/// How many columns there may be: spaCy knows some 80 attributes.
const MAX_COLUMNS: usize = 256;

/// A run of tokens that is an entity, by places of tokens in the whole file.
#[derive(Clone, Copy, Debug)]
pub(super) struct Entity {
    pub(super) first: usize,
    pub(super) behind: usize,
    pub(super) label: u64,
    pub(super) kb_id: u64,
    pub(super) id: u64,
}

/// A file's columns.
#[derive(Debug, Default)]
pub(super) struct Bin {
    /// The numbers of the tokens' words.
    pub(super) words: Vec<u64>,
    pub(super) entities: Vec<Entity>,
    /// Whether a space follows a token.
    pub(super) spaces: Vec<u8>,
    /// How many tokens a document has.
    pub(super) lengths: Vec<usize>,
    pub(super) strings: HashMap<u64, String, QuickHash>,
    pub(super) cats: Vec<Value>,
    pub(super) flags: Vec<Value>,
    pub(super) groups: Vec<Value>,
    pub(super) user_data: Vec<Value>,
}

/// What is unpacked, as long as it does not grow as no file of tokens does: a bomb is known by how
/// much it grows, and not by what it fills.
pub(super) struct Unpacked<R>(pub(super) ZlibDecoder<R>);

impl<R: BufRead> Read for Unpacked<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.0.read(buffer)?;
        let allowed = FREE.saturating_add(self.0.total_in().saturating_mul(GROWTH));
        if self.0.total_out() > allowed {
            return Err(malformed(
                "it unpacks to hundreds of times its size, which no text does",
            ));
        }
        Ok(count)
    }
}

impl Bin {
    /// The columns of an unpacked file.
    pub(super) fn read(from: impl Read) -> io::Result<Self> {
        let from = &mut from.take(MAX_UNPACKED);
        let budget = &mut Budget(MAX_VALUES);
        let Begun::Map(len) = begin(from)? else {
            return Err(malformed("it does not begin with a map"));
        };
        let (mut bin, mut attrs) = (Self::default(), Vec::new());
        for _ in 0..len {
            let name = Value::read(from, budget, 1)?;
            if name.text() == Some("tokens") {
                let Begun::Bytes(len) = begin(from)? else {
                    return Err(malformed("`tokens` are no bytes"));
                };
                bin.tokens(&mut from.take(len), len, &attrs)?;
                continue;
            }
            let value = Value::read(from, budget, 1)?;
            match name.text().unwrap_or_default() {
                "attrs" => attrs = numbers(&value)?,
                "spaces" => bin.spaces = value.into_bytes(),
                "lengths" => bin.lengths = lengths(&value.into_bytes())?,
                "strings" => bin.strings = strings(value, budget)?,
                "cats" => bin.cats = list(value),
                "flags" => bin.flags = list(value),
                "span_groups" => bin.groups = list(value),
                "user_data" => bin.user_data = list(value),
                _ => {}
            }
        }
        // Reading to the end checks the sum behind the packed bytes.
        if from.read(&mut [0])? > 0 {
            return Err(malformed("more bytes stand behind the documents"));
        }
        bin.check()?;
        Ok(bin)
    }

    fn check(&self) -> io::Result<()> {
        let counted = self
            .lengths
            .iter()
            .try_fold(0_usize, |sum, len| sum.checked_add(*len));
        if counted != Some(self.words.len()) {
            return Err(malformed("`lengths` do not fit the number of tokens"));
        }
        if self.spaces.len() != self.words.len() {
            return Err(malformed("`spaces` do not fit the number of tokens"));
        }
        Ok(())
    }

    fn tokens(&mut self, from: &mut dyn Read, len: u64, attrs: &[u64]) -> io::Result<()> {
        let place = |attr| attrs.iter().position(|it| *it == attr);
        let Some(orth) = place(attribute::ORTH) else {
            return Err(malformed("`attrs` before `tokens` name no ORTH"));
        };
        let width = attrs.len() as u64 * 8;
        if !len.is_multiple_of(width) {
            return Err(malformed("`tokens` are no whole rows"));
        }
        let columns = [
            place(attribute::ENT_IOB),
            place(attribute::ENT_TYPE),
            place(attribute::ENT_KB_ID),
            place(attribute::ENT_ID),
        ];
        let mut row = vec![0; attrs.len() * 8];
        let mut open = false;
        for number in 0..usize::try_from(len / width).unwrap_or(usize::MAX) {
            if number >= MAX_TOKENS {
                return Err(malformed("it has too many tokens"));
            }
            from.read_exact(&mut row)?;
            let (cells, _) = row.as_chunks::<8>();
            let cell = |at: usize| cells.get(at).map_or(0, |cell| u64::from_le_bytes(*cell));
            self.words.push(cell(orth));
            let [tag, label, kb_id, id] = columns.map(|at| at.map_or(0, cell));
            let begins = tag == iob::BEGINS || (tag == iob::INSIDE && !open);
            open = tag == iob::BEGINS || tag == iob::INSIDE;
            if begins {
                self.entities.push(Entity {
                    first: number,
                    behind: number + 1,
                    label,
                    kb_id,
                    id,
                });
                if self.entities.len() > MAX_ENTITIES {
                    return Err(malformed("it has too many entities"));
                }
            } else if open && let Some(entity) = self.entities.last_mut() {
                entity.behind = number + 1;
            }
        }
        // A beginning without a type says that nothing may stand there.
        self.entities.retain(|entity| entity.label != 0);
        Ok(())
    }
}

fn list(value: Value) -> Vec<Value> {
    match value {
        Value::List(list) => list,
        _ => Vec::new(),
    }
}

fn numbers(value: &Value) -> io::Result<Vec<u64>> {
    let list = value.list();
    if list.len() > MAX_COLUMNS {
        return Err(malformed("it has too many attributes"));
    }
    let number = |value: &Value| match value {
        Value::Unsigned(number) => Ok(*number),
        _ => Err(malformed("`attrs` are no numbers")),
    };
    list.iter().map(number).collect()
}

fn lengths(bytes: &[u8]) -> io::Result<Vec<usize>> {
    let (chunks, rest) = bytes.as_chunks::<4>();
    if !rest.is_empty() {
        return Err(malformed("`lengths` are no whole numbers"));
    }
    let length = |chunk: &[u8; 4]| usize::try_from(i32::from_le_bytes(*chunk));
    let lengths: Result<_, _> = chunks.iter().map(length).collect();
    lengths.map_err(|_| malformed("a document has fewer than no tokens"))
}

fn strings(value: Value, budget: &mut Budget) -> io::Result<HashMap<u64, String, QuickHash>> {
    let list = list(value);
    budget.take(list.len().saturating_mul(48))?;
    let symbols = hash::symbols().map(|(name, number)| (number, name.to_owned()));
    let mut strings: HashMap<u64, String, QuickHash> =
        symbols.chain([(0, String::new())]).collect();
    for value in list {
        if let Value::Text(text) = value {
            strings.insert(hash::number_of(&text), text);
        }
    }
    Ok(strings)
}
