#![no_main]
hashiya_fuzz::reads!("argilla");
