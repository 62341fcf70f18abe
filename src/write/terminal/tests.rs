//! Tests of the first screen, on documents of fixtures: its text, its width and height, and its colors.

use super::super::fixtures::{self, screen};
use super::super::screen::{Period, Screen};
use super::*;
use crate::write::sanitize::width;

#[test]
fn the_first_screen_of_a_monday() {
    let expected = "\
ordersift · 4 files (2 all-orders, 2 unshipped) · 1,874 lines, 647 kB in 0.21 s
as of Thu 2026-07-30 06:57 Los Angeles (newest last-updated-date in the files) · marketplace days

Week 2026-W30, Jul 20 to 26  orders   vs W29  units          sales   vs W29  5 weeks
Amazon.com         FBA           80   -4.8 %    115  USD  5,643.68  -19.4 %     ▄█▄▆▅
                   merchant      24  +50.0 %     42  USD  1,509.92  +40.6 %     █▄▇▅▆
Amazon.co.uk       FBA           14  +27.3 %     21  GBP  1,146.14  +15.2 %     ▄▅▄▇█
Amazon.de          FBA           11  +10.0 %     17  EUR    721.81  +62.3 %     ▄█▃▃▄
Amazon.ca          FBA            8  -20.0 %      9  CAD    585.71  -25.8 %     ▇▆█▅▄
and 6 more                       25   +8.7 %     32                             █▅▆██
Amazon total                    104   +4.0 %    157  USD  7,153.60  -11.5 %     ▅█▅▇▆
                                 21  +50.0 %     30  GBP  1,512.59   +8.1 %     ▅▅▄▇█

Status     977 orders: 86.2 % shipped · 9.9 % unshipped · 3.3 % cancelled · 0.6 % pending
           3 units not priced yet
Top movers KT366 USD +374.97 · ob-107 USD -563.85 · --table movers
To ship    34 orders: 4 overdue · 4 due today by 23:59 local time · 5 due tomorrow · 19 later
           2 on hold (buyer asked to cancel) · ordersift worklist
Late rate  10 days: 11.8 % to 17.6 % (known for 57.3 % of orders)
           30 days: 11.8 % to 17.6 % (known for 32.9 % of orders) · target under 4 %
Data       1,874 lines read = 1,210 kept + 662 superseded + 0 repeated + 2 rejected
Check      2 lines rejected, mostly item-price: an amount with a comma (ordersift check)
           1 order that differs between equally new files (ordersift check)
";
    assert_eq!(screen(&fixtures::first_week(), 100, summary), expected);
}

#[test]
fn orders_without_a_price_yet_are_orders_of_their_channel() {
    // Seven of them are priced, one is not: one row, and the sales of the priced ones.
    let text = screen(&fixtures::one_unpriced(), 140, summary);
    let row = text.lines().find(|line| line.starts_with("Amazon.com"));
    let cells: Vec<&str> = row.unwrap().split_whitespace().collect();
    assert_eq!(
        cells[..6],
        ["Amazon.com", "FBA", "8", "8", "USD", "140.00"],
        "{text}"
    );
    assert_eq!(text.matches("FBA").count(), 1, "{text}");
}

#[test]
fn without_a_complete_week_all_days_are_shown() {
    let text = screen(&fixtures::one_day(), 80, summary);
    assert!(text.contains("All data: 2026-03-02"), "{text}");
    assert!(
        text.contains("no complete week in these files: all days are shown"),
        "{text}"
    );
    assert!(!text.contains("vs "), "{text}");
}

#[test]
fn what_was_not_read_is_unknown_and_not_zero() {
    let text = screen(&fixtures::one_day(), 80, summary);
    assert!(
        text.contains("To ship    unknown without an unshipped-orders report"),
        "{text}"
    );
    assert!(text.contains("Check      nothing stands out"), "{text}");
    let text = screen(&fixtures::backlog_alone(), 80, summary);
    assert!(
        text.contains("Sold       unknown without an all-orders report"),
        "{text}"
    );
    assert!(text.contains("To ship    34 orders: 4 overdue"), "{text}");
}

#[test]
fn small_rows_are_folded_and_totals_kept() {
    let text = screen(&fixtures::forty_channels(), 100, summary);
    assert!(text.contains("and 33 more"), "{text}");
    assert_eq!(text.matches("Amazon total").count(), 1, "{text}");
    assert!(text.contains("and 2 more (ordersift check)"), "{text}");
}

fn all() -> [(&'static str, Document); 5] {
    [
        ("first week", fixtures::first_week()),
        ("one day", fixtures::one_day()),
        ("forty channels", fixtures::forty_channels()),
        ("backlog alone", fixtures::backlog_alone()),
        ("hostile", fixtures::hostile()),
    ]
}

#[test]
fn every_screen_fits_and_is_harmless() {
    for (name, document) in all() {
        for columns in [1, 60, 66, 72, 80, 100, 140, 300] {
            let text = screen(&document, columns, summary);
            assert!(
                text.lines().all(|line| width(line) <= columns.max(60)),
                "{name} at {columns}:\n{text}"
            );
            assert!(
                columns < 80 || text.lines().count() <= LINES,
                "{name} at {columns}:\n{text}"
            );
            assert!(
                !text.contains(|c: char| c.is_control() && c != '\n'),
                "{name} at {columns}:\n{text}"
            );
            assert!(
                text.lines().all(|line| !line.ends_with(' ')),
                "{name} at {columns}:\n{text}"
            );
        }
    }
}

#[test]
fn color_changes_nothing_but_color() {
    for (name, document) in all() {
        for by in [Period::Day, Period::Week, Period::Month] {
            let mut texts = [false, true].map(|color| {
                let mut out = Vec::new();
                let screen = Screen {
                    width: 100,
                    color,
                    by,
                    took: None,
                };
                summary(&document, &screen, &mut out).unwrap();
                String::from_utf8(out).unwrap()
            });
            assert!(texts[1].contains("\u{1b}[1m"));
            while let Some(start) = texts[1].find("\u{1b}[") {
                let end = start + texts[1][start..].find('m').unwrap();
                texts[1].replace_range(start..=end, "");
            }
            assert_eq!(texts[0], texts[1], "{name}");
        }
    }
}
