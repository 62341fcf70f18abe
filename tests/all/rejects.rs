//! What is said of a line that could not be read, word for word.

use crate::common::run::{named, value};

const ORDERS: &str = "amazon-order-id\tpurchase-date\tlast-updated-date\torder-status\t\
fulfillment-channel\tsales-channel\tsku\tasin\titem-status\tquantity\tcurrency\titem-price\titem-tax";
const ORDER: &str = "111-0000000-0000001\t2026-07-20T10:00:00Z\t\tShipped\t\
Amazon\tAmazon.com\tA\t\t\t1\tUSD\t9.99\t";
const OPEN: &str = "order-id\torder-item-id\tpurchase-date\tpayments-date\treporting-date\t\
promise-date\tsku\tquantity-to-ship";

/// A line with one cell replaced.
fn with(line: &str, header: &str, column: &str, cell: &str) -> String {
    let mut cells: Vec<&str> = line.split('\t').collect();
    let at = header.split('\t').position(|name| name == column).unwrap();
    cells[at] = cell;
    cells.join("\t")
}

/// The `rejects` table of a file whose lines are all bad.
fn rejects(file: String) -> String {
    let document = value(&named([file]));
    let rows = document["tables"]["rejects"]["rows"].as_array().unwrap();
    let row = |row: &serde_json::Value| {
        let text = |name: &str| row[name].as_str().unwrap_or("").to_owned();
        let cells = ["reason", "column", "text"].map(text).join(" | ");
        format!("{} {cells}\n", row["line"])
    };
    rows.iter().map(row).collect()
}

#[test]
fn bad_lines_of_orders() {
    let bad = |column: &str, cell: &str| with(ORDER, ORDERS, column, cell);
    let lines = [
        bad("amazon-order-id", ""),
        bad("amazon-order-id", "1.40E+14"),
        bad("purchase-date", ""),
        bad("purchase-date", "30/04/2026"),
        bad(
            "last-updated-date",
            "yesterday, as it seems to me, or the day before",
        ),
        bad("order-status", ""),
        bad("sku", " "),
        bad("quantity", ""),
        bad("quantity", "two"),
        bad("quantity", "-1"),
        bad("currency", "US$"),
        bad("currency", ""),
        bad("item-price", "12,50"),
        bad("item-price", "-1.00"),
        bad("item-price", "a\u{1b}[31mb"),
        bad("item-tax", "0.12345"),
        format!("{ORDER}\tmore"),
        "111\t".into(),
        "x".repeat((1 << 20) + 1),
    ];
    assert_eq!(
        rejects(format!("{ORDERS}\n{}\n", lines.join("\n"))),
        "\
2 no order id | amazon-order-id | 
3 order id spoilt by a spreadsheet | amazon-order-id | 1.40E+14
4 no date | purchase-date | 
5 a date that a spreadsheet rewrote | purchase-date | 30/04/2026
6 not a date of the form 2026-05-08T23:36:26+00:00 | last-updated-date | \
yesterday, as it seems to me, or the day\u{2026}
7 no order status | order-status | 
8 no sku | sku | 
9 no quantity | quantity | 
10 not a whole quantity | quantity | two
11 not a whole quantity | quantity | -1
12 not a currency code of three letters | currency | US$
13 an amount without a currency | item-price | 9.99
14 an amount with a comma | item-price | 12,50
15 a negative price | item-price | -1.00
16 not an amount | item-price | a\u{fffd}[31mb
17 not an amount | item-tax | 0.12345
18 wrong number of fields |  | 14 fields, the header has 13
19 wrong number of fields |  | 2 fields, the header has 13
20 line longer than 1 MiB |  | 
"
    );
}

#[test]
fn bad_lines_of_a_backlog_and_of_a_sale_report() {
    let open = "111-0000000-0000001\t1\t2026-07-20T10:00:00Z\t\t\t2026-07-23T06:59:59Z\tA\t1";
    let bad = |column: &str, cell: &str| with(open, OPEN, column, cell);
    let lines = [
        bad("order-id", ""),
        bad("purchase-date", "x"),
        bad("payments-date", "x"),
        bad("reporting-date", "x"),
        bad("promise-date", "2026-13-45"),
        bad("sku", ""),
        bad("quantity-to-ship", "two"),
        "111\t".into(),
    ];
    assert_eq!(
        rejects(format!("{OPEN}\n\n{}\n", lines.join("\n"))),
        "\
3 no order id | order-id | 
4 not a date of the form 2026-05-08T23:36:26+00:00 | purchase-date | x
5 not a date of the form 2026-05-08T23:36:26+00:00 | payments-date | x
6 not a date of the form 2026-05-08T23:36:26+00:00 | reporting-date | x
7 not a date of the form 2026-05-08T23:36:26+00:00 | promise-date | 9999-99-99
8 no sku | sku | 
9 not a whole quantity | quantity-to-ship | xxx
10 wrong number of fields |  | 2 fields, the header has 8
"
    );
    let sale = "index,Order ID,Date,Status,Fulfilment,Sales Channel ,SKU,Qty,currency,Amount\n";
    let lines = "0,1,30-04-22,Shipped,Amazon,Amazon.in,A,1,INR,1\n0,1\n";
    assert_eq!(
        rejects(format!("{sale}{lines}")),
        "\
2 not a date of the form 04-30-22 | date | 30-04-22
3 wrong number of fields |  | 2 fields, the header has 10
"
    );
}

#[test]
fn ids_that_lost_a_part_are_rejected_and_other_forms_are_welcome() {
    let read = |id: &str| {
        let text = format!("{ORDERS}\n{}\n", with(ORDER, ORDERS, "amazon-order-id", id));
        let document = value(&named([text]));
        let rejects = &document["tables"]["rejects"]["rows"];
        rejects[0]["code"].as_str().unwrap_or("kept").to_owned()
    };
    let cut = [
        "111-3131313",
        "111-3131313-",
        "111-3131313-3",
        "111-3131313-313131",
        "111-3131313-31313131",
        "111-313131-3131313",
        "11-3131313-3131313",
        "1-3131313-3131313",
        "-3131313-3131313",
        "3131313-3131313",
        "S01-3131313",
        "S01-3131313-31",
        " 111-3131313 ",
    ];
    for id in cut {
        assert_eq!(read(id), "order_id_cut", "{id}");
    }
    for id in [
        "scrubbed",
        "1-2-3",
        "S1",
        "10-234",
        "PO-111-3131313",
        "2026-0001",
        "111",
        "111-3131313-3131313",
    ] {
        assert_eq!(read(id), "kept", "{id}");
    }
}

/// A report as a spreadsheet saves it: commas, cells quoted where they must be, and these line ends.
fn comma_file(rows: &[String], end: &str) -> String {
    let quoted = |cell: &str| {
        if cell.contains([',', '"', '\n']) {
            format!("\"{}\"", cell.replace('"', "\"\""))
        } else {
            cell.to_owned()
        }
    };
    let line = |row: &String| row.split('\t').map(quoted).collect::<Vec<_>>().join(",") + end;
    rows.iter().map(line).collect()
}

#[test]
fn a_line_of_a_quoted_file_has_its_own_number_and_byte_whatever_ends_lines() {
    let bad = |reason: &str| with(ORDER, ORDERS, "sku", "") + reason;
    let with_break = with(ORDER, ORDERS, "asin", "two\nlines, \"quoted\"");
    let rows = [
        ORDERS.to_owned(),
        bad(""),
        ORDER.to_owned(),
        with(ORDER, ORDERS, "quantity", "two"),
        with_break,
        String::new(),
        bad(""),
        bad("\tone more"),
    ];
    for end in ["\n", "\r\n"] {
        for before in ["", "\u{feff}", "\r\n\n"] {
            let text = before.to_owned() + &comma_file(&rows, end);
            let places: Vec<(u64, u64)> = [1, 3, 6, 7]
                .map(|row| {
                    let byte = before.len() + comma_file(&rows[..row], end).len();
                    let lines = text[..byte].matches('\n').count();
                    (lines as u64 + 1, byte as u64)
                })
                .to_vec();
            let document = value(&named([text]));
            let found: Vec<(u64, u64)> = document["tables"]["rejects"]["rows"]
                .as_array()
                .unwrap()
                .iter()
                .map(|row| (row["line"].as_u64().unwrap(), row["byte"].as_u64().unwrap()))
                .collect();
            assert_eq!(found, places, "{end:?} {before:?}");
        }
    }
}
