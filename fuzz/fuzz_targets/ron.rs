//! Any bytes for the reader of `ron`.
#![no_main]
hashiya_fuzz::reads!("ron");
