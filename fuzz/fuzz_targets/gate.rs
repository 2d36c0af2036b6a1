//! Any bytes for the reader of `gate`.
#![no_main]
hashiya_fuzz::reads!("gate");
