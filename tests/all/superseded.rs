//! Chunks whose lines are all superseded are read once, and every table is as if they had been read twice.

use ordersift::input;
use ordersift::options::Options;
use ordersift::pipeline::{self, Plan, Unwatched};
use ordersift::sample::SampleKind;

use crate::common::run::{Files, in_pieces, json, named, of_paths, sample, tolerant, written};

/// The document by a first pass that reads every line in full, and how many chunks were not read again.
fn by_a_full_first_pass(files: &Files, options: &Options) -> (String, String, usize) {
    let (_folder, paths) = written(files);
    let inputs = input::gather(&paths, &[]).unwrap();
    let mut plan = Plan::new(&inputs, options, &Unwatched).unwrap();
    let state = plan.aggregate(options, &Unwatched).unwrap();
    let context = plan.input_files();
    let document = pipeline::document(&plan, state, &context, options).unwrap();
    let expected = of_paths(&paths, options).unwrap();
    (json(&document), json(&expected), plan.chunks_read_once())
}

#[test]
fn of_downloads_that_overlap_most_chunks_are_read_once() {
    let newest = sample(SampleKind::AllOrders, 600, 1, false, false);
    // An older download of a part of the same lines.
    let lines: Vec<&[u8]> = newest.split_inclusive(|byte| *byte == b'\n').collect();
    let older: Vec<u8> = lines[..400].concat();
    let files = named([older, newest.clone()]);
    for chunk in [1000, 5000, 40_000] {
        let (document, expected, once) =
            by_a_full_first_pass(&files, &in_pieces(chunk, tolerant()));
        assert_eq!(document, expected, "chunks of {chunk}");
        assert!(once >= 2, "{once} chunks of {chunk}");
    }
}

#[test]
fn damaged_lines_repeated_headers_and_backlogs_keep_their_chunks_in_both_passes() {
    for seed in 0..12 {
        let orders = sample(SampleKind::AllOrders, 300, seed, true, seed % 2 == 0);
        let lines: Vec<&[u8]> = orders.split_inclusive(|byte| *byte == b'\n').collect();
        let (header, body) = lines.split_first().unwrap();
        let part = |from: usize, to: usize| {
            let lines = &body[from.min(body.len())..to.min(body.len())];
            [&[*header][..], lines].concat().concat()
        };
        let with_header = [part(0, 90), part(90, 200)].concat();
        let backlog = sample(SampleKind::Unshipped, 20, seed, false, false);
        let files = named([part(0, 150), with_header, part(50, 300), orders, backlog]);
        for chunk in [600, 3000] {
            let (document, expected, _) =
                by_a_full_first_pass(&files, &in_pieces(chunk, tolerant()));
            assert_eq!(document, expected, "seed {seed}, chunks of {chunk}");
        }
    }
}
