//! Any bytes for the reader of `text`.
#![no_main]
hashiya_fuzz::reads!("text");
