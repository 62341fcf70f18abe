//! Readers and writers that fail at their k-th call, for every k of a small run: an error, never a panic, never half an answer.

use std::io::{self, Read, Write};

use crate::common::run::{all_orders, named, of_files, tolerant};
use ordersift::chunk::Blocks;
use ordersift::report::{Encoding, detect};
use ordersift::table::Document;
use ordersift::write::{self, FileSum, Period, Screen};

/// Gives or takes a few bytes at a time, and fails at one call.
struct Failing<'b> {
    bytes: &'b [u8],
    calls: usize,
    fails_at: usize,
}

impl<'b> Failing<'b> {
    fn new(bytes: &'b [u8], fails_at: usize) -> Self {
        Self {
            bytes,
            calls: 0,
            fails_at,
        }
    }

    fn call(&mut self) -> io::Result<()> {
        self.calls += 1;
        if self.calls == self.fails_at {
            Err(io::Error::other("the disk is gone"))
        } else {
            Ok(())
        }
    }
}

impl Read for Failing<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.call()?;
        let most = buffer.len().min(100);
        (&mut self.bytes).take(most as u64).read(buffer)
    }
}

impl Write for Failing<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.call()?;
        Ok(bytes.len().min(64))
    }

    fn flush(&mut self) -> io::Result<()> {
        self.call()
    }
}

/// Runs `job` with a failure at every call there is; gives how many there were.
fn at_every_call(bytes: &[u8], mut job: impl FnMut(&mut Failing<'_>) -> io::Result<()>) -> usize {
    for fails_at in 1.. {
        let mut failing = Failing::new(bytes, fails_at);
        let result = job(&mut failing);
        if failing.calls < fails_at {
            result.unwrap();
            return failing.calls;
        }
        assert_eq!(
            result.unwrap_err().to_string(),
            "the disk is gone",
            "call {fails_at}"
        );
    }
    unreachable!("a run ends")
}

fn document() -> Document {
    of_files(
        &named([
            all_orders(60, 3, false, true),
            all_orders(60, 3, true, true),
        ]),
        &tolerant(),
    )
    .unwrap()
}

#[test]
fn a_writer_that_fails_at_any_call_is_told() {
    let document = document();
    let screen = Screen {
        width: 100,
        color: true,
        by: Period::Week,
        took: None,
    };
    let mut calls = at_every_call(b"", |out| {
        write::json(&document, out).and_then(|()| out.flush())
    });
    for table in &document.tables {
        calls += at_every_call(b"", |out| {
            write::csv(table, false, out)
                .map(drop)
                .and_then(|()| out.flush())
        });
        calls += at_every_call(b"", |out| write::listing(table, &screen, out));
    }
    calls += at_every_call(b"", |out| write::summary(&document, &screen, out));
    assert!(calls > 1_000, "{calls}");
}

#[test]
fn a_reader_that_fails_at_any_call_is_told() {
    let report = all_orders(60, 3, false, true);
    let header = detect(&report, true).unwrap().body();
    let utf16: Vec<u8> = String::from_utf8_lossy(&report)
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    let gz = {
        let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        gzip.write_all(&report).unwrap();
        gzip.finish().unwrap()
    };
    let drain = |source: &mut dyn Read| {
        let mut blocks = Blocks::new(source, header, 700)?;
        while blocks.next(Vec::new())?.is_some() {}
        Ok(())
    };
    let mut calls = at_every_call(&report, |source| drain(source));
    calls += at_every_call(&utf16, |source| {
        drain(&mut *Encoding::sniff(&utf16, None).text(source))
    });
    calls += at_every_call(&gz, |source| {
        drain(&mut flate2::read::MultiGzDecoder::new(source))
    });
    calls += at_every_call(&report, |source| {
        FileSum::read("a.txt".into(), source).map(drop)
    });
    assert!(calls > 300, "{calls}");
}
