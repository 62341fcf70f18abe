//! Every layout that has been seen is recognised, however its columns stand and are spelt, and means the same.

use crate::common::layouts::layouts;
use crate::common::run::{change, named, value};
use ordersift::report::{Kind, detect};
use serde_json::Value;

fn recognised(header: &str) -> Option<(Kind, &'static str)> {
    let report = detect(header.as_bytes(), true).ok()?;
    Some((report.spec.kind, report.spec.name))
}

/// Our headers, each with its kind.
fn headers() -> Vec<(&'static str, String, (Kind, &'static str))> {
    let of = |name, kind| {
        let all = layouts(name).into_iter();
        all.map(move |(key, header)| (key, header, (kind, name)))
    };
    let kinds = [
        ("all-orders", Kind::AllOrders),
        ("unshipped", Kind::Unshipped),
        ("orders-report", Kind::OrdersReport),
        ("fba-shipments", Kind::FbaShipments),
        ("merchant-returns", Kind::MerchantReturns),
        ("fba-returns", Kind::FbaReturns),
        ("pending", Kind::Pending),
        ("ship-confirmation", Kind::Confirmation),
    ];
    kinds
        .into_iter()
        .flat_map(|(name, kind)| of(name, kind))
        .collect()
}

#[test]
fn there_are_twelve_layouts_of_orders_seven_of_backlogs_and_seven_of_orders_reports() {
    let kinds = ["all-orders", "unshipped", "orders-report", "foreign"];
    assert_eq!(kinds.map(|kind| layouts(kind).len()), [12 + 2, 7 + 2, 7, 5]);
}

#[test]
fn every_layout_is_recognised_by_its_names_alone() {
    for (key, header, kind) in headers() {
        let mut columns: Vec<&str> = header.split('\t').collect();
        columns.reverse();
        let backwards = columns.join("\t");
        let spaced = columns.join(" \t ");
        let quoted = format!("\"{}\"", columns.join("\",\""));
        for text in [
            header.clone(),
            format!("{header}\r\n"),
            format!("\u{feff}{header}\n"),
            format!("\r\n\r\n{header}   \r\n"),
            backwards,
            spaced,
            header.to_uppercase(),
            header.replace("fulfillment-channel", "Fulfilment Channel"),
            header.replace('-', "_"),
            header.replace('\t', ","),
            header.replace('\t', ";"),
            quoted,
        ] {
            assert_eq!(recognised(&text), Some(kind), "{key}: {text:?}");
        }
    }
}

#[test]
fn other_reports_are_not_taken_for_one_of_ours() {
    for (name, header) in layouts("foreign") {
        let refusal = detect(header.as_bytes(), true).unwrap_err();
        assert_eq!(refusal.found, format!("{name}, which is not read"));
        assert!(refusal.foreign, "{name} may lie in a folder");
    }
}

/// The cells of a sound line by column.
fn cell(column: &str) -> &'static str {
    match column.trim() {
        "amazon-order-id" | "order-id" | "Order ID" => "111-0000000-0000001",
        "order-item-id" => "4",
        "purchase-date" | "payments-date" | "shipment-date" | "return-date" => {
            "2026-07-20T10:00:00+00:00"
        }
        "last-updated-date" => "2026-07-21T10:00:00+00:00",
        "promise-date" => "2026-07-23T06:59:59+00:00",
        "order-status" | "item-status" => "Shipped",
        "fulfillment-channel" => "Merchant",
        "sales-channel" => "Amazon.com",
        "sku" | "Merchant SKU" => "KETTLE",
        "asin" => "B000000001",
        "product-name" => "Kettle, 1.7 l",
        "quantity" | "quantity-purchased" | "quantity-shipped" | "Return quantity" => "2",
        "Return request date" => "22-Jul-2026",
        "Return request status" => "Approved",
        "Amazon RMA ID" | "shipment-id" | "shipment-item-id" => "D1",
        "ship-date" => "2026-07-20",
        "tracking-number" => "1Z999",
        "payment-type" => "ConvenienceStore",
        "quantity-to-ship" => "3",
        "currency" => "USD",
        "item-price" => "25.98",
        "item-tax" => "2.10",
        "ship-country" => "US",
        _ => "",
    }
}

#[test]
fn one_line_means_the_same_in_every_layout() {
    for (key, header, (kind, _)) in headers() {
        let line: Vec<&str> = header.split('\t').map(cell).collect();
        let document = value(&named([format!("{header}\r\n{}\r\n", line.join("\t"))]));
        let row = |table: &str| document["tables"][table]["rows"][0].clone();
        assert_eq!(document["control"]["kept"], 1, "{key}");
        if kind == Kind::AllOrders {
            let row = row("fulfillment");
            assert_eq!(row["fulfillment"], "merchant", "{key}");
            assert_eq!(
                (&row["units"], &row["sales"]),
                (&2.into(), &"25.98".into()),
                "{key}"
            );
            assert_eq!(
                (&row["currency"], &row["tax"]),
                (&"USD".into(), &"2.10".into()),
                "{key}"
            );
        } else if kind != Kind::Unshipped {
            let (table, column, wanted) = match kind {
                Kind::OrdersReport => ("merchant_orders", "sales", Value::from("25.98")),
                Kind::FbaShipments => ("fba_shipments", "units", 2.into()),
                Kind::MerchantReturns => ("returns", "requested_on", "2026-07-22".into()),
                Kind::FbaReturns => ("returned_units", "units", 2.into()),
                Kind::Pending => ("pending", "orders", 1.into()),
                _ => ("confirmations", "tracking_number", "1Z999".into()),
            };
            assert_eq!(row(table)[column], wanted, "{key}");
        } else {
            let row = row("worklist");
            assert_eq!(row["quantity_to_ship"], 3, "{key}");
            assert_eq!(row["promise_local"], "2026-07-22T23:59:59-07:00", "{key}");
            assert_eq!(row["order_id"], "111-0000000-0000001", "{key}");
        }
    }
}

const SALE_REPORT: &str = "\
index,Order ID,Date,Status,Fulfilment,Sales Channel ,ship-service-level,Style,SKU,Category,Size,\
ASIN,Courier Status,Qty,currency,Amount,ship-city,ship-state,ship-postal-code,ship-country,\
promotion-ids,B2B,fulfilled-by,Unnamed: 22
0,405-0000000-0000001,04-30-22,Shipped - Delivered to Buyer,Merchant,Amazon.in,Standard,S1,S1-XL,\
Set,XL,B000000001,Shipped,2,INR,812.5,PUNE,MAHARASHTRA,400000.0,IN,\
\"Free Shipping, once, A1 Duplicated \"\"B2\"\" 1569\",False,Easy Ship,
1,405-0000000-0000002,04-30-22,Cancelled,Amazon,Amazon.in,Expedited,S2,S2-L,kurta,L,B000000002,,0,\
INR,647.62,PUNE,MAHARASHTRA,400000.0,IN,,False,,
";

#[test]
fn the_public_sale_report_gives_its_numbers() {
    let document = value(&named([SALE_REPORT]));
    let rows = |table: &str| {
        document["tables"][table]["rows"]
            .as_array()
            .unwrap()
            .clone()
    };
    assert_eq!(document["control"]["kept"], 2);
    assert_eq!(rows("sources")[0]["kind"], "amazon-sale-report");
    assert_eq!(rows("sources")[0]["first_purchase"], "2022-04-30");
    let all = rows("fulfillment");
    let numbers =
        |row: &Value| ["fulfillment", "orders", "units", "sales"].map(|name| row[name].clone());
    assert_eq!(
        numbers(&all[0]),
        ["fba".into(), 0.into(), 0.into(), Value::from("0.00")]
    );
    assert_eq!(
        numbers(&all[1]),
        ["merchant".into(), 1.into(), 2.into(), Value::from("812.50")]
    );
    assert_eq!(rows("daily")[0]["period"], "2022-04-30");
    let skus = rows("skus");
    assert_eq!(
        (&skus[0]["sku"], &skus[0]["asin"]),
        (&"S1-XL".into(), &"B000000001".into())
    );
    assert_eq!(rows("status")[0]["amount"], "647.62");
    assert_eq!(rows("status")[1]["status_group"], "delivered");
}

#[test]
fn what_a_spreadsheet_saved_gives_the_tables_of_the_tab_file() {
    let (_, header) = layouts("all-orders").swap_remove(0);
    let line = |order: u32, name: &str, price: &str| {
        let of = |column: &str| match column {
            "amazon-order-id" => format!("111-0000000-000000{order}"),
            "product-name" => name.to_owned(),
            "item-price" => price.to_owned(),
            _ => cell(column).to_owned(),
        };
        header.split('\t').map(of).collect::<Vec<_>>()
    };
    let names = header.split('\t').map(str::to_owned).collect();
    let lines = [
        names,
        line(1, "Kettle, 1.7 l; \"blue\"", "25.98"),
        line(2, "2\" pipe", "0.1"),
        line(2, "2\" pipe", "0.1"),
        line(3, "=plain", ""),
    ];
    let save = |delimiter: &str, quoted: bool| {
        let cell = |cell: &String| {
            if quoted {
                format!("\"{}\"", cell.replace('"', "\"\""))
            } else {
                cell.clone()
            }
        };
        let line = |line: &Vec<String>| line.iter().map(cell).collect::<Vec<_>>().join(delimiter);
        lines.iter().map(line).collect::<Vec<_>>().join("\r\n") + "\r\n"
    };
    let sourceless = |text: String| {
        let mut document = value(&named([text]));
        document["tables"]["sources"] = Value::Null;
        document
    };
    // Whether a spreadsheet saved it is the one thing that differs.
    let resaved = |mut document: Value| {
        let rows = document["tables"]["quality"]["rows"]
            .as_array_mut()
            .unwrap();
        let row = rows
            .iter_mut()
            .find(|row| row["check"] == "saved_by_spreadsheet");
        let row = row.unwrap();
        assert_eq!(row["count"].take(), 1);
        assert_eq!(row["example_place"].take(), "a.txt");
        document
    };
    let mut tabs = sourceless(save("\t", false));
    for row in tabs["tables"]["quality"]["rows"].as_array_mut().unwrap() {
        if row["check"] == "saved_by_spreadsheet" {
            assert_eq!(row["count"].take(), 0);
        }
    }
    assert_eq!(tabs["control"]["kept"], 4);
    assert_eq!(tabs["tables"]["skus"]["rows"][0]["sales"], "26.18");
    for delimiter in [",", ";", "\t"] {
        let saved = resaved(sourceless(save(delimiter, true)));
        assert_eq!(change(&tabs, &saved), None, "{delimiter:?}");
        let marked = resaved(sourceless(format!("\u{feff}{}", save(delimiter, true))));
        assert_eq!(change(&tabs, &marked), None, "a mark and {delimiter:?}");
    }
}

/// The sale report with this date and this courier status in every line but the first, which has its own.
fn sale_report(dates: &[&str]) -> String {
    let header = SALE_REPORT.lines().next().unwrap();
    let lines = dates.iter().enumerate().map(|(at, date)| {
        format!(
            "{at},405-0000000-{at:07},{date},Shipped,Merchant,Amazon.in,Standard,S1,S1-XL,kurta,XL,\
             B000000001,Shipped,1,INR,406,PUNE,MAHARASHTRA,400000,IN,,FALSE,,\r\n"
        )
    });
    format!("{header}\r\n{}", lines.collect::<String>())
}

#[test]
fn a_sale_report_that_was_saved_with_the_day_or_the_month_first_is_read_where_its_dates_prove_it() {
    let days = |dates: &[&str]| {
        let document = value(&named([sale_report(dates)]));
        let rows = document["tables"]["daily"]["rows"]
            .as_array()
            .unwrap()
            .clone();
        let days: Vec<String> = rows
            .iter()
            .map(|row| row["period"].as_str().unwrap().to_owned())
            .collect();
        (
            days.join(" "),
            document["control"]["rejected"].as_u64().unwrap(),
        )
    };
    assert_eq!(
        days(&["30/04/2022", "01/05/2022"]),
        ("2022-04-30 2022-05-01".into(), 0)
    );
    assert_eq!(
        days(&["4/30/2022", "5/1/2022"]),
        ("2022-04-30 2022-05-01".into(), 0)
    );
    assert_eq!(
        days(&["30-04-2022", "01-05-2022"]),
        ("2022-04-30 2022-05-01".into(), 0)
    );
    assert_eq!(days(&["04-30-22", "05-01-22"]).1, 0);
    assert_eq!(days(&["2022-04-30", "2022-05-01"]).1, 0);
    // Where nothing proves the order, where the dates contradict each other, and where a program rewrote only those that it
    // took for dates of its own order, nothing is guessed.
    assert_eq!(days(&["01/04/2022", "01/05/2022"]), (String::new(), 2));
    assert_eq!(days(&["30/04/2022", "04/30/2022"]), (String::new(), 2));
    assert_eq!(
        days(&["04-30-22", "30/04/2022"]),
        ("2022-04-30".into(), 1),
        "the second may be the 5th of April of an original that read 04-05-22"
    );
}

#[test]
fn dates_prove_their_order_wherever_they_stand_in_the_file() {
    let (_, header) = layouts("all-orders").swap_remove(0);
    let line = |order: usize, date: &str| {
        let of = |column: &str| match column {
            "amazon-order-id" => format!("111-0000000-{order:07}"),
            "purchase-date" | "last-updated-date" => date.to_owned(),
            "product-name" => "x".repeat(300),
            _ => cell(column).to_owned(),
        };
        header.split('\t').map(of).collect::<Vec<_>>().join("\t") + "\r\n"
    };
    let many = (0..5_000)
        .map(|order| line(order, "01/05/2022 10:00"))
        .collect::<String>();
    assert!(many.len() > 2 << 20);
    let tabs = format!("{header}\r\n{many}{}", line(5_000, "13/05/2022 10:00"));
    let commas = tabs.replace('\t', ",");
    for file in [tabs, commas] {
        let document = value(&named([file]));
        assert_eq!(document["control"]["kept"], 5_001);
        assert_eq!(
            document["tables"]["daily"]["rows"][0]["period"],
            "2022-05-01"
        );
    }
    let open = format!("{header}\r\n{many}");
    let document = value(&named([open]));
    assert_eq!(document["control"]["rejected"], 5_000);
}

#[test]
fn the_courier_status_of_the_sale_report_is_the_status_of_the_item() {
    let report = SALE_REPORT.replacen("Shipped,2,INR", "Cancelled,2,INR", 1);
    assert_ne!(report, SALE_REPORT);
    let document = value(&named([report]));
    let merchant = &document["tables"]["fulfillment"]["rows"][1];
    assert_eq!(
        ["orders", "units", "sales"].map(|name| merchant[name].clone()),
        [1.into(), 0.into(), Value::from("0.00")],
        "the order is shipped, its only item is cancelled"
    );
}
