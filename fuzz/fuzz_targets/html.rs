//! Any bytes for the reader of `html`.
#![no_main]
hashiya_fuzz::reads!("html");
