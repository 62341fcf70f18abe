//! All integration tests, in one binary, so that the dependencies are linked once. Every module is a set of its own:
//! `cargo test --test all battery::` runs one.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod architecture;
mod battery;
mod benches;
mod bridge;
mod cli;
mod common;
mod compare;
mod convert;
mod corpus;
mod differential;
mod docs;
mod faults;
mod formats;
mod fx;
mod golden;
mod history;
mod inputs;
mod invariance;
mod kills;
mod knots;
mod known_lines;
mod lake;
mod late_rate;
mod laws;
mod messages;
mod older_files;
mod oracle;
mod other_reports;
mod rates;
mod real_life;
mod rejects;
mod review;
mod shape;
mod spreadsheets;
mod sql;
mod superseded;
mod twins;
mod workbook;
mod worklist;
mod writers;
