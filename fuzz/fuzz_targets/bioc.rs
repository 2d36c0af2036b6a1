//! Any bytes for the reader of `bioc`.
#![no_main]
hashiya_fuzz::reads!("bioc");
