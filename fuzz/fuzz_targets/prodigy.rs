//! Any bytes for the reader of `prodigy`.
#![no_main]
hashiya_fuzz::reads!("prodigy");
