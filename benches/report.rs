//! The main job on invented files: how long, and whether the answer is right.
//!
//! `cargo bench` needs nothing but this repository: the files are made by the sample generator, the same on every machine.

#![expect(
    clippy::unwrap_used,
    reason = "a bench that cannot write its files has nothing to measure"
)]

mod common;

use std::hint::black_box;

use common::{SIZES, sample, write};
use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use ordersift::input::{Input, gather};
use ordersift::options::Options;
use ordersift::pipeline::{Unwatched, report};
use ordersift::report::detect;
use ordersift::sample::{Download, SampleMarket, SampleOptions};

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
    let files: Vec<_> = (1..=20)
        .map(|number| {
            let (of, days) = (20, 42);
            write(
                folder.path(),
                &format!("download-{number}"),
                &SampleOptions {
                    lines: 10_000,
                    download: Some(Download { number, of, days }),
                    ..SampleOptions::default()
                },
            )
        })
        .collect();
    let inputs = gather(&files, &[]).unwrap();
    group.throughput(Throughput::Bytes(bytes(&inputs)));
    group.bench_function("twenty overlapping downloads of 10000 lines", |bencher| {
        bencher.iter(|| {
            let document = report(black_box(&inputs), &Options::default(), &Unwatched).unwrap();
            assert!(document.control.superseded * 10 > document.control.lines_read * 7);
            document
        });
    });
    let japan = SampleOptions {
        lines: 100_000,
        market: SampleMarket::Jp,
        encoding: ordersift::report::encoding::by_name("cp932").unwrap(),
        ..SampleOptions::default()
    };
    let inputs = gather(&[write(folder.path(), "japan", &japan)], &[]).unwrap();
    group.throughput(Throughput::Bytes(bytes(&inputs)));
    group.bench_function("one cp932 file of 100000 lines", |bencher| {
        bencher.iter(|| {
            let document = report(black_box(&inputs), &Options::default(), &Unwatched).unwrap();
            assert_eq!(document.control.kept, 100_000);
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
