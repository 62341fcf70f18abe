//! The main job on invented files: how long, and whether the answer is right.
//!
//! `cargo bench` needs nothing but this repository: the files are made by the sample generator, the same on every machine.

#![expect(
    clippy::unwrap_used,
    reason = "a bench that cannot write its files has nothing to measure"
)]

mod common;

use std::hint::black_box;

use common::{SIZES, sample};
use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use ordersift::input::{Input, gather};
use ordersift::options::Options;
use ordersift::pipeline::{Unwatched, report};
use ordersift::report::detect;

fn bytes(inputs: &[Input]) -> u64 {
    inputs.iter().map(|input| input.len).sum()
}

fn end_to_end(criterion: &mut Criterion) {
    let folder = tempfile::tempdir().unwrap();
    let mut group = criterion.benchmark_group("report");
    group.sample_size(10);
    for lines in SIZES {
        let inputs = gather(&[sample(folder.path(), lines, false)], &[]).unwrap();
        group.throughput(Throughput::Bytes(bytes(&inputs)));
        group.bench_function(format!("one file of {lines} lines"), |bencher| {
            bencher.iter(|| {
                let document = report(black_box(&inputs), &Options::default(), &Unwatched).unwrap();
                assert_eq!(document.control.kept, lines);
                document
            });
        });
    }
    let pair = [
        sample(folder.path(), 1_000_000, false),
        sample(folder.path(), 1_000_000, true),
    ];
    let inputs = gather(&pair, &[]).unwrap();
    group.throughput(Throughput::Bytes(bytes(&inputs)));
    group.bench_function("two overlapping files of 1000000 lines", |bencher| {
        bencher.iter(|| {
            let document = report(black_box(&inputs), &Options::default(), &Unwatched).unwrap();
            assert_eq!(document.control.lines_read, 2_000_000);
            assert!(document.control.superseded > 500_000);
            document
        });
    });
    group.finish();
}

fn recognising(criterion: &mut Criterion) {
    let folder = tempfile::tempdir().unwrap();
    let head = std::fs::read(sample(folder.path(), 1_000, false)).unwrap();
    criterion.bench_function("detect", |bencher| {
        bencher.iter(|| {
            let found = detect(black_box(&head), true).unwrap();
            assert_eq!(found.spec.name, "all-orders");
            found
        });
    });
}

criterion_group!(benches, end_to_end, recognising);
criterion_main!(benches);
