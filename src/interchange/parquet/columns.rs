//! Columns of an Arrow batch by what they hold, whatever width they have. Anything else is a JSON
//! value.

use std::ops::Range;

use arrow_array::{
    Array, Int32Array, Int64Array, ListArray, StringArray, StructArray, UInt32Array, UInt64Array,
    cast::AsArray as _,
    types::{Float32Type, Float64Type, Int8Type, Int16Type, UInt8Type, UInt16Type},
};
use serde_json::{Map, Value};

/// How deep lists and records may lie in each other.
const MAX_DEPTH: usize = 8;

/// A column of texts; the texts of a column of numbers that stand for names.
pub(super) enum Texts<'a> {
    Own(&'a StringArray),
    Names(Numbers<'a>, &'a [String]),
}

impl<'a> Texts<'a> {
    pub(super) fn of(array: &'a dyn Array) -> Option<Self> {
        array.as_string_opt::<i32>().map(Self::Own)
    }

    /// Texts, or the places (from 0) of texts in `names`.
    pub(super) fn of_classes(array: &'a dyn Array, names: &'a [String]) -> Option<Self> {
        Self::of(array).or_else(|| Some(Self::Names(Numbers::of(array)?, names)))
    }

    pub(super) fn get(&self, row: usize) -> Option<&'a str> {
        match self {
            Self::Own(array) => array.is_valid(row).then(|| array.value(row)),
            Self::Names(numbers, names) => {
                let place = usize::try_from(numbers.get(row)?).ok()?;
                names.get(place).map(String::as_str)
            }
        }
    }
}

/// A column of whole numbers.
pub(super) enum Numbers<'a> {
    I32(&'a Int32Array),
    I64(&'a Int64Array),
    U32(&'a UInt32Array),
    U64(&'a UInt64Array),
}

impl<'a> Numbers<'a> {
    pub(super) fn of(array: &'a dyn Array) -> Option<Self> {
        let i32 = array.as_primitive_opt().map(Self::I32);
        let i64 = || array.as_primitive_opt().map(Self::I64);
        let u32 = || array.as_primitive_opt().map(Self::U32);
        let u64 = || array.as_primitive_opt().map(Self::U64);
        i32.or_else(i64).or_else(u32).or_else(u64)
    }

    pub(super) fn get(&self, row: usize) -> Option<i64> {
        match self {
            Self::I32(array) => array.is_valid(row).then(|| array.value(row).into()),
            Self::I64(array) => array.is_valid(row).then(|| array.value(row)),
            Self::U32(array) => array.is_valid(row).then(|| array.value(row).into()),
            Self::U64(array) => {
                let value = array.is_valid(row).then(|| array.value(row))?;
                i64::try_from(value).ok()
            }
        }
    }
}

/// A column of lists of records.
pub(super) struct Records<'a> {
    lists: &'a ListArray,
    fields: &'a StructArray,
}

impl<'a> Records<'a> {
    pub(super) fn of(array: &'a dyn Array) -> Option<Self> {
        let lists = array.as_list_opt::<i32>()?;
        let fields = lists.values().as_struct_opt()?;
        Some(Self { lists, fields })
    }

    pub(super) fn field(&self, name: &str) -> Option<&'a dyn Array> {
        self.fields.column_by_name(name).map(|column| &**column)
    }

    /// The places of a row's records in the fields.
    pub(super) fn of_row(&self, row: usize) -> Range<usize> {
        range(self.lists, row)
    }
}

fn range(lists: &ListArray, row: usize) -> Range<usize> {
    let offset = |row: usize| lists.value_offsets().get(row).copied().unwrap_or_default();
    let at = |row: usize| usize::try_from(offset(row)).unwrap_or_default();
    if row < lists.len() && lists.is_valid(row) {
        at(row)..at(row + 1)
    } else {
        0..0
    }
}

/// Any value; `null` for what JSON does not know.
pub(super) fn value(array: &dyn Array, row: usize, depth: usize) -> Value {
    if row >= array.len() || array.is_null(row) || depth > MAX_DEPTH {
        return Value::Null;
    }
    if let Some(text) = Texts::of(array).and_then(|texts| texts.get(row)) {
        return Value::from(text);
    }
    if let Some(number) = Numbers::of(array).and_then(|numbers| numbers.get(row)) {
        return Value::from(number);
    }
    if let Some(lists) = array.as_list_opt::<i32>() {
        let values = range(lists, row).map(|at| value(lists.values(), at, depth + 1));
        return Value::Array(values.collect());
    }
    if let Some(record) = array.as_struct_opt() {
        let names = record.column_names().into_iter().map(str::to_owned);
        let values = record.columns().iter().map(|of| value(of, row, depth + 1));
        return Value::Object(names.zip(values).collect::<Map<_, _>>());
    }
    scalar(array, row)
}

fn scalar(array: &dyn Array, row: usize) -> Value {
    if let Some(array) = array.as_boolean_opt() {
        return Value::from(array.value(row));
    }
    if let Some(array) = array.as_primitive_opt::<Float64Type>() {
        return Value::from(array.value(row));
    }
    if let Some(array) = array.as_primitive_opt::<Float32Type>() {
        return Value::from(array.value(row));
    }
    if let Some(array) = array.as_primitive_opt::<Int8Type>() {
        return Value::from(array.value(row));
    }
    if let Some(array) = array.as_primitive_opt::<Int16Type>() {
        return Value::from(array.value(row));
    }
    if let Some(array) = array.as_primitive_opt::<UInt8Type>() {
        return Value::from(array.value(row));
    }
    if let Some(array) = array.as_primitive_opt::<UInt16Type>() {
        return Value::from(array.value(row));
    }
    Value::Null
}
