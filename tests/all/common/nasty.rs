//! Small reports with everything in them that real ones have and tidy ones lack: orders whose lines are scattered and
//! disagree, snapshots that tie, odd line ends, blank and bad lines, headers in the middle.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

/// A report whose lines can still be moved about.
#[derive(Clone)]
pub struct Report {
    /// Everything before the first line.
    pub head: Vec<u8>,
    /// Every line with its end.
    pub lines: Vec<(Vec<u8>, &'static [u8])>,
    /// Whether the last line has its end.
    pub ended: bool,
}

impl Report {
    /// The report as a file.
    pub fn bytes(&self) -> Vec<u8> {
        let mut bytes = self.head.clone();
        for (at, (line, end)) in self.lines.iter().enumerate() {
            bytes.extend_from_slice(line);
            if self.ended || at + 1 < self.lines.len() {
                bytes.extend_from_slice(end);
            }
        }
        bytes
    }
}

impl std::fmt::Debug for Report {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", self.bytes().escape_ascii())
    }
}

/// A column, the cells that are good in it and the cells that spoil a line.
type Column = (
    &'static str,
    &'static [&'static [u8]],
    &'static [&'static [u8]],
);

const DATES: &[&[u8]] = &[
    b"2026-07-20T06:59:59+00:00",
    b"2026-07-20T07:00:00+00:00",
    b"2026-07-26",
    b"2026-07-27T10:00:00-07:00",
    b"2026-08-01T00:30:00+09:00",
    b"2026-07-05 23:59:59.250Z",
    b"2025-12-29T12:00:00",
];
const BAD_DATES: &[&[u8]] = &[b"", b"05/04/2026", b"2026-13-45"];
const ORDERS: &[&[u8]] = &[
    b"111-0000000-0000001",
    b"111-0000000-0000002",
    b" S01-0000000-0000001",
    b"odd id",
    b"999-9999999-9999999",
];
const BAD_ORDERS: &[&[u8]] = &[b"", b"1.40E+14", b"1e14", b"1,40E+14"];
const CHANNELS: &[&[u8]] = &[
    b"Amazon.com",
    b"Amazon.co.jp",
    b"amazon.de",
    b"Non-Amazon",
    b"Non-Amazon US",
    b"NON-amazon",
    b"non-Amazon JP",
    b"",
];
const SKUS: &[&[u8]] = &[b"A", b"B ", b"C\"d\"", b"\xc3\xa9"];
const NAMES: &[&[u8]] = &[b"", b"x", b"Name", b"2\" pipe", b"N\xe3me", b"=1+1"];
const QUANTITIES: &[&[u8]] = &[b"1", b"2", b"0", b"3.0", b"100"];
const BAD_QUANTITIES: &[&[u8]] = &[b"", b"two", b"-1", b"1.5"];
const AMOUNTS: &[&[u8]] = &[b"", b"0", b"0.5", b"-1.25", b"0.0001"];
const BAD_AMOUNTS: &[&[u8]] = &[b"1,250", b"$1", b".5", b"0.00001"];
const FLAGS: &[&[u8]] = &[b"", b"true", b"False"];
const CLOSE: &[&[u8]] = &[
    b"",
    b"2026-07-28",
    b"2026-07-28T00:00:00Z",
    b"2026-07-28T02:00:00+02:00",
    b"2026-07-29T00:00:00Z",
];
const NONE: &[&[u8]] = &[];

const ORDER_COLUMNS: &[Column] = &[
    ("amazon-order-id", ORDERS, BAD_ORDERS),
    ("purchase-date", DATES, BAD_DATES),
    ("last-updated-date", CLOSE, &[b"yesterday"]),
    (
        "order-status",
        &[
            b"Shipped",
            b"shipped",
            b"Pending",
            b"Cancelled",
            b"canceled",
            b"Shipped - Held",
        ],
        &[b""],
    ),
    (
        "fulfillment-channel",
        &[b"Amazon", b"Merchant", b"mfn", b"Ama zon", b""],
        NONE,
    ),
    ("sales-channel", CHANNELS, NONE),
    ("sku", SKUS, &[b"", b" "]),
    ("asin", &[b"", b"B0A", b"B0B"], NONE),
    ("product-name", NAMES, NONE),
    ("item-status", &[b"Shipped", b"", b"Cancelled"], NONE),
    ("ship-country", &[b"US", b"us", b"DE", b"JP", b""], NONE),
    ("ship-state", &[b"CA", b"california", b"Bayern", b""], NONE),
    (
        "ship-service-level",
        &[b"Standard", b"Expedited", b""],
        NONE,
    ),
    ("is-business-order", FLAGS, NONE),
    (
        "promotion-ids",
        &[b"", b"", b"Spring-1,Spring-2", b"Spring-3,Summer-1"],
        NONE,
    ),
    ("quantity", QUANTITIES, BAD_QUANTITIES),
    (
        "currency",
        &[b"USD", b"usd", b"JPY", b"EUR", b"USD"],
        &[b"US$", b""],
    ),
    (
        "item-price",
        &[b"10.00", b"0.1", b"", b"5", b"999999999999.9999", b"0"],
        &[b"1,250", b"-1", b"1,234.50"],
    ),
    ("item-tax", AMOUNTS, BAD_AMOUNTS),
    ("shipping-price", AMOUNTS, BAD_AMOUNTS),
    ("gift-wrap-price", AMOUNTS, BAD_AMOUNTS),
    ("item-promotion-discount", AMOUNTS, BAD_AMOUNTS),
    ("ship-promotion-discount ", AMOUNTS, BAD_AMOUNTS),
];

const OPEN_COLUMNS: &[Column] = &[
    ("order-id", ORDERS, BAD_ORDERS),
    ("order-item-id", &[b"1", b"2", b"3"], NONE),
    ("purchase-date", DATES, BAD_DATES),
    ("payments-date", CLOSE, BAD_DATES.split_at(1).1),
    ("reporting-date", CLOSE, NONE),
    (
        "promise-date",
        &[
            b"2026-07-28T06:59:59+00:00",
            b"2026-07-30T14:59:59+00:00",
            b"2026-07-20T21:59:59Z",
            b"2026-07-29",
            b"",
        ],
        &[b"soon"],
    ),
    ("days-past-promise", &[b"-1", b"0", b"2", b"?"], NONE),
    ("sku", SKUS, &[b""]),
    ("product-name", NAMES, NONE),
    ("quantity-to-ship", QUANTITIES, BAD_QUANTITIES),
    ("sales-channel", CHANNELS, NONE),
    ("ship-country", &[b"US", b"JP", b"DE", b"AE", b""], NONE),
    ("is-prime", FLAGS, NONE),
    ("is-buyer-requested-cancellation", FLAGS, NONE),
];

/// Whether a cell spoils its line.
pub fn spoils(column: &[u8], cell: &[u8]) -> bool {
    let columns = ORDER_COLUMNS.iter().chain(OPEN_COLUMNS);
    let mut named = columns.filter(|(name, ..)| name.trim().as_bytes() == column);
    named.any(|(.., bad)| bad.contains(&cell))
}

/// An all-orders report of up to so many lines.
pub fn all_orders(most: usize) -> impl Strategy<Value = Report> {
    report(ORDER_COLUMNS, most)
}

/// An unshipped report of up to so many lines.
pub fn unshipped(most: usize) -> impl Strategy<Value = Report> {
    report(OPEN_COLUMNS, most)
}

/// One to three all-orders reports and up to two unshipped ones.
pub fn reports() -> impl Strategy<Value = Vec<Report>> {
    (vec(all_orders(14), 1..4), vec(unshipped(6), 0..3)).prop_map(|(mut all, open)| {
        all.extend(open);
        all
    })
}

fn report(columns: &'static [Column], most: usize) -> impl Strategy<Value = Report> {
    let header = header(columns);
    let frame = (
        any::<bool>(),
        0..3_usize,
        select(&[b"\n" as &[u8], b"\r\n"][..]),
    );
    let lines = vec((line(columns), end()), 1..most);
    (frame, lines, any::<bool>()).prop_map(move |((bom, blanks, end), lines, ended)| {
        let mut head = if bom {
            b"\xef\xbb\xbf".to_vec()
        } else {
            Vec::new()
        };
        (0..blanks).for_each(|_| head.extend_from_slice(end));
        head.extend_from_slice(&header);
        head.extend_from_slice(end);
        Report { head, lines, ended }
    })
}

fn header(columns: &[Column]) -> Vec<u8> {
    let names: Vec<&str> = columns.iter().map(|(name, ..)| *name).collect();
    names.join("\t").into_bytes()
}

fn end() -> impl Strategy<Value = &'static [u8]> {
    select(&[b"\n" as &[u8], b"\n", b"\r\n", b"\r\n", b"\r\r\n"][..])
}

/// Mostly sound lines.
fn line(columns: &'static [Column]) -> impl Strategy<Value = Vec<u8>> {
    let sound = || {
        let cells: Vec<_> = columns.iter().map(|(_, good, _)| select(*good)).collect();
        cells
    };
    let spoilable: Vec<usize> = (0..columns.len())
        .filter(|column| !columns[*column].2.is_empty())
        .collect();
    let spoilt = (sound(), select(spoilable), any::<prop::sample::Index>()).prop_map(
        |(mut cells, column, which)| {
            cells[column] = *which.get::<&[u8]>(columns[column].2);
            cells.join(&b'\t')
        },
    );
    let blank = [b"" as &[u8], b"  ", b"\t\t", b" \t"].map(<[u8]>::to_vec);
    prop_oneof![
        24 => sound().prop_map(|cells| cells.join(&b'\t')),
        2 => sound().prop_map(move |cells| priceless(columns, cells)),
        3 => spoilt,
        1 => sound().prop_map(|cells| cells[1..].join(&b'\t')),
        1 => sound().prop_map(|cells| [cells.join(&b'\t'), b"more".to_vec()].join(&b'\t')),
        1 => select(blank.to_vec()),
        1 => Just(header(columns)),
    ]
}

/// A line without any money: of a multi-channel order, or one that is pending.
fn priceless(columns: &[Column], mut cells: Vec<&'static [u8]>) -> Vec<u8> {
    let money = columns.iter().position(|(name, ..)| *name == "currency");
    cells[money.unwrap_or(columns.len())..].fill(b"");
    cells.join(&b'\t')
}
