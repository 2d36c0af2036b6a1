//! Any bytes for the reader of `argilla`.
#![no_main]
hashiya_fuzz::reads!("argilla");
