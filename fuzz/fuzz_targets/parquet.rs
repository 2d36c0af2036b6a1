//! Any bytes for the reader of `parquet`.
#![no_main]
hashiya_fuzz::reads!("parquet");
