//! Any bytes for the reader of `csv`.
#![no_main]
hashiya_fuzz::reads!("csv");
