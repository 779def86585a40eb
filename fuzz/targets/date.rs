//! Fuzzes `fuzz::date`.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| fuzz::date(bytes));
