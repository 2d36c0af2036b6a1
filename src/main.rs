//! Hashiya.
fn main() {}
