//! Any bytes for the reader of `label-studio`.
#![no_main]
hashiya_fuzz::reads!("label-studio");
