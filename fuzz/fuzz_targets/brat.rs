//! Any bytes for the reader of `brat`.
#![no_main]
hashiya_fuzz::reads!("brat");
