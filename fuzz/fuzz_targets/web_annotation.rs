//! Any bytes for the reader of `web-annotation`.
#![no_main]
hashiya_fuzz::reads!("web-annotation");
