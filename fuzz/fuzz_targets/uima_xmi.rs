//! Any bytes for the reader of `uima-xmi`.
#![no_main]
hashiya_fuzz::reads!("uima-xmi");
