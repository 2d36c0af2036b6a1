//! Any bytes for the reader of `doccano`.
#![no_main]
hashiya_fuzz::reads!("doccano");
