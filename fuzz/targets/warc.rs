//! Fuzzes `fuzz::warc`.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| fuzz::warc(bytes));
