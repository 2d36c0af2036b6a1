//! Any bytes for the reader of `bioc-json`.
#![no_main]
hashiya_fuzz::reads!("bioc-json");
