//! Every stage of a run by itself: how long, and whether the answer is right. Throughput is that of the report's bytes, so
//! that the stages of one size can be compared and added.

#![expect(
    clippy::unwrap_used,
    reason = "a bench that cannot write its files has nothing to measure"
)]

mod common;

use std::fs::File;
use std::hint::black_box;

use common::{SIZES, sample};
use criterion::{BatchSize, Criterion, Throughput, criterion_group, criterion_main};
use ordersift::chunk::{Text, cut};
use ordersift::field::{Clock, OrderIds, Zones};
use ordersift::input::gather;
use ordersift::line::{
    Fault, FileId, LineSink, OrderLine, Place, Row, SupplementaryLine, UnshippedLine,
};
use ordersift::merge::Merge;
use ordersift::options::Options;
use ordersift::ownership::SnapshotIndex;
use ordersift::pipeline::{Plan, Unwatched, document};
use ordersift::report::Forms;
use ordersift::report::columns::Cut;
use ordersift::report::kinds::all_orders;
use ordersift::report::scan::{Carried, Scan};
use ordersift::report::{Report, detect};
use ordersift::state::State;
use ordersift::state::aggregator::{Aggregator, AggregatorOptions};
use ordersift::table::Table;
use ordersift::write::{csv, json};

/// A report in memory, chunk by chunk.
struct Loaded {
    report: Report,
    buffers: Vec<Vec<u8>>,
    chunks: Vec<ordersift::chunk::Chunk>,
    file: File,
    bytes: u64,
}

impl Loaded {
    fn new(path: &std::path::Path) -> Self {
        let file = File::open(path).unwrap();
        let bytes = file.metadata().unwrap().len();
        let mut head = Vec::new();
        ordersift::chunk::read_exact_at(&file, &mut head, 0, bytes.min(1 << 20)).unwrap();
        let report = detect(&head, false).unwrap();
        let chunks = cut(
            FileId(0),
            report.body(),
            bytes,
            Options::default().reading.chunk,
        );
        Self {
            report,
            buffers: vec![Vec::new(); chunks.len()],
            chunks,
            file,
            bytes,
        }
    }

    fn texts(&mut self) -> (Vec<Text<'_>>, &Report) {
        let (file, report, bytes) = (&self.file, &self.report, self.bytes);
        let texts = self
            .chunks
            .iter()
            .zip(&mut self.buffers)
            .map(|(chunk, buffer)| {
                chunk
                    .read(file, chunk.start == report.body(), bytes, buffer)
                    .unwrap()
            });
        (texts.collect(), &self.report)
    }
}

/// Counts lines and forgets them.
#[derive(Default)]
struct FirstPass {
    lines: u64,
    units: u64,
}

const ALL: &ordersift::field::Selection = &ordersift::field::Selection {
    filter: ordersift::field::Filter {
        channels: Vec::new(),
        fulfillments: Vec::new(),
        skus: Vec::new(),
        countries: Vec::new(),
    },
    from: None,
    to: None,
};

impl LineSink for FirstPass {
    fn order_line(&mut self, _: Row<'_>, line: &OrderLine<'_>) {
        self.lines += 1;
        self.units += u64::from(black_box(line).quantity);
    }
    fn unshipped_line(&mut self, _: Row<'_>, _: &UnshippedLine<'_>) {}
    fn supplementary_line(&mut self, _: Row<'_>, _: &SupplementaryLine<'_>) {}
    fn reject(&mut self, row: Row<'_>, fault: Fault) {
        panic!("{row:?}: {fault:?}");
    }
    fn repeated_header(&mut self, _: Row<'_>) {}
    fn end_of_chunk(&mut self, _: Place, _: u64) {}
}

fn rules(snapshots: &SnapshotIndex) -> AggregatorOptions<'_> {
    AggregatorOptions {
        selection: ALL,
        week_start: ordersift::field::WeekStart::Monday,
        snapshots,
        zones: Zones::default(),
        sku_days: false,
        estimate_pending: false,
        order_profiles: true,
    }
}

fn fold(texts: &[Text<'_>], scan: Scan<'_>, snapshots: &SnapshotIndex) -> State {
    let mut fold = Aggregator::new(rules(snapshots));
    for text in texts {
        scan.lines(*text, &mut Carried::default(), &mut fold);
    }
    fold.into_state()
}

/// The lines of a report, parsed.
fn parsed<'t>(texts: &[Text<'t>], scan: Scan<'_>) -> Vec<(Row<'t>, OrderLine<'t>)> {
    let mut all = Vec::new();
    let mut clock = Clock::default();
    for text in texts {
        text.lines(|line| {
            let (layout, raw) = (&scan.report.layout, line.raw());
            let cells = Cut {
                line: &line,
                layout,
            };
            let place = line.place;
            let line = all_orders::parse(cells, Forms::AMAZON, &mut clock, scan.ids).unwrap();
            all.push((Row { place, raw }, line));
            1
        });
    }
    all
}

fn stages(criterion: &mut Criterion) {
    let folder = tempfile::tempdir().unwrap();
    for lines in SIZES {
        let path = sample(folder.path(), lines, false);
        let mut loaded = Loaded::new(&path);
        let bytes = loaded.bytes;
        let (texts, report) = loaded.texts();
        let (ids, snapshots) = (OrderIds::default(), SnapshotIndex::default());
        let scan = Scan { report, ids: &ids };

        let mut group = criterion.benchmark_group(format!("{lines} lines"));
        group.sample_size(10).throughput(Throughput::Bytes(bytes));
        group.bench_function("cut", |bencher| {
            bencher.iter(|| {
                let mut fields = 0;
                let found: u64 = texts
                    .iter()
                    .map(|text| {
                        text.lines(|line| {
                            fields += line.fields();
                            1
                        })
                    })
                    .sum();
                assert_eq!(
                    (found, fields as u64),
                    (lines, lines * report.layout.width() as u64)
                );
            });
        });
        group.bench_function("parse", |bencher| {
            bencher.iter(|| {
                let mut first_pass = FirstPass::default();
                for text in &texts {
                    scan.lines(*text, &mut Carried::default(), &mut first_pass);
                }
                assert_eq!(first_pass.lines, lines);
                first_pass.units
            });
        });
        group.bench_function("absorb", |bencher| {
            let parsed = parsed(&texts, scan);
            bencher.iter(|| {
                let mut fold = Aggregator::new(rules(&snapshots));
                for (row, line) in &parsed {
                    fold.order_line(*row, line);
                }
                fold.end_of_chunk(Place::default(), lines);
                let summary = fold.into_state();
                assert_eq!(summary.data_quality.sources[&FileId(0)].kept, lines);
                summary
            });
        });
        group.bench_function("merge", |bencher| {
            let (one, other) = texts.split_at(texts.len() / 2);
            let halves = (fold(one, scan, &snapshots), fold(other, scan, &snapshots));
            bencher.iter_batched(
                || halves.clone(),
                |(mut one, other)| {
                    one.merge(other);
                    assert_eq!(one.data_quality.sources[&FileId(0)].kept, lines);
                    one
                },
                BatchSize::LargeInput,
            );
        });
        group.finish();
    }
}

/// What is left once the lines are absorbed.
fn ends(criterion: &mut Criterion) {
    let folder = tempfile::tempdir().unwrap();
    for lines in SIZES {
        let path = sample(folder.path(), lines, false);
        let inputs = gather(std::slice::from_ref(&path), &[]).unwrap();
        let options = Options::default();
        let plan = Plan::new(&inputs, &options, &Unwatched).unwrap();
        let (context, summary) = (
            plan.input_files(),
            plan.aggregate_as_read(&options, &Unwatched).unwrap(),
        );

        let mut group = criterion.benchmark_group(format!("{lines} lines"));
        group
            .sample_size(10)
            .throughput(Throughput::Bytes(inputs[0].len));
        group.bench_function("roll up", |bencher| {
            bencher.iter_batched(
                || summary.clone(),
                |summary| {
                    let document = document(&plan, summary, &context, &options).unwrap();
                    assert_eq!(document.control.kept, lines);
                    document
                },
                BatchSize::LargeInput,
            );
        });
        let document = document(&plan, summary, &context, &options).unwrap();
        let rows: usize = document.tables.iter().map(Table::height).sum();
        group.bench_function("render json", |bencher| {
            bencher.iter(|| {
                let mut out = Vec::new();
                json(black_box(&document), &mut out).unwrap();
                assert!(out.len() > 100 * rows);
            });
        });
        group.bench_function("render csv", |bencher| {
            bencher.iter(|| {
                let mut out = Vec::new();
                for table in &document.tables {
                    csv(black_box(table), false, &mut out).unwrap();
                }
                assert!(out.len() > 20 * rows);
            });
        });
        group.finish();
    }
}

criterion_group!(benches, stages, ends);
criterion_main!(benches);
