//! Any bytes for the reader of `huggingface`.
#![no_main]
hashiya_fuzz::reads!("huggingface");
