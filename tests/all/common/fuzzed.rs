//! What must hold of any bytes at all: called by the fuzzers and, on what they found, by `cargo test`.

use super::slow::{self, Heard, Said};
use ordersift::chunk::{Blocks, cut};
use ordersift::field::{
    Amount, Clock, Currency, Day, Fulfillment, Moment, NumberForm, OrderIds, quantity,
};
use ordersift::input::gather;
use ordersift::line::{
    Fault, FileId, LineSink, OrderLine, Place, Row, SupplementaryLine, UnshippedLine,
};
use ordersift::options::{MaxRejects, Options, ReadingOptions};
use ordersift::pipeline::{Unwatched, report};
use ordersift::report::scan::{Carried, Scan};
use ordersift::report::{Dialect, Encoding, Forms, Report};

/// Recognising gives a report whose header is the beginning of the text, or a refusal that says something.
pub fn detect(bytes: &[u8]) {
    for whole in [true, false] {
        match ordersift::report::detect(bytes, whole) {
            Ok(report) => {
                let text = report.encoding.head(bytes);
                assert!(text.starts_with(&report.header));
                assert!(report.layout.width() > 0 && report.header_lines > 0);
            }
            Err(refusal) => assert!(!refusal.found.is_empty() && !refusal.help.is_empty()),
        }
    }
    let encoding = Encoding::sniff(bytes, None);
    let _ = encoding.cell(bytes);
    let mut ballot = ordersift::report::encoding::Ballot::default();
    bytes
        .split(|byte| *byte == b'\n')
        .for_each(|line| ballot.line(line));
    ballot.count();
}

/// Fast readers of cells say what slow ones say, and what is read comes back as it was.
pub fn fields(bytes: &[u8]) {
    let mut clock = Clock::default();
    let ids = OrderIds::default();
    for cell in bytes.split(|byte| matches!(byte, b'\n' | b'\t')) {
        let trimmed = cell.trim_ascii();
        assert_eq!(clock.read(cell), Moment::read(trimmed));
        if let Ok(moment) = Moment::read(trimmed) {
            assert_eq!(Moment::read(moment.to_string().as_bytes()), Ok(moment));
        }
        let rewritten = [true, false].map(|day_first| Moment::read_rewritten(trimmed, day_first));
        assert!(
            rewritten
                .iter()
                .all(|read| read.is_ok() || Moment::read(trimmed).is_err())
        );
        let point = Amount::read(cell);
        if let Ok(Some(amount)) = point {
            let text = ordersift::field::money::text(amount.ten_thousandths().into(), 2);
            assert_eq!(Amount::read(text.as_bytes()), point);
        }
        // Where both forms have a reading of a cell, it is the same one.
        if let (Ok(point), Ok(comma)) = (point, Amount::read_in(cell, NumberForm::Comma)) {
            assert_eq!(point, comma);
        }
        let _ = (
            quantity::read(cell),
            Currency::read(cell),
            Day::read(trimmed),
            Fulfillment::read(cell),
            Moment::read_short(trimmed),
        );
        if let Ok(id) = ids.read(cell) {
            assert_eq!(
                ids.text(id).as_bytes(),
                String::from_utf8_lossy(trimmed).as_bytes()
            );
            assert_eq!(ids.read(trimmed), Ok(id));
        }
    }
}

struct Ear<'i> {
    ids: &'i OrderIds,
    heard: Vec<Heard>,
}

impl Ear<'_> {
    fn hear(&mut self, row: Row<'_>, said: Said) {
        let byte = row.place.byte;
        self.heard.push(Heard { byte, said });
    }
}

impl LineSink for Ear<'_> {
    fn order_line(&mut self, row: Row<'_>, line: &OrderLine<'_>) {
        let said = Said::of_order_line(line, self.ids);
        self.hear(row, said);
    }
    fn unshipped_line(&mut self, row: Row<'_>, line: &UnshippedLine<'_>) {
        let said = Said::of_unshipped_line(line, self.ids);
        self.hear(row, said);
    }
    // The twin knows orders and backlogs only.
    fn supplementary_line(&mut self, _: Row<'_>, _: &SupplementaryLine<'_>) {}
    fn reject(&mut self, row: Row<'_>, fault: Fault) {
        self.hear(row, Said::Fault(fault.column, fault.reason.text()));
    }
    fn repeated_header(&mut self, row: Row<'_>) {
        self.hear(row, Said::Header);
    }
    fn end_of_chunk(&mut self, _: Place, _: u64) {}
}

/// The lines of a report below one of two headers: cut by ranges and by blocks of any size, they say what the slow twin hears.
/// The first byte is the header, the next two are the size.
pub fn lines(bytes: &[u8]) {
    let Some((&[which, low, high], body)) = bytes.split_first_chunk() else {
        return;
    };
    let header = HEADERS[usize::from(which) % HEADERS.len()];
    let text = [header.as_bytes(), body].concat();
    let size = 1 + u64::from(u16::from_le_bytes([low, high]));
    let Ok(mut report) = ordersift::report::detect(&text, true) else {
        return;
    };
    if report.dialect != Dialect::Tabs || report.encoding.transcodes() {
        return;
    }
    // The twin knows no other forms and no encodings.
    report.forms = Forms::AMAZON;
    let (expected, count) = slow::lines(&text, &report);
    let ids = OrderIds::default();
    for streamed in [false, true] {
        let mut ear = Ear {
            ids: &ids,
            heard: Vec::new(),
        };
        let read = if streamed {
            by_blocks(&text, &report, size, &ids, &mut ear)
        } else {
            by_chunks(&text, &report, size, &ids, &mut ear)
        };
        assert_eq!(read, count);
        assert_eq!(ear.heard, expected);
    }
}

const HEADERS: [&str; 2] = [
    "amazon-order-id\tpurchase-date\tlast-updated-date\torder-status\tfulfillment-channel\tsales-channel\tsku\tproduct-name\titem-status\tquantity\tcurrency\titem-price\titem-tax\n",
    "order-id\torder-item-id\tpurchase-date\tpromise-date\tdays-past-promise\tsku\tquantity-to-ship\tis-prime\n",
];

fn by_chunks(text: &[u8], report: &Report, size: u64, ids: &OrderIds, ear: &mut Ear<'_>) -> u64 {
    let mut file = tempfile::tempfile().unwrap();
    std::io::Write::write_all(&mut file, text).unwrap();
    let (len, mut buffer) = (text.len() as u64, Vec::new());
    let chunks = cut(FileId(0), report.body(), len, size);
    let mut read = |chunk: ordersift::chunk::Chunk| {
        let text = chunk
            .read(&file, chunk.start == report.body(), len, &mut buffer)
            .unwrap();
        Scan { report, ids }.lines(text, &mut Carried::default(), ear)
    };
    chunks.into_iter().map(&mut read).sum()
}

fn by_blocks(text: &[u8], report: &Report, size: u64, ids: &OrderIds, ear: &mut Ear<'_>) -> u64 {
    let mut blocks = Blocks::new(text, report.body(), usize::try_from(size).unwrap()).unwrap();
    let mut count = 0;
    while let Some(block) = blocks.next(Vec::new()).unwrap() {
        count += Scan { report, ids }.lines(block.text(FileId(0)), &mut Carried::default(), ear);
    }
    count
}

/// Any file at all, alone and beside its own beginning: a document whose totals add up, the same in chunks of any size, or an
/// error that says something. The first two bytes are the size.
pub fn pipeline(bytes: &[u8]) {
    let Some((&[low, high], file)) = bytes.split_first_chunk() else {
        return;
    };
    let folder = tempfile::tempdir().unwrap();
    let paths = ["a.txt", "b.txt"].map(|name| folder.path().join(name));
    std::fs::write(&paths[0], file).unwrap();
    std::fs::write(&paths[1], &file[..file.len() / 2]).unwrap();
    for paths in [&paths[..1], &paths[..]] {
        let run = |chunk: u64| {
            let reading = ReadingOptions {
                chunk,
                ..ReadingOptions::default()
            };
            let options = Options {
                reading,
                max_rejects: MaxRejects::Share(1_000_000),
                ..Options::default()
            };
            let document = report(&gather(paths, &[])?, &options, &Unwatched)?;
            assert!(document.control.adds_up());
            let mut json = Vec::new();
            ordersift::write::json(&document, &mut json).unwrap();
            Ok::<_, ordersift::Error>(json)
        };
        match (
            run(1 + u64::from(u16::from_le_bytes([low, high]))),
            run(1 << 22),
        ) {
            (Ok(one), Ok(other)) => assert_eq!(one, other),
            (Err(one), Err(other)) => assert_eq!(one.to_string(), other.to_string()),
            (one, other) => panic!("{:?} and {:?}", one.map(drop), other.map(drop)),
        }
    }
}
