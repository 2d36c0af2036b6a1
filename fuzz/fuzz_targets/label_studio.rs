#![no_main]
hashiya_fuzz::reads!("label-studio");
