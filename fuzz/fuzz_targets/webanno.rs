//! Any bytes for the reader of `webanno`.
#![no_main]
hashiya_fuzz::reads!("webanno");
