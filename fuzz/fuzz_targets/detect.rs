#![no_main]
#![allow(dead_code, reason = "each fuzzer uses a part of what they share")]

#[path = "../../tests/all/common/fuzzed.rs"]
mod fuzzed;
#[path = "../../tests/all/common/slow.rs"]
mod slow;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| fuzzed::detect(bytes));
