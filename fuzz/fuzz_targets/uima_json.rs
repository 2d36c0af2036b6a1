//! Any bytes for the reader of `uima-json`.
#![no_main]
hashiya_fuzz::reads!("uima-json");
