//! `MessagePack` values, read with a bound on what they take in memory.

use std::io::{self, Read};

use rmp::{Marker, decode};
use serde_json::{Map, Number};

/// How deep lists and maps may lie in each other.
const MAX_DEPTH: usize = 32;
/// What a value takes besides its bytes.
const WEIGHT: usize = 32;

/// A value.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Value {
    Nil,
    Bool(bool),
    Unsigned(u64),
    Negative(i64),
    Float(f64),
    Text(String),
    Bytes(Vec<u8>),
    List(Vec<Value>),
    Map(Vec<(Value, Value)>),
}

/// How much memory values may still take, in bytes.
pub(super) struct Budget(pub(super) usize);

impl Budget {
    pub(super) fn take(&mut self, bytes: usize) -> io::Result<()> {
        let left = self.0.checked_sub(bytes);
        self.0 = left.ok_or_else(|| malformed("it takes too much memory"))?;
        Ok(())
    }
}

/// What stands at the start of a value that may be long.
pub(super) enum Begun {
    Bytes(u64),
    List(u64),
    Map(u64),
    Whole(Value),
    Text(u64),
    /// A value of a kind that is passed over.
    Other(u64),
}

pub(super) fn malformed(what: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, what)
}

impl Value {
    /// The value that a whole slice holds.
    pub(super) fn of(mut bytes: &[u8], budget: &mut Budget) -> io::Result<Self> {
        Self::read(&mut bytes, budget, 0)
    }

    /// The next value.
    pub(super) fn read(from: &mut dyn Read, budget: &mut Budget, depth: usize) -> io::Result<Self> {
        let begun = begin(from)?;
        Self::rest(begun, from, budget, depth)
    }

    /// The value that has begun.
    pub(super) fn rest(
        begun: Begun,
        from: &mut dyn Read,
        budget: &mut Budget,
        depth: usize,
    ) -> io::Result<Self> {
        budget.take(WEIGHT)?;
        if depth > MAX_DEPTH {
            return Err(malformed("lists lie too deep in each other"));
        }
        Ok(match begun {
            Begun::Whole(value) => value,
            Begun::Bytes(len) => Self::Bytes(bytes(from, len, budget)?),
            Begun::Text(len) => {
                let text = String::from_utf8(bytes(from, len, budget)?);
                Self::Text(text.map_err(|_| malformed("a string is not UTF-8"))?)
            }
            Begun::Other(len) => {
                bytes(from, len, budget)?;
                Self::Nil
            }
            Begun::List(len) => {
                let mut list = Vec::new();
                for _ in 0..len {
                    list.push(Self::read(from, budget, depth + 1)?);
                }
                Self::List(list)
            }
            Begun::Map(len) => {
                let mut map = Vec::new();
                for _ in 0..len {
                    let key = Self::read(from, budget, depth + 1)?;
                    map.push((key, Self::read(from, budget, depth + 1)?));
                }
                Self::Map(map)
            }
        })
    }

    pub(super) fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    pub(super) fn bytes(&self) -> Option<&[u8]> {
        match self {
            Self::Bytes(bytes) => Some(bytes),
            _ => None,
        }
    }

    /// Its bytes; none where it is another value.
    pub(super) fn into_bytes(self) -> Vec<u8> {
        match self {
            Self::Bytes(bytes) => bytes,
            _ => Vec::new(),
        }
    }

    /// The values of a list; none where it is another value.
    pub(super) fn list(&self) -> &[Self] {
        match self {
            Self::List(list) => list,
            _ => &[],
        }
    }

    /// The pairs of a map; none where it is another value.
    pub(super) fn pairs(&self) -> &[(Self, Self)] {
        match self {
            Self::Map(map) => map,
            _ => &[],
        }
    }

    /// What a map has under a name.
    pub(super) fn get(&self, name: &str) -> Option<&Self> {
        let mut pairs = self.pairs().iter();
        pairs.find_map(|(key, value)| (key.text() == Some(name)).then_some(value))
    }

    /// The same in JSON; `null` for what JSON does not know.
    pub(super) fn json(&self) -> serde_json::Value {
        match self {
            Self::Nil | Self::Bytes(_) => serde_json::Value::Null,
            Self::Bool(is) => (*is).into(),
            Self::Unsigned(number) => (*number).into(),
            Self::Negative(number) => (*number).into(),
            Self::Float(number) => Number::from_f64(*number).into(),
            Self::Text(text) => text.as_str().into(),
            Self::List(list) => list.iter().map(Self::json).collect(),
            Self::Map(pairs) => {
                let name = |key: &Self| match key {
                    Self::Text(text) => text.clone(),
                    other => other.json().to_string(),
                };
                let fields = pairs.iter().map(|(key, value)| (name(key), value.json()));
                serde_json::Value::Object(fields.collect::<Map<_, _>>())
            }
        }
    }
}

/// Reads up to where a value's parts begin.
pub(super) fn begin(mut from: &mut dyn Read) -> io::Result<Begun> {
    let from = &mut from;
    let marker = decode::read_marker(from).map_err(|error| error.0)?;
    let whole = |value| Ok(Begun::Whole(value));
    match marker {
        Marker::Null | Marker::Reserved => whole(Value::Nil),
        Marker::True => whole(Value::Bool(true)),
        Marker::False => whole(Value::Bool(false)),
        Marker::FixPos(number) => whole(Value::Unsigned(number.into())),
        Marker::FixNeg(number) => whole(Value::Negative(number.into())),
        Marker::U8 => whole(Value::Unsigned(unsigned::<1>(from)?)),
        Marker::U16 => whole(Value::Unsigned(unsigned::<2>(from)?)),
        Marker::U32 => whole(Value::Unsigned(unsigned::<4>(from)?)),
        Marker::U64 => whole(Value::Unsigned(unsigned::<8>(from)?)),
        Marker::I8 => whole(signed(i64::from(unsigned::<1>(from)? as i8))),
        Marker::I16 => whole(signed(i64::from(unsigned::<2>(from)? as i16))),
        Marker::I32 => whole(signed(i64::from(unsigned::<4>(from)? as i32))),
        Marker::I64 => whole(signed(unsigned::<8>(from)?.cast_signed())),
        Marker::F32 => {
            let bits = unsigned::<4>(from)? as u32;
            whole(Value::Float(f32::from_bits(bits).into()))
        }
        Marker::F64 => whole(Value::Float(f64::from_bits(unsigned::<8>(from)?))),
        Marker::FixStr(len) => Ok(Begun::Text(len.into())),
        Marker::Str8 => Ok(Begun::Text(unsigned::<1>(from)?)),
        Marker::Str16 => Ok(Begun::Text(unsigned::<2>(from)?)),
        Marker::Str32 => Ok(Begun::Text(unsigned::<4>(from)?)),
        Marker::Bin8 => Ok(Begun::Bytes(unsigned::<1>(from)?)),
        Marker::Bin16 => Ok(Begun::Bytes(unsigned::<2>(from)?)),
        Marker::Bin32 => Ok(Begun::Bytes(unsigned::<4>(from)?)),
        Marker::FixArray(len) => Ok(Begun::List(len.into())),
        Marker::Array16 => Ok(Begun::List(unsigned::<2>(from)?)),
        Marker::Array32 => Ok(Begun::List(unsigned::<4>(from)?)),
        Marker::FixMap(len) => Ok(Begun::Map(len.into())),
        Marker::Map16 => Ok(Begun::Map(unsigned::<2>(from)?)),
        Marker::Map32 => Ok(Begun::Map(unsigned::<4>(from)?)),
        // An extension has a byte for its type before its own.
        Marker::FixExt1 => Ok(Begun::Other(2)),
        Marker::FixExt2 => Ok(Begun::Other(3)),
        Marker::FixExt4 => Ok(Begun::Other(5)),
        Marker::FixExt8 => Ok(Begun::Other(9)),
        Marker::FixExt16 => Ok(Begun::Other(17)),
        Marker::Ext8 => Ok(Begun::Other(unsigned::<1>(from)? + 1)),
        Marker::Ext16 => Ok(Begun::Other(unsigned::<2>(from)? + 1)),
        Marker::Ext32 => Ok(Begun::Other(unsigned::<4>(from)? + 1)),
    }
}

fn unsigned<const N: usize>(from: &mut dyn Read) -> io::Result<u64> {
    let mut bytes = [0; N];
    from.read_exact(&mut bytes)?;
    let number = bytes
        .iter()
        .fold(0, |number, byte| (number << 8) | u64::from(*byte));
    Ok(number)
}

fn signed(number: i64) -> Value {
    u64::try_from(number).map_or(Value::Negative(number), Value::Unsigned)
}

/// The next bytes. What a length claims is not reserved before the bytes are there.
fn bytes(from: &mut dyn Read, len: u64, budget: &mut Budget) -> io::Result<Vec<u8>> {
    budget.take(usize::try_from(len).unwrap_or(usize::MAX))?;
    let mut bytes = Vec::new();
    from.take(len).read_to_end(&mut bytes)?;
    if bytes.len() as u64 == len {
        Ok(bytes)
    } else {
        Err(io::ErrorKind::UnexpectedEof.into())
    }
}
